// A play of many users: the same seed plays the same actions. Backdated ones, corrections, retries, moves and refusals are among them.
import { run_muster, uuid7 } from './harness.mjs';
import { pass, png } from './checks.mjs';
import { day_number } from './recount.mjs';

export const env = { MUSTER_NOW: '2020-03-20T02:00:00Z', LANG: 'C' };
export const first = day_number('2020-02-01');
export const last = day_number('2020-04-10');

/** 50 users of a made-up city on a new store; `run` plays so many actions, some at a time; `answers` counts how they were answered. */
export async function start_play(muster, seed) {
  let state = BigInt(seed);
  function random(below) {
    state = (state * 6364136223846793005n + 1442695040888963407n) & 0xffffffffffffffffn;
    return Number((state >> 33n) % BigInt(below));
  }
  const one = (list) => list[random(list.length)];
  const text_day = (day) => new Date(day * 86_400_000).toISOString().slice(0, 10);
  const some_day = () => text_day(first + random(60));

  const counties = [];
  const users = [];
  const towns = [];
  const villages = [];
  const sites = [];
  const rows = { checks: [], visits: [], links: [], needs: [] };
  const answers = new Map();

  const admin = await muster.client('admin');
  const city = await admin.post('/api/v1/areas', { code: '4313', name: '演示市', level: 2 });
  const org = (await admin.post('/api/v1/orgs', { name: '演示部门', kind: 'department', area: city.id })).id;
  for (let c = 0; c < 2; c++) {
    const county = await admin.post('/api/v1/areas', { code: `43130${c}`, name: `演示县${c}`, parent: city.id });
    counties.push(county);
    for (let t = 0; t < 3; t++) {
      const town = await admin.post('/api/v1/areas', { code: `43130${c}00${t}`, name: `演示镇${c}${t}`, parent: county.id });
      towns.push(town);
      for (let v = 0; v < 3; v++) villages.push(await admin.post('/api/v1/areas', { code: `43130${c}00${t}20${v}`, name: `演示村${c}${t}${v}`, parent: town.id }));
    }
  }
  const template = (await admin.get('/api/v1/templates?code=four_checks')).rows[0];
  const checklist = await admin.get(`/api/v1/template_versions/${template.current}`);
  for (let u = 0; u < 50; u++) {
    const name = `demo-${u}`;
    const user = await admin.post('/api/v1/users', { name, area: one(towns).id, org });
    // some see everything, some a county, some two towns: what is out of reach is refused, and counts for nothing
    if (u % 5 < 3) await admin.post('/api/v1/grants', { user: user.id, role: 'command', area: city.id });
    await admin.post('/api/v1/grants', { user: user.id, role: 'officer', area: (u % 5 < 3 ? city : u % 5 === 3 ? one(counties) : one(towns)).id });
    if (u % 5 === 4) await admin.post('/api/v1/grants', { user: user.id, role: 'liaison', area: one(towns).id });
    users.push({ id: user.id, name });
  }

  /** Users get their tokens from the shell: no password is needed for the test. */
  for (const user of users) {
      const made = run_muster(['user', 'token', user.name, '--store', muster.store], { env });
      user.client = muster.bearer(made.out.match(/mst_[0-9a-f]+/)[0]);
  }

  /** Sends, and keeps how it was answered. Refusals are part of the play; a failure of the program is not. */
  async function send(method, path, body, options = {}) {
    const answer = await one(users).client.request(method, path, body, { ...options, whole: true, expect: [200, 201, 400, 403, 404, 409, 422, 428] });
    const key = `${method} ${path.replace(/[0-9a-f-]{36}/g, 'ID').split('?')[0]} ${answer.status}`;
    answers.set(key, (answers.get(key) ?? 0) + 1);
    return answer.status < 300 ? answer.body : null;
  }

  const effective = () => (random(2) ? {} : random(3) ? { effective: some_day() } : { effective: text_day(first + 20 + random(10)), until: text_day(first + 32 + random(12)) });
  const pick = { tier: ['key', 'park', 'village', 'small', 'other', null], status: ['open', 'stopped', 'filed', 'resumed', 'exempt', null] };

  /** Answers to the checklist, some of them wrong. */
  function found() {
    const answers = pass(checklist);
    for (const code of Object.keys(answers)) if (answers[code].value === 'yes' && !random(8)) answers[code] = { value: 'no' };
    return answers;
  }

  const plays = [
    [10, async function make_site() {
      const made = await send('POST', '/api/v1/sites', { id: uuid7(), name: `演示厂${random(1e6)}`, kind: random(4) ? 'enterprise' : one(['shop', 'school']), area: one(villages).id, tier: one(pick.tier), status: one(pick.status), staff: 50 + random(500), on_duty: random(50), effective: some_day() });
      if (made) sites.push(made.id);
    }],
    [30, async function tell() {
      await send('POST', `/api/v1/sites/${one(sites)}/tell`, { status: one(pick.status), on_duty: random(50), staff: 50 + random(400), ...effective() });
    }],
    [16, async function correct() {
      const id = one(sites);
      const now = await send('GET', `/api/v1/sites/${id}`);
      if (now) await send('PATCH', `/api/v1/sites/${id}`, { tier: one(pick.tier), ...(random(3) ? {} : { area: one(villages).id }), ...effective() }, { version: now.version - (random(20) ? 0 : 1) });
    }],
    [1, async function void_site() {
      await send('DELETE', `/api/v1/sites/${one(sites)}`, { reason: '重复登记' });
    }],
    [14, async function check() {
      const made = await send('POST', '/api/v1/checks', { id: uuid7(), site: one(sites), day: some_day(), result: one(['passed', 'failed']) });
      if (made) rows.checks.push(made.id);
    }],
    [2, async function void_check() {
      if (rows.checks.length) await send('DELETE', `/api/v1/checks/${one(rows.checks)}`, { reason: '误报' });
    }],
    [8, async function visit() {
      const made = await send('POST', '/api/v1/checks', { id: uuid7(), site: one(sites), day: some_day(), template_version: checklist.id, answers: found() });
      if (made) rows.visits.push(made);
    }],
    [4, async function correct_visit() {
      const kept = rows.visits.length && one(rows.visits);
      const now = kept && (await send('PATCH', `/api/v1/checks/${kept.id}`, { answers: found() }, { version: kept.version }));
      if (now) kept.version = now.version;
    }],
    [1, async function void_visit() {
      if (rows.visits.length) await send('DELETE', `/api/v1/checks/${one(rows.visits).id}`, { reason: '误报' });
    }],
    [14, async function step_finding() {
      const listed = await send('GET', `/api/v1/findings?limit=20&state=${one(['open', 'open', 'rectified', 'sent_back'])}`);
      if (!listed?.rows.length) return;
      const finding = one(listed.rows);
      const photo = await send('POST', `/api/v1/files?site=${finding.site}`, png(random(256)), { type: 'image/png' });
      const back = (day) => (random(2) ? {} : { [day]: text_day(day_number('2020-03-20') - random(20)) });
      if (finding.state !== 'rectified' && photo) await send('POST', `/api/v1/findings/${finding.id}/rectify`, { rectified_photos: [photo.id], ...back('rectified_day') });
      else if (random(3)) await send('POST', `/api/v1/findings/${finding.id}/close`, back('closed_day'));
      else await send('POST', `/api/v1/findings/${finding.id}/send_back`, { sent_back_reason: '不合格' });
    }],
    [14, async function link() {
      const made = await send('POST', '/api/v1/links', { id: uuid7(), site: one(sites), user: one(users).id, level: one(['city', 'county', 'town', 'village']), begins: some_day(), ...(random(2) ? {} : { ends: text_day(first + 40 + random(30)) }) });
      if (made) rows.links.push(made);
    }],
    [4, async function end_link() {
      if (!rows.links.length) return;
      const kept = one(rows.links);
      const now = await send('PATCH', `/api/v1/links/${kept.id}`, { ends: text_day(first + 40 + random(30)) }, { version: kept.version });
      if (now) kept.version = now.version;
    }],
    [8, async function raise() {
      const made = await send('POST', '/api/v1/needs', { id: uuid7(), ...(random(4) ? { site: one(sites) } : { area: one(villages).id }), kind: one(['protective_goods', 'labour', 'policy', 'other']), text: '演示诉求', ...(random(2) ? {} : { raised_at: `${text_day(first + random(40))}T04:00:00Z` }) });
      if (made) rows.needs.push(made.id);
    }],
    [24, async function step_need() {
      if (!rows.needs.length) return;
      const [step, body] = one([['assign', { lead: org }], ['take', {}], ['resolve', { answer: '已办' }], ['resolve', { answer: '已办' }], ['confirm', { rating: 5 }], ['reopen', { reopen_reason: '未解决' }]]);
      await send('POST', `/api/v1/needs/${one(rows.needs.slice(-40))}/${step}`, body);
    }],
    [12, async function confirm_return() {
      await send('POST', '/api/v1/returns/confirm', { ...(random(5) ? { site: one(sites) } : { area: one(towns).id }), day: text_day(first + 30 + random(17)), ...(random(2) ? { zero: true } : { on_duty: random(50), text: '正常', ...(random(3) ? { jump_reason: '分批返岗' } : {}) }) });
    }],
  ];
  const total = plays.reduce((sum, [weight]) => sum + weight, 0);

  function choose() {
    let at = random(total);
    return plays.find(([weight]) => (at -= weight) < 0)[1];
  }

  async function run(actions, at_a_time) {
    while (sites.length < 60) await plays[0][1]();
    let left = actions;
    const worker = async () => {
      while (left-- > 0) {
        await choose()();
        // an area moves now and then, back and forth, from a day on
        if (left % 400 === 0) {
          const answer = await admin.post(`/api/v1/areas/${one(villages).id}/move`, { parent: one(towns).id, effective: some_day() }, { whole: true, expect: [200, 409, 422] });
          answers.set(`move ${answer.status}`, (answers.get(`move ${answer.status}`) ?? 0) + 1);
        }
      }
    };
    await Promise.all(Array.from({ length: at_a_time }, worker));
  }
  return { run, answers };
}
