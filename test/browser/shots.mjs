// node test/browser/shots.mjs FOLDER [TEXT]: pictures of every place of the web app, FOLDER/PLACE-SIZE-LANGUAGE.png, to be looked at; the pattern TEXT picks some by their names.
// What is higher than the screen is also there as a whole, ...-whole.png. Ends with 1 when a place could not be reached or broke.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { browser } from '../harness.mjs';
import { languages, page_of, places, sizes, start_world, visit } from './places.mjs';

const [folder = 'build/shots', text = ''] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const world = await start_world();
const chrome = await browser();
const wanted = places(world), chosen = new RegExp(text);
let taken = 0, broken = 0;

/** How high the screen must be for all of the page to be seen. */
const missing = (page) => page.evaluate(() => {
  const boxes = [...document.querySelectorAll('#main, .scroll')].map((one) => one.scrollHeight - one.clientHeight);
  const overlay = document.querySelector('.el-overlay-dialog');
  return overlay || document.querySelector('.pop') ? 0 : Math.max(0, ...boxes);
});

async function take(page, place, size, language) {
  const name = `${place.name}-${size}-${language}`;
  try {
    await visit(page, world, place);
    await page.waitForTimeout(150);
    await page.screenshot({ path: join(folder, `${name}.png`) });
    const more = await missing(page);
    if (more > 8) {
      await page.setViewportSize({ ...sizes[size], height: Math.min(4000, sizes[size].height + more) });
      await page.waitForTimeout(250);
      await page.screenshot({ path: join(folder, `${name}-whole.png`) });
      await page.setViewportSize(sizes[size]);
    }
    const wide = await page.evaluate(() => Math.max(document.documentElement.scrollWidth - innerWidth, ...[...document.querySelectorAll('#main')].map((one) => one.scrollWidth - one.clientWidth)));
    if (wide > 0) throw new Error(`is ${wide} px wider than the screen`);
    if (page.faults.length) throw new Error(page.faults.join('; '));
    taken++;
  } catch (error) {
    broken++;
    console.log(`${name}: ${String(error.message).split('\n').slice(0, 3).join(' ')}`);
    await page.screenshot({ path: join(folder, `${name}-broken.png`) }).catch(() => {});
  }
}

for (const size of Object.keys(sizes))
  for (const language of languages) {
    const open = {};
    for (const place of wanted) {
      if ((place.only && place.only !== size) || !chosen.test(`${place.name}-${size}-${language}`)) continue;
      const key = String(place.as);
      open[key] ??= await page_of(chrome, world, place.as, size, language);
      await take(open[key], place, size, language);
      // what a place did to its page is gone with it
      if (place.act) {
        await open[key].context().close();
        delete open[key];
      }
    }
    for (const page of Object.values(open)) await page.context().close();
    console.log(`${size} ${language}: ${taken} pictures so far`);
  }
await chrome.close();
await world.muster.stop();
console.log(`${taken} pictures in ${folder}${broken ? `, ${broken} places broken` : ''}`);
process.exit(broken ? 1 : 0);
