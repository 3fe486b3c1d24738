// One's own shifts on a phone, by taps: in with the place of the device, out with a word for the next ones, both without a network too.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { browser, password, start_muster, until } from '../harness.mjs';
import { leave, no_wider, open_page, phone } from './pages.mjs';

const patience = 20_000; // ms for whatever a page has to show, also on a busy machine
let muster, admin, officer, area, post, chrome;
const at = (day, hour) => new Date(Date.parse(`2020-03-${String(day).padStart(2, '0')}T00:00:00+08:00`) + hour * 3_600_000).toISOString();

/** An account with a role over the area, or with none: whoever serves needs none. */
async function account(name, role, more = {}) {
  const user = await admin.post('/api/v1/users', { name, area: area.id, ...more });
  if (role) await admin.post('/api/v1/grants', { user: user.id, role, area: area.id });
  const { link } = await admin.post(`/api/v1/users/${user.id}/invite`);
  await muster.bearer('').post('/api/v1/invite', { token: new URL(link).searchParams.get('token'), password });
  return muster.client(name);
}

async function volunteer(name) {
  const person = await officer.post('/api/v1/people', { name, area: area.id });
  await officer.post('/api/v1/assignments', { post: post.id, person: person.id, begins: '2020-03-01' });
  return person;
}
const shift = (person, day, from, until_hour) => officer.post('/api/v1/shifts', { post: post.id, person: person.id, starts: at(day, from), ends: at(day, until_hour) });

const place = { permissions: ['geolocation'], geolocation: { latitude: 27.729, longitude: 111.996 } };
const phone_of = async (name) => open_page(chrome, muster, await muster.client(name), { ...phone, ...place, ms: patience });

before(async () => {
  // 10:00 of 5 March in the incident's zone
  muster = await start_muster({ env: { MUSTER_NOW: '2020-03-05T02:00:00Z' } });
  admin = await muster.client('admin');
  area = await admin.post('/api/v1/areas', { code: '431302', name: '娄星区', level: 3 });
  officer = await account('officer', 'officer');
  post = await officer.post('/api/v1/posts', { title: '高铁站卡口', kind: 'checkpoint', area: area.id, needed: 3, begins: '2020-03-01' });
  chrome = await browser();
});
after(async () => {
  await chrome?.close();
  muster?.stop();
});

test('one checks in and out by taps; the place and the word for the next ones are kept', async () => {
  const before_me = await volunteer('前班员'), me = await volunteer('本班员');
  const earlier = await shift(before_me, 5, 2, 10);
  await officer.post(`/api/v1/shifts/${earlier.id}/come`, { came: at(5, 2) });
  await officer.post(`/api/v1/shifts/${earlier.id}/leave`, { handover: '测温枪两把，登记本在抽屉' });
  const mine = await shift(me, 5, 10, 18);
  await shift(me, 6, 10, 18);
  await account('me', null, { person: me.id });
  const page = await phone_of('me');
  await page.goto('/');
  await page.locator('nav.foot').getByRole('link', { name: '我的班次' }).tap();
  await page.getByRole('heading', { name: '我的班次' }).waitFor();
  await page.getByText('测温枪两把，登记本在抽屉').waitFor();
  await page.getByText('接下来').waitFor();
  await page.getByRole('button', { name: '签到', exact: true }).tap();
  await page.getByText(/签到，在岗/).waitFor();
  const here = await officer.get(`/api/v1/shifts/${mine.id}`);
  assert.deepEqual([here.state, here.place, here.told_later], ['here', '27.729000,111.996000', null]);
  await page.getByRole('button', { name: '签退', exact: true }).tap();
  const box = page.getByRole('dialog');
  await box.getByLabel('交给下一班的话').fill('外来车辆 3 台已登记');
  await box.getByRole('button', { name: '确认签退' }).tap();
  await page.getByText('交接：外来车辆 3 台已登记').waitFor();
  const gone = await officer.get(`/api/v1/shifts/${mine.id}`);
  assert.deepEqual([gone.state, gone.handover], ['done', '外来车辆 3 台已登记']);
  await leave(page);
});

test('without a network that is said, and what is done waits on the phone with its own time', async () => {
  const me = await volunteer('山口员');
  const mine = await shift(me, 5, 9, 17);
  await account('hills', null, { person: me.id });
  const page = await phone_of('hills');
  await page.goto('/my/shifts');
  await page.getByText('应到未到').waitFor();
  await page.context().setOffline(true);
  await page.getByText(/没有网络：签到/).waitFor();
  await page.getByRole('button', { name: '签到', exact: true }).tap();
  await page.getByText('1 项待上传').waitFor();
  await page.getByText(/签到，在岗/).waitFor();
  assert.equal((await officer.get(`/api/v1/shifts/${mine.id}`)).state, 'planned');
  await page.getByRole('button', { name: '签退', exact: true }).tap();
  await page.getByRole('button', { name: '确认签退' }).tap();
  await page.getByText(/已签退，待上传/).waitFor();
  await page.context().setOffline(false);
  await until(async () => (await officer.get(`/api/v1/shifts/${mine.id}`)).state === 'done', { ms: patience, what: 'what waited on the phone' });
  await page.getByText('项待上传').waitFor({ state: 'detached' });
  await leave(page);
});

test('a shift is offered by taps, taken by taps by whoever holds the post, and changes hands once the planner has confirmed', async () => {
  const [giver, taker] = [await volunteer('换出员'), await volunteer('接班员')];
  const offered = await shift(giver, 7, 8, 16);
  await account('giver', null, { person: giver.id });
  await account('taker', null, { person: taker.id });
  const one = await phone_of('giver');
  await one.goto('/my/shifts');
  await one.getByRole('button', { name: '换班', exact: true }).first().tap();
  const box = one.getByRole('dialog');
  await box.getByLabel('换给').selectOption(taker.id);
  await box.getByLabel('原因').fill('上午家中有事');
  await box.getByRole('button', { name: '申请换班' }).tap();
  await one.getByText('已提出换班申请').waitFor();
  await until(async () => (await officer.get(`/api/v1/swaps?shift=${offered.id}`)).rows.length, { ms: patience, what: 'the swap' });
  const other = await phone_of('taker');
  await other.goto('/');
  await other.locator('nav.foot').getByRole('link', { name: '我的班次' }).tap();
  await other.getByRole('button', { name: '接受', exact: true }).tap();
  await until(async () => (await officer.get(`/api/v1/swaps?shift=${offered.id}`)).rows[0].state === 'taken', { ms: patience, what: 'the swap taken' });
  const planner = await phone_of('officer');
  await planner.goto(`/r/swaps/${(await officer.get(`/api/v1/swaps?shift=${offered.id}`)).rows[0].id}`);
  await planner.getByRole('group', { name: '下一步' }).getByRole('button', { name: '确认换班', exact: true }).tap();
  await planner.getByRole('dialog').getByRole('button', { name: '确认换班', exact: true }).tap();
  await planner.getByText('已换班').first().waitFor();
  assert.equal((await officer.get(`/api/v1/shifts/${offered.id}`)).person, taker.id);
  await one.goto('/my/shifts');
  await one.getByText('近期没有给您排班').waitFor();
  await other.goto('/my/shifts');
  await other.getByText('08:00–16:00').first().waitFor();
  for (const page of [one, other, planner]) {
    await leave(page);
  }
});

test('who has no shift, or stands for nobody, is told so', async () => {
  const me = await volunteer('候补员');
  await account('idle', null, { person: me.id });
  const page = await phone_of('idle');
  await page.goto('/my/shifts');
  await page.getByText('近期没有给您排班').waitFor();
  await leave(page);
  const other = await phone_of('officer');
  await other.goto('/my/shifts');
  await other.getByText('您的账号没有对应人员').waitFor();
  assert.equal(await other.locator('nav.foot').getByRole('link', { name: '我的班次' }).count(), 0);
  await leave(other);
});

test('one’s posts with duties and papers, and leave asked for and withdrawn by taps', async () => {
  const kind = (await admin.get('/api/v1/post_kinds?limit=200')).rows.find((one) => one.code === 'checkpoint');
  await admin.patch(`/api/v1/post_kinds/${kind.id}`, { duties: 'Take temperatures\nNote cars|测量体温\n登记车辆' }, { version: kind.version });
  const me = await volunteer('请假员');
  await account('tired', null, { person: me.id });
  const page = await phone_of('tired');
  await page.goto('/my/shifts');
  await page.getByRole('heading', { name: '我的岗位' }).waitFor();
  for (const text of ['高铁站卡口', '娄星区']) await page.getByText(text).first().waitFor();
  const [paper] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '派驻通知' }).tap()]);
  assert.equal(paper.suggestedFilename(), '派驻通知.pdf');
  await page.getByRole('button', { name: '申请请假' }).tap();
  const box = page.getByRole('dialog');
  await box.getByLabel('类型').selectOption('sick');
  await box.getByLabel('截止日').first().fill('2020-03-01');
  await box.getByLabel('事由').fill('发热');
  await box.getByRole('button', { name: '申请请假' }).tap();
  await box.getByText(/早于起始日/).waitFor();
  await box.getByLabel('截止日').first().fill('2020-03-06');
  await box.getByRole('button', { name: '申请请假' }).tap();
  await page.getByText('待批', { exact: true }).waitFor();
  const [asked] = (await officer.get(`/api/v1/leaves?person=${me.id}`)).rows;
  assert.deepEqual([asked.kind, asked.ends, asked.state, asked.reason], ['sick', '2020-03-06', 'asked', '***']);
  await page.getByRole('button', { name: '撤回' }).tap();
  await page.getByText('已撤回').first().waitFor();
  assert.equal((await officer.get(`/api/v1/leaves/${asked.id}`)).state, 'withdrawn');
  await no_wider(page, 'my shifts');
  await leave(page);
  const desk_page = await open_page(chrome, muster, await muster.client('officer'), { ms: patience });
  await desk_page.goto(`/r/posts/${post.id}`);
  await desk_page.getByRole('heading', { name: '职责' }).waitFor();
  await desk_page.getByText('登记车辆').waitFor();
  await leave(desk_page);
});

test('somebody invited opens an account by the link and has their own page', async () => {
  const me = await volunteer('受邀员');
  const desk_page = await open_page(chrome, muster, await muster.client('officer'), { ms: patience });
  await desk_page.goto(`/r/people/${me.id}`);
  await desk_page.getByRole('button', { name: '邀请开通账号' }).click();
  const box = desk_page.getByRole('dialog');
  await box.getByRole('button', { name: '发出邀请' }).click();
  await box.getByRole('img', { name: '开通账号的二维码' }).waitFor();
  const link = await box.getByText(/invite#own-/).innerText();
  await leave(desk_page);
  const page = await open_page(chrome, muster, null, { ...phone, ms: patience });
  await page.goto(link);
  await page.getByLabel('登录名').fill('officer');
  for (const field of await page.locator('input[type="password"]').all()) await field.fill(password);
  await page.getByRole('button', { name: '开通' }).tap();
  await page.getByText('该登录名已被使用').waitFor();
  await page.getByLabel('登录名').fill('invited');
  await page.getByRole('button', { name: '开通' }).tap();
  await page.waitForURL(/sign-in/);
  await leave(page);
  const mine = await phone_of('invited');
  await mine.goto('/my/shifts');
  await mine.getByRole('heading', { name: '我的岗位' }).waitFor();
  await leave(mine);
});
