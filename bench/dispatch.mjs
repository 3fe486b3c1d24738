// bench/dispatch.mjs: a plan for 1,038 people and 95 posts over HTTP, held against GLPK alone on a random problem of the same size. Part: dispatch (ONLY=).
import { spawnSync } from 'node:child_process';
import { binary, uuid7 } from '../test/harness.mjs';
import { base_store, median, of, result, today, wanted, with_server } from './help.mjs';

const PEOPLE = 1038, POSTS = 95, SEATS = 10, RUNS = 7;
if (!wanted('dispatch')) process.exit(0);
const base = await base_store();

/** ms of the solver alone: the process, its reading and its answer. */
function alone() {
  const pairs = Array.from({ length: PEOPLE * POSTS }, (_, i) => [Math.floor(i / POSTS), i % POSTS, Math.floor(Math.random() * 300) - 60, -1]);
  const input = Buffer.from(Int32Array.from([PEOPLE, POSTS, pairs.length, POSTS, ...Array(POSTS).fill(SEATS), ...pairs.flat()]).buffer);
  const from = process.hrtime.bigint();
  const { status } = spawnSync(binary, ['solve'], { input });
  if (status !== 0) throw new Error(`muster solve: ${status}`);
  return Number(process.hrtime.bigint() - from) / 1e6;
}

await with_server(base, async (muster) => {
  const admin = await muster.client('admin');
  const areas = (await admin.get('/api/v1/areas?level=5&limit=50')).rows.map((one) => one.id);
  const appeal = await admin.post('/api/v1/appeals', { title: '倡议书', area: areas[0], text: '请战', opens: '2020-02-01' });
  await admin.post(`/api/v1/appeals/${appeal.id}/publish`, {});
  const people = Array.from({ length: PEOPLE }, (_, i) => ({ id: uuid7(), name: `演示${i}`, area: areas[i % 50], skills: ['护士', '驾驶', '电工', undefined][i % 4] }));
  await admin.post('/api/v1/people', { rows: people });
  await admin.post('/api/v1/pledges', { rows: people.map(({ id }, i) => ({ appeal: appeal.id, person: id, wish: ['community', 'enterprise', 'grid'][i % 3], near: ['near', 'any', 'away'][(i * 7) % 3], rank: i % 20 ? 'staff' : 'deputy' })) });
  await admin.post('/api/v1/posts', { rows: Array.from({ length: POSTS }, (_, i) => ({ title: `岗位${i}`, kind: ['community', 'enterprise'][i % 2], area: areas[(i * 3) % 50], needed: SEATS, skills: ['护士', '驾驶'][i % 2], begins: today })) });
  const whole = [], bare = [];
  let filled = 0;
  for (let i = 0; i < RUNS; i++) {
    bare.push(alone());
    const from = process.hrtime.bigint();
    const plan = await admin.post('/api/v1/dispatch', {});
    whole.push(Number(process.hrtime.bigint() - from) / 1e6);
    filled = plan.posts.reduce((all, one) => all + one.given, 0);
  }
  if (filled !== POSTS * SEATS) throw new Error(`${filled} seats filled of ${POSTS * SEATS}`);
  result({ what: `a plan for ${PEOPLE} people and ${POSTS} posts, proven best`, against: 'GLPK alone on a random problem of that size', goal: 2, floor: 4, at_most: true, unit: 'times', reached: of(median(whole), median(bare)), detail: `${median(whole).toFixed(0)} of ${median(bare).toFixed(0)} ms; ${filled} seats filled` });
});
