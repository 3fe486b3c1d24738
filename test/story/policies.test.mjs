// Policies: who sees them, what may be changed when, faults named by the number of the leaf, facts as people tell them, verdicts with reasons in both languages,
// a tree tried before it is kept, and a changed fact that marks its own site and no other.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { until } from '../harness.mjs';
import { sql } from '../postgres.mjs';
import { person, start_with_people } from '../people.mjs';
import { csv, send_sheet } from '../sheets.mjs';

let muster, admin, chief, office, officer, liaison, firm, auditor, county, town, far, site, other, outside;
const fault = (answer, field, text) => assert.ok(answer.fields?.some((each) => each.field === field && text.test(each.detail)), JSON.stringify(answer));
const make = (body, options) => office.post('/api/v1/policies', { title: '演示政策', area: county.id, ...body }, options);
const tell = (client, kind, value, more = {}, options = {}) => client.post('/api/v1/facts', { site: site.id, kind, value, ...more }, options);
const judge = (policy, client = office, where = site, query = '') => client.get(`/api/v1/policies/${policy.id}/judge?site=${where.id}${query}`);

before(async () => {
  ({ muster, admin } = await start_with_people({ MUSTER_NOW: '2020-03-05T02:00:00Z' }));
  county = await admin.post('/api/v1/areas', { code: '431302', name: '娄星区', level: 3 });
  town = await admin.post('/api/v1/areas', { code: '431302001', name: '乐坪街道', level: 4, parent: county.id });
  far = await admin.post('/api/v1/areas', { code: '431321', name: '双峰县', level: 3 });
  chief = await person(muster, admin, 'chief', 'command', { area: county.id });
  office = await person(muster, admin, 'office', 'department', { area: county.id });
  officer = await person(muster, admin, 'officer', 'officer', { area: town.id });
  liaison = await person(muster, admin, 'liaison', 'liaison', { area: town.id });
  auditor = await person(muster, admin, 'auditor', 'auditor', { area: county.id });
  site = await officer.post('/api/v1/sites', { name: '演示食品厂', kind: 'enterprise', area: town.id, industry: 'C14', staff: 200, revenue: 3000000000, status: 'resumed' });
  other = await officer.post('/api/v1/sites', { name: '演示饭店', kind: 'shop', area: town.id, industry: '62', staff: 8 });
  outside = await admin.post('/api/v1/sites', { name: '外县厂', kind: 'enterprise', area: far.id }, { expect: [200, 201, 403] });
  firm = await person(muster, admin, 'firm', 'enterprise', { site });
});
after(() => muster?.stop());

let rent;
test('a draft is for those who write it; published, everybody sees it from below', async () => {
  rent = await make({
    title: '国有房屋减租', title_en: 'Rent of state premises', code: 'rent',
    conditions: { all: [{ is: 'in', fact: 'size', of: ['medium', 'small', 'micro'] }, { is: 'flag', fact: 'state_rented' }] },
    benefit: { kind: 'months', base: 'rent_month', free: 1, half: 2 },
  });
  assert.deepEqual([rent.state, rent.mode], ['draft', 'apply']);
  for (const client of [firm, liaison, auditor, officer]) {
    await client.get(`/api/v1/policies/${rent.id}`, { expect: 404 });
    await client.get(`/api/v1/policies/${rent.id}/words`, { expect: 404 });
    assert.deepEqual((await client.get('/api/v1/policies')).rows, []);
  }
  assert.equal((await chief.get('/api/v1/policies')).rows.length, 1);
  await officer.post(`/api/v1/policies/${rent.id}/publish`, {}, { expect: [403, 404] });
  await office.post(`/api/v1/policies/${rent.id}/publish`, {});
  for (const client of [firm, liaison, auditor, officer]) assert.equal((await client.get('/api/v1/policies?current=1')).rows[0].title, '国有房屋减租');
  const elsewhere = await admin.post('/api/v1/policies', { title: '邻县政策', area: far.id });
  await admin.post(`/api/v1/policies/${elsewhere.id}/publish`, {});
  assert.equal((await firm.get('/api/v1/policies')).rows.length, 2, 'what is published is open');
  for (const client of [firm, liaison, office]) assert.deepEqual((await client.get('/api/v1/policies?here=1')).rows.map((one) => one.title), ['国有房屋减租']);
  await firm.post('/api/v1/policies', { title: '不可', area: county.id }, { expect: 403 });
});

test('what was published says what it said; back to draft while nobody was told; ended it stays', async () => {
  const now = await office.get(`/api/v1/policies/${rent.id}`);
  const refused = await office.patch(`/api/v1/policies/${rent.id}`, { title: '另一个' }, { version: now.version, expect: 409 });
  assert.match(refused.detail, /says what it said/);
  await office.patch(`/api/v1/policies/${rent.id}`, { phone: '0738-12345' }, { version: now.version });
  const draft = await office.post(`/api/v1/policies/${rent.id}/draft`, {});
  assert.equal(draft.state, 'draft');
  await office.post(`/api/v1/policies/${rent.id}/publish`, {});
  await muster.halt();
  sql(muster.store, `UPDATE policies SET told = 1`);
  await muster.start();
  assert.match((await office.post(`/api/v1/policies/${rent.id}/draft`, {}, { expect: 409 })).detail, /told/);
  const short = await make({ title: '到期', benefit: { kind: 'fixed', amount: 100 } });
  await office.post(`/api/v1/policies/${short.id}/publish`, {});
  const ended = await office.post(`/api/v1/policies/${short.id}/end`, {});
  assert.deepEqual([ended.state, ended.ends], ['ended', '2020-03-05']);
  await office.patch(`/api/v1/policies/${short.id}`, { phone: '1' }, { version: ended.version, expect: 409 });
});

test('a tree that is no good is refused by the number of its leaf, in the language of the asker', async () => {
  const bad = async (conditions, text) => fault(await make({ conditions }, { expect: 422 }), 'conditions', text);
  await bad({ all: [{ is: 'flag', fact: 'hardship' }, { any: [{ is: 'flag', fact: 'nonsense' }] }] }, /^condition 2\.1: fact names no known fact \(nonsense\)/);
  await bad({ is: 'number', fact: 'staff', compare: '~', value: 3 }, /^the top: compare must be/);
  await bad({ all: [{ is: 'number', fact: 'taxpayer', compare: '<', value: 3 }] }, /^condition 1: fact .* cannot be compared/);
  await bad({ all: [{ is: 'in', fact: 'size', of: ['tiny'] }] }, /^condition 1: of takes no tiny/);
  await bad({ all: [{ any: [] }] }, /^condition 1: a group needs a condition/);
  await bad({ all: [{ is: 'industry', codes: ['Z9'] }] }, /GB\/T 4754/);
  await bad({ all: [{ is: 'area', codes: ['广东'] }] }, /codes and ids/);
  await bad({ all: [{ is: 'ratio', top: 'staff', bottom: 'on_duty', bands: [{ upto: 30, compare: '<=', value: 1 }] }] }, /^condition 1: heads must say/);
  await bad({ all: [{ is: 'day', fact: 'loan_due', compare: '<', value: '2020-13-01' }] }, /^condition 1: value must be a day/);
  await bad({ all: [{ is: 'flag', fact: 'hardship', vlaue: true }] }, /^condition 1: vlaue is not known here/);
  let deep = { is: 'flag', fact: 'hardship' };
  for (let i = 0; i < 9; i++) deep = { all: [deep] };
  await bad(deep, /too deep/);
  const chinese = await office.request('POST', '/api/v1/policies', { title: '演示', area: county.id, conditions: { all: [{ is: 'flag', fact: 'x' }] } }, { expect: 422, headers: { 'Accept-Language': 'zh' } });
  fault(chinese, 'conditions', /^条件 1：/);
  fault(await make({ benefit: { kind: 'percent', base: 'staff', rate: 100 } }, { expect: 422 }), 'benefit', /base names a fact of another type/);
  fault(await make({ benefit: { kind: 'cases', of: [{ when: { is: 'flag', fact: 'x' }, give: { kind: 'none' } }] } }, { expect: 422 }), 'benefit', /part 1, the top: fact/);
});

test('facts are kept as they were meant, once each, and those of the register are not told again', async () => {
  const read = async (kind, value, more) => {
    const made = await tell(officer, kind, value, more);
    return [made.value, made.number];
  };
  assert.deepEqual(await read('state_rented', '是'), ['yes', 1]);
  assert.deepEqual(await read('rent_month', '12,345.5'), ['12345.5', 1234550]);
  assert.deepEqual(await read('loan_rate', '4.15%'), ['4.15', 415]);
  assert.deepEqual(await read('insured_last', '190'), ['190', 190]);
  assert.deepEqual(await read('lists', ' epidemic_supplier , allocated_goods'), ['epidemic_supplier,allocated_goods', null]);
  assert.deepEqual(await read('revenue_month', '80000', { month: '2020-02' }), ['80000', 8000000]);
  fault(await tell(officer, 'revenue_month', '1', {}, { expect: 422 }), 'month', /told by the month/);
  fault(await tell(officer, 'hardship', 'yes', { month: '2020-02' }, { expect: 422 }), 'month', /is for kinds/);
  fault(await tell(officer, 'hardship', 'perhaps', {}, { expect: 422 }), 'value', /yes or no/);
  fault(await tell(officer, 'insured_before', '3.5', {}, { expect: 422 }), 'value', /whole number/);
  fault(await tell(officer, 'lists', 'other_list', {}, { expect: 422 }), 'value', /not one of the choices/);
  fault(await tell(officer, 'rent_month', '5', {}, { expect: 422 }), 'kind', /known of this site already/);
  fault(await tell(officer, 'staff', '5', {}, { expect: 422 }), 'kind', /not in the list/);
  await tell(firm, 'hardship', 'no');
  await firm.post('/api/v1/facts', { site: other.id, kind: 'hardship', value: 'no' }, { expect: 422 });
  await auditor.post('/api/v1/facts', { site: site.id, kind: 'zombie', value: 'no' }, { expect: 403 });
  fault(await admin.post('/api/v1/fact_kinds', { code: 'staff', label: 'Staff|人数', type: 'whole' }, { expect: 422 }), 'code', /told by the register/);
  await admin.post('/api/v1/fact_kinds', { code: 'own_kind', label: 'Own kind|自设', type: 'whole', unit: 'sets|套' });
  assert.deepEqual(await read('own_kind', '7'), ['7', 7]);
  const kinds = Object.fromEntries((await admin.get('/api/v1/fact_kinds?limit=200')).rows.map((one) => [one.code, one]));
  for (const code of ['own_kind', 'state_rented']) assert.match((await admin.del(`/api/v1/fact_kinds/${kinds[code].id}`, { reason: '不用' }, { expect: 409 })).detail, /go by it/);
  await admin.del(`/api/v1/fact_kinds/${kinds.tour_visitors.id}`, { reason: '不用' });
});

test('a verdict tells why at each leaf, in both languages, and what is missing', async () => {
  const yes = await judge(rent, firm);
  assert.deepEqual([yes.verdict, yes.amount, yes.amount_known], ['yes', 1234550 * 2, true]);
  assert.deepEqual(yes.reasons.map((one) => [one.at, one.verdict, one.asked, one.seen]), [
    ['1', 'yes', 'Size class is one of: Medium, Small, Micro', 'Small'],
    ['2', 'yes', 'Rents premises owned by the state: yes', 'yes'],
  ]);
  const chinese = await firm.request('GET', `/api/v1/policies/${rent.id}/judge?site=${site.id}`, undefined, { headers: { 'Accept-Language': 'zh' } });
  assert.deepEqual(chinese.reasons.map((one) => one.asked), ['企业规模为中型、小型、微型', '承租国有房屋：是']);
  const missing = await judge(rent, office, other);
  assert.deepEqual([missing.verdict, missing.amount, missing.missing.map((one) => one.fact)], ['missing', null, ['state_rented']]);
  await judge(rent, firm, other).then(assert.fail, () => {});
  const none = await judge(rent, chief, site, '&day=2019-01-01');
  assert.equal(none.verdict, 'yes', 'it has no first day');
  const all = await firm.get(`/api/v1/sites/${site.id}/policies`);
  assert.deepEqual([all.tells, all.rows.map((one) => [one.title, one.verdict, one.amount])], [true, [['Rent of state premises', 'yes', 2469100]]]);
  const words = await liaison.get(`/api/v1/policies/${rent.id}/words`);
  assert.deepEqual(words.conditions.map((one) => [one.at, one.depth, one.text]), [
    ['', 0, 'All of these'], ['1', 1, 'Size class is one of: Medium, Small, Micro'], ['2', 1, 'Rents premises owned by the state: yes']]);
  assert.equal(words.gives, 'Monthly rent of premises owned by the state, months: 1 in full, 2 by half');
});

test('an unsaved tree is tried against real sites within reach: counts over the area, rows by page', async () => {
  const policy = { conditions: { all: [{ is: 'number', fact: 'staff', compare: '>=', value: 100 }] }, benefit: { kind: 'percent', base: 'revenue', rate: 1 } };
  const tried = await office.post('/api/v1/policies:try', { policy, area: county.id });
  assert.deepEqual(tried.counts, { sites: 2, yes: 1, no: 1, missing: 0 });
  assert.deepEqual([tried.amount, tried.rows.length, tried.whole, tried.month], [300000, 2, true, '2020-02']);
  const page = await office.post('/api/v1/policies:try', { policy, limit: 1 });
  const next = await office.post('/api/v1/policies:try', { policy, limit: 1, after: page.next });
  assert.deepEqual([[...page.rows, ...next.rows].map((row) => row.name).sort(), next.next], [['演示食品厂', '演示饭店'].sort(), null]);
  assert.deepEqual((await office.post('/api/v1/policies:try', { policy, verdict: 'no' })).rows.map((row) => row.name), ['演示饭店']);
  fault(await office.post('/api/v1/policies:try', { policy: { conditions: { all: [{ is: 'x' }] } } }, { expect: 422 }), 'conditions', /^condition 1/);
  assert.equal((await office.post('/api/v1/policies:try', { policy: rent.id })).counts.yes, 1);
  await firm.post('/api/v1/policies:try', { policy }, { expect: 403 });
});

test('one changed fact is judged anew for its own site, and no other', async () => {
  const ledger = async (where) => (await officer.get(`/api/v1/deliveries?policy=${rent.id}&site=${where.id}`)).rows[0];
  const beside = await ledger(other);
  const [known] = (await officer.get(`/api/v1/facts?site=${site.id}&kind=rent_month`)).rows;
  const changed = await officer.patch(`/api/v1/facts/${known.id}`, { value: '20000' }, { version: known.version });
  assert.equal((await judge(rent)).amount, 4000000, 'judged anew');
  const row = await until(async () => ((one) => one?.estimate === 4000000 && one)(await ledger(site)), { what: 'the new amount' });
  await officer.patch(`/api/v1/facts/${known.id}`, { source: '合同' }, { version: changed.version });
  assert.deepEqual([(await ledger(site)).version, (await ledger(other))?.version], [row.version, beside?.version]);
});

test('the examples come once, as drafts, marked; exclusion goes by what was granted', async () => {
  await admin.post('/api/v1/fact_kinds', { code: 'tour_visitors', label: 'Visitors|接待游客', type: 'whole' });
  assert.equal((await office.post('/api/v1/policies/examples', { area: county.id })).made, 31);
  assert.equal((await office.post('/api/v1/policies/examples', { area: county.id })).made, 0);
  await liaison.post('/api/v1/policies/examples', { area: county.id }, { expect: 403 });
  await office.post('/api/v1/policies/examples', { area: far.id }, { expect: [403, 404] });
  const { rows } = await office.get('/api/v1/policies?example=1&limit=100');
  assert.equal(rows.length, 31);
  assert.ok(rows.every((row) => row.state === 'draft' && row.example && /示例/.test(row.body)));
  const hard = rows.find((row) => row.code === 'p05_stable_hardship');
  const before = await judge(hard);
  assert.equal(before.reasons.find((one) => one.at === '3').verdict, 'yes', 'nothing was granted');
  await tell(office, 'granted', 'p04_stable_jobs');
  assert.equal((await judge(hard)).reasons.find((one) => one.at === '3').verdict, 'no');
});

test('facts come from a sheet as well: a firm by its name, bad lines told one by one; every kind is searched, listed, exported', async () => {
  const rows = [['企业（场所）', '事实类型', '月份', '值', '来源'], ['演示饭店', 'revenue_month', '2020-02', '35,000.50', '税务'], ['演示饭店', 'hardship', '', '是', '税务'], ['演示饭店', 'revenue_month', '', '1', ''], ['无此企业', 'hardship', '', '是', '']];
  const preview = await send_sheet(office, 'facts', csv(rows), { preview: 1 });
  assert.deepEqual([preview.result.good, preview.result.bad], [2, 2], JSON.stringify(preview.result));
  const done = await send_sheet(office, 'facts', csv(rows), { mode: 'good' });
  assert.equal(done.written, 2, JSON.stringify(done));
  const told = (await office.get(`/api/v1/facts?site=${other.id}&sort=-told`)).rows;
  assert.deepEqual(told.map((one) => [one.kind, one.month, one.number, one.source]).sort(), [['hardship', null, 1, '税务'], ['revenue_month', '2020-02', 3500050, '税务']]);
  assert.match(String(await office.get('/api/v1/facts.csv?kind=hardship')), /演示饭店/);
});
