// A unit's list pasted by its headings: every column that is known is taken, what is not is named, where somebody lives is found by name.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { browser } from '../harness.mjs';
import { person as account, start_with_people } from '../people.mjs';
import { desk, leave, open_page } from './pages.mjs';

const patience = 20_000; // ms for whatever a page has to show, also on a busy machine
let muster, admin, officer, town, appeal, unit, chrome;

before(async () => {
  ({ muster, admin } = await start_with_people({ MUSTER_NOW: '2020-03-06T02:00:00Z' }));
  const county = await admin.post('/api/v1/areas', { code: '431302', name: '娄星区', level: 3 });
  town = await admin.post('/api/v1/areas', { code: '431302001', name: '乐坪街道', level: 4, parent: county.id });
  officer = await account(muster, admin, 'officer', 'officer', { area: county.id });
  unit = await admin.post('/api/v1/orgs', { name: '区演示局', kind: 'department', area: county.id });
  appeal = await officer.post('/api/v1/appeals', { title: '倡议书', area: county.id, text: '请战', opens: '2020-02-01' });
  await officer.post(`/api/v1/appeals/${appeal.id}/publish`, {});
  chrome = await browser();
});
after(async () => {
  await chrome?.close();
  muster?.stop();
});

test('what is pasted by headings is signed up whole, and what was not taken is named', async () => {
  const page = await open_page(chrome, muster, officer, { ...desk, ms: patience });
  await page.goto(`/r/appeals/${appeal.id}`);
  await page.getByRole('button', { name: '单位集体报名' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('单位', { exact: true }).fill('演示局');
  await page.getByRole('option', { name: /区演示局/ }).click();
  await dialog.locator('textarea').fill(['姓名\t家属电话\t血型\t所属区划\t专业\t语言和方言\t证照\t可服务时段', '演示甲\t无\tA\t乐坪街道\t护士\t日语\t驾驶证C1\t周一至周五 18:00-22:00'].join('\n'));
  await dialog.getByText('以下列未采用：家属电话、血型').waitFor();
  await dialog.getByRole('button', { name: '核对 1 行' }).click();
  await dialog.getByRole('button', { name: '报名 1 人' }).click();
  await dialog.getByRole('button', { name: '关闭' }).last().waitFor();
  const [pledge] = (await officer.get(`/api/v1/pledges?appeal=${appeal.id}`)).rows;
  const made = await officer.get(`/api/v1/people/${pledge.person}`);
  assert.deepEqual([made.area, made.org, made.trade, made.languages, made.licence, made.available], [town.id, unit.id, '护士', '日语', '驾驶证C1', '周一至周五 18:00-22:00']);
  await leave(page);
});
