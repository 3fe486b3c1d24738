// The daily health round of a firm: one tap writes states and no temperature, an attestation counts as such, a thermometer's file fills what fits, an alarm goes up in the same request, missing is not
// healthy, what looks copied is pointed out to a human; and a worker's own word, by a link and nothing else.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { at, person, recount, start_with_people } from '../people.mjs';
import { engine, sqlite_file, uuid7 } from '../harness.mjs';
import { sheet_text, xlsx } from '../sheets.mjs';
import { sql } from '../postgres.mjs';

const today = '2020-03-05';
let muster, admin, county, town, next, site, other, officer, liaison, stranger, auditor, firm, mate, staff;
const fault = (answer, field, text) => assert.ok(answer.fields?.some((each) => each.field === field && text.test(each.detail)), JSON.stringify(answer));
const count = async (measure, day = today, area = town) => (await officer.get(`/api/v1/tallies?measure=${measure}&area=${area.id}&day=${day}`)).rows[0].counts[measure]?.value ?? 0;
const told = async (client) => (await client.get('/api/v1/notices')).rows.map((each) => each.what);
const round = (client = firm, query = '', options) => client.get(`/api/v1/sites/${site.id}/health_round?${query}`, options);
const tell = (body, options, client = firm, query = '') => client.post(`/api/v1/sites/${site.id}/health_round?${query}`, body, options);
const line = (answer, number) => answer.rows.find((one) => one.number === number);
const gate = (text, options = {}, query = '') => firm.post(`/api/v1/sites/${site.id}/gate_file?${query}`, text, { type: 'text/csv', ...options });
const settings = {};
async function set(name, value) {
  const row = (await admin.get('/api/v1/setting_values?limit=1000')).rows.find((one) => one.name === name);
  settings[name] = await admin.patch(`/api/v1/setting_values/${row.id}`, { value: String(value) }, { version: row.version });
}
/** A worker's phone: no account, an address of its own. */
const phone = (address) => {
  const client = muster.bearer('');
  const from = (options) => ({ ...options, headers: { 'X-Forwarded-For': address } });
  return { get: (path, options) => client.get(path, from(options)), post: (path, body, options) => client.post(path, body, from(options)) };
};

before(async () => {
  // 10:00 of the day in the incident's zone
  ({ muster, admin } = await start_with_people({ MUSTER_NOW: `${today}T02:00:00Z` }));
  county = await admin.post('/api/v1/areas', { code: '431302', name: '娄星区', level: 3 });
  town = await admin.post('/api/v1/areas', { code: '431302001', name: '乐坪街道', level: 4, parent: county.id });
  next = await admin.post('/api/v1/areas', { code: '431302002', name: '花山街道', level: 4, parent: county.id });
  officer = await person(muster, admin, 'officer', 'officer', { area: county.id });
  liaison = await person(muster, admin, 'liaison', 'liaison', { area: town.id });
  stranger = await person(muster, admin, 'stranger', 'liaison', { area: next.id });
  auditor = await person(muster, admin, 'auditor', 'auditor', { area: county.id });
  site = await officer.post('/api/v1/sites', { name: '演示电子厂', kind: 'enterprise', area: town.id, status: 'resumed', staff: 30, effective: '2020-02-01' });
  other = await officer.post('/api/v1/sites', { name: '演示纸品厂', kind: 'enterprise', area: next.id, effective: '2020-02-01' });
  await officer.post('/api/v1/links', { site: site.id, user: liaison.user.id, level: 'town', begins: '2020-02-20' });
  firm = await person(muster, admin, 'firm', 'enterprise', { site });
  mate = await person(muster, admin, 'mate', 'enterprise', { site });
  const file = (n, more = {}) => ({ id: uuid7(), site: site.id, name: `演示${'甲乙丙丁戊己庚辛壬癸'[n % 10]}${n}`, number: `A${String(n).padStart(3, '0')}`, dept: n < 15 ? '一车间' : '二车间', state: 'on_duty', begins: '2020-02-10', effective: '2020-02-10', ...more });
  const rows = [...Array.from({ length: 30 }, (_, n) => file(n)), file(30, { state: 'isolating', isolate_until: '2020-03-12' }), file(31, { state: 'leave' })];
  const made = await firm.post('/api/v1/staff_files', { rows });
  assert.deepEqual(made.rows.filter((one) => one.status !== 201), []);
  staff = rows;
});
after(() => muster?.stop());

test('before anybody tells, all on duty are missing, and nobody is counted as healthy', async () => {
  const now = await round();
  assert.deepEqual([now.sums.due, now.sums.told, now.sums.missing, now.threshold, now.may], [30, 0, 30, 373, true]);
  assert.equal(now.rows.length, 32);
  assert.match(line(now, 'A007').name, /^演\*+$/, 'names are masked');
  assert.deepEqual([await count('staff_due_health'), await count('health_told')], [30, 0]);
  const rate = (await officer.get(`/api/v1/indicators?area=${town.id}&day=${today}`)).rows[0].indicators.health_daily;
  assert.deepEqual([rate.over, rate.under], [0, 30]);
  const [mine] = (await liaison.get('/api/v1/health_rounds?mine=1')).rows;
  assert.deepEqual([mine.site.name, mine.sums.missing], ['演示电子厂', 30]);
  assert.deepEqual((await stranger.get('/api/v1/health_rounds?mine=1')).rows, []);
  await round(stranger, '', { expect: 404 });
});

test('people are found by the beginning of name, pinyin, number and department', async () => {
  const numbers = async (typed) => (await round(firm, `q=${encodeURIComponent(typed)}`)).rows.map((one) => one.number);
  assert.deepEqual(await numbers('A007'), ['A007']);
  assert.deepEqual(await numbers('演示辛'), ['A007', 'A017', 'A027']);
  assert.deepEqual(await numbers('yanshix'), ['A007', 'A017', 'A027']);
  assert.deepEqual(await numbers('ysx'), ['A007', 'A017', 'A027']);
  assert.equal((await numbers('一车间')).length, 15);
  assert.deepEqual(await numbers('no such'), []);
});

test('exceptions first, then one tap for all others: states are written and no temperature is made up', async () => {
  const exceptions = [
    { staff: staff[3].id, presence: 'absent' },
    { staff: staff[4].id, symptoms: 'throat' },
    { staff: staff[5].id, symptoms: 'none', temperature: 366 },
  ];
  const done = await tell({ rows: exceptions, others: true });
  assert.deepEqual([done.made, done.changed, done.left, done.alarm], [30, 0, 0, null]);
  assert.deepEqual([done.sums.told, done.sums.missing, done.sums.measured, done.sums.absent], [30, 0, 1, 1]);
  const again = await tell({ rows: exceptions, others: true });
  assert.deepEqual([again.made, again.changed, again.same], [0, 0, 3], 'sent again it changes nothing');
  const { rows } = await firm.get(`/api/v1/health_records?day=${today}&limit=100&reveal=round`);
  assert.equal(rows.length, 30);
  assert.deepEqual(rows.filter((one) => one.temperature !== null).map((one) => one.temperature), [366]);
  const [all] = rows.filter((one) => one.way === 'all');
  assert.deepEqual([all.presence, all.symptoms, all.temperature, all.due, all.version], ['on_duty', 'none', null, true, 1]);
  assert.deepEqual([await count('health_told'), await count('health_measured'), await count('health_feverish')], [30, 1, 0]);
  assert.match(recount(muster), /\b0 differ/);
});

test('one person is put right later: the same row, with its history', async () => {
  const before = (await firm.get(`/api/v1/health_records?day=${today}&limit=100`)).rows.length;
  assert.deepEqual([(await tell({ rows: [{ staff: staff[3].id, presence: 'on_duty', symptoms: 'none' }] })).changed], [1]);
  const row = line(await round(), 'A003').told;
  assert.equal(row.presence, 'on_duty');
  assert.equal((await firm.get(`/api/v1/health_records?day=${today}&limit=100`)).rows.length, before);
  const deeds = (await admin.get(`/api/v1/health_records/${row.id}/history`)).rows.map((one) => one.deed);
  assert.deepEqual(deeds.filter((deed) => deed !== 'seen').sort(), ['changed', 'made']);
});

test('whatever is wrong names its row and its field, and nothing of the round is taken', async () => {
  const wrong = await tell({ rows: [{ staff: staff[6].id, symptoms: 'cough' }, { staff: uuid7(), symptoms: 'none' }] }, { expect: 422 });
  fault(wrong, 'staff', /no file at this site/);
  assert.equal(wrong.fields[0].row, 1);
  fault(await tell({ rows: [{ staff: staff[6].id, temperature: 20 }] }, { expect: 422 }), 'temperature', /./);
  fault(await tell({ rows: [{ staff: staff[6].id, mood: 'good' }] }, { expect: 422 }), 'mood', /./);
  fault(await tell({ rows: [{ staff: staff[6].id, own_symptoms: 'none' }] }, { expect: 422 }), 'own_symptoms', /./);
  fault(await tell({}, { expect: 422 }), 'rows', /./);
  fault(await tell({ others: true }, { expect: 422 }, firm, 'day=2020-03-06'), 'day', /future/);
  await tell({ rows: Array(10_001).fill({ staff: staff[6].id, symptoms: 'none' }) }, { expect: 413 });
  await tell({ others: true }, { expect: 403 }, auditor);
  await tell({ others: true }, { expect: 404 }, stranger);
  assert.equal((await round(firm, 'reveal=look')).rows.find((one) => one.number === 'A006').told.symptoms, 'none');
});

test('an attestation is counted as attested, never as measured; it may not pass who is on duty, nor say none of whom one is feverish', async () => {
  const attest = (more, options) => firm.post('/api/v1/attestations', { site: site.id, count: 20, none: true, gate: '东门', by: '演示门卫', text: '20 人均在东门测温', ...more }, options);
  const made = await attest({});
  assert.deepEqual([made.day, made.threshold], [today, 373]);
  assert.match(made.by, /^演\*+$/);
  fault(await attest({ count: 11, gate: '西门' }, { expect: 422 }), 'count', /passes the 30 on duty.*20 are attested/);
  await attest({ count: 10, gate: '西门' });
  fault(await attest({ day: '2020-03-06' }, { expect: 422 }), 'day', /future/);
  const { sums } = await round();
  assert.deepEqual([sums.attested, sums.measured], [30, 1]);
  assert.deepEqual([await count('health_attested'), await count('health_measured')], [30, 1]);
  await stranger.get(`/api/v1/attestations/${made.id}`, { expect: 404 });
});

test('a thermometer file: what fits is taken, what fits nobody and what is no temperature is shown', async () => {
  const file = [
    '编号,姓名,测温时间,体温',
    `A010,演示甲10,${today} 07:50:01,36.4`,
    `A010,演示甲10,${today} 12:30,36.8`,
    `A011,,2020/3/5 7:51,36.53℃`,
    `,演示丙12,07:52,36.2`,
    `Z999,演示外人,07:53,36.6`,
    `A013,演示别人,07:53,36.6`,
    `A014,演示戊14,07:54,365`,
    `A015,演示己15,25:61,36.5`,
    `A016,演示庚16,2020-03-04 07:50,36.5`,
  ].join('\r\n');
  const look = await gate(file, {}, 'preview=1');
  assert.deepEqual([look.preview, look.readings, look.people, look.fresh, look.feverish, look.other_day], [true, 4, 3, 3, 0, 1]);
  assert.deepEqual(look.unmatched.map((one) => [one.row, one.number]), [[6, 'Z999'], [7, 'A013']]);
  assert.match(look.unmatched[0].name, /^演\*+$/);
  assert.match(look.unmatched[1].detail, /two people/);
  assert.deepEqual(look.bad.map((one) => one.row), [8, 9]);
  assert.equal((await round()).sums.measured, 1, 'a preview writes nothing');
  const taken = await gate(file);
  assert.deepEqual([taken.changed, taken.sums.measured], [3, 4]);
  const shown = await round(firm, 'reveal=look');
  assert.deepEqual(['A010', 'A011', 'A012'].map((number) => [line(shown, number).told.temperature, line(shown, number).told.way]), [[368, 'gate'], [365, 'gate'], [362, 'gate']]);
  assert.equal((await gate(file)).changed, 0, 'the same file changes nothing twice');
  await tell({ rows: [{ staff: staff[10].id, temperature: 364 }] });
  assert.deepEqual([(await gate(file)).fresh, line(await round(firm, 'reveal=look'), 'A010').told.temperature], [0, 364], 'what was put right by hand stays');
  const book = xlsx([['Staff number', 'Temperature', 'Time'], ['A017', 36.7, `${today} 08:00`]]);
  assert.equal((await gate(book, { type: 'application/octet-stream' })).changed, 1);
  fault(await gate('甲,乙\n1,2\n', { expect: 422 }), 'file', /heading/);
  fault(await gate('', { expect: 422 }), 'file', /empty/);
  assert.match(recount(muster), /\b0 differ/);
});

test('who is feverish or has symptoms that alarm goes up at once: urgent report, liaison and firm are told, names masked', async () => {
  const fever = await tell({ rows: [{ staff: staff[7].id, temperature: 374 }] });
  assert.ok(fever.alarm);
  const report = await officer.get(`/api/v1/reports/${fever.alarm}`);
  assert.deepEqual([report.stage, report.kind, report.people, report.names.site], ['first', 'fever', 1, '演示电子厂']);
  assert.match(report.text, /37\.3/);
  assert.doesNotMatch(JSON.stringify(report), /辛|A007|374|37\.4/);
  assert.ok((await told(officer)).includes('report_first'));
  for (const client of [liaison, mate]) assert.ok((await told(client)).includes('health_alarm'), client.name);
  assert.ok(!(await told(stranger)).length);
  assert.equal((await tell({ rows: [{ staff: staff[7].id, temperature: 376 }] })).alarm, null, 'who is known to be feverish alarms once');
  const more = await gate(`工号,体温\nA018,37.3\nA019,37.2\n`);
  assert.equal(more.alarm, fever.alarm, 'a follow-up of the same chain');
  const symptom = await tell({ rows: [{ staff: staff[20].id, symptoms: 'breath' }] });
  assert.equal(symptom.alarm, fever.alarm);
  assert.deepEqual((await officer.get(`/api/v1/reports?parent=${fever.alarm}`)).rows.map((one) => one.stage), ['follow_up', 'follow_up']);
  assert.deepEqual([(await round()).sums.feverish, (await round()).sums.ill, await count('health_feverish')], [2, 1, 2]);
  const attested = (await firm.get('/api/v1/attestations')).rows[0];
  assert.match((await firm.get(`/api/v1/attestations/${attested.id}`)).warnings[0].detail, /2 were told feverish/);
  await firm.del(`/api/v1/attestations/${attested.id}`, { reason: '重报' });
  fault(await firm.post('/api/v1/attestations', { site: site.id, count: 5, none: true, gate: '东门', by: '演示门卫' }, { expect: 422 }), 'none', /2 are told feverish/);
  // put right on the row itself, it alarms as well
  const row = line(await round(), 'A021').told;
  await liaison.patch(`/api/v1/health_records/${row.id}`, { temperature: 381 }, { version: 1 });
  assert.equal((await officer.get(`/api/v1/reports?parent=${fever.alarm}`)).rows.length, 3);
});

test('a file that changes behind the days told moves the rate with it', async () => {
  const was = await count('health_told');
  const file = await firm.get(`/api/v1/staff_files/${staff[25].id}`);
  await firm.patch(`/api/v1/staff_files/${staff[25].id}`, { state: 'leave', effective: today }, { version: file.version });
  assert.deepEqual([await count('health_told'), await count('staff_due_health')], [was - 1, 29]);
  assert.deepEqual([(await round()).sums.told, (await round()).sums.due], [29, 29]);
  assert.match(recount(muster), /\b0 differ/);
});

let link, open;
test('a worker tells by a link alone; wrong, taken back and ended links show nothing', async () => {
  const given = await firm.post(`/api/v1/sites/${site.id}/worker_links`, { staff: [staff[8].id, staff[9].id] });
  assert.equal(given.made, 2);
  assert.deepEqual(await firm.post(`/api/v1/sites/${site.id}/worker_links`, { staff: [staff[8].id, staff[9].id] }), { ...given, made: 0 }, 'those that are live stay');
  link = given.links.find((one) => one.staff === staff[8].id);
  const second = given.links.find((one) => one.staff === staff[9].id);
  assert.match(link.link, new RegExp(`/well/${link.id}#${link.code}$`));
  const one = phone('203.0.113.1');
  open = (id = link.id, code = link.code, options = {}) => one.get(`/api/v1/public/worker_links/${id}?code=${code}`, options);
  const page = await open();
  assert.deepEqual([page.site, page.today, page.days.length, page.days[0].told], ['演示电子厂', today, 7, false]);
  assert.match(page.name, /^演\*+$/);
  assert.doesNotMatch(JSON.stringify(page), /A009|A008|temperature":/, 'nothing of others, nor what the firm said');
  const nothing = await open(link.id, second.code, { expect: 404 });
  assert.deepEqual(await open(uuid7(), link.code, { expect: 404 }), nothing, 'a wrong link and one that is not there answer alike');
  await open(link.id, '', { expect: 404 });
  await one.post(`/api/v1/public/worker_links/${link.id}/tell`, { code: second.code, symptoms: 'none' }, { expect: 404 });
  await liaison.post(`/api/v1/worker_links/${second.id}/revoke`, { reason: '手机遗失' });
  assert.match((await open(second.id, second.code, { expect: 409 })).detail, /ended/);
  await one.post(`/api/v1/public/worker_links/${second.id}/tell`, { code: second.code, symptoms: 'none' }, { expect: 409 });
  const anew = await firm.post(`/api/v1/sites/${site.id}/worker_links`, { staff: [staff[9].id] });
  assert.equal(anew.made, 1);
  assert.notEqual(anew.links[0].code, second.code);
  await stranger.post(`/api/v1/sites/${site.id}/worker_links`, { all: true }, { expect: 404 });
  await auditor.post(`/api/v1/sites/${site.id}/worker_links`, { all: true }, { expect: 403 });
  assert.doesNotMatch(JSON.stringify(await auditor.get('/api/v1/worker_links')), new RegExp(link.code), 'a list shows no code');
  const paper = await firm.get(`/api/v1/sites/${site.id}/worker_links.pdf`);
  assert.equal(paper.subarray(0, 5).toString(), '%PDF-');
});

test('both words stay: the more worrying counts, and that they differ is shown', async () => {
  const one = phone('203.0.113.2');
  const own = (body, options) => one.post(`/api/v1/public/worker_links/${link.id}/tell`, { code: link.code, ...body }, options);
  const page = await own({ symptoms: 'cough', temperature: 370 });
  assert.deepEqual([page.days[0].told, page.days[0].symptoms, page.days[0].temperature], [true, 'cough', 370]);
  const row = line(await round(firm, 'reveal=look'), 'A008').told;
  assert.deepEqual([row.symptoms, row.own_symptoms, row.own_temperature, row.differs, row.worries, row.way], ['none', 'cough', 370, true, true, 'all']);
  assert.equal((await own({ symptoms: 'cough', temperature: 370 })).days[0].at, page.days[0].at, 'sent again it changes nothing');
  assert.ok((await told(firm)).filter((what) => what === 'health_alarm').length, 'the firm is told of what its worker said');
  fault(await own({}, { expect: 422 }), 'symptoms', /./);
  fault(await own({ symptoms: 'none', temperature: 20 }, { expect: 422 }), 'temperature', /./);
  fault(await own({ symptoms: 'none', presence: 'on_duty' }, { expect: 422 }), 'presence', /./);
  fault(await own({ symptoms: 'plague' }, { expect: 422 }), 'symptoms', /./);
  await set('worker_tries', 2);
  const seen = [];
  for (let i = 0; i < 4; i++) seen.push((await own({ symptoms: 'none' }, { expect: [200, 429] })).code);
  assert.ok(seen.includes('too_many'), 'one link tells so often a minute and no more');
  await set('worker_tries', 100);
});

test('on another day the worker is first: the firm sees it, and the one tap leaves out whom somebody has to look at', async () => {
  await at(muster, '2020-03-06T02:00:00Z');
  const one = phone('203.0.113.3');
  await one.post(`/api/v1/public/worker_links/${link.id}/tell`, { code: link.code, symptoms: 'throat' });
  const now = await round();
  assert.deepEqual([line(now, 'A008').told.way, line(now, 'A008').before.way, now.sums.told], ['own', 'all', 1]);
  const done = await tell({ others: true });
  assert.deepEqual([done.left, done.made], [1, 28]);
  assert.equal(line(await round(), 'A008').told.way, 'own');
  await tell({ rows: [{ staff: staff[8].id, symptoms: 'none' }] });
  const both = line(await round(firm, 'reveal=look'), 'A008').told;
  assert.deepEqual([both.symptoms, both.own_symptoms, both.differs], ['none', 'throat', true]);
  const file = await firm.get(`/api/v1/staff_files/${staff[8].id}`);
  await firm.post(`/api/v1/staff_files/${staff[8].id}/leave`, { ends: '2020-03-05', reason: '辞职' }, { version: file.version });
  assert.match((await open(link.id, link.code, { expect: 409 })).detail, /ended/, 'the link ends with the file');
  assert.match(recount(muster), /\b0 differ/);
});

test('who was not told is missing, in the firm, in the sheet and in the sums of the liaison', async () => {
  await at(muster, '2020-03-07T02:00:00Z');
  await tell({ rows: staff.slice(0, 10).filter((_, n) => n !== 8).map((one) => ({ staff: one.id, symptoms: 'none' })) });
  const { sums } = await round();
  assert.deepEqual([sums.due, sums.told, sums.missing], [28, 9, 19]);
  const missing = await round(firm, 'state=missing');
  assert.equal(missing.rows.length, 19);
  assert.ok(missing.rows.every((one) => !one.told && one.due));
  assert.deepEqual([await count('staff_due_health', '2020-03-07') - (await count('health_told', '2020-03-07'))], [19]);
  const sheet = sheet_text(await liaison.get(`/api/v1/sites/${site.id}/health_round.xlsx?state=missing`));
  assert.ok(sheet.includes('A011') && !sheet.includes('A001') && !sheet.includes('演示乙11'));
  assert.ok(sheet_text(await liaison.get('/api/v1/health_rounds.xlsx')).includes('演示电子厂'));
  assert.deepEqual((await officer.get(`/api/v1/health_rounds?area=${county.id}&q=${encodeURIComponent('电子')}`)).rows.map((one) => one.sums.missing), [19]);
});

test('what looks copied is pointed out to a human with what it rests on, and that somebody looked is on record', async () => {
  const degrees = (n) => 361 + ((n * 7) % 10);
  const same = () => tell({ rows: staff.slice(10, 25).map((one, n) => ({ staff: one.id, symptoms: 'none', temperature: degrees(n) })) });
  await same();
  for (const day of ['08', '09']) {
    assert.deepEqual((await liaison.get('/api/v1/health_remarks?kind=same_days')).rows, [], 'two days say nothing');
    await at(muster, `2020-03-${day}T02:00:00Z`);
    await same();
  }
  const [remark] = (await liaison.get('/api/v1/health_remarks?kind=same_days')).rows;
  assert.deepEqual([remark.day, remark.state, remark.people, remark.of, remark.in_row], ['2020-03-09', 'open', 15, 15, 3]);
  assert.match(remark.evidence, /15 of 15 people .* 3 days/);
  assert.equal((await liaison.get('/api/v1/health_rounds')).rows[0].remarks > 0, true);
  assert.equal((await liaison.get('/api/v1/health_remarks?mine=1')).rows.length > 0, true);
  await firm.get('/api/v1/health_remarks', { expect: 403 });
  assert.deepEqual((await stranger.get('/api/v1/health_remarks')).rows, []);
  assert.ok((await liaison.get('/api/v1/waiting')).rows.find((each) => each.kind === 'health_remarks').count > 0, 'it waits for the liaison of the firm');
  assert.ok(!(await officer.get('/api/v1/waiting')).rows.find((each) => each.kind === 'health_remarks')?.count);
  fault(await liaison.post(`/api/v1/health_remarks/${remark.id}/look`, {}, { expect: 422 }), 'why', /./);
  const looked = await liaison.post(`/api/v1/health_remarks/${remark.id}/look`, { why: '测温仪按班组取平均值，已要求更换' });
  assert.deepEqual([looked.state, looked.looked_by], ['looked', 'liaison']);
  await liaison.post('/api/v1/health_remarks', { site: site.id }, { expect: 422 });
  await auditor.post(`/api/v1/health_remarks/${remark.id}/look`, { why: 'x' }, { expect: 403 });
  // all the same, and in the same second of each day
  await at(muster, '2020-03-10T02:00:00Z');
  await tell({ rows: staff.slice(10, 25).map((one) => ({ staff: one.id, symptoms: 'none', temperature: 365 })) });
  const kinds = (await liaison.get('/api/v1/health_remarks')).rows.filter((one) => one.day === '2020-03-10').map((one) => one.kind);
  assert.ok(kinds.includes('identical'), String(kinds));
  assert.ok(!kinds.includes('same_days'));
});

test('a large firm is told in one write', async () => {
  const people = 400; // two thousand: test/browser/round.test.mjs
  const large = await officer.post('/api/v1/sites', { name: '演示整车厂', kind: 'enterprise', area: town.id, status: 'resumed', staff: people, effective: '2020-02-01' });
  const boss = await person(muster, admin, 'boss', 'enterprise', { site: large });
  const rows = Array.from({ length: people }, (_, n) => ({ id: uuid7(), site: large.id, name: '演示工', number: `B${n}`, state: 'on_duty', begins: '2020-03-01', effective: '2020-03-01' }));
  await boss.post('/api/v1/staff_files', { rows });
  const done = await boss.post(`/api/v1/sites/${large.id}/health_round`, { others: true });
  assert.deepEqual([done.made, done.sums.told, done.sums.measured], [people, people, 0]);
  assert.equal((await boss.post(`/api/v1/sites/${large.id}/health_round`, { others: true })).made, 0);
  assert.match(recount(muster), /\b0 differ/);
});

test('a round told late is told once, of those in sight then, and does not undo what came after it', async () => {
  const small = await officer.post('/api/v1/sites', { name: '演示山口厂', kind: 'enterprise', area: town.id, status: 'resumed', effective: '2020-02-01' });
  const hand = await person(muster, admin, 'hand', 'enterprise', { site: small });
  const file = (n) => ({ id: uuid7(), site: small.id, name: `演示山口${n}`, number: `S${n}`, state: 'on_duty', begins: '2020-02-10', effective: '2020-02-10' });
  const team = [file(0), file(1), file(2)], late = file(3);
  await hand.post('/api/v1/staff_files', { rows: team });
  const path = `/api/v1/sites/${small.id}/health_round`, seen = async () => (await hand.get(`${path}?reveal=look`)).rows;
  const body = { deed: uuid7(), rows: [{ staff: team[0].id, symptoms: 'cough', temperature: 369 }], others: [team[1].id, team[2].id] };
  // on the roster only after the page was seen
  await hand.post('/api/v1/staff_files', late);
  const done = await hand.post(`${path}?day=${today}`, body);
  assert.deepEqual([done.made, done.sums.told, done.sums.missing], [3, 3, 1]);
  assert.equal(line({ rows: await seen() }, 'S3').told, undefined, 'who was not in sight is not spoken of');
  await hand.post(path, { rows: [{ staff: team[0].id, symptoms: 'none', temperature: 366 }] });
  const again = await hand.post(`${path}?day=${today}`, body);
  assert.deepEqual([again.made, again.changed, again.sums.told], [0, 0, 3]);
  const put_right = line({ rows: await seen() }, 'S0').told;
  assert.deepEqual([put_right.symptoms, put_right.temperature], ['none', 366]);
  fault(await tell({ ...body, rows: [], others: true }, { expect: 422 }), 'deed', /something else/);
  fault(await hand.post(path, { others: ['x'] }, { expect: 422 }), 'others', /list of ids/);
  fault(await hand.post(path, { others: [] }, { expect: 422 }), 'rows', /./);
  fault(await hand.post(path, { deed: 'x', others: true }, { expect: 422 }), 'deed', /36/);
  assert.equal((await hand.post(path, { others: [late.id] })).made, 1);
  assert.match(recount(muster), /\b0 differ/);
});

test('nothing of it stands in clear in the store, nor in the log', async () => {
  const records = sql(muster.store, 'SELECT temperature, symptoms, result, feverish, ill, own_temperature, own_symptoms FROM health_records');
  for (const row of records) for (const value of Object.values(row)) assert.ok(value === null || typeof value !== 'string' || !/^(3\d\d|none|cough|throat|breath)$/.test(value), String(value));
  const texts = JSON.stringify(sql(muster.store, "SELECT text FROM reports")) + JSON.stringify(sql(muster.store, 'SELECT title FROM notices')) + JSON.stringify(sql(muster.store, 'SELECT evidence FROM health_remarks'));
  assert.doesNotMatch(texts, /演示[甲乙丙丁戊己庚辛壬癸]|A0\d\d|37\.4|374/);
  assert.doesNotMatch(muster.log?.() ?? '', new RegExp(`${link.code}|演示辛|own_symptoms`));
  assert.ok(engine && sqlite_file);
});
