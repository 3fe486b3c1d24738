#include "app/waiting.h"

#include <string.h>

#include "app/need.h"
#include "app/rights.h"

#define WAITING(name, record, right, label, condition, index, due, list) {#name, #record, right, label, condition, index, due, list},
const struct waiting waitings[] = {
#include "app/waiting.def"
};
#undef WAITING
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

int64_t waiting_number(struct work *work, const struct waiting *waiting, const char *path, int64_t most)
{
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
	*rows = NULL;
	if (!record)
		return 0;
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
