#include "record/follow.h"

#include <string.h>

#include "record/days.h"
#include "record/search.h"
#include "record/tally.h"

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

bool follow_led(const struct record *leader)
{
	return has_followers(leader);
}

bool follow_needed(const struct row *old, const struct row *row)
{
	if (!has_followers(row->record))
		return false;
	if (old->since != row->since || !text_same(old->days, row->days) || old->voided_at != row->voided_at)
		return true;
	for (size_t i = 0; i < row->record->field_count; i++) {
		/* the parts of a measure are picks; the place is the area; what holds from a day on is counted, too */
		const struct field *field = &row->record->fields[i];
		if ((field->kind == &kind_pick || field->kind == &kind_area || field->dated) &&
			!value_same(row_get(old, field), row_get(row, field)))
			return true;
	}
	return false;
}

bool follow_counting(const struct work *work, struct id id)
{
	for (size_t i = 0; i < work->counted_count; i++)
		if (id_same(work->counted[i], id))
			return true;
	return false;
}

bool follow_begin(struct work *work, const struct row *row)
{
	if (!row || follow_counting(work, row->id))
		return false;
	tally_row(work, row, -1);
	*ARENA_PUSH(work->arena, work->counted, work->counted_count, work->counted_space) = row->id;
	return true;
}

void subjects_begin(struct work *work, const struct row *row, struct followers *subjects)
{
	const struct record *record = row->record;
	const struct row *found[1 + TOUCHED] = {NULL};
	struct id id = record->subject ? record->subject_of(row) : (struct id){{0}};
	if (!id_none(id))
		found[0] = row_load(work, record->subject, id);
	size_t count = 1 + (record->touches ? record->touches(work, row, found + 1) : 0);
	for (size_t i = 0; i < count; i++)
		if (follow_begin(work, found[i]))
			*ARENA_PUSH(work->arena, subjects->rows, subjects->count, subjects->space) = found[i];
}

void follow_new(struct work *work, struct id id)
{
	*ARENA_PUSH(work->arena, work->counted, work->counted_count, work->counted_space) = id;
}

static void count_again(struct work *work, const struct row *row, struct id id)
{
	size_t at = 0;
	while (at < work->counted_count && !id_same(work->counted[at], id))
		at++;
	work->counted[at] = work->counted[--work->counted_count];
	if (row)
		tally_row(work, row, 1);
}

void follow_end(struct work *work, const struct record *record, struct id id)
{
	count_again(work, row_load(work, record, id), id);
}

void follow_settled(struct work *work, const struct row *row)
{
	count_again(work, row, row->id);
}

static size_t load_followers(struct work *work, const struct row *leader, const struct record *record, struct row ***rows)
{
	size_t count = 0, space = 0;
	const char *sql = arena_print(
		work->arena, "SELECT %s FROM %s WHERE %s = ?", row_columns(work->arena, record), record->plural, record->follows);
	struct query *query = db_query(work->db, sql, BIND(V(leader->id)));
	while (db_next(query))
		*ARENA_PUSH(work->arena, *rows, count, space) = row_read(work, record, query);
	return count;
}

void followers_begin(struct work *work, const struct row *row, struct followers *followers)
{
	for (size_t i = 0; i < record_count; i++) {
		struct row **rows = NULL;
		size_t count = follows(records[i], row->record) ? load_followers(work, row, records[i], &rows) : 0;
		for (size_t j = 0; j < count; j++) {
			if (follow_begin(work, rows[j]))
				*ARENA_PUSH(work->arena, followers->rows, followers->count, followers->space) = rows[j];
			followers_begin(work, rows[j], followers);
		}
	}
}

void followers_end(struct work *work, const struct followers *followers)
{
	for (size_t i = 0; i < followers->count; i++)
		follow_end(work, followers->rows[i]->record, followers->rows[i]->id);
}

void follow_path(struct work *work, const struct row *row)
{
	for (size_t i = 0; i < record_count; i++) {
		struct row **rows = NULL;
		size_t count = follows(records[i], row->record) ? load_followers(work, row, records[i], &rows) : 0;
		for (size_t j = 0; j < count; j++) {
			struct row *moved = row_copy(work->arena, rows[j]);
			moved->path = row->path;
			row_refresh(work, moved);
			follow_path(work, moved);
		}
	}
}
