// The ledger of policies: published, a policy finds its firms; they are told, know, apply, get it granted and paid, each step by whom it belongs to, and every figure opens.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { until } from '../harness.mjs';
import { at, jobs, person, recount, start_with_people } from '../people.mjs';
import { sheet_text } from '../sheets.mjs';

let muster, admin, chief, officer, liaison, dept, town, root;
const firms = [];
const fault = (answer, field, text) => assert.ok(answer.fields?.some((each) => each.field === field && text.test(each.detail)), JSON.stringify(answer));
const count = async (measure, day, area = town) => (await chief.get(`/api/v1/tallies?measure=${measure}&area=${area.id}&day=${day}`)).rows[0].counts[measure].value;
const opened = async (measure, day) => (await chief.get(`/api/v1/tallies/rows?measure=${measure}&area=${town.id}&day=${day}&limit=100`)).rows;
const rate = async (name, day) => (await chief.get(`/api/v1/indicators?area=${town.id}&day=${day}`)).rows[0].indicators[name];
const told = async (client) => (await client.get('/api/v1/notices')).rows.map((each) => each.what);
const waits = async (client, kind) => (await client.get('/api/v1/waiting')).rows.find((each) => each.kind === kind)?.count ?? 0;
const step = (client, row, name, body = {}, options = {}) => client.post(`/api/v1/deliveries/${row.id}/${name}`, body, options);
const of = async (policy, site) => (await chief.get(`/api/v1/deliveries?policy=${policy.id}&site=${site.id}`)).rows[0];
/** Until nothing of the policy waits to be judged any more. */
const matched = (policy) =>
  until(async () => {
    const { matching } = await chief.get(`/api/v1/policies/${policy.id}/funnel`);
    return matching && !matching.running && matching;
  }, { what: 'the matching' });
const staff_at_most = (most) => ({ is: 'number', fact: 'staff', compare: '<=', value: most });
async function publish(body) {
  const policy = await dept.post('/api/v1/policies', { area: town.id, ...body });
  await dept.post(`/api/v1/policies/${policy.id}/publish`, {});
  return policy;
}

before(async () => {
  ({ muster, admin } = await start_with_people({ MUSTER_NOW: '2020-03-02T02:00:00Z' }));
  root = (await admin.get('/api/v1/session')).home;
  const county = await admin.post('/api/v1/areas', { code: '431302', name: '娄星区', level: 3 });
  town = await admin.post('/api/v1/areas', { code: '431302001', name: '乐坪街道', level: 4, parent: county.id });
  const beside = await admin.post('/api/v1/areas', { code: '431302002', name: '花山街道', level: 4, parent: county.id });
  chief = await person(muster, admin, 'chief', 'command', { area: county.id });
  officer = await person(muster, admin, 'officer', 'officer', { area: county.id });
  liaison = await person(muster, admin, 'liaison', 'liaison', { area: town.id });
  dept = await person(muster, admin, 'dept', 'department', { area: county.id });
  for (const [name, staff, area] of [['甲厂', 20, town], ['乙厂', 40, town], ['丙厂', 300, town], ['丁厂', undefined, town], ['戊厂', 20, beside]]) {
    const site = await officer.post('/api/v1/sites', { name, kind: 'enterprise', status: 'resumed', staff, area: area.id, industry: 'C17' });
    firms.push(Object.assign(site, { client: await person(muster, admin, `firm${firms.length}`, 'enterprise', { site }) }));
  }
  for (const site of firms.slice(0, 4)) await officer.post('/api/v1/links', { site: site.id, user: liaison.user.id, level: 'town', begins: '2020-02-20' });
});
after(() => muster?.stop());

let training, rent;
test('published, a policy is held against the firms of its area: who qualifies stands in the ledger, who lacks a fact on the list of what to ask', async () => {
  training = await publish({ title: '以工代训补贴', mode: 'apply', apply_by: '2020-03-31', phone: '0738-0000001', conditions: staff_at_most(100), benefit: { kind: 'heads', heads: 'staff', per: 50000 } });
  assert.deepEqual({ ...(await matched(training)), at: 0 }, { running: false, done: 4, total: 4, yes: 2, missing: 1, at: 0 });
  const { rows } = await chief.get(`/api/v1/deliveries?policy=${training.id}&sort=estimate`);
  assert.deepEqual(rows.map((each) => [each.names.site, each.state, each.verdict, each.estimate, each.mode, each.matched_day, each.tell_by]), [
    ['甲厂', 'matched', 'yes', 1000000, 'apply', '2020-03-02', '2020-03-05'],
    ['乙厂', 'matched', 'yes', 2000000, 'apply', '2020-03-02', '2020-03-05'],
  ]);
  const [asks] = (await liaison.get('/api/v1/policy_firms?asks=1&mine=1')).rows;
  assert.deepEqual([asks.names.site, asks.missing, asks.facts.split('|').at(-1)], ['丁厂', 1, '职工人数']);
  assert.equal(await waits(liaison, 'policy_facts'), 1);
  assert.equal(await waits(liaison, 'deliveries_untold'), 2);
  assert.deepEqual((await firms[3].client.get(`/api/v1/sites/${firms[3].id}/deliveries`)).missing.map((each) => [each.policy.name, each.facts]), [['以工代训补贴', ['Staff']]]);
  await chief.post('/api/v1/deliveries', { policy: training.id, site: firms[0].id }, { expect: 403 });
  assert.equal((await officer.post('/api/v1/deliveries', { policy: training.id, site: firms[0].id }, { expect: 409 })).current.names.site, '甲厂');
  fault(await officer.post('/api/v1/deliveries', { policy: training.id, site: firms[2].id }, { expect: 422 }), 'site', /does not qualify/);
});

test('a fact that is told judges its site alone', async () => {
  const before_that = (await chief.get('/api/v1/deliveries?limit=100')).rows.map((each) => [each.id, each.version]);
  await officer.post(`/api/v1/sites/${firms[3].id}/tell`, { staff: 10 });
  // what the firm reads says for how long its policies are being judged: once it does not, the verdict is in it
  const ledger = await until(async () => { const now = await firms[3].client.get(`/api/v1/sites/${firms[3].id}/deliveries`); return !now.judging && now; }, { what: 'the verdict' });
  assert.deepEqual([ledger.rows.map((each) => each.policy.name), ledger.missing], [['以工代训补贴'], []]);
  const made = await of(training, firms[3]);
  assert.deepEqual([made.state, made.estimate], ['matched', 500000]);
  const now = new Map((await chief.get('/api/v1/deliveries?limit=100')).rows.map((each) => [each.id, each.version]));
  assert.deepEqual(before_that.map(([id]) => [id, now.get(id)]), before_that);
  assert.equal(now.size, before_that.length + 1);
  const [firm] = (await chief.get(`/api/v1/policy_firms?site=${firms[3].id}`)).rows;
  assert.deepEqual([firm.qualifies, firm.untold, firm.estimate, firm.missing, firm.facts], [1, 1, 500000, 0, null]);
});

test('the liaison tells several policies to one firm in one tap, and one policy to many firms', async () => {
  rent = await publish({ title: '租金减免', mode: 'none', benefit: { kind: 'fixed', amount: 300000 } });
  assert.equal((await matched(rent)).yes, 4);
  const mine = await liaison.get(`/api/v1/sites/${firms[0].id}/deliveries`);
  assert.match(mine.message, /甲厂.*\(2\)[^]*以工代训补贴, about 10,000 yuan, apply by 31 March 2020[^]*租金减免, about 3,000 yuan, comes without an application/);
  const answer = await liaison.post('/api/v1/deliveries/tell', { rows: mine.rows.map(({ id }) => ({ id })), how: 'visit', heard: true });
  assert.deepEqual([answer.told, answer.rows.map((each) => each.status)], [2, [200, 200]]);
  const one = await of(training, firms[0]);
  assert.deepEqual([one.state, one.told_how, one.told_by, one.told_day, one.known_how], ['known', 'visit', 'liaison', '2020-03-02', 'heard']);
  const many = (await liaison.get(`/api/v1/deliveries?policy=${training.id}&untold=1`)).rows;
  assert.deepEqual(many.map((each) => each.names.site).sort(), ['丁厂', '乙厂']);
  assert.equal((await liaison.post('/api/v1/deliveries/tell', { rows: many.map((each) => each.id), how: 'message' })).told, 2);
  fault(await step(liaison, many[0], 'tell', { told_how: 'message', heard: true }, { expect: 422 }), 'heard', /on a visit/);
  fault(await step(liaison, many[0], 'tell', { told_how: 'phone', told_last: '2020-03-09' }, { expect: 422 }), 'told_last', /future/);
  for (const who of [chief, dept, firms[0].client]) await who.post('/api/v1/deliveries/tell', { rows: [one.id], how: 'visit' }, { expect: 403 });
  assert.equal((await step(firms[1].client, one, 'acknowledge', {}, { expect: 404 })).status, 404);
  assert.ok((await told(firms[1].client)).includes('delivery_told'));
  assert.equal(await waits(liaison, 'deliveries_untold'), 3, 'the other policy, at three firms');
  assert.deepEqual([await count('policies_matched', '2020-03-02'), await count('policies_told', '2020-03-02'), await count('policies_known', '2020-03-02')], [7, 4, 2]);
});

test('a firm confirms, applies for itself, and takes it back with a reason; nobody else does', async () => {
  const other = await of(training, firms[1]);
  assert.equal(await waits(firms[1].client, 'deliveries_mine'), 2);
  for (const who of [chief, officer, liaison, dept]) {
    await step(who, other, 'acknowledge', {}, { expect: 403 });
    await step(who, other, 'apply', {}, { expect: 403 });
    assert.ok(!(await who.get(`/api/v1/deliveries/${other.id}`)).may.steps.includes('apply'));
  }
  assert.deepEqual((await firms[1].client.get(`/api/v1/deliveries/${other.id}`)).may.steps, ['acknowledge', 'apply']);
  const known = await step(firms[1].client, other, 'acknowledge');
  assert.deepEqual([known.state, known.known_how, known.known_by, known.known_day], ['known', 'firm', 'firm1', '2020-03-02']);
  const applied = await step(firms[1].client, other, 'apply', { asked: 1900000, apply_note: '38 人参训' });
  assert.deepEqual([applied.state, applied.asked, applied.applied_day, applied.applied_by], ['applied', 1900000, '2020-03-02', 'firm1']);
  assert.equal((await step(firms[1].client, other, 'withdraw', { reason: '人数有误' })).state, 'withdrawn');
  assert.equal((await step(firms[1].client, other, 'apply', {})).asked, 1900000);
  const direct = await of(rent, firms[1]);
  assert.match((await step(firms[1].client, direct, 'apply', {}, { expect: 409 })).detail, /without an application/);
  assert.ok((await told(dept)).includes('delivery_applied'));
  assert.equal(await waits(dept, 'deliveries_applied'), 1);
});

test('the department grants; payments never add up to more than was granted, and one that was wrong comes back by name', async () => {
  const one = await of(training, firms[1]);
  for (const who of [chief, officer, liaison, firms[1].client]) {
    await step(who, one, 'grant', {}, { expect: 403 });
    await step(who, one, 'pay', { payment: 1 }, { expect: 403 });
  }
  const granted = await step(dept, one, 'grant', { granted: 1800000, doc_no: '娄人社〔2020〕1号' });
  assert.deepEqual([granted.state, granted.granted, granted.granted_by, granted.unpaid, granted.paid], ['granted', 1800000, 'dept', 1800000, null]);
  const first = await step(dept, one, 'pay', { payment: 1000000, voucher: 'P1' });
  assert.deepEqual([first.state, first.paid, first.unpaid, first.payment], ['paid', 1000000, 800000, null]);
  fault(await step(dept, one, 'pay', { payment: 800001 }, { expect: 422 }), 'payment', /8000\.00 yuan/);
  const second = await step(dept, one, 'pay', { payment: 800000, payment_day: '2020-03-02', voucher: 'P2' });
  assert.deepEqual([second.paid, second.unpaid, second.may.steps.includes('pay')], [1800000, null, false]);
  await step(dept, one, 'pay', { payment: 1 }, { expect: 422 });
  const back = await step(dept, one, 'take_back', { payment: 300000, reason: '多付' });
  assert.deepEqual([back.paid, back.unpaid], [1500000, 300000]);
  assert.deepEqual((await dept.get(`/api/v1/policy_payments?delivery=${one.id}&sort=amount`)).rows.map((each) => [each.amount, each.voucher, each.by]), [[-300000, null, 'dept'], [800000, 'P2', 'dept'], [1000000, 'P1', 'dept']]);
  await dept.post('/api/v1/policy_payments', {}, { expect: 409 });
  await step(dept, one, 'refuse', { reason: '已拨付' }, { expect: 409 });
  assert.deepEqual([await count('policy_money_granted', '2020-03-02'), await count('policy_money_paid', '2020-03-02')], [18000, 15000]);
  assert.equal((await dept.request('DELETE', `/api/v1/deliveries/${one.id}`, { reason: '试' }, { expect: 403 })).status, 403);
  assert.match((await officer.request('DELETE', `/api/v1/deliveries/${one.id}`, { reason: '试' }, { version: second.version + 1, expect: 409 })).detail, /keeps every row/);
});

test('one that is refused says why, and is looked at again', async () => {
  const one = await of(training, firms[3]);
  await step(firms[3].client, one, 'apply', {});
  fault(await step(dept, one, 'refuse', {}, { expect: 422 }), 'reason', /./);
  const refused = await step(dept, one, 'refuse', { reason: '未缴社保' });
  assert.deepEqual([refused.state, refused.reason], ['refused', '未缴社保']);
  assert.ok((await told(firms[3].client)).includes('delivery_refused'));
  assert.equal(await count('policies_refused', '2020-03-02'), 1);
  assert.equal((await step(dept, one, 'reopen', { reason: '补交材料' })).state, 'applied');
  assert.equal((await step(dept, one, 'refuse', { reason: '未缴社保' })).state, 'refused');
});

test('questions are answered for every firm that reads the policy, without the name of who asked', async () => {
  const asked = await firms[2].client.post('/api/v1/policy_questions', { policy: rent.id, site: firms[2].id, text: '转租的算不算？' });
  assert.deepEqual([asked.state, asked.due], ['asked', '2020-03-05']);
  assert.equal((await of(rent, firms[2])).known_how, 'asked', 'who asks knows it');
  assert.equal(await waits(dept, 'policy_questions'), 1);
  assert.deepEqual((await firms[0].client.get(`/api/v1/policies/${rent.id}/questions`)).rows, []);
  await firms[2].client.post(`/api/v1/policy_questions/${asked.id}/answer`, { answer: '算' }, { expect: 403 });
  await dept.post(`/api/v1/policy_questions/${asked.id}/answer`, { answer: '须惠及最终承租人' });
  const [seen] = (await firms[0].client.get(`/api/v1/policies/${rent.id}/questions`)).rows;
  assert.deepEqual([seen.text, seen.answer, seen.site, seen.id], ['转租的算不算？', '须惠及最终承租人', undefined, undefined]);
  assert.ok((await told(firms[2].client)).includes('policy_answered'));
  assert.equal(await waits(dept, 'policy_questions'), 0);
});

test('what needs no application is granted to all of a list that the department signs', async () => {
  await officer.post(`/api/v1/policies/${rent.id}/grants`, { area: town.id }, { expect: 403 });
  const list = await dept.post(`/api/v1/policies/${rent.id}/grants`, { area: town.id });
  assert.deepEqual([list.state, list.firms, list.amount, list.others, list.number], ['draft', 4, 1200000, 0, 'MSJX20200001']);
  assert.match((await dept.post(`/api/v1/policies/${rent.id}/grants`, {}, { expect: 409 })).detail, /No firm/);
  fault(await dept.post(`/api/v1/policies/${training.id}/grants`, { area: town.id }, { expect: 422 }), 'policy', /application/);
  const out = await of(rent, firms[3]);
  await step(dept, out, 'take_out', { left_out: '租约待核' });
  assert.deepEqual(await dept.get(`/api/v1/grant_lists/${list.id}`).then((each) => [each.firms, each.amount]), [3, 900000]);
  const pdf = await dept.get(`/api/v1/grant_lists/${list.id}/list.pdf`);
  assert.equal(pdf.subarray(0, 5).toString(), '%PDF-');
  assert.match(sheet_text(await dept.get(`/api/v1/grant_lists/${list.id}/list.xlsx`)), /甲厂[^]*丙厂[^]*9000/);
  fault(await dept.post(`/api/v1/grant_lists/${list.id}/sign`, {}, { expect: 422 }), 'doc_no', /./);
  const signed = await dept.post(`/api/v1/grant_lists/${list.id}/sign`, { doc_no: '娄国资〔2020〕2号' });
  assert.deepEqual([signed.state, signed.signed_by, signed.firms, signed.amount], ['signed', 'dept', 3, 900000]);
  const rows = (await chief.get(`/api/v1/deliveries?list=${list.number}`)).rows;
  assert.deepEqual(rows.map((each) => [each.state, each.granted, each.doc_no]), Array(3).fill(['granted', 300000, '娄国资〔2020〕2号']));
  assert.deepEqual([(await of(rent, firms[3])).state, (await of(rent, firms[3])).left_out], ['matched', '租约待核']);
  const { counts } = await dept.get(`/api/v1/policies/${rent.id}/funnel`);
  assert.deepEqual([counts.matched, counts.granted, counts.granted_money, counts.paid, counts.untold], [4, 3, 900000, 0, 1]);
});

test('who knows all of it makes the rates whole, and each opens', async () => {
  const day = '2020-03-02';
  for (const site of firms.slice(0, 4))
    for (const row of (await chief.get(`/api/v1/deliveries?site=${site.id}`)).rows.filter((each) => !each.known_day)) await step(site.client, row, 'acknowledge');
  for (const [name, over, under] of [['policy_known', 7, 7], ['policy_aware', 4, 4], ['policy_taken', 4, 7]]) assert.deepEqual(await rate(name, day).then((each) => [each.over, each.under]), [over, under], name);
  assert.equal((await opened('policies_known', day)).length, 7);
  assert.deepEqual((await opened('firms_aware', day)).map((each) => each.row.names.site).sort(), ['丁厂', '丙厂', '乙厂', '甲厂']);
  assert.deepEqual((await opened('policy_money_granted', day)).map((each) => each.value).sort(), [18000, 3000, 3000, 3000]);
  assert.match(recount(muster), /\b0 differ/);
});

test('what no longer qualifies lapses with its reason before it is applied for, never after; a day that passes ends what was not applied for', async () => {
  await officer.post(`/api/v1/sites/${firms[0].id}/tell`, { staff: 500 });
  const lapsed = await until(async () => {
    const row = await of(training, firms[0]);
    return row.state === 'lapsed' && row;
  }, { what: 'the lapse' });
  assert.deepEqual([lapsed.verdict, lapsed.lapsed_day, Boolean(lapsed.reason), lapsed.known_day], ['no', '2020-03-02', true, '2020-03-02']);
  await step(firms[0].client, lapsed, 'apply', {}, { expect: 409 });
  await officer.post(`/api/v1/sites/${firms[1].id}/tell`, { staff: 600 });
  await until(async () => (await of(training, firms[1])).verdict === 'no', { what: 'the verdict' });
  assert.equal((await of(training, firms[1])).state, 'paid', 'what was granted stays');
  assert.equal(await count('policies_matched', '2020-03-02'), 6);
  await officer.post(`/api/v1/sites/${firms[0].id}/tell`, { staff: 30 });
  const again = await until(async () => {
    const row = await of(training, firms[0]);
    return row.state === 'known' && row;
  }, { what: 'its return' });
  assert.deepEqual([again.estimate, again.lapsed_day, again.reason], [1500000, null, null]);
  await jobs(muster, '2020-04-01T02:00:00Z');
  const over = await of(training, firms[0]);
  assert.deepEqual([over.state, /time to apply|Applied for until/.test(over.reason)], ['lapsed', true]);
  await at(muster, '2020-04-02T02:00:00Z');
  await dept.post(`/api/v1/policies/${rent.id}/end`, {});
  await until(async () => (await of(rent, firms[3])).state === 'lapsed', { what: 'the end' });
  assert.equal((await of(rent, firms[0])).state, 'granted');
  assert.match(recount(muster), /\b0 differ/);
});

test('a policy for those only who were not granted another one falls away once that is granted', async () => {
  const grant = await publish({ title: '设备补助', code: 'demo_machines', mode: 'apply', conditions: {}, benefit: { kind: 'fixed', amount: 500000 } });
  const instead = await publish({ title: '设备贴息', mode: 'apply', conditions: { is: 'without', policies: ['demo_machines'] }, benefit: { kind: 'none' } });
  await matched(instead);
  const [one, other] = [await of(grant, firms[2]), await of(instead, firms[2])];
  assert.deepEqual([other.state, other.estimate], ['matched', null]);
  await step(firms[2].client, one, 'apply', {});
  await step(dept, one, 'grant', {});
  const gone = await until(async () => {
    const row = await of(instead, firms[2]);
    return row.state === 'lapsed' && row;
  }, { what: 'the lapse' });
  assert.match(gone.reason, /Was not granted|未享受/);
  assert.equal((await of(instead, firms[1])).state, 'matched');
});
