// A liaison invites a firm: its link makes an account once, for that firm and nothing else.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { password } from '../harness.mjs';
import { at, person, recount, start_with_people } from '../people.mjs';

let muster, admin, liaison, nobody, site, other;
const fault = (answer, field, text) => assert.ok(answer.fields?.some((one) => one.field === field && text.test(one.detail)), JSON.stringify(answer));
const invite = (where = site, options = {}) => liaison.post(`/api/v1/sites/${where.id}/invite`, { note: '厂长' }, options);
const parts = (given) => ({ id: given.id, code: new URL(given.link).hash.slice(1) });
const look = ({ id, code }, options) => nobody.get(`/api/v1/public/site_invites/${id}`, { query: { code }, ...options });
const accept = ({ id, code }, name, options, secret = password) => nobody.post(`/api/v1/public/site_invites/${id}/accept`, { code, name, password: secret }, options);

before(async () => {
  ({ muster, admin } = await start_with_people({ MUSTER_NOW: '2020-02-12T02:00:00Z' }));
  const town = await admin.post('/api/v1/areas', { code: '431302001', name: '乐坪街道', level: 4 });
  const beside = await admin.post('/api/v1/areas', { code: '431302002', name: '花山街道', level: 4 });
  [site, other] = await Promise.all([['演示铝业', town], ['演示纸品', beside]].map(([name, area]) => admin.post('/api/v1/sites', { name, kind: 'enterprise', area: area.id })));
  liaison = await person(muster, admin, 'liaison', 'liaison', { area: town.id });
  nobody = muster.bearer('');
});
after(() => muster?.stop());

test('the same link while it holds, with a code to be scanned; nobody else’s firm', async () => {
  const first = await invite(), again = await invite();
  assert.deepEqual([first.id, first.link], [again.id, again.link]);
  assert.match(first.link, /^http:\/\/127\.0\.0\.1:\d+\/enter\/[0-9a-f-]{36}#\w{18,}$/);
  assert.match(first.qr, /^<svg [^>]*viewBox="0 0 (\d+) \1".*<path d="M4 4h7v1h-7z/);
  assert.equal(first.until.slice(0, 16), '2020-02-15T02:00');
  await invite(other, { expect: 404 });
  const [row] = (await liaison.get(`/api/v1/site_invites?site=${site.id}`)).rows;
  assert.deepEqual([row.state, row.note, row.day], ['open', '厂长', '2020-02-12']);
  assert.ok(!JSON.stringify(row).includes(parts(first).code), 'what opens it is in no list');
  fault(await liaison.post('/api/v1/site_invites', { site: site.id }, { expect: 422 }), 'site', /still holds/);
});

test('a wrong code, a wrong id, a bad name, a weak password: nothing is made', async () => {
  const given = parts(await invite());
  assert.deepEqual(await look(given).then((one) => one.site), '演示铝业');
  await look({ ...given, code: 'x'.repeat(24) }, { expect: 404 });
  await look({ id: '0190f5fe-7b7b-7000-8000-000000000000', code: given.code }, { expect: 404 });
  await accept({ ...given, code: 'x'.repeat(24) }, 'aluminium', { expect: 404 });
  fault(await accept(given, 'liaison', { expect: 422 }), 'name', /taken/);
  fault(await accept(given, 'two words', { expect: 422 }), 'name', /spaces/);
  fault(await accept(given, 'aluminium', { expect: 422 }, '123'), 'password', /./);
  assert.equal((await admin.get('/api/v1/users?q=aluminium')).rows.length, 0);
  assert.equal((await look(given)).site, '演示铝业', 'it still holds');
});

test('it makes one account, which sees its firm alone; then it is used', async () => {
  const given = parts(await invite());
  assert.deepEqual(await accept(given, 'aluminium'), { name: 'aluminium' });
  assert.match((await accept(given, 'second', { expect: 409 })).detail, /used/);
  const firm = await muster.client('aluminium');
  assert.deepEqual((await firm.get('/api/v1/sites')).rows.map((one) => one.name), ['演示铝业']);
  await firm.get(`/api/v1/sites/${other.id}`, { expect: 404 });
  await firm.post(`/api/v1/sites/${site.id}/invite`, {}, { expect: 403 });
  const [row] = (await liaison.get(`/api/v1/site_invites?site=${site.id}&state=used`)).rows;
  assert.equal(row.used_at.slice(0, 10), '2020-02-12');
  assert.equal((await admin.get(`/api/v1/grants?user=${row.user}`)).rows[0].role, 'enterprise');
  assert.ok(!muster.log().includes(given.code), 'nor in the log');
});

test('taken back, or after its hours, it opens nothing; a new one does', async () => {
  const given = await invite();
  await liaison.post(`/api/v1/site_invites/${given.id}/revoke`, {});
  await look(parts(given), { expect: 409 });
  const next = await invite();
  assert.notEqual(next.id, given.id);
  await at(muster, '2020-02-15T03:00:00Z');
  nobody = muster.bearer('');
  assert.match((await look(parts(next), { expect: 409 })).detail, /ended/);
  await accept(parts(next), 'late', { expect: 409 });
  assert.notEqual((await invite()).id, next.id);
  assert.match(recount(muster), /\b0 differences/);
});
