/* Who has reported and who has not. */
#include <string.h>

#include "app/daily.h"
#include "app/rights.h"
#include "app/settings.h"
#include "base/clock.h"
#include "base/json.h"
#include "record/opening.h"
#include "record/rows.h"

enum { MOST_CHILDREN = 2000, SCAN = 2000, STEP = 200 };

const char *daily_word(const struct daily *daily)
{
	if (!daily || text_same(daily->state, "draft"))
		return "missing";
	if (!daily_in(daily) || text_same(daily->state, "sealed"))
		return daily->state;
	if (text_same(daily->timing, "late"))
		return "late";
	return text_same(daily->content, "zero") ? "zero" : "submitted";
}

static int64_t deepest(struct work *work)
{
	return settings_number(work, "return_deepest");
}

/* Whether a child of today stood below the same area on that day: it may have moved there since. `moves`: [day, path until before it]. */
static bool stood_there(struct work *work, const char *path, const char *moves, int64_t day)
{
	const char *then = path;
	const json_t *list = moves ? json_read(work->arena, moves, strlen(moves), NULL) : NULL;
	for (size_t i = json_array_size(list); i-- > 0;) {
		int64_t from;
		const json_t *move = json_array_get(list, i);
		if (day_parse(json_string_value(json_array_get(move, 0)), &from) && day < from)
			then = json_string_value(json_array_get(move, 1));
	}
	size_t now_size = strlen(path), then_size = strlen(then);
	return now_size >= 2 * PATH_STEP && then_size >= 2 * PATH_STEP &&
		memcmp(path + now_size - 2 * PATH_STEP, then + then_size - 2 * PATH_STEP, PATH_STEP) == 0;
}

size_t daily_children(struct work *work, struct id area, int64_t day, struct daily_state **children)
{
	size_t count = 0, space = 0;
	struct query *query = db_query(work->db,
		arena_print(work->arena,
			"SELECT a.id, a.name, a.code, a.level, r.id, r.state, r.timing, r.content, r.submitted_at, r.submitted_by, r.reason, a.number, a.path, "
			"a.moves "
			"FROM areas a LEFT JOIN returns r ON r.area = a.id AND r.day = ? AND r.voided_at IS NULL "
			"WHERE a.parent = ? AND a.level <= ? AND a.voided_at IS NULL AND (a.closed_from IS NULL OR a.closed_from > ?) "
			"ORDER BY a.path LIMIT %d",
			MOST_CHILDREN),
		BIND(V(day), V(area), V(deepest(work)), V(day)));
	*children = NULL;
	while (db_next(query)) {
		if (!stood_there(work, db_text(query, 12), db_text(query, 13), day))
			continue;
		struct daily daily = {.state = db_text(query, 5), .timing = db_text(query, 6), .content = db_text(query, 7)};
		bool in = daily_in(&daily);
		*ARENA_PUSH(work->arena, *children, count, space) = (struct daily_state){.id = db_id(query, 0),
			.name = db_copy(query, 1, work->arena),
			.code = db_copy(query, 2, work->arena),
			.level = db_whole(query, 3),
			.number = db_whole(query, 11),
			.row = db_id(query, 4),
			.state = arena_copy(work->arena, daily_word(daily.state ? &daily : NULL)),
			.late = in && text_same(daily.timing, "late"),
			.zero = in && text_same(daily.content, "zero"),
			.at = in ? db_whole(query, 8) : 0,
			.by = in ? db_copy(query, 9, work->arena) : NULL,
			.reason = text_same(daily.state, "sent_back") ? db_copy(query, 10, work->arena) : NULL};
	}
	return count;
}

static bool part_is(const char *cell, int part, const char *wanted)
{
	for (; part > 0 && cell; part--) {
		cell = strchr(cell, '|');
		cell = cell ? cell + 1 : NULL;
	}
	return cell && strcspn(cell, "|") == strlen(wanted) && strncmp(cell, wanted, strlen(wanted)) == 0;
}

struct daily_firms daily_firms(struct work *work, int64_t area, int64_t day)
{
	struct daily_firms firms = {0};
	struct count *counts;
	const struct measure *measures[] = {measure_named("sites_due", NULL), measure_named("firms_reported", NULL)};
	struct count_ask ask = {.areas = &area, .area_count = 1, .measures = measures, .measure_count = 2, .day = day};
	size_t count = tally_read(work, &ask, &counts);
	for (size_t i = 0; i < count; i++) {
		if (counts[i].measure == measures[0]) {
			firms.due += counts[i].count;
			continue;
		}
		/* cells of firms_reported are timing|content */
		firms.reported += counts[i].count;
		firms.late += part_is(counts[i].cell, 0, "late") ? counts[i].count : 0;
		firms.zero += part_is(counts[i].cell, 1, "zero") ? counts[i].count : 0;
	}
	firms.missing = firms.due - firms.reported;
	return firms;
}

struct missing {
	struct work *work;
	const struct missing_ask *ask;
	struct daily_missing *list;
	size_t count, space;
};

static bool full(const struct missing *missing)
{
	return missing->count >= missing->ask->limit;
}

/* Cursor "a<path>": areas behind it. The last path where more follow. */
static const char *missing_areas(struct missing *missing, const char *after)
{
	struct work *work = missing->work;
	const struct missing_ask *ask = missing->ask;
	struct sql sql = sql_new(work->arena);
	sql_add(&sql,
		"SELECT a.id, a.name, a.code, a.path FROM areas a WHERE a.voided_at IS NULL AND a.level <= ? AND a.path > ? "
		"AND (a.closed_from IS NULL OR a.closed_from > ?)",
		BIND(V(deepest(work)), V(after), V(ask->day)));
	if (ask->below)
		sql_add(&sql, " AND a.path < ? AND a.path > ?",
			BIND(V(arena_print(work->arena, "%s~", ask->area->row.path)), V(ask->area->row.path)));
	else
		sql_add(&sql, " AND a.parent = ?", BIND(V(ask->area->row.id)));
	/* one by one where rows lie in one place; over many machines the day's returns are gathered first */
	sql_add(&sql,
		db_homed(work->db)
			? " AND a.id NOT IN (SELECT r.area FROM returns r WHERE r.area IS NOT NULL AND r.day = ? AND r.voided_at IS NULL AND "
			  "r.state IN ('submitted', 'sealed')) ORDER BY a.path LIMIT ?"
			: " AND NOT EXISTS (SELECT 1 FROM returns r WHERE r.area = a.id AND r.day = ? AND r.voided_at IS NULL AND r.state IN "
			  "('submitted', 'sealed')) ORDER BY a.path LIMIT ?",
		BIND(V(ask->day), V((int64_t)ask->limit + 1)));
	struct query *query = sql_query(work->db, &sql);
	const char *last = NULL;
	while (db_next(query)) {
		if (full(missing)) {
			db_done(query);
			return arena_print(work->arena, "a%s", last);
		}
		last = db_copy(query, 3, work->arena);
		*ARENA_PUSH(work->arena, missing->list, missing->count, missing->space) = (struct daily_missing){.area = db_id(query, 0),
			.name = db_copy(query, 1, work->arena),
			.code = db_copy(query, 2, work->arena),
			.path = last};
	}
	return NULL;
}

static bool firm_reported(struct work *work, struct id site, int64_t day)
{
	return db_get(work->db, 0,
		"SELECT 1 FROM returns WHERE site = ? AND day = ? AND voided_at IS NULL AND state IN ('submitted', 'sealed') LIMIT 1",
		BIND(V(site), V(day)));
}

static void take_firms(struct missing *missing, const struct opening *opening)
{
	struct work *work = missing->work;
	for (size_t i = 0; i < opening->count; i++) {
		const struct site *site = (const struct site *)opening->rows[i].row;
		if (!firm_reported(work, site->row.id, missing->ask->day))
			*ARENA_PUSH(work->arena, missing->list, missing->count, missing->space) =
				(struct daily_missing){.site = site->row.id, .name = site->name, .path = site->row.path};
	}
}

/* Cursor "f<cursor of the opening>": the firms due, less those that reported. Looks through SCAN of them at most. */
static enum status missing_firms(struct missing *missing, const char *after, const char **next)
{
	struct work *work = missing->work;
	struct opening_ask open = {
		.path = missing->ask->area->row.path, .number = missing->ask->area->number, .day = missing->ask->day, .after = after};
	struct opening opening = {0};
	open.measure = measure_named("sites_due", &open.record);
	*next = NULL;
	for (size_t seen = 0; seen < SCAN && !full(missing); seen += opening.count) {
		/* never more than fit, so that the cursor of the opening is the cursor of the page */
		size_t room = missing->ask->limit - missing->count;
		open.limit = room < STEP
		? room : STEP;
		if (opening_read(work, &open, &opening) != OK)
			return work->status;
		take_firms(missing, &opening);
		open.after = opening.next;
		if (!opening.next)
			return OK;
	}
	*next = arena_print(work->arena, "f%s", open.after ? open.after : "");
	return OK;
}

enum status daily_missing(struct work *work, const struct missing_ask *ask, struct daily_missing **list, size_t *count, const char **next)
{
	struct missing missing = {.work = work, .ask = ask};
	const char *after = ask->after ? ask->after : "";
	enum status status = OK;
	if (*after && *after != 'a' && *after != 'f')
		return fail(work, BAD_FIELD, "after", "is no cursor|分页标记无效");
	*next = NULL;
	if (ask->areas && *after != 'f')
		*next = missing_areas(&missing, *after ? after + 1 : "");
	if (!*next && ask->firms)
		status = missing_firms(&missing, *after == 'f' && after[1] ? after + 1 : NULL, next);
	*list = missing.list;
	*count = missing.count;
	return status;
}
