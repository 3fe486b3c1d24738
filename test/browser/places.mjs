// Every place of the web app, as people of the demonstration see it: for the pictures (shots.mjs) and for axe.
// A place: name (of its picture), path (or a function of the world), as (who looks; null: nobody), act (what is done there), only (one size), bare (no page behind it to hold against axe).
import { load_demo, start_muster, temp_folder, until, uuid7 } from '../harness.mjs';
import { png } from '../checks.mjs';
import { join } from 'node:path';

export const morning = '2020-03-05T01:30:00Z';
const today = '2020-03-05';

/** A demonstration that stands still on a morning, and what no demonstration has yet: something of every record. */
export async function start_world() {
  const store = join(temp_folder(), 'store');
  await load_demo(store);
  const muster = await start_muster({ store, env: { MUSTER_NOW: morning } });
  const [admin, district, town, liaison, department] = await Promise.all(['demo-admin', 'demo-district', 'demo-town', 'demo-liaison', 'demo-department'].map((name) => muster.demo_client(name)));
  const listed = async (client, path) => (await client.get(`/api/v1/${path}`)).rows;
  const first = async (client, path) => (await listed(client, path))[0];
  const area = await first(district, 'areas?code=431302');
  const own = (await town.get('/api/v1/session')).home;
  const site = await first(town, 'sites?limit=1&sort=name');
  const make = (client, plural, body) => client.post(`/api/v1/${plural}`, { id: uuid7(), ...body });
  const world = { muster, area, site, ids: {} };

  world.ids.risks = (await make(district, 'risks', { area: own.id, level: 'medium', day: '2020-03-01', decider: '演示疾控中心' })).id;
  const zone = await make(district, 'zones', { name: '演示联片巡查区', kind: 'patrol', area: area.id });
  world.ids.zone_members = (await make(district, 'zone_members', { zone: zone.id, area: own.id })).id;
  world.ids.people = (await make(town, 'people', { name: '演示村医', phone: '13900000000', area: own.id, duty: '村医' })).id;
  // two entries of one person, and two that were made one
  const entry = (more) => make(town, 'people', { name: '演示志愿者', area: own.id, ...more });
  world.twin = (await entry({ phone: '13900000001', duty: '社区干部', skills: '驾驶' })).id;
  await entry({ phone: '13900000001', trade: '护士', available: '周一至周五 18:00-22:00；周六、周日 08:00-18:00' });
  const [kept, gone] = await Promise.all([{ duty: '站长' }, { trade: '电工' }].map((more) => entry({ name: '演示村干部', ...more })));
  await make(town, 'links', { site: site.id, person: gone.id, level: 'village', begins: '2020-03-01' });
  world.ids.merges = (await town.post(`/api/v1/people/${kept.id}/merge`, { id: uuid7(), other: gone.id })).id;
  const invited = await town.post(`/api/v1/sites/${site.id}/invite`, {});
  world.invited = invited.link.replace(/^https?:\/\/[^/]+/, '');
  world.ids.site_invites = invited.id;
  world.ids.rounds = (await make(town, 'rounds', { title: '三月上旬复工巡查', area: own.id, from_day: '2020-02-24', until_day: '2020-03-08' })).id;
  const checklist = await first(town, 'templates?code=items_48');
  world.version = checklist.id;
  world.edition = checklist.current;
  const { sections } = (await town.get(`/api/v1/template_versions/${checklist.current}`)).body;
  const answer_to = (item) => ({ yesno: 'yes', number: item.min ?? item.max ?? 1 })[item.answer] ?? '无';
  const answers = Object.fromEntries(sections.flatMap((section) => section.items).map((item) => [item.code, { value: answer_to(item) }]));
  for (const visited of (await town.get('/api/v1/sites?limit=2&sort=name')).rows) await make(town, 'checks', { site: visited.id, day: today, template_version: checklist.current, round: world.ids.rounds, answers });
  const report = await make(town, 'reports', { stage: 'first', site: site.id, kind: (await first(town, 'report_kinds?limit=1')).code, text: '两名职工发热，已送定点医院，车间暂停，密接者就地观察。', people: 2 });
  world.ids.reports = report.id;
  const finding = await first(town, 'findings?state=open&limit=1');
  world.ids.interviews = (await make(town, 'interviews', { site: finding.site, finding: finding.id, day: '2020-03-04', who: '街道安监办', minutes: '约谈企业负责人，要求三日内补齐应急预案。', promise_day: '2020-03-07' })).id;
  const need = await first(district, 'needs?state=assigned&limit=1');
  const org = (await district.get('/api/v1/orgs?kind=department')).rows.find((one) => one.id !== need.lead);
  world.ids.need_parts = (await make(district, 'need_parts', { need: need.id, org: org.id, ask: '请提供周边县市的用工信息。' })).id;
  await district.post('/api/v1/comments', { id: uuid7(), record: 'need', about: need.id, text: '已与企业联系，明早到厂核实。' });
  // a certificate that holds, and one that was withdrawn
  const [issued, withdrawn] = await Promise.all((await listed(district, 'assignments?limit=2&sort=begins')).map((held) => make(district, 'certificates', { person: held.person })));
  await district.del(`/api/v1/certificates/${withdrawn.id}`, { reason: '开具有误' });
  world.ids.certificates = issued.id;
  world.marks = [issued, withdrawn].map((one) => `${one.number}-${one.code}`);
  // posts that lack people, and some who signed up late
  const appeal = await first(district, 'appeals?limit=1');
  const checkpoint = await make(district, 'posts', { title: '高铁站卡口', kind: 'checkpoint', area: own.id, needed: 3, skills: '日语、护士', begins: today });
  await make(district, 'posts', { title: '夜间隔离点', kind: 'quarantine', area: own.id, needed: 4, begins: today });
  for (const [n, wish] of ['checkpoint', 'checkpoint', 'quarantine', 'hq', 'community'].entries()) {
    const late = await make(district, 'people', { name: `演示后备${n + 1}`, area: own.id, org: org.id, skills: n ? undefined : '会日语，护士' });
    await make(district, 'pledges', { appeal: appeal.id, person: late.id, wish, near: n % 2 ? 'near' : 'any', rank: n === 1 ? 'deputy' : 'staff' });
  }
  const free = await first(department, 'grant_lists?state=draft');
  world.ids.policies = (await first(department, 'policies?code=demo_rent')).id;
  world.ids.grant_lists = free.id;
  world.ids.deliveries = (await first(department, 'deliveries?state=paid')).id;
  Object.assign(world.ids, { posts: checkpoint.id, needs: need.id, findings: finding.id, zones: zone.id, areas: own.id, sites: site.id });

  // a filing in each state that somebody sees to, and a firm that stands still and has filed nothing
  world.still = (await make(town, 'sites', { name: '演示停工厂', kind: 'enterprise', tier: 'key', area: own.id, status: 'stopped', staff: 80 })).id;
  const filed = await listed(district, 'filings?limit=100');
  world.filings = Object.fromEntries(filed.map((one) => [one.state, one]));
  world.filings.settled = filed.find((one) => one.state === 'approved' && !filed.some((other) => other.site === one.site && other.id > one.id));
  world.ids.filings = world.filings.reviewing.id;
  world.filings.near = await first(liaison, 'filings?limit=1');

  world.ids.leaves = (await first(district, 'leaves?state=granted&limit=1')).id;
  world.gate = (await first(district, 'shifts?limit=1')).post;
  // a swap that waits for somebody: of the volunteer's next shift but one
  const [, later] = (await (await muster.demo_client('demo-volunteer')).get('/api/v1/my/shifts')).next;
  if (later) world.ids.swaps = (await make(district, 'swaps', { shift: later.id, note: '上午家中有事' })).id;

  // a draft with every kind of condition, and a firm of which some facts are known
  world.draft = (await make(district, 'policies', {
    title: '演示：困难企业稳岗补助', area: area.id, begins: '2020-03-01', ends: '2020-12-31',
    conditions: { all: [
      { is: 'in', fact: 'size', of: ['medium', 'small', 'micro'] }, { is: 'industry', codes: ['C', '61', '62'], note: 'Manufacturing, hotels, catering|制造、住宿、餐饮' }, { is: 'area', codes: ['4313'] },
      { any: [
        { is: 'flag', fact: 'hardship' }, { is: 'number', fact: 'unemployment_months', compare: '>=', value: 12 },
        { is: 'ratio', top: 'insured_before', less: 'insured_last', bottom: 'insured_before', heads: 'insured_before', bands: [{ upto: 30, compare: '<=', value: 2000 }, { compare: '<=', value: 550 }] },
      ] },
      { not: { any: [{ is: 'member', fact: 'lists', of: ['epidemic_supplier'] }, { is: 'risk', levels: ['high'] }] } }, { is: 'day', fact: 'loan_due', compare: '>=', value: '2020-01-25' }, { is: 'without', policies: ['p04_stable_jobs'] },
    ] },
    benefit: { kind: 'cases', of: [{ when: { all: [{ is: 'flag', fact: 'hardship' }] }, give: { kind: 'percent', base: 'unemployment_paid', rate: 6000, cap: 30000000, caps: { medium: 50000000 } } }, { give: { kind: 'heads', heads: 'staff', per: 20000, months: 2 } }] },
  })).id;
  world.known = (await first(district, 'facts?kind=rent_month&limit=1')).site;
  world.published = (await first(district, 'policies?code=p04_stable_jobs')).id;
  // what each reader finds first elsewhere
  const { records } = await district.get('/api/v1/declarations');
  world.records = records.filter((one) => !one.inner && !['comment', 'notice', 'file'].includes(one.name));
  for (const { plural } of world.records) {
    if (world.ids[plural]) continue;
    for (const client of [district, town, admin]) {
      const row = await client.get(`/api/v1/${plural}?limit=1`).then((page) => page.rows[0], () => null);
      if (row) { world.ids[plural] = row.id; break; }
    }
  }

  // what waits at a bank, at a firm, at an appointment
  world.raised = (await first(district, 'loans?state=raised&limit=1')).id;
  world.offered = await first(district, 'loans?state=offered&limit=1');
  world.advice = await first(district, 'appointments?state=offered&limit=1');
  const user_of = async (site) => muster.demo_client((await admin.get(`/api/v1/users/${(await first(admin, `grants?site=${site}&limit=1`)).user}`)).name);
  const [asker, adviser] = [await user_of(world.offered.site), await user_of(world.advice.site)];

  await liaison.post('/api/v1/tokens', { label: '数据看板', days: 90 });
  await district.post('/api/v1/tokens', { label: '数据看板', days: 90 });
  world.people = { asker, adviser, admin, district, town, liaison, ...Object.fromEntries(await Promise.all(['city', 'department', 'auditor', 'firm', 'volunteer', 'bank'].map(async (name) => [name, await muster.demo_client(`demo-${name}`)]))) };
  // the rounds of the demonstration: one with an alarm, one where somebody was left out; the link of one of its workers
  const rounds = (await listed(district, 'health_rounds')).sort((a, b) => b.sums.feverish - a.sums.feverish || b.sums.missing - a.sums.missing);
  world.round = rounds[0].site.id;
  world.half = rounds.find((one) => one.sums.told && one.sums.missing).site.id;
  const workers = await district.get(`/api/v1/sites/${world.half}/health_round?state=missing`);
  const given = await district.post(`/api/v1/sites/${world.half}/worker_links`, { staff: workers.rows.slice(0, 2).map((one) => one.staff) });
  world.worker = given.links.map((one) => one.link.replace(/^https?:\/\/[^/]+/, ''));
  world.number = workers.rows[3].number;
  world.firm = (await world.people.firm.get('/api/v1/session')).grants[0].site;
  world.returning = (await first(district, 'staff_files?returning=1&limit=1')).site;
  world.lacking = (await world.people.firm.get('/api/v1/staff_files?lacking=1&limit=1')).rows[0].id;
  return world;
}

const pop = (text) => async (page) => {
  await page.getByRole('button', { name: text }).first().click();
  await page.locator('.pop, [role=dialog]').filter({ visible: true }).first().waitFor();
};
const dialog = async (page) => {
  const box = page.locator('.el-dialog').filter({ visible: true });
  await box.waitFor();
  await box.evaluate((node) => Promise.all(node.getAnimations({ subtree: true }).map((one) => one.finished)));
};
const propose = async (page) => {
  await page.getByRole('button', { name: /^(拟定排班|Propose)$/ }).first().click();
  await dialog(page);
};
const sheet = Buffer.from(`\ufeff${[
  ['名称', '类型', '所属区划', '复工状态', '职工人数', '吉祥物'],
  ...Array.from({ length: 12 }, (_, n) => [`演示新企业${n + 1}厂`, '企业', '431302001', '已复工', String(20 + n), '龙']),
  ['演示无处可寻厂', '企业', '999999999', '已复工', '5', ''], ['演示飞船厂', '飞船', '431302001', '已复工', '-5', ''],
].map((row) => row.join(',')).join('\r\n')}\r\n`);
const import_sheet = async (page) => {
  await page.getByRole('button', { name: /^(导入|Import)$/ }).click();
  await dialog(page);
};
/** In lists, what a wide screen alone has. */
const desk = 'desk';

const start_check = async (page) => {
  await page.getByText(/48/).first().click();
  await page.locator('.sites input[type=radio]').first().check();
  await page.locator('button.main').last().click();
  await page.locator('#main h1').waitFor();
  await page.locator('[id^=item-]').first().waitFor();
};

let volunteers = 0;
/** Signs up for the appeal in sight, up to the code. */
const sign_up = async (page) => {
  await page.locator('input[autocomplete=name]').fill('演示志愿者');
  await page.locator('input[type=tel]').fill(`1391200${String(++volunteers).padStart(4, '0')}`);
  await page.locator('.consent input').check();
  await page.locator('button.main').click();
  await page.locator('.digits').waitFor();
};

/** All places of a world. */
export function places(world) {
  const { ids, firm } = world;
  const list = (plural, more = {}) => ({ name: `list-${plural}`, path: `/r/${plural}`, ...more });
  const admin_only = new Set(['users', 'grants', 'setting_values', 'holidays', 'levels', 'need_kinds', 'need_classes', 'report_kinds', 'post_kinds', 'fact_kinds', 'loan_reasons', 'products']);
  const by_admin = (plural) => (admin_only.has(plural) ? 'admin' : plural === 'interviews' || plural === 'findings' ? 'town' : 'district');
  const answer = (status, body) => async (page) => {
    await page.route('**/api/v1/sites?*', (route) => route.fulfill({ status, contentType: 'application/problem+json', body: JSON.stringify(body) }));
    await page.reload();
    await page.locator('.box').waitFor();
  };
  return [
    { name: 'sign-in', path: '/sign-in', as: null },
    { name: 'sign-in-wrong', path: '/sign-in?next=/r/sites', as: null, act: async (page) => {
      await page.locator('input').nth(0).fill('demo-nobody');
      await page.locator('input').nth(1).fill('wrong-wrong');
      await page.locator('button[type=submit]').click();
      await page.getByRole('alert').waitFor();
    } },
    { name: 'join', path: '/join', as: null },
    { name: 'join-form', path: `/join/${ids.appeals}`, as: null, act: async (page) => {
      await page.locator('.places select').first().waitFor();
      await page.locator('summary').click();
      await page.locator('button.main').click();
      await page.locator('.note.red').waitFor();
    } },
    { name: 'join-code', path: `/join/${ids.appeals}`, as: null, act: sign_up },
    { name: 'join-own', path: `/join/${ids.appeals}`, as: null, act: async (page) => {
      await sign_up(page);
      await page.locator('.digits').fill((await page.locator('.note.amber').innerText()).match(/\d{6}/)[0]);
      await page.locator('button.main:visible').click();
      await page.waitForURL(/\/join\/mine\//);
      await page.locator('.gate-card h2').waitFor();
    } },
    { name: 'join-gone', path: '/join/01700000-0000-7000-8000-000000000000', as: null, act: async (page) => page.locator('.box').waitFor() },
    { name: 'setup', path: '/setup?token=abc', as: null },
    { name: 'setup-no-token', path: '/setup', as: null, act: async (page) => page.locator('button[type=submit]').click() },
    { name: 'invite', path: '/invite?token=abc', as: null },
    { name: 'invite-own', path: '/invite#own-abc', as: null },
    { name: 'enter', path: world.invited, as: null, act: async (page) => page.locator('form').waitFor() },
    { name: 'enter-ended', path: '/enter/01700000-0000-7000-8000-000000000000#abc', as: null, act: async (page) => page.locator('.gate-card').waitFor() },
    { name: 'site-invite', path: `/r/sites/${ids.sites ?? world.site.id}`, as: 'town', act: async (page) => {
      await page.getByRole('button', { name: /^(邀请企业|Invite the firm)$/ }).click();
      await page.getByRole('button', { name: /^(生成邀请|Make the invitation)$/ }).click();
      await page.locator('img.code').waitFor();
    } },
    { name: 'password', path: '/password' },
    { name: 'today', path: '/' },
    { name: 'overview', path: '/overview' },
    { name: 'overview-past', path: '/overview?day=2020-02-28' },
    { name: 'figure', path: '/figure/sites_resumed' },
    { name: 'figure-flow', path: '/figure/needs_solved?total=1' },
    { name: 'figure-zero', path: '/figure/urgent_open?area=431302' },
    { name: 'verify', path: `/verify/${world.marks[0]}`, as: null, act: async (page) => page.locator('.verdict').waitFor() },
    { name: 'verify-withdrawn', path: `/verify/${world.marks[1]}`, as: null, act: async (page) => page.locator('.verdict').waitFor() },
    { name: 'verify-unknown', path: '/verify/ZM-2020-000001-AAAAAAAAAA', as: null, act: async (page) => page.locator('.verdict').waitFor() },
    { name: 'paper-reason', path: `/r/people/${ids.people}`, act: async (page) => {
      await page.getByRole('button', { name: /^(服务证明|Certificate of service)$/ }).click();
      await dialog(page);
    } },
    { name: 'paper-order', path: `/r/assignments/${ids.assignments}` },
    { name: 'thanks', path: '/thanks' },
    { name: 'thanks-none', path: '/thanks?area=431321' },
    { name: 'thanks-masked', path: '/thanks', as: 'department' },
    { name: 'subsidy-compute', path: '/r/subsidies', act: async (page) => {
      await page.getByRole('button', { name: /^(核算补助|Compute subsidies)$/ }).first().click();
      await dialog(page);
      await page.locator('.el-dialog button.main').click();
      await page.locator('.el-dialog [role=status]').waitFor({ timeout: 30_000 });
    } },
    { name: 'dispatch', path: '/dispatch' },
    { name: 'dispatch-sent', path: '/dispatch', act: async (page) => {
      // accepted by nobody: what is sent is made up on the way
      await page.route('**/api/v1/assignments', (route) => route.fulfill({ status: 200, contentType: 'application/json', body: JSON.stringify({ rows: [] }) }));
      await page.locator('button.main').first().click();
      await page.locator('.sent').waitFor();
    } },
    { name: 'dispatch-none', path: '/dispatch?area=431302002' },
    { name: 'serving', path: '/serving' },
    { name: 'serving-none', path: '/serving?area=431302002' },
    { name: 'mine', path: '/my/shifts', as: 'volunteer' },
    { name: 'mine-leave', path: '/my/shifts', as: 'volunteer', act: async (page) => {
      const own = await page.evaluate(() => fetch('/api/v1/my/shifts').then((answer) => answer.json()));
      await page.route('**/api/v1/my/shifts', (route) => route.fulfill({ json: { ...own, next: own.next.map((one, n) => (n ? one : { ...one, state: 'here', came: '2020-03-05T00:02:00.000Z', starts: '2020-03-05T00:00:00.000Z', ends: '2020-03-05T08:00:00.000Z' })) } }));
      await page.reload();
      await page.locator('button.big').first().click();
      await dialog(page);
    } },
    { name: 'mine-ask', path: '/my/shifts', as: 'volunteer', act: async (page) => {
      await page.getByRole('button', { name: /^(申请请假|Ask for leave)$/ }).first().click();
      await dialog(page);
    } },
    { name: 'mine-nobody', path: '/my/shifts', as: 'town' },
    { name: 'mine-offline', path: '/my/shifts', as: 'volunteer', act: async (page) => {
      await page.locator('.figures').first().waitFor();
      await page.context().setOffline(true);
      await page.locator('.offline').waitFor();
    } },
    { name: 'roster', path: `/roster?post=${world.gate}` },
    { name: 'roster-area', path: '/roster' },
    { name: 'roster-none', path: '/roster?area=431302002' },
    { name: 'roster-bare', path: `/roster?post=${ids.posts}` },
    { name: 'roster-reader', path: `/roster?post=${world.gate}`, as: 'liaison' },
    { name: 'roster-shift', path: `/roster?post=${world.gate}`, act: async (page) => {
      await page.locator('.shift.planned, .chip:not(.here, .done, .missed)').last().click();
      await dialog(page);
    } },
    { name: 'roster-propose', path: `/roster?post=${world.gate}&from=2020-03-16`, act: propose },
    { name: 'roster-proposed', path: `/roster?post=${world.gate}&from=2020-03-16`, act: async (page) => {
      await propose(page);
      await page.locator('.el-dialog input[maxlength="200"]').fill('08:00-16:00 x4, 16:00-24:00 x4, 00:00-08:00 x8');
      await page.locator('.el-dialog button.main').click();
      await page.locator('summary:has(+ .wide .loads)').click();
      await page.locator('.loads').waitFor();
    } },
    { name: 'staff-firm', path: '/staff', as: 'firm' },
    { name: 'staff-site', path: `/staff?site=${world.returning}` },
    { name: 'staff-area', path: '/staff' },
    { name: 'staff-none', path: '/staff?area=431302013' },
    { name: 'staff-new', path: `/staff/new?site=${firm.id}`, as: 'firm' },
    { name: 'staff-fill', path: `/staff/${world.lacking}/fill`, as: 'firm' },
    { name: 'staff-import', path: '/staff', as: 'firm', act: import_sheet },
    { name: 'gate', path: '/gate', as: 'firm' },
    { name: 'gate-visitor', path: '/gate', as: 'firm', act: async (page) => page.locator('.tile').first().click() },
    { name: 'gate-choose', path: '/gate' },
    { name: 'bindings-page', path: '/bindings' },
    { name: 'bindings-none', path: '/bindings?area=431321' },
    { name: 'coverage', path: '/coverage' },
    { name: 'coverage-moment', path: '/coverage?clock=08:30' },
    { name: 'coverage-assign', path: '/coverage', act: async (page) => {
      await page.locator('[role=row].line input[type=checkbox]').first().check();
      await page.locator('.gaps button.main, .bulk button.main, button.main').first().click();
      await dialog(page);
    } },
    { name: 'coverage-hand-over', path: '/coverage', act: async (page) => {
      await page.getByRole('button', { name: /^(移交|Hand over)$/ }).first().click();
      await dialog(page);
    } },
    { name: 'filing', path: '/filings/fill', as: 'firm' },
    ...['draft', 'returned', 'approved'].map((state) => ({ name: `filing-${state}`, path: `/filings/fill?site=${world.filings[state].site}` })),
    { name: 'filing-choose', path: '/filings/fill' },
    { name: 'filing-tell', path: `/filings/fill?site=${world.filings.draft.site}`, act: async (page) => {
      await page.getByRole('button', { name: /^(补充或更正|Complete or put right)$/ }).click();
      await dialog(page);
    } },
    { name: 'filing-batch', path: `/filings/fill?site=${world.filings.draft.site}`, act: async (page) => page.getByRole('button', { name: /^(添加批次|Add a batch)$/ }).click() },
    { name: 'filing-batch-change', path: `/filings/fill?site=${world.filings.settled.site}`, act: async (page) => {
      await page.getByRole('button', { name: /^(调整|Change) 1$/ }).click();
      await dialog(page);
    } },
    { name: 'filing-check', path: `/filings/fill?site=${world.filings.draft.site}`, act: async (page) => {
      await page.getByRole('button', { name: /^(开始自查|Begin a self-check)$/ }).click();
      await page.locator('.bar').waitFor();
    } },
    ...['submitted', 'approved', 'recorded'].map((state) => ({ name: `filing-review-${state}`, path: `/filings/${world.filings[state].id}` })),
    { name: 'filing-review-liaison', path: `/filings/${world.filings.near.id}`, as: 'liaison' },
    { name: 'filing-gone', path: '/filings/01900000-0000-7000-8000-000000000000' },
    { name: 'filing-state', path: `/filing/${world.filings.approved.number}`, as: null },
    { name: 'filing-ask', path: '/filing', as: null },
    { name: 'filing-unknown', path: '/filing/FG-2020-999999', as: null },
    { name: 'filings', path: '/r/filings' },
    { name: 'filings-overdue', path: '/r/filings?overdue=1' },
    { name: 'new-trainings', path: '/r/trainings/new', as: 'town' },
    { name: 'new-filing-routes', path: '/r/filing_routes/new', as: 'town' },
    { name: 'loans', path: '/loans' },
    { name: 'loans-sums', path: '/loans?view=sums' },
    { name: 'loans-firm', path: '/loans', as: 'firm' },
    { name: 'loans-none', path: '/loans?area=431321' },
    { name: 'bank', path: '/bank', as: 'bank' },
    { name: 'bank-all', path: '/bank', as: 'bank', act: async (page) => page.getByRole('button', { name: /^(全部|All)$/ }).click() },
    { name: 'bank-offer', path: '/bank', as: 'bank', act: async (page) => {
      await page.locator('.steps button.main').first().click();
      await dialog(page);
    } },
    { name: 'bank-nobody', path: '/bank', as: 'town' },
    { name: 'plans-day', path: '/plans/day?day=2020-03-04' },
    { name: 'plans-today', path: '/plans/day' },
    { name: 'plans-reader', path: '/plans/day?kind=project', as: 'auditor' },
    { name: 'plans-none', path: '/plans/day?area=431321' },
    { name: 'plans-block', path: '/plans/day', act: async (page) => {
      await page.getByRole('button', { name: /^(提卡点|Blocked…)$/ }).first().click();
      await dialog(page);
    } },
    { name: 'lines', path: '/lines' },
    { name: 'lines-none', path: '/lines?area=431321' },
    { name: 'power', path: '/power?day=2020-03-04' },
    { name: 'power-today', path: '/power' },
    { name: 'invite-banks', path: `/r/loans/${world.raised}`, act: async (page) => {
      await page.locator('.steps button.main').first().click();
      await dialog(page);
    } },
    { name: 'loan-offered', path: `/r/loans/${world.offered.id}`, as: 'asker' },
    { name: 'advice-times', path: `/r/appointments/${world.advice.id}`, as: 'adviser' },
    { name: 'grids', path: '/grids' },
    { name: 'gaps', path: '/gaps' },
    { name: 'needs', path: '/needs' },
    { name: 'needs-overdue', path: '/needs?view=overdue' },
    { name: 'check-start', path: '/checks/fill', as: 'liaison' },
    { name: 'check-fill', path: '/checks/fill', as: 'liaison', act: async (page) => {
      await start_check(page);
      await page.getByRole('radio', { name: /^(符合|Yes)$/ }).first().click();
      await page.getByRole('radio', { name: /^(不符合|No)$/ }).nth(1).click();
      await page.getByRole('radio', { name: /^(不符合|No)$/ }).nth(2).click();
      await page.getByLabel(/当场整改|Put right now/).last().click();
    } },
    { name: 'check-review', path: '/checks/fill', as: 'liaison', act: async (page) => {
      await start_check(page);
      await page.getByRole('button', { name: /核对并签名|Review and sign/ }).first().click();
      await page.locator('canvas').first().waitFor();
      await page.locator('.bar').waitFor();
    } },
    { name: 'check-gone', path: '/checks/fill/01900000-0000-7000-8000-000000000000', as: 'liaison' },
    { name: 'policy-edit', path: `/policies/${world.draft}`, act: async (page) => {
      await page.getByRole('button', { name: /^(开始试算|Try)$/ }).click();
      await page.locator('.row summary').first().click();
    } },
    { name: 'policy-try', path: `/policies/${world.published}`, act: async (page) => {
      await page.getByRole('button', { name: /^(开始试算|Try)$/ }).click();
      await page.locator('.row summary').first().click();
    } },
    { name: 'policy-refused', path: `/policies/${world.draft}`, act: async (page) => {
      await page.getByRole('button', { name: /^(添加条件|Add a condition)$/ }).last().click();
      await page.getByRole('button', { name: /^(开始试算|Try)$/ }).click();
      await page.locator('.note.red').first().waitFor();
    } },
    { name: 'site-policies', path: `/r/sites/${world.known}`, act: async (page) => {
      await page.locator('.why summary').first().click();
      await page.locator('.part > summary').first().click();
    } },
    { name: 'policy-page', path: `/r/policies/${world.published}` },
    { name: 'templates', path: '/templates' },
    { name: 'template', path: `/templates/${world.version}` },
    { name: 'template-edit', path: `/templates/new?from=${world.edition}` },
    { name: 'template-new', path: '/templates/new' },
    { name: 'returns', path: '/returns' },
    { name: 'returns-past', path: '/returns?day=2020-03-03' },
    { name: 'returns-zero', path: '/returns', act: async (page) => {
      await page.getByRole('button', { name: /无情况|Nothing to report|零报告/ }).first().click();
      await dialog(page);
    } },
    { name: 'returns-missing', path: '/returns/missing' },
    { name: 'tokens', path: '/tokens' },
    { name: 'tokens-make', path: '/tokens', act: async (page) => {
      await page.locator('button.main').first().click();
      await dialog(page);
    } },
    { name: 'tokens-made', path: '/tokens', act: async (page) => {
      await page.locator('button.main').first().click();
      await page.locator('.el-dialog input').first().fill('演示令牌');
      await page.locator('.el-dialog button.main').click();
      await page.locator('.secret').waitFor();
    } },
    ...world.records.filter((one) => ids[one.plural] || one.plural === 'sites').flatMap(({ plural }) => [
      list(plural, { as: by_admin(plural) }),
      { name: `one-${plural}`, path: `/r/${plural}/${ids[plural]}`, as: by_admin(plural) },
    ]),
    ...['sites', 'needs', 'links', 'people', 'rounds', 'reports', 'zones', 'areas', 'risks', 'appeals', 'posts', 'assignments', 'pledges', 'teams', 'team_members', 'team_sites', 'deeds', 'leaves', 'certificates'].map((plural) => ({ name: `new-${plural}`, path: `/r/${plural}/new` })),
    ...['sites', 'needs', 'links', 'people', 'rounds', 'reports', 'zones', 'areas', 'risks', 'appeals', 'posts', 'assignments', 'pledges', 'teams', 'team_members', 'team_sites', 'deeds', 'leaves', 'claims'].map((plural) => ({ name: `new-${plural}`, path: `/r/${plural}/new` })),
    ...['users', 'grants', 'need_kinds', 'orgs', 'post_kinds'].map((plural) => ({ name: `new-${plural}`, path: `/r/${plural}/new`, as: 'admin' })),
    { name: 'health-firms', path: '/health' },
    { name: 'health-firms-liaison', path: '/health', as: 'liaison' },
    { name: 'health-round', path: `/health/${world.round}` },
    { name: 'health-round-missing', path: `/health/${world.half}`, act: async (page) => page.locator('.kinds button').nth(1).click() },
    { name: 'health-round-card', path: `/health/${world.half}`, act: async (page) => {
      await page.locator('.find input').fill(world.number);
      await page.locator('.found li').first().waitFor();
      await page.locator('.find input').press('Enter');
      await page.locator('.card input').fill('37.5');
    } },
    { name: 'health-round-found', path: `/health/${world.half}`, act: async (page) => {
      await page.locator('.find input').fill(world.number.slice(0, 3));
      await page.locator('.found li').nth(2).waitFor();
    } },
    { name: 'health-round-clear', path: `/health/${world.round}`, act: async (page) => {
      await page.locator('.roster > header button').click();
      await dialog(page);
      await page.locator('.el-dialog input').fill('每日核对');
      await page.locator('.el-dialog [type=submit]').click();
      await page.locator('.el-dialog').waitFor({ state: 'detached' });
    } },
    { name: 'health-round-auditor', path: `/health/${world.half}`, as: 'auditor' },
    { name: 'health-gate', path: `/health/${world.half}`, act: async (page) => {
      await page.locator('.tools button').nth(0).click();
      await dialog(page);
      const file = `工号,姓名,体温\n${world.number},,36.5\nZ999,演示外人,36.6\n${world.number},,365\n`;
      await page.locator('.el-dialog input[type=file]').setInputFiles({ name: '测温.csv', mimeType: 'text/csv', buffer: Buffer.from(file) });
      await page.locator('.el-dialog .sums').waitFor();
    } },
    { name: 'health-attest', path: `/health/${world.half}`, act: async (page) => {
      await page.locator('.tools button').nth(1).click();
      await dialog(page);
    } },
    { name: 'health-links', path: `/health/${world.half}`, act: async (page) => {
      await page.locator('.tools button').nth(2).click();
      await dialog(page);
      await page.locator('.el-dialog form input').fill(world.number);
      await page.locator('.el-dialog form button').click();
      await page.locator('.el-dialog code').waitFor();
    } },
    { name: 'well', path: world.worker[0], as: null, bare: true },
    { name: 'well-more', path: world.worker[1], as: null, act: async (page) => page.locator('.second').click() },
    { name: 'well-wrong', path: '/well/01970000-0000-7000-8000-00000000000a#no', as: null },
    { name: 'new-sites-wrong', path: '/r/sites/new', act: async (page) => page.locator('button[type=submit]').first().click() },
    { name: 'edit-sites', path: `/r/sites/${ids.sites}?edit=1` },
    { name: 'edit-setting', path: `/r/setting_values/${ids.setting_values}?edit=1`, as: 'admin' },
    { name: 'list-filtered', path: '/r/sites?status=resumed&tier=key' },
    { name: 'list-empty', path: '/r/sites?q=没有这样的企业' },
    { name: 'list-filters', path: '/r/sites', act: pop(/^\+ ?(筛选|Filters)/) },
    { name: 'list-filter-pick', path: '/r/sites', act: async (page) => {
      await pop(/^\+ ?(筛选|Filters)/)(page);
      await page.locator('.pop .choice').nth(1).click();
    } },
    { name: 'list-columns', only: desk, path: '/r/sites', act: pop(/^(列|Columns)/) },
    { name: 'list-views', only: desk, path: '/r/sites?status=resumed', act: pop(/^(视图|Views)/) },
    { name: 'list-export', only: desk, path: '/r/sites', act: pop(/^(导出|Export)/) },
    { name: 'list-bulk', only: desk, path: '/r/sites', act: async (page) => {
      for (const n of [0, 1, 2]) await page.locator('[role=row].line input[type=checkbox]').nth(n).check();
      await page.locator('.bulk').waitFor();
    } },
    { name: 'list-bulk-field', only: desk, path: '/r/sites', act: async (page) => {
      for (const n of [0, 1, 2]) await page.locator('[role=row].line input[type=checkbox]').nth(n).check();
      await page.locator('.bulk .pop-button button').click();
      await page.locator('.pop .choice').first().click();
      await dialog(page);
    } },
    { name: 'import', only: desk, path: '/r/sites', act: import_sheet },
    { name: 'import-preview', only: desk, path: '/r/sites', act: async (page) => {
      await import_sheet(page);
      await page.locator('.el-dialog input[type=file]').setInputFiles({ name: '名册.csv', mimeType: 'text/csv', buffer: sheet });
      await page.locator('.el-dialog .found').first().waitFor();
    } },
    { name: 'step', path: `/r/needs/${ids.needs}`, act: async (page) => {
      const order = page.locator('.steps').getByRole('button', { name: /^(督办|Order)$/ });
      if (!(await order.isVisible())) await page.locator('.steps .link').first().click();
      await order.click();
      await dialog(page);
    } },
    { name: 'step-impossible', path: `/r/needs/${ids.needs}`, act: async (page) => page.locator('.steps .link').first().click() },
    { name: 'step-rectify', path: `/r/findings/${ids.findings}`, as: 'town', act: async (page) => {
      await page.locator('.steps button.main').first().click();
      await dialog(page);
    } },
    { name: 'reason-void', path: `/r/sites/${ids.sites}`, as: 'town', act: async (page) => {
      await page.locator('.right .wrong').click();
      await dialog(page);
    } },
    { name: 'reason-reveal', path: `/r/people/${ids.people}`, as: 'town', act: async (page) => {
      await page.locator('.right button').first().click();
      await dialog(page);
    } },
    { name: 'person-twin', path: `/r/people/${world.twin}`, as: 'town' },
    { name: 'person-invite', path: `/r/people/${world.twin}`, as: 'town', act: async (page) => {
      await page.getByRole('button', { name: /^(邀请开通账号|Invite to an account)$/ }).first().click();
      await dialog(page);
    } },
    { name: 'person-merge', path: `/r/people/${world.twin}`, as: 'town', act: async (page) => {
      await page.locator('.note button').first().click();
      await dialog(page);
      await page.locator('.el-dialog table').waitFor();
    } },
    { name: 'merge-undo', path: `/r/merges/${world.ids.merges}`, as: 'town', act: async (page) => {
      await page.getByRole('button', { name: /^(撤销合并|Undo the merge)$/ }).first().click();
      await dialog(page);
    } },
    { name: 'history', path: `/r/sites/${ids.sites}`, as: 'auditor', act: async (page) => page.locator('aside .panel').first().scrollIntoViewIfNeeded() },
    { name: 'conflict', path: `/r/sites/${ids.sites}?edit=1`, as: 'town', act: async (page) => {
      const version = (await world.people.district.get(`/api/v1/sites/${ids.sites}`)).version;
      await page.locator('form .field').first().waitFor();
      await world.people.district.patch(`/api/v1/sites/${ids.sites}`, { address: `演示路 ${version} 号` }, { version });
      const next = page.getByRole('button', { name: /^(下一步|Next)$/ });
      while (!(await page.getByLabel(/^(地址|Address)/).count())) await next.click();
      const address = page.getByLabel(/^(地址|Address)/).first();
      await address.fill('演示大道 1 号');
      while (await next.count()) await next.click();
      await page.locator('button[type=submit]').last().click();
      await dialog(page);
    } },
    { name: 'areas-switch', path: '/overview', act: async (page) => {
      await page.locator('.where .now').click();
      await page.locator('.pop .choice').nth(3).waitFor();
    } },
    { name: 'areas-find', path: '/overview', act: async (page) => {
      await page.locator('.where .now').click();
      await page.locator('.pop input').fill('花山');
      await until(async () => (await page.locator('.pop .choice').count()) < 12 && (await page.locator('.pop .choice').count()) > 0, { what: 'what was searched for' });
    } },
    { name: 'day-switch', path: '/overview', act: async (page) => {
      await page.locator('.day-switcher .now').click();
      await page.locator('.pop').waitFor();
    } },
    { name: 'notices', path: '/', as: 'department', act: async (page) => {
      await page.locator('.bell').click();
      await page.locator('.pop').waitFor();
    } },
    { name: 'user-menu', path: '/', act: async (page) => {
      await page.locator('.user').click();
      await page.locator('.pop').waitFor();
    } },
    { name: 'more-menu', only: 'phone', path: '/', act: async (page) => page.locator('.foot button').click() },
    { name: 'state-error', path: '/r/sites', act: answer(500, { status: 500, code: 'internal' }) },
    { name: 'state-no-right', path: '/r/sites', act: answer(403, { status: 403, code: 'forbidden' }) },
    { name: 'state-loading', path: '/r/sites', act: async (page) => {
      await page.route('**/api/v1/sites?*', () => {});
      await page.reload({ waitUntil: 'domcontentloaded' });
      await page.locator('[aria-busy=true]').waitFor();
    } },
    { name: 'state-offline', path: '/r/sites', act: async (page) => {
      await page.locator('[role=row].line').first().waitFor();
      await page.context().setOffline(true);
      await page.locator('.offline').waitFor();
    } },
    { name: 'state-offline-list', path: '/r/sites', act: async (page) => {
      await page.route('**/api/v1/sites?*', (route) => route.abort());
      await page.reload();
      await page.locator('.box').waitFor();
    } },
    { name: 'not-found', path: '/no/such/page' },
    { name: 'one-not-found', path: '/r/sites/01900000-0000-7000-8000-000000000000' },
    { name: 'list-not-found', path: '/r/nothing' },
    ...['liaison', 'firm', 'town', 'department', 'auditor', 'admin', 'city', 'volunteer'].map((as) => ({ name: `today-${as}`, path: '/', as })),
    { name: 'to-tell', path: '/to-tell', as: 'liaison', act: async (page) => {
      await page.locator('button.firm').first().click();
      await page.locator('.tell').waitFor();
    } },
    { name: 'to-tell-many', path: '/to-tell?all=1', as: 'liaison', act: async (page) => {
      for (const n of [0, 1]) await page.locator('.head input').nth(n).check();
      await page.locator('.many button.main').waitFor();
    } },
    { name: 'to-tell-all', path: '/to-tell?all=1', as: 'town' },
    { name: 'my-policies', path: '/my/policies', as: 'firm' },
    { name: 'my-policies-missing', path: '/my/policies', as: 'firm', act: async (page) => {
      await page.locator('article').first().waitFor();
      await page.locator('article').first().scrollIntoViewIfNeeded();
      await page.locator('#main').evaluate((main) => { main.scrollTop = main.scrollHeight; });
    } },
    { name: 'my-policies-apply', path: '/my/policies', as: 'firm', act: async (page) => {
      await page.getByRole('button', { name: /^(申请|Apply)$/ }).first().click();
      await dialog(page);
    } },
    { name: 'policy-firm', path: `/r/policies/${ids.policies}`, as: 'firm' },
    { name: 'policy-department', path: `/r/policies/${ids.policies}`, as: 'department' },
    { name: 'policy-list', path: `/r/policies/${ids.policies}`, as: 'department', act: async (page) => {
      await page.getByRole('button', { name: /^(生成免申即享名单|List without applications)$/ }).first().click();
      await dialog(page);
    } },
    { name: 'grant-list-department', path: `/r/grant_lists/${ids.grant_lists}`, as: 'department' },
    ...['liaison', 'firm', 'auditor', 'admin', 'city'].map((as) => ({ name: `overview-${as}`, path: '/overview', as })),
    { name: 'site-liaison', path: `/r/sites/${ids.sites}`, as: 'liaison' },
    { name: 'desk', path: `/desk/${world.site.id}`, as: 'town' },
    { name: 'desk-still', path: `/desk/${world.still}`, as: 'town' },
    { name: 'new-advice', path: '/r/appointments/new', as: 'firm' },
    { name: 'desk-code', path: `/desk/${world.site.id}`, as: 'town', act: async (page) => {
      await page.getByRole('button', { name: /^(二维码|QR code)$/ }).click();
      await page.locator('img.code').waitFor();
    } },
    { name: 'test-results', path: `/r/test_batches/${ids.test_batches}`, as: 'firm', act: async (page) => {
      await page.getByRole('button', { name: /^(录入检测结果|更正检测结果|Enter results|Put results right)$/ }).click();
      await page.locator('.el-dialog li').first().waitFor();
      await page.locator('.el-dialog li .positive').nth(1).click();
    } },
    { name: 'site-firm', path: `/r/sites/${firm.id}`, as: 'firm' },
    { name: 'returns-firm', path: '/returns', as: 'firm' },
    { name: 'returns-town', path: '/returns', as: 'town' },
    { name: 'needs-department', path: '/needs?view=mine', as: 'department' },
    { name: 'needs-firm', path: '/needs', as: 'firm' },
    { name: 'findings-firm', path: '/r/findings', as: 'firm' },
    { name: 'site-auditor', path: `/r/sites/${firm.id}`, as: 'auditor' },
    { name: 'users-admin', path: '/r/users', as: 'admin' },
  ].map((one) => ({ as: 'district', ...one }));
}

export const sizes = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };
export const languages = ['zh', 'en'];

/** A page of somebody, at a size, in a language; the clock stands where the demonstration stands. */
export async function page_of(chrome, world, as, size, language) {
  const phone = size === 'phone';
  const context = await chrome.newContext({ viewport: sizes[size], isMobile: phone, hasTouch: phone, baseURL: world.muster.url, bypassCSP: true, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', serviceWorkers: 'block', reducedMotion: 'reduce' });
  context.setDefaultTimeout(8_000);
  await context.addInitScript((wanted) => localStorage.setItem('muster.language', JSON.stringify(wanted)), language);
  if (as) {
    const [name, value] = world.people[as].cookie.split('=');
    await context.addCookies([{ name, value, url: world.muster.url }]);
  }
  const page = await context.newPage();
  page.faults = [];
  page.on('pageerror', (error) => page.faults.push(String(error)));
  await page.clock.setFixedTime(new Date(morning));
  const flying = new Set();
  page.on('request', (request) => flying.add(request));
  for (const end of ['requestfinished', 'requestfailed']) page.on(end, (request) => flying.delete(request));
  /** Until nothing has been on its way for a moment; what never comes is not waited for. */
  page.settled = async () => {
    for (let quiet = 0, n = 0; quiet < 3 && n < 100; n++) {
      quiet = flying.size ? 0 : quiet + 1;
      await page.waitForTimeout(50);
    }
    flying.clear();
  };
  return page;
}

/** Walks on within the app as its back button does: the router hears that the address changed. */
const walk = (page, path) => page.evaluate((to) => {
  history.pushState({ position: (history.state?.position ?? 0) + 1 }, '', to);
  dispatchEvent(new PopStateEvent('popstate', { state: history.state }));
}, path);

/** Leaves where the page is for a page of nothing, within the app; false where that cannot be: it was never in the app, or the day and area looked at would go along. */
async function leave(page) {
  if (!page.walks) return false;
  await walk(page, '/no/such/page');
  return page.getByText(/^(没有这个页面|There is no such page)$/).waitFor({ timeout: 500 }).then(() => true, () => false);
}

/** Goes to a place and does what is done there. To walk on within the app is far sooner there than a page loaded anew. */
export async function visit(page, world, place) {
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  await page.context().setOffline(false);
  if (await leave(page)) await walk(page, place.path);
  else await page.goto(place.path);
  await page.locator('h1, .box, form').first().waitFor({ state: 'attached' });
  await page.settled();
  page.walks = place.as && !/[?&](day|area)=/.test(place.path) && !place.name.startsWith('state-'); // a broken state may stay with its page
  if (!place.act) return;
  await place.act(page, world);
  await page.settled();
}

export { png };
