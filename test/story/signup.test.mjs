// Signing up from outside: an appeal is open to everybody, a code goes to the phone, and only with the code somebody becomes a person with a pledge. Limits by number, address
// and area hold under a flood; what was never confirmed is erased and counts for nothing.
import assert from 'node:assert/strict';
import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { files_below, password, run_muster, sqlite_file, start_muster, store_folder, temp_folder, until, uuid7 } from '../harness.mjs';

const today = '2020-02-12';
const box = temp_folder('muster-phone-');
const sent_file = join(box, 'sent');
let muster, admin, officer, county, town, village, elsewhere, appeal;

/** What the phones have got so far: [{to, text}]. */
const sent = () => (existsSync(sent_file) ? readFileSync(sent_file, 'utf8').trim().split('\n').filter(Boolean).map((line) => JSON.parse(line)) : []);
const forget = () => rmSync(sent_file, { force: true });
const code_for = (phone) => until(() => sent().findLast((one) => one.to === phone && /\d{6}/.test(one.text))?.text.match(/\d{6}/)[0], { what: `a code for ${phone}` });
const guest = (address) => {
  const client = muster.bearer('');
  const from = (options) => ({ ...options, headers: { 'X-Forwarded-For': address } });
  return { get: (path, options) => client.get(path, from(options)), post: (path, body, options) => client.post(path, body, from(options)) };
};
const form = (n, more = {}) => ({ name: `演示报名${n}`, phone: `1391000${String(n).padStart(4, '0')}`, area: village.id, consent: true, ...more });
const sign_up = (who, body, options) => who.post(`/api/v1/public/appeals/${appeal.id}/sign-up`, body, options);
const confirm = (who, id, code, options) => who.post(`/api/v1/public/sign-ups/${id}/confirm`, { code }, options);
const count = async (measure) => (await officer.get(`/api/v1/tallies?measure=${measure}&area=${county.id}`)).rows[0].counts[measure].value;
const set = async (name, value) => {
  const row = (await admin.get('/api/v1/setting_values?limit=200')).rows.find((one) => one.name === name);
  await admin.patch(`/api/v1/setting_values/${row.id}`, { value: String(value) }, { version: row.version });
};
const fields = (answer) => answer.fields.map((one) => one.field).sort();
const wrong = (code) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

before(async () => {
  const program = join(box, 'send');
  writeFileSync(program, `#!/bin/sh\n{ cat; echo; } >> ${sent_file}\n`);
  chmodSync(program, 0o755);
  muster = await start_muster({ env: { MUSTER_NOW: `${today}T02:00:00Z`, MUSTER_SENDER: program } });
  admin = await muster.client('admin');
  county = await admin.post('/api/v1/areas', { code: '431302', name: '娄星区', level: 3 });
  town = await admin.post('/api/v1/areas', { code: '431302001', name: '乐坪街道', level: 4, parent: county.id });
  village = await admin.post('/api/v1/areas', { code: '431302001001', name: '演示社区', level: 5, parent: town.id });
  elsewhere = await admin.post('/api/v1/areas', { code: '431381', name: '冷水江市', level: 3 });
  run_muster(['user', 'add', 'officer', '--area', '431302', '--role', 'officer', '--store', muster.store], { input: `${password}\n` });
  officer = await muster.client('officer');
  appeal = await officer.post('/api/v1/appeals', { title: '致全区居民的倡议书', area: county.id, text: '请战', opens: '2020-02-01', closes: '2020-02-20', wanted: 30 });
});
after(() => muster?.stop());

test('an appeal is open to everybody once it is published, and nothing else is', async () => {
  const one = guest('203.0.113.1');
  assert.deepEqual((await one.get('/api/v1/public/appeals')).rows, []);
  await one.get(`/api/v1/public/appeals/${appeal.id}`, { expect: 404 });
  await sign_up(one, form(1), { expect: 404 });
  await officer.post(`/api/v1/appeals/${appeal.id}/publish`, {});
  const { rows } = await one.get('/api/v1/public/appeals');
  assert.deepEqual(rows.map((row) => [row.title, row.area.name, row.opens, row.closes, row.wanted]), [['致全区居民的倡议书', '娄星区', '2020-02-01', '2020-02-20', 30]]);
  const page = await one.get(`/api/v1/public/appeals/${appeal.id}`);
  assert.match(page.consent, /phone number/);
  assert.equal(page.confirms, true);
  assert.ok(page.wishes.some((wish) => wish.code === 'community') && page.near.length === 3);
  assert.deepEqual((await one.get(`/api/v1/public/appeals/${appeal.id}/areas`)).rows.map((row) => row.name), ['乐坪街道']);
  assert.deepEqual((await one.get(`/api/v1/public/appeals/${appeal.id}/areas?parent=${town.id}`)).rows.map((row) => row.name), ['演示社区']);
  await one.get(`/api/v1/public/appeals/${appeal.id}/areas?parent=${elsewhere.id}`, { expect: 404 });
});

test('bad entries are named, and nothing is kept of them', async () => {
  const one = guest('203.0.113.2');
  assert.deepEqual(fields(await sign_up(one, {}, { expect: 422 })), ['area', 'consent', 'name', 'phone']);
  assert.deepEqual(fields(await sign_up(one, form(2, { consent: false }), { expect: 422 })), ['consent']);
  assert.deepEqual(fields(await sign_up(one, form(2, { available: '晚上有空' }), { expect: 422 })), ['available']);
  assert.deepEqual(fields(await sign_up(one, form(2, { phone: '12345' }), { expect: 422 })), ['phone']);
  assert.deepEqual(fields(await sign_up(one, form(2, { wish: 'no-such' }), { expect: 422 })), ['wish']);
  assert.deepEqual(fields(await sign_up(one, form(2, { near: 'moon' }), { expect: 422 })), ['near']);
  assert.deepEqual(fields(await sign_up(one, form(2, { area: elsewhere.id }), { expect: 422 })), ['area']);
  assert.deepEqual(fields(await sign_up(one, form(2, { state: 'approved' }), { expect: 422 })), ['state']);
  assert.deepEqual(sent(), []);
});

test('with the code somebody becomes a person with a pledge, and follows it by a link', async () => {
  const one = guest('203.0.113.3');
  const begun = await sign_up(one, form(3, { party: true, skills: '护士', wish: 'community', near: 'near', remark: '家中有病人，晚上有空', unit: '演示局', rank: 'section', id: uuid7() }));
  assert.equal(begun.code, undefined, 'the code goes to the phone alone');
  const code = await code_for('13910000003');
  assert.match(sent().at(-1).text, /致全区居民的倡议书/);
  assert.equal(await count('pledges'), 0);
  assert.deepEqual((await officer.get('/api/v1/people')).rows, []);
  const refused = await confirm(one, begun.id, wrong(code), { expect: 422 });
  assert.deepEqual(fields(refused), ['code']);
  assert.match(refused.fields[0].detail, /4 tries/);
  const made = await confirm(one, begun.id, code);
  assert.deepEqual(await confirm(one, begun.id, code), made, 'a second time it answers the same');
  assert.equal(await count('pledges'), 1);
  const pledge = await officer.get(`/api/v1/pledges/${made.id}`);
  assert.deepEqual([pledge.state, pledge.source, pledge.wish, pledge.near, pledge.unit, pledge.rank, pledge.day], ['signed', 'public', 'community', 'near', '演示局', 'section', today]);
  assert.equal(pledge.remark, '***', 'what one says of oneself is hidden');
  assert.equal((await officer.get(`/api/v1/pledges/${made.id}?reveal=choose`)).remark, '家中有病人，晚上有空');
  assert.match(pledge.consent, /see and withdraw your sign-up/);
  assert.ok(pledge.consented);
  const person = await officer.get(`/api/v1/people/${pledge.person}?reveal=call`);
  assert.deepEqual([person.name, person.phone, person.party, person.skills, person.area], ['演示报名3', '13910000003', true, '护士', village.id]);

  const own = await one.get(`/api/v1/public/pledges/${made.id}?code=${made.code}`);
  assert.deepEqual([own.state, own.appeal, own.may_withdraw, own.posts], ['signed', '致全区居民的倡议书', true, []]);
  assert.ok(!own.name.includes('报名3'), 'the name is masked');
  await one.get(`/api/v1/public/pledges/${made.id}?code=${made.code}x`, { expect: 404 });
  await one.get(`/api/v1/public/pledges/${uuid7()}?code=${made.code}`, { expect: 404 });
  forget();
  const unit = await admin.post('/api/v1/orgs', { name: '演示局', kind: 'office', area: county.id });
  await officer.post(`/api/v1/pledges/${made.id}/approve`, {});
  assert.deepEqual([(await officer.get(`/api/v1/pledges/${made.id}`)).org, (await officer.get(`/api/v1/people/${pledge.person}`)).org], [unit.id, unit.id], 'counted with the unit that was told');
  const parts = await officer.get(`/api/v1/appeals/${appeal.id}/parts`);
  assert.ok(JSON.stringify(parts).includes('演示局') && JSON.stringify(parts).includes('section'), JSON.stringify(parts));
  await until(() => sent().some((message) => message.to === '13910000003' && /(approved|已通过)/.test(message.text)), { what: 'word of the approval' });
  assert.equal((await one.post(`/api/v1/public/pledges/${made.id}/withdraw`, { code: made.code })).state, 'withdrawn');
  await one.post(`/api/v1/public/pledges/${made.id}/withdraw`, { code: 'no' }, { expect: 404 });
  assert.equal(await count('pledges'), 0);
});

test('whoever is known by name and number is not made twice', async () => {
  const known = await officer.post('/api/v1/people', { name: '演示报名4', phone: '13910000004', area: town.id });
  const one = guest('203.0.113.4');
  const begun = await sign_up(one, form(4));
  const made = await confirm(one, begun.id, await code_for('13910000004'));
  assert.equal((await officer.get(`/api/v1/pledges/${made.id}`)).person, known.id);
  forget();
  const again = await sign_up(one, form(4));
  assert.equal((await confirm(one, again.id, await code_for('13910000004'))).id, made.id, 'the pledge that is there');
  forget();
  const other = await sign_up(guest('203.0.113.5'), form(5, { name: '演示另一人', phone: '13910000004' }));
  const second = await confirm(one, other.id, await code_for('13910000004'));
  assert.notEqual((await officer.get(`/api/v1/pledges/${second.id}`)).person, known.id, 'another name under the same number is another person');
});

test('a code is guessed five times at most', async () => {
  const one = guest('203.0.113.6');
  const begun = await sign_up(one, form(6));
  const code = await code_for('13910000006');
  for (let i = 0; i < 5; i++) await confirm(one, begun.id, wrong(code), { expect: 422 });
  await confirm(one, begun.id, code, { expect: 404 });
  await confirm(one, uuid7(), code, { expect: 404 });
});

test('a retry of the same sign-up sends no second code; a number gets three a day', async () => {
  const one = guest('203.0.113.7'), id = uuid7();
  const first = await sign_up(one, form(7, { id }));
  assert.deepEqual(await sign_up(one, form(7, { id })), first);
  await code_for('13910000007');
  await sign_up(one, form(7));
  await sign_up(guest('203.0.113.8'), form(7));
  await sign_up(guest('203.0.113.9'), form(7), { expect: 429 });
  await until(() => sent().filter((message) => message.to === '13910000007').length === 3, { what: 'three codes' });
});

test('one address may begin so many an hour; of IPv6 a whole /64 is one address', async () => {
  await set('signup_address_hour', 3);
  for (let i = 0; i < 3; i++) await sign_up(guest(`2001:db8:1:2::${i + 1}`), form(20 + i));
  await sign_up(guest('2001:db8:1:2:ffff::9'), form(23), { expect: 429 });
  await sign_up(guest('2001:db8:1:3::9'), form(23));
  await set('signup_address_hour', '');
});

test('under a flood from many addresses the area takes no more than its limit, whoever is signed in works on, and nothing of it counts', async () => {
  await set('signup_area_open', 40);
  const pledges = await count('pledges'), people = (await officer.get('/api/v1/people?limit=1000')).rows.length;
  const answers = await Promise.all(Array.from({ length: 120 }, (_, i) => sign_up(guest(`198.51.${i}.7`), form(1000 + i), { expect: [201, 429], whole: true })));
  const begun = answers.filter((one) => one.status === 201).length;
  const open = begun + 8; // those that wait since the tests before are among the 40
  assert.ok(begun > 20 && begun < 40 && open >= 30, `${begun} were begun`);
  await sign_up(guest('192.0.2.9'), form(2000), { expect: 429 });
  assert.equal((await officer.post('/api/v1/people', { name: '演示同事', area: town.id })).version, 1);
  assert.equal(await count('pledges'), pledges);
  assert.equal((await officer.get('/api/v1/people?limit=1000')).rows.length, people + 1);
});

test('what was never confirmed is erased when its code ends; then the area takes sign-ups again', async () => {
  muster.env = { ...muster.env, MUSTER_NOW: `${today}T02:20:00Z` };
  await muster.restart();
  run_muster(['job', '--store', muster.store], { env: { MUSTER_NOW: `${today}T02:20:00Z` } });
  const { DatabaseSync } = await import('node:sqlite');
  const db = new DatabaseSync(sqlite_file(muster.store), { readOnly: true });
  const kept = db.prepare('SELECT count(*) AS n FROM signups WHERE form IS NOT NULL').get();
  const all = db.prepare('SELECT count(*) AS n FROM signups').get();
  db.close();
  assert.equal(kept.n, 0);
  assert.ok(all.n > 40, 'that they asked is known for two days');
  await sign_up(guest('192.0.2.10'), form(2001));
  admin = await muster.client('admin');
  officer = await muster.client('officer');
  assert.match(run_muster(['check', '--store', muster.store], { env: { LC_ALL: 'C.UTF-8' } }).out, /0 differences/);
});

test('neither numbers nor names of those who signed up stand in the store or in the log', () => {
  const files = files_below(store_folder(muster.store)).map((file) => readFileSync(file));
  for (const secret of ['13910000003', '演示报名3', '13910001005', '203.0.113.3']) {
    assert.ok(files.every((bytes) => !bytes.includes(secret)), `${secret} lies in the store`);
    assert.ok(!muster.log().includes(secret), `${secret} was logged`);
  }
});

test('posts that the appeal is to fill are shown as long as they lack people, and nothing of who is there', async () => {
  const one = guest('203.0.113.1');
  const post = await officer.post('/api/v1/posts', { title: '高铁站卡口', kind: 'checkpoint', area: town.id, needed: 2, hours: '8:00', begins: '2020-02-10', ends: '2020-02-28', appeal: appeal.id, near: 'near' });
  await officer.post('/api/v1/posts', { title: '别的岗位', kind: 'hq', area: town.id, needed: 2, begins: '2020-02-10' });
  assert.deepEqual((await one.get(`/api/v1/public/appeals/${appeal.id}`)).posts, [{ title: '高铁站卡口', lacks: 2, begins: '2020-02-10', ends: '2020-02-28', hours: '8:00', skills: null }]);
  const people = [];
  for (const n of [1, 2]) people.push(await officer.post('/api/v1/people', { name: `演示岗${n}`, area: village.id }));
  const held = await officer.post('/api/v1/assignments', { rows: people.map((who) => ({ post: post.id, person: who.id, begins: today })) });
  assert.ok(held.rows.every((row) => row.status === 201), JSON.stringify(held));
  assert.deepEqual((await one.get(`/api/v1/public/appeals/${appeal.id}`)).posts, []);
});

test('where no sender is set up the page says so, and the demonstration shows the code itself', async () => {
  await muster.halt();
  muster.env = { ...muster.env, MUSTER_SENDER: '' };
  await muster.start();
  const one = guest('203.0.113.30');
  assert.equal((await one.get(`/api/v1/public/appeals/${appeal.id}`)).confirms, false);
  await sign_up(one, form(3000), { expect: 409 });
});
