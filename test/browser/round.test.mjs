// The daily health round of a firm of 2,000, done by one person at a desk: every keystroke and tap is counted, and becomes seconds by the keystroke-level model of Card, Moran and Newell
// ("The keystroke-level model for user performance time with interactive systems", Communications of the ACM 23(7), 1980): K 0.28 s a keystroke or the press of a button (an average
// non-secretary typist, 40 words a minute), P 1.10 s to point at something with the mouse, H 0.40 s to move the hand between keyboard and mouse, M 1.35 s to make up one's mind before each
// thing that is begun. What the program itself takes (R) is measured and added. Then a worker's own word on a phone, counted in taps.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { browser, close_browsers, until, uuid7 } from '../harness.mjs';
import { leave, no_wider, open_page, phone } from './pages.mjs';
import { person, start_with_people } from '../people.mjs';

const K = 0.28, P = 1.1, H = 0.4, M = 1.35, limit = 120; // seconds
const people = 2000, wait = 30_000; // ms, for a busy machine
const number_of = (n) => `A${String(n).padStart(4, '0')}`;
let muster, admin, officer, firm, site, staff, page;

/** What one person does, counted: {K, P, H, M} and the seconds that the program took. */
function hands(at) {
  const done = { K: 0, P: 0, H: 0, M: 0, R: 0 };
  let hand = 'keys';
  const move = (to) => {
    if (hand !== to) done.H++;
    hand = to;
  };
  return {
    done,
    seconds: () => done.K * K + done.P * P + done.H * H + done.M * M + done.R,
    think: () => { done.M++; },
    async type(text) {
      move('keys');
      done.K += text.length;
      await at.keyboard.type(text);
    },
    async press(key) {
      move('keys');
      done.K++;
      await at.keyboard.press(key);
    },
    async click(what) {
      move('mouse');
      done.P++;
      done.K++;
      await what.click();
    },
    /** Waits for the program, on the clock. */
    async see(what) {
      const begun = performance.now();
      await what.waitFor();
      done.R += (performance.now() - begun) / 1000;
    },
  };
}

before(async () => {
  ({ muster, admin } = await start_with_people({ MUSTER_NOW: '2020-03-05T01:00:00Z' }));
  const county = await admin.post('/api/v1/areas', { code: '431302', name: '娄星区', level: 3 });
  const town = await admin.post('/api/v1/areas', { code: '431302001', name: '乐坪街道', level: 4, parent: county.id });
  officer = await person(muster, admin, 'officer', 'officer', { area: county.id });
  site = await officer.post('/api/v1/sites', { name: '演示整车厂', kind: 'enterprise', area: town.id, status: 'resumed', staff: people, effective: '2020-02-01' });
  firm = await person(muster, admin, 'firm', 'enterprise', { site });
  staff = Array.from({ length: people }, (_, n) => ({ id: uuid7(), site: site.id, name: `演示${'甲乙丙丁戊己庚辛壬癸'[n % 10]}`, number: number_of(n), dept: `${1 + (n % 12)} 车间`, state: 'on_duty', begins: '2020-02-10', effective: '2020-02-10' }));
  for (let from = 0; from < people; from += 1000) {
    const made = await firm.post('/api/v1/staff_files', { rows: staff.slice(from, from + 1000) });
    assert.equal(made.rows.filter((one) => one.status !== 201).length, 0);
  }
}, { timeout: 280_000 });
after(async () => {
  await close_browsers();
  await muster?.stop();
});

test('a firm of 2,000 with six exceptions: under two minutes of work, and every row is what was said', async () => {
  page = await open_page(await browser(), muster, firm, { ms: wait });
  await page.goto('/');
  const menu = page.getByRole('link', { name: '健康', exact: true });
  await menu.waitFor();
  const one = hands(page);
  one.think();
  await one.click(menu);
  const find = page.getByRole('combobox', { name: '工号、姓名或拼音' });
  await one.see(find);
  await one.see(page.getByRole('button', { name: `其余 ${people.toLocaleString('en')} 人在岗、无症状，填报` }));
  assert.ok((await page.locator('[role=row].line').count()) < 100, 'of the roster only what is in sight is drawn');
  const card = (n) => page.getByRole('listitem', { name: new RegExp(`^${number_of(n)} `) });
  const choose = async (n) => {
    one.think();
    await one.type(number_of(n));
    await one.see(page.getByRole('option', { name: new RegExp(number_of(n)) }));
    await one.press('Enter');
    await one.see(card(n));
  };
  for (const n of [17, 803]) {
    await choose(n);
    await one.click(card(n).getByRole('button', { name: '缺勤' }));
    await one.press('/');
  }
  for (const [n, degrees] of [[1204, '36.8'], [1205, '36.9'], [1999, '37.6']]) {
    await choose(n);
    await one.type(degrees);
    await one.press('Enter');
  }
  await choose(444);
  await one.click(card(444).getByRole('button', { name: '咽痛' }));
  one.think();
  await one.click(page.getByRole('button', { name: `其余 ${(people - 6).toLocaleString('en')} 人在岗、无症状，填报` }));
  await one.see(page.getByText('已上报突发情况'));
  await page.getByText('当日在岗人员均已填报').waitFor();
  const { done } = one, seconds = one.seconds();
  console.log(`# round of ${people}: ${done.K} keystrokes and presses, ${done.P} pointings, ${done.H} moves of the hand, ${done.M} decisions, ${done.R.toFixed(1)} s waited: ${seconds.toFixed(1)} s`);
  assert.ok(seconds < limit, `${seconds} s of ${limit}`);
  assert.ok(seconds - done.R > 20, 'it was really counted');

  const { rows, sums } = await firm.get(`/api/v1/sites/${site.id}/health_round?reveal=look`);
  assert.deepEqual([sums.due, sums.told, sums.missing, sums.measured, sums.feverish, sums.absent], [people, people, 0, 3, 1, 2]);
  const told = (n) => rows.find((each) => each.number === number_of(n)).told;
  assert.deepEqual([17, 803].map((n) => [told(n).presence, told(n).symptoms]), [['absent', undefined], ['absent', undefined]]);
  assert.deepEqual([1204, 1205, 1999].map((n) => [told(n).temperature, told(n).feverish]), [[368, false], [369, false], [376, true]]);
  assert.deepEqual([told(444).symptoms, told(444).temperature, told(444).presence], ['throat', undefined, 'on_duty']);
  const rest = rows.filter((each) => each.told.way === 'all');
  assert.equal(rest.length, people - 6);
  assert.ok(rest.every((each) => each.told.presence === 'on_duty' && each.told.symptoms === 'none' && each.told.temperature === undefined), 'one tap makes no temperature');
  assert.deepEqual((await officer.get('/api/v1/reports')).rows.map((each) => [each.stage, each.people]), [['first', 1]]);
  assert.deepEqual(page.faults, []);
});

test('somebody is found by pinyin, put right, and what could not be sent waits until it can', async () => {
  await page.context().setOffline(true);
  await page.keyboard.press('/');
  await page.keyboard.type(number_of(5));
  await page.keyboard.press('Enter');
  const card = page.getByRole('listitem', { name: new RegExp(`^${number_of(5)} `) });
  await card.getByRole('button', { name: '乏力' }).click();
  await page.getByRole('button', { name: '填报以上 1 人' }).click();
  const waiting = page.getByRole('region', { name: '待提交' });
  await waiting.getByText(/尚未收到；联网后自动提交/).waitFor();
  await page.context().setOffline(false);
  await waiting.waitFor({ state: 'detached' });
  await page.getByText('当日在岗人员均已填报').waitFor();
  const { rows } = await firm.get(`/api/v1/sites/${site.id}/health_round?q=${number_of(5)}&reveal=look`);
  assert.equal(rows[0].told.symptoms, 'tired');
  await page.keyboard.press('/');
  await page.keyboard.type('yanshigeng');
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: '未报', exact: true }).click();
  await page.getByText('没有符合条件的人员').waitFor();
  await leave(page);
});

test('a worker tells of the day in at most three taps, and nothing is lost where the network is bad', async () => {
  const { links } = await firm.post(`/api/v1/sites/${site.id}/worker_links`, { staff: [staff[9].id, staff[10].id] });
  const own = await open_page(await browser(), muster, null, { ...phone, ms: wait });
  const told = async (n) => (await firm.get(`/api/v1/sites/${site.id}/health_round?q=${number_of(n)}&reveal=look`)).rows[0].told;
  let taps = 1; // the link in the message, or the camera on the code
  await own.goto(links[0].link.replace(/^https?:\/\/[^/]+/, ''));
  const well = own.getByRole('button', { name: '今天无不适' });
  await well.waitFor();
  taps++;
  await well.tap();
  await own.getByText('已填报，谢谢').waitFor();
  assert.ok(taps <= 3, `${taps} taps`);
  assert.equal((await told(9)).own_symptoms, 'none');
  await no_wider(own, "the worker's page");

  await own.goto('about:blank');
  await own.goto(links[1].link.replace(/^https?:\/\/[^/]+/, ''));
  await own.getByRole('button', { name: '有不适，或填体温' }).tap();
  await own.getByRole('button', { name: '咳嗽' }).tap();
  await own.getByLabel('体温（没有量可不填）').fill('37.4');
  await own.context().setOffline(true);
  await own.getByRole('button', { name: '提交' }).tap();
  await own.getByText('还没有提交').waitFor();
  await own.context().setOffline(false);
  await until(async () => (await told(10))?.own_temperature === 374, { ms: wait, what: 'what waited on the phone' });
  await own.getByText('请不要上岗').waitFor();
  await own.goto('about:blank');
  await own.goto('/well/01970000-0000-7000-8000-00000000000a#wrong');
  await own.getByText('链接无效').waitFor();
  await leave(own);
});
