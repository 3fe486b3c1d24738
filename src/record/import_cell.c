/* What the cells of one line say: values by kind, areas and linked rows by code, id or name. Whatever is out of reach is not there. */
#include <sodium.h>
#include <string.h>

#include "base/clock.h"
#include "record/area_named.h"
#include "record/days.h"
#include "record/import_inner.h"
#include "record/picks.h"
#include "record/shape.h"

enum { CANDIDATES = 500, REMEMBERED = 100000 };
enum { NOTHING_THERE = 1, SEVERAL, ONE };

uint64_t import_hash(const unsigned char key[16], const char *kind, const char *text)
{
	unsigned char out[crypto_shorthash_BYTES];
	uint64_t hash;
	char small[256];
	size_t first = strlen(kind), size = strlen(text);
	if (first + size < sizeof small) {
		memcpy(small, kind, first);
		memcpy(small + first, text, size);
		crypto_shorthash(out, (const unsigned char *)small, first + size, key);
	} else {
		crypto_shorthash(out, (const unsigned char *)text, size, key);
	}
	memcpy(&hash, out, sizeof hash);
	return hash ? hash : 1;
}

static struct import_entry *slot(struct import_entry *list, size_t space, uint64_t hash)
{
	size_t at = hash & (space - 1);
	while (list[at].hash && list[at].hash != hash)
		at = (at + 1) & (space - 1);
	return &list[at];
}

struct import_entry *import_entry(struct import_map *map, uint64_t hash, bool *added)
{
	if (2 * map->count >= map->space) {
		size_t space = map->space ? 4 * map->space : 1024;
		struct import_entry *list = arena_alloc(map->arena, space * sizeof *list);
		for (size_t i = 0; i < map->space; i++)
			if (map->list[i].hash)
				*slot(list, space, map->list[i].hash) = map->list[i];
		map->list = list;
		map->space = space;
	}
	struct import_entry *entry = slot(map->list, map->space, hash);
	*added = !entry->hash;
	map->count += *added;
	entry->hash = hash;
	return entry;
}

const char *import_cell(struct work *work, const struct import_line *line, int column)
{
	return column >= 0 && column < line->count ? text_trim(work->arena, line->cells[column].text) : "";
}

/* Takes a candidate; a second one makes the name ambiguous. */
static void take(struct import_entry *found, struct id id)
{
	if (found->number == ONE && id_same(found->id, id))
		return;
	found->number = found->number == ONE || found->number == SEVERAL ? SEVERAL : ONE;
	found->id = id;
}

static void find_area(struct import *import, struct work *work, const char *text, struct import_entry *found)
{
	struct area_found area = area_named(work, import->ask->within, text);
	found->id = area.id;
	found->number = area.count > 1 ? SEVERAL : area.count ? ONE : 0;
}

static bool row_there(const struct work *work, const struct row *row)
{
	if (row->voided_at)
		return false;
	return (row_open(row) && work->who) || who_reaches(work->who, row->record->read, row->path, row_site(row));
}

/* Rows of a record whose `field`, which has an index, is `text`. */
static void rows_by(struct work *work, const struct record *record, const struct field *field, const char *text, struct import_entry *found)
{
	struct id ids[CANDIDATES];
	size_t count = 0;
	const char *sql = arena_print(
		work->arena, "SELECT id FROM %s WHERE %s = ? AND voided_at IS NULL LIMIT %d", record->plural, field->name, CANDIDATES);
	struct query *query = db_query(work->db, sql, BIND(V(text)));
	while (db_next(query))
		ids[count++] = db_id(query, 0);
	for (size_t i = 0; i < count && found->number != SEVERAL; i++) {
		const struct row *row = row_load(work, record, ids[i]);
		if (row && row_there(work, row))
			take(found, ids[i]);
	}
}

static void find_row(struct work *work, const struct record *record, const char *text, struct import_entry *found)
{
	struct id id;
	const struct row *row = id_parse(text, &id) ? row_load(work, record, id) : NULL;
	if (row && row_there(work, row))
		take(found, id);
	for (size_t i = 0; i < record->field_count && !found->number; i++) {
		const struct field *field = &record->fields[i];
		bool names = text_same(field->name, record->title) || field->kind == &kind_uscc || strcmp(field->name, "code") == 0;
		if (names && (field->order || field->filter) && !field->private && field->kind->holds == VALUE_TEXT)
			rows_by(work, record, field, text, found);
	}
}

/* What a text names, remembered; rows of the record itself may come during the run and are asked for anew. */
static struct import_entry resolve(struct import *import, struct work *work, const struct field *field, const char *text)
{
	const struct record *target = column_target(field);
	struct import_entry found = {0};
	bool added = false, itself = target == import->ask->record;
	uint64_t hash = import_hash(import->key, target->name, text);
	if (!itself && import->found.count > REMEMBERED) {
		memset(import->found.list, 0, import->found.space * sizeof *import->found.list);
		import->found.count = 0;
	}
	struct import_entry *entry = itself ? &found : import_entry(&import->found, hash, &added);
	if (entry->number)
		return *entry;
	if (field->kind == &kind_area)
		find_area(import, work, text, &found);
	else
		find_row(work, target, text, &found);
	if (!found.number)
		found.number = NOTHING_THERE;
	if (!itself) {
		found.hash = hash;
		*import_entry(&import->found, hash, &added) = found;
	}
	return found;
}

/* Whether a key and the name beside it agree; the name may be a path. */
static bool agrees(struct work *work, const struct field *field, struct id id, const char *name)
{
	const struct record *target = column_target(field);
	const struct field *title = target->title ? record_field(target, target->title) : NULL;
	const char *slash = strrchr(name, '/');
	if (!title || title->private)
		return true;
	return text_same(shape_title(work, target, id), slash ? slash + 1 : name) || text_same(shape_title(work, target, id), name);
}

static enum status said_wrong(struct work *work, const struct field *field, int64_t number)
{
	if (number == SEVERAL)
		return fail(work, BAD_FIELD, field->name, "names several; give the code or id|有多个同名，请填代码或编号");
	return fail(work, BAD_FIELD, field->name,
		field->kind == &kind_area ? "names no area|没有这个区划" : "names nothing that is there|所指不存在");
}

/* The first of the columns of a field that holds something; -1 none. */
static int filled(const struct import *import, struct work *work, const struct import_line *line, int column)
{
	while (column >= 0 && !*import_cell(work, line, column))
		column = import->next_columns[column];
	return column;
}

static enum status read_pointer(struct import *import, struct work *work, const struct field *field, const struct import_line *line,
	struct value *value, bool *waits)
{
	size_t at = (size_t)(field - import->ask->record->fields);
	const char *key = import_cell(work, line, filled(import, work, line, import->key_columns[at])),
		   *name = import_cell(work, line, filled(import, work, line, import->value_columns[at]));
	if (!*key && !*name)
		return OK;
	struct import_entry found = resolve(import, work, field, *key ? key : name);
	if (found.number == ONE && *key && *name && !agrees(work, field, found.id, name))
		return fail(work, BAD_FIELD, field->name, "code and name are not of the same one|代码与名称不一致");
	if (found.number == ONE) {
		*value = value_id(found.id);
		return OK;
	}
	if (found.number != SEVERAL && column_target(field) == import->ask->record) {
		/* it may be a row of this file, further down */
		*waits = true;
		import->missing = import_hash(import->key, "row", *key ? key : name);
		return OK;
	}
	return said_wrong(work, field, found.number);
}

/* A code of a list that an administrator keeps, by code or word. */
static enum status read_choice(struct work *work, const struct field *field, const char *text, struct value *value)
{
	const struct record *list = record_named(field->choices);
	const char *sql = arena_print(work->arena, "SELECT code FROM %s WHERE (code = ? OR %s = ?) AND voided_at IS NULL LIMIT 1",
		list->plural, list->title ? list->title : "code");
	struct query *query = db_query(work->db, sql, BIND(V(text), V(text)));
	if (!db_next(query))
		return fail(work, BAD_FIELD, field->name, "is not in the list|不在可选范围内");
	*value = value_text(db_copy(query, 0, work->arena));
	db_done(query);
	return OK;
}

static bool is_code(const struct field *field)
{
	return field->kind == &kind_uscc || field->kind == &kind_idno || field->kind == &kind_phone || field->kind == &kind_text;
}

enum status import_text_value(struct import *import, struct work *work, const struct field *field, const char *text, struct value *value)
{
	*value = value_null();
	if (column_points(field)) {
		struct import_entry found = resolve(import, work, field, text);
		if (found.number != ONE)
			return said_wrong(work, field, found.number);
		*value = value_id(found.id);
		return OK;
	}
	return field->choices ? read_choice(work, field, text, value) : field->kind->read(work, field, text, value);
}

/* A column that asks: a yes says its code, or with "!code" a no. A no to every question is the pick "none", where there is one. */
static enum status read_answer(struct work *work, const struct field *field, const char *code, const char *text, struct value *value)
{
	struct value said;
	bool when = *code != '!';
	if (kind_flag.read(work, field, text, &said) != OK)
		return work->status;
	if (!said.whole == !when)
		*value = value_text(when ? code : code + 1);
	else if (when && picks_label(work->arena, field->picks, "none"))
		*value = value_text("none");
	return OK;
}

static enum status read_cell(struct work *work, const struct field *field, const struct column *column, const struct sheet_cell *cell,
	const char *text, struct value *value)
{
	if (cell->flags & SHEET_ERROR)
		return fail(work, BAD_FIELD, field->name, "holds an error of the spreadsheet|单元格为表格错误值");
	if (!*text)
		return OK;
	if ((cell->flags & SHEET_LOSSY) && is_code(field))
		return fail(work, BAD_FIELD, field->name,
			"was kept as a number and has lost digits; format the column as text|按数字保存已丢失末位，请将该列设为文本格式");
	if (column->code)
		return read_answer(work, field, column->code, text, value);
	return field->choices ? read_choice(work, field, text, value) : field->kind->read(work, field, text, value);
}

/* Whether a further column of the same field has nothing to add. */
static bool settles(const struct field *field, struct value value)
{
	if (field->kind == &kind_flag)
		return value.type == VALUE_WHOLE && value.whole;
	return value.type != VALUE_NULL && !(value.type == VALUE_TEXT && field->kind == &kind_pick && text_same(value.text, "none"));
}

enum status import_value(struct import *import, struct work *work, const struct field *field, const struct import_line *line,
	struct value *value, bool *waits)
{
	*value = value_null();
	if (column_points(field))
		return read_pointer(import, work, field, line, value, waits);
	int column = import->value_columns[field - import->ask->record->fields];
	for (; column >= 0 && !settles(field, *value); column = import->next_columns[column]) {
		struct value said = value_null();
		if (column >= line->count)
			continue;
		if (read_cell(work, field, &import->result->columns[column], &line->cells[column], import_cell(work, line, column),
			    &said) != OK)
			return work->status;
		if (said.type != VALUE_NULL)
			*value = said;
	}
	return OK;
}
