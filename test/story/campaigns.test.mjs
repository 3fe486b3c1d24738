// Two campaigns replayed through the API, made up but for their totals. zhaoqing: 1,121 firms with 48 items and files complete, 16 policies, six loans, commissioners, teams,
// liaisons of four levels. shenzhen: check, link and awareness of 100% in a park, put right in one visit, needs followed to their end. Every figure opens.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { figure, grant_loan, make, rate } from '../campaigns.mjs';
import { pass, photo } from '../checks.mjs';
import { engine, until, uuid7 } from '../harness.mjs';
import { person, recount, start_with_people } from '../people.mjs';

const today = '2020-03-05', yuan = (sum) => sum * 100;
let muster, admin, command, officer, city, counties, towns, firms, lists;
const names = ['端州区', '鼎湖区', '高要区', '广宁县', '怀集县', '封开县', '德庆县', '四会市'];
const county = (name) => counties[names.indexOf(name)];
const current = async (code) => {
  const [list] = (await command.get(`/api/v1/templates?code=${code}`)).rows;
  return command.get(`/api/v1/template_versions/${list.current}`);
};
/** A made-up ID number that holds: of the n-th day from 1970 on. */
function idno(n) {
  const head = `441202${new Date(Date.UTC(1970, 0, 1) + n * 86_400_000).toISOString().slice(0, 10).replaceAll('-', '')}100`;
  const sum = [...head].reduce((all, digit, i) => all + Number(digit) * [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2][i], 0);
  return head + '10X98765432'[sum % 11];
}

before(async () => {
  ({ muster, admin } = await start_with_people({ MUSTER_NOW: `${today}T02:00:00Z` }));
  city = await admin.post('/api/v1/areas', { code: '441200', name: '肇庆市', level: 2 });
  counties = await make(admin, 'areas', names.map((name, n) => ({ id: uuid7(), code: `4412${String(n + 2).padStart(2, '0')}`, name, level: 3, parent: city.id })));
  towns = await make(admin, 'areas', counties.flatMap((one) => [1, 2].map((n) => ({ id: uuid7(), code: `${one.code}00${n}`, name: `演示镇${n}`, level: 4, parent: one.id }))));
  command = await person(muster, admin, 'command', 'command', { area: city.id });
  officer = await person(muster, admin, 'officer', 'officer', { area: city.id });
  const rows = Array.from({ length: 1121 }, (_, n) => ({ id: uuid7(), name: `演示企业${n + 1}`, kind: 'enterprise', status: 'resumed', above_scale: true, ownership: 'private', staff: 1, on_duty: 1, industry: `C${13 + (n % 31)}`, area: towns[n % towns.length].id, effective: '2020-02-10' }));
  firms = await make(officer, 'sites', rows);
  lists = { items: await current('items_48'), four: await current('four_checks') };
});
after(() => muster?.stop());
const whole = () => ({ area: city.id, day: today });

test('zhaoqing: all 48 items of the list are checked at each of 1,121 firms above scale', async () => {
  assert.equal(lists.items.items, 48);
  assert.equal((await rate(command, 'checked_whole', whole())).over, 0);
  const checks = await make(officer, 'checks', firms.map((firm) => ({ id: uuid7(), site: firm.id, day: today, template_version: lists.items.id, answers: pass(lists.items) })), 200);
  const done = await rate(command, 'checked_whole', whole());
  assert.deepEqual([done.over, done.under, done.rate], [1121, 1121, 1]);
  assert.ok(done.above.every((row) => row.above_scale));
  const seen = await figure(command, 'checks', { ...whole(), total: 1 });
  assert.deepEqual([seen.value, seen.rows.every((row) => Object.keys(row.answers).length === 48 && row.whole)], [1121, true]);
  // a check that leaves an item out, or goes by another list, is a check and not this one
  const [extra] = await make(officer, 'sites', [{ id: uuid7(), name: '演示企业甲', kind: 'enterprise', status: 'resumed', area: towns[0].id, effective: '2020-02-10' }]);
  await make(officer, 'checks', [{ id: uuid7(), site: extra.id, day: today, answers: pass(lists.four, { E1: { photos: [await photo(officer)] } }), template_version: lists.four.id }]);
  const more = await rate(command, 'checked_whole', whole());
  assert.deepEqual([more.over, more.under, (await rate(command, 'checked', whole())).over], [1121, 1122, 1122]);
  await officer.del(`/api/v1/sites/${extra.id}`, { reason: '试填' });
  // without one of the rows the figure is one less, and back with it
  await officer.del(`/api/v1/checks/${checks[0].id}`, { reason: '误填' });
  assert.deepEqual([(await rate(command, 'checked_whole', whole())).over, (await figure(command, 'sites_checked_whole', { ...whole(), tier: 'key' })).value], [1120, 1120]);
  await make(officer, 'checks', [{ id: uuid7(), site: firms[0].id, day: today, template_version: lists.items.id, answers: pass(lists.items) }]);
  assert.equal((await rate(command, 'checked_whole', whole())).over, 1121);
});

test('zhaoqing: one file a worker at 1,121 of 1,121 firms', async () => {
  await make(officer, 'staff_files', firms.map((firm, n) => ({ id: uuid7(), site: firm.id, name: `演示工${n + 1}`, phone: `137${String(10_000_000 + n)}`, idno: idno(n), job: '操作工', dwelling: 'home', away: false, contact: 'none' })));
  const complete = await rate(command, 'firms_complete', whole());
  assert.deepEqual([complete.over, complete.under, complete.rate], [1121, 1121, 1]);
  const files = await rate(command, 'files_complete', whole());
  assert.deepEqual([files.over, files.under], [1121, 1121]);
  assert.ok(files.above.every((row) => row.complete && row.name.endsWith('**')));
});

test('zhaoqing: liaisons of four levels for every firm; 116 commissioners go to the firms of one district, 70 teams to the field in one county', async () => {
  const users = {};
  const place = (level, n) => (level === 'city' ? city : level === 'county' ? counties[n % counties.length] : towns[n % towns.length]);
  for (const level of ['city', 'county', 'town', 'village'])
    users[level] = await make(admin, 'users', Array.from({ length: level === 'city' ? 1 : 16 }, (_, n) => ({ id: uuid7(), name: `${level}${n}`, area: place(level, n).id })));
  await make(admin, 'grants', Object.entries(users).flatMap(([level, all]) => all.map((one, n) => ({ id: uuid7(), user: one.id, role: 'liaison', area: place(level, n).id }))));
  // a database on a busy machine of tests takes its time: there the story is that of one county
  const [every, here] = engine === 'sqlite' ? [firms, city] : [firms.filter((_, n) => n % 16 < 2), county('端州区')];
  const scope = { area: here.id, day: today };
  const links = every.flatMap((firm) => Object.entries(users).map(([level, all]) => ({ id: uuid7(), site: firm.id, level, begins: '2020-02-10', user: all[level === 'county' ? Math.floor((firms.indexOf(firm) % 16) / 2) : firms.indexOf(firm) % all.length].id })));
  await make(officer, 'links', links);
  for (const level of Object.keys(users)) {
    const { value, rows } = await figure(command, 'links', { ...scope, level });
    assert.deepEqual([value, new Set(rows.map((row) => row.site)).size], [every.length, every.length], level);
  }
  const linked = await rate(command, 'linked', scope);
  assert.deepEqual([linked.over, linked.under], [every.length, every.length]);
  const post = await officer.post('/api/v1/posts', { title: '企业特派员', kind: 'enterprise', area: county('端州区').id, needed: 116, begins: '2020-02-20' });
  const people = await make(officer, 'people', Array.from({ length: 116 }, (_, n) => ({ id: uuid7(), name: `演示特派员${n + 1}`, area: county('端州区').id, party: true })));
  await make(officer, 'assignments', people.map((one) => ({ id: uuid7(), post: post.id, person: one.id, begins: '2020-02-20' })));
  const sent = await figure(command, 'serving', { area: county('端州区').id, day: today, kind: 'enterprise' });
  assert.deepEqual([sent.value, new Set(sent.rows.map((row) => row.person)).size], [116, 116]);
  await make(officer, 'teams', Array.from({ length: 70 }, (_, n) => ({ id: uuid7(), name: `西江党旗红突击队${n + 1}`, kind: 'assault', area: county('封开县').id, begins: '2020-02-15' })));
  assert.equal((await figure(command, 'teams', { area: county('封开县').id, day: today, kind: 'assault' })).value, 70);
});

test('zhaoqing: 16 policies are in force, each held against the firms of its county', async () => {
  const dept = await person(muster, admin, 'dept', 'department', { area: city.id });
  const policies = await make(dept, 'policies', counties.flatMap((one) => [1, 2].map((n) => ({ id: uuid7(), title: `${one.name}企业帮扶措施${n}`, area: one.id, level: 'county', mode: 'apply', begins: '2020-02-20', conditions: { is: 'number', fact: 'staff', compare: '>=', value: n === 1 ? 1 : 300 }, benefit: { kind: 'fixed', amount: yuan(1000) } }))));
  assert.equal((await figure(command, 'policies_in_force', whole())).value, 0, 'drafts are not in force');
  for (const one of policies) await dept.post(`/api/v1/policies/${one.id}/publish`, {});
  const { value, rows } = await figure(command, 'policies_in_force', whole());
  assert.deepEqual([value, rows.every((row) => row.state === 'published'), (await figure(command, 'policies_in_force', { area: county('封开县').id, day: today })).value], [16, true, 2]);
  await until(async () => {
    const all = await Promise.all(policies.map((one) => command.get(`/api/v1/policies/${one.id}/funnel`)));
    return all.every((one) => one.matching && !one.matching.running);
  }, { ms: 60_000, every: 200, what: 'the matching' });
  assert.equal((await figure(command, 'firms_qualifying', whole())).value, 1121);
});

test('zhaoqing: six firms of a county are granted 17,080,000 yuan, and 16,800,000 are paid out', async () => {
  const area = county('广宁县').id, at = { area, day: today, total: 1 };
  const org = await admin.post('/api/v1/orgs', { name: '演示银行', kind: 'bank', area });
  const bank = await person(muster, admin, 'bank', 'department', { area, org });
  const borrowers = firms.filter((firm) => towns.find((town) => town.id === firm.area).parent === area).slice(0, 6);
  const sums = [4_000_000, 3_000_000, 3_000_000, 2_800_000, 2_200_000, 2_080_000];
  for (const [n, site] of borrowers.entries()) {
    const firm = await person(muster, admin, `boss${n}`, 'enterprise', { site });
    await grant_loan({ firm, officer, bank, body: { site: site.id, amount: yuan(sums[n]) }, paid: yuan(n === 5 ? sums[n] - 280_000 : sums[n]) });
  }
  const loans = await figure(command, 'loan_firms', at);
  assert.deepEqual([loans.value, new Set(loans.rows.map((row) => row.site)).size], [6, 6]);
  const granted = await figure(command, 'loans_granted', at), paid = await figure(command, 'loans_paid', at);
  assert.deepEqual([granted.value, granted.rows.length, paid.value, paid.rows.length], [17_080_000, 6, 16_800_000, 6]);
  assert.equal(paid.rows.reduce((sum, row) => sum + row.amount, 0), yuan(16_800_000), 'in fen');
  const sum = (await command.get(`/api/v1/loans/sums?area=${area}`)).total;
  assert.deepEqual([sum.granted, sum.paid], [yuan(17_080_000), yuan(16_800_000)]);
});

test('shenzhen: check, link and awareness of 100% at the firms of a park; what failed is put right in the same visit; needs go to their end', async () => {
  const district = await admin.post('/api/v1/areas', { code: '440307', name: '龙岗区', level: 3 });
  const street = await admin.post('/api/v1/areas', { code: '440307002', name: '南湾街道', level: 4, parent: district.id });
  const villages = await make(admin, 'areas', [1, 2, 3, 4, 5].map((n) => ({ id: uuid7(), code: `44030700200${n}`, name: `演示社区${n}`, level: 5, parent: street.id })));
  const chief = await person(muster, admin, 'chief', 'command', { area: district.id });
  const safety = await person(muster, admin, 'safety', 'liaison', { area: street.id });
  const inspector = await person(muster, admin, 'inspector', 'liaison', { area: street.id });
  const office = await person(muster, admin, 'office', 'officer', { area: district.id });
  const dept = await person(muster, admin, 'aid', 'department', { area: district.id });
  const park = await make(office, 'sites', Array.from({ length: 104 }, (_, n) => ({ id: uuid7(), name: `演示园区企业${n + 1}`, kind: 'enterprise', status: 'resumed', staff: 20 + n, area: villages[n % 5].id, effective: '2020-02-12' })));
  // the park is a zone: its figures are read and opened as those of an area
  const zone = await admin.post('/api/v1/zones', { name: '联创科技园', kind: 'park', area: street.id });
  await make(admin, 'zone_members', [...villages.slice(0, 4).map((one) => ({ id: uuid7(), zone: zone.id, area: one.id })), ...park.filter((one) => one.area === villages[4].id).map((one) => ({ id: uuid7(), zone: zone.id, site: one.id }))]);
  const at = { area: zone.id, day: today };
  assert.deepEqual([(await rate(chief, 'checked', at)).over, (await rate(chief, 'linked', at)).over, (await rate(chief, 'checked', at)).under], [0, 0, 104]);
  await make(office, 'links', park.map((one) => ({ id: uuid7(), site: one.id, user: safety.user.id, level: 'town', begins: '2020-02-12' })));
  const pairs = [];
  for (let n = 0; n < 26; n++) pairs.push([await photo(safety), await photo(safety), await photo(safety)]);
  const lone = [];
  for (let n = 0; n < 78; n++) lone.push(await photo(safety));
  const faulty = (n) => n % 4 === 0;
  await make(safety, 'checks', park.map((one, n) => {
    const [seen, before_it, after_it] = pairs[Math.floor(n / 4)];
    const fixed = { A1: { value: 'no', fixed: { before: [before_it], after: [after_it], note: '当场整改' } } };
    const picture = faulty(n) ? seen : lone[n - Math.floor(n / 4) - 1];
    return { id: uuid7(), site: one.id, day: today, template_version: lists.four.id, inspectors: [safety.user.id, inspector.user.id], answers: pass(lists.four, { E1: { photos: [picture] }, ...(faulty(n) ? fixed : {}) }) };
  }));
  for (const name of ['checked', 'linked']) {
    const one = await rate(chief, name, at);
    assert.deepEqual([one.over, one.under, one.rate, new Set(one.above.map((row) => row.area)).size], [104, 104, 1, 5], name);
  }
  const once = await rate(chief, 'one_visit', at);
  assert.deepEqual([once.over, once.under, once.above.every((row) => row.result === 'fixed_on_spot' && row.people.length === 2)], [26, 26, true]);
  assert.equal((await figure(chief, 'findings_open', at)).value, 0);

  const policy = await dept.post('/api/v1/policies', { title: '惠企援企措施', area: district.id, level: 'county', mode: 'apply', conditions: { is: 'number', fact: 'staff', compare: '<=', value: 500 }, benefit: { kind: 'none' } });
  await dept.post(`/api/v1/policies/${policy.id}/publish`, {});
  const found = await until(async () => {
    const { rows } = await safety.get(`/api/v1/deliveries?policy=${policy.id}&limit=500`);
    return rows.length === 104 && rows;
  }, { ms: 60_000, every: 200, what: 'the matching' });
  assert.deepEqual([(await rate(chief, 'policy_known', at)).over, (await rate(chief, 'policy_aware', at)).under], [0, 104]);
  await safety.post('/api/v1/deliveries/tell', { rows: found.slice(0, 103).map((one) => one.id), how: 'visit', heard: true });
  assert.deepEqual([(await rate(chief, 'policy_aware', at)).over, (await rate(chief, 'policy_known', at)).over], [103, 103], 'one firm was not told yet');
  await safety.post('/api/v1/deliveries/tell', { rows: [found[103].id], how: 'visit', heard: true });
  for (const name of ['policy_known', 'policy_aware']) {
    const one = await rate(chief, name, at);
    assert.deepEqual([one.over, one.under, one.rate], [104, 104, 1], name);
  }

  const kinds = { protective_goods: 5, labour: 4, cash_flow: 3, supply_chain: 2, permit: 1 };
  const body = await admin.post('/api/v1/orgs', { name: '区企业服务专班', kind: 'office', area: district.id });
  const lead = await person(muster, admin, 'lead', 'department', { area: district.id, org: body });
  const needs = await make(safety, 'needs', Object.entries(kinds).flatMap(([kind, count]) => Array.from({ length: count }, (_, n) => ({ id: uuid7(), site: park[n].id, kind, text: '复工中遇到的困难，请协调' }))));
  for (const one of needs) {
    await office.post(`/api/v1/needs/${one.id}/assign`, { lead: body.id });
    await lead.post(`/api/v1/needs/${one.id}/take`, {});
  }
  assert.deepEqual([(await rate(chief, 'solved', at)).over, (await figure(chief, 'needs_open', at)).value], [0, 15]);
  for (const one of needs) {
    await lead.post(`/api/v1/needs/${one.id}/resolve`, { answer: '已协调解决' });
    await safety.post(`/api/v1/needs/${one.id}/confirm`, {});
  }
  const solved = await rate(chief, 'solved', at);
  assert.deepEqual([solved.over, solved.under, solved.above.every((row) => row.state === 'confirmed' && row.heard_by === safety.user.id)], [15, 15, true]);
  for (const [kind, count] of Object.entries(kinds)) assert.equal((await figure(chief, 'needs_solved', { ...at, total: 1, kind })).value, count, kind);
});

test('counted again from the rows there is no difference', () => {
  assert.match(recount(muster), /^0 differences/m);
});
