// One's own shifts on a phone, by taps: in with the place of the device, out with a word for the next ones, both without a network too.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { browser, password, start_muster, until } from '../harness.mjs';
import { leave, open_page, phone } from './pages.mjs';

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
