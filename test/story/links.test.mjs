// Links: who answers for which site on which day; gaps, hand-over, the limits of a liaison, the reach of who asks.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { password, run_muster, start_muster } from '../harness.mjs';

let muster, admin, officer, root, county, other, town;
const today = '2020-03-05';
before(async () => {
  muster = await start_muster({ env: { MUSTER_NOW: `${today}T02:00:00Z` } });
  admin = await muster.client('admin');
  root = (await admin.get('/api/v1/session')).home;
  county = await admin.post('/api/v1/areas', { name: '演示县', code: '990101', level: 3 });
  other = await admin.post('/api/v1/areas', { name: '邻县', code: '990102', level: 3 });
  town = await admin.post('/api/v1/areas', { name: '演示镇', code: '990101101', level: 4, parent: county.id });
  officer = await user_client('officer', 'officer', county);
});
after(() => muster?.stop());

let made = 0;
const make_user = (area = town, name = `liaison-${++made}`) => admin.post('/api/v1/users', { name, area: area.id, shown: `演示甲${made}` });
const make_site = (area = town, more = {}) => admin.post('/api/v1/sites', { name: `演示厂${++made}`, kind: 'enterprise', area: area.id, staff: 100, effective: '2020-02-01', ...more });
const make_link = (site, user, more = {}, options) =>
  officer.post('/api/v1/links', { site: site.id, user: user.id, level: 'county', begins: '2020-02-10', ...more }, options);

async function user_client(name, role, area) {
  const user = await make_user(area, name);
  await admin.post('/api/v1/grants', { user: user.id, role, area: area.id });
  const { link } = await admin.post(`/api/v1/users/${user.id}/invite`);
  await muster.bearer('').post('/api/v1/invite', { token: new URL(link).searchParams.get('token'), password });
  return muster.client(name);
}

/** Today's and past days' counts of a measure in an area. */
async function figure(measure, day = today, area = town) {
  const { rows } = await admin.get('/api/v1/tallies', { query: { area: area.id, day, measure } });
  return rows[0].counts[measure].value;
}

const check = () => assert.match(run_muster(['check', '--store', muster.store], { env: muster.env }).out, /^0 /m);

test('a link counts its site and its liaison from its first day to its last', async () => {
  const before_linked = await figure('sites_linked');
  const site = await make_site(), user = await make_user(), second = await make_site();
  const link = await make_link(site, user);
  await make_link(second, user);
  assert.equal(link.names.site, site.name);
  assert.equal(await figure('sites_linked'), before_linked + 2);
  assert.equal(await figure('sites_linked', '2020-02-09'), 0);
  assert.equal(await figure('liaisons'), 1); // one person, two sites
  assert.equal(await figure('links'), 2);
  await officer.patch(`/api/v1/links/${link.id}`, { ends: '2020-02-20', reason: '轮换' }, { version: 1 });
  assert.equal(await figure('sites_linked', '2020-02-20'), 2);
  assert.equal(await figure('sites_linked', '2020-02-21'), 1);
  assert.equal(await figure('sites_unlinked', '2020-02-21'), 1);
  assert.equal(await figure('liaisons', '2020-02-21'), 1);
  check();
});

test('what makes no sense is refused by name', async () => {
  const site = await make_site(), user = await make_user();
  const person = await officer.post('/api/v1/people', { name: '演示乙', area: town.id });
  const field = async (more) => (await make_link(site, user, more, { expect: 422 })).fields[0].field;
  assert.equal(await field({ person: person.id }), 'user');
  assert.equal(await field({ user: undefined }), 'user');
  assert.equal(await field({ ends: '2020-02-09' }), 'ends');
  assert.equal(await field({ level: 'nation' }), 'level');
  await make_link(site, user);
  assert.equal(await field({ begins: '2020-03-01' }), 'user'); // the same liaison, the same days
  await make_link(site, { id: undefined }, { person: person.id }); // a second one may
  assert.equal(await figure('liaison_people'), 1);
  await admin.del(`/api/v1/people/${person.id}`, { reason: 'x' }, { expect: [403, 409] });
  check();
});

test('a site or liaison out of reach looks as if it were not there', async () => {
  const site = await make_site(other), near = await make_site(), user = await make_user(), far = await make_user(other);
  const gone = await make_link({ id: '01900000-0000-7000-8000-000000000000' }, user, {}, { expect: 422 });
  const hidden = await make_link(site, user, {}, { expect: 422 });
  assert.deepEqual(hidden, gone);
  assert.equal((await make_link(near, far, {}, { expect: 422 })).fields[0].field, 'user');
  const link = await admin.post('/api/v1/links', { site: site.id, user: user.id, level: 'city', begins: '2020-02-10' });
  await officer.get(`/api/v1/links/${link.id}`, { expect: 404 });
  assert.equal((await officer.get(`/api/v1/links?user=${user.id}`)).rows.length, 0);
});
