#include "app/staff_sums.h"

#include <stdlib.h>
#include <string.h>

#include "app/rights.h"
#include "app/site.h"
#include "record/shape.h"

static void add(struct work *work, struct staff_counts *counts, const char *name, int64_t day, int64_t count)
{
	for (size_t i = 0; i < counts->count; i++)
		if (counts->list[i].day == day && text_same(counts->list[i].name, name)) {
			counts->list[i].count += count;
			return;
		}
	*ARENA_PUSH(work->arena, counts->list, counts->count, counts->space) =
		(struct staff_count){name ? arena_copy(work->arena, name) : NULL, day, count};
}

static int most_first(const void *one, const void *other)
{
	const struct staff_count *a = one, *b = other;
	return a->count != b->count ? (a->count < b->count ? 1 : -1) : strcmp(a->name, b->name);
}

/* SELECT `columns` of the live files of the scope, with `more` behind the conditions. */
static struct query *ask(
	struct work *work, const struct staff_scope *scope, const char *columns, const char *more, const struct value *values, size_t count)
{
	struct sql sql = sql_new(work->arena);
	sql_add(&sql,
		arena_print(work->arena,
			"SELECT %s FROM staff_files WHERE voided_at IS NULL AND (ends IS NULL OR ends >= ?) AND begins <= ?", columns),
		BIND(V(work->today), V(work->today)));
	if (!id_none(scope->site))
		sql_add(&sql, " AND site = ?", BIND(V(scope->site)));
	else
		path_where(&sql, scope->path);
	reach_where(&sql, work->who, RIGHT_staff_read, "site");
	sql_add(&sql, more, values, count);
	return sql_query(work->db, &sql);
}

static void sum_files(struct work *work, const struct staff_scope *scope, struct staff_sums *sums)
{
	struct query *query = ask(work, scope, "lacks, count(*)", " GROUP BY lacks", NOTHING);
	while (db_next(query)) {
		const char *left = db_null(query, 0) ? "" : db_copy(query, 0, work->arena), *name;
		int64_t count = db_whole(query, 1);
		sums->files += count;
		sums->complete += *left ? 0 : count;
		while ((name = text_word(work->arena, &left, ',')))
			add(work, &sums->lacks, name, 0, count);
	}
	if (sums->lacks.count)
		qsort(sums->lacks.list, sums->lacks.count, sizeof *sums->lacks.list, most_first);
	query = ask(work, scope, "state, count(*)", " GROUP BY state ORDER BY state", NOTHING);
	while (db_next(query))
		add(work, &sums->states, db_text(query, 0), 0, db_whole(query, 1));
}

static void sum_days(struct work *work, const struct staff_scope *scope, struct staff_sums *sums)
{
	struct query *query = ask(work, scope, "back_day, back_by, count(*)",
		" AND state IN ('expected', 'travelling') AND back_day < ? GROUP BY back_day, back_by ORDER BY back_day, back_by",
		BIND(V(work->today + STAFF_CALENDAR)));
	while (db_next(query)) {
		bool late = db_whole(query, 0) < work->today;
		add(work, late ? &sums->late : &sums->back,
			late                        ? NULL
				: db_null(query, 1) ? ""
						    : db_text(query, 1),
			late ? 0 : db_whole(query, 0), db_whole(query, 2));
	}
	query = ask(work, scope, "isolate_until, count(*)",
		" AND state = 'isolating' AND isolate_until <= ? GROUP BY isolate_until ORDER BY isolate_until", BIND(V(work->today + 1)));
	while (db_next(query))
		add(work, &sums->release, NULL, db_whole(query, 0), db_whole(query, 1));
}

static void sum_firms(struct work *work, const struct staff_scope *scope, struct staff_sums *sums)
{
	struct query *query = ask(work, scope, "site, count(*), sum(CASE WHEN complete = 1 THEN 0 ELSE 1 END)",
		" GROUP BY site HAVING sum(CASE WHEN complete = 1 THEN 0 ELSE 1 END) > 0 ORDER BY 3 DESC, site LIMIT ?",
		BIND(V((int64_t)STAFF_FIRMS)));
	while (db_next(query))
		sums->firms[sums->firm_count++] =
			(struct staff_firm){.id = db_id(query, 0), .files = db_whole(query, 1), .lacking = db_whole(query, 2)};
	for (size_t i = 0; i < sums->firm_count; i++)
		sums->firms[i].name = shape_title(work, &site_record, sums->firms[i].id);
}

void staff_sums(struct work *work, const struct staff_scope *scope, struct staff_sums *sums)
{
	*sums = (struct staff_sums){0};
	sum_files(work, scope, sums);
	sum_days(work, scope, sums);
	if (id_none(scope->site))
		sum_firms(work, scope, sums);
}
