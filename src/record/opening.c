#include "record/opening.h"

#include <stdlib.h>
#include <string.h>

#include "record/days.h"
#include "record/rows.h"
#include "record/shift.h"

struct walk {
	struct work *work;
	const struct opening_ask *ask;
	struct opening *opening;
	size_t space;
	const char *after_path; /* of the cursor; NULL none */
	size_t stray_from; /* so many were found by where they stand */
	bool strays; /* now taking those that stood here and stand elsewhere */
	struct id after_id;
};

static bool holds(const char *path, int64_t number)
{
	int64_t areas[PATH_DEEP];
	size_t count = path_areas(path, areas);
	for (size_t i = 0; i < count; i++)
		if (areas[i] == number)
			return true;
	return false;
}

/* Whether the row was in the area on a day: by the area's number, for the area itself may have stood elsewhere. */
static bool was_inside(const struct walk *walk, const struct stand *stands, size_t count, int64_t day)
{
	const struct opening_ask *ask = walk->ask;
	if (!count || !holds(stand_on(stands, count, day), ask->number))
		return false;
	for (size_t i = 0; i < ask->but_count; i++)
		if (holds(stand_on(stands, count, day), ask->but[i]))
			return false;
	return true;
}

/* Whether a row is found by where it stood and not by where it stands. */
static bool is_stray(const struct walk *walk, const struct row *row, const struct stand *stands, size_t count)
{
	if (walk->ask->total)
		return count > 1;
	return count && !text_same(stand_on(stands, count, walk->ask->day), row->path);
}

static int64_t value_on(
	struct walk *walk, const struct row *row, const struct stand *stands, size_t count, int64_t day, const struct row **then)
{
	const struct opening_ask *ask = walk->ask;
	*then = row_as_of(walk->work, row, day);
	int64_t value = ask->measure->value(walk->work, *then, day);
	if (!value || !was_inside(walk, stands, count, day))
		return 0;
	return !ask->cell || cell_fits(ask->cell, measure_cell(walk->work, ask->measure, *then, day)) ? value : 0;
}

/* What a row counts for: on the day, or for a total on every day up to it. */
static int64_t value_of(struct walk *walk, const struct row *row, const struct row **then)
{
	const struct opening_ask *ask = walk->ask;
	struct stand *stands;
	size_t count = row_stands(walk->work, row, &stands);
	*then = row;
	if (id_none(ask->site) && is_stray(walk, row, stands, count) != walk->strays)
		return 0;
	if (!ask->total || ask->measure->type == STOCK)
		return value_on(walk, row, stands, count, ask->day, then);
	int64_t sum = 0;
	struct breaks breaks = {.arena = walk->work->arena};
	days_breaks(walk->work, row, &breaks);
	if (row->record->breaks)
		row->record->breaks(walk->work, row, &breaks);
	for (size_t i = 0; i < breaks.count && breaks.days[i] <= ask->day; i++)
		sum += value_on(walk, row, stands, count, breaks.days[i], then);
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
	static const unsigned char first[16];
	struct value after = {.type = VALUE_BYTES, .text = (const char *)first, .size = sizeof first};
	struct sql sql = sql_new(work->arena);
	sql_add(&sql,
		arena_print(work->arena, "SELECT %s FROM %s%s WHERE voided_at IS NULL AND path = ? AND id > ?",
			row_columns(work->arena, record), record->plural,
			db_hint(work->db, work->arena, arena_print(work->arena, "%s_by_path", record->plural))),
		BIND(V(path), resumed ? V(walk->after_id) : after));
	if (walk->ask->narrow)
		sql_add(&sql, walk->ask->narrow->text.text, walk->ask->narrow->values, walk->ask->narrow->count);
	sql_add(&sql, " ORDER BY id", NOTHING);
	take(walk, sql_walk(work->db, &sql));
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
		"SELECT number, path FROM areas WHERE parent = (SELECT id FROM areas WHERE path = ? AND voided_at IS NULL) AND voided_at IS NULL "
		"ORDER BY path",
		BIND(V(path)));
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

/* Areas of which a path by day, now over or yet to come, led through this one. */
static size_t moved_areas(struct walk *walk, struct id **areas)
{
	struct work *work = walk->work;
	const struct opening_ask *ask = walk->ask;
	size_t count = 0, space = 0;
	char step[PATH_STEP + 1];
	path_step(ask->number, step);
	struct query *query =
		db_query(work->db, "SELECT id, moves, path FROM areas WHERE moves IS NOT NULL AND (moves LIKE ? OR path LIKE ?)",
			BIND(V(arena_print(work->arena, "%%%s%%", step)), V(arena_print(work->arena, "%s%%", ask->path))));
	while (db_next(query)) {
		struct stand *stands;
		size_t stand_count = area_stands_read(work, db_text(query, 1), db_text(query, 2), &stands);
		if (ask->total || !text_same(stand_on(stands, stand_count, ask->day), db_text(query, 2)))
			*ARENA_PUSH(work->arena, *areas, count, space) = db_id(query, 0);
	}
	return count;
}

static void add_areas(struct sql *sql, const struct id *areas, size_t count)
{
	sql_add(sql, "(", NOTHING);
	for (size_t i = 0; i < count; i++)
		sql_add(sql, i ? ", ?" : "?", BIND(V(areas[i])));
	sql_add(sql, ")", NOTHING);
}

/* Adds "SELECT id …" of the rows that moved themselves, that stand in a moved area, or that follow such a row. False where no row can. */
static bool add_moved(struct sql *sql, const struct record *record, const struct id *areas, size_t count)
{
	const struct field *area = record_field(record, "area");
	const struct field *follows = record->follows ? record_field(record, record->follows) : NULL;
	struct arena *arena = sql->text.arena;
	bool any = false;
	if (follows) {
		struct sql inner = sql_new(arena);
		any = add_moved(&inner, record_named(follows->link), areas, count);
		if (any)
			sql_add(sql,
				arena_print(
					arena, "SELECT id FROM %s WHERE %s IN (%s)", record->plural, follows->name, buf_end(&inner.text)),
				inner.values, inner.count);
	}
	if (area && count) {
		sql_add(sql,
			arena_print(arena, "%sSELECT id FROM %s WHERE voided_at IS NULL AND area IN ", any ? " UNION ALL " : "",
				record->plural),
			NOTHING);
		add_areas(sql, areas, count);
		any = true;
	}
	if (area && area->dated) {
		sql_add(sql,
			arena_print(arena, "%sSELECT id FROM %s WHERE days LIKE '%%\"area\"%%'", any ? " UNION ALL " : "", record->plural),
			NOTHING);
		any = true;
	}
	return any;
}

/* Rows that stood here on that day and stand elsewhere today: they or what they follow moved, or an area did. */
static void take_strays(struct walk *walk)
{
	struct work *work = walk->work;
	const struct record *record = walk->ask->record;
	struct id *areas = NULL;
	struct sql sql = sql_new(work->arena);
	if (full(walk))
		return;
	size_t count = moved_areas(walk, &areas);
	sql_add(&sql,
		arena_print(work->arena, "SELECT %s FROM %s WHERE voided_at IS NULL AND id IN (", row_columns(work->arena, record),
			record->plural),
		NOTHING);
	if (!add_moved(&sql, record, areas, count))
		return;
	sql_add(&sql, ")", NOTHING);
	if (walk->strays)
		sql_add(&sql, " AND id > ?", BIND(V(walk->after_id)));
	sql_add(&sql, " ORDER BY id", NOTHING);
	walk->strays = true;
	take(walk, sql_walk(work->db, &sql));
}

/* Adds "SELECT id …" of the rows that belong to the site. False where none can. */
static bool add_of_site(struct sql *sql, const struct record *record, struct id site)
{
	const struct field *field = record_field(record, "site"), *follows = record->follows ? record_field(record, record->follows) : NULL;
	struct arena *arena = sql->text.arena;
	bool self = strcmp(record->name, "site") == 0;
	if (self || field) {
		sql_add(sql, arena_print(arena, "SELECT id FROM %s WHERE %s = ?", record->plural, self ? "id" : "site"), BIND(V(site)));
		return true;
	}
	struct sql inner = sql_new(arena);
	if (!follows || !follows->link || !add_of_site(&inner, record_named(follows->link), site))
		return false;
	sql_add(sql, arena_print(arena, "SELECT id FROM %s WHERE %s IN (%s)", record->plural, follows->name, buf_end(&inner.text)),
		inner.values, inner.count);
	return true;
}

static void take_of_site(struct walk *walk)
{
	struct work *work = walk->work;
	const struct record *record = walk->ask->record;
	struct sql sql = sql_new(work->arena);
	sql_add(&sql,
		arena_print(work->arena, "SELECT %s FROM %s WHERE voided_at IS NULL AND id IN (", row_columns(work->arena, record),
			record->plural),
		NOTHING);
	if (!add_of_site(&sql, record, walk->ask->site))
		return;
	sql_add(&sql, ")", NOTHING);
	if (walk->after_path)
		sql_add(&sql, " AND id > ?", BIND(V(walk->after_id)));
	sql_add(&sql, " ORDER BY id", NOTHING);
	take(walk, sql_walk(work->db, &sql));
}

/* The id of the last row, and its path while rows are found by where they stand. */
static const char *cursor_of(struct work *work, const struct row *row, bool stray)
{
	char id[ID_TEXT];
	return arena_print(work->arena, "%s.%s", id_print(row->id, id), stray ? "~" : row->path);
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
		walk.strays = text_same(walk.after_path, "~");
	}
	if (id_none(ask->site)) {
		if (!walk.strays)
			visit(&walk, ask->path);
		walk.stray_from = walk.strays ? 0 : opening->count;
		take_strays(&walk);
	} else {
		take_of_site(&walk);
	}
	if (opening->count > ask->limit) {
		opening->count = ask->limit;
		opening->next = cursor_of(work, opening->rows[ask->limit - 1].row, ask->limit > walk.stray_from);
	}
	return OK;
}
