// Three servers on one database, under load: counts stay exact, chains whole, numbers without gaps; what one changes, the others know within a second;
// timed work is done once; one that is killed takes nothing with it. SERVERS_SECONDS=300 holds the load for five minutes.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { after, before, test } from 'node:test';
import { Client, binary, engine, new_store, password, run_muster, sleep, start_muster, until, uuid7 } from '../harness.mjs';
import { sql } from '../postgres.mjs';
import { day_number, recount } from '../recount.mjs';

const seconds = Number(process.env.SERVERS_SECONDS ?? 6);
const env = { MUSTER_NOW: '2020-03-20T02:00:00Z', LANG: 'C' };
const servers = [];
let store, admin, county;
const villages = [];
/** The same session at another server. */
const at = (client, server) => Object.assign(new Client(server), { cookie: client.cookie, csrf: client.csrf });
const one = (list) => list[Math.floor(Math.random() * list.length)];
const day = (back) => new Date((day_number('2020-03-20') - back) * 86_400_000).toISOString().slice(0, 10);

if (engine === 'postgres') {
  before(async () => {
    store = new_store();
    run_muster(['init', '--store', store, '--admin', 'admin'], { env, input: `${password}\n` });
    for (let i = 0; i < 3; i++) servers.push(await start_muster({ store, made: true, env }));
    admin = await servers[0].client('admin');
    county = await admin.post('/api/v1/areas', { code: '431302', name: '演示县', level: 3 });
    for (let t = 0; t < 2; t++) {
      const town = await admin.post('/api/v1/areas', { code: `43130200${t}`, name: `演示镇${t}`, parent: county.id });
      for (let v = 0; v < 3; v++) villages.push((await admin.post('/api/v1/areas', { code: `43130200${t}20${v}`, name: `演示村${t}${v}`, parent: town.id })).id);
    }
    await admin.post('/api/v1/grants', { user: (await admin.get('/api/v1/session')).user.id, role: 'officer', area: county.id });
  });
  after(() => Promise.all(servers.map((server) => server.stop())));

  test('who signs in at one is known at all, who signs out is gone everywhere within a second', async () => {
    const others = servers.map((server) => at(admin, server));
    for (const other of others) assert.equal((await other.get('/api/v1/session')).user.name, 'admin');
    const guest = await servers[1].client('admin');
    const elsewhere = servers.map((server) => at(guest, server));
    for (const other of elsewhere) await other.get('/api/v1/sites');
    await elsewhere[2].sign_out();
    await sleep(1100);
    for (const other of elsewhere) await other.get('/api/v1/sites', { expect: 401 });
  });

  test('a grant that is taken away is gone everywhere within a second', async () => {
    run_muster(['user', 'add', 'demo-1', '--area', '431302', '--role', 'officer', '--store', store], { env, input: `${password}\n` });
    const officer = await servers[1].client('demo-1');
    const elsewhere = servers.map((server) => at(officer, server));
    const made = await officer.post('/api/v1/sites', { name: '演示一厂', kind: 'enterprise', area: villages[0] });
    for (const other of elsewhere) await other.get(`/api/v1/sites/${made.id}`);
    const [grant] = (await admin.get('/api/v1/grants', { query: { user: (await officer.get('/api/v1/session')).user.id } })).rows;
    await admin.del(`/api/v1/grants/${grant.id}`, { reason: '调整' });
    await sleep(1100);
    for (const other of elsewhere) await other.get(`/api/v1/sites/${made.id}`, { expect: [401, 403, 404] });
  });

  test('wrong passwords add up over all servers', async () => {
    run_muster(['user', 'add', 'demo-2', '--area', '431302', '--role', 'officer', '--store', store], { env, input: `${password}\n` });
    const answers = [];
    for (let i = 0; i < 12; i++) {
      const client = await servers[i % 3].client();
      answers.push((await client.post('/api/v1/session', { name: 'demo-2', password: 'wrong-horse-2020' }, { whole: true, expect: [401, 429] })).status);
    }
    assert.equal(answers.at(-1), 429);
    assert.ok(answers.indexOf(429) < 9, String(answers));
  });

  test('a setting that is changed at one holds at all within a second', async () => {
    const site = (await admin.post('/api/v1/sites', { name: '演示二厂', kind: 'enterprise', area: villages[0] })).id;
    const person = (await admin.post('/api/v1/people', { name: '演示甲', area: villages[0] })).id;
    const tell = (server) => at(admin, server).post('/api/v1/health_records', { id: uuid7(), site, person, day: day(0), temperature: 371 });
    const feverish = () => Number(sql(store, `SELECT coalesce(sum(n), 0) AS n FROM tallies WHERE measure = 'health_feverish' AND span = 0 AND area = (SELECT number FROM areas WHERE id = '${villages[0]}')`)[0].n);
    for (const server of servers) await tell(server);
    assert.equal(feverish(), 0);
    const setting = (await admin.get('/api/v1/setting_values?limit=200')).rows.find((row) => row.name === 'fever_tenths');
    await admin.patch(`/api/v1/setting_values/${setting.id}`, { value: '371' }, { version: setting.version });
    await sleep(1000);
    for (const [i, server] of servers.entries()) {
      await tell(server);
      assert.equal(feverish(), i + 1);
    }
  });

  test(`${seconds} seconds of load on all three; one is killed on the way and comes back`, { timeout: seconds * 1000 + 120_000 }, async () => {
    const clients = servers.map((server) => at(admin, server));
    const sites = [], needs = [], counts = { made: 0, refused: 0, lost: 0 };
    const people = [];
    for (let i = 0; i < 4; i++) people.push((await admin.post('/api/v1/people', { name: `演示乙${i}`, area: villages[i] })).id);
    const end = Date.now() + seconds * 1000;
    let killed = null;
    // a killed server answers nobody: what it did not answer is sent again elsewhere, under the same id
    const send = async (method, path, body, options = {}) => {
      for (let tries = 0; tries < 60; tries++) {
        const client = one(clients);
        try {
          const answer = await client.request(method, path, body, { ...options, whole: true, expect: [200, 201, 400, 403, 404, 409, 422, 428, 503] });
          if (answer.status === 503) throw new Error('busy');
          counts[answer.status < 300 ? 'made' : 'refused']++;
          return answer.status < 300 ? answer.body : null;
        } catch (error) {
          if (error.status) throw error;
          counts.lost++;
          await sleep(50);
        }
      }
      throw new Error('nobody answers');
    };
    const plays = [
      async () => { const made = await send('POST', '/api/v1/sites', { id: uuid7(), name: `演示厂${Math.floor(Math.random() * 1e9)}`, kind: 'enterprise', tier: one(['key', 'park', 'small']), area: one(villages), status: 'stopped' }); if (made) sites.push(made.id); },
      async () => sites.length && send('POST', `/api/v1/sites/${one(sites)}/tell`, { status: one(['open', 'stopped', 'resumed']), on_duty: Math.floor(Math.random() * 50), effective: day(Math.floor(Math.random() * 30)) }),
      async () => sites.length && send('POST', '/api/v1/checks', { id: uuid7(), site: one(sites), day: day(Math.floor(Math.random() * 30)), result: one(['passed', 'failed']) }),
      async () => { if (!sites.length) return; const id = one(sites); const now = await send('GET', `/api/v1/sites/${id}`); if (now) await send('PATCH', `/api/v1/sites/${id}`, { area: one(villages) }, { version: now.version }); },
      async () => { if (!sites.length) return; const made = await send('POST', '/api/v1/needs', { id: uuid7(), site: one(sites), kind: 'other', text: '演示诉求' }); if (made) needs.push(made); },
      async () => sites.length && send('POST', '/api/v1/health_records', { rows: Array.from({ length: 20 }, () => ({ id: uuid7(), site: one(sites), person: one(people), day: day(Math.floor(Math.random() * 5)), temperature: 360 + Math.floor(Math.random() * 20) })) }),
      async () => sites.length && send('POST', '/api/v1/returns/confirm', { site: one(sites), day: day(1 + Math.floor(Math.random() * 3)), on_duty: 5, text: '正常' }),
    ];
    const worker = async () => { while (Date.now() < end) await one(plays)(); };
    const killer = async () => {
      await sleep(seconds * 400);
      killed = servers[2].pid;
      await servers[2].kill();
      await servers[2].start();
    };
    await Promise.all([killer(), ...Array.from({ length: 9 }, worker)]);
    assert.ok(killed && counts.made > seconds * 20, JSON.stringify(counts));
    const numbers = sql(store, "SELECT number FROM needs ORDER BY number").map((row) => row.number);
    assert.deepEqual(numbers, numbers.map((_, i) => `XQ-2020-${String(i + 1).padStart(6, '0')}`), 'numbers have no gaps and no doubles');
    const twice = sql(store, "SELECT site, day, count(*) AS n FROM returns WHERE voided_at IS NULL AND site IS NOT NULL GROUP BY site, day HAVING count(*) > 1");
    assert.deepEqual(twice, [], 'one return a day and firm');
    const slots = sql(store, 'SELECT slot, count(*) AS n FROM history GROUP BY slot ORDER BY slot');
    assert.ok(slots.length >= 3, JSON.stringify(slots));
    console.log(JSON.stringify({ ...counts, slots }));
  });

  test('counted again from the rows, and by hand-written SQL, there is no difference; every chain is whole', () => {
    assert.match(run_muster(['check', '--store', store], { env }).out, /^0 differences/m);
    const { differences } = recount(store, day_number('2020-02-01'), day_number('2020-04-10'));
    assert.deepEqual(differences.filter((text) => !/^health/.test(text)), []);
  });

  test('timed work is done once, whoever does it', async () => {
    const later = { ...env, MUSTER_NOW: '2020-04-20T02:00:00Z' };
    const before = Number(sql(store, 'SELECT count(*) AS n FROM notices')[0].n);
    const run = () => new Promise((done) => spawn(binary, ['job', '--store', store], { env: { ...process.env, ...later }, stdio: 'ignore' }).once('close', done));
    assert.deepEqual(await Promise.all([run(), run(), run(), run()]), [0, 0, 0, 0]);
    const told = sql(store, 'SELECT about, "user", what, count(*) AS n FROM notices GROUP BY about, "user", what HAVING count(*) > 1');
    // a chain of urgent news is told of once a report
    const chains = new Map(sql(store, 'SELECT CAST(coalesce(parent, id) AS TEXT) AS about, count(*) AS n FROM reports GROUP BY 1').map((one) => [one.about, Number(one.n)]));
    const most = (one) => ({ report_follow_up: chains.get(one.about) - 1, health_alarm: chains.get(one.about) })[one.what] ?? 1;
    assert.deepEqual(told.filter((one) => Number(one.n) > most(one)), []);
    const overdue = Number(sql(store, "SELECT count(*) AS n FROM needs WHERE chased_day IS NOT NULL")[0].n);
    assert.ok(overdue > 0 && Number(sql(store, 'SELECT count(*) AS n FROM notices')[0].n) > before, `${overdue} needs were chased`);
    await until(() => run_muster(['check', '--store', store], { env: later, expect: false }).out.startsWith('0 '), { what: 'a clean check' });
  });
}
