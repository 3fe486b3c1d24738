// The return of a day: a village, its town and its county; missing, zero, late and submitted told apart; sealing and restating; the bulletin.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { password, run_muster, start_muster, uuid7 } from '../harness.mjs';

const day = '2020-03-04';
const morning = '2020-03-05T02:00:00Z'; // 10:00 in China: before noon
const evening = '2020-03-05T08:00:00Z'; // 16:00: after it was due
let muster, admin, county, town, town_two, village, village_two;
const firms = [];

// The clock of a program moves only by its environment.
async function at(moment) {
  muster.env.MUSTER_NOW = moment;
  await muster.restart();
}

const state_of = async (client, area, on = day) => client.get('/api/v1/returns/day', { query: { area: area.id, day: on } });
const child = (answer, area) => answer.children.find((one) => one.area.id === area.id);
const measure = (answer, name) => answer.figures.find((one) => one.measure === name);
const count = async (name, area, on = day) => (await admin.get('/api/v1/tallies', { query: { area: area.id, day: on, measure: name } })).rows[0].counts[name].value;
const no_differences = () => assert.match(run_muster(['check', '--store', muster.store]).out, /0 (differences|处不符)/);

before(async () => {
  muster = await start_muster({ env: { MUSTER_NOW: morning, LC_ALL: 'C.UTF-8' } });
  admin = await muster.client('admin');
  const area = (code, name, parent, level) => admin.post('/api/v1/areas', { code, name, level, ...(parent ? { parent: parent.id } : {}) });
  county = await area('431302', '娄星区', null, 3);
  town = await area('431302001', '演示街道', county, 4);
  town_two = await area('431302002', '样例街道', county, 4);
  village = await area('431302001001', '演示社区', town, 5);
  village_two = await area('431302001002', '样例社区', town, 5);
  for (const [name, staff, where] of [['演示甲厂', 100, village], ['演示乙厂', 60, village], ['演示丙厂', 40, village_two], ['演示丁厂', 20, village_two]])
    firms.push(await admin.post('/api/v1/sites', { name, kind: 'enterprise', status: 'resumed', tier: 'key', staff, area: where.id, effective: '2020-03-01' }));
});
after(() => muster?.stop());

test('nobody has confirmed: everything is missing, and nothing is taken for zero', async () => {
  const answer = await state_of(admin, county);
  assert.equal(answer.state, 'missing');
  assert.equal(answer.return, null);
  assert.equal(answer.draft, true);
  assert.equal(answer.as_of, '2020-03-04T16:00:00.000Z');
  assert.equal(answer.due_at, '2020-03-05T04:00:00.000Z');
  assert.deepEqual(answer.children.map((one) => [one.area.name, one.state]), [['演示街道', 'missing'], ['样例街道', 'missing']]);
  assert.deepEqual([answer.firms.due, answer.firms.submitted, answer.firms.missing], [4, 0, 4]);
  assert.deepEqual(answer.firms.rows.map((row) => row.site.name).sort(), firms.map((firm) => firm.name).sort());
  assert.equal(measure(answer, 'sites_due').value, 4);
});

test('two firms confirm, one by its numbers, one by nothing to report; their staff on duty moves with them', async () => {
  const told = await admin.post('/api/v1/returns/confirm', { site: firms[0].id, day, on_duty: 80 });
  assert.deepEqual([told.kind, told.state, told.timing, told.content, told.on_duty, told.staff], ['firm', 'submitted', 'time', 'figures', 80, 100]);
  assert.equal(await count('staff_on_duty', county), 80);
  assert.equal(await count('staff_on_duty', county, '2020-03-03'), 0);
  await admin.post('/api/v1/returns/confirm', { site: firms[1].id, day, on_duty: 30 });
  assert.equal(await count('staff_on_duty', village), 110);
  await admin.post('/api/v1/returns/confirm', { site: firms[2].id, day, zero: true });
  const answer = await state_of(admin, county);
  assert.deepEqual([answer.firms.submitted, answer.firms.zero, answer.firms.late, answer.firms.missing], [3, 1, 0, 1]);
  assert.deepEqual(answer.firms.rows.map((row) => row.site.name), ['演示丁厂']);
  const rows = await admin.get('/api/v1/tallies/rows', { query: { measure: 'firms_reported', area: county.id, day } });
  assert.equal(rows.rows.length, 3);
  no_differences();
});

test('more on duty than staff is refused and nothing is written', async () => {
  await admin.post('/api/v1/returns/confirm', { site: firms[3].id, day, on_duty: 21 }, { expect: 422 });
  assert.equal((await state_of(admin, county)).firms.missing, 1);
  assert.equal(await count('staff_on_duty', county), 110);
});

test('one live return for an area and a day: another one meets 409 with the one that is there; the same again is harmless', async () => {
  const id = uuid7();
  const body = { id, area: village.id, day, zero: true };
  const first = await admin.post('/api/v1/returns', body, { expect: 201 });
  assert.equal(first.state, 'submitted');
  assert.equal((await admin.post('/api/v1/returns', body)).version, first.version);
  const conflict = await admin.post('/api/v1/returns', { id: uuid7(), area: village.id, day }, { expect: 409 });
  assert.equal(conflict.current.id, id);
  const again = await admin.post('/api/v1/returns/confirm', { area: village.id, day, zero: true });
  assert.deepEqual([again.id, again.version], [id, first.version]);
  await admin.post('/api/v1/returns', { area: village.id, site: firms[0].id, day }, { expect: 422 });
  await admin.post('/api/v1/returns', { area: village.id, day: '2020-03-09' }, { expect: 422 });
});

test('a confirmation whose answer was lost does not undo the correction that came after it', async () => {
  const mine = { site: firms[0].id, day, on_duty: 79, deed: uuid7() };
  const first = await admin.post('/api/v1/returns/confirm', mine);
  await admin.post('/api/v1/returns/confirm', { site: firms[0].id, day, on_duty: 80 });
  const again = await admin.post('/api/v1/returns/confirm', mine);
  assert.deepEqual([again.id, again.on_duty, again.version], [first.id, 80, first.version + 1]);
  assert.equal(await count('staff_on_duty', village), 110);
});

test('a draft is still missing; submitted, zero, late and sent back are told apart', async () => {
  const draft = await admin.post('/api/v1/returns', { area: village_two.id, day, hold: true, text: '拟稿' });
  assert.equal(draft.state, 'draft');
  assert.equal(child(await state_of(admin, town), village_two).state, 'missing');
  assert.equal(child(await state_of(admin, town), village).state, 'zero');
  await admin.post(`/api/v1/returns/${draft.id}/seal`, {}, { expect: 409 });
  await admin.post(`/api/v1/returns/${draft.id}/submit`, {});
  assert.equal(child(await state_of(admin, town), village_two).state, 'submitted');
  await admin.post(`/api/v1/returns/${draft.id}/send_back`, {}, { expect: 422 });
  await admin.post(`/api/v1/returns/${draft.id}/send_back`, { reason: '请补充情况' });
  const back = child(await state_of(admin, town), village_two);
  assert.deepEqual([back.state, back.reason, back.at], ['sent_back', '请补充情况', null]);

  await at(evening);
  await admin.post(`/api/v1/returns/${draft.id}/submit`, { text: '已补充' });
  const late = child(await state_of(admin, town), village_two);
  assert.deepEqual([late.state, late.late, late.zero], ['late', true, false]);
  await admin.post('/api/v1/returns/confirm', { site: firms[3].id, day, zero: true });
  const answer = await state_of(admin, county);
  assert.deepEqual([answer.firms.submitted, answer.firms.zero, answer.firms.late, answer.firms.missing], [4, 2, 1, 0]);
  const rates = Object.fromEntries(answer.rates.map((one) => [one.indicator, one.rate]));
  assert.deepEqual([rates.reporting, rates.punctual], [1, 0.75]);
  no_differences();
});

test('a level is sealed only over all of its children, or without one that is named with a reason', async () => {
  const own = await admin.post('/api/v1/returns/confirm', { area: county.id, day, text: '全区平稳' });
  assert.equal(own.timing, 'late');
  const refused = await admin.post(`/api/v1/returns/${own.id}/seal`, {}, { expect: 409, headers: { 'Accept-Language': 'en' } });
  assert.match(refused.detail, /演示街道/);
  assert.match(refused.detail, /样例街道/);
  await admin.post('/api/v1/returns/confirm', { area: town.id, day, zero: true });
  await admin.post(`/api/v1/returns/${own.id}/seal`, { without: [{ area: town_two.id, reason: ' ' }] }, { expect: 422 });
  assert.match((await admin.post(`/api/v1/returns/${own.id}/seal`, {}, { expect: 409 })).detail, /样例街道/);
  await admin.post(`/api/v1/returns/${own.id}/sign`, {}, { expect: 409 });
  await admin.post(`/api/v1/returns/${own.id}/check`, {});
  const signed = await admin.post(`/api/v1/returns/${own.id}/sign`, {});
  assert.deepEqual([signed.drafted_by, signed.checked_by, signed.signed_by], ['admin', 'admin', 'admin']);
  const sealed = await admin.post(`/api/v1/returns/${own.id}/seal`, { without: [{ area: town_two.id, reason: '无辖区企业' }] });
  assert.deepEqual([sealed.state, sealed.sealed_by], ['sealed', 'admin']);
  assert.equal((await state_of(admin, county)).state, 'sealed');
  assert.deepEqual((await state_of(admin, county)).restated, []);
});

test('a sealed day does not change silently: a late correction shows both numbers, and a restatement carries a name', async () => {
  const own = (await state_of(admin, county)).return;
  await admin.patch(`/api/v1/returns/${own.id}`, { text: '改写' }, { version: own.version, expect: 409 });
  await admin.del(`/api/v1/returns/${own.id}`, { reason: '误报' }, { expect: 409 });
  await admin.post('/api/v1/returns/confirm', { area: county.id, day, text: '改写' }, { expect: 409 });
  await admin.post(`/api/v1/returns/${own.id}/restate`, { reason: '无' }, { expect: 409 });

  // a firm had stopped that day, as one hears later
  await admin.post(`/api/v1/sites/${firms[1].id}/tell`, { status: 'stopped', effective: day, until: day });
  let answer = await state_of(admin, county);
  assert.equal(measure(answer, 'sites_resumed').value, 4);
  assert.equal(measure(answer, 'sites_resumed').now, 3);
  assert.deepEqual(answer.restated.filter((one) => one.measure === 'sites_resumed').map((one) => [one.kept, one.now]), [[4, 3]]);
  assert.equal(answer.return.version, own.version);

  await admin.post(`/api/v1/returns/${own.id}/restate`, {}, { expect: 422 });
  await admin.post(`/api/v1/returns/${own.id}/restate`, { reason: '乙厂当日停产补报' });
  answer = await state_of(admin, county);
  assert.deepEqual([answer.state, measure(answer, 'sites_resumed').value, answer.restated.length], ['sealed', 3, 0]);
  const [restated] = answer.restatements;
  assert.deepEqual([restated.by, restated.reason], ['admin', '乙厂当日停产补报']);
  assert.deepEqual(restated.changes.find((one) => one.measure === 'sites_resumed'), { measure: 'sites_resumed', sealed: 4, now: 3 });
  const history = await admin.get(`/api/v1/returns/${own.id}/history`);
  const before_it = history.rows[0].before.snapshot.figures.find((one) => one.measure === 'sites_resumed');
  assert.equal(before_it.value, 4);
  no_differences();
});

test('unchanged since yesterday is one tap', async () => {
  const told = await admin.post('/api/v1/returns/confirm', { site: firms[0].id, day: '2020-03-05', same: true });
  assert.equal(told.on_duty, 80);
  assert.equal((await admin.get(`/api/v1/sites/${firms[0].id}`)).version, (await admin.get(`/api/v1/sites/${firms[0].id}`)).version);
  await admin.post('/api/v1/returns/confirm', { site: firms[3].id, day: '2020-03-05', same: true }, { expect: 422 });
  const own = await admin.get('/api/v1/returns/day', { query: { site: firms[0].id, day: '2020-03-05' } });
  assert.deepEqual(own.figures.map((one) => [one.field, one.value, one.before]), [['staff', 100, 100], ['on_duty', 80, 80]]);
});

test('who has not reported, page by page', async () => {
  const seen = [];
  let next = null;
  do {
    const page = await admin.get('/api/v1/returns/missing', { query: { area: county.id, day: '2020-03-05', below: 1, limit: 2, ...(next ? { after: next } : {}) } });
    seen.push(...page.rows.map((row) => (row.area ?? row.site).name));
    next = page.next;
  } while (next);
  assert.deepEqual(seen.slice(0, 4), ['演示街道', '演示社区', '样例社区', '样例街道']);
  assert.deepEqual(seen.slice(4).sort(), ['演示丁厂', '演示丙厂', '演示乙厂'].sort());
});

test('the numbers of the bulletin are those of the tallies, and open; missing, zero and late are told apart', async () => {
  const bulletin = await admin.get('/api/v1/bulletin', { query: { area: county.id, day, language: 'zh' } });
  const pieces = bulletin.paragraphs.flatMap((one) => one.segments);
  const figures = pieces.filter((one) => one.measure);
  assert.ok(figures.length >= 8);
  for (const piece of figures.filter((one) => !one.total)) {
    assert.equal(piece.value, await count(piece.measure, county), piece.measure);
    assert.equal(piece.text.replaceAll(',', ''), String(piece.value));
    assert.equal(piece.day, day);
  }
  assert.match(bulletin.zh, /娄星区工作情况通报（2020年3月4日）/);
  assert.match(bulletin.zh, /应复工企业4家，已复工3家（较前一日减少1家），复工率75\.0%（较前一日下降25\.0个百分点）/);
  assert.match(bulletin.zh, /下级区划2个，已报1个，其中零报告1个，迟报1个；经批准免报1个（样例街道）。/);
  assert.match(bulletin.zh, /应报企业4家，已报4家，其中零报告2家，迟报1家。上报率100%，及时率75\.0%。/);
  assert.match(bulletin.zh, /admin更正（乙厂当日停产补报）：.*已复工企业由4改为3/);
  assert.match(bulletin.en, /Of 4 firms due to work, 3 are working \(down 1 on the day before\), a rate of 75\.0%/);
  assert.doesNotMatch(bulletin.zh + bulletin.en, /[{}—]|undefined/);
  const shell = run_muster(['bulletin', '--store', muster.store, '--area', '431302', '--day', day, '--language', 'zh']).out;
  assert.equal(shell, bulletin.zh);
  assert.match(run_muster(['bulletin', '--store', muster.store, '--area', '431302', '--day', day, '--language', 'en', '--format', 'md']).out, /^# Bulletin: 娄星区, 4 March 2020\n/);
  assert.equal(JSON.parse(run_muster(['bulletin', '--store', muster.store, '--area', '431302', '--day', day, '--format', 'json']).out).paragraphs.length, bulletin.paragraphs.length);
  run_muster(['bulletin', '--store', muster.store, '--area', '999999'], { expect: 4 });
  if (process.env.SHOW) console.log(bulletin.zh, bulletin.en);
});

test('a bulletin of a day that is not in yet says so, names who is missing, and tells totals from what came that day', async () => {
  const on = '2020-03-05';
  await admin.post('/api/v1/needs', { site: firms[0].id, kind: 'labour', text: '缺少熟练工' });
  const bulletin = await admin.get('/api/v1/bulletin', { query: { area: county.id, day: on, language: 'zh' } });
  assert.match(bulletin.zh, /本级日报尚未上报，以下为动态汇总数，可能变动。/);
  assert.match(bulletin.zh, /累计受理诉求1件，已办结0件，办结率0%，未办结1件。当日新受理1件（较前一日增加1件）。/);
  assert.match(bulletin.zh, /未报2个（演示街道、样例街道）。/);
  assert.match(bulletin.zh, /应报企业4家，已报1家；未报3家（演示[乙丙丁]厂、演示[乙丙丁]厂、演示[乙丙丁]厂）。上报率25\.0%，及时率25\.0%。未报不作零报告处理。/);
  assert.match(bulletin.zh, /其中3家企业当日未确认，按最近一次已知情况计入。/);
  assert.match(bulletin.en, /Of 1 needs raised so far, 0 are solved, a rate of 0%; 1 are open\. 1 came in that day \(up 1 on the day before\)\./);
  assert.doesNotMatch(bulletin.zh + bulletin.en, /[{}—]/);
  for (const piece of bulletin.paragraphs.flatMap((one) => one.segments).filter((one) => one.total)) {
    const counted = await admin.get('/api/v1/tallies', { query: { area: county.id, day: on, measure: piece.measure, total: 1 } });
    assert.equal(piece.value, counted.rows[0].counts[piece.measure].value, piece.measure);
  }
});

test('a community is asked for its day by the town that it stood under then, and no more once it is merged', async () => {
  const names = async (area, on) => (await state_of(admin, area, on)).children.map((one) => one.area.name);
  const third = await admin.post('/api/v1/areas', { code: '431302001003', name: '丙社区', level: 5, parent: town.id });
  await admin.post(`/api/v1/areas/${third.id}/move`, { parent: town_two.id, effective: '2020-03-05' });
  assert.deepEqual(await names(town_two, '2020-03-05'), ['丙社区']);
  assert.deepEqual(await names(town_two, day), []);
  const fourth = await admin.post('/api/v1/areas', { code: '431302002004', name: '丁社区', level: 5, parent: town_two.id });
  await admin.post(`/api/v1/areas/${fourth.id}/merge`, { successor: third.id, effective: '2020-03-05' });
  assert.deepEqual(await names(town_two, '2020-03-05'), ['丙社区']);
  assert.deepEqual(await names(third, '2020-03-05'), []);
  no_differences();
});

// Somebody with one role: a second administrator whose grants are changed, as accounts get their first password from the shell.
async function someone(name, grant) {
  run_muster(['init', '--store', muster.store, '--admin', name], { input: `${password}\n` });
  const user = (await admin.get('/api/v1/users', { query: { q: name } })).rows.find((row) => row.name === name);
  const grants = (await admin.get('/api/v1/grants', { query: { user: user.id } })).rows;
  await admin.post('/api/v1/grants', { user: user.id, ...grant });
  for (const one of grants) await admin.del(`/api/v1/grants/${one.id}`, { reason: '调整' });
  return muster.client(name);
}

test('a firm sees and confirms its own day only; a village officer does not seal; the level above sends back', async () => {
  const on = '2020-03-05';
  const firm = await someone('yanshi-firm', { role: 'enterprise', site: firms[1].id });
  assert.equal((await firm.get('/api/v1/returns/day', { query: { site: firms[1].id, day: on } })).state, 'missing');
  await firm.get('/api/v1/returns/day', { query: { site: firms[0].id, day: on }, expect: 404 });
  await firm.get('/api/v1/returns/day', { query: { area: county.id, day: on }, expect: 404 });
  await firm.get('/api/v1/returns/missing', { query: { area: county.id, day: on }, expect: 404 });
  await firm.get('/api/v1/bulletin', { query: { area: county.id, day: on }, expect: 404 });
  await firm.post('/api/v1/returns/confirm', { site: firms[0].id, day: on, zero: true }, { expect: 404 });
  await firm.post('/api/v1/returns/confirm', { area: village.id, day: on, zero: true }, { expect: 404 });
  const own = await firm.post('/api/v1/returns/confirm', { site: firms[1].id, day: on, on_duty: 31 });
  assert.equal(own.submitted_by, 'yanshi-firm');
  assert.deepEqual((await firm.get('/api/v1/returns')).rows.map((row) => row.site), [firms[1].id, firms[1].id]);
  await firm.post(`/api/v1/returns/${own.id}/send_back`, { reason: '自退' }, { expect: 403 });

  const officer = await someone('yanshi-officer', { role: 'officer', area: village.id });
  const mine = await officer.post('/api/v1/returns/confirm', { area: village.id, day: on, zero: true });
  await officer.post(`/api/v1/returns/${mine.id}/seal`, {}, { expect: 403 });
  await officer.post(`/api/v1/returns/${mine.id}/send_back`, { reason: '自退' }, { expect: 403 });
  await officer.post('/api/v1/returns/confirm', { area: village_two.id, day: on, zero: true }, { expect: 404 });
  await officer.post('/api/v1/returns', { area: village_two.id, day: on, zero: true }, { expect: [404, 422] });
  await officer.get('/api/v1/returns/day', { query: { area: town.id, day: on }, expect: 404 });
  await officer.post(`/api/v1/returns/${own.id}/send_back`, { reason: '人数请核对' });

  const command = await someone('yanshi-command', { role: 'command', area: town.id });
  await command.post(`/api/v1/returns/${mine.id}/send_back`, { reason: '请补充' });
  const town_own = await command.post('/api/v1/returns/confirm', { area: town.id, day: on, zero: true });
  await command.post(`/api/v1/returns/${town_own.id}/send_back`, { reason: '自退' }, { expect: 403 });

  const liaison = await someone('yanshi-liaison', { role: 'liaison', area: village.id });
  await liaison.get('/api/v1/returns/day', { query: { area: village.id, day: on } });
  await liaison.post('/api/v1/returns/confirm', { area: village.id, day: on, zero: true }, { expect: 403 });
  no_differences();
});
