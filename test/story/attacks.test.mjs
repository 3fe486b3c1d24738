// What somebody tries who means harm: odd bodies, paths, versions and cursors, fields that are muster's own, rights that are not theirs.
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, before, test } from 'node:test';
import { password, start_muster, uuid7 } from '../harness.mjs';
import { arising, roles, samples } from '../rights.mjs';

const any_status = Array.from({ length: 500 }, (_, i) => i + 100);
let muster, admin, keeper, officer, mixed, declared, numbers = 0;
const place = { word: 'own', mark: '本镇' }, beside = { word: 'beside', mark: '邻镇' };

const ask = (client, method, path, body, options = {}) => client.request(method, path, body, { expect: any_status, whole: true, ...options });

async function make_user(name, grants) {
  const user = await admin.post('/api/v1/users', { name, area: place.area });
  for (const grant of grants) await admin.post('/api/v1/grants', { user: user.id, ...grant });
  const { link } = await admin.post(`/api/v1/users/${user.id}/invite`);
  await muster.bearer('').post('/api/v1/invite', { token: new URL(link).searchParams.get('token'), password });
  return Object.assign(await muster.client(name), { user });
}

before(async () => {
  muster = await start_muster({ env: { MUSTER_NOW: '2020-03-05T02:00:00Z' } });
  admin = await muster.client('admin');
  const root = (await admin.get('/api/v1/session')).home.id;
  declared = Object.fromEntries((await admin.get('/api/v1/declarations')).records.map((one) => [one.plural, one]));
  const county = await admin.post('/api/v1/areas', { code: '990101', name: '演示县', level: 3 });
  place.area = (await admin.post('/api/v1/areas', { code: '990101001', name: '演示镇', parent: county.id })).id;
  beside.area = (await admin.post('/api/v1/areas', { code: '990101002', name: '演示乡', parent: county.id })).id;
  keeper = await make_user('keeper', roles.map((role) => ({ role, area: root })));
  officer = await make_user('officer', [{ role: 'officer', area: place.area }]);
  mixed = await make_user('mixed', [
    { role: 'administrator', area: place.area },
    { role: 'command', area: beside.area },
    { role: 'department', area: place.area },
  ]);
  for (const plural of [...Object.keys(samples), ...Object.keys(arising)].filter((one) => declared[one]))
    for (const where of [place, beside])
      where[plural] = arising[plural] ? await arising[plural](keeper, where) : (await ask(keeper, 'POST', `/api/v1/${plural}`, samples[plural](where, ++numbers))).body.id;
});
after(() => muster?.stop());

const value_of = { flag: true, whole: 1, amount: 1, day: '2020-03-01', stamp: '2020-03-01T00:00:00.000Z', json: {}, links: [], files: [] };

test('what muster sets itself is not set from outside', async () => {
  for (const [plural, record] of Object.entries(declared).filter(([one, { inner }]) => !inner && place[one])) {
    const { version } = (await ask(keeper, 'GET', `/api/v1/${plural}/${place[plural]}`)).body;
    const fixed = ['id', 'version', 'made_at', 'made_by', 'changed_at', 'voided', 'voided_at', 'path', 'home', 'incident', 'serial', 'days', 'since', 'password', 'failures'];
    const system = record.fields.filter((one) => one.set === 'system').map((one) => [one.name, value_of[one.kind] ?? uuid7()]);
    const mine = fixed.filter((name) => !record.fields.some((one) => one.name === name && one.set !== 'system')).map((name) => [name, uuid7()]);
    for (const [name, value] of [...system, ...mine]) {
      const patched = await ask(keeper, 'PATCH', `/api/v1/${plural}/${place[plural]}`, { [name]: value }, { version });
      assert.ok([405, 409, 422].includes(patched.status), `PATCH ${plural} ${name} gave ${patched.status}`);
      if (!samples[plural] || name === 'id') continue;
      const made = await ask(keeper, 'POST', `/api/v1/${plural}`, { ...samples[plural](place, ++numbers), [name]: value });
      assert.equal(made.status, 422, `POST ${plural} with ${name} gave ${made.status}`);
      assert.ok(made.body.fields.some((one) => one.field === name), `POST ${plural} does not name ${name}: ${JSON.stringify(made.body)}`);
    }
  }
});

test('a step takes its own fields only', async () => {
  for (const [plural, record] of Object.entries(declared).filter(([one, { inner }]) => !inner && place[one]))
    for (const step of record.steps)
      for (const field of record.fields.filter((one) => !step.fields.includes(one.name))) {
        const answer = await ask(keeper, 'POST', `/api/v1/${plural}/${place[plural]}/${step.name}`, { [field.name]: value_of[field.kind] ?? uuid7() });
        assert.ok([409, 422, 403].includes(answer.status), `${step.name} of ${plural} took ${field.name}: ${answer.status} ${JSON.stringify(answer.body)}`);
      }
});

test('only a version is a version', async () => {
  const row = `/api/v1/sites/${place.sites}`;
  const { version } = await keeper.get(row);
  for (const odd of ['*', 'abc', '""', `"${version}`, `${version}"`, `${version}, 9`, '-1', '1e0', '9'.repeat(40), `W/W/${version}`, ' ', '0x1'])
    for (const [method, path, body] of [['PATCH', row, {}], ['DELETE', row, { reason: 'none' }], ['POST', `${row}/tell`, { staff: 11 }]]) {
      const { status } = await ask(keeper, method, path, body, { version: odd });
      assert.equal(status, 428, `${method} with If-Match ${odd} gave ${status}`);
    }
  assert.equal((await keeper.get(row)).version, version);
  for (const right of [`W/"${version}"`, `"${version + 1}"`, `${version + 2}`]) assert.equal((await ask(keeper, 'PATCH', row, {}, { version: right })).status, 200, right);
});

test('odd bodies are refused whole', async () => {
  const post = (text) => ask(keeper, 'POST', '/api/v1/sites', text, { type: 'application/json' });
  const area = place.area;
  for (const text of [`{"name":"甲","kind":"shop","area":"${area}","name":"乙"}`, '['.repeat(100_000), `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`, '{"name":"\\u0000"}', '{"name":"\\ud800"}', 'null', '[]', '"x"', '1e999', '{"rows":'])
    assert.ok([400, 422].includes((await post(text)).status), text.slice(0, 60));
  for (const value of [1e300, -1, 1.5, '9'.repeat(400), [], {}, true]) {
    const { status } = await ask(keeper, 'POST', '/api/v1/sites', { ...samples.sites(place, ++numbers), staff: value });
    assert.equal(status, 422, `staff ${value}`);
  }
  for (const effective of ['0000-00-00', '9999-12-31x', '2020-02-30', 20200301, { day: 1 }])
    assert.equal((await ask(keeper, 'POST', '/api/v1/sites', { ...samples.sites(place, ++numbers), effective })).status, 422, `effective ${JSON.stringify(effective)}`);
  assert.equal((await ask(keeper, 'GET', '/healthz')).status, 200);
});

test('odd arguments of lists', async () => {
  for (const query of ['limit=-1', 'limit=0', 'limit=1e3', 'limit=99999999999999999999', 'limit= 1', 'after=1', 'after=0.x.', `after=2.${uuid7()}.`, "sort=name'--", 'sort=--name', 'sort=serial', 'path=00001', 'incident=1', 'voided_at=1', 'day=x', 'staff=x', 'staff=1..x'])
    assert.ok([400, 404, 422].includes((await ask(keeper, 'GET', `/api/v1/sites?${query}`)).status), query);
  for (const query of ['q="', "q='", 'q=*', 'q=(', 'q=name:x', 'q=NEAR(', 'q=%00', 'q=%ff', 'q=-', 'q=^', 'q=a*"', "name=' OR 1=1 --", 'kind=shop,enterprise', `after=0.${uuid7()}.`])
    assert.ok((await ask(keeper, 'GET', `/api/v1/sites?${query}`)).status < 500, query);
});

test("somebody else's cursor opens no more than one's own reach", async () => {
  const { next } = await keeper.get('/api/v1/sites?limit=1&sort=name');
  for (const after of [next, `0.${beside.sites}.`, `1.${beside.sites}.`]) {
    for (const query of [`sort=name&after=${encodeURIComponent(after)}`, `after=${encodeURIComponent(after)}`]) {
      const { body } = await ask(officer, 'GET', `/api/v1/sites?${query}`);
      assert.ok(!JSON.stringify(body).includes('邻镇'), query);
    }
  }
  const opened = await ask(officer, 'GET', `/api/v1/tallies/rows?measure=sites&area=${place.area}&after=${beside.sites}.0000100002`);
  assert.ok(!JSON.stringify(opened.body).includes('邻镇'));
});

/** The answer to a path sent as it is: fetch would tidy it. */
function raw(path, headers = '') {
  return new Promise((done, fail) => {
    let text = '';
    const socket = connect(muster.port, '127.0.0.1', () => socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${headers}\r\n`));
    socket.setEncoding('latin1').on('data', (part) => (text += part)).on('end', () => done(text)).on('error', fail);
  });
}

test('no path leads out of the web folder or into the store', async () => {
  const cookie = `Cookie: ${keeper.cookie}\r\n`;
  const up = ['../', '..%2f', '%2e%2e/', '%2e%2e%2f', '..\\', '..%5c', '....//', '%252e%252e/'];
  const starts = ['/', '/assets/', '/api/v1/files/', '/api/v1/sites/', '/api/v1/jobs/'];
  for (const start of starts)
    for (const one of up)
      for (const end of ['etc/passwd', 'store/muster.db', 'store/key', 'key']) {
        const answer = await raw(start + one.repeat(8) + end, cookie);
        assert.ok(!/root:|SQLite format|^[0-9a-f]{64}$/m.test(answer), start + one + end);
      }
  for (const path of ['/api/v1/sites/%00', '/%00', `/api/v1/sites/${place.sites}%00`, `/api/v1/sites/${place.sites}/`, `/api/v1/sites//${place.sites}`, `/api/v1/sites/${place.sites}x`, `/api/v1/sites/{id}`, '/api/v1/', '/api/v1/sites.csvx', '/api/v1/users;x']) {
    const answer = await raw(path, cookie);
    assert.match(answer, /^HTTP\/1\.1 4\d\d /, `${path}: ${answer.slice(0, 300)}`);
  }
});

test('nothing that is sent becomes a header', async () => {
  for (const path of ['/x%0d%0aSet-Cookie:%20muster=evil', '/api/v1/sites?sort=%0d%0aX-Evil:%201', '/api/v1/sites.csv?columns=%0d%0aX-Evil:1'])
    assert.doesNotMatch(await raw(path, `Cookie: ${keeper.cookie}\r\n`), /^(X-Evil|Set-Cookie: muster=evil)/im);
  const name = encodeURIComponent('演示"\r\nX-Evil: 1\r\n.txt');
  const file = await ask(keeper, 'POST', '/api/v1/files', 'text', { type: 'text/plain', headers: { 'X-Name': name } });
  if (file.status >= 300) return;
  const { headers } = await ask(keeper, 'GET', `/api/v1/files/${file.body.id}`);
  assert.equal(headers.get('x-evil'), null);
  assert.match(headers.get('content-disposition'), /^attachment/);
});

test('rights of two places are not one: a role here does not work there', async () => {
  // administrator and department here, command there
  for (const plural of ['people', 'checks', 'returns', 'findings']) {
    assert.equal((await ask(mixed, 'GET', `/api/v1/${plural}/${beside[plural]}`)).status, 200, plural);
    for (const path of ['', '/history']) assert.equal((await ask(mixed, 'GET', `/api/v1/${plural}/${place[plural]}${path}`)).status, 404, `${plural}${path}`);
    assert.ok(!JSON.stringify((await ask(mixed, 'GET', `/api/v1/${plural}?limit=500`)).body).includes(place[plural]), plural);
  }
  assert.equal((await ask(mixed, 'PATCH', `/api/v1/sites/${place.sites}`, { staff: 1 }, { version: 1 })).status, 403);
  assert.equal((await ask(mixed, 'DELETE', `/api/v1/sites/${place.sites}`, { reason: 'x' })).status, 403);
  assert.equal((await ask(mixed, 'POST', '/api/v1/sites', samples.sites(place, ++numbers))).status, 422);
  for (const path of ['returns/day', 'returns/missing', 'bulletin']) assert.equal((await ask(mixed, 'GET', `/api/v1/${path}?area=990101001`)).status, 404, path);
  assert.equal((await ask(mixed, 'GET', `/api/v1/users/${beside.users}/history`)).status, 200);
  // command there must not put an account into the hands of whom it likes
  assert.equal((await ask(mixed, 'POST', `/api/v1/users/${beside.users}/invite`)).status, 403);
  assert.equal((await ask(mixed, 'POST', '/api/v1/grants', { user: mixed.user.id, role: 'administrator', area: beside.area })).status, 422);
  assert.ok([403, 404].includes((await ask(mixed, 'POST', `/api/v1/users/${keeper.user.id}/invite`)).status));
});

test('a zone gives nobody more than who keeps it has', async () => {
  const reader = await make_user('reader', [
    { role: 'command', area: place.area },
    { role: 'auditor', area: beside.area },
  ]);
  const zone = await reader.post('/api/v1/zones', { name: '演示扩权片区', area: place.area });
  for (const body of [{ zone: zone.id, area: beside.area }, { zone: zone.id, site: beside.sites }])
    assert.equal((await ask(reader, 'POST', '/api/v1/zone_members', body)).status, 422, JSON.stringify(body));
});

test('how a search goes does not tell that a code is there out of reach', async () => {
  const code = '91350100M000100Y43';
  await keeper.post('/api/v1/sites', { ...samples.sites(beside, ++numbers), uscc: code });
  const own = await keeper.post('/api/v1/sites', { ...samples.sites(place, ++numbers), name: `演示 ${code} 厂` });
  assert.deepEqual((await officer.get(`/api/v1/sites?q=${code}`)).rows.map((row) => row.id), [own.id]);
});
