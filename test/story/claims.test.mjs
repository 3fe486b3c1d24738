// Posts put up for claiming: members without an office claim them, a planner confirms and never beyond what is needed, and what is handed back is open again.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { at, person, recount, start_with_people } from '../people.mjs';

let muster, admin, officer, chief, county, town, gate, closed, one, two, three, folk;
const fault = (answer, field, text) => assert.ok(answer.fields?.some((each) => each.field === field && text.test(each.detail)), JSON.stringify(answer));
const count = async (measure, day, area = town) => (await officer.get(`/api/v1/tallies?measure=${measure}&area=${area.id}&day=${day}`)).rows[0].counts[measure].value;
const told = async (client) => (await client.get('/api/v1/notices')).rows.map((each) => each.what);
const step = (claim, name, body = {}, options = {}) => officer.post(`/api/v1/claims/${claim.id}/${name}`, body, options);
/** A member with an account that names them as a person, and no office: no grant at all. */
async function member(name, area) {
  const who = await officer.post('/api/v1/people', { name: '演示员', area, party: true });
  const user = await admin.post('/api/v1/users', { name, area, person: who.id });
  const client = await muster.demo_client(name);
  Object.assign(client, { user, name, who });
  muster.people.push(client);
  return client;
}

before(async () => {
  ({ muster, admin } = await start_with_people({ MUSTER_NOW: '2020-02-12T02:00:00Z' }));
  county = await admin.post('/api/v1/areas', { code: '431302', name: '娄星区', level: 3 });
  town = await admin.post('/api/v1/areas', { code: '431302001', name: '乐坪街道', level: 4, parent: county.id });
  const other = await admin.post('/api/v1/areas', { code: '431321', name: '双峰县', level: 3 });
  officer = await person(muster, admin, 'officer', 'officer', { area: admin.root ?? county.id });
  chief = await person(muster, admin, 'chief', 'command', { area: county.id });
  const stranger = await person(muster, admin, 'stranger', 'officer', { area: other.id });
  [one, two, three] = [await member('one', town.id), await member('two', town.id), await member('three', town.id)];
  folk = await stranger.post('/api/v1/people', { name: '演示外', area: other.id });
  const user = await admin.post('/api/v1/users', { name: 'far', area: other.id, person: folk.id });
  folk.client = await muster.demo_client('far');
  folk.user = user;
  gate = await officer.post('/api/v1/posts', { title: '小区门岗', kind: 'checkpoint', area: town.id, needed: 1, claim: true, begins: '2020-02-10', ends: '2020-02-29', hours: '早八点至晚八点' });
  closed = await officer.post('/api/v1/posts', { title: '指挥部值班', kind: 'hq', area: town.id, needed: 3, begins: '2020-02-10' });
});
after(() => muster?.stop());

test('members see what they may claim, and nothing else of the place', async () => {
  const mine = await one.get('/api/v1/my/claims');
  assert.deepEqual(mine.open.map((each) => [each.title, each.place, each.needed, each.hours]), [['小区门岗', '乐坪街道', 1, '早八点至晚八点']]);
  assert.deepEqual((await folk.client.get('/api/v1/my/claims')).open, [], 'of another county');
  await one.get('/api/v1/posts', { expect: 403 });
  assert.deepEqual((await officer.get('/api/v1/posts?claimable=1')).rows.map((each) => each.title), ['小区门岗']);
  await one.post(`/api/v1/posts/${closed.id}/claim`, {}, { expect: 404 });
  await folk.client.post(`/api/v1/posts/${gate.id}/claim`, {}, { expect: 404 });
  await officer.post(`/api/v1/posts/${gate.id}/claim`, {}, { expect: 409 });
});

let first, second;
test('a claim by oneself, or by a planner for somebody, waits for the planner', async () => {
  const body = { id: '01970000-0000-7000-8000-00000000000a', note: '可值夜班' };
  first = await one.post(`/api/v1/posts/${gate.id}/claim`, body);
  assert.equal((await one.post(`/api/v1/posts/${gate.id}/claim`, body)).id, first.id, 'sent again, it is one');
  assert.deepEqual([first.state, first.place, first.begins, first.ends], ['claimed', '乐坪街道', '2020-02-12', '2020-02-29']);
  fault(await one.post(`/api/v1/posts/${gate.id}/claim`, {}, { expect: 422 }), 'person', /already/);
  assert.deepEqual((await one.get('/api/v1/my/claims')).open, [], 'it is not offered twice');
  second = await officer.post('/api/v1/claims', { post: gate.id, person: two.who.id });
  fault(await officer.post('/api/v1/claims', { post: closed.id, person: two.who.id }, { expect: 422 }), 'post', /not put up/);
  assert.equal((await officer.get('/api/v1/waiting')).rows.find((each) => each.kind === 'claims_claimed').count, 2);
  assert.equal(await count('claims_waiting', '2020-02-12', county), 2);
  assert.ok((await told(officer)).includes('claim_made'));
});

test('confirmed, the assignment is there in the same write, and never one more than needed', async () => {
  const confirmed = await step(first, 'confirm');
  const held = await officer.get(`/api/v1/assignments/${confirmed.assignment}`);
  assert.deepEqual([held.post, held.person, held.begins, held.ends], [gate.id, one.who.id, '2020-02-12', '2020-02-29']);
  const full = await step(second, 'confirm', {}, { expect: 409 });
  assert.match(full.detail, /lacks nobody/);
  assert.equal((await officer.get(`/api/v1/assignments?post=${gate.id}`)).rows.length, 1);
  assert.deepEqual([await count('posts_claimed', '2020-02-12'), await count('claims_waiting', '2020-02-12'), await count('serving', '2020-02-12')], [1, 1, 1]);
  assert.ok((await told(one)).includes('claim_confirmed'));
  const refused = await step(second, 'refuse', { reason: '名额已满' });
  assert.deepEqual([refused.state, refused.decided_by], ['refused', 'officer']);
  assert.ok((await told(two)).includes('claim_refused'));
  fault(await three.post(`/api/v1/posts/${gate.id}/claim`, {}, { expect: 422 }), 'post', /lacks nobody/);
});

test('handed back with a reason, the place and its shifts are open that day, and both sides know', async () => {
  await officer.post('/api/v1/shifts', { post: gate.id, person: one.who.id, starts: '2020-02-15T00:00:00Z', ends: '2020-02-15T08:00:00Z' });
  await at(muster, '2020-02-14T02:00:00Z');
  fault(await one.post(`/api/v1/my/claims/${first.id}/hand_back`, { reason: '' }, { expect: 422 }), 'reason', /./);
  await two.post(`/api/v1/my/claims/${first.id}/hand_back`, { reason: '不是我的' }, { expect: 404 });
  const back = await one.post(`/api/v1/my/claims/${first.id}/hand_back`, { reason: '返厂复工' });
  assert.deepEqual([back.state, back.reason], ['returned', '返厂复工']);
  assert.equal((await one.post(`/api/v1/my/claims/${first.id}/hand_back`, { reason: '返厂复工' })).version, back.version, 'sent again, it is done once');
  const [held] = (await officer.get(`/api/v1/assignments?post=${gate.id}`)).rows;
  assert.deepEqual([held.ends, held.reason], ['2020-02-13', '返厂复工']);
  assert.equal((await officer.get(`/api/v1/shifts?post=${gate.id}`)).rows.length, 0);
  assert.equal((await officer.get(`/api/v1/posts/${gate.id}`)).short, 1);
  assert.deepEqual([await count('posts_claimed', '2020-02-13'), await count('posts_claimed', '2020-02-14')], [1, 0]);
  assert.ok((await told(officer)).includes('claim_returned'));
  const next = await three.post(`/api/v1/posts/${gate.id}/claim`, { begins: '2020-02-20' });
  await step(next, 'confirm');
  await step(next, 'hand_back', { reason: '临时调整' });
  assert.ok((await told(three)).includes('claim_returned'));
  assert.equal((await officer.get(`/api/v1/assignments?post=${gate.id}`)).rows.length, 1, 'one that had not begun is taken out');
  assert.match(recount(muster), /\b0 differ/);
});

test('whoever is on leave claims nothing then', async () => {
  const leave = await officer.post('/api/v1/leaves', { person: two.who.id, kind: 'leave', begins: '2020-02-14', ends: '2020-02-16' });
  await chief.post(`/api/v1/leaves/${leave.id}/grant`, {});
  fault(await two.post(`/api/v1/posts/${gate.id}/claim`, {}, { expect: 422 }), 'person', /on leave/);
  await two.post(`/api/v1/posts/${gate.id}/claim`, { begins: '2020-02-17' });
});
