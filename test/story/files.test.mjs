// Files and photos: what is taken, who may see it, what a photo does not tell, and that a retry stores once.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { engine, uuid7 } from '../harness.mjs';
import { sql } from '../postgres.mjs';
import { png, start_district } from '../checks.mjs';

let at, muster;
before(async () => {
  at = await start_district('2020-03-05T02:00:00Z');
  muster = at.muster;
});
after(() => muster?.stop());

const put = (client, bytes, type, { name = 'a', id, query, expect } = {}) =>
  client.post('/api/v1/files', bytes, { type, query, expect, headers: { 'X-Name': encodeURIComponent(name), ...(id && { 'X-Id': id }) } });
const on_disk = (id) =>
  engine === 'sqlite' ? readFileSync(join(muster.store, 'files', id.slice(-2), id)) : Buffer.from(sql(muster.store, `SELECT encode(body, 'hex') AS hex FROM file_bodies WHERE id = '${id}'`)[0].hex, 'hex');

/** A JPEG in its segments: Exif with a place and orientation 6, a comment, one scan, and a second picture behind the end. */
function jpeg() {
  const segment = (marker, data) => Buffer.concat([Buffer.from([0xff, marker, (data.length + 2) >> 8, (data.length + 2) & 255]), data]);
  const exif = Buffer.concat([Buffer.from('Exif\0\0MM\0*\0\0\0\x08\0\x02', 'latin1'),
    Buffer.from([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0]), Buffer.from([0x88, 0x25, 0, 4, 0, 0, 0, 1, 0, 0, 0, 38]), Buffer.alloc(4), Buffer.from('GPS 27.7312,112.0077')]);
  const scan = Buffer.concat([segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])), Buffer.from([1, 2, 0xff, 0, 3, 0xff, 0xd0, 4])]);
  const body = Buffer.concat([segment(0xe0, Buffer.from('JFIF\0\x01\x01\0\0\x01\0\x01\0\0', 'latin1')), segment(0xe1, exif), segment(0xfe, Buffer.from('taken by 演示甲001')), segment(0xdb, Buffer.alloc(65)), scan]);
  const start = Buffer.from([0xff, 0xd8]), end = Buffer.from([0xff, 0xd9]);
  return { whole: Buffer.concat([start, body, end, start, segment(0xe1, exif), end]), exif };
}

test('a photo is kept, served to who may see it, and nobody else', async () => {
  const bytes = png(7);
  const file = await put(at.liaison, bytes, 'image/png', { name: '门岗 照片.png', query: { site: at.firm.id }, expect: 201 });
  assert.deepEqual([file.name, file.type, file.size, file.hash], ['门岗 照片.png', 'image/png', bytes.length, createHash('sha256').update(bytes).digest('hex')]);
  for (const client of [at.liaison, at.officer, at.firm_user]) {
    const got = await client.get(`/api/v1/files/${file.id}`, { whole: true });
    assert.deepEqual(got.body, bytes);
    assert.equal(got.headers.get('x-content-type-options'), 'nosniff');
    assert.match(got.headers.get('cache-control'), /^private/);
    assert.equal(got.headers.get('content-disposition'), `inline; filename="file"; filename*=UTF-8''${encodeURIComponent('门岗 照片.png')}`);
  }
  await at.stranger.get(`/api/v1/files/${file.id}`, { expect: 404 });
  await muster.bearer('').get(`/api/v1/files/${file.id}`, { expect: 401 });
  await at.liaison.get(`/api/v1/files/${uuid7()}`, { expect: 404 });
  const again = await at.liaison.get(`/api/v1/files/${file.id}`, { whole: true, expect: 304, headers: { 'If-None-Match': `"${file.hash}"` } });
  assert.equal(again.body.length, 0);
});

test('a retry stores once; other bytes under the same id are refused', async () => {
  const id = uuid7();
  const first = await put(at.liaison, png(1), 'image/png', { id });
  assert.equal(first.id, id);
  assert.deepEqual(await put(at.liaison, png(1), 'image/png', { id }), first);
  await put(at.liaison, png(2), 'image/png', { id, expect: 409 });
  await put(at.stranger, png(1), 'image/png', { id, expect: 404 });
  assert.deepEqual(on_disk(id), png(1));
  await put(at.liaison, png(1), 'image/png', { id: 'no-id', expect: 422 });
});

test('many uploads of one id at once store one file', async () => {
  const id = uuid7();
  const answers = await Promise.all(Array.from({ length: 8 }, (_, n) => put(at.liaison, png(n % 2), 'image/png', { id }).then((one) => one.hash, (error) => error.status)));
  const kept = createHash('sha256').update(on_disk(id)).digest('hex');
  assert.ok(answers.includes(kept));
  for (const answer of answers) assert.ok(answer === kept || answer === 409, String(answer));
});

test('only what the bytes are is taken, within the size limit', async () => {
  const types = { pdf: 'application/pdf', xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' };
  await put(at.liaison, Buffer.from('%PDF-1.7\n'), types.pdf);
  await put(at.liaison, Buffer.from('PK\x03\x04rest'), types.xlsx);
  await put(at.liaison, Buffer.from('姓名,电话\n'), 'text/csv; charset=utf-8');
  await put(at.liaison, Buffer.from('<script>'), 'text/html', { expect: 415 });
  await put(at.liaison, Buffer.from('<svg/>'), 'image/svg+xml', { expect: 415 });
  await put(at.liaison, Buffer.from('MZ program'), 'image/png', { expect: 415 });
  await put(at.liaison, png(), 'image/jpeg', { expect: 415 });
  await put(at.liaison, png().subarray(0, 40), 'image/png', { expect: 415 });
  await put(at.liaison, Buffer.from([0x50, 0, 1]), 'text/plain', { expect: 415 });
  await put(at.liaison, Buffer.alloc(0), 'text/plain', { expect: 400 });
  await put(at.liaison, Buffer.alloc(21 * 1024 * 1024, 0x61), 'text/plain', { expect: 413 });
  await put(at.liaison, Buffer.alloc(19 * 1024 * 1024, 0x61), 'text/plain');
});

test('a file is saved under a safe name and runs nothing', async () => {
  const { id, name } = await put(at.liaison, Buffer.from('plain'), 'text/plain', { name: '../..\\a"b\r\nX: y.txt' });
  assert.doesNotMatch(name, /[\\/"\r\n]/);
  const got = await at.liaison.get(`/api/v1/files/${id}`, { whole: true });
  assert.match(got.headers.get('content-disposition'), /^attachment; /);
  assert.match(got.headers.get('content-security-policy'), /sandbox/);
  assert.equal(got.headers.get('x'), null);
});

test('a photo does not tell where and by whom it was made, but how to turn it', async () => {
  const { whole, exif } = jpeg();
  assert.ok(whole.includes('GPS 27.7312') && whole.includes(exif));
  const { id } = await put(at.liaison, whole, 'image/jpeg');
  const kept = on_disk(id);
  for (const secret of ['GPS', '27.7312', '演示甲001']) assert.ok(!kept.includes(secret), secret);
  const turned = kept.indexOf(Buffer.from([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6]));
  assert.ok(turned > 0);
  assert.ok(kept.includes(Buffer.from([1, 2, 0xff, 0, 3, 0xff, 0xd0, 4, 0xff, 0xd9])), 'the picture itself stays');
  assert.deepEqual(kept.subarray(-2), Buffer.from([0xff, 0xd9]));
  const drawn = await put(at.liaison, png(3, [['tEXt', 'Location\0GPS 27.73'], ['eXIf', 'MM GPS']]), 'image/png');
  assert.deepEqual(on_disk(drawn.id), png(3));
  const riff = (chunks) => { const body = Buffer.concat([Buffer.from('WEBP'), ...chunks.map(([name, data]) => { const size = Buffer.alloc(4); size.writeUInt32LE(data.length); return Buffer.concat([Buffer.from(name), size, data]); })]); const size = Buffer.alloc(4); size.writeUInt32LE(body.length); return Buffer.concat([Buffer.from('RIFF'), size, body]); };
  const flags = (byte) => Buffer.from([byte, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  const webp = await put(at.liaison, riff([['VP8X', flags(0x1c)], ['VP8L', Buffer.alloc(8, 1)], ['EXIF', Buffer.from('GPS 27.7')]]), 'image/webp');
  assert.deepEqual(on_disk(webp.id), riff([['VP8X', flags(0x10)], ['VP8L', Buffer.alloc(8, 1)]]));
});

test('a file belongs where its sender may put it', async () => {
  await put(at.stranger, png(9), 'image/png', { query: { site: at.firm.id }, expect: 422 });
  await put(at.stranger, png(9), 'image/png', { query: { area: at.town.id }, expect: 422 });
  const own = await put(at.firm_user, png(9), 'image/png');
  assert.deepEqual((await at.liaison.get(`/api/v1/files/${own.id}`)).length, png(9).length);
  await at.stranger.get(`/api/v1/files/${own.id}`, { expect: 404 });
});

// a body in a database is there with its row or not at all
if (engine === 'sqlite') test('what an upload that was cut off has left is swept away', async () => {
  const folder = join(muster.store, 'files', 'new');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, uuid7()), 'half');
  await muster.restart();
  assert.deepEqual(readdirSync(folder), []);
});
