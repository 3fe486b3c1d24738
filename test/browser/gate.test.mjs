// At the gate, on a phone: a temperature is typed as people say it; lists and pages show it so, too.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { start_district } from '../checks.mjs';
import { browser, close_browsers } from '../harness.mjs';
import { desk, leave, no_wider, open_page, phone } from './pages.mjs';

let at, chrome;
before(async () => {
  at = await start_district('2020-03-05T02:00:00Z');
  chrome = await browser();
});
after(async () => {
  await close_browsers();
  await at?.muster.stop();
});
const stored = async () => (await at.firm_user.get('/api/v1/gate_entries', { query: { reveal: 'look' } })).rows;

test('36.5 is typed and kept as it is; 365 and 36.55 are told beside the field', async () => {
  const page = await open_page(chrome, at.muster, at.firm_user, phone);
  await page.goto('/gate');
  await page.getByRole('button', { name: '外来人员', exact: true }).tap();
  const temperature = page.getByLabel('体温');
  await page.getByLabel('姓名').fill('演示甲');
  await page.getByLabel('联系电话').fill('13800000301');
  const field = page.locator('.field').filter({ hasText: '体温' });
  await field.getByText('℃', { exact: true }).waitFor();
  assert.equal(await field.getByText(/0\.1|365/).count(), 0, 'nobody is asked for tenths');
  await temperature.fill('365');
  await page.getByRole('button', { name: '下一步' }).tap();
  await field.getByText('最大 45.0').or(field.getByText(/45\.0/)).first().waitFor();
  await temperature.fill('36.55');
  await field.getByText('最多一位小数').waitFor();
  assert.equal(await temperature.inputValue(), '36.55', 'what was typed stays');
  await temperature.fill('36.5');
  await no_wider(page, 'the gate');
  await page.getByRole('button', { name: '下一步' }).tap();
  await page.locator('form button.main').tap();
  await page.locator('form').waitFor({ state: 'detached' });
  const [row] = await stored();
  assert.deepEqual([row.who, row.temperature], ['演示甲', 365]);
  await leave(page);
});

test('a form shows what is kept as 36.5, and leaves it so; a list shows kilowatt-hours', async () => {
  const [row] = await stored();
  await at.admin.post('/api/v1/meters', { site: at.firm.id, baseline: 20000 });
  await at.admin.post('/api/v1/meter_days', { site: at.firm.id, day: '2020-03-04', kwh: 12345 });
  const page = await open_page(chrome, at.muster, at.officer, desk);
  await page.goto('/r/meter_days');
  await page.getByText('用电量 (千瓦时)').first().waitFor();
  await page.getByRole('cell', { name: '1,234.5' }).waitFor();
  await page.goto('/r/meters');
  await page.getByRole('cell', { name: '2,000.0' }).click();
  await page.getByRole('button', { name: '修改' }).click();
  const entry = page.getByLabel('基准日均用电量');
  assert.equal(await entry.inputValue(), '2000.0');
  await entry.fill('1,500.5');
  await page.getByRole('button', { name: '保存' }).click();
  await page.getByText(/1,500\.5/).first().waitFor();
  assert.equal((await at.admin.get('/api/v1/meters')).rows[0].baseline, 15005);
  assert.equal((await stored()).find((one) => one.id === row.id).temperature, 365);
  await leave(page);
});
