// Staff files: a firm's workers come in by a sheet or one by one, with the person behind them found or made; what lacks, who works at two firms, who moves on,
// who is isolated, and that no other firm sees any of it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { at, person, recount, start_with_people } from '../people.mjs';
import { send_sheet, sheet_text, xlsx } from '../sheets.mjs';

let muster, admin, officer, liaison, county, town, plant, mill, boss, other;
const fault = (answer, field, text) => assert.ok(answer.fields?.some((each) => each.field === field && text.test(each.detail)), JSON.stringify(answer));
const rows = async (client, query = '') => (await client.get(`/api/v1/staff_files?limit=500${query}`)).rows;
const clear = (client, id) => client.get(`/api/v1/staff_files/${id}`, { query: { reveal: '核实' } });
const step = (client, file, name, body = {}, options = {}) => client.post(`/api/v1/staff_files/${file.id}/${name}`, body, options);
const figure = async (measure, area = county, day = '2020-03-05') =>
  (await officer.get(`/api/v1/tallies?measure=${measure}&area=${area.id}&day=${day}`)).rows[0].counts[measure]?.value ?? 0;
const told = async (client) => (await client.get('/api/v1/notices')).rows.map((each) => each.what);
/** A made-up ID number that holds: of the n-th day from 1980 on. */
export function idno(n) {
  const day = new Date(Date.UTC(1980, 0, 1) + (n % 9000) * 86_400_000).toISOString().slice(0, 10).replaceAll('-', '');
  const head = `431302${day}${String(100 + Math.floor(n / 9000)).padStart(3, '0')}`;
  const sum = [...head].reduce((all, digit, i) => all + Number(digit) * [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2][i], 0);
  return head + '10X98765432'[sum % 11];
}
const whole = { job: '操作工', dwelling: 'home', away: false, contact: 'none' };

before(async () => {
  ({ muster, admin } = await start_with_people({ MUSTER_NOW: '2020-03-05T02:00:00Z' }));
  county = await admin.post('/api/v1/areas', { code: '431302', name: '娄星区', level: 3 });
  town = await admin.post('/api/v1/areas', { code: '431302001', name: '乐坪街道', level: 4, parent: county.id });
  officer = await person(muster, admin, 'officer', 'officer', { area: county.id });
  plant = await officer.post('/api/v1/sites', { name: '演示电子厂', kind: 'enterprise', status: 'resumed', staff: 2, tier: 'key', area: town.id });
  mill = await officer.post('/api/v1/sites', { name: '演示纺织厂', kind: 'enterprise', status: 'resumed', staff: 3, uscc: '91350100M000100Y43', area: town.id });
  liaison = await person(muster, admin, 'liaison', 'liaison', { site: plant });
  boss = await person(muster, admin, 'boss', 'enterprise', { site: plant });
  other = await person(muster, admin, 'other', 'enterprise', { site: mill });
});
after(() => muster?.stop());

let first;
test('a firm enters a worker in one body; the person is made beside it, and is nobody else\'s to see', async () => {
  const body = { id: '01970000-0000-7000-8000-0000000000a1', site: plant.id, name: '演示工一', phone: '13800000101', idno: idno(1), dept: '一车间', ...whole };
  first = await boss.post('/api/v1/staff_files', body);
  assert.equal((await boss.post('/api/v1/staff_files', body)).version, first.version, 'sent again, it is one');
  assert.deepEqual([first.name, first.phone, first.state, first.complete, first.lacks, first.begins], ['演**', '138****0101', 'on_duty', true, null, '2020-03-05']);
  await boss.get('/api/v1/people', { expect: 403 });
  await boss.get(`/api/v1/people/${first.person}`, { expect: 403 });
  const found = (await officer.get(`/api/v1/people?q=${idno(1)}`)).rows;
  assert.deepEqual(found.map((each) => [each.id, each.area]), [[first.person, town.id]]);
  assert.equal((await rows(boss, `&q=${idno(1)}`)).length, 1);
  assert.deepEqual([await rows(other), await figure('people_employed')], [[], 1]);
  await other.get(`/api/v1/staff_files/${first.id}`, { expect: 404 });
  fault(await other.post('/api/v1/staff_files', { site: plant.id, name: '演示工二' }, { expect: 422 }), 'site', /nothing|reach|area/);
  fault(await boss.post('/api/v1/staff_files', { site: plant.id, name: '演示工一', idno: idno(1) }, { expect: 422 }), 'idno', /already/);
});

test('two firms of one worker: each is told that there is another, neither which; people count once', async () => {
  const second = await other.post('/api/v1/staff_files', { site: mill.id, name: '演示工一', phone: '13800000102', idno: idno(1), number: 'M1' });
  assert.deepEqual([second.person, second.elsewhere], [first.person, true]);
  assert.ok(second.warnings.some((each) => /also works elsewhere/.test(each.detail) && !each.id && !each.name), JSON.stringify(second.warnings));
  assert.ok(!JSON.stringify(second).includes('0101'), 'nothing that the other firm told');
  assert.equal((await boss.get(`/api/v1/staff_files/${first.id}`)).elsewhere, true);
  const seen = (await officer.get(`/api/v1/staff_files/${second.id}`)).warnings;
  assert.ok(seen.some((each) => each.name === '演示电子厂' && each.id === first.id), JSON.stringify(seen));
  assert.ok(seen.some((each) => each.field === 'phone' && /register/.test(each.detail)), JSON.stringify(seen));
  assert.deepEqual([await figure('staff_files'), await figure('people_employed')], [2, 1]);
});
