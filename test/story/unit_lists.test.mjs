// A unit signs up its list: whoever is known is found, not made twice; bad rows are named alone; the appeal tells how it was answered by unit, rank and wish.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { at as move, person, recount, start_with_people } from '../people.mjs';

let muster, admin, officer, liaison, stranger, county, town, unit, far, appeal, known;
const list = (rows, more = {}, { client = officer, ...options } = {}) => client.post(`/api/v1/appeals/${appeal.id}/list`, { org: unit.id, rows, ...more }, options);
const people = async () => (await officer.get('/api/v1/people?count=1&limit=1')).total;
const entries = [
  { name: '演示甲', phone: '13900000011', rank: 'section', party: true, skills: '护士', wish: 'community' },
  { name: '演示乙', phone: '13900000012', rank: 'staff', wish: 'grid', near: 'near' },
  { name: '演示丙', idno: '430202197001010135' },
];

before(async () => {
  ({ muster, admin } = await start_with_people({ MUSTER_NOW: '2020-02-12T02:00:00Z' }));
  county = await admin.post('/api/v1/areas', { code: '431302', name: '娄星区', level: 3 });
  town = await admin.post('/api/v1/areas', { code: '431302001', name: '乐坪街道', level: 4, parent: county.id });
  const other = await admin.post('/api/v1/areas', { code: '431321', name: '双峰县', level: 3 });
  officer = await person(muster, admin, 'officer', 'officer', { area: county.id });
  liaison = await person(muster, admin, 'liaison', 'liaison', { area: county.id });
  stranger = await person(muster, admin, 'stranger', 'officer', { area: other.id });
  unit = await admin.post('/api/v1/orgs', { name: '区演示局', kind: 'department', area: county.id });
  far = await admin.post('/api/v1/orgs', { name: '双峰演示局', kind: 'department', area: other.id });
  known = await officer.post('/api/v1/people', { name: '演示甲', phone: '13900000011', area: town.id });
  appeal = await officer.post('/api/v1/appeals', { title: '倡议书', area: county.id, text: '请战', opens: '2020-02-01', closes: '2020-02-20' });
});
after(() => muster?.stop());

test('an appeal that is not open takes no list; a unit of elsewhere is not signed up from here', async () => {
  assert.equal((await list(entries, {}, { expect: 422 })).fields[0].field, 'appeal');
  await officer.post(`/api/v1/appeals/${appeal.id}/publish`, {});
  assert.equal((await list(entries, { org: far.id }, { expect: 422 })).fields[0].field, 'org');
  await list(entries, {}, { client: liaison, expect: 403 });
  await list(entries, {}, { client: stranger, expect: 404 });
  assert.equal(await people(), 1);
});

test('a body that holds what is not known is refused by that name, and nothing is signed up', async () => {
  const answer = await list([{ name: '演示员甲', phone: '13800000099' }], { previw: true }, { expect: 422 });
  assert.deepEqual(answer.fields.map((one) => one.field), ['previw']);
  assert.equal((await officer.get(`/api/v1/people?q=${encodeURIComponent('13800000099')}`)).rows.length, 0);
});

test('a preview says who is known and what is wrong, and writes nothing', async () => {
  const bad = [...entries, { phone: '13900000013' }, { name: '演示丁', phone: 'abc' }, { name: '演示戊', rank: 'king' }, { name: '演示己', state: 'approved' }];
  const { rows } = await list(bad, { preview: true });
  assert.deepEqual(rows.map((one) => [one.status, one.field ?? one.known]), [[200, true], [200, false], [200, false], [422, 'name'], [422, 'phone'], [422, 'rank'], [422, 'state']]);
  assert.equal(rows[0].person.id, known.id);
  assert.doesNotMatch(JSON.stringify(rows), /13900000011|演示甲/);
  assert.deepEqual([await people(), (await officer.get('/api/v1/pledges')).rows.length], [1, 0]);
});

test('good rows are signed up, a bad one stands alone; sent again nothing is made twice', async () => {
  const { rows } = await list([...entries, { name: '演示丁', phone: 'abc' }]);
  assert.deepEqual(rows.map((one) => [one.status, one.known ?? one.field]), [[201, true], [201, false], [201, false], [422, 'phone']]);
  const pledges = (await officer.get('/api/v1/pledges?source=unit')).rows;
  assert.deepEqual(pledges.map((one) => [one.org, one.state, one.day]), Array(3).fill([unit.id, 'signed', '2020-02-12']));
  assert.equal(await people(), 3);
  assert.equal((await officer.get(`/api/v1/people/${known.id}`)).area, town.id, 'who is known stays as they are');
  const again = (await list(entries)).rows;
  assert.deepEqual(again.map((one) => [one.status, one.signed_up]), Array(3).fill([200, true]));
  assert.equal(await people(), 3);
});

test('the appeal tells how it was answered, and each number opens', async () => {
  const [first] = (await officer.get('/api/v1/pledges?rank=section')).rows;
  await officer.post(`/api/v1/pledges/${first.id}/approve`, {});
  const parts = await officer.get(`/api/v1/appeals/${appeal.id}/parts`);
  assert.deepEqual(parts.units, [{ org: { id: unit.id, name: '区演示局' }, waiting: 2, approved: 1, declined: 0, withdrawn: 0 }]);
  assert.deepEqual(parts.ranks.map((one) => [one.code, one.waiting + one.approved]).sort(), [['', 1], ['section', 1], ['staff', 1]]);
  assert.deepEqual(parts.wishes.map((one) => one.code).sort(), ['', 'community', 'grid']);
  assert.equal((await officer.get(`/api/v1/pledges?appeal=${appeal.id}&org=${unit.id}&state=signed`)).rows.length, 2);
  await stranger.get(`/api/v1/appeals/${appeal.id}/parts`, { expect: 404 });
  assert.match(recount(muster), /^0 differences/m);
});

test('home areas by code, name or path; trade, languages, licence and hours go into the person; without a home it is where the unit is', async () => {
  const [east, west] = await Promise.all([['431302002', '花山街道'], ['431302003', '大科街道']].map(([code, name]) => admin.post('/api/v1/areas', { code, name, level: 4, parent: county.id })));
  for (const [parent, code] of [[east, '431302002001'], [west, '431302003001']]) await admin.post('/api/v1/areas', { code, name: '演示社区', level: 5, parent: parent.id });
  const asked = [
    { name: '演示庚', area: '花山街道', trade: '护士', languages: '日语；湘语', licence: '驾驶证C1', available: '周一至周五 18:00-22:00', hours: '下班后' },
    { name: '演示辛', area: '431302003000' },
    { name: '演示壬', area: '大科街道/演示社区' },
    { name: '演示癸', area: ' ' },
    { name: '演示子', area: '演示社区' },
    { name: '演示丑', area: '没有的街道' },
    { name: '演示寅', available: '有空就来' },
  ];
  const { rows } = await list(asked);
  assert.deepEqual(rows.map((one) => [one.status, one.field]), [[201, undefined], [201, undefined], [201, undefined], [201, undefined], [422, 'area'], [422, 'area'], [422, 'available']]);
  const made = async (n) => officer.get(`/api/v1/people/${(await officer.get(`/api/v1/pledges/${rows[n].id}`)).person}`);
  const first = await made(0);
  assert.deepEqual([first.area, first.trade, first.languages, first.licence, first.available, first.hours], [east.id, '护士', '日语；湘语', '驾驶证C1', '周一至周五 18:00-22:00', '下班后']);
  assert.equal((await made(1)).area, west.id);
  assert.deepEqual([(await made(2)).names.area, (await made(3)).area], ['演示社区', county.id]);
});

test('a list may nominate for a post; who had signed up keeps the pledge; the planner sends them all, each refusal by itself', async () => {
  const post = await officer.post('/api/v1/posts', { title: '乐坪卡口', kind: 'checkpoint', area: town.id, needed: 2, begins: '2020-02-10' });
  const over = await officer.post('/api/v1/posts', { title: '旧卡口', kind: 'checkpoint', area: town.id, needed: 2, begins: '2020-02-01', ends: '2020-02-11' });
  for (const id of [over.id, unit.id, 'x']) assert.equal((await list(entries, { post: id }, { expect: 422 })).fields[0].field, 'post');
  const nominated = async () => (await officer.get(`/api/v1/pledges?post=${post.id}`)).rows;
  await list(entries.slice(0, 2), { post: post.id, preview: true });
  assert.deepEqual(await nominated(), []);
  const { rows } = await list([...entries.slice(0, 2), { name: '演示卯' }], { post: post.id });
  assert.deepEqual(rows.map((one) => [one.status, one.signed_up]), [[200, true], [200, true], [201, false]]);
  const people_of = (await nominated()).map((one) => one.person);
  assert.equal(people_of.length, 3);
  await officer.post('/api/v1/assignments', { post: post.id, person: people_of[0], begins: '2020-02-10' });
  const sent = await officer.post('/api/v1/assignments', { rows: people_of.map((one) => ({ post: post.id, person: one, begins: '2020-02-12' })) }, { expect: [200, 201, 207] });
  assert.deepEqual(sent.rows.map((one) => one.status).sort(), [201, 201, 422]);
  assert.equal((await officer.get(`/api/v1/posts/${post.id}`)).filled, 3);
  for (const one of (await officer.get(`/api/v1/assignments?post=${post.id}`)).rows) await officer.del(`/api/v1/assignments/${one.id}`, { reason: '误派' }, { version: one.version, expect: [200, 204] });
  const extra = (await nominated()).find((one) => rows[2].id === one.id);
  await officer.del(`/api/v1/pledges/${extra.id}`, { reason: '误报' }, { version: extra.version, expect: [200, 204] });
});

test('after its last day the appeal takes no list', async () => {
  await move(muster, '2020-02-21T02:00:00Z');
  assert.equal((await list(entries, {}, { expect: 422 })).fields[0].field, 'day');
});
