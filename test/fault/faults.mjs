// A store under load, faults done to it, and what must hold after each: every answered write is there exactly once, no other is half there, counts and
// history are right, and nobody had to mend anything.
import assert from 'node:assert/strict';
import { run_muster, sleep, start_muster, uuid7 } from '../harness.mjs';
import { Load } from './load.mjs';

const a_store = 25; // faults before a new store is taken: a large one takes long to count again
export const below = (n) => Math.floor(Math.random() * n);
/** How many of a fault: a few, or what the environment says. */
export const times = (name, few) => Number(process.env[name] ?? few);

async function make_areas(admin) {
  const city = await admin.post('/api/v1/areas', { id: uuid7(), code: '4313', name: '演示市', level: 2 });
  const areas = [];
  for (let i = 0; i < 6; i++) areas.push((await admin.post('/api/v1/areas', { id: uuid7(), code: `43130200${i}`, name: `演示镇${i}`, parent: city.id })).id);
  return areas;
}

async function count_once(client, load, record) {
  const ids = new Set();
  let rows = 0;
  for (let after = null; ;) {
    const page = await client.get(`/api/v1/${record}`, { query: { limit: 1000, ...(after && { after }) } });
    for (const row of page.rows) ids.add(row.id), rows++;
    if (!(after = page.next)) break;
  }
  assert.deepEqual([rows, ids.size], [load.count(record), load.count(record)], `each of ${record} once, and no other`);
}

async function one_store(faults, fault, muster) {
  const clients = await Promise.all(Array.from({ length: 4 }, () => muster.client('admin')));
  const areas = await make_areas(clients[0]);
  const load = new Load(areas, (await clients[0].get('/api/v1/need_kinds?limit=1')).rows[0].code);
  try {
    for (let i = 0; i < faults; i++) {
      const marks = load.marks();
      load.start(clients);
      await sleep(20 + below(250));
      await fault({ muster, load, areas, client: clients[0] });
      await load.stop();
      await load.settle(clients[0]);
      await load.hold(clients[0], marks);
    }
    await load.hold(clients[0]);
    for (const record of ['sites', 'needs']) await count_once(clients[0], load, record);
  } finally {
    load.going = false;
  }
  return load.answered;
}

/** Does `fault` so many times, on stores of their own; returns how many writes were answered around them. `options` as of start_muster, or what makes them for each store. */
export async function under_load(count, fault, options = {}) {
  let answered = 0;
  for (let done = 0; done < count; done += a_store) {
    const muster = await start_muster(typeof options === 'function' ? options() : options);
    try {
      answered += await one_store(Math.min(a_store, count - done), fault, muster);
      await muster.halt();
      assert.match(run_muster(['check', '--store', muster.store]).out, /^0 differences/m);
      await muster.stop();
    } catch (error) {
      const end = muster.end;
      await muster.kill();
      error.message += `\nthe server: ${end ? JSON.stringify(end) : 'still running'}` + `\n${muster.log().split('\n').filter((line) => !line.includes('"request"')).slice(-20).join('\n')}`;
      throw error;
    }
  }
  return answered;
}

export const kill = async ({ muster }) => {
  await muster.kill();
  await muster.start();
};
