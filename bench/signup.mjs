// bench/signup.mjs: what a flood of sign-ups from many addresses costs those who work: the median latency of somebody signed in, under the flood and without it, by turns. Part:
// signup (ONLY=).
import { base_store, load, median, of, result, today, turns, wanted, whole, with_server } from './help.mjs';

const CONNECTIONS = 400, SECONDS = 4, TURNS = 5;
if (!wanted('signup')) process.exit(0);
const base = await base_store();

await with_server(
  base,
  async (muster) => {
    const admin = await muster.client('admin');
    const area = (await admin.get('/api/v1/areas?level=3&limit=1')).rows[0].id;
    const appeal = await admin.post('/api/v1/appeals', { title: '倡议书', area, text: '请战', opens: '2020-02-01' });
    await admin.post(`/api/v1/appeals/${appeal.id}/publish`, {});
    const body = JSON.stringify({ name: '演示', phone: '139########', area, consent: true });
    const flood = () => load(muster, { connections: CONNECTIONS, sources: CONNECTIONS, path: `/api/v1/public/appeals/${appeal.id}/sign-up`, body, seconds: SECONDS + 1 });
    // who is signed in lists sites and writes health records, each on a connection of their own
    const work = async () => {
      const options = { token: base.token, seconds: SECONDS, warm: 0.5 };
      const [reads, writes] = await Promise.all([load(muster, { ...options, method: 'GET', path: '/api/v1/sites?limit=50' }), load(muster, { ...options, pairs: base.pairs, day: today })]);
      return { read: reads.p50_us, write: writes.p50_us };
    };
    const floods = [];
    const under = async () => {
      const [one, flooded] = await Promise.all([work(), flood()]);
      floods.push(flooded);
      return one;
    };
    const pairs = await turns(TURNS, work, under);
    const quiet = (what) => median(pairs.map(([one]) => one[what])), busy = (what) => median(pairs.map(([, one]) => one[what]));
    const asked = floods.reduce((sum, one) => sum + Object.values(one.statuses).reduce((all, n) => all + n, 0), 0);
    const begun = floods.reduce((sum, one) => sum + (one.statuses[201] ?? 0), 0);
    result({ what: `median latency of who is signed in, under a flood of sign-ups from ${CONNECTIONS} addresses`, against: 'without the flood; the worse of reading and writing', goal: 1.5, floor: 2, at_most: true, unit: 'times',
      reached: Math.max(of(busy('read'), quiet('read')), of(busy('write'), quiet('write'))),
      detail: `reading 50 sites ${whole(busy('read'))} of ${whole(quiet('read'))} us, writing a record ${whole(busy('write'))} of ${whole(quiet('write'))} us; ${whole(asked)} sign-ups asked for, ${begun} begun`, runs: { pairs, floods } });
  },
  { name: 'signup', env: { MUSTER_SENDER: '/bin/true' }, check: true },
);
