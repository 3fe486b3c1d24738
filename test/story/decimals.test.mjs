// Temperatures and electricity are kept in tenths: people type and read 36.5 and 1,234.5, sheets hold them so both ways, programs send and get tenths.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { person, start_with_people } from '../people.mjs';
import { csv, send_sheet, sheet_text, xlsx } from '../sheets.mjs';

let muster, admin, officer, plant, boss;
before(async () => {
  ({ muster, admin } = await start_with_people({ MUSTER_NOW: '2020-03-05T02:00:00Z' }));
  const county = await admin.post('/api/v1/areas', { code: '431302', name: '娄星区', level: 3 });
  const town = await admin.post('/api/v1/areas', { code: '431302001', name: '乐坪街道', level: 4, parent: county.id });
  officer = await person(muster, admin, 'officer', 'officer', { area: county.id });
  plant = await officer.post('/api/v1/sites', { name: '演示电子厂', kind: 'enterprise', status: 'resumed', staff: 2, tier: 'key', area: town.id });
  boss = await person(muster, admin, 'boss', 'enterprise', { site: plant });
});
after(() => muster?.stop());

const fault = (answer, field, text) => assert.ok(answer.fields?.some((each) => each.field === field && text.test(each.detail)), JSON.stringify(answer));
const entries = async () => (await boss.get('/api/v1/gate_entries', { query: { reveal: 'look', sort: 'at' } })).rows;

test('the declarations tell decimal places and the unit that people know; the reference says tenths', async () => {
  const declared = await boss.get('/api/v1/declarations');
  const field = (record, name) => declared.records.find((one) => one.name === record).fields.find((one) => one.name === name);
  for (const [record, name, unit] of [['gate_entry', 'temperature', '°C|℃'], ['health', 'temperature', '°C|℃'], ['health', 'own_temperature', '°C|℃'], ['attestation', 'threshold', '°C|℃'], ['meter', 'baseline', 'kWh|千瓦时'], ['meter_day', 'kwh', 'kWh|千瓦时']])
    assert.deepEqual([field(record, name).scale, field(record, name).unit], [1, unit], `${record}.${name}`);
  assert.equal(field('site', 'staff').scale, undefined);
  assert.deepEqual(declared.measures.filter((one) => one.scale).map((one) => one.name).sort(), ['power_base', 'power_base_running', 'power_used', 'power_used_running']);
  assert.ok(!JSON.stringify(declared).includes('0.1'), 'nobody reads of tenths');
  const reference = await boss.get('/api/openapi.json');
  assert.match(JSON.stringify(reference.components.schemas), /365 (is|即) 36\.5/);
});

test('a gate\'s list comes in with 36.5 and goes out with 36.5; programs see 365', async () => {
  const rows = [['单位', '类别', '姓名', '电话', '体温（℃）'], ['演示电子厂', '外来人员', '演示甲', '13800000301', 36.5], ['演示电子厂', '外来人员', '演示乙', '13800000302', '37℃'], ['演示电子厂', '外来人员', '演示丙', '13800000303', '36.6 °C'], ['演示电子厂', '外来人员', '演示丁', '13800000304', '']];
  const done = await send_sheet(boss, 'gate_entries', xlsx(rows), { as: '1=site;3=who;4=phone' });
  assert.equal(done.result.made, 4, JSON.stringify(done.result));
  assert.deepEqual((await entries()).map((one) => one.temperature).sort(), [365, 366, 370, null]);
  const bad = await send_sheet(boss, 'gate_entries', csv([['site', 'kind', 'who', 'temperature'], ...['365', '36.55', 'MARKED', '29.9', '45.1', '.'].map((text) => [plant.id, 'visitor', '演示戊', text])]), { preview: 1 });
  assert.deepEqual(bad.result.errors.map((one) => one.field), Array(6).fill('temperature'));
  const details = bad.result.errors.map((one) => one.detail).join('\n');
  assert.match(details, /45\.0[^]*one decimal|45\.0[^]*一位小数/);
  assert.match(details, /30\.0/);
  assert.doesNotMatch(details, /MARKED|36\.55|365/);
  const book = await boss.get('/api/v1/gate_entries.xlsx', { query: { reveal: 'look' } });
  assert.match(sheet_text(book), /<v>36\.5<\/v>/);
  const text = String(await boss.get('/api/v1/gate_entries.csv', { query: { reveal: 'look', columns: 'id,temperature' } }));
  assert.deepEqual(text.match(/\d\d\.\d(?=\r?\n)/g)?.sort(), ['36.5', '36.6', '37.0']);
  const again = await send_sheet(boss, 'gate_entries', Buffer.from(book), { preview: 1 });
  assert.deepEqual([again.result.bad, again.result.same], [0, 4], 'what was exported comes back');
  const masked = sheet_text(await boss.get('/api/v1/gate_entries.xlsx'));
  assert.doesNotMatch(masked, /36\.5|365/);
  const made = await boss.post('/api/v1/gate_entries', { site: plant.id, kind: 'visitor', who: '演示己', phone: '13800000306', passed: 'passed', temperature: 368 });
  assert.equal((await boss.get(`/api/v1/gate_entries/${made.id}`, { query: { reveal: 'look' } })).temperature, 368);
  fault(await boss.post('/api/v1/gate_entries', { site: plant.id, kind: 'visitor', who: '演示庚', temperature: 36.8 }, { expect: 422 }), 'temperature', /whole|整数/);
});

test('meters are read in kWh with a decimal, whatever stands behind the number; lists filter by what people write', async () => {
  const bases = csv([['企业（场所）', '基准日均用电量（千瓦时）', '基准期'], ['演示电子厂', '1,234.5', '2019-01 至 2019-06']]);
  assert.equal((await send_sheet(officer, 'meters', bases)).result.made, 1);
  const days = csv([['企业（场所）', '日期', '用电量'], ['演示电子厂', '2020-03-03', '1234.5'], ['演示电子厂', '2020-03-04', '987 千瓦时']]);
  assert.equal((await send_sheet(officer, 'meter_days', days)).result.made, 2);
  const rows = (await officer.get('/api/v1/meter_days', { query: { sort: 'day' } })).rows;
  assert.deepEqual(rows.map((one) => [one.kwh, one.base]), [[12345, 12345], [9870, 12345]]);
  assert.match(String(await officer.get('/api/v1/meter_days.csv')), /1234\.5/);
  assert.deepEqual((await officer.get('/api/v1/meter_days', { query: { kwh: '1000..1300' } })).rows.map((one) => one.kwh), [12345]);
});

test('the round\'s own sheet of temperatures says degrees', async () => {
  const file = await boss.post('/api/v1/staff_files', { site: plant.id, name: '演示辛', number: 'A1', phone: '13800000307', state: 'on_duty' });
  await boss.post(`/api/v1/sites/${plant.id}/gate_file`, '工号,体温\nA1,36.7\n', { type: 'text/csv' });
  const told = (await boss.get('/api/v1/health_records', { query: { reveal: 'look' } })).rows;
  assert.deepEqual(told.map((one) => one.temperature), [367], file.id);
  const text = String(await boss.get('/api/v1/health_records.csv', { query: { reveal: 'look' } }));
  assert.match(text, /36\.7/);
});
