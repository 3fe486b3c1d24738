// A PostgreSQL of the tests' own: a cluster in a temporary folder, reached by a socket in it and by nothing else, run by a user who is not root.
// As a program: `node test/postgres.mjs start FOLDER` and `stop FOLDER`. As a module: what stories ask of a store that is a database.
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

const port = 5432;
const home = '/usr/lib/postgresql';

function tool(name) {
  const versions = existsSync(home) ? readdirSync(home).sort((a, b) => b - a) : [];
  const found = versions.map((version) => join(home, version, 'bin', name)).find(existsSync);
  return found ?? name;
}

/** The user and group who run the server: not root. */
function runner() {
  if (process.getuid() !== 0) return {};
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n').map((line) => line.split(':'));
  const [, , uid, gid] = lines.find(([name]) => name === 'postgres') ?? lines.find(([name]) => name === 'nobody');
  return { uid: Number(uid), gid: Number(gid) };
}

function run(name, args, options = {}) {
  const done = spawnSync(tool(name), args, { encoding: 'utf8', maxBuffer: 1 << 30, ...options });
  if (done.error) throw done.error;
  if (done.status !== 0) throw new Error(`${name} ${args.join(' ').slice(0, 400)} ended with ${done.status ?? done.signal}\n${done.stdout}${done.stderr}`);
  return done.stdout;
}

/** A bare root folder may be closed to everybody but root (a chroot made by mktemp): then no other user could run anything in it. */
function open_root() {
  const { mode } = statSync('/');
  if ((mode & 0o555) !== 0o555) chmodSync('/', (mode & 0o7777) | 0o555);
}

/**
 * Makes a cluster in an empty folder and starts it. Commits are synced, as they are in earnest, unless `quick` says that nothing is going to be cut off: stories wait for each commit,
 * and what a cut leaves is looked at in test/fault, with clusters of its own.
 */
export function start_cluster(folder, quick = false) {
  const who = runner();
  const data = join(folder, 'data');
  if (who.uid !== undefined) open_root();
  mkdirSync(data, { recursive: true });
  if (who.uid !== undefined) for (const one of [folder, data]) chownSync(one, who.uid, who.gid);
  chmodSync(folder, 0o755);
  chmodSync(data, 0o700);
  run('initdb', ['-D', data, '-U', 'muster', '--auth=trust', '--locale=C.UTF-8', '-E', 'UTF8', '--no-instructions'], { ...who, cwd: folder });
  const settings = { listen_addresses: "''", unix_socket_directories: `'${folder}'`, port, max_connections: 200, max_wal_size: '2GB', shared_buffers: '128MB', max_locks_per_transaction: 256, ...(quick && { fsync: 'off', full_page_writes: 'off' }) };
  writeFileSync(join(data, 'postgresql.auto.conf'), Object.entries(settings).map(([name, value]) => `${name} = ${value}\n`).join(''));
  start_server(folder);
}

export function start_server(folder) {
  run('pg_ctl', ['-D', join(folder, 'data'), '-l', join(folder, 'data', 'server.log'), '-w', '-t', '60', 'start'], { ...runner(), cwd: folder, stdio: 'ignore' });
}

export function stop_server(folder, how = 'fast') {
  run('pg_ctl', ['-D', join(folder, 'data'), '-m', how, '-w', '-t', '60', 'stop'], { ...runner(), cwd: folder });
}

/** Ends the server and removes the folder. */
export function stop_cluster(folder) {
  try {
    stop_server(folder, 'immediate');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export const address = (folder, name) => `postgresql://muster@/${name}?host=${encodeURIComponent(folder)}&port=${port}`;
export const is_address = (store) => /^postgres(ql)?:\/\//.test(store);

function psql(store, args, options) {
  return run('psql', ['-X', '-q', '-A', '-t', '-v', 'ON_ERROR_STOP=1', '-d', store, ...args], options);
}

/** Runs SQL on a store of either engine; the rows of the last statement as objects (whole numbers; ids in text or bytes as the engine has them). */
export function sql(store, text) {
  const selects = /^\s*(SELECT|WITH)\b/i.test(text);
  if (is_address(store)) return selects ? JSON.parse(psql(store, ['-c', `SELECT coalesce(json_agg(t), '[]') FROM (${text}) t`])) : void psql(store, ['-c', text]);
  const db = new DatabaseSync(join(store, 'muster.db'));
  try {
    return selects ? db.prepare(text).all() : void db.exec(text);
  } finally {
    db.close();
  }
}

/** How the engine finds the rows of a query, as text; a table too small for an index is asked as if it were large. */
export function plan(store, text) {
  if (is_address(store)) return psql(store, ['-c', 'SET enable_seqscan = off; SET enable_bitmapscan = off', '-c', `EXPLAIN ${text}`]);
  const db = new DatabaseSync(join(store, 'muster.db'));
  try {
    return db.prepare(`EXPLAIN QUERY PLAN ${text}`).all().map((row) => row.detail).join('\n');
  } finally {
    db.close();
  }
}

/** Makes the database of a store; `tables`: a copy of the one in which the program has made its tables. */
export function create_database(folder, name, tables = false) {
  psql(address(folder, 'postgres'), ['-c', `CREATE DATABASE ${name}${tables ? ' TEMPLATE muster_tables STRATEGY wal_log' : ''}`]);
}

/** A database whose tables are there, for create_database. */
export function make_template(folder, binary) {
  const key = join(folder, 'template.key');
  create_database(folder, 'muster_tables');
  writeFileSync(key, `${randomBytes(32).toString('hex')}\n`);
  const done = spawnSync(binary, ['check', '--store', address(folder, 'muster_tables'), '--key', key], { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`the tables were not made: ${done.stdout}${done.stderr}`);
}

export function drop_database(folder, name) {
  psql(address(folder, 'postgres'), ['-c', `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`]);
}

const tables = (store) => psql(store, ['-c', "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1"]).split('\n').filter(Boolean);

/** Every byte of every row, in one file: what must be in no store is looked for in it. */
export function dump(store, file) {
  const parts = tables(store).map((table) => run('psql', ['-X', '-q', '-d', store, '-c', `COPY ${table} TO STDOUT (FORMAT binary)`], { encoding: 'buffer' }));
  writeFileSync(file, Buffer.concat(parts));
}

const from_hex = (text) => Buffer.from(text.replace(/^\\x|-/g, ''), 'hex');

/** The rows of a database as an SQLite file of the same tables and columns, ids and bytes as blobs. Tallies of all slots are added up. */
export function copy_to_sqlite(store, file) {
  const db = new DatabaseSync(file);
  db.exec('PRAGMA synchronous = OFF; BEGIN');
  for (const table of tables(store).filter((name) => !name.endsWith('_find'))) {
    const columns = JSON.parse(psql(store, ['-c', `SELECT json_agg(json_build_array(attname, format_type(atttypid, -1)) ORDER BY attnum) FROM pg_attribute WHERE attrelid = '${table}'::regclass AND attnum > 0 AND NOT attisdropped`]));
    const kinds = { bigint: 'INTEGER', uuid: 'BLOB', bytea: 'BLOB' };
    db.exec(`CREATE TABLE ${table} (${columns.map(([name, type]) => `"${name}" ${kinds[type] ?? 'TEXT'}`).join(', ')})`);
    const insert = db.prepare(`INSERT INTO ${table} VALUES (${columns.map(() => '?').join(', ')})`);
    const query = table === 'tallies' ? 'SELECT area, measure, span, cell, day, 0 AS slot, sum(n)::bigint AS n FROM tallies GROUP BY 1, 2, 3, 4, 5' : `SELECT * FROM ${table}`;
    for (const line of psql(store, ['-c', `SELECT row_to_json(t) FROM (${query}) t`]).split('\n').filter(Boolean)) {
      const row = JSON.parse(line);
      insert.run(...columns.map(([name, type]) => (row[name] !== null && kinds[type] === 'BLOB' ? from_hex(row[name]) : row[name])));
    }
  }
  db.exec('COMMIT');
  db.close();
}

if (import.meta.main ?? process.argv[1]?.endsWith('test/postgres.mjs')) {
  const [, , word, folder] = process.argv;
  if (word === 'start') {
    start_cluster(folder, true);
    make_template(folder, process.env.MUSTER_BINARY);
  } else if (word === 'stop') stop_cluster(folder);
  else throw new Error('node test/postgres.mjs start|stop FOLDER');
}
