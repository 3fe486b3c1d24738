// bench/policies.mjs: every policy for every site: 500,000 sites with twelve facts each and 50 policies, beside a bare scan of the same sites and facts in the same run. Part: policies (ONLY=); SITES= sets
// another number of sites.
import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { password, run_muster, start_muster, top } from '../test/harness.mjs';
import { folder, of, result, wanted } from './help.mjs';

const SITES = Number(process.env.SITES ?? 500_000), POLICIES = 50, TURNS = Number(process.env.TURNS ?? 3);
if (!wanted('policies')) process.exit(0);
const program = join(top, 'build/bench/policies'), store = join(folder, 'store-policies');
if (!existsSync(program)) throw new Error(`${program} is not there: make bench builds it`);
rmSync(store, { recursive: true, force: true });
run_muster(['init', '--store', store, '--admin', 'admin'], { input: `${password}\n` });
const muster = await start_muster({ store, made: true, env: { MUSTER_NOW: '2020-06-15T02:00:00Z' } });
const admin = await muster.client('admin');
const county = await admin.post('/api/v1/areas', { code: '431302', name: '演示区', level: 3 });
const town = await admin.post('/api/v1/areas', { code: '431302001', name: '演示街道', level: 4, parent: county.id });
await admin.post('/api/v1/areas', { rows: Array.from({ length: 50 }, (_, i) => ({ name: `演示村${i}`, level: 5, parent: town.id })) });
await admin.post('/api/v1/policies/examples', { publish: true });
// the examples in force, and as many more of the same kinds with a cap of their own, up to 50
const shipped = (await admin.get('/api/v1/policies?state=published&current=1&limit=100')).rows;
for (let i = shipped.length; i < POLICIES; i++) {
  const like = shipped[i % shipped.length];
  const benefit = like.benefit.kind === 'none' ? like.benefit : { ...like.benefit, cap: 1_000_000 * i };
  const made = await admin.post('/api/v1/policies', { title: `${like.title} ${i}`, area: like.area, conditions: like.conditions, benefit, begins: like.begins, mode: like.mode });
  await admin.post(`/api/v1/policies/${made.id}/publish`, {});
}
await muster.stop();
const done = spawnSync(program, [store, String(SITES), String(TURNS)], { encoding: 'utf8', maxBuffer: 1 << 20 });
if (done.status !== 0) throw new Error(`bench/policies: ${done.status} ${done.stderr}`);
const got = JSON.parse(done.stdout);
if (got.yes + got.no + got.missing !== SITES * got.policies || got.policies !== POLICIES) throw new Error(`judged ${JSON.stringify(got)}`);
result({
  what: `${SITES.toLocaleString('en')} sites x ${got.policies} policies judged, amounts included`, against: 'a bare scan of the same sites and facts', goal: 2, floor: 3, at_most: true, unit: 'times', reached: of(got.judge, got.scan),
  detail: `${got.judge} of ${got.scan} s; ${Math.round((SITES * got.policies) / got.judge / 1000).toLocaleString('en')} thousand verdicts a second; ${got.rows.toLocaleString('en')} facts; ${got.yes} yes, ${got.no} no, ${got.missing} missing`,
});
if (!process.env.KEEP) rmSync(store, { recursive: true, force: true });
