// bench/province.mjs: a province's day: health records of the people of many firms, as batches and singles at once, tallied at six levels; and the overview
// read on the way, which must not grow with the records. ROWS (1,000,000) of 10,000,000; SITES (20,000) and PEOPLE (200,000) make the store. Parts: province,
// overview (ONLY=).
import { join } from 'node:path';
import { statSync } from 'node:fs';
import { base_store, folder, load, median, memory_of, of, processor_of, result, today, turns, wanted, whole, with_server } from './help.mjs';

const DAY = 10_000_000, GUANGDONG = 126_000_000;
if (!['province', 'overview'].some(wanted)) process.exit(0);
const rows = Number(process.env.ROWS ?? 1_000_000);
const base = await base_store(Number(process.env.SITES ?? 20_000), Number(process.env.PEOPLE ?? 200_000));

const areas = ['', '43', '4313', '431302', '431302001', '431302001001'];
/** The overview of one area of each of six levels, all indicators, with the areas below and a trend: the sum of the medians of each of two servers, in us. */
async function read_overviews(...servers) {
  const [one, other] = await Promise.all(servers.map((muster) => muster.client('admin'))), sums = [0, 0];
  for (const area of areas) {
    const path = `/api/v1/indicators?day=${today}&children=1&trend=14${area && `&area=${area}`}`;
    const timed = async (client) => {
      const from = process.hrtime.bigint();
      await client.get(path);
      return Number(process.hrtime.bigint() - from) / 1000;
    };
    const pairs = (await turns(25, () => timed(one), () => timed(other))).slice(5);
    for (const n of [0, 1]) sums[n] += median(pairs.map((pair) => pair[n]));
  }
  return sums;
}

const size_of = (store) => ['muster.db', 'muster.db-wal'].reduce((sum, name) => sum + (statSync(join(store, name), { throwIfNoEntry: false })?.size ?? 0), 0);

/** So many rows: a quarter by singles, as phones send them, the others in batches of 200, as firms and other programs do. Where the overview alone is asked for, how
 * they came does not matter: large batches are the fastest. */
async function send(muster, count) {
  const options = { token: base.token, pairs: base.pairs, day: today, days: 14, seconds: 36_000 };
  const runs = await Promise.all(
    wanted('province')
      ? [load(muster, { ...options, connections: 8, rows: 200, requests: Math.ceil((count * 0.75) / 200) }), load(muster, { ...options, connections: 64, requests: Math.ceil(count * 0.25) })]
      : [load(muster, { ...options, connections: 4, rows: 1000, requests: Math.ceil(count / 1000) })],
  );
  if (runs.some((run) => run.bad_rows || run.lost || Object.keys(run.statuses).some((status) => !status.startsWith('2')))) throw new Error(JSON.stringify(runs));
  return runs;
}

/** What `small`, which keeps 10,000 records, and `muster`, which gets more and more, answer in. */
async function measure(small, muster) {
  await send(small, 10_000);
  await send(muster, 10_000);
  const steps = [];
  const step = async (count, more) => {
    const [base_us, us] = await read_overviews(small, muster);
    steps.push({ rows: count, us, base_us, ...more });
  };
  await step(10_000);
  const processor = processor_of(muster.pid), began = size_of(muster.store), from = Date.now();
  let written = 10_000, largest = 0, batches = [], singles = [];
  for (const goal of [100_000, 1_000_000, 10_000_000].map((one) => Math.min(one, rows)).filter((one, i, all) => one > 10_000 && all.indexOf(one) === i)) {
    const started = Date.now(), count = goal - written;
    const look = setInterval(() => (largest = Math.max(largest, memory_of(muster.pid))), 200);
    const [batch, single = batch] = await send(muster, count);
    clearInterval(look);
    written = goal;
    batches.push(batch);
    singles.push(single);
    const took = (Date.now() - started) / 1000;
    await step(goal, { rows_per_second: count / took });
    const { us, base_us } = steps.at(-1);
    console.log(`${whole(goal)} records: ${whole(count / took)} a second, overview ${whole(us)} us, ${of(us, base_us)} times that of 10,000 beside it, store ${whole(size_of(muster.store) / 1e6)} MB`);
  }
  const seconds = (Date.now() - from) / 1000, rate = (written - 10_000) / seconds;
  const us = ((processor_of(muster.pid) - processor) / (written - 10_000)) * 1e6, bytes = (size_of(muster.store) - began) / (written - 10_000);
  result({ what: `reading the overview (6 levels, all indicators) at ${whole(written)} records`, against: 'a store of 10,000, in turns', goal: 1.2, floor: 1.5, at_most: true, unit: 'times', reached: of(steps.at(-1).us, steps.at(-1).base_us),
    detail: steps.map((one) => `${whole(one.rows)}: ${of(one.us, one.base_us)} (${whole(one.us)} us)`).join(', '), runs: steps });
  if (wanted('province'))
    result({ what: `a province's day: ${whole(written)} of ${whole(DAY)} health records`, against: `${process.env.SITES ?? 20_000} firms in 2,000 villages, three quarters in batches`, reached: `${whole(rate)} a second`,
    detail: `${us.toFixed(0)} us of processor and ${whole(bytes)} bytes a record; the day in ${(DAY / rate / 3600).toFixed(2)} hours, Guangdong's ${whole(GUANGDONG)} in ${(GUANGDONG / rate / 3600).toFixed(1)}; batch p99 ${whole(batches.at(-1).p99_us / 1000)} ms, single p99 ${whole(singles.at(-1).p99_us / 1000)} ms, memory ${whole(largest)} MiB`,
    runs: { steps, batches, singles, seconds } });
}

await with_server(base, (small) => with_server(base, (muster) => measure(small, muster), { name: 'province', check: process.env.CHECK !== '0' }), { name: 'province-small' });
