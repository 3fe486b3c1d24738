// The dispatch board as a planner uses it: who is left and why, sent in place of somebody; two change places; a rule in the way is said and changes nothing; names for a reason.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { browser, until } from '../harness.mjs';
import { person as account, start_with_people } from '../people.mjs';
import { desk, leave, no_wider, open_page, phone as phone_size } from './pages.mjs';

const patience = 20_000; // ms for whatever a page has to show, also on a busy machine
let muster, admin, officer, county, gate, firm_post, people, own, chrome;

before(async () => {
  ({ muster, admin } = await start_with_people({ MUSTER_NOW: '2020-03-06T02:00:00Z' }));
  county = await admin.post('/api/v1/areas', { code: '431302', name: '娄星区', level: 3 });
  officer = await account(muster, admin, 'officer', 'officer', { area: county.id });
  const unit = await admin.post('/api/v1/orgs', { name: '区演示局', kind: 'department', area: county.id });
  const works = await admin.post('/api/v1/orgs', { name: '演示制衣厂', kind: 'company', area: county.id });
  const firm = await officer.post('/api/v1/sites', { name: '演示制衣厂', kind: 'enterprise', area: county.id });
  const appeal = await officer.post('/api/v1/appeals', { title: '倡议书', area: county.id, text: '请战', opens: '2020-02-01' });
  await officer.post(`/api/v1/appeals/${appeal.id}/publish`, {});
  gate = await officer.post('/api/v1/posts', { title: '高铁站卡口', kind: 'checkpoint', area: county.id, needed: 1, begins: '2020-03-01' });
  firm_post = await officer.post('/api/v1/posts', { title: '驻厂联络员', kind: 'enterprise', site: firm.id, needed: 1, begins: '2020-03-01' });
  people = [];
  for (const [name, wish, more] of [['赵演示', 'checkpoint', {}], ['钱演示', 'enterprise', {}], ['孙演示', 'hq', { limits: '腰伤' }], ['李演示', 'hq', { org: works.id, skills: '驾驶' }]]) {
    const person = await officer.post('/api/v1/people', { name, area: county.id, org: unit.id, ...more });
    await officer.post('/api/v1/pledges', { appeal: appeal.id, person: person.id, wish });
    people.push(person);
  }
  own = people[3];
  chrome = await browser();
});
after(async () => {
  await chrome?.close();
  muster?.stop();
});

const panel = (page, title) => page.locator('section.panel').filter({ hasText: title });
const stands = (page, title, person) => panel(page, title).locator(`li[data-person="${person.id}"]`).waitFor();

test('names are shown for a reason; two change places, and both are fixed there', async () => {
  const page = await open_page(chrome, muster, officer, { ...desk, ms: patience });
  await page.goto('/dispatch');
  await stands(page, '高铁站卡口', people[0]);
  await stands(page, '驻厂联络员', people[1]);
  assert.equal(await page.getByText('赵演示').count(), 0);
  await page.getByRole('button', { name: '显示姓名' }).click();
  await page.getByRole('dialog').getByLabel('原因').fill('安排岗位');
  await page.getByRole('dialog').getByRole('button', { name: '显示' }).click();
  await page.getByText('赵演示').waitFor();
  await panel(page, '高铁站卡口').getByRole('button', { name: '对调' }).click();
  await panel(page, '驻厂联络员').getByRole('button', { name: '与赵演示对调' }).click();
  await stands(page, '驻厂联络员', people[0]);
  await stands(page, '高铁站卡口', people[1]);
  assert.equal(await page.getByRole('button', { name: '取消固定' }).count(), 2);
  await page.getByRole('button', { name: /清除.2.项人工调整/ }).click();
  await stands(page, '高铁站卡口', people[0]);
  await leave(page);
});

test('the number of those left opens into them; one is sent in place of another, who may not is told why', async () => {
  const page = await open_page(chrome, muster, officer, { ...desk, ms: patience });
  await page.goto('/dispatch');
  await stands(page, '高铁站卡口', people[0]);
  await page.locator('.figures').getByRole('button', { name: '2', exact: true }).click();
  const dialog = page.getByRole('dialog');
  const row = (who) => dialog.locator(`li[data-person="${who.id}"]`);
  await row(people[2]).getByText('有身体条件限制，派出前请核实').waitFor();
  await dialog.getByLabel('岗位').selectOption(firm_post.id);
  await row(own).getByText('属于该企业本身').waitFor();
  assert.equal(await row(own).getByRole('button').count(), 0);
  await dialog.getByLabel('姓名、特长或单位').fill('驾驶');
  await row(people[2]).waitFor({ state: 'detached' });
  await row(own).waitFor();
  await page.keyboard.press('Escape');
  await panel(page, '高铁站卡口').getByRole('button', { name: '换人' }).click();
  await row(own).getByRole('button', { name: '改派此人' }).click();
  await stands(page, '高铁站卡口', own);

  // they do not go to their own firm: it is said, and the plan stays as it was
  await panel(page, '高铁站卡口').getByRole('button', { name: '对调' }).click();
  await panel(page, '驻厂联络员').getByRole('button', { name: /对调/ }).click();
  await page.getByRole('alert').getByText('所列人员属于该企业本身').first().waitFor();
  await stands(page, '高铁站卡口', own);
  await page.getByRole('button', { name: /采用方案，派驻.2.人/ }).click();
  await until(async () => (await officer.get(`/api/v1/assignments?post=${gate.id}`)).rows.some((one) => one.person === own.id), { ms: patience, what: 'the assignment' });
  assert.deepEqual((await officer.get('/api/v1/pledges?state=approved')).rows.length, 2);
  await leave(page);
});

test('on a phone it is as wide as the screen, the list of those left too', async () => {
  await officer.post('/api/v1/posts', { title: '夜间巡逻', kind: 'community', area: county.id, needed: 1, begins: '2020-03-01' });
  const page = await open_page(chrome, muster, officer, { ...phone_size, ms: patience });
  await page.goto('/dispatch');
  await panel(page, '夜间巡逻').getByRole('button', { name: '换人' }).tap();
  await page.getByRole('dialog').locator('li').first().waitFor();
  await no_wider(page, 'the dispatch board');
  await leave(page);
});
