// The thin thread: an area, a firm, a check, and figures that open. What every later story builds on.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { run_muster, start_muster, uuid7 } from '../harness.mjs';

let muster, admin, town, firm;
const day = '2020-03-05';

before(async () => {
  muster = await start_muster({ env: { MUSTER_NOW: `${day}T02:00:00Z` } });
  admin = await muster.client('admin');
  const county = await admin.post('/api/v1/areas', { code: '431302', name: '娄星区', level: 3 });
  town = await admin.post('/api/v1/areas', { code: '431302001', name: '演示街道', parent: county.id });
});
after(() => muster?.stop());

const rate = async (name, on = day) => (await admin.get(`/api/v1/indicators?area=431302&day=${on}`)).rows[0].indicators[name];

test('a firm is counted from its first day, at every level', async () => {
  firm = await admin.post('/api/v1/sites', { id: uuid7(), name: '演示甲厂', kind: 'enterprise', tier: 'key', status: 'stopped', staff: 120, area: town.id, effective: '2020-02-10' });
  assert.equal(firm.names.area, '演示街道');
  assert.deepEqual([(await rate('resumption')).over, (await rate('resumption')).under], [0, 1]);
  assert.equal((await rate('resumption', '2020-02-09')).under, 0);
});

test('what is told of a past day holds from that day on, and a stop in between is seen in between', async () => {
  await admin.post(`/api/v1/sites/${firm.id}/tell`, { status: 'resumed', on_duty: 90, effective: '2020-02-20' });
  await admin.post(`/api/v1/sites/${firm.id}/tell`, { status: 'stopped', effective: '2020-03-01', until: '2020-03-02' });
  const seen = [];
  for (const on of ['2020-02-19', '2020-02-20', '2020-02-29', '2020-03-01', '2020-03-02', '2020-03-03', day]) seen.push((await rate('resumption', on)).over);
  assert.deepEqual(seen, [0, 1, 1, 0, 0, 1, 1]);
  assert.equal((await rate('staff_back')).rate, 0.75);
});

test('a check counts on its day and opens into the firm', async () => {
  assert.equal((await rate('checked')).over, 0);
  await admin.post('/api/v1/checks', { site: firm.id, day: '2020-03-04' });
  assert.equal((await rate('checked')).over, 1);
  assert.equal((await rate('checked', '2020-03-03')).over, 0);
  const opened = await admin.get(`/api/v1/tallies/rows?measure=sites_checked&area=431302&day=${day}`);
  assert.deepEqual(opened.rows.map((one) => one.row.name), ['演示甲厂']);
});

test('a retry changes nothing twice, and another body under the same id is refused', async () => {
  const id = uuid7();
  const body = { id, name: '演示乙厂', kind: 'enterprise', area: town.id };
  const first = await admin.post('/api/v1/sites', body);
  const again = await admin.post('/api/v1/sites', body);
  assert.equal(again.version, first.version);
  await admin.post('/api/v1/sites', { ...body, name: '演示丙厂' }, { expect: 409 });
  const changed = await admin.patch(`/api/v1/sites/${id}`, { note: '一' }, { version: 1 });
  assert.equal(changed.version, 2);
  assert.equal((await admin.patch(`/api/v1/sites/${id}`, { note: '一' }, { version: 1 })).version, 2);
  const conflict = await admin.patch(`/api/v1/sites/${id}`, { note: '二' }, { version: 1, expect: 409 });
  assert.equal(conflict.current.note, '一');
});

test('absent, null and empty are three things', async () => {
  const id = (await admin.post('/api/v1/sites', { name: '演示丁厂', kind: 'enterprise', area: town.id, note: '甲', address: '乙' })).id;
  const row = await admin.patch(`/api/v1/sites/${id}`, { note: null }, { version: 1 });
  assert.deepEqual([row.note, row.address], [null, '乙']);
  assert.equal((await admin.patch(`/api/v1/sites/${id}`, { note: '' }, { version: 2 })).note, '');
});

test('a wrong entry is named, in the language of the reader, and nothing is written', async () => {
  const problem = await admin.post('/api/v1/sites', { name: '', kind: 'castle', area: town.id, staff: -1, colour: 'red' }, { expect: 422, headers: { 'Accept-Language': 'en' } });
  assert.deepEqual(problem.fields.map((fault) => fault.field).sort(), ['colour', 'kind', 'staff']);
  assert.match(problem.fields.find((fault) => fault.field === 'staff').detail, /at least 0/);
  assert.equal((await admin.get('/api/v1/sites?q=castle')).rows.length, 0);
});

test('private values are masked until a reason is given, and who saw them is on record', async () => {
  await admin.patch(`/api/v1/sites/${firm.id}`, { contact: '演示张三', phone: '13800010001' }, { version: 3 });
  assert.equal((await admin.get(`/api/v1/sites/${firm.id}`)).phone, '138****0001');
  assert.equal((await admin.get(`/api/v1/sites/${firm.id}?reveal=${encodeURIComponent('回访')}`)).phone, '13800010001');
  const history = await admin.get(`/api/v1/sites/${firm.id}/history`);
  assert.equal(history.rows[0].deed, 'seen');
  assert.equal(history.rows[0].reason, '回访');
  assert.ok(!JSON.stringify(history).includes('13800010001'));
  assert.equal((await admin.get('/api/v1/sites?q=' + encodeURIComponent('张三'))).rows[0]?.id, firm.id);
});

test('counting again from the rows finds no difference', async () => {
  // the store is read by a second program while the first one serves it
  assert.match(run_muster(['check', '--store', muster.store], { env: { MUSTER_NOW: `${day}T02:00:00Z`, LANG: 'C' } }).out, /^0 differences/m);
});
