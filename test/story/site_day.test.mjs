// A firm's day (企业日报): what is known is filled in and says where from; each check on both sides of its limit; cases are private and go up at once; unchanged is one request.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { start_district } from '../checks.mjs';
import { uuid7 } from '../harness.mjs';

const day = '2020-03-04', next = '2020-03-05';
const all = { confirmed: 0, suspected: 0, contacts: 0, masks: 24, thermometers: 2, measured: true, disinfected: true, closed: true, ventilated: true, air: false };
let at, muster;
const tell = (body, options, client = at.firm_user) => client.post('/api/v1/returns/confirm', { site: at.firm.id, day, ...body }, options);
const faults = async (body) => Object.fromEntries((await tell(body, { expect: 422, headers: { 'Accept-Language': 'en' } })).fields.map((one) => [one.field, one.detail]));
const sheet = (on = day, client = at.firm_user) => client.get(`/api/v1/sites/${at.firm.id}/day`, { query: { day: on } });
const fact = async (name, on) => (await sheet(on)).facts.find((one) => one.record === 'site_day' && one.field === name);
const rows = async (client = at.firm_user) => (await client.get('/api/v1/site_days', { query: { site: at.firm.id, sort: 'day' } })).rows;
const told = async (client = at.firm_user) => client.get(`/api/v1/site_days/${(await rows(client))[0].id}`);

before(async () => {
  at = await start_district(`${next}T02:00:00Z`);
  muster = at.muster;
  at.beside = await at.site({ name: '演示隔壁厂' });
  at.rival = await at.user('firm2', [{ role: 'enterprise', area: at.town.id, site: at.beside.id }]);
  await at.officer.post('/api/v1/links', { site: at.firm.id, user: at.liaison.id, level: 'town', begins: '2020-02-20' });
  const file = (n, state, more = {}) => ({ id: uuid7(), site: at.firm.id, name: '演示工', number: `A${n}`, state, begins: '2020-02-10', effective: '2020-02-10', ...more });
  const files = [...Array(8).keys()].map((n) => file(n, 'on_duty', n ? {} : { kind: 'contract' }));
  files.push(file(8, 'isolating', { isolate_until: '2020-03-20' }), file(9, 'expected'), file(10, 'leave'));
  const made = await at.firm_user.post('/api/v1/staff_files', { rows: files });
  assert.deepEqual(made.rows.filter((one) => one.status !== 201), []);
});
after(() => muster?.stop());

test('what is known stands there with its source, and only the rest is asked', async () => {
  const { facts, known, all: every } = await sheet();
  const by = Object.fromEntries(facts.map((one) => [`${one.record}.${one.field}`, one]));
  assert.deepEqual([by['site.name'].value, by['site.name'].source], ['演示甲厂', 'site']);
  for (const [name, value] of [['on_duty', 8], ['isolating', 1], ['not_back', 2], ['outsourced', 1], ['outsourced_on_duty', 1]])
    assert.deepEqual([by[`site_day.${name}`].value, by[`site_day.${name}`].source, by[`site_day.${name}`].count], [value, 'files', 11], name);
  const asked = facts.filter((one) => one.needed && one.value === null).map((one) => one.field);
  assert.deepEqual(asked, ['confirmed', 'suspected', 'contacts', 'masks', 'thermometers', 'measured', 'disinfected', 'closed', 'ventilated', 'air', 'air_done']);
  assert.equal(known, facts.filter((one) => one.value !== null).length);
  assert.equal(every, facts.length);
  await sheet(day, at.liaison);
  await at.rival.get(`/api/v1/sites/${at.firm.id}/day`, { expect: 404 });
});

test('each check names its field and says why; nothing of a refused day is written', async () => {
  assert.deepEqual(Object.keys(await faults({ staff: 11, on_duty: 8, facts: { confirmed: 0 } })), ['suspected', 'contacts', 'masks', 'thermometers', 'measured', 'disinfected', 'closed', 'ventilated', 'air', 'air_done']);
  assert.match((await faults({ staff: 11, on_duty: 12, facts: all })).on_duty, /staff \(11\)/);
  assert.match((await faults({ staff: 11, on_duty: 9, facts: all })).not_back, /on duty 9 \+ isolated 1 \+ not returned 2 = 12, on the roll are 11/);
  assert.match((await tell({ staff: 11, on_duty: 9, facts: all }, { expect: 422, headers: { 'Accept-Language': 'zh' } })).fields[0].detail, /到岗 9 \+ 隔离 1 \+ 未返岗 2 = 12，在册 11/);
  assert.ok((await faults({ staff: 11, on_duty: 8, facts: { ...all, outsourced: 1, outsourced_on_duty: 2 } })).outsourced_on_duty);
  assert.ok((await faults({ staff: 11, on_duty: 8, facts: { ...all, stock_days: 9 } })).stock_days);
  assert.deepEqual(await rows(), []);
});

test('masks for three days are enough, for less they warn; a change of facts alone is a correction, the same again changes nothing', async () => {
  const first = await tell({ staff: 11, on_duty: 8, facts: all });
  let row = await told();
  assert.deepEqual([row.on_duty, row.isolating, row.not_back, row.stock_days, row.low, row.new_on_duty, row.warnings], [8, 1, 2, 3, null, null, []]);
  const again = await tell({ staff: 11, on_duty: 8, facts: all });
  assert.equal(again.version, first.version);
  const less = await tell({ facts: { masks: 23 } });
  row = await told();
  assert.deepEqual([less.version, row.stock_days, row.low], [first.version + 1, 2, true]);
  assert.deepEqual(row.warnings.map((one) => one.field), ['masks']);
  assert.equal((await at.officer.get('/api/v1/site_days', { query: { area: at.county.id, low: 'true' } })).rows.length, 1);
  assert.equal((await at.officer.get('/api/v1/tallies', { query: { area: at.town.id, day, measure: 'firms_low_masks' } })).rows[0].counts.firms_low_masks.value, 1);
});

test('how many are ill is masked without a reason; cases go up once, as soon as there are more', async () => {
  const reports = async () => (await at.liaison.get('/api/v1/reports', { query: { site: at.firm.id } })).rows;
  assert.deepEqual([(await told()).confirmed, (await fact('confirmed')).value], ['***', '***']);
  assert.deepEqual(await reports(), []);
  const deed = uuid7();
  for (let n = 0; n < 2; n++) await tell({ deed, facts: { suspected: 1 } });
  const [one, ...more] = await reports();
  assert.deepEqual([one.stage, one.kind, one.people, more], ['first', 'suspected_case', null, []]);
  assert.match(one.text, /^The firm's return of .*\|企业 .*日报填有确诊或疑似人员/, 'in both languages');
  assert.ok((await at.liaison.get('/api/v1/notices')).rows.some((notice) => notice.what === 'case_alarm'));
  await tell({ facts: { suspected: 0, confirmed: 1 } });
  assert.deepEqual((await reports()).map((report) => report.stage).sort(), ['first', 'follow_up']);
  await tell({ facts: { confirmed: 0 } });
  assert.equal((await reports()).length, 2);
});

test('the desk of the firm says how long its masks last', async () => {
  const { facts } = (await at.firm_user.get(`/api/v1/sites/${at.firm.id}/desk`)).sections.find((one) => one.name === 'return');
  assert.deepEqual([facts.day, facts.stock_days, facts.low], [day, 2, true]);
});

test('what is new every day is asked every day, with the last word beside it; masks, cases and measures are never carried over', async () => {
  const { facts, stock_days } = await sheet(next);
  const by = Object.fromEntries(facts.filter((one) => one.record === 'site_day').map((one) => [one.field, one]));
  for (const name of ['confirmed', 'suspected', 'contacts', 'masks', 'measured', 'disinfected']) assert.deepEqual([by[name].value, by[name].source, by[name].needed], [null, null, true], name);
  assert.deepEqual([by.masks.last, by.measured.last, by.confirmed.last, stock_days], [23, true, '***', null]);
  // what holds on is known
  for (const name of ['thermometers', 'closed', 'ventilated', 'air']) assert.equal(by[name].source, 'before', name);
  assert.deepEqual(Object.keys(await faults({ day: next, facts: { contacts: 0 } })), ['confirmed', 'suspected', 'masks', 'measured', 'disinfected']);
  // a round that tells states alone measures nobody; an attestation does, and disinfection comes from the gate
  await at.firm_user.post(`/api/v1/sites/${at.firm.id}/health_round`, { others: true });
  assert.equal((await fact('measured', next)).value, null);
  await at.firm_user.post('/api/v1/attestations', { site: at.firm.id, count: 8, none: true, gate: '东门', by: '演示门卫', text: '8 人均在东门测温' });
  assert.deepEqual(((one) => [one.value, one.source, one.count])(await fact('measured', next)), [true, 'round', 8]);
  await at.firm_user.post('/api/v1/gate_entries', { site: at.firm.id, kind: 'round', gate: '食堂', at: `${next}T01:00:00Z` });
  assert.deepEqual(((one) => [one.value, one.source, one.count])(await fact('disinfected', next)), [true, 'gate', 1]);
});

test('unchanged since yesterday is one request; its retry is harmless', async () => {
  const deed = uuid7();
  const first = await tell({ day: next, same: true, deed });
  assert.equal((await tell({ day: next, same: true, deed })).version, first.version);
  const row = (await rows()).find((one) => one.day === next);
  assert.deepEqual([row.same, row.on_duty, row.new_on_duty, row.masks, row.isolating], [true, 8, 0, 23, 1]);
  assert.equal((await rows()).length, 2);
});

test('a jump of more than 30 percent asks for a reason, by every way; the facts follow the numbers', async () => {
  // 8 the day before: 10 is 25 percent more, 11 is 37.5
  assert.match((await faults({ day: next, on_duty: 11, facts: { isolating: 0, not_back: 0 } })).jump_reason, /11 on duty after 8/);
  assert.deepEqual(Object.keys(await faults({ day: next, on_duty: 11, facts: { isolating: 1, not_back: 2 } })).sort(), ['jump_reason', 'not_back'], 'all that is wrong is said at once');
  await tell({ day: next, on_duty: 10, facts: { isolating: 1, not_back: 0 } });
  await tell({ day: next, on_duty: 11, jump_reason: '演示集中返岗', facts: { isolating: 0, not_back: 0 } });
  const row = (await rows()).find((one) => one.day === next);
  assert.deepEqual([row.on_duty, row.new_on_duty, row.stock_days, row.same], [11, 3, 2, null]);
  // a correction of the day before is seen here
  await tell({ on_duty: 9, facts: { isolating: 1, not_back: 1 } });
  assert.equal((await rows()).find((one) => one.day === next).new_on_duty, 2);
  // numbers alone that no longer add up with what was told are refused
  assert.ok((await faults({ on_duty: 8 })).not_back);
});
