// The same play on both engines: what it leaves in the two stores is the same, row by row.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, test } from 'node:test';
import { engine, new_store, run_muster, sqlite_file, start_muster, temp_folder } from '../harness.mjs';
import { env, start_play } from '../random.mjs';

const actions = Number(process.env.BOTH_ACTIONS ?? 800);
const musters = [];
after(() => Promise.all(musters.map((muster) => muster.stop())));

/** What must differ is taken out: an id stands as the place where it came first, a moment and a sealed value as what they are. */
function comparable(store) {
  const db = new DatabaseSync(sqlite_file(store));
  const seen = new Map();
  const named = (hex) => seen.get(hex) ?? (seen.set(hex, `#${seen.size}`), seen.get(hex));
  const plain = (text) => text.toLowerCase().replaceAll('-', '');
  const text = (value) =>
    value
      .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, (id) => named(plain(id)))
      .replace(/"\d{4}-\d\d-\d\dT[0-9:.]+Z"/g, '"moment"')
      .replace(/\{"sealed":"[^"]*"\}/g, '"sealed"')
      .replace(/"code":"[0-9A-Z]{4}"/g, '"code":"chance"');
  const value = (name, one) => {
    if (one instanceof Uint8Array) return one.length === 16 ? named(Buffer.from(one).toString('hex')) : 'bytes';
    if (typeof one === 'number' && one > 1e11) return 'moment';
    return typeof one === 'string' ? text(one) : one;
  };
  const tables = db.prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name").all().map((row) => row.name);
  const other = new Set(['turns', 'directory', 'file_bodies', 'sessions', 'secrets', 'tries', 'invites', 'jobs', 'signups', 'messages']);
  const lines = (table, order, skip) =>
    db.prepare(`SELECT * FROM ${table} ORDER BY ${order}`).all().map((row) => JSON.stringify(Object.entries(row).filter(([name]) => !skip.includes(name)).sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, one]) => [name, value(name, one)])));
  // the history first: ids get their names in the order of deeds
  const found = { history: lines('history', 'slot, seq', ['hash', 'body', 'deed', 'rowid']) };
  for (const table of tables) {
    const columns = db.prepare(`SELECT name FROM pragma_table_info('${table}')`).all().map((row) => row.name);
    if (other.has(table) || table.includes('_find') || table === 'history') continue;
    if (columns.includes('serial')) found[table] = lines(table, 'serial', table === 'needs' ? ['code'] : []);
    else if (table === 'tallies') found[table] = lines(table, 'area, measure, span, cell, day', ['slot']);
    else if (table === 'settings') found[table] = db.prepare("SELECT name, value FROM settings WHERE name <> 'schema' ORDER BY name").all().map((row) => `${row.name} ${text(row.value)}`);
    else found[table] = lines(table, columns[0], []);
  }
  db.close();
  return found;
}

if (engine === 'postgres') {
  before(async () => {
    // the timed work runs where the play says, not by each server's own clock
    for (const store of [join(temp_folder(), 'store'), new_store()]) musters.push(await start_muster({ store, env, args: ['--jobs', 'off'] }));
  });

  test(`${actions} actions with one seed are answered alike`, { timeout: 280_000 }, async () => {
    const plays = await Promise.all(musters.map((muster) => start_play(muster, process.env.SEED ?? 11)));
    for (let half = 0; half < 2; half++) {
      await Promise.all(plays.map((play) => play.run(actions / 2, 1)));
      for (const muster of musters) run_muster(['job', '--store', muster.store], { env });
    }
    assert.deepEqual([...plays[1].answers], [...plays[0].answers]);
  });

  test('and leave the same rows, counts and history', () => {
    const [one, other] = musters.map((muster) => comparable(muster.store));
    assert.deepEqual(Object.keys(other), Object.keys(one));
    assert.ok(one.history.length > actions / 2 && one.tallies.length > 1000 && one.sites.length > 60, `${one.history.length} entries, ${one.tallies.length} counts`);
    for (const table of Object.keys(one)) {
      const at = one[table].findIndex((line, i) => line !== other[table][i]);
      assert.equal(other[table][at], one[table][at], `row ${at} of ${table}`);
      assert.equal(other[table].length, one[table].length, table);
    }
    for (const muster of musters) assert.match(run_muster(['check', '--store', muster.store], { env }).out, /^0 differences/m);
  });
}
