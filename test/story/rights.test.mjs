// Route x role x area: every route that the program declares, asked by every role, about rows within reach, beside it, in another county and
// above. What a grant does not reach answers exactly as what does not exist, and shows nowhere. The expected outcome is test/rights.mjs.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { password, start_muster, top, uuid7 } from '../harness.mjs';
import { arising, commands, records, rights, roles, samples } from '../rights.mjs';
import { sheet_text } from '../sheets.mjs';

const any_status = Array.from({ length: 500 }, (_, i) => i + 100);
const foreign = ['sibling', 'other', 'above'];
const nearest = ['sibling', 'above']; // where every route is asked twice
const places = {
  own: { word: 'own', mark: '本镇' },
  next: { word: 'next', mark: '邻企' },
  sibling: { word: 'sibling', mark: '邻镇暗号' },
  other: { word: 'other', mark: '外县暗号' },
  above: { word: 'above', mark: '上级暗号' },
};
let muster, admin, keeper, declared, plain_routes;
// role -> client with a grant on the own town; also firm (a grant on one site), zoned (on a zone that is the village), nobody (none), serving (none; stands for whoever has the shift in the own town)
const people = {};
const grantless = ['nobody', 'serving'];
let numbers = 0;

/** {status, body, text} of any answer; refused ones too. */
async function ask(client, method, path, body, options = {}) {
  const answer = await client.request(method, path, body, { expect: any_status, whole: true, ...options });
  // a sheet is packed, and says when it was made
  const text = Buffer.isBuffer(answer.body) ? sheet_text(answer.body) || answer.body.toString('latin1') : typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
  return { status: answer.status, body: answer.body, text };
}

/** Refused by a rule of the thing itself, which says so, not by the role. */
const is_rule = (answer) => answer.status === 403 && answer.body.detail;
const sample = (plural, place) => samples[plural](place, ++numbers);
const stands_for = { firm: 'enterprise', zoned: 'liaison' };
const has = (role, right) => !grantless.includes(role) && rights[right].has(stands_for[role] ?? role);
const reads = (role, plural) => records[plural].open || has(role, records[plural].read);

/** Whether a role reaches the row of a record in a place for a right. */
function reaches(role, plural, place, right) {
  const record = records[plural];
  if (record.open && right === record.read) return true;
  if (!has(role, right) || record.whole || foreign.includes(place)) return false;
  if (role !== 'firm') return true;
  return place === 'own' && (plural === 'sites' || declared[plural].fields.some((one) => one.name === 'site'));
}

/** Nothing of what is out of reach may show in an answer: neither its texts nor its ids. An open row says in which area it stands. */
function assert_clean(role, what, answer, open = false) {
  // what is put up for claiming is told to everybody at home in its county
  if (role === 'serving' && what.includes('/my/claims')) return;
  // and one's own post says in which county it stands
  if (role === 'serving' && what.includes('/my/posts')) answer = { text: answer.text.replace(/"place":"[^"]*"/g, '') };
  if (open) answer = { text: answer.text.replace(/"names":\{[^}]*\}/g, '').replace(/(邻镇暗号|外县暗号|上级暗号)99\d+/g, '') };
  for (const place of role === 'firm' ? ['next', ...foreign] : foreign) {
    assert.ok(!answer.text.includes(places[place].mark), `${role} ${what} shows ${places[place].mark}: ${answer.text.slice(0, 600)}`);
    for (const [plural, id] of Object.entries(places[place].rows))
      assert.ok(records[plural].open || !answer.text.includes(id), `${role} ${what} shows the ${plural} row of ${place}: ${answer.text.slice(0, 600)}`);
  }
}

/** Asks about a row out of reach and about one that is not there: one answer. */
async function assert_alike(client, role, method, path_of, there, body_of = () => undefined, options = {}, open = false) {
  const nowhere = uuid7();
  // a session tells the server's clock
  const hide = (text) => text.replaceAll(there, '…').replaceAll(nowhere, '…').replace(/"now":"[^"]*"/, '');
  const both = async () => [await ask(client, method, path_of(there), body_of(there), options), await ask(client, method, path_of(nowhere), body_of(nowhere), options)];
  let [real, none] = await both();
  // what waits is told in minutes, and a minute may end between the two
  if (method === 'GET' && hide(real.text) !== hide(none.text)) [real, none] = await both();
  const what = `${method} ${path_of('{there}')} ${JSON.stringify(body_of('{there}')) ?? ''}`;
  assert.equal(real.status, none.status, `${role} ${what}: ${real.status} where it is there, ${none.status} where not\n${real.text}\n${none.text}`);
  assert.equal(hide(real.text), hide(none.text), `${role} ${what} tells what is there`);
  assert_clean(role, what, { text: hide(real.text) }, open);
  return real;
}

async function make_user(name, grants, more = {}) {
  const user = await admin.post('/api/v1/users', { name, area: places.own.town, ...more });
  for (const grant of grants) await admin.post('/api/v1/grants', { user: user.id, ...grant });
  const { link } = await admin.post(`/api/v1/users/${user.id}/invite`);
  await muster.bearer('').post('/api/v1/invite', { token: new URL(link).searchParams.get('token'), password });
  const client = await muster.client(name);
  client.user = user;
  return client;
}

const declared_areas = [
  ['county', 'above', null, 3, '990101'],
  ['town', 'own', 'county', 4, '990101001'],
  ['village', 'own', 'town', 5, '990101001001'],
  ['town', 'sibling', 'county', 4, '990101002'],
  ['village', 'sibling', 'town', 5, '990101002001'],
  ['county', 'other', null, 3, '990102'],
  ['town', 'other', 'county', 4, '990102001'],
  ['village', 'other', 'town', 5, '990102001001'],
];

async function make_areas() {
  for (const [level, place, above, depth, code] of declared_areas) {
    const parent = above ? (places[place][above] ?? places.above[above]) : undefined;
    const area = await admin.post('/api/v1/areas', { name: `${places[place].mark}${code}`, code, level: depth, ...(parent ? { parent } : {}) });
    places[place][level] = places[place].area = area.id;
    places[place].code = code;
  }
  places.above.area = places.above.county;
  Object.assign(places.next, { area: places.own.area, town: places.own.town });
}

async function make_rows(plurals) {
  for (const plural of plurals)
    for (const place of Object.values(places)) {
      const shared = records[plural].whole && places.own.rows[plural];
      const id = shared || (arising[plural] ? await arising[plural](keeper, place) : (await keeper.post(`/api/v1/${plural}`, sample(plural, place))).id);
      place[plural] = place.rows[plural] = id;
    }
}

before(async () => {
  muster = await start_muster({ env: { MUSTER_NOW: '2020-03-05T02:00:00Z' } });
  admin = await muster.client('admin');
  const root = (await admin.get('/api/v1/session')).home.id;
  const answer = await admin.get('/api/v1/declarations');
  declared = Object.fromEntries(answer.records.map((one) => [one.plural, one]));
  plain_routes = [...readFileSync(join(top, 'src/face/commands.def'), 'utf8').matchAll(/^COMMAND\((\w+),\s*"([^"]+)"/gm)].map(([, method, path]) => [method, path]);
  await make_areas();
  keeper = await make_user('keeper', roles.map((role) => ({ role, area: root })));
  for (const place of Object.values(places)) place.rows = {};
  await make_rows([...Object.keys(samples), ...Object.keys(arising)].filter((plural) => declared[plural]));
  for (const role of roles) people[role] = await make_user(role, [{ role, area: places.own.town }]);
  people.firm = await make_user('firm', [{ role: 'enterprise', site: places.own.sites }]);
  const zone = await admin.post('/api/v1/zones', { name: '演示片区', area: places.own.town });
  await admin.post('/api/v1/zone_members', { zone: zone.id, area: places.own.village });
  people.zoned = await make_user('zoned', [{ role: 'liaison', zone: zone.id }]);
  people.nobody = await make_user('nobody', []);
  people.serving = await make_user('serving', [], { person: (await keeper.get(`/api/v1/shifts/${places.own.rows.shifts}`)).person });
});
after(() => muster?.stop());

const everyone = (work) => Promise.all(Object.entries(people).map(([role, client]) => work(role, client)));
/** Routes that answer by place: those that take no part of a path and are neither open to all nor the declarations. */
// the declarations, the session and one's own shifts are of no place; the latter two tell the time
const placeless = ['/api/v1/declarations', '/api/v1/session', '/api/v1/my/shifts'];
const placed = () =>
  plain_routes.filter(([method, path]) => method === 'GET' && !path.includes('{') && commands[`GET ${path}`] !== 'all' && !placeless.includes(path)).map(([, path]) => path);
const routed = () => Object.keys(declared).filter((plural) => !declared[plural].inner);
const filled = () => routed().filter((plural) => places.own.rows[plural]);
const made = () => filled().filter((plural) => samples[plural]);

test('every declared route is in the table, and the table names no other', () => {
  const tabled = Object.keys(records).filter((plural) => declared[plural]);
  assert.deepEqual(Object.keys(declared).filter((plural) => !records[plural]), [], 'records without a line in test/rights.mjs');
  for (const plural of tabled) {
    const { read, write, steps = {}, inner = false } = records[plural];
    assert.equal(declared[plural].inner, inner, plural);
    if (inner) continue;
    assert.equal(declared[plural].read, read, `the right to read ${plural}`);
    assert.equal(declared[plural].write, write, `the right to write ${plural}`);
    assert.deepEqual(Object.fromEntries(declared[plural].steps.map((one) => [one.name, one.right])), steps, `the steps of ${plural}`);
    assert.ok(samples[plural] || arising[plural], `${plural} has no sample in test/rights.mjs`);
  }
  const named = plain_routes.map(([method, path]) => `${method} ${path}`);
  assert.deepEqual(named.filter((one) => !commands[one]), [], 'commands without a line in test/rights.mjs');
});

test('the description of the API names the same routes', async () => {
  const known = new Set(plain_routes.map(([method, path]) => `${method} ${path}`));
  for (const plural of routed()) {
    for (const method of ['GET', 'POST']) known.add(`${method} /api/v1/${plural}`);
    for (const method of ['GET', 'PATCH', 'DELETE']) known.add(`${method} /api/v1/${plural}/{id}`);
    known.add(`GET /api/v1/${plural}/{id}/history`);
    for (const step of declared[plural].steps) known.add(`POST /api/v1/${plural}/{id}/${step.name}`);
    for (const way of ['.csv', '.xlsx']) known.add(`GET /api/v1/${plural}${way}`);
    known.add(`POST /api/v1/${plural}:import`);
  }
  const { paths } = await admin.get('/api/openapi.json');
  const described = Object.entries(paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`));
  assert.deepEqual(described.filter((one) => !known.has(one)), []);
});

test('each role has the rights of the table', () =>
  everyone(async (role, client) => {
    const session = await client.get('/api/v1/session');
    const right = Object.keys(rights).filter((one) => has(role, one));
    assert.deepEqual([...session.rights].sort(), right.sort(), role);
    assert_clean(role, 'GET session', { text: JSON.stringify({ ...session, home: null }) });
  }));

const standing = { template_versions: 'published', needs: 'confirmed', returns: 'sealed' };

test('a row says to each role what it may do with it', () =>
  everyone(async (role, client) => {
    for (const plural of filled())
      for (const place of ['own', 'next', ...foreign]) {
        const answer = await ask(client, 'GET', `/api/v1/${plural}/${places[place].rows[plural]}`);
        if (answer.status !== 200) continue;
        const { may, state } = answer.body;
        const what = `${role} ${plural} of ${place}`;
        assert.equal(may.write, reaches(role, plural, place, records[plural].write) && state !== (standing[plural] ?? 0), what);
        for (const step of declared[plural].steps) {
          const allowed = reaches(role, plural, place, step.right) && (!step.from.length || step.from.includes(state));
          if (!allowed || !step.when) assert.equal(may.steps.includes(step.name), allowed, `${what}: ${step.name} in ${state}`);
        }
      }
  }));

test('without a session every route asks for one', async () => {
  const stranger = await muster.client();
  const routes = routed().flatMap((plural) => [
    ['GET', `/api/v1/${plural}`],
    ['POST', `/api/v1/${plural}`],
    ...['GET', 'PATCH', 'DELETE'].map((method) => [method, `/api/v1/${plural}/${uuid7()}`]),
    ['GET', `/api/v1/${plural}/${uuid7()}/history`],
    ...declared[plural].steps.map((step) => ['POST', `/api/v1/${plural}/${uuid7()}/${step.name}`]),
  ]);
  for (const [method, path] of plain_routes) if (commands[`${method} ${path}`] !== 'all') routes.push([method, path.replace(/\{\w+\}/g, uuid7())]);
  for (const [method, path] of routes) assert.equal((await ask(stranger, method, path, method === 'GET' ? undefined : {})).status, 401, `${method} ${path}`);
  for (const client of [muster.bearer('mst_0000'), Object.assign(await muster.client(), { cookie: 'muster=0000' })])
    assert.equal((await ask(client, 'GET', '/api/v1/sites')).status, 401);
});

test('with a cookie no write goes without its CSRF word', async () => {
  const bare = Object.assign(await muster.client(), { cookie: people.command.cookie });
  const wrong = Object.assign(await muster.client(), { cookie: people.command.cookie, csrf: people.officer.csrf });
  const routes = plain_routes.filter(([method]) => method !== 'GET').map(([method, path]) => [method, path.replace(/\{\w+\}/g, uuid7())]);
  for (const plural of filled()) {
    const row = `/api/v1/${plural}/${places.own.rows[plural]}`;
    routes.push(['POST', `/api/v1/${plural}`], ['POST', `/api/v1/${plural}:import`], ['PATCH', row], ['DELETE', row]);
    for (const step of declared[plural].steps) routes.push(['POST', `${row}/${step.name}`]);
  }
  for (const [method, path] of routes)
    for (const client of [bare, wrong]) assert.equal((await ask(client, method, path, { reason: 'none' })).status, 403, `${method} ${path}`);
  assert.equal((await ask(people.command, 'GET', '/api/v1/session')).status, 200);
});

test('lists, counts, orders, searches show what is within reach and no more', () =>
  everyone(async (role, client) => {
    for (const plural of filled()) {
      const path = `/api/v1/${plural}`;
      const list = await ask(client, 'GET', `${path}?limit=1000&count=1`);
      assert.equal(list.status, reads(role, plural) ? 200 : 403, `${role} GET ${path}`);
      assert_clean(role, `GET ${path}`, list, records[plural].open);
      if (list.status !== 200) continue;
      const ids = list.body.rows.map((row) => row.id);
      for (const place of ['own', 'next'])
        assert.equal(ids.includes(places[place].rows[plural]), reaches(role, plural, place, records[plural].read), `${role} ${path} ${place}`);
      assert.equal(list.body.total, ids.length, `${role} counts ${plural}`);
      const orders = declared[plural].fields.filter((one) => one.order).flatMap((one) => [one.name, `-${one.name}`]);
      const asks = [...orders.map((one) => `sort=${one}&limit=1000`), 'voided=1', 'day=2020-02-01', `reveal=${encodeURIComponent('test of rights')}`];
      for (const place of foreign) asks.push(`q=${encodeURIComponent(places[place].mark)}`);
      for (const one of asks) assert_clean(role, `GET ${path}?${one}`, await ask(client, 'GET', `${path}?${one}`), records[plural].open);
      for (const field of declared[plural].fields.filter((one) => one.link && !one.private))
        for (const place of foreign) {
          const to = Object.values(declared).find((one) => one.name === field.link)?.plural;
          const id = field.link === 'area' ? places[place].area : places[place].rows[to];
          if (!id || field.name === 'area' || records[to].open) continue;
          const rows = (await ask(client, 'GET', `${path}?${field.name}=${id}&count=1`)).body;
          const text = JSON.stringify(rows).replaceAll(id, '…');
          assert_clean(role, `GET ${path}?${field.name}=`, { text }, records[plural].open);
        }
    }
  }));

test('an area out of reach is no area to ask about', () =>
  everyone(async (role, client) => {
    const routes = filled().map((plural) => `/api/v1/${plural}`);
    routes.push(...placed());
    for (const path of routes)
      for (const place of foreign) {
        const of = (id) => `${path}?measure=sites&area=${id}`;
        const real = await assert_alike(client, role, 'GET', of, places[place].area);
        const coded = await ask(client, 'GET', of(places[place].code));
        if (real.status === 404) assert.deepEqual([coded.status, coded.text], [real.status, real.text], `${role} ${path} by code`);
      }
  }));

test('rows: reading, changing, taking out, history', () =>
  everyone(async (role, client) => {
    for (const plural of filled())
      for (const place of Object.keys(places)) {
        const { read, write } = records[plural];
        const id = places[place].rows[plural];
        const [row, history] = [(one) => `/api/v1/${plural}/${one}`, (one) => `/api/v1/${plural}/${one}/history`];
        const seen = reads(role, plural) && reaches(role, plural, place, read);
        const what = `${role} ${plural} in ${place}`;
        if (!seen || foreign.includes(place)) {
          for (const [method, path, body] of [['GET', row], ['GET', history], ['PATCH', row, {}], ['DELETE', row, { reason: 'none' }]]) {
            if (seen && (method === 'GET' || !records[plural].open)) continue;
            const answer = seen ? await ask(client, method, path(id), body, { version: 1 }) : await assert_alike(client, role, method, path, id, () => body, { version: 1 });
            const barred = method === 'GET' && path === history ? !reads(role, plural) || !has(role, 'history.read') : !reads(role, plural);
            const never = method === 'PATCH' && declared[plural].appended;
            assert.equal(answer.status, seen || barred ? 403 : never ? 405 : 404, `${what} ${method}: ${answer.text}`);
          }
          continue;
        }
        const got = await ask(client, 'GET', row(id));
        assert.equal(got.status, 200, what);
        assert_clean(role, `GET ${row(id)}`, got);
        const past = await ask(client, 'GET', history(id));
        const whole = records[plural].open && !reaches(role, plural, place, 'history.read');
        assert.equal(past.status, has(role, 'history.read') ? (whole ? 404 : 200) : 403, `${what} history ${past.text}`);
        assert_clean(role, `GET ${history(id)}`, past);
        const changed = await ask(client, 'PATCH', row(id), {}, { version: got.body.version });
        if (declared[plural].appended) assert.equal(changed.status, 405, `${what} PATCH`);
        else if (reaches(role, plural, place, write)) assert.ok([200, 409, 422].includes(changed.status) || is_rule(changed), `${what} PATCH ${changed.text}`);
        else assert.equal(changed.status, 403, `${what} PATCH ${changed.text}`);
        assert_clean(role, `PATCH ${row(id)}`, changed);
        const stale = await ask(client, 'PATCH', row(id), {}, { version: 999 });
        assert_clean(role, `PATCH ${row(id)} of an old version`, stale);
        if (!reaches(role, plural, place, write)) assert.equal((await ask(client, 'DELETE', row(id), { reason: 'none' })).status, 403, `${what} DELETE`);
      }
  }));

test('steps: each by its own right and place', () =>
  everyone(async (role, client) => {
    for (const plural of filled())
      for (const { name, right } of declared[plural].steps)
        for (const place of ['own', 'next', ...nearest]) {
          const step = (one) => `/api/v1/${plural}/${one}/${name}`;
          const id = places[place].rows[plural];
          const what = `${role} ${name} of ${plural} in ${place}`;
          if (!reads(role, plural) || !reaches(role, plural, place, records[plural].read)) {
            const answer = await assert_alike(client, role, 'POST', step, id, () => ({ nonsense: 1 }));
            assert.equal(answer.status, reads(role, plural) ? 404 : 403, what);
            continue;
          }
          const answer = await ask(client, 'POST', step(id), { nonsense: 1 });
          assert.ok(reaches(role, plural, place, right) ? [409, 422].includes(answer.status) || is_rule(answer) : answer.status === 403, `${what}: ${answer.status} ${answer.text}`);
          assert_clean(role, what, answer);
        }
  }));

test('new rows: within reach by the right to write, elsewhere as if the place were not there', () =>
  everyone(async (role, client) => {
    for (const plural of made()) {
      const { write, whole } = records[plural];
      const path = `/api/v1/${plural}`;
      const own = sample(plural, places.own);
      const made = await ask(client, 'POST', path, own);
      const may = reads(role, plural) && (reaches(role, plural, 'own', write) || (role === 'firm' && has(role, write) && 'site' in own));
      const right = may && !whole ? [201] : has(role, write) && reads(role, plural) ? [404, 422] : [403];
      assert.ok(right.includes(made.status) || is_rule(made), `${role} POST ${path} gave ${made.status}, not ${right}: ${made.text}`);
      assert_clean(role, `POST ${path}`, made);
      if (made.status === 201) {
        const gone = await ask(client, 'DELETE', `${path}/${made.body.id}`, { reason: 'test' });
        assert.ok([200, 409].includes(gone.status), `${role} DELETE ${path}: ${gone.text}`);
      }
      for (const place of foreign) {
        const body = sample(plural, places[place]);
        const ids = Object.entries(body).filter(([key, value]) => /^[0-9a-f-]{36}$/.test(value) && !['org', 'template'].includes(key));
        if (!ids.length) continue;
        const nowhere = { ...body, ...Object.fromEntries(ids.map(([key]) => [key, uuid7()])) };
        const [real, none] = [await ask(client, 'POST', path, body), await ask(client, 'POST', path, nowhere)];
        assert.deepEqual([real.status, real.text], [none.status, none.text], `${role} POST ${path} tells that ${JSON.stringify(body)} is there`);
        assert.ok([403, 404, 422].includes(real.status), `${role} POST ${path} in ${place} gave ${real.status}`);
        assert_clean(role, `POST ${path} in ${place}`, real);
      }
    }
  }));

test('no row points out of reach, neither from its beginning nor by a change, nor from a day to come', () =>
  everyone(async (role, client) => {
    for (const plural of made()) {
      if (!reaches(role, plural, 'own', records[plural].write) || !reads(role, plural)) continue;
      const path = `/api/v1/${plural}`;
      const own = `${path}/${places.own.rows[plural]}`;
      for (const field of declared[plural].fields) {
        const to = field.link ? Object.values(declared).find((one) => one.name === field.link)?.plural : undefined;
        if (!to || field.set === 'system' || records[to]?.open) continue;
        for (const place of nearest) {
          const id = field.link === 'area' && field.name !== 'parent' ? places[place].area : places[place].rows[to];
          if (!id) continue;
          const value = (one) => (field.kind === 'links' ? [one] : one);
          const body = (one) => ({ ...sample(plural, places.own), [field.name]: value(one) });
          const made = await assert_alike(client, role, 'POST', () => path, id, (one) => ({ ...body(one), ...('name' in samples[plural](places.own, 0) ? { name: '指向别处' } : {}) }));
          assert.ok([404, 422].includes(made.status), `${role} POST ${path} with ${field.name} in ${place} gave ${made.status}`);
          for (const more of [{}, { effective: '2020-04-01' }, { effective: '2020-02-01', until: '2020-02-02' }]) {
            if (!declared[plural].dated && more.effective) continue;
            const { version } = (await ask(keeper, 'GET', own)).body;
            const changed = await ask(client, 'PATCH', own, { [field.name]: value(id), ...more }, { version });
            assert.ok([404, 405, 409, 422].includes(changed.status), `${role} PATCH ${path} ${field.name} ${JSON.stringify(more)} to ${place} gave ${changed.status}: ${changed.text}`);
          }
        }
      }
    }
  }));

test('figures open only into rows within reach', async () => {
  const { measures } = await admin.get('/api/v1/declarations');
  const plural_of = (record) => Object.values(declared).find((one) => one.name === record).plural;
  await everyone(async (role, client) => {
    for (const measure of measures) {
      const plural = plural_of(measure.record);
      for (const more of measure.stock ? ['', '&reveal=test'] : ['', '&total=1']) {
        const path = `/api/v1/tallies/rows?measure=${measure.name}${more}`;
        const answer = await ask(client, 'GET', `${path}&area=${places.own.town}`);
        const right = !has(role, 'figure.read') || !reads(role, plural) ? 403 : stands_for[role] ? 404 : 200;
        assert.equal(answer.status, right, `${role} ${path}: ${answer.text}`);
        assert_clean(role, path, answer);
        if (!more.includes('r')) await assert_alike(client, role, 'GET', (id) => `${path}&area=${id}`, places.sibling.area);
      }
    }
  });
});

test('every other route asks for its right', () =>
  everyone(async (role, client) => {
    for (const [method, path] of plain_routes) {
      const name = `${method} ${path}`;
      const right = commands[name];
      if (!right || right === 'all' || name === 'DELETE /api/v1/session') continue;
      const at = (id) => path.replace(/\{\w+\}/g, id);
      const answer = await ask(client, method, `${at(uuid7())}?area=${places.own.town}`, method === 'GET' ? undefined : {});
      if (right !== 'signed' && !has(role, right)) assert.equal(answer.status, 403, `${role} ${name}: ${answer.text}`);
      else assert.ok(![401, 403, 500].includes(answer.status), `${role} ${name} gave ${answer.status}: ${answer.text}`);
      assert_clean(role, name, { text: answer.text.replaceAll('"home"', '') });
      if (path.includes('{'))
        for (const place of nearest)
          for (const plural of [path.split('/')[3], path.split('/')[4], 'sites'].filter((one) => places[place].rows[one] && !records[one].open)) await assert_alike(client, role, method, at, places[place].rows[plural], () => (method === 'GET' ? undefined : {}));
    }
  }));

test('rows named by parameters and bodies of other routes are out of reach too', () =>
  everyone(async (role, client) => {
    for (const place of nearest) {
      const { rows } = places[place];
      for (const path of placed())
        await assert_alike(client, role, 'GET', (id) => `${path}?site=${id}&measure=sites`, rows.sites);
      for (const [plural, id] of Object.entries(rows)) {
        const record = declared[plural].name;
        if (records[plural].open || !commands['GET /api/v1/comments']) continue;
        await assert_alike(client, role, 'GET', (one) => `/api/v1/comments?record=${record}&about=${one}`, id);
        await assert_alike(client, role, 'POST', () => '/api/v1/comments', id, (one) => ({ record, about: one, text: '留言' }));
      }
      await assert_alike(client, role, 'POST', () => '/api/v1/returns/confirm', rows.sites, (site) => ({ site, day: '2020-03-01', zero: true }));
      await assert_alike(client, role, 'POST', () => '/api/v1/returns/confirm', places[place].area, (area) => ({ area, day: '2020-03-01', zero: true }));
    }
  }));

test('sheets hold what the list shows', () =>
  everyone(async (role, client) => {
    for (const plural of filled()) {
      const sheet = await ask(client, 'GET', `/api/v1/${plural}.csv`);
      assert.equal(sheet.status, reads(role, plural) ? 200 : 403, `${role} ${plural}.csv`);
      assert.equal((await ask(client, 'GET', `/api/v1/${plural}.xlsx?limit=1`)).status, sheet.status, `${role} ${plural}.xlsx`);
      if (sheet.status !== 200) continue;
      const text = Buffer.isBuffer(sheet.body) ? sheet.body.toString('utf8') : sheet.text;
      const rows = text.split('\n').map((line) => (records[plural].open ? line.replace(/(邻镇暗号|外县暗号|上级暗号)?99\d+/g, '') : line)).join('\n');
      assert_clean(role, `GET ${plural}.csv`, { text: rows }, records[plural].open);
      assert.equal(text.includes(places.own.rows[plural]), reaches(role, plural, 'own', records[plural].read), `${role} ${plural}.csv`);
    }
  }));

/** What came of a preview of a sheet of sites. */
async function preview(client, sheet) {
  const { body } = await ask(client, 'POST', '/api/v1/sites:import?preview=1', sheet, { type: 'text/csv' });
  for (let i = 0; i < 400; i++) {
    const job = await ask(client, 'GET', `/api/v1/jobs/${body.job}`);
    if (!['waiting', 'running', 'queued'].includes(job.body.state)) return { job: body.job, ...job };
    await new Promise((done) => setTimeout(done, 25));
  }
  throw new Error('the preview did not end');
}

test('an import finds neither places nor twins out of reach, and its job is of its owner', async () => {
  const { officer, auditor } = people;
  const twin = await keeper.post('/api/v1/sites', { ...sample('sites', places.sibling), uscc: '91350100M000100Y43' });
  const line = (name, area, code = '') => `名称,类型,所属区划,统一社会信用代码\n${name},企业,${area},${code}\n`;
  const far = await preview(officer, line('演示导入厂', places.sibling.code));
  const none = await preview(officer, line('演示导入厂', '999999999999'));
  const strip = (answer) => answer.text.replaceAll(answer.job, '').replaceAll(places.sibling.code, '').replaceAll('999999999999', '').replace(/"\w*at":"[^"]*"/g, '');
  assert.equal(strip(far), strip(none));
  assert.match(far.text, /"bad":1/);
  const copy = await preview(officer, line(twin.name.replace(places.sibling.mark, ''), places.own.code, '91350100M000100Y43'));
  assert.match(copy.text, /"good":1/);
  assert.deepEqual(copy.body.result.duplicates, []);
  assert_clean('officer', 'preview', copy);
  for (const tail of ['', '/errors.xlsx']) assert.equal((await ask(auditor, 'GET', `/api/v1/jobs/${far.job}${tail}`)).status, 404);
});

test('what is one’s own needs no grant, and is nobody else’s', async () => {
  const { shifts, swaps } = places.own.rows;
  const step = (client, path, body = {}) => ask(client, 'POST', `/api/v1/my/${path}`, body);
  for (const [role, client] of Object.entries(people)) {
    if (role === 'serving') continue;
    for (const path of [`shifts/${shifts}/come`, `shifts/${shifts}/leave`, `swaps/${swaps}/accept`, `swaps/${swaps}/withdraw`]) assert.equal((await step(client, path)).status, 404, `${role} ${path}`);
    assert.equal((await step(client, 'swaps', { shift: shifts })).status, 422, `${role} offers it`);
    assert.equal((await ask(client, 'GET', `/api/v1/my/shifts/${shifts}/mates`)).status, 404, role);
  }
  const { serving } = people;
  for (const place of ['next', ...foreign])
    for (const path of [`shifts/${places[place].rows.shifts}/come`, `swaps/${places[place].rows.swaps}/accept`, `swaps/${places[place].rows.swaps}/withdraw`]) assert.equal((await step(serving, path)).status, 404, `${place} ${path}`);
  assert.equal((await step(serving, `swaps/${swaps}/withdraw`)).status, 404, 'it was offered by somebody else');
  for (const path of [`shifts/${shifts}/come`, `swaps/${swaps}/accept`]) assert.equal((await ask(serving, 'POST', `/api/v1/${path}`, {})).status, 403, `${path} on behalf of somebody`);
  const come = await step(serving, `shifts/${shifts}/come`);
  assert.deepEqual([come.status, Object.keys(come.body), come.body.state], [200, ['id', 'version', 'state'], 'here'], come.text);
  assert.equal((await step(serving, `swaps/${swaps}/accept`)).body.state, 'taken');
  for (const plural of filled().filter((one) => !records[one].open)) assert.equal((await ask(serving, 'GET', `/api/v1/${plural}`)).status, 403, plural);
});
