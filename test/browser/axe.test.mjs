// The main pages of the demonstration, held against the rules of axe-core: nothing serious, at a desk and on a phone, in both languages.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { browser, start_muster, top } from '../harness.mjs';

const axe = readFileSync(join(top, 'node_modules/axe-core/axe.min.js'), 'utf8');
const sizes = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };
const pages = ['/', '/overview', '/r/sites', '/r/sites/ID', '/coverage', '/needs', '/checks/fill', '/returns', '/templates'];

let muster, client, chrome, site;
before(async () => {
  muster = await start_muster({ demo: true });
  client = await muster.demo_client('demo-district');
  site = (await client.get('/api/v1/sites?limit=1')).rows[0];
  chrome = await browser();
}, { timeout: 280_000 });
after(async () => {
  await chrome?.close();
  await muster?.stop();
});

async function open(size, { language = 'zh', as } = {}) {
  const context = await chrome.newContext({ viewport: sizes[size], hasTouch: size === 'phone', isMobile: size === 'phone', baseURL: muster.url, bypassCSP: true });
  context.setDefaultTimeout(30_000);
  await context.addInitScript((wanted) => localStorage.setItem('muster.language', JSON.stringify(wanted)), language);
  if (as) {
    const [name, value] = as.cookie.split('=');
    await context.addCookies([{ name, value, url: muster.url }]);
  }
  return context.newPage();
}

/** What is serious on a page, in words: the page, the rule, the places. */
async function faults_of(page, path) {
  await page.goto(path.replace('ID', site.id));
  await page.locator('h1').first().waitFor({ state: 'attached' });
  await page.waitForLoadState('networkidle');
  await page.evaluate(axe);
  const { violations, passes } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
  assert.ok(passes.length > 5, `${path} is a page`);
  return violations
    .filter((one) => ['serious', 'critical'].includes(one.impact))
    .map((one) => `${path} ${one.id}: ${one.nodes.slice(0, 4).map((node) => `${node.target.join(' ')} ${node.html.slice(0, 160)} ${node.any[0]?.message ?? node.all[0]?.message ?? ''}`).join('\n    ')}`);
}

for (const size of Object.keys(sizes))
  test(`nothing serious on the pages, ${size}`, async () => {
    const faults = [];
    const signed_in = await open(size, { as: client });
    for (const path of pages) faults.push(...(await faults_of(signed_in, path)));
    await signed_in.context().close();
    const nobody = await open(size);
    faults.push(...(await faults_of(nobody, '/sign-in')));
    await nobody.context().close();
    assert.deepEqual(faults, [], faults.join('\n'));
  });

test('nothing serious in English', async () => {
  const page = await open('desk', { language: 'en', as: client });
  const faults = [];
  for (const path of ['/overview', '/r/sites']) {
    faults.push(...(await faults_of(page, path)));
    assert.equal(await page.locator('html').getAttribute('lang'), 'en');
  }
  await page.context().close();
  assert.deepEqual(faults, [], faults.join('\n'));
});
