// A working day at a desk, through the real pages: a register is imported, its gaps closed, a need followed to its end, the day reported, a figure opened.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { browser, password, start_muster, until } from '../harness.mjs';
import { leave, open_page } from './pages.mjs';

const today = '2020-03-05';
const patience = 20_000; // ms for whatever a page has to show, also on a busy machine
const due = ['演示金星电子厂', '演示长青机械厂', '演示宏达纺织厂', '演示东风化工厂', '演示银河仪表厂', '演示南山水泥厂', '演示北斗钢构厂', '演示清泉食品厂', '演示白鹭印刷厂', '演示红枫家具厂'];
const not_due = ['演示街角便利店', '演示停炉检修厂'];

let muster, admin, chrome, page;

async function user(name, role, { area, org: body, site, shown }) {
  const made = await admin.post('/api/v1/users', { name, shown, area: area.id, ...(body ? { org: body.id } : {}) });
  await admin.post('/api/v1/grants', { user: made.id, role, ...(site ? { site: site.id } : { area: area.id }) });
  const { link } = await admin.post(`/api/v1/users/${made.id}/invite`);
  await muster.bearer('').post('/api/v1/invite', { token: new URL(link).searchParams.get('token'), password });
  return made;
}

const desk_of = async (name) => open_page(chrome, muster, await muster.client(name), { ms: patience });
const see = (where, text) => where.getByText(text).first().waitFor();
const shown_count = (locator, n) => until(async () => (await locator.count()) === n, { ms: patience, what: `${n} rows (the last were ${locator})` });
/** The rows of the table on the page, and their names in order. */
const lines = (sheet) => sheet.locator('main [role=row].line');
const names = async (sheet) => (await sheet.locator('main [role=row].line [role=cell].name').allInnerTexts()).map((text) => text.trim()).sort();

/** Types into a box that finds, and takes what it found. */
async function choose(where, label, typed, found = typed) {
  const box = where.getByRole('combobox', { name: label });
  await box.click({ force: true }); // what it shows lies over it
  if (typed) await box.fill(typed);
  await where.page().locator('.el-select-dropdown:visible .el-select-dropdown__item', { hasText: found }).first().click();
  // a list that is still closing swallows the click on the next box
  await where.page().locator('.el-select-dropdown:visible').first().waitFor({ state: 'hidden' });
}

/** One step of a record: its button, its form, its end. */
async function take_step(sheet, step, fill = async () => {}) {
  await sheet.getByRole('group', { name: '下一步' }).getByRole('button', { name: step, exact: true }).click();
  const dialog = sheet.getByRole('dialog');
  await fill(dialog);
  await dialog.getByRole('button', { name: step, exact: true }).click();
  await see(sheet, `已办理：${step}`);
}

before(async () => {
  muster = await start_muster({ env: { MUSTER_NOW: `${today}T02:00:00Z`, LC_ALL: 'C.UTF-8' } });
  admin = await muster.client('admin');
  const area = (code, name, level, parent) => admin.post('/api/v1/areas', { code, name, level, ...(parent ? { parent: parent.id } : {}) });
  const county = await area('431302', '娄星区', 3);
  const town = await area('431302001', '演示街道', 4, county);
  await area('431302001001', '演示社区', 5, town);
  await area('431302001002', '样例社区', 5, town);
  const org = await admin.post('/api/v1/orgs', { name: '演示人社局', kind: 'department', area: county.id });
  await user('officer_a', 'officer', { area: town, shown: '演示甲' });
  await user('liaison_a', 'liaison', { area: town, shown: '演示乙' });
  await user('bureau_a', 'department', { area: county, org, shown: '演示丙' });
  chrome = await browser();
  page = await open_page(chrome, muster, null, { ms: patience });
});
after(async () => {
  await chrome?.close();
  await muster?.stop();
});

test('one signs in; a wrong password is told', async () => {
  await page.goto('/r/sites');
  await page.waitForURL(/\/sign-in/);
  await page.getByLabel('用户名').fill('officer_a');
  await page.getByLabel(/^密码/).fill('wrong-wrong');
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await page.getByRole('alert').filter({ hasText: '用户名或密码不对' }).waitFor();
  await page.getByLabel(/^密码/).fill(password);
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await page.waitForURL(/\/r\/sites/);
  await see(page, '演示街道');
});

test('a register comes in: the preview tells good rows from bad, the good ones are written and found', async () => {
  const rows = [
    ['名称', '类型', '所属区划', '复工状态', '职工人数'],
    ...due.map((name, n) => [name, '企业', n % 2 ? '431302001001' : '431302001002', '已复工', 20 + n]),
    [not_due[0], '门店', '431302001001', '未停工', 3],
    [not_due[1], '企业', '431302001001', '政策性停工/检修', 30],
    ['演示无处可寻厂', '企业', '999999999', '已复工', 5],
    ['演示飞船厂', '飞船', '431302001001', '已复工', 5],
  ];
  await page.getByRole('button', { name: '导入企业（场所）' }).or(page.getByRole('button', { name: '导入', exact: true })).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.locator('input[type=file]').setInputFiles({ name: '名册.csv', mimeType: 'text/csv', buffer: Buffer.from(`\ufeff${rows.map((row) => row.join(',')).join('\r\n')}\r\n`) });
  await see(dialog, '可导入 12 行');
  await see(dialog, '有误 2 行');
  const faults = await dialog.locator('.found').first().locator('tbody tr').allInnerTexts();
  assert.deepEqual(faults.map((text) => text.split('\t').slice(0, 2).map((cell) => cell.trim())), [['14', '所属区划'], ['15', '类型']]);
  assert.equal(await dialog.getByRole('button', { name: '开始导入' }).isDisabled(), true, 'nothing is half imported unless asked for');
  assert.equal((await admin.get('/api/v1/sites')).rows.length, 0, 'a preview writes nothing');
  await dialog.getByLabel('只导入正确的行').check();
  await dialog.getByRole('button', { name: '开始导入' }).click();
  await see(dialog, '已导入 12 行');
  await see(dialog, '2 行未导入');
  await dialog.getByRole('button', { name: '完成' }).click();
  await see(page, '共 12 条');
  await shown_count(lines(page), 12);
  assert.deepEqual(await names(page), [...due, ...not_due].sort());
  await page.getByRole('searchbox', { name: '搜索企业（场所）' }).fill('金星');
  await shown_count(lines(page), 1);
  assert.deepEqual(await names(page), ['演示金星电子厂']);
  await lines(page).locator('.name').click();
  await page.getByRole('heading', { name: '演示金星电子厂' }).waitFor();
  await see(page, '样例社区');
});

const figure = (sheet, label) => sheet.locator('dl.figures > div').filter({ has: sheet.getByText(label, { exact: true }) }).locator('dd');
const reads = (locator, text) => until(async () => (await locator.innerText()).trim() === text, { ms: patience, what: text });

test('the gaps are shown and closed for all of them at once', async () => {
  await page.goto('/coverage');
  await reads(figure(page, '联系到位率'), '0%');
  await reads(figure(page, '没有联络员'), '10');
  await shown_count(lines(page), 10);
  assert.deepEqual(await names(page), [...due].sort());
  await page.getByRole('checkbox', { name: '全选已载入的' }).check();
  await page.getByRole('button', { name: '为 10 家企业指派' }).click();
  const dialog = page.getByRole('dialog');
  await choose(dialog, '联络员', 'liaison_a');
  await dialog.getByRole('button', { name: '指派联络员' }).click();
  await see(page, '已指派 10 家');
  await see(page, '每家企业都有联络员');
  await reads(figure(page, '联系到位率'), '100%');
  await reads(figure(page, '没有联络员'), '0');
  assert.match(await page.locator('.liaisons tbody tr').innerText(), /liaison_a\s+10\b/);
});

test('a need is raised, handed on, solved by a body and confirmed by its firm', async () => {
  const [site] = (await admin.get('/api/v1/sites?q=金星')).rows;
  await user('boss_a', 'enterprise', { area: { id: site.area }, site, shown: '演示丁' });
  await page.goto('/needs');
  await page.getByRole('link', { name: '新建' }).click();
  await choose(page.locator('main'), /^企业（场所）/, '金星');
  await choose(page.locator('main'), /^类型/, '', '用工');
  await page.getByLabel('诉求内容').fill('缺少熟练工二十名');
  await page.getByRole('button', { name: '保存' }).click();
  await see(page, /^待交办$/);
  await take_step(page, '交办', async (dialog) => {
    await choose(dialog, /^主办单位/, '人社');
    await dialog.getByLabel('交办意见').fill('请本周内对接');
  });
  await page.goto('/needs');
  const card = (sheet, state) => sheet.locator('.board section').filter({ has: sheet.getByRole('heading', { name: state }) }).locator('.card');
  await shown_count(card(page, '已交办'), 1);
  assert.match(await card(page, '已交办').innerText(), /缺少熟练工二十名[^]*演示金星电子厂[^]*演示人社局/);

  const bureau = await desk_of('bureau_a');
  await bureau.goto('/needs?view=mine');
  await card(bureau, '已交办').click();
  await take_step(bureau, '办理完成', (dialog) => dialog.getByLabel('办理结果', { exact: true }).fill('已从劳务协作地招到二十人'));
  await leave(bureau);

  const boss = await desk_of('boss_a');
  await boss.goto('/needs');
  await card(boss, '已办理').click();
  await see(boss, '已从劳务协作地招到二十人');
  await take_step(boss, '确认办结');
  await leave(boss);

  await page.goto('/needs');
  await see(page, '共 0 条');
  await page.getByRole('link', { name: '查看全部诉求，含已办结' }).click();
  await shown_count(lines(page), 1);
  assert.match(await lines(page).innerText(), /已确认/);
});

test('a firm types its filing: it is saved by itself, opening it changes nothing, what is wrong holds nothing else up', async () => {
  const [site] = (await admin.get('/api/v1/sites?q=金星')).rows;
  const filed = async () => (await admin.get(`/api/v1/sites/${site.id}/filing`)).filing;
  const becomes = (field, value) => until(async () => (await filed())?.[field] === value, { ms: patience, what: `${field} to be ${value}` });
  const boss = await desk_of('boss_a');
  await boss.goto('/filings/fill');
  await see(boss, '审批复工');
  await boss.locator('#field-back').fill('7');
  await becomes('back', 7);
  await see(boss, /已自动保存/);
  const before = await filed();
  await boss.reload();
  await until(async () => (await boss.locator('#field-back').inputValue()) === '7', { ms: patience, what: 'what was typed' });
  await boss.waitForTimeout(1_500);
  assert.equal((await filed()).version, before.version);
  // somebody else fills in another entry meanwhile, and it stays
  await admin.patch(`/api/v1/filings/${before.id}`, { six: 0 }, { version: before.version });
  await boss.locator('#field-outside').fill('999999');
  await boss.locator('#field-masks').fill('500');
  await see(boss, /不能多于职工人数/);
  await becomes('masks', 500);
  const now = await filed();
  assert.deepEqual([now.back, now.six, now.outside], [7, 0, null]);
  await boss.getByRole('button', { name: '提交备案' }).click();
  await see(boss, /还有 \d+ 项须填写/);
  await leave(boss);
});

test('the town reports its day in one tap', async () => {
  await page.goto('/returns');
  const state = page.locator('h1 .tag');
  await reads(state, '未报');
  await page.getByRole('button', { name: '确认上报' }).click();
  await reads(state, '已报');
  await see(page, /officer_a|演示甲/);
  await page.getByRole('button', { name: '更正上报' }).waitFor();
  await page.reload();
  await reads(state, '已报');
});

/** Fetches a paper by its button, with a reason. */
async function prints(page, button, file) {
  await page.getByRole('button', { name: button, exact: true }).click();
  await page.getByLabel('原因').fill('下发');
  const [paper] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '生成 PDF' }).click()]);
  assert.equal(paper.suggestedFilename(), file);
  assert.equal(readFileSync(await paper.path()).subarray(0, 5).toString(), '%PDF-');
}

test('a post that lacks people is filled from the dispatch board, with a change by hand', async () => {
  const officer = await muster.client('officer_a');
  const area = (await officer.get('/api/v1/session')).home.id;
  const appeal = await officer.post('/api/v1/appeals', { title: '倡议书', area, text: '请战', opens: '2020-03-01' });
  await officer.post(`/api/v1/appeals/${appeal.id}/publish`, {});
  await officer.post('/api/v1/posts', { title: '高铁站卡口', kind: 'checkpoint', area, needed: 2, begins: today });
  for (const wish of ['checkpoint', 'hq']) {
    const person = await officer.post('/api/v1/people', { name: '演示员', area });
    await officer.post('/api/v1/pledges', { appeal: appeal.id, person: person.id, wish });
  }
  await page.goto('/dispatch');
  await see(page, '高铁站卡口');
  const proposed = page.locator('main li .who');
  await shown_count(proposed, 2);
  await see(page, '意向相符');
  await page.getByRole('button', { name: '排除' }).first().click();
  await shown_count(proposed, 1);
  await see(page, '1 人已被手动排除');
  await page.getByRole('button', { name: '清除 1 项人工调整' }).click();
  await shown_count(proposed, 2);
  await page.getByRole('button', { name: '采用方案，派驻 2 人' }).click();
  await see(page, '已派驻 2 人');
  await see(page, '这一天没有缺人的岗位');
  await prints(page, '打印派驻通知', `打印派驻通知 ${today}.pdf`);
  await page.goto('/r/assignments');
  await shown_count(lines(page), 2);
  const [held] = (await officer.get('/api/v1/assignments')).rows;
  await page.goto(`/r/assignments/${held.id}`);
  await prints(page, '打印派驻通知', '打印派驻通知.pdf');
  await page.goto(`/r/people/${held.person}`);
  await prints(page, '服务证明', '服务证明.pdf');
  const [made] = (await officer.get('/api/v1/certificates')).rows;
  assert.equal(made.person, held.person);
  await page.goto(`/verify/${made.number}-${made.code}`);
  await see(page, '此证明有效');
  await see(page, '演**');
});

test('what lies over a page goes with it', async () => {
  await page.goto('/r/sites');
  await lines(page).first().locator('.name').click();
  await page.getByRole('heading', { level: 1, name: '演示' }).waitFor();
  for (const [button, over] of [['导入', '.el-overlay-dialog'], ['导出', '.pop']]) {
    await page.goBack();
    await lines(page).first().waitFor();
    await page.getByRole('button', { name: button }).first().click();
    await page.locator(over).first().waitFor();
    await page.goForward();
    await page.getByRole('heading', { level: 1, name: '演示' }).waitFor();
    await page.locator(over).first().waitFor({ state: 'hidden' });
  }
});

test('a page that could not be read is read again by coming back to it', async () => {
  for (const [path, asked, good] of [['/r/sites', '**/api/v1/sites?*', '[role=row].line'], ['/needs', '**/api/v1/needs?*', 'text=没有未办结的诉求'], ['/figure/sites_due', '**/api/v1/tallies*', 'main .rows.quiet']]) {
    await page.route(asked, (route) => route.fulfill({ status: 500, contentType: 'application/problem+json', body: '{"status":500,"code":"internal"}' }));
    await page.goto(path);
    const again = page.getByRole('main').getByRole('button', { name: '重试' });
    await again.first().waitFor();
    await page.getByRole('link', { name: '今日', exact: true }).first().click();
    await again.first().waitFor({ state: 'hidden' });
    await page.unroute(asked);
    await page.goBack();
    await page.locator(good).first().waitFor();
    assert.equal(await again.count(), 0, path);
  }
});

test('a figure opens into exactly the rows that it counts', async () => {
  await page.goto('/overview');
  const cards = page.locator('.cards .card');
  const card = (name) => cards.filter({ has: page.getByRole('link', { name, exact: true }) });
  await reads(card('联系到位率').locator('.rate'), '100%');
  await reads(card('办结率').locator('.rate'), '100%');
  const number = card('复工率').locator('.sums a').nth(1);
  assert.equal((await number.innerText()).trim(), '10');
  await number.click();
  await page.getByRole('heading', { name: '应复工企业' }).waitFor();
  await reads(page.locator('.rows.quiet'), '企业（场所）：共 10 条');
  assert.deepEqual(await names(page), [...due].sort());
});

test('resumption by industry, owner and size: each number opens into the firms of that part', async () => {
  const some = (await admin.get('/api/v1/sites?status=resumed&limit=3&sort=name')).rows;
  for (const [n, one] of some.entries()) await admin.patch(`/api/v1/sites/${one.id}`, { industry: n ? '3670' : '2710', above_scale: true, effective: '2020-03-01' }, { version: one.version });
  await page.goto('/overview');
  const panel = page.locator('section').filter({ has: page.getByRole('heading', { name: '分类复工情况' }) });
  const line = (name) => panel.locator('tbody tr').filter({ hasText: name });
  await reads(line('汽车制造业').locator('td').nth(1), '2');
  await reads(line('医药制造业').locator('td').nth(3), '100%');
  await panel.getByRole('button', { name: '规（限）上' }).click();
  await reads(line('是').locator('td').nth(2), '3');
  await line('是').getByRole('link').nth(1).click();
  await page.getByRole('heading', { name: /^已复工企业/ }).waitFor();
  await reads(page.locator('.rows.quiet'), '企业（场所）：共 3 条');
  assert.deepEqual(await names(page), some.map((one) => one.name).sort());
  await page.getByRole('button', { name: /^是\s*3/, pressed: true }).waitFor();
  await leave(page);
});

test('a firm sees on Today what is due of it, and nothing of others; whoever answers for it opens the same', async () => {
  const [site] = (await admin.get('/api/v1/sites?q=金星')).rows, [beside] = (await admin.get('/api/v1/sites?q=长青')).rows;
  const boss = await desk_of('boss_a'), firm = await muster.client('boss_a');
  const line = (sheet, name) => sheet.locator('.lines > li').filter({ has: sheet.locator('b', { hasText: name }) });
  await boss.goto('/');
  await line(boss, '企业日报').getByText('待办').waitFor();
  await see(line(boss, '复工备案'), /还缺 \d+ 项/);
  await see(line(boss, '员工档案'), /未建档 \d+ 人/);
  // each line leads to where it is done
  await line(boss, '复工备案').locator('a.line').click();
  await boss.waitForURL(/\/filings\/fill\?site=/);
  await firm.post('/api/v1/returns/confirm', { site: site.id, day: '2020-03-04', zero: true });
  await boss.goto('/');
  await boss.locator('.clear').getByText('零报告').waitFor();
  assert.equal(await line(boss, '企业日报').count(), 0);
  await boss.goto(`/desk/${beside.id}`);
  await see(boss, '没有这条记录，或不在您的授权范围内');
  await leave(boss);

  const shop = await admin.post('/api/v1/sites', { name: '演示新开小店', kind: 'shop', area: site.area });
  await user('boss_c', 'enterprise', { area: { id: site.area }, site: shop });
  await (await muster.client('boss_c')).post('/api/v1/returns/confirm', { site: shop.id, day: '2020-03-04', zero: true });
  const keeper = await desk_of('boss_c');
  await keeper.goto('/');
  await see(keeper, '眼下没有待办事项');
  await keeper.getByRole('button', { name: '二维码' }).click();
  await keeper.getByAltText('企业待办二维码').waitFor();
  await leave(keeper);

  const liaison = await desk_of('liaison_a');
  await liaison.goto(`/r/sites/${site.id}`);
  await liaison.getByRole('link', { name: '待办事项' }).click();
  await see(line(liaison, '复工备案'), /还缺 \d+ 项/);
  await liaison.locator('.clear').getByText('零报告').waitFor();
  await leave(liaison);
});

test('results of a test: nothing is preset, exceptions by one tap, all others by another; what is refused is said at its worker', async () => {
  const [site] = (await admin.get('/api/v1/sites?q=金星')).rows;
  const firm = await muster.client('boss_a');
  const made = await firm.post('/api/v1/staff_files', { rows: [...Array(5)].map((_, n) => ({ site: site.id, name: `演示工${'甲乙丙丁戊'[n]}`, number: `T${n}`, state: n < 4 ? 'on_duty' : 'leave', begins: '2020-02-10', effective: '2020-02-10' })) });
  assert.deepEqual(made.rows.map((one) => one.status), Array(5).fill(201));
  const batch = await firm.post('/api/v1/test_batches', { site: site.id, kind: 'pcr', people: 4 });
  const boss = await desk_of('boss_a');
  await boss.goto('/');
  await boss.locator('.lines > li').filter({ hasText: '员工检测' }).locator('.rows a').first().click();
  await boss.getByRole('button', { name: '录入检测结果' }).click();
  const dialog = boss.getByRole('dialog'), worker = (number) => dialog.locator('li').filter({ hasText: number });
  await worker('T0').waitFor();
  assert.equal(await dialog.locator('[aria-pressed=true]').count(), 0);
  assert.ok(await dialog.getByRole('button', { name: /^提交/ }).isDisabled());
  assert.match(await worker('T0').innerText(), /演\*/, 'names are masked');
  await worker('T1').getByRole('button', { name: '阳性' }).click();
  await dialog.getByRole('button', { name: '其余在岗 3 人均为阴性' }).click();
  await see(dialog, '检测 4 人，已选 4 人');
  await see(dialog, /其中阳性 1 人/);
  // a file is taken out meanwhile: its result is refused, the others wait
  const gone = made.rows[2].id;
  await admin.del(`/api/v1/staff_files/${gone}`, { reason: '重复' });
  await dialog.getByRole('button', { name: '提交 4 人结果' }).click();
  await worker('T2').getByRole('alert').filter({ hasText: '没有档案' }).waitFor();
  assert.equal((await admin.get(`/api/v1/test_batches/${batch.id}`)).positive, null);
  await worker('T2').getByRole('button', { name: '未受检' }).click();
  await dialog.getByRole('button', { name: '提交 3 人结果' }).click();
  await see(boss, '结果已出');
  const now = await admin.get(`/api/v1/test_batches/${batch.id}`);
  assert.deepEqual([now.negative, now.positive, now.pending, now.missing], [2, 1, 0, 1]);
  await leave(boss);
});

test('many firms are told at once, in one request; the firm sees what it qualifies for, acknowledges all, and answers what is missing', async () => {
  const [site] = (await admin.get('/api/v1/sites?q=金星')).rows, [{ id: area }] = (await admin.get('/api/v1/areas?code=431302')).rows;
  const bureau = await muster.client('bureau_a');
  for (const [title, conditions] of [['演示租金减免'], ['演示用电补贴'], ['演示困难补助', { is: 'flag', fact: 'hardship' }]]) {
    const policy = await bureau.post('/api/v1/policies', { area, title, mode: 'none', benefit: { kind: 'fixed', amount: 300000 }, ...(conditions ? { conditions } : {}) });
    await bureau.post(`/api/v1/policies/${policy.id}/publish`, {});
    await until(async () => { const { matching } = await admin.get(`/api/v1/policies/${policy.id}/funnel`); return matching && !matching.running; }, { ms: patience, what: 'the matching' });
  }
  const liaison = await desk_of('liaison_a'), asked = [];
  liaison.on('request', (request) => { if (request.method() === 'POST' && request.url().includes('/deliveries')) asked.push(request.postDataJSON().rows.length); });
  await liaison.goto('/to-tell');
  const firms = liaison.locator('section.panel:has(.firm)');
  for (const name of ['演示金星电子厂', '演示长青机械厂']) await firms.filter({ hasText: name }).getByRole('checkbox').check();
  await liaison.getByRole('radio', { name: '宣讲会' }).click();
  await liaison.getByRole('button', { name: '登记已告知 2 家企业（4 项）' }).click();
  await see(liaison, '已登记：4 项');
  assert.deepEqual(asked, [4]);
  await see(firms.filter({ hasText: '演示金星电子厂' }), '0 项未送达');
  await leave(liaison);
  const told = (await admin.get(`/api/v1/deliveries?site=${site.id}`)).rows;
  assert.deepEqual(told.map((one) => [one.state, one.told_how]), Array(2).fill(['told', 'meeting']));

  const boss = await desk_of('boss_a');
  await boss.goto('/');
  await boss.locator('.lines > li').filter({ hasText: '惠企政策' }).locator('a.line').click();
  await boss.getByRole('button', { name: '全部知晓（2 项）' }).click();
  await see(boss, '已确认知晓');
  // the third hangs on a fact: it is named, and answered there
  await see(boss, /^补充信息后可判定/);
  const lacking = boss.locator('article').filter({ hasText: '演示困难补助' });
  await see(lacking, /缺/);
  await lacking.getByRole('button', { name: /是$/ }).click();
  await boss.locator('li').filter({ hasText: '演示困难补助' }).waitFor();
  await leave(boss);
});
