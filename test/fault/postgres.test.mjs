// Faults around PostgreSQL under load: the program killed, the database stopped as by a power cut, its connections cut.
// KILLS, STOPS, DROPS: how many of each (a few by default; `make faults` does hundreds).
import { test } from 'node:test';

// a cluster of its own, which it may stop
process.env.ENGINE = 'postgres';
delete process.env.MUSTER_CLUSTER;
const { cluster, sleep } = await import('../harness.mjs');
const { sql, start_server, stop_server } = await import('../postgres.mjs');
const { below, kill, times, under_load } = await import('./faults.mjs');

test('killed at any moment', async (t) => {
  const kills = times('KILLS', 4);
  t.diagnostic(`${kills} kills, ${await under_load(kills, kill)} writes answered`);
});

test('the database stops at once and comes back', async (t) => {
  const stops = times('STOPS', 4);
  const answered = await under_load(stops, async () => {
    stop_server(cluster(), 'immediate');
    await sleep(below(200));
    start_server(cluster());
    await sleep(200);
  });
  t.diagnostic(`${stops} stops, ${answered} writes answered`);
});

test('connections are cut', async (t) => {
  const lines = times('DROPS', 4);
  const answered = await under_load(lines, async ({ muster }) => {
    for (let i = 0; i < 3; i++) {
      sql(muster.store, 'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()');
      await sleep(below(100));
    }
  });
  t.diagnostic(`${lines} cuts of every line, ${answered} writes answered`);
});
