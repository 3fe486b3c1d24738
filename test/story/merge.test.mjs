// Two entries of one person become one: all that points at the one points at the other, counts stay right, and it can be undone.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { password, run_muster, start_muster } from '../harness.mjs';

let muster, admin, officer, local, county, east, west, site, post, other_post, team, user;
const today = '2020-02-12';
const appeals = [];
const fault = (answer, field) => assert.ok(answer.fields?.some((one) => one.field === field), JSON.stringify(answer));
const make = (plural, body, options) => officer.post(`/api/v1/${plural}`, body, options);
const get = (plural, one) => officer.get(`/api/v1/${plural}/${one.id}`);
const list = async (plural, query) => (await officer.get(`/api/v1/${plural}?${query}`)).rows;
const count = async (measure, area) => (await officer.get(`/api/v1/tallies?measure=${measure}&area=${area.id}`)).rows[0].counts[measure].value;
const merge = (kept, other, more = {}, options) => officer.post(`/api/v1/people/${kept.id}/merge`, { other: other.id, ...more }, options);
const unmerge = (kept, one, options) => officer.post(`/api/v1/people/${kept.id}/unmerge`, { merge: one.id }, options);
const checked = () => assert.match(run_muster(['check', '--store', muster.store], { env: { LANG: 'C' } }).out, /^0 differences/m);

async function someone(name, area) {
  const made = await admin.post('/api/v1/users', { name, area: area.id });
  await admin.post('/api/v1/grants', { user: made.id, role: 'officer', area: area.id });
  const { link } = await admin.post(`/api/v1/users/${made.id}/invite`);
  await muster.bearer('').post('/api/v1/invite', { token: new URL(link).searchParams.get('token'), password });
  return muster.client(name);
}

before(async () => {
  muster = await start_muster({ env: { MUSTER_NOW: `${today}T02:00:00Z` } });
  admin = await muster.client('admin');
  county = await admin.post('/api/v1/areas', { code: '431302', name: '娄星区', level: 3 });
  east = await admin.post('/api/v1/areas', { code: '431302001', name: '乐坪街道', level: 4, parent: county.id });
  west = await admin.post('/api/v1/areas', { code: '431302002', name: '花山街道', level: 4, parent: county.id });
  officer = await someone('officer', county);
  local = await someone('local', east);
  for (const title of ['甲倡议', '乙倡议']) {
    const made = await make('appeals', { title, area: county.id, text: '请战', opens: '2020-02-01' });
    appeals.push(await officer.post(`/api/v1/appeals/${made.id}/publish`, {}));
  }
  site = await make('sites', { name: '演示厂', kind: 'enterprise', status: 'stopped', staff: 10, area: east.id });
  post = await make('posts', { title: '卡口', kind: 'checkpoint', area: east.id, needed: 9, begins: '2020-02-01' });
  other_post = await make('posts', { title: '社区', kind: 'community', area: west.id, needed: 9, begins: '2020-02-01' });
  team = await make('teams', { name: '演示突击队', kind: 'assault', area: east.id, begins: '2020-02-01' });
  user = await admin.post('/api/v1/users', { name: 'holder', area: east.id });
});
after(() => muster?.stop());

let kept, other, done, rows;

test('what both need: two entries within reach, neither taken out', async () => {
  kept = await make('people', { name: '演示甲', phone: '13800000001', area: east.id, duty: '科员' });
  other = await make('people', { name: '演示甲', idno: '430102199001010032', area: west.id, duty: '主任', skills: '驾驶' });
  fault(await merge(kept, kept, {}, { expect: 422 }), 'other');
  fault(await officer.post(`/api/v1/people/${kept.id}/merge`, {}, { expect: 422 }), 'other');
  fault(await merge(kept, other, { fields: ['merged'] }, { expect: 422 }), 'fields');
  fault(await merge(kept, other, { wrong: 1 }, { expect: 422 }), 'wrong');
  // who keeps one of the two areas alone does not see the other entry
  fault(await local.post(`/api/v1/people/${kept.id}/merge`, { other: other.id }, { expect: 422 }), 'other');
  await local.post(`/api/v1/people/${other.id}/merge`, { other: kept.id }, { expect: 404 });
  fault(await make('merges', { person: kept.id, other: other.id }, { expect: 422 }), 'other');
});

test('shifts of both at one time at two posts stand against it, and nothing is done', async () => {
  const held = await Promise.all([[post, kept], [other_post, other]].map(([where, who]) => make('assignments', { post: where.id, person: who.id, begins: today })));
  const mine = await make('shifts', { post: post.id, person: kept.id, starts: '2020-02-12T00:00:00Z', ends: '2020-02-12T08:00:00Z' });
  const theirs = await make('shifts', { post: other_post.id, person: other.id, starts: '2020-02-12T06:00:00Z', ends: '2020-02-12T10:00:00Z' });
  const refused = await merge(kept, other, {}, { expect: 409 });
  assert.match(JSON.stringify(refused), /2020-02-12/);
  assert.deepEqual([(await get('people', other)).voided, (await list('shifts', `person=${other.id}`)).length], [false, 1]);
  for (const one of [mine, theirs]) await officer.del(`/api/v1/shifts/${one.id}`, { reason: '误录' }, { expect: [200, 204] });
  for (const one of held) await officer.del(`/api/v1/assignments/${one.id}`, { reason: '误录' }, { expect: [200, 204] });
});

test('all that points at the one points at the other; where both have what one has once, one is left', async () => {
  const pledge = (who, appeal) => make('pledges', { appeal: appeal.id, person: who.id });
  rows = {};
  rows.held = await make('assignments', { post: post.id, person: kept.id, begins: '2020-02-05', ends: '2020-02-10' });
  rows.longer = await make('assignments', { post: post.id, person: other.id, begins: '2020-02-08', ends: '2020-02-20' });
  rows.again = await make('assignments', { post: post.id, person: kept.id, begins: '2020-02-15', ends: '2020-02-25', reason: '轮换' });
  // signed up after they were sent: these wait
  rows.mine = await pledge(kept, appeals[0]);
  rows.further = await officer.post(`/api/v1/pledges/${(await pledge(other, appeals[0])).id}/approve`, {});
  rows.second = await pledge(other, appeals[1]);
  rows.shift = await make('shifts', { post: post.id, person: other.id, starts: '2020-02-13T00:00:00Z', ends: '2020-02-13T08:00:00Z' });
  rows.later = await make('shifts', { post: post.id, person: other.id, starts: '2020-02-15T00:00:00Z', ends: '2020-02-15T08:00:00Z' });
  rows.link = await make('links', { site: site.id, person: other.id, level: 'town', begins: '2020-02-10' });
  rows.member = await make('team_members', { team: team.id, person: other.id });
  rows.health = await make('health_records', { site: site.id, person: other.id, day: '2020-02-11', temperature: 365 });
  rows.org = await make('orgs', { name: '区演示局', kind: 'department', area: county.id, head: other.id }, { expect: [201, 403] });
  await admin.patch(`/api/v1/users/${user.id}`, { person: other.id }, { version: 1, expect: [200, 422] });
  assert.deepEqual([await count('pledges', east), await count('pledges', west), await count('serving', east)], [1, 2, 1]);

  const id = '01900000-0000-7000-8000-0000000000aa';
  done = await merge(kept, other, { id, fields: ['idno', 'skills'] });
  assert.deepEqual([done.id, done.state, done.by, done.taken.sort()], [id, 'merged', 'officer', ['idno', 'skills']]);
  const moved = Object.fromEntries(done.rows.map((one) => [`${one.record} ${one.did}`, one.count]));
  assert.equal(moved['pledge moved'], 2);
  assert.equal(moved['pledge out'], 1);
  assert.equal(moved['assignment out'], 2);
  assert.equal(moved['shift moved'], 2);
  for (const record of ['link', 'team_member', 'health']) assert.equal(moved[`${record} moved`], 1, record);
  // a retry changes nothing; another body under the same id is refused
  assert.equal((await merge(kept, other, { id, fields: ['idno', 'skills'] })).id, id);
  await merge(kept, other, { id, fields: [] }, { expect: 409 });

  assert.deepEqual((await list('pledges', `person=${kept.id}`)).map((one) => one.state).sort(), ['approved', 'signed']);
  assert.deepEqual((await list('assignments', `person=${kept.id}`)).map((one) => [one.id, one.begins, one.ends, one.reason]), [[rows.held.id, '2020-02-05', '2020-02-25', '轮换']]);
  for (const plural of ['shifts', 'links', 'team_members', 'health_records']) assert.ok((await list(plural, `person=${kept.id}`)).length, plural);
  const now = await officer.get(`/api/v1/people/${kept.id}?reveal=${encodeURIComponent('核对')}`);
  assert.deepEqual([now.idno, now.phone, now.skills, now.duty], ['430102199001010032', '13800000001', '驾驶', '科员']);
  const gone = await get('people', other);
  assert.deepEqual([gone.voided, gone.merged], [true, kept.id]);
  assert.deepEqual([await count('pledges', east), await count('pledges', west), await count('serving', east), await count('liaison_people', east)], [2, 0, 1, 1]);
  checked();
});

test('nothing private is in what a merge shows', async () => {
  const shown = JSON.stringify([await get('merges', done), await officer.get('/api/v1/merges')]);
  assert.ok(!/430102199001010032|13800000001|驾驶/.test(shown), shown);
  await officer.del(`/api/v1/merges/${done.id}`, { reason: '误录' }, { expect: 409 });
});

test('undone: all goes back but what was changed since, which is told', async () => {
  const shift = await get('shifts', rows.later);
  await officer.patch(`/api/v1/shifts/${shift.id}`, { ends: '2020-02-15T06:00:00Z' }, { version: shift.version });
  const now = await get('people', kept);
  await officer.patch(`/api/v1/people/${kept.id}`, { skills: '护理' }, { version: now.version });
  fault(await unmerge(other, done, { expect: 422 }), 'merge');
  const undone = await unmerge(kept, done);
  assert.equal(undone.state, 'undone');
  assert.deepEqual(undone.left.map((one) => [one.record, one.field]).sort(), [['person', 'skills'], ['shift', 'person']]);
  assert.deepEqual((await unmerge(kept, done)).left.length, 2);

  const back = await officer.get(`/api/v1/people/${other.id}?reveal=${encodeURIComponent('核对')}`);
  assert.deepEqual([back.voided, back.merged, back.idno, back.duty], [false, null, '430102199001010032', '主任']);
  const stays = await officer.get(`/api/v1/people/${kept.id}?reveal=${encodeURIComponent('核对')}`);
  assert.deepEqual([stays.idno, stays.skills], [null, '护理']);
  assert.deepEqual((await list('pledges', `person=${kept.id}`)).map((one) => one.id), [rows.mine.id]);
  assert.deepEqual((await list('pledges', `person=${other.id}`)).map((one) => one.id).sort(), [rows.further.id, rows.second.id].sort());
  const days = (held) => held.map((one) => [one.begins, one.ends]).sort();
  assert.deepEqual(days(await list('assignments', `person=${kept.id}`)), [['2020-02-05', '2020-02-10'], ['2020-02-15', '2020-02-25']]);
  assert.deepEqual(days(await list('assignments', `person=${other.id}`)), [['2020-02-08', '2020-02-20']]);
  assert.deepEqual((await list('shifts', `person=${kept.id}`)).map((one) => one.id), [rows.later.id]);
  for (const plural of ['shifts', 'links', 'team_members', 'health_records']) assert.equal((await list(plural, `person=${other.id}`)).length, 1, plural);
  assert.deepEqual([await count('pledges', east), await count('pledges', west)], [1, 2]);
  // found again by what one searches for
  assert.ok((await list('people', `q=430102199001010032`)).some((one) => one.id === other.id));
  checked();
});

test('where nothing is said, empty values are filled; of two merges the later is undone first', async () => {
  const [one, two, three] = await Promise.all([{ duty: '站长' }, { trade: '护士' }, { trade: '司机', languages: '湘语' }].map((more) => make('people', { name: '演示乙', area: east.id, ...more })));
  const first = await merge(two, three);
  const second = await merge(one, two);
  const now = await get('people', one);
  assert.deepEqual([now.duty, now.trade, now.languages], ['站长', '护士', '湘语']);
  await unmerge(two, first, { expect: 409 });
  await unmerge(one, second);
  await unmerge(two, first);
  assert.deepEqual([(await get('people', two)).languages, (await get('people', three)).voided], [null, false]);
  checked();
});

test('what points at one entry moves in one write up to a limit', async () => {
  const [small, large] = await Promise.all([1, 2].map(() => make('people', { name: '演示丙', area: east.id })));
  const day = (n) => new Date(Date.UTC(2020, 1, 12) - (n % 30) * 86_400_000).toISOString().slice(0, 10);
  const record = (_, n) => ({ site: site.id, person: large.id, day: day(n), temperature: 365 });
  for (let left = 10_001; left > 0; left -= 5000) await make('health_records', { rows: Array.from({ length: Math.min(left, 5000) }, record) });
  const refused = await merge(small, large, {}, { expect: 413 });
  assert.match(JSON.stringify(refused), /10000/);
  await merge(large, small);
});
