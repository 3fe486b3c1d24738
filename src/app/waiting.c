#include "app/waiting.h"

#include <string.h>

#include "app/link_cover.h"
#include "app/need.h"
#include "app/rights.h"

static enum status waiting_gaps(
	struct work *work, const struct area *area, size_t limit, struct row ***rows, size_t *count, int64_t *total);

#define WAITING(name, record, right, label, condition, index, due, list) {#name, #record, right, label, condition, index, due, list, NULL},
#define WAITING_BY(name, record, right, label, function, list) {#name, #record, right, label, NULL, NULL, NULL, list, function},
const struct waiting waitings[] = {
#include "app/waiting.def"
};
#undef WAITING
#undef WAITING_BY
const size_t waiting_count = sizeof waitings / sizeof *waitings;

/* Adds a condition with the values of its $words. */
static void add_condition(struct work *work, struct sql *sql, const char *condition)
{
	struct id me = work->who->id;
	const struct {
		const char *word;
		struct value value;
	} words[] = {{"$me", V(me)}, {"$org", V(need_org_of(work, me))}, {"$today", V(work->today)}, {"$now", V(work->now)}};
	while (*condition) {
		size_t plain = strcspn(condition, "$"), at = 0;
		sql_add(sql, arena_text(work->arena, condition, plain), NOTHING);
		condition += plain;
		while (*condition && at + 1 < sizeof words / sizeof *words && !text_starts(condition, words[at].word))
			at++;
		if (*condition) {
			sql_add(sql, "?", &words[at].value, 1);
			condition += strlen(words[at].word);
		}
	}
}

static bool add_where(struct work *work, struct sql *sql, const struct waiting *waiting, const char *path)
{
	const struct record *record = record_named(waiting->record);
	if (!record || !who_may(work->who, waiting->right))
		return false;
	const char *site = strcmp(record->name, "site") == 0 ? "id" : record_field(record, "site") ? "site" : NULL;
	const char *index = waiting->index ? arena_print(work->arena, "%s_by_%s", record->plural, waiting->index) : NULL;
	sql_add(sql,
		arena_print(work->arena, " FROM %s%s WHERE voided_at IS NULL AND (", record->plural,
			index ? db_hint(work->db, work->arena, index) : ""),
		NOTHING);
	add_condition(work, sql, waiting->condition);
	sql_add(sql, ")", NOTHING);
	path_where(sql, path);
	reach_where(sql, work->who, waiting->right, site);
	return true;
}

/* Firms due to work without a live liaison: counted by the tallies, found as the figure is opened. */
static enum status waiting_gaps(struct work *work, const struct area *area, size_t limit, struct row ***rows, size_t *count, int64_t *total)
{
	size_t space = 0;
	struct count *counts;
	struct opening gaps = {0};
	struct count_ask ask = {.areas = &area->number,
		.area_count = 1,
		.measures = (const struct measure *const[]){measure_named("sites_unlinked", NULL)},
		.measure_count = 1,
		.day = work->today};
	size_t cells = tally_read(work, &ask, &counts);
	for (size_t i = 0; i < cells; i++)
		*total += counts[i].count;
	if (*total && limit &&
		cover_gaps(work, &(struct cover_scope){.area = area}, (struct link_when){work->today, LINK_DAY_END}, limit, NULL, &gaps) !=
			OK)
		return work->status;
	for (size_t i = 0; i < gaps.count; i++)
		*ARENA_PUSH(work->arena, *rows, *count, space) = (struct row *)gaps.rows[i].row;
	return OK;
}

/* Runs a provider's function on the area of `path`, or on the top of the user's reach; nothing where the right does not reach that. */
static enum status run_by(
	struct work *work, const struct waiting *waiting, const char *path, size_t limit, struct row ***rows, size_t *count, int64_t *total)
{
	char id[ID_TEXT];
	struct id found = {{0}};
	if (*path) {
		struct query *query = db_query(work->db, "SELECT id FROM areas WHERE path = ? AND voided_at IS NULL", BIND(V(path)));
		if (db_next(query)) {
			found = db_id(query, 0);
			db_done(query);
		}
	}
	const struct area *area = who_may(work->who, waiting->right) ? area_find(work, *path ? id_print(found, id) : NULL) : NULL;
	if (!area || !who_reaches(work->who, waiting->right, area->row.path, (struct id){{0}}))
		return OK;
	return waiting->by(work, area, limit, rows, count, total);
}

int64_t waiting_number(struct work *work, const struct waiting *waiting, const char *path, int64_t most)
{
	struct row **none = NULL;
	size_t count_none = 0;
	int64_t total = 0;
	if (waiting->by)
		return run_by(work, waiting, path, 0, &none, &count_none, &total) == OK ? (total < most ? total : most) : 0;
	struct sql sql = sql_new(work->arena);
	sql_add(&sql, "SELECT count(*) FROM (SELECT 1", NOTHING);
	if (!add_where(work, &sql, waiting, path))
		return 0;
	sql_add(&sql, " LIMIT ?) few", BIND(V(most)));
	struct query *query = sql_query(work->db, &sql);
	int64_t count = db_next(query) ? db_whole(query, 0) : 0;
	db_done(query);
	return count;
}

size_t waiting_rows(struct work *work, const struct waiting *waiting, const char *path, size_t limit, struct row ***rows)
{
	const struct record *record = record_named(waiting->record);
	size_t count = 0, space = 0;
	struct sql sql = sql_new(work->arena);
	int64_t total = 0;
	*rows = NULL;
	if (!record)
		return 0;
	if (waiting->by)
		return run_by(work, waiting, path, limit, rows, &count, &total) == OK ? count : 0;
	sql_add(&sql, arena_print(work->arena, "SELECT %s", row_columns(work->arena, record)), NOTHING);
	if (!add_where(work, &sql, waiting, path))
		return 0;
	sql_add(&sql, waiting->due ? arena_print(work->arena, " ORDER BY %s, id LIMIT ?", waiting->due) : " ORDER BY id LIMIT ?",
		BIND(V((int64_t)limit)));
	struct query *query = sql_query(work->db, &sql);
	while (db_next(query))
		*ARENA_PUSH(work->arena, *rows, count, space) = row_read(work, record, query);
	return count;
}
