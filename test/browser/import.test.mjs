// A firm's own staff list through the page, on a phone and at a desk: what the page knows is set, what nobody knows is asked about, nothing is dropped unseen.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { start_district } from '../checks.mjs';
import { browser, close_browsers } from '../harness.mjs';
import { desk, leave, no_wider, open_page, phone } from './pages.mjs';

let at, chrome;
before(async () => {
  at = await start_district('2020-03-05T02:00:00Z');
  chrome = await browser();
});
after(async () => {
  await close_browsers();
  await at?.muster.stop();
});

const csv = (rows) => ({ name: '一员一档.csv', mimeType: 'text/csv', buffer: Buffer.from(`\ufeff${rows.map((row) => row.join(',')).join('\r\n')}\r\n`) });
const put = async (dialog, rows) => dialog.locator('input[type=file]').setInputFiles(csv(rows));
const staff = async () => (await at.firm_user.get('/api/v1/staff_files', { query: { reveal: 'look' } })).rows;

test('on a phone: the firm stands there already, two strange columns are shown with their values, one is named and one left out', async () => {
  const page = await open_page(chrome, at.muster, at.firm_user, phone);
  await page.goto('/staff');
  await page.getByRole('button', { name: '导入', exact: true }).tap();
  const dialog = page.getByRole('dialog');
  await put(dialog, [['姓名', '身份证', '性别', '备用号码', '幸运数字'], ['演示甲', '430102199001010032', '男', '13800000201', '7'], ['演示乙', '', '女', '13800000202', '9']]);
  await dialog.getByText('2 列不会导入').waitFor();
  await dialog.getByText('企业（场所）：演示甲厂').waitFor();
  await dialog.getByText('13800000201、13800000202').waitFor();
  await dialog.getByText('可导入 2 行').waitFor();
  await no_wider(page, 'the columns of a file');
  await dialog.getByLabel('“备用号码”是').selectOption({ label: '联系电话' });
  assert.equal(await dialog.getByRole('button', { name: '开始导入' }).count(), 0, 'what was chosen is checked before it is written');
  await dialog.getByRole('button', { name: '重新检查' }).tap();
  await dialog.getByText('1 列不会导入').waitFor();
  await dialog.getByText('已识别 4 列').tap();
  assert.equal(await dialog.getByLabel('“备用号码”是').inputValue(), 'phone');
  await dialog.getByRole('button', { name: '开始导入' }).tap();
  await dialog.getByText('已导入 2 行').waitFor();
  assert.deepEqual((await staff()).map((row) => [row.name, row.phone, row.sex]).sort(), [['演示乙', '13800000202', 'female'], ['演示甲', '13800000201', 'male']]);
  await leave(page);
});

test('at a desk: who answers for several firms says which; a column that must be there is picked', async () => {
  const page = await open_page(chrome, at.muster, at.officer, desk);
  await page.goto('/staff');
  await page.getByRole('button', { name: '导入', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await put(dialog, [['花名', '手机'], ['演示丙', '13800000203']]);
  await dialog.getByText('文件中没有这一列').waitFor();
  await dialog.getByText('姓名：请在下面指定对应的列').waitFor();
  assert.equal(await dialog.getByRole('button', { name: '重新检查' }).isDisabled(), true);
  await dialog.getByLabel('企业（场所）').fill('演示甲');
  await page.locator('.el-select-dropdown:visible .el-select-dropdown__item', { hasText: '演示甲厂' }).first().click();
  await dialog.getByLabel('“花名”是').selectOption({ label: '姓名' });
  await dialog.getByRole('button', { name: '重新检查' }).click();
  await dialog.getByText('可导入 1 行').waitFor();
  await dialog.getByRole('button', { name: '开始导入' }).click();
  await dialog.getByText('已导入 1 行').waitFor();
  assert.ok((await staff()).some((row) => row.name === '演示丙'));
  await leave(page);
});
