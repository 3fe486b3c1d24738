// A visit by phone, through the pages as people see them: 48 items filled in at the firm, the line cut on the way, what was found followed until it is closed.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { png, recount, start_district } from '../checks.mjs';
import { browser, close_browsers, until } from '../harness.mjs';
import { no_wider, open_page, phone } from './pages.mjs';

const day = '2020-03-05', due = '2020-03-06'; // a critical finding has one day
const wait = 30_000; // ms, for a busy machine
let at, muster, chrome, sections, firm;
const items = () => sections.flatMap((section) => section.items);
// the pages set a space between Chinese and figures
const zh = (text) => new RegExp(text.split('|').at(-1).replace(/[.*+?^${}()[\]\\]/g, '\\$&').replace(/(?<=\p{Script=Han})(?=[\w])|(?<=[\w])(?=\p{Script=Han})| /gu, '\\s*'), 'u');
const item = (code) => items().find((one) => one.code === code);

before(async () => {
  at = await start_district(`${day}T02:00:00Z`);
  muster = at.muster;
  firm = at.firm;
  const list = (await at.liaison.get('/api/v1/templates?code=items_48')).rows[0];
  sections = (await at.liaison.get(`/api/v1/template_versions/${list.current}`)).body.sections;
  assert.equal(items().length, 48);
  chrome = await browser();
});
after(async () => {
  await close_browsers();
  await muster?.stop();
});

const phone_of = (client) => open_page(chrome, muster, client, { ...phone, deviceScaleFactor: 2, ms: wait });
const shows = (page, text) => page.getByText(zh(text)).filter({ visible: true }).first().waitFor();
const picture = (name, shade) => ({ name, mimeType: 'image/png', buffer: png(shade) });
const button = (page, name) => page.getByRole('button', { name, exact: true });

async function sign(page, name) {
  const pad = page.getByRole('img', { name, exact: true });
  await pad.evaluate((node) => node.scrollIntoView({ block: 'center' }));
  const box = await pad.boundingBox();
  await page.mouse.move(box.x + 40, box.y + 40);
  await page.mouse.down();
  await page.mouse.move(box.x + 160, box.y + 80, { steps: 4 });
  await page.mouse.up();
  await button(page, '重签').first().waitFor();
}

let visitor, visit;

test('the liaison chooses checklist and firm', async () => {
  visitor = await phone_of(at.liaison);
  await visitor.goto('/checks/fill');
  await visitor.getByRole('heading', { name: '现场核查' }).waitFor();
  await visitor.getByText(zh('48项检查清单')).tap();
  await visitor.getByLabel('选择企业').fill('甲厂');
  await visitor.getByText(firm.name, { exact: true }).tap();
  await no_wider(visitor, 'the start of a check');
  await button(visitor, `开始核查：${firm.name}`).tap();
  await visitor.getByRole('heading', { name: firm.name }).waitFor();
  await shows(visitor, '已答 0 / 48');
});

async function fill(one) {
  const box = visitor.locator(`#item-${one.code}`);
  await box.getByText(zh(one.text)).waitFor();
  if (one.answer === 'number') {
    const value = one.min ?? one.max ?? 1;
    await box.getByLabel(zh(one.text)).fill(String(value));
  } else if (one.answer === 'yesno') {
    await box.getByRole('radio', { name: one.code === 'A3' || one.code === 'A4' ? '不符合' : '符合', exact: true }).tap();
  } else {
    await box.getByLabel(zh(one.text)).fill('无');
  }
  if (one.code === 'A3') {
    await box.getByText('未当场整改，将列为问题隐患').waitFor();
    await box.getByLabel('照片', { exact: true }).setInputFiles(picture('plan.png', 10));
    await box.getByRole('img', { name: '照片' }).waitFor();
    await box.getByLabel('说明').fill('预案未写明转运流程');
  }
  if (one.code === 'A4') {
    await box.getByLabel('当场整改').tap();
    await box.locator('input[type=file]').nth(0).setInputFiles(picture('before.png', 20));
    await box.getByRole('img', { name: '照片' }).nth(0).waitFor();
    await box.locator('input[type=file]').nth(1).setInputFiles(picture('after.png', 30));
    await box.getByRole('img', { name: '照片' }).nth(1).waitFor();
  }
}

test('all 48 items are filled in, the line is cut on the way, and the check stays on the phone', { timeout: 180_000 }, async () => {
  let done = 0;
  for (const [n, section] of sections.entries()) {
    await visitor.getByRole('heading', { name: zh(section.title) }).waitFor();
    if (n === 2) {
      // a phone that closes the page loses nothing
      await shows(visitor, '已存在本机');
      await visitor.reload();
      await shows(visitor, `已答 ${done} / 48`);
      await visitor.locator('#item-A3').getByRole('img', { name: '照片' }).waitFor();
      assert.equal(await visitor.locator('#item-A3').getByLabel('说明').inputValue(), '预案未写明转运流程');
      await visitor.getByRole('button', { name: zh(section.title) }).tap();
    }
    if (n === 4) {
      await visitor.context().setOffline(true);
      await shows(visitor, '没有网络。已填内容保存在本机，恢复后提交。');
    }
    for (const one of section.items) await fill(one);
    done += section.items.length;
    await shows(visitor, `已答 ${done} / 48`);
    await no_wider(visitor, `section ${section.code}`);
    await button(visitor, n === sections.length - 1 ? '核对并签名' : '下一步').last().tap();
  }
  await shows(visitor, '符合 46，当场整改 1，问题隐患 1，不适用 0');
  await visitor.getByLabel('总体说明').fill('联合核查');
  await button(visitor, '提交核查').tap();
  await shows(visitor, '请填写每位签字人的姓名并签名');
  await sign(visitor, '签名 liaison1');
  await no_wider(visitor, 'the review');
  await button(visitor, '提交核查').tap();
  await shows(visitor, '1 条待提交');
  await shows(visitor, '已存在本机，联网后自动提交');
  assert.equal((await at.liaison.get('/api/v1/checks')).rows.length, 0);
});

test('with the line back it is sent by itself, once', async () => {
  await visitor.context().setOffline(false);
  await visitor.getByText(zh('1 条待提交')).waitFor({ state: 'detached' });
  const { rows } = await at.liaison.get('/api/v1/checks');
  assert.deepEqual(rows.map((row) => [row.items_failed, row.items_fixed, row.note]), [[2, 1, '联合核查']]);
  visit = rows[0];
});

test('the check shows on the page of the firm, with its photos', async () => {
  await visitor.goto(`/r/sites/${firm.id}`);
  const link = visitor.getByRole('listitem').filter({ hasText: '核查' }).filter({ hasText: '1' }).getByRole('link', { name: '核查', exact: true });
  await link.tap();
  await visitor.getByRole('row').filter({ hasText: firm.name }).first().tap();
  await visitor.waitForURL(`**/r/checks/${visit.id}*`);
  await shows(visitor, '符合 46，当场整改 1，问题隐患 1，不适用 0');
  await button(visitor, '只看不符合').tap();
  await shows(visitor, '预案未写明转运流程');
  await shows(visitor, '已当场整改');
  const photos = visitor.getByRole('img', { name: '照片' });
  await photos.nth(2).scrollIntoViewIfNeeded();
  const loaded = () => photos.evaluateAll((all) => all.map((one) => one.complete && one.naturalWidth));
  await until(async () => (await loaded()).every(Boolean), { what: 'the photos of the check' });
  assert.equal((await loaded()).length, 3);
});

/** From the list of findings to the page of the one there is. */
async function open_finding(page, state) {
  await page.goto('/r/findings');
  const row = page.getByRole('row').filter({ hasText: state });
  await row.filter({ hasText: due }).waitFor();
  assert.equal(await row.count(), 1);
  await no_wider(page, 'the list of findings');
  await row.tap();
  await shows(page, item('A3').text);
}

const fact = (page, name) => page.locator(`dt:text-is("${name}") + dd`);

const dialog = (page) => page.getByRole('dialog').filter({ visible: true });

/** `photos`: how many the form then holds; those of an earlier report stay in it. */
async function put_right(page, shade, note, photos) {
  const form = dialog(page);
  await form.getByLabel('整改照片').setInputFiles(picture('done.png', shade));
  await form.getByRole('img', { name: '照片' }).nth(photos - 1).waitFor();
  await form.getByLabel('整改情况').fill(note);
  await form.getByRole('button', { name: '上报整改' }).tap();
  await fact(page, '状态').filter({ hasText: '已整改待复核' }).waitFor();
}

let owner, officer;
test('the firm sees the finding with its due day, and reports it put right with a photo', async () => {
  owner = await phone_of(at.firm_user);
  await open_finding(owner, '待整改');
  assert.equal(await fact(owner, '整改期限').innerText(), due);
  assert.equal(await fact(owner, '严重程度').innerText(), '严重');
  await button(owner, '上报整改').tap();
  await dialog(owner).getByRole('button', { name: '上报整改' }).tap();
  await dialog(owner).getByRole('alert').first().waitFor(); // not without a photo
  await put_right(owner, 40, '已补写', 1);
  assert.equal(await button(owner, '复核通过').count(), 0);
});

test('the officer sends it back with a reason, which the firm reads and answers', async () => {
  officer = await phone_of(at.officer);
  await open_finding(officer, '已整改待复核');
  await button(officer, '复核退回').tap();
  await dialog(officer).getByLabel('退回理由').fill('照片看不清');
  await dialog(officer).getByRole('button', { name: '复核退回' }).tap();
  await fact(officer, '状态').filter({ hasText: '退回重改' }).waitFor();
  await open_finding(owner, '退回重改');
  await shows(owner, '照片看不清');
  await button(owner, '上报整改').tap();
  await put_right(owner, 50, '已补写转运流程', 2);
});

test('the officer rechecks and closes it, and the figure of closed findings opens into it', async () => {
  await open_finding(officer, '已整改待复核');
  await shows(officer, '已补写转运流程');
  await button(officer, '复核通过').tap();
  await dialog(officer).getByLabel('复核情况').fill('现场复核合格');
  await dialog(officer).getByRole('button', { name: '复核通过' }).tap();
  await fact(officer, '状态').filter({ hasText: '已销号' }).waitFor();
  await officer.goto('/overview');
  const card = officer.getByRole('listitem').filter({ has: officer.getByRole('link', { name: '整改率' }) });
  assert.match(await card.innerText(), /100(\.0)?\s*%/);
  await card.getByRole('link', { name: '1', exact: true }).first().tap();
  await officer.getByRole('heading', { name: '销号问题' }).waitFor();
  await officer.getByRole('row').filter({ hasText: '已销号' }).tap();
  await shows(officer, item('A3').text);
  await shows(officer, '现场复核合格');
  for (const page of [visitor, owner, officer]) assert.deepEqual(page.faults, []);
  assert.equal(recount(muster), '0 differences');
});
