// The desk of a firm: what is due of it and what it waits for in one read, as things are done one after the other; each section by its right, another firm's user sees nothing.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { go_to, pass, photo, start_district } from '../checks.mjs';
import { until, uuid7 } from '../harness.mjs';

const day = '2020-03-05'; // a Thursday
const yuan = (n) => n * 100;
let at, muster, version, staff;
const desk = (client = at.firm_user, options) => client.get(`/api/v1/sites/${at.firm.id}/desk`, options);
const section = async (name, client) => (await desk(client)).sections.find((one) => one.name === name);
const states = (answer) => Object.fromEntries(answer.sections.map((one) => [one.name, one.state]));

before(async () => {
  // 10:00 of the day in the incident's zone: yesterday's return is due at noon
  at = await start_district(`${day}T02:00:00Z`);
  muster = at.muster;
  const list = (await at.liaison.get('/api/v1/templates?code=items_48')).rows[0];
  version = await at.liaison.get(`/api/v1/template_versions/${list.current}`);
  at.beside = await at.site({ name: '演示隔壁厂' });
  at.rival = await at.user('firm2', [{ role: 'enterprise', area: at.town.id, site: at.beside.id }]);
  at.command = await at.user('command1', [{ role: 'command', area: at.county.id }]);
  at.org = await at.admin.post('/api/v1/orgs', { name: '演示人社局', kind: 'department', area: at.county.id });
  at.bureau = await at.user('bureau1', [{ role: 'department', area: at.county.id }]);
  await at.admin.patch(`/api/v1/users/${at.bureau.id}`, { org: at.org.id }, { version: (await at.admin.get(`/api/v1/users/${at.bureau.id}`)).version });
});
after(() => muster?.stop());

test('a firm of which nothing was told yet owes its return and no more; late and due come first', async () => {
  const answer = await desk();
  assert.deepEqual([answer.site.name, answer.day, answer.due, answer.late], ['演示甲厂', day, 1, 0]);
  assert.deepEqual(states(answer), {
    return: 'due', health: 'clear', filing: 'clear', staff: 'clear', findings: 'clear', checks: 'clear', needs: 'clear', policies: 'clear', plans: 'clear', loans: 'clear', tests: 'clear', advice: 'clear', urgent: 'clear',
  });
  const [first] = answer.sections;
  assert.deepEqual([first.name, first.due_at, first.facts.day, first.facts.state], ['return', '2020-03-05T04:00:00.000Z', '2020-03-04', 'missing']);
  // nothing else is asked of it
  assert.deepEqual((await section('filing')).facts.state, 'none');
});

test('each sees the sections of their rights; another firm and another town see nothing at all', async () => {
  await desk(at.rival, { expect: 404 });
  await desk(at.stranger, { expect: 404 });
  assert.deepEqual(states(await desk(at.liaison)), states(await desk()));
  assert.deepEqual((await desk(at.bureau)).sections.map((one) => one.name).sort(), ['advice', 'filing', 'loans', 'needs', 'plans', 'policies', 'urgent']);
});

test('where all is told nothing is due', async () => {
  const of_rival = () => at.rival.get(`/api/v1/sites/${at.beside.id}/desk`);
  assert.equal((await of_rival()).due, 1);
  await at.rival.post('/api/v1/returns/confirm', { site: at.beside.id, day: '2020-03-04', zero: true });
  const now = await of_rival();
  assert.deepEqual([now.due, now.late, new Set(now.sections.map((one) => one.state))], [0, 0, new Set(['clear'])]);
  assert.equal(now.sections.find((one) => one.name === 'return').facts.state, 'zero');
});

test('its QR code leads to the page of the firm and says nothing else', async () => {
  const { link, qr } = await at.liaison.get(`/api/v1/sites/${at.firm.id}/desk?qr=1`);
  assert.match(link, new RegExp(`^http.*/desk/${at.firm.id}$`));
  assert.match(qr, /^<svg/);
  assert.equal((await desk()).qr, undefined);
});

test('the return is late after noon, and in once it is confirmed', async () => {
  await go_to(at, `${day}T05:00:00Z`);
  const late = await desk();
  assert.deepEqual([late.due, late.late, late.sections[0].name, late.sections[0].state], [1, 1, 'return', 'late']);
  await at.firm_user.post('/api/v1/returns/confirm', { site: at.firm.id, day: '2020-03-04', staff: 3, on_duty: 2 });
  // it told of three people, and none of them has a file yet
  assert.deepEqual(states(await desk()), { ...states(late), return: 'clear', staff: 'due' });
  const told = await section('return');
  assert.deepEqual([told.state, told.facts.state, told.facts.staff, told.facts.on_duty], ['clear', 'late', 3, 2]);
});

test('staff files: who has none, what lacks; then the round of the day, until all are told', async () => {
  assert.deepEqual([(await section('staff')).todo, (await section('staff')).facts.without], [3, 3]);
  staff = [0, 1, 2].map((n) => ({ id: uuid7(), site: at.firm.id, name: `演示工${'甲乙丙'[n]}`, number: `A${n}`, state: n < 2 ? 'on_duty' : 'isolating', ...(n < 2 ? {} : { isolate_until: day }), begins: '2020-02-10', effective: '2020-02-10' }));
  const made = await at.firm_user.post('/api/v1/staff_files', { rows: staff });
  assert.deepEqual(made.rows.filter((one) => one.status !== 201), []);
  const { todo, facts } = await section('staff');
  assert.deepEqual([facts.files, facts.lacking, facts.without, facts.release, todo], [3, 3, 0, 1, 4]);
  const before = await section('health');
  assert.deepEqual([before.state, before.todo, before.due_at, before.facts.told], ['due', 2, '2020-03-05T15:59:59.999Z', 0]);
  await at.firm_user.post(`/api/v1/sites/${at.firm.id}/health_round`, { others: true });
  const after_all = await section('health');
  assert.deepEqual([after_all.state, after_all.facts.told, after_all.facts.missing], ['clear', 2, 0]);
  const text = JSON.stringify(await desk());
  for (const one of staff) assert.ok(!text.includes(one.name), 'the desk names nobody');
});

test('a filing begun says what it lacks', async () => {
  await at.firm_user.post('/api/v1/filings', { site: at.firm.id });
  const filing = await section('filing');
  assert.deepEqual([filing.state, filing.todo, filing.facts.state, filing.facts.route], ['due', 1, 'draft', 'approve']);
  assert.ok(filing.facts.lacks.length > 5 && filing.facts.lacks.every((one) => one.includes('|')), JSON.stringify(filing.facts.lacks));
});

test('a firm that stands still owes a filing, with what it lacks; once approved it owes the first lesson, late after its first day', async () => {
  const still = await at.site({ name: '演示停工厂', tier: 'village', status: 'stopped', staff: 20 });
  const user = await at.user('firm3', [{ role: 'enterprise', area: at.town.id, site: still.id }]);
  const filing = async () => (await user.get(`/api/v1/sites/${still.id}/desk`)).sections.find((one) => one.name === 'filing');
  const owes = await filing();
  assert.deepEqual([owes.state, owes.todo, owes.facts.state, owes.facts.status], ['due', 1, 'none', 'stopped']);
  assert.ok(owes.facts.lacks.length > 5 && owes.facts.lacks.every((one) => one.includes('|')), JSON.stringify(owes.facts.lacks));
  for (const [name, value] of Object.entries({ filing_needs_approve: 'day', filing_inspection: '0' })) {
    const row = (await at.admin.get('/api/v1/setting_values?limit=200')).rows.find((one) => one.name === name);
    await at.admin.patch(`/api/v1/setting_values/${row.id}`, { value }, { version: row.version });
  }
  const send = (client, row, step, body = {}) => client.post(`/api/v1/filings/${row.id}/${step}`, body);
  const first = await user.post('/api/v1/filings', { site: still.id, day: '2020-03-07' });
  await send(user, first, 'submit');
  assert.equal((await filing()).state, 'waits');
  await send(at.officer, first, 'take');
  await send(at.officer, first, 'refuse', { opinion: '方案不足' });
  const again = await filing();
  assert.deepEqual([again.state, again.todo, again.facts.state, again.facts.lacks.length], ['due', 1, 'refused', 1], 'a refused firm files anew');
  const second = await user.post('/api/v1/filings', { site: still.id, day: '2020-03-07' });
  await send(user, second, 'submit');
  await send(at.officer, second, 'take');
  await send(at.officer, second, 'approve');
  const lesson = await filing();
  assert.deepEqual([lesson.state, lesson.todo, lesson.due_at, lesson.facts.lesson, lesson.rows], ['due', 1, '2020-03-07T15:59:59.999Z', true, [{ record: 'training', state: 'due', due_at: '2020-03-07T15:59:59.999Z' }]]);
  await go_to({ ...at, user }, '2020-03-08T02:00:00Z');
  assert.deepEqual([(await filing()).state, (await filing()).late], ['late', 1]);
  await user.post('/api/v1/trainings', { site: still.id, day: '2020-03-07', topic: 'first', title: '复工第一课', due: 20, trained: 20 });
  assert.deepEqual([(await filing()).state, (await filing()).rows], ['clear', []]);
  await send(at.officer, second, 'suspend', { opinion: '防护不力' });
  assert.equal((await filing()).state, 'waits');
  await go_to({ ...at, user }, `${day}T05:00:00Z`);
});

test('a check is confirmed; what it found is put right by its day, late after it', async () => {
  const check = await at.liaison.post('/api/v1/checks', { id: uuid7(), site: at.firm.id, day, template_version: version.id, inspectors: [at.liaison.id, at.second.id], answers: pass(version, { A3: { value: 'no' }, B1: { value: 80 } }) });
  assert.equal((await section('checks')).state, 'clear', 'not before all have signed');
  for (const one of [at.liaison, at.second]) await one.post(`/api/v1/checks/${check.id}/sign`, {});
  assert.deepEqual([(await section('checks')).todo, (await section('checks')).rows[0].fields.day], [1, day]);
  await at.firm_user.post(`/api/v1/checks/${check.id}/confirm`, {});
  assert.equal((await section('checks')).todo, 0);
  const found = await section('findings');
  assert.deepEqual([found.state, found.todo, found.late, found.due_at], ['due', 2, 0, '2020-03-06T15:59:59.999Z']);
  assert.deepEqual(found.rows.map((one) => [one.fields.severity, one.state, one.due_at]), [['critical', 'open', '2020-03-06T15:59:59.999Z'], ['major', 'open', '2020-03-08T15:59:59.999Z']]);
  assert.match(found.rows[0].shown.text, /./);
  await at.firm_user.post(`/api/v1/findings/${found.rows[0].id}/rectify`, { rectified_photos: [await photo(at.firm_user, { site: at.firm.id })] });
  const left = await section('findings');
  assert.deepEqual([left.todo, left.waits, left.due_at, left.rows.map((one) => one.state)], [1, 1, '2020-03-08T15:59:59.999Z', ['open', 'rectified']]);
  await go_to(at, '2020-03-09T02:00:00Z');
  const late = await desk();
  assert.deepEqual([(await section('findings')).state, (await section('findings')).late], ['late', 1]);
  assert.deepEqual(late.sections.slice(0, late.late).map((one) => one.state), Array(late.late).fill('late'), 'what is late comes first');
});

test('a need waits for its body, then for the firm, then for nobody', async () => {
  const need = await at.firm_user.post('/api/v1/needs', { site: at.firm.id, kind: 'labour', text: '缺少熟练工二十名' });
  const waits = await section('needs');
  assert.deepEqual([waits.state, waits.todo, waits.waits, waits.late], ['waits', 0, 1, 0]);
  assert.match(waits.rows[0].title, /缺少熟练工二十名/);
  await at.officer.post(`/api/v1/needs/${need.id}/assign`, { lead: at.org.id });
  await at.bureau.post(`/api/v1/needs/${need.id}/resolve`, { answer: '已招到' });
  const mine = await section('needs');
  assert.deepEqual([mine.state, mine.todo, mine.waits, mine.rows[0].state], ['due', 1, 0, 'resolved']);
  await at.firm_user.post(`/api/v1/needs/${need.id}/confirm`, {});
  assert.deepEqual([(await section('needs')).state, (await section('needs')).rows], ['clear', []]);
});

test('a loan waits for banks, an offer for the firm', async () => {
  const bank = await at.admin.post('/api/v1/orgs', { name: '演示银行', kind: 'bank', area: at.county.id });
  at.bank_body = bank;
  at.bank = await at.user('bank1', [{ role: 'department', area: at.county.id }]);
  await at.admin.patch(`/api/v1/users/${at.bank.id}`, { org: bank.id }, { version: (await at.admin.get(`/api/v1/users/${at.bank.id}`)).version });
  const loan = await at.firm_user.post('/api/v1/loans', { site: at.firm.id, kind: 'loan', amount: yuan(500_000), purpose: 'wages', months: 6 });
  const waits = await section('loans');
  assert.deepEqual([waits.state, waits.rows[0].fields], ['waits', { kind: 'loan', amount: yuan(500_000) }]);
  await at.officer.post(`/api/v1/loans/${loan.id}/invite`, { invited: [bank.id] });
  const [{ offer }] = (await at.bank.get('/api/v1/bank/loans?state=invited')).rows;
  await at.bank.post(`/api/v1/bank/loans/${offer.id}/offer`, { amount: yuan(500_000), months: 6, rate: 315 });
  assert.deepEqual([(await section('loans')).state, (await section('loans')).rows[0].state], ['due', 'offered']);
  await at.firm_user.post(`/api/v1/loan_offers/${offer.id}/accept`, {});
  assert.equal((await section('loans')).state, 'waits');
  await at.bank.post(`/api/v1/bank/loans/${offer.id}/approve`, {});
  assert.equal((await section('loans')).state, 'waits', 'for its money');
  // a bank reads of firms what it was invited to, and no desk
  assert.ok(!(await desk(at.bank)).sections.some((one) => one.name === 'loans'));
});

test('cover that is approved is in force: it waits for nothing', async () => {
  const cover = await at.firm_user.post('/api/v1/loans', { site: at.firm.id, kind: 'insurance', amount: yuan(100_000), purpose: 'resume' });
  assert.equal((await section('loans')).waits, 2);
  await at.officer.post(`/api/v1/loans/${cover.id}/invite`, { invited: [at.bank_body.id] });
  const { offer } = (await at.bank.get('/api/v1/bank/loans?state=invited')).rows[0];
  await at.bank.post(`/api/v1/bank/loans/${offer.id}/offer`, { amount: yuan(100_000), months: 6, premium: yuan(500) });
  await at.firm_user.post(`/api/v1/loan_offers/${offer.id}/accept`, {});
  assert.equal((await section('loans')).waits, 2);
  await at.bank.post(`/api/v1/bank/loans/${offer.id}/approve`, {});
  assert.deepEqual((await section('loans')).rows.map((one) => one.fields.kind), ['loan']);
});

test('a policy is to be acknowledged, then it may be applied for', async () => {
  const policy = await at.bureau.post('/api/v1/policies', { area: at.county.id, title: '演示稳岗补助', mode: 'apply', apply_by: '2020-03-31', conditions: { is: 'number', fact: 'staff', compare: '<=', value: 100 }, benefit: { kind: 'heads', heads: 'staff', per: 50000 } });
  await at.bureau.post(`/api/v1/policies/${policy.id}/publish`, {});
  const mine = await until(async () => { const one = await section('policies'); return one.todo && one; }, { what: 'the matching' });
  assert.deepEqual([mine.state, mine.facts.qualifies, mine.facts.unknown, mine.facts.apply, mine.facts.apply_by], ['due', 1, 1, 1, '2020-03-31']);
  const [owed] = (await at.firm_user.get(`/api/v1/sites/${at.firm.id}/deliveries`)).rows;
  // many at once, and said again it changes nothing; each row answers for itself
  const know = (client, options) => client.post('/api/v1/deliveries/acknowledge', { rows: [owed.id, uuid7()] }, options);
  await know(at.liaison, { expect: 403 });
  assert.deepEqual((await know(at.rival)).rows.map((one) => one.status), [404, 404]);
  for (let n = 0; n < 2; n++) assert.deepEqual((await know(at.firm_user)).rows.map((one) => one.status), [200, 404]);
  assert.equal((await at.firm_user.get(`/api/v1/deliveries/${owed.id}`)).version, owed.version + 1);
  const known = await section('policies');
  assert.deepEqual([known.state, known.facts.unknown, known.facts.apply], ['clear', 0, 1]);
  await at.firm_user.post(`/api/v1/deliveries/${owed.id}/apply`, {});
  assert.deepEqual([(await section('policies')).state, (await section('policies')).facts.apply], ['waits', 0]);
});

test('a plan is told of every day; urgent news is followed up in time', async () => {
  const plan = await at.officer.post('/api/v1/plans', { site: at.firm.id, kind: 'site', title: '演示复产计划', target: '月底满产', begins: '2020-03-01' });
  const due = await section('plans');
  assert.deepEqual([due.state, due.todo, due.due_at, due.facts], ['due', 1, '2020-03-09T15:59:59.999Z', { due: 1, told: 0 }]);
  await at.firm_user.post('/api/v1/plan_days', { plan: plan.id, day: '2020-03-09', percent: 40 });
  assert.deepEqual([(await section('plans')).state, (await section('plans')).facts], ['clear', { due: 1, told: 1 }]);
  const news = await at.firm_user.post('/api/v1/reports', { stage: 'first', site: at.firm.id, kind: 'other', text: '演示停电' });
  const urgent = await section('urgent');
  assert.deepEqual([urgent.state, urgent.rows[0].state, urgent.due_at], ['due', 'first', news.next_due]);
  await at.firm_user.post('/api/v1/reports', { stage: 'final', parent: news.id, text: '演示已恢复' });
  assert.equal((await section('urgent')).state, 'clear');
});

test('a test of workers waits for its results', async () => {
  const batch = await at.firm_user.post('/api/v1/test_batches', { site: at.firm.id, kind: 'pcr', people: 2, day });
  const waits = await section('tests');
  assert.deepEqual([waits.state, waits.waits, waits.rows[0].fields], ['waits', 1, { day, kind: 'pcr', people: 2 }]);
  await at.firm_user.post(`/api/v1/test_batches/${batch.id}/results`, { result: 'negative' });
  assert.equal((await section('tests')).state, 'clear');
});

test('a return sent back stays on the desk until it is told again; a firm taken out has no desk', async () => {
  await at.firm_user.post('/api/v1/returns/confirm', { site: at.firm.id, day: '2020-03-07', staff: 3, on_duty: 2 });
  const [row] = (await at.command.get(`/api/v1/returns?site=${at.firm.id}&day=2020-03-07`)).rows;
  await at.command.post(`/api/v1/returns/${row.id}/send_back`, { reason: '人数有误' });
  const late = await section('return');
  assert.deepEqual([late.todo, late.rows.map((one) => [one.day, one.state])], [2, [['2020-03-07', 'sent_back']]]);
  await at.firm_user.post('/api/v1/returns/confirm', { site: at.firm.id, day: '2020-03-07', staff: 3, on_duty: 3 });
  assert.deepEqual([(await section('return')).todo, (await section('return')).rows], [1, []]);
  await at.admin.del(`/api/v1/sites/${at.beside.id}`, { reason: '重复' });
  await at.rival.get(`/api/v1/sites/${at.beside.id}/desk`, { expect: 404 });
});
