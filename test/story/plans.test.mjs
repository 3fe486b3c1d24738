// Plans and key projects told of every day, what blocks them, capacity lines; advice by appointment; electricity beside what firms tell; three rates, never one.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { at, jobs, person, recount, start_with_people } from '../people.mjs';
import { csv, send_sheet, sheet_text } from '../sheets.mjs';

let muster, admin, officer, chief, liaison, auditor, tax, firm, county, town, taxes, sites, plans, plan;
const fault = (answer, field, text) => assert.ok(answer.fields?.some((each) => each.field === field && text.test(each.detail)), JSON.stringify(answer));
const tally = async (measure, day, more = '') => (await officer.get(`/api/v1/tallies?measure=${measure}&area=${county.id}&day=${day}${more}`)).rows[0].counts[measure];
const count = async (...ask) => (await tally(...ask)).value;
const rate = async (name, day) => (await officer.get(`/api/v1/indicators?area=${county.id}&day=${day}`)).rows[0].indicators[name];
const told = async (client) => (await client.get('/api/v1/notices')).rows.map((each) => each.what);
const tell = (one, body, client = liaison, options = {}) => client.post('/api/v1/plan_days', { plan: one.id, ...body }, options);
const day_of = (day = '', client = officer) => client.get(`/api/v1/plans/day?area=${county.id}&plan_kind=project${day && `&day=${day}`}`);

before(async () => {
  ({ muster, admin } = await start_with_people({ MUSTER_NOW: '2020-03-06T02:00:00Z' }));
  county = await admin.post('/api/v1/areas', { code: '441202', name: '端州区', level: 3 });
  town = await admin.post('/api/v1/areas', { code: '441202001', name: '城东街道', level: 4, parent: county.id });
  const away = await admin.post('/api/v1/areas', { code: '441203', name: '鼎湖区', level: 3 });
  officer = await person(muster, admin, 'officer', 'officer', { area: county.id });
  chief = await person(muster, admin, 'chief', 'command', { area: away.id });
  liaison = await person(muster, admin, 'liaison', 'liaison', { area: town.id });
  auditor = await person(muster, admin, 'auditor', 'auditor', { area: county.id });
  taxes = await admin.post('/api/v1/orgs', { name: '区税务局', kind: 'department', function: 'tax', area: county.id });
  tax = await person(muster, admin, 'tax', 'department', { area: county.id, org: taxes });
  sites = [];
  for (let n = 0; n < 15; n++) sites.push(await officer.post('/api/v1/sites', { name: `演示项目${n + 1}`, kind: 'project', status: 'resumed', area: town.id, effective: '2020-03-01' }));
});
after(() => muster?.stop());

test('fifteen projects: one line a day each, by one tap where nothing changed, and what is missing is missing', async () => {
  plans = [];
  for (const [n, site] of sites.entries()) plans.push(await officer.post('/api/v1/plans', { title: `重点项目${String(n + 1).padStart(2, '0')}`, site: site.id, kind: 'project', target: '六月投产', begins: '2020-03-01', ends: n ? '2020-06-30' : '2020-03-04' }));
  [plan] = plans;
  const firms = await officer.post('/api/v1/sites', { name: '演示厂', kind: 'enterprise', status: 'resumed', area: town.id });
  fault(await officer.post('/api/v1/plans', { title: '错', site: firms.id, kind: 'project', target: '错', begins: '2020-03-01' }, { expect: 422 }), 'site', /no project site/);
  firm = await person(muster, admin, 'firm', 'enterprise', { site: firms });
  firm.site = firms;
  await liaison.post('/api/v1/plans', { title: '错', site: sites[0].id, kind: 'project', target: '错', begins: '2020-03-01' }, { expect: 403 });
  await firm.get(`/api/v1/plans/${plan.id}`, { expect: 404 });
  await chief.get(`/api/v1/plans/${plan.id}`, { expect: 404 });
  fault(await tell(plan, {}, liaison, { expect: 422 }), 'percent', /must be given/);
  fault(await tell(plan, { percent: 5, day: '2020-02-28' }, liaison, { expect: 422 }), 'day', /outside the plan/);
  fault(await tell(plan, { percent: 5, day: '2020-03-07' }, liaison, { expect: 422 }), 'day', /future/);
  await tell(plan, { percent: 5 }, auditor, { expect: 403 });
  for (const [n, one] of plans.entries()) await tell(one, { percent: 10 + n, people: 40, text: '基础施工', day: '2020-03-05' });
  fault(await tell(plan, { percent: 12, day: '2020-03-05' }, liaison, { expect: 422 }), 'day', /told already/);
  const fresh = await officer.post('/api/v1/plans', { title: '一企一策', site: firms.id, kind: 'site', target: '复产', begins: '2020-03-06' });
  const answers = (await liaison.post('/api/v1/plans/unchanged', { plans: [...plans.slice(1, 14).map((one) => one.id), fresh.id, '01900000-0000-7000-8000-000000000000'] })).rows;
  assert.deepEqual(answers.map((one) => one.status), [...Array(13).fill(200), 409, 404]);
  assert.match(answers[13].detail, /Nothing was told/);
  await tell(plan, { percent: 12, amount: 120, unit: '方', people: 55, problems: '钢材未到', text: '浇筑' });
  const day = await day_of();
  assert.deepEqual([day.due, day.told, day.same, day.working, day.late], [15, 14, 13, 15, 1]);
  assert.deepEqual([day.rows[0].title, day.rows[0].told, day.rows[0].before.percent], ['重点项目15', null, 24], 'the missing first, with what was told last');
  assert.deepEqual([day.rows[1].title, day.rows[1].days_late, day.rows[1].told.percent, day.rows[1].told.people], ['重点项目01', 2, 12, 55], 'then the latest');
  assert.deepEqual([day.rows[2].told.same, day.rows[2].told.percent], [true, 11]);
  assert.deepEqual(Object.entries(await rate('plans_daily', '2020-03-06')).filter(([name]) => name !== 'before' && name !== 'day'), [['over', 14], ['under', 16], ['rate', 14 / 16]]);
  assert.deepEqual([await count('plans_told', '2020-03-06'), await count('plans_working', '2020-03-06'), await count('plan_people', '2020-03-06')], [14, 16, 13 * 40 + 55]);
  const opened = await officer.get(`/api/v1/tallies/rows?measure=plans_told&kind=project&area=${county.id}&day=2020-03-06`);
  assert.equal(opened.rows.length, 14);
  await liaison.post('/api/v1/plans/unchanged', { plans: [plans[14].id] });
  assert.deepEqual([(await day_of()).told, (await officer.get(`/api/v1/plans/${plans[14].id}`)).told_day], [15, '2020-03-06']);
  const sheet = sheet_text(await officer.get(`/api/v1/plans/day.xlsx?area=${county.id}`));
  for (const word of ['重点项目15', '钢材未到', 'Unchanged']) assert.ok(sheet.includes(word), word);
  await officer.post(`/api/v1/sites/${sites[3].id}/tell`, { status: 'stopped', effective: '2020-03-06' });
  assert.deepEqual([await count('plans_working', '2020-03-05', '&kind=project'), await count('plans_working', '2020-03-06')], [15, 15]);
  fault(await officer.post(`/api/v1/plans/${plan.id}/finish`, { closed_on: '2020-03-09' }, { expect: 422 }), 'closed_on', /future/);
  await officer.post(`/api/v1/plans/${plan.id}/finish`, { closed_on: '2020-03-06' });
  await tell(plan, { percent: 100, day: '2020-03-04' });
  assert.equal((await day_of('2020-03-06')).due, 15, 'its last day counts');
  await officer.post(`/api/v1/plans/${plan.id}/reopen`, {});
});

test('milestones have shares and days; what blocks a plan is a need, raised in one step and shown with its state', async () => {
  const stone = await officer.post('/api/v1/milestones', { plan: plans[1].id, title: '设备到场', due: '2020-03-03', share: 60 });
  fault(await officer.post('/api/v1/milestones', { plan: plans[1].id, title: '调试', due: '2020-04-03', share: 50 }, { expect: 422 }), 'share', /40 are left/);
  assert.equal(await count('milestones_late', '2020-03-06'), 1);
  let row = (await day_of()).rows.find((one) => one.id === plans[1].id);
  assert.deepEqual([row.days_late, row.milestones, row.milestones_done, row.next], [3, 1, 0, '设备到场']);
  await liaison.post(`/api/v1/milestones/${stone.id}/done`, { done_on: '2020-03-05' });
  assert.deepEqual([await count('milestones_late', '2020-03-04'), await count('milestones_late', '2020-03-06'), (await day_of()).rows.find((one) => one.id === plans[1].id).days_late], [1, 0, 0]);
  const body = { kind: 'supply_chain', text: '关键设备滞留外地，请协调运输', id: '01970000-0000-7000-8000-00000000000b' };
  await auditor.post(`/api/v1/plans/${plans[1].id}/block`, body, { expect: 403 });
  await chief.post(`/api/v1/plans/${plans[1].id}/block`, body, { expect: 404 });
  const raised = await liaison.post(`/api/v1/plans/${plans[1].id}/block`, body);
  assert.equal((await liaison.post(`/api/v1/plans/${plans[1].id}/block`, body)).need, raised.need, 'sent again, it is one');
  row = (await day_of()).rows.find((one) => one.id === plans[1].id);
  assert.deepEqual(row.blockers.map((one) => [one.number, one.state]), [[raised.number, 'open']]);
  await officer.post(`/api/v1/needs/${raised.need}/resolve`, { answer: '已运抵' });
  const named = (await officer.get(`/api/v1/blockers?plan=${plans[1].id}`)).rows;
  assert.deepEqual(named.map((one) => [one.names.need, one.need_state]), [[raised.number, 'resolved']]);
});

test('ten new lines, two of them running: pieces a day now and by when, by product and day', async () => {
  const lines = [];
  for (let n = 0; n < 10; n++) lines.push(await officer.post('/api/v1/lines', { name: `熔喷${n + 1}号线`, site: sites[1].id, plan: plans[1].id, product: 'meltblown', state: 'building', target: 1000, by_day: '2020-03-20', effective: '2020-03-01' }));
  fault(await officer.post('/api/v1/lines', { name: '错', site: sites[2].id, plan: plans[1].id, product: 'meltblown', state: 'building' }, { expect: 422 }), 'plan', /another site/);
  fault(await officer.post('/api/v1/lines', { name: '错', site: sites[2].id, product: 'cake', state: 'building' }, { expect: 422 }), 'product', /not in the list/);
  await officer.post('/api/v1/lines', { name: '口罩线', site: sites[2].id, product: 'mask_flat', state: 'running', now: 80_000, target: 100_000, effective: '2020-03-01' });
  for (const line of lines.slice(0, 2)) await liaison.post(`/api/v1/lines/${line.id}/tell`, { state: 'running', now: 600, effective: '2020-03-06' });
  const cells = (await tally('lines', '2020-03-06')).cells;
  assert.deepEqual(cells, { 'meltblown|building': 8, 'meltblown|running': 2, 'mask_flat|running': 1 });
  assert.deepEqual([(await tally('lines', '2020-03-05')).cells['meltblown|building'], (await tally('lines_now', '2020-03-06')).cells, (await tally('lines_target', '2020-03-06')).cells],
    [10, { meltblown: 1200, mask_flat: 80_000 }, { meltblown: 10_000, mask_flat: 100_000 }]);
  // by when: of what is not complete, what is late, next and last
  const days = async (day, who = officer) => Object.fromEntries((await who.get(`/api/v1/lines/days?area=${county.id}&day=${day}`)).rows.map((one) => [one.product, [one.late, one.next, one.last]]));
  assert.deepEqual(await days('2020-03-06'), { meltblown: [null, '2020-03-20', '2020-03-20'] });
  for (const [n, by_day] of [[3, '2020-03-10'], [4, '2020-04-02']]) await liaison.post(`/api/v1/lines/${lines[n].id}/tell`, { by_day, effective: '2020-03-05' });
  assert.deepEqual([await days('2020-03-04'), await days('2020-03-06'), await days('2020-03-11')].map((one) => one.meltblown),
    [[null, '2020-03-20', '2020-03-20'], [null, '2020-03-10', '2020-04-02'], ['2020-03-10', '2020-03-20', '2020-04-02']]);
  assert.deepEqual((await officer.get(`/api/v1/lines?product=meltblown&by_day=2020-03-10&day=2020-03-06`)).rows.map((one) => one.id), [lines[3].id]);
  const done = await liaison.post(`/api/v1/lines/${lines[4].id}/tell`, { state: 'running', now: 1000, effective: '2020-03-06' });
  assert.equal((await days('2020-03-06')).meltblown[2], '2020-03-20', 'a line that makes what it should is complete');
  await liaison.post(`/api/v1/lines/${done.id}/tell`, { state: 'building', now: 0, effective: '2020-03-06' });
  assert.equal((await officer.get(`/api/v1/tallies/rows?measure=lines&product=meltblown&state=running&area=${county.id}&day=2020-03-06`)).rows.length, 2);
});

let asked;
test('a firm asks for advice, the body of the field offers times, one is taken, both are reminded, and hours are counted', async () => {
  const need = await firm.post('/api/v1/needs', { site: firm.site.id, kind: 'advice_tax', text: '想了解留抵退税' });
  asked = await firm.post('/api/v1/appointments', { need: need.id, way: 'video' });
  assert.deepEqual([asked.state, asked.field, asked.names.org, asked.site], ['asked', 'advice_tax', '区税务局', firm.site.id]);
  assert.ok((await told(tax)).includes('advice_asked'));
  assert.equal((await tax.get('/api/v1/waiting')).rows.find((one) => one.kind === 'advice_answer').count, 1);
  await firm.post(`/api/v1/appointments/${asked.id}/offer`, { times: '2020-03-09 09:00-10:00' }, { expect: 403 });
  await liaison.post(`/api/v1/appointments/${asked.id}/offer`, { times: '2020-03-09 09:00-10:00' }, { expect: 403 });
  for (const times of ['周一上午', '2020-03-09 10:00-09:00', '2020-03-09 9-10']) fault(await tax.post(`/api/v1/appointments/${asked.id}/offer`, { times }, { expect: 422 }), 'times', /lines such as/);
  fault(await tax.post(`/api/v1/appointments/${asked.id}/offer`, { times: '2020-03-05 09:00-10:00' }, { expect: 422 }), 'times', /past/);
  const times = '2020-03-07 09:00-10:30\n2020-03-09 14:00-15:00';
  const offered = await tax.post(`/api/v1/appointments/${asked.id}/offer`, { times, place: '会议号 000000' });
  assert.deepEqual(offered.slots, [{ starts: '2020-03-07T01:00:00.000Z', ends: '2020-03-07T02:30:00.000Z' }, { starts: '2020-03-09T06:00:00.000Z', ends: '2020-03-09T07:00:00.000Z' }]);
  fault(await firm.post(`/api/v1/appointments/${asked.id}/take`, { starts: '2020-03-08T01:00:00Z' }, { expect: 422 }), 'starts', /none of the times/);
  const taken = await firm.post(`/api/v1/appointments/${asked.id}/take`, { starts: offered.slots[0].starts });
  assert.deepEqual([taken.state, taken.ends], ['confirmed', '2020-03-07T02:30:00.000Z']);
  const rival = await liaison.post('/api/v1/appointments', { site: sites[0].id, field: 'advice_tax', way: 'phone', place: '000' });
  await tax.post(`/api/v1/appointments/${rival.id}/offer`, { times });
  fault(await liaison.post(`/api/v1/appointments/${rival.id}/take`, { starts: offered.slots[0].starts }, { expect: 422 }), 'starts', /somebody else/);
  const nobody = await liaison.post('/api/v1/appointments', { site: sites[0].id, field: 'advice_law', way: 'phone' });
  assert.deepEqual([nobody.org, (await officer.get('/api/v1/waiting')).rows.find((one) => one.kind === 'advice_nobody').count], [null, 1]);
  await liaison.post(`/api/v1/appointments/${nobody.id}/cancel`, { reason: '已解决' });
  assert.equal((await tax.post(`/api/v1/appointments/${asked.id}/held`, { outcome: '早了' }, { expect: 409 })).status, 409);
  await jobs(muster, '2020-03-06T03:00:00Z');
  await jobs(muster, '2020-03-06T04:00:00Z');
  for (const client of [firm, tax]) assert.equal((await told(client)).filter((what) => what === 'advice_tomorrow').length, 1);
  await at(muster, '2020-03-07T03:00:00Z');
  const held = await tax.post(`/api/v1/appointments/${asked.id}/held`, { outcome: '已辅导申请' });
  assert.deepEqual([held.state, held.minutes], ['held', 90]);
  await firm.post(`/api/v1/appointments/${asked.id}/cancel`, { reason: '晚了' }, { expect: 409 });
  assert.deepEqual([await count('advice_held', '2020-03-07'), await count('advice_minutes', '2020-03-07'), (await tally('advice_asked', '2020-03-06')).cells], [1, 90, { advice_tax: 2, advice_law: 1 }]);
});

test('electricity: 29.9 % of a mean day stands still, 30.0 % works; the index by hand; where told and meter disagree is a list', async () => {
  const rows = [['演示甲电厂', 'stopped', 10_000, 2_990], ['演示乙电厂', 'resumed', 10_000, 3_000], ['演示丙电厂', 'resumed', 20_000, 18_000], ['演示丁电厂', 'stopped', 1_000, 900], ['演示戊电厂', 'resumed', null, 500]];
  for (const [name, status] of rows) await officer.post('/api/v1/sites', { name, kind: 'enterprise', status, area: town.id });
  const bases = csv([['企业（场所）', '基准日均用电量', '基准期'], ...rows.filter((one) => one[2]).map(([name, , base]) => [name, base / 10, '2019-01 至 2019-06'])]);
  assert.equal((await send_sheet(officer, 'meters', bases)).result.made, 4);
  assert.equal((await officer.get(`/api/v1/power?area=${county.id}`)).last, null);
  const days = csv([['企业（场所）', '日期', '用电量'], ...rows.map(([name, , , used]) => [name, '2020-03-06', used / 10])]);
  assert.equal((await send_sheet(officer, 'meter_days', days)).result.made, 5);
  const bad = await send_sheet(officer, 'meter_days', csv([['企业（场所）', '日期', '用电量'], ['演示甲电厂', '2020-03-06', 1]]), { preview: 1 });
  assert.deepEqual([bad.result.bad, bad.result.errors[0].detail.includes('told already')], [1, true]);
  const power = await officer.get(`/api/v1/power?area=${county.id}&day=2020-03-06&children=1`);
  const [own] = power.rows;
  assert.deepEqual([own.firms, own.used, own.used_running, power.last, power.rows.length], [{ over: 3, under: 4 }, { over: 24_890, under: 41_000 }, { over: 21_900, under: 31_000 }, '2020-03-06', 2]);
  // (3/4 x 50 + 24890/41000 x 50) = 37.5 + 30.3536… = 67.85
  assert.equal(own.index, 6785);
  const differ = (await officer.get(`/api/v1/power/differ?area=${county.id}&day=2020-03-06`)).rows;
  assert.deepEqual(differ.map((one) => [one.site.name, one.status, one.running]), [['演示丁电厂', 'stopped', true]]);
  // a mean day that is put right judges the days that were read
  const wrong = (await officer.get(`/api/v1/meters?limit=50`)).rows.find((one) => one.names.site === '演示乙电厂');
  await officer.patch(`/api/v1/meters/${wrong.id}`, { baseline: 10_010 }, { version: wrong.version });
  assert.equal((await officer.get(`/api/v1/power?area=${county.id}&day=2020-03-06`)).rows[0].firms.over, 2);
  assert.deepEqual((await officer.get(`/api/v1/power/differ?area=${county.id}&day=2020-03-06`)).rows.map((one) => one.site.name).sort(), ['演示丁电厂', '演示乙电厂'].sort());
  await liaison.post('/api/v1/meter_days', { site: sites[0].id, day: '2020-03-06', kwh: 1 }, { expect: 403 });
});

test('firms, staff and capacity are three rates, each with what it is of; a capacity that was not told is missing', async () => {
  await officer.post(`/api/v1/sites/${firm.site.id}/tell`, { staff: 100, on_duty: 66, effective: '2020-03-07' });
  await firm.post(`/api/v1/sites/${firm.site.id}/tell`, { capacity: 58, effective: '2020-03-07' });
  const rates = await Promise.all(['resumption', 'staff_back', 'capacity'].map((name) => rate(name, '2020-03-07')));
  assert.deepEqual(rates.map(({ over, under }) => [over, under]), [[4, 6], [66, 100], [58, 100]]);
  assert.deepEqual([(await rate('capacity', '2020-03-06')).rate, await count('capacity_told', '2020-03-07')], [null, 1]);
  await officer.post(`/api/v1/sites/${firm.site.id}/tell`, { capacity: 201 }, { expect: 422 });
  assert.match(recount(muster), /\b0 differ/);
});
