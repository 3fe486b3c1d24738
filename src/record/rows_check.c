/* What a row must fulfil before it is written: fields given, links within reach, a place within reach on every day. */
#include <string.h>

#include "record/days.h"
#include "record/pointed.h"
#include "record/rows_inner.h"

bool row_open(const struct row *row)
{
	const struct field *state = row->record->shown ? record_field(row->record, "state") : NULL;
	return row->record->open && (!state || (!row_null(row, state) && text_listed(row->record->shown, ',', row_get(row, state).text)));
}

bool row_reaches(const struct work *work, const struct row *row, int right)
{
	if (row->record->open && right == row->record->read)
		return work->who && (row_open(row) || who_reaches(work->who, row->record->write, row->path, row_site(row)));
	return who_reaches(work->who, right, row->path, row_site(row));
}

static enum status check_one_link(struct work *work, const struct field *field, const struct record *to, struct id id)
{
	if (work->who && id_same(id, work->who->id))
		return OK; /* everyone may name themselves, whether or not they may see users */
	const struct pointed *pointed = pointed_find(work, to, id);
	bool open = to->open && work->who;
	if (!pointed || pointed->voided || !(open || who_reaches(work->who, to->read, pointed->path, pointed->site)))
		return fail(work, BAD_FIELD, field->name, "names nothing that is there|所指不存在");
	return OK;
}

static enum status check_links(struct work *work, const struct field *field, const struct record *to, const char *list)
{
	json_t *ids = json_read(work->arena, list, strlen(list), NULL);
	enum status status = OK;
	for (size_t i = 0; i < json_array_size(ids) && status == OK; i++) {
		struct id id = {{0}};
		id_parse(json_string_value(json_array_get(ids, i)), &id);
		status = check_one_link(work, field, to, id);
	}
	return status;
}

static enum status check_choice(struct work *work, const struct field *field, const char *code)
{
	const char *sql =
		arena_print(work->arena, "SELECT 1 FROM %s WHERE code = ? AND voided_at IS NULL", record_named(field->choices)->plural);
	return db_get(work->db, 0, sql, BIND(V(code))) ? OK : fail(work, BAD_FIELD, field->name, "is not in the list|不在可选范围内");
}

/* Whatever a row points to must be there, for this user. Values that did not change are not asked again. */
static enum status check_pointers(struct work *work, const struct row *old, const struct row *row)
{
	for (size_t i = 0; i < row->record->field_count; i++) {
		const struct field *field = &row->record->fields[i];
		struct value value = row_get(row, field);
		if (value.type == VALUE_NULL || (old && value_same(value, row_get(old, field))))
			continue;
		const char *name = field->link;
		if (field->kind == &kind_area)
			name = "area";
		else if (field->kind == &kind_file || field->kind == &kind_files)
			name = "file";
		if (name && field->kind->holds == VALUE_ID)
			check_one_link(work, field, record_named(name), value.id);
		else if (field->choices)
			check_choice(work, field, value.text);
		else if (name)
			check_links(work, field, record_named(name), value.text);
	}
	return work->status;
}

static enum status check_needed(struct work *work, const struct row *row)
{
	for (size_t i = 0; i < row->record->field_count; i++) {
		const struct field *field = &row->record->fields[i];
		struct value value = row_get(row, field);
		if (field->need && (value.type == VALUE_NULL || (value.type == VALUE_TEXT && !*value.text)))
			fail(work, BAD_FIELD, field->name, "must be given|必填");
	}
	return work->status;
}

enum status row_place(struct work *work, struct row *row)
{
	const struct field *follows = row->record->follows ? record_field(row->record, row->record->follows) : NULL;
	struct value value = follows ? row_get(row, follows) : value_null();
	if (value.type == VALUE_ID) {
		const struct pointed *followed = pointed_find(work, record_named(follows->link), value.id);
		if (!followed)
			return fail(work, BAD_FIELD, follows->name, "names nothing that is there|所指不存在");
		row->path = arena_copy(work->arena, followed->path);
		row->home = row->version ? row->home : followed->home;
		return OK;
	}
	const struct field *area = record_field(row->record, "area");
	value = area ? row_get(row, area) : value_null();
	if (value.type != VALUE_ID)
		return OK;
	const struct pointed *pointed = pointed_find(work, record_named("area"), value.id);
	if (!pointed)
		return fail(work, BAD_FIELD, "area", "names no area|区划不存在");
	row->path = arena_copy(work->arena, pointed->path);
	row->home = row->version ? row->home : pointed->home;
	return OK;
}

static enum status check_place(struct work *work, struct row *row, int right)
{
	const char *field = row->record->follows ? row->record->follows : "area";
	if (row_place(work, row) != OK || who_reaches(work->who, right, row->path, row_site(row)))
		return work->status;
	return who_may(work->who, right) ? fail(work, BAD_FIELD, field, "is outside your area|不在您的管辖范围内")
					 : fail(work, NO_RIGHT, NULL, NULL);
}

/* On other days, too, a row stands and points within reach: else it could go on its way now and arrive where its sender must not put it. */
static enum status check_timeline(struct work *work, const struct row *old, const struct row *row, int right)
{
	struct breaks breaks = {.arena = work->arena};
	const struct field *area = record_field(row->record, "area");
	if (!row->days || (old && text_same(old->days, row->days)))
		return OK;
	days_breaks(work, row, &breaks);
	for (size_t i = 0; i < breaks.count && work->status == OK; i++) {
		const struct row *before = old ? row_as_of(work, old, breaks.days[i]) : NULL;
		struct row *then = row_copy(work->arena, row_as_of(work, row, breaks.days[i]));
		bool moved = area && !(before && value_same(row_get(before, area), row_get(then, area)));
		if (check_pointers(work, before, then) == OK && moved)
			check_place(work, then, right);
	}
	return work->status;
}

static enum status check_row(struct work *work, const struct row *old, struct row *row, int right)
{
	check_needed(work, row);
	if (work->status == OK)
		check_pointers(work, old, row);
	if (work->status == OK)
		check_timeline(work, old, row, right);
	if (work->status == OK && row->record->check)
		row->record->check(work, old, row);
	return work->status == OK ? check_place(work, row, right) : work->status;
}

enum status row_check(struct work *work, const struct row *old, struct row *row, int right)
{
	if (id_none(row->id))
		row->id = id_new();
	if (id_none(row->incident) && !row->record->lasting)
		row->incident = work->store->incident;
	if (!row->since)
		row->since = work->today;
	return check_row(work, old, row, right);
}
