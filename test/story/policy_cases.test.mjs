// The example policies against a table worked by hand (test/policies/cases.mjs): each side of every threshold, what is missing, amounts to the fen.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { areas, groups, risks } from '../policies/cases.mjs';
import { start_muster, uuid7 } from '../harness.mjs';

const register = ['area', 'industry', 'staff', 'revenue', 'status'];
const ids = {}; // of areas by code
let muster, admin, policies;

async function make_areas(tree, parent, level) {
  for (const [code, below] of Object.entries(tree)) {
    ids[code] = (await admin.post('/api/v1/areas', { code, name: `演示${code}`, level: code.length === 2 ? 1 : 3, ...(parent ? { parent } : {}) })).id;
    await make_areas(below, ids[code], level + 1);
  }
}

/** The site of a case and its facts. */
function site_of(group, [different], at) {
  const known = Object.entries({ ...group.site, ...different }).filter(([name, value]) => value !== '' && name !== 'on');
  const id = uuid7();
  const site = { id, name: `${group.policy} ${at + 1}`, kind: 'enterprise' };
  for (const [name, value] of known.filter(([name]) => register.includes(name))) site[name] = name === 'area' ? ids[value] : name === 'revenue' ? value * 100 : value;
  const facts = known.filter(([name]) => !register.includes(name)).map(([name, value]) => {
    const [kind, month] = name.split('@');
    return { site: id, kind, value, ...(month ? { month } : {}) };
  });
  return { site, facts };
}

async function make(plural, rows) {
  for (let from = 0; from < rows.length; from += 200) await admin.post(`/api/v1/${plural}`, { rows: rows.slice(from, from + 200) });
}

before(async () => {
  muster = await start_muster({ env: { MUSTER_NOW: '2020-03-05T02:00:00Z' } });
  admin = await muster.client('admin');
  await make_areas(areas, undefined, 1);
  for (const [code, level] of Object.entries(risks)) await admin.post('/api/v1/risks', { area: ids[code], level, day: '2020-01-01' });
  await admin.post('/api/v1/policies/examples', {});
  policies = Object.fromEntries((await admin.get('/api/v1/policies?limit=100')).rows.map((one) => [one.code, one]));
  const made = groups.flatMap((group) => group.cases.map((one, at) => (one.made = site_of(group, one, at))));
  await make('sites', made.map((one) => one.site));
  await make('facts', made.flatMap((one) => one.facts));
});
after(() => muster?.stop());

test('every example has cases, at least 150 in all', () => {
  assert.deepEqual(groups.map((group) => group.policy).sort(), Object.keys(policies).sort());
  const count = groups.reduce((sum, group) => sum + group.cases.length, 0);
  assert.ok(count >= 150, `${count} cases`);
  for (const verdict of ['yes', 'no', 'missing']) assert.ok(groups.flatMap((group) => group.cases).filter((one) => one[1] === verdict).length > 20);
});

for (const group of groups)
  test(`${group.policy}: ${group.cases.length} cases`, async () => {
    const wrong = [];
    for (const { made, 0: different, 1: verdict, 2: amount, 3: missing, 4: why } of group.cases) {
      const said = await admin.get(`/api/v1/policies/${policies[group.policy].id}/judge?site=${made.site.id}&day=${different.on ?? group.day}`);
      const got = [said.verdict, said.amount_none ? 'none' : said.amount, said.missing.map((one) => one.fact)];
      const right = [verdict, amount, missing];
      if (JSON.stringify(got) !== JSON.stringify(right)) wrong.push({ different, right, got, why, reasons: said.reasons.map((one) => `${one.at} ${one.verdict}: ${one.asked} | ${one.seen}`) });
      // whoever is told no or not yet, is told why
      if (verdict !== 'yes' && !said.reasons.some((one) => one.verdict === verdict)) wrong.push({ different, why: 'no reason' });
    }
    assert.deepEqual(wrong, []);
  });
