// The roster as a planner makes it: proposed and accepted, a shift dragged, a rule set aside with a reason, the same by tap on a phone.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { browser, password, start_muster, until } from '../harness.mjs';
import { desk, leave, open_page, phone as phone_size } from './pages.mjs';

const patience = 20_000; // ms for whatever a page has to show, also on a busy machine
let muster, officer, post, people, chrome;
const shifts = async () => (await officer.get(`/api/v1/shifts?post=${post.id}&limit=200&sort=starts`)).rows;
const hour = 3_600_000;

const sheet_of = async (size) => open_page(chrome, muster, await muster.client('officer'), { ...size, ms: patience });

before(async () => {
  muster = await start_muster({ env: { MUSTER_NOW: '2020-03-05T02:00:00Z' } });
  const admin = await muster.client('admin');
  const county = await admin.post('/api/v1/areas', { code: '431302', name: '娄星区', level: 3 });
  const user = await admin.post('/api/v1/users', { name: 'officer', area: county.id });
  await admin.post('/api/v1/grants', { user: user.id, role: 'officer', area: county.id });
  const { link } = await admin.post(`/api/v1/users/${user.id}/invite`);
  await muster.bearer('').post('/api/v1/invite', { token: new URL(link).searchParams.get('token'), password });
  officer = await muster.client('officer');
  post = await officer.post('/api/v1/posts', { title: '高铁站卡口', kind: 'checkpoint', area: county.id, needed: 3, begins: '2020-03-01' });
  people = [];
  for (const name of ['甲演示', '乙演示', '丙演示', '丁演示', '戊演示']) {
    const person = await officer.post('/api/v1/people', { name, area: county.id });
    await officer.post('/api/v1/assignments', { post: post.id, person: person.id, begins: '2020-03-01' });
    people.push(person);
  }
  chrome = await browser();
});
after(async () => {
  await chrome?.close();
  muster?.stop();
});

test('a week is proposed by a pattern, accepted, and stands in the grid', async () => {
  const page = await sheet_of(desk);
  await page.goto(`/r/posts/${post.id}`);
  await page.locator('.top .right').getByRole('link', { name: '排班表' }).click();
  await page.getByText('该岗位未设置班次').waitFor();
  await page.getByRole('button', { name: '拟定排班' }).click();
  const dialog = page.getByRole('dialog', { name: '拟定排班' });
  await dialog.getByRole('button', { name: '两班倒' }).click();
  await dialog.getByLabel('轮换').selectOption({ label: '每日轮换' });
  await dialog.getByRole('button', { name: '拟定排班' }).click();
  await page.getByRole('button', { name: /采用方案，排.14.班/ }).click();
  await page.getByText(/已排.14.班/).waitFor();
  const rows = await shifts();
  assert.equal(rows.length, 14);
  assert.equal(await page.locator('.shift').count(), 14);
  assert.equal((await officer.get(`/api/v1/posts/${post.id}`)).slots, '08:00-20:00 x1, 20:00-08:00 x1');
  await leave(page);
});

test('a shift is dragged to somebody else in one write; where a rule is in the way it is said, and set aside with a reason', async () => {
  const page = await sheet_of(desk);
  for (const one of await shifts()) await officer.del(`/api/v1/shifts/${one.id}`, { reason: '重排' }, { version: one.version, expect: [200, 204] });
  const shift = await officer.post('/api/v1/shifts', { post: post.id, person: people[0].id, starts: '2020-03-05T00:00:00Z', ends: '2020-03-05T12:00:00Z' });
  await officer.post('/api/v1/shifts', { post: post.id, person: people[2].id, starts: '2020-03-06T00:00:00Z', ends: '2020-03-06T12:00:00Z' });
  await page.goto(`/roster?post=${post.id}`);
  const cell = (person, day) => page.locator(`[data-person="${person.id}"][data-day="${day}"]`);
  await cell(people[0], '2020-03-05').locator('.shift').dragTo(cell(people[1], '2020-03-07'));
  await cell(people[1], '2020-03-07').locator('.shift').waitFor();
  let moved = await officer.get(`/api/v1/shifts/${shift.id}`);
  assert.deepEqual([moved.person, moved.starts, moved.version], [people[1].id, '2020-03-07T00:00:00.000Z', 2]);

  // on a night before somebody's day
  await officer.patch(`/api/v1/shifts/${shift.id}`, { starts: '2020-03-07T12:00:00Z', ends: '2020-03-08T00:00:00Z' }, { version: 2 });
  await page.reload();
  await cell(people[1], '2020-03-07').locator('.shift').dragTo(cell(people[2], '2020-03-05'));
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('alert').getByText(/与另一班次间隔不足.11.小时/).waitFor();
  assert.equal((await officer.get(`/api/v1/shifts/${shift.id}`)).person, people[1].id);
  await dialog.getByLabel('突破规定的理由').fill('接班人员隔离');
  await dialog.getByRole('button', { name: '说明理由并保存' }).click();
  await cell(people[2], '2020-03-05').locator('.shift .mark').waitFor();
  moved = await officer.get(`/api/v1/shifts/${shift.id}`);
  assert.deepEqual([moved.person, moved.over, moved.over_by], [people[2].id, '接班人员隔离', 'officer']);
  assert.equal(Date.parse(moved.ends) - Date.parse(moved.starts), 12 * hour);
  await leave(page);
});

test('without a mouse: by keyboard at the desk, by tap on a phone', async () => {
  const page = await sheet_of(desk);
  await page.goto(`/roster?post=${post.id}`);
  await page.locator('.shift').first().focus();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').getByLabel('人员').waitFor();
  await page.keyboard.press('Escape');
  await leave(page);

  const phone = await sheet_of(phone_size);
  await phone.goto(`/roster?post=${post.id}`);
  const before = (await shifts()).length;
  await phone.getByRole('button', { name: /缺.1.人/ }).last().tap();
  const dialog = phone.getByRole('dialog');
  await dialog.getByLabel('人员').selectOption(people[4].id);
  await dialog.getByRole('button', { name: '保存' }).tap();
  await until(async () => (await shifts()).length === before + 1, { ms: patience, what: 'the new shift' });
  const made = (await shifts()).find((one) => one.person === people[4].id);
  await phone.locator('.chip').filter({ hasText: '戊' }).first().tap();
  await dialog.getByLabel('人员').selectOption(people[3].id);
  await dialog.getByRole('button', { name: '保存' }).tap();
  await until(async () => (await officer.get(`/api/v1/shifts/${made.id}`)).person === people[3].id, { ms: patience, what: 'the shift at somebody else' });
  await leave(phone);
});
