// Every place of the web app, dialogues, menus and states among them, held against the rules of axe-core: nothing serious. It takes minutes.
// The lists and pages of records are all made by the same parts: a few stand for them there, and every other place is held at a desk and every other one on a phone,
// unless AXE=all (as `make check` says). No place at all shows what a program says when it has no words: NaN, undefined.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { browser, top } from '../harness.mjs';
import { page_of, places, start_world, visit } from './places.mjs';

const axe = readFileSync(join(top, 'node_modules/axe-core/axe.min.js'), 'utf8');

/** What is serious on a page, in words: the place, the rule, the parts of the page. */
async function faults_of(page, name) {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe);
  const { violations, passes } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'], preload: false }));
  assert.ok(passes.length > 5, `${name} is a page`);
  return violations
    .filter((one) => ['serious', 'critical'].includes(one.impact))
    .map((one) => `${name} ${one.id}: ${one.nodes.slice(0, 4).map((node) => `${node.target.join(' ')} ${node.html.slice(0, 160)} ${node.any[0]?.message ?? node.all[0]?.message ?? ''}`).join('\n    ')}`);
}

/** A value that a page could not put into words, with what stands around it. */
const wordless = (page) => page.evaluate(() => document.body.innerText.match(/.{0,60}(\bNaN\b|\bundefined\b|\[object |Invalid Date).{0,40}/)?.[0]);

const of_records = (place) => /^(list|one|new|edit)-/.test(place.name);
const stands_for = (place) => process.env.AXE === 'all' || !of_records(place) || /-(sites|needs|checks|users|areas|filtered|empty|filters|views|bulk|wrong)$/.test(place.name);

const turn = (n, size) => process.env.AXE === 'all' || n % 2 === (size === 'desk' ? 0 : 1);

/** Everybody's places in one size and language, as tests: pages made by hand, dialogues, menus and states; then the lists and pages of records. */
export function hold(size, language) {
  let world, chrome;
  before(async () => {
    world = await start_world();
    chrome = await browser();
  }, { timeout: 280_000 });
  after(async () => {
    await chrome?.close();
    await world?.muster.stop();
  });
  for (const part of ['pages', 'records']) test(`nothing serious: ${part}, ${size}, ${language}`, async () => {
    const open = {}, faults = [];
    for (const [n, place] of places(world).entries()) {
      if ((place.only && place.only !== size) || of_records(place) !== (part === 'records') || (!place.only && !turn(n, size))) continue;
      const page = (open[place.as] ??= await page_of(chrome, world, place.as, size, language));
      await visit(page, world, place);
      assert.equal(await page.locator('html').getAttribute('lang'), language === 'en' ? 'en' : 'zh-CN', place.name);
      const bare = await wordless(page);
      if (bare) faults.push(`${place.name} shows “${bare}”`);
      if (stands_for(place)) faults.push(...(await faults_of(page, place.name)));
      assert.deepEqual(page.faults, [], place.name);
    }
    for (const page of Object.values(open)) await page.context().close();
    assert.deepEqual(faults, [], faults.join('\n'));
  });
}
