// Loans and insurance: a firm asks, banks are invited and do not see each other, one is taken, approved, paid out in parts; hours and sums open into their rows.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { at, person, recount, start_with_people } from '../people.mjs';
import { sheet_text } from '../sheets.mjs';

let muster, admin, officer, liaison, finance, firm, other, auditor, red, blue, insurer, county, town, west, site, second, banks;
const yuan = (n) => n * 100;
const fault = (answer, field, text) => assert.ok(answer.fields?.some((each) => each.field === field && text.test(each.detail)), JSON.stringify(answer));
const count = async (measure, day, area = county, more = '') => (await officer.get(`/api/v1/tallies?measure=${measure}&area=${area.id}&day=${day}&total=1${more}`)).rows[0].counts[measure].value;
const told = async (client) => (await client.get('/api/v1/notices')).rows.map((each) => each.what);
const own = async (bank, query = '') => (await bank.get(`/api/v1/bank/loans${query}`)).rows;
const act = (bank, offer, step, body = {}, options = {}) => bank.post(`/api/v1/bank/loans/${offer.id}/${step}`, body, options);
const ask = (more = {}, who = firm) => who.post('/api/v1/loans', { site: site.id, kind: 'loan', amount: yuan(5_000_000), purpose: 'materials', purpose_text: '采购原料', months: 12, ...more });
/** From the asking to the approval. */
async function grant(client, body, bank, money) {
  const loan = await client.post('/api/v1/loans', { kind: 'loan', purpose: 'wages', months: 6, ...body });
  await officer.post(`/api/v1/loans/${loan.id}/invite`, { invited: [bank.org.id] });
  const { offer } = (await own(bank, '?state=invited')).find((one) => one.loan.number === loan.number);
  await act(bank, offer, 'offer', { amount: body.amount, months: 6, ...(body.kind === 'insurance' ? { premium: yuan(1000) } : { rate: 315 }), ...money });
  await client.post(`/api/v1/loan_offers/${offer.id}/accept`, {});
  await act(bank, offer, 'approve');
  return { loan, offer };
}

before(async () => {
  ({ muster, admin } = await start_with_people({ MUSTER_NOW: '2020-02-20T01:00:00Z' }));
  county = await admin.post('/api/v1/areas', { code: '441202', name: '端州区', level: 3 });
  town = await admin.post('/api/v1/areas', { code: '441202001', name: '城东街道', level: 4, parent: county.id });
  west = await admin.post('/api/v1/areas', { code: '441202002', name: '城西街道', level: 4, parent: county.id });
  officer = await person(muster, admin, 'officer', 'officer', { area: county.id });
  liaison = await person(muster, admin, 'liaison', 'liaison', { area: town.id });
  auditor = await person(muster, admin, 'auditor', 'auditor', { area: county.id });
  const offices = await Promise.all([['区金融工作局', 'office'], ['红棉银行（演示）', 'bank'], ['蓝海银行（演示）', 'bank'], ['安稳保险（演示）', 'insurer']]
    .map(([name, kind]) => admin.post('/api/v1/orgs', { name, kind, area: county.id })));
  [finance, red, blue, insurer] = await Promise.all(['finance', 'red', 'blue', 'insurer'].map((name, n) => person(muster, admin, name, 'department', { area: county.id, org: offices[n] })));
  banks = offices.slice(1);
  [red, blue, insurer].forEach((client, n) => { client.org = banks[n]; });
  site = await officer.post('/api/v1/sites', { name: '演示材料厂', kind: 'enterprise', status: 'resumed', area: town.id });
  second = await officer.post('/api/v1/sites', { name: '演示电子厂', kind: 'enterprise', status: 'resumed', area: west.id });
  firm = await person(muster, admin, 'firm', 'enterprise', { site });
  other = await person(muster, admin, 'other', 'enterprise', { site: second });
});
after(() => muster?.stop());

let loan, reds, blues, took;
/** The clock of a story runs on: hours, not minutes, are told apart. */
const hours = (minutes) => Math.round(minutes / 60);
test('a firm asks, a department invites two banks, and whoever may not is refused', async () => {
  fault(await firm.post('/api/v1/loans', { site: site.id, kind: 'loan', amount: 12_345, purpose: 'wages' }, { expect: 422 }), 'amount', /whole yuan/);
  loan = await ask();
  assert.deepEqual([loan.number, loan.state, loan.waits_since], ['RZ-2020-000001', 'raised', loan.raised_at]);
  assert.ok((await told(officer)).includes('loan_raised'));
  await auditor.post('/api/v1/loans', { site: site.id, kind: 'loan', amount: yuan(1), purpose: 'wages' }, { expect: 403 });
  await firm.post('/api/v1/loans', { site: second.id, kind: 'loan', amount: yuan(1), purpose: 'wages' }, { expect: 422 });
  await firm.post(`/api/v1/loans/${loan.id}/invite`, { invited: [banks[0].id] }, { expect: 403 });
  await other.get(`/api/v1/loans/${loan.id}`, { expect: 404 });
  await officer.post('/api/v1/loan_offers', {}, { expect: 409 });
  fault(await finance.post(`/api/v1/loans/${loan.id}/invite`, { invited: [finance.user.org] }, { expect: 422 }), 'invited', /no bank/);
  assert.equal((await officer.get('/api/v1/waiting')).rows.find((each) => each.kind === 'loans_invite').count, 1);
  loan = await finance.post(`/api/v1/loans/${loan.id}/invite`, { invited: banks.slice(0, 2).map((one) => one.id) });
  assert.deepEqual([loan.state, loan.invited.length], ['invited', 2]);
  await finance.post(`/api/v1/loans/${loan.id}/invite`, { invited: [banks[0].id] });
  assert.equal((await officer.get(`/api/v1/loan_offers?loan=${loan.id}`)).rows.length, 2, 'nobody is invited twice');
  assert.deepEqual([await count('loans_raised', '2020-02-20'), await count('loans_wanted', '2020-02-20'), await count('loans_open', '2020-02-20')], [1, 5_000_000, 1]);
});

test('a bank sees what it was invited to, and nothing of the other', async () => {
  const [mine] = await own(red);
  assert.deepEqual([mine.loan.number, mine.loan.amount, mine.site.name, mine.offer.state], [loan.number, yuan(5_000_000), '演示材料厂', 'invited']);
  assert.deepEqual((await red.get('/api/v1/waiting')).rows.map((each) => [each.kind, each.count, each.link]), [['bank_answer', 1, '/bank']]);
  assert.ok((await told(red)).includes('bank_invited'));
  [reds, blues] = [mine.offer, (await own(blue))[0].offer];
  assert.notEqual(reds.id, blues.id);
  assert.deepEqual([await own(insurer), await own(finance).catch((error) => error.status)], [[], 403]);
  for (const path of ['loans', 'loan_offers', 'loan_payments', 'loans/board', 'loans/sums', 'plans']) await red.get(`/api/v1/${path}`, { expect: 403 });
  for (const path of [`loans/${loan.id}`, `loan_offers/${reds.id}`, `loan_offers/${blues.id}`]) await red.get(`/api/v1/${path}`, { expect: 403 });
  await act(red, blues, 'offer', { amount: yuan(1), rate: 1, months: 1 }, { expect: 404 });
  await act(finance, reds, 'offer', { amount: yuan(1), rate: 1, months: 1 }, { expect: 403 });
  await officer.post(`/api/v1/loan_offers/${reds.id}/offer`, { amount: yuan(1), rate: 1, months: 1 }, { expect: 403 });
  await red.get(`/api/v1/tallies/rows?measure=loans_raised&area=${county.id}&day=2020-02-20`, { expect: 403 });
});

test('both offer, the firm takes one of them, the bank decides within hours and pays in parts, never more than it approved', async () => {
  fault(await act(red, reds, 'offer', { amount: yuan(6_000_000), rate: 315, months: 12 }, { expect: 422 }), 'amount', /more than was wanted/);
  fault(await act(red, reds, 'offer', { amount: yuan(1_000_000), months: 12 }, { expect: 422 }), 'rate', /must be given/);
  await act(blue, blues, 'offer', { amount: yuan(3_000_000), rate: 280, months: 6, conditions: '需抵押' });
  await act(red, reds, 'offer', { amount: yuan(4_000_000), rate: 315, months: 12, valid_until: '2020-02-21' });
  assert.deepEqual([(await firm.get(`/api/v1/loans/${loan.id}`)).state, (await told(firm)).includes('loan_offered')], ['offered', true]);
  assert.deepEqual((await firm.get(`/api/v1/loan_offers?loan=${loan.id}&sort=amount`)).rows.map((one) => [one.amount, one.rate]), [[yuan(3_000_000), 280], [yuan(4_000_000), 315]]);
  await liaison.post(`/api/v1/loan_offers/${reds.id}/accept`, {}, { expect: 403 });
  await firm.post(`/api/v1/loan_offers/${reds.id}/accept`, {});
  const twice = await firm.post(`/api/v1/loan_offers/${blues.id}/accept`, {}, { expect: 409 });
  assert.match(twice.detail, /not decided/);
  await at(muster, '2020-02-20T03:59:00Z');
  fault(await act(red, reds, 'approve', { approved: yuan(4_500_000) }, { expect: 422 }), 'approved', /more than was offered/);
  const approved = await act(red, reds, 'approve', { approved: yuan(3_500_000) });
  took = approved.minutes;
  assert.deepEqual([approved.state, hours(took), hours(approved.own_minutes)], ['approved', 3, 3]);
  assert.equal((await own(blue))[0].offer.state, 'closed');
  assert.ok((await told(blue)).includes('bank_closed'));
  const to_pay = async (bank) => (await bank.get('/api/v1/waiting')).rows.find((each) => each.kind === 'bank_pay')?.count ?? 0;
  assert.deepEqual([await to_pay(red), await to_pay(blue)], [1, 0], 'what is approved is the bank\'s to pay out');
  const deed = '01970000-0000-7000-8000-0000000000aa';
  await act(red, reds, 'pay', { pay: yuan(2_000_000), voucher: '演1', deed });
  await act(red, reds, 'pay', { pay: yuan(2_000_000), voucher: '演1', deed });
  fault(await act(red, reds, 'pay', { pay: yuan(1_500_001) }, { expect: 422 }), 'pay', /1500000 yuan are left/);
  await act(red, reds, 'pay', { pay: yuan(1_500_000), pay_day: '2020-02-21' }, { expect: 422 });
  assert.equal((await firm.get(`/api/v1/loans/${loan.id}`)).state, 'paying');
  assert.equal(await to_pay(red), 1);
  await act(red, reds, 'pay', { pay: yuan(1_500_000) });
  assert.equal(await to_pay(red), 0);
  await act(red, reds, 'pay', { pay: yuan(1) }, { expect: 409 });
  loan = await firm.get(`/api/v1/loans/${loan.id}`);
  assert.deepEqual([loan.state, loan.approved, loan.paid, loan.minutes, loan.waited, loan.names.bank], ['paid', yuan(3_500_000), yuan(3_500_000), took, took, '红棉银行（演示）']);
  await firm.patch(`/api/v1/loans/${loan.id}`, { purpose_text: '改' }, { version: loan.version, expect: 409 });
  await firm.post(`/api/v1/loans/${loan.id}/withdraw`, {}, { expect: 409 });
  const parts = (await officer.get(`/api/v1/loan_payments?loan=${loan.id}&sort=amount`)).rows;
  assert.deepEqual(parts.map((one) => one.amount), [yuan(1_500_000), yuan(2_000_000)]);
  await officer.request('DELETE', `/api/v1/loan_offers/${reds.id}`, { reason: '误' }, { expect: 409 });
});

test('insurance goes the same way; a bank that declines or refuses says why by a code, and others may be invited then', async () => {
  const { loan: cover } = await grant(other, { site: second.id, kind: 'insurance', amount: yuan(500_000), purpose: 'resume' }, insurer);
  assert.equal((await other.get(`/api/v1/loans/${cover.id}`)).state, 'approved');
  assert.ok(!(await insurer.get('/api/v1/waiting')).rows.some((each) => each.kind === 'bank_pay'), 'cover is in force: there is nothing to pay out');
  const wanted = await liaison.post('/api/v1/loans', { site: site.id, kind: 'loan', amount: yuan(800_000), purpose: 'rent' });
  await officer.post(`/api/v1/loans/${wanted.id}/invite`, { invited: [banks[0].id] });
  const { offer } = (await own(red, '?state=invited'))[0];
  fault(await act(red, offer, 'decline', {}, { expect: 422 }), 'reason', /must be given/);
  fault(await act(red, offer, 'decline', { reason: 'mood' }, { expect: 422 }), 'reason', /not in the list/);
  await act(red, offer, 'decline', { reason: 'guarantee', reason_text: '缺少抵押物' });
  const refused = await liaison.get(`/api/v1/loans/${wanted.id}`);
  assert.deepEqual([refused.state, refused.reason, refused.reason_text], ['refused', 'guarantee', '缺少抵押物']);
  assert.equal(await count('loans_decided', '2020-02-20'), 3);
  await officer.post(`/api/v1/loans/${wanted.id}/invite`, { invited: [banks[1].id] });
  assert.deepEqual([(await liaison.get(`/api/v1/loans/${wanted.id}`)).state, await count('loans_decided', '2020-02-20'), await count('loans_open', '2020-02-20')], ['invited', 2, 1]);
  const back = await liaison.post(`/api/v1/loans/${wanted.id}/withdraw`, { reason_text: '已自筹' });
  assert.deepEqual([back.state, (await own(blue, '?state=invited')).length, await count('loans_open', '2020-02-20')], ['withdrawn', 0, 0]);
});

test('five hundred million are decided in three hours; sums, shares and medians by bank and area open into their rows', async () => {
  await at(muster, '2020-02-21T01:00:00Z');
  const big = await other.post('/api/v1/loans', { site: second.id, kind: 'loan', amount: yuan(500_000_000), purpose: 'equipment', months: 24 });
  await officer.post(`/api/v1/loans/${big.id}/invite`, { invited: [banks[1].id] });
  const { offer } = (await own(blue, '?state=invited'))[0];
  await at(muster, '2020-02-21T03:00:00Z');
  await act(blue, offer, 'offer', { amount: yuan(500_000_000), rate: 250, months: 24 });
  await other.post(`/api/v1/loan_offers/${offer.id}/accept`, {});
  await at(muster, '2020-02-21T04:00:00Z');
  await act(blue, offer, 'approve');
  const { minutes } = await officer.get(`/api/v1/loans/${big.id}`);
  assert.equal(hours(minutes), 3);
  const sums = await officer.get(`/api/v1/loans/sums?area=${county.id}&loan_kind=loan`);
  assert.deepEqual([sums.total.count, sums.total.wanted, sums.total.granted, sums.total.paid, sums.total.approved, hours(sums.total.median)],
    [3, yuan(505_800_000), yuan(503_500_000), yuan(3_500_000), 2, 3]);
  assert.deepEqual(sums.banks.map((one) => [one.name, one.count, one.decided, one.approved, one.granted, one.median]).sort(),
    [['红棉银行（演示）', 2, 2, 1, yuan(3_500_000), Math.floor(took / 2)], ['蓝海银行（演示）', 3, 1, 1, yuan(500_000_000), minutes]].sort());
  assert.deepEqual(sums.areas.map((one) => [one.name, one.count, one.granted, one.paid]), [['城东街道', 2, yuan(3_500_000), yuan(3_500_000)], ['城西街道', 1, yuan(500_000_000), 0]]);
  assert.deepEqual((await other.get('/api/v1/loans/sums')).total.count, 2, 'a firm sums up its own alone');
  for (const [measure, value] of Object.entries({ loans_granted: 504_000_000, loans_paid: 3_500_000, loans_approved: 3, loan_firms: 3 })) {
    assert.equal(await count(measure, '2020-02-21'), value, measure);
    const opened = await officer.get(`/api/v1/tallies/rows?measure=${measure}&area=${county.id}&day=2020-02-21&total=1`);
    assert.equal(opened.rows.reduce((sum, one) => sum + one.value, 0), value, measure);
  }
  const rate = (await officer.get(`/api/v1/indicators?area=${county.id}&day=2020-02-21`)).rows[0].indicators.loan_approval;
  assert.deepEqual([rate.over, rate.under], [3, 3]);
  const board = await officer.get('/api/v1/loans/board');
  assert.deepEqual(board.columns.filter((one) => one.count).map((one) => [one.state, one.count]), [['approved', 2], ['paid', 1], ['withdrawn', 1]]);
  for (const [client, path, name] of [[officer, '/api/v1/loans/sums.xlsx', '蓝海银行（演示）'], [blue, '/api/v1/bank/loans.xlsx', '演示电子厂']]) assert.ok(sheet_text(await client.get(path)).includes(name));
  assert.ok(!sheet_text(await blue.get('/api/v1/bank/loans.xlsx')).includes('安稳保险'));
});

test('six firms, 17,080,000 approved and 16,800,000 paid out', async () => {
  const spot = await admin.post('/api/v1/areas', { code: '441202003', name: '睦岗街道', level: 4, parent: county.id });
  const sums = [4_000_000, 3_000_000, 3_000_000, 2_800_000, 2_200_000, 2_080_000];
  for (const [n, sum] of sums.entries()) {
    const place = await officer.post('/api/v1/sites', { name: `演示企业${n}`, kind: 'enterprise', status: 'resumed', area: spot.id });
    const user = await person(muster, admin, `boss${n}`, 'enterprise', { site: place });
    const { offer } = await grant(user, { site: place.id, amount: yuan(sum) }, red);
    await act(red, offer, 'pay', { pay: yuan(n === 5 ? sum - 280_000 : sum) });
  }
  assert.deepEqual([await count('loan_firms', '2020-02-21', spot), await count('loans_granted', '2020-02-21', spot), await count('loans_paid', '2020-02-21', spot)], [6, 17_080_000, 16_800_000]);
  assert.match(recount(muster), /\b0 differ/);
});
