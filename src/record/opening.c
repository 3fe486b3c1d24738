#include "record/opening.h"

#include <stdlib.h>
#include <string.h>

#include "record/days.h"
#include "record/rows.h"

struct walk {
	struct work *work;
	const struct opening_ask *ask;
	struct opening *opening;
	size_t space;
	const char *after_path; /* of the cursor; NULL none */
	struct id after_id;
};

static bool cell_fits(const char *wanted, const char *cell)
{
	while (wanted && *wanted) {
		size_t want = strcspn(wanted, "|"), have = strcspn(cell, "|");
		if (want && (want != have || memcmp(wanted, cell, want) != 0))
			return false;
		wanted += want + (wanted[want] == '|');
		cell += have + (cell[have] == '|');
	}
	return true;
}

static const char *path_on(struct work *work, const struct row *row, int64_t day)
{
	struct stand *stands;
	size_t count = row_stands(work, row, &stands), at = 0;
	while (at + 1 < count && stands[at + 1].from <= day)
		at++;
	return count ? stands[at].path : "~";
}

static int64_t value_on(struct walk *walk, const struct row *row, int64_t day, const struct row **then)
{
	const struct opening_ask *ask = walk->ask;
	*then = row_as_of(walk->work, row, day);
	int64_t value = ask->measure->value(walk->work, *then, day);
	if (!value || !path_inside(path_on(walk->work, row, day), ask->path))
		return 0;
	return !ask->cell || cell_fits(ask->cell, measure_cell(walk->work, ask->measure, *then, day)) ? value : 0;
}

/* What a row counts for: on the day, or for a total on every day up to it. */
static int64_t value_of(struct walk *walk, const struct row *row, const struct row **then)
{
	const struct opening_ask *ask = walk->ask;
	if (!ask->total || ask->measure->type == STOCK)
		return value_on(walk, row, ask->day, then);
	int64_t sum = 0;
	struct breaks breaks = {.arena = walk->work->arena};
	days_breaks(walk->work, row, &breaks);
	if (row->record->breaks)
		row->record->breaks(walk->work, row, &breaks);
	for (size_t i = 0; i < breaks.count && breaks.days[i] <= ask->day; i++)
		sum += value_on(walk, row, breaks.days[i], then);
	*then = row;
	return sum;
}

static bool full(const struct walk *walk)
{
	return walk->opening->count > walk->ask->limit;
}

static void take(struct walk *walk, struct query *query)
{
	struct work *work = walk->work;
	const struct record *record = walk->ask->record;
	while (!full(walk) && db_next(query)) {
		const struct row *then, *row = row_read(work, record, query);
		int64_t value = value_of(walk, row, &then);
		if (value && (record->open || who_reaches(work->who, record->read, row->path, row_site(row))))
			*ARENA_PUSH(work->arena, walk->opening->rows, walk->opening->count, walk->space) =
				(struct opened){.row = then, .value = value};
	}
	db_done(query);
}

/* Rows that stand in this very area today. */
static void take_here(struct walk *walk, const char *path)
{
	struct work *work = walk->work;
	const struct record *record = walk->ask->record;
	bool resumed = walk->after_path && strcmp(path, walk->after_path) == 0;
	const char *sql = arena_print(work->arena, "SELECT %s FROM %s%s WHERE voided_at IS NULL AND path = ? AND id > ? ORDER BY id",
		row_columns(work->arena, record), record->plural,
		db_hint(work->db, work->arena, arena_print(work->arena, "%s_by_path", record->plural)));
	static const unsigned char first[16];
	take(walk,
		db_query(work->db, sql,
			BIND(V(path),
				resumed ? V(walk->after_id)
					: (struct value){.type = VALUE_BYTES, .text = (const char *)first, .size = 1})));
}

struct child {
	int64_t number;
	const char *path;
};

static bool counts_any(struct walk *walk, int64_t number)
{
	struct count *counts;
	struct count_ask ask = {.areas = &number,
		.area_count = 1,
		.measures = (const struct measure *const[]){walk->ask->measure},
		.measure_count = 1,
		.day = walk->ask->day,
		.total = walk->ask->total};
	size_t count = tally_read(walk->work, &ask, &counts);
	for (size_t i = 0; i < count; i++)
		if (cell_fits(walk->ask->cell, counts[i].cell))
			return true;
	return false;
}

static void visit(struct walk *walk, const char *path)
{
	struct work *work = walk->work;
	struct child *children = NULL;
	size_t count = 0, space = 0;
	if (full(walk))
		return;
	if (!walk->after_path || strcmp(path, walk->after_path) >= 0)
		take_here(walk, path);
	struct query *query = db_query(work->db,
		"SELECT number, path FROM areas WHERE parent = (SELECT id FROM areas WHERE number = ?) AND voided_at IS NULL ORDER BY path",
		BIND(V(strlen(path) >= PATH_STEP ? (int64_t)strtoll(path + strlen(path) - PATH_STEP, NULL, 36) : 0)));
	while (db_next(query))
		*ARENA_PUSH(work->arena, children, count, space) =
			(struct child){.number = db_whole(query, 0), .path = db_copy(query, 1, work->arena)};
	for (size_t i = 0; i < count && !full(walk); i++) {
		bool before = walk->after_path && strcmp(children[i].path, walk->after_path) < 0 &&
			!path_inside(walk->after_path, children[i].path);
		if (!before && counts_any(walk, children[i].number))
			visit(walk, children[i].path);
	}
}

/* Rows that stood here on that day and stand elsewhere today: they or what they follow moved, or an area did. */
static void take_strays(struct walk *walk)
{
	struct work *work = walk->work;
	const struct record *record = walk->ask->record;
	struct sql sql = sql_new(work->arena);
	if (full(walk))
		return;
	const char *end = arena_print(work->arena, "%s~", walk->ask->path), *moved = arena_print(work->arena, "%%%s%%", walk->ask->path);
	sql_add(&sql,
		arena_print(work->arena, "SELECT %s FROM %s WHERE voided_at IS NULL AND NOT (path >= ? AND path < ?) AND (",
			row_columns(work->arena, record), record->plural),
		BIND(V(walk->ask->path), V(end)));
	const char *column = record->follows ? record->follows : "area";
	const struct field *area = record_field(record, "area");
	if (record->follows)
		sql_add(&sql,
			arena_print(work->arena,
				"%s IN (SELECT id FROM sites WHERE days LIKE '%%\"area\"%%' OR area IN (SELECT id FROM areas WHERE moves LIKE ?))",
				column),
			BIND(V(moved)));
	else if (area)
		sql_add(&sql,
			arena_print(work->arena, "area IN (SELECT id FROM areas WHERE moves LIKE ?)%s",
				area->dated ? " OR days LIKE '%\"area\"%'" : ""),
			BIND(V(moved)));
	else
		return;
	sql_add(&sql, ") ORDER BY id", NOTHING);
	take(walk, sql_query(work->db, &sql));
}

static const char *cursor_of(struct work *work, const struct row *row)
{
	char id[ID_TEXT];
	return arena_print(work->arena, "%s.%s", id_print(row->id, id), row->path);
}

enum status opening_read(struct work *work, const struct opening_ask *ask, struct opening *opening)
{
	struct walk walk = {.work = work, .ask = ask, .opening = opening};
	char id[ID_TEXT] = "";
	*opening = (struct opening){0};
	if (ask->after && *ask->after) {
		if (strlen(ask->after) < ID_TEXT)
			return fail(work, BAD_FIELD, "after", "is no cursor|分页标记无效");
		memcpy(id, ask->after, ID_TEXT - 1);
		if (!id_parse(id, &walk.after_id))
			return fail(work, BAD_FIELD, "after", "is no cursor|分页标记无效");
		walk.after_path = ask->after + ID_TEXT;
	}
	visit(&walk, ask->path);
	take_strays(&walk);
	if (opening->count > ask->limit) {
		opening->count = ask->limit;
		opening->next = cursor_of(work, opening->rows[ask->limit - 1].row);
	}
	return OK;
}
