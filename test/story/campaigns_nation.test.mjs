// Two campaigns replayed through the API, made up but for their totals. nation: resumption by owner, industry, group and trade, fifteen projects told of daily, half a
// thousand million yuan decided in three hours. zhangcha: its document lost its figures, so ours say only that rates of tiers and of firms above scale are asked for and open.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { figure, grant_loan, make, rate } from '../campaigns.mjs';
import { uuid7 } from '../harness.mjs';
import { at, person, recount, start_with_people } from '../people.mjs';

let muster, admin, chief, officer, provinces, group, trade;
const today = '2020-03-06', yuan = (sum) => sum * 100;
/** The whole country: the root of the tree. */
let root;
const firms = (count, working, more) => Array.from({ length: count }, (_, n) => ({ id: uuid7(), name: `演示${more.industry}企业${n + 1}`, kind: 'enterprise', status: n < working ? 'resumed' : 'stopped', area: provinces[n % provinces.length].id, effective: '2020-02-10', ...more }));

before(async () => {
  ({ muster, admin } = await start_with_people({ MUSTER_NOW: `${today}T01:00:00Z` }));
  root = (await admin.get('/api/v1/session')).home;
  provinces = await make(admin, 'areas', [['43', '湖南省'], ['44', '广东省'], ['51', '四川省']].map(([code, name]) => ({ id: uuid7(), code, name, level: 1 })));
  chief = await person(muster, admin, 'chief', 'command', { area: root.id });
  officer = await person(muster, admin, 'officer', 'officer', { area: root.id });
  group = await admin.post('/api/v1/orgs', { name: '演示电力投资集团', kind: 'company', area: root.id });
  trade = await admin.post('/api/v1/orgs', { name: '演示摩托车商会', kind: 'association', area: root.id });
  const central = { ownership: 'central', above_scale: true };
  await make(officer, 'sites', [
    ...firms(1045, 1045, { ...central, industry: 'D4411', member_of: group.id }),
    ...firms(120, 119, { ...central, industry: '2511' }), ...firms(152, 150, { ...central, industry: '5432' }), ...firms(101, 100, { ...central, industry: 'I6312' }),
    ...firms(300, 190, { ...central, industry: 'C35' }), ...firms(50, 41, { ownership: 'private', industry: '3751', member_of: trade.id }),
  ]);
});
after(() => muster?.stop());

test('nation: 1,045 of 1,045 firms of a group, over 93% of central firms, over 98% in four industries, over 80% of a trade: each opens', async () => {
  const of = (parts, area = root) => rate(chief, 'resumption', { area: area.id, day: today, ...parts });
  const all = await of({ member_of: group.id });
  assert.deepEqual([all.over, all.under, all.rate, all.above.every((row) => row.member_of === group.id && row.status === 'resumed')], [1045, 1045, 1, true]);
  const central = await of({ ownership: 'central' });
  assert.deepEqual([central.over, central.under, central.rate > 0.93 && central.rate < 0.98], [1604, 1718, true]);
  for (const [division, over, under] of [['C25', 119, 120], ['G54', 150, 152], ['I63', 100, 101], ['D44', 1045, 1045]]) {
    const one = await of({ ownership: 'central', division });
    assert.deepEqual([one.over, one.under, one.rate > 0.98, one.above.every((row) => row.division === division)], [over, under, true, true], division);
  }
  const four = await of({ ownership: 'central', division: 'C25,G54,I63,D44' });
  assert.deepEqual([four.over, four.under, four.rate > 0.98], [1414, 1418, true], 'the four together');
  const makers = await of({ member_of: trade.id });
  assert.deepEqual([makers.over, makers.under, makers.rate > 0.8], [41, 50, true]);
  // the parts add up to the whole, and the provinces to the country
  const every = await of({});
  assert.deepEqual([every.over, every.under], [1645, 1768]);
  assert.equal((await Promise.all(provinces.map((one) => of({ member_of: group.id }, one)))).reduce((sum, one) => sum + one.over, 0), 1045);
  // a firm that stops again is one less, from its day on
  const [first] = all.above;
  await officer.post(`/api/v1/sites/${first.id}/tell`, { status: 'stopped', effective: today });
  assert.deepEqual([(await of({ member_of: group.id })).over, (await rate(chief, 'resumption', { area: root.id, day: '2020-03-05', member_of: group.id })).over], [1044, 1045]);
  await officer.post(`/api/v1/sites/${first.id}/tell`, { status: 'resumed', effective: today });
  const asked = (await chief.get(`/api/v1/indicators?area=${root.id}&division=D44`)).rows[0].indicators;
  assert.deepEqual(Object.keys(asked), ['resumption'], 'a rate that is not told by industry is left out');
});

test('zhangcha: rates of the three tiers and of firms above scale are asked for, and open', async () => {
  const district = await admin.post('/api/v1/areas', { code: '440604', name: '禅城区', level: 3, parent: provinces[1].id });
  const street = await admin.post('/api/v1/areas', { code: '440604011', name: '张槎街道', level: 4, parent: district.id });
  const made = (count, working, more) => firms(count, working, { industry: 'C17', area: street.id, ...more });
  await make(officer, 'sites', [...made(20, 19, { above_scale: true }), ...made(5, 4, { taxpayer: true }), ...made(12, 9, { tier: 'park' }), ...made(30, 12, { tier: 'village' })]);
  const of = (parts) => rate(chief, 'resumption', { area: street.id, day: today, ...parts });
  for (const [tier, over, under] of [['key', 23, 25], ['park', 9, 12], ['village', 12, 30]]) {
    const one = await of({ tier });
    assert.deepEqual([one.over, one.under, one.above.every((row) => row.tier === tier)], [over, under, true], tier);
  }
  const above = await of({ above_scale: 1 });
  assert.deepEqual([above.over, above.under, above.above.every((row) => row.above_scale)], [19, 20, true]);
});

test('nation: fifteen of fifteen key projects work again and are told of on every day', async () => {
  const sites = await make(officer, 'sites', Array.from({ length: 15 }, (_, n) => ({ id: uuid7(), name: `演示重点工地${n + 1}`, kind: 'project', status: 'resumed', area: provinces[n % 3].id, effective: '2020-03-01' })));
  const plans = await make(officer, 'plans', sites.map((one, n) => ({ id: uuid7(), title: `重点项目${n + 1}`, site: one.id, kind: 'project', target: '六月投产', begins: '2020-03-01' })));
  const days = ['2020-03-04', '2020-03-05', '2020-03-06'];
  for (const [d, day] of days.entries()) {
    await make(officer, 'plan_days', plans.slice(1).map((one) => ({ id: uuid7(), plan: one.id, day, percent: 10 + d })));
    assert.equal((await rate(chief, 'plans_daily', { area: root.id, day, kind: 'project' })).over, 14, 'one is missing');
    await make(officer, 'plan_days', [{ id: uuid7(), plan: plans[0].id, day, percent: 10 + d }]);
    const told = await rate(chief, 'plans_daily', { area: root.id, day, kind: 'project' });
    assert.deepEqual([told.over, told.under, told.rate], [15, 15, 1], day);
  }
  assert.equal((await figure(chief, 'plans_working', { area: root.id, day: today, kind: 'project' })).value, 15);
});

test('nation: credit of 500,000,000 yuan is decided within three hours', async () => {
  const site = await officer.post('/api/v1/sites', { name: '演示医疗器械公司', kind: 'enterprise', status: 'resumed', area: provinces[0].id });
  const org = await admin.post('/api/v1/orgs', { name: '演示银行', kind: 'bank', area: provinces[0].id });
  const bank = await person(muster, admin, 'bank', 'department', { area: provinces[0].id, org });
  const firm = await person(muster, admin, 'boss', 'enterprise', { site });
  const moments = [`${today}T04:00:00Z`, `${today}T05:55:00Z`];
  await at(muster, `${today}T03:00:00Z`);
  await grant_loan({ firm, officer, bank, body: { site: site.id, amount: yuan(500_000_000) }, clock: () => at(muster, moments.shift()) });
  const where = { area: root.id, day: today, total: 1, kind: 'loan' };
  const granted = await figure(chief, 'loans_granted', where), decided = await figure(chief, 'loans_decided', where), minutes = await figure(chief, 'loan_minutes', where);
  assert.deepEqual([granted.value, granted.rows.length, decided.value], [500_000_000, 1, 1]);
  assert.ok(minutes.value > 170 && minutes.value <= 180, `${minutes.value} minutes`);
  assert.equal(minutes.rows[0].minutes, minutes.value);
  assert.equal((await chief.get(`/api/v1/loans/sums?area=${root.id}`)).total.median, minutes.value);
});

test('counted again from the rows there is no difference', () => {
  assert.match(recount(muster), /^0 differences/m);
});
