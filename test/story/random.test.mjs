// 20,000 actions by 50 users, backdated ones, corrections and moves among them, several at a time; then everything is counted again twice:
// by `muster check` and by SQL that shares no code with the tallies. SEED=n plays another run.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { run_muster, start_muster } from '../harness.mjs';
import { env, first, last, start_play } from '../random.mjs';
import { recount } from '../recount.mjs';

const actions = Number(process.env.ACTIONS ?? 4_000); // `make check`: 20,000
let muster, play;

before(async () => {
  muster = await start_muster({ env });
  play = await start_play(muster, process.env.SEED ?? 20200305);
});
after(() => muster?.stop());

test(`${actions} actions by 50 users`, { timeout: 600_000 }, async () => {
  await play.run(actions, 8);
  const done = [...play.answers].filter(([key]) => / 20[01]$/.test(key)).reduce((sum, [, n]) => sum + n, 0);
  assert.ok(done > actions / 2, `most actions are to be done, not refused: ${JSON.stringify([...play.answers])}`);
});

test('muster check counts again and finds no difference, and the history is whole', () => {
  assert.match(run_muster(['check', '--store', muster.store], { env }).out, /^0 differences/m);
});

test('SQL written by hand agrees for every area, day and measure', async () => {
  const { differences, cells, measures } = recount(muster.store, first - 20, last);
  assert.deepEqual(differences, []);
  // the rarest is met once in some thousands of actions
  assert.ok(cells > 10_000 && measures >= (actions < 20_000 ? 22 : 24), `${cells} cells of ${measures} measures were compared`);
});
