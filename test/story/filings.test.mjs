// Filings to work again: four routes by area, tier and day; each step by its role; drafts, returns, conditions; what the firm's status rests on; the public state.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { photo } from '../checks.mjs';
import { at, jobs, person, recount, start_with_people } from '../people.mjs';

let muster, admin, officer, chief, liaison, county, town, standard, version, elsewhere;
const firms = {}; // by name: {id, user}
const filings = {};
const fault = (answer, field, text) => assert.ok(answer.fields?.some((each) => each.field === field && text.test(each.detail)), JSON.stringify(answer));
const step = (client, filing, name, body = {}, expect) => client.post(`/api/v1/filings/${filing.id}/${name}`, body, expect ? { expect } : {});
const desk = (client, firm, options) => client.get(`/api/v1/sites/${firm.id}/filing`, options);
const count = async (measure, day = '2020-02-24', more = '') => (await chief.get(`/api/v1/tallies?measure=${measure}&area=${county.id}&day=${day}${more}`)).rows[0].counts[measure].value;
const status = async (firm, day) => (await officer.get(`/api/v1/sites/${firm.id}${day ? `?day=${day}` : ''}`)).status;
const told = async (client) => (await client.get('/api/v1/notices')).rows.map((each) => each.what);
const waits = async (client) => Object.fromEntries((await client.get('/api/v1/waiting')).rows.map((each) => [each.kind, each.count]));
const file = (client, site) => photo(client, { site: site.id });
const form = { day: '2020-02-26', back: 40, outside: 12, six: 0, isolation: true, disinfection: true, temperature: true, publicity: true, masks: 600 };

async function firm(name, tier, more = {}) {
  const made = await officer.post('/api/v1/sites', { name, kind: 'enterprise', tier, area: town.id, status: 'stopped', effective: '2020-02-10', staff: 120, contact: '演示厂长', phone: '13900000001', ...more });
  const user = await person(muster, admin, `user_${Object.keys(firms).length}`, 'enterprise', { site: made });
  return (firms[name] = { ...made, user });
}

before(async () => {
  ({ muster, admin } = await start_with_people({ MUSTER_NOW: '2020-02-24T02:00:00Z' }));
  county = await admin.post('/api/v1/areas', { code: '431302', name: '娄星区', level: 3 });
  town = await admin.post('/api/v1/areas', { code: '431302001', name: '乐坪街道', level: 4, parent: county.id });
  const other = await admin.post('/api/v1/areas', { code: '431321', name: '双峰县', level: 3 });
  chief = await person(muster, admin, 'chief', 'command', { area: county.id });
  officer = await person(muster, admin, 'officer', 'officer', { area: town.id });
  liaison = await person(muster, admin, 'liaison', 'liaison', { area: town.id });
  officer.far = await person(muster, admin, 'far', 'officer', { area: other.id });
  standard = await chief.post('/api/v1/templates', { code: 'town_standard', title: '乐坪复工标准', title_en: 'Town standard', area: county.id });
  const items = [
    { code: 'A1', text: 'Emergency plan|应急预案', answer: 'yesno', need: true, severity: 'critical', due_days: 1 },
    { code: 'A2', text: 'Masks worn|佩戴口罩', answer: 'yesno', need: true, severity: 'minor', due_days: 3 },
  ];
  const other_list = await chief.post('/api/v1/templates', { code: 'other_list', title: '其他检查表', area: county.id });
  [version, elsewhere] = await Promise.all([standard, other_list].map(async ({ id }) => {
    const made = await chief.post('/api/v1/template_versions', { template: id, body: { sections: [{ code: 'A', title: 'All|全部', items }] } });
    return chief.post(`/api/v1/template_versions/${made.id}/publish`);
  }));
  const route = (client, body) => client.post('/api/v1/filing_routes', body);
  await route(chief, { area: county.id, route: 'approve', day: '2020-02-20', standard: standard.id, basis: '区指挥部第3号令' });
  await route(officer, { area: town.id, tier: 'village', route: 'notify', day: '2020-02-20' });
  await route(officer, { area: town.id, tier: 'park', route: 'pledge', day: '2020-02-20' });
  await route(officer, { area: town.id, tier: 'small', route: 'never_stopped', day: '2020-02-20' });
  await route(chief, { area: county.id, tier: 'village', route: 'pledge', day: '2020-02-22' });
  await route(officer, { area: town.id, tier: 'village', route: 'approve', day: '2020-02-28' });
  for (const [client, code] of [[liaison, 403], [officer.far, 422]]) await client.post('/api/v1/filing_routes', { area: town.id, route: 'notify', day: '2020-02-20' }, { expect: code });
  await firm('演示告知厂', 'village');
  await firm('演示承诺厂', 'park');
  await firm('演示审批厂', 'key');
  await firm('演示小店', 'small', { staff: 6, status: 'stopped' });
});
after(() => muster?.stop());

test('the nearest area with a rule for the tier decides, by its day; elsewhere the setting does', async () => {
  const routes = {};
  for (const [name, one] of Object.entries(firms)) routes[name] = (await desk(one.user, one)).rule.route;
  assert.deepEqual(routes, { 演示告知厂: 'notify', 演示承诺厂: 'pledge', 演示审批厂: 'approve', 演示小店: 'never_stopped' });
  const { rule, standard: checklist, limits } = await desk(officer, firms['演示审批厂']);
  assert.deepEqual([rule.area.name, rule.day, checklist.version, checklist.title, limits.first_day], ['娄星区', '2020-02-20', version.id, 'Town standard|乐坪复工标准', '2020-02-26']);
  const root = (await admin.get('/api/v1/session')).home;
  const outside = await admin.post('/api/v1/sites', { name: '演示无规定厂', kind: 'enterprise', area: root.id, status: 'stopped' });
  const there = await desk(admin, outside);
  assert.deepEqual([there.rule.route, there.rule.area], ['approve', undefined]);
  await desk(officer, outside, { expect: 404 });
});

test('isolation rooms by headcount, on each side of each threshold', async () => {
  const needed = {};
  for (const staff of [499, 500, 501, 600, 601, 9999, 10000, 10001, 40000]) {
    const site = await officer.post('/api/v1/sites', { name: `演示${staff}人厂`, kind: 'enterprise', area: town.id, staff, status: 'exempt' });
    needed[staff] = (await desk(officer, site)).limits.rooms_needed;
  }
  // how many there are is told once, on the register; a filing shows them against what is needed
  const [{ id }] = (await officer.get(`/api/v1/sites?q=${encodeURIComponent('演示601人厂')}`)).rows;
  const draft = await officer.post('/api/v1/filings', { site: id });
  const odd = async () => (await officer.get(`/api/v1/filings/${draft.id}`)).warnings.map((each) => each.detail);
  assert.deepEqual(await odd(), ['Isolation rooms: 0 of the 7 needed for 601 staff']);
  fault(await officer.patch(`/api/v1/filings/${draft.id}`, { rooms: 7 }, { version: draft.version, expect: 422 }), 'rooms', /not set here/);
  await officer.post(`/api/v1/sites/${id}/tell`, { rooms: 7 });
  assert.deepEqual(await odd(), []);
  await officer.del(`/api/v1/filings/${draft.id}`, { reason: '演示' });
  assert.deepEqual(needed, { 499: 0, 500: 5, 501: 6, 600: 6, 601: 7, 9999: 100, 10000: 100, 10001: 100, 40000: 100 });
});

test('a draft keeps what is known, says what is missing, and is the own firm alone to see', async () => {
  const one = firms['演示审批厂'], { user } = one;
  const draft = (filings.approve = await user.post('/api/v1/filings', { site: one.id }));
  assert.deepEqual([draft.state, draft.route, draft.staff, draft.rooms_needed, draft.number], ['draft', 'approve', 120, 0, null]);
  fault(await user.post('/api/v1/filings', { site: one.id }, { expect: 422 }), 'site', /not decided/);
  const saved = await user.patch(`/api/v1/filings/${draft.id}`, { ...form, reason: '口罩生产线恢复' }, { version: draft.version });
  const { filing, lacks, firm: known } = await desk(user, one);
  assert.deepEqual([filing.id, filing.back, filing.stock_days], [draft.id, 40, 15]);
  assert.equal(known.staff, 120);
  assert.match(known.contact, /\*/, 'private values stay masked');
  assert.deepEqual(lacks.map((each) => each.field), ['plan', 'pledge', 'emergency', 'health', 'self_check', 'batches']);
  const refused = await step(user, draft, 'submit', {}, 422);
  for (const field of ['plan', 'pledge', 'emergency', 'health', 'self_check', 'batches']) fault(refused, field, /must be given/);
  fault(await user.patch(`/api/v1/filings/${draft.id}`, { back: 121 }, { version: saved.version, expect: 422 }), 'back', /more than the staff \(120\)/);
  fault(await user.patch(`/api/v1/filings/${draft.id}`, { staff: 5 }, { version: saved.version, expect: 422 }), 'staff', /not set here/);
  const stranger = firms['演示告知厂'].user;
  await stranger.get(`/api/v1/filings/${draft.id}`, { expect: 404 });
  await desk(stranger, one, { expect: 404 });
  await stranger.post('/api/v1/filings', { site: one.id }, { expect: [404, 422] });
  assert.equal((await stranger.get('/api/v1/filings')).rows.length, 0);
  await officer.far.get(`/api/v1/filings/${draft.id}`, { expect: 404 });
});

test('batches come with the filing, and are no more people than the staff', async () => {
  const { user } = firms['演示审批厂'], path = '/api/v1/filing_batches', filing = filings.approve.id;
  await user.post(path, { filing, day: '2020-02-26', people: 70, part: '一车间', orders: '口罩订单' });
  const second = await user.post(path, { filing, day: '2020-03-02', people: 50, part: '二车间' });
  fault(await user.post(path, { filing, day: '2020-03-05', people: 1 }, { expect: 422 }), 'people', /other batches \(120\)/);
  fault(await user.patch(`${path}/${second.id}`, { people: 51 }, { version: second.version, expect: 422 }), 'people', /staff \(120\)/);
  await firms['演示告知厂'].user.post(path, { filing, day: '2020-02-26', people: 1 }, { expect: [404, 422] });
  fault(await user.patch(`${path}/${second.id}`, { day: '2020-02-25' }, { version: second.version, expect: 422 }), 'day', /before the day wanted, 2020-02-26/);
  const now = await desk(user, firms['演示审批厂']);
  assert.deepEqual([now.batches.map((each) => each.people), now.batch_people, now.stock_days], [[70, 50], 120, 5]);
});

test("the firm's own check is held against the standard in force, and counts for no check", async () => {
  const one = firms['演示审批厂'], { user } = one, answers = { A1: { value: 'yes' }, A2: { value: 'no', note: '口罩待到货' } };
  await user.post('/api/v1/checks', { site: one.id, day: '2020-02-24', template_version: version.id, answers }, { expect: 403 });
  const body = { id: '01970000-0000-7000-8000-0000000000a1', template_version: version.id, answers };
  const own = await user.post(`/api/v1/sites/${one.id}/self_checks`, body);
  assert.equal((await user.post(`/api/v1/sites/${one.id}/self_checks`, body)).id, own.id, 'sent again, it is one');
  assert.deepEqual([own.own, own.state, own.result, own.items_failed], [true, 'confirmed', 'failed', 1]);
  await firms['演示告知厂'].user.post(`/api/v1/sites/${one.id}/self_checks`, { template_version: version.id, answers }, { expect: 404 });
  assert.equal((await officer.get(`/api/v1/findings?site=${one.id}`)).rows.length, 0, 'no findings by inspectors');
  assert.deepEqual([await count('checks'), await count('sites_checked')], [0, 0]);
  const wrong = await user.post(`/api/v1/sites/${one.id}/self_checks`, { template_version: elsewhere.id, answers });
  const files = {};
  for (const name of ['plan', 'pledge', 'emergency', 'health']) files[name] = [await file(user, one)];
  let { filing } = await desk(user, one);
  filing = await user.patch(`/api/v1/filings/${filing.id}`, { ...files, self_check: wrong.id }, { version: filing.version });
  fault(await step(user, filing, 'submit', {}, 422), 'self_check', /Town standard/);
  filings.approve = await user.patch(`/api/v1/filings/${filing.id}`, { self_check: own.id, day: '2020-02-25' }, { version: filing.version });
  fault(await step(user, filings.approve, 'submit', {}, 422), 'day', /2020-02-26 or later: a firm files 2 days ahead/);
  filings.approve = await user.patch(`/api/v1/filings/${filing.id}`, { day: '2020-02-28' }, { version: filings.approve.version });
  fault(await step(user, filings.approve, 'submit', {}, 422), 'batches', /before the day wanted, 2020-02-28/);
  filings.approve = await user.patch(`/api/v1/filings/${filing.id}`, { day: '2020-02-26' }, { version: filings.approve.version });
  assert.deepEqual((await desk(user, one)).lacks, []);
});

test('by approval: submitted, taken up, returned with reasons, put right, submitted again', async () => {
  const one = firms['演示审批厂'], { user } = one;
  await step(officer.far, filings.approve, 'submit', {}, 404);
  await user.get('/api/v1/public/filings/FG-2020-000001', { expect: 404 });
  let filing = await step(user, filings.approve, 'submit');
  assert.deepEqual([filing.state, filing.number, filing.due_at.slice(0, 16)], ['submitted', 'FG-2020-000001', '2020-02-26T02:00'], 'fourteen working hours');
  const site = await officer.get(`/api/v1/sites/${one.id}`);
  assert.deepEqual([site.status, site.route, site.filing], ['filed', 'approve', filing.id]);
  assert.equal(await status(one, '2020-02-23'), 'stopped');
  assert.ok((await told(officer)).includes('filing_submitted'));
  assert.equal((await waits(officer)).filings_review, 1);
  assert.deepEqual((await officer.get('/api/v1/filings?mine=1')).rows.map((each) => each.id), [filing.id]);
  for (const name of ['take', 'send_back', 'approve', 'refuse', 'suspend']) for (const client of [user, liaison]) await step(client, filing, name, { opinion: '不行', return_code: 'other' }, 403);
  filing = await step(officer, filing, 'take');
  assert.deepEqual([filing.state, filing.reviewer], ['reviewing', officer.user.id]);
  const kept = await user.patch(`/api/v1/filings/${filing.id}`, { back: 41 }, { version: filing.version, expect: 409 });
  assert.match(kept.detail, /under review/);
  const batch = (await user.get(`/api/v1/filing_batches?filing=${filing.id}`)).rows[0];
  await user.patch(`/api/v1/filing_batches/${batch.id}`, { people: 1 }, { version: batch.version, expect: 409 });
  fault(await step(officer, filing, 'send_back', { opinion: '预案未盖章' }, 422), 'return_code', /./);
  filing = await step(officer, filing, 'send_back', { return_code: 'unclear', opinion: '预案未盖章' });
  assert.deepEqual([filing.state, filing.returns, filing.names.return_code], ['returned', 1, 'Papers unclear or unsigned']);
  assert.equal(await status(one), 'stopped');
  assert.ok((await told(user)).includes('filing_returned'));
  assert.equal((await waits(user)).filings_returned, 1);
  filing = await user.patch(`/api/v1/filings/${filing.id}`, { emergency: [await file(user, one)] }, { version: filing.version });
  filings.approve = await step(user, filing, 'submit');
  assert.deepEqual([filings.approve.number, filings.approve.state, await status(one)], ['FG-2020-000001', 'submitted', 'filed']);
  assert.deepEqual(filings.approve.flow.map((each) => each.step), ['submit', 'take', 'send_back', 'submit']);
  assert.deepEqual([await count('filings_in'), await count('filings_returned'), await count('filings_pending'), await count('sites_filed')], [1, 1, 1, 1]);
});

test('an inspection comes first, severe findings stop the approval and are named', async () => {
  const one = firms['演示审批厂'];
  let filing = filings.approve;
  fault(await step(officer, filing, 'inspect', { inspection: filing.self_check }, 422), 'inspection', /by inspectors/);
  filing = await step(officer, filing, 'take');
  assert.match((await step(officer, filing, 'approve', {}, 409)).detail, /inspection must be added/);
  const visit = await liaison.post('/api/v1/checks', { site: one.id, day: '2020-02-24', template_version: version.id, answers: { A1: { value: 'no', note: '无签发' }, A2: { value: 'yes' } } });
  filing = await step(officer, filing, 'inspect', { inspection: visit.id });
  assert.equal(filing.inspection, visit.id);
  assert.match((await step(officer, filing, 'approve', {}, 409)).detail, /not closed: A1 Emergency plan/);
  const { obstacles, inspections, self_checks } = await desk(officer, one);
  assert.deepEqual([obstacles.map((each) => each.item), inspections.length, self_checks.length], [['A1'], 1, 2]);
  const [finding] = (await officer.get(`/api/v1/findings?site=${one.id}`)).rows;
  await liaison.post(`/api/v1/findings/${finding.id}/rectify`, { rectified_photos: [await file(liaison, one)] });
  await officer.post(`/api/v1/findings/${finding.id}/close`, {});
  fault(await step(officer, filing, 'approve', { begins: '2020-02-20' }, 422), 'begins', /past/);
  filing = filings.approve = await step(officer, filing, 'approve', { begins: '2020-02-27', conditions: '每日两次测温\n二车间错峰用餐\n', conditions_due: '2020-03-02' });
  assert.deepEqual([filing.state, filing.begins, filing.conditions_open, filing.decided_by], ['approved', '2020-02-27', true, officer.user.id]);
  assert.deepEqual([await status(one), (await count('sites_resumed')), await count('filings_approved'), await count('filings_decided'), await count('filings_in_time')], ['filed', 0, 1, 1, 1]);
  const state = await user_of(one).get(`/api/v1/public/filings/${filing.number}`);
  assert.deepEqual(state, { number: 'FG-2020-000001', firm: '演示审批厂', state: 'approved', label: 'Approved|已批准', day: '2020-02-27', conditions: 2, conditions_open: true });
});
const user_of = (one) => one.user;

test('notice and pledge are recorded at once and work from the day wanted; a firm that never stopped is open', async () => {
  const [notice, pledge, small] = ['演示告知厂', '演示承诺厂', '演示小店'].map((name) => firms[name]);
  let filing = await notice.user.post('/api/v1/filings', { site: notice.id, ...form, day: '2020-02-27' });
  filing = filings.notify = await step(notice.user, filing, 'submit');
  assert.deepEqual([filing.state, filing.begins, filing.due_at, await status(notice)], ['recorded', '2020-02-27', null, 'filed']);
  filing = await pledge.user.post('/api/v1/filings', { site: pledge.id, ...form });
  fault(await step(pledge.user, filing, 'submit', {}, 422), 'pledge', /must be given/);
  filing = await pledge.user.patch(`/api/v1/filings/${filing.id}`, { pledge: [await file(pledge.user, pledge)] }, { version: filing.version });
  filings.pledge = await step(pledge.user, filing, 'submit');
  assert.equal(filings.pledge.state, 'recorded');
  filing = await small.user.post('/api/v1/filings', { site: small.id });
  filings.never = await step(small.user, filing, 'submit');
  assert.deepEqual([filings.never.state, filings.never.number, await status(small)], ['recorded', 'FG-2020-000004', 'open']);
  assert.equal((await waits(officer)).filings_recorded, 3);
  for (const one of [filings.notify, filings.never]) assert.equal((await step(officer, one, 'acknowledge')).state, 'noted');
  assert.equal((await officer.get(`/api/v1/public/filings/${filings.notify.number}`)).state, 'recorded');
  // before the day on which it works, a firm may take it back, and is stopped again on that day, too
  filings.pledge = await step(pledge.user, filings.pledge, 'withdraw', { opinion: '原料未到' });
  assert.equal(await status(pledge), 'stopped');
  assert.match((await step(small.user, filings.never, 'withdraw', { opinion: '不办了' }, 409)).detail, /works by it already/);
  await pledge.user.del(`/api/v1/filings/${filings.pledge.id}`, { reason: '不要了' }, { expect: 409 });
  await liaison.post('/api/v1/filings', { site: pledge.id });
  assert.deepEqual([await count('filings_approved'), await count('sites_filed'), await count('sites_resumed')], [4, 3, 1]);
});

test('on their days the firms work; suspended, lifted; conditions are reported by the firm and confirmed by the office', async () => {
  await at(muster, '2020-02-27T02:00:00Z');
  await jobs(muster, '2020-02-27T02:00:00Z');
  const [notice, pledge, approved] = ['演示告知厂', '演示承诺厂', '演示审批厂'].map((name) => firms[name]);
  assert.deepEqual([await status(notice), await status(pledge), await status(approved), await status(approved, '2020-02-26'), await status(approved, '2020-02-23')], ['resumed', 'stopped', 'resumed', 'filed', 'stopped']);
  assert.equal(await count('sites_resumed', '2020-02-27'), 3);
  assert.equal((await waits(approved.user)).filings_fulfil, 1);
  await step(officer, filings.approve, 'complete', {}, 200).catch(() => assert.fail('the office may see for itself'));
  const done = await officer.get(`/api/v1/filings/${filings.approve.id}`);
  assert.equal(done.conditions_open, false);
  await step(approved.user, filings.approve, 'fulfil', { proof_text: '已落实' }, 409);
  for (const client of [liaison, approved.user]) await step(client, filings.approve, 'suspend', { opinion: '停' }, 403);
  fault(await step(officer, filings.approve, 'suspend', {}, 422), 'opinion', /must be given/);
  await step(officer, filings.approve, 'suspend', { opinion: '发现聚集性发热' });
  assert.equal(await status(approved), 'stopped');
  assert.equal((await officer.get(`/api/v1/public/filings/${filings.approve.number}`)).state, 'suspended');
  await at(muster, '2020-02-28T02:00:00Z');
  filings.approve = await step(officer, filings.approve, 'lift', { opinion: '已消除隐患' });
  assert.deepEqual([filings.approve.state, await status(approved), await status(approved, '2020-02-27')], ['approved', 'resumed', 'stopped']);
  assert.equal((await desk(notice.user, notice)).rule.route, 'approve', 'from the 28th on villages file for approval');
  assert.equal((await officer.get(`/api/v1/filings/${filings.notify.id}`)).route, 'notify', 'what was filed before stays as it was');
  assert.match(recount(muster), /\b0 differ/);
});

test('conditions: met by the firm with proof, waiting for the office; whoever filed does not decide', async () => {
  const one = firms['演示承诺厂'];
  const [draft] = (await officer.get(`/api/v1/filings?site=${one.id}&state=draft`)).rows;
  await officer.del(`/api/v1/filings/${draft.id}`, { reason: '改由企业自报' });
  await officer.post('/api/v1/filing_routes', { area: town.id, tier: 'park', route: 'approve', day: '2020-02-28' });
  const needs = (await admin.get('/api/v1/setting_values?limit=200')).rows.find((each) => each.name === 'filing_needs_approve');
  await admin.patch(`/api/v1/setting_values/${needs.id}`, { value: 'staff,day,back' }, { version: needs.version });
  const inspection = (await admin.get('/api/v1/setting_values?limit=200')).rows.find((each) => each.name === 'filing_inspection');
  await admin.patch(`/api/v1/setting_values/${inspection.id}`, { value: '0' }, { version: inspection.version });
  let filing = await step(officer, await officer.post('/api/v1/filings', { site: one.id, day: '2020-03-02', back: 20 }), 'submit');
  assert.match((await step(officer, filing, 'take', {}, 403)).detail, /does not decide/);
  filing = await step(chief, filing, 'take');
  filing = await step(chief, filing, 'approve', { conditions: '补齐口罩' });
  assert.equal(filing.begins, '2020-03-02');
  await step(liaison, filing, 'complete', {}, 403);
  filing = await step(one.user, filing, 'fulfil', { proof_text: '口罩已到 2,000 只', proof: [await file(one.user, one)] });
  assert.equal((await waits(officer)).filings_conditions, 1);
  filings.second = await step(officer, filing, 'complete');
  assert.deepEqual([filings.second.conditions_open, filings.second.flow.map((each) => each.step)], [false, ['submit', 'take', 'approve', 'fulfil', 'complete']]);
  filings.second = await step(one.user, filings.second, 'withdraw', { opinion: '推迟' });
  assert.equal(await status(one), 'stopped');
});

test('what is not decided in time waits as overdue and goes up; a refusal stops the firm', async () => {
  const one = firms['演示承诺厂'];
  let filing = await step(one.user, await one.user.post('/api/v1/filings', { site: one.id, day: '2020-03-06', back: 20 }), 'submit');
  assert.equal(filing.due_at.slice(0, 16), '2020-03-03T02:00', 'a weekend lies between');
  await at(muster, '2020-03-05T02:20:00Z'); // beyond six whole days, however long the steps before took
  await jobs(muster, '2020-03-05T02:20:00Z');
  assert.deepEqual((await officer.get('/api/v1/filings?overdue=1')).rows.map((each) => [each.id, each.overdue]), [[filing.id, true]]);
  assert.equal((await waits(officer)).filings_overdue, 1);
  assert.ok((await told(officer)).includes('filing_overdue'));
  assert.ok((await told(chief)).includes('filing_escalated'));
  assert.deepEqual([await count('filings_overdue', '2020-03-02'), await count('filings_overdue', '2020-03-03'), await count('filings_overdue', '2020-03-05')], [0, 1, 1]);
  filing = await step(officer, await step(officer, filing, 'take'), 'refuse', { opinion: '隔离条件不足' });
  assert.deepEqual([filing.state, await status(one)], ['refused', 'stopped']);
  assert.deepEqual([await count('filings_overdue', '2020-03-04'), await count('filings_overdue', '2020-03-05'), await count('filings_in_time', '2020-03-05'), await count('filing_hours', '2020-03-05')], [1, 0, 0, 144]);
  assert.match((await step(one.user, filing, 'submit', {}, 409)).title ?? '', /./);
});

test('the first lesson: on record with the filing, counted by firms and by people', async () => {
  const one = firms['演示审批厂'], lesson = { site: one.id, day: '2020-02-27', topic: 'first', title: '复工第一课', teacher: '演示安全员', due: 70, trained: 66 };
  assert.equal((await desk(officer, one)).lesson, null);
  fault(await one.user.post('/api/v1/trainings', { ...lesson, trained: 71 }, { expect: 422 }), 'trained', /people due \(70\)/);
  const held = await one.user.post('/api/v1/trainings', { ...lesson, files: [await file(one.user, one)] });
  await liaison.post('/api/v1/trainings', { ...lesson, site: firms['演示告知厂'].id, trained: 10, day: '2020-03-01' });
  await firms['演示小店'].user.post('/api/v1/trainings', lesson, { expect: [404, 422] });
  assert.deepEqual((await desk(officer, one)).lesson, { id: held.id, day: '2020-02-27' });
  assert.deepEqual([await count('sites_trained', '2020-02-26'), await count('sites_trained', '2020-02-27'), await count('sites_trained', '2020-03-05'), await count('people_trained', '2020-03-05', '&total=1')], [0, 1, 2, 76]);
  const { rows } = await chief.get(`/api/v1/indicators?area=${county.id}&day=2020-03-05`);
  const { filed, trained, resumption } = rows[0].indicators ?? Object.fromEntries(rows[0].rates?.map((each) => [each.name, each]) ?? []);
  assert.deepEqual([filed.over, trained.over, filed.under, resumption.under], [3, 2, 4, 4]);
  for (const measure of ['filings_in', 'filings_returned', 'filings_approved', 'filings_decided', 'filing_hours', 'filings_pending', 'sites_filed', 'sites_trained'])
    for (const day of ['2020-02-24', '2020-03-04']) {
      const opened = await chief.get(`/api/v1/tallies/rows?measure=${measure}&area=${county.id}&day=${day}`);
      const sum = opened.rows.reduce((all, each) => all + (each.count ?? each.value ?? 1), 0);
      assert.equal(sum, await count(measure, day), `${measure} opens into its rows on ${day}`);
    }
});

test('a batch that is postponed is told after the decision: the office hears of it, old and new stand in the history, the public state stays', async () => {
  const one = firms['演示审批厂'], filing = await one.user.get(`/api/v1/filings/${filings.approve.id}`);
  assert.equal(filing.state, 'approved');
  const batches = async () => (await one.user.get(`/api/v1/filing_batches?filing=${filing.id}&sort=day`)).rows;
  const before = await batches(), late = before.at(-1);
  const anybody = await muster.client(), shown = () => anybody.get(`/api/v1/public/filings/${filing.number}`);
  const was = await shown(), heard = (await told(officer)).filter((each) => each === 'filing_batch_changed').length;
  await one.user.patch(`/api/v1/filing_batches/${late.id}`, { day: '2020-03-09' }, { version: late.version, expect: 409 });
  const change = (more, expect, client = one.user) => step(client, filing, 'change_batch', { batch: late.id, batch_day: '2020-03-09', batch_reason: '原料未到', ...more }, expect);
  fault(await change({ batch_day: '2020-02-25' }, 422), 'batch_day', /before the day wanted, 2020-02-26/);
  fault(await change({ batch_reason: '' }, 422), 'batch_reason', /./);
  fault(await change({ batch_people: 51 }, 422), 'batch_people', /staff \(120\)/);
  fault(await change({ batch_day: late.day }, 422), 'batch_day', /changes nothing/);
  const foreign = (await officer.get('/api/v1/filing_batches?limit=50')).rows.find((each) => each.filing !== filing.id);
  if (foreign) await change({ batch: foreign.id }, 422);
  await change({}, 404, firms['演示告知厂'].user);
  const changed = await change({ batch_people: 40 });
  assert.deepEqual([changed.state, changed.begins, changed.batch, changed.batch_reason], ['approved', filing.begins, null, null]);
  assert.deepEqual((await batches()).map((each) => [each.day, each.people]), [[before[0].day, 70], ['2020-03-09', 40]]);
  assert.deepEqual([changed.flow.at(-1).step, changed.flow.at(-1).text], ['change_batch', '二车间 2020-03-02 (50) → 2020-03-09 (40)\n原料未到']);
  const history = (await admin.get(`/api/v1/filing_batches/${late.id}/history`)).rows.find((each) => JSON.stringify(each).includes('2020-03-09'));
  assert.match(JSON.stringify(history), /2020-03-02/);
  assert.equal((await told(officer)).filter((each) => each === 'filing_batch_changed').length, heard + 1);
  assert.deepEqual(await shown(), was);
});

test('conditions that are overdue wait for whoever approves, and are chased once a day with the firm', async () => {
  const one = firms['演示承诺厂'];
  let filing = await step(one.user, await one.user.post('/api/v1/filings', { site: one.id, day: '2020-03-07', back: 20 }), 'submit');
  filing = await step(officer, await step(officer, filing, 'take'), 'approve', { conditions: '补齐口罩', conditions_due: '2020-03-08' });
  const heard = async (client) => (await told(client)).filter((each) => each === 'filing_unmet').length;
  await jobs(muster, '2020-03-08T02:00:00Z');
  assert.deepEqual([await heard(one.user), await heard(officer)], [0, 0], 'the day itself is not over');
  await at(muster, '2020-03-09T02:00:00Z');
  assert.deepEqual([(await waits(chief)).filings_unmet, (await waits(one.user)).filings_unmet, (await waits(one.user)).filings_fulfil], [1, undefined, 1]);
  assert.deepEqual((await chief.get('/api/v1/filings?unmet_late=1')).rows.map((each) => each.id), [filing.id]);
  for (let n = 0; n < 2; n++) await jobs(muster, '2020-03-09T02:00:00Z');
  assert.deepEqual([await heard(one.user), await heard(officer)], [1, 1]);
  filing = await step(one.user, filing, 'fulfil', { proof_text: '已到货' });
  assert.deepEqual([(await waits(chief)).filings_unmet, (await waits(chief)).filings_conditions], [undefined, 1]);
  await jobs(muster, '2020-03-10T02:00:00Z');
  assert.deepEqual([await heard(one.user), await heard(officer)], [1, 2], 'what the firm reported is the office\'s to confirm');
  await step(officer, filing, 'complete');
  await jobs(muster, '2020-03-11T02:00:00Z');
  assert.equal(await heard(officer), 2);
});

test('the sheet on paper, and the public state without a private value', async () => {
  const one = firms['演示审批厂'];
  const sheet = await one.user.get(`/api/v1/filings/${filings.approve.id}/sheet.pdf`);
  assert.equal(sheet.subarray(0, 5).toString(), '%PDF-');
  await firms['演示小店'].user.get(`/api/v1/filings/${filings.approve.id}/sheet.pdf`, { expect: 404 });
  const anybody = await muster.client();
  const open = await anybody.get(`/api/v1/public/filings/${filings.approve.number}`);
  assert.deepEqual(Object.keys(open).sort(), ['conditions', 'conditions_open', 'day', 'firm', 'label', 'number', 'state']);
  assert.ok(!/139|演示厂长/.test(JSON.stringify(open)));
  await anybody.get('/api/v1/public/filings/FG-2020-999999', { expect: 404 });
  const tries = (await admin.get('/api/v1/setting_values?limit=200')).rows.find((each) => each.name === 'public_tries');
  await admin.patch(`/api/v1/setting_values/${tries.id}`, { value: '1' }, { version: tries.version });
  const answers = [];
  for (let i = 0; i < 8 && !answers.includes(429); i++) answers.push((await anybody.get(`/api/v1/public/filings/${filings.approve.number}`, { expect: [200, 429], whole: true })).status);
  assert.ok(answers.includes(429), String(answers));
  assert.match(recount(muster), /\b0 differ/);
});
