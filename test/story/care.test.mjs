// Care: what those who serve were given, to one person or in bulk; what it counts for; the result of a test stays private.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { person, recount, start_with_people } from '../people.mjs';

let muster, admin, officer, stranger, liaison, department, county, town, unit, post, gate, held, people;
const fault = (answer, field, text) => assert.ok(answer.fields?.some((one) => one.field === field && text.test(one.detail)), JSON.stringify(answer));
const give = (kind, more = {}, options = {}) => officer.post('/api/v1/care_given', { kind, area: town.id, ...more }, options);
const count = async (measure, day, area = county) => (await officer.get(`/api/v1/tallies?measure=${measure}&area=${area.id}&day=${day}&total=1`)).rows[0].counts[measure].value;

before(async () => {
  ({ muster, admin } = await start_with_people({ MUSTER_NOW: '2020-03-02T02:00:00Z' }));
  county = await admin.post('/api/v1/areas', { code: '431302', name: '娄星区', level: 3 });
  town = await admin.post('/api/v1/areas', { code: '431302001', name: '乐坪街道', level: 4, parent: county.id });
  const other = await admin.post('/api/v1/areas', { code: '431321', name: '双峰县', level: 3 });
  officer = await person(muster, admin, 'officer', 'officer', { area: county.id });
  liaison = await person(muster, admin, 'liaison', 'liaison', { area: town.id });
  department = await person(muster, admin, 'department', 'department', { area: county.id });
  stranger = await person(muster, admin, 'stranger', 'officer', { area: other.id });
  unit = await admin.post('/api/v1/orgs', { name: '区水利局', kind: 'office', area: county.id });
  people = await Promise.all([1, 2, 3].map((n) => officer.post('/api/v1/people', { name: `演示员${n}`, area: town.id, org: unit.id, phone: `1380000000${n}` })));
  post = await officer.post('/api/v1/posts', { title: '社区志愿者', kind: 'community', area: town.id, needed: 3, begins: '2020-02-12' });
});
after(() => muster?.stop());

test('masks to a post, a visit to an area, an honour, insurance and money: each counts under its name on its day', async () => {
  const masks = await give('mask', { post: post.id, amount: 200, day: '2020-02-20', item: '医用口罩', giver: '区直机关工委' });
  assert.equal(masks.unit, 'masks|个');
  await give('mask', { org: unit.id, amount: 50 });
  assert.deepEqual([await count('care_masks', '2020-02-19'), await count('care_masks', '2020-02-20'), await count('care_masks', '2020-03-02')], [0, 200, 250]);
  const visit = await give('visit', {});
  assert.deepEqual([visit.amount, visit.day], [1, '2020-03-02']);
  await give('honour', { person: people[0].id, item: '抗疫先锋' });
  await give('insurance', { org: unit.id, amount: 3 });
  await give('fund', { money: 64_200_000 });
  await give('gear', { org: unit.id, item: '手套', amount: 40, unit: 'pairs|双' });
  for (const [measure, value] of Object.entries({ care_visits: 1, care_honours: 1, care_insured: 3, care_funds: 642_000, care_tests: 0 })) assert.equal(await count(measure, '2020-03-02'), value, measure);
  const opened = await officer.get(`/api/v1/tallies/rows?measure=care_masks&area=${county.id}&day=2020-03-02&total=1`);
  assert.deepEqual(opened.rows.map((one) => one.value).sort(), [200, 50]);
  await officer.request('DELETE', `/api/v1/care_given/${masks.id}`, { reason: '重复登记' }, { version: masks.version });
  assert.equal(await count('care_masks', '2020-03-02'), 50);
});

test('an entry that cannot be is refused by the name of its field', async () => {
  const refused = async (field, text, kind, more) => fault(await give(kind, more, { expect: 422 }), field, text);
  await refused('person', /Somebody must be named/, 'mask', { amount: 5 });
  await refused('person', /Either a person/, 'mask', { person: people[0].id, org: unit.id, amount: 5 });
  await refused('amount', /must be given/, 'mask', { org: unit.id });
  await refused('amount', /one of one person/, 'test', { person: people[0].id, amount: 2 });
  await refused('unit', /must be given/, 'gear', { org: unit.id, amount: 5 });
  await refused('money', /must be given/, 'fund', {});
  await refused('money', /whole yuan/, 'fund', { money: 101 });
  await refused('amount', /not told of money/, 'fund', { money: 100, amount: 1 });
  await refused('day', /future/, 'visit', { day: '2020-03-03' });
  await refused('result', /only of one person/, 'mask', { person: people[0].id, amount: 5, result: 'negative' });
  await refused('kind', /./, 'cake', { person: people[0].id, amount: 5 });
});

test('the result of a test is masked, opens with a reason, and stands in no export, history or log in clear', async () => {
  const made = await give('test', { person: people[1].id, item: '核酸检测', result: 'positive' });
  assert.equal(made.amount, 1);
  assert.equal(await count('care_tests', '2020-03-02'), 1);
  const seen = await liaison.get(`/api/v1/care_given/${made.id}`);
  assert.match(seen.result, /^\*+$/);
  assert.equal(seen.names.person, '演**');
  assert.equal((await liaison.get(`/api/v1/care_given/${made.id}?reveal=${encodeURIComponent('安排复查')}`)).result, 'positive');
  assert.doesNotMatch(String(await officer.get('/api/v1/care_given.csv')), /positive|阳性|Positive/);
  assert.doesNotMatch(muster.log(), /positive|演示员/);
  const again = await give('test', { person: people[1].id, item: '核酸检测' });
  assert.match((await officer.get(`/api/v1/care_given/${again.id}`)).warnings[0].detail, /already/);
});

test('beyond one\'s area there is none of it; a liaison reads, an office of another matter does not', async () => {
  assert.deepEqual((await stranger.get('/api/v1/care_given')).rows, []);
  await stranger.post('/api/v1/care_given', { kind: 'visit', area: town.id }, { expect: 422 });
  assert.ok((await liaison.get('/api/v1/care_given')).rows.length > 3);
  await liaison.post('/api/v1/care_given', { kind: 'visit', area: town.id }, { expect: 403 });
  await department.get('/api/v1/care_given', { expect: 403 });
  assert.match(recount(muster), /\b0 differences/);
});

const compute = (month, options = {}, who = officer, area = county) => who.post('/api/v1/subsidies/compute', { area: area.id, month }, options);
const owed = async (query = '') => (await officer.get(`/api/v1/subsidies?limit=100${query}`)).rows.map((one) => [one.person, one.month, one.day_count, one.served, one.rate, one.amount, one.state]);
const setting = async (name, value) => {
  const row = (await admin.get('/api/v1/setting_values?limit=200')).rows.find((one) => one.name === name);
  await admin.patch(`/api/v1/setting_values/${row.id}`, { value }, { version: row.version });
};

test('days served in a month are owed once, at the dearest post; rostered posts count the shifts that were come to', async () => {
  const kind = (await admin.get('/api/v1/post_kinds?code=checkpoint')).rows[0];
  await compute('2020-2', { expect: 422 });
  await compute('2020-04', { expect: 422 });
  assert.match((await compute('2020-02', { expect: 409 })).detail, /No rate is set/);
  await setting('subsidy_day', '10000');
  await admin.patch(`/api/v1/post_kinds/${kind.id}`, { rate: 20_000 }, { version: kind.version });
  gate = await officer.post('/api/v1/posts', { title: '高铁站卡口', kind: 'checkpoint', area: town.id, needed: 3, begins: '2020-02-12' });
  const serve = (who, where, begins, ends) => officer.post('/api/v1/assignments', { post: where.id, person: who.id, begins, ends });
  held = await serve(people[0], post, '2020-02-12', '2020-02-25');
  await serve(people[0], gate, '2020-02-24', '2020-02-26');
  await serve(people[1], post, '2020-02-28');
  const sums = await compute('2020-02');
  assert.deepEqual(sums, { month: '2020-02', made: 3, changed: 0, kept: 0, dropped: 0, people: 2, days: 17, amount: 12 * 10_000 + 3 * 20_000 + 2 * 10_000 });
  assert.deepEqual((await owed(`&person=${people[0].id}&post=${post.id}`)).map((row) => row.slice(2)), [[12, '12-23', 10_000, 120_000, 'proposed']]);
  assert.deepEqual((await owed(`&person=${people[0].id}&post=${gate.id}`)).map((row) => row.slice(2)), [[3, '24-26', 20_000, 60_000, 'proposed']]);
  assert.deepEqual((await owed(`&person=${people[1].id}`)).map((row) => row.slice(2)), [[2, '28-29', 10_000, 20_000, 'proposed']]);
  // the month that runs: up to yesterday; again, nothing new
  assert.deepEqual((({ made, days }) => [made, days])(await compute('2020-03')), [1, 1]);
  assert.deepEqual((({ made, changed, kept }) => [made, changed, kept])(await compute('2020-03')), [0, 0, 1]);
});

test('what is decided stays and its days are not owed again; what is proposed follows the records', async () => {
  const find = async (who, where, state) => (await officer.get(`/api/v1/subsidies?month=2020-02&person=${who.id}&post=${where.id}${state ? `&state=${state}` : ''}`)).rows[0];
  const command = await person(muster, admin, 'command', 'command', { area: county.id });
  const first = await find(people[0], post);
  await officer.post(`/api/v1/subsidies/${first.id}/approve`, {}, { expect: 403 });
  const approved = await command.post(`/api/v1/subsidies/${first.id}/approve`, {});
  assert.deepEqual([approved.state, approved.approved_by], ['approved', 'command']);
  // longer at the post: the days that are new come on top, those that were approved stay as they are
  await officer.patch(`/api/v1/assignments/${held.id}`, { ends: '2020-02-28' }, { version: held.version });
  assert.deepEqual((({ made, changed, dropped }) => [made, changed, dropped])(await compute('2020-02')), [1, 0, 0]);
  assert.deepEqual((await owed(`&month=2020-02&person=${people[0].id}&post=${post.id}&sort=month`)).map((row) => [row[3], row[6]]).sort(), [['12-23', 'approved'], ['27-28', 'proposed']]);
  // the town alone, and an area that shares the person: no day twice
  assert.deepEqual((({ made, changed, dropped }) => [made, changed, dropped])(await compute('2020-02', {}, officer, town)), [0, 0, 0]);
  const second = await find(people[0], gate);
  const refused = await command.post(`/api/v1/subsidies/${second.id}/refuse`, { reason: '已由原单位发放' });
  assert.equal(refused.state, 'refused');
  await command.post(`/api/v1/subsidies/${(await find(people[1], post)).id}/refuse`, {}, { expect: 422 });
  assert.deepEqual((({ made, changed, dropped }) => [made, changed, dropped])(await compute('2020-02')), [0, 0, 0]);
  const again = await command.post(`/api/v1/subsidies/${second.id}/reopen`, {});
  assert.deepEqual([again.state, again.reason], ['proposed', null]);
  const paid = await officer.post(`/api/v1/subsidies/${first.id}/pay`, { voucher: 'PZ-0007' });
  assert.deepEqual([paid.state, paid.paid_day, paid.voucher], ['paid', '2020-03-02', 'PZ-0007']);
  await officer.request('DELETE', `/api/v1/subsidies/${first.id}`, { reason: '试删' }, { version: paid.version, expect: [409, 422] });
  assert.equal(await count('subsidy_days', '2020-03-02'), 12 + 3 + 2 + 2 + 1);
  const days = (await officer.get(`/api/v1/subsidies?month=2020-02&person=${people[0].id}`)).rows.flatMap((one) => one.served.split(', ').flatMap((part) => {
    const [from, until = from] = part.split('-').map(Number);
    return Array.from({ length: until - from + 1 }, (_, n) => from + n);
  }));
  assert.equal(new Set(days).size, days.length);
});

test('from the first shift of a post on only shifts that were come to count; assignments taken out are owed no longer', async () => {
  const shift = await officer.post('/api/v1/shifts', { post: gate.id, person: people[0].id, starts: '2020-02-25T00:00:00Z', ends: '2020-02-25T08:00:00Z' });
  assert.ok(shift.id);
  const sums = await compute('2020-02');
  assert.deepEqual([sums.changed, sums.dropped], [2, 0]);
  assert.deepEqual((await owed(`&month=2020-02&person=${people[0].id}&state=proposed`)).map((row) => row[3]).sort(), ['24', '25-28']);
  const other = (await officer.get(`/api/v1/assignments?person=${people[1].id}`)).rows[0];
  await officer.request('DELETE', `/api/v1/assignments/${other.id}`, { reason: '登记有误' }, { version: other.version });
  assert.equal((await compute('2020-02')).dropped, 1);
  assert.deepEqual(await owed(`&month=2020-02&person=${people[1].id}`), []);
});

test('a day at posts of two areas is owed in one of them, whichever is computed first, and all of it computed again changes nothing', async () => {
  const far = await admin.post('/api/v1/areas', { code: '431302002', name: '花山街道', level: 4, parent: county.id });
  const there = await officer.post('/api/v1/posts', { title: '社区志愿者', kind: 'community', area: far.id, needed: 3, begins: '2020-02-12' });
  for (const [where, begins, ends] of [[post, '2020-02-20', '2020-02-22'], [there, '2020-02-22', '2020-02-24']]) await officer.post('/api/v1/assignments', { post: where.id, person: people[2].id, begins, ends });
  await compute('2020-02', {}, officer, far);
  await compute('2020-02', {}, officer, town);
  assert.deepEqual((await owed(`&person=${people[2].id}`)).map((row) => row[3]).sort(), ['20-21', '22-24']);
  await compute('2020-02');
  const days = (await owed(`&person=${people[2].id}`)).map((row) => row[2]);
  assert.equal(days.reduce((all, one) => all + one, 0), 5);
});

test('nobody makes one by hand, computes beyond their area or without the right; the list goes out as a sheet', async () => {
  await officer.post('/api/v1/subsidies', {}, { expect: [409, 422] });
  await officer.post('/api/v1/subsidies', { days: 3 }, { expect: 422 });
  await compute('2020-02', { expect: 404 }, stranger);
  await compute('2020-02', { expect: 403 }, liaison, town);
  assert.deepEqual((await stranger.get('/api/v1/subsidies')).rows, []);
  const sheet = String(await officer.get('/api/v1/subsidies.csv?month=2020-02'));
  assert.match(sheet, /12-23/);
  assert.doesNotMatch(sheet, /演示员/);
  assert.match(recount(muster), /\b0 differences/);
});

test('thanks: who served longest, the units, the honours; names only for whoever may see them and says why', async () => {
  const page = await officer.get(`/api/v1/thanks?area=${county.id}`);
  // the first one: 12-23 February at the one post, and on to the 28th; the gate adds none of its own beyond the 24th
  assert.deepEqual(page.longest.map((one) => [one.person.id, one.person.name, one.days]), [[people[0].id, '演**', 17], [people[2].id, '演**', 5]]);
  assert.deepEqual([page.people, page.days, page.unit_count, page.units[0].org.name, page.units[0].people], [2, 22, 1, '区水利局', 2]);
  assert.deepEqual(page.honours.map((one) => [one.item, one.person.name, one.day]), [['抗疫先锋', '演**', '2020-03-02']]);
  const clear = await officer.get(`/api/v1/thanks?area=${county.id}&reveal=${encodeURIComponent('张榜致谢')}`);
  assert.deepEqual(clear.longest.map((one) => one.person.name), ['演示员1', '演示员3']);
  const masked = await department.get(`/api/v1/thanks?area=${county.id}&reveal=${encodeURIComponent('张榜致谢')}`);
  assert.deepEqual(masked.longest.map((one) => one.person), [{ name: '演**' }, { name: '演**' }]);
  assert.equal(masked.honours[0].id, undefined);
  assert.equal((await officer.get(`/api/v1/thanks?area=${county.id}&day=2020-02-20`)).days, 9 + 1);
  await stranger.get(`/api/v1/thanks?area=${county.id}`, { expect: 404 });
});
