#include "app/area_move.h"

#include <string.h>

#include "app/rights.h"
#include "base/clock.h"
#include "record/days.h"
#include "record/rows.h"
#include "record/shift.h"

struct stands {
	struct stand *list;
	size_t count, space;
};

static void stands_add(struct arena *arena, struct stands *stands, int64_t from, const char *path)
{
	if (stands->count && strcmp(stands->list[stands->count - 1].path, path) == 0)
		return;
	*ARENA_PUSH(arena, stands->list, stands->count, stands->space) = (struct stand){.from = from, .path = path};
}

static struct stands stands_read(struct work *work, const char *moves, const char *path)
{
	struct stands stands = {0};
	stands.count = stands.space = area_stands_read(work, moves, path, &stands.list);
	return stands;
}

static const char *stands_write(struct arena *arena, const struct stands *stands)
{
	struct json json = json_new(arena);
	if (stands->count < 2)
		return NULL;
	json_open(&json, '[');
	for (size_t i = 0; i < stands->count; i++) {
		json_open(&json, '[');
		json_day(&json, i + 1 < stands->count ? stands->list[i + 1].from : DAY_FAR);
		json_text(&json, stands->list[i].path);
		json_close(&json, ']');
	}
	json_close(&json, ']');
	return buf_end(&json.buf);
}

static const char *stands_at(const struct stands *stands, int64_t day)
{
	return stand_on(stands->list, stands->count, day);
}

/* Where a path goes on behind the step of an area; NULL where the area is not on it. */
static const char *behind(const char *path, const char *step)
{
	for (; *path; path += PATH_STEP)
		if (strncmp(path, step, PATH_STEP) == 0)
			return path + PATH_STEP;
	return NULL;
}

static const char *parent_step(const char *path)
{
	size_t size = strlen(path);
	return size < 2 * PATH_STEP ? "" : path + size - 2 * PATH_STEP;
}

/* The day of the area's own next move after `day`. */
static int64_t next_move(const struct stands *stands, int64_t day)
{
	for (size_t i = 1; i < stands->count; i++)
		if (stands->list[i].from > day &&
			strncmp(parent_step(stands->list[i].path), parent_step(stands->list[i - 1].path), PATH_STEP) != 0)
			return stands->list[i].from;
	return DAY_FAR;
}

struct move {
	struct work *work;
	const struct area *area;
	const struct area *above; /* the new one */
	int64_t from, until; /* until before that day */
	char step[PATH_STEP + 1]; /* of the area */
	struct stands old, now;
};

/* Adds the part of `stands` between two days, each path with a tail. */
static void add_part(struct work *work, struct stands *to, const struct stands *stands, int64_t from, int64_t until, const char *tail)
{
	for (size_t i = 0; i < stands->count; i++) {
		int64_t begin = stands->list[i].from, end = i + 1 < stands->count ? stands->list[i + 1].from : DAY_FAR;
		if (end > from && begin < until)
			stands_add(
				work->arena, to, begin > from ? begin : from, arena_print(work->arena, "%s%s", stands->list[i].path, tail));
	}
}

static enum status plan_move(struct move *move)
{
	struct work *work = move->work;
	const struct area *area = move->area;
	path_step(area->number, move->step);
	move->old = stands_read(work, area->moves, area->row.path);
	move->until = next_move(&move->old, move->from);
	struct stands above = stands_read(work, move->above->moves, move->above->row.path);
	for (size_t i = 0; i < above.count; i++) {
		int64_t end = i + 1 < above.count ? above.list[i + 1].from : DAY_FAR;
		if (end > move->from && above.list[i].from < move->until && behind(above.list[i].path, move->step))
			return fail(work, BAD_FIELD, "parent", "stands below this area itself|在该区划之下，不能成为其上级");
		if (strlen(above.list[i].path) / PATH_STEP + 1 >= PATH_DEEP)
			return fail(work, BAD_FIELD, "parent", "stands too deep|层级过深");
	}
	add_part(work, &move->now, &move->old, -DAY_FAR, move->from, "");
	add_part(work, &move->now, &above, move->from, move->until, move->step);
	if (move->until < DAY_FAR)
		add_part(work, &move->now, &move->old, move->until, DAY_FAR, "");
	return OK;
}

/* The paths by day of an area that was ever below the moved one: where it was, the moved one's new path comes in place of the old. */
static struct stands stands_below(struct move *move, const struct stands *old)
{
	struct stands now = {0};
	struct arena *arena = move->work->arena;
	for (size_t i = 0, j = 0; i < old->count || j < move->now.count;) {
		int64_t a = i < old->count ? old->list[i].from : DAY_FAR, b = j < move->now.count ? move->now.list[j].from : DAY_FAR;
		int64_t day = a < b ? a : b;
		i += a == day;
		j += b == day;
		const char *path = stands_at(old, day), *tail = behind(path, move->step);
		stands_add(arena, &now, day, tail ? arena_print(arena, "%s%s", stands_at(&move->now, day), tail) : path);
	}
	return now;
}

struct below {
	struct id id;
	const char *moves, *path;
};

/* Every area that is or was below the moved one gets its new paths by day; the moved one itself is written by its own step. */
static void move_below(struct move *move)
{
	struct work *work = move->work;
	struct arena *kept = work->arena;
	struct below *list = NULL;
	size_t count = 0, space = 0;
	const char *path = move->area->row.path;
	struct query *query = db_query(work->db, "SELECT id, moves, path FROM areas WHERE (path >= ? AND path < ?) OR moves LIKE ?",
		BIND(V(path), V(arena_print(kept, "%s~", path)), V(arena_print(kept, "%%%s%%", move->step))));
	while (db_next(query)) {
		struct id id = db_id(query, 0);
		if (!id_same(id, move->area->row.id))
			*ARENA_PUSH(kept, list, count, space) =
				(struct below){.id = id, .moves = db_copy(query, 1, kept), .path = db_copy(query, 2, kept)};
	}
	work->arena = arena_new();
	for (size_t i = 0; i < count; i++) {
		struct stands old = stands_read(work, list[i].moves, list[i].path), now = stands_below(move, &old);
		db_run(work->db, "UPDATE areas SET moves = ? WHERE id = ?", BIND(V(stands_write(work->arena, &now)), V(list[i].id)));
		arena_reset(work->arena);
	}
	arena_free(work->arena);
	work->arena = kept;
}

/* Areas below the county level belong to another county once the area above them does. Rows that are there keep their home. */
static void move_county(struct work *work, const struct area *area, const char *path, int64_t county)
{
	if (county != area->county)
		db_run(work->db, "UPDATE areas SET county = ? WHERE path >= ? AND path < ? AND county = ? AND voided_at IS NULL",
			BIND(V(county), V(path), V(arena_print(work->arena, "%s~", path)), V(area->county)));
}

static int64_t county_below(const struct area *above, const struct area *area)
{
	return above->level >= LEVEL_COUNTY ? above->county : area->number;
}

static struct area *area_at(struct work *work, const char *path)
{
	struct id id = {{0}};
	struct query *query = db_query(work->db, "SELECT id FROM areas WHERE path = ? AND voided_at IS NULL", BIND(V(path)));
	if (db_next(query)) {
		id = db_id(query, 0);
		db_done(query);
	}
	return (struct area *)row_load(work, &area_record, id);
}

static struct area *area_above(struct work *work, const char *path)
{
	size_t size = strlen(path);
	return size < 2 * PATH_STEP ? NULL : area_at(work, arena_text(work->arena, path, size - PATH_STEP));
}

/* Moves `area` below `above` from a day on, and completes `row`, its new version, which the caller writes. */
static enum status make_move(struct work *work, const struct area *area, const struct area *above, int64_t from, struct area *row)
{
	struct move move = {.work = work, .area = area, .above = above, .from = from};
	if (plan_move(&move) != OK)
		return work->status;
	const char *path = stands_at(&move.now, work->today);
	move_below(&move);
	shift_counts(work, area->number, move.old.list, move.old.count, move.now.list, move.now.count);
	SET(row, area, moves, value_text(stands_write(work->arena, &move.now)));
	SET(row, area, effective, V(from));
	SET(row, area, parent, V(area->parent));
	SET(row, area, coming, value_null());
	if (from > work->today)
		SET(row, area, coming, V(above->row.id));
	if (text_same(path, area->row.path))
		return OK;
	shift_paths(work, area->row.path, path, area->row.id);
	row->row.path = path;
	const struct area *now = area_above(work, path);
	if (now) {
		SET(row, area, parent, V(now->row.id));
		SET(row, area, county, V(county_below(now, area)));
		move_county(work, area, path, row->county);
	}
	return OK;
}

/* Whether an area may take others in on that day, for this user. */
static enum status check_taker(struct work *work, const struct area *area, const struct area *taker, const char *field)
{
	struct id none = {{0}};
	if (!taker || taker->row.voided_at || !who_reaches(work->who, RIGHT_area_write, taker->row.path, none))
		return fail(work, BAD_FIELD, field, "names no area within your reach|不是您管辖范围内的区划");
	if (id_same(taker->row.id, area->row.id))
		return fail(work, BAD_FIELD, field, "is this area itself|不能是该区划自身");
	if (GIVEN(taker, area, closed_from))
		return fail(work, BAD_FIELD, field, "was closed|该区划已撤销");
	if (id_same(area->row.id, area_root()))
		return fail(work, BAD_STATE, NULL, "The root does not move|全域不能划转");
	if (GIVEN(area, area, closed_from))
		return fail(work, BAD_STATE, NULL, "This area was closed|该区划已撤销");
	return OK;
}

static int64_t day_given(struct work *work, const struct row *old, const struct area *row)
{
	const struct area *before = (const struct area *)old;
	bool given = GIVEN(row, area, effective) && (!GIVEN(before, area, effective) || row->effective != before->effective);
	return given ? row->effective : work->today;
}

enum status area_move(struct work *work, const struct row *old, struct row *row)
{
	struct area *area = (struct area *)row;
	const struct area *before = (const struct area *)old;
	const struct area *above = (const struct area *)row_load(work, &area_record, area->parent);
	int64_t from = day_given(work, old, area);
	if (check_taker(work, before, above, "parent") != OK)
		return work->status;
	if (above->level >= before->level)
		return fail(work, BAD_FIELD, "parent", "must be of a higher level than this area|须为上级层级");
	return make_move(work, before, above, from, area);
}

/* From each day on which a row comes to stand in `area`, not before `from`, it stands in `to`. */
static bool put_area(struct work *work, struct row *row, const struct field *field, struct id area, struct id to, int64_t from)
{
	const struct row *old = row_copy(work->arena, row);
	struct breaks breaks = {.arena = work->arena};
	bool any = false;
	breaks_add(&breaks, from > row->since ? from : row->since);
	days_breaks(work, row, &breaks);
	for (size_t i = 0; i < breaks.count; i++) {
		struct value value = row_get(row_as_of(work, old, breaks.days[i]), field);
		if (breaks.days[i] < from || value.type != VALUE_ID || !id_same(value.id, area))
			continue;
		days_put(work, row, field, breaks.days[i], DAY_FAR, V(to));
		any = true;
	}
	return any;
}

/* Rows that carry their area by day. */
static enum status merge_rows(struct work *work, const struct record *record, struct id area, struct id to, int64_t from)
{
	const struct field *field = record_field(record, "area");
	struct row **rows = NULL;
	size_t count = 0, space = 0;
	if (!field || !field->dated)
		return OK;
	struct query *query = db_query(work->db,
		arena_print(work->arena, "SELECT %s FROM %s WHERE area = ? AND voided_at IS NULL", row_columns(work->arena, record),
			record->plural),
		BIND(V(area)));
	while (db_next(query))
		*ARENA_PUSH(work->arena, rows, count, space) = row_read(work, record, query);
	for (size_t i = 0; i < count; i++) {
		struct row *row = row_copy(work->arena, rows[i]);
		if (put_area(work, row, field, area, to, from) && row_change(work, rows[i], row, rows[i]->version, RIGHT_area_write) != OK)
			return work->status;
	}
	return OK;
}

static enum status merge_children(struct work *work, const struct area *area, const struct area *to, int64_t from)
{
	struct area **children = NULL;
	size_t count = 0, space = 0;
	struct query *query = db_query(work->db,
		arena_print(
			work->arena, "SELECT %s FROM areas WHERE parent = ? AND voided_at IS NULL", row_columns(work->arena, &area_record)),
		BIND(V(area->row.id)));
	while (db_next(query))
		*ARENA_PUSH(work->arena, children, count, space) = (struct area *)row_read(work, &area_record, query);
	for (size_t i = 0; i < count; i++) {
		struct area *row = (struct area *)row_copy(work->arena, &children[i]->row);
		if (id_same(children[i]->row.id, to->row.id))
			continue;
		if (make_move(work, children[i], to, from, row) != OK ||
			row_change(work, &children[i]->row, &row->row, children[i]->row.version, RIGHT_area_write) != OK)
			return work->status;
	}
	return OK;
}

enum status area_merge(struct work *work, const struct row *old, struct row *row)
{
	struct area *area = (struct area *)row;
	const struct area *before = (const struct area *)old;
	const struct area *to = (const struct area *)row_load(work, &area_record, area->successor);
	int64_t from = day_given(work, old, area);
	struct id deed = work->deed;
	if (check_taker(work, before, to, "successor") != OK)
		return work->status;
	if (to->level != before->level)
		return fail(work, BAD_FIELD, "successor", "must be of the same level|须为同级区划");
	/* the deed is the merge's own, not that of a row that goes along */
	work->deed = (struct id){{0}};
	for (size_t i = 0; i < record_count && work->status == OK; i++)
		merge_rows(work, records[i], before->row.id, to->row.id, from);
	if (work->status == OK)
		merge_children(work, before, to, from);
	work->deed = deed;
	if (work->status != OK || make_move(work, before, to, from, area) != OK)
		return work->status;
	SET(area, area, closed_from, V(from));
	return OK;
}

struct rolled {
	const struct area *area;
	const char *path;
};

/* The areas whose path of today is another one than yesterday's, the rows in them brought along. */
static size_t roll_paths(struct work *work, struct rolled **list)
{
	struct id *moved = NULL;
	size_t count = 0, space = 0, rolled = 0, rolled_space = 0;
	struct query *query = db_query(work->db, "SELECT id FROM areas WHERE moves IS NOT NULL ORDER BY length(path), path", NOTHING);
	while (db_next(query))
		*ARENA_PUSH(work->arena, moved, count, space) = db_id(query, 0);
	/* from the top, and loaded anew: what is below one that moved has come along */
	for (size_t i = 0; i < count; i++) {
		const struct area *area = (const struct area *)row_load(work, &area_record, moved[i]);
		struct stands stands = stands_read(work, area->moves, area->row.path);
		const char *path = stands_at(&stands, work->today);
		if (text_same(path, area->row.path))
			continue;
		shift_paths(work, area->row.path, path, (struct id){{0}});
		*ARENA_PUSH(work->arena, *list, rolled, rolled_space) = (struct rolled){.area = area, .path = path};
	}
	return rolled;
}

bool area_roll_due(struct work *work)
{
	bool due = false;
	struct query *query = db_query(work->db, "SELECT moves, path FROM areas WHERE moves IS NOT NULL", NOTHING);
	while (db_next(query)) {
		struct stands stands = stands_read(work, db_text(query, 0), db_text(query, 1));
		due = due || !text_same(stands_at(&stands, work->today), db_text(query, 1));
	}
	return due;
}

enum status area_roll(struct work *work, void *unused)
{
	struct rolled *list = NULL;
	(void)unused;
	size_t count = roll_paths(work, &list);
	for (size_t i = 0; i < count; i++) {
		const struct area *area = list[i].area, *above = area_above(work, list[i].path);
		if (!above)
			continue;
		int64_t county = county_below(above, area);
		move_county(work, area, list[i].path, county);
		db_run(work->db, "UPDATE areas SET parent = ?, county = ?, coming = NULL WHERE id = ?",
			BIND(V(above->row.id), V(county), V(area->row.id)));
	}
	return OK;
}
