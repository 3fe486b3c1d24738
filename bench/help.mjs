// What the benchmarks of writing share: a store with firms and people, a server on a copy of it, the load generator, the ceilings; and the one table.
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { password, run_muster, start_muster, top, uuid7 } from '../test/harness.mjs';
import { folder } from './folder.mjs';

export const today = '2020-03-05';
const clock = '2020-03-05T10:00:00Z';
mkdirSync(folder, { recursive: true });

/** Who needs no more than to know that it was taken says so (RFC 7240): the ceilings read nothing back either. */
export const brief = { header: 'Prefer: return=minimal' };
export const wanted = (part) => !process.env.ONLY || process.env.ONLY.split(',').some((one) => part.includes(one));
export const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];
const whole = (number) => Math.round(number).toLocaleString('en');

/** bench/NAME.c as a program. */
function program(name, libraries = []) {
  const out = join(folder, name), source = join(top, `bench/${name}.c`);
  const flags = ['-std=c11', '-D_GNU_SOURCE', '-Wall', '-Wextra', '-Wpedantic', '-Werror', '-O2', '-o', out, source, ...libraries];
  const made = spawnSync(process.env.CC ?? 'gcc', flags, { stdio: 'inherit' });
  if (made.status !== 0) throw new Error(`bench/${name}.c does not compile`);
  return out;
}
const load_program = program('load');
export const ceiling_program = program('ceiling', ['-lsqlite3']);

const run_json = (path, args) =>
  new Promise((done, failed) => {
    const child = spawn(path, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    child.stdout.on('data', (part) => (text += part));
    child.once('close', (code) => (code === 0 ? done(JSON.parse(text)) : failed(new Error(`${path} ${args.join(' ')} ended with ${code}: ${text}`))));
  });
export const ceiling = (...args) => run_json(ceiling_program, args.map(String));
export const load = (muster, options) => run_json(load_program, Object.entries({ port: muster.port, ...options }).map(([key, value]) => `${key}=${value}`));

/** A store with the areas of a city, firms in its villages, their people: {place, pairs, token}. Made once in a folder, by rows over the API. */
export async function base_store(sites = 2000, people = 20_000) {
  const place = join(folder, `store-${sites}-${people}`), pairs = `${place}.pairs`;
  if (existsSync(`${place}.json`)) return JSON.parse(readFileSync(`${place}.json`, 'utf8'));
  for (const one of [place, `${place}.key`]) rmSync(one, { recursive: true, force: true });
  run_muster(['init', '--store', place, '--admin', 'admin'], { input: `${password}\n`, env: { MUSTER_NOW: clock } });
  run_muster(['import', 'area', '--china', '4313', '--store', place], { env: { MUSTER_NOW: clock } });
  const muster = await start_muster({ store: place, made: true, env: { MUSTER_NOW: clock } });
  const admin = await muster.client('admin');
  const post = async (plural, rows) => {
    for (let i = 0; i < rows.length; i += 2000) {
      const answer = await admin.post(`/api/v1/${plural}`, { rows: rows.slice(i, i + 2000) });
      const bad = answer.rows.find((row) => row.status !== 201);
      if (bad) throw new Error(JSON.stringify(bad));
    }
  };
  const villages = [];
  for (let after = ''; after !== null && villages.length < 2000; ) {
    const page = await admin.get(`/api/v1/areas?level=5&limit=1000${after && `&after=${after}`}`);
    villages.push(...page.rows.map((row) => row.id));
    after = page.next;
  }
  const firms = Array.from({ length: sites }, (_, i) => ({ id: uuid7(), name: `演示企业${i}`, kind: 'enterprise', area: villages[i % villages.length], status: 'resumed', staff: 10, effective: '2020-02-01' }));
  await post('sites', firms);
  const staff = Array.from({ length: people }, (_, i) => ({ id: uuid7(), name: '演示工', area: firms[i % sites].area }));
  await post('people', staff);
  writeFileSync(pairs, `${staff.map((one, i) => `${firms[i % sites].id} ${one.id}`).join('\n')}\n`);
  const { token } = await admin.post('/api/v1/tokens', { label: 'bench' });
  await muster.stop();
  const made = { place, pairs, token };
  writeFileSync(`${place}.json`, JSON.stringify(made));
  return made;
}

/** A copy that may be written to. */
export function copy_store(base, name = 'run') {
  const place = join(folder, name);
  rmSync(place, { recursive: true, force: true });
  cpSync(base.place, place, { recursive: true });
  cpSync(`${base.place}.key`, `${place}.key`);
  return place;
}

/** A server on a copy of the store, for `use(muster)`; afterwards, where asked for, `muster check` must find no difference. */
export async function with_server(base, use, { name, env = {}, check = false } = {}) {
  const store = copy_store(base, name);
  const muster = await start_muster({ store, made: true, env: { MUSTER_NOW: clock, ...env } });
  muster.token = base.token;
  let out;
  try {
    out = await use(muster);
  } finally {
    await muster.stop();
  }
  if (check) {
    const counted = run_muster(['check', '--store', store], { env: { MUSTER_NOW: clock, LC_ALL: 'C.UTF-8' } }).out;
    if (!/^0 /m.test(counted)) throw new Error(`after the benchmark: ${counted}`);
  }
  rmSync(store, { recursive: true, force: true });
  return out;
}

/** Both in turns, so that whatever else the machine does touches both: [one, other] of each turn. */
export async function turns(count, one, other) {
  const pairs = [];
  for (let i = 0; i < count; i++) pairs.push([await one(), await other()]);
  return pairs;
}

/** Takes a line into the table: at_least: reached must not be below the floor (a share); at_most: not above (times, MiB). */
export function result(line) {
  const file = join(folder, 'results.json');
  const all = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  all[line.what] = { ...line, at: new Date().toISOString() };
  writeFileSync(file, `${JSON.stringify(all, null, 1)}\n`);
  console.log(`${line.what}: ${line.reached} (goal ${line.goal ?? '-'}, floor ${line.floor ?? '-'})${line.detail ? `; ${line.detail}` : ''}`);
}
export const of = (number, other) => +(number / other).toFixed(2);
export { folder, whole };

/** The memory of a process that nobody else could use: anonymous pages, in MiB. */
export function memory_of(pid) {
  const text = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/RssAnon:\s+(\d+)/.exec(text)[1]) / 1024;
}
/** Seconds of processor time so far. */
export function processor_of(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}
