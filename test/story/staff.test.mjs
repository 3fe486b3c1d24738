// Staff files: a firm's workers come in by a sheet or one by one, with the person behind them found or made; what lacks, who works at two firms, who moves on,
// who is isolated, and that no other firm sees any of it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { engine } from '../harness.mjs';
import { at, jobs, person, recount, start_with_people } from '../people.mjs';
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

test('3,000 workers come in by a sheet with Chinese headings within seconds; bad rows stand alone, likely duplicates are told', async () => {
  // a database on a busy machine of tests takes its time: there the story is the same, and shorter
  const many = engine === 'sqlite' ? 3000 : 400;
  const big = await officer.post('/api/v1/sites', { name: '演示装备厂', kind: 'enterprise', status: 'resumed', staff: 3000, tier: 'key', area: town.id });
  const firm = await person(muster, admin, 'firm', 'enterprise', { site: big });
  const heading = ['企业（场所）', '姓名', '联系电话', '身份证号', '员工编号', '部门', '岗位', '用工类别', '居住方式', '是否离开驻地', '离开日期', '返岗出发地', '返回日期', '交通方式', '车次/航班/车牌', '到过或途经重点地区', '接触情况', '备用列'];
  const line = (n) => ['演示装备厂', `演示工${n}`, `137${String(10000000 + n)}`, idno(5000 + n), `E${n}`, `${n % 7}车间`, '装配', '正式职工', n % 3 ? '居家' : '企业宿舍', n % 5 ? '否' : '是', n % 5 ? '' : '2020-01-20', n % 5 ? '' : '湖南长沙', n % 5 ? '' : '2020-03-08', n % 5 ? '' : '铁路', n % 5 ? '' : 'G6003', '否', '无', 'x'];
  const sheet = Array.from({ length: many }, (_, n) => line(n));
  sheet[10][3] = '431302199001011111'; // its last digit is wrong
  sheet[20][1] = '';
  sheet[30][13] = '火箭';
  sheet[40][0] = '没有的厂';
  sheet[50][3] = sheet[49][3];
  sheet[60][3] = '';
  sheet[60][2] = sheet[59][2];
  const file = xlsx([heading, ...sheet]);
  const preview = await send_sheet(firm, 'staff_files', file, { preview: 1 });
  assert.deepEqual([preview.result.good, preview.result.bad], [many - 4, 4], JSON.stringify(preview.result.errors));
  assert.deepEqual(preview.result.errors.map((each) => [each.row, each.column]), [[12, '身份证号'], [22, '姓名'], [32, '交通方式'], [42, '企业（场所）']]);
  assert.deepEqual(preview.result.duplicates.map((each) => [each.row, /row 51|row 61/.test(each.detail)]), [[52, true], [62, true]]);
  assert.equal((await rows(firm)).length, 0, 'a preview writes nothing');
  assert.equal((await officer.get(`/api/v1/people?q=${idno(5000)}`)).rows.length, 0);
  const began = Date.now();
  const done = await send_sheet(firm, 'staff_files', file, { mode: 'good' });
  // the twin of row 51 is on file by the time its line comes
  assert.deepEqual([done.result.made, done.result.bad], [many - 5, 5], JSON.stringify(done.result.errors));
  assert.ok(Date.now() - began < 60_000);
  assert.match(sheet_text(await firm.get(done.result.error_file)), /火箭/);
  assert.deepEqual([(await rows(firm, `&q=演示工${many - 1}`)).length, (await rows(boss)).length], [1, 1]);
  const out = await firm.get('/api/v1/staff_files.xlsx', { query: { q: idno(5001), reveal: '核对名册' } });
  assert.match(sheet_text(out), new RegExp(idno(5001)));
  const again = await send_sheet(firm, 'staff_files', out, { preview: 1 });
  assert.deepEqual([again.result.good, again.result.same, again.result.bad], [1, 1, 0], 'what was exported comes back');
  assert.doesNotMatch(sheet_text(await firm.get('/api/v1/staff_files.xlsx', { query: { q: idno(5001) } })), new RegExp(idno(5001)), 'masked without a reason');
  const sums = await firm.get(`/api/v1/staff/sums?site=${big.id}`);
  assert.deepEqual([sums.files, sums.staff, sums.files - sums.complete, sums.lacks], [many - 5, 3000, 1, [{ field: 'idno', count: 1 }]]);
  assert.deepEqual(sums.back.filter((each) => each.day === '2020-03-08').map((each) => each.back_by), ['rail']);
});

test('what lacks is named, filled in one change, and counted for the firm; another setting asks for more', async () => {
  const thin = await boss.post('/api/v1/staff_files', { site: plant.id, name: '演示工三', phone: '13800000103', away: true });
  assert.deepEqual([thin.complete, thin.lacks], [false, 'idno,job,dwelling,from_place,back_day,back_by,contact']);
  assert.deepEqual((await rows(boss, '&lacking=1')).map((each) => each.id), [thin.id]);
  assert.equal(await figure('firms_files_complete'), 0);
  const full = await boss.patch(`/api/v1/staff_files/${thin.id}`, { papers: 'E12345678', job: '质检', dwelling: 'dorm', from_place: '贵州遵义', back_day: '2020-03-04', back_by: 'coach', contact: 'none' }, { version: thin.version });
  assert.deepEqual([full.complete, full.complete_since], [true, '2020-03-05']);
  assert.deepEqual([await figure('firms_files_complete'), await figure('firms_files_complete', county, '2020-03-04')], [1, 0]);
  const rate = (await officer.get(`/api/v1/indicators?area=${county.id}`)).rows[0].indicators.firms_complete;
  assert.deepEqual([rate.over, rate.under], [1, 3], JSON.stringify(rate));
  await officer.post(`/api/v1/sites/${plant.id}/tell`, { staff: 3 });
  assert.equal(await figure('firms_files_complete'), 0, 'three work there, two have files');
  await officer.post(`/api/v1/sites/${plant.id}/tell`, { staff: 2 });
  assert.equal(await figure('firms_files_complete'), 1);
  const opened = (await officer.get(`/api/v1/tallies/rows?measure=firms_files_lacking&area=${county.id}`)).rows;
  assert.deepEqual(opened.map((each) => each.name ?? each.row?.name).sort(), ['演示纺织厂', '演示装备厂'].sort());
  const setting = (await admin.get('/api/v1/setting_values?limit=500')).rows.find((each) => each.name === 'staff_needed');
  await admin.patch(`/api/v1/setting_values/${setting.id}`, { value: `${setting.value},number` }, { version: setting.version });
  await jobs(muster, '2020-03-05T02:10:00Z');
  assert.equal((await boss.get(`/api/v1/staff_files/${thin.id}`)).lacks, 'number');
  assert.equal(await figure('firms_files_complete'), 0);
  const now = (await admin.get('/api/v1/setting_values?limit=500')).rows.find((each) => each.name === 'staff_needed');
  await admin.patch(`/api/v1/setting_values/${now.id}`, { value: null }, { version: now.version });
  await jobs(muster, '2020-03-05T02:20:00Z');
  assert.equal(await figure('firms_files_complete'), 1);
});

test('whoever comes from a key area is proposed for isolation; released on their day, not before', async () => {
  const file = await boss.post('/api/v1/staff_files', { site: plant.id, name: '演示工四', away: true, from_place: '湖北荆州', back_day: '2020-03-03', back_by: 'car', key_area: true });
  assert.deepEqual([file.state, file.isolate_until], ['isolating', '2020-03-17']);
  const said = await boss.post('/api/v1/staff_files', { site: plant.id, name: '演示工五', key_area: true, key_left: '2020-03-01', state: 'on_duty' });
  assert.deepEqual([said.state, said.isolate_until], ['on_duty', '2020-03-15']);
  assert.ok(said.warnings.some((each) => each.field === 'state' && /key area/.test(each.detail)));
  const long_ago = await boss.post('/api/v1/staff_files', { site: plant.id, name: '演示工六', key_area: true, back_day: '2020-02-10' });
  assert.equal(long_ago.state, 'on_duty');
  assert.match((await step(boss, file, 'release', {}, { expect: 409 })).detail, /not ended/);
  assert.deepEqual(await rows(boss, '&release=1'), []);
  const coming = await boss.post('/api/v1/staff_files', { site: plant.id, name: '演示工七', away: true, back_day: '2020-03-10', back_by: 'rail' });
  assert.equal(coming.state, 'expected');
  const sums = await boss.get(`/api/v1/staff/sums?site=${plant.id}`);
  assert.deepEqual([sums.isolating, sums.back], [1, [{ back_by: 'rail', day: '2020-03-10', count: 1 }]]);
  assert.deepEqual((await rows(boss, '&returning=1')).map((each) => each.id), [coming.id]);
  const sooner = await boss.patch(`/api/v1/staff_files/${file.id}`, { isolate_until: '2020-03-06' }, { version: file.version });
  assert.deepEqual((await rows(liaison, '&release=1')).map((each) => each.id), [file.id]);
  assert.equal((await boss.get('/api/v1/waiting')).rows.find((each) => each.kind === 'staff_release').count, 1);
  const free = await step(boss, sooner, 'release');
  assert.deepEqual([free.state, free.released_on], ['on_duty', '2020-03-05']);
});

test('two points, one line: the neighbourhood is told once a day and sees who lives there, and no more', async () => {
  const street = await admin.post('/api/v1/areas', { code: '431302002', name: '花山街道', level: 4, parent: county.id });
  const village = await admin.post('/api/v1/areas', { code: '431302002001', name: '花山社区居委会', level: 5, parent: street.id });
  const keeper = await person(muster, admin, 'keeper', 'officer', { area: street.id });
  const enter = (name, more) => boss.post('/api/v1/staff_files', { site: plant.id, name, dwelling: 'home', lives_in: '花山街道/花山社区', bound: true, ...more });
  const one = await enter('演示工八', { estate: '锦绣苑' });
  await enter('演示工九');
  assert.equal(one.home_area, village.id);
  const bound = (await keeper.get('/api/v1/bindings?now=1')).rows;
  assert.deepEqual(bound.map((each) => [each.plant, each.dwelling, each.area]), [['演示电子厂', 'home', village.id], ['演示电子厂', 'home', village.id]]);
  assert.ok(bound.every((each) => each.names.person === '演**' && each.names.site === undefined));
  assert.deepEqual([(await told(keeper)).filter((each) => each === 'binding_made').length, await figure('people_bound', street)], [1, 2]);
  await keeper.get(`/api/v1/staff_files/${one.id}`, { expect: 404 });
  await keeper.post('/api/v1/bindings', { staff: one.id, site: plant.id, person: one.person, area: village.id, plant: 'x', begins: '2020-03-05' }, { expect: [409, 422] });
  const lost = await enter('演示工十', { lives_in: '没有的社区' });
  assert.ok(lost.warnings.some((each) => each.field === 'lives_in'));
  await boss.patch(`/api/v1/staff_files/${one.id}`, { bound: false }, { version: one.version });
  assert.equal(await figure('people_bound', street), 1);
  assert.equal((await boss.get(`/api/v1/staff/villages?site=${plant.id}`)).rows[0].name, '花山街道/花山社区居委会');
});

test('somebody moves to another firm from a day on, or leaves with a reason; both sides know', async () => {
  const file = await boss.post('/api/v1/staff_files', { site: plant.id, name: '演示工十一', phone: '13800000111', idno: idno(11), number: 'P11', ...whole });
  fault(await step(boss, file, 'transfer', { to_code: '91512081MA62K0260E', moves_on: '2020-03-09' }, { expect: 422 }), 'to_code', /no firm/);
  fault(await step(boss, file, 'transfer', { to_site: mill.id, moves_on: '2020-03-09' }, { expect: 422 }), 'to_site', /no firm/);
  const gone = await step(boss, file, 'transfer', { to_code: '91350100M000100Y43', moves_on: '2020-03-09', reason: '用工调剂' });
  assert.deepEqual([gone.ends, gone.state, gone.reason], ['2020-03-08', 'on_duty', '用工调剂']);
  const [there] = (await rows(other)).filter((each) => each.begins === '2020-03-09');
  assert.deepEqual([there.person, there.number, there.job, there.state, there.moved_from], [file.person, null, null, 'on_duty', file.id]);
  assert.equal((await clear(other, there.id)).phone, '13800000111');
  assert.ok((await told(other)).includes('staff_moved_in'));
  await other.get(`/api/v1/staff_files/${file.id}`, { expect: 404 });
  assert.deepEqual([await figure('people_employed', county, '2020-03-08'), await figure('people_employed', county, '2020-03-09')].map((each, _, all) => each - all[0]), [0, 0]);
  // to where somebody works already no second file goes
  await step(boss, await boss.get(`/api/v1/staff_files/${first.id}`), 'transfer', { to_code: '91350100M000100Y43', moves_on: '2020-03-20' });
  assert.equal((await rows(other)).filter((each) => each.person === first.person).length, 1);
  const second = await boss.post('/api/v1/staff_files', { site: plant.id, name: '演示工十二' });
  fault(await step(boss, second, 'leave', { ends: '2020-03-05' }, { expect: 422 }), 'reason', /./);
  fault(await boss.patch(`/api/v1/staff_files/${second.id}`, { state: 'left' }, { version: second.version, expect: 422 }), 'ends', /last day/);
  await step(boss, second, 'leave', { ends: '2020-03-05', reason: '合同到期' });
  await at(muster, '2020-03-06T02:00:00Z');
  await jobs(muster, '2020-03-06T02:00:00Z');
  const left = await boss.get(`/api/v1/staff_files/${second.id}`);
  assert.deepEqual([left.state, left.may.steps], ['left', []]);
  assert.ok(!(await rows(boss, '&here=1')).some((each) => each.id === second.id));
  assert.match(recount(muster), /\b0 differ/);
});

test('gates: who came in, what was turned away, rounds of disinfection, who stood there; the ledgers are sheets', async () => {
  const enter = (body, options) => boss.post('/api/v1/gate_entries', { site: plant.id, ...body }, options);
  const visitor = await enter({ kind: 'visitor', gate: '东门', who: '演示访客', phone: '13800000201', from_place: '娄底', temperature: 366, purpose: '送检' });
  assert.deepEqual([visitor.passed, visitor.people, visitor.by, visitor.who], ['passed', 1, 'boss', '演**']);
  await enter({ kind: 'vehicle', gate: '东门', plate: '湘K12345', purpose: '送货' });
  await enter({ kind: 'visitor', gate: '东门', who: '演示客', temperature: 378, passed: 'turned_away', reason: '发热' });
  await enter({ kind: 'round', gate: '一车间', agent: '84 消毒液 5 升' });
  fault(await enter({ kind: 'vehicle' }, { expect: 422 }), 'plate', /must/);
  fault(await enter({ kind: 'visitor', who: '演示客', passed: 'turned_away' }, { expect: 422 }), 'reason', /must/);
  const hot = await enter({ kind: 'visitor', who: '演示客二', temperature: 373 });
  assert.ok(hot.warnings.some((each) => /37\.3/.test(each.detail)));
  assert.equal((await boss.get('/api/v1/gate_entries?inside=1')).rows.length, 3);
  assert.ok((await boss.post(`/api/v1/gate_entries/${visitor.id}/out`)).out_at);
  assert.equal((await boss.get('/api/v1/gate_entries?inside=1')).rows.length, 2);
  const day = '2020-03-06';
  assert.deepEqual([await figure('gate_visitors', county, day), await figure('gate_vehicles', county, day), await figure('gate_turned_away', county, day), await figure('gate_rounds', county, day)], [2, 1, 1, 1]);
  // the sums of the firm's own day are those of its area, where it is the only firm, and each opens its rows, however many there are
  const sums = (client, more = '', options = {}) => client.get(`/api/v1/sites/${plant.id}/gate${more}`, options);
  for (let n = 0; n < 60; n++) await enter({ kind: 'goods', purpose: `第 ${n + 1} 车` });
  const { id: party } = await enter({ kind: 'visitor', people: 12, purpose: '参观' });
  assert.deepEqual(await sums(boss), { day, visitor: 14, vehicle: 1, goods: 60, round: 1, turned_away: 1 });
  assert.equal(await figure('gate_visitors', county, day), 14);
  const behind = async (query) => (await boss.get(`/api/v1/gate_entries?site=${plant.id}&today=1&limit=200&${query}`)).rows;
  assert.equal((await behind('kind=visitor&passed=passed')).reduce((sum, each) => sum + each.people, 0), 14);
  assert.equal((await behind('kind=goods&passed=passed')).length, 60);
  await boss.del(`/api/v1/gate_entries/${party}`, { reason: '重复登记' });
  assert.equal((await sums(liaison, `?day=${day}`)).visitor, 2);
  assert.deepEqual(Object.values(await sums(boss, '?day=2020-03-05')).slice(1), [0, 0, 0, 0, 0]);
  await sums(other, '', { expect: 404 });
  const watch = await boss.post('/api/v1/gate_watches', { site: plant.id, gate: '东门', who: '演示门卫' });
  await boss.post(`/api/v1/gate_watches/${watch.id}/end`, { note: '无异常' });
  const ledger = sheet_text(await liaison.get('/api/v1/gate_entries.xlsx?kind=round&columns=day,gate,agent,by'));
  assert.ok(/消毒液/.test(ledger) && !/湘K12345/.test(ledger));
  assert.deepEqual((await other.get('/api/v1/gate_entries')).rows, []);
});

test('isolation rooms by headcount: 499, 500, 10,000 and more', async () => {
  const sums = async (staff) => {
    await officer.post(`/api/v1/sites/${mill.id}/tell`, { staff });
    return (await other.get(`/api/v1/staff/sums?site=${mill.id}`)).rooms_needed;
  };
  assert.deepEqual([await sums(499), await sums(501), await sums(10001), await sums(500)], [0, 6, 100, 5]);
  const told_rooms = await other.post(`/api/v1/sites/${mill.id}/tell`, { rooms: 3 });
  assert.ok(told_rooms.warnings.some((each) => each.field === 'rooms' && /5 .* 3/.test(each.detail)), JSON.stringify(told_rooms.warnings));
  // the plant of 3,000 has told of none
  assert.deepEqual([await figure('rooms_needed', county, '2020-03-06'), await figure('rooms_lacking', county, '2020-03-06')], [35, 32]);
});

test('a test of all on duty is told in one action; a positive one goes up at once', async () => {
  const files = await rows(boss, '&here=1&state=on_duty');
  const batch = await boss.post('/api/v1/test_batches', { site: plant.id, kind: 'pcr', people: files.length, lab: '演示检验所' });
  const tell = (client, body, options) => client.post(`/api/v1/test_batches/${batch.id}/results`, body, options);
  await tell(other, { result: 'negative' }, { expect: 404 });
  fault(await tell(boss, { named: [{ staff: batch.id, result: 'negative' }] }, { expect: 422 }), 'named', /no file/);
  const wrong = await tell(boss, { named: [{ staff: files[0].id, result: 'negative' }, { staff: batch.id, result: 'negative' }] }, { expect: 422 });
  assert.deepEqual(wrong.fields.map((one) => [one.field, one.row]), [['named', 1]], 'whose result it is, is said by its place');
  const waits = await tell(boss, { result: 'negative', named: [{ staff: files[0].id, result: 'pending' }] });
  assert.deepEqual([waits.state, waits.negative, waits.pending, waits.missing], ['sampled', files.length - 1, 1, 0]);
  const done = await tell(boss, { named: [{ staff: files[0].id, result: 'positive' }] });
  assert.deepEqual([done.state, done.negative, done.positive, done.pending], ['done', files.length - 1, 1, 0]);
  assert.deepEqual((await tell(boss, { named: [{ staff: files[0].id, result: 'positive' }] })).positive, 1, 'said again, it is one');
  const [news] = (await officer.get('/api/v1/reports?open=1&kind=suspected_case')).rows;
  assert.deepEqual([news.id, news.kind, news.people], [done.report, 'suspected_case', 1]);
  assert.ok((await told(officer)).includes('report_first'));
  const [health] = (await officer.get(`/api/v1/health_records?person=${files[0].person}&reveal=${encodeURIComponent('核查')}`)).rows;
  assert.deepEqual([health.result, health.day], ['positive', '2020-03-06']);
  const few = await boss.post('/api/v1/test_batches', { site: plant.id, kind: 'antigen', people: 1 });
  fault(await boss.post(`/api/v1/test_batches/${few.id}/results`, { result: 'negative' }, { expect: 422 }), 'result', /name who/);
  assert.match(recount(muster), /\b0 differ/);
});

test('nothing of who they are is in the log or in a list without a reason', async () => {
  const text = JSON.stringify(await rows(officer)) + muster.log();
  for (const one of ['演示工一', '13800000101', idno(1), idno(5001), '演示访客']) assert.ok(!text.includes(one), one);
  const seen = await clear(boss, first.id);
  assert.deepEqual([seen.name, seen.idno], ['演示工一', idno(1)]);
  assert.ok((await officer.get(`/api/v1/staff_files/${first.id}/history`, { expect: [200, 403] })));
});
