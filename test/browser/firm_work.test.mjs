// What a firm does beside its day, on a phone: its gates, its filing and what changes after the decision, advice it asks for. Then, at a desk, figures of an area that stand where they are used. Numbers are of all that was entered, and open their rows.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { start_district } from '../checks.mjs';
import { browser, close_browsers, until } from '../harness.mjs';
import { desk, leave, no_wider, open_page, phone } from './pages.mjs';

const day = '2020-03-05';
let at, chrome, page;
before(async () => {
  at = await start_district(`${day}T02:00:00Z`);
  chrome = await browser();
  page = await open_page(chrome, at.muster, at.firm_user, phone);
});
after(async () => {
  await leave(page);
  await close_browsers();
  await at?.muster.stop();
});

test('the sums of a busy gate are of the whole day, and each opens its rows', async () => {
  const enter = (body) => at.firm_user.post('/api/v1/gate_entries', { site: at.firm.id, ...body });
  for (let n = 0; n < 55; n++) await enter({ kind: 'vehicle', plate: `湘K${String(n).padStart(5, '0')}` });
  await enter({ kind: 'visitor', people: 12, purpose: '参观' });
  await enter({ kind: 'visitor', who: '演示访客', passed: 'turned_away', reason: '发热' });
  await page.goto('/gate');
  const sum = (name) => page.locator('.figures > div').filter({ hasText: name }).locator('dd');
  await sum('车辆进入').filter({ hasText: '55' }).waitFor();
  assert.deepEqual([await sum('人员进入').innerText(), await sum('货物进入').innerText(), await sum('劝返').innerText()], ['12', '0', '1']);
  await no_wider(page, 'the gate');
  await sum('车辆进入').getByRole('link').tap();
  await page.waitForURL(/gate_entries\?.*kind=vehicle/);
  await page.getByText('55 条').first().waitFor();
});

test('a batch that is postponed after the approval is told from the filing', async () => {
  for (const [name, value] of Object.entries({ filing_needs_approve: 'day', filing_inspection: '0' })) {
    const row = (await at.admin.get('/api/v1/setting_values?limit=200')).rows.find((one) => one.name === name);
    await at.admin.patch(`/api/v1/setting_values/${row.id}`, { value }, { version: row.version });
  }
  const filing = await at.firm_user.post('/api/v1/filings', { site: at.firm.id, day: '2020-03-08' });
  const batch = await at.firm_user.post('/api/v1/filing_batches', { filing: filing.id, day: '2020-03-08', people: 20, part: '二车间' });
  const step = (client, name) => client.post(`/api/v1/filings/${filing.id}/${name}`, {});
  await step(at.firm_user, 'submit');
  await step(at.officer, 'take');
  await step(at.officer, 'approve');
  await page.goto(`/filings/fill?site=${at.firm.id}`);
  await page.getByRole('button', { name: '调整 1', exact: true }).tap();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: '调整后返岗日期' }).fill('2020-03-07');
  await dialog.getByRole('textbox', { name: '调整原因' }).fill('原料未到');
  await dialog.getByRole('button', { name: '调整', exact: true }).tap();
  await dialog.getByText(/早于计划复工日期/).first().waitFor();
  await dialog.getByRole('textbox', { name: '调整后返岗日期' }).fill('2020-03-10');
  await no_wider(page, 'changing a batch');
  await dialog.getByRole('button', { name: '调整', exact: true }).tap();
  await dialog.waitFor({ state: 'hidden' });
  await page.getByText('调整返岗批次', { exact: true }).first().waitFor();
  await page.getByText(/2020-03-08 \(20\) → 2020-03-10 \(20\)/).waitFor();
  assert.equal((await at.firm_user.get(`/api/v1/filing_batches/${batch.id}`)).day, '2020-03-10');
});

test('advice is asked for from the desk: the firm is there already, only fields of advice are offered', async () => {
  await page.goto('/');
  await page.getByRole('link', { name: '预约专业服务', exact: true }).tap();
  await page.waitForURL(/appointments\/new/);
  const fields = page.getByRole('group', { name: '服务领域' }).getByRole('radio');
  await page.getByText(at.firm.name, { exact: true }).filter({ visible: true }).first().waitFor();
  assert.deepEqual((await page.getByRole('group', { name: /^服务领域/ }).locator('label').allInnerTexts()).map((text) => text.trim()).sort(), ['心理疏导', '法律咨询调解', '科技项目申报', '税务咨询'].sort());
  await fields.nth(0).check({ force: true });
  await no_wider(page, 'asking for advice');
  // another way to the same form: the firm needs not be named there either
  await page.goto('/r/appointments/new');
  await page.getByText(at.firm.name, { exact: true }).filter({ visible: true }).first().waitFor();
});

test('of an area: rooms that lack, policy money granted and paid, by when lines are complete; each opens', async () => {
  const bureau = await at.user('bureau1', [{ role: 'department', area: at.county.id }]);
  const command = await at.user('command1', [{ role: 'command', area: at.county.id }]);
  await at.firm_user.post(`/api/v1/sites/${at.firm.id}/tell`, { staff: 600, rooms: 2, effective: '2020-03-04' });
  const policy = await bureau.post('/api/v1/policies', { area: at.county.id, title: '演示稳岗补助', mode: 'apply', conditions: { is: 'number', fact: 'staff', compare: '>=', value: 1 }, benefit: { kind: 'heads', heads: 'staff', per: 50000 } });
  await bureau.post(`/api/v1/policies/${policy.id}/publish`, {});
  const owed = await until(async () => (await at.firm_user.get(`/api/v1/sites/${at.firm.id}/deliveries`)).rows[0], { what: 'the matching' });
  await at.firm_user.post(`/api/v1/deliveries/${owed.id}/apply`, {});
  await bureau.post(`/api/v1/deliveries/${owed.id}/grant`, { granted: 3_000_000, doc_no: '演示〔2020〕1号' });
  await bureau.post(`/api/v1/deliveries/${owed.id}/pay`, { payment: 1_000_000, voucher: 'P1' });
  for (const [n, by_day] of [[1, '2020-03-01'], [2, '2020-03-20'], [3, '2020-04-02']]) await command.post('/api/v1/lines', { name: `熔喷${n}号线`, site: at.firm.id, product: 'meltblown', state: 'building', target: 1000, by_day, effective: '2020-02-20' });
  for (const size of [desk, phone]) {
    const sheet = await open_page(chrome, at.muster, command, size);
    const opens = async (path, link, url) => {
      await sheet.goto(path);
      await link().first().waitFor();
      await no_wider(sheet, path);
      await link().first().click();
      await sheet.waitForURL(url);
      await sheet.getByText(at.firm.name).filter({ visible: true }).first().waitFor();
    };
    await opens('/staff', () => sheet.locator('.figures > div').filter({ hasText: '缺少隔离观察室' }).getByRole('link', { name: '4', exact: true }), /figure\/rooms_lacking/);
    await opens('/r/deliveries', () => sheet.locator('.over').getByRole('link', { name: '30,000', exact: true }), /figure\/policy_money_granted/);
    await opens('/r/policies', () => sheet.locator('.over').getByRole('link', { name: '10,000', exact: true }), /figure\/policy_money_paid/);
    await opens('/lines', () => sheet.getByRole('link', { name: /3\s*月\s*1\s*日逾期/ }), /lines\?.*by_day=2020-03-01/);
    await opens('/lines', () => sheet.getByRole('link', { name: /4\s*月\s*2\s*日/ }), /lines\?.*by_day=2020-04-02/);
    await leave(sheet);
  }
});
