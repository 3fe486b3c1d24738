// Checklists and their versions: what is shipped, what a draft may be, and that a published version never changes.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { start_district } from '../checks.mjs';

let at, muster, admin;
before(async () => {
  at = await start_district('2020-03-05T02:00:00Z');
  ({ muster, admin } = at);
});
after(() => muster?.stop());

const item = (code, fields) => ({ code, text: 'Masks|口罩', answer: 'yesno', need: true, severity: 'minor', ...fields });
const body = (...items) => ({ sections: [{ code: 'A', title: 'Gate|入口', items }] });
let number = 0;
const make = (fields) => admin.post('/api/v1/templates', { code: `own_${++number}`, title: '自拟检查表', area: at.county.id, ...fields });
const version = (template, fields, options) => admin.post('/api/v1/template_versions', { template: template.id, ...fields }, options);

test('the reference checklists are there, published, plainly marked, and stay as they are', async () => {
  const { rows } = await at.liaison.get('/api/v1/templates?state=published&sort=code');
  assert.deepEqual(rows.map((row) => row.code), ['four_checks', 'four_in_place_eight_ones', 'items_48', 'musts_22', 'small_shops']);
  for (const row of rows) {
    assert.equal(row.reference, true);
    assert.match(row.title, /参考模板/);
    assert.match(row.title_en, /reference template/);
    assert.match(row.note, /not an official text/);
  }
  const list = rows.find((row) => row.code === 'items_48');
  const current = await at.liaison.get(`/api/v1/template_versions/${list.current}`);
  assert.deepEqual([current.number, current.items, current.state], [1, 48, 'published']);
  await version(list, { body: body(item('A1')) }, { expect: 409 });
  await admin.patch(`/api/v1/templates/${list.id}`, { title: '48项（官方）' }, { version: list.version, expect: 409 });
});

test('a copy of a reference checklist is changed and published', async () => {
  const reference = (await admin.get('/api/v1/templates?code=musts_22')).rows[0];
  const own = await make({ title: '本区22个必备' });
  assert.equal(own.state, 'draft');
  const draft = await version(own, { origin: reference.current });
  assert.deepEqual([draft.number, draft.items, draft.state], [1, 22, 'draft']);
  const changed = structuredClone(draft.body);
  changed.sections[0].items[0].due_days = 2;
  const saved = await admin.patch(`/api/v1/template_versions/${draft.id}`, { body: changed }, { version: draft.version });
  const published = await admin.post(`/api/v1/template_versions/${draft.id}/publish`, {});
  assert.equal(draft.may.write, true);
  assert.equal(published.state, 'published');
  assert.deepEqual(published.may, { write: false, steps: [] });
  assert.ok(published.published_at);
  const now = await admin.get(`/api/v1/templates/${own.id}`);
  assert.deepEqual([now.state, now.current], ['published', draft.id]);
  assert.equal(saved.body.sections[0].items[0].due_days, 2);
});

test('a published version never changes; a new one is made from it, one draft at a time', async () => {
  const own = await make();
  const first = await version(own, { body: body(item('A1')) });
  const published = await admin.post(`/api/v1/template_versions/${first.id}/publish`, {});
  await admin.patch(`/api/v1/template_versions/${first.id}`, { body: body(item('A2')) }, { version: published.version, expect: 409 });
  await admin.del(`/api/v1/template_versions/${first.id}`, { reason: '不要了' }, { expect: 409 });
  await admin.post(`/api/v1/template_versions/${first.id}/publish`, {}, { expect: 409 });
  const second = await version(own, { origin: first.id });
  assert.deepEqual([second.number, second.body], [2, first.body]);
  await version(own, { origin: first.id }, { expect: 409 });
  assert.equal((await admin.get(`/api/v1/templates/${own.id}`)).current, first.id);
  await admin.post(`/api/v1/template_versions/${second.id}/publish`, {});
  assert.equal((await admin.get(`/api/v1/templates/${own.id}`)).current, second.id);
  assert.deepEqual((await admin.get(`/api/v1/template_versions?template=${own.id}&sort=-number`)).rows.map((row) => row.number), [2, 1]);
});

test('every fault of a body names its section and item', async () => {
  const own = await make();
  const wrong = {
    sections: [
      { code: 'A', title: 'Gate|入口', items: [item('A1'), item('A1'), item('A2', { answer: 'maybe' }), item('A3', { text: 'Only English|' }), item('A4', { severity: undefined })] },
      { code: 'B', title: 'Stock|物资', items: [item('B1', { answer: 'number', min: 9, max: 3 }), item('B2', { min: 3 }), item('B3', { answer: 'text', due_days: 3 }), item('B4', { due_days: -1 }), item('B5', { colour: 'red' }), item('B 6')] },
      { code: 'B', title: '|', items: [] },
    ],
  };
  const problem = await version(own, { body: wrong }, { expect: 422 });
  const said = problem.fields.map((fault) => fault.detail);
  for (const expected of [/^Section A, item A1: this code is used twice/, /^Section A, item A2: answer must be one of yesno, number, text, photo/, /^Section A, item A3: text needs its Chinese/,
    /^Section A, item A4: severity must be one of/, /^Section B, item B1: min is above max/, /^Section B, item B2: min and max are for numbers/, /^Section B, item B3: due_days is for items that can fail/,
    /^Section B, item B4: due_days must be from 0/, /^Section B, item B5: colour is not known/, /^Section B, item B 6: code must be/, /^Section B: this code is used twice/, /^Section B: title needs its Chinese/, /^Section B: has no items/])
    assert.ok(said.some((text) => expected.test(text)), `${expected} in ${said.join('; ')}`);
  assert.ok(problem.fields.every((fault) => fault.field === 'body'));
  const chinese = await version(own, { body: wrong }, { expect: 422, headers: { 'Accept-Language': 'zh' } });
  assert.ok(chinese.fields.some((fault) => fault.detail === '分组 A，条目 A1：代码重复'));
  await version(own, { body: { sections: [] } }, { expect: 422 });
  await version(own, { body: [] }, { expect: 422 });
  await version(own, {}, { expect: 422 });
});

test('Chinese alone is enough', async () => {
  const own = await make();
  const made = await version(own, { body: { sections: [{ code: 'A', title: '入口', items: [item('A1', { text: '|测温' }), item('A2', { text: '口罩' })] }] } });
  assert.equal(made.items, 2);
});

test('who may write checklists, and where', async () => {
  await at.liaison.post('/api/v1/templates', { code: 'mine', title: '我的', area: at.town.id }, { expect: 403 });
  const chief = await at.user('chief1', [{ role: 'command', area: at.town.id }]);
  await chief.post('/api/v1/templates', { code: 'far', title: '别处', area: at.other.id }, { expect: 422 });
  const own = await chief.post('/api/v1/templates', { code: 'near', title: '本街道', area: at.town.id });
  assert.equal(own.names.area, '演示街道');
  await chief.post('/api/v1/template_versions', { template: own.id, body: body(item('A1')) });
  const county = await make();
  await chief.post('/api/v1/template_versions', { template: county.id, body: body(item('A1')) }, { expect: 422 });
  await admin.post('/api/v1/templates', { code: 'near', title: '重名', area: at.county.id }, { expect: 422 });
});
