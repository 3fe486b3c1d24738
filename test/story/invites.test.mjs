// People who serve get an account of their own: an officer invites them, one or many, or they ask by the link of their sign-up. It has no grant, and the link works once.
import assert from 'node:assert/strict';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { password, temp_folder, until } from '../harness.mjs';
import { at, person, start_with_people } from '../people.mjs';

const box = temp_folder('muster-invites-'), file = join(box, 'sent');
let muster, admin, officer, liaison, stranger, county, town, appeal;
const sent = () => (existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').filter(Boolean).map((line) => JSON.parse(line)) : []);
const add = (name, phone) => officer.post('/api/v1/people', { name, area: town.id, ...(phone ? { phone } : {}) });
const token_of = (link) => new URL(link).hash.slice(1);
const open = (link, name, options = {}) => muster.bearer('').post('/api/v1/invite', { token: token_of(link), name, password }, options);
const setting = async (name, value) => {
  const row = (await admin.get('/api/v1/setting_values?limit=300')).rows.find((one) => one.name === name);
  await admin.patch(`/api/v1/setting_values/${row.id}`, { value }, { version: row.version });
};

before(async () => {
  const program = join(box, 'send');
  writeFileSync(program, `#!/bin/sh\n{ cat; echo; } >> ${file}\n`);
  chmodSync(program, 0o755);
  ({ muster, admin } = await start_with_people({ MUSTER_NOW: '2020-02-12T02:00:00Z' }));
  muster.send_by = program;
  county = await admin.post('/api/v1/areas', { code: '431302', name: '娄星区', level: 3 });
  town = await admin.post('/api/v1/areas', { code: '431302001', name: '乐坪街道', level: 4, parent: county.id });
  const other = await admin.post('/api/v1/areas', { code: '431321', name: '双峰县', level: 3 });
  officer = await person(muster, admin, 'officer', 'officer', { area: county.id });
  liaison = await person(muster, admin, 'liaison', 'liaison', { area: county.id });
  stranger = await person(muster, admin, 'stranger', 'officer', { area: other.id });
  appeal = await officer.post('/api/v1/appeals', { title: '演示倡议', area: county.id, text: '演示', opens: '2020-02-01' });
  await officer.post(`/api/v1/appeals/${appeal.id}/publish`, {});
});
after(() => muster?.stop());

test('without a sender the link is shown; opened once, the account names the person and has no right', async () => {
  const who = await add('甲演示', '13900000001');
  await liaison.post(`/api/v1/people/${who.id}/invite`, {}, { expect: 403 });
  await stranger.post(`/api/v1/people/${who.id}/invite`, {}, { expect: 404 });
  const given = await officer.post(`/api/v1/people/${who.id}/invite`, {});
  assert.deepEqual([given.outcome, given.person.id, /^甲\*+$/.test(given.person.name), given.qr.startsWith('<svg')], ['made', who.id, true, true]);
  assert.match(given.link, /\/invite#own-[0-9a-f]{64}$/);
  const [user] = (await admin.get(`/api/v1/users?person=${who.id}`)).rows;
  assert.match(user.name, /^new-/);
  assert.deepEqual([user.shown, user.phone, user.area], [null, null, town.id], 'nothing private stands in it');
  // a new link takes the place of the earlier one, and there is one account
  const again = await officer.post(`/api/v1/people/${who.id}/invite`, {});
  await open(given.link, 'first', { expect: 404 });
  for (const name of [undefined, '', 'with space', 'officer', 'x'.repeat(41)]) assert.equal((await open(again.link, name, { expect: 422 })).fields[0].field, 'name');
  assert.equal((await open(again.link, 'first')).name, 'first');
  await open(again.link, 'second', { expect: 404 });
  const client = await muster.client('first');
  const { user: me, grants } = await client.get('/api/v1/session');
  assert.deepEqual([me.name, me.person, grants], ['first', who.id, []]);
  assert.equal((await client.get('/api/v1/my/shifts')).person, who.id);
  await client.get('/api/v1/people', { expect: 403 });
  assert.equal((await officer.post(`/api/v1/people/${who.id}/invite`, {})).outcome, 'there', 'nobody gets at an account that is open');
  assert.equal((await admin.get(`/api/v1/users?person=${who.id}`)).rows.length, 1);
  assert.ok(!muster.log().includes('own-'));
});

test('a link opens nothing once the account was given a right or closed', async () => {
  const who = await add('丙演示');
  const { link } = await officer.post(`/api/v1/people/${who.id}/invite`, {});
  const [user] = (await admin.get(`/api/v1/users?person=${who.id}`)).rows;
  const grant = await admin.post('/api/v1/grants', { user: user.id, role: 'command', area: county.id });
  await open(link, 'sly', { expect: 404 });
  assert.equal((await officer.post(`/api/v1/people/${who.id}/invite`, {})).outcome, 'there');
  await admin.del(`/api/v1/grants/${grant.id}`, { reason: '误授' });
  await admin.post(`/api/v1/users/${user.id}/close`, {});
  assert.equal((await officer.post(`/api/v1/people/${who.id}/invite`, {})).outcome, 'closed');
});

test('many at once, people and pledges; what is out of reach is passed over without a word', async () => {
  const [one, two] = [await add('丁演示'), await add('戊演示')];
  const far = await stranger.post('/api/v1/people', { name: '远演示', area: stranger.user.area });
  const pledge = await officer.post('/api/v1/pledges', { appeal: appeal.id, person: two.id });
  const { rows } = await officer.post('/api/v1/people:invite', { people: [one.id, far.id], pledges: [pledge.id] });
  assert.deepEqual(rows.map((each) => [each.person.id, each.outcome]), [[one.id, 'made'], [two.id, 'made']]);
  assert.equal((await admin.get(`/api/v1/users?person=${far.id}`)).rows.length, 0);
  assert.equal((await officer.post(`/api/v1/pledges/${pledge.id}/invite`, {})).outcome, 'made');
  await stranger.post(`/api/v1/pledges/${pledge.id}/invite`, {}, { expect: 404 });
  for (const body of [{}, { people: 'x' }, { people: ['x'] }, { users: [one.id] }]) await officer.post('/api/v1/people:invite', body, { expect: 422 });
  await setting('invite_most', '1');
  await officer.post('/api/v1/people:invite', { people: [one.id, two.id] }, { expect: 413 });
  await setting('invite_most', '200');
});

test('with a sender the link goes to the phone alone, and not twice within half an hour', async () => {
  muster.env = { ...muster.env, MUSTER_SENDER: muster.send_by };
  await at(muster, '2020-02-12T03:00:00Z');
  const who = await add('己演示', '13900000007');
  const given = await officer.post(`/api/v1/people/${who.id}/invite`, {});
  assert.deepEqual([given.outcome, given.link, given.qr], ['sent', undefined, undefined]);
  assert.ok(!JSON.stringify(given).includes('1390000'));
  await until(() => sent().length === 1, { what: 'the message' });
  assert.equal(sent()[0].to, '13900000007');
  assert.equal((await officer.post(`/api/v1/people/${who.id}/invite`, {})).outcome, 'recent');
  const link = sent()[0].text.match(/http\S+#own-[0-9a-f]+/)[0];
  assert.equal((await open(link, 'seven')).name, 'seven');
  const without = await add('庚演示');
  assert.equal((await officer.post(`/api/v1/people/${without.id}/invite`, {})).outcome, 'made', 'without a number it is handed over');
});

test('whoever signed up has the link sent to the phone that was confirmed, where the address is set', async () => {
  const guest = muster.bearer('');
  await at(muster, '2020-02-12T04:00:00Z');
  const begun = await guest.post(`/api/v1/public/appeals/${appeal.id}/sign-up`, { name: '辛演示', phone: '13900000008', area: town.id, consent: true });
  await until(() => sent().some((one) => one.to === '13900000008'), { what: 'the code' });
  const made = await guest.post(`/api/v1/public/sign-ups/${begun.id}/confirm`, { code: sent().find((one) => one.to === '13900000008').text.match(/\d{6}/)[0] });
  const own = () => guest.get(`/api/v1/public/pledges/${made.id}?code=${made.code}`);
  const ask = (options = {}, code = made.code) => guest.post(`/api/v1/public/pledges/${made.id}/account`, { code }, options);
  await setting('link_base', 'https://muster.example');
  assert.deepEqual([(await own()).may_account, (await own()).has_account], [true, false]);
  await ask({ expect: 404 }, 'wrong');
  assert.deepEqual(await ask(), { outcome: 'sent' });
  assert.equal((await ask({ expect: 429 })).code, 'too_many');
  await until(() => sent().some((one) => one.text.includes('muster.example')), { what: 'the link' });
  const message = sent().find((one) => one.text.includes('muster.example'));
  assert.equal(message.to, '13900000008');
  await open(message.text.match(/http\S+#own-[0-9a-f]+/)[0], '辛');
  assert.deepEqual([(await own()).may_account, (await own()).has_account], [false, true]);
  await ask({ expect: 409 });
});
