// Leave: who is away from when until when; what they hold is cut when it is granted, and given back, where it is still free, when they are back.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { at, person, recount, start_with_people } from '../people.mjs';

let muster, admin, officer, chief, stranger, county, town, firm, gate, away, mate, liaison, second, leave;
const stamp = (day, hour) => new Date(Date.parse(`2020-02-${String(day).padStart(2, '0')}T00:00:00+08:00`) + hour * 3_600_000).toISOString();
const fault = (answer, field, text) => assert.ok(answer.fields?.some((one) => one.field === field && text.test(one.detail)), JSON.stringify(answer));
const count = async (measure, day, area = town) => (await officer.get(`/api/v1/tallies?measure=${measure}&area=${area.id}&day=${day}`)).rows[0].counts[measure].value;
const ask = (more, options = {}) => officer.post('/api/v1/leaves', { person: away.id, kind: 'sick', begins: '2020-02-12', ...more }, options);
const send = (who, more = {}) => officer.post('/api/v1/assignments', { post: gate.id, person: who.id, begins: '2020-02-10', ...more });
const shift = (who, day, from, until) => officer.post('/api/v1/shifts', { post: gate.id, person: who.id, starts: stamp(day, from), ends: stamp(day, until) });
const live = async (plural, query) => (await officer.get(`/api/v1/${plural}?${query}&limit=100`)).rows;
const told = async (client) => (await client.get('/api/v1/notices')).rows.map((one) => one.what);

before(async () => {
  ({ muster, admin } = await start_with_people({ MUSTER_NOW: '2020-02-12T02:00:00Z' }));
  county = await admin.post('/api/v1/areas', { code: '431302', name: '娄星区', level: 3 });
  town = await admin.post('/api/v1/areas', { code: '431302001', name: '乐坪街道', level: 4, parent: county.id });
  const other = await admin.post('/api/v1/areas', { code: '431321', name: '双峰县', level: 3 });
  officer = await person(muster, admin, 'officer', 'officer', { area: county.id });
  chief = await person(muster, admin, 'chief', 'command', { area: county.id });
  stranger = await person(muster, admin, 'stranger', 'officer', { area: other.id });
  const unit = await admin.post('/api/v1/orgs', { name: '区住建局', kind: 'office', area: county.id });
  [away, mate] = await Promise.all([1, 2].map((n) => officer.post('/api/v1/people', { name: `演示员${n}`, area: town.id, phone: `1380000000${n}`, org: unit.id })));
  liaison = await person(muster, admin, 'liaison', 'liaison', { area: town.id });
  const user = await admin.get(`/api/v1/users/${liaison.user.id}`);
  await admin.patch(`/api/v1/users/${user.id}`, { person: away.id }, { version: user.version });
  second = await person(muster, admin, 'second', 'liaison', { area: town.id });
  firm = await officer.post('/api/v1/sites', { name: '演示企业', kind: 'enterprise', status: 'resumed', staff: 10, area: town.id });
  gate = await officer.post('/api/v1/posts', { title: '高铁站卡口', kind: 'checkpoint', area: town.id, needed: 2, begins: '2020-02-01', slots: '08:00-16:00 x1' });
});
after(() => muster?.stop());

test('a leave is of days in order, one at a time; a refusal says why', async () => {
  fault(await ask({ ends: '2020-02-11' }, { expect: 422 }), 'ends', /before the first day/);
  const asked = await ask({ reason: '发热待查' });
  assert.equal(asked.state, 'asked');
  assert.ok(!JSON.stringify(asked).includes('发热'), 'why somebody is away is private');
  fault(await ask({ begins: '2020-02-14' }, { expect: 422 }), 'begins', /another leave/);
  fault(await officer.post(`/api/v1/leaves/${asked.id}/refuse`, {}, { expect: 422 }), 'answer', /must be given/);
  const refused = await officer.post(`/api/v1/leaves/${asked.id}/refuse`, { answer: '人手紧张' });
  assert.deepEqual([refused.state, refused.decided_by], ['refused', 'officer']);
  assert.ok((await told(liaison)).includes('leave_refused'), 'who asked is told');
  await stranger.get(`/api/v1/leaves/${asked.id}`, { expect: 404 });
  assert.equal(await count('people_away', '2020-02-12'), 0);
});

test('whoever has an account asks for leave themselves, and it waits for the planner', async () => {
  await second.post('/api/v1/my/leaves', { kind: 'leave', begins: '2020-02-12' }, { expect: 409 });
  fault(await liaison.post('/api/v1/my/leaves', { kind: 'leave', begins: '2020-02-12', person: mate.id }, { expect: 422 }), 'person', /./);
  const body = { id: '01970000-0000-7000-8000-000000000001', kind: 'sick', begins: '2020-02-12', reason: '发热待查' };
  const one = await liaison.post('/api/v1/my/leaves', body);
  assert.equal((await liaison.post('/api/v1/my/leaves', body)).id, one.id, 'sent again, it is asked for once');
  leave = await officer.get(`/api/v1/leaves/${one.id}`);
  assert.deepEqual([leave.person, leave.state], [away.id, 'asked']);
  assert.ok((await officer.get('/api/v1/waiting')).rows.some((line) => line.kind === 'leaves_asked' && line.count === 1), 'it waits for the planner');
  assert.ok((await told(officer)).includes('leave_asked'));
  const { reason } = await officer.get(`/api/v1/leaves/${one.id}?reveal=${encodeURIComponent('审批请假')}`);
  assert.equal(reason, '发热待查');
});

test('one sees what one asked for, with one’s own reason, and withdraws it while nobody has decided', async () => {
  const [mine, ...others] = (await liaison.get('/api/v1/my/leaves')).rows;
  assert.deepEqual([mine.id, mine.kind, mine.state, mine.reason, mine.answer], [leave.id, 'sick', 'asked', '发热待查', null]);
  assert.equal(others.find((one) => one.state === 'refused').answer, '人手紧张');
  assert.deepEqual((await second.get('/api/v1/my/leaves')), { person: null, rows: [] });
  const one = await liaison.post('/api/v1/my/leaves', { kind: 'leave', begins: '2020-01-20', ends: '2020-01-21', reason: '探亲' });
  await second.post(`/api/v1/my/leaves/${one.id}/withdraw`, {}, { expect: 404 });
  await liaison.post(`/api/v1/my/leaves/${one.id}/withdraw`, { state: 'granted' }, { expect: 422 });
  assert.equal((await liaison.post(`/api/v1/my/leaves/${one.id}/withdraw`, {})).state, 'withdrawn');
  await liaison.post(`/api/v1/my/leaves/${one.id}/withdraw`, {}, { expect: 409 });
  assert.ok((await told(officer)).includes('leave_withdrawn'));
  await officer.post(`/api/v1/leaves/${one.id}/grant`, {}, { expect: [403, 409] });
  const again = await liaison.post('/api/v1/my/leaves', { kind: 'leave', begins: '2020-01-20', ends: '2020-01-20' });
  assert.equal(again.state, 'asked', 'what was withdrawn stands in nobody’s way');
  await liaison.post(`/api/v1/my/leaves/${again.id}/withdraw`, {});
  assert.equal(await count('people_away', '2020-01-20'), 0);
});

test('granted, it cuts assignments, planned shifts and links from that day; the gap is there at once', async () => {
  await send(away, { lead: true, ends: '2020-02-20' });
  await send(mate);
  const done = await shift(away, 11, 8, 16);
  for (const day of [13, 14]) await shift(away, day, 8, 16);
  await officer.post('/api/v1/links', { site: firm.id, user: liaison.user.id, level: 'town', begins: '2020-02-01' });
  const need = await liaison.post('/api/v1/needs', { site: firm.id, kind: 'other', text: '缺口罩' });
  assert.deepEqual([await count('serving', '2020-02-12'), await count('sites_unlinked', '2020-02-12')], [2, 0]);
  leave = await chief.post(`/api/v1/leaves/${leave.id}/grant`, {});
  assert.deepEqual([leave.state, leave.cut_on], ['granted', '2020-02-12']);
  assert.deepEqual([await count('serving', '2020-02-11'), await count('serving', '2020-02-12')], [2, 1]);
  assert.deepEqual([await count('sites_unlinked', '2020-02-11'), await count('sites_unlinked', '2020-02-12')], [0, 1]);
  assert.deepEqual([await count('people_away', '2020-02-11'), await count('people_away', '2020-02-12', county)], [0, 1]);
  assert.deepEqual((await live('shifts', `person=${away.id}`)).map((one) => one.id), [done.id], 'what is past stays');
  assert.equal((await officer.get(`/api/v1/posts/${gate.id}`)).short, 1);
  assert.equal((await officer.get('/api/v1/leaves?away=1')).rows.length, 1);
  const heard = await told(officer);
  for (const what of ['site_gap', 'post_gap', 'need_away']) assert.ok(heard.includes(what), `${what}: ${heard}`);
  assert.ok((await told(liaison)).includes('need_away'), 'both sides are told');
  assert.equal((await officer.get(`/api/v1/coverage?area=${town.id}`)).gaps[0].site.id, firm.id);
  assert.equal((await officer.get(`/api/v1/needs/${need.id}`)).state, 'open');
  fault(await officer.patch(`/api/v1/leaves/${leave.id}`, { begins: '2020-02-13' }, { version: leave.version, expect: 422 }), 'begins', /does not change/);
  await officer.del(`/api/v1/leaves/${leave.id}`, { reason: '误填' }, { version: leave.version, expect: 409 });
});

const subs = async (client = officer) => (await client.get(`/api/v1/leaves/${leave.id}/substitutes`)).rows;

test('for each thing cut there are substitutes with the reasons, and what one chooses is made by the usual routes', async () => {
  const spare = await officer.post('/api/v1/people', { name: '演示替', area: town.id, skills: '测温', org: (await officer.get(`/api/v1/people/${away.id}`)).org });
  const rows = await subs();
  assert.deepEqual(rows.map((one) => [one.what, one.state, one.free]), [['assignment', 'open', true], ['shift', 'open', true], ['shift', 'open', true], ['link', 'open', true], ['need', 'open', true]]);
  const [post, first, later, link, need] = rows;
  assert.deepEqual(post.substitutes.map((one) => [one.person, one.name, one.load]), [[spare.id, '演**', 0]]);
  for (const why of ['same unit', 'near', 'carries nothing yet']) assert.ok(post.substitutes[0].why.includes(why), JSON.stringify(post.substitutes));
  assert.deepEqual(first.substitutes.map((one) => [one.person, one.why.includes('rested as the rules ask')]), [[mate.id, true]], 'a shift is for whoever holds the post');
  assert.ok(link.substitutes.some((one) => one.user === second.user.id && one.account === 'second'), JSON.stringify(link.substitutes));
  assert.ok(!link.substitutes.some((one) => one.user === liaison.user.id), 'not the one on leave');
  assert.ok(need.substitutes.some((one) => one.account === 'second'));
  const reader = await subs(second);
  assert.ok(reader.every((one) => !one.may && !one.substitutes.length), 'who may not fill the place gets no names');
  await stranger.get(`/api/v1/leaves/${leave.id}/substitutes`, { expect: 404 });
  // a shift too near to theirs breaks the rules of rest
  const near = await shift(mate, 12, 22, 30);
  assert.deepEqual((await subs())[1].substitutes, []);
  await officer.del(`/api/v1/shifts/${near.id}`, { reason: '重排' }, { version: near.version, expect: [200, 204] });
  const made = await officer.post('/api/v1/assignments', { post: gate.id, person: spare.id, begins: post.from, ends: post.ends });
  assert.equal((await subs())[0].free, false, 'the place is taken');
  assert.deepEqual((await subs())[1].substitutes.map((one) => one.person).sort(), [mate.id, spare.id].sort());
  await officer.del(`/api/v1/assignments/${made.id}`, { reason: '误派' }, { version: made.version, expect: [200, 204] });
});

test('back, what is still free is theirs again; what is not says why', async () => {
  await at(muster, '2020-02-13T06:00:00Z');
  await officer.post('/api/v1/links', { site: firm.id, user: second.user.id, level: 'town', begins: '2020-02-13' });
  await shift(mate, 14, 8, 16);
  const deed = '01970000-0000-7000-8000-000000000002';
  const back = await officer.post(`/api/v1/leaves/${leave.id}/back`, { deed });
  assert.equal((await officer.post(`/api/v1/leaves/${leave.id}/back`, { deed })).version, back.version, 'sent again, it is done once');
  assert.deepEqual([back.state, back.back_on], ['back', '2020-02-13']);
  assert.deepEqual((await subs()).map((one) => [one.what, one.state, one.why]), [
    ['assignment', 'back', null], ['shift', 'lost', 'its time is over'], ['shift', 'lost', 'somebody else stands there'], ['link', 'lost', 'somebody else answers for it'], ['need', 'back', null]]);
  const held = await live('assignments', `person=${away.id}&sort=begins`);
  assert.deepEqual(held.map((one) => [one.begins, one.ends, one.lead]), [['2020-02-10', '2020-02-11', true], ['2020-02-13', '2020-02-20', true]]);
  assert.equal((await live('shifts', `person=${away.id}`)).length, 1, 'one shift is over, in the other somebody stands');
  assert.deepEqual((await live('links', `site=${firm.id}&sort=begins`)).filter((one) => !one.ends).map((one) => one.user), [second.user.id]);
  assert.deepEqual([await count('people_away', '2020-02-12'), await count('people_away', '2020-02-13')], [1, 0]);
  assert.ok((await told(liaison)).includes('leave_back'));
});

test('what somebody found goes on with a named follower, both are told; with a successor of the leave it goes on at once', async () => {
  const finder = await person(muster, admin, 'finder', 'liaison', { area: town.id });
  const heir = await person(muster, admin, 'heir', 'liaison', { area: town.id });
  const afar = await person(muster, admin, 'afar', 'liaison', { area: (await admin.get('/api/v1/areas?code=431321')).rows[0].id });
  const own = await officer.post('/api/v1/people', { name: '查岗员', area: town.id });
  const user = await admin.get(`/api/v1/users/${finder.user.id}`);
  await admin.patch(`/api/v1/users/${user.id}`, { person: own.id }, { version: user.version });
  const checklist = (await finder.get('/api/v1/templates?code=items_48')).rows[0];
  const { sections } = (await finder.get(`/api/v1/template_versions/${checklist.current}`)).body;
  const value = (item, n) => ({ yesno: n ? 'yes' : 'no', number: item.min ?? item.max ?? 1 })[item.answer] ?? '无';
  const answers = Object.fromEntries(sections.flatMap((section) => section.items).filter((item) => !item.photo).map((item, n) => [item.code, { value: value(item, n) }]));
  await finder.post('/api/v1/checks', { site: firm.id, day: '2020-02-13', template_version: checklist.current, answers });
  const [finding] = (await finder.get('/api/v1/findings?mine=1')).rows;
  assert.ok(finding, 'who found it follows it');
  const hand = (to, options) => officer.post(`/api/v1/findings/${finding.id}/hand_on`, { follower: to.user.id }, options);
  fault(await hand(afar, { expect: 422 }), 'follower', /nobody who sees/);
  fault(await hand(finder, { expect: 422 }), 'follower', /already/);
  assert.equal((await hand(second)).follower, second.user.id);
  assert.ok((await told(second)).includes('finding_handed'));
  assert.ok((await told(finder)).includes('finding_passed'));
  assert.deepEqual([(await finder.get('/api/v1/findings?mine=1')).rows.length, (await second.get('/api/v1/findings?mine=1')).rows.length], [0, 1]);
  await hand(finder);
  // on leave without a successor it is open, and those who might go on are named
  const grant = async (more) => {
    const asked = await officer.post('/api/v1/leaves', { person: own.id, kind: 'sick', begins: '2020-02-13' });
    await officer.post(`/api/v1/leaves/${asked.id}/grant`, more);
    return { id: asked.id, cut: (await officer.get(`/api/v1/leaves/${asked.id}/substitutes`)).rows.find((one) => one.what === 'finding') };
  };
  const without = await grant({});
  assert.deepEqual([without.cut.state, without.cut.free], ['open', true]);
  assert.ok(without.cut.substitutes.some((one) => one.user === heir.user.id), JSON.stringify(without.cut));
  await officer.post(`/api/v1/leaves/${without.id}/back`, {});
  const withOne = await grant({ successor: heir.user.id });
  assert.equal(withOne.cut.state, 'handed');
  assert.equal((await officer.get(`/api/v1/findings/${finding.id}`)).follower, heir.user.id);
  assert.ok((await told(heir)).includes('finding_handed'), 'the successor is told');
});

test('with a successor the sites and needs go on at once; a leave that is to come cuts from its first day', async () => {
  const next = await person(muster, admin, 'next', 'liaison', { area: town.id });
  const links = () => live('links', `site=${firm.id}&sort=begins`);
  const own = await officer.post('/api/v1/links', { site: firm.id, user: liaison.user.id, level: 'village', begins: '2020-02-13' });
  const one = await ask({ kind: 'end', begins: '2020-02-15' });
  fault(await officer.post(`/api/v1/leaves/${one.id}/grant`, { successor: liaison.user.id }, { expect: 422 }), 'successor', /who goes on leave/);
  await officer.post(`/api/v1/leaves/${one.id}/grant`, { successor: next.user.id });
  const now = await links();
  assert.equal(now.find((link) => link.id === own.id).ends, '2020-02-14');
  assert.deepEqual(now.filter((link) => link.user === next.user.id).map((link) => [link.level, link.begins]), [['village', '2020-02-15']]);
  assert.deepEqual([await count('serving', '2020-02-14'), await count('serving', '2020-02-15')], [2, 1]);
  assert.ok((await told(next)).includes('need_relief_offered'), 'the need is offered to the successor');
  const later = await officer.post('/api/v1/leaves', { person: mate.id, kind: 'leave', begins: '2020-02-20' });
  await officer.post(`/api/v1/leaves/${later.id}/grant`, {});
  await officer.post(`/api/v1/leaves/${later.id}/back`, {});
  const spans = (await live('assignments', `person=${mate.id}&sort=begins`)).map((each) => [each.begins, each.ends]);
  assert.deepEqual(spans, [['2020-02-10', '2020-02-19'], ['2020-02-20', null]], 'a leave that is given up before it begins leaves no gap');
  assert.match(recount(muster), /\b0 differ/);
});

test('whoever is on leave is sent only with a reason, kept with a name; no roster proposes them, and by hand a shift asks for the reason too', async () => {
  const later = (more, options = {}) => officer.post('/api/v1/assignments', { post: gate.id, person: away.id, begins: '2020-02-16', ends: '2020-02-22', ...more }, options);
  const refused = await later({}, { expect: 422 });
  fault(refused, 'person', /is on leave/);
  fault(refused, 'over', /Only with a reason/);
  const sent = await later({ over: '无人可替' });
  assert.deepEqual([sent.over, sent.over_by], ['无人可替', 'officer']);
  const longer = await officer.patch(`/api/v1/assignments/${sent.id}`, { ends: '2020-02-24' }, { version: sent.version, expect: 422 });
  fault(longer, 'over', /Only with a reason/);
  const shorter = await officer.patch(`/api/v1/assignments/${sent.id}`, { ends: '2020-02-20', over: '' }, { version: sent.version, expect: 422 });
  fault(shorter, 'person', /is on leave/);
  const idle = await officer.post('/api/v1/people', { name: '演示闲', area: town.id });
  const kept = await send(idle, { begins: '2020-02-16', ends: '2020-02-17', over: '多余的理由' });
  assert.deepEqual([kept.over, kept.over_by], [null, null], 'a reason is kept where there is something that it sets aside');
  await officer.del(`/api/v1/assignments/${kept.id}`, { reason: '误派' }, { version: kept.version, expect: [200, 204] });

  // there is something about the substitute's health to be looked at, which is not told
  const frail = await officer.post('/api/v1/people', { name: '演示弱', area: town.id, limits: '哮喘' });
  const short = await officer.post('/api/v1/posts', { title: '夜岗', kind: 'checkpoint', area: town.id, needed: 2, begins: '2020-02-01', slots: '20:00-04:00 x1' });
  const strong = await officer.post('/api/v1/people', { name: '演示强', area: town.id });
  for (const one of [frail, strong]) await officer.post('/api/v1/assignments', { post: short.id, person: one.id, begins: '2020-02-13' });
  const night = await officer.post('/api/v1/roster', { post: short.id, day: '2020-02-17', days: 1 });
  assert.deepEqual(night.shifts.map((one) => one.person.id), [strong.id], 'among equals somebody without limits has the night');
  const nights = await officer.post('/api/v1/roster', { post: short.id, day: '2020-02-17', days: 4 });
  const look = 'has limits of health, and nights: look before this is taken';
  assert.deepEqual(nights.people.map((one) => [one.person.id, one.look]).sort(), [[frail.id, look], [strong.id, null]].sort());
  assert.ok(!JSON.stringify(nights).includes('哮喘'));
  const ill = await officer.post('/api/v1/leaves', { person: strong.id, kind: 'sick', begins: '2020-02-13' });
  await officer.post(`/api/v1/leaves/${ill.id}/grant`, {});
  const third = await officer.post('/api/v1/people', { name: '演示短', area: town.id, limits: '腰伤' });
  const [cut] = (await officer.get(`/api/v1/leaves/${ill.id}/substitutes`)).rows;
  assert.equal(cut.substitutes.find((one) => one.person === third.id).look, 'has limits of health: look before sending');

  const plan = await officer.post('/api/v1/roster', { post: gate.id, day: '2020-02-16', days: 3, people: [away.id] });
  assert.deepEqual([plan.filled, plan.shifts[0].why], [0, ['1 on leave']]);
  const body = { post: gate.id, person: away.id, starts: stamp(17, 8), ends: stamp(17, 16) };
  const asked = await officer.post('/api/v1/shifts', body, { expect: 422 });
  fault(asked, 'person', /is on leave/);
  fault(asked, 'over', /Only with a reason/);
  fault(await officer.post('/api/v1/shifts', { ...body, over: ' ' }, { expect: 422 }), 'over', /Only with a reason/);
  const made = await officer.post('/api/v1/shifts', { ...body, over: '无人可替' });
  assert.deepEqual([made.over, made.over_by], ['无人可替', 'officer']);
  assert.match(recount(muster), /\b0 differ/);
});
