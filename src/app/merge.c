#include "app/merge.h"

#include <string.h>

#include "app/person.h"
#include "app/rights.h"
#include "record/history.h"
#include "record/rows.h"

static enum status merge_check(struct work *work, const struct row *old, struct row *row);
static enum status merge_saved(struct work *work, const struct row *old, const struct row *row);
static void merge_show(struct work *work, const struct row *row, struct json *json);

#define DEF "app/merge.def"
#define HOOKS .check = merge_check, .saved = merge_saved, .show = merge_show,
#include "record/table.h"

static const struct merge *self(const struct row *row)
{
	return (const struct merge *)row;
}

/* What is moved comes from merge_people alone. */
static enum status merge_check(struct work *work, const struct row *old, struct row *row)
{
	if (old)
		return fail(work, BAD_STATE, NULL, "A merge is not changed; it is undone|合并记录不能修改，可撤销合并");
	if (!GIVEN(self(row), merge, moved))
		return fail(work, BAD_FIELD, "other",
			"Two entries are merged on the page of the one that is kept|请在保留人员的页面上进行合并");
	return OK;
}

static enum status merge_saved(struct work *work, const struct row *old, const struct row *row)
{
	return old && row->voided_at ? fail(work, BAD_STATE, NULL, "A merge is not taken out; it is undone|合并记录不能作废，可撤销合并")
				     : OK;
}

/* --- what is shown: as much of what was moved as the reader reaches */

static bool reaches(struct work *work, const struct record *record, const json_t *one)
{
	struct id site = {{0}};
	const char *text = json_string_value(json_object_get(one, "site"));
	if (text)
		id_parse(text, &site);
	return record->open || who_reaches(work->who, record->read, json_string_value(json_object_get(one, "path")), site);
}

static void show_counts(struct work *work, struct json *json, const json_t *moved)
{
	static const char *const deeds[] = {"moved", "out"};
	for (size_t i = 0; i < record_count; i++)
		for (size_t j = 0; j < 2; j++) {
			int64_t count = 0;
			size_t at;
			json_t *one;
			json_array_foreach(moved, at, one) count +=
				text_same(json_string_value(json_object_get(one, "record")), records[i]->name) &&
				text_same(json_string_value(json_object_get(one, "did")), deeds[j]) && reaches(work, records[i], one);
			if (!count)
				continue;
			json_open(json, '{');
			json_put(json, "record", records[i]->name);
			json_put(json, "did", deeds[j]);
			json_put_whole(json, "count", count);
			json_close(json, '}');
		}
}

static const json_t *stored(struct work *work, const char *text)
{
	return text ? json_read(work->arena, text, strlen(text), NULL) : NULL;
}

static void merge_show(struct work *work, const struct row *row, struct json *json)
{
	const struct merge *merge = self(row);
	const json_t *left = stored(work, merge->stayed);
	json_t *before = (json_t *)stored(work, merge->before);
	const char *name;
	json_t *one;
	size_t at;
	json_key(json, "rows");
	json_open(json, '[');
	show_counts(work, json, stored(work, merge->moved));
	json_close(json, ']');
	json_key(json, "taken");
	json_open(json, '[');
	json_object_foreach(before, name, one)
	{
		(void)one;
		json_text(json, name);
	}
	json_close(json, ']');
	json_key(json, "left");
	json_open(json, '[');
	json_array_foreach(left, at, one)
	{
		const struct record *record = record_named(json_string_value(json_object_get(one, "record")));
		if (!record || (json_object_get(one, "path") && !reaches(work, record, one)))
			continue;
		json_open(json, '{');
		json_put(json, "record", record->name);
		json_put(json, "id", json_string_value(json_object_get(one, "row")));
		json_put(json, "field", json_string_value(json_object_get(one, "field")));
		json_close(json, '}');
	}
	json_close(json, ']');
}

/* --- merging */

static enum status find_both(struct work *work, const struct merge_order *order, struct row **kept, struct row **other)
{
	if (row_get_reached(work, &person_record, order->kept, RIGHT_person_read, kept) != OK)
		return work->status;
	if (id_same(order->kept, order->other))
		return fail(work, BAD_FIELD, "other", "is the same entry|是同一条记录");
	*other = row_load(work, &person_record, order->other);
	if (!*other || !who_reaches(work->who, RIGHT_person_read, (*other)->path, row_site(*other)))
		return fail(work, BAD_FIELD, "other", "names nothing that is there|所指不存在");
	if (!who_reaches(work->who, RIGHT_person_write, (*kept)->path, row_site(*kept)) ||
		!who_reaches(work->who, RIGHT_person_write, (*other)->path, row_site(*other)))
		return fail(work, NO_RIGHT, NULL, NULL);
	if ((*kept)->voided_at)
		return fail(work, BAD_STATE, NULL, "This entry was taken out|该记录已作废");
	return (*other)->voided_at ? fail(work, BAD_FIELD, "other", "was taken out|该记录已作废") : OK;
}

static enum status check_fields(struct work *work, const json_t *fields)
{
	size_t at;
	json_t *one;
	if (fields && !json_is_array(fields))
		return fail(work, BAD_FIELD, "fields", "must be a list of names of fields|须为字段名列表");
	json_array_foreach(fields, at, one)
	{
		const struct field *field = json_is_string(one) ? record_field(&person_record, json_string_value(one)) : NULL;
		if (!field || field->system)
			return fail(work, BAD_FIELD, "fields", "must be a list of names of fields|须为字段名列表");
	}
	return OK;
}

static bool is_taken(const json_t *fields, const struct row *kept, const struct row *other, const struct field *field)
{
	size_t at;
	json_t *one;
	if (field->system || value_same(row_get(kept, field), row_get(other, field)))
		return false;
	if (!fields)
		return row_null(kept, field);
	json_array_foreach(fields, at, one) if (text_same(json_string_value(one), field->name)) return true;
	return false;
}

/* Private values too: the whole lies sealed. */
static json_t *value_json(struct value value)
{
	char text[ID_TEXT];
	switch (value.type) {
	case VALUE_ID: return json_string(id_print(value.id, text));
	case VALUE_WHOLE: return json_integer(value.whole);
	case VALUE_TEXT: return json_string(value.text);
	default: return json_null();
	}
}

static enum status take_values(struct work *work, const json_t *fields, const struct row *kept, const struct row *other, json_t *before)
{
	struct row *row = row_copy(work->arena, kept);
	for (size_t i = 0; i < person_record.field_count; i++) {
		const struct field *field = &person_record.fields[i];
		if (!is_taken(fields, kept, other, field))
			continue;
		json_object_set_new(before, field->name, value_json(row_get(kept, field)));
		row_set(row, field, row_get(other, field));
	}
	return json_object_size(before) ? row_change(work, kept, row, kept->version, RIGHT_person_write) : OK;
}

static enum status drop_other(struct work *work, const struct row *other, struct id kept)
{
	struct person *person = (struct person *)row_copy(work->arena, other);
	person->row.voided_at = work->now;
	SET(person, person, merged, V(kept));
	return row_rewrite(work, other, &person->row, "voided");
}

static enum status note_merge(struct work *work, struct merge_order *order, const json_t *before, const json_t *moved)
{
	struct merge *merge = (struct merge *)row_new(work->arena, &merge_record);
	order->made = &merge->row;
	merge->row.id = order->id;
	SET(merge, merge, person, V(order->kept));
	SET(merge, merge, other, V(order->other));
	SET(merge, merge, state, V("merged"));
	SET(merge, merge, by, V(work->who->name));
	SET(merge, merge, at, V(work->now));
	SET(merge, merge, moved, V(json_print(work->arena, moved)));
	SET(merge, merge, before, V(json_print(work->arena, before)));
	return row_insert(work, &order->made, &order->body);
}

static enum status make_one(struct work *work, struct merge_order *order)
{
	struct row *kept = NULL, *other = NULL;
	json_t *before = json_own(work->arena, json_object()), *moved = json_own(work->arena, json_array());
	if (find_both(work, order, &kept, &other) != OK || check_fields(work, order->fields) != OK)
		return work->status;
	if (merge_count(work, order->other) > MERGE_MOST)
		return fail(work, TOO_LARGE, NULL,
			"More than %d rows point at this entry, too many for one write: merge the other one into it|指向该条的记录超过 %d 条，无法一次移动，请改为保留该条",
			MERGE_MOST);
	if (take_values(work, order->fields, kept, other, before) != OK || merge_move(work, order->kept, order->other, moved) != OK ||
		note_merge(work, order, before, moved) != OK)
		return work->status;
	return drop_other(work, other, order->kept);
}

enum status merge_people(struct work *work, void *data)
{
	struct merge_order *order = data;
	struct row *known = id_none(order->id) ? NULL : row_load(work, &merge_record, order->id);
	if (known) {
		order->made = known;
		if (!who_reaches(work->who, RIGHT_person_read, known->path, row_site(known)))
			return fail(work, NOT_FOUND, NULL, NULL);
		return id_same(history_body(work, known->id), order->body)
			? OK
			: fail(work, CONFLICT, "id", "is taken by another row|该标识已被占用");
	}
	const char *reason = work->reason;
	work->reason = work_text(work, "Two entries of one person merged|同一人的两条记录合并");
	make_one(work, order);
	work->reason = reason;
	return work->status;
}

/* --- undoing */

static enum status find_merge(
	struct work *work, const struct merge_undoing *undoing, struct row **row, struct row **kept, struct row **other)
{
	if (row_get_reached(work, &person_record, undoing->kept, RIGHT_person_read, kept) != OK)
		return work->status;
	*row = row_load(work, &merge_record, undoing->merge);
	if (!*row || !id_same(self(*row)->person, undoing->kept))
		return fail(work, BAD_FIELD, "merge", "names nothing that is there|所指不存在");
	*other = row_load(work, &person_record, self(*row)->other);
	if (!*other || !who_reaches(work->who, RIGHT_person_write, (*kept)->path, row_site(*kept)) ||
		!who_reaches(work->who, RIGHT_person_write, (*other)->path, row_site(*other)))
		return fail(work, NO_RIGHT, NULL, NULL);
	if ((*kept)->voided_at && text_same(self(*row)->state, "merged"))
		return fail(work, BAD_STATE, NULL,
			"The entry that was kept was taken out, or merged into another: undo that first|保留的记录已作废或已并入他人，请先撤销");
	return OK;
}

static struct value value_of(const struct field *field, const json_t *json)
{
	struct id id;
	if (json_is_integer(json))
		return value_whole(json_integer_value(json));
	if (!json_is_string(json))
		return value_null();
	if (field->kind->holds == VALUE_ID)
		return id_parse(json_string_value(json), &id) ? value_id(id) : value_null();
	return value_text(json_string_value(json));
}

static enum status give_back_values(
	struct work *work, const struct merge *merge, const struct row *kept, const struct row *other, json_t *left)
{
	const char *name;
	json_t *json;
	bool any = false;
	struct row *row = row_copy(work->arena, kept);
	json_t *before = (json_t *)stored(work, merge->before);
	json_object_foreach(before, name, json)
	{
		const struct field *field = record_field(&person_record, name);
		if (field && value_same(row_get(kept, field), row_get(other, field))) {
			row_set(row, field, value_of(field, json));
			any = true;
			continue;
		}
		char text[ID_TEXT];
		json_t *one = json_object();
		json_object_set_new(one, "record", json_string(person_record.name));
		json_object_set_new(one, "row", json_string(id_print(kept->id, text)));
		json_object_set_new(one, "field", json_string(name));
		json_array_append_new(left, one);
	}
	return any ? row_rewrite(work, kept, row, "changed") : OK;
}

static enum status bring_back(struct work *work, const struct row *other)
{
	struct person *person = (struct person *)row_copy(work->arena, other);
	person->row.voided_at = 0;
	SET(person, person, merged, value_null());
	return other->voided_at ? row_rewrite(work, other, &person->row, "restored") : OK;
}

static enum status undo(
	struct work *work, struct merge_undoing *undoing, const struct merge *old, const struct row *kept, const struct row *other)
{
	json_t *left = json_own(work->arena, json_array());
	if (bring_back(work, other) != OK || give_back_values(work, old, kept, other, left) != OK ||
		merge_put_back(work, old, stored(work, old->moved), left) != OK)
		return work->status;
	struct merge *merge = (struct merge *)row_copy(work->arena, &old->row);
	SET(merge, merge, state, V("undone"));
	SET(merge, merge, undone_by, V(work->who->name));
	SET(merge, merge, undone_at, V(work->now));
	SET(merge, merge, stayed, V(json_print(work->arena, left)));
	undoing->row = &merge->row;
	return row_rewrite(work, &old->row, &merge->row, "changed");
}

enum status merge_undo(struct work *work, void *data)
{
	struct merge_undoing *undoing = data;
	struct row *kept = NULL, *other = NULL;
	if (find_merge(work, undoing, &undoing->row, &kept, &other) != OK || text_same(self(undoing->row)->state, "undone"))
		return work->status;
	const char *reason = work->reason;
	work->reason = work_text(work, "Merge undone|撤销合并");
	undo(work, undoing, self(undoing->row), kept, other);
	work->reason = reason;
	return work->status;
}
