// Health records: what is taken, what is counted, who sees what of it; many rows as one action, each answered for itself.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { person, recount, start_with_people } from '../people.mjs';
import { run_muster, sqlite_file, until, uuid7 } from '../harness.mjs';
import { DatabaseSync } from 'node:sqlite';

const today = '2020-03-05';
let muster, admin, town, next, site, other, people, liaison, firm;
before(async () => {
  ({ muster, admin } = await start_with_people({ MUSTER_NOW: `${today}T02:00:00Z` }));
  const county = await admin.post('/api/v1/areas', { name: '演示县', code: '990101', level: 3 });
  town = await admin.post('/api/v1/areas', { name: '演示镇', code: '990101101', level: 4, parent: county.id });
  next = await admin.post('/api/v1/areas', { name: '邻镇', code: '990101102', level: 4, parent: county.id });
  site = await admin.post('/api/v1/sites', { name: '演示厂', kind: 'enterprise', area: town.id, effective: '2020-02-01' });
  other = await admin.post('/api/v1/sites', { name: '邻镇厂', kind: 'enterprise', area: next.id, effective: '2020-02-01' });
  const made = await admin.post('/api/v1/people', { rows: Array.from({ length: 40 }, (_, i) => ({ id: uuid7(), name: `演示工${i}`, area: town.id })) });
  people = made.rows.map((row) => row.id);
  liaison = await person(muster, admin, 'liaison', 'liaison', { area: town.id });
  firm = await person(muster, admin, 'firm', 'enterprise', { site });
});
after(() => muster?.stop());

const record = (more = {}) => ({ id: uuid7(), site: site.id, person: people[0], day: today, temperature: 365, ...more });
const figure = async (measure, day = today) => {
  const { rows } = await admin.get('/api/v1/tallies', { query: { area: town.id, day, measure } });
  return rows[0].counts[measure]?.value ?? 0;
};

test('a record is masked without a reason and shown with one; the day is counted, by result and fever', async () => {
  const made = await liaison.post('/api/v1/health_records', record({ temperature: 373, symptoms: 'cough', result: 'pending' }));
  assert.deepEqual([made.temperature, made.symptoms, made.result, made.feverish], ['***', '***', '***', '***']);
  const clear = await liaison.get(`/api/v1/health_records/${made.id}?reveal=follow-up`);
  assert.deepEqual([clear.temperature, clear.symptoms, clear.result, clear.feverish], [373, 'cough', 'pending', true]);
  await liaison.post('/api/v1/health_records', record({ temperature: 372 }));
  assert.equal(await figure('health_checked'), 2);
  assert.equal(await figure('health_feverish'), 1);
  const { rows } = await admin.get('/api/v1/tallies', { query: { area: town.id, day: today, measure: 'health_checked', by: 'result' } });
  assert.match(JSON.stringify(rows[0]), /pending/);
  assert.equal((await firm.get('/api/v1/health_records')).rows.length, 2);
  assert.match(recount(muster), /0 differences|0 处不符/);
});

test('the threshold is a setting, and a new one does not rewrite what was told before', async () => {
  const { rows } = await admin.get('/api/v1/setting_values?limit=100');
  const setting = rows.find((row) => row.name === 'fever_tenths');
  assert.equal(setting.otherwise, '37.3');
  for (const value of ['3.7', '50', '37.25', 'warm', '-37']) await admin.patch(`/api/v1/setting_values/${setting.id}`, { value }, { version: setting.version, expect: 422 });
  await admin.patch(`/api/v1/setting_values/${setting.id}`, { value: '37.2' }, { version: setting.version });
  assert.equal((await liaison.get(`/api/v1/sites/${site.id}/health_round`)).threshold, 372, 'programs get tenths');
  const before_then = await figure('health_feverish');
  await liaison.post('/api/v1/health_records', record({ temperature: 372 }));
  assert.equal(await figure('health_feverish'), before_then + 1);
  assert.match(recount(muster), /0 differences|0 处不符/);
});

test('a correction moves the count; days to come, empty records and odd temperatures are refused', async () => {
  const made = await liaison.post('/api/v1/health_records', record({ day: '2020-03-04', temperature: 390 }));
  assert.equal(await figure('health_feverish', '2020-03-04'), 1);
  await liaison.patch(`/api/v1/health_records/${made.id}`, { temperature: 366 }, { version: 1 });
  assert.equal(await figure('health_feverish', '2020-03-04'), 0);
  assert.equal(await figure('health_checked', '2020-03-04'), 1);
  for (const wrong of [{ day: '2020-03-06' }, { temperature: undefined }, { temperature: 36.5 }, { temperature: 20 }, { temperature: '365' }, { person: uuid7() }, { feverish: true }, { site: other.id }])
    await liaison.post('/api/v1/health_records', record(wrong), { expect: 422 });
});

test('rows sent together answer each for itself, and sent again change nothing', async () => {
  const rows = people.map((one, i) => record({ person: one, day: '2020-03-03', temperature: i === 7 ? 12 : 360 + i }));
  rows[11].site = other.id;
  const again = { ...rows[3], temperature: 377 };
  const first = await liaison.post('/api/v1/health_records', { rows });
  assert.deepEqual(first.rows.map((row) => row.status), rows.map((_, i) => ([7, 11].includes(i) ? 422 : 201)));
  assert.equal(first.rows[7].field, 'temperature');
  assert.deepEqual(first.rows.filter((row) => row.id).map((row) => row.id), rows.filter((_, i) => ![7, 11].includes(i)).map((row) => row.id));
  const second = await liaison.post('/api/v1/health_records', { rows });
  assert.deepEqual(second, first);
  assert.equal((await liaison.post('/api/v1/health_records', { rows: [again] })).rows[0].status, 409);
  assert.equal(await figure('health_checked', '2020-03-03'), people.length - 2);
  assert.equal((await liaison.post('/api/v1/health_records', { rows: [rows[0], rows[0]] })).rows[1].status, 201);
  await liaison.post('/api/v1/health_records', { rows: Array(10_001).fill(rows[0]) }, { expect: 413 });
  const history = await admin.get(`/api/v1/health_records/${rows[0].id}/history`);
  assert.equal(history.rows.length, 1);
  assert.match(recount(muster), /0 differences|0 处不符/);
});

test('what is private neither filters nor sorts, nor is it told by the past', async () => {
  const made = await liaison.post('/api/v1/health_records', record({ symptoms: 'gut' }));
  for (const query of ['temperature=365', 'symptoms=gut', 'result=positive', 'feverish=1', 'sort=temperature', 'sort=-feverish']) await liaison.get(`/api/v1/health_records?${query}`, { expect: 422 });
  assert.doesNotMatch(JSON.stringify(await admin.get(`/api/v1/health_records/${made.id}/history?reveal=because`)), /"gut"|:365/);
  const sheet = await liaison.get('/api/v1/health_records.csv');
  assert.doesNotMatch(String(sheet), /,36\.\d,|腹泻|Diarrhoea/);
  assert.match(String(await liaison.get('/api/v1/health_records.csv?reveal=list')), /,36\.5,/);
});

test('who asks for little gets little: id and version', async () => {
  const sent = record();
  const answer = await liaison.post('/api/v1/health_records', sent, { headers: { Prefer: 'return=minimal' }, whole: true, expect: 201 });
  assert.deepEqual(answer.body, { id: sent.id, version: 1 });
  assert.equal(answer.headers.get('etag'), '"1"');
  // alone or with others, it is the same row: sent again either way it is answered as before
  assert.equal((await liaison.post('/api/v1/health_records', { rows: [sent] })).rows[0].status, 201);
  assert.equal((await liaison.post('/api/v1/health_records', sent)).version, 1);
});

test('what worries goes up within seconds also where it was told outside the daily round: once for a firm and day, with names masked', async () => {
  const there = await person(muster, admin, 'firm-there', 'enterprise', { site: other });
  const reports = async () => (await admin.get('/api/v1/reports', { query: { site: other.id } })).rows;
  const tell = (rows) => admin.post('/api/v1/health_records', { rows: rows.map((one) => record({ site: other.id, ...one })) });
  await tell([{ person: people[1], temperature: 381 }, { person: people[2], temperature: 366 }, { person: people[3], result: 'positive' }]);
  const [first] = await until(async () => ((await reports()).length ? reports() : null), { what: 'the urgent report' });
  assert.deepEqual([first.stage, first.people], ['first', 2]);
  assert.match(first.text, /2020-03-05/);
  assert.match(first.text, /演\*+、演\*+|演\*+, 演\*+/);
  assert.doesNotMatch(first.text, /演示工/);
  assert.ok((await there.get('/api/v1/notices')).rows.some((notice) => notice.what === 'health_alarm'));
  // days long gone alarm nobody; more news of the day follows up; a correction that worries does so too
  await tell([{ person: people[4], temperature: 390, day: '2020-02-20' }]);
  const [well] = (await tell([{ person: people[5], temperature: 365 }])).rows;
  await admin.patch(`/api/v1/health_records/${well.id}`, { temperature: 385 }, { version: 1 });
  await until(async () => (await reports()).length === 2, { what: 'its follow-up' });
  assert.deepEqual((await reports()).map((one) => [one.stage, one.people]).sort(), [['first', 2], ['follow_up', 1]]);
});

test('nothing of it stands in clear in the store', async () => {
  await liaison.post('/api/v1/health_records', record({ symptoms: 'breath', result: 'positive' }));
  const store = new DatabaseSync(sqlite_file(muster.store));
  for (const { change } of store.prepare("SELECT change FROM history WHERE record = 'health'").all()) assert.doesNotMatch(change, /"(temperature|symptoms|result|feverish)":(?!\{"sealed":)/);
  for (const row of store.prepare('SELECT temperature, symptoms, result, feverish FROM health_records').all())
    for (const value of Object.values(row)) assert.ok(value === null || value instanceof Uint8Array);
  store.close();
  assert.ok(run_muster(['check', '--store', muster.store], { env: muster.env }).out);
});
