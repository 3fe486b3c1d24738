// A database that is made for Citus: declared by the program, its keys led by home, and every SQL text of a long play, of every list and of every page such that
// Citus takes it. Citus itself is not there; the same store runs on PostgreSQL alone.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { engine, new_store, password, run_muster, start_muster, temp_folder, uuid7 } from '../harness.mjs';
import { declared, refused } from '../citus.mjs';
import { sql } from '../postgres.mjs';
import { env, start_play } from '../random.mjs';

if (engine === 'postgres') {
  const texts = join(temp_folder(), 'texts');
  let store, muster, classes;
  before(async () => {
    store = new_store();
    run_muster(['init', '--store', store, '--admin', 'admin'], { env, input: `${password}\n` });
    classes = declared(run_muster(['migrate', '--citus', '--print', '--store', store], { env }).out);
    muster = await start_muster({ store, made: true, env: { ...env, MUSTER_SQL_TEXTS: texts } });
  });
  after(() => muster?.stop());

  test('the program declares what is copied and what is spread by home', () => {
    assert.equal(classes.areas, 'copied');
    assert.equal(classes.users, 'copied');
    for (const table of ['sites', 'checks', 'health_records', 'history']) assert.equal(classes[table], 'home');
    const made = sql(store, "SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace").map((row) => row.name);
    const alone = made.filter((name) => !classes[name]).sort();
    assert.deepEqual(alone, ['health_marks', 'invites', 'jobs', 'matchings', 'messages', 'numbers', 'policy_marks', 'secrets', 'sessions', 'settings', 'signups', 'tries', 'turns']);
  });

  test('no unique key of a spread table lacks the column by which it is spread', () => {
    const keys = sql(store, `SELECT c.relname AS name, array_agg(a.attname ORDER BY k.at) AS columns FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
      CROSS JOIN LATERAL unnest(i.indkey) WITH ORDINALITY AS k (number, at) JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.number
      WHERE i.indisunique AND c.relnamespace = 'public'::regnamespace GROUP BY c.relname, i.indexrelid`);
    assert.ok(keys.length > 30);
    for (const { name, columns } of keys) if (classes[name] && classes[name] !== 'copied') assert.equal(columns[0], classes[name], `${name} (${columns})`);
  });

  test('a play of all kinds of deeds, every list, and what pages ask for', { timeout: 200_000 }, async () => {
    const play = await start_play(muster, 3);
    await play.run(250, 4);
    const admin = await muster.client('admin');
    const { records } = await admin.get('/api/v1/declarations');
    for (const { plural, fields } of records) {
      await admin.get(`/api/v1/${plural}?limit=5&q=演示`, { expect: [200, 404, 405, 422] });
      for (const field of fields.filter((one) => one.order)) await admin.get(`/api/v1/${plural}?limit=5&sort=-${field.name}`, { expect: [200, 404, 405, 422] });
      for (const field of fields.filter((one) => one.picks?.length)) await admin.get(`/api/v1/${plural}?limit=5&${field.name}=${field.picks[0].code}`, { expect: [200, 404, 405, 422] });
    }
    const city = (await admin.get('/api/v1/areas?q=演示市')).rows[0].id;
    const spec = await admin.get('/api/openapi.json');
    for (const [path, methods] of Object.entries(spec.paths))
      if (methods.get && !path.includes('{')) await admin.get(path, { query: { area: city, day: '2020-03-05', measure: 'sites_due', limit: 5 }, expect: [200, 400, 401, 403, 404, 405, 422] });
    // an id that is taken is seen in the directory, wherever its row lies
    const [site] = (await admin.get('/api/v1/sites?limit=1')).rows;
    await admin.post('/api/v1/sites', { id: site.id, name: '另一家', kind: 'shop', area: city }, { expect: [409, 422] });
    const id = uuid7();
    const made = { id, name: '演示新厂', kind: 'enterprise', area: site.area };
    await admin.post('/api/v1/sites', made);
    await admin.post('/api/v1/sites', made, { expect: [200, 201] });
    assert.equal(Number(sql(store, `SELECT count(*) AS n FROM directory WHERE id = '${id}'`)[0].n), 1);
    assert.match(run_muster(['check', '--store', store], { env }).out, /^0 differences/m);
  });

  test('Citus takes every SQL text of it', () => {
    const all = [...new Set(readFileSync(texts, 'utf8').split('\n').filter(Boolean))];
    assert.ok(all.length > 200, `${all.length} texts`);
    assert.deepEqual(all.flatMap((text) => refused(text, classes)), []);
  });

  test('and every text of the other stories, as far as they were played', () => {
    const file = process.env.MUSTER_CLUSTER && join(process.env.MUSTER_CLUSTER, 'texts');
    const all = file && existsSync(file) ? [...new Set(readFileSync(file, 'utf8').split('\n').filter(Boolean))] : [];
    assert.deepEqual(all.flatMap((text) => refused(text, classes, { keys: false })), []);
  });

  test('what Citus refuses is seen', () => {
    const bad = [
      'SELECT s.name FROM sites s JOIN checks c ON c.site = s.id',
      'SELECT 1 FROM sites WHERE NOT EXISTS (SELECT 1 FROM links WHERE links.site = sites.id)',
      'SELECT a.id FROM areas a WHERE NOT EXISTS (SELECT 1 FROM returns r WHERE r.area = a.id)',
      'INSERT INTO sites (id, home) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING',
      'UPDATE sites SET home = $1 WHERE id = $2',
    ];
    for (const text of bad) assert.equal(refused(text, classes).length, 1, text);
    const good = [
      'SELECT s.name FROM sites s JOIN checks c ON c.site = s.id AND c.home = s.home',
      'SELECT s.name FROM sites s JOIN areas a ON a.id = s.area WHERE s.id IN (SELECT site FROM links WHERE begins < $1)',
      'SELECT id FROM sites WHERE id IN (SELECT id FROM sites WHERE area = $1 UNION ALL SELECT id FROM sites WHERE days LIKE $2)',
      'SELECT 1 FROM sites_find JOIN sites ON at_home = home AND serial = sites_find.rowid',
    ];
    for (const text of good) assert.deepEqual(refused(text, classes), []);
  });
}
