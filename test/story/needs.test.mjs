// Needs from the first hearing to the end: handed on, sent back, extended, ordered, solved, confirmed, reopened; who is told of what, who sees what.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { uuid7 } from '../harness.mjs';
import { at, jobs, person, recount, start_with_people } from '../people.mjs';

const monday = '2020-03-02T02:00:00Z'; // 10:00 in China
let muster, admin, county, town, other_town, firm, other_firm;
let industry, health, office;
let liaison, next, officer, bureau, clinic, command, boss, stranger;

const need = async (client, more = {}) => client.post('/api/v1/needs', { id: uuid7(), site: firm.id, kind: 'labour', text: '缺少熟练工', ...more });
const step = (client, row, name, body = {}, options) => client.post(`/api/v1/needs/${row.id}/${name}`, body, options);
const look = (client, row) => client.get(`/api/v1/needs/${row.id}`);
const told = async (client, row) => (await client.get('/api/v1/notices?unread=1')).rows.filter((one) => one.about === row.id).map((one) => one.what);
const forget = (...clients) => Promise.all(clients.map((client) => client.post('/api/v1/notices/read', {})));
const count = async (measure, day, more = {}) =>
  (await admin.get('/api/v1/tallies', { query: { area: '431302', day, measure, ...more } })).rows[0].counts[measure].value;
const same_counts = () => assert.match(recount(muster), /^0 differences$/m);

before(async () => {
  ({ muster, admin } = await start_with_people({ MUSTER_NOW: monday }));
  const area = (code, name, parent, level) => admin.post('/api/v1/areas', { code, name, level, ...(parent ? { parent: parent.id } : {}) });
  county = await area('431302', '娄星区', null, 3);
  town = await area('431302001', '演示街道', county, 4);
  other_town = await area('431302002', '样例街道', county, 4);
  const site = (name, where) => admin.post('/api/v1/sites', { name, kind: 'enterprise', tier: 'key', area: where.id, effective: '2020-01-01' });
  firm = await site('演示甲厂', town);
  other_firm = await site('演示乙厂', other_town);
  const org = (name, kind, where) => admin.post('/api/v1/orgs', { name, kind, area: where.id });
  industry = await org('演示工信局', 'department', county);
  health = await org('演示卫健局', 'department', county);
  office = await org('演示街道办', 'office', town);
  liaison = await person(muster, admin, 'liaison_a', 'liaison', { area: town.id });
  next = await person(muster, admin, 'liaison_b', 'liaison', { area: town.id });
  officer = await person(muster, admin, 'officer_a', 'officer', { area: town.id });
  bureau = await person(muster, admin, 'bureau_a', 'department', { area: county.id, org: industry });
  clinic = await person(muster, admin, 'clinic_a', 'department', { area: county.id, org: health });
  command = await person(muster, admin, 'command_a', 'command', { area: county.id });
  boss = await person(muster, admin, 'boss_a', 'enterprise', { site: firm });
  stranger = await person(muster, admin, 'stranger_a', 'department', { area: other_town.id, org: health });
});
after(() => muster?.stop());

let one;
test('raised: a number, a class by its kind, a deadline, the first asked', async () => {
  one = await need(liaison, { raised_by: '演示李四', phone: '13800010002' });
  assert.equal(one.number, 'XQ-2020-000001');
  assert.equal((await need(boss, { kind: 'policy', text: '社保减免怎么办' })).number, 'XQ-2020-000002');
  assert.deepEqual([one.state, one.class, one.due_day, one.due_at], ['open', 'week', '2020-03-09', '2020-03-09T15:59:59.999Z']);
  assert.deepEqual([one.names.kind, one.names.heard_by, one.names.site], ['Labour', 'liaison_a', '演示甲厂']);
  assert.equal(one.phone, '138****0002');
  assert.match(one.code, /^[2-9A-HJ-NP-Z]{4}$/);
  assert.deepEqual(await told(officer, one), ['need_raised']);
  assert.deepEqual(await told(boss, one), ['need_raised']);
  assert.deepEqual(await told(liaison, one), []);
});

test('what cannot be raised is named', async () => {
  const faults = async (body) => (await liaison.post('/api/v1/needs', body, { expect: 422 })).fields.map((fault) => fault.field);
  assert.deepEqual(await faults({ kind: 'labour', text: '甲' }), ['site']);
  assert.deepEqual(await faults({ kind: 'labour', text: '甲', site: firm.id, area: town.id }), ['site']);
  assert.deepEqual(await faults({ kind: 'castle', text: '甲', site: firm.id }), ['kind']);
  assert.deepEqual(await faults({ kind: 'labour', text: '甲', site: firm.id, state: 'confirmed', lead: industry.id }), ['state', 'lead']);
  assert.deepEqual(await faults({ kind: 'labour', text: '甲', site: firm.id, raised_at: '2020-03-03T02:00:00Z' }), ['raised_at']);
  assert.deepEqual(await faults({ kind: 'labour', text: '甲', site: other_firm.id }), ['site']);
});

test('handed on to a bureau of the county: only who may; its people and the first asked are told', async () => {
  await step(liaison, one, 'assign', { lead: industry.id }, { expect: 403 });
  await step(officer, one, 'assign', {}, { expect: 422 });
  await forget(liaison, boss, officer);
  const row = await step(officer, one, 'assign', { lead: industry.id, assign_text: '请尽快' });
  assert.deepEqual([row.state, row.names.lead], ['assigned', '演示工信局']);
  for (const client of [liaison, boss, bureau]) assert.deepEqual(await told(client, one), ['need_assigned'], client.name);
  assert.deepEqual(await told(clinic, one), []);
  assert.deepEqual((await bureau.get('/api/v1/needs?mine=1')).rows.map((each) => each.id), [one.id]);
  assert.deepEqual((await clinic.get('/api/v1/needs?mine=1')).rows, []);
  const waits = (await bureau.get('/api/v1/waiting')).rows.find((each) => each.kind === 'needs_mine');
  assert.deepEqual([waits.count, waits.rows[0].number], [1, one.number]);
});

test('only the lead works on it', async () => {
  await step(clinic, one, 'take', {}, { expect: 403 });
  assert.equal((await step(bureau, one, 'take')).state, 'working');
  assert.equal((await step(bureau, one, 'wait', { waiting_for: '等企业名单' })).state, 'waiting');
  assert.equal((await step(bureau, one, 'go_on')).state, 'working');
  await step(bureau, one, 'take', {}, { expect: 409 });
});

test('sent back with a reason; after the second time command names the lead', async () => {
  await forget(liaison, officer, command);
  await step(bureau, one, 'bounce', {}, { expect: 422 });
  let row = await step(bureau, one, 'bounce', { bounce_reason: '不属本局职责（三定方案）' });
  assert.deepEqual([row.state, row.lead, row.bounces, row.disputed], ['open', null, 1, false]);
  assert.deepEqual(await told(officer, one), ['need_bounced']);
  assert.equal((await officer.get('/api/v1/needs?unowned=1')).rows.filter((each) => each.id === one.id).length, 1);
  await step(officer, one, 'assign', { lead: health.id });
  row = await step(clinic, one, 'bounce', { bounce_reason: '不属本局职责' });
  assert.deepEqual([row.bounces, row.disputed], [2, true]);
  assert.ok((await told(command, one)).includes('need_disputed'));
  await step(officer, one, 'assign', { lead: industry.id }, { expect: 403 });
  row = await step(command, one, 'assign', { lead: industry.id });
  assert.deepEqual([row.state, row.disputed], ['assigned', false]);
  assert.equal(row.due_at, one.due_at, 'the overall clock never restarts');
});

test('assisting bodies have a clock of their own', async () => {
  await step(bureau, one, 'take');
  await forget(clinic, bureau, liaison);
  await clinic.post('/api/v1/need_parts', { need: one.id, org: health.id, ask: '提供检测' }, { expect: 403 });
  const part = await bureau.post('/api/v1/need_parts', { need: one.id, org: health.id, ask: '提供检测', due_day: '2020-03-04' });
  assert.deepEqual([part.state, part.due_at], ['asked', '2020-03-04T15:59:59.999Z']);
  assert.deepEqual(await told(clinic, one), ['part_asked']);
  assert.equal((await boss.get(`/api/v1/need_parts?need=${one.id}`)).rows.length, 1);
  await bureau.post(`/api/v1/need_parts/${part.id}/answer`, { answer: '已安排' }, { expect: 403 });
  assert.equal((await clinic.post(`/api/v1/need_parts/${part.id}/answer`, { answer: '已安排检测' })).clock, null);
  assert.deepEqual(await told(bureau, one), ['part_answered']);
});

test('more time is asked for before the deadline, with a reason, and decided by another', async () => {
  await step(bureau, one, 'ask_extension', { extension_to: '2020-03-12' }, { expect: 422 });
  await step(bureau, one, 'ask_extension', { extension_to: '2020-03-08', extension_reason: '早' }, { expect: 422 });
  await step(bureau, one, 'ask_extension', { extension_to: '2020-03-12', extension_reason: '招聘会在周末' });
  await step(bureau, one, 'grant_extension', {}, { expect: 403 });
  const row = await step(officer, one, 'grant_extension');
  assert.deepEqual([row.due_day, row.due_at], ['2020-03-12', '2020-03-12T15:59:59.999Z']);
  await step(officer, one, 'grant_extension', {}, { expect: 409 });
});

test('the first asked is relieved with two signatures only', async () => {
  const faults = async (name) => (await step(liaison, one, 'relieve', { heard_next: name }, { expect: 422 })).fields[0].field;
  assert.equal(await faults('nobody'), 'heard_next');
  assert.equal(await faults('stranger_a'), 'heard_next');
  await step(next, one, 'take_over', {}, { expect: 409 });
  await forget(next, liaison);
  let row = await step(liaison, one, 'relieve', { heard_next: 'liaison_b' });
  assert.equal(row.names.heard_by, 'liaison_a', 'one signature does not pass the duty');
  assert.deepEqual(await told(next, one), ['need_relief_offered']);
  await step(officer, one, 'take_over', {}, { expect: 403 });
  row = await step(next, one, 'take_over');
  assert.deepEqual([row.names.heard_by, row.names.heard_offered_by, row.heard_next], ['liaison_b', 'liaison_a', null]);
  assert.deepEqual(await told(liaison, one), ['need_relieved']);
});

test('ordered by a superior, solved, confirmed by who raised it', async () => {
  await step(officer, one, 'order', { order_text: '限期' }, { expect: 403 });
  await forget(next, boss, bureau, liaison);
  const ordered = await step(command, one, 'order', { order_text: '本周内解决' });
  assert.deepEqual([ordered.ordered, ordered.names.ordered_by], [true, 'command_a']);
  assert.deepEqual(await told(bureau, one), ['need_ordered']);
  await step(clinic, one, 'resolve', { answer: '好了' }, { expect: 403 });
  await step(bureau, one, 'resolve', {}, { expect: 422 });
  const row = await step(bureau, one, 'resolve', { answer: '推荐 30 人，到岗 12 人' });
  assert.deepEqual([row.state, row.clock], ['resolved', null]);
  assert.ok((await boss.get('/api/v1/waiting')).rows.some((each) => each.kind === 'needs_to_confirm' && each.rows.some((need) => need.id === one.id)));
  await step(bureau, one, 'confirm', {}, { expect: 403 });
  await step(boss, one, 'confirm', { rating: 6 }, { expect: 422 });
  assert.deepEqual(await told(next, one), ['need_resolved', 'need_ordered']);
  const done = await step(boss, one, 'confirm', { rating: 4, rating_text: '较快' });
  assert.deepEqual([done.state, done.rating, done.names.confirmed_by], ['confirmed', 4, 'boss_a']);
  assert.equal(await count('needs_solved', '2020-03-02'), 1);
  assert.equal(await count('needs_solved_in_time', '2020-03-02'), 1);
  assert.equal(await count('needs_open', '2020-03-02'), 1);
  same_counts();
});

test('reopened days later: the day that was reported stays, the new day takes one away', async () => {
  await at(muster, '2020-03-05T02:00:00Z');
  await step(boss, one, 'reopen', {}, { expect: 422 });
  const row = await step(boss, one, 'reopen', { reopen_reason: '走了 8 人' });
  assert.deepEqual([row.state, row.reopens, row.due_day], ['reopened', 1, '2020-03-12']);
  assert.deepEqual([await count('needs_solved', '2020-03-02'), await count('needs_solved', '2020-03-05')], [1, -1]);
  assert.deepEqual([await count('needs_open', '2020-03-04'), await count('needs_open', '2020-03-05')], [1, 2]);
  const rate = (await admin.get('/api/v1/indicators?area=431302&day=2020-03-05')).rows[0].indicators.solved;
  assert.deepEqual([rate.over, rate.under], [0, 2]);
  same_counts();
});

test('overdue by day: as of midnight after the deadline, until it is solved; asking for time is too late then', async () => {
  assert.equal(await count('needs_overdue', '2020-03-05'), 1, 'the policy question of 24 hours');
  assert.deepEqual([await count('needs_overdue', '2020-03-02'), await count('needs_overdue', '2020-03-03')], [0, 1]);
  assert.equal(await count('needs_overdue', '2020-03-13'), 2, 'a deadline that will pass is known today');
  await at(muster, '2020-03-13T02:00:00Z');
  await step(bureau, one, 'take');
  const problem = await step(bureau, one, 'ask_extension', { extension_to: '2020-03-20', extension_reason: '晚' }, { expect: 409 });
  assert.match(problem.detail, /deadline has passed/);
  const overdue = (await officer.get('/api/v1/needs?overdue=1&sort=clock')).rows.map((row) => row.number);
  assert.deepEqual(overdue, ['XQ-2020-000002', 'XQ-2020-000001']);
  assert.equal((await boss.get('/api/v1/needs/board')).overdue, 2);
  await step(bureau, one, 'resolve', { answer: '补招 8 人' });
  assert.deepEqual([await count('needs_overdue', '2020-03-12'), await count('needs_overdue', '2020-03-13')], [1, 1]);
  assert.deepEqual([await count('needs_solved', '2020-03-13'), await count('needs_solved_in_time', '2020-03-13')], [1, 0]);
  same_counts();
});

test('the working calendar: three working days across Spring Festival 2020, and a day that the administrator adds', async () => {
  await at(muster, '2020-01-22T02:00:00Z');
  const before_festival = await need(liaison, { kind: 'permit', text: '转产口罩' });
  // 23 January is worked; off from the 24th to 2 February; then 3 and 4 February
  assert.equal(before_festival.due_day, '2020-02-04');
  assert.deepEqual([await count('needs_overdue', '2020-02-04'), await count('needs_overdue', '2020-02-05')], [0, 1]);
  await liaison.post('/api/v1/holidays', { day: '2020-02-03', kind: 'off' }, { expect: 403 });
  await admin.post('/api/v1/holidays', { day: '2020-02-03', kind: 'off', note: '延迟复工' });
  await admin.post('/api/v1/holidays', { day: '2020-02-03', kind: 'working' }, { expect: 422 });
  assert.equal((await need(liaison, { kind: 'permit', text: '再转产' })).due_day, '2020-02-05');
  assert.equal((await look(liaison, before_festival)).due_day, '2020-02-04', 'a deadline that was set stays');
  assert.match((await need(liaison, { kind: 'safety', text: '燃气报警' })).due_at, /^2020-01-22T04:00:0/);
});

test('lists of kinds and classes are the administrator\'s', async () => {
  const rows = (await liaison.get('/api/v1/need_classes?limit=100')).rows;
  const urgent = rows.find((row) => row.code === 'urgent');
  await liaison.patch(`/api/v1/need_classes/${urgent.id}`, { amount: 4 }, { version: urgent.version, expect: 403 });
  await admin.patch(`/api/v1/need_classes/${urgent.id}`, { amount: 4 }, { version: urgent.version });
  assert.match((await need(liaison, { kind: 'safety', text: '又一处' })).due_at, /^2020-01-22T06:00:0/);
  await admin.post('/api/v1/need_kinds', { code: 'psychology', label: 'Counselling|心理疏导', class: 'day' });
  assert.equal((await need(liaison, { kind: 'psychology', text: '员工焦虑' })).names.kind, 'Counselling');
});

test('the declarations and the description of the API name the filters of a list', async () => {
  const record = (await admin.get('/api/v1/declarations')).records.find((each) => each.name === 'need');
  assert.deepEqual(record.views.map((view) => view.code), ['mine', 'overdue', 'unowned']);
  const named = JSON.stringify((await admin.get('/api/openapi.json')).paths['/api/v1/needs'].get.parameters);
  for (const view of record.views) assert.ok(named.includes(`"${view.code}"`), view.code);
  await admin.get('/api/v1/needs?lonely=1', { expect: 422 });
});

test('what waits comes from every part: gaps in links, returns, needs; each with the page where it is done', async () => {
  const kinds = async (client) => Object.fromEntries((await client.get('/api/v1/waiting')).rows.map((row) => [row.kind, row]));
  const high = await kinds(command), firm_side = await kinds(boss);
  assert.deepEqual([high.links_gaps.count, high.links_gaps.link], [2, '/coverage']);
  assert.deepEqual(high.links_gaps.rows.map((row) => row.name).sort(), ['演示乙厂', '演示甲厂']);
  assert.deepEqual([high.returns_area.rows[0].name, firm_side.returns_firm.rows[0].name], ['娄星区', '演示甲厂']);
  assert.equal(firm_side.links_gaps, undefined);
  const work = (await boss.get('/api/v1/work')).rows;
  assert.ok(work.some((one) => one.record === 'need' && one.due_at && one.site.name === '演示甲厂'));
  assert.ok(work.some((one) => one.link === '/returns'));
  assert.ok(work.some((one) => /^缺少熟练工 · XQ-2020-000001$/.test(one.title)));
  await stranger.get('/api/v1/work?area=431302', { expect: 404 });
});

test('a setting is changed by the administrator, within its kind, and the change is on record', async () => {
  const find = async () => (await officer.get('/api/v1/setting_values?limit=200')).rows.find((row) => row.name === 'need_backstop_hours');
  const row = await find();
  assert.deepEqual([row.value, row.otherwise], [null, '4']);
  const path = `/api/v1/setting_values/${row.id}`;
  await officer.patch(path, { value: '5' }, { version: row.version, expect: 403 });
  await admin.patch(path, { value: 'soon' }, { version: row.version, expect: 422 });
  await admin.patch(path, { value: '5' }, { version: row.version });
  const back = await admin.patch(path, { value: null }, { version: row.version + 1 });
  assert.equal(back.value, null);
  await admin.del(path, { reason: '不要' }, { expect: 409 });
  await admin.post('/api/v1/setting_values', { value: '1' }, { expect: 409 });
  assert.deepEqual((await admin.get(`${path}/history`)).rows.slice(0, 2).map((one) => one.after.value), [null, '5']);
});

test('timed work: the back-stop takes what nobody leads, and what is due is chased once a day', async () => {
  const lonely = await need(boss, { kind: 'other', text: '无人认领' });
  await at(muster, '2020-01-22T05:59:00Z');
  await jobs(muster, '2020-01-22T05:59:00Z');
  assert.equal((await look(officer, lonely)).lead, null, 'not before four hours');
  await jobs(muster, '2020-01-22T06:30:00Z');
  const row = await look(officer, lonely);
  assert.deepEqual([row.state, row.names.lead], ['assigned', '演示街道办']);
  assert.deepEqual((await told(boss, lonely)), ['need_assigned']);
  await forget(boss, liaison);
  await jobs(muster, '2020-01-29T02:00:00Z');
  await jobs(muster, '2020-01-29T03:00:00Z');
  assert.deepEqual(await told(boss, lonely), ['need_due']);
  await jobs(muster, '2020-01-30T02:00:00Z');
  await jobs(muster, '2020-01-30T03:00:00Z');
  assert.deepEqual(await told(boss, lonely), ['need_overdue', 'need_due']);
  await jobs(muster, '2020-01-31T02:00:00Z');
  assert.deepEqual(await told(boss, lonely), ['need_overdue', 'need_overdue', 'need_due']);
  same_counts();
});

test('followed by number and code: states and dates, nothing private; many wrong codes lock it', async () => {
  const anybody = await muster.client();
  const seen = await anybody.get(`/api/v1/public/needs/${one.number}?code=${one.code}`);
  assert.deepEqual(seen.steps.map((each) => each.state), ['open', 'assigned', 'working', 'waiting', 'working', 'open', 'assigned', 'open', 'assigned', 'working', 'resolved', 'confirmed', 'reopened', 'working', 'resolved']);
  assert.deepEqual(Object.keys(seen).sort(), ['due_day', 'label', 'number', 'state', 'steps']);
  const stamp = /"at":"\d{4}-\d\d-\d\dT[\d:.]+Z"/g; // its milliseconds are any figures
  assert.equal(JSON.stringify(seen).match(stamp).length, seen.steps.length);
  assert.ok(!/演示|熟练|138/.test(JSON.stringify(seen).replace(stamp, '')));
  const wrong = await anybody.get(`/api/v1/public/needs/${one.number}?code=0000`, { expect: 404 });
  const missing = await anybody.get('/api/v1/public/needs/XQ-2020-999999?code=0000', { expect: 404 });
  assert.deepEqual(wrong, missing);
  for (let i = 0; i < 9; i++) await anybody.get(`/api/v1/public/needs/${one.number}?code=000${i}`, { expect: 404 });
  await anybody.get(`/api/v1/public/needs/${one.number}?code=${one.code}`, { expect: 429 });
  let refused = 0;
  for (let i = 0; i < 40; i++) refused += (await anybody.get('/api/v1/public/needs/XQ-2020-999998?code=0000', { expect: [404, 429], whole: true })).status === 429;
  assert.ok(refused > 0, 'one address may not ask without end');
});

test('comments: by whoever sees the need, told to those concerned', async () => {
  await forget(boss, bureau);
  const said = await next.post('/api/v1/comments', { record: 'need', about: one.id, text: '已电话回访' });
  assert.equal(said.names.by, 'liaison_b');
  assert.deepEqual((await boss.get(`/api/v1/comments?about=${one.id}`)).rows.map((row) => row.text), ['已电话回访']);
  assert.deepEqual(await told(boss, one), ['need_commented']);
  await stranger.get(`/api/v1/comments?about=${one.id}`, { expect: 404 });
  await stranger.post('/api/v1/comments', { record: 'need', about: one.id, text: '甲' }, { expect: 404 });
  await next.post('/api/v1/comments', { record: 'user', about: boss.user.id, text: '甲' }, { expect: 404 });
});

test('nobody sees needs beyond their reach, by whatever way', async () => {
  await stranger.get(`/api/v1/needs/${one.id}`, { expect: 404 });
  await step(stranger, one, 'resolve', { answer: '甲' }, { expect: 404 });
  assert.deepEqual((await stranger.get('/api/v1/needs?count=1')).total, 0);
  assert.deepEqual((await stranger.get('/api/v1/needs?q=' + encodeURIComponent('熟练'))).rows, []);
  assert.equal((await stranger.get('/api/v1/needs/board')).columns.reduce((sum, column) => sum + column.count, 0), 0);
  await stranger.get('/api/v1/needs/board?area=431302', { expect: 404 });
  const elsewhere = await command.post('/api/v1/needs', { site: other_firm.id, kind: 'labour', text: '另一家' });
  await boss.get(`/api/v1/needs/${elsewhere.id}`, { expect: 404 });
  await liaison.get(`/api/v1/needs/${elsewhere.id}`, { expect: 404 });
  assert.equal((await stranger.get(`/api/v1/needs/${elsewhere.id}`)).number, elsewhere.number);
});

test('the same deed twice is done once', async () => {
  const row = await need(liaison, { text: '重发' });
  const deed = uuid7();
  const first = await step(officer, row, 'assign', { lead: industry.id, deed });
  const again = await step(officer, row, 'assign', { lead: industry.id, deed });
  assert.equal(again.version, first.version);
});

test('whoever is deactivated passes the follow-up on; the second signature is still wanted', async () => {
  const kept = await need(next, { text: '停用前' });
  const close = (name, body) => admin.post(`/api/v1/users/${name}/close`, body);
  await close(next.user.id, { successor: liaison.user.id });
  const row = await look(officer, kept);
  assert.deepEqual([row.names.heard_by, row.heard_next], ['liaison_b', 'liaison_a']);
  assert.ok((await liaison.get('/api/v1/waiting')).rows.some((each) => each.kind === 'needs_relief'));
  assert.equal((await step(liaison, kept, 'take_over')).names.heard_by, 'liaison_a');
  await close(liaison.user.id, {});
  const orphans = (await officer.get('/api/v1/waiting')).rows.find((each) => each.kind === 'needs_orphaned');
  assert.ok(orphans.rows.length > 0 && orphans.count >= orphans.rows.length);
  await step(officer, kept, 'relieve', { heard_next: 'officer_a' });
  assert.equal((await step(officer, kept, 'take_over')).names.heard_by, 'officer_a');
  same_counts();
});

test('a firm that moves takes its needs along from that day on, by the timed work of that day', async () => {
  const before_move = await count('needs_open', '2020-03-19', { area: town.code }), there = await count('needs_open', '2020-03-19', { area: other_town.code });
  const version = (await officer.get(`/api/v1/sites/${firm.id}`)).version;
  await admin.patch(`/api/v1/sites/${firm.id}`, { area: other_town.id, effective: '2020-03-20' }, { version });
  same_counts();
  assert.deepEqual([await count('needs_open', '2020-03-19', { area: town.code }), await count('needs_open', '2020-03-20', { area: town.code })], [before_move, 0]);
  assert.equal(await count('needs_open', '2020-03-20', { area: other_town.code }), there + before_move);
  await stranger.get(`/api/v1/needs/${one.id}`, { expect: 404 });
  await jobs(muster, '2020-03-19T16:00:30Z');
  assert.equal((await stranger.get(`/api/v1/needs/${one.id}`)).id, one.id);
  assert.equal((await stranger.get(`/api/v1/need_parts?need=${one.id}`)).rows.length, 1);
  assert.equal((await stranger.get(`/api/v1/comments?about=${one.id}`)).rows.length, 1);
  await officer.get(`/api/v1/needs/${one.id}`, { expect: 404 });
  same_counts();
});
