/* A line of the file as a row: a new one, a change, or nothing to do. */
#include <string.h>

#include "base/clock.h"
#include "record/days.h"
#include "record/import_inner.h"

/* Of the file, not of the clock: the file's first moment, its hash and the line's number. A UUIDv7 that rises with the line. */
static struct id made_id(const struct import *import, int64_t number)
{
	struct id id;
	uint64_t moment = (uint64_t)import->ask->moment, at = (uint64_t)number;
	memcpy(id.bytes, import->ask->hash.bytes, sizeof id.bytes);
	for (int i = 5; i >= 0; i--, moment >>= 8)
		id.bytes[i] = (uint8_t)moment;
	for (int i = 11; i >= 8; i--, at >>= 8)
		id.bytes[i] = (uint8_t)at;
	id.bytes[6] = (uint8_t)(0x70 | (id.bytes[6] & 0x0f));
	id.bytes[8] = (uint8_t)(0x80 | (id.bytes[8] & 0x3f));
	return id;
}

static enum status read_day(struct work *work, const struct import_line *line, int column, const char *name, int64_t *day)
{
	const char *text = import_cell(work, line, column);
	const struct field field = {.name = name, .kind = &kind_day};
	struct value value;
	*day = INT64_MIN;
	if (!*text)
		return OK;
	if (kind_day.read(work, &field, text, &value) == OK)
		*day = value.whole;
	return work->status;
}

/* Finds the stored row of a line; *known where the id was given. */
static enum status find_stored(
	struct import *import, struct work *work, const struct import_line *line, struct import_item *item, bool *given)
{
	const char *text = import_cell(work, line, import->id_column);
	struct id id = made_id(import, line->number);
	*given = *text;
	if (*given && !id_parse(text, &id))
		return fail(work, BAD_FIELD, "id", "must be an id of 36 characters|须为 36 位标识");
	bool maybe = *given || import->ask->again || import->round > 0;
	struct row *stored = maybe ? row_load(work, import->ask->record, id) : NULL;
	item->row = row_new(work->arena, import->ask->record);
	item->row->id = id;
	if (!stored)
		return OK;
	const struct record *record = stored->record;
	bool there = (row_open(stored) && work->who) || who_reaches(work->who, record->read, stored->path, row_site(stored));
	if (!there)
		return fail(work, BAD_FIELD, "id", "names nothing that is there|所指不存在");
	if (stored->voided_at && *given)
		return fail(work, BAD_FIELD, "id", "This row was taken out|该记录已作废");
	item->old = stored;
	return OK;
}

static bool same_value(struct value one, struct value other)
{
	bool none = one.type == VALUE_NULL || (one.type == VALUE_TEXT && !*one.text);
	bool nothing = other.type == VALUE_NULL || (other.type == VALUE_TEXT && !*other.text);
	return none || nothing ? none == nothing : value_same(one, other);
}

/* A private value that was exported masked comes back masked: it says nothing. */
static bool is_masked(
	struct import *import, struct work *work, const struct field *field, const struct import_line *line, const struct row *old)
{
	size_t at = (size_t)(field - import->ask->record->fields);
	const char *text = field->private ? import_cell(work, line, import->value_columns[at]) : "";
	if (!strstr(text, "**"))
		return false;
	struct value value = old ? row_get(old, field) : value_null();
	bool kind_masks = value.type == VALUE_TEXT && field->kind->mask;
	const char *shown = value.type == VALUE_NULL ? "" : kind_masks ? field->kind->mask(work->arena, value.text) : "***";
	if (!text_same(shown, text))
		fail(work, BAD_FIELD, field->name, "is masked; export it in clear to send it again|为脱敏内容，请导出明文后再导入");
	return true;
}

static bool has_column(const struct import *import, size_t at)
{
	return import->value_columns[at] >= 0 || import->key_columns[at] >= 0;
}

/* Values of dated fields by day, as an export writes them. Areas and links in it are held to what is there when the row is checked today only. */
static void put_days(struct work *work, struct row *row, const char *text)
{
	const char *name, *key;
	json_t *points, *json, *days = json_read(work->arena, text, strlen(text), NULL);
	if (!json_is_object(days)) {
		fail(work, BAD_FIELD, "days", "must be JSON as exported|须为导出时的 JSON");
		return;
	}
	json_object_foreach(days, name, points)
	{
		const struct field *field = record_field(row->record, name);
		if (!field || !field->dated || !json_is_object(points)) {
			fail(work, BAD_FIELD, "days", "must be JSON as exported|须为导出时的 JSON");
			return;
		}
		struct breaks breaks = {.arena = work->arena};
		json_object_foreach(points, key, json)
		{
			int64_t day;
			if (day_parse(key, &day))
				breaks_add(&breaks, day);
		}
		for (size_t i = 0; i < breaks.count; i++) {
			char day[DAY_TEXT];
			struct value value = value_null();
			json = json_object_get(points, day_print(breaks.days[i], day));
			if (!json_is_null(json) && kind_from_json(work, field, json, &value) != OK)
				return;
			if (i == 0)
				row_set(row, field, value); /* so that what is before the second one is known */
			days_put(work, row, field, breaks.days[i], DAY_FAR, value);
		}
	}
}

/* A row that comes with its id was exported: an empty cell is known to be empty then, and no default fills it. */
static enum status read_new(
	struct import *import, struct work *work, const struct import_line *line, struct import_item *item, int64_t effective)
{
	bool exported = *import_cell(work, line, import->id_column);
	int64_t since;
	for (size_t i = 0; i < item->row->record->field_count; i++) {
		const struct field *field = &item->row->record->fields[i];
		struct value value = value_null();
		if (!has_column(import, i) || is_masked(import, work, field, line, NULL))
			continue;
		import_value(import, work, field, line, &value, &item->waits);
		if (value.type != VALUE_NULL || (exported && !field->system))
			row_set(item->row, field, value);
	}
	for (size_t i = 0; i < import->result->set_count; i++) {
		const struct import_set *set = &import->result->set[i];
		if (!has_column(import, (size_t)(set->field - item->row->record->fields)))
			row_set(item->row, set->field, set->value);
	}
	read_day(work, line, import->since_column, "since", &since);
	item->row->since = since != INT64_MIN ? since : effective != INT64_MIN ? effective : work->today;
	const char *days = import_cell(work, line, import->days_column);
	if (*days && work->status == OK)
		put_days(work, item->row, days);
	return work->status;
}

static enum status read_change(
	struct import *import, struct work *work, const struct import_line *line, struct import_item *item, int64_t effective)
{
	if (item->old->record->appended)
		return fail(work, BAD_FIELD, "id", "does not change once it is set|设定后不能更改");
	item->row = row_copy(work->arena, item->old);
	item->same = true;
	for (size_t i = 0; i < item->row->record->field_count; i++) {
		const struct field *field = &item->row->record->fields[i];
		struct value value = value_null(), old = row_get(item->old, field);
		if (!has_column(import, i) || is_masked(import, work, field, line, item->old))
			continue;
		if (import_value(import, work, field, line, &value, &item->waits) != OK || same_value(value, old))
			continue;
		item->same = false;
		if (field->fixed)
			fail(work, BAD_FIELD, field->name, "does not change once it is set|设定后不能更改");
		else if (field->dated)
			days_put(work, item->row, field, effective == INT64_MIN ? work->today : effective, DAY_FAR, value);
		else
			row_set(item->row, field, value);
	}
	if (item->waits)
		item->same = false;
	return work->status;
}

enum status import_read(struct import *import, struct work *work, const struct import_line *line, struct import_item *item)
{
	int64_t effective;
	bool given;
	*item = (struct import_item){0};
	if (find_stored(import, work, line, item, &given) != OK ||
		read_day(work, line, import->effective_column, "effective", &effective) != OK)
		return work->status;
	if (item->old && !given) {
		item->same = true; /* this file was here before */
		return OK;
	}
	return item->old ? read_change(import, work, line, item, effective) : read_new(import, work, line, item, effective);
}
