#include "record/shift.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "record/rows.h"
#include "record/search.h"
#include "record/tally_buffer.h"

static int compare(const void *one, const void *other)
{
	const struct tally_point *a = one, *b = other;
	int order = strcmp(a->measure->name, b->measure->name);
	if (!order)
		order = strcmp(a->cell, b->cell);
	return order ? order : (a->day > b->day) - (a->day < b->day);
}

/* What is counted in the area: as stored, and as waits to be written with this batch. */
static void read_points(struct work *work, int64_t area, struct tally_points *points)
{
	struct query *query = db_query(work->db, "SELECT measure, cell, day, n FROM tallies WHERE area = ? AND span = 0", BIND(V(area)));
	while (db_next(query)) {
		const struct measure *measure = measure_named(db_text(query, 0), NULL);
		if (measure)
			tally_point(points, measure, db_text(query, 1), db_whole(query, 2), db_whole(query, 3));
	}
	tally_waiting(work->tallies, area, points, 1);
	if (points->count)
		qsort(points->list, points->count, sizeof *points->list, compare);
}

const char *stand_on(const struct stand *stands, size_t count, int64_t day)
{
	size_t at = 0;
	while (at + 1 < count && stands[at + 1].from <= day)
		at++;
	return stands[at].path;
}

static void add_above(struct work *work, const char *path, const struct tally_point *point, int64_t day, int64_t change)
{
	int64_t areas[PATH_DEEP];
	size_t count = path_areas(path, areas);
	for (size_t i = 0; i + 1 < count; i++)
		tally_add(work->tallies, areas[i], point->measure, point->cell, day, change);
}

static void add_flow(
	struct work *work, const struct tally_point *points, size_t count, const struct stand *stands, size_t stand_count, int sign)
{
	for (size_t i = 0; i < count; i++)
		add_above(work, stand_on(stands, stand_count, points[i].day), &points[i], points[i].day, sign * points[i].change);
}

/* A stock leaves one path and enters the next on the day of a move, and changes on its own days. */
static void add_stock(
	struct work *work, const struct tally_point *points, size_t count, const struct stand *stands, size_t stand_count, int sign)
{
	int64_t level = 0;
	const char *path = stands[0].path;
	for (size_t i = 0, s = 1; i < count || s < stand_count;) {
		int64_t day = s < stand_count && (i == count || stands[s].from <= points[i].day) ? stands[s].from : points[i].day,
			before = level;
		const char *left = path;
		if (s < stand_count && stands[s].from == day)
			path = stands[s++].path;
		for (; i < count && points[i].day == day; i++)
			level += points[i].change;
		if (left == path) {
			add_above(work, path, &points[0], day, sign * (level - before));
			continue;
		}
		add_above(work, left, &points[0], day, -sign * before);
		add_above(work, path, &points[0], day, sign * level);
	}
}

void shift_counts(struct work *work, int64_t area, const struct stand *old, size_t old_count, const struct stand *now, size_t now_count)
{
	struct tally_points points = {.arena = work->arena};
	read_points(work, area, &points);
	for (size_t i = 0; i < points.count;) {
		const struct tally_point *first = &points.list[i];
		size_t end = i;
		while (end < points.count && points.list[end].measure == first->measure && strcmp(points.list[end].cell, first->cell) == 0)
			end++;
		void (*add)(struct work *, const struct tally_point *, size_t, const struct stand *, size_t, int) =
			first->measure->type == STOCK ? add_stock : add_flow;
		add(work, first, end - i, old, old_count, -1);
		add(work, first, end - i, now, now_count, 1);
		i = end;
	}
}

/* The places of a row are words of the index; to change them, its other words must be given again. In order of numbers: the index gathers
 * changes only as long as these rise. */
static void shift_search(struct work *work, const struct record *record, const char *old, const char *now, struct id except)
{
	struct arena *kept = work->arena;
	const char *sql = arena_print(kept, "SELECT %s FROM %s WHERE voided_at IS NULL AND path >= ? AND path < ? ORDER BY serial",
		row_columns(kept, record), record->plural);
	struct query *query = db_walk(work->db, sql, BIND(V(old), V(arena_print(kept, "%s~", old))));
	work->arena = arena_new();
	while (db_next(query)) {
		struct row *row = row_read(work, record, query);
		if (!id_same(row->id, except)) {
			struct row *moved = row_copy(work->arena, row);
			moved->path = arena_print(work->arena, "%s%s", now, row->path + strlen(old));
			search_update(work, row, moved);
		}
		arena_reset(work->arena);
	}
	arena_free(work->arena);
	work->arena = kept;
}

void shift_paths(struct work *work, const char *old, const char *now, struct id except)
{
	const char *end = arena_print(work->arena, "%s~", old);
	for (size_t i = 0; i < record_count; i++) {
		const struct record *record = records[i];
		if (search_has(record))
			shift_search(work, record, old, now, except);
		/* the rows taken out have no index by path */
		static const char *const kinds[] = {"IS NULL", "IS NOT NULL"};
		for (int k = 0; k < 2; k++)
			db_run(work->db,
				arena_print(work->arena,
					"UPDATE %s SET path = ? || substr(path, %zu) WHERE voided_at %s AND path >= ? AND path < ? AND id <> ?",
					record->plural, strlen(old) + 1, kinds[k]),
				BIND(V(now), V(old), V(end), value_bytes(except.bytes, sizeof except.bytes)));
	}
}
