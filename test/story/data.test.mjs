// What muster ships in data/: both languages everywhere, codes that hold together, the counts that README.md of data/ tells.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';

const data = new URL('../../data/', import.meta.url);
const load = (name) => JSON.parse(readFileSync(new URL(name, data), 'utf8'));
const names = readdirSync(new URL('templates/', data)).filter((name) => name.endsWith('.json'));
const templates = names.map((name) => ({ name, ...load(`templates/${name}`) }));
const choices = load('choices.json');

const counts = {
  items_48: { A: 6, B: 8, C: 6, D: 6, E: 8, F: 4, G: 4, H: 3, I: 1, J: 2 },
  musts_22: { A: 6, B: 5, C: 5, D: 6 },
  four_checks: { A: 4, B: 5, C: 4, D: 5, E: 2 },
  small_shops: { A: 4, B: 4, C: 6, D: 3, E: 6 },
  four_in_place_eight_ones: { A: 4, B: 4, C: 4, D: 5, E: 8 },
};

function two_languages(text, where) {
  assert.equal(typeof text, 'string', where);
  const halves = text.split('|');
  assert.equal(halves.length, 2, `${where}: one bar between English and Chinese: ${text}`);
  for (const half of halves) {
    assert.equal(half, half.trim(), `${where}: space at an end: ${text}`);
    assert.ok(half, `${where}: an empty half: ${text}`);
  }
  assert.match(halves[0], /^[\x20-\x7e°×÷]+$/, `${where}: English only before the bar: ${text}`);
  return halves;
}

function unique(rows, where) {
  const codes = rows.map((row) => row.code);
  assert.equal(new Set(codes).size, codes.length, `${where}: a code twice in ${codes}`);
}

function check_item(item, where) {
  const known = ['code', 'text', 'answer', 'unit', 'need', 'severity', 'evidence', 'hint', 'min', 'max', 'due_days'];
  assert.deepEqual(Object.keys(item).filter((key) => !known.includes(key)), [], `${where}: unknown key`);
  assert.match(item.code, /^[A-Z]\d{1,2}$/, where);
  const [english, chinese] = two_languages(item.text, where);
  assert.ok([...chinese].length <= 40, `${where}: longer than 40 characters`);
  assert.ok(english.length <= 100, `${where}: longer than 100 letters`);
  assert.match(chinese, /\p{Script=Han}/u, where);
  if ('hint' in item) assert.match(two_languages(item.hint, `${where} hint`)[1], /\p{Script=Han}/u);
  assert.ok(['yesno', 'number', 'text', 'photo'].includes(item.answer), where);
  assert.equal(typeof item.need, 'boolean', where);
  assert.ok(['document', 'object', 'witness', 'photo', 'none'].includes(item.evidence), where);

  const limited = 'min' in item || 'max' in item;
  assert.ok(!limited || item.answer === 'number', `${where}: a threshold on what is no number`);
  for (const limit of ['min', 'max']) if (limit in item) assert.ok(Number.isInteger(item[limit]), where);
  assert.ok(!('min' in item && 'max' in item) || item.min <= item.max, where);
  assert.equal('unit' in item, item.answer === 'number', `${where}: a unit goes with a number`);
  if ('unit' in item) two_languages(item.unit, `${where} unit`);

  const severity = choices.severities.find((row) => row.code === item.severity);
  assert.ok(severity, `${where}: unknown severity`);
  const can_fail = item.answer === 'yesno' || limited;
  assert.equal(item.due_days, can_fail ? severity.amount : undefined, `${where}: due days of its severity`);
}

test('every template is there, and none that nobody counts', () => {
  assert.deepEqual(templates.map((template) => template.code).sort(), Object.keys(counts).sort());
  for (const template of templates) assert.equal(template.name, `${template.code}.json`);
});

for (const template of templates) {
  test(`template ${template.code}: plainly marked, counted, both languages, codes once`, () => {
    const [title, title_chinese] = two_languages(template.title, 'title');
    assert.match(title, /reference template/);
    assert.match(title_chinese, /参考模板/);
    const [note, note_chinese] = two_languages(template.note, 'note');
    assert.match(note, /^Reference template, composed for muster, not an official text\./);
    assert.match(note_chinese, /^参考模板，为muster自行编写，不是官方文本。/);
    two_languages(template.source, 'source');
    const found = Object.fromEntries(template.sections.map((section) => [section.code, section.items.length]));
    assert.deepEqual(found, counts[template.code]);
    unique(template.sections, template.code);
    const items = template.sections.flatMap((section) => section.items);
    unique(items, template.code);
    const texts = items.map((item) => item.text);
    assert.equal(new Set(texts).size, texts.length, 'the same item twice');
    for (const section of template.sections) two_languages(section.title, section.code);
    for (const item of items) check_item(item, `${template.code} ${item.code}`);
  });
}

test('48 items are 48, 22 musts are 22', () => {
  const total = (code) => Object.values(counts[code]).reduce((sum, count) => sum + count, 0);
  assert.equal(total('items_48'), 48);
  assert.equal(total('musts_22'), 22);
});

test('choices: both languages, codes once and in plain letters', () => {
  two_languages(choices.note, 'note');
  for (const [name, rows] of Object.entries(choices)) {
    if (name === 'note') continue;
    unique(rows, name);
    for (const row of rows) {
      assert.match(row.code, /^[a-z][a-z_]*$/, name);
      two_languages(row.label, `${name} ${row.code}`);
      for (const key of ['unit', 'doc', 'source'])
        if (key in row && !('amount' in row && key === 'unit')) two_languages(row[key], `${name} ${row.code} ${key}`);
      if ('amount' in row) {
        assert.ok(Number.isInteger(row.amount) && row.amount > 0, `${name} ${row.code}`);
        assert.ok(['hour', 'day', 'working_day'].includes(row.unit), `${name} ${row.code}`);
      }
    }
  }
});

test('choices point to each other', () => {
  const orgs = choices.org_kinds.map((row) => row.code);
  const classes = choices.need_classes.map((row) => row.code);
  assert.equal(choices.need_kinds.length, 15);
  for (const kind of choices.need_kinds) {
    for (const org of [kind.lead, ...kind.assist]) assert.ok(orgs.includes(org), `${kind.code}: ${org}`);
    assert.ok(classes.includes(kind.class), `${kind.code}: ${kind.class}`);
    assert.ok(!kind.assist.includes(kind.lead), kind.code);
  }
});

test('deadlines and link levels are those that are told', () => {
  const told = Object.fromEntries(choices.need_classes.map((row) => [row.code, `${row.amount} ${row.unit}`]));
  assert.deepEqual(told, {
    urgent: '2 hour', day: '24 hour', policy: '24 hour', complex: '3 working_day', week: '7 day', fortnight: '15 day',
  });
  assert.deepEqual(choices.link_levels.map((row) => row.label.split('|')[1]), ['市级', '县级', '镇级', '村级']);
  assert.deepEqual(choices.link_words.map((row) => row.label.split('|')[1]), ['挂点', '联点', '包保', '派驻']);
});

test('duty sets have as many duties as their names say, and tell whether they are composed', () => {
  const sets = Object.fromEntries(choices.duty_sets.map((set) => [set.code, set]));
  assert.equal(sets.six_roles.duties.length, 6);
  assert.equal(sets.six_roles.composed, true);
  for (const code of ['hunan_four', 'grid_four', 'shandong_four']) {
    assert.equal(sets[code].duties.length, 4);
    assert.equal(sets[code].composed, false);
  }
  for (const set of choices.duty_sets) {
    unique(set.duties, set.code);
    for (const duty of set.duties) {
      two_languages(duty.label, `${set.code} ${duty.code}`);
      two_languages(duty.doc, `${set.code} ${duty.code}`);
    }
  }
});
