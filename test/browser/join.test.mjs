// Somebody without an account signs up on a phone: what is missing is said at its field, the code from the phone makes it count, the link that comes with it leads back and out again.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { browser, close_browsers } from '../harness.mjs';
import { start_with_people, person } from '../people.mjs';
import { no_wider, open_page, phone } from './pages.mjs';

const wait = 30_000; // ms, for a busy machine
let muster, officer, village, appeal, page, own;
const count = async () => (await officer.get('/api/v1/pledges')).rows;

before(async () => {
  let admin;
  ({ muster, admin } = await start_with_people({ MUSTER_NOW: '2020-02-12T02:00:00Z' }));
  const county = await admin.post('/api/v1/areas', { code: '431302', name: '娄星区', level: 3 });
  const town = await admin.post('/api/v1/areas', { code: '431302001', name: '乐坪街道', level: 4, parent: county.id });
  village = await admin.post('/api/v1/areas', { code: '431302001001', name: '演示社区', level: 5, parent: town.id });
  officer = await person(muster, admin, 'officer', 'officer', { area: county.id });
  appeal = await officer.post('/api/v1/appeals', { title: '致全区居民的倡议书', area: county.id, text: '到社区去', opens: '2020-02-01', wanted: 30 });
  await officer.post(`/api/v1/appeals/${appeal.id}/publish`, {});
  page = await open_page(await browser(), muster, null, { ...phone, ms: wait });
});
after(async () => {
  await close_browsers();
  await muster?.stop();
});

test('from the sign-in page to the appeal; what is missing is said at its field', async () => {
  await page.goto('/sign-in');
  await page.getByRole('link', { name: '正在招募' }).tap();
  await page.getByText('致全区居民的倡议书').tap();
  await page.getByLabel('居住地第 1 级').waitFor();
  await page.getByRole('button', { name: '报名并获取验证码' }).tap();
  await page.getByText('请更正上面标出的内容').waitFor();
  assert.equal(await page.getByText('必填').count(), 2, 'name and phone');
  await no_wider(page, 'the appeal');
});

test('a wrong code is refused, the right one makes it count, and the entries are those that were made', async () => {
  await page.getByLabel('姓名').fill('演示志愿者');
  await page.getByLabel('手机号').fill('13912345678');
  await page.getByLabel('居住地第 1 级').selectOption({ label: '乐坪街道' });
  await page.getByLabel('居住地第 2 级').selectOption({ label: '演示社区' });
  await page.getByLabel('意向岗位').selectOption('community');
  await page.getByText('就近').tap();
  await page.getByText('更多情况').tap();
  await page.getByLabel('特长').fill('护士');
  await page.getByLabel('我已阅读并同意').check();
  await page.getByRole('button', { name: '报名并获取验证码' }).tap();
  const code = (await page.getByText(/验证码为/).innerText()).match(/\d{6}/)[0];
  assert.deepEqual(await count(), []);
  const digits = page.getByRole('textbox', { name: '验证码' });
  await digits.fill(String((Number(code) + 1) % 1_000_000).padStart(6, '0'));
  await page.getByRole('button', { name: '确认报名' }).tap();
  await page.getByText(/还可再试/).waitFor();
  await digits.fill(code);
  await page.getByRole('button', { name: '确认报名' }).tap();
  await page.getByText('报名已收到').waitFor();
  own = page.url();
  assert.match(own, /\/join\/mine\/[0-9a-f-]{36}#\w{16,}$/);
  const [pledge] = await count();
  assert.deepEqual([pledge.state, pledge.source, pledge.wish, pledge.near], ['signed', 'public', 'community', 'near']);
  const made = await officer.get(`/api/v1/people/${pledge.person}?reveal=call`);
  assert.deepEqual([made.name, made.phone, made.area, made.skills], ['演示志愿者', '13912345678', village.id, '护士']);
});

test('the link shows what became of it and lets one withdraw; another link shows nothing', async () => {
  const [pledge] = await count();
  await officer.post(`/api/v1/pledges/${pledge.id}/approve`, {});
  await page.goto('about:blank');
  await page.goto(own);
  await page.getByText('您已入选').waitFor();
  await page.getByRole('button', { name: '撤回报名' }).tap();
  await page.getByText('确定撤回').waitFor();
  await page.getByRole('button', { name: '撤回报名' }).tap();
  await page.getByText('您已撤回报名').waitFor();
  assert.equal((await count())[0].state, 'withdrawn');
  await page.goto('about:blank');
  await page.goto(own.replace(/#.*/, '#wrong'));
  await page.getByText('没有这条报名').waitFor();
  assert.deepEqual(page.faults, []);
});
