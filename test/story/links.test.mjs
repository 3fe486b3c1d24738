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

const coverage = (query = {}, who = officer) => who.get('/api/v1/coverage', { query: { area: town.id, ...query } });
const gap_of = (seen, site) => seen.gaps.find((one) => one.site.id === site.id);

test('gaps are given to a liaison in bulk, each answered; what is over the limit is said, not refused', async () => {
  const village = await admin.post('/api/v1/areas', { name: '演示村', code: '990101101201', level: 5, parent: town.id });
  const sites = [];
  for (let i = 0; i < 12; i++) sites.push(await make_site(village));
  const shop = await make_site(village, { kind: 'shop' }), exempt = await make_site(village, { status: 'exempt' });
  const far = await make_site(other), user = await make_user(village);
  const at = { area: village.id };
  const start = await coverage(at);
  assert.deepEqual([start.sites, start.linked, start.gaps.length, start.word], [12, 0, 12, 'Link']);
  assert.equal(gap_of(start, shop), undefined);
  assert.equal(gap_of(start, exempt), undefined);
  assert.deepEqual([start.gaps[0].since, start.gaps[0].days], ['2020-02-01', 34]);
  const body = { sites: [...sites.slice(0, 11).map((one) => one.id), far.id, 'nonsense'], user: user.id, level: 'village', from: '2020-03-05' };
  const { rows } = await officer.post('/api/v1/coverage/assign', body);
  assert.deepEqual(rows.map((one) => one.status), [...Array(11).fill(201), 422, 422]);
  assert.equal(rows[11].field, 'site');
  assert.deepEqual(rows[9].warnings, []);
  assert.match(rows[10].warnings[0], /answers for 11 sites; the limit is 10/);
  const seen = await coverage(at);
  assert.deepEqual([seen.sites, seen.linked, seen.gaps.length], [12, 11, 1]);
  assert.deepEqual(seen.liaisons.map((one) => [one.user, one.links, one.limit, one.over, one.staff]), [[user.id, 11, 10, true, 1100]]);
  assert.match(seen.liaisons[0].name, /^演\*+$/);
  assert.equal((await coverage({ ...at, day: '2020-03-04' })).linked, 0);
  // again: each is refused, nothing is doubled
  const again = await officer.post('/api/v1/coverage/assign', { ...body, sites: [sites[0].id] });
  assert.equal(again.rows[0].status, 422);
  await officer.post('/api/v1/coverage/assign', { ...body, colour: 'red' }, { expect: 422 });
  await officer.post('/api/v1/coverage/assign', { ...body, sites: [] }, { expect: 422 });
  const town_view = await coverage();
  assert.deepEqual(town_view.children.map((one) => [one.area.name, one.sites, one.linked]), [['演示村', 12, 11]]);
  check();
});

test('gaps come page by page', async () => {
  const place = await admin.post('/api/v1/areas', { name: '翻页村', code: '990101101202', level: 5, parent: town.id });
  const sites = [];
  for (let i = 0; i < 7; i++) sites.push((await make_site(place)).id);
  const found = [];
  let after;
  do {
    const page = await coverage({ area: place.id, limit: 3, ...(after && { after }) });
    found.push(...page.gaps.map((one) => one.site.id));
    after = page.next;
  } while (after);
  assert.deepEqual(found.sort(), sites.sort());
  await coverage({ area: place.id, after: 'zz' }).then(() => assert.fail(), (error) => assert.equal(error.status, 422));
});

test('a hand-over moves the links from its day on, and past days stay as they were', async () => {
  const place = await admin.post('/api/v1/areas', { name: '移交村', code: '990101101203', level: 5, parent: town.id });
  const one = await make_user(place), two = await make_user(place);
  const sites = [await make_site(place), await make_site(place)];
  for (const site of sites) await make_link(site, one);
  const future = await make_link(await make_site(place), one, { begins: '2020-04-01' });
  const hidden = await admin.post('/api/v1/links', { site: (await make_site(other)).id, user: one.id, level: 'city', begins: '2020-02-10' });
  const answer = await officer.post('/api/v1/coverage/handover', { from_user: one.id, to_user: two.id, day: '2020-03-01' });
  assert.equal(answer.count, 3);
  const holders = async (day) => (await coverage({ area: place.id, day })).liaisons.map((who) => [who.user, who.here]);
  assert.deepEqual(await holders('2020-02-29'), [[one.id, 2]]);
  assert.deepEqual(await holders('2020-03-01'), [[two.id, 2]]);
  assert.deepEqual(await holders('2020-04-01'), [[two.id, 3]]);
  assert.equal((await coverage({ area: place.id, day: '2020-03-01' })).linked, 2);
  assert.equal((await admin.get(`/api/v1/links/${future.id}`)).voided, true);
  assert.equal((await admin.get(`/api/v1/links/${hidden.id}`)).ends, null); // out of the officer's reach: untouched
  await officer.post('/api/v1/coverage/handover', { from_user: one.id, to_user: one.id }, { expect: 422 });
  await officer.post('/api/v1/coverage/handover', { from_user: one.id, to_user: (await make_user(other)).id }, { expect: 422 });
  check();
});

test('closing a liaison asks who takes over, and hands everything over at once', async () => {
  const place = await admin.post('/api/v1/areas', { name: '接任村', code: '990101101204', level: 5, parent: town.id });
  const one = await make_user(place), two = await make_user(place);
  const sites = [await make_site(place), await make_site(place)];
  for (const site of sites) await make_link(site, one);
  const asked = await admin.post(`/api/v1/users/${one.id}/close`, {}, { expect: 409 });
  assert.equal(asked.code, 'bad_state');
  assert.match(asked.detail, /2 sites/);
  await admin.post(`/api/v1/users/${one.id}/close`, { successor: one.id }, { expect: 422 });
  await admin.post(`/api/v1/users/${one.id}/close`, { successor: two.id, closed_on: '2020-03-06' }, { expect: 422 });
  const closed = await admin.post(`/api/v1/users/${one.id}/close`, { successor: two.id });
  assert.deepEqual([closed.closed, closed.closed_on, closed.successor], [true, today, two.id]);
  const seen = await coverage({ area: place.id });
  assert.deepEqual([seen.linked, seen.liaisons.map((who) => [who.user, who.links])], [2, [[two.id, 2]]]);
  assert.deepEqual((await coverage({ area: place.id, day: '2020-03-04' })).liaisons.map((who) => who.user), [one.id]);
  assert.equal((await make_link(await make_site(place), one, {}, { expect: 422 })).fields[0].field, 'user');
  await admin.del(`/api/v1/users/${two.id}`, { reason: 'x' }, { expect: 409 });
  check();
});

test('a liaison closed without a successor is a gap that same day, and on that day ever after', async () => {
  const place = await admin.post('/api/v1/areas', { name: '空缺村', code: '990101101205', level: 5, parent: town.id });
  const one = await make_user(place), site = await make_site(place);
  await make_link(site, one);
  assert.equal((await coverage({ area: place.id })).gaps.length, 0);
  await admin.post(`/api/v1/users/${one.id}/close`, { release: true, closed_on: '2020-03-03' });
  const gap = gap_of(await coverage({ area: place.id }), site);
  assert.deepEqual([gap.since, gap.days], ['2020-03-03', 3]);
  // one who comes back and is given the site again leaves the gap where it was
  await admin.post(`/api/v1/users/${one.id}/reopen`, {});
  await make_link(site, one, { begins: '2020-03-05' });
  const linked = async (day) => (await coverage({ area: place.id, day })).linked;
  assert.deepEqual([await linked('2020-03-02'), await linked('2020-03-03'), await linked('2020-03-04'), await linked('2020-03-05')], [1, 0, 0, 1]);
  assert.equal(gap_of(await coverage({ area: place.id, day: '2020-03-04' }), site).days, 2);
  const rows = await admin.get('/api/v1/tallies/rows', { query: { measure: 'sites_unlinked', area: place.id, day: '2020-03-04' } });
  assert.deepEqual(rows.rows.map((each) => each.row.id), [site.id]);
  check();
});

test('coverage stays within reach, and who may only read gives no links', async () => {
  const place = await admin.post('/api/v1/areas', { name: '边界村', code: '990102101201', level: 5, parent: other.id });
  await make_site(place);
  await coverage({ area: place.id }).then(() => assert.fail(), (error) => assert.equal(error.status, 404));
  const auditor = await user_client('auditor', 'auditor', county);
  assert.equal((await coverage({}, auditor)).sites, (await coverage()).sites);
  const site = await make_site(), user = await make_user();
  await auditor.post('/api/v1/coverage/assign', { sites: [site.id], user: user.id, level: 'town' }, { expect: 403 });
  await auditor.post('/api/v1/coverage/handover', { from_user: user.id, to_user: user.id }, { expect: 403 });
  const shell = muster.bearer('');
  await shell.get('/api/v1/coverage', { expect: 401 });
});

test('a site that is taken out takes its links along; one that moves keeps them', async () => {
  const place = await admin.post('/api/v1/areas', { name: '迁出村', code: '990101101206', level: 5, parent: town.id });
  const next = await admin.post('/api/v1/areas', { name: '迁入村', code: '990101101207', level: 5, parent: town.id });
  const user = await make_user(place), sites = [await make_site(place), await make_site(place)];
  const links = [await make_link(sites[0], user), await make_link(sites[1], user)];
  await officer.del(`/api/v1/sites/${sites[0].id}`, { reason: '重复录入' });
  assert.equal((await officer.get(`/api/v1/links/${links[0].id}`)).voided, true);
  assert.equal(await figure('links', today, place), 1);
  await officer.patch(`/api/v1/sites/${sites[1].id}`, { area: next.id, effective: '2020-03-02' }, { version: sites[1].version });
  const counts = async (area, day) => Object.values(await coverage({ area: area.id, day })).slice(2, 4);
  assert.deepEqual([await counts(place, '2020-03-01'), await counts(place, '2020-03-02'), await counts(next, '2020-03-02')], [[1, 1], [0, 0], [1, 1]]);
  // who answered for it may be closed with a successor all the same
  const heir = await make_user(next);
  await admin.post(`/api/v1/users/${user.id}/close`, { successor: heir.id });
  assert.deepEqual((await coverage({ area: next.id })).liaisons.map((one) => [one.user, one.links]), [[heir.id, 1]]);
  check();
});

test('the word for a link is data', async () => {
  const label = async () => (await admin.get('/api/v1/declarations')).records.find((one) => one.name === 'link').label;
  assert.equal(await label(), 'Link|挂点');
  const setting = (await admin.get('/api/v1/setting_values?limit=200')).rows.find((one) => one.name === 'link_word');
  await admin.patch(`/api/v1/setting_values/${setting.id}`, { value: 'Contact point|联点' }, { version: setting.version });
  assert.equal(await label(), 'Contact point|联点');
  assert.equal((await coverage()).word, 'Contact point');
});

test('coverage of a zone counts its areas and sites once, and a grant on it lets nobody up', async () => {
  const [one, two] = [await admin.post('/api/v1/areas', { name: '联片村一', code: '990101101208', level: 5, parent: town.id }), await admin.post('/api/v1/areas', { name: '联片村二', code: '990101101209', level: 5, parent: town.id })];
  const user = await make_user(one), sites = [await make_site(one), await make_site(one), await make_site(two), await make_site(two)];
  const zone = await admin.post('/api/v1/zones', { name: '演示联片', kind: 'villages', area: town.id });
  for (const what of [{ area: one.id }, { site: sites[0].id }, { site: sites[2].id }]) await admin.post('/api/v1/zone_members', { zone: zone.id, ...what });
  await make_link(sites[0], user);
  await make_link(sites[3], user); // stands beside the zone
  const seen = await coverage({ area: zone.id });
  assert.deepEqual([seen.area.name, seen.sites, seen.linked], ['演示联片', 3, 1]);
  assert.deepEqual(seen.gaps.map((each) => each.site.id).sort(), [sites[1].id, sites[2].id].sort());
  assert.deepEqual(seen.liaisons.map((who) => [who.user, who.here, who.links]), [[user.id, 1, 2]]);
  assert.deepEqual(seen.children.map((each) => [each.area.id, each.sites, each.linked]), [[one.id, 2, 1]]);
  const pages = [];
  let after;
  do {
    const page = await coverage({ area: zone.id, limit: 1, ...(after && { after }) });
    pages.push(...page.gaps.map((each) => each.site.id));
    after = page.next;
  } while (after);
  assert.deepEqual(pages.sort(), [sites[1].id, sites[2].id].sort());
  // a zone that holds what the county's administrator does not reach: no password may be chosen for who has a grant on it
  const far = await admin.post('/api/v1/zones', { name: '跨县联片', kind: 'villages', area: town.id });
  await admin.post('/api/v1/zone_members', { zone: far.id, area: other.id });
  const holder = await make_user(town);
  await admin.post('/api/v1/grants', { user: holder.id, role: 'officer', zone: far.id });
  const local = await user_client('local-admin', 'administrator', county);
  await local.post(`/api/v1/users/${holder.id}/invite`, {}, { expect: 403 });
  await local.post(`/api/v1/users/${user.id}/invite`, {});
  // an administrator of a zone at the top is none of the whole tree
  const me = (await admin.get('/api/v1/session')).user;
  const whole = await admin.post('/api/v1/zones', { name: '全域联片', kind: 'villages', area: root.id });
  await admin.post('/api/v1/grants', { user: holder.id, role: 'administrator', zone: whole.id });
  await admin.post(`/api/v1/users/${me.id}/close`, {}, { expect: 409 });
  check();
});
