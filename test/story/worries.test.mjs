// What worries in a firm stands nowhere contradicted and never unheard: results of a test, records beside the round and fevers at a gate go into the round of the day or up at once, and one tap says
// of nobody that they are well of whom it is known otherwise.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { person, recount, start_with_people } from '../people.mjs';
import { until, uuid7 } from '../harness.mjs';
import { sql } from '../postgres.mjs';

const today = '2020-03-05';
let muster, admin, town, site, officer, liaison, firm, mate, files;
const fault = (answer, field, text) => assert.ok(answer.fields?.some((each) => each.field === field && text.test(each.detail)), JSON.stringify(answer));
const round = (query = 'reveal=look') => firm.get(`/api/v1/sites/${site.id}/health_round?${query}`);
const line = async (n, query) => (await round(query)).rows.find((one) => one.number === `A${n}`);
const tell = (body, options) => firm.post(`/api/v1/sites/${site.id}/health_round`, body, options);
const file = (n) => firm.get(`/api/v1/staff_files/${files[n].id}?reveal=look`);
const notices = async (client, what) => (await client.get('/api/v1/notices')).rows.filter((one) => one.what === what).length;
const count = async (measure, day = today) => (await officer.get(`/api/v1/tallies?measure=${measure}&area=${town.id}&day=${day}`)).rows[0].counts[measure]?.value ?? 0;
const results = (batch, body, options) => firm.post(`/api/v1/test_batches/${batch.id}/results`, body, options);
const named = (n, result) => ({ named: [{ staff: files[n].id, result }] });
const exact = () => assert.match(recount(muster), /\b0 differ/);
const records = async (n, day = today) => (await officer.get(`/api/v1/health_records?person=${files[n].person}&day=${day}&reveal=look`)).rows;

before(async () => {
  ({ muster, admin } = await start_with_people({ MUSTER_NOW: `${today}T02:00:00Z` }));
  const county = await admin.post('/api/v1/areas', { code: '431302', name: '娄星区', level: 3 });
  town = await admin.post('/api/v1/areas', { code: '431302001', name: '乐坪街道', level: 4, parent: county.id });
  officer = await person(muster, admin, 'officer', 'officer', { area: county.id });
  liaison = await person(muster, admin, 'liaison', 'liaison', { area: town.id });
  site = await officer.post('/api/v1/sites', { name: '演示电子厂', kind: 'enterprise', area: town.id, status: 'resumed', staff: 12, effective: '2020-02-01' });
  await officer.post('/api/v1/links', { site: site.id, user: liaison.user.id, level: 'town', begins: '2020-02-20' });
  firm = await person(muster, admin, 'firm', 'enterprise', { site });
  mate = await person(muster, admin, 'mate', 'enterprise', { site });
  const rows = Array.from({ length: 12 }, (_, n) => ({ id: uuid7(), site: site.id, name: `演示工${n}`, number: `A${n}`, state: 'on_duty', begins: '2020-02-10', effective: '2020-02-10' }));
  files = (await firm.post('/api/v1/staff_files', { rows })).rows;
  files = await Promise.all(files.map((one) => officer.get(`/api/v1/staff_files/${one.id}`)));
});
after(() => muster?.stop());

let batch;
test('a positive result stands in the round, keeps the worker apart, and tells firm and liaison; the one tap leaves them out', async () => {
  // one told as on duty before the results came, the others not told at all
  await tell({ rows: [{ staff: files[1].id, symptoms: 'none', temperature: 365 }] });
  batch = await firm.post('/api/v1/test_batches', { site: site.id, kind: 'pcr', people: 4 });
  await results(batch, { named: [0, 1, 2, 3].map((n) => ({ staff: files[n].id, result: 'pending' })) });
  assert.deepEqual([(await round()).sums.told, (await round()).sums.missing, await count('health_told')], [1, 11, 1], 'a result alone tells nothing of how somebody is');
  const done = await results(batch, { named: [[0, 'positive'], [1, 'positive'], [2, 'negative'], [3, 'negative']].map(([n, result]) => ({ staff: files[n].id, result })) });
  assert.deepEqual([done.state, done.positive, done.negative, done.pending], ['done', 2, 2, 0]);
  for (const n of [0, 1]) {
    assert.deepEqual([(await file(n)).state, (await file(n)).isolate_until], ['isolating', '2020-03-19']);
    assert.deepEqual([(await line(n)).told.result, (await line(n)).told.worries, (await line(n)).due], ['positive', true, false]);
    assert.equal((await records(n)).length, 1, 'one row a day says it');
  }
  assert.equal((await file(2)).state, 'on_duty');
  const { sums } = await round();
  assert.deepEqual([sums.due, sums.told, sums.positive], [10, 0, 2]);
  for (const client of [liaison, mate]) assert.equal(await notices(client, 'test_alarm'), 1, client.name);
  const report = await officer.get(`/api/v1/reports/${done.report}`);
  assert.deepEqual([report.stage, report.kind, report.people], ['first', 'suspected_case', 2]);
  const tapped = await tell({ others: true });
  assert.equal(tapped.sums.told, 10);
  assert.deepEqual([(await line(0)).told.symptoms, (await line(0)).told.presence, (await line(0)).told.way], [undefined, undefined, null], 'nobody said that they are well');
  assert.deepEqual([(await line(2)).told.symptoms, (await line(2)).told.result, (await line(2)).told.way], ['none', 'negative', 'all']);
  assert.deepEqual([await count('health_told'), await count('staff_due_health')], [10, 10]);
  exact();
});

test('a correction back is taken, the worker is due again, and counts stay exact', async () => {
  const back = await results(batch, named(0, 'negative'));
  assert.deepEqual([back.positive, back.negative], [1, 3]);
  assert.deepEqual([(await file(0)).state, (await file(0)).isolate_until], ['on_duty', null]);
  assert.deepEqual([(await line(0)).told.result, (await line(0)).told.worries, (await line(0)).due], ['negative', false, true]);
  // no more are positive than before, yet another one is: that is news
  const swapped = await results(batch, { named: [{ staff: files[1].id, result: 'negative' }, { staff: files[2].id, result: 'positive' }] });
  assert.deepEqual([swapped.positive, swapped.negative, swapped.report], [1, 3, back.report]);
  assert.equal((await officer.get(`/api/v1/reports?parent=${back.report}`)).rows.length, 1);
  assert.deepEqual([(await file(1)).state, (await file(2)).state], ['on_duty', 'isolating']);
  const row = await line(2);
  fault(await tell({ rows: [{ staff: files[2].id, result: 'negative' }] }, { expect: 422 }), 'result', /test of workers/);
  fault(await officer.patch(`/api/v1/health_records/${row.told.id}`, { result: 'negative' }, { version: (await records(2))[0].version, expect: 422 }), 'result', /test of workers/);
  assert.equal((await file(2)).state, 'isolating', 'what is refused moves nothing');
  // isolated by somebody's own word since: the correction leaves that
  await firm.patch(`/api/v1/staff_files/${files[2].id}`, { isolate_until: '2020-03-25' }, { version: (await file(2)).version });
  await results(batch, named(2, 'negative'));
  assert.deepEqual([(await file(2)).state, (await file(2)).isolate_until], ['isolating', '2020-03-25']);
  exact();
});

test('two batches of a day count each their own, and the worse of both stands', async () => {
  const other = await firm.post('/api/v1/test_batches', { site: site.id, kind: 'antigen', people: 2 });
  await tell({ rows: [{ staff: files[4].id, result: 'negative', symptoms: 'none' }] });
  const first = await results(other, { named: [{ staff: files[4].id, result: 'negative' }, { staff: files[3].id, result: 'positive' }] });
  assert.deepEqual([first.negative, first.positive, first.missing], [1, 1, 0], 'what the round knew already counts for the batch as well');
  const again = await results(batch, named(3, 'pending'));
  assert.deepEqual([again.negative, again.pending], [3, 1]);
  assert.deepEqual([(await line(3)).told.result, (await file(3)).state], ['positive', 'isolating']);
  await results(other, named(3, 'negative'));
  assert.deepEqual([(await line(3)).told.result, (await file(3)).state], ['pending', 'on_duty']);
  // a positive result of another source is not lowered by a batch that never said so
  await tell({ rows: [{ staff: files[8].id, result: 'positive' }] });
  const third = await firm.post('/api/v1/test_batches', { site: site.id, kind: 'antigen', people: 1 });
  assert.equal((await results(third, named(8, 'negative'))).negative, 1);
  assert.deepEqual([(await line(8)).told.result, (await file(8)).state], ['positive', 'isolating']);
  await tell({ rows: [{ staff: files[8].id, result: 'negative' }] });
  assert.equal((await file(8)).state, 'on_duty');
  exact();
});

test('a batch of a store from before, whose results stand in rows of their own, is put right there and counts no more than once', async () => {
  const day = '2020-03-03';
  const older = await firm.post('/api/v1/test_batches', { site: site.id, kind: 'pcr', people: 2, day });
  const row = await liaison.post('/api/v1/health_records', { id: uuid7(), site: site.id, person: files[9].person, day, result: 'pending' });
  sql(muster.store, "UPDATE test_batches SET pending = 1 WHERE people = 2 AND kind = 'pcr'");
  const done = await results(older, { named: [{ staff: files[9].id, result: 'negative' }, { staff: files[10].id, result: 'negative' }] });
  assert.deepEqual([done.negative, done.pending, done.missing, done.state], [2, 0, 0, 'done']);
  assert.equal((await officer.get(`/api/v1/health_records/${row.id}?reveal=look`)).result, 'negative');
  assert.deepEqual((await results(older, named(9, 'positive'))).positive, 1);
  assert.deepEqual((await results(older, named(9, 'negative'))).positive, 0);
  exact();
});

test('a positive result told in the round keeps the worker apart as well; a row that was taken out does not stop the round', async () => {
  const said = await tell({ rows: [{ staff: files[5].id, result: 'positive' }] });
  assert.ok(said.alarm);
  assert.deepEqual([(await file(5)).state, (await line(5)).due, (await line(5)).told.worries], ['isolating', false, true]);
  await tell({ rows: [{ staff: files[5].id, result: 'negative' }] });
  assert.equal((await file(5)).state, 'on_duty');
  const { told } = await line(5);
  await officer.del(`/api/v1/health_records/${told.id}`, { reason: '误报' });
  assert.equal((await line(5)).told, undefined);
  assert.equal((await tell({ others: true })).sums.missing, 0);
  assert.deepEqual([(await line(5)).told.way, (await line(5)).told.result], ['all', undefined]);
  exact();
});

test('a worrying record beside the round goes into it within seconds; one tap does not overwrite it, a correction is followed', async () => {
  const day = '2020-03-04';
  const before = (n, more = '') => line(n, `reveal=look&day=${day}${more}`);
  await firm.post(`/api/v1/sites/${site.id}/health_round?day=${day}`, { rows: [{ staff: files[7].id, symptoms: 'none', temperature: 366 }] });
  const record = (n, more) => ({ id: uuid7(), site: site.id, person: files[n].person, day, ...more });
  const sent = [record(6, { temperature: 381, symptoms: 'cough' }), record(7, { temperature: 390 }), record(8, { result: 'positive' }), record(9, { temperature: 365 }), record(10, { temperature: 388 })];
  await liaison.post('/api/v1/health_records', { rows: sent });
  // the tap may come before the timed work
  const tapped = await firm.post(`/api/v1/sites/${site.id}/health_round?day=${day}`, { others: true });
  assert.equal(tapped.left, 2);
  const shown = await before(6);
  assert.deepEqual([shown.told.temperature, shown.told.symptoms, shown.told.worries, shown.told.way, shown.told.presence], [381, 'cough', true, 'record', undefined]);
  assert.deepEqual([(await before(7)).told.temperature, (await before(7)).told.worries], [390, true], 'the more worrying word stands');
  assert.deepEqual([(await file(8)).state, (await file(8)).isolate_until, (await before(8)).due, (await before(8)).told.result], ['isolating', '2020-03-18', false, 'positive']);
  assert.equal((await before(9)).told.way, 'all');
  await until(async () => (await notices(mate, 'health_alarm')) && (await officer.get(`/api/v1/reports?site=${site.id}&kind=fever`)).rows.some((one) => one.people === 4), { what: 'the alarm' });
  await firm.post(`/api/v1/sites/${site.id}/health_round?day=${day}`, { others: true });
  assert.equal((await before(6)).told.temperature, 381);
  exact();
  // put right: what the record itself brought is mended, what the firm told stays; taken out, it is gone
  await liaison.patch(`/api/v1/health_records/${sent[0].id}`, { temperature: 365, symptoms: 'none' }, { version: 1 });
  await liaison.patch(`/api/v1/health_records/${sent[2].id}`, { result: 'negative' }, { version: 1 });
  await officer.del(`/api/v1/health_records/${sent[4].id}`, { reason: '误报' });
  await until(async () => !(await before(10)).told, { what: 'the correction' });
  assert.deepEqual([(await before(6)).told.temperature, (await before(6)).told.worries], [365, false]);
  assert.deepEqual([(await file(8)).state, (await before(8)).told.result], ['on_duty', 'negative']);
  exact();
});

test('after the tap, too, a worrying record changes what the round says', async () => {
  assert.equal((await line(11)).told.way, 'all');
  await liaison.post('/api/v1/health_records', { id: uuid7(), site: site.id, person: files[11].person, day: today, temperature: 385 });
  const shown = await until(async () => { const one = await line(11); return one.told.worries && one; }, { what: 'the fever in the round' });
  assert.deepEqual([shown.told.temperature, shown.told.way, (await round()).sums.feverish], [385, 'record', 1]);
  exact();
});

test('whoever was in contact with a case is proposed for isolation, from a key area or not; which contacts is a setting', async () => {
  const make = (name, more) => firm.post('/api/v1/staff_files', { site: site.id, name, ...more });
  const close = await make('演示密接', { contact: 'case' });
  assert.deepEqual([close.state, close.isolate_until], ['isolating', '2020-03-19']);
  const ride = await make('演示同乘', { contact: 'travel' });
  assert.deepEqual([ride.state, ride.isolate_until], ['isolating', '2020-03-19']);
  for (const contact of ['none', 'medic', 'estate']) assert.deepEqual([(await make(`演示${contact}`, { contact })).isolate_until], [null], contact);
  // both: the later end holds
  const both = await make('演示两者', { contact: 'case', key_area: true, back_day: '2020-02-25' });
  assert.equal(both.isolate_until, '2020-03-19');
  const coming = await make('演示将返', { contact: 'case', key_area: true, away: true, back_day: '2020-03-08' });
  assert.deepEqual([coming.state, coming.isolate_until], ['expected', '2020-03-22']);
  // told later, and of somebody who was isolated already
  const area = await make('演示重点', { key_area: true, back_day: '2020-03-01' });
  assert.equal(area.isolate_until, '2020-03-15');
  const later = await firm.patch(`/api/v1/staff_files/${area.id}`, { contact: 'case' }, { version: area.version });
  assert.equal(later.isolate_until, '2020-03-19');
  const plain = await make('演示后报', {});
  const found = await firm.patch(`/api/v1/staff_files/${plain.id}`, { contact: 'case' }, { version: plain.version });
  assert.deepEqual([found.state, found.isolate_until], ['isolating', '2020-03-19']);
  // a human may say otherwise, and is told
  const stays = await make('演示在岗', { contact: 'case', state: 'on_duty' });
  assert.ok(stays.state === 'on_duty' && stays.warnings.some((one) => one.field === 'state'), JSON.stringify(stays));
  const setting = (await admin.get('/api/v1/setting_values?limit=1000')).rows.find((one) => one.name === 'staff_isolation_contacts');
  await admin.patch(`/api/v1/setting_values/${setting.id}`, { value: 'estate' }, { version: setting.version });
  assert.deepEqual([(await make('演示小区', { contact: 'estate' })).state, (await make('演示密接二', { contact: 'case' })).state], ['isolating', 'on_duty']);
  exact();
});

test('a fever at the gate goes up at once: one chain a firm and day, nobody named', async () => {
  const enter = (more) => firm.post('/api/v1/gate_entries', { site: site.id, kind: 'visitor', who: '演示访客', gate: '南门', ...more });
  const reports = async () => (await officer.get(`/api/v1/reports?site=${site.id}`)).rows.filter((one) => /Gate entries|门岗登记/.test(one.text));
  await enter({ temperature: 372 });
  assert.deepEqual(await reports(), []);
  const first = await enter({ temperature: 373, passed: 'turned_away', reason: '发热' });
  assert.ok(first.warnings.some((one) => one.field === 'temperature' && /urgent report/.test(one.detail)), JSON.stringify(first.warnings));
  const [report] = await reports();
  assert.deepEqual([report.stage, report.kind, report.people, report.names.site], ['first', 'fever', 1, '演示电子厂']);
  assert.match(report.text, /37\.3.*南门.*turned away/);
  assert.doesNotMatch(report.text, /演示访客/);
  for (const client of [liaison, mate]) assert.equal(await notices(client, 'gate_alarm'), 1, client.name);
  const well = await enter({ temperature: 365 });
  const worse = await firm.patch(`/api/v1/gate_entries/${well.id}`, { temperature: 384 }, { version: well.version });
  await firm.patch(`/api/v1/gate_entries/${well.id}`, { temperature: 385 }, { version: worse.version });
  assert.deepEqual((await reports()).map((one) => one.stage).sort(), ['first', 'follow_up'], 'a fever that is known goes up once');
  await enter({ temperature: 390, at: '2020-02-20T02:00:00Z' });
  assert.equal((await reports()).length, 2, 'days long gone alarm nobody');
  exact();
});

test('what muster itself reports is kept in both languages, whoever told; what people write stays one text', async () => {
  const rows = (await officer.get(`/api/v1/reports?site=${site.id}&limit=100`)).rows;
  const own = [/^Tests of workers: 2 positive of 4 tested.*\|员工检测发现阳性 2 人，本批检测 4 人/, /^Gate entries of .*turned away.*\|2020-03-05 门岗登记：.*已劝返/, /^Daily health round of 2020-03-05: 1 are worrying.*\|2020-03-05 每日健康申报：1 人需立即处置/, /^Health records of 2020-03-04: 4 are.*\|2020-03-04 健康监测记录：4 人需立即处置/];
  for (const words of own) assert.ok(rows.some((one) => words.test(one.text)), `${words}: ${rows.map((one) => one.text).join('\n')}`);
  for (const { text } of rows) assert.equal(text.split('|').length, 2, text);
  const hand = await officer.post('/api/v1/reports', { site: site.id, stage: 'first', kind: 'other', text: '东门|西门均已封闭' });
  assert.equal(hand.text, '东门｜西门均已封闭', 'a bar of their own divides nothing');
});
