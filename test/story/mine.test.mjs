// One's own posts: where, when, what to do, under whom; what one was given and served; one's own papers. No grant is needed, and nobody else's shows.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { person, start_with_people } from '../people.mjs';

let muster, admin, officer, chief, town, post, who, leader, mine, other, held;

async function account(name, person_id) {
  await admin.post('/api/v1/users', { name, area: town.id, person: person_id });
  return muster.demo_client(name);
}

before(async () => {
  ({ muster, admin } = await start_with_people({ MUSTER_NOW: '2020-02-12T02:00:00Z' }));
  town = await admin.post('/api/v1/areas', { code: '431302', name: '娄星区', level: 3 });
  officer = await person(muster, admin, 'officer', 'officer', { area: town.id });
  chief = await person(muster, admin, 'chief', 'command', { area: town.id });
  const kind = (await admin.get('/api/v1/post_kinds?limit=200')).rows.find((one) => one.code === 'checkpoint');
  await admin.patch(`/api/v1/post_kinds/${kind.id}`, { duties: 'Take temperatures|测量体温' }, { version: kind.version });
  post = await officer.post('/api/v1/posts', { title: '高铁站卡口', kind: 'checkpoint', area: town.id, needed: 3, begins: '2020-02-01', hours: '早八点至晚八点', note: '自带水杯' });
  who = await officer.post('/api/v1/people', { name: '甲演示', phone: '13900000001', area: town.id });
  leader = await officer.post('/api/v1/people', { name: '乙带队', phone: '13900000002', area: town.id });
  await officer.post('/api/v1/assignments', { post: post.id, person: leader.id, begins: '2020-02-01', lead: true });
  held = await officer.post('/api/v1/assignments', { post: post.id, person: who.id, begins: '2020-02-05', ends: '2020-02-20' });
  mine = await account('mine', who.id);
  other = await account('other', leader.id);
});
after(() => muster?.stop());

test('one’s posts show place, days, duties and the leader, whose phone takes a right', async () => {
  const answer = await mine.get('/api/v1/my/posts');
  const [one, ...more] = answer.held;
  assert.deepEqual(more, []);
  assert.deepEqual([one.id, one.post, one.place, one.begins, one.ends, one.hours, one.leads], [held.id, '高铁站卡口', '娄星区', '2020-02-05', '2020-02-20', '早八点至晚八点', false]);
  assert.equal(one.duties, 'Take temperatures\n自带水杯');
  assert.match(one.leader, /^乙\*+$/);
  assert.equal(one.phone, null);
  assert.ok(!JSON.stringify(answer).includes('1390000'), 'no number shows');
  assert.ok((await other.get('/api/v1/my/posts')).held[0].leads);
  assert.deepEqual((await officer.get('/api/v1/my/posts')), { person: null, held: [], care: [], subsidies: [] });
  await mine.get('/api/v1/assignments', { expect: 403 });
});

test('what one was given, owed and served is there, of oneself alone', async () => {
  await officer.post('/api/v1/care_given', { kind: 'mask', person: who.id, area: town.id, amount: 20 });
  await officer.post('/api/v1/care_given', { kind: 'gear', item: '护目镜', person: leader.id, area: town.id, amount: 1, unit: 'pieces|副' });
  const rate = (await admin.get('/api/v1/setting_values?limit=200')).rows.find((one) => one.name === 'subsidy_day');
  await admin.patch(`/api/v1/setting_values/${rate.id}`, { value: '10000' }, { version: rate.version });
  await officer.post('/api/v1/subsidies/compute', { area: town.id, month: '2020-02' });
  const answer = await mine.get('/api/v1/my/posts');
  assert.deepEqual(answer.care.map((one) => [one.kind, one.amount]), [['Masks', 20]]);
  assert.deepEqual(answer.subsidies.map((one) => [one.month, one.state, one.amount === one.day_count * 10000]), [['2020-02', 'Proposed', true]]);
  assert.deepEqual(answer.served, { days: 8, hours: 0, certificate: null });
});

test('one’s own order and certificate print; a certificate is issued by an officer, never to oneself', async () => {
  const pdf = await mine.get(`/api/v1/my/posts/${held.id}/order.pdf`);
  assert.equal(pdf.subarray(0, 5).toString(), '%PDF-');
  await other.get(`/api/v1/my/posts/${held.id}/order.pdf`, { expect: 404 });
  await officer.get(`/api/v1/my/posts/${held.id}/order.pdf`, { expect: 404 });
  assert.match((await mine.get('/api/v1/my/certificate.pdf', { expect: 404 })).detail, /None has been issued/);
  const issued = await officer.post('/api/v1/certificates', { person: who.id });
  assert.equal((await mine.get('/api/v1/my/posts')).served.certificate, issued.number);
  assert.equal((await mine.get('/api/v1/my/certificate.pdf')).subarray(0, 5).toString(), '%PDF-');
  await other.get('/api/v1/my/certificate.pdf', { expect: 404 });
});
