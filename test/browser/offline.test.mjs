// A cold start without a line: the app was opened once, the line is cut, the page is opened anew, a check is filled in, and it goes out when the line is back.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { png, start_district } from '../checks.mjs';
import { browser, close_browsers } from '../harness.mjs';
import { line_to, taken_along } from './line.mjs';

const wait = 30_000; // ms, for a busy machine
let at, line, chrome, page;

before(async () => {
  at = await start_district('2020-03-05T02:00:00Z');
  line = await line_to(at.muster.port);
  chrome = await browser();
  const context = await chrome.newContext({ baseURL: line.url, viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' });
  context.setDefaultTimeout(wait);
  page = await context.newPage();
  assert.ok((await page.request.post('/api/v1/demo', { data: { name: 'liaison1' } })).ok());
});
after(async () => {
  await close_browsers();
  await line?.cut().catch(() => {});
  await at?.muster.stop();
});

const button = (name) => page.getByRole('button', { name, exact: true });

test('with a line the app takes along what it needs', async () => {
  await page.goto('/checks/fill');
  await page.getByText(at.firm.name, { exact: true }).waitFor();
  await taken_along(page, wait);
});

test('without a line it opens anew, and a check is filled in', async () => {
  const context = page.context();
  await page.close();
  await line.cut();
  await assert.rejects(fetch(`${line.url}/healthz`), 'the line is cut');
  page = await context.newPage();
  page.faults = [];
  page.on('pageerror', (error) => page.faults.push(String(error)));
  await page.goto('/checks/fill');
  await page.getByRole('heading', { name: '现场核查' }).waitFor();
  await page.getByText('没有网络').first().waitFor();
  await page.getByText(/四查/).first().tap();
  await page.getByText(at.firm.name, { exact: true }).tap();
  await button(`开始核查：${at.firm.name}`).tap();
  await page.getByRole('heading', { name: at.firm.name }).waitFor();
  for (;;) {
    const items = page.locator('[id^=item-]');
    await items.first().waitFor();
    for (const item of await items.all()) {
      const yes = item.getByRole('radio', { name: '符合', exact: true });
      if (await yes.count()) await yes.tap();
      else if (await item.locator('textarea').count()) await item.locator('textarea').fill('无');
      else if (await item.locator('input[type=file]').count()) await item.locator('input[type=file]').setInputFiles({ name: 'gate.png', mimeType: 'image/png', buffer: png(30) });
      else await item.getByRole('button', { name: '不适用', exact: true }).tap();
    }
    if (await button('下一步').count()) await button('下一步').tap();
    else break;
  }
  await button('核对并签名').last().tap();
  const pad = page.getByRole('img', { name: /^签名/ }).first();
  await pad.evaluate((node) => node.scrollIntoView({ block: 'center' }));
  const box = await pad.boundingBox();
  await page.mouse.move(box.x + 40, box.y + 40);
  await page.mouse.down();
  await page.mouse.move(box.x + 160, box.y + 80, { steps: 4 });
  await page.mouse.up();
  await button('重签').first().waitFor();
  await button('提交核查').tap();
  await page.getByText(/1\s*条待提交/u).waitFor();
  assert.equal((await at.liaison.get('/api/v1/checks')).rows.length, 0);
});

test('without a line it is still there after the page was closed once more', async () => {
  await page.reload();
  await page.getByText(/1\s*条待提交/u).waitFor();
});

test('with the line back it is sent, once', async () => {
  await line.back();
  await page.getByText(/1\s*条待提交/u).waitFor({ state: 'detached' });
  const { rows } = await at.liaison.get('/api/v1/checks');
  assert.equal(rows.length, 1);
  assert.equal(rows[0].site, at.firm.id);
  assert.deepEqual(page.faults, []);
});
