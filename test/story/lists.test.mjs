// Lists: whatever way the rows are found, it is the rows that the words of the question mean, each once, in the order asked for.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { run_muster, start_muster, uuid7 } from '../harness.mjs';

let muster, admin;
const areas = {}, users = {}, all = [];
const inside = { 43: ['4313'], 4313: ['431302', '431321'], 431302: ['431302001', '431302002'], 431321: ['431321001'] };
const below = (code) => [code, ...(inside[code] ?? []).flatMap(below)];

before(async () => {
  muster = await start_muster({ env: { MUSTER_NOW: '2020-03-05T02:00:00Z' } });
  admin = await muster.client('admin');
  for (const [code, name, level, parent] of [['43', '湖南省', 1], ['4313', '娄底市', 2, '43'], ['431302', '娄星区', 3, '4313'], ['431302001', '乐坪街道', 4, '431302'],
    ['431302002', '花山街道', 4, '431302'], ['431321', '双峰县', 3, '4313'], ['431321001', '永丰街道', 4, '431321']])
    areas[code] = (await admin.post('/api/v1/areas', { id: uuid7(), name, code, level, ...(parent && { parent: areas[parent] }) })).id;
  const spread = ['431302001', '431302002', '431302002', '431321001', '431321001', '431321001'];
  for (let i = 0; i < 4000; i++)
    all.push({
      id: uuid7(), name: `演示${'安宝昌诚达'[i % 5]}${['药房', '电子厂', '超市'][i % 3]}${i}`, kind: i % 7 ? 'enterprise' : 'shop', area: areas[spread[i % 6]], code: spread[i % 6],
      tier: ['key', 'small', 'other', null][i % 4], status: i % 100 ? 'stopped' : 'resumed', industry: i % 50 ? 'C39' : 'F52', ...(i % 10 ? { staff: (i * 37) % 500 } : {}),
    });
  for (let i = 0; i < all.length; i += 1000) {
    const { rows } = await admin.post('/api/v1/sites', { rows: all.slice(i, i + 1000).map(({ code, ...row }) => row) });
    assert.ok(rows.every((row) => row.status === 201));
  }
  for (const [name, code] of [['county', '431302'], ['town', '431302001'], ['city', '4313']]) {
    run_muster(['user', 'add', name, '--area', code, '--role', 'officer', '--store', muster.store], { input: 'another-horse-2020\n' });
    users[name] = { client: await muster.client(name, 'another-horse-2020'), code };
  }
  users.admin = { client: admin, code: '43' };
});
after(() => muster?.stop());

async function pages(client, query) {
  const rows = [];
  for (let after = null; ;) {
    const page = await client.get('/api/v1/sites', { query: { limit: 700, ...query, ...(after && { after }) } });
    rows.push(...page.rows);
    if (!page.next) return rows;
    after = page.next;
  }
}

const text = (one, other) => (one < other ? -1 : one > other ? 1 : 0);

async function same(user, query, fits, order) {
  const reach = below(users[user].code).filter((code) => !query.area || below(query.area).includes(code));
  const expected = all.filter((row) => reach.includes(row.code) && fits(row));
  const got = await pages(users[user].client, query);
  assert.equal(new Set(got.map((row) => row.id)).size, got.length, 'no row twice');
  if (order) {
    assert.equal(got.length, expected.length);
    const sorted = expected.sort(order).map((row) => row.id);
    assert.deepEqual(got.map((row) => row.id), sorted);
  } else {
    assert.deepEqual(got.map((row) => row.id).sort(), expected.map((row) => row.id).sort());
  }
}

const newest = (a, b) => text(b.id, a.id);
for (const user of ['admin', 'city', 'county', 'town'])
  test(`as ${user}: lists, filters and orders give what they mean`, async () => {
    await same(user, {}, () => true, newest);
    await same(user, { area: user === 'town' ? '431302001' : '431302' }, () => true, newest);
    await same(user, { tier: 'key' }, (row) => row.tier === 'key', newest);
    await same(user, { tier: 'key,small' }, (row) => row.tier === 'key' || row.tier === 'small', newest);
    await same(user, { tier: '' }, (row) => row.tier === null, newest);
    await same(user, { industry: 'F52' }, (row) => row.industry === 'F52', newest);
    await same(user, { status: 'resumed', kind: 'shop' }, (row) => row.status === 'resumed' && row.kind === 'shop', newest);
    await same(user, { staff: '100..200' }, (row) => row.staff >= 100 && row.staff <= 200, newest);
    await same(user, { tier: 'key,other', status: 'stopped' }, (row) => ['key', 'other'].includes(row.tier) && row.status === 'stopped', newest);
    await same(user, { tier: '', kind: 'shop', ...(user === 'town' ? {} : { area: '431302' }) }, (row) => row.tier === null && row.kind === 'shop', newest);
    await same(user, { kind: 'shop', status: 'resumed', sort: 'name' }, (row) => row.kind === 'shop' && row.status === 'resumed', (a, b) => text(a.name, b.name));
    await same(user, { kind: 'enterprise', status: 'stopped', sort: '-name' }, (row) => row.kind === 'enterprise' && row.status === 'stopped', (a, b) => text(b.name, a.name));
    await same(user, { sort: 'name' }, () => true, (a, b) => text(a.name, b.name) || text(a.id, b.id));
    await same(user, { sort: '-name', area: '431302001' }, () => true, (a, b) => text(b.name, a.name) || text(b.id, a.id));
    const staff = (way) => (a, b) => (a.staff === undefined) - (b.staff === undefined) || way * ((a.staff ?? 0) - (b.staff ?? 0)) || way * text(a.id, b.id);
    await same(user, { sort: 'staff' }, () => true, staff(1));
    await same(user, { sort: '-staff', tier: 'other' }, (row) => row.tier === 'other', staff(-1));
  });

for (const user of ['admin', 'county', 'town'])
  test(`as ${user}: search finds one, two and three characters, in a small area too`, async () => {
    for (const area of [{}, { area: '431302001' }]) {
      await same(user, { q: '药', ...area }, (row) => row.name.includes('药'));
      await same(user, { q: '药房', ...area }, (row) => row.name.includes('药房'));
      await same(user, { q: '安药房', ...area }, (row) => row.name.includes('安药房'));
      await same(user, { q: '药房', status: 'resumed', ...area }, (row) => row.name.includes('药房') && row.status === 'resumed');
      await same(user, { q: '没有此名', ...area }, () => false);
    }
  });

test('a code is found by its beginning, and a phone whole or in part', async () => {
  const one = await admin.post('/api/v1/sites', { id: uuid7(), name: '演示号码厂', kind: 'enterprise', area: areas['431302001'], uscc: '91350100M000100Y43', phone: '13800012345', contact: '演示张三' });
  const found = async (q, client = admin) => (await client.get('/api/v1/sites', { query: { q } })).rows.map((row) => row.id);
  for (const q of ['91350100M000100Y43', '9135', '91350100m', '13800012345', '00012345', '12345', '张三', '演示张三']) assert.deepEqual(await found(q), [one.id], q);
  assert.deepEqual(await found('91350100', users.city.client), [one.id]);
  await admin.del(`/api/v1/sites/${one.id}`, { reason: 'test' });
  assert.deepEqual(await found('91350100'), []);
  assert.deepEqual((await admin.get('/api/v1/sites', { query: { voided: 1 } })).rows.map((row) => row.id), [one.id]);
});

test('a long name is found among many that share its characters, and so is a contact', async () => {
  const make = (name, contact) => admin.post('/api/v1/sites', { id: uuid7(), name, kind: 'shop', area: areas['431302001'], contact });
  const one = await make('娄底演示龙安堂（大药房）', '演示甲乙丙');
  const two = await make('娄底演示龙安堂药大房', '演示甲乙丁');
  const found = async (q) => (await admin.get('/api/v1/sites', { query: { q } })).rows.map((row) => row.id).sort();
  assert.deepEqual(await found('娄底演示龙安堂大药房'), [one.id]);
  assert.deepEqual(await found('龙安堂药大房'), [two.id]);
  assert.deepEqual(await found('演示龙安堂'), [one.id, two.id].sort());
  assert.deepEqual(await found('演示甲乙丙'), [one.id]);
  assert.deepEqual(await found('示甲乙'), [one.id, two.id].sort());
  assert.deepEqual(await found('龙安堂 甲乙丁'), [two.id]);
  assert.deepEqual(await found('龙安堂大大药房'), []);
  await admin.patch(`/api/v1/sites/${two.id}`, { name: '娄底演示龙安堂饭店' }, { version: two.version });
  assert.deepEqual(await found('龙安堂药大房'), []);
  assert.deepEqual(await found('龙安堂饭店'), [two.id]);
  for (const { id } of [one, two]) await admin.del(`/api/v1/sites/${id}`, { reason: 'test' });
  assert.deepEqual(await found('演示龙安堂'), []);
});

test('a cursor, a filter and an order that are none are refused', async () => {
  for (const query of [{ after: 'x' }, { sort: 'address' }, { nothing: 'x' }, { phone: '1' }, { limit: 0 }, { tier: 'nothing' }, { staff: 'a..b' }])
    await admin.get('/api/v1/sites', { query, expect: 422 });
});

test('past days: filters hold against the row as it was', async () => {
  const id = uuid7();
  const row = await admin.post('/api/v1/sites', { id, name: '演示往日厂', kind: 'market', area: areas['431302001'], status: 'stopped', effective: '2020-02-01' });
  await admin.patch(`/api/v1/sites/${id}`, { status: 'resumed', effective: '2020-02-20' }, { version: row.version });
  const on = async (day, status) => (await admin.get('/api/v1/sites', { query: { day, status, kind: 'market' } })).rows.map((one) => one.id);
  assert.deepEqual(await on('2020-02-10', 'stopped'), [id]);
  assert.deepEqual(await on('2020-02-10', 'resumed'), []);
  assert.deepEqual(await on('2020-02-25', 'resumed'), [id]);
  assert.deepEqual(await on('2020-01-10', 'stopped'), []);
});

test('a long answer is packed for whoever takes that, and says the same', async () => {
  const ask = (headers) => admin.get('/api/v1/sites', { query: { limit: 300 }, headers, whole: true });
  const [plain, packed] = [await ask({}), await ask({ 'Accept-Encoding': 'gzip' })];
  assert.deepEqual([plain.headers.get('content-encoding'), packed.headers.get('content-encoding')], [null, 'gzip']);
  assert.equal(packed.body.rows.length, 300);
  assert.deepEqual(packed.body, plain.body);
});
