// A store moves from a folder into a database, whole: what it shows there is what it showed, and it goes on from there.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { binary, cluster, engine, run_muster, start_muster, temp_folder } from '../harness.mjs';
import { png } from '../checks.mjs';
import { address, create_database, sql } from '../postgres.mjs';
import { env, start_play } from '../random.mjs';

if (engine === 'postgres') {
  const from = join(temp_folder(), 'store');
  const musters = [];
  let to, photo, before;
  after(() => Promise.all(musters.map((muster) => muster.stop())));

  const seen = async (muster) => {
    const admin = await muster.client('admin');
    const shown = {};
    for (const path of ['/api/v1/sites?limit=200&sort=name', '/api/v1/sites?q=演示厂', '/api/v1/users?limit=100', '/api/v1/tallies?measure=sites,checks&children=1', '/api/v1/findings?limit=100', `/api/v1/people?q=演示联络`])
      shown[path] = await admin.get(path);
    shown.photo = (await admin.get(`/api/v1/files/${photo}`)).toString('hex');
    shown.people = (await admin.get('/api/v1/people?reveal=because')).rows;
    return shown;
  };

  test('a store in a folder, with private values and a photo', async () => {
    const muster = await start_muster({ store: from, env });
    musters.push(muster);
    await (await start_play(muster, 5)).run(120, 4);
    const admin = await muster.client('admin');
    const [area] = (await admin.get('/api/v1/areas?limit=1&q=演示市')).rows;
    await admin.post('/api/v1/people', { name: '演示联络员', phone: '13900000001', area: area.id });
    photo = (await admin.post('/api/v1/files', png(7), { type: 'image/png', query: { area: area.id } })).id;
    before = await seen(muster);
    assert.ok(before[`/api/v1/people?q=演示联络`].rows.length === 1 && before['/api/v1/sites?q=演示厂'].rows.length > 10);
    musters.pop();
    // the folder stays: only the server ends
    await muster.kill();
  });

  test('moves into an empty database, and both sides are held against each other', () => {
    create_database(cluster(), 'moved');
    to = address(cluster(), 'moved');
    const moved = run_muster(['migrate', '--from', from, '--to', to], { env }).out;
    assert.match(moved, /^sites +\d+ rows, sum [0-9a-f]{16} on both sides$/m);
    assert.match(moved, /^\d+ files; \d+ entries of the history, each fits its chain$/m);
    for (const store of [from, to]) assert.match(run_muster(['check', '--store', store], { env }).out, /^0 differences/m);
    for (const table of ['sites', 'history', 'tallies', 'sessions'])
      assert.deepEqual(Number(sql(to, `SELECT count(*) AS n FROM ${table}`)[0].n), sql(from, `SELECT count(*) AS n FROM ${table}`)[0].n);
  });

  test('and shows there what it showed: lists, searches, counts, private values, photos; new rows join', async () => {
    const muster = await start_muster({ store: to, made: true, env });
    musters.push(muster);
    assert.deepEqual(await seen(muster), before);
    const admin = await muster.client('admin');
    const [site] = before['/api/v1/sites?limit=200&sort=name'].rows;
    const made = await admin.post('/api/v1/sites', { name: '演示新厂', kind: 'enterprise', area: site.area });
    assert.deepEqual((await admin.get('/api/v1/sites?q=演示新厂')).rows.map((row) => row.id), [made.id]);
    assert.match(run_muster(['check', '--store', to], { env }).out, /^0 differences/m);
  });

  test('a database that holds a store, and one that is not there, are refused', () => {
    assert.match(run_muster(['migrate', '--from', from, '--to', to], { env, expect: 5 }).err, /already|已有/);
    const other = spawnSync(binary, ['migrate', '--from', from, '--to', address(cluster(), 'nowhere')], { encoding: 'utf8', env: { ...process.env, ...env } });
    assert.equal(other.status, 1);
    assert.match(other.stderr, /cannot be reached|无法连接/);
  });
}
