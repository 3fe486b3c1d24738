// Whom a dispatch plan may not send: each rule keeps people from the plan and from a lock, and says so by its own name.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { person as account, recount, start_with_people } from '../people.mjs';

let muster, admin, officer, county, town, unit, appeal;
const today = '2020-03-06';
let numbers = 0;

before(async () => {
  ({ muster, admin } = await start_with_people({ MUSTER_NOW: `${today}T02:00:00Z` }));
  county = await admin.post('/api/v1/areas', { code: '431302', name: '娄星区', level: 3 });
  officer = await account(muster, admin, 'officer', 'officer', { area: county.id });
  unit = await admin.post('/api/v1/orgs', { name: '区演示局', kind: 'department', area: county.id });
});
after(() => muster?.stop());

// each story has a street of its own; whoever signed up for another stands elsewhere
beforeEach(async () => {
  const spare = (await officer.get('/api/v1/pledges?limit=200')).rows.map((one) => one.person);
  const elsewhere = await officer.post('/api/v1/posts', { title: `旧岗${++numbers}`, kind: 'hq', area: county.id, needed: 999, begins: '2020-03-01' });
  await officer.post('/api/v1/assignments', { rows: [...new Set(spare)].map((person) => ({ post: elsewhere.id, person, begins: today, over: '清场' })) });
  town = await admin.post('/api/v1/areas', { code: `431302${String(++numbers).padStart(3, '0')}`, name: `演示街道${numbers}`, level: 4, parent: county.id });
  appeal = await officer.post('/api/v1/appeals', { title: '倡议书', area: town.id, text: '请战', opens: '2020-02-01' });
  await officer.post(`/api/v1/appeals/${appeal.id}/publish`, {});
});

async function volunteer(known = {}, more = {}) {
  const person = await officer.post('/api/v1/people', { name: `演示员${++numbers}`, area: town.id, org: unit.id, ...known });
  await officer.post('/api/v1/pledges', { appeal: appeal.id, person: person.id, ...more });
  return person;
}
const post = (more = {}) => officer.post('/api/v1/posts', { title: `岗位${++numbers}`, kind: 'community', area: town.id, needed: 1, begins: '2020-03-01', ...more });
const plan = (body = {}, options = {}) => officer.post('/api/v1/dispatch', body, { query: { area: town.id }, ...options });
const pairs = (answer) => answer.proposals.map((one) => [one.person.id, one.post.id]);
/** The plan proposes nobody, says why, and refuses the same by hand. */
async function kept_from(person, at, why, said) {
  const answer = await plan();
  assert.deepEqual([answer.proposals, answer.posts.map((one) => one.why)], [[], [why]]);
  const refused = await plan({ locks: [{ person: person.id, post: at.id }] }, { expect: 422 });
  assert.equal(refused.fields[0].field, 'locks');
  assert.match(refused.fields[0].detail, said);
}
const leave = async (person, begins, ends) => {
  const asked = await officer.post('/api/v1/leaves', { person: person.id, kind: 'sick', begins, ends });
  return officer.post(`/api/v1/leaves/${asked.id}/grant`, {});
};

test('whoever is on leave on some day of the post is not sent there', async () => {
  const at = await post(), away = await volunteer(), later = await volunteer();
  await leave(away, today, '2020-03-08');
  await leave(later, '2020-04-01', '2020-04-02');
  const answer = await plan();
  assert.deepEqual([answer.proposals, answer.posts[0].why, answer.left], [[], '2 on leave on some of its days', 1], 'only one of them is free today');
  const short = await post({ ends: '2020-03-20' });
  assert.deepEqual(pairs(await plan()), [[later.id, short.id]], 'a post that is over before the leave begins');
  const refused = await plan({ locks: [{ person: later.id, post: at.id }] }, { expect: 422 });
  assert.match(refused.fields[0].detail, /is on leave on some of its days/);
});

test('whoever stands elsewhere tomorrow is not sent to a post without an end', async () => {
  const at = await post(), other = await post({ begins: '2020-03-07', area: county.id });
  const taken = await volunteer();
  await officer.post('/api/v1/assignments', { post: other.id, person: taken.id, begins: '2020-03-07' });
  await kept_from(taken, at, '1 at another post on some of its days', /holds another post on some of its days/);
  const day = await post({ ends: today });
  assert.deepEqual(pairs(await plan()), [[taken.id, day.id]]);
  // by hand it warns, and so does each row of many
  const { rows } = await officer.post('/api/v1/assignments', { warnings: true, rows: [{ post: at.id, person: taken.id, begins: today }, { post: day.id, person: (await volunteer()).id, begins: today }] });
  assert.deepEqual(rows.map((one) => [one.status, one.warnings?.map((each) => each.detail)]), [[201, ['holds another post on some of these days']], [201, []]]);
});

test('whoever cannot serve at its hours is kept from it by that name', async () => {
  const at = await post({ slots: '22:00-06:00 x1' }), weekend = await volunteer({ available: 'Sat,Sun 08:00-18:00' });
  await kept_from(weekend, at, '1 cannot serve at its hours', /cannot serve at its hours/);
});

test('nobody is locked into their own firm; what was ruled out stays out', async () => {
  const firm = await officer.post('/api/v1/sites', { name: '演示制衣厂', kind: 'enterprise', area: town.id });
  const own = await admin.post('/api/v1/orgs', { name: '演示制衣厂', kind: 'company', area: town.id });
  const at = await post({ area: undefined, site: firm.id }), worker = await volunteer({ org: own.id });
  await kept_from(worker, at, '1 of the firm itself', /belongs to the firm itself/);
  const free = await volunteer(), bars = [{ person: free.id, post: at.id }];
  assert.equal((await plan({ bars })).posts[0].why, '1 of the firm itself; 1 ruled out by hand');
  assert.match((await plan({ bars, locks: bars }, { expect: 422 })).fields[0].detail, /was ruled out by hand/);
});

test('skills stand between signs of either language, in letters small or large, wide or narrow; one that is required beats a wish', async () => {
  const wished = await post({ kind: 'hq', skills: 'ｅｎｇｌｉｓｈ；木工' });
  const speaker = await volunteer({ languages: '日语;English' });
  const other = await volunteer();
  const answer = await plan();
  assert.deepEqual(pairs(answer), [[speaker.id, wished.id]]);
  assert.ok(answer.proposals[0].why.includes('has the skill'));

  const must = await post({ kind: 'quarantine', skills_must: '护士；驾驶证ｃ１' });
  assert.equal((await plan()).posts.find((one) => one.id === must.id).why, '1 without a skill that it requires');
  await kept_out(other, must);
  const half = await volunteer({ trade: '护士' }, { wish: 'quarantine' });
  await kept_out(half, must);
  const nurse = await volunteer({ trade: '护士', licence: '驾驶证 C1 驾驶证C1' }, { wish: 'hq' });
  assert.deepEqual(pairs(await plan()).find(([person]) => person === nurse.id), [nurse.id, must.id], 'one who is required goes where they are, whatever they wished for');
});
async function kept_out(person, at) {
  const refused = await plan({ locks: [{ person: person.id, post: at.id }] }, { expect: 422 });
  assert.match(refused.fields[0].detail, /lacks a skill that the post requires/);
}

test('who has limits of health is sent after equals, and never without a word; what they are is not told', async () => {
  const first = await post({ slots: '22:00-06:00 x1' });
  const limited = await volunteer({ limits: '高血压，不宜夜班' });
  const alone = await plan();
  assert.deepEqual(alone.proposals.map((one) => [one.person.id, one.look]), [[limited.id, 'has limits of health: look before sending']]);
  assert.ok(!JSON.stringify(alone).includes('高血压'));
  const well = await volunteer();
  const answer = await plan();
  assert.deepEqual(answer.proposals.map((one) => [one.person.id, one.post.id, one.look]), [[well.id, first.id, null]]);
});

test('whoever is sent was taken: what they signed up for is approved with its history, and waits no more', async () => {
  await post();
  const sent = await volunteer(), spare = await volunteer({ limits: '腰伤' });
  const waits = async () => (await officer.get(`/api/v1/tallies?measure=pledges_waiting&area=${town.id}&day=${today}`)).rows[0].counts.pledges_waiting.value;
  assert.equal(await waits(), 2);
  const { proposals } = await plan();
  assert.deepEqual(proposals.map((one) => one.person.id), [sent.id]);
  await officer.post('/api/v1/assignments', { rows: proposals.map((one) => ({ person: one.person.id, post: one.post.id, begins: today })) });
  const state = async (person) => (await officer.get(`/api/v1/pledges?person=${person.id}`)).rows.map((one) => one.state);
  assert.deepEqual([await state(sent), await state(spare), await waits()], [['approved'], ['signed'], 1]);
  const [pledge] = (await officer.get(`/api/v1/pledges?person=${sent.id}`)).rows;
  const { rows } = await admin.get(`/api/v1/pledges/${pledge.id}/history`);
  assert.equal(rows.length, 2);
  assert.match(JSON.stringify(rows), /officer.*sent to a post|sent to a post.*officer/);
});

test('who is left is listed for a post by fit: those who may go there first, found by name, skill or unit, named for a reason on record', async () => {
  const at = await post({ slots: '22:00-06:00 x1', kind: 'grid' });
  const sent = await volunteer({ skills: '消毒' }, { wish: 'grid' });
  const other = await admin.post('/api/v1/orgs', { name: '区城管局', kind: 'office', area: county.id });
  const wishes = await volunteer({ org: other.id }, { wish: 'grid' }), plain = await volunteer({ skills: '消毒' }, { wish: 'hq' }), day = await volunteer({ available: '08:00-18:00' });
  const away = await volunteer();
  await leave(away, today);
  const answer = await plan();
  assert.deepEqual([answer.proposals.length, answer.left], [1, 3]);
  assert.equal(answer.proposals[0].person.name, '演**');
  const left = (more = {}, query = {}, options = {}) => officer.post('/api/v1/dispatch/left', { post: at.id, sent: [answer.proposals[0].person.id], ...more }, { query: { area: town.id, ...query }, ...options });
  const first = answer.proposals[0].person.id, spare = [sent, wishes].find((one) => one.id !== first);
  const all = await left();
  assert.equal(all.total, 3);
  assert.deepEqual(all.rows.map((one) => [one.person.id, one.stops]), [[spare.id, null], [plain.id, null], [day.id, 'cannot serve at its hours']]);
  assert.ok(all.rows[0].fit > all.rows[1].fit && all.rows[0].why.includes('wished for'));
  assert.deepEqual((await left({ from: 1, limit: 1 })).rows.map((one) => one.person.id), [plain.id]);
  assert.deepEqual((await left({ q: '消毒', sent: [] })).rows.map((one) => one.person.id).sort(), [sent.id, plain.id].sort());
  assert.deepEqual((await left({ q: '城管局', sent: [] })).rows.map((one) => one.person.id), [wishes.id]);
  const name = (await officer.get(`/api/v1/people/${plain.id}?reveal=${encodeURIComponent('核对')}`)).name;
  assert.deepEqual((await left({ q: name })).rows.map((one) => one.person.id), [plain.id]);
  assert.deepEqual((await left({ bars: [{ person: plain.id, post: at.id }] })).rows.find((one) => one.person.id === plain.id).stops, 'was ruled out by hand');
  assert.equal((await left({ post: county.id }, {}, { expect: 422 })).fields[0].field, 'post');
  assert.equal((await left({ limit: 0 }, {}, { expect: 422 })).fields[0].field, 'limit');
  assert.equal((await left({ who: 1 }, {}, { expect: 422 })).fields[0].field, 'who');
  const named = await left({}, { reveal: '安排岗位' });
  assert.ok(named.rows.some((one) => one.person.name === name));
  assert.ok((await plan({}, { query: { area: town.id, reveal: '安排岗位' } })).proposals[0].person.name.startsWith('演示员'));
});

test('counted again there is no difference', () => assert.match(recount(muster), /\b0 differ/));
