// Faults of one machine under load: the program killed, the power cut with unsynced writes lost, the disk full, syncs and writes that fail.
// KILLS, CUTS, FULLS, FAILS: how many of each (a few by default; `make faults` does hundreds).
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { closeSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import { binary, sleep, temp_folder, until, uuid7 } from '../harness.mjs';
import { below, kill, times, under_load } from './faults.mjs';

const program = process.env.FAULT_BINARY ?? join(dirname(binary), 'fault/muster');
const words = ['hold', 'full', 'syncs_fail', 'writes_fail', 'syncs', 'fulls', 'failed_syncs', 'failed_writes'];
const path = join(temp_folder('muster-control-'), 'control');
const options = { program, env: { FAULT_CONTROL: path } };
let file;

// the numbers that the disk of the program and the test share (vfs.c)
async function set(what, value) {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(value);
  await file.write(bytes, 0, 4, 4 * words.indexOf(what));
}
async function get(what) {
  const { buffer } = await file.read(Buffer.alloc(4 * words.length), 0, 4 * words.length, 0);
  return buffer.readInt32LE(4 * words.indexOf(what));
}

before(async () => {
  writeFileSync(path, Buffer.alloc(4 * words.length));
  file = await open(path, 'r+');
});
after(() => file?.close());
beforeEach(async () => {
  for (const word of words) await set(word, 0);
});

test('killed at any moment', async (t) => {
  const kills = times('KILLS', 4);
  t.diagnostic(`${kills} kills, ${await under_load(kills, kill)} writes answered`);
});

for (const [hold, name] of [[1, 'every unsynced write is lost'], [2, 'any part of the unsynced writes is lost']])
  test(`the power cut: ${name}`, async (t) => {
    const cuts = times('CUTS', 4);
    await set('hold', hold);
    t.diagnostic(`${cuts} cuts, ${await under_load(cuts, kill, options)} writes answered`);
  });

test('without syncs the same test finds that answered writes are lost', async () => {
  await set('hold', 1);
  await assert.rejects(under_load(20, kill, { program, env: { ...options.env, FAULT_SYNC: 'off' } }), /gave 40[14]|version of/);
});

test('a full disk: refused and told so, whole again as soon as there is room', async (t) => {
  let refused = 0;
  const fulls = times('FULLS', 4);
  const answered = await under_load(fulls, async ({ client, load, areas }) => {
    const before = await get('fulls'), body = { id: uuid7(), name: '演示满', kind: 'shop', area: areas[0] };
    await set('full', 1);
    await until(async () => (await get('fulls')) > before, { what: 'a write that finds no room' });
    const answer = await client.post('/api/v1/sites', body, { expect: [201, 507], whole: true });
    if (answer.status === 507) refused++;
    else load.writers[0].rows.push({ record: 'sites', body, version: 1 });
    assert.ok(await client.get('/api/v1/sites?limit=1'), 'reading goes on');
    await sleep(below(100));
    await set('full', 0);
    await client.post('/api/v1/areas', { id: uuid7(), code: `9${below(1e9)}`, name: '演示区', level: 3 });
  }, options);
  assert.ok(refused > 0, 'a full disk is told as one');
  t.diagnostic(`${fulls} full disks, ${answered} writes answered`);
});

/** Takes all the room of a disk. */
function fill(path) {
  const file = openSync(path, 'w');
  try {
    for (let size = 1 << 20; size >= 512; size >>= 1)
      for (;;) {
        try {
          if (writeSync(file, Buffer.alloc(size)) < size) break;
        } catch (error) {
          if (error.code !== 'ENOSPC') throw error;
          break;
        }
      }
  } finally {
    closeSync(file);
  }
}

test('a small disk filled to the last byte, photos and all', async (t) => {
  const disk = temp_folder('muster-disk-'), filler = join(disk, 'filler'), fulls = times('FULLS', 4);
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=96m,mode=700', 'muster', disk]).status !== 0) return t.skip('nobody may mount a small disk here');
  try {
    let stores = 0;
    const answered = await under_load(fulls, async ({ client, load, areas }) => {
      fill(filler);
      // what needs new room is refused; a row may still find some in the write-ahead log
      const photo = Buffer.concat([Buffer.from('%PDF-1.4\n'), Buffer.alloc(300_000)]), body = { id: uuid7(), name: '演示满', kind: 'shop', area: areas[0] };
      await client.post('/api/v1/files', photo, { type: 'application/pdf', headers: { 'X-Id': uuid7(), 'X-Name': 'demo.pdf' }, expect: 507 });
      const answer = await client.post('/api/v1/sites', body, { expect: [201, 507], whole: true });
      if (answer.status === 201) load.writers[0].rows.push({ record: 'sites', body, version: 1 });
      await sleep(below(150));
      rmSync(filler);
    }, () => ({ store: join(disk, `store-${++stores}`) }));
    t.diagnostic(`${fulls} full disks, ${answered} writes answered`);
  } finally {
    spawnSync('umount', ['-l', disk]);
  }
});

test('syncs and writes that fail', async (t) => {
  const fails = times('FAILS', 4);
  await set('hold', 1);
  const answered = await under_load(fails, async ({ muster }) => {
    const [ask, told] = Math.random() < 0.7 ? ['syncs_fail', 'failed_syncs'] : ['writes_fail', 'failed_writes'];
    const before = await get(told);
    await set(ask, 1 + below(3));
    await until(async () => (await get(told)) > before, { what: 'a write that fails' });
    // now and then the power is cut on top of it
    if (below(3) === 0) await kill({ muster });
  }, options);
  t.diagnostic(`${fails} failures, ${answered} writes answered`);
});
