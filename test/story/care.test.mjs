// Care: what those who serve were given, to one person or in bulk; what it counts for; the result of a test stays private.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { person, recount, start_with_people } from '../people.mjs';

let muster, admin, officer, stranger, liaison, department, county, town, unit, post, people;
const fault = (answer, field, text) => assert.ok(answer.fields?.some((one) => one.field === field && text.test(one.detail)), JSON.stringify(answer));
const give = (kind, more = {}, options = {}) => officer.post('/api/v1/care_given', { kind, area: town.id, ...more }, options);
const count = async (measure, day, area = county) => (await officer.get(`/api/v1/tallies?measure=${measure}&area=${area.id}&day=${day}&total=1`)).rows[0].counts[measure].value;

before(async () => {
  ({ muster, admin } = await start_with_people({ MUSTER_NOW: '2020-03-02T02:00:00Z' }));
  county = await admin.post('/api/v1/areas', { code: '431302', name: '娄星区', level: 3 });
  town = await admin.post('/api/v1/areas', { code: '431302001', name: '乐坪街道', level: 4, parent: county.id });
  const other = await admin.post('/api/v1/areas', { code: '431321', name: '双峰县', level: 3 });
  officer = await person(muster, admin, 'officer', 'officer', { area: county.id });
  liaison = await person(muster, admin, 'liaison', 'liaison', { area: town.id });
  department = await person(muster, admin, 'department', 'department', { area: county.id });
  stranger = await person(muster, admin, 'stranger', 'officer', { area: other.id });
  unit = await admin.post('/api/v1/orgs', { name: '区水利局', kind: 'office', area: county.id });
  people = await Promise.all([1, 2, 3].map((n) => officer.post('/api/v1/people', { name: `演示员${n}`, area: town.id, org: unit.id, phone: `1380000000${n}` })));
  post = await officer.post('/api/v1/posts', { title: '社区志愿者', kind: 'community', area: town.id, needed: 3, begins: '2020-02-12' });
});
after(() => muster?.stop());

test('masks to a post, a visit to an area, an honour, insurance and money: each counts under its name on its day', async () => {
  const masks = await give('mask', { post: post.id, amount: 200, day: '2020-02-20', item: '医用口罩', giver: '区直机关工委' });
  assert.equal(masks.unit, 'masks|个');
  await give('mask', { org: unit.id, amount: 50 });
  assert.deepEqual([await count('care_masks', '2020-02-19'), await count('care_masks', '2020-02-20'), await count('care_masks', '2020-03-02')], [0, 200, 250]);
  const visit = await give('visit', {});
  assert.deepEqual([visit.amount, visit.day], [1, '2020-03-02']);
  await give('honour', { person: people[0].id, item: '抗疫先锋' });
  await give('insurance', { org: unit.id, amount: 3 });
  await give('fund', { money: 64_200_000 });
  await give('gear', { org: unit.id, item: '手套', amount: 40, unit: 'pairs|双' });
  for (const [measure, value] of Object.entries({ care_visits: 1, care_honours: 1, care_insured: 3, care_funds: 642_000, care_tests: 0 })) assert.equal(await count(measure, '2020-03-02'), value, measure);
  const opened = await officer.get(`/api/v1/tallies/rows?measure=care_masks&area=${county.id}&day=2020-03-02&total=1`);
  assert.deepEqual(opened.rows.map((one) => one.value).sort(), [200, 50]);
  await officer.request('DELETE', `/api/v1/care_given/${masks.id}`, { reason: '重复登记' }, { version: masks.version });
  assert.equal(await count('care_masks', '2020-03-02'), 50);
});

test('an entry that cannot be is refused by the name of its field', async () => {
  const refused = async (field, text, kind, more) => fault(await give(kind, more, { expect: 422 }), field, text);
  await refused('person', /Somebody must be named/, 'mask', { amount: 5 });
  await refused('person', /Either a person/, 'mask', { person: people[0].id, org: unit.id, amount: 5 });
  await refused('amount', /must be given/, 'mask', { org: unit.id });
  await refused('amount', /one of one person/, 'test', { person: people[0].id, amount: 2 });
  await refused('unit', /must be given/, 'gear', { org: unit.id, amount: 5 });
  await refused('money', /must be given/, 'fund', {});
  await refused('money', /whole yuan/, 'fund', { money: 101 });
  await refused('amount', /not told of money/, 'fund', { money: 100, amount: 1 });
  await refused('day', /future/, 'visit', { day: '2020-03-03' });
  await refused('result', /only of one person/, 'mask', { person: people[0].id, amount: 5, result: 'negative' });
  await refused('kind', /./, 'cake', { person: people[0].id, amount: 5 });
});

test('the result of a test is masked, opens with a reason, and stands in no export, history or log in clear', async () => {
  const made = await give('test', { person: people[1].id, item: '核酸检测', result: 'positive' });
  assert.equal(made.amount, 1);
  assert.equal(await count('care_tests', '2020-03-02'), 1);
  const seen = await liaison.get(`/api/v1/care_given/${made.id}`);
  assert.match(seen.result, /^\*+$/);
  assert.equal(seen.names.person, '演**');
  assert.equal((await liaison.get(`/api/v1/care_given/${made.id}?reveal=${encodeURIComponent('安排复查')}`)).result, 'positive');
  assert.doesNotMatch(String(await officer.get('/api/v1/care_given.csv')), /positive|阳性|Positive/);
  assert.doesNotMatch(muster.log(), /positive|演示员/);
  const again = await give('test', { person: people[1].id, item: '核酸检测' });
  assert.match((await officer.get(`/api/v1/care_given/${again.id}`)).warnings[0].detail, /already/);
});

test('beyond one\'s area there is none of it; a liaison reads, an office of another matter does not', async () => {
  assert.deepEqual((await stranger.get('/api/v1/care_given')).rows, []);
  await stranger.post('/api/v1/care_given', { kind: 'visit', area: town.id }, { expect: 422 });
  assert.ok((await liaison.get('/api/v1/care_given')).rows.length > 3);
  await liaison.post('/api/v1/care_given', { kind: 'visit', area: town.id }, { expect: 403 });
  await department.get('/api/v1/care_given', { expect: 403 });
  assert.match(recount(muster), /\b0 differences/);
});
