// bench/sites.mjs: sites from XLSX, 100,000 a file; then every way to list them, 300,000 or ROWS=n of them, against reading one row by its key over the same connection. Prints
// one table, writes build/bench-sites.json; fails where a list takes more than MOST times the time of one row, or a plan reads a table without an index.
import { spawnSync } from 'node:child_process';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { password, run_muster, start_muster, temp_folder, top } from '../test/harness.mjs';

const MOST = 20;
const rows = Number(process.env.ROWS ?? 300_000), a_file = Math.min(rows, 100_000);
const folder = process.env.BENCH_FOLDER ?? temp_folder('muster-bench-');
const store = process.env.BENCH_STORE ?? join(folder, 'store');
const results = { rows, imports: [], lists: [] };

if (!process.env.BENCH_STORE) {
  run_muster(['init', '--store', store, '--admin', 'admin'], { input: `${password}\n` });
  run_muster(['import', 'area', '--china', '4313', '--store', store]);
  for (let seed = 1; (seed - 1) * a_file < rows; seed++) {
    const file = join(folder, `sites-${seed}.xlsx`);
    const made = spawnSync(process.execPath, [join(top, 'bench/make_sites.mjs'), file, String(a_file), String(seed)], { stdio: 'inherit' });
    if (made.status !== 0) process.exit(1);
    const start = Date.now();
    const { out } = run_muster(['import', 'site', file, '--store', store], { ms: 600_000 });
    const seconds = (Date.now() - start) / 1000;
    if (!out.includes(` ${a_file} made`)) throw new Error(out);
    results.imports.push({ seed, megabytes: +(statSync(file).size / 1e6).toFixed(1), seconds, per_second: Math.round(a_file / seconds) });
    console.log(`import ${a_file} sites from XLSX, ${(seed - 1) * a_file} there before: ${seconds.toFixed(1)} s, ${Math.round(a_file / seconds)} a second, checked and written`);
  }
  for (const [name, role, area] of [['county', 'officer', '431302'], ['town', 'officer', '431302001'], ['village', 'officer', '431302001001'], ['two', 'officer', '431381001']])
    run_muster(['user', 'add', name, '--area', area, '--role', role, '--store', store], { input: `${password}\n` });
}

const muster = await start_muster({ store, made: true, env: { MUSTER_PLAN: '1' } });
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
const ask = (client, path) => new Promise((done, failed) => {
  const start = process.hrtime.bigint();
  request(muster.url + path, { agent, headers: { Cookie: client.cookie, 'Accept-Encoding': 'identity' } }, (answer) => {
    const parts = [];
    answer.on('data', (part) => parts.push(part));
    answer.on('end', () => {
      const us = Number(process.hrtime.bigint() - start) / 1000;
      const body = Buffer.concat(parts).toString();
      if (answer.statusCode !== 200) failed(new Error(`${path}: ${answer.statusCode} ${body}`));
      else done({ us, body });
    });
  }).on('error', failed).end();
});
const median = (list) => list.sort((a, b) => a - b)[list.length >> 1];

const clients = {};
for (const name of ['admin', 'county', 'town', 'village', 'two']) clients[name] = await muster.client(name);
const first = JSON.parse((await ask(clients.admin, '/api/v1/sites?limit=50')).body);
const keys = first.rows.map((row) => row.id);

/** The time of a list, by turns with one row by its key, so that whatever else the machine does touches both. */
async function measure(what, client, query) {
  const path = `/api/v1/sites?${new URLSearchParams(query)}`;
  const key = () => ask(clients[client].key ?? clients.admin, `/api/v1/sites/${keys[Math.floor(Math.random() * keys.length)]}`);
  const before = muster.log().length;
  const body = JSON.parse((await ask(clients[client], path)).body);
  const compare = async (rounds) => {
    const times = [], ones = [];
    for (let i = 0; i < rounds; i++) {
      ones.push((await key()).us, (await key()).us);
      times.push((await ask(clients[client], path)).us);
    }
    return { us: Math.round(median(times)), one: Math.round(median(ones)) };
  };
  let { us, one } = await compare(9);
  // nine rounds are few on a machine that does other things: what seems too slow is looked at longer
  if (us > MOST * one) ({ us, one } = await compare(51));
  const plan = muster.log().slice(before).split('\n').filter((line) => line.startsWith('plan   ')).map((line) => line.slice(7));
  const scans = plan.filter((line) => /^SCAN (sites|areas|history|tallies|checks|links|needs)\b(?!.*INDEX)/.test(line));
  const result = { what, client, query, rows: body.rows.length, next: body.next, us, one, plan, scans };
  result.ratio = +(result.us / result.one).toFixed(1);
  results.lists.push(result);
  const bad = result.ratio > MOST || scans.length;
  console.log(`${bad ? 'BAD ' : '    '}${result.ratio.toFixed(1).padStart(6)}  ${String(result.us).padStart(7)} us  ${String(result.rows).padStart(3)} rows  ${client.padEnd(8)} ${what}${scans.length ? `  ${scans.join('; ')}` : ''}`);
  return body;
}

/** A page far down: at most `pages` pages of 1,000 further. */
async function deep(what, client, query, pages = 60) {
  let after = null;
  for (let i = 0; i < pages; i++) {
    const page = JSON.parse((await ask(clients[client], `/api/v1/sites?${new URLSearchParams({ ...query, limit: 1000, ...(after && { after }) })}`)).body);
    if (!page.next) break;
    after = page.next;
  }
  return measure(`${what}, deep page`, client, { ...query, after });
}

console.log(` ratio     median   rows  who      what (ratio to one row by key over the same connection; at most ${MOST})`);
const { records } = await clients.admin.get('/api/v1/declarations');
const site = records.find((record) => record.name === 'site');
const everywhere = [['admin', {}], ['county', {}], ['town', {}], ['village', {}], ['admin', { area: '431302001' }], ['admin', { area: '431302001001' }]];
const place = (query) => (query.area ? ` in ${query.area}` : '');

for (const [client, area] of everywhere) await measure(`list${place(area)}`, client, area);
await deep('list', 'admin', {});
for (const { name } of site.fields.filter((one) => one.order))
  for (const down of ['', '-']) {
    for (const [client, area] of everywhere) await measure(`sort ${down}${name}${place(area)}`, client, { ...area, sort: down + name });
    if (!down) await deep(`sort ${name}`, 'admin', { sort: name }, 20);
  }
for (const field of site.fields.filter((one) => one.filter || one.order || one.kind === 'link' || one.kind === 'area')) {
  if (field.kind === 'area') continue;
  const row = first.rows.find((one) => one[field.name] !== null);
  const values = field.picks ? field.picks.map((pick) => pick.code) : row ? [String(row[field.name]), ''] : [''];
  for (const value of values)
    for (const [client, area] of everywhere.slice(0, field.picks ? 3 : 6)) await measure(`${field.name}=${value || '(none)'}${place(area)}`, client, { ...area, [field.name]: value });
}
await measure('staff=100..200', 'admin', { staff: '100..200' });
await measure('tier=key,small', 'admin', { tier: 'key,small' });
await measure('tier=other&status=stopped', 'admin', { tier: 'other', status: 'stopped' });
await measure('tier=key&status=exempt&kind=shop', 'admin', { tier: 'key', status: 'exempt', kind: 'shop' });
await measure('status=stopped, sort name', 'admin', { status: 'stopped', sort: 'name' });
await measure('status=stopped, sort -staff in 431302001', 'admin', { status: 'stopped', sort: '-staff', area: '431302001' });
const sample = JSON.parse((await ask(clients.admin, '/api/v1/sites?sort=name&limit=1')).body).rows[0];
const rare = sample.name.slice(2, 5);
for (const q of ['演', '演示', '有限公司', '药', '药房', '龙龙', rare, sample.name, sample.name.slice(2, 4), '9143', '91431302', first.rows[0].uscc ?? first.rows[1].uscc, '13800000001', '1380', 'yanshi', '没有此名'])
  for (const [client, area] of everywhere) await measure(`q=${q}${place(area)}`, client, { ...area, q });
await deep('q=演示', 'admin', { q: '演示' }, 20);
await measure('q=有限公司&status=exempt', 'admin', { q: '有限公司', status: 'exempt' });
await measure('q=演示&size=large', 'admin', { q: '演示', size: 'large' });

await muster.stop();
const worst = results.lists.reduce((a, b) => (a.ratio > b.ratio ? a : b));
const bad = results.lists.filter((one) => one.ratio > MOST || one.scans.length);
writeFileSync(join(top, 'build/bench-sites.json'), `${JSON.stringify(results, null, 1)}\n`);
console.log(`${results.lists.length} lists over ${results.rows} sites, ${bad.length} over ${MOST} or without an index; worst ${worst.ratio}: ${worst.what} (${worst.client})`);
process.exit(bad.length ? 1 : 0);
