// A page of somebody, on a desk or a phone, for the tests that go through pages.
import assert from 'node:assert/strict';

export const desk = { viewport: { width: 1440, height: 900 } };
export const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

/** Signed in as `client` (null: nobody), with `more` options of its context; `ms`: patience. What breaks on it stands in its `faults`. */
export async function open_page(chrome, muster, client, { ms = 20_000, ...more } = {}) {
  const context = await chrome.newContext({ baseURL: muster.url, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', ...desk, ...more });
  context.setDefaultTimeout(ms);
  if (client) {
    const [name, value] = client.cookie.split('=');
    await context.addCookies([{ name, value, url: muster.url }]);
  }
  const page = await context.newPage();
  page.faults = [];
  page.on('pageerror', (error) => page.faults.push(String(error)));
  return page;
}

/** Closes it; a script that broke on it breaks the test. */
export async function leave(page) {
  assert.deepEqual(page.faults, []);
  await page.context().close();
}

export const no_wider = async (page, what) => assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${what} is wider than its screen`);
