// Accounts: the first administrator, invitations, passwords, lock-out, tokens, what an administrator of a part may do.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { new_store, password, run_muster, start_muster } from '../harness.mjs';

let muster, admin, root, county, town;
before(async () => {
  muster = await start_muster();
  admin = await muster.client('admin');
  root = (await admin.get('/api/v1/session')).home;
  county = await admin.post('/api/v1/areas', { name: '演示县', code: '990101', level: 3 });
  town = await admin.post('/api/v1/areas', { name: '演示镇', code: '990101101', level: 4, parent: county.id });
});
after(() => muster?.stop());

const token_of = (link) => new URL(link).searchParams.get('token');

/** A user with a role, who has chosen the test password by invitation. */
async function make_user(name, area, role) {
  const user = await admin.post('/api/v1/users', { name, area: area.id });
  if (role) await admin.post('/api/v1/grants', { user: user.id, role, area: area.id });
  const { link } = await admin.post(`/api/v1/users/${user.id}/invite`);
  await muster.bearer('').post('/api/v1/invite', { token: token_of(link), password });
  return user;
}

test('init prints a link that makes the first administrator, once', async () => {
  const place = new_store();
  const first = run_muster(['init', '--store', place]).out.trim();
  const second = run_muster(['init', '--store', place, '--listen', '10.0.0.1:99']).out.trim();
  assert.match(second, /^http:\/\/10\.0\.0\.1:99\/setup\?token=[0-9a-f]{64}$/);
  const other = await start_muster({ store: place, made: true });
  try {
    const nobody = await other.client();
    const ask = (token, expect, secret = password) => nobody.post('/api/v1/setup', { token, name: 'chief', password: secret }, { expect });
    await ask(token_of(first), 404); // the later link took its place
    const short = await ask(token_of(second), 422, 'short');
    assert.equal(short.fields[0].field, 'password');
    await ask(token_of(second), 201);
    await ask(token_of(second), 404);
    const chief = await other.client('chief');
    assert.deepEqual((await chief.get('/api/v1/session')).grants.map((one) => one.role).sort(), ['administrator', 'command']);
    assert.equal(run_muster(['init', '--store', place]).out, '');
  } finally {
    await other.stop();
  }
});

test('an invitation works once, and its password signs in', async () => {
  const user = await admin.post('/api/v1/users', { name: 'invited', area: town.id });
  const early = await admin.post(`/api/v1/users/${user.id}/invite`);
  const { link } = await admin.post(`/api/v1/users/${user.id}/invite`);
  const nobody = await muster.client();
  const accept = (one, expect) => nobody.post('/api/v1/invite', { token: token_of(one), password }, { expect });
  await accept(early.link, 404);
  assert.equal((await accept(link, 200)).name, 'invited');
  await accept(link, 404);
  await muster.client('invited');
  assert.equal('password' in (await admin.get(`/api/v1/users/${user.id}`)), false);
  assert.doesNotMatch(JSON.stringify(await admin.get(`/api/v1/users/${user.id}/history`)), /password|argon/);
});

test('a changed password ends the other sessions', async () => {
  await make_user('changer', town);
  const here = await muster.client('changer');
  const there = await muster.client('changer');
  const wrong = await here.post('/api/v1/password', { old: 'not-this-one', new: 'another-horse-2020' }, { expect: 422 });
  assert.equal(wrong.fields[0].field, 'old');
  await here.post('/api/v1/password', { old: password, new: 'another-horse-2020' });
  await here.get('/api/v1/session');
  await there.get('/api/v1/session', { expect: 401 });
  await assert.rejects(muster.client('changer'), /401/);
  await muster.client('changer', 'another-horse-2020');
});

test('five failures lock a name, known or not, and the texts do not differ', async () => {
  await make_user('locked', town);
  const said = {};
  for (const name of ['locked', 'never-there']) {
    const client = await muster.client();
    const all = [];
    for (let i = 0; i < 6; i++)
      all.push(await client.request('POST', '/api/v1/session', { name, password: 'wrong-wrong' }, { expect: [401, 429], whole: true, headers: { 'X-Forwarded-For': `10.1.0.${i}` } }));
    said[name] = all.map((one) => [one.status, one.body.detail]);
  }
  assert.deepEqual(said['locked'].map(([status]) => status), [401, 401, 401, 401, 401, 429]);
  assert.deepEqual(said['locked'], said['never-there']);
  await assert.rejects(muster.client('locked'), /429/);
  const rows = (await admin.get('/api/v1/users?q=locked')).rows;
  assert.ok(rows[0].locked_until);
});

test('however many tries run at once, five are told to be wrong and the rest nothing', async () => {
  await make_user('rushed', town);
  const client = await muster.client();
  const tries = Array.from({ length: 16 }, (_, i) =>
    client.request('POST', '/api/v1/session', { name: 'rushed', password: `guess-guess-${i}` }, { expect: [401, 429], whole: true }));
  const statuses = (await Promise.all(tries)).map((one) => one.status);
  assert.equal(statuses.filter((one) => one === 401).length, 5, String(statuses));
  await assert.rejects(muster.client('rushed'), /429/);
});

test('many right sign-ins at once all succeed', async () => {
  await make_user('quick', town);
  const clients = await Promise.all(Array.from({ length: 8 }, () => muster.client('quick')));
  for (const client of clients) await client.get('/api/v1/session');
});

test('one address that tries many names is locked, others are not', async () => {
  const client = await muster.client();
  const ask = (name, address, expect = [401, 429]) =>
    client.request('POST', '/api/v1/session', { name, password: 'wrong-wrong' }, { expect, whole: true, headers: { 'X-Forwarded-For': address } });
  const statuses = [];
  for (let i = 0; i < 52; i += 4) statuses.push(...(await Promise.all([0, 1, 2, 3].map((j) => ask(`stuffed-${i + j}`, '10.9.9.9')))).map((one) => one.status));
  assert.equal(statuses.filter((one) => one === 401).length, 50);
  await ask('stuffed-other', '10.9.9.10', 401);
});

test('a token is shown once, works as a bearer, shows its use, and ends', async () => {
  await make_user('robot', town, 'officer');
  const robot = await muster.client('robot');
  const made = await robot.post('/api/v1/tokens', { label: '导入程序', days: 30 });
  assert.match(made.token, /^mst_[0-9a-f]{64}$/);
  const bearer = muster.bearer(made.token);
  assert.equal((await bearer.get('/api/v1/session')).user.name, 'robot');
  await bearer.post('/api/v1/sites', { name: '演示厂', kind: 'enterprise', area: town.id }); // no CSRF word needed
  const list = await robot.get('/api/v1/tokens');
  assert.equal(list.rows.length, 1);
  assert.equal(list.rows[0].label, '导入程序');
  assert.ok(list.rows[0].used_at && list.rows[0].ends_at);
  assert.equal(JSON.stringify(list).includes(made.token), false);
  await bearer.post('/api/v1/tokens', { label: 'another' }, { expect: 403 });
  await robot.post('/api/v1/tokens', { label: 'x', days: 4000 }, { expect: 422 });
  await admin.del(`/api/v1/tokens/${made.id}`, undefined, { expect: 404 }); // not the administrator's
  await robot.del(`/api/v1/tokens/${made.id}`);
  await bearer.get('/api/v1/session', { expect: 401 });
});

test('a write by cookie needs the CSRF word', async () => {
  const client = await muster.client('admin');
  client.csrf = '';
  await client.post('/api/v1/areas', { name: '演示村' }, { expect: 403 });
  client.csrf = 'f'.repeat(64);
  await client.post('/api/v1/areas', { name: '演示村' }, { expect: 403 });
});

test('closing an account ends its sessions and tokens; reopened it signs in again', async () => {
  const user = await make_user('leaver', town, 'officer');
  const client = await muster.client('leaver');
  const { token } = await client.post('/api/v1/tokens', { label: 'x' });
  await admin.post(`/api/v1/users/${user.id}/close`, {});
  await client.get('/api/v1/session', { expect: 401 });
  await muster.bearer(token).get('/api/v1/session', { expect: 401 });
  await assert.rejects(muster.client('leaver'), /401/);
  await admin.post(`/api/v1/users/${user.id}/invite`, {}, { expect: 409 });
  await admin.post(`/api/v1/users/${user.id}/reopen`, {});
  await muster.client('leaver');
});

test('a revoked grant is gone at once', async () => {
  const user = await make_user('revoked', town, 'officer');
  const client = await muster.client('revoked');
  const { token } = await client.post('/api/v1/tokens', { label: 'x' });
  const grant = (await admin.get(`/api/v1/grants?user=${user.id}`)).rows[0];
  await admin.del(`/api/v1/grants/${grant.id}`, { reason: '调离' });
  await client.get('/api/v1/sites', { expect: 401 });
  await muster.bearer(token).get('/api/v1/sites', { expect: 403 });
});

test('an administrator of a county stays within it', async () => {
  const other = await admin.post('/api/v1/areas', { name: '邻县', code: '990102', level: 3 });
  const boss = await make_user('county-admin', county, 'administrator');
  const chief = await make_user('chief', town, 'command');
  await admin.post('/api/v1/grants', { user: chief.id, role: 'administrator', area: root.id });
  const local = await muster.client('county-admin');
  const mine = await local.post('/api/v1/users', { name: 'mine', area: town.id });
  await local.post('/api/v1/grants', { user: mine.id, role: 'officer', area: town.id });
  await local.post('/api/v1/grants', { user: boss.id, role: 'administrator', area: root.id }, { expect: 422 });
  await local.post('/api/v1/grants', { user: mine.id, role: 'officer', area: other.id }, { expect: 422 });
  await local.post('/api/v1/users', { name: 'theirs', area: other.id }, { expect: 422 });
  const far = await admin.post('/api/v1/users', { name: 'far', area: other.id });
  await local.get(`/api/v1/users/${far.id}`, { expect: 404 });
  await local.post(`/api/v1/users/${far.id}/invite`, {}, { expect: 404 });
  // one who stands in the county, but whose rights go beyond it: choosing that password would be a way up
  await local.post(`/api/v1/users/${chief.id}/invite`, {}, { expect: 403 });
  await local.post(`/api/v1/users/${chief.id}/close`, {}, { expect: 403 });
  await local.del(`/api/v1/users/${chief.id}`, { reason: 'x' }, { expect: 403 });
});

test('the last administrator of the whole tree cannot be removed', async () => {
  const place = new_store();
  run_muster(['init', '--store', place, '--admin', 'only'], { input: `${password}\n` });
  const other = await start_muster({ store: place, made: true });
  try {
    const only = await other.client('only');
    const me = (await only.get('/api/v1/session')).user;
    const grants = (await only.get(`/api/v1/grants?user=${me.id}`)).rows;
    const grant = grants.find((one) => one.role === 'administrator');
    await only.post(`/api/v1/users/${me.id}/close`, {}, { expect: 409 });
    await only.del(`/api/v1/users/${me.id}`, { reason: 'x' }, { expect: 409 });
    await only.del(`/api/v1/grants/${grant.id}`, { reason: 'x' }, { expect: 409 });
    await only.patch(`/api/v1/grants/${grant.id}`, { role: 'auditor' }, { version: 1, expect: 409 });
    assert.match(run_muster(['user', 'close', 'only', '--store', place], { expect: 5 }).err, /Nobody would be left|没有人/);
    await only.get('/api/v1/session');
    // with a second one who can sign in, the first may go
    run_muster(['user', 'add', 'second', '--role', 'administrator', '--store', place], { input: `${password}\n` });
    await only.post(`/api/v1/users/${me.id}/close`, {}, { expect: [200, 401] });
    await other.client('second');
  } finally {
    await other.stop();
  }
});

test('the shell keeps accounts while the server runs', async () => {
  const at = ['--store', muster.store];
  run_muster(['user', 'add', 'shelled', '--area', '990101', '--role', 'officer', ...at], { input: `${password}\n` });
  const client = await muster.client('shelled');
  assert.equal((await client.get('/api/v1/session')).grants[0].area.code, '990101');
  run_muster(['user', 'add', 'shelled', ...at], { input: `${password}\n`, expect: 2 });
  const token = run_muster(['user', 'token', 'shelled', '--label', 'cron', '--days', '7', ...at]).out.trim();
  assert.equal((await muster.bearer(token).get('/api/v1/session')).user.name, 'shelled');
  run_muster(['user', 'password', 'shelled', ...at], { input: 'new-horse-2020\n' });
  await client.get('/api/v1/session', { expect: 401 });
  await muster.client('shelled', 'new-horse-2020');
  assert.match(run_muster(['user', 'list', ...at]).out, /shelled\tofficer\t演示县/);
  run_muster(['user', 'close', 'shelled', ...at]);
  await assert.rejects(muster.client('shelled', 'new-horse-2020'), /401/);
  const link = run_muster(['user', 'add', 'later', ...at], { input: '\n' }).out.trim();
  await muster.bearer('').post('/api/v1/invite', { token: token_of(link), password });
  await muster.client('later');
  run_muster(['user', 'password', 'nobody-here', ...at], { input: 'x\n', expect: false });
  assert.match(run_muster(['check', ...at]).out, /^0 /m);
});
