// Rosters: what is proposed breaks no rule of rest, says why a place stays empty, and is taken as a whole or not at all; by hand a rule is set aside only with a reason and a name.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { password, run_muster, start_muster } from '../harness.mjs';

let muster, officer, liaison, county, town, post;
let people = [];
const three = '08:00-16:00 x1, 16:00-24:00 x1, 00:00-08:00 x1';
const hour = 3_600_000;
const at = (day, hours) => new Date(Date.parse(`2020-02-${String(day).padStart(2, '0')}T00:00:00+08:00`) + hours * hour).toISOString();
const propose = (more = {}, options = {}) => officer.post('/api/v1/roster', { post: post.id, day: '2020-02-17', days: 7, ...more }, options);
const accept = (shifts, options = {}) => officer.post('/api/v1/roster/accept', { post: post.id, shifts }, options);
const taken = (plan) => plan.shifts.filter((one) => one.person).map((one) => ({ person: one.person.id, starts: one.starts, ends: one.ends }));
const all_shifts = async () => (await officer.get('/api/v1/shifts?limit=500')).rows;
async function user(admin, name, role, area) {
  const made = await admin.post('/api/v1/users', { name, area });
  await admin.post('/api/v1/grants', { user: made.id, role, area });
  const { link } = await admin.post(`/api/v1/users/${made.id}/invite`);
  await muster.bearer('').post('/api/v1/invite', { token: new URL(link).searchParams.get('token'), password });
  return muster.client(name);
}
async function make_post(more, count) {
  const made = await officer.post('/api/v1/posts', { title: '高铁站卡口', kind: 'checkpoint', area: town.id, needed: 3, begins: '2020-02-01', ...more });
  const held = [];
  for (let i = 0; i < count; i++) {
    held.push(await officer.post('/api/v1/people', { name: `演示员${i}`, area: town.id }));
    await officer.post('/api/v1/assignments', { post: made.id, person: held[i].id, begins: '2020-02-01', ends: '2020-03-31' });
  }
  return [made, held];
}

before(async () => {
  muster = await start_muster({ env: { MUSTER_NOW: '2020-02-12T02:00:00Z' } });
  const admin = await muster.client('admin');
  county = await admin.post('/api/v1/areas', { code: '431302', name: '娄星区', level: 3 });
  town = await admin.post('/api/v1/areas', { code: '431302001', name: '乐坪街道', level: 4, parent: county.id });
  officer = await user(admin, 'officer', 'officer', county.id);
  liaison = await user(admin, 'liaison', 'liaison', county.id);
  [post, people] = await make_post({ slots: three }, 6);
});
after(() => muster?.stop());

/** The rules by plain counting, sharing no code with the program. */
function broken(shifts) {
  const faults = [];
  const by_person = Map.groupBy(shifts, (one) => one.person.id ?? one.person);
  for (const [person, own] of by_person) {
    const times = own.map((one) => [Date.parse(one.starts), Date.parse(one.ends)]).sort((a, b) => a[0] - b[0]);
    for (let i = 1; i < times.length; i++) if (times[i][0] - times[i - 1][1] < 11 * hour) faults.push(`${person} rests too short`);
    const day = (stamp) => Math.floor((stamp + 8 * hour) / (24 * hour));
    const days = new Set(times.map(([from]) => day(from)));
    for (const one of days) if (Array.from({ length: 7 }, (_, n) => one + n).every((n) => days.has(n))) faults.push(`${person} serves seven days`);
    const nights = times.filter(([from, until]) => {
      for (let stamp = from; stamp < until; stamp += hour) {
        const clock = Math.floor(((stamp + 8 * hour) % (24 * hour)) / hour);
        if (clock >= 23 || clock < 6) return true;
      }
      return false;
    });
    for (const [from] of nights) if (nights.filter(([other]) => day(other) >= day(from) && day(other) < day(from) + 7).length > 3) faults.push(`${person} has four nights`);
  }
  return faults;
}

test('the shifts of a day are checked as they are written down, and one is told what cannot be read', async () => {
  const refused = await officer.post('/api/v1/posts', { title: '卡口', kind: 'checkpoint', area: town.id, needed: 3, begins: '2020-02-01', slots: '08:00-16:00 x2, 白班' }, { expect: 422 });
  assert.deepEqual([refused.fields[0].field, refused.fields[0].detail], ['slots', 'cannot read "白班": write it like 08:00-16:00 x2, 16:00-24:00 x2']);
  const wide = await officer.post('/api/v1/posts', { title: '卡口二', kind: 'checkpoint', area: town.id, needed: 3, begins: '2020-02-01', slots: '08：00－16：00×2，16:00-24:00 × 2人' });
  const empty = await officer.post('/api/v1/roster', { post: wide.id, day: '2020-02-17', days: 1 });
  assert.deepEqual(empty.slots, [{ from: '08:00', until: '16:00', people: 2 }, { from: '16:00', until: '24:00', people: 2 }]);
  assert.deepEqual([empty.filled, empty.empty, empty.shifts[0].why], [0, 4, ['nobody holds the post then']]);
});

test('a proposal breaks no rule, evens hours out, writes nothing, and is the same when asked again', async () => {
  for (const rotate of ['keep', 'daily', 'weekly']) {
    const plan = await propose({ rotate, days: 28 });
    assert.deepEqual([plan.filled, plan.empty, plan.shifts.length], [84, 0, 84]);
    assert.deepEqual(broken(plan.shifts), []);
    const hours = plan.people.map((one) => one.hours);
    assert.equal(hours.reduce((all, one) => all + one), 84 * 8);
    assert.ok(Math.max(...hours) - Math.min(...hours) <= 8, String(hours));
    assert.ok(plan.people.every((one) => one.in_row <= 6));
    assert.deepEqual(await propose({ rotate, days: 28 }), plan);
  }
  assert.deepEqual(await all_shifts(), []);
});

test('what one serves elsewhere, before and after counts; what stays empty says which rule is in the way', async () => {
  const [other] = await make_post({ title: '另一岗位' }, 0);
  await officer.post('/api/v1/assignments', { post: other.id, person: people[0].id, begins: '2020-02-01', ends: '2020-03-31' });
  const before = [];
  for (const day of [13, 14, 15, 16]) before.push(await officer.post('/api/v1/shifts', { post: other.id, person: people[0].id, starts: at(day, 8), ends: at(day, 16) }));
  const plan = await propose({ people: [people[0].id], slots: '08:00-16:00 x1' });
  assert.deepEqual(broken([...before, ...plan.shifts.filter((one) => one.person)]), []);
  assert.equal(plan.filled, 6); // a day off somewhere among the first three
  const stuck = plan.shifts.find((one) => !one.person);
  assert.deepEqual(stuck.why, ['1 would serve more than 6 days in a row']);
  const two = await propose({ people: [people[0].id], slots: '08:00-16:00 x1, 16:00-24:00 x1', days: 1 });
  assert.deepEqual(two.shifts.find((one) => !one.person).why, ['1 would rest less than 11 hours']);
  const nights = await propose({ people: [people[1].id], slots: '22:00-06:00 x1' });
  assert.deepEqual([nights.filled, nights.shifts.find((one) => !one.person).why], [3, ['1 would have more than 3 nights in a week']]);
  for (const one of before) await officer.del(`/api/v1/shifts/${one.id}`, { reason: '重排' }, { version: one.version, expect: [200, 204] });
});

test('nobody is proposed outside the weekdays and hours at which they can serve, and it is said why', async () => {
  const person = await officer.post('/api/v1/people', { name: '演示员可', area: town.id });
  const can = async (available, options = {}) => {
    const now = await officer.get(`/api/v1/people/${person.id}`);
    return officer.patch(`/api/v1/people/${person.id}`, { available }, { version: now.version, ...options });
  };
  for (const wrong of ['Mon-Fri 18:00', '晚上', 'Mon-Fri 25:00-26:00', 'Mon 18:00-22:00 x2', 'weekdays-sun 08:00-10:00']) {
    const refused = await can(wrong, { expect: 422 });
    assert.equal(refused.fields[0].field, 'available', wrong);
    assert.match(refused.fields[0].detail, /Mon-Fri 18:00-22:00/);
  }
  await officer.post('/api/v1/assignments', { post: post.id, person: person.id, begins: '2020-02-01', ends: '2020-03-31' });
  const seats = async (slots) => {
    const { shifts } = await propose({ people: [person.id], slots });
    return shifts.filter((one) => one.person).map((one) => new Date(Date.parse(one.starts) + 8 * hour).getUTCDay() || 7);
  };
  // 17 February 2020 is a Monday
  for (const [available, slots, days] of [
    ['Mon-Fri 18:00-22:00; Sat,Sun 08:00-18:00', '18:00-22:00 x1', [1, 2, 3, 4, 5]],
    ['Mon-Fri 18:00-22:00; Sat,Sun 08:00-18:00', '08:00-16:00 x1', [6, 7]],
    ['周一至周三、周五 8:00-12:00，12:00-16:00；周末', '08:00-16:00 x1', [1, 2, 3, 5, 6, 7].slice(0, 6)],
    ['Wed', '08:00-16:00 x1', [3]],
    ['Fri-Mon', '20:00-04:00 x1', [5, 6, 7]],
    ['Sun 20:00-08:00', '22:00-06:00 x1', [7]],
    ['每天 06:00-09:00', '08:00-16:00 x1', []],
  ]) {
    await can(available);
    assert.deepEqual(await seats(slots), days, `${available} of ${slots}`);
  }
  const { shifts } = await propose({ people: [person.id], slots: '08:00-16:00 x1', days: 1 });
  assert.deepEqual(shifts[0].why, ['1 cannot serve at that time']);
  await can(null);
  assert.equal((await seats('08:00-16:00 x1')).length, 6);
  // by hand it is whoever plans who knows
  await can('Wed');
  const shift = await officer.post('/api/v1/shifts', { post: post.id, person: person.id, starts: at(17, 8), ends: at(17, 16) });
  await officer.del(`/api/v1/shifts/${shift.id}`, { reason: '误录' }, { version: shift.version, expect: [200, 204] });
  const held = (await officer.get(`/api/v1/assignments?person=${person.id}`)).rows[0];
  await officer.del(`/api/v1/assignments/${held.id}`, { reason: '误录' }, { version: held.version, expect: [200, 204] });
});

test('what is asked for wrongly is refused by name', async () => {
  const refused = async (more, field) => assert.equal((await propose(more, { expect: 422 })).fields[0].field, field);
  await refused({ days: 43 }, 'days');
  await refused({ days: 0 }, 'days');
  await refused({ slots: '8-16' }, 'slots');
  await refused({ rotate: 'never' }, 'rotate');
  await refused({ day: 'tomorrow' }, 'day');
  await refused({ people: [county.id] }, 'people');
  await refused({ colour: 'red' }, 'colour');
  const [bare] = await make_post({ title: '没有班次' }, 0);
  assert.match((await officer.post('/api/v1/roster', { post: bare.id }, { expect: 422 })).fields[0].detail, /not set for this post/);
  await officer.post('/api/v1/roster', { post: county.id }, { expect: 404 });
  await liaison.post('/api/v1/roster', { post: post.id }, { expect: 403 });
});

test('a proposal is taken as a whole or not at all; sent again it changes nothing', async () => {
  const plan = await propose();
  const shifts = taken(plan).map((one, n) => ({ ...one, id: `01900000-0000-7000-8000-${String(n).padStart(12, '0')}` }));
  assert.equal(shifts.length, 21);

  // meanwhile somebody got a shift: the refusal says who and when, and nothing is written
  const victim = plan.shifts.find((one) => one.person);
  const blocker = await officer.post('/api/v1/shifts', { post: post.id, person: victim.person.id, starts: victim.starts, ends: victim.ends });
  const refused = await accept(shifts, { expect: 422 });
  assert.equal(refused.fields[0].field, 'shifts');
  assert.ok(refused.fields[0].detail.startsWith(`${victim.person.name}, ${victim.day}: overlaps another shift`), refused.fields[0].detail);
  assert.deepEqual((await all_shifts()).map((one) => one.id), [blocker.id]);
  await officer.del(`/api/v1/shifts/${blocker.id}`, { reason: '重排' }, { version: blocker.version, expect: [200, 204] });

  const made = await accept(shifts, { expect: 201 });
  assert.deepEqual(made.ids, shifts.map((one) => one.id));
  assert.deepEqual((await accept(shifts, { expect: 201 })).ids, made.ids);
  const rows = await all_shifts();
  assert.equal(rows.length, 21);
  assert.deepEqual(broken(rows.map((one) => ({ ...one, person: { id: one.person } }))), []);
  assert.ok(rows.every((one) => one.state === 'planned' && !one.over && !one.over_by));

  // what is there is not proposed once more, and counts for the week after
  const again = await propose();
  assert.deepEqual([again.there, again.filled, again.empty], [21, 0, 0]);
  const next = await propose({ day: '2020-02-24' });
  assert.deepEqual(broken([...rows.map((one) => ({ ...one, person: { id: one.person } })), ...next.shifts.filter((one) => one.person)]), []);
  await accept([{ person: people[0].id, starts: at(17, 8) }], { expect: 422 });
  await accept([], { expect: 422 });
  await liaison.post('/api/v1/roster/accept', { post: post.id, shifts }, { expect: 403 });
});

test('the week shows who stands when, what is lacking, and the hours of each', async () => {
  const week = await officer.get(`/api/v1/roster?post=${post.id}&day=2020-02-17`);
  assert.deepEqual(week.posts.map((one) => [one.id, one.may, one.slots.map((slot) => slot.from)]), [[post.id, true, ['00:00', '08:00', '16:00']]]);
  assert.deepEqual([week.shifts.length, week.people.length, week.rules], [21, 6, { hours: 11, row: 6, nights: 3 }]);
  assert.ok(week.posts[0].slots.every((slot) => slot.lacks.every((one) => one === 0)));
  assert.equal(week.people.reduce((all, one) => all + one.hours, 0), 168);
  assert.ok(week.people.every((one) => one.person.name && one.holds.every(Boolean)));
  // a week that nobody planned lacks everybody
  const later = await liaison.get(`/api/v1/roster?post=${post.id}&day=2020-03-02`);
  assert.deepEqual(later.posts.map((one) => [one.may, one.slots.map((slot) => slot.lacks)]), [[false, [0, 1, 2].map(() => Array(7).fill(1))]]);
  // the posts of an area that have shifts set, or anybody in one
  const all = await officer.get(`/api/v1/roster?area=${town.id}&day=2020-02-17&days=14`);
  assert.deepEqual(all.posts.map((one) => one.name).sort(), ['卡口二', '高铁站卡口'].sort());
  await officer.get(`/api/v1/roster?post=${county.id}`, { expect: 404 });
  await officer.get('/api/v1/roster?days=43', { expect: 422 });
});

test('by hand a breach is refused with the rule; with a reason it is kept under a name, until it is moved', async () => {
  const own = (await all_shifts()).filter((one) => one.person === people[2].id).sort((a, b) => (a.starts < b.starts ? -1 : 1));
  const last = own.at(-1);
  const starts = new Date(Date.parse(last.ends) + hour).toISOString(), ends = new Date(Date.parse(last.ends) + 5 * hour).toISOString();
  const body = { post: post.id, person: people[2].id, starts, ends };
  const refused = await officer.post('/api/v1/shifts', body, { expect: 422 });
  assert.match(refused.fields[0].detail, /less than 11 hours of rest/);
  const forced = await officer.post('/api/v1/shifts', { ...body, over: '接班人员隔离，领导同意' });
  assert.deepEqual([forced.over, forced.over_by], ['接班人员隔离，领导同意', 'officer']);
  // a reason where no rule is broken is none
  const free = await officer.post('/api/v1/shifts', { post: post.id, person: people[2].id, starts: at(29, 8), ends: at(29, 12), over: '随便' });
  assert.deepEqual([free.over, free.over_by], [null, null]);
  // it does not follow the shift to other hours or somebody else, nor can it be taken away alone
  const later = new Date(Date.parse(ends) + hour).toISOString();
  assert.match((await officer.patch(`/api/v1/shifts/${forced.id}`, { ends: later }, { version: forced.version, expect: 422 })).fields[0].detail, /less than 11 hours/);
  await officer.patch(`/api/v1/shifts/${forced.id}`, { over: null }, { version: forced.version, expect: 422 });
  const moved = await officer.patch(`/api/v1/shifts/${forced.id}`, { ends: later, over: '再次同意' }, { version: forced.version });
  assert.deepEqual([moved.over, moved.over_by], ['再次同意', 'officer']);
});

test('a shift goes to somebody else in one write, by the rules of whoever takes it', async () => {
  const rows = (await all_shifts()).filter((one) => one.state === 'planned' && !one.over);
  const one = rows.find((row) => row.person === people[3].id);
  const outcomes = [];
  for (const person of people.filter((each) => each.id !== one.person)) {
    const after = rows.map((row) => ({ ...row, person: { id: row.id === one.id ? person.id : row.person } }));
    const legal = broken(after).length === 0;
    const answer = await officer.patch(`/api/v1/shifts/${one.id}`, { person: person.id }, { version: one.version, expect: legal ? 200 : 422 });
    outcomes.push(legal);
    if (!legal) continue;
    assert.equal(answer.person, person.id);
    one.version = (await officer.patch(`/api/v1/shifts/${one.id}`, { person: one.person }, { version: answer.version })).version;
  }
  assert.ok(outcomes.includes(false));
  const stranger = await officer.post('/api/v1/people', { name: '演示路人', area: town.id });
  assert.match((await officer.patch(`/api/v1/shifts/${one.id}`, { person: stranger.id }, { version: one.version, expect: 422 })).fields[0].detail, /does not hold this post/);
  assert.match(run_muster(['check', '--store', muster.store], { env: { LANG: 'C' } }).out, /^0 differences/m);
});
