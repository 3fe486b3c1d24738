// bench/writes.mjs: how fast muster takes what is sent to it, each way beside the ceiling that it is held to, on the same disk, in turns. ONLY=part,part
// runs some: singles rows group latency empty memory. SECONDS_EACH (4) and TURNS (3) make it longer.
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { base_store, brief, ceiling, ceiling_program, copy_store, folder, load, median, memory_of, of, processor_of, result, today, turns, wanted, whole, with_server } from './help.mjs';

const seconds = Number(process.env.SECONDS_EACH ?? 4), rounds = Number(process.env.TURNS ?? 3);
const parts = ['singles', 'rows', 'group', 'latency', 'empty', 'memory'];
if (!parts.some(wanted)) process.exit(0);
const base = await base_store();

/** Bare SQLite writing the same rows. */
async function bare(rows, per) {
  const store = copy_store(base, 'bare');
  const out = await ceiling('rows', store, base.pairs, rows, per, 1);
  rmSync(store, { recursive: true, force: true });
  return out;
}

/** Health records sent to a server: what came of it, with the processor time of a row. */
const sent = (options, check) =>
  with_server(
    base,
    async (muster) => {
      const before = processor_of(muster.pid);
      const out = await load(muster, { token: base.token, pairs: base.pairs, day: today, seconds, ...options });
      if (out.bad_rows || Object.keys(out.statuses).some((status) => !status.startsWith('2'))) throw new Error(JSON.stringify(out));
      return { ...out, us_a_row: ((processor_of(muster.pid) - before) / out.rows) * 1e6 };
    },
    { check },
  );

const ratio_of = (pairs) => +median(pairs.map(([one, other]) => one.rows_per_second / other.rows_per_second)).toFixed(2);
const told = (pairs) =>
  `${whole(median(pairs.map(([one]) => one.rows_per_second)))} of ${whole(median(pairs.map(([, other]) => other.rows_per_second)))} rows a second; processor ${median(pairs.map(([one]) => one.us_a_row)).toFixed(0)} us a row, bare ${median(pairs.map(([, other]) => (other.own_seconds / other.rows) * 1e6)).toFixed(0)} us`;

if (wanted('singles')) {
  const pairs = await turns(rounds, () => sent({ connections: 256, ...brief }, false), () => bare(20_000, 100));
  const whole_rows = await sent({ connections: 256 }, true);
  result({ what: 'durable single POSTs of a health record, 256 connections, short answers', against: 'SQLite inserting the same, 100 a transaction', goal: 0.6, floor: 0.35, reached: ratio_of(pairs), detail: `${told(pairs)}; with the whole row as answer ${whole(whole_rows.rows_per_second)} a second`, runs: pairs });
}

if (wanted('rows')) {
  const pairs = await turns(rounds, () => sent({ connections: 8, rows: 200 }, false), () => bare(60_000, 1000));
  await sent({ connections: 8, rows: 200 }, true);
  result({ what: '200-row POSTs, 8 connections', against: 'SQLite inserting the same, 1,000 a transaction', goal: 0.85, floor: 0.7, reached: ratio_of(pairs), detail: told(pairs), runs: pairs });
}

if (wanted('group')) {
  const pairs = await turns(rounds, () => sent({ connections: 256, ...brief }, false), () => bare(2000, 1));
  result({ what: 'group commit, 256 connections', against: 'one commit a row (SQLite inserting the same)', goal: 6, floor: 4, reached: ratio_of(pairs), unit: 'times', detail: told(pairs), runs: pairs });
}

if (wanted('latency')) {
  const file = join(folder, 'append');
  const pairs = await turns(rounds, () => sent({ connections: 1, ...brief }, false), () => ceiling('append', file, 1000));
  result({ what: "one connection's median latency", against: 'one 4 KB append + fdatasync', goal: 2, floor: 3, at_most: true, unit: 'times', reached: +median(pairs.map(([one, other]) => one.p50_us / other.p50_us)).toFixed(2),
    detail: `${whole(median(pairs.map(([one]) => one.p50_us)))} of ${whole(median(pairs.map(([, other]) => other.p50_us)))} us`, runs: pairs });
}

/** The bare loop, as long as `use` runs. */
async function with_loop(use) {
  const child = spawn(ceiling_program, ['http'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const { port } = JSON.parse(await new Promise((done) => child.stdout.once('data', (text) => done(String(text)))));
  try {
    return await use({ port });
  } finally {
    child.stdin.end();
  }
}

if (wanted('empty')) {
  const options = { connections: 256, seconds, body: '{"rows":[]}' };
  const pairs = await turns(rounds, () => with_server(base, (muster) => load(muster, { ...options, token: base.token })), () => with_loop((loop) => load(loop, options)));
  result({ what: 'empty POST, 256 connections', against: 'bare epoll loop', goal: 0.5, floor: 0.4, reached: +median(pairs.map(([one, other]) => one.per_second / other.per_second)).toFixed(2),
    detail: `${whole(median(pairs.map(([one]) => one.per_second)))} of ${whole(median(pairs.map(([, other]) => other.per_second)))} a second, signed in, of no rows`, runs: pairs });
}

if (wanted('memory')) {
  const most = await with_server(base, async (muster) => {
    let top = 0;
    const look = setInterval(() => (top = Math.max(top, memory_of(muster.pid))), 50);
    const out = await load(muster, { token: base.token, pairs: base.pairs, day: today, connections: 1000, seconds });
    clearInterval(look);
    if (Object.keys(out.statuses).some((status) => status !== '201')) throw new Error(JSON.stringify(out));
    return { top, ...out };
  });
  result({ what: 'memory at 1,000 connections', against: 'MiB, all of them sending records', goal: 48, floor: 64, at_most: true, unit: 'MiB', reached: Math.round(most.top), detail: `p99 ${whole(most.p99_us / 1000)} ms`, runs: most });
}
