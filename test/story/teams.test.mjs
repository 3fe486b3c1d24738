// Teams: who belongs to one from when until when, what it did, and the hours its people stood while they belonged to it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { at, person, recount, start_with_people } from '../people.mjs';

let muster, admin, officer, stranger, liaison, county, town, team, lead, mate;
const fault = (answer, field, text) => assert.ok(answer.fields?.some((one) => one.field === field && text.test(one.detail)), JSON.stringify(answer));
const join = (who, more = {}, options = {}) => officer.post('/api/v1/team_members', { team: team.id, person: who.id, ...more }, options);
const deed = (more, options = {}) => officer.post('/api/v1/deeds', { team: team.id, text: '入户排查', ...more }, options);
const sums = (day) => officer.get(`/api/v1/teams/${team.id}/sums${day ? `?day=${day}` : ''}`);
const count = async (measure, day, area = town) => (await officer.get(`/api/v1/tallies?measure=${measure}&area=${area.id}&day=${day}`)).rows[0].counts[measure].value;

before(async () => {
  ({ muster, admin } = await start_with_people({ MUSTER_NOW: '2020-02-12T02:00:00Z' }));
  county = await admin.post('/api/v1/areas', { code: '431302', name: '娄星区', level: 3 });
  town = await admin.post('/api/v1/areas', { code: '431302001', name: '乐坪街道', level: 4, parent: county.id });
  const other = await admin.post('/api/v1/areas', { code: '431321', name: '双峰县', level: 3 });
  officer = await person(muster, admin, 'officer', 'officer', { area: county.id });
  liaison = await person(muster, admin, 'liaison', 'liaison', { area: town.id });
  stranger = await person(muster, admin, 'stranger', 'officer', { area: other.id });
  [lead, mate] = await Promise.all([1, 2].map((n) => officer.post('/api/v1/people', { name: `演示员${n}`, area: town.id, phone: `1380000000${n}` })));
});
after(() => muster?.stop());

test('a temporary branch leads a team; it counts by kind from its first day to its last', async () => {
  const branch = await admin.post('/api/v1/orgs', { name: '社区临时党支部', kind: 'branch', area: town.id, closes: '2020-03-31' });
  fault(await officer.post('/api/v1/teams', { name: '甲', kind: 'assault', area: town.id, begins: '2020-02-10', ends: '2020-02-09' }, { expect: 422 }), 'ends', /before the first day/);
  team = await officer.post('/api/v1/teams', { name: '卡口突击队', kind: 'assault', area: town.id, org: branch.id, begins: '2020-02-10', ends: '2020-02-29', task: '值守' });
  assert.equal(team.names.org, '社区临时党支部');
  assert.deepEqual([await count('teams', '2020-02-09'), await count('teams', '2020-02-29', county), await count('teams', '2020-03-01')], [0, 1, 0]);
  assert.deepEqual((await officer.get('/api/v1/teams?today=1')).rows.map((one) => one.name), ['卡口突击队']);
});

test('a body that closes before its team ends is warned of on both; closed, it is no longer among those that stand; who leads another body is listed there', async () => {
  const branch = await admin.post('/api/v1/orgs', { name: '短期临时党支部', kind: 'branch', area: town.id, closes: '2020-02-20', head: lead.id });
  const below = await admin.post('/api/v1/orgs', { name: '党小组', kind: 'branch', area: town.id, parent: branch.id });
  fault(await admin.patch(`/api/v1/orgs/${branch.id}`, { parent: below.id }, { version: branch.version, expect: 422 }), 'parent', /below this body/);
  assert.deepEqual((await officer.get(`/api/v1/orgs?parent=${branch.id}`)).rows.map((one) => one.id), [below.id]);
  const who = await officer.get(`/api/v1/people/${mate.id}`);
  await officer.patch(`/api/v1/people/${mate.id}`, { leads: branch.id }, { version: who.version });
  assert.deepEqual((await officer.get(`/api/v1/people?leads=${branch.id}`)).rows.map((one) => one.id), [mate.id]);
  const within = await officer.post('/api/v1/teams', { name: '短期队', kind: 'branch', area: town.id, org: branch.id, begins: '2020-02-10', ends: '2020-02-20' });
  assert.deepEqual(within.warnings, []);
  const beyond = await officer.post('/api/v1/teams', { name: '长期队', kind: 'branch', area: town.id, org: branch.id, begins: '2020-02-10' });
  assert.match(beyond.warnings[0].detail, /closes on 2020-02-20, before the team ends/);
  const warned = async (path) => (await officer.get(path)).warnings.map((one) => one.detail).join('; ');
  assert.match(await warned(`/api/v1/orgs/${branch.id}`), /^Teams go on after it is closed/);
  const standing = async () => (await officer.get('/api/v1/orgs?standing=1&kind=branch')).rows.map((one) => one.id).includes(branch.id);
  assert.equal(await standing(), true);
  const now = muster.env.MUSTER_NOW;
  await at(muster, '2020-02-21T02:00:00Z');
  assert.equal(await standing(), false);
  assert.match(await warned(`/api/v1/teams/${beyond.id}`), /was closed on 2020-02-20/);
  assert.match(await warned(`/api/v1/orgs/${branch.id}`), /is closed.*Teams go on/);
  assert.equal(await warned(`/api/v1/teams/${within.id}`), '');
  await at(muster, now);
  for (const one of [within, beyond]) await officer.del(`/api/v1/teams/${one.id}`, { reason: '误建' }, { version: one.version, expect: [200, 204] });
});

test('a member belongs to it within its days, once at a time', async () => {
  fault(await join(lead, { begins: '2020-02-09' }, { expect: 422 }), 'begins', /before the team begins/);
  fault(await join(lead, { ends: '2020-03-01' }, { expect: 422 }), 'ends', /after the team ends/);
  const made = await join(lead, { lead: true });
  assert.deepEqual([made.begins, made.ends], ['2020-02-10', '2020-02-29']);
  fault(await join(lead, { begins: '2020-02-20' }, { expect: 422 }), 'person', /already/);
  await join(mate, { begins: '2020-02-12', part: '测温' });
  assert.deepEqual([await count('team_people', '2020-02-11'), await count('team_people', '2020-02-12'), await count('team_people', '2020-03-01')], [1, 2, 0]);
  const shown = (await liaison.get(`/api/v1/team_members?team=${team.id}&sort=begins`)).rows;
  assert.deepEqual(shown.map((one) => [one.lead ?? false, one.names.person]), [[true, '演**'], [false, '演**']]);
  const shorter = await officer.patch(`/api/v1/teams/${team.id}`, { ends: '2020-02-20' }, { version: team.version, expect: 422 });
  fault(shorter, 'ends', /Members or sites belong/);
});

test('a task force looks after sites by name, within its days, each once at a time', async () => {
  const [firm, mall] = await Promise.all(['演示铝业', '演示商场'].map((name) => officer.post('/api/v1/sites', { name, kind: 'enterprise', area: town.id })));
  const look_after = (site, more = {}, options = {}) => officer.post('/api/v1/team_sites', { team: team.id, site: site.id, ...more }, options);
  fault(await look_after(firm, { begins: '2020-02-09' }, { expect: 422 }), 'begins', /before the team begins/);
  fault(await look_after(firm, { ends: '2020-03-01' }, { expect: 422 }), 'ends', /after the team ends/);
  const made = await look_after(firm, { part: '复工前检查' });
  assert.deepEqual([made.begins, made.ends, made.names.site], ['2020-02-10', '2020-02-29', '演示铝业']);
  fault(await look_after(firm, { begins: '2020-02-20' }, { expect: 422 }), 'site', /already/);
  await look_after(mall, { begins: '2020-02-12', ends: '2020-02-25' });
  assert.deepEqual([await count('team_sites', '2020-02-11'), await count('team_sites', '2020-02-12'), await count('team_sites', '2020-02-26')], [1, 2, 1]);
  assert.deepEqual([(await sums('2020-02-11')).sites, (await sums()).sites], [1, 2]);
  fault(await officer.patch(`/api/v1/teams/${team.id}`, { begins: '2020-02-11' }, { version: team.version, expect: 422 }), 'ends', /sites belong/);
  assert.deepEqual((await stranger.get(`/api/v1/team_sites?team=${team.id}`)).rows, []);
  await liaison.post('/api/v1/team_sites', { team: team.id, site: mall.id }, { expect: 403 });
});

test('a deed is of a day of the team; amounts add up by unit', async () => {
  fault(await deed({ day: '2020-02-09' }, { expect: 422 }), 'day', /not a day of this team/);
  fault(await deed({ day: '2020-02-13' }, { expect: 422 }), 'day', /future/);
  fault(await deed({ amount: 3 }, { expect: 422 }), 'unit', /unit/);
  await deed({ day: '2020-02-11', amount: 120, unit: '户' });
  await deed({ amount: 200, unit: '户' });
  await deed({ text: '发放口罩', amount: 500, unit: '只' });
  await deed({ text: '劝返车辆' });
  assert.deepEqual(await sums(), { members: 2, sites: 2, shifts: 0, hours: 0, deeds: 4, amounts: [{ unit: '只', amount: 500 }, { unit: '户', amount: 320 }] });
  assert.deepEqual(await sums('2020-02-11'), { members: 1, sites: 1, shifts: 0, hours: 0, deeds: 1, amounts: [{ unit: '户', amount: 120 }] });
  assert.equal(await count('deeds', '2020-02-12'), 3);
});

test('hours that a member stood count for the team from the day on which they joined', async () => {
  const post = await officer.post('/api/v1/posts', { title: '高铁站卡口', kind: 'checkpoint', area: town.id, needed: 2, begins: '2020-02-01' });
  await officer.post('/api/v1/assignments', { post: post.id, person: mate.id, begins: '2020-02-01' });
  for (const [day, hours] of [['11', 4], ['13', 6]]) {
    const row = await officer.post('/api/v1/shifts', { post: post.id, person: mate.id, starts: `2020-02-${day}T01:00:00Z`, ends: `2020-02-${day}T09:00:00Z` });
    await at(muster, `2020-02-${day}T01:00:00Z`);
    await officer.post(`/api/v1/shifts/${row.id}/come`, {});
    await at(muster, `2020-02-${day}T0${1 + hours}:00:00Z`);
    await officer.post(`/api/v1/shifts/${row.id}/leave`, {});
  }
  const now = await sums();
  assert.deepEqual([now.shifts, now.hours], [1, 6]);
});

test('beyond one\'s area there is no team; whoever may not send people may not make one', async () => {
  await stranger.get(`/api/v1/teams/${team.id}`, { expect: 404 });
  await stranger.get(`/api/v1/teams/${team.id}/sums`, { expect: 404 });
  assert.deepEqual((await stranger.get('/api/v1/deeds')).rows, []);
  await liaison.post('/api/v1/teams', { name: '乙', kind: 'group', area: town.id, begins: '2020-02-12' }, { expect: 403 });
  assert.match(recount(muster), /\b0 differences/);
});
