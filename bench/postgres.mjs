// bench/postgres.mjs: the same on PostgreSQL: health records sent to muster, beside COPY of the very rows and history that muster wrote, 1,000 a transaction, with their
// tallies upserted. Its own cluster in a temporary folder on the same disk. ONLY=postgres; SECONDS_EACH (6), TURNS (3).
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run_muster, start_muster } from '../test/harness.mjs';
import { address, create_database, sql, start_cluster, stop_cluster } from '../test/postgres.mjs';
import { base_store, brief, folder, load, median, processor_of, result, today, turns, wanted, whole } from './help.mjs';

if (!wanted('postgres')) process.exit(0);
const PER = 1000, ROWS = 20_000;
const seconds = Number(process.env.SECONDS_EACH ?? 6), rounds = Number(process.env.TURNS ?? 3);
const env = { MUSTER_NOW: '2020-03-05T10:00:00Z', LC_ALL: 'C.UTF-8' };
const base = await base_store();
const cluster = mkdtempSync(join(folder, 'cluster-'));
start_cluster(cluster);
process.on('exit', () => stop_cluster(cluster));
const store = address(cluster, 'bench'), key = join(cluster, 'bench.key');
create_database(cluster, 'bench');
cpSync(`${base.place}.key`, key);
run_muster(['migrate', '--from', base.place, '--to', store, '--key', `${base.place}.key`, '--to-key', key], { env });

const psql = (args, input) => {
  const done = spawnSync('psql', ['-X', '-q', '-A', '-t', '-v', 'ON_ERROR_STOP=1', '-d', store, ...args], { input, encoding: 'utf8', maxBuffer: 1 << 30 });
  if (done.status !== 0) throw new Error(done.stderr);
  return done.stdout;
};

async function sent(options) {
  const muster = await start_muster({ store, made: true, args: ['--key', key], env });
  try {
    const before = processor_of(muster.pid);
    const out = await load(muster, { token: base.token, pairs: base.pairs, day: today, seconds, ...options });
    if (out.bad_rows || Object.keys(out.statuses).some((status) => !status.startsWith('2'))) throw new Error(JSON.stringify(out));
    return { ...out, us_a_row: ((processor_of(muster.pid) - before) / out.rows) * 1e6 };
  } finally {
    await muster.stop();
  }
}

const columns = (table) => sql(store, `SELECT attname FROM pg_attribute WHERE attrelid = '${table}'::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum`).map((row) => row.attname).filter((name) => name !== 'serial');
const step = (digits) => Number.parseInt(digits, 36);
let times = 0;

/** What COPY will be given: rows that muster wrote, under ids of a later time and in another slot of the history, a file each for every transaction. */
function prepare() {
  const place = mkdtempSync(join(folder, 'copy-'));
  times++;
  const later = (name) => `overlay(${name}::text placing '${(0x10 + times).toString(16)}' from 1)::uuid AS ${name}`;
  const rows = columns('health_records').map((name) => (name === 'id' ? later('id') : name));
  const entries = columns('history').map((name) => (['row', 'deed'].includes(name) ? later(name) : name === 'slot' ? `${100 + times} AS slot` : name));
  for (let i = 0; i < ROWS / PER; i++) {
    psql(['-c', `\\copy (SELECT ${rows.join(', ')} FROM health_records WHERE id < '10000000-0000-0000-0000-000000000000' ORDER BY serial OFFSET ${i * PER} LIMIT ${PER}) TO '${place}/rows-${i}'`]);
    psql(['-c', `\\copy (SELECT ${entries.join(', ')} FROM history WHERE slot < 100 AND record = 'health' ORDER BY seq OFFSET ${i * PER} LIMIT ${PER}) TO '${place}/history-${i}'`]);
    const cells = new Map();
    for (const path of psql(['-c', `SELECT path FROM health_records WHERE id < '10000000-0000-0000-0000-000000000000' ORDER BY serial OFFSET ${i * PER} LIMIT ${PER}`]).split('\n').filter(Boolean))
      for (let at = 0; at < path.length; at += 5)
        for (const [span, day] of [[0, 18326], [1, 18322]]) {
          const cell = `${step(path.slice(at, at + 5))}\thealth_checked\t${span}\t${at % 50 ? 'negative' : 'pending'}\t${day}\t99`;
          cells.set(cell, (cells.get(cell) ?? 0) + 1);
        }
    writeFileSync(join(place, `tallies-${i}`), [...cells].map(([cell, n]) => `${cell}\t${n}\n`).sort().join(''));
  }
  return place;
}

function bare() {
  const place = prepare(), script = ["CREATE TEMP TABLE cells (area bigint, measure text, span bigint, cell text, day bigint, slot bigint, n bigint) ON COMMIT DELETE ROWS;"];
  for (let i = 0; i < ROWS / PER; i++)
    script.push('BEGIN;', `\\copy health_records (${columns('health_records').join(', ')}) FROM '${place}/rows-${i}'`, `\\copy history (${columns('history').join(', ')}) FROM '${place}/history-${i}'`, `\\copy cells FROM '${place}/tallies-${i}'`,
      'INSERT INTO tallies (area, measure, span, cell, day, slot, n) SELECT * FROM cells ORDER BY 1, 2, 3, 4, 5 ON CONFLICT (area, measure, span, cell, day, slot) DO UPDATE SET n = tallies.n + excluded.n;', 'COMMIT;');
  const from = process.hrtime.bigint();
  psql(['-f', '-'], `${script.join('\n')}\n`);
  const took = Number(process.hrtime.bigint() - from) / 1e9;
  psql(['-c', "DELETE FROM health_records WHERE id >= '10000000-0000-0000-0000-000000000000'; DELETE FROM history WHERE slot >= 100; DELETE FROM tallies WHERE slot = 99"]);
  return { rows: ROWS, seconds: took, rows_per_second: ROWS / took };
}

const ratio = (pairs) => +median(pairs.map(([one, other]) => one.rows_per_second / other.rows_per_second)).toFixed(2);
const told = (pairs) => `${whole(median(pairs.map(([one]) => one.rows_per_second)))} of ${whole(median(pairs.map(([, other]) => other.rows_per_second)))} rows a second; processor of muster ${median(pairs.map(([one]) => one.us_a_row)).toFixed(0)} us a row`;
await sent({ connections: 8, rows: 200, requests: Math.ceil((ROWS * 1.2) / 200) });
for (const [what, options] of [['200-row POSTs, 8 connections', { connections: 8, rows: 200 }], ['single POSTs, 256 connections, short answers', { connections: 256, ...brief }]]) {
  const pairs = await turns(rounds, () => sent(options), () => bare());
  result({ what: `the same on PostgreSQL: ${what}`, against: 'COPY of the same and the same tallies, 1,000 a transaction', goal: 0.5, floor: 0.3, reached: ratio(pairs), detail: told(pairs), runs: pairs });
}
