// People of a story: users with one role over one place, who sign in by one click. The store is made a demonstration for that.
import { password, run_muster, start_muster } from './harness.mjs';
import { sql } from './postgres.mjs';

/** A muster whose users sign in by name alone: {muster, admin}. */
export async function start_with_people(env) {
  const muster = await start_muster({ env: { LC_ALL: 'C.UTF-8', ...env } });
  sql(muster.store, "INSERT INTO settings (name, value) VALUES ('demonstration', '1')");
  await muster.restart();
  const admin = await muster.client('admin');
  muster.people = [admin];
  return { muster, admin };
}

/** A user with a role over an area, a zone or a site; the client is signed in. */
export async function person(muster, admin, name, role, { area, site, org, zone } = {}) {
  const user = await admin.post('/api/v1/users', { name, area: area ?? site.area, ...(org ? { org: org.id } : {}) });
  await admin.post('/api/v1/grants', { user: user.id, role, ...(site ? { site: site.id } : zone ? { zone: zone.id } : { area }) });
  const client = await muster.demo_client(name);
  client.user = user;
  client.name = name;
  muster.people.push(client);
  return client;
}

/** Everybody signs in again: a session lasts hours, a story weeks. */
async function again(muster) {
  const [admin, ...people] = muster.people;
  for (const client of muster.people) client.cookie = client.csrf = '';
  await admin.sign_in('admin', password);
  // whoever was deactivated stays out
  for (const client of people) client.csrf = (await client.post('/api/v1/demo', { name: client.name }, { expect: [200, 404] })).csrf ?? '';
}

/** Moves the clock: the server starts again at that moment. */
export async function at(muster, moment) {
  muster.env = { ...muster.env, MUSTER_NOW: moment };
  await muster.restart();
  await again(muster);
}

/** The timed work, once, at a moment; the server's own clock stays. */
export async function jobs(muster, moment) {
  run_muster(['job', '--store', muster.store], { env: { LC_ALL: 'C.UTF-8', MUSTER_NOW: moment } });
  await again(muster);
}

/** Every count again from its rows: the text that must say 0 differences. */
export const recount = (muster) => run_muster(['check', '--store', muster.store], { env: { LC_ALL: 'C.UTF-8' }, expect: false }).out;
