// Papers: a certificate of service is counted, issued, verified by its QR code, withdrawn; orders to posts say what whoever is sent must know. The PDFs are read back as a reader's programs do.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { temp_folder } from '../harness.mjs';
import { at, person, start_with_people } from '../people.mjs';

const folder = temp_folder();
const why = `reveal=${encodeURIComponent('开具证明')}`;
let muster, admin, officer, liaison, auditor, stranger, county, town, unit, gate, desk, one, two, paper, mark;

function run(program, args, input) {
  const done = spawnSync(program, args, { input, encoding: 'utf8', maxBuffer: 1 << 26 });
  assert.equal(done.status, 0, `${program} ${args.join(' ')}: ${done.error ?? done.stderr}`);
  return done.stdout;
}
/** The words of a PDF, spaces between them made one. */
const words = (bytes) => run('pdftotext', ['-layout', '-', '-'], bytes).replace(/[ \t]+/g, ' ');
const pages = (bytes) => words(bytes).split('\f').length - 1;
/** What its QR code says, as a camera reads it. */
function code_of(bytes) {
  const file = join(folder, 'paper');
  writeFileSync(`${file}.pdf`, bytes);
  run('pdftoppm', ['-r', '150', '-gray', '-png', '-singlefile', `${file}.pdf`, file]);
  return run('zbarimg', ['-q', '--raw', '-Sdisable', '-Sqrcode.enable', `${file}.png`]).trim();
}
const certificate = (client, who, query = why, options = {}) => client.get(`/api/v1/people/${who.id}/certificate.pdf?${query}`, options);
const issued = async (who) => (await officer.get(`/api/v1/certificates?person=${who.id}`)).rows;
const verify = (given, options = {}) => muster.bearer('').get(`/api/v1/public/certificates/${encodeURIComponent(given)}`, options);
const seen = async (plural, id) => (await auditor.get(`/api/v1/${plural}/${id}/history`)).rows.filter((row) => row.deed === 'seen').length;

before(async () => {
  ({ muster, admin } = await start_with_people({ MUSTER_NOW: '2020-02-12T00:00:00Z' }));
  county = await admin.post('/api/v1/areas', { code: '431302', name: '娄星区', level: 3 });
  town = await admin.post('/api/v1/areas', { code: '431302001', name: '乐坪街道', level: 4, parent: county.id });
  const beside = await admin.post('/api/v1/areas', { code: '431302002', name: '花山街道', level: 4, parent: county.id });
  unit = await admin.post('/api/v1/orgs', { name: '区演示局', kind: 'department', area: county.id });
  officer = await person(muster, admin, 'officer', 'officer', { area: county.id, org: unit });
  liaison = await person(muster, admin, 'liaison', 'liaison', { area: town.id });
  auditor = await person(muster, admin, 'auditor', 'auditor', { area: county.id });
  stranger = await person(muster, admin, 'stranger', 'officer', { area: beside.id });
  one = await officer.post('/api/v1/people', { name: '演示甲', phone: '13800000001', area: town.id, org: unit.id, duty: '科员' });
  two = await officer.post('/api/v1/people', { name: '演示乙', phone: '13800000002', area: town.id });
  gate = await officer.post('/api/v1/posts', { title: '高铁站卡口', kind: 'checkpoint', area: town.id, needed: 2, begins: '2020-02-01', hours: '早于职工半小时到岗', note: '自带雨具' });
  desk = await officer.post('/api/v1/posts', { title: '指挥部值班', kind: 'hq', area: county.id, needed: 2, begins: '2020-02-01' });
});
after(() => muster?.stop());

test('who has served nowhere gets no certificate, and a name is shown for a reason only', async () => {
  const none = await certificate(officer, one, why, { expect: 422 });
  assert.match(none.fields.find((fault) => fault.field === 'person').detail, /has served at no post/);
  assert.deepEqual(await issued(one), []);
  const silent = await certificate(officer, one, '', { expect: 422 });
  assert.equal(silent.fields[0].field, 'reveal');
  await certificate(stranger, one, why, { expect: 404 });
});

test('days and hours are counted: of shifts that were stood, and of posts without shifts', async () => {
  await officer.post('/api/v1/assignments', { post: gate.id, person: one.id, begins: '2020-02-12', ends: '2020-02-20', lead: true });
  await officer.post('/api/v1/assignments', { post: desk.id, person: one.id, begins: '2020-02-14', ends: '2020-02-18' });
  const shifts = [];
  for (const [from, until] of [['2020-02-12T01:00:00Z', '2020-02-12T09:00:00Z'], ['2020-02-14T01:00:00Z', '2020-02-14T09:00:00Z'], ['2020-02-16T01:00:00Z', '2020-02-16T09:00:00Z']])
    shifts.push(await officer.post('/api/v1/shifts', { post: gate.id, person: one.id, starts: from, ends: until }));
  for (const [n, day] of [[0, '12'], [1, '14']]) {
    await at(muster, `2020-02-${day}T01:00:00Z`);
    await officer.post(`/api/v1/shifts/${shifts[n].id}/come`, {});
    await at(muster, `2020-02-${day}T08:40:00Z`);
    await officer.post(`/api/v1/shifts/${shifts[n].id}/leave`, {});
  }
  await at(muster, '2020-02-17T02:00:00Z');
  const before = await seen('people', one.id);
  paper = await certificate(officer, one);
  const [row] = await issued(one);
  // the gate: 12 and 14 February; the desk: 14 to 17; 14 counts once
  assert.deepEqual([row.served_days, row.served_hours, row.day, row.number, row.unit, row.issuer, row.names.issued_by], [5, 16, '2020-02-17', 'ZM-2020-000001', '区演示局', '区演示局', 'officer']);
  assert.equal(await seen('people', one.id), before + 1, 'whose name was shown is on record');
  const text = words(paper);
  for (const part of ['Certificate of service', 'ZM-2020-000001', '演示甲', '区演示局', '5 days, 16 hours', '高铁站卡口 12 February 2020 17 February 2020 2 16', '指挥部值班 14 February 2020 17 February 2020 4 —', '17 February 2020']) assert.ok(text.includes(part), `${part} is not in\n${text}`);
  assert.ok(!text.includes('13800000001') && !text.includes('雨具'));
});

test('its QR code opens the page that says whether it holds, and no more than that', async () => {
  const [row] = await issued(one);
  mark = `${row.number}-${row.code}`;
  assert.equal(code_of(paper), `${muster.url}/verify/${mark}`);
  assert.deepEqual(await verify(mark), { state: 'valid', number: 'ZM-2020-000001', day: '2020-02-17', days: 5, hours: 16, name: '演**' });
  const wrong = await verify(`${row.number}-AAAAAAAAAA`, { expect: 404 });
  const absent = await verify('ZM-2020-999999-AAAAAAAAAA', { expect: 404 });
  assert.deepEqual(wrong, absent);
  for (const odd of ['x', '-', row.number, `${row.number}-`, `${mark}-${row.code}`]) await verify(odd, { expect: 404 });
});

test('asked for again it is the same; a new day makes a new one; in Chinese it reads Chinese', async () => {
  assert.ok(paper.equals(await certificate(officer, one)), 'the same bytes');
  assert.ok(paper.length < 200_000, `${paper.length} bytes are too many for a page`);
  assert.equal((await issued(one)).length, 1);
  officer.lang = 'zh';
  const chinese = words(await certificate(officer, one));
  officer.lang = 'en';
  for (const part of ['服务证明', '编号 ZM-2020-000001', '兹证明演示甲（区演示局）于2020年2月12日至2020年2月17日', '5 天，16 小时']) assert.ok(chinese.replace(/\n/g, '').includes(part), `${part} is not in\n${chinese}`);
  await at(muster, '2020-02-18T02:00:00Z');
  await certificate(officer, one);
  assert.deepEqual((await issued(one)).map((row) => [row.number, row.served_days]), [['ZM-2020-000002', 6], ['ZM-2020-000001', 5]]);
  assert.equal((await verify(mark)).state, 'valid', 'the first still says what was so then');
  // the server has moved to another port, which its links name
  const plain = (bytes) => words(bytes).replace(/http:\S+/, '');
  assert.equal(plain(await certificate(officer, one, `number=ZM-2020-000001&${why}`)), plain(paper), 'a lost one is printed again as it was');
  await certificate(officer, two, `number=ZM-2020-000001&${why}`, { expect: 404 });
});

test('who writes nothing gets what was issued, and only what they may see of it', async () => {
  const last = words(await certificate(auditor, one));
  assert.ok(last.includes('ZM-2020-000002'));
  // the desk is of the county: a liaison of the town does not know it
  const hidden = await certificate(liaison, one, why, { expect: 409 });
  assert.match(hidden.detail, /None has been issued that you may see/);
  await certificate(stranger, one, why, { expect: 404 });
  assert.equal((await issued(one)).length, 2);
  await liaison.post('/api/v1/certificates', { person: one.id }, { expect: 403 });
  await stranger.post('/api/v1/certificates', { person: one.id }, { expect: 422 });
});

test('withdrawn, its page says so and nothing else; it does not change', async () => {
  const [, first] = await issued(one);
  await officer.patch(`/api/v1/certificates/${first.id}`, {}, { version: first.version, expect: 405 });
  await officer.del(`/api/v1/certificates/${first.id}`, { reason: '开具有误' });
  assert.deepEqual(await verify(mark), { state: 'withdrawn', number: 'ZM-2020-000001' });
  await certificate(officer, one, `number=ZM-2020-000001&${why}`, { expect: 404 });
});

test('links begin with the address that was set', async () => {
  const setting = (await admin.get('/api/v1/setting_values?limit=200')).rows.find((row) => row.name === 'link_base');
  for (const bad of ['muster.example.org', 'ftp://x', 'https://', 'https://a b'])
    assert.equal((await admin.patch(`/api/v1/setting_values/${setting.id}`, { value: bad }, { version: setting.version, expect: 422 })).fields[0].field, 'value', bad);
  await admin.patch(`/api/v1/setting_values/${setting.id}`, { value: 'https://muster.example.org/' }, { version: setting.version });
  const [row] = await issued(one);
  assert.equal(code_of(await certificate(officer, one)), `https://muster.example.org/verify/${row.number}-${row.code}`);
});

test('an order says where, when, what, who leads; names and phone in clear for a reason only', async () => {
  const held = await officer.post('/api/v1/assignments', { post: gate.id, person: two.id, begins: '2020-02-19', ends: '2020-02-20' });
  await officer.post('/api/v1/shifts', { post: gate.id, person: two.id, starts: '2020-02-19T00:00:00Z', ends: '2020-02-19T08:00:00Z' });
  const masked = words(await officer.get(`/api/v1/assignments/${held.id}/order.pdf`));
  assert.ok(masked.includes('演**') && !masked.includes('演示乙') && !masked.includes('13800000001') && !masked.includes('Call'), masked);
  const before = [await seen('people', one.id), await seen('people', two.id)];
  const clear = words(await officer.get(`/api/v1/assignments/${held.id}/order.pdf?${why}`));
  for (const part of ['Order to a post', '演示乙:', '高铁站卡口 (Checkpoint)', '娄星区 乐坪街道', '19 February 2020', '20 February 2020', '早于职工半小时到岗', '19 February 2020 08:00–16:00', 'Duties Passes, temperatures, vehicles', '自带雨具', 'Leader 演示甲', 'Call 13800000001']) assert.ok(clear.includes(part), `${part} is not in\n${clear}`);
  assert.ok(!clear.includes('13800000002'), 'their own phone is no business of the paper');
  assert.deepEqual([await seen('people', one.id), await seen('people', two.id)], [before[0] + 1, before[1] + 1], 'both names are on record');
  await stranger.get(`/api/v1/assignments/${held.id}/order.pdf?${why}`, { expect: 404 });
});

test('the orders of a day come as one paper behind a list, within reach', async () => {
  const none = await officer.get('/api/v1/orders.pdf?day=2020-02-27', { expect: 404 });
  assert.match(none.detail, /Nobody is sent/);
  for (const [n, post] of [[1, gate], [2, gate], [3, desk]]) {
    const who = await officer.post('/api/v1/people', { name: `演示员${n}`, area: town.id });
    await officer.post('/api/v1/assignments', { post: post.id, person: who.id, begins: '2020-02-19', ...(n === 2 ? { lead: true } : {}), ...(post === gate ? {} : { ends: '2020-02-25' }) });
  }
  const all = await officer.get(`/api/v1/orders.pdf?day=2020-02-19&area=${county.id}&${why}`);
  assert.equal(pages(all), 5, 'a list and four orders');
  const text = words(all);
  for (const part of ['Orders to posts', '娄星区, from 19 February 2020, 4 people', '高铁站卡口 (leads)', 'Until further notice', 'You lead at this post', 'Not named yet']) assert.ok(text.includes(part), `${part} is not in\n${text}`);
  // the town's liaison sees the gate alone
  const near = await liaison.get(`/api/v1/orders.pdf?day=2020-02-19&${why}`);
  assert.equal(pages(near), 4);
  assert.ok(!words(near).includes('指挥部值班'));
  await stranger.get(`/api/v1/orders.pdf?day=2020-02-19&area=${town.id}`, { expect: 404 });
});

test('whoever asks too often waits', async () => {
  const setting = (await admin.get('/api/v1/setting_values?limit=200')).rows.find((row) => row.name === 'public_tries');
  await admin.patch(`/api/v1/setting_values/${setting.id}`, { value: '3' }, { version: setting.version });
  const answers = [];
  for (let i = 0; i < 8 && !answers.includes(429); i++) answers.push((await verify(mark, { expect: [200, 429], whole: true })).status);
  assert.ok(answers.includes(429), String(answers));
});
