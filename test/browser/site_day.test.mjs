// A firm tells of its day on a phone: only what is not known is asked, what is wrong is said at its field, the day after is one tap.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { go_to, start_district } from '../checks.mjs';
import { browser, close_browsers } from '../harness.mjs';
import { leave, no_wider, open_page, phone } from './pages.mjs';

let at, chrome, page;
before(async () => {
  at = await start_district('2020-03-05T02:00:00Z');
  await at.firm_user.post(`/api/v1/sites/${at.firm.id}/tell`, { staff: 11, on_duty: 8, effective: '2020-03-03' });
  await at.firm_user.post('/api/v1/returns/confirm', { site: at.firm.id, day: '2020-03-03', staff: 11, on_duty: 8 });
  chrome = await browser();
  page = await open_page(chrome, at.muster, at.firm_user, phone);
});
after(async () => {
  await close_browsers();
  await at?.muster.stop();
});

const box = (name) => page.getByRole('textbox', { name, exact: true });
const wrong = (name) => page.locator('.field.wrong').filter({ hasText: name });
const whether = (name, answer) => page.getByRole('group', { name, exact: true }).getByRole('radio', { name: answer, exact: true });
const button = (name) => page.getByRole('button', { name, exact: true });
const stored = async (day) => (await at.firm_user.get('/api/v1/site_days', { query: { site: at.firm.id, day } })).rows[0];

test('from Today to the return; numbers known already stand there, the rest is asked', async () => {
  await page.goto('/');
  await page.locator('a.line').filter({ hasText: '企业日报' }).tap();
  await page.waitForURL(/\/returns/);
  await button('确认上报').waitFor();
  assert.deepEqual([await box('职工人数').inputValue(), await box('到岗人数').inputValue(), await box('口罩存量').inputValue()], ['11', '8', '']);
  assert.equal(await page.getByRole('button', { name: /零报告/ }).count(), 0, 'a firm with a day to tell has something to report');
  await page.getByText('剩 2 小时').waitFor();
  await no_wider(page, 'the return');
});

test('what is missing and what does not add up is said at its field, and what was typed stays', async () => {
  await box('口罩存量').fill('24');
  await box('到岗人数').fill('4');
  await page.getByLabel('到岗人数变动原因').waitFor();
  await button('确认上报').tap();
  await wrong('体温检测仪数').getByText('必填').waitFor();
  assert.ok((await page.locator('.field.wrong').count()) > 5);
  await page.getByText(/到岗 4 人，前一日 8 人/).first().waitFor();
  assert.equal(await box('口罩存量').inputValue(), '24');
  assert.equal(await stored('2020-03-04'), undefined, 'nothing is half written');
  await box('到岗人数').fill('8');
  for (const [name, value] of [['隔离观察人数', 1], ['未返岗人数', 3], ['确诊人数', 0], ['疑似人数', 0], ['密切接触人数', 0], ['体温检测仪数', 2]]) await box(name).fill(String(value));
  for (const name of ['每人每日测温', '重点部位消杀', '封闭管理', '密集场所通风']) await whether(name, '是').tap();
  await whether('有中央空调', '否').tap();
  await button('确认上报').tap();
  await wrong('未返岗人数').getByText(/8 \+ 隔离 1 \+ 未返岗 3 = 12，在册 11/).waitFor();
  await box('未返岗人数').fill('2');
  await button('确认上报').tap();
  await page.getByText('口罩可用 3 天').waitFor();
  await page.getByText('没有需要填写的内容').waitFor();
  const row = await stored('2020-03-04');
  assert.deepEqual([row.on_duty, row.isolating, row.not_back, row.masks, row.measured, row.air], [8, 1, 2, 24, true, false]);
});

test('all of it can be looked at with where it comes from, and put right', async () => {
  await page.getByText('查看和更正').tap();
  const line = page.locator('dl > div').filter({ hasText: '口罩存量' });
  await line.getByText('已填报').waitFor();
  await line.getByRole('button', { name: '更正' }).tap();
  await box('口罩存量').fill('16');
  await button('更正上报').tap();
  await page.getByText('口罩可用 2 天').waitFor();
  assert.deepEqual([(await stored('2020-03-04')).masks, (await stored('2020-03-04')).low], [16, true]);
});

test('the next day, unchanged, is one tap from Today; the desk says how long the masks last', async () => {
  await go_to(at, '2020-03-06T02:00:00Z');
  await leave(page);
  page = await open_page(chrome, at.muster, at.firm_user, phone);
  await page.goto('/');
  const line = page.locator('a.line').filter({ hasText: '企业日报' });
  await line.getByText('口罩可用 2 天').waitFor();
  await line.tap();
  await button('与前一日相同').tap();
  await page.getByText('没有需要填写的内容').waitFor();
  const row = await stored('2020-03-05');
  assert.deepEqual([row.same, row.on_duty, row.masks, row.isolating], [true, 8, 16, 1]);
  await page.goto('/');
  await page.locator('.clear').getByText('企业日报').waitFor();
  await leave(page);
});
