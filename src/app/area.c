#include "app/area_move.h"

#include <stdio.h>
#include <string.h>

#include "app/rights.h"
#include "base/clock.h"
#include "base/codes.h"
#include "record/rows.h"
#include "record/tally.h"

static enum status area_check(struct work *work, const struct row *old, struct row *row);

#define DEF "app/area.def"
#define HOOKS .check = area_check,
#include "record/table.h"

struct id area_root(void)
{
	return id_of_name("muster root area");
}

int64_t area_number(struct work *work)
{
	db_run(work->db, "INSERT INTO numbers (name, last) VALUES ('area', 1) ON CONFLICT (name) DO UPDATE SET last = numbers.last + 1",
		NOTHING);
	return db_get(work->db, 1, "SELECT last FROM numbers WHERE name = 'area'", NOTHING);
}

static void place_below(struct work *work, struct area *area, const struct area *parent)
{
	char step[PATH_STEP + 1];
	area->row.path = arena_print(work->arena, "%s%s", parent ? parent->row.path : "", path_step(area->number, step));
	/* where the area above stood elsewhere, this one counts there too */
	SET(area, area, moves, value_text(parent ? area_moves_below(work, work->arena, parent->moves, area->number) : NULL));
	SET(area, area, county, V(parent && parent->level >= LEVEL_COUNTY ? parent->county : area->number));
	if (!area->row.version)
		area->row.home = area->county;
}

static enum status check_code(struct work *work, const struct area *area)
{
	if (!GIVEN(area, area, code))
		return OK;
	if (db_get(work->db, 0, "SELECT 1 FROM areas WHERE code = ? AND id <> ? AND voided_at IS NULL LIMIT 1",
		    BIND(V(area->code), V(area->row.id))))
		return fail(work, BAD_FIELD, "code", "is taken by another area|该代码已被使用");
	return OK;
}

/* A grid without a code takes the next of its village: three digits more, none twice. */
static void give_code(struct work *work, struct area *area, const struct area *parent)
{
	if (GIVEN(area, area, code) || area->level != LEVEL_GRID || row_null(&parent->row, FIELD_OF(area, code)))
		return;
	const char *name = arena_print(work->arena, "grid %s", parent->code), *code;
	do {
		db_run(work->db, "INSERT INTO numbers (name, last) VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET last = numbers.last + 1",
			BIND(V(name)));
		code = arena_print(work->arena, "%s%03lld", parent->code,
			(long long)db_get(work->db, 1, "SELECT last FROM numbers WHERE name = ?", BIND(V(name))));
	} while (db_get(work->db, 0, "SELECT 1 FROM areas WHERE code = ? AND voided_at IS NULL", BIND(V(code))));
	SET(area, area, code, V(code));
}

static enum status area_check(struct work *work, const struct row *old, struct row *row)
{
	struct area *area = (struct area *)row;
	const struct area *before = (const struct area *)old;
	if (check_code(work, area) != OK)
		return work->status;
	if (before) {
		if (!id_same(before->parent, area->parent) && text_same(before->row.path, area->row.path))
			return fail(
				work, BAD_FIELD, "parent", "An area moves by its own step, from a day on|变更上级请用“划转”并注明生效日");
		/* whether it counts as a community hangs on the level */
		if (before->level != area->level &&
			db_get(work->db, 0, "SELECT 1 FROM posts WHERE area = ? AND voided_at IS NULL LIMIT 1", BIND(V(row->id))))
			return fail(work, BAD_FIELD, "level", "Posts are put up here: the level stays|此处已设岗位，层级不能更改");
		return OK;
	}
	SET(area, area, number, V(area_number(work)));
	if (!row->since)
		row->since = day_of(1900, 1, 1);
	if (id_same(area->row.id, area_root())) {
		place_below(work, area, NULL);
		return OK;
	}
	if (id_none(area->parent))
		SET(area, area, parent, V(area_root()));
	const struct area *parent = (const struct area *)row_load(work, &area_record, area->parent);
	if (!parent)
		return fail(work, BAD_FIELD, "parent", "names no area|上级区划不存在");
	if (!GIVEN(area, area, level))
		SET(area, area, level, V(parent->level + 1));
	if (area->level <= parent->level)
		return fail(work, BAD_FIELD, "level", "must be below the level of the area above (%lld)|须低于上级的层级（%lld）",
			(long long)parent->level);
	if (strlen(parent->row.path) / PATH_STEP + 1 >= PATH_DEEP)
		return fail(work, BAD_FIELD, "parent", "stands too deep|层级过深");
	if (parent->closed_from && parent->closed_from <= work->today)
		return fail(work, BAD_FIELD, "parent", "was closed|上级区划已撤销");
	give_code(work, area, parent);
	if (!GIVEN(area, area, type) && GIVEN(area, area, code) && area_type(area->code))
		SET(area, area, type, V(area_type(area->code)));
	place_below(work, area, parent);
	return OK;
}

struct id area_code_id(const char *code)
{
	char name[64];
	snprintf(name, sizeof name, "area %s", code);
	return id_of_name(name);
}

const char *area_type(const char *code)
{
	static const char *const types[] = {[AREA_PROVINCE] = "province",
		[AREA_CITY] = "city",
		[AREA_PREFECTURE] = "prefecture",
		[AREA_RUN_BY_PROVINCE] = "run_by_province",
		[AREA_DISTRICT] = "district",
		[AREA_COUNTY] = "county",
		[AREA_COUNTY_CITY] = "county_city",
		[AREA_DEVELOPMENT] = "development",
		[AREA_STREET] = "street",
		[AREA_TOWN] = "town",
		[AREA_TOWNSHIP] = "township",
		[AREA_TOWN_LIKE] = "town_like",
		[AREA_COMMUNITY] = "community",
		[AREA_VILLAGE] = "village",
		[AREA_COMMUNITY_LIKE] = "community_like",
		[AREA_VILLAGE_LIKE] = "village_like",
		[AREA_GRID] = "grid"};
	return types[area_sort(code)];
}

const char *area_moves_below(struct work *work, struct arena *arena, const char *moves, int64_t number)
{
	char step[PATH_STEP + 1];
	if (!moves)
		return NULL;
	struct json json = json_new(arena);
	const json_t *list = json_read(work->arena, moves, strlen(moves), NULL);
	path_step(number, step);
	json_open(&json, '[');
	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *move = json_array_get(list, i);
		json_open(&json, '[');
		json_text(&json, json_string_value(json_array_get(move, 0)));
		json_text(&json, arena_print(arena, "%s%s", json_string_value(json_array_get(move, 1)), step));
		json_close(&json, ']');
	}
	json_close(&json, ']');
	return buf_end(&json.buf);
}

struct area *area_numbered(struct work *work, int64_t number)
{
	struct id id = {{0}};
	struct query *query = db_query(work->db, "SELECT id FROM areas WHERE number = ?", BIND(V(number)));
	if (db_next(query)) {
		id = db_id(query, 0);
		db_done(query);
	}
	return (struct area *)row_load(work, &area_record, id);
}

struct area *area_find(struct work *work, const char *text)
{
	struct id id = {{0}};
	struct area *area;
	if (!text || !*text) {
		const char *best = NULL;
		if (work->who->all)
			best = "";
		for (size_t i = 0; i < work->who->grant_count; i++) {
			const char *path = work->who->grants[i].path;
			if (path && (!best || strlen(path) < strlen(best)))
				best = path;
		}
		id.bytes[0] = 0;
		struct query *query = db_query(work->db, "SELECT id FROM areas WHERE path >= ? AND voided_at IS NULL ORDER BY path LIMIT 1",
			BIND(V(best ? best : "~")));
		if (db_next(query)) {
			id = db_id(query, 0);
			db_done(query);
		}
	} else if (!id_parse(text, &id)) {
		struct query *query =
			db_query(work->db, "SELECT id FROM areas WHERE code = ? AND voided_at IS NULL LIMIT 1", BIND(V(text)));
		if (db_next(query)) {
			id = db_id(query, 0);
			db_done(query);
		}
	}
	area = (struct area *)row_load(work, &area_record, id);
	return area && who_reaches(work->who, RIGHT_area_read, area->row.path, (struct id){{0}}) ? area : NULL;
}

enum status area_make_root(struct work *work)
{
	struct row *row = row_new(work->arena, &area_record);
	row->id = area_root();
	if (row_load(work, &area_record, row->id))
		return OK;
	struct area *area = (struct area *)row;
	SET(area, area, code, V("0"));
	SET(area, area, name, V("全域"));
	SET(area, area, level, V(LEVEL_WHOLE));
	row->since = day_of(1900, 1, 1);
	return row_insert(work, &row, NULL);
}

void area_json(struct json *json, const struct area *area)
{
	json_open(json, '{');
	json_put_id(json, "id", area->row.id);
	json_put(json, "code", area->code);
	json_put(json, "name", area->name);
	json_put_whole(json, "level", area->level);
	json_close(json, '}');
}

void area_put(struct json *json, const struct area *area)
{
	json_key(json, "area");
	area_json(json, area);
}
