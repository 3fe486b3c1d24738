// A firm's own sheet as it is: its headings are understood, what it lacks is set, what nobody knows is asked about, and nothing private comes back.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { engine, run_muster } from '../harness.mjs';
import { person, start_with_people } from '../people.mjs';
import { csv, send_sheet, sheet_text, xlsx } from '../sheets.mjs';

let muster, admin, officer, town, plant, mill, boss, other;
before(async () => {
  ({ muster, admin } = await start_with_people({ MUSTER_NOW: '2020-03-05T02:00:00Z' }));
  const county = await admin.post('/api/v1/areas', { code: '431302', name: '娄星区', level: 3 });
  town = await admin.post('/api/v1/areas', { code: '431302001', name: '乐坪街道', level: 4, parent: county.id });
  officer = await person(muster, admin, 'officer', 'officer', { area: county.id });
  plant = await officer.post('/api/v1/sites', { name: '演示电子厂', kind: 'enterprise', status: 'resumed', staff: 2, tier: 'key', area: town.id });
  mill = await officer.post('/api/v1/sites', { name: '演示纺织厂', kind: 'enterprise', status: 'resumed', staff: 3, area: town.id });
  boss = await person(muster, admin, 'boss', 'enterprise', { site: plant });
  other = await person(muster, admin, 'other', 'enterprise', { site: mill });
});
after(() => muster?.stop());

const fault = (answer, field, text) => assert.ok(answer.fields?.some((each) => each.field === field && text.test(each.detail)), JSON.stringify(answer));
const look = (client, plural, bytes, query = {}, options = {}) => client.post(`/api/v1/${plural}:import`, bytes, { query: { look: 1, ...query }, type: 'application/octet-stream', ...options });
const files = async (client, site) => (await client.get(`/api/v1/staff_files?limit=100&site=${site.id}&reveal=look`)).rows;

// 一员一档 as a firm keeps it: no column for the firm, whose site the page knows
const heading = ['姓名', '员工编号', '身份证', '性别', '部门', '岗位', '电话', '住址', '籍贯', '人群类型', '在岗状态', '预计返岗日期', '是否离开驻地', '离开时间', '所赴城市', '是否已返回', '目前所在城市', '返回时间', '出发地',
  '交通工具', '车次/航班', '1月1日后是否去过湖北', '是否经停', '是否接触湖北人员', '14日内接触武汉/湖北来人', '是否与确诊同乘', '是否接触病例/定点医院医务', '居住小区有无确诊', '同行家属及健康', '是否向居委会报到', '是否自我隔离', '预计解除日期', '体温', '填报时间'];
const lines = [
  ['演示甲', 'A1', '430102199001010032', '男', '一车间', '操作工', '13800000201', '演示路 1 号', '湖南娄底', '返岗', '', '', '是', '2020-01-20', '长沙', '是', '', '2020-03-01', '湖南长沙', '铁路', 'G6003', '否', '是', '否', '否', '否', '否', '无', '妻子，健康', '是', '否', '', 36.5, '2020-03-05'],
  ['演示乙', 'A2', '43010219900307753X', '女', '二车间', '装配', '13800000202', '演示路 2 号', '湖北武汉', '返岗', '', '2020-03-20', '是', '2020-01-18', '武汉', '否', '武汉', '', '湖北武汉', '自驾', '', '是', '否', '是', '否', '是', '否', '无', '', '否', '否', '2020-04-03', '', ''],
  ['演示丙', 'A3', '', '男', '二车间', '装配', '13800000203', '', '', '本地', '居家办公', '', '否', '', '', '', '', '', '', '', '', '否', '否', '否', '否', '否', '否', '无', '', '', '是', '', '', ''],
];

test('the 34 columns of a firm\'s staff list come in as they are, with the site that the page knows', async () => {
  const sheet = xlsx([heading, ...lines]);
  assert.equal(heading.length, 34);
  const seen = await look(boss, 'staff_files', sheet);
  assert.deepEqual(seen.missing, ['site']);
  assert.deepEqual(seen.columns.filter((one) => one.ignored).map((one) => [one.column, one.values]), [['体温', ['36.5']], ['填报时间', ['2020-03-05']]]);
  assert.ok(!JSON.stringify(seen).includes('13800000201'), 'first values only of what is left out');
  const refused = await boss.post('/api/v1/staff_files:import', sheet, { type: 'application/octet-stream', expect: 422 });
  fault(refused, 'site', /missing/);
  const set = `site=${plant.id}`;
  const preview = await send_sheet(boss, 'staff_files', sheet, { preview: 1, set });
  assert.deepEqual([preview.result.good, preview.result.bad, preview.result.set], [3, 0, [{ field: 'site', value: plant.id, name: '演示电子厂' }]], JSON.stringify(preview.result.errors));
  assert.equal((await send_sheet(boss, 'staff_files', sheet, { set })).result.made, 3);
  const [one, two, three] = (await files(boss, plant)).sort((a, b) => (a.number < b.number ? -1 : 1));
  const of = (row, names) => names.split(' ').map((name) => row[name]);
  assert.deepEqual(of(one, 'name sex phone address native category away left_on went_to back_day back_by back_no key_area contact family reported idno'),
    ['演示甲', 'male', '13800000201', '演示路 1 号', '湖南娄底', '返岗', true, '2020-01-20', '长沙', '2020-03-01', 'rail', 'G6003', true, 'none', '妻子，健康', true, '430102199001010032']);
  assert.deepEqual(of(two, 'sex state back_day city_now key_area contact isolate_until'), ['female', 'expected', '2020-03-20', '武汉', true, 'travel', '2020-04-03'], 'a yes names the contact, the heavier first; a no to "is back" the state');
  assert.deepEqual(of(three, 'state key_area contact'), ['remote', false, 'none'], 'what is said in words comes before a question');
  const again = await send_sheet(boss, 'staff_files', sheet, { set });
  assert.deepEqual([again.result.same, again.result.made], [3, 0], 'the same file once more makes nobody twice');
  const there = await send_sheet(other, 'staff_files', sheet, { set: `site=${mill.id}` });
  assert.equal(there.result.made, 3, 'the same file for another firm is another import');
});

test('what is set is held to the reader\'s reach and to the field, and is never private', async () => {
  const sheet = csv([['姓名', '电话'], ['演示丁', '13800000204']]);
  const wrong = async (set, field, text, client = boss) => fault(await look(client, 'staff_files', sheet, { set }, { expect: 422 }), field, text);
  await wrong(`site=${mill.id}`, 'site', /nothing that is there/);
  await wrong('site=没有的厂', 'site', /nothing that is there/);
  await wrong('kind=rocket', 'kind', /./);
  await wrong('phone=13800000204', 'set', /private/);
  await wrong('lacks=x', 'set', /no field/);
  await wrong('nothing=x', 'set', /no field/);
  await wrong('kind=regular;kind=casual', 'set', /twice/);
  await boss.post('/api/v1/staff_files:import', sheet, { query: { set: `site=${mill.id}` }, type: 'text/csv', expect: 422 });
  const done = await send_sheet(boss, 'staff_files', sheet, { set: `site=${plant.id};kind=agency` });
  assert.equal(done.result.made, 1);
  assert.equal((await files(boss, plant)).find((row) => row.name === '演示丁').kind, 'agency');
  const named = csv([['单位', '姓名', '部门'], ['演示纺织厂', '演示戊', '']]);
  const kept = await send_sheet(officer, 'staff_files', named, { set: `site=${plant.id};dept=总务` });
  assert.equal(kept.result.made, 1, JSON.stringify(kept.result));
  const row = (await files(officer, mill)).find((each) => each.name === '演示戊');
  assert.deepEqual([row.site, row.dept], [mill.id, null], 'a column of the file counts, also where its cell is empty');
});

test('a column that nothing is known of is shown with its first values; what is chosen for it is used', async () => {
  const sheet = csv([['姓名', '手机', '备用一', '工作单位电话', '说了什么'], ['演示己', '', '13800000205', '0738-8300000', '甲'], ['演示庚', '13800000206', '', '', '']]);
  const set = `site=${plant.id}`;
  const seen = await look(boss, 'staff_files', sheet, { set });
  assert.deepEqual(seen.columns.map((one) => [one.field, one.ignored, one.values]), [['name', false, undefined], ['phone', false, undefined], [null, true, ['13800000205']], [null, true, ['0738-8300000']], [null, true, ['甲']]]);
  assert.deepEqual(seen.missing, []);
  const chosen = await look(boss, 'staff_files', sheet, { set, as: '3=phone;说了什么=note' });
  assert.deepEqual(chosen.columns.map((one) => one.field), ['name', 'phone', 'phone', null, 'note']);
  const done = await send_sheet(boss, 'staff_files', sheet, { set, as: '3=phone;5=note' });
  assert.equal(done.result.made, 2, JSON.stringify(done.result));
  const rows = await files(boss, plant);
  assert.deepEqual(['演示己', '演示庚'].map((name) => rows.find((row) => row.name === name)).map((row) => [row.phone, row.note]), [['13800000205', '甲'], ['13800000206', null]], 'of two columns of one field the one that holds something');
  const without = await send_sheet(boss, 'staff_files', csv([['姓名', '部门'], ['演示辛', '三车间']]), { set, as: '2=' });
  assert.equal(without.result.made, 1);
  assert.equal((await files(boss, plant)).find((row) => row.name === '演示辛').dept ?? null, null, 'left out by choice');
  fault(await look(boss, 'staff_files', sheet, { set, as: '9=phone' }, { expect: 422 }), 'as', /no column/);
  fault(await look(boss, 'staff_files', sheet, { set, as: '3=complete' }, { expect: 422 }), 'as', /no field/);
  const twice = await boss.post('/api/v1/staff_files:import', sheet, { query: { set, as: '3=note;4=note' }, type: 'text/csv', expect: 422 });
  fault(twice, 'file', /twice/);
});

test('headings of firms\' lists: brackets, spaces and case do not matter, and those of the register of firms are known', async () => {
  const sheet = csv([['企业名称【必填】', ' 场所 类型 ', '所在地区：', 'USCC', '员工总人数（人）', '法人', '联系方式(手机)', '24小时 值班电话', '是否已复工', 'LEGAL'], ['演示新厂', '企业', '431302001', '91350100M000100Y43', '1,200', '演示法', '13800000207', '0738-8300001', '是', '']]);
  const done = await send_sheet(officer, 'sites', sheet, {});
  assert.equal(done.result.made, 1, JSON.stringify(done.result));
  const [row] = (await officer.get('/api/v1/sites', { query: { q: '演示新厂', reveal: 'look' } })).rows;
  assert.deepEqual([row.uscc, row.staff, row.legal, row.phone, row.duty_phone, row.status], ['91350100M000100Y43', 1200, '演示法', '13800000207', '0738-8300001', 'resumed']);
});

test('nothing private of a file comes back: not in errors, not in what the store keeps of the job', async () => {
  const marks = { name: '超长'.repeat(30), phone: 'MARKPHONE1', idno: 'MARKIDNO12', papers: 'MARKPAPER'.repeat(8), native: 'MARKNATIVE'.repeat(9), address: 'MARKADDRESS'.repeat(30), contact: 'MARKCONTACT', family: 'MARKFAMILY'.repeat(60), 不知: 'MARKUNKNOWN' };
  const sheet = csv([[...Object.keys(marks)], [...Object.values(marks)], ['演示壬', '13800000208', '430102199001010033', '', '', '', '', '', 'MARKUNKNOWN']]);
  for (const query of [{ preview: 1 }, {}, { mode: 'good' }]) {
    const job = await send_sheet(boss, 'staff_files', sheet, { set: `site=${plant.id}`, ...query });
    assert.equal(job.result.bad, 2, JSON.stringify(job.result));
    assert.equal(new Set(job.result.errors.filter((one) => one.row === 2).map((one) => one.field)).size, 8, JSON.stringify(job.result.errors));
    assert.doesNotMatch(JSON.stringify(job), /MARK|超长|430102199001010033|13800000208/);
  }
  const mended = await send_sheet(boss, 'staff_files', sheet, { set: `site=${plant.id}`, mode: 'good' });
  assert.match(sheet_text(await boss.get(mended.result.error_file)), /MARKUNKNOWN/, 'the sheet of bad rows holds them, sealed and for its owner');
  await other.get(mended.result.error_file, { expect: 404 });
});

if (engine === 'sqlite')
  test('the shell sets and chooses, too', () => {
    const file = join(muster.dir, 'shell.csv');
    writeFileSync(file, csv([['姓名', '备用'], ['演示癸', '四车间']]));
    const args = ['import', 'staff', file, '--store', muster.store];
    assert.match(run_muster([...args, '--preview'], { expect: 2 }).err, /Site|企业/);
    const out = run_muster([...args, `--set=site=${plant.id}`, '--as=备用=dept']).out;
    assert.match(out, /1 made|新增 1/);
  });
