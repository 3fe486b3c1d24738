#include "record/days.h"

#include <string.h>

#include "base/clock.h"

bool days_any(const struct record *record)
{
	for (size_t i = 0; i < record->field_count; i++)
		if (record->fields[i].dated)
			return true;
	return false;
}

static json_t *days_read(struct work *work, const struct row *row)
{
	json_t *days = row->days ? json_read(work->arena, row->days, strlen(row->days), NULL) : NULL;
	return days ? days : json_own(work->arena, json_object());
}

static json_t *value_json(const struct field *field, struct value value)
{
	char id[ID_TEXT];
	if (value.type == VALUE_NULL)
		return json_null();
	if (field->kind->holds == VALUE_WHOLE)
		return json_integer(value.whole);
	return json_string(field->kind->holds == VALUE_ID ? id_print(value.id, id) : value.text);
}

static struct value json_value(struct arena *arena, const struct field *field, const json_t *json)
{
	struct id id;
	if (!json || json_is_null(json))
		return value_null();
	if (field->kind->holds == VALUE_WHOLE)
		return value_whole(json_integer_value(json));
	if (field->kind->holds == VALUE_ID)
		return id_parse(json_string_value(json), &id) ? value_id(id) : value_null();
	return value_text(arena_copy(arena, json_string_value(json)));
}

/* The value of one field's points on a day: of the latest point not after it, else of the first point. */
static const json_t *point_at(const json_t *points, int64_t day)
{
	char text[DAY_TEXT];
	const char *key, *best = NULL, *first = NULL;
	json_t *value;
	const json_t *found = NULL, *earliest = NULL;
	day_print(day, text);
	/* days of one length compare as texts */
	json_object_foreach((json_t *)points, key, value)
	{
		if (!first || strcmp(key, first) < 0) {
			first = key;
			earliest = value;
		}
		if (strcmp(key, text) <= 0 && (!best || strcmp(key, best) > 0)) {
			best = key;
			found = value;
		}
	}
	return found ? found : earliest;
}

void days_roll(struct work *work, struct row *row)
{
	char today[DAY_TEXT];
	const char *name, *key;
	json_t *points, *value, *days = days_read(work, row);
	day_print(work->today, today);
	row->next_day = DAY_FAR;
	json_object_foreach(days, name, points)
	{
		const struct field *field = record_field(row->record, name);
		int64_t day;
		row_set(row, field, json_value(work->arena, field, point_at(points, work->today)));
		json_object_foreach(points, key, value) if (strcmp(key, today) > 0 && day_parse(key, &day) && day < row->next_day)
			row->next_day = day;
	}
}

/* Drops points after `from` up to `until`. */
static void clear_between(json_t *points, int64_t from, int64_t until)
{
	char low[DAY_TEXT], high[DAY_TEXT];
	const char *key;
	json_t *value;
	void *safe;
	day_print(from, low);
	day_print(until, high);
	json_object_foreach_safe(points, safe, key, value) if (strcmp(key, low) > 0 && strcmp(key, high) <= 0) json_object_del(points, key);
}

void days_put(struct work *work, struct row *row, const struct field *field, int64_t from, int64_t until, struct value value)
{
	char day[DAY_TEXT];
	json_t *days = days_read(work, row);
	json_t *points = json_object_get(days, field->name);
	bool first = from <= row->since;
	int64_t since = row->since;
	if (first)
		row->since = from;
	if (!points) {
		/* told from its first day on and for good: no timeline is needed */
		if (first && until == DAY_FAR) {
			row_set(row, field, value);
			return;
		}
		points = json_object();
		json_object_set_new(days, field->name, points);
		json_object_set_new(points, day_print(since, day), value_json(field, row_get(row, field)));
	}
	if (until != DAY_FAR) {
		const json_t *after = point_at(points, until + 1);
		json_object_set_new(points, day_print(until + 1, day), json_deep_copy(after));
		clear_between(points, from, until);
	}
	json_object_set_new(points, day_print(from, day), value_json(field, value));
	row->days = json_print(work->arena, days);
	days_roll(work, row);
}

const struct row *row_as_of(struct work *work, const struct row *row, int64_t day)
{
	if (!row->days)
		return row;
	const char *name;
	json_t *points, *days = days_read(work, row);
	struct row *copy = row_copy(work->arena, row);
	json_object_foreach(days, name, points)
	{
		const struct field *field = record_field(row->record, name);
		row_set(copy, field, json_value(work->arena, field, point_at(points, day)));
	}
	return copy;
}

void days_breaks(struct work *work, const struct row *row, struct breaks *breaks)
{
	const char *name, *key;
	json_t *points, *value;
	breaks_add(breaks, row->since);
	if (!row->days)
		return;
	json_t *days = days_read(work, row); /* the macro below evaluates its argument at every step */
	json_object_foreach(days, name, points) json_object_foreach(points, key, value)
	{
		int64_t day;
		if (day_parse(key, &day))
			breaks_add(breaks, day);
	}
}
