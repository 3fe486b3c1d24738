// People to posts: an appeal is published, people sign up, are looked at, sent to posts, relieved; every figure counts them and opens.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { password, run_muster, start_muster } from '../harness.mjs';
import { sheet_text } from '../sheets.mjs';

let muster, admin, officer, town, unit, appeal;
const today = '2020-02-12';
const count = async (measure, day) => (await officer.get(`/api/v1/tallies?measure=${measure}&area=${town.id}${day ? `&day=${day}` : ''}`)).rows[0].counts[measure].value;
const person = (n, more = {}) => officer.post('/api/v1/people', { name: `演示员${n}`, area: town.id, org: unit.id, ...more });
const pledge = (who, more = {}, options) => officer.post('/api/v1/pledges', { appeal: appeal.id, person: who.id, ...more }, options);
const fault = (answer, field) => assert.ok(answer.fields?.some((one) => one.field === field), JSON.stringify(answer));

before(async () => {
  muster = await start_muster({ env: { MUSTER_NOW: `${today}T02:00:00Z` } });
  admin = await muster.client('admin');
  const county = await admin.post('/api/v1/areas', { code: '431302', name: '娄星区', level: 3 });
  town = await admin.post('/api/v1/areas', { code: '431302001', name: '乐坪街道', level: 4, parent: county.id });
  unit = await admin.post('/api/v1/orgs', { name: '区演示局', kind: 'department', area: county.id });
  const user = await admin.post('/api/v1/users', { name: 'officer', area: county.id });
  await admin.post('/api/v1/grants', { user: user.id, role: 'officer', area: county.id });
  const { link } = await admin.post(`/api/v1/users/${user.id}/invite`);
  await muster.bearer('').post('/api/v1/invite', { token: new URL(link).searchParams.get('token'), password });
  officer = await muster.client('officer');
  appeal = await officer.post('/api/v1/appeals', { title: '致全区干部的倡议书', area: county.id, text: '请战', opens: '2020-02-01', closes: '2020-02-20', wanted: 3 });
});
after(() => muster?.stop());

test('kinds of posts are data, with their duties', async () => {
  const { rows } = await officer.get('/api/v1/post_kinds');
  assert.deepEqual(rows.map((one) => one.code).sort(), ['checkpoint', 'community', 'enterprise', 'grid', 'hq', 'mall', 'project', 'quarantine']);
  assert.ok(rows.every((one) => one.duties));
});

test('one signs up for a published appeal alone, once, on its days', async () => {
  const one = await person(1);
  fault(await pledge(one, {}, { expect: 422 }), 'appeal');
  assert.deepEqual(appeal.may.steps, ['publish']);
  appeal = await officer.post(`/api/v1/appeals/${appeal.id}/publish`, {});
  fault(await pledge(one, { day: '2020-01-31' }, { expect: 422 }), 'day');
  fault(await pledge(one, { day: '2020-02-13' }, { expect: 422 }), 'day');
  const made = await pledge(one, { rank: 'section', wish: 'community' });
  assert.deepEqual([made.state, made.day, made.org], ['signed', today, unit.id]);
  fault(await pledge(one, {}, { expect: 422 }), 'person');
  assert.equal(await count('pledges'), 1);
  assert.equal(await count('pledges_waiting'), 1);
});

test('a pledge is approved, declined with a reason, withdrawn and renewed; the count follows', async () => {
  const two = await pledge(await person(2));
  const approved = await officer.post(`/api/v1/pledges/${two.id}/approve`, {});
  assert.equal(approved.state, 'approved');
  assert.deepEqual([await count('pledges'), await count('pledges_waiting')], [2, 1]);
  fault(await officer.post(`/api/v1/pledges/${two.id}/decline`, {}, { expect: 422 }), 'reason');
  await officer.post(`/api/v1/pledges/${two.id}/decline`, { reason: '需留本单位值班' });
  assert.equal(await count('pledges'), 1);
  await officer.post(`/api/v1/pledges/${two.id}/approve`, {});
  await officer.post(`/api/v1/pledges/${two.id}/withdraw`, { reason: '家中有事' });
  assert.equal(await count('pledges'), 1);
  assert.equal((await officer.post(`/api/v1/pledges/${two.id}/renew`, {})).state, 'signed');
  assert.equal(await count('pledges'), 2);
  assert.equal((await officer.get(`/api/v1/tallies/rows?measure=pledges&area=${town.id}`)).rows.length, 2);
});

test('a post says how many it lacks today; whoever holds it counts from day to day', async () => {
  fault(await officer.post('/api/v1/posts', { title: '卡口', kind: 'checkpoint', needed: 2, begins: today }, { expect: 422 }), 'site');
  const post = await officer.post('/api/v1/posts', { title: '乐坪街道卡口', kind: 'checkpoint', area: town.id, needed: 2, begins: '2020-02-10', ends: '2020-02-29' });
  assert.deepEqual([post.filled, post.short], [0, 2]);
  assert.deepEqual([await count('people_needed'), await count('people_needed', '2020-02-09')], [2, 0]);
  const who = await person(3);
  const give = (more, options) => officer.post('/api/v1/assignments', { post: post.id, person: who.id, ...more }, options);
  fault(await give({ begins: '2020-02-09' }, { expect: 422 }), 'begins');
  fault(await give({ begins: '2020-02-12', ends: '2020-03-01' }, { expect: 422 }), 'ends');
  // without a last day of one's own it is that of the post
  assert.equal((await officer.post('/api/v1/assignments', { post: post.id, person: (await person(33)).id, begins: '2020-02-28' })).ends, '2020-02-29');
  const held = await give({ begins: '2020-02-11', ends: '2020-02-20', lead: true });
  assert.equal(held.org, unit.id);
  fault(await give({ begins: '2020-02-20', ends: '2020-02-21' }, { expect: 422 }), 'person');
  assert.deepEqual([await count('serving'), await count('serving', '2020-02-10')], [1, 0]);
  const now = await officer.get(`/api/v1/posts/${post.id}`);
  assert.deepEqual([now.filled, now.short], [1, 1]);
  assert.deepEqual((await officer.get('/api/v1/posts?short=1')).rows.map((one) => one.id), [post.id]);
  // shorter days would leave somebody at a post that is no more
  fault(await officer.patch(`/api/v1/posts/${post.id}`, { ends: '2020-02-15' }, { version: now.version, expect: 422 }), 'ends');
  const fewer = await officer.patch(`/api/v1/posts/${post.id}`, { needed: 1 }, { version: now.version });
  assert.deepEqual((await officer.get('/api/v1/posts?short=1')).rows, []);
  // what is needed from a day on leaves the days before as they were
  await officer.patch(`/api/v1/posts/${post.id}`, { needed: 4, effective: '2020-02-15' }, { version: fewer.version });
  assert.equal(await count('people_needed'), 1);
});

test('lists offer their own filters and what is worked out by name, in sheets and on past days too', async () => {
  const { records } = await officer.get('/api/v1/declarations');
  const declared = records.find((one) => one.name === 'post');
  for (const record of records) for (const one of [...(record.views ?? []), ...(record.extra ?? [])]) assert.match(one.label, /^.+\|[^|]+$/, `${record.name} ${one.code} has a name in both languages`);
  assert.deepEqual(declared.views.map((one) => one.code), ['short', 'claimable']);
  assert.deepEqual(declared.extra, [{ code: 'filled', label: 'Filled|在岗人数' }, { code: 'short', label: 'Lacking|缺岗人数' }]);
  const post = await officer.post('/api/v1/posts', { title: '演示集贸市场', kind: 'mall', area: town.id, needed: 7, begins: '2020-02-01', effective: '2020-02-01' });
  const who = await person(50);
  await officer.post('/api/v1/assignments', { post: post.id, person: who.id, begins: '2020-02-11' });
  const on = async (query) => (await officer.get(`/api/v1/posts?kind=mall${query}`)).rows.map((one) => [one.filled, one.short]);
  assert.deepEqual([await on(''), await on('&day=2020-02-10')], [[[1, 6]], [[0, 7]]]);
  const sheet = sheet_text((await officer.get('/api/v1/posts.xlsx?kind=mall&columns=title,needed,filled,short', { whole: true })).body);
  assert.match(sheet, /Filled.*Lacking.*演示集贸市场.*>7<.*>1<.*>6</s);
  const answer = await officer.get('/api/v1/posts.csv?columns=title,lacking', { expect: 422 });
  fault(answer, 'columns');
  await officer.del(`/api/v1/assignments/${(await officer.get(`/api/v1/assignments?post=${post.id}`)).rows[0].id}`, { reason: '误录' }, { expect: [200, 204] });
  await officer.del(`/api/v1/posts/${post.id}`, { reason: '误录' }, { expect: [200, 204] });
});

test('who stands at two posts is told; who serves today does not withdraw', async () => {
  const who = await person(4);
  const signed = await pledge(who);
  const [one, other] = await Promise.all(['甲', '乙'].map((name) => officer.post('/api/v1/posts', { title: `${name}社区`, kind: 'community', area: town.id, needed: 5, begins: '2020-02-10' })));
  const first = await officer.post('/api/v1/assignments', { post: one.id, person: who.id, begins: today });
  assert.deepEqual(first.warnings, []);
  const second = await officer.post('/api/v1/assignments', { post: other.id, person: who.id, begins: today });
  assert.equal(second.warnings[0].field, 'person');
  const refused = await officer.post(`/api/v1/pledges/${signed.id}/withdraw`, {}, { expect: 409 });
  assert.match(JSON.stringify(refused), /派驻|assignment/);
  for (const held of [first, second]) await officer.patch(`/api/v1/assignments/${held.id}`, { ends: today, reason: '轮换' }, { version: held.version });
  await officer.del(`/api/v1/assignments/${second.id}`, { reason: '误录' }, { version: second.version + 1, expect: [200, 204] });
});

test('communities and firms with people at their posts count once each, whichever post it is; who lacks is counted by kind', async () => {
  const [one, other] = await Promise.all(['甲', '乙'].map((name, n) => admin.post('/api/v1/areas', { code: `43130200100${n + 1}`, name: `${name}社区`, level: 5, parent: town.id })));
  const firm = await officer.post('/api/v1/sites', { name: '演示电子厂', kind: 'enterprise', area: one.id, staff: 120, status: 'resumed' });
  const shop = await officer.post('/api/v1/sites', { name: '演示便民店', kind: 'shop', area: one.id, staff: 3 });
  const names = ['communities_posted', 'communities_served', 'firms_posted', 'firms_served', 'staff_served'];
  const covered = async (day) => {
    const { counts } = (await officer.get(`/api/v1/tallies?measure=${names}&area=${town.id}${day ? `&day=${day}` : ''}`)).rows[0];
    return names.map((name) => counts[name].value);
  };
  const lacking = async () => (await officer.get(`/api/v1/tallies?measure=people_lacking&area=${town.id}`)).rows[0].counts.people_lacking.cells;
  const put = (more) => officer.post('/api/v1/posts', { kind: 'grid', needed: 2, begins: today, ...more });
  const before = await covered();
  const a = await put({ title: '甲社区网格', area: one.id });
  const b = await put({ title: '甲社区卡口', kind: 'checkpoint', area: one.id, ends: '2020-02-20' });
  await put({ title: '乙社区网格', area: other.id });
  const c = await put({ title: '驻厂', kind: 'enterprise', site: firm.id });
  await put({ title: '驻店', kind: 'enterprise', site: shop.id });
  const plus = (more) => before.map((value, n) => value + more[n]);
  assert.deepEqual(await covered(), plus([2, 0, 1, 0, 0]), 'a shop is no firm; two posts are one community');
  assert.equal((await lacking()).grid, 4);
  const send = async (post, n, more = {}) => officer.post('/api/v1/assignments', { post: post.id, person: (await person(n)).id, begins: today, ...more });
  const first = await send(a, 61);
  await send(b, 62);
  await send(c, 63, { begins: '2020-02-14' });
  assert.deepEqual(await covered(), plus([2, 1, 1, 0, 0]));
  assert.deepEqual(await covered('2020-02-14'), plus([2, 1, 1, 1, 120]));
  assert.deepEqual([(await lacking()).grid, (await officer.get(`/api/v1/tallies/rows?measure=communities_served&area=${town.id}`)).rows.length], [3, before[1] + 1]);
  // the other post of the community still has somebody, until its last day
  await officer.patch(`/api/v1/assignments/${first.id}`, { ends: '2020-02-13', reason: '轮换' }, { version: first.version });
  assert.deepEqual([(await covered('2020-02-20'))[1], (await covered('2020-02-21'))[1]], [before[1] + 1, before[1]]);
  // one of the posts is taken out: the other one counts for the community
  const gone = await officer.get(`/api/v1/posts/${a.id}`);
  await officer.del(`/api/v1/posts/${a.id}`, { reason: '误设' }, { version: gone.version, expect: [200, 204] });
  assert.deepEqual(await covered(), plus([2, 1, 1, 0, 0]));
  const now = await officer.get(`/api/v1/sites/${firm.id}`);
  await officer.patch(`/api/v1/sites/${firm.id}`, { staff: 150, effective: '2020-02-12' }, { version: now.version });
  assert.equal((await covered('2020-02-15'))[4], before[4] + 150);
  const { communities_covered: rate, firms_covered: firms } = (await officer.get(`/api/v1/indicators?area=${town.id}`)).rows[0].indicators;
  assert.deepEqual([rate.over, rate.under, firms.over, firms.under], [before[1] + 1, before[0] + 2, before[3], before[2] + 1]);
  const place = await admin.get(`/api/v1/areas/${other.id}`);
  fault(await admin.patch(`/api/v1/areas/${other.id}`, { level: 6 }, { version: place.version, expect: 422 }), 'level');
});

test('counting again from the rows finds no difference', () => {
  assert.match(run_muster(['check', '--store', muster.store], { env: { LANG: 'C' } }).out, /^0 differences/m);
});
