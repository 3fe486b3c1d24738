// What a firm does beside its day, on a phone: its gates, its filing and what changes after the decision. Numbers are of all that was entered, and open their rows.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { start_district } from '../checks.mjs';
import { browser, close_browsers } from '../harness.mjs';
import { leave, no_wider, open_page, phone } from './pages.mjs';

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
