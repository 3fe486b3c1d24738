// People and posts as command sees them: filters by name, gaps, many people sent at once with each refusal named, the tree of bodies, who rests and who is not known to.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { browser, password, start_muster, until } from '../harness.mjs';
import { desk, leave, no_wider, open_page, phone as phone_size } from './pages.mjs';

const patience = 20_000; // ms for whatever a page has to show, also on a busy machine
let muster, officer, posts, people, office, branch, chrome;
const sheet_of = async (size) => open_page(chrome, muster, await muster.client('officer'), { ...size, ms: patience });
const lines = (sheet) => sheet.locator('main [role=row].line');
const shown_count = (sheet, n) => until(async () => (await lines(sheet).count()) === n, { ms: patience, what: `${n} rows` });

before(async () => {
  muster = await start_muster({ env: { MUSTER_NOW: '2020-03-05T02:00:00Z', LC_ALL: 'C.UTF-8' } });
  const admin = await muster.client('admin');
  const county = await admin.post('/api/v1/areas', { code: '431302', name: '娄星区', level: 3 });
  const town = await admin.post('/api/v1/areas', { code: '431302001', name: '乐坪街道', level: 4, parent: county.id });
  const user = await admin.post('/api/v1/users', { name: 'officer', area: county.id });
  await admin.post('/api/v1/grants', { user: user.id, role: 'officer', area: county.id });
  const { link } = await admin.post(`/api/v1/users/${user.id}/invite`);
  await muster.bearer('').post('/api/v1/invite', { token: new URL(link).searchParams.get('token'), password });
  officer = await muster.client('officer');
  office = await admin.post('/api/v1/orgs', { name: '演示指挥部', kind: 'office', area: county.id });
  people = [];
  for (const name of ['甲演示', '乙演示', '丙演示']) people.push(await officer.post('/api/v1/people', { name, area: town.id, org: office.id }));
  branch = await admin.post('/api/v1/orgs', { name: '演示临时党支部', kind: 'branch', area: town.id, parent: office.id, closes: '2020-03-31', head: people[0].id });
  const team = await officer.post('/api/v1/teams', { name: '演示支部队', kind: 'branch', area: town.id, org: branch.id, begins: '2020-03-01', ends: '2020-03-31' });
  await officer.post('/api/v1/team_members', { team: team.id, person: people[1].id });
  await officer.post('/api/v1/deeds', { team: team.id, day: '2020-03-04', text: '入户走访', amount: 12, unit: '户' });
  posts = await Promise.all([['缺人卡口', 2], ['满员卡口', 1]].map(([title, needed]) => officer.post('/api/v1/posts', { title, kind: 'checkpoint', area: town.id, needed, begins: '2020-03-01' })));
  await officer.post('/api/v1/assignments', { post: posts[1].id, person: people[0].id, begins: '2020-03-01' });
  chrome = await browser();
});
after(async () => {
  await chrome?.close();
  await muster?.stop();
});

test('a list offers its own filters by name; posts say who is there and who lacks; the gaps are a page of the menu', async () => {
  const page = await sheet_of(desk);
  await page.goto('/r/posts');
  await shown_count(page, 2);
  const heads = await page.locator('main [role=columnheader]').allInnerTexts();
  for (const head of ['需要人数', '在岗人数', '缺岗人数']) assert.ok(heads.some((one) => one.includes(head)), `${head}: ${heads}`);
  const filter = page.getByRole('button', { name: '今日缺岗' });
  await filter.click();
  await shown_count(page, 1);
  assert.equal(await filter.getAttribute('aria-pressed'), 'true');
  assert.match(page.url(), /short=1/);
  assert.doesNotMatch(await page.locator('main').innerText(), /short/);
  await filter.click();
  await shown_count(page, 2);
  await page.getByRole('navigation').getByRole('link', { name: '缺岗清单' }).first().click();
  await shown_count(page, 1);
  assert.match(await lines(page).first().innerText(), /缺人卡口/);
  assert.equal(await page.getByRole('button', { name: '今日缺岗' }).count(), 0);
  // by URL too, in English
  await page.evaluate(() => localStorage.setItem('muster.language', JSON.stringify('en')));
  await page.goto('/r/shifts?now=1');
  assert.equal(await page.getByRole('button', { name: 'On post now' }).getAttribute('aria-pressed'), 'true');
  assert.equal(await page.locator('.chip').count(), 0);
  await leave(page);
});

test('whoever is on leave is sent only with a reason, asked for where it is missed', async () => {
  const post = await officer.post('/api/v1/posts', { title: '值守岗位', kind: 'checkpoint', area: (await officer.get(`/api/v1/posts/${posts[0].id}`)).area, needed: 3, begins: '2020-03-01' });
  const asked = await officer.post('/api/v1/leaves', { person: people[2].id, kind: 'leave', begins: '2020-03-04', ends: '2020-03-06' });
  await officer.post(`/api/v1/leaves/${asked.id}/grant`, {});
  const page = await sheet_of(desk);
  await page.goto('/r/people');
  await shown_count(page, 3);
  await page.getByRole('checkbox', { name: '全选已载入' }).check();
  await page.getByRole('region', { name: '已选 3 条' }).getByRole('button', { name: '派驻' }).click();
  const dialog = page.getByRole('dialog', { name: '派驻 3 人到岗位' });
  await dialog.getByRole('combobox', { name: '岗位' }).click({ force: true });
  await dialog.getByRole('combobox', { name: '岗位' }).fill('值守岗位');
  await page.locator('.el-select-dropdown:visible .el-select-dropdown__item', { hasText: '值守岗位' }).first().click();
  await dialog.getByRole('button', { name: '派驻', exact: true }).click();
  await dialog.getByText(/在此期间请假/).waitFor();
  await dialog.getByText(/在此期间另有派驻/).waitFor();
  await dialog.getByLabel(/请假期间仍派驻的理由/).fill('无人可替');
  await dialog.getByRole('button', { name: '派驻', exact: true }).click();
  await dialog.getByText(/在此期间请假/).waitFor({ state: 'hidden' });
  const { rows } = await officer.get(`/api/v1/assignments?post=${post.id}`);
  assert.deepEqual(rows.map((one) => [one.person, one.over]).filter(([, over]) => over), [[people[2].id, '无人可替']]);
  assert.equal(rows.length, 3);
  await dialog.getByRole('button', { name: '关闭' }).click();
  for (const one of rows) await officer.del(`/api/v1/assignments/${one.id}`, { reason: '误派' }, { version: one.version, expect: [200, 204] });
  await officer.post(`/api/v1/leaves/${asked.id}/back`, {});
  await leave(page);
});

test('many people are sent to a post at once, and each refusal is named', async () => {
  const page = await sheet_of(desk);
  await page.goto('/r/people');
  await shown_count(page, 3);
  await page.getByRole('checkbox', { name: '全选已载入' }).check();
  await page.getByRole('region', { name: '已选 3 条' }).getByRole('button', { name: '派驻' }).click();
  const dialog = page.getByRole('dialog', { name: '派驻 3 人到岗位' });
  await dialog.getByRole('combobox', { name: '岗位' }).click({ force: true });
  await dialog.getByRole('combobox', { name: '岗位' }).fill('满员');
  await page.locator('.el-select-dropdown:visible .el-select-dropdown__item', { hasText: '满员卡口' }).first().click();
  await dialog.getByRole('button', { name: '派驻', exact: true }).click();
  await dialog.getByText(/在此期间已在该岗位/).waitFor();
  await page.getByText('已派驻 2 人，1 人未派').first().waitFor();
  const { rows } = await officer.get(`/api/v1/assignments?post=${posts[1].id}`);
  assert.deepEqual(new Set(rows.map((one) => one.person)), new Set(people.map((one) => one.id)));
  await leave(page);
});

for (const [name, size] of [['desk', desk], ['phone', phone_size]])
  test(`a body shows who heads it, what stands above and below it, and its team (${name})`, async () => {
    const page = await sheet_of(size);
    await page.goto(`/r/orgs/${office.id}`);
    await page.getByRole('heading', { name: '下级单位 1' }).waitFor();
    await page.locator('main').getByRole('link', { name: '演示临时党支部' }).first().click();
    await page.locator('.above').getByRole('link', { name: '演示指挥部' }).waitFor();
    await page.getByRole('heading', { name: '领导', exact: true }).waitFor();
    for (const text of ['负责人', '演示支部队', '入户走访']) await page.getByText(text).first().waitFor();
    await no_wider(page, 'the page of a body');
    await leave(page);
  });

test('who serves without a roster is told as not known, and the number opens them', async () => {
  const page = await sheet_of(phone_size);
  await page.goto('/serving');
  await page.getByText(/不详：3 人所在岗位未排班/).waitFor();
  assert.doesNotMatch(await page.locator('main').innerText(), /均已按时休息/);
  await no_wider(page, 'who serves');
  await page.locator('.figures').getByRole('link', { name: '3', exact: true }).last().click();
  await shown_count(page, 3);
  assert.match(page.url(), /unrostered=1/);
  await leave(page);
});
