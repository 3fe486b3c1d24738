// Handover to the minute: a liaison deactivated at ten o'clock leaves a gap at ten o'clock, and whoever asks for that moment later is told the same, whatever has happened since.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { at, person, recount, start_with_people } from '../people.mjs';

let muster, admin, officer, town, village, one, two, sites;
// Shanghai is eight hours ahead: 10:00 there
const day = '2020-03-05', morning = `${day}T01:00:00Z`, ten = `${day}T02:00:00.000Z`, two_oclock = `${day}T06:00:00.000Z`;
const coverage = (query) => officer.get('/api/v1/coverage', { query: { area: village.id, ...query } });
/** What is told of a moment: firms due, linked, and which are gaps. */
const seen = async (moment) => {
  const told = await coverage({ at: moment });
  return { sites: told.sites, linked: told.linked, gaps: told.gaps.map((gap) => gap.site.name).sort(), liaisons: told.liaisons.map((each) => [each.user, each.here]) };
};
const near = (stamp, moment) => assert.ok(Math.abs(Date.parse(stamp) - Date.parse(moment)) < 60_000, `${stamp} is not ${moment}`);

before(async () => {
  ({ muster, admin } = await start_with_people({ MUSTER_NOW: morning }));
  const county = await admin.post('/api/v1/areas', { name: '演示县', code: '990101', level: 3 });
  town = await admin.post('/api/v1/areas', { name: '演示镇', code: '990101101', level: 4, parent: county.id });
  village = await admin.post('/api/v1/areas', { name: '演示村', code: '990101101201', level: 5, parent: town.id });
  officer = await person(muster, admin, 'officer', 'officer', { area: town.id });
  one = await person(muster, admin, 'liaison-one', 'liaison', { area: village.id });
  two = await person(muster, admin, 'liaison-two', 'liaison', { area: village.id });
  sites = [];
  for (const name of ['演示甲厂', '演示乙厂', '演示丙厂']) sites.push(await admin.post('/api/v1/sites', { name, kind: 'enterprise', area: village.id, staff: 10, effective: '2020-02-01' }));
  for (const site of sites.slice(0, 2)) await officer.post('/api/v1/links', { site: site.id, user: one.user.id, level: 'village', begins: '2020-02-10' });
  await officer.post('/api/v1/links', { site: sites[2].id, user: two.user.id, level: 'village', begins: '2020-02-10' });
});
after(() => muster?.stop());

const linked = { sites: 3, linked: 3, gaps: [] };

test('deactivated at ten, the firms are gaps at ten, and were not a minute before', async () => {
  await at(muster, ten);
  await admin.post(`/api/v1/users/${one.user.id}/close`, { release: true });
  const now = await coverage({});
  assert.deepEqual([now.sites, now.linked, now.gaps.map((gap) => gap.site.name).sort()], [3, 1, ['演示乙厂', '演示甲厂']]);
  for (const gap of now.gaps) {
    assert.equal(gap.since, day);
    near(gap.since_at, ten);
  }
  const before_it = await seen(`${day}T01:59:00Z`);
  assert.deepEqual({ ...before_it, liaisons: null }, { ...linked, liaisons: null });
  assert.deepEqual(before_it.liaisons.sort((a, b) => b[1] - a[1]), [[one.user.id, 2], [two.user.id, 1]]);
  assert.deepEqual(await officer.get('/api/v1/coverage', { query: { at: `${day}T03:00:00Z` }, expect: 422 }).then((answer) => answer.fields[0].field), 'at');
  await officer.get('/api/v1/coverage', { query: { at: 'ten' }, expect: 422 });
});

test('the town is told at once, firm by firm', async () => {
  const { rows } = await officer.get('/api/v1/notices');
  assert.deepEqual(rows.filter((row) => row.what === 'site_gap').map((row) => row.text).sort(), ['演示乙厂 has no liaison any more', '演示甲厂 has no liaison any more']);
});

let moments;
const ask_all = async () => Object.fromEntries(await Promise.all([`${day}T01:59:00Z`, `${day}T02:01:00Z`, `${day}T05:59:00Z`, `${day}T06:01:00Z`].map(async (moment) => [moment, await seen(moment)])));

test('a firm that is given to somebody else at two is linked from two on; the day counts as it ended', async () => {
  await at(muster, two_oclock);
  await officer.post('/api/v1/coverage/assign', { sites: [sites[0].id], user: two.user.id, level: 'village', from: day });
  await at(muster, `${day}T07:00:00Z`);
  moments = await ask_all();
  assert.deepEqual(Object.values(moments).map((one) => [one.linked, one.gaps]), [[3, []], [1, ['演示乙厂', '演示甲厂']], [1, ['演示乙厂', '演示甲厂']], [2, ['演示乙厂']]]);
  assert.deepEqual(await coverage({}).then((told) => [told.linked, told.gaps.length]), [2, 1]);
  const above = await officer.get('/api/v1/coverage', { query: { area: town.id, at: `${day}T02:01:00Z` } });
  assert.deepEqual([above.linked, above.children.map((child) => [child.area.name, child.sites, child.linked])], [1, [['演示村', 3, 1]]]);
});

test('ten days later the same moments tell the same, though the account is back and the firms are linked again', async () => {
  await at(muster, '2020-03-15T02:00:00Z');
  await admin.post(`/api/v1/users/${one.user.id}/reopen`, {});
  await officer.post('/api/v1/coverage/assign', { sites: [sites[1].id], user: one.user.id, level: 'village', from: '2020-03-10' });
  await officer.post('/api/v1/coverage/handover', { from_user: two.user.id, to_user: one.user.id, day: '2020-03-15' });
  assert.deepEqual(await ask_all(), moments);
  assert.deepEqual(await coverage({ day }).then((told) => [told.linked, told.gaps.map((gap) => gap.site.name)]), [2, ['演示乙厂']]);
  assert.deepEqual(await coverage({ day: '2020-03-04' }).then((told) => told.linked), 3);
  assert.deepEqual(await coverage({}).then((told) => told.linked), 3);
  assert.match(recount(muster), /^0 differences/m);
});

test('whoever was given a firm in the morning and is gone by noon had it in between', async () => {
  await at(muster, '2020-03-20T01:00:00Z');
  const site = await admin.post('/api/v1/sites', { name: '演示丁厂', kind: 'enterprise', area: village.id, staff: 10, effective: '2020-03-01' });
  const three = await person(muster, admin, 'liaison-three', 'liaison', { area: village.id });
  await officer.post('/api/v1/coverage/assign', { sites: [site.id], user: three.user.id, level: 'village', from: '2020-03-20' });
  await at(muster, '2020-03-20T04:00:00Z');
  await admin.post(`/api/v1/users/${three.user.id}/close`, { release: true });
  await at(muster, '2020-03-20T05:00:00Z');
  const gap = async (moment) => (await seen(moment)).gaps;
  assert.deepEqual([await gap('2020-03-20T00:30:00Z'), await gap('2020-03-20T02:00:00Z'), await gap('2020-03-20T04:30:00Z')], [['演示丁厂'], [], ['演示丁厂']]);
  assert.deepEqual(await coverage({}).then((told) => told.gaps.map((each) => each.site.name)), ['演示丁厂']);
  assert.match(recount(muster), /^0 differences/m);
});
