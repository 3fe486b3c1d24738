// Urgent news goes up at once: first report, follow-ups, a final one; who is told, what is late, what is overdue.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { at, jobs, person, recount, start_with_people } from '../people.mjs';

let muster, admin, county, town, other, firm, liaison, officer, command, boss, stranger, first;

const told = async (client) => (await client.get('/api/v1/notices?unread=1')).rows.filter((one) => one.record === 'report').map((one) => one.what);
const forget = (...clients) => Promise.all(clients.map((client) => client.post('/api/v1/notices/read', {})));
const count = async (measure, day) => (await admin.get('/api/v1/tallies', { query: { area: '431302', day, measure } })).rows[0].counts[measure].value;
const faults = async (client, body) => (await client.post('/api/v1/reports', body, { expect: 422 })).fields.map((fault) => fault.field);

before(async () => {
  ({ muster, admin } = await start_with_people({ MUSTER_NOW: '2020-03-02T02:00:00Z' }));
  const area = (code, name, parent, level) => admin.post('/api/v1/areas', { code, name, level, ...(parent ? { parent: parent.id } : {}) });
  county = await area('431302', '娄星区', null, 3);
  town = await area('431302001', '演示街道', county, 4);
  other = await area('431302002', '样例街道', county, 4);
  firm = await admin.post('/api/v1/sites', { name: '演示甲厂', kind: 'enterprise', area: town.id, effective: '2020-01-01' });
  liaison = await person(muster, admin, 'liaison_a', 'liaison', { area: town.id });
  officer = await person(muster, admin, 'officer_a', 'officer', { area: town.id });
  command = await person(muster, admin, 'command_a', 'command', { area: county.id });
  boss = await person(muster, admin, 'boss_a', 'enterprise', { site: firm });
  stranger = await person(muster, admin, 'stranger_a', 'officer', { area: other.id });
});
after(() => muster?.stop());

test('a first report has a number, tells everyone above and nobody beside', async () => {
  first = await boss.post('/api/v1/reports', { stage: 'first', site: firm.id, kind: 'fever_cluster', text: '3 人发热', people: 3, at: '2020-03-02T01:00:00Z' });
  assert.deepEqual([first.number, first.late, first.due_at, first.next_due], ['JB-2020-0001', false, '2020-03-02T03:00:00.000Z', first.next_due]);
  assert.match(first.next_due, /^2020-03-03T02:0/);
  for (const client of [officer, command]) assert.deepEqual(await told(client), ['report_first'], client.name);
  assert.deepEqual(await told(stranger), []);
  assert.match((await command.get('/api/v1/notices')).rows[0].text, /^Urgent news: JB-2020-0001 演示甲厂$/);
  await stranger.get(`/api/v1/reports/${first.id}`, { expect: 404 });
  assert.deepEqual((await stranger.get('/api/v1/reports')).rows, []);
});

test('what is wrong is named', async () => {
  assert.deepEqual(await faults(boss, { stage: 'first', site: firm.id, text: '甲' }), ['kind']);
  assert.deepEqual(await faults(boss, { stage: 'first', kind: 'fire', text: '甲' }), ['site']);
  assert.deepEqual(await faults(boss, { stage: 'follow_up', text: '甲' }), ['parent']);
  assert.deepEqual(await faults(boss, { stage: 'first', site: firm.id, kind: 'ghost', text: '甲' }), ['kind']);
  assert.deepEqual(await faults(liaison, { stage: 'first', area: other.id, kind: 'fire', text: '甲' }), ['area']);
});

test('a first report that comes late says so', async () => {
  const late = await liaison.post('/api/v1/reports', { stage: 'first', area: town.id, kind: 'fire', text: '已扑灭', at: '2020-03-01T22:00:00Z' });
  assert.equal(late.late, true);
  assert.equal((await liaison.post('/api/v1/reports', { stage: 'final', parent: late.id, text: '终结' })).number, late.number);
});

test('a follow-up moves the clock on; one that is missing shows as overdue and is chased once', async () => {
  await at(muster, '2020-03-03T01:00:00Z');
  const second = await boss.post('/api/v1/reports', { stage: 'follow_up', parent: first.id, text: '2 人转院', people: 5 });
  assert.deepEqual([second.number, second.kind, second.late, second.names.site], [first.number, 'fever_cluster', false, '演示甲厂']);
  assert.match((await boss.get(`/api/v1/reports/${first.id}`)).next_due, /^2020-03-04T01:0/);
  assert.deepEqual((await command.get('/api/v1/reports?overdue=1')).rows, []);
  await at(muster, '2020-03-04T02:00:00Z');
  assert.deepEqual((await command.get('/api/v1/reports?overdue=1')).rows.map((row) => row.id), [first.id]);
  await forget(command, boss, officer);
  await jobs(muster, '2020-03-04T02:05:00Z');
  await jobs(muster, '2020-03-04T03:05:00Z');
  assert.deepEqual(await told(command), ['report_overdue']);
  assert.deepEqual(await told(boss), ['report_overdue']);
  assert.ok((await boss.get('/api/v1/waiting')).rows.some((row) => row.kind === 'reports_overdue'));
});

test('a final report closes the chain', async () => {
  const final = await boss.post('/api/v1/reports', { stage: 'final', parent: first.id, text: '均为普通感冒' });
  assert.equal(final.late, true);
  const head = await boss.get(`/api/v1/reports/${first.id}`);
  assert.equal(head.next_due, null);
  assert.match(head.closed_at, /^2020-03-04T/);
  await boss.post('/api/v1/reports', { stage: 'follow_up', parent: first.id, text: '甲' }, { expect: 409 });
  assert.deepEqual((await command.get('/api/v1/reports')).rows.slice(0, 2).map((row) => row.stage), ['final', 'follow_up'], 'newest first');
  assert.deepEqual([await count('urgent_told', '2020-03-02'), await count('urgent_open', '2020-03-03'), await count('urgent_open', '2020-03-04')], [2, 1, 0]);
  assert.match(recount(muster), /^0 differences$/m);
});

test('who keeps a zone is told of its firms and areas, and of nothing else in the county', async () => {
  const within = await admin.post('/api/v1/sites', { name: '演示园内厂', kind: 'enterprise', area: town.id, effective: '2020-01-01' });
  const zone = await admin.post('/api/v1/zones', { name: '演示园区', kind: 'villages', area: county.id });
  await admin.post('/api/v1/zone_members', { zone: zone.id, site: within.id });
  await admin.post('/api/v1/zone_members', { zone: zone.id, area: other.id, starts: '2020-03-01' });
  const park = await person(muster, admin, 'park_a', 'officer', { zone, area: county.id });
  const report = (site) => command.post('/api/v1/reports', { stage: 'first', ...site, kind: 'fire', text: '已扑灭' });
  await report({ site: firm.id });
  assert.deepEqual(await told(park), []);
  await report({ site: within.id });
  assert.deepEqual(await told(park), ['report_first']);
  await report({ area: other.id });
  assert.deepEqual(await told(park), ['report_first', 'report_first']);
  for (const notice of (await park.get('/api/v1/notices')).rows) await park.get(`/api/v1/reports/${notice.about}`);
  const names = async (site) => (await command.get(`/api/v1/inspectors?site=${site.id}`)).rows.map((one) => one.name);
  assert.ok((await names(within)).includes('park_a'));
  assert.ok(!(await names(firm)).includes('park_a'));
});
