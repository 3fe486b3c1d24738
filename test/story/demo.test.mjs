// The demonstration as somebody finds it who has just started it: the figures of its campaign, opened, and nothing private in the clear.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import { run_muster, start_muster, store_folder } from '../harness.mjs';

let muster, district;
before(async () => {
  muster = await start_muster({ demo: true });
  district = await muster.demo_client('demo-district');
}, { timeout: 280_000 });
after(() => muster?.stop());

const rows = async (measure, total = '') => {
  const all = [];
  for (let next = ''; next !== null; ) {
    const page = await district.get(`/api/v1/tallies/rows?measure=${measure}&area=431302&limit=1000${total}&after=${encodeURIComponent(next)}`);
    all.push(...page.rows);
    next = page.next;
  }
  return all;
};
const sum = (list) => list.reduce((all, one) => all + one.value, 0);

test('one click signs in, and the clock stands at the morning it was made for', async () => {
  const session = await district.get('/api/v1/session');
  assert.equal(session.demo, true);
  assert.equal(session.today, '2020-03-05');
});

test('50 firms with 17,787 staff and 80 liaisons, 280 needs solved: each figure opens into as many rows', async () => {
  const counts = (await district.get('/api/v1/tallies?area=431302&measure=sites,links,liaisons')).rows[0].counts;
  const firms = Object.entries(counts.sites.cells).filter(([cell]) => cell.endsWith('|enterprise')).reduce((all, [, value]) => all + value, 0);
  assert.deepEqual([firms, counts.links.value, counts.liaisons.value], [50, 77, 77]);
  const before = (await district.get('/api/v1/tallies?area=431302&day=2020-03-04&measure=links,liaisons')).rows[0].counts;
  assert.deepEqual([before.links.value, before.liaisons.value], [80, 80]);
  const sites = await rows('sites', '&kind=enterprise');
  assert.equal(sites.length, 50);
  assert.equal(sites.reduce((all, one) => all + one.row.staff, 0), 17_787);
  assert.equal((await rows('links', '&day=2020-03-04')).length, 80);
  assert.equal((await rows('liaisons', '&day=2020-03-04')).length, 80);
  const solved = (await district.get('/api/v1/tallies?area=431302&measure=needs_solved&total=1')).rows[0].counts.needs_solved.value;
  assert.equal(solved, 280);
  assert.equal(sum(await rows('needs_solved', '&total=1')), 280);
  assert.ok((await rows('needs_open')).length > 10);
  assert.ok((await rows('findings_open')).length > 0);
});

test('1,038 people of 55 units sign up; 604 go to 45 communities, 80 to 50 firms, 300 more to the grids on 24 February: each figure opens', async () => {
  const at = async (day) => (await district.get(`/api/v1/tallies?area=431302&day=${day}&measure=pledges,serving,people_needed,posts`)).rows[0].counts;
  const [before, on] = [await at('2020-02-23'), await at('2020-02-24')];
  assert.deepEqual([before.pledges.value, before.serving.value, on.pledges.value, on.serving.value], [1_038, 738, 1_038, 1_038]);
  assert.deepEqual(on.serving.cells, { community: 604, grid: 300, enterprise: 80, hq: 24, mall: 14, project: 16 });
  assert.deepEqual([on.posts.cells.community, on.posts.cells.enterprise, on.people_needed.value], [45, 50, 1_038]);
  const pledges = await rows('pledges');
  assert.equal(pledges.length, 1_038);
  assert.equal(new Set(pledges.map((one) => one.row.org)).size, 55);
  const leaders = new Set(pledges.filter((one) => ['deputy', 'division'].includes(one.row.rank)).map((one) => one.row.org));
  assert.equal(leaders.size, 55);
  const serving = await rows('serving');
  assert.equal(new Set(serving.map((one) => one.row.person)).size, 1_038);
  const signed = new Set(pledges.map((one) => one.row.person));
  assert.ok(serving.every((one) => signed.has(one.row.person)));
  const branches = (await district.get('/api/v1/orgs?kind=branch&limit=100')).rows;
  assert.equal(branches.length, 45);
  // each has a head, stands below the office, and has the community's volunteers in its team
  const [office] = new Set(branches.map((one) => one.parent));
  assert.equal((await district.get(`/api/v1/orgs?parent=${office}&limit=200`)).rows.filter((one) => one.kind === 'branch').length, 45);
  const teams = (await district.get('/api/v1/teams?kind=branch&limit=100')).rows;
  assert.deepEqual(new Set(teams.map((one) => one.org)), new Set(branches.map((one) => one.id)));
  const members = (await Promise.all(teams.map((one) => district.get(`/api/v1/team_members?team=${one.id}&limit=100`)))).flatMap((page) => page.rows);
  assert.equal(members.length, 604);
  assert.deepEqual(new Set(branches.map((one) => one.head)), new Set(members.filter((one) => one.lead).map((one) => one.person)));
  assert.equal((await Promise.all(branches.map((one) => district.get(`/api/v1/people?leads=${one.id}`)))).flatMap((page) => page.rows).length, 5);
});

test('liaisons of some firms stand around the hours of their staff, with or without a break at noon', async () => {
  const posts = (await district.get('/api/v1/posts?around=1&limit=100')).rows;
  assert.equal(posts.length, 5);
  const rosters = await Promise.all(posts.slice(0, 5).map((one) => district.post('/api/v1/roster', { post: one.id, day: '2020-03-06', days: 1 })));
  assert.deepEqual(new Set(rosters.map((one) => `${one.slots[0].from}-${one.slots[0].until}`)), new Set(['07:30-18:00', '07:30-18:30']));
});

test('7,400 masks to volunteers and liaisons, tests for 80 of them, 642,000 yuan set aside: each figure opens', async () => {
  const { counts } = (await district.get('/api/v1/tallies?area=431302&day=2020-03-04&total=1&measure=care_masks,care_tests,care_funds,care_visits,care_honours')).rows[0];
  assert.deepEqual([counts.care_masks.value, counts.care_tests.value, counts.care_funds.value], [7_400, 80, 642_000]);
  const masks = await rows('care_masks', '&total=1');
  assert.equal(sum(masks), 7_400);
  const kinds = new Map((await Promise.all(['community', 'grid', 'enterprise'].map((kind) => district.get(`/api/v1/posts?kind=${kind}&limit=100`)))).flatMap((page) => page.rows.map((one) => [one.id, one.kind])));
  assert.deepEqual([...new Set(masks.map((one) => kinds.get(one.row.post)))].sort(), ['community', 'enterprise', 'grid']);
  const tests = await rows('care_tests', '&total=1');
  assert.equal(new Set(tests.map((one) => one.row.person)).size, 80);
  assert.ok(tests.every((one) => /^\*+$/.test(one.row.result)));
  assert.deepEqual([(await rows('care_funds', '&total=1')).map((one) => one.row.money), sum(await rows('care_visits', '&total=1')), sum(await rows('care_honours', '&total=1'))], [[64_200_000], counts.care_visits.value, counts.care_honours.value]);
});

test('the subsidies of February: 738 people from the 12th, 300 in the grids from the 24th, at their rates', async () => {
  const { counts } = (await district.get('/api/v1/tallies?area=431302&day=2020-03-04&total=1&measure=subsidy_days')).rows[0];
  assert.equal(counts.subsidy_days.value, 738 * 18 + 300 * 6);
  const list = await rows('subsidy_days', '&total=1');
  assert.equal(new Set(list.map((one) => one.row.person)).size, 1_038);
  assert.equal(list.reduce((all, one) => all + one.row.amount, 0), 738 * 18 * 5_000 + 300 * 6 * 6_000);
  assert.deepEqual(['approved', 'paid'].map((state) => list.filter((one) => one.row.state === state).length), [20, 20]);
});

test('the bulletin tells the same figures', () => {
  const bulletin = (day) => run_muster(['bulletin', '--store', muster.store, '--area', '431302', '--day', day, '--language', 'zh'], { env: { LANG: 'C' } }).out;
  const text = bulletin('2020-03-04');
  assert.match(text, /娄星区/);
  assert.match(text, /55个单位1,038人报名请战/);
  assert.match(text, /其中社区志愿者604人，设岗的45个社区（村）中45个有人在岗。网格联络员300人。驻企联络员80人，派驻企业50家、职工17,787人。/);
  assert.match(text, /已拨付关心关爱专项资金642,000元。累计为一线人员发放口罩7,400个。安排一线人员检测80人次。/);
  assert.match(bulletin('2020-03-05'), /已办结280件/, 'the last of them on the morning on which it opens');
  assert.match(bulletin('2020-02-24'), /在岗1,038人（较前一日增加300人）/);
});

test('each figure of people in the bulletin opens into the rows that it counts', async () => {
  const { paragraphs } = await district.get('/api/v1/bulletin?area=431302&day=2020-03-04&language=zh');
  const segments = paragraphs.flatMap((one) => one.segments);
  const opened = async (measure, value, part) => {
    const one = segments.find((each) => each.measure === measure && each.value === value && JSON.stringify(each.part) === JSON.stringify(part));
    assert.ok(one, `${measure} ${value} is a figure of the bulletin`);
    return rows(measure, `&day=${one.day}${Object.entries(part ?? {}).map(([key, code]) => `&${key}=${code}`).join('')}`);
  };
  assert.equal((await opened('pledges', 1_038)).length, 1_038);
  assert.equal(new Set((await opened('pledges', 55)).map((one) => one.row.org)).size, 55);
  for (const [kind, people] of [['community', 604], ['grid', 300], ['enterprise', 80]]) assert.equal((await opened('serving', people, { kind })).length, people);
  const [communities, firms] = [await opened('communities_served', 45), await opened('firms_served', 50)];
  assert.equal(new Set(communities.map((one) => one.row.area)).size, 45);
  assert.equal(new Set(firms.map((one) => one.row.site)).size, 50);
  assert.equal(sum(await opened('staff_served', 17_787)), 17_787);
  const { communities_covered: rate } = (await district.get('/api/v1/indicators?area=431302&day=2020-03-04')).rows[0].indicators;
  assert.deepEqual([rate.over, rate.under], [45, 45]);
});

test('what is private stands nowhere in the store, its write-ahead log or the log of the program', () => {
  const folder = store_folder(muster.store);
  // a stamp of 13 digits may hold the first seven of a phone number by chance
  for (const secret of ['演示厂长', '演示专员', '演示联络员', String.raw`(?<!\d)1390000\d{4}(?!\d)`]) {
    const found = spawnSync('grep', ['-rlaP', secret, folder], { env: { ...process.env, LC_ALL: 'C.UTF-8' } });
    assert.equal(found.stderr.toString(), '');
    assert.equal(found.stdout.toString(), '', `${secret} is found in the store`);
    assert.doesNotMatch(muster.log(), new RegExp(secret));
  }
});

test('counted again from the rows there is no difference', () => {
  assert.match(run_muster(['check', '--store', muster.store], { env: { LANG: 'C' } }).out, /^0 differences/m);
});
