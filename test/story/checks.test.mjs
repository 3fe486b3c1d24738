// One firm checked by 48 items, from the visit to the last finding closed: what counts, who may, what follows when time passes or a check is corrected.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { go_to, pass, photo, recount, start_district } from '../checks.mjs';
import { uuid7 } from '../harness.mjs';

let at, muster, list, version, check, findings;
const day = '2020-03-05'; // a Thursday
before(async () => {
  at = await start_district(`${day}T02:00:00Z`);
  muster = at.muster;
  list = (await at.liaison.get('/api/v1/templates?code=items_48')).rows[0];
  version = await at.liaison.get(`/api/v1/template_versions/${list.current}`);
});
after(() => muster?.stop());

const post = (body, options, client = at.liaison) => client.post('/api/v1/checks', { id: uuid7(), site: at.firm.id, day, template_version: version.id, ...body }, options);
const step = (row, name, body = {}, options, client = at.officer) => client.post(`/api/v1/findings/${row.id}/${name}`, body, options);
const of_check = async (id, query = '') => (await at.officer.get(`/api/v1/findings?visit=${id}&sort=due${query}`)).rows;
const count = async (measure, on) => (await at.officer.get(`/api/v1/tallies?area=431302&measure=${measure}&day=${on}`)).rows[0].counts[measure];
const values = async (measure, ...days) => Promise.all(days.map(async (on) => (await count(measure, on)).value));
const item = (code) => version.body.sections.flatMap((section) => section.items).find((one) => one.code === code);
const detail = (problem, field) => problem.fields.find((fault) => fault.field === field)?.detail ?? JSON.stringify(problem);

test('the 48 items filled: what failed is counted, what was put right on the spot closes, only the rest becomes findings', async () => {
  const before = await photo(at.liaison), behind = await photo(at.liaison), seen = await photo(at.liaison);
  const answers = pass(version, {
    A3: { value: 'no', note: '预案未写明转运流程', photos: [seen] },
    A4: { value: 'no', fixed: { before: [before], after: [behind], note: '当场张贴' } },
    B1: { value: 80 },
    B6: { value: 'na' },
  });
  check = await post({ answers, inspectors: [at.liaison.id, at.second.id], note: '联合核查' });
  assert.deepEqual([check.result, check.items_failed, check.items_fixed, check.state], ['failed', 3, 1, 'draft']);
  assert.deepEqual(check.people.map((one) => one.name), ['liaison1', 'liaison2']);
  assert.deepEqual([check.template_number, check.template_title], [1, `${list.title_en}|${list.title}`]);
  findings = await of_check(check.id);
  assert.deepEqual(findings.map((row) => [row.item, row.severity, row.state, row.day, row.due, row.overdue, row.level]), [
    ['A3', 'critical', 'open', day, '2020-03-06', false, 0],
    ['B1', 'major', 'open', day, '2020-03-08', false, 0],
  ]);
  assert.equal(findings[0].text, item('A3').text);
  assert.deepEqual(await values('findings_found', day), [2]);
  assert.deepEqual((await count('findings_open', day)).cells, { critical: 1, major: 1 });
  assert.deepEqual((await count('checks', day)).cells, { failed: 1 });
  // the firm's people see photos of a visit to their firm, though the phone did not say whose they are
  await at.firm_user.get(`/api/v1/files/${seen}`);
  await at.stranger.get(`/api/v1/files/${seen}`, { expect: 404 });
});

test('a phone that sends twice makes one check and the same findings', async () => {
  const body = { id: uuid7(), site: (await at.site({ name: '演示乙厂' })).id, day, template_version: version.id, answers: pass(version, { C1: { value: 'no' } }) };
  const one = await at.liaison.post('/api/v1/checks', body), two = await at.liaison.post('/api/v1/checks', body);
  assert.deepEqual([one.id, one.version], [two.id, two.version]);
  const { length } = await of_check(one.id);
  assert.equal(length, 1);
  await at.liaison.del(`/api/v1/checks/${one.id}`, { reason: '误填' });
  assert.equal((await of_check(one.id)).length, 0);
});

test('all put right in one visit is a result of its own', async () => {
  const before = await photo(at.liaison), behind = await photo(at.liaison);
  const other = await at.site({ name: '演示丙厂' });
  const row = await post({ site: other.id, answers: pass(version, { C1: { value: 'no', fixed: { before: [before], after: [behind] } } }) });
  assert.deepEqual([row.result, (await of_check(row.id)).length], ['fixed_on_spot', 0]);
  const clean = await post({ site: other.id, answers: pass(version) });
  assert.equal(clean.result, 'passed');
  const rate = (await at.officer.get(`/api/v1/indicators?area=431302&day=${day}`)).rows[0].indicators.one_visit;
  assert.deepEqual([rate.over, rate.under], [1, 2]);
});

test('a wrong entry is named by its item, and nothing is stored', async () => {
  const before = (await at.officer.get('/api/v1/checks')).rows.length;
  const without = pass(version);
  delete without.A6;
  delete without.J2;
  const missing = await post({ answers: without }, { expect: 422 });
  assert.match(detail(missing, 'answers.A6'), /^A6 must be answered: The number for reporting symptoms/);
  assert.match(detail(missing, 'answers.J2'), /^J2 must be answered/);
  const refuse = async (code, answer, pattern) => assert.match(detail(await post({ answers: pass(version, { [code]: answer }) }, { expect: 422 }), `answers.${code}`), pattern);
  await refuse('Z9', { value: 'yes' }, /is no item of this checklist/);
  await refuse('A1', { value: 'maybe' }, /must be yes, no or na/);
  await refuse('B1', { value: 'yes' }, /must be a number/);
  await refuse('A1', { value: 'yes', colour: 'red' }, /colour is not known/);
  await refuse('A1', { value: 'yes', fixed: { before: [], after: [] } }, /only what failed is put right/);
  await refuse('A1', { value: 'no', fixed: { before: [await photo(at.liaison)], after: [] } }, /needs photos before and after/);
  await refuse('A1', { value: 'no', photos: [uuid7()] }, /photo that is not there/);
  await refuse('A1', { value: 'no', photos: [await photo(at.stranger)] }, /photo that is not there/);
  await refuse('A1', { value: 'no', photos: [await photo(at.second)] }, /photo that is not there/);
  const paper = (await at.liaison.post('/api/v1/files', Buffer.from('text'), { type: 'text/plain' })).id;
  await refuse('A1', { value: 'no', photos: [paper] }, /is no photo/);
  assert.match(detail(await post({ answers: pass(version), result: 'failed' }, { expect: 422 }), 'result'), /does not follow/);
  assert.match(detail(await post({ answers: pass(version), day: '2020-03-06' }, { expect: 422 }), 'day'), /future/);
  assert.match(detail(await post({ answers: pass(version), inspectors: [at.firm_user.id] }, { expect: 422 }), 'inspectors'), /may check sites/);
  await post({ answers: pass(version), template_version: undefined }, { expect: 422 });
  await post({ answers: pass(version), state: 'confirmed' }, { expect: 422 });
  assert.equal((await at.officer.get('/api/v1/checks')).rows.length, before);
});

test('every inspector signs for themselves; then the firm confirms, and the check stays', async () => {
  const sign = (client, options) => client.post(`/api/v1/checks/${check.id}/sign`, {}, options);
  await at.firm_user.post(`/api/v1/checks/${check.id}/confirm`, {}, { expect: 409 });
  assert.equal((await sign(at.liaison)).state, 'draft');
  await sign(at.officer, { expect: 403 });
  assert.equal((await sign(at.second)).state, 'signed');
  // what says something else is signed by nobody
  check = await at.liaison.get(`/api/v1/checks/${check.id}`);
  check = await at.liaison.patch(`/api/v1/checks/${check.id}`, { note: '联合核查，补充' }, { version: check.version });
  assert.deepEqual([check.state, check.signatures], ['draft', []]);
  await sign(at.liaison);
  check = await sign(at.second);
  assert.deepEqual(check.signatures.map((one) => one.user), [at.liaison.id, at.second.id]);
  await at.liaison.post(`/api/v1/checks/${check.id}/confirm`, {}, { expect: 403 });
  check = await at.firm_user.post(`/api/v1/checks/${check.id}/confirm`, {});
  assert.deepEqual([check.state, check.confirmed_user], ['confirmed', at.firm_user.id]);
  await at.liaison.patch(`/api/v1/checks/${check.id}`, { answers: pass(version) }, { version: check.version, expect: 409 });
  await at.liaison.del(`/api/v1/checks/${check.id}`, { reason: '重填' }, { expect: 403 });
});

test('signed and confirmed by hand on the phone, without a network: one sending, names private', async () => {
  const [mine, theirs, firm] = [await photo(at.liaison), await photo(at.liaison), await photo(at.liaison)];
  const other = await at.site({ name: '演示丁厂' });
  const row = await post({ site: other.id, day: '2020-03-03', answers: pass(version), confirmed_by: '演示戊', confirmed_sign: firm,
    signed_here: [{ name: '演示甲', sign: mine }, { name: '演示园区员', sign: theirs }] });
  assert.deepEqual([row.state, row.day, row.confirmed_by], ['confirmed', '2020-03-03', '演**']);
  assert.equal(row.signatures[0].user, at.liaison.id);
  assert.ok(!JSON.stringify(row).includes('演示园区员'));
  const seen = await at.officer.get(`/api/v1/checks/${row.id}?reveal=${encodeURIComponent('核对签名')}`);
  assert.deepEqual(seen.signed_here.map((one) => one.name), ['演示甲', '演示园区员']);
  const step = await post({ site: other.id, answers: pass(version), signed_here: [{ name: '演示甲', sign: await photo(at.liaison) }] });
  assert.equal(step.state, 'signed');
  await at.second.post(`/api/v1/checks/${step.id}/confirm_here`, { confirmed_by: '演示戊' }, { expect: 403 });
  await at.liaison.post(`/api/v1/checks/${step.id}/confirm_here`, {}, { expect: 422 });
  assert.equal((await at.liaison.post(`/api/v1/checks/${step.id}/confirm_here`, { confirmed_by: '演示戊' })).state, 'confirmed');
});

test('the firm may confirm on the first phone before the second inspector has signed, and confirms only what it saw', async () => {
  const other = await at.site({ name: '演示辛厂' });
  let row = await post({ site: other.id, answers: pass(version), inspectors: [at.liaison.id, at.second.id] });
  const step = (name, body = {}, client = at.liaison) => client.post(`/api/v1/checks/${row.id}/${name}`, body);
  await step('sign');
  row = await step('confirm_here', { confirmed_by: '演示戊', confirmed_sign: await photo(at.liaison) });
  assert.deepEqual([row.state, row.confirmed_by], ['draft', '演**']);
  row = await at.liaison.patch(`/api/v1/checks/${row.id}`, { note: '补充' }, { version: row.version });
  assert.deepEqual([row.state, row.confirmed_by, row.confirmed_at], ['draft', null, null]);
  await step('sign');
  await step('confirm_here', { confirmed_by: '演示戊' });
  row = await step('sign', {}, at.second);
  assert.equal(row.state, 'confirmed');
  assert.ok(row.confirmed_at);
});

test('a firm that moves takes its checks and findings along', async () => {
  const mover = await at.site({ name: '演示壬厂' });
  const row = await post({ site: mover.id, answers: pass(version, { A1: { value: 'no' } }) });
  const open = async (area) => (await at.officer.get(`/api/v1/tallies?area=${area}&measure=findings_open&day=${day}`)).rows[0].counts.findings_open.value;
  const [here, there] = [await open('431302001'), await open('431302002')];
  await at.admin.patch(`/api/v1/sites/${mover.id}`, { area: at.other.id, effective: '2020-03-01' }, { version: mover.version });
  assert.deepEqual([await open('431302001'), await open('431302002')], [here - 1, there + 1]);
  await at.liaison.get(`/api/v1/checks/${row.id}`, { expect: 404 });
  assert.equal((await at.stranger.get(`/api/v1/findings?visit=${row.id}`)).rows.length, 1);
  await at.officer.del(`/api/v1/checks/${row.id}`, { reason: '演示' });
  assert.equal(await open('431302002'), there);
});

test('the findings of a corrected check follow: gone, new, and what was put right meanwhile stays', async () => {
  const other = await at.site({ name: '演示己厂' });
  const wrong = { A1: { value: 'no' }, A2: { value: 'no' }, A3: { value: 'no' } };
  let row = await post({ site: other.id, answers: pass(version, wrong) });
  const first = await of_check(row.id);
  const put_right = first.find((one) => one.item === 'A3');
  await step(put_right, 'rectify', { rectified_photos: [await photo(at.officer)] });
  row = await at.liaison.patch(`/api/v1/checks/${row.id}`, { answers: pass(version, { A2: { value: 'no' }, C3: { value: 'no' } }) }, { version: row.version });
  assert.equal(row.items_failed, 2);
  const now = await of_check(row.id);
  assert.deepEqual(now.map((one) => [one.item, one.state]).sort(), [['A2', 'open'], ['A3', 'rectified'], ['C3', 'open']]);
  assert.equal(now.find((one) => one.item === 'A2').id, first.find((one) => one.item === 'A2').id);
  const gone = first.find((one) => one.item === 'A1');
  assert.equal((await at.officer.get(`/api/v1/findings/${gone.id}`)).voided, true);
  await at.second.patch(`/api/v1/checks/${row.id}`, { answers: pass(version) }, { version: row.version, expect: 403 });
  // a finding does not go by itself, nor is it made by hand
  await at.liaison.del(`/api/v1/findings/${now.find((one) => one.item === 'C3').id}`, { reason: '不想要' }, { expect: 409 });
  await at.officer.post('/api/v1/findings', { site: other.id, visit: row.id, item: 'A5' }, { expect: 422 });
  await at.officer.del(`/api/v1/checks/${row.id}`, { reason: '走错企业' });
  assert.equal((await of_check(row.id)).length, 0);
});

test('put right with a photo, rechecked by an officer, sent back with a reason', async () => {
  const [late] = findings;
  await step(late, 'rectify', {}, { expect: 422 }, at.firm_user);
  await step(late, 'rectify', { rectified_photos: [] }, { expect: 422 }, at.firm_user);
  await step(late, 'rectify', { rectified_photos: [await photo(at.liaison)] }, { expect: 422 }, at.firm_user);
  await step(late, 'close', {}, { expect: 409 });
  const done = await step(late, 'rectify', { rectified_photos: [await photo(at.firm_user)], rectified_note: '已补充' }, {}, at.firm_user);
  assert.deepEqual([done.state, done.rectified_day, done.names.rectified_by], ['rectified', day, 'firm1']);
  assert.deepEqual((await at.officer.get('/api/v1/findings?state=rectified')).rows.map((row) => row.id), [late.id]);
  await step(late, 'close', {}, { expect: 403 }, at.firm_user);
  await step(late, 'close', {}, { expect: 403 }, at.liaison);
  await step(late, 'close', {}, { expect: 404 }, at.stranger);
  await step(late, 'send_back', {}, { expect: 422 });
  const back = await step(late, 'send_back', { sent_back_reason: '照片看不清' });
  assert.deepEqual([back.state, back.sent_back, back.rectified_day], ['sent_back', 1, null]);
  await step(late, 'rectify', { rectified_photos: [await photo(at.firm_user)], rectified_day: '2020-03-04' }, { expect: 422 }, at.firm_user);
  await step(late, 'rectify', { rectified_photos: [await photo(at.firm_user)], rectified_day: '2020-03-06' }, { expect: 422 }, at.firm_user);
});

test('an extension is asked for before the deadline, and decided by an officer', async () => {
  const [, row] = findings;
  await step(row, 'ask_extension', { asked_due: '2020-03-08', asked_reason: '等供货' }, { expect: 422 }, at.firm_user);
  const asked = await step(row, 'ask_extension', { asked_due: '2020-03-10', asked_reason: '等供货' }, {}, at.firm_user);
  assert.deepEqual([asked.due, asked.asked_due], ['2020-03-08', '2020-03-10']);
  assert.deepEqual((await at.officer.get('/api/v1/findings?asked=1')).rows.map((one) => one.id), [row.id]);
  await step(row, 'extend', {}, { expect: 403 }, at.firm_user);
  const extended = await step(row, 'extend', { extension_note: '同意' });
  assert.deepEqual([extended.due, extended.asked_due, extended.extensions], ['2020-03-10', null, 1]);
  await step(row, 'decline', { extension_note: '不同意' }, { expect: 409 });
});

test('overdue findings count from the day after, go up to the town, and after three working days to the county', async () => {
  const [late] = findings;
  const on = async (now) => {
    await go_to(at, now);
    const row = await at.officer.get(`/api/v1/findings/${late.id}`);
    const listed = async (view) => (await at.officer.get(`/api/v1/findings?${view}=1`)).rows.some((one) => one.id === late.id);
    return [row.overdue, row.level, await listed('overdue'), await listed('town'), await listed('county')];
  };
  assert.deepEqual(await on('2020-03-06T02:00:00Z'), [false, 0, false, false, false]);
  // 15:59 in Beijing's zone is 23:59 of Friday; a minute later it is Saturday
  assert.deepEqual(await on('2020-03-06T15:59:00Z'), [false, 0, false, false, false]);
  assert.deepEqual(await on('2020-03-06T16:00:30Z'), [true, 1, true, true, false]);
  assert.deepEqual(await on('2020-03-10T02:00:00Z'), [true, 1, true, true, false]);
  assert.deepEqual(await on('2020-03-11T02:00:00Z'), [true, 2, true, true, true]);
  assert.deepEqual(await values('findings_overdue', '2020-03-06', '2020-03-07', '2020-03-10', '2020-03-11'), [0, 1, 1, 2]);
  await step(late, 'ask_extension', { asked_due: '2020-03-20', asked_reason: '等' }, { expect: 409 }, at.firm_user);
  await step(findings[1], 'escalate', { raised: 2, raised_reason: '拒不整改' }, { expect: 403 }, at.firm_user);
  assert.equal((await step(findings[1], 'escalate', { raised: 2, raised_reason: '拒不整改' }, {}, at.liaison)).level, 2);
});

test('closed at last: in time or not, rates, and the days before stay what they were', async () => {
  const [late, other] = findings;
  await step(late, 'rectify', { rectified_photos: [await photo(at.firm_user)] }, {}, at.firm_user);
  const closed = await step(late, 'close', { recheck_note: '现场复核合格' });
  assert.deepEqual([closed.state, closed.closed_day, closed.overdue, closed.level], ['closed', '2020-03-11', false, 0]);
  await step(late, 'rectify', { rectified_photos: [await photo(at.firm_user)] }, { expect: 409 }, at.firm_user);
  // told late: the photo was made on the last day of the term
  await step(other, 'rectify', { rectified_photos: [await photo(at.liaison)], rectified_day: '2020-03-10' }, {}, at.liaison);
  await step(other, 'close');
  assert.deepEqual(await values('findings_overdue', '2020-03-07', '2020-03-10', '2020-03-11'), [1, 1, 0]);
  assert.deepEqual(await values('findings_open', day, '2020-03-10', '2020-03-11'), [2, 2, 0]);
  assert.deepEqual(await values('findings_closed', '2020-03-10', '2020-03-11'), [0, 2]);
  assert.deepEqual(await values('findings_closed_in_time', '2020-03-10', '2020-03-11'), [0, 1]);
  const rate = async (on) => (await at.officer.get(`/api/v1/indicators?area=431302&day=${on}`)).rows[0].indicators.rectified;
  assert.deepEqual([(await rate(day)).rate, (await rate('2020-03-11')).rate], [0, 1]);
  const behind = await at.officer.get('/api/v1/tallies/rows?measure=findings_overdue&area=431302&day=2020-03-07');
  assert.deepEqual(behind.rows.map((one) => [one.row.id, one.row.state]), [[late.id, 'sent_back']]);
  assert.deepEqual((await at.officer.get(`/api/v1/findings?day=${day}&visit=${check.id}`)).rows.length, 2);
});

test('a check keeps the version it used after a new one is published', async () => {
  const own = await at.admin.post('/api/v1/templates', { code: 'short', title: '短表', title_en: 'Short', area: at.county.id });
  const make = (text) => ({ sections: [{ code: 'A', title: 'Gate|入口', items: [{ code: 'A1', text, answer: 'yesno', need: true, severity: 'major' }] }] });
  const first = await at.admin.post('/api/v1/template_versions', { template: own.id, body: make('Old|旧条目') });
  const visit = (used, options) => post({ template_version: used.id, day: '2020-03-11', answers: { A1: { value: 'no' } } }, options);
  await visit(first, { expect: 422 }); // still a draft
  await at.admin.post(`/api/v1/template_versions/${first.id}/publish`, {});
  const old = await visit(first);
  const second = await at.admin.post('/api/v1/template_versions', { template: own.id, body: make('New|新条目') });
  await at.admin.post(`/api/v1/template_versions/${second.id}/publish`, {});
  const late = await visit(first), now = await visit(second);
  const text = async (row) => (await of_check(row.id))[0].text;
  assert.deepEqual([await text(old), await text(late), await text(now)], ['Old|旧条目', 'Old|旧条目', 'New|新条目']);
  assert.deepEqual([(await at.officer.get(`/api/v1/checks/${old.id}`)).template_number, now.template_number], [1, 2]);
  assert.equal((await of_check(old.id))[0].due, '2020-03-14', 'no days of its own: three for a major finding');
  await at.admin.post(`/api/v1/templates/${own.id}/close`, {});
  await go_to(at, '2020-03-12T02:00:00Z');
  await post({ template_version: second.id, day: '2020-03-12', answers: { A1: { value: 'no' } } }, { expect: 422 });
  await visit(second); // filled in before it was closed, sent now
});

test('an interview is put on record, by officers, with the names kept private', async () => {
  const body = { site: at.firm.id, finding: findings[0].id, day: '2020-03-12', who: '演示街道办', present: '演示甲、演示乙', minutes: '承诺三日内整改', promise_day: '2020-03-15' };
  await at.liaison.post('/api/v1/interviews', body, { expect: 403 });
  const row = await at.officer.post('/api/v1/interviews', body);
  assert.equal(row.present, '***');
  await at.officer.post('/api/v1/interviews', { ...body, promise_day: '2020-03-01' }, { expect: 422 });
  const elsewhere = await at.site({ name: '演示庚厂' });
  await at.officer.post('/api/v1/interviews', { ...body, site: elsewhere.id }, { expect: 422 });
  assert.deepEqual(await values('interviews', '2020-03-12'), [1]);
  assert.equal((await at.firm_user.get('/api/v1/interviews')).rows.length, 1);
});

test('a patrol round counts its sites and the visits made in it', async () => {
  const round = await at.officer.post('/api/v1/rounds', { title: '三月巡查', area: at.town.id, from_day: '2020-03-11', until_day: '2020-03-20', tier: 'key', template: list.id, inspectors: [at.liaison.id] });
  await at.officer.post('/api/v1/rounds', { title: '倒置', area: at.town.id, from_day: '2020-03-11', until_day: '2020-03-01' }, { expect: 422 });
  const small = await at.site({ name: '演示小店', tier: 'small' });
  const progress = () => at.liaison.get(`/api/v1/rounds/${round.id}/progress`);
  const before = await progress();
  assert.equal(before.done, 0);
  await post({ round: round.id, day: '2020-03-12', answers: pass(version) });
  await post({ round: round.id, day: '2020-03-12', answers: pass(version) });
  await post({ round: round.id, site: small.id, day: '2020-03-12', answers: pass(version) }, { expect: 422 });
  await post({ round: round.id, day: '2020-03-05', answers: pass(version) }, { expect: 422 });
  const now = await progress();
  assert.deepEqual([now.planned, now.done], [before.planned, 1]);
  assert.ok(!now.left.some((one) => one.id === at.firm.id) && now.left.length === now.planned - 1);
  await at.stranger.get(`/api/v1/rounds/${round.id}/progress`, { expect: 404 });
  // a zone cuts across areas: its sites are planned, and no others of the area
  const far = await at.site({ name: '演示癸厂', area: at.other.id });
  const zone = await at.admin.post('/api/v1/zones', { name: '演示片区', area: at.county.id });
  await at.admin.post('/api/v1/zone_members', { zone: zone.id, site: far.id });
  await at.admin.post('/api/v1/zone_members', { zone: zone.id, site: small.id });
  const patrol = await at.officer.post('/api/v1/rounds', { title: '片区巡查', area: at.county.id, zone: zone.id, from_day: '2020-03-11', until_day: '2020-03-20' });
  await post({ round: patrol.id, site: small.id, day: '2020-03-12', answers: pass(version) }, {}, at.officer);
  await post({ round: patrol.id, day: '2020-03-12', answers: pass(version) }, { expect: 422 }, at.officer);
  const seen = await at.officer.get(`/api/v1/rounds/${patrol.id}/progress`);
  assert.deepEqual([seen.planned, seen.done, seen.left.map((one) => one.id)], [2, 1, [far.id]]);
  assert.equal((await at.liaison.get('/api/v1/checks?mine=1')).rows.some((one) => one.round === round.id), true);
});

test('inspectors are chosen from those who may check the site', async () => {
  const named = async (client, options) => (await client.get(`/api/v1/inspectors?site=${at.firm.id}`, options)).rows?.map((one) => one.name);
  assert.deepEqual(await named(at.liaison), ['admin', 'liaison1', 'liaison2', 'officer1']);
  await named(at.stranger, { expect: 404 });
  await named(at.firm_user, { expect: 403 });
});

test('what is out of reach is not there', async () => {
  for (const path of [`checks/${check.id}`, `findings/${findings[0].id}`]) await at.stranger.get(`/api/v1/${path}`, { expect: 404 });
  for (const plural of ['checks', 'findings', 'interviews', 'rounds']) assert.equal((await at.stranger.get(`/api/v1/${plural}`)).rows.length, 0, plural);
  await post({ answers: pass(version) }, { expect: 422 }, at.stranger);
  await post({ answers: pass(version) }, { expect: 403 }, at.firm_user);
});

test('counting again from the rows finds no difference', () => assert.equal(recount(muster), '0 differences'));
