// Who serves, unit by unit; who has stood day after day is seen before it becomes fifty days.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { at as move, person, recount, start_with_people } from '../people.mjs';
import { sheet_text } from '../sheets.mjs';

let muster, admin, officer, liaison, stranger, county, town, units, people, post;
const at = (day, hour) => new Date(Date.UTC(2020, 1, day, hour - 8)).toISOString();
const serving = (query = '', client = officer) => client.get(`/api/v1/serving?area=${county.id}${query}`);
const of = (answer, unit) => answer.units.find((one) => one.org?.id === unit?.id);

before(async () => {
  ({ muster, admin } = await start_with_people({ MUSTER_NOW: '2020-02-20T04:00:00Z' }));
  county = await admin.post('/api/v1/areas', { code: '431302', name: '娄星区', level: 3 });
  town = await admin.post('/api/v1/areas', { code: '431302001', name: '乐坪街道', level: 4, parent: county.id });
  const other = await admin.post('/api/v1/areas', { code: '431321', name: '双峰县', level: 3 });
  officer = await person(muster, admin, 'officer', 'officer', { area: county.id });
  liaison = await person(muster, admin, 'liaison', 'liaison', { area: town.id });
  stranger = await person(muster, admin, 'stranger', 'officer', { area: other.id });
  units = await Promise.all(['甲局', '乙局'].map((name) => admin.post('/api/v1/orgs', { name, kind: 'office', area: county.id })));
  people = [];
  for (let i = 0; i < 6; i++) people.push(await officer.post('/api/v1/people', { name: `演示员${i}`, area: town.id, party: i % 2 === 0, ...(i < 5 ? { org: units[i % 2].id } : {}) }));
  const appeal = await officer.post('/api/v1/appeals', { title: '倡议书', area: county.id, text: '请战', opens: '2020-02-01' });
  await officer.post(`/api/v1/appeals/${appeal.id}/publish`, {});
  const pledges = [];
  for (const one of people) pledges.push(await officer.post('/api/v1/pledges', { appeal: appeal.id, person: one.id, day: '2020-02-05' }));
  await officer.post(`/api/v1/pledges/${pledges[5].id}/decline`, { reason: '留守' });
  post = await officer.post('/api/v1/posts', { title: '高铁站卡口', kind: 'checkpoint', area: town.id, needed: 9, begins: '2020-02-01' });
  for (const [i, more] of [[0, { lead: true }], [1, {}], [2, { ends: '2020-02-19' }], [5, {}]]) await officer.post('/api/v1/assignments', { post: post.id, person: people[i].id, begins: '2020-02-06', ...more });
});
after(() => muster?.stop());

test('signed up, serving, party members and leaders of each unit, on the day asked for', async () => {
  const now = await serving();
  assert.deepEqual(of(now, units[0]), { org: { id: units[0].id, name: '甲局' }, pledged: 3, serving: 1, party: 1, leading: 1, shifts: 0, hours: 0, longest: 0, longest_person: null, unknown: 1 });
  // without a roster nobody can say whether they rest: that is told, with how many and for how long
  assert.deepEqual([now.unknown_all, now.unknown_days, now.tired_all], [3, 15, 0]);
  assert.equal((await officer.get('/api/v1/assignments?now=1&unrostered=1')).rows.length, 3);
  assert.deepEqual((await officer.get(`/api/v1/assignments?now=1&party=1`)).rows.map((one) => one.person), [people[0].id]);
  assert.deepEqual([of(now, units[1]).pledged, of(now, units[1]).serving, of(now, units[1]).party], [2, 1, 0]);
  // of no unit: declined, so not signed up; serves all the same
  const rest = now.units.find((one) => !one.org);
  assert.deepEqual([rest.pledged, rest.serving], [0, 1]);
  assert.deepEqual([of(await serving('&day=2020-02-19'), units[0]).serving, of(await serving('&day=2020-02-04'), units[0])], [2, undefined]);
  // each number opens
  assert.equal((await officer.get(`/api/v1/assignments?org=${units[0].id}&now=1`)).rows.length, 1);
  assert.equal((await officer.get(`/api/v1/pledges?org=${units[0].id}&state=signed,approved`)).rows.length, 3);
});

test('days in a row count only while they go on; six and more are named', async () => {
  const stood = async (who, day) => officer.post('/api/v1/shifts', { post: post.id, person: who.id, starts: at(day, 8), ends: at(day, 16), ...(day > 17 ? { over: '人手不足' } : {}) });
  for (let day = 12; day <= 19; day++) await stood(people[0], day);
  for (let day = 8; day <= 13; day++) await stood(people[1], day);
  const rows = (await officer.get('/api/v1/shifts?limit=50')).rows;
  for (const row of rows.sort((a, b) => (a.starts < b.starts ? -1 : 1))) {
    for (const [step, hour] of [['come', 0], ['leave', 8]]) {
      await move(muster, new Date(Date.parse(row.starts) + hour * 3_600_000).toISOString());
      await officer.post(`/api/v1/shifts/${row.id}/${step}`, {});
    }
  }
  await move(muster, '2020-02-20T04:00:00Z');
  const now = await serving();
  assert.deepEqual([of(now, units[0]).shifts, of(now, units[0]).hours, of(now, units[0]).longest], [8, 64, 8]);
  assert.deepEqual([of(now, units[1]).hours, of(now, units[1]).longest], [48, 0]);
  // those of the last days have a roster now; the shifts open by unit
  assert.deepEqual([now.unknown_all, of(now, units[0]).unknown, of(now, units[0]).longest_person], [0, 0, people[0].id]);
  assert.equal((await officer.get('/api/v1/assignments?now=1&unrostered=1')).rows.length, 0);
  for (const unit of units) assert.equal((await officer.get(`/api/v1/shifts?stood=1&org=${unit.id}&limit=100`)).rows.length, of(now, unit).shifts);
  assert.equal(now.tired_all, 1);
  assert.deepEqual([now.tired[0].days, now.tired[0].org.name, now.tired[0].person.name], [8, '甲局', '演**']);
  const then = await serving('&day=2020-02-13');
  assert.deepEqual([then.tired_all, then.tired[0].days, of(then, units[0]).longest], [1, 6, 2]);
  assert.equal((await serving(`&reveal=${encodeURIComponent('安排轮休')}`)).tired[0].person.name, '演示员0');
});

test('beyond one\'s area nothing is told; the sheet holds the same', async () => {
  await stranger.get(`/api/v1/serving?area=${county.id}`, { expect: 404 });
  assert.deepEqual((await stranger.get('/api/v1/serving')).units, []);
  // people of the town, asked for by who reaches the town
  assert.equal((await liaison.get(`/api/v1/serving?area=${town.id}`)).units.reduce((all, one) => all + one.serving, 0), 3);
  const sheet = await officer.get(`/api/v1/serving.xlsx?area=${county.id}`, { whole: true });
  const cells = sheet_text(sheet.body);
  assert.match(cells, /Signed up.*甲局.*>64</s);
  assert.doesNotMatch(cells, /演示员/);
  assert.match(recount(muster), /^0 differences/m);
});
