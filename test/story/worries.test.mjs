// What worries in a firm stands nowhere contradicted and never unheard: results of a test, records beside the round and fevers at a gate go into the round of the day or up at once, and one tap says
// of nobody that they are well of whom it is known otherwise.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { person, recount, start_with_people } from '../people.mjs';
import { until, uuid7 } from '../harness.mjs';

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
