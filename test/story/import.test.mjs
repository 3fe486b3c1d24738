// Import of sheets: what is understood, what is refused, and that nothing is done by halves.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { password, run_muster, start_muster, uuid7 } from '../harness.mjs';
import { csv, send_sheet, sheet_text, xlsx, zip } from '../sheets.mjs';

let muster, admin, officer;
const areas = {};

before(async () => {
  muster = await start_muster({ env: { MUSTER_NOW: '2020-03-05T02:00:00Z' } });
  admin = await muster.client('admin');
  const area = async (name, code, level, parent, as = name) =>
    (areas[as] = (await admin.post('/api/v1/areas', { id: uuid7(), name, code, level, ...(parent && { parent: areas[parent] }) })).id);
  await area('湖南省', '43', 1);
  await area('娄底市', '4313', 2, '湖南省');
  await area('娄星区', '431302', 3, '娄底市');
  await area('乐坪街道', '431302001', 4, '娄星区');
  await area('花山街道', '431302002', 4, '娄星区');
  await area('双峰县', '431321', 3, '娄底市');
  await area('花山街道', '431321002', 4, '双峰县', '双峰花山');
  await area('永丰街道', '431321001', 4, '双峰县');
});
after(() => muster?.stop());

const send = (bytes, query, options) => send_sheet(admin, 'sites', bytes, query, options);
const count = async (query = {}) => (await admin.get('/api/v1/sites', { query: { limit: 1000, ...query } })).rows.length;
const labels = ['名称', '类型', '所属区划', '职工人数', '联系人', '联系电话'];
const named = async (name) => (await admin.get('/api/v1/sites', { query: { q: name } })).rows.filter((row) => row.name === name);

test('columns by Chinese label, full-width brackets and units, areas by code or unambiguous name', async () => {
  const rows = [
    ['演示名册'],
    ['名 称', '类型*', '所属区划', '职工人数（人）', '年营业收入', '行业代码(GB/T 4754)', '备注', '没有的列'],
    ['演示甲一厂', '企业', '431302001', 120, 30000000.5, 'C39', '甲', 'x'],
    ['演示甲二厂', 'enterprise', '乐坪街道', '1,200', '', '', '', ''],
    ['演示甲三店', '门店', '娄星区/花山街道', 3],
    ['演示甲四店', '门店', '431302001000', 3],
  ];
  const preview = await send(xlsx(rows), { preview: 1 });
  assert.equal(preview.state, 'done');
  assert.deepEqual([preview.result.good, preview.result.bad], [4, 0], JSON.stringify(preview.result));
  assert.deepEqual(preview.result.columns.find((one) => one.column === '没有的列'), { column: '没有的列', field: null, ignored: true });
  assert.equal(await count(), 0, 'a preview writes nothing');
  const done = await send(xlsx(rows));
  assert.deepEqual([done.state, done.result.good, done.result.made, done.written], ['done', 4, 4, 4]);
  const [one] = await named('演示甲一厂');
  assert.deepEqual([one.area, one.staff, one.revenue, one.size, one.since], [areas['乐坪街道'], 120, 3000000050, 'small', '2020-03-05']);
  assert.equal((await named('演示甲二厂'))[0].staff, 1200);
  assert.equal((await named('演示甲三店'))[0].area, areas['花山街道']);
  assert.equal((await named('演示甲四店'))[0].area, areas['乐坪街道']);
});

test('the same file twice makes no second rows, and leaves what became of the first', async () => {
  const file = csv([['name', 'kind', 'area', 'staff'], ['演示乙厂', 'enterprise', '431302001', '10'], ['演示乙店', 'shop', '431302001', '2']]);
  await send(file);
  const [row] = await named('演示乙厂');
  await admin.patch(`/api/v1/sites/${row.id}`, { staff: 12 }, { version: row.version });
  const again = await send(file);
  assert.deepEqual([again.state, again.result.same, again.result.made, again.result.written], ['done', 2, 0, 0]);
  assert.equal((await named('演示乙厂')).length, 1);
  assert.equal((await named('演示乙厂'))[0].staff, 12);
});

test('all or nothing, or the good rows with a file of the others to mend and send again', async () => {
  const rows = [['名称', '类型', '所属区划', '职工人数'], ['演示丙一', '企业', '431302001', 5], ['演示丙二', '企业', '999999', 5], ['', '企业', '431302001', 5], ['演示丙四', '飞船', '431302001', -1], ['演示丙五', '企业', '花山街道', 5]];
  const before = await count();
  const all = await send(xlsx(rows));
  assert.deepEqual([all.state, all.result.good, all.result.bad, all.result.written], ['done', 1, 4, 0]);
  assert.equal(await count(), before);
  assert.deepEqual(all.result.errors.map((one) => [one.row, one.field]), [[3, 'area'], [4, 'name'], [5, 'kind'], [5, 'staff'], [6, 'area']]);
  assert.equal(all.result.errors[0].column, '所属区划');
  assert.match(all.result.errors[4].detail, /several/);
  const good = await send(xlsx(rows), { mode: 'good' });
  assert.deepEqual([good.state, good.result.made, good.result.bad], ['done', 1, 4]);
  assert.equal(await count(), before + 1);
  const errors = await admin.get(good.result.error_file);
  const sheet = sheet_text(errors);
  assert.match(sheet, /错误\/Errors/);
  assert.match(sheet, /演示丙二/);
  assert.doesNotMatch(sheet, /演示丙一/);
  const resent = await send(errors, { preview: 1 });
  assert.deepEqual([resent.result.good, resent.result.bad], [0, 4], 'the error file is understood as it is');
  const stranger = await muster.client();
  await stranger.get(good.result.error_file, { expect: 401 });
});

test('a row with an id changes that row, and only what differs; dated fields from their day on', async () => {
  const [row] = await named('演示甲一厂');
  const file = csv([['id', '职工人数', '备注', '生效日'], [row.id, '150', row.note, '2020-03-01']]);
  const done = await send(file);
  assert.deepEqual([done.result.changed, done.result.made], [1, 0], JSON.stringify(done));
  const now = await admin.get(`/api/v1/sites/${row.id}`);
  assert.deepEqual([now.version, now.staff, now.note, now.name], [2, 150, '甲', row.name]);
  assert.equal((await admin.get(`/api/v1/sites/${row.id}`, { query: { day: '2020-03-01' } })).staff, 150);
  const same = await send(csv([['id', '职工人数'], [row.id, '150']]));
  assert.deepEqual([same.result.same, same.result.changed], [1, 0]);
  const cleared = await send(csv([['id', '备注'], [row.id, '']]));
  assert.equal(cleared.result.changed, 1);
  assert.equal((await admin.get(`/api/v1/sites/${row.id}`)).note, null);
  const unknown = await send(csv([['id', '备注'], [uuid7(), 'x']]));
  assert.deepEqual(unknown.result.errors.map((one) => one.field).sort(), ['area', 'kind', 'name']);
});

test('likely duplicates are told: in the file and in the store', async () => {
  const result = (await send(csv([
    ['name', 'kind', 'area', 'uscc'],
    ['演示丁一', 'enterprise', '431302001', '91350100M000100Y43'],
    ['演示丁二', 'enterprise', '431302001', '91350100M000100Y43'],
    ['演示甲一厂', 'enterprise', '431302001', ''],
  ]), { preview: 1 })).result;
  assert.equal(result.bad, 0);
  assert.deepEqual(result.duplicates.map((one) => [one.row, one.name]), [[3, '演示丁二'], [4, '演示甲一厂']]);
  assert.match(result.duplicates[0].detail, /row 2/);
  assert.ok(result.duplicates[1].id);
});

test('a park and its firms in one file, in any order', async () => {
  const done = await send(csv([['name', 'kind', 'area', 'park'], ['演示园中厂', 'enterprise', '431302001', '演示新园'], ['演示新园', 'park', '431302001', '']]));
  assert.deepEqual([done.state, done.result.made], ['done', 2], JSON.stringify(done));
  assert.equal((await named('演示园中厂'))[0].park, (await named('演示新园'))[0].id);
  const wrong = await send(csv([['name', 'kind', 'area', 'park'], ['演示园外厂', 'enterprise', '431302001', '演示无此园']]));
  assert.deepEqual(wrong.result.errors.map((one) => [one.row, one.field]), [[2, 'park']]);
});

test('CSV of every kind: GB18030, a mark, semicolons; formulas stay texts', async () => {
  const gb = Buffer.concat([Buffer.from('name,kind,area\n'), Buffer.from([0xd1, 0xdd, 0xca, 0xbe, 0xce, 0xec]), Buffer.from(',enterprise,431302001\n')]);
  assert.equal((await send(gb)).result.made, 1);
  assert.equal((await named('演示戊')).length, 1);
  assert.equal((await send(Buffer.from('\ufeffname;kind;area;note\r\n演示己;enterprise;431302001;"=1+1"\r\n'))).result.made, 1);
  assert.equal((await named('演示己'))[0].note, '=1+1');
  const form = new FormData();
  form.append('file', new Blob(['name,kind,area\n演示庚,enterprise,431302001\n']), '名册.csv');
  assert.equal((await send_sheet(admin, 'sites', form, {}, { type: undefined })).result.made, 1);
});

test('broken, truncated and hostile files are refused with the place, and nothing is written', async () => {
  const before = await count();
  const whole = xlsx([labels, ...Array.from({ length: 300 }, (_, i) => [`演示辛${i}`, '企业', '431302001', i])]);
  const refuse = async (bytes, pattern, query) => {
    const answer = await admin.post('/api/v1/sites:import', bytes, { query, type: 'application/octet-stream', expect: [202, 422], whole: true });
    let problem = answer.body;
    if (answer.status === 202) {
      const { until } = await import('../harness.mjs');
      const job = await until(async () => ((await admin.get(`/api/v1/jobs/${answer.body.job}`)).state === 'running' ? null : admin.get(`/api/v1/jobs/${answer.body.job}`)), { ms: 30_000 });
      assert.equal(job.state, 'failed', JSON.stringify(job));
      assert.equal(job.written, 0);
      problem = job.problem;
    }
    assert.equal(problem.status, 422);
    assert.equal(problem.fields[0].field, 'file');
    assert.match(problem.detail, pattern);
  };
  await refuse(whole.subarray(0, whole.length - 200), /./);
  await refuse(whole.subarray(0, whole.length - 200), /./, { mode: 'good' });
  await refuse(zip({ 'a.txt': 'no sheet' }), /./);
  await refuse(Buffer.from('nothing here\nis known\n'), /column/i);
  await refuse(xlsx([['名称', '名称', '类型', '所属区划'], ['a', 'b', 'c', 'd']]), /twice/);
  const bomb = xlsx([], `<row r="1"><c r="A1" t="inlineStr"><is><t>名称</t></is></c><c r="B1" t="inlineStr"><is><t>类型</t></is></c><c r="C1" t="inlineStr"><is><t>所属区划</t></is></c></row>${' '.repeat(40 << 20)}`);
  await refuse(bomb, /./, { mode: 'good' });
  const doctype = zip({ '[Content_Types].xml': '<!DOCTYPE a [<!ENTITY b "c">]><Types/>', 'xl/workbook.xml': '<!DOCTYPE a []><workbook/>' });
  await refuse(doctype, /./);
  await refuse(Buffer.from('name,kind,area\n"演示壬,enterprise,431302001\n'), /./);
  await admin.post('/api/v1/sites:import', Buffer.alloc(0), { type: 'application/octet-stream', expect: 422 });
  assert.equal((await admin.post('/api/v1/sites:import', Buffer.alloc(65 << 20, 65), { type: 'application/octet-stream', expect: 413, whole: true })).status, 413);
  assert.equal(await count(), before);
});

test('a missing column is named; wrong types and lost digits are told by row', async () => {
  const missing = await admin.post('/api/v1/sites:import', csv([['名称', '职工人数'], ['a', 'b']]), { type: 'text/csv', expect: 422 });
  assert.deepEqual(missing.fields.map((one) => one.field).sort(), ['area', 'kind']);
  const wrong = await send(xlsx([['名称', '类型', '所属区划', '职工人数', '统一社会信用代码', '联系电话'], ['演示癸', '企业', '431302001', 'viele', 913501001234567890, 'kein']]));
  assert.deepEqual(wrong.result.errors.map((one) => one.field), ['uscc', 'staff', 'phone']);
  assert.ok(!JSON.stringify(wrong).includes('viele'), 'errors hold no values');
});

test('an area outside one\'s rights looks the same as none; a row out of reach is not there', async () => {
  officer = await client_of('officer1', 'officer', '431321');
  const sheet = (area) => csv([['name', 'kind', 'area'], ['演示越界', 'enterprise', area]]);
  const outside = await send_sheet(officer, 'sites', sheet('431302001'), {});
  const none = await send_sheet(officer, 'sites', sheet('431302999'), {});
  assert.deepEqual(outside.result.errors, none.result.errors);
  assert.equal((await send_sheet(officer, 'sites', sheet('花山街道'), { preview: 1 })).result.good, 1, 'a name is unambiguous within one\'s reach');
  const [row] = await named('演示甲一厂');
  const stolen = await send_sheet(officer, 'sites', csv([['id', 'staff'], [row.id, '1']]), {});
  assert.deepEqual([stolen.result.bad, stolen.result.errors[0].field], [1, 'id']);
});

async function client_of(name, role, code) {
  run_muster(['user', 'add', name, '--area', code, '--role', role, '--store', muster.store], { input: 'another-horse-2020\n' });
  return muster.client(name, 'another-horse-2020');
}

test('who may not write may not import; a job is its owner\'s', async () => {
  await (await muster.client()).post('/api/v1/sites:import', 'name,kind,area\n', { expect: 401 });
  await admin.get(`/api/v1/jobs/${uuid7()}`, { expect: 404 });
  const { job } = await admin.post('/api/v1/sites:import', csv([['name', 'kind', 'area'], ['演示', 'x', 'y']]), { query: { preview: 1 }, type: 'text/csv' });
  await officer.get(`/api/v1/jobs/${job}`, { expect: 404 });
  await officer.get(`/api/v1/jobs/${job}/errors.xlsx`, { expect: 404 });
  const auditor = await client_of('auditor1', 'auditor', '4313');
  await auditor.post('/api/v1/sites:import', csv([['name', 'kind', 'area']]), { type: 'text/csv', expect: 403 });
  await admin.post('/api/v1/nothings:import', 'a', { expect: 404 });
});

test('a killed import is failed, with what it had written', async () => {
  const rows = [['name', 'kind', 'area']];
  for (let i = 0; i < 30_000; i++) rows.push([`演示长${i}`, 'enterprise', '431302001']);
  const { job } = await admin.post('/api/v1/sites:import', csv(rows), { query: { mode: 'good' }, type: 'text/csv' });
  const { until } = await import('../harness.mjs');
  await until(async () => (await admin.get(`/api/v1/jobs/${job}`)).written > 0, { ms: 60_000, every: 10 });
  await muster.kill();
  await muster.restart();
  admin = await muster.client('admin');
  const state = await admin.get(`/api/v1/jobs/${job}`);
  assert.equal(state.state, 'failed');
  assert.ok(state.written > 0 && state.written < 30_000);
  const stored = run_muster(['export', 'site', join(muster.dir, 'long.csv'), '--store', muster.store, '--columns', 'name']);
  assert.equal(stored.code, 0);
  assert.match(run_muster(['check', '--store', muster.store]).out, /^0 /m);
});

test('the shell previews and imports', () => {
  const file = join(muster.dir, 'shell.csv');
  writeFileSync(file, csv([['name', 'kind', 'area'], ['演示壳一', 'enterprise', '431302001'], ['演示壳二', 'enterprise', '没有']]));
  const args = ['import', 'site', file, '--store', muster.store];
  assert.match(run_muster([...args, '--preview']).out, /1 good, 1 bad/);
  assert.match(run_muster(args, { expect: 2 }).out, /0 made/);
  assert.match(run_muster([...args, '--good'], { expect: 2 }).out, /1 made/);
  assert.match(run_muster([...args, '--good'], { expect: 2 }).out, /0 made, 0 changed, 1 unchanged/);
});

test('people who are likely to be one are told before an import: by number, phone, or name in a unit or area, in the store and within the file', async () => {
  const user = await admin.post('/api/v1/users', { name: 'keeper', area: areas['娄底市'] });
  await admin.post('/api/v1/grants', { user: user.id, role: 'officer', area: areas['娄底市'] });
  const { link } = await admin.post(`/api/v1/users/${user.id}/invite`);
  await muster.bearer('').post('/api/v1/invite', { token: new URL(link).searchParams.get('token'), password });
  const keeper = await muster.client('keeper');
  const org = await admin.post('/api/v1/orgs', { name: '演示局', kind: 'department', area: areas['娄星区'] });
  const make = (more) => keeper.post('/api/v1/people', { area: areas['乐坪街道'], ...more });
  const known = [
    await make({ name: '演示春', idno: '430102199001010032' }),
    await make({ name: '演示夏', phone: '13800000011' }),
    await make({ name: '演示秋', org: org.id }),
    await make({ name: '演示冬' }),
  ];
  const rows = [
    ['姓名', '联系电话', '身份证号', '所属区划', '单位'],
    ['演示张', '', '430102199001010032', '双峰县/花山街道', ''],
    ['演示李', '13800000011', '', '永丰街道', ''],
    ['演示秋', '', '', '永丰街道', '演示局'],
    ['演示冬', '', '', '431302001', ''],
    ['演示新', '13800000012', '', '永丰街道', ''],
    ['演示旧', '13800000012', '', '431302001', ''],
    ['演示春', '', '43010219900307753X', '431302001', ''],
    ['演示独', '13800000013', '', '永丰街道', ''],
  ];
  const { result } = await send_sheet(keeper, 'people', xlsx(rows), { preview: 1 });
  assert.equal(result.bad, 0, JSON.stringify(result));
  const told = Object.fromEntries(result.duplicates.map((one) => [one.row, one]));
  assert.deepEqual([2, 3, 4, 5].map((row) => told[row]?.id), known.map((one) => one.id));
  assert.match(told[2].detail, /身份证号|ID number/);
  assert.match(told[7].detail, /第 6 行|row 6/);
  // with another ID number the same name is another person; what nobody else has is nobody's
  assert.deepEqual([told[6], told[8], told[9]], [undefined, undefined, undefined]);
  assert.ok(!/430102199001010032|13800000011|演示秋/.test(JSON.stringify(result.duplicates)), 'private values stay masked');
  // the page of an entry tells the same, until the two are one
  const twin = await make({ name: '演示甲', phone: '13800000011' });
  assert.deepEqual(twin.warnings.map((one) => [one.field, one.id]), [['phone', known[1].id]]);
  assert.deepEqual((await keeper.get(`/api/v1/people/${known[1].id}`)).warnings.map((one) => one.id), [twin.id]);
  await keeper.post(`/api/v1/people/${known[1].id}/merge`, { other: twin.id });
  assert.deepEqual((await keeper.get(`/api/v1/people/${known[1].id}`)).warnings, []);
});
