// bench/dispatch.mjs: a plan for 1,038 people and 95 posts over HTTP, held against GLPK alone on a random problem of the same size; one for a city's
// 10,000 people and 1,000 posts, split by area, held against the bound of the whole. Part: dispatch (ONLY=).
import { spawnSync } from 'node:child_process';
import { binary, uuid7 } from '../test/harness.mjs';
import { base_store, median, of, result, today, wanted, with_server } from './help.mjs';

const PEOPLE = 1038, POSTS = 95, SEATS = 10, RUNS = 7, CITY_PEOPLE = 10_000, CITY_POSTS = 1000;
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

/** A server with people who signed up and posts that lack them, over 50 villages for each 100 posts; `use` gets who plans. */
const with_people = (people_count, post_count, use) =>
  with_server(base, async (muster) => {
    const admin = await muster.client('admin');
    const areas = (await admin.get(`/api/v1/areas?level=5&limit=${Math.ceil(post_count / 2)}`)).rows.map((one) => one.id), places = areas.length;
    const appeal = await admin.post('/api/v1/appeals', { title: '倡议书', area: areas[0], text: '请战', opens: '2020-02-01' });
    await admin.post(`/api/v1/appeals/${appeal.id}/publish`, {});
    const people = Array.from({ length: people_count }, (_, i) => ({ id: uuid7(), name: `演示${i}`, area: areas[i % places], skills: ['护士', '驾驶', '电工', undefined][i % 4] }));
    const pledges = people.map(({ id }, i) => ({ appeal: appeal.id, person: id, wish: ['community', 'enterprise', 'grid'][i % 3], near: ['near', 'any', 'away'][(i * 7) % 3], rank: i % 20 ? 'staff' : 'deputy' }));
    for (let i = 0; i < people_count; i += 2000) {
      await admin.post('/api/v1/people', { rows: people.slice(i, i + 2000) });
      await admin.post('/api/v1/pledges', { rows: pledges.slice(i, i + 2000) });
    }
    await admin.post('/api/v1/posts', { rows: Array.from({ length: post_count }, (_, i) => ({ title: `岗位${i}`, kind: ['community', 'enterprise'][i % 2], area: areas[(i * 3) % places], needed: SEATS, skills: ['护士', '驾驶'][i % 2], begins: today })) });
    await use(admin);
  });

/** A plan: what it answered, and ms. */
async function plan(admin) {
  const from = process.hrtime.bigint(), answer = await admin.post('/api/v1/dispatch', {});
  return { answer, ms: Number(process.hrtime.bigint() - from) / 1e6, filled: answer.posts.reduce((all, one) => all + one.given, 0) };
}

await with_people(PEOPLE, POSTS, async (admin) => {
  const whole = [], bare = [];
  let filled = 0;
  for (let i = 0; i < RUNS; i++) {
    bare.push(alone());
    const made = await plan(admin);
    whole.push(made.ms);
    filled = made.filled;
    if (made.answer.parts !== 1) throw new Error(`${made.answer.parts} parts`);
  }
  if (filled !== POSTS * SEATS) throw new Error(`${filled} seats filled of ${POSTS * SEATS}`);
  result({ what: `a plan for ${PEOPLE} people and ${POSTS} posts, proven best`, against: 'GLPK alone on a random problem of that size', goal: 2, floor: 4, at_most: true, unit: 'times', reached: of(median(whole), median(bare)), detail: `${median(whole).toFixed(0)} of ${median(bare).toFixed(0)} ms; ${filled} seats filled` });
});

await with_people(CITY_PEOPLE, CITY_POSTS, async (admin) => {
  const { answer, ms, filled } = await plan(admin);
  if (filled !== Math.min(CITY_POSTS * SEATS, CITY_PEOPLE)) throw new Error(`${filled} seats filled`);
  result({ what: `a plan for a city's ${CITY_PEOPLE} people and ${CITY_POSTS} posts, split by area`, against: 'the bound of the whole, by prices: the best plan fits at most so many times as well', goal: 1.05, floor: 1.2, at_most: true, unit: 'times',
    reached: +((answer.fit + answer.gap) / answer.fit).toFixed(4), detail: `${(ms / 1000).toFixed(1)} s in ${answer.parts} parts; ${filled} seats filled, fit ${answer.fit}, at most ${answer.gap} more` });
});
