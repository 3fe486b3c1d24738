// Who is proposed for which post: as good as every way of doing it tried out, within what is ruled out, and each proposal says why.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import { binary, password, start_muster } from '../harness.mjs';

let muster, admin, officer, county, town, other, unit, appeal;
const today = '2020-02-12';
let numbers = 0;

before(async () => {
  muster = await start_muster({ env: { MUSTER_NOW: `${today}T02:00:00Z` } });
  admin = await muster.client('admin');
  county = await admin.post('/api/v1/areas', { code: '431302', name: '娄星区', level: 3 });
  town = await admin.post('/api/v1/areas', { code: '431302001', name: '乐坪街道', level: 4, parent: county.id });
  other = await admin.post('/api/v1/areas', { code: '431302002', name: '花山街道', level: 4, parent: county.id });
  unit = await admin.post('/api/v1/orgs', { name: '区演示局', kind: 'department', area: county.id });
  const user = await admin.post('/api/v1/users', { name: 'officer', area: county.id });
  await admin.post('/api/v1/grants', { user: user.id, role: 'officer', area: county.id });
  const { link } = await admin.post(`/api/v1/users/${user.id}/invite`);
  await muster.bearer('').post('/api/v1/invite', { token: new URL(link).searchParams.get('token'), password });
  officer = await muster.client('officer');
  appeal = await officer.post('/api/v1/appeals', { title: '倡议书', area: county.id, text: '请战', opens: '2020-02-01' });
  await officer.post(`/api/v1/appeals/${appeal.id}/publish`, {});
});
after(() => muster?.stop());

async function volunteer(more = {}, { area = town.id, ...known } = {}) {
  const person = await officer.post('/api/v1/people', { name: `演示员${++numbers}`, area, org: unit.id, ...known });
  await officer.post('/api/v1/pledges', { appeal: appeal.id, person: person.id, ...more });
  return person;
}
const post = (more = {}) => officer.post('/api/v1/posts', { title: `岗位${++numbers}`, kind: 'community', area: town.id, needed: 1, begins: '2020-02-10', ...more });
async function set(name, value) {
  const row = (await admin.get('/api/v1/setting_values?limit=200')).rows.find((one) => one.name === name);
  await admin.patch(`/api/v1/setting_values/${row.id}`, { value }, { version: row.version });
}
const plan = (body = {}, query = {}, options = {}) => officer.post('/api/v1/dispatch', body, { query: { area: county.id, ...query }, ...options });

/** The best sum over every way of seating people, seats first, then fit; groups take one at most, units give so many of theirs. */
function exhaustive(people, seats, pairs, groups, unit_of, shares) {
  const of = Array.from({ length: people }, (_, i) => pairs.filter((one) => one[0] === i));
  let best = [-1, -Infinity];
  const left = [...seats], used = Array(groups).fill(false), given = [...shares];
  (function go(i, filled, fit) {
    if (i === people) {
      if (filled > best[0] || (filled === best[0] && fit > best[1])) best = [filled, fit];
      return;
    }
    go(i + 1, filled, fit);
    if (unit_of[i] >= 0 && !given[unit_of[i]]) return;
    given[unit_of[i]]--;
    for (const [, j, worth, group] of of[i]) {
      if (!left[j] || (group >= 0 && used[group])) continue;
      left[j]--;
      if (group >= 0) used[group] = true;
      go(i + 1, filled + 1, fit + worth);
      left[j]++;
      if (group >= 0) used[group] = false;
    }
    given[unit_of[i]]++;
  })(0, 0, 0);
  return best;
}

test('on random small cases it is as good as trying every way', () => {
  let seed = 20200212;
  const random = (below) => (seed = (seed * 1103515245 + 12345) % 2147483648) % below;
  for (let round = 0; round < 60; round++) {
    const people = 1 + random(6), posts = 1 + random(4);
    const seats = Array.from({ length: posts }, () => 1 + random(3));
    const pairs = [];
    for (let i = 0; i < people; i++)
      for (let j = 0; j < posts; j++) {
        if (random(5) === 0) continue;
        pairs.push([i, j, random(200) - 60, -1]);
        if (random(3) === 0) pairs.push([i, j, random(200), j]);
      }
    if (!pairs.length) continue;
    const units = round % 3, shares = Array.from({ length: units }, () => random(3));
    const unit_of = Array.from({ length: people }, () => random(units + 1) - 1);
    const ints = (...numbers) => Buffer.from(Int32Array.from(numbers).buffer);
    const input = Buffer.concat([ints(people, posts, pairs.length, posts, ...seats, ...pairs.flat()), Buffer.alloc(8), ints(units, ...(units ? [...unit_of, ...shares] : []))]);
    const { status, stdout, stderr } = spawnSync(binary, ['solve'], { input });
    assert.equal(status, 0, String(stderr));
    const taken = String(stdout).trim().split('\n').filter(Boolean).map((line) => line.split(' ').map(Number));
    assert.equal(new Set(taken.map(([i]) => i)).size, taken.length, 'nobody stands at two posts');
    shares.forEach((most, u) => assert.ok(taken.filter(([i]) => unit_of[i] === u).length <= most));
    seats.forEach((most, j) => assert.ok(taken.filter((one) => one[1] === j).length <= most));
    // a pair may stand there twice, in its group and outside: what is best of both is told by the sum
    const [filled, fit] = exhaustive(people, seats, pairs, posts, unit_of, shares);
    assert.equal(taken.length, filled, `round ${round}`);
    const chosen = exhaustive(people, seats, pairs.filter(([i, j]) => taken.some((one) => one[0] === i && one[1] === j)), posts, unit_of, shares);
    assert.deepEqual(chosen, [filled, fit], `round ${round}`);
  }
});

test('who wished for it, has the skill and lives near goes there, and the proposal says so', async () => {
  const community = await post();
  const clinic = await post({ title: '隔离点', kind: 'quarantine', area: other.id, skills: '护士、日语' });
  const nurse = await volunteer({ wish: 'quarantine' }, { area: other.id, trade: '护士', languages: '日语、湘语' });
  const near = await volunteer({ wish: 'community', near: 'near', rank: 'division' });
  const spare = await volunteer({ wish: 'hq', near: 'near' }, { area: other.id });
  const answer = await plan();
  assert.deepEqual(answer.posts.map((one) => [one.lacks, one.given]), [[1, 1], [1, 1]]);
  const of = (one) => answer.proposals.find((given) => given.post.id === one.id);
  assert.deepEqual([of(clinic).person.id, of(community).person.id, answer.left], [nurse.id, near.id, 1]);
  assert.deepEqual(of(clinic).why, ['wished for', 'has the skill', 'near home', 'has not served yet']);
  assert.equal(of(community).lead, true);
  assert.deepEqual(of(community).org, { id: unit.id, name: unit.name });

  // by hand: the spare one is fixed at the community, the nurse ruled out at the clinic
  const other_plan = await plan({ locks: [{ person: spare.id, post: community.id }], bars: [{ person: nurse.id, post: clinic.id }] });
  const there = (one) => other_plan.proposals.find((given) => given.post.id === one.id);
  assert.deepEqual([there(community).person.id, there(community).locked, there(clinic).person.id], [spare.id, true, near.id]);
  assert.equal(there(clinic).better.id, community.id);
  assert.ok(there(clinic).given_up > 0);
  const refused = await plan({ locks: [{ person: spare.id, post: community.id }, { person: near.id, post: community.id }] }, {}, { expect: 422 });
  assert.equal(refused.fields[0].field, 'locks');

  // what is accepted is written as what is made by hand, and is no longer lacking
  const rows = answer.proposals.map((one) => ({ person: one.person.id, post: one.post.id, begins: today, lead: one.lead }));
  const made = await officer.post('/api/v1/assignments', { rows });
  assert.ok(made.rows.every((one) => one.status === 201 || one.id));
  const next = await plan();
  assert.deepEqual([next.posts, next.proposals, next.left], [[], [], 1]);
});

test('it fills what the area asked for lacks, on the day asked for', async () => {
  const late = await post({ title: '下周岗位', begins: '2020-02-20', area: other.id });
  assert.deepEqual((await plan()).posts, []);
  assert.deepEqual((await plan({}, { day: '2020-02-20' })).posts.map((one) => one.id), [late.id]);
  assert.deepEqual((await plan({}, { day: '2020-02-20', area: town.id })).posts, []);
  const nobody = await plan({ bars: [] }, { day: '2020-02-20', area: other.id });
  assert.equal(nobody.posts[0].given, 1);
});

test('1,038 people and 95 posts are planned at once, every seat filled', async () => {
  const appeal_id = appeal.id;
  const ids = Array.from({ length: 1038 }, (_, i) => `01900000-0000-7000-8000-${String(i).padStart(12, '0')}`);
  await officer.post('/api/v1/people', { rows: ids.map((id, i) => ({ id, name: `演示${i}`, area: i % 2 ? town.id : other.id, skills: ['护士', '驾驶', '电工', ''][i % 4] || undefined })) });
  await officer.post('/api/v1/pledges', { rows: ids.map((person, i) => ({ appeal: appeal_id, person, wish: ['community', 'enterprise', 'grid'][i % 3], rank: i % 20 ? 'staff' : 'deputy' })) });
  await officer.post('/api/v1/posts', { rows: Array.from({ length: 95 }, (_, i) => ({ title: `大岗${i}`, kind: ['community', 'enterprise'][i % 2], area: i % 3 ? town.id : other.id, needed: 8, skills: ['护士', '驾驶'][i % 2], begins: today })) });
  const answer = await plan();
  assert.equal(answer.posts.reduce((all, one) => all + one.given, 0), 95 * 8);
  assert.equal(new Set(answer.proposals.map((one) => one.person.id)).size, 95 * 8);
  // leaders are spread: one at each of as many posts as there are leaders
  assert.equal(new Set(answer.proposals.filter((one) => one.lead).map((one) => one.post.id)).size, 52);
});

test('nobody goes to their own firm, no unit gives far more than its share, who has just served rests', async () => {
  const day = '2020-05-01', three = await admin.post('/api/v1/areas', { code: '431302003', name: '大科街道', level: 4, parent: county.id });
  const firm = await officer.post('/api/v1/sites', { name: '演示制衣厂', kind: 'enterprise', area: three.id });
  const own = await admin.post('/api/v1/orgs', { name: '演示制衣厂', kind: 'company', area: three.id });
  const call = await officer.post('/api/v1/appeals', { title: '五月倡议', area: three.id, text: '请战', opens: '2020-02-01' });
  await officer.post(`/api/v1/appeals/${call.id}/publish`, {});
  // whoever signed up before stands elsewhere by then
  const elsewhere = await officer.post('/api/v1/posts', { title: '长期岗', kind: 'hq', area: other.id, needed: 9000, begins: '2020-02-01' });
  const spare = [];
  for (let after = ''; after !== undefined;) {
    const page = await officer.get('/api/v1/pledges', { query: { limit: 500, after } });
    spare.push(...page.rows.map((one) => one.person));
    after = page.next ?? undefined;
  }
  await officer.post('/api/v1/assignments', { rows: [...new Set(spare)].map((person) => ({ post: elsewhere.id, person, begins: '2020-04-30' })) });
  const sign = async (org, n) => {
    const made = [];
    for (let i = 0; i < n; i++) made.push(await officer.post('/api/v1/people', { name: `演示五月${++numbers}`, area: three.id, org }));
    for (const one of made) await officer.post('/api/v1/pledges', { appeal: call.id, person: one.id });
    return made;
  };
  await sign(own.id, 1);
  await officer.post('/api/v1/posts', { title: '驻厂联络员', kind: 'enterprise', site: firm.id, needed: 1, begins: day });
  const alone = await plan({}, { day, area: three.id });
  assert.deepEqual([alone.proposals, alone.posts[0].why], [[], '1 of the firm itself']);
  const [big, small] = await Promise.all(['甲单位', '乙单位'].map((name) => admin.post('/api/v1/orgs', { name, kind: 'office', area: county.id })));
  const [fresh] = await sign(small.id, 1);
  assert.deepEqual((await plan({}, { day, area: three.id })).proposals.map((one) => one.person.id), [fresh.id]);

  // who served until the day before goes only where nobody else is
  await officer.post('/api/v1/assignments', { post: elsewhere.id, person: fresh.id, begins: '2020-04-30', ends: '2020-04-30' });
  const [rested] = await sign(small.id, 1);
  assert.deepEqual((await plan({}, { day, area: three.id })).proposals.map((one) => one.person.id), [rested.id]);

  // ten more places: one unit would fill them all by its wishes, but its share is what counts
  await sign(big.id, 12);
  await sign(small.id, 4);
  await officer.post('/api/v1/posts', { title: '社区岗', kind: 'community', area: three.id, needed: 10, begins: day });
  const shared = await plan({}, { day, area: three.id });
  const of = (org) => shared.proposals.filter((one) => one.org.id === org.id).length;
  assert.deepEqual([shared.proposals.length, of(big) <= Math.ceil((12 * 11 * 1.5) / 19), of(small) <= Math.ceil((6 * 11 * 1.5) / 19)], [11, true, true]);
  await set('dispatch_unit_share', '60');
  const short = await plan({}, { day, area: three.id });
  await set('dispatch_unit_share', '');
  assert.equal(short.proposals.length, 3 + 5 + 1);
  assert.match(short.posts.find((one) => one.given < one.lacks).why, /of units that have given their share/);
});

test('a plan that is split by area fills as many seats, and is no further from the best than it says', async () => {
  const day = '2020-04-01';
  await officer.post('/api/v1/posts', { rows: Array.from({ length: 12 }, (_, i) => ({ title: `四月岗${i}`, kind: ['community', 'grid', 'hq'][i % 3], area: i % 2 ? town.id : other.id, needed: 3, skills: ['护士', '电工'][i % 2], begins: day })) });
  const points = (answer) => answer.fit + 80 * answer.proposals.filter((one) => one.lead).length;
  const filled = (answer) => answer.posts.reduce((all, one) => all + one.given, 0);
  const whole = await plan({}, { day });
  assert.deepEqual([whole.parts, whole.gap, whole.gap_seats], [1, 0, 0]);
  await set('dispatch_pairs', '1000');
  const split = await plan({}, { day });
  await set('dispatch_pairs', '');
  assert.ok(split.parts > 2, `${split.parts} parts`);
  assert.deepEqual([filled(split), split.gap_seats], [filled(whole), 0]);
  assert.equal(new Set(split.proposals.map((one) => one.person.id)).size, split.proposals.length, 'nobody stands at two posts');
  assert.ok(points(split) <= points(whole), 'nothing beats what was proven best');
  assert.ok(points(whole) <= points(split) + split.gap, `${points(whole)} is more than ${points(split)} and the gap of ${split.gap}`);
  assert.ok(split.gap < points(whole), 'the gap says something');
});

test('nobody is proposed for a post in none of whose shifts they can serve', async () => {
  const place = await admin.post('/api/v1/areas', { code: '431302009', name: '石井街道', level: 4, parent: county.id });
  const night = await post({ area: place.id, slots: '22:00-06:00 x1', needed: 2 });
  const day = await post({ area: place.id, slots: '08:00-16:00 x1', needed: 2 });
  const evenings = await volunteer({ near: 'near', wish: 'community' }, { area: place.id, available: 'Mon-Fri 18:00-07:00' });
  const weekends = await volunteer({ near: 'near', wish: 'community' }, { area: place.id, available: 'Sat,Sun 08:00-18:00' });
  const neither = await volunteer({ near: 'near', wish: 'community' }, { area: place.id, available: 'Mon 09:00-11:00' });
  const { proposals } = await plan({}, { area: place.id });
  const proposed = (one) => proposals.filter((other) => other.post.id === one.id).map((other) => other.person.id);
  assert.deepEqual([proposed(night).includes(weekends.id), proposed(day).includes(evenings.id)], [false, false]);
  assert.ok(proposed(night).includes(evenings.id) && proposed(day).includes(weekends.id), JSON.stringify(proposals));
  assert.ok(![...proposed(night), ...proposed(day)].includes(neither.id));
});
