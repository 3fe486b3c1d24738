#include "record/follow.h"

#include <string.h>

#include "record/days.h"
#include "record/search.h"
#include "record/tally.h"

const struct row *follow_subject(struct work *work, const struct row *row)
{
	if (!row->record->subject)
		return NULL;
	struct id id = row->record->subject_of(row);
	return id_none(id) ? NULL : row_load(work, row->record->subject, id);
}

static bool follows(const struct record *record, const struct record *leader)
{
	const struct field *field = record->follows ? record_field(record, record->follows) : NULL;
	return field && strcmp(field->link, leader->name) == 0;
}

static bool has_followers(const struct record *leader)
{
	for (size_t i = 0; i < record_count; i++)
		if (follows(records[i], leader))
			return true;
	return false;
}

bool follow_needed(const struct row *old, const struct row *row)
{
	if (!has_followers(row->record))
		return false;
	if (old->since != row->since || !text_same(old->days, row->days) || old->voided_at != row->voided_at)
		return true;
	for (size_t i = 0; i < row->record->field_count; i++) {
		/* the parts of a measure are picks; the place is the area */
		const struct field *field = &row->record->fields[i];
		if ((field->kind == &kind_pick || field->kind == &kind_area) && !value_same(row_get(old, field), row_get(row, field)))
			return true;
	}
	return false;
}

static void each(
	struct work *work, const struct row *leader, void (*act)(struct work *, const struct row *, const struct row *, int), int sign)
{
	for (size_t i = 0; i < record_count; i++) {
		const struct record *record = records[i];
		if (!follows(record, leader->record))
			continue;
		const char *sql = arena_print(
			work->arena, "SELECT %s FROM %s WHERE %s = ?", row_columns(work->arena, record), record->plural, record->follows);
		struct row **rows = NULL;
		size_t count = 0, space = 0;
		struct query *query = db_query(work->db, sql, BIND(V(leader->id)));
		while (db_next(query))
			*ARENA_PUSH(work->arena, rows, count, space) = row_read(work, record, query);
		for (size_t j = 0; j < count; j++)
			act(work, leader, rows[j], sign);
	}
}

static void count_one(struct work *work, const struct row *leader, const struct row *row, int sign)
{
	(void)leader;
	tally_row(work, row, sign);
	if (has_followers(row->record))
		follow_count(work, row, sign);
}

void follow_count(struct work *work, const struct row *row, int sign)
{
	each(work, row, count_one, sign);
}

static void move_one(struct work *work, const struct row *leader, const struct row *row, int sign)
{
	(void)sign;
	struct row *moved = row_copy(work->arena, row);
	moved->path = leader->path;
	row_refresh(work, moved);
	if (has_followers(row->record))
		follow_path(work, moved);
}

void follow_path(struct work *work, const struct row *row)
{
	each(work, row, move_one, 0);
}
