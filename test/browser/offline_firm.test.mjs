// A firm's day without a line, on a phone: the daily round by one tap with an exception, who came through the gate, the return with its facts. Nothing is lost when the page closes, everything arrives
// once, and what the server refuses is shown, put right and sent again.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { start_district } from '../checks.mjs';
import { browser, close_browsers, until, uuid7 } from '../harness.mjs';
import { line_to, taken_along } from './line.mjs';
import { no_wider } from './pages.mjs';

const wait = 30_000; // ms, for a busy machine
let at, line, context, page, staff;

/** A phone of its own, signed in as `name`. */
async function phone_of(name, prepare = () => {}) {
  const own = await (await browser()).newContext({ baseURL: line.url, viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' });
  own.setDefaultTimeout(wait);
  await prepare(own);
  return open(own, name);
}
async function open(own, name) {
  const fresh = await own.newPage();
  fresh.faults = [];
  fresh.on('pageerror', (error) => fresh.faults.push(String(error)));
  if (name) assert.ok((await fresh.request.post('/api/v1/demo', { data: { name } })).ok());
  return fresh;
}
/** The page is closed and opened anew. */
async function anew(path) {
  await page.close();
  page = await open(context);
  await page.goto(path);
}

before(async () => {
  at = await start_district('2020-03-05T02:00:00Z');
  staff = Array.from({ length: 5 }, (_, n) => ({ id: uuid7(), site: at.firm.id, name: `演示${'甲乙丙丁戊'[n]}`, number: `A00${n}`, state: 'on_duty', begins: '2020-02-10', effective: '2020-02-10' }));
  await at.firm_user.post('/api/v1/staff_files', { rows: staff });
  await at.firm_user.post(`/api/v1/sites/${at.firm.id}/tell`, { staff: 5, on_duty: 5, effective: '2020-03-03' });
  line = await line_to(at.muster.port);
  page = await phone_of('firm1');
  context = page.context();
});
after(async () => {
  await close_browsers();
  await line?.cut().catch(() => {});
  await at?.muster.stop();
});

/** A text of the page, however it is spaced. */
const said = (text) => new RegExp([...text].filter((one) => one !== ' ').join('\\s*'));
const button = (name) => page.getByRole('button', { name, exact: true });
const waiting = () => page.getByRole('region', { name: '待提交' });
const health = async () => (await at.firm_user.get('/api/v1/health_records?limit=100&reveal=test')).rows;
const gate = async () => (await at.firm_user.get('/api/v1/gate_entries?limit=100&reveal=test')).rows;
const daily = async (day) => (await at.firm_user.get('/api/v1/returns', { query: { site: at.firm.id, day } })).rows;
const changes = async (plural, id) => (await at.admin.get(`/api/v1/${plural}/${id}/history`)).rows.map((one) => one.deed).filter((deed) => deed !== 'seen');
/** What lies on the phone, of a shelf of its database. */
const shelf = (name) => page.evaluate((wanted) => new Promise((done) => {
  const asked = indexedDB.open('muster', 1);
  asked.onsuccess = () => {
    const all = asked.result.transaction(wanted).objectStore(wanted).getAll();
    all.onsuccess = () => { asked.result.close(); done(JSON.stringify(all.result)); };
  };
}), name);

async function exception(number, symptom) {
  await page.getByRole('combobox', { name: '工号、姓名或拼音' }).fill(number);
  await page.getByRole('option').filter({ hasText: number }).tap();
  await page.getByRole('listitem', { name: new RegExp(number) }).getByRole('button', { name: symptom, exact: true }).tap();
}
async function visitor(name, but = async () => {}) {
  await button('外来人员').tap();
  await page.getByLabel('姓名').fill(name);
  await page.getByLabel('体温').fill('36.5');
  await button('下一步').tap();
  await but();
  await button('保存').tap();
}

test('with a line the three pages are opened once', async () => {
  await page.goto('/health');
  await page.getByText('A004').first().waitFor();
  await page.goto('/gate');
  await page.getByText('当日还没有登记').waitFor();
  await page.goto('/returns');
  await button('确认上报').waitFor();
  await taken_along(page, wait);
});

test('the round by one tap, with an exception, without a line: kept on the device, and said to be so', async () => {
  await line.cut();
  await anew('/health');
  await page.getByText(/没有网络：照常填写/).waitFor();
  await page.getByText(/以下为 2020-03-05 10:\d\d 的内容/).waitFor();
  await exception('A003', '咳嗽');
  await button('其余 4 人在岗、无症状，填报').tap();
  await waiting().getByText(said('健康申报2020年3月5日：逐人1人，其余4人')).waitFor();
  await waiting().getByText(/2020-03-05 10:\d\d 起存在本机，尚未收到/).waitFor();
  await button('均已填在本机，待提交').waitFor();
  assert.equal(await page.getByText('已存本机，待提交').count(), 5);
  await no_wider(page, 'the round that waits');
  assert.equal((await health()).length, 0);
});

test('who came through the gate and left again, without a line', async () => {
  await anew('/gate');
  await visitor('演示访客');
  await waiting().getByText(/外来人员 演示访客/).waitFor();
  await waiting().getByRole('button', { name: '离开', exact: true }).tap();
  await page.getByText('2 项待提交，尚未收到').waitFor();
  await no_wider(page, 'the gate that waits');
});

test('the return with its facts, without a line: the form is done, and can be taken back', async () => {
  await anew('/returns');
  const box = (name) => page.getByRole('textbox', { name, exact: true });
  await box('口罩存量').waitFor();
  for (const [name, value] of [['口罩存量', 50], ['隔离观察人数', 0], ['未返岗人数', 0], ['确诊人数', 0], ['疑似人数', 0], ['密切接触人数', 0], ['体温检测仪数', 2]]) if (await box(name).count()) await box(name).fill(String(value));
  for (const name of ['每人每日测温', '重点部位消杀', '封闭管理', '密集场所通风']) await page.getByRole('group', { name, exact: true }).getByRole('radio', { name: '是', exact: true }).tap();
  await page.getByRole('group', { name: '有中央空调', exact: true }).getByRole('radio', { name: '否', exact: true }).tap();
  await button('确认上报').tap();
  await waiting().getByText(said('日报2020年3月4日演示甲厂')).waitFor();
  await page.getByText('是否按时以收到时间为准').waitFor();
  assert.equal(await button('确认上报').count(), 0);
  await waiting().getByRole('button', { name: '修改', exact: true }).tap();
  assert.equal(await box('口罩存量').inputValue(), '50');
  await box('口罩存量').fill('60');
  await button('确认上报').tap();
  await button('确认上报').waitFor({ state: 'detached' });
  await page.getByText('1 项待提交，尚未收到').waitFor();
  await no_wider(page, 'the return that waits');
  assert.equal((await daily('2020-03-04')).length, 0);
});

test('the page is closed; with the line back everything arrives, once', async () => {
  await page.close();
  await line.back();
  page = await open(context);
  await page.goto('/');
  await until(async () => (await health()).length === 5, { ms: wait, what: 'the round' });
  await until(async () => (await daily('2020-03-04')).length === 1, { ms: wait, what: 'the return' });
  await until(async () => (await gate())[0]?.out_at, { ms: wait, what: 'the gate' });
  await until(async () => (await shelf('outbox')) === '[]', { ms: wait, what: 'the phone to be empty' });
  const told = await health();
  assert.deepEqual(told.map((one) => [one.way, one.symptoms].join()).sort(), ['all,none', 'all,none', 'all,none', 'all,none', 'each,cough']);
  for (const one of told) assert.deepEqual(await changes('health_records', one.id), ['made']);
  const [came, ...others] = await gate();
  assert.deepEqual([others.length, came.who, came.temperature, came.passed], [0, '演示访客', 365, 'passed']);
  assert.deepEqual((await changes('gate_entries', came.id)).sort(), ['changed', 'made']);
  const [{ id, state }] = await daily('2020-03-04');
  assert.equal(state, 'submitted');
  assert.equal((await changes('returns', id)).length, 1);
  const { rows: [facts] } = await at.firm_user.get('/api/v1/site_days', { query: { site: at.firm.id, day: '2020-03-04' } });
  assert.deepEqual([facts.masks, facts.measured, facts.air], [60, true, false]);
});

test('an answer that is lost: what was told is kept, sent again, and there once', async () => {
  await page.goto('/gate');
  await page.getByText('演示访客').or(page.getByText(/演\*+/)).first().waitFor();
  line.mute(true);
  await visitor('演示来客');
  await waiting().getByText(/外来人员 演示来客/).waitFor();
  line.mute(false);
  await waiting().waitFor({ state: 'detached' });
  assert.equal((await gate()).filter((one) => one.who === '演示来客').length, 1);
});

test('what is refused is shown with its fields, put right and sent again', async () => {
  await page.goto('/returns');
  await button('更正上报').waitFor();
  await page.goto('/gate');
  await button('外来人员').waitFor();
  await line.cut();
  await visitor('演示劝返', async () => { await page.getByRole('radio', { name: '劝返', exact: true }).tap(); });
  await waiting().waitFor();
  await anew('/returns');
  await page.getByRole('textbox', { name: '职工人数', exact: true }).fill('5');
  await page.getByRole('textbox', { name: '到岗人数', exact: true }).fill('1');
  await button('更正上报').tap();
  await waiting().waitFor();
  await page.close();
  await line.back();
  page = await open(context);
  await page.goto('/');
  await page.getByText(/提交未成，请更正：外来人员 演示劝返/).waitFor();
  await page.getByRole('link', { name: '打开', exact: true }).first().tap();
  await waiting().getByText(said('劝返原因：必填')).waitFor();
  await waiting().getByRole('button', { name: '更正', exact: true }).tap();
  await page.locator('.field.wrong').filter({ hasText: '劝返原因' }).getByRole('textbox').fill('无登记');
  await button('保存').tap();
  await until(async () => (await gate()).some((one) => one.who === '演示劝返' && one.reason === '无登记'), { ms: wait, what: 'the entry put right' });
  assert.equal((await gate()).filter((one) => one.who === '演示劝返').length, 1);
  await waiting().waitFor({ state: 'detached' });
  await page.getByText(/提交未成，请更正：日报/).waitFor();
  await page.getByRole('link', { name: '打开', exact: true }).first().tap();
  await waiting().getByText(/未返岗人数：与在册人数不符/).waitFor();
  await waiting().getByRole('button', { name: '更正', exact: true }).tap();
  assert.equal(await page.getByRole('textbox', { name: '到岗人数', exact: true }).inputValue(), '1');
  await page.getByLabel('到岗人数变动原因').fill('轮休');
});

test('it is out of the sight of whoever signs in next, waits for its user, and what was taken along is gone', async () => {
  assert.match(await shelf('outbox'), /2020-03-04/);
  assert.doesNotMatch(await shelf('aside'), /演示甲"|演示访客|演示来客/, 'names in clear are not kept');
  assert.match(await shelf('aside'), /A004/);
  await page.getByRole('button', { name: /用户菜单/ }).tap();
  await page.getByText(said('1条未提交的内容留在本机')).waitFor();
  await button('退出登录').tap();
  await page.waitForURL(/sign-in/);
  assert.equal(await shelf('aside'), '[]');
  assert.ok((await page.request.post('/api/v1/demo', { data: { name: 'liaison1' } })).ok());
  await page.goto(`/returns?site=${at.firm.id}`);
  await page.getByRole('heading', { name: /日报/ }).first().waitFor();
  assert.equal(await waiting().count(), 0);
  await context.clearCookies();
  assert.ok((await page.request.post('/api/v1/demo', { data: { name: 'firm1' } })).ok());
  await page.goto('/returns');
  await waiting().getByText(/提交未成/).waitFor();
  await waiting().getByRole('button', { name: '删除', exact: true }).tap();
  await waiting().getByRole('button', { name: /再点一次删除/ }).tap();
  await waiting().waitFor({ state: 'detached' });
  assert.deepEqual(page.faults, []);
});

test('a browser that keeps nothing says so, and keeps nothing', async () => {
  page = await phone_of('firm1', (own) => own.addInitScript(() => { delete Navigator.prototype.serviceWorker; }));
  await page.goto('/health');
  await page.getByText(/不能保存离线|不能离线|此浏览器/).first().waitFor();
  await exception('A001', '乏力');
  await line.cut();
  await button('填报以上 1 人').tap();
  await page.getByText(/没有网络，尚未填报/).waitFor();
  assert.equal(await shelf('outbox'), '[]');
  assert.equal(await waiting().count(), 0);
  await line.back();
  await page.context().close();
});
