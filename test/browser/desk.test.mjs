// A working day at a desk, through the real pages: a register is imported, its gaps closed.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { browser, password, start_muster, until } from '../harness.mjs';

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

/** A desk of its own; whatever breaks in its pages breaks the test. */
async function desk() {
  const context = await chrome.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN', baseURL: muster.url });
  context.setDefaultTimeout(patience);
  const sheet = await context.newPage();
  sheet.faults = [];
  sheet.on('pageerror', (error) => sheet.faults.push(String(error)));
  return sheet;
}

async function leave(sheet) {
  assert.deepEqual(sheet.faults, []);
  await sheet.context().close();
}

const see = (where, text) => where.getByText(text).first().waitFor();
const shown_count = (locator, n) => until(async () => (await locator.count()) === n, { ms: patience, what: `${n} rows (the last were ${locator})` });
/** The rows of the table on the page, each by its first cell with text. */
const lines = (sheet) => sheet.locator('main [role=row].line');
const names = async (sheet) => (await sheet.locator('main [role=row].line [role=cell].name').allInnerTexts()).map((text) => text.trim()).sort();

/** Types into a box that finds, and takes what it found. */
async function choose(where, label, typed, found = typed) {
  const box = where.getByRole('combobox', { name: label });
  await box.click();
  if (typed) await box.fill(typed);
  await where.page().locator('.el-select-dropdown:visible .el-select-dropdown__item', { hasText: found }).first().click();
}

before(async () => {
  muster = await start_muster({ env: { MUSTER_NOW: `${today}T02:00:00Z`, LC_ALL: 'C.UTF-8' } });
  admin = await muster.client('admin');
  const area = (code, name, level, parent) => admin.post('/api/v1/areas', { code, name, level, ...(parent ? { parent: parent.id } : {}) });
  const county = await area('431302', '娄星区', 3);
  const town = await area('431302001', '演示街道', 4, county);
  await area('431302001001', '演示社区', 5, town);
  await area('431302001002', '样例社区', 5, town);
  await user('officer_a', 'officer', { area: town, shown: '演示甲' });
  await user('liaison_a', 'liaison', { area: town, shown: '演示乙' });
  chrome = await browser();
  page = await desk();
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

test('no page broke', () => leave(page));
