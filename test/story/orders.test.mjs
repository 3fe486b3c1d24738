// Orders as text messages: to whoever is sent, once each, by whoever may send people there; whoever has no number is counted, not forgotten.
import assert from 'node:assert/strict';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { temp_folder, until } from '../harness.mjs';
import { person, start_with_people } from '../people.mjs';

const box = temp_folder('muster-orders-'), file = join(box, 'sent');
let muster, admin, officer, liaison, stranger, county, town, post, held;
const sent = () => (existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').filter(Boolean).map((line) => JSON.parse(line)) : []);
const tell = (client, query = '', options = {}) => client.post(`/api/v1/orders/tell?day=2020-02-13${query}`, {}, options);

before(async () => {
  const program = join(box, 'send');
  writeFileSync(program, `#!/bin/sh\n{ cat; echo; } >> ${file}\n`);
  chmodSync(program, 0o755);
  ({ muster, admin } = await start_with_people({ MUSTER_NOW: '2020-02-12T02:00:00Z', MUSTER_SENDER: program }));
  county = await admin.post('/api/v1/areas', { code: '431302', name: '娄星区', level: 3 });
  town = await admin.post('/api/v1/areas', { code: '431302001', name: '乐坪街道', level: 4, parent: county.id });
  const other = await admin.post('/api/v1/areas', { code: '431321', name: '双峰县', level: 3 });
  officer = await person(muster, admin, 'officer', 'officer', { area: county.id });
  liaison = await person(muster, admin, 'liaison', 'liaison', { area: county.id });
  stranger = await person(muster, admin, 'stranger', 'officer', { area: other.id });
  post = await officer.post('/api/v1/posts', { title: '高铁站卡口', kind: 'checkpoint', area: town.id, needed: 5, hours: '8:00 到岗', begins: '2020-02-10' });
  held = [];
  for (const phone of ['13900000001', '13900000002', undefined]) {
    const one = await officer.post('/api/v1/people', { name: '演示员', area: town.id, phone });
    held.push(await officer.post('/api/v1/assignments', { post: post.id, person: one.id, begins: '2020-02-13' }));
  }
});
after(() => muster?.stop());

test('one order goes out by hand, with the post, the place and the day; without a number it is refused', async () => {
  const told = await officer.post(`/api/v1/assignments/${held[0].id}/tell`, {});
  assert.match(told.told, /^2020-02-12T02:0/);
  await until(() => sent().length === 1, { what: 'the message' });
  assert.deepEqual([sent()[0].to, /高铁站卡口.*娄星区 乐坪街道.*2020-02-13.*8:00 到岗/.test(sent()[0].text)], ['13900000001', true], sent()[0].text);
  const refused = await officer.post(`/api/v1/assignments/${held[2].id}/tell`, {}, { expect: 409 });
  assert.match(refused.detail, /no phone number/);
  assert.doesNotMatch(JSON.stringify(refused), /139/);
});

test('all of a day go out once, within reach', async () => {
  await tell(liaison, '', { expect: 403 });
  await tell(stranger, `&area=${county.id}`, { expect: 404 });
  assert.deepEqual(await tell(stranger), { told: 0, already: 0, without_phone: 0 });
  assert.deepEqual(await tell(officer, `&area=${county.id}`), { told: 1, already: 1, without_phone: 1 });
  await until(() => sent().length === 2, { what: 'the second message' });
  assert.equal(sent()[1].to, '13900000002');
  assert.deepEqual(await tell(officer, `&area=${county.id}`), { told: 0, already: 2, without_phone: 1 });
});
