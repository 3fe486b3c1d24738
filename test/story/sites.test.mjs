// The register of sites: what is worked out, what is refused, what is only warned of.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { run_muster, start_muster, uuid7 } from '../harness.mjs';

let muster, admin, towns;

before(async () => {
  muster = await start_muster();
  admin = await muster.client('admin');
  towns = {};
  const area = async (name, code, level, parent) =>
    (towns[name] = (await admin.post('/api/v1/areas', { id: uuid7(), name, code, level, ...(parent && { parent: towns[parent] }) })).id);
  await area('湖南省', '43', 1);
  await area('娄底市', '4313', 2, '湖南省');
  await area('娄星区', '431302', 3, '娄底市');
  await area('乐坪街道', '431302001', 4, '娄星区');
  await area('花山街道', '431302002', 4, '娄星区');
  await area('花山社区', '431302002001', 5, '花山街道');
  await area('五江社区', '431302002002', 5, '花山街道');
});
after(() => muster?.stop());

const site = (fields) => ({ id: uuid7(), name: `演示企业${uuid7().slice(-6)}`, kind: 'enterprise', area: towns['花山社区'], ...fields });
const make = (fields, options) => admin.post('/api/v1/sites', site(fields), options);

test('the size class follows the 2017 table, and follows a change', async () => {
  const row = await make({ industry: 'C39', staff: 350, revenue: 500_000_000_00 });
  assert.equal(row.size, 'medium');
  const smaller = await admin.patch(`/api/v1/sites/${row.id}`, { staff: 25 }, { version: row.version });
  assert.equal(smaller.size, 'small');
  const unknown = await admin.patch(`/api/v1/sites/${row.id}`, { industry: null }, { version: smaller.version });
  assert.equal(unknown.size, null);
  assert.equal((await make({ industry: 'J66', staff: 10 })).size, 'none');
  await make({ size: 'large' }, { expect: 422 });
});

test('a wrong check digit warns and does not refuse; a wrong shape is refused', async () => {
  const row = await make({ uscc: '91350100M000100Y44' });
  assert.deepEqual(row.warnings.map((one) => one.field), ['uscc']);
  assert.match(row.warnings[0].detail, /check character/);
  assert.deepEqual((await admin.get(`/api/v1/sites/${row.id}`)).warnings, row.warnings);
  assert.deepEqual((await make({ uscc: '91512081MA62K0260E' })).warnings, []);
  const refused = await make({ uscc: '91512081MA62K0260' }, { expect: 422 });
  assert.equal(refused.fields[0].field, 'uscc');
});

test('the same code, and the same name in the same town, warn and name the other', async () => {
  const one = await make({ name: '演示重名厂', uscc: '91350100M000100Y43' });
  const two = await make({ name: '演示重名厂', uscc: '91350100M000100Y43', area: towns['五江社区'] });
  assert.deepEqual(two.warnings.map((w) => [w.field, w.id, w.name]), [['uscc', one.id, '演示重名厂'], ['name', one.id, '演示重名厂']]);
  const elsewhere = await make({ name: '演示重名厂', area: towns['乐坪街道'] });
  assert.deepEqual(elsewhere.warnings, []);
});

test('a twin out of reach is not there', async () => {
  await make({ name: '演示别处厂', uscc: '91110000600037341L', area: towns['乐坪街道'] });
  run_muster(['user', 'add', 'huashan', '--area', '431302002', '--role', 'officer', '--store', muster.store], { input: 'another-horse-2020\n' });
  const officer = await muster.client('huashan', 'another-horse-2020');
  const row = await officer.post('/api/v1/sites', site({ name: '演示别处厂', uscc: '91110000600037341L' }));
  assert.deepEqual(row.warnings, []);
});

test('no more staff on duty than staff, on any day', async () => {
  const refused = await make({ staff: 10, on_duty: 11 }, { expect: 422 });
  assert.deepEqual(refused.fields.map((one) => one.field).sort(), ['on_duty', 'staff']);
  const row = await make({ staff: 10, on_duty: 10, effective: '2020-02-10' });
  await admin.patch(`/api/v1/sites/${row.id}`, { staff: 9 }, { version: row.version, expect: 422 });
  const now = await admin.patch(`/api/v1/sites/${row.id}`, { staff: 20, on_duty: 15, effective: '2020-03-01' }, { version: row.version });
  const late = await admin.patch(`/api/v1/sites/${row.id}`, { on_duty: 12, effective: '2020-02-20', until: '2020-02-22' }, { version: now.version, expect: 422 });
  assert.equal(late.fields.length, 2);
});

test('tiers have a default that may be changed', async () => {
  assert.equal((await make({ taxpayer: true })).tier, 'key');
  assert.equal((await make({ above_scale: true })).tier, 'key');
  assert.equal((await make({ kind: 'shop' })).tier, 'small');
  assert.equal((await make({})).tier, 'other');
  assert.equal((await make({ tier: null })).tier, null);
  const park = await make({ kind: 'park', name: '演示园区' });
  assert.equal((await make({ park: park.id })).tier, 'park');
  assert.equal((await make({ park: park.id, tier: 'village' })).tier, 'village');
});

test('a park must be a park', async () => {
  const firm = await make({});
  for (const park of [firm.id, uuid7()]) {
    const refused = await make({ park }, { expect: 422 });
    assert.equal(refused.fields[0].field, 'park');
  }
});

test('the counts still stand', () => {
  assert.match(run_muster(['check', '--store', muster.store]).out, /^0 /m);
});
