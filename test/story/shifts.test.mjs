// Shifts: who stands where and when; no shift breaks a rule of rest unless somebody says why with their name; check-in, check-out, hours.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { password, run_muster, start_muster } from '../harness.mjs';

let muster, admin, officer, liaison, county, town, post, person;
const at = (day, hour) => new Date(Date.parse(`2020-02-${String(day).padStart(2, '0')}T00:00:00+08:00`) + hour * 3_600_000).toISOString();
const shift = (day, from, until, more = {}, options = {}) => officer.post('/api/v1/shifts', { post: post.id, person: person.id, starts: at(day, from), ends: at(day, until), ...more }, options);
const refused = async (day, from, until, text, more) => {
  const answer = await shift(day, from, until, more, { expect: 422 });
  assert.match(answer.fields[0].detail, text);
};
const drop = (row) => officer.del(`/api/v1/shifts/${row.id}`, { reason: '重排' }, { version: row.version, expect: [200, 204] });
async function user(admin, name, role, area, more = {}) {
  const made = await admin.post('/api/v1/users', { name, area, ...more });
  await admin.post('/api/v1/grants', { user: made.id, role, area });
  const { link } = await admin.post(`/api/v1/users/${made.id}/invite`);
  await muster.bearer('').post('/api/v1/invite', { token: new URL(link).searchParams.get('token'), password });
  return muster.client(name);
}

before(async () => {
  // the clock stands at 10:00 of 12 February in the incident's zone
  muster = await start_muster({ env: { MUSTER_NOW: '2020-02-12T02:00:00Z' } });
  admin = await muster.client('admin');
  county = await admin.post('/api/v1/areas', { code: '431302', name: '娄星区', level: 3 });
  town = await admin.post('/api/v1/areas', { code: '431302001', name: '乐坪街道', level: 4, parent: county.id });
  officer = await user(admin, 'officer', 'officer', county.id);
  liaison = await user(admin, 'liaison', 'liaison', county.id);
  post = await officer.post('/api/v1/posts', { title: '高铁站卡口', kind: 'checkpoint', area: town.id, needed: 2, begins: '2020-02-01' });
  person = await officer.post('/api/v1/people', { name: '演示员', area: town.id });
  await officer.post('/api/v1/assignments', { post: post.id, person: person.id, begins: '2020-02-01', ends: '2020-02-28' });
});
after(() => muster?.stop());

test('a shift lies within the days on which one holds the post, and within a day', async () => {
  await refused(29, 8, 16, /does not hold this post/);
  await refused(10, 16, 8, /not after its beginning/);
  await refused(10, 8, 33, /more than 24 hours/);
});

test('between two shifts lie eleven hours, and nobody stands at two posts at once', async () => {
  const first = await shift(3, 8, 16);
  await refused(4, 2, 8, /less than 11 hours of rest/);
  await refused(3, 15, 23, /overlaps/);
  await refused(3, 15, 23, /overlaps/, { over: '人手不足' });
  const next = await shift(4, 3, 9);
  await drop(next);
  await drop(first);
});

test('six days in a row and three nights a week are the most; whoever sets a rule aside says why, and the name is kept', async () => {
  const days = [];
  for (let day = 1; day <= 6; day++) days.push(await shift(day, 8, 16));
  await refused(7, 8, 16, /7 days in a row; 6 are allowed/);
  const forced = await shift(7, 8, 16, { over: '接班人员隔离，领导同意' });
  assert.equal(forced.over_by, 'officer');
  for (const one of [...days, forced]) await drop(one);
  const nights = [];
  for (const day of [2, 4, 6]) nights.push(await shift(day, 22, 30));
  await refused(8, 22, 30, /4 nights within seven days; 3 are allowed/);
  nights.push(await shift(9, 22, 30));
  for (const one of nights) await drop(one);
});

test('one checks in and out; whoever is not there yet shows at once; hours are counted', async () => {
  const now = await shift(12, 9, 17), later = await shift(13, 9, 17);
  assert.deepEqual((await officer.get('/api/v1/shifts?late=1')).rows.map((one) => one.id), [now.id]);
  await officer.post(`/api/v1/shifts/${later.id}/come`, {}, { expect: 409 });
  const here = await liaison.post(`/api/v1/shifts/${now.id}/come`, { place: '27.7,112.0' });
  assert.equal(here.state, 'here');
  assert.deepEqual((await officer.get('/api/v1/shifts?now=1')).rows.map((one) => one.id), [now.id]);
  assert.deepEqual((await officer.get('/api/v1/shifts?late=1')).rows, []);
  await officer.patch(`/api/v1/shifts/${now.id}`, { ends: at(12, 18) }, { version: here.version, expect: 409 });
  const gone = await liaison.post(`/api/v1/shifts/${now.id}/leave`, { handover: '测温枪两把' });
  assert.deepEqual([gone.state, gone.handover], ['done', '测温枪两把']);
  const counts = (await officer.get(`/api/v1/tallies?measure=shifts_planned,hours_served&area=${town.id}`)).rows[0].counts;
  assert.equal(counts.shifts_planned.value, 1);
  assert.equal(counts.hours_served.value, 0); // checked out in the minute of checking in
  assert.match(run_muster(['check', '--store', muster.store], { env: { LANG: 'C' } }).out, /^0 differences/m);
});

test('who stands for a person sees their own shifts, what those before handed over, and the week; nobody else\'s', async () => {
  const own = await officer.post('/api/v1/people', { name: '值守员', area: town.id });
  await officer.post('/api/v1/assignments', { post: post.id, person: own.id, begins: '2020-02-01' });
  const volunteer = await user(admin, 'volunteer', 'liaison', town.id, { person: own.id });
  assert.equal((await volunteer.get('/api/v1/session')).user.person, own.id);
  assert.equal((await liaison.get('/api/v1/session')).user.person, null);
  const nobody = await liaison.get('/api/v1/my/shifts');
  assert.deepEqual([nobody.person, nobody.next, nobody.week.shifts], [null, [], []]);
  await muster.bearer('').get('/api/v1/my/shifts', { expect: 401 });

  const give = (day, from, until) => officer.post('/api/v1/shifts', { post: post.id, person: own.id, starts: at(day, from), ends: at(day, until) });
  const yesterday = await give(11, 8, 12), today = await give(12, 11, 19), next = await give(13, 8, 16);
  const mine = await volunteer.get('/api/v1/my/shifts');
  assert.equal(mine.person, own.id);
  assert.deepEqual(mine.next.map((one) => [one.id, one.state, one.place]), [[today.id, 'planned', '乐坪街道'], [next.id, 'planned', '乐坪街道']]);
  assert.equal(mine.next[0].opens, at(12, 9).replace('Z', 'Z'));
  assert.deepEqual(mine.next[0].notes.map((one) => one.text), ['测温枪两把']);
  assert.ok(!JSON.stringify(mine).includes('演示员'), 'names of others are masked');
  assert.deepEqual([mine.week.from, mine.week.until, mine.week.in_row, mine.week.allowed], ['2020-02-10', '2020-02-16', 2, 6]);
  assert.deepEqual(mine.week.shifts.map((one) => one.id), [yesterday.id, today.id, next.id]);

  const here = await volunteer.post(`/api/v1/shifts/${today.id}/come`, { place: '27.7,112.0' });
  assert.equal(here.told_later, null);
  assert.equal((await volunteer.get('/api/v1/my/shifts')).next[0].state, 'here');
  await officer.del(`/api/v1/shifts/${next.id}`, { reason: '重排' }, { version: next.version, expect: [200, 204] });
});

test('what was done without a network is told later, with its own time, and shows as such', async () => {
  const own = await officer.post('/api/v1/people', { name: '山口值守', area: town.id });
  await officer.post('/api/v1/assignments', { post: post.id, person: own.id, begins: '2020-02-01' });
  const volunteer = await user(admin, 'hills', 'liaison', town.id, { person: own.id });
  const made = await officer.post('/api/v1/shifts', { post: post.id, person: own.id, starts: at(12, 1), ends: at(12, 9) });
  const step = (name, body, options) => volunteer.post(`/api/v1/shifts/${made.id}/${name}`, body, options);
  const faulty = async (name, body, text) => assert.match((await step(name, body, { expect: 422 })).fields[0].detail, text);
  await faulty('come', { came: at(12, 12) }, /in the future/);
  await faulty('come', { came: at(11, 9) }, /more than 24 hours back/);
  await step('come', { came: at(11, 22) }, { expect: 409 });
  const deed = '01900000-0000-7000-8000-00000000aaaa';
  const come = await step('come', { deed, came: at(12, 1) });
  assert.deepEqual([come.state, come.came, come.told_later], ['here', at(12, 1), true]);
  assert.equal((await step('come', { deed, came: at(12, 1) })).version, come.version, 'sent twice, done once');
  await faulty('leave', { gone: at(12, 0) }, /before the check-in/);
  const gone = await step('leave', { gone: at(12, 9), handover: '登记本一册' });
  assert.deepEqual([gone.state, gone.gone], ['done', at(12, 9)]);
  const { week } = await volunteer.get('/api/v1/my/shifts');
  assert.deepEqual([week.hours, week.shifts.at(-1).hours, week.shifts.at(-1).handover], [8, 8, '登记本一册']);
  assert.ok((await officer.get('/api/v1/shifts?told_later=1')).rows.some((one) => one.id === made.id));
});

test('a post that stands around the staff hours: in later, out earlier shows on the shift, is listed and counted; a roster without shifts set uses these hours', async () => {
  await officer.post('/api/v1/sites', { name: '演示无时厂', kind: 'enterprise', area: town.id, hours: '八点' }, { expect: 422 });
  const site = await officer.post('/api/v1/sites', { name: '演示纺织厂', kind: 'enterprise', area: town.id, hours: '08:30-17:30' });
  const gate = await officer.post('/api/v1/posts', { title: '厂门联络', kind: 'enterprise', site: site.id, needed: 1, begins: '2020-02-01', around: true });
  const own = await officer.post('/api/v1/people', { name: '厂门员', area: town.id });
  await officer.post('/api/v1/assignments', { post: gate.id, person: own.id, begins: '2020-02-01' });
  const plan = await officer.post('/api/v1/roster', { post: gate.id, day: '2020-02-20', days: 1 });
  assert.deepEqual(plan.slots, [{ from: '08:00', until: '18:00', people: 1 }]);
  const stand = async ([day, from, hours = 10], came, gone, who = own) => {
    const made = await officer.post('/api/v1/shifts', { post: gate.id, person: who.id, starts: at(day, from), ends: at(day, from + hours) });
    await officer.post(`/api/v1/shifts/${made.id}/come`, { came });
    return officer.post(`/api/v1/shifts/${made.id}/leave`, { gone });
  };
  const late = await stand([11, 8], at(11, 10.5), at(11, 17.5));
  assert.deepEqual([late.late_came, late.early], [true, true]);
  for (const name of ['late', 'early']) assert.ok((await officer.get(`/api/v1/shifts?${name === 'late' ? 'late_came' : 'early'}=1`)).rows.some((one) => one.id === late.id), name);
  const { counts } = (await officer.get(`/api/v1/tallies?measure=shifts_late,shifts_early&day=2020-02-11&area=${town.id}`)).rows[0];
  assert.deepEqual([counts.shifts_late.value, counts.shifts_early.value], [1, 1]);
  // with a break at noon the first beginning and the last end count; around the clock there is neither
  const split = async (hours, version) => officer.patch(`/api/v1/sites/${site.id}`, { hours }, { version });
  const noon = await split('14:00-18:30, 08:30-12:00', site.version);
  assert.deepEqual((await officer.post('/api/v1/roster', { post: gate.id, day: '2020-02-20', days: 1 })).slots, [{ from: '08:00', until: '19:00', people: 1 }]);
  const mate = await officer.post('/api/v1/people', { name: '替班员', area: town.id });
  await officer.post('/api/v1/assignments', { post: gate.id, person: mate.id, begins: '2020-02-01' });
  const again = await stand([11, 8, 11], at(11, 10.5), at(11, 18.75), mate);
  assert.deepEqual([again.late_came, again.early], [true, true]);
  await split('08:00-20:00, 20:00-08:00', noon.version);
  assert.equal((await officer.post('/api/v1/roster', { post: gate.id, day: '2020-02-20', days: 1 }, { expect: 422 })).fields[0].field, 'slots');
  assert.match(run_muster(['check', '--store', muster.store], { env: { LANG: 'C' } }).out, /^0 differences/m);
});

test('what is planned goes with the assignment: ended sooner, begun later or taken out, its places are open at once and both sides told', async () => {
  const who = await officer.post('/api/v1/people', { name: '演示调', area: town.id });
  const made = await admin.post('/api/v1/users', { name: 'moved', area: town.id, person: who.id });
  const { link } = await admin.post(`/api/v1/users/${made.id}/invite`);
  await muster.bearer('').post('/api/v1/invite', { token: new URL(link).searchParams.get('token'), password });
  const moved = await muster.client('moved'), chief = await user(admin, 'planner', 'officer', county.id);
  const other = await officer.post('/api/v1/posts', { title: '东站卡口', kind: 'checkpoint', area: town.id, needed: 2, begins: '2020-02-01' });
  const hold = (begins, ends) => officer.post('/api/v1/assignments', { post: other.id, person: who.id, begins, ...(ends ? { ends } : {}) });
  const give = (day) => officer.post('/api/v1/shifts', { post: other.id, person: who.id, starts: at(day, 8), ends: at(day, 16) });
  const days = async () => (await officer.get(`/api/v1/shifts?post=${other.id}&sort=starts`)).rows.map((one) => one.starts);
  const told = async (client) => (await client.get('/api/v1/notices')).rows.filter((one) => one.what === 'shifts_dropped').length;
  const change = async (row, body) => officer.patch(`/api/v1/assignments/${row.id}`, body, { version: (await officer.get(`/api/v1/assignments/${row.id}`)).version });
  const held = await hold('2020-02-12');
  for (const day of [12, 14, 16, 18, 20]) await give(day);
  await change(held, { lead: true });
  assert.equal((await days()).length, 5, 'any other change takes nothing out');
  await change(held, { ends: '2020-02-18', reason: '调往商场' });
  assert.deepEqual(await days(), [12, 14, 16, 18].map((day) => at(day, 8)));
  assert.deepEqual([await told(moved), await told(chief), await told(officer)], [1, 1, 0]);
  const [gone] = (await officer.get(`/api/v1/shifts?post=${other.id}&voided=1`)).rows.filter((one) => one.starts === at(20, 8));
  assert.ok(gone.voided);
  await change(held, { begins: '2020-02-15' });
  assert.deepEqual(await days(), [12, 16, 18].map((day) => at(day, 8)), 'what has begun today stays');
  // what another assignment of the same post covers stays
  await hold('2020-02-19');
  await give(22);
  await change(held, { ends: '2020-02-16' });
  assert.deepEqual(await days(), [12, 16, 22].map((day) => at(day, 8)));
  await officer.del(`/api/v1/assignments/${held.id}`, { reason: '误派' }, { version: (await officer.get(`/api/v1/assignments/${held.id}`)).version, expect: [200, 204] });
  assert.deepEqual(await days(), [12, 22].map((day) => at(day, 8)));
  assert.equal(await told(moved), 4);
  assert.match(run_muster(['check', '--store', muster.store], { env: { LANG: 'C' } }).out, /^0 differences/m);
});
