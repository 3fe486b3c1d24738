// What the stories of files, checklists and checks share: a town with a firm and its people, and photos.
import { deflateSync } from 'node:zlib';
import { new_store, run_muster, start_muster, uuid7 } from './harness.mjs';
import { sql } from './postgres.mjs';

/** A store in which everybody signs in by one click, so that a story can have many users; the rights are the usual ones. */
export async function start_district(now) {
  const store = new_store();
  const env = { MUSTER_NOW: now };
  run_muster(['init', '--store', store, '--admin', 'admin'], { env, input: 'correct-horse-2020\n' });
  sql(store, "INSERT INTO settings (name, value) VALUES ('demonstration', '1')");
  const muster = await start_muster({ store, env, made: true });
  const admin = await muster.client('admin');
  const area = (fields) => admin.post('/api/v1/areas', fields);
  const county = await area({ code: '431302', name: '娄星区', level: 3 });
  const town = await area({ code: '431302001', name: '演示街道', parent: county.id });
  const other = await area({ code: '431302002', name: '别处街道', parent: county.id });
  const site = (fields) => admin.post('/api/v1/sites', { id: uuid7(), name: '演示甲厂', kind: 'enterprise', tier: 'key', area: town.id, status: 'resumed', effective: '2020-02-01', ...fields });
  const firm = await site({});
  const user = async (name, grants) => {
    const made = await admin.post('/api/v1/users', { name, area: county.id, duty: '演示岗位' });
    for (const grant of grants) await admin.post('/api/v1/grants', { user: made.id, ...grant });
    const client = await muster.demo_client(name);
    client.id = made.id;
    client.known_as = name;
    return client;
  };
  const people = {
    liaison: await user('liaison1', [{ role: 'liaison', area: town.id }]),
    second: await user('liaison2', [{ role: 'liaison', area: town.id }]),
    officer: await user('officer1', [{ role: 'officer', area: county.id }]),
    stranger: await user('stranger1', [{ role: 'liaison', area: other.id }]),
    firm_user: await user('firm1', [{ role: 'enterprise', area: town.id, site: firm.id }]),
  };
  admin.known_as = 'admin';
  return { muster, admin, county, town, other, firm, site, user, ...people };
}

/** Moves the clock, starts the server again, and signs everybody in anew: a session lasts half a day. */
export async function go_to(at, now) {
  at.muster.env = { ...at.muster.env, MUSTER_NOW: now };
  await at.muster.restart();
  for (const client of Object.values(at).filter((one) => one.known_as)) {
    client.cookie = client.csrf = '';
    client.csrf = (await client.post('/api/v1/demo', { name: client.known_as })).csrf;
  }
}

/** "0 differences", or what differs. */
export const recount = (muster) => run_muster(['check', '--store', muster.store], { env: { ...muster.env, LANG: 'C' }, expect: false }).out.trim();

const crc_table = Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});
const crc = (bytes) => ~bytes.reduce((c, byte) => crc_table[(c ^ byte) & 0xff] ^ (c >>> 8), ~0) >>> 0;

function chunk(name, data) {
  const head = Buffer.alloc(8), tail = Buffer.alloc(4), text = Buffer.from(name, 'latin1');
  head.writeUInt32BE(data.length);
  text.copy(head, 4);
  tail.writeUInt32BE(crc(Buffer.concat([text, data])));
  return Buffer.concat([head, data, tail]);
}

/** A PNG of one pixel whose grey is `shade`; with `more` chunks [name, text]. */
export function png(shade = 0, more = []) {
  const head = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]);
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', head), ...more.map(([name, text]) => chunk(name, Buffer.from(text, 'latin1'))),
    chunk('IDAT', deflateSync(Buffer.from([0, shade]))), chunk('IEND', Buffer.alloc(0))]);
}

let shade = 0;
/** Uploads a new photo; its id. */
export const photo = async (client, query = {}) => (await client.post('/api/v1/files', png(shade++ % 256), { type: 'image/png', headers: { 'X-Name': 'photo.png' }, query })).id;

/** Answers that pass every item of a version; `but` replaces some. */
export function pass(version, but = {}) {
  const answers = {};
  for (const item of version.body.sections.flatMap((section) => section.items)) {
    if (item.answer === 'yesno') answers[item.code] = { value: 'yes' };
    else if (item.answer === 'number') answers[item.code] = { value: item.min ?? item.max ?? 1 };
    else if (item.answer === 'text') answers[item.code] = { value: '无' };
    else answers[item.code] = { value: 'na' };
  }
  return { ...answers, ...but };
}
