// What a firm does beside its day, on a phone: its gates. Numbers are of all that was entered, and open their rows.
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
  await leave(page);
});
