#include "app/loan_sums.h"

#include <stdlib.h>
#include <string.h>

#include "app/area.h"
#include "app/org.h"
#include "app/rights.h"
#include "record/reach.h"
#include "record/shape.h"
#include "record/tally.h"

static int by_number(const void *one, const void *other)
{
	int64_t a = *(const int64_t *)one, b = *(const int64_t *)other;
	return (a > b) - (a < b);
}

int64_t loan_median(int64_t *list, size_t count)
{
	if (!count)
		return -1;
	qsort(list, count, sizeof *list, by_number);
	int64_t upper = list[count / 2], lower = list[(count - 1) / 2];
	return lower + (upper - lower) / 2;
}

static void add_minutes(struct work *work, struct minutes *minutes, int64_t number)
{
	*ARENA_PUSH(work->arena, minutes->list, minutes->count, minutes->space) = number;
}

static void finish(struct loan_sum *sum)
{
	sum->median = loan_median(sum->minutes.list, sum->minutes.count);
	sum->own_median = loan_median(sum->own_minutes.list, sum->own_minutes.count);
}

static void scope(struct work *work, struct sql *sql, const struct area *area, const char *kind)
{
	if (kind)
		sql_add(sql, " AND kind = ?", BIND(V(kind)));
	if (area)
		path_where(sql, area->row.path);
	reach_where(sql, work->who, RIGHT_loan_read, "site");
}

/* --- by bank */

static struct loan_sum *bank_of(struct work *work, struct loan_sums *sums, struct id id, size_t *space)
{
	for (size_t i = 0; i < sums->bank_count; i++)
		if (id_same(sums->banks[i].id, id))
			return &sums->banks[i];
	struct loan_sum *sum = ARENA_PUSH(work->arena, sums->banks, sums->bank_count, *space);
	*sum = (struct loan_sum){.id = id};
	return sum;
}

static void read_banks(struct work *work, const struct area *area, struct loan_sums *sums)
{
	size_t space = 0;
	struct sql sql = sql_new(work->arena);
	sql_add(&sql,
		"SELECT bank, state, amount, approved, paid, minutes, own_minutes, decided_at FROM loan_offers WHERE voided_at IS NULL",
		NOTHING);
	scope(work, &sql, area, sums->kind);
	struct query *query = sql_walk(work->db, &sql);
	while (db_next(query)) {
		const char *state = db_text(query, 1);
		bool closed = text_same(state, "closed"), refused = text_listed("declined,refused", ',', state);
		struct loan_sum *sum = bank_of(work, sums, db_id(query, 0), &space);
		sum->count++;
		sum->offered += !db_null(query, 2);
		sum->wanted += db_whole(query, 2);
		sum->refused += refused;
		sum->granted += db_whole(query, 3);
		sum->paid += db_whole(query, 4);
		if (closed || db_null(query, 7))
			continue;
		sum->decided++;
		sum->approved += !refused;
		add_minutes(work, &sum->minutes, db_whole(query, 5));
		add_minutes(work, &sum->own_minutes, db_whole(query, 6));
	}
	for (size_t i = 0; i < sums->bank_count; i++) {
		sums->banks[i].name = shape_title(work, &org_record, sums->banks[i].id);
		finish(&sums->banks[i]);
	}
}

/* --- by area */

static int by_path(const void *one, const void *other)
{
	return strcmp(((const struct loan_sum *)one)->path, ((const struct loan_sum *)other)->path);
}

static void add_loan(struct work *work, struct loan_sum *sum, struct query *query)
{
	sum->count++;
	sum->wanted += db_whole(query, 1);
	sum->granted += db_whole(query, 2);
	sum->paid += db_whole(query, 3);
	if (db_null(query, 5))
		return;
	sum->decided++;
	sum->approved += !db_null(query, 2);
	sum->refused += db_null(query, 2);
	add_minutes(work, &sum->minutes, db_whole(query, 4));
}

static void read_children(struct work *work, const struct area *area, struct loan_sums *sums)
{
	size_t space = 0;
	struct query *query = db_query(
		work->db, "SELECT id, name, path FROM areas WHERE parent = ? AND voided_at IS NULL ORDER BY path", BIND(V(area->row.id)));
	while (db_next(query))
		*ARENA_PUSH(work->arena, sums->areas, sums->area_count, space) = (struct loan_sum){
			.id = db_id(query, 0), .name = db_copy(query, 1, work->arena), .path = db_copy(query, 2, work->arena)};
	if (sums->area_count)
		qsort(sums->areas, sums->area_count, sizeof *sums->areas, by_path);
}

static void read_areas(struct work *work, const struct area *area, struct loan_sums *sums)
{
	size_t deep = (area ? strlen(area->row.path) : 0) + PATH_STEP, kept = 0;
	struct sql sql = sql_new(work->arena);
	if (area)
		read_children(work, area, sums);
	sql_add(&sql, "SELECT path, amount, approved, paid, minutes, decided_at FROM loans WHERE voided_at IS NULL", NOTHING);
	scope(work, &sql, area, sums->kind);
	struct query *query = sql_walk(work->db, &sql);
	while (db_next(query)) {
		const char *path = db_text(query, 0);
		struct loan_sum key = {.path = strlen(path) >= deep ? arena_text(work->arena, path, deep) : ""};
		struct loan_sum *sum = sums->area_count ? bsearch(&key, sums->areas, sums->area_count, sizeof key, by_path) : NULL;
		add_loan(work, &sums->total, query);
		if (sum)
			add_loan(work, sum, query);
	}
	for (size_t i = 0; i < sums->area_count; i++) {
		finish(&sums->areas[i]);
		if (sums->areas[i].count)
			sums->areas[kept++] = sums->areas[i];
	}
	sums->area_count = kept;
	finish(&sums->total);
}

void loan_sums_read(struct work *work, const struct area *area, struct loan_sums *sums)
{
	read_banks(work, area, sums);
	read_areas(work, area, sums);
}
