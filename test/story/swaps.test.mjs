// Swaps: one's shift offered to somebody, taken, confirmed; both shifts change hands in one write, by the rules of whoever takes them.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { new_store, password, run_muster, sleep, start_muster, until } from '../harness.mjs';

let muster, admin, officer, town, post;
const people = {}, users = {}, store = new_store();
const at = (day, hour) => new Date(Date.parse(`2020-02-${String(day).padStart(2, '0')}T00:00:00+08:00`) + hour * 3_600_000).toISOString();
const give = (who, day, from, to) => officer.post('/api/v1/shifts', { post: post.id, person: people[who].id, starts: at(day, from), ends: at(day, to) });
const holder = async (shift) => (await officer.get(`/api/v1/shifts/${shift.id}`)).person;
const told = async (client) => (await client.get('/api/v1/notices')).rows.map((one) => one.text ?? one.what);

async function user(name, role, more = {}) {
  const made = await admin.post('/api/v1/users', { name, area: town.id, ...more });
  await admin.post('/api/v1/grants', { user: made.id, role, area: town.id });
  const { link } = await admin.post(`/api/v1/users/${made.id}/invite`);
  await muster.bearer('').post('/api/v1/invite', { token: new URL(link).searchParams.get('token'), password });
  return muster.client(name);
}

before(async () => {
  // 10:00 of 12 February in the incident's zone
  run_muster(['init', '--store', store, '--admin', 'admin'], { input: `${password}\n` });
  muster = await start_muster({ store, made: true, env: { MUSTER_NOW: '2020-02-12T02:00:00Z' } });
  admin = await muster.client('admin');
  town = await admin.post('/api/v1/areas', { code: '431302', name: '娄星区', level: 3 });
  officer = await user('officer', 'officer');
  post = await officer.post('/api/v1/posts', { title: '高铁站卡口', kind: 'checkpoint', area: town.id, needed: 2, begins: '2020-02-01' });
  for (const [key, name] of [['one', '甲演示'], ['two', '乙演示'], ['three', '丙演示']]) {
    people[key] = await officer.post('/api/v1/people', { name, area: town.id });
    await officer.post('/api/v1/assignments', { post: post.id, person: people[key].id, begins: '2020-02-01' });
    users[key] = await user(key, 'liaison', { person: people[key].id });
  }
});
after(() => muster?.stop());

test('two shifts change hands in one write once a planner has confirmed; all are told', async () => {
  const mine = await give('one', 14, 8, 16), theirs = await give('two', 14, 18, 24);
  // each would break the rest rules beside the other, were they not exchanged
  await users.three.post('/api/v1/swaps', { shift: mine.id }, { expect: 403 });
  const swap = await users.one.post('/api/v1/swaps', { shift: mine.id, against: theirs.id, note: '上午家中有事' });
  assert.deepEqual([swap.state, swap.person, swap.whom, swap.until], ['asked', people.one.id, people.two.id, mine.starts]);
  assert.match((await users.one.post('/api/v1/swaps', { shift: mine.id }, { expect: 422 })).fields[0].detail, /offered already/);
  const [offered] = (await users.two.get('/api/v1/my/shifts')).swaps;
  assert.deepEqual([offered.id, offered.mine, offered.against, offered.shift.id], [swap.id, false, true, mine.id]);
  assert.deepEqual((await users.three.get('/api/v1/my/shifts')).swaps, []);
  await users.three.post(`/api/v1/swaps/${swap.id}/accept`, {}, { expect: 422 });
  await users.three.post(`/api/v1/swaps/${swap.id}/withdraw`, {}, { expect: 403 });
  const taken = await users.two.post(`/api/v1/swaps/${swap.id}/accept`, {});
  assert.deepEqual([taken.state, taken.taker], ['taken', people.two.id]);
  assert.equal(await holder(mine), people.one.id);
  const waits = (await officer.get('/api/v1/waiting')).rows.find((one) => one.kind === 'swaps_confirm');
  assert.equal(waits?.count, 1);
  await users.two.post(`/api/v1/swaps/${swap.id}/confirm`, {}, { expect: 403 });
  assert.equal((await officer.post(`/api/v1/swaps/${swap.id}/confirm`, {})).state, 'done');
  assert.deepEqual([await holder(mine), await holder(theirs)], [people.two.id, people.one.id]);
  assert.equal((await officer.get(`/api/v1/shifts/${mine.id}`)).swap, swap.id);
  assert.equal((await told(users.one)).length, 2, 'taken, done');
  assert.equal((await told(users.two)).length, 2, 'asked, done');
  assert.equal((await told(officer)).length, 1, 'to be confirmed; what one does oneself is no news');
});

test('a rule of rest is named and holds until a planner sets it aside with a reason; half an exchange is none', async () => {
  const before = await give('three', 18, 20, 24), mine = await give('one', 19, 4, 10);
  const swap = await users.one.post('/api/v1/swaps', { shift: mine.id, whom: people.three.id });
  await users.three.post(`/api/v1/swaps/${swap.id}/accept`, {});
  const refused = await officer.post(`/api/v1/swaps/${swap.id}/confirm`, {}, { expect: 422 });
  assert.match(refused.fields[0].detail, /less than 11 hours of rest/);
  assert.equal(await holder(mine), people.one.id);
  assert.equal((await officer.get(`/api/v1/swaps/${swap.id}`)).state, 'taken');
  await officer.post(`/api/v1/swaps/${swap.id}/confirm`, { over: '人手不足，领导同意' });
  const moved = await officer.get(`/api/v1/shifts/${mine.id}`);
  assert.deepEqual([moved.person, moved.over, moved.over_by], [people.three.id, '人手不足，领导同意', 'officer']);
  assert.equal(await holder(before), people.three.id);
});

test('offered to whoever of the post; withdrawn; refused with a reason', async () => {
  const mine = await give('one', 21, 8, 16);
  const swap = await users.one.post('/api/v1/swaps', { shift: mine.id });
  assert.deepEqual((await users.three.get('/api/v1/my/shifts')).swaps.map((one) => one.id), [swap.id]);
  await users.three.request('DELETE', `/api/v1/swaps/${swap.id}`, { reason: '不是我的' }, { expect: 403 });
  await users.one.post(`/api/v1/swaps/${swap.id}/withdraw`, {});
  await users.three.post(`/api/v1/swaps/${swap.id}/accept`, {}, { expect: 409 });
  const again = await users.one.post('/api/v1/swaps', { shift: mine.id });
  await users.three.post(`/api/v1/swaps/${again.id}/accept`, {});
  await officer.post(`/api/v1/swaps/${again.id}/refuse`, {}, { expect: 422 });
  assert.equal((await officer.post(`/api/v1/swaps/${again.id}/refuse`, { reason: '当日需熟悉情况的人' })).state, 'refused');
  assert.equal(await holder(mine), people.one.id);
});

test('without confirmation it changes hands once taken, and a breach refuses that', async () => {
  const setting = (await admin.get('/api/v1/setting_values?limit=200')).rows.find((one) => one.name === 'swap_confirm');
  await admin.patch(`/api/v1/setting_values/${setting.id}`, { value: '0' }, { version: setting.version });
  const mine = await give('one', 23, 8, 16), close = await give('one', 24, 20, 24);
  await give('two', 25, 4, 10);
  const swap = await users.one.post('/api/v1/swaps', { shift: mine.id, whom: people.three.id });
  assert.equal((await users.three.post(`/api/v1/swaps/${swap.id}/accept`, {})).state, 'done');
  assert.equal(await holder(mine), people.three.id);
  const tight = await users.one.post('/api/v1/swaps', { shift: close.id, whom: people.two.id });
  const refused = await users.two.post(`/api/v1/swaps/${tight.id}/accept`, {}, { expect: 422 });
  assert.match(refused.fields[0].detail, /less than 11 hours of rest/);
  assert.equal((await officer.get(`/api/v1/swaps/${tight.id}`)).state, 'asked');
  assert.match(run_muster(['check', '--store', muster.store], { env: { LANG: 'C' } }).out, /^0 differences/m);
});

test('without any grant one comes, leaves, offers, takes and withdraws what is one’s own, and nothing else', async () => {
  const setting = (await admin.get('/api/v1/setting_values?limit=200')).rows.find((one) => one.name === 'swap_confirm');
  await admin.patch(`/api/v1/setting_values/${setting.id}`, { value: '1' }, { version: setting.version });
  for (const name of ['four', 'five']) {
    people[name] = await officer.post('/api/v1/people', { name: '演示员', area: town.id });
    await officer.post('/api/v1/assignments', { post: post.id, person: people[name].id, begins: '2020-02-01' });
    const made = await admin.post('/api/v1/users', { name, area: town.id, person: people[name].id });
    const { link } = await admin.post(`/api/v1/users/${made.id}/invite`);
    await muster.bearer('').post('/api/v1/invite', { token: new URL(link).searchParams.get('token'), password });
    users[name] = await muster.client(name);
  }
  const { four, five } = users;
  const now = await give('four', 12, 10, 18), mine = await give('four', 14, 8, 16), theirs = await give('five', 15, 8, 16);
  await four.post(`/api/v1/shifts/${now.id}/come`, {}, { expect: 403 });
  await five.post(`/api/v1/my/shifts/${now.id}/come`, {}, { expect: 404 });
  const deed = '01970000-0000-7000-8000-00000000000b';
  const here = await four.post(`/api/v1/my/shifts/${now.id}/come`, { deed, place: '27.729000,111.996000' });
  assert.deepEqual(here, { id: now.id, version: 2, state: 'here' });
  assert.deepEqual(await four.post(`/api/v1/my/shifts/${now.id}/come`, { deed }), here, 'sent again, it is done once');
  await four.post(`/api/v1/my/shifts/${now.id}/come`, {}, { expect: 409 });
  await four.post(`/api/v1/my/shifts/${now.id}/leave`, { person: people.five.id }, { expect: 422 });
  assert.equal((await four.post(`/api/v1/my/shifts/${now.id}/leave`, { handover: '登记本在抽屉' })).state, 'done');
  const kept = await officer.get(`/api/v1/shifts/${now.id}`);
  assert.deepEqual([kept.place, kept.handover, kept.state], ['27.729000,111.996000', '登记本在抽屉', 'done']);
  // whom it can be offered to: those of the post, by no more than their masked names, and their shifts there
  const { rows } = await four.get(`/api/v1/my/shifts/${mine.id}/mates`);
  assert.deepEqual(rows.map((one) => one.person.id).sort(), ['one', 'two', 'three', 'five'].map((one) => people[one].id).sort());
  assert.match(rows.find((one) => one.person.id === people.five.id).person.name, /^演\*+$/);
  assert.deepEqual(rows.find((one) => one.person.id === people.five.id).shifts, [{ id: theirs.id, starts: theirs.starts, ends: theirs.ends }]);
  await five.get(`/api/v1/my/shifts/${mine.id}/mates`, { expect: 404 });
  const elsewhere = await officer.post('/api/v1/people', { name: '旁人', area: town.id });
  const whom = await four.post('/api/v1/my/swaps', { shift: mine.id, whom: elsewhere.id }, { expect: 422 });
  const nobody = await four.post('/api/v1/my/swaps', { shift: mine.id, whom: '01970000-0000-7000-8000-0000000000ff' }, { expect: 422 });
  assert.deepEqual(whom.fields, nobody.fields, 'who is elsewhere is as who is not there');
  assert.equal(whom.fields[0].field, 'whom');
  await five.post('/api/v1/my/swaps', { shift: mine.id }, { expect: 422 });
  const body = { id: '01970000-0000-7000-8000-00000000000c', shift: mine.id, against: theirs.id, note: '上午家中有事' };
  const swap = await four.post('/api/v1/my/swaps', body);
  assert.deepEqual([swap, await four.post('/api/v1/my/swaps', body)], [{ id: body.id, state: 'asked' }, { id: body.id, state: 'asked' }], 'sent again, it is one');
  await users.three.post(`/api/v1/my/swaps/${swap.id}/accept`, {}, { expect: 404 });
  await four.post(`/api/v1/my/swaps/${swap.id}/accept`, {}, { expect: 404 });
  await five.post(`/api/v1/my/swaps/${swap.id}/withdraw`, {}, { expect: 404 });
  await five.post(`/api/v1/my/swaps/${swap.id}/accept`, { taker: people.three.id }, { expect: 422 });
  assert.equal((await five.post(`/api/v1/my/swaps/${swap.id}/accept`, {})).state, 'taken');
  assert.equal((await officer.get(`/api/v1/swaps/${swap.id}`)).taker, people.five.id);
  assert.equal((await four.post(`/api/v1/my/swaps/${swap.id}/withdraw`, {})).state, 'withdrawn');
  const open = await four.post('/api/v1/my/swaps', { shift: mine.id });
  await five.post(`/api/v1/my/swaps/${open.id}/accept`, {});
  await officer.post(`/api/v1/swaps/${open.id}/confirm`, {});
  assert.equal(await holder(mine), people.five.id);
  for (const path of ['shifts', 'swaps', 'people', 'posts', 'assignments', 'health_records']) await four.get(`/api/v1/${path}`, { expect: 403 });
});

test('what nobody took ends when the shift begins; a shift that nobody began is told once, and waits', async () => {
  const late = await give('two', 12, 10.5, 18);
  const open = await give('three', 12, 11, 19);
  const swap = await users.three.post('/api/v1/swaps', { shift: open.id });
  await muster.stop();
  // 11:10: half an hour after the one began, just after the other did
  muster = await start_muster({ store, made: true, env: { MUSTER_NOW: '2020-02-12T03:10:00Z' } });
  [admin, officer] = [await muster.client('admin'), await muster.client('officer')];
  await until(async () => (await officer.get(`/api/v1/swaps/${swap.id}`)).state === 'expired', { what: 'the end of the offer' });
  await until(async () => (await officer.get(`/api/v1/shifts/${late.id}`)).late_at, { what: 'the mark of who is not there' });
  const waits = (await officer.get('/api/v1/waiting')).rows.find((one) => one.kind === 'shifts_late');
  assert.equal(waits?.count, 1);
  assert.equal((await officer.get(`/api/v1/shifts/${open.id}`)).late_at, null, 'ten minutes are not yet late');
  await sleep(1000);
  const about = (await officer.get('/api/v1/notices')).rows.filter((one) => one.about === late.id);
  assert.equal(about.length, 1);
  await officer.post(`/api/v1/shifts/${late.id}/come`, {});
  assert.equal((await officer.get('/api/v1/waiting')).rows.find((one) => one.kind === 'shifts_late')?.count ?? 0, 0);
});
