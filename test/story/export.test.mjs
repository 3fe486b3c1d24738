// Sheets out: exactly what the list shows, by the rights of who asks, and back in without loss.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { run_muster, start_muster, uuid7 } from '../harness.mjs';
import { send_sheet, sheet_text } from '../sheets.mjs';

let muster, admin, officer, auditor;
const areas = {};
const ids = { 湖南省: uuid7(), 娄底市: uuid7(), 娄星区: uuid7(), 乐坪街道: uuid7(), 双峰县: uuid7() };

async function plant(client) {
  const area = (name, code, level, parent) => client.post('/api/v1/areas', { id: ids[name], name, code, level, ...(parent && { parent: ids[parent] }) });
  await area('湖南省', '43', 1);
  await area('娄底市', '4313', 2, '湖南省');
  await area('娄星区', '431302', 3, '娄底市');
  await area('乐坪街道', '431302001', 4, '娄星区');
  await area('双峰县', '431321', 3, '娄底市');
}

before(async () => {
  muster = await start_muster({ env: { MUSTER_NOW: '2020-03-05T02:00:00Z' } });
  admin = await muster.client('admin');
  await plant(admin);
  const user = async (name, role, code) => {
    run_muster(['user', 'add', name, '--area', code, '--role', role, '--store', muster.store], { input: 'another-horse-2020\n' });
    return muster.client(name, 'another-horse-2020');
  };
  officer = await user('officer1', 'officer', '431321');
  auditor = await user('auditor1', 'auditor', '431302');
  const make = (fields) => admin.post('/api/v1/sites', { id: uuid7(), kind: 'enterprise', area: ids['乐坪街道'], ...fields });
  const park = await make({ name: '演示园区', kind: 'park' });
  const full = await make({
    name: '=演示,"甲"厂', uscc: '91350100M000100Y43', industry: 'C39', staff: 120, on_duty: 60, revenue: 3_000_000_050, assets: 1, tier: 'village',
    status: 'stopped', taxpayer: true, above_scale: false, park: park.id, scope: '演示经营：零售、批发', address: '演示路1号', place: '27.73,112.00', legal: '演示法人', contact: '演示甲001',
    phone: '13800010001', duty_phone: '0738-8312345', note: '一行\n二行', effective: '2020-02-01',
  });
  const told = await admin.patch(`/api/v1/sites/${full.id}`, { status: 'resumed', on_duty: 100, effective: '2020-02-20' }, { version: full.version });
  await admin.patch(`/api/v1/sites/${full.id}`, { area: ids['双峰县'], effective: '2020-03-01' }, { version: told.version });
  await make({ name: '演示乙店', kind: 'shop', tier: null, taxpayer: false });
  for (let i = 0; i < 1100; i++) areas[i] = { id: uuid7(), name: `演示批${i}`, kind: 'enterprise', area: ids['双峰县'], staff: i };
  await admin.post('/api/v1/sites', { rows: Object.values(areas) });
});
after(() => muster?.stop());

const lines = (text) => text.replace(/^\ufeff/, '').trimEnd().split('\r\n');

test('an export has the rows of the list and no others, in its order, without its limit', async () => {
  const all = lines(await admin.get('/api/v1/sites.csv', { query: { columns: 'name', sort: 'name' } }));
  assert.equal(all.length, 1104);
  assert.match(all[0], /^id,Name$/);
  const names = all.slice(4).map((line) => line.slice(37));
  assert.deepEqual(names.slice(0, 3), ['演示批0', '演示批1', '演示批10']);
  const some = lines(await admin.get('/api/v1/sites.csv', { query: { area: '431321', staff: '1095..', columns: 'name,staff', limit: 2, sort: '-staff' } }));
  assert.deepEqual(some.slice(1).map((line) => line.slice(37)), ['演示批1099,1099', '演示批1098,1098', '演示批1097,1097', '演示批1096,1096', '演示批1095,1095']);
  await admin.get('/api/v1/sites.csv', { query: { columns: 'nothing' }, expect: 422 });
  await admin.get('/api/v1/sites.csv', { query: { nothing: '1' }, expect: 422 });
});

test('words and labels are in the reader\'s language; areas have code and name; cells that begin with a sign are guarded', async () => {
  admin.lang = 'zh';
  const zh = await admin.get('/api/v1/sites.csv', { query: { q: '甲厂' } });
  admin.lang = 'en';
  const en = await admin.get('/api/v1/sites.csv', { query: { q: '甲厂' } });
  assert.match(lines(zh)[0], /^id,名称,类型,统一社会信用代码,所属区划代码,所属区划,分类/);
  assert.match(lines(en)[0], /^id,Name,Kind,Credit code,Area code,Area,Tier/);
  assert.match(zh, /,"'=演示,""甲""厂",企业,91350100M000100Y43,431321,双峰县,村级工业园,已复工,C39,/);
  assert.match(en, /,Enterprise,.*Village industrial estate,Resumed/);
  const sheet = await admin.get('/api/v1/sites.xlsx', { query: { q: '甲厂' }, whole: true });
  assert.match(sheet.headers.get('content-disposition'), /sites\.xlsx/);
  assert.match(sheet_text(sheet.body), /=演示,"甲"厂|=演示,&quot;甲&quot;厂/);
});

test('private values are masked; in clear only with right and reason, and that is on record', async () => {
  const masked = await admin.get('/api/v1/sites.csv', { query: { q: '甲厂' } });
  assert.match(masked, /138\*\*\*\*0001/);
  assert.doesNotMatch(masked, /13800010001|演示甲001|演示法人/);
  const clear = await admin.get('/api/v1/sites.csv', { query: { q: '甲厂', reveal: '演练核对' } });
  assert.match(clear, /13800010001/);
  const id = lines(clear)[1].slice(0, 36);
  const seen = (await admin.get(`/api/v1/sites/${id}/history`)).rows.filter((row) => row.deed === 'seen');
  assert.deepEqual(seen.map((row) => row.reason), ['演练核对']);
});

test('a masked export sent back changes nothing, and is refused for a new row', async () => {
  const sheet = await admin.get('/api/v1/sites.xlsx', { query: { q: '演示' } });
  const again = await send_sheet(admin, 'sites', sheet);
  assert.deepEqual([again.state, again.result.bad, again.result.same], ['done', 0, 1103], JSON.stringify(again.result.errors));
});

test('rights hold as in lists', async () => {
  const mine = lines(await officer.get('/api/v1/sites.csv', { query: { columns: 'name' } }));
  assert.equal(mine.length, 1102);
  const theirs = lines(await auditor.get('/api/v1/sites.csv', { query: { columns: 'name' } }));
  assert.equal(theirs.length, 3);
  await officer.get('/api/v1/sites.csv', { query: { area: '431302' }, expect: 404 });
  await (await muster.client()).get('/api/v1/sites.csv', { expect: 401 });
  await admin.post('/api/v1/sites.csv', {}, { expect: 405 });
});

test('export, a new store, import, export: nothing is lost', async () => {
  const other = await start_muster({ env: { MUSTER_NOW: '2020-03-05T02:00:00Z' } });
  try {
    const boss = await other.client('admin');
    await plant(boss);
    for (const [format, body] of [['csv', (text) => text], ['xlsx', sheet_text]]) {
      const query = { reveal: 'to move', sort: 'name' };
      const first = await admin.get(`/api/v1/sites.${format}`, { query });
      const taken = await send_sheet(boss, 'sites', first);
      assert.equal(taken.state, 'done');
      assert.deepEqual([taken.result.bad, taken.result.written], [0, format === 'csv' ? 1103 : 0], JSON.stringify(taken.result.errors.slice(0, 5)));
      const second = await boss.get(`/api/v1/sites.${format}`, { query });
      assert.equal(body(second), body(first));
    }
    assert.match(run_muster(['check', '--store', other.store]).out, /^0 /m);
  } finally {
    await other.stop();
  }
});

test('every record that is listed is exported', async () => {
  const { records } = await admin.get('/api/v1/declarations');
  let exported = 0;
  for (const record of records) {
    const { status, body } = await admin.get(`/api/v1/${record.plural}.csv`, { expect: [200, 403, 404], whole: true });
    if (status !== 200) continue; // no rows of its own, or none for this role
    assert.match(body, /^\ufeffid,/, record.plural);
    exported++;
  }
  assert.ok(exported > 5, `${exported} records`);
});
