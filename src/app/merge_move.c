/* Rows that point at a person: pointed at another one, and put back. */
#include <assert.h>
#include <string.h>

#include "app/deadline.h"
#include "app/merge.h"
#include "app/person.h"
#include "base/clock.h"
#include "record/rows.h"

/* What a person has once: a record, the field that says of what, and whether only on days that overlap. */
static const struct once {
	const char *record;
	const char *of;
	bool days;
} onces[] = {{"pledge", "appeal", false}, {"assignment", "post", true}, {"team_member", "team", true}, {"link", "site", true},
	{"shift", "post", false}, {"staff", "site", true}};

static const struct once *once_of(const struct record *record)
{
	for (size_t i = 0; i < sizeof onces / sizeof *onces; i++)
		if (strcmp(onces[i].record, record->name) == 0)
			return &onces[i];
	return NULL;
}

/* The next field that points at people, over all records; what tells of merges stays as it is. */
static const struct field *next_pointing(size_t *at, size_t *field_at, const struct record **record)
{
	for (; *at < record_count; (*at)++, *field_at = 0) {
		*record = records[*at];
		bool own = *record == &person_record || *record == &merge_record;
		while (!own && *field_at < (*record)->field_count) {
			const struct field *field = &(*record)->fields[(*field_at)++];
			if (!field->link || strcmp(field->link, person_record.name) != 0)
				continue;
			assert(field->kind->holds == VALUE_ID); /* a list of people would have to be moved entry by entry */
			return field;
		}
	}
	return NULL;
}

int64_t merge_count(struct work *work, struct id person)
{
	int64_t count = 0;
	size_t at = 0, field_at = 0;
	const struct record *record;
	for (const struct field *field; count <= MERGE_MOST && (field = next_pointing(&at, &field_at, &record));)
		count += db_get(work->db, 0,
			arena_print(work->arena, "SELECT count(*) FROM (SELECT 1 FROM %s WHERE %s = ? AND voided_at IS NULL LIMIT ?) few",
				record->plural, field->name),
			BIND(V(person), V((int64_t)MERGE_MOST + 1)));
	return count;
}

/* Rows of a record that point at a person through a field. */
static size_t load_rows(struct work *work, const struct record *record, const struct field *field, struct id person, struct row ***rows)
{
	size_t count = 0, space = 0;
	struct query *query = db_query(work->db,
		arena_print(work->arena, "SELECT %s FROM %s WHERE %s = ? AND voided_at IS NULL ORDER BY id",
			row_columns(work->arena, record), record->plural, field->name),
		BIND(V(person)));
	*rows = NULL;
	while (db_next(query))
		*ARENA_PUSH(work->arena, *rows, count, space) = row_read(work, record, query);
	return count;
}

/* --- what is told of each row */

struct moving {
	struct work *work;
	struct id kept;
	const struct field *field;
	json_t *moved;
};

static json_t *id_json(struct id id)
{
	char text[ID_TEXT];
	return json_string(id_print(id, text));
}

/* "moved", "out" (taken out for the row `instead`) or "longer" (with the values before). */
static json_t *tell(struct moving *moving, const struct row *row, const char *did)
{
	json_t *one = json_object();
	struct id site = row_site(row);
	json_object_set_new(one, "record", json_string(row->record->name));
	json_object_set_new(one, "row", id_json(row->id));
	json_object_set_new(one, "field", json_string(moving->field->name));
	json_object_set_new(one, "did", json_string(did));
	json_object_set_new(one, "version", json_integer(row->version));
	json_object_set_new(one, "path", json_string(row->path));
	if (!id_none(site))
		json_object_set_new(one, "site", id_json(site));
	json_array_append_new(moving->moved, one);
	return one;
}

static void point(struct moving *moving, const struct row *old)
{
	struct row *row = row_copy(moving->work->arena, old);
	row_set(row, moving->field, V(moving->kept));
	if (row_rewrite(moving->work, old, row, "changed") == OK)
		tell(moving, row, "moved");
}

static void take_out(struct moving *moving, const struct row *old, const struct row *instead)
{
	struct row *row = row_copy(moving->work->arena, old);
	row->voided_at = moving->work->now;
	if (row_rewrite(moving->work, old, row, "voided") == OK)
		json_object_set_new(tell(moving, row, "out"), "instead", id_json(instead->id));
}

/* --- what a person has once */

static json_t *value_json(struct value value)
{
	return value.type == VALUE_WHOLE ? json_integer(value.whole) : value.type == VALUE_TEXT ? json_string(value.text) : json_null();
}

static int64_t whole(const struct row *row, const char *name, int64_t otherwise)
{
	struct value value = row_get(row, record_field(row->record, name));
	return value.type == VALUE_WHOLE ? value.whole : otherwise;
}

static bool overlap(const struct row *one, const struct row *other, bool days)
{
	const char *from = days ? "begins" : "starts";
	int64_t after = days ? 1 : 0; /* a shift's end is the moment behind it */
	return whole(one, from, -DAY_FAR) < whole(other, "ends", DAY_FAR) + after &&
		whole(other, from, -DAY_FAR) < whole(one, "ends", DAY_FAR) + after;
}

static void take_values(struct row *row, const struct row *from, const char *names, json_t *before)
{
	for (size_t i = 0; i < row->record->field_count; i++) {
		const struct field *field = &row->record->fields[i];
		if (!text_listed(names, ',', field->name) || value_same(row_get(row, field), row_get(from, field)))
			continue;
		json_object_set_new(before, field->name, value_json(row_get(row, field)));
		row_set(row, field, row_get(from, field));
	}
}

/* The row of the one kept holds from the first day of both to the last, with what belongs to those days. */
static void lengthen(struct moving *moving, struct row **kept, const struct row *with)
{
	json_t *before = json_object();
	struct row *row = row_copy(moving->work->arena, *kept);
	if (whole(with, "begins", -DAY_FAR) < whole(row, "begins", -DAY_FAR))
		take_values(row, with, "begins,began", before);
	if (whole(with, "ends", DAY_FAR) > whole(row, "ends", DAY_FAR))
		take_values(row, with, "ends,ended,reason", before);
	if (!json_object_size(before) || row_rewrite(moving->work, *kept, row, "changed") != OK) {
		json_decref(before);
		return;
	}
	json_object_set_new(tell(moving, row, "longer"), "before", before);
	*kept = row;
}

/* How far a pledge or a shift has got. */
static int rank(const struct row *row)
{
	static const char *const states[] = {"withdrawn", "declined", "signed", "approved", "planned", "missed", "here", "done"};
	struct value state = row_get(row, record_field(row->record, "state"));
	for (int i = 0; i < (int)(sizeof states / sizeof *states); i++)
		if (state.type == VALUE_TEXT && text_same(state.text, states[i]))
			return i;
	return -1;
}

static bool got_further(const struct row *row, const struct row *than)
{
	const struct field *day = record_field(row->record, "day");
	if (rank(row) != rank(than))
		return rank(row) > rank(than);
	return day && whole(row, "day", 0) < whole(than, "day", 0);
}

/* Nobody stands at two posts at once: which shift is wrong is not for the program to say. */
static enum status refuse(struct moving *moving, const struct row *shift)
{
	struct work *work = moving->work;
	char text[DAY_TEXT];
	return fail(work, BAD_STATE, NULL,
		"Both have a shift at the same time at different posts on %s: change one of them first|两条记录于 %s 同一时间在不同岗位均有班次，请先调整其一",
		day_print(deadline_day(work, whole(shift, "starts", 0)), text));
}

/* Rows of the one kept that are the same as `row`, NULL-ended. */
static struct row **find_same(struct moving *moving, const struct once *once, const struct row *row)
{
	struct work *work = moving->work;
	struct row **rows, **same;
	const struct field *of = record_field(row->record, once->of);
	bool shift = strcmp(once->record, "shift") == 0;
	size_t count = load_rows(work, row->record, moving->field, moving->kept, &rows), found = 0;
	same = arena_alloc(work->arena, (count + 1) * sizeof *same);
	for (size_t i = 0; i < count; i++) {
		bool alike = value_same(row_get(rows[i], of), row_get(row, of));
		if ((!alike && !shift) || ((once->days || shift) && !overlap(rows[i], row, once->days)))
			continue;
		if (!alike && refuse(moving, row) != OK)
			break;
		same[found++] = rows[i];
	}
	return same;
}

static void move_once(struct moving *moving, const struct once *once, const struct row *row)
{
	struct row **same = find_same(moving, once, row);
	bool wins = !once->days;
	if (moving->work->status != OK)
		return;
	for (size_t i = 0; same[i]; i++)
		wins = wins && got_further(row, same[i]);
	if (!same[0] || wins) {
		for (size_t i = 0; same[i]; i++)
			take_out(moving, same[i], row);
		point(moving, row);
		return;
	}
	/* taken out before the first one grows into their days, so that they come back after it has shrunk again */
	for (size_t i = 1; once->days && same[i]; i++) {
		take_out(moving, same[i], same[0]);
		lengthen(moving, &same[0], same[i]);
	}
	if (once->days)
		lengthen(moving, &same[0], row);
	take_out(moving, row, same[0]);
}

enum status merge_move(struct work *work, struct id kept, struct id other, json_t *moved)
{
	struct moving moving = {.work = work, .kept = kept, .moved = moved};
	size_t at = 0, field_at = 0;
	const struct record *record;
	while (work->status == OK && (moving.field = next_pointing(&at, &field_at, &record))) {
		struct row **rows;
		const struct once *once = once_of(record);
		size_t count = load_rows(work, record, moving.field, other, &rows);
		for (size_t i = 0; i < count && work->status == OK; i++)
			if (once)
				move_once(&moving, once, rows[i]);
			else
				point(&moving, rows[i]);
	}
	return work->status;
}

/* --- putting back */

struct putting {
	struct work *work;
	const struct merge *merge;
	struct id *back, *left; /* rows, in the order met */
	size_t back_count, back_space, left_count, left_space;
};

static bool among(const struct id *list, size_t count, struct id id)
{
	for (size_t i = 0; i < count; i++)
		if (id_same(list[i], id))
			return true;
	return false;
}

static struct id id_of(const json_t *one, const char *name)
{
	struct id id = {{0}};
	const char *text = json_string_value(json_object_get(one, name));
	if (text)
		id_parse(text, &id);
	return id;
}

static void give_values(struct row *row, const json_t *before)
{
	const char *name;
	json_t *json;
	json_object_foreach((json_t *)before, name, json)
	{
		const struct field *field = record_field(row->record, name);
		if (field)
			row_set(row, field,
				json_is_integer(json)          ? value_whole(json_integer_value(json))
					: json_is_string(json) ? value_text(json_string_value(json))
							       : value_null());
	}
}

/* False where it was changed since, or stands back for a row that was. */
static bool put_back(struct putting *putting, const json_t *one)
{
	struct work *work = putting->work;
	const char *did = json_string_value(json_object_get(one, "did"));
	const struct record *record = record_named(json_string_value(json_object_get(one, "record")));
	const struct field *field = record ? record_field(record, json_string_value(json_object_get(one, "field"))) : NULL;
	struct id id = id_of(one, "row"), instead = id_of(one, "instead");
	struct row *old = field ? row_load(work, record, id) : NULL;
	bool known = among(putting->back, putting->back_count, id), out = text_same(did, "out");
	if (!old || (!known && old->version != json_integer_value(json_object_get(one, "version"))) || (old->voided_at != 0) != out)
		return false;
	/* one that belongs to the kept entry would stand beside what took its place */
	bool own = id_same(row_get(old, field).id, putting->merge->person);
	if (out && own && among(putting->left, putting->left_count, instead))
		return false;
	struct row *row = row_copy(work->arena, old);
	if (out)
		row->voided_at = 0;
	else if (text_same(did, "longer"))
		give_values(row, json_object_get(one, "before"));
	else
		row_set(row, field, V(putting->merge->other));
	*ARENA_PUSH(work->arena, putting->back, putting->back_count, putting->back_space) = id;
	return row_rewrite(work, old, row, out ? "restored" : "changed") == OK;
}

enum status merge_put_back(struct work *work, const struct merge *merge, const json_t *moved, json_t *left)
{
	struct putting putting = {.work = work, .merge = merge};
	for (size_t i = json_array_size(moved); i-- > 0 && work->status == OK;) {
		json_t *one = json_array_get(moved, i);
		struct id id = id_of(one, "row");
		if (!among(putting.left, putting.left_count, id) && put_back(&putting, one))
			continue;
		*ARENA_PUSH(work->arena, putting.left, putting.left_count, putting.left_space) = id;
		json_array_append(left, one);
	}
	return work->status;
}
