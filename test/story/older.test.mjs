// A store of an older program: what this one counts and that one did not is filled in from the rows, when it starts.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { go_to, recount, start_district } from '../checks.mjs';
import { sql } from '../postgres.mjs';

const now = '2020-03-05T02:00:00Z';
let at;

before(async () => {
  at = await start_district(now);
  for (const [i, kind] of ['enterprise', 'enterprise', 'shop'].entries())
    await at.site({ name: `演示${i}号`, kind, status: i ? 'stopped' : 'resumed', industry: i ? '3670' : '2710', ownership: 'private', above_scale: i === 1, effective: `2020-02-1${i}` });
  await at.admin.post(`/api/v1/sites/${at.firm.id}/tell`, { status: 'stopped', effective: '2020-03-01' });
});
after(() => at?.muster.stop());

/** What users see of it: the figures by part on two days, and those of a month's end that came into it. */
async function figures() {
  const ask = async (day) => (await at.admin.get(`/api/v1/tallies?measure=sites_due_by,sites_resumed_by,sites_due&area=${at.county.id}&day=${day}`)).rows[0].counts;
  const rate = async (part) => (await at.admin.get(`/api/v1/indicators?area=${at.county.id}&${part}`)).rows[0].indicators.resumption;
  return { early: await ask('2020-02-11'), late: await ask('2020-03-05'), scale: await rate('above_scale=1'), cars: await rate('division=C36') };
}

/** Leaves the store as a program would have that knew nothing of these measures, or told one by other parts. */
async function as_older(statements) {
  await at.muster.stop();
  for (const statement of statements) sql(at.muster.store, statement);
  await at.muster.start();
  await go_to(at, now);
}
const note = () => sql(at.muster.store, "SELECT value FROM settings WHERE name = 'measures'")[0].value;
const without = (name) => note().split(' ').filter((one) => !one.startsWith(`${name}(`)).join(' ');

test('measures that are new to it are counted from the rows there are', async () => {
  const before = await figures();
  assert.equal(before.late.sites_due_by.value, 3, 'firms, not shops');
  assert.deepEqual([before.scale.under, before.cars.under], [1, 1]);
  await as_older(["DELETE FROM tallies WHERE measure = 'sites_due_by'", `UPDATE settings SET value = '${without('sites_due_by')}' WHERE name = 'measures'`]);
  assert.deepEqual(await figures(), before);
  assert.equal(recount(at.muster), '0 differences');
  assert.match(at.muster.log(), /"event":"tallies","filled":"sites_due_by "/);
});

test('a measure told by further parts is counted anew, and what was stored under the old ones counts no more', async () => {
  const before = await figures();
  const old = note().replace('sites_resumed_by(above_scale,', 'sites_resumed_by(');
  assert.notEqual(old, note());
  await as_older([
    `UPDATE tallies SET cell = 'before|' || cell WHERE measure = 'sites_resumed_by'`,
    `UPDATE settings SET value = '${old}' WHERE name = 'measures'`,
  ]);
  assert.deepEqual(await figures(), before);
  assert.equal(recount(at.muster), '0 differences');
});

test('where it is not noted what was counted, nothing is counted twice', async () => {
  const before = await figures();
  await as_older(["DELETE FROM settings WHERE name = 'measures'"]);
  assert.deepEqual(await figures(), before);
  assert.equal(recount(at.muster), '0 differences');
  // and a start finds nothing to do
  const said = at.muster.log().match(/"event":"tallies"/g).length;
  await at.muster.restart();
  assert.equal(at.muster.log().match(/"event":"tallies"/g).length, said);
});

test('what comes afterwards is counted as ever', async () => {
  await go_to(at, now);
  await at.admin.post(`/api/v1/sites/${at.firm.id}/tell`, { status: 'resumed', effective: '2020-03-04' });
  assert.equal((await figures()).late.sites_resumed_by.value, 2);
  assert.equal(recount(at.muster), '0 differences');
});
