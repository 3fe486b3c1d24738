#include "app/round.h"

#include "app/rights.h"
#include "app/site.h"
#include "app/zone.h"
#include "record/rows.h"

static enum status round_check(struct work *work, const struct row *old, struct row *row);

#define DEF "app/round.def"
#define HOOKS .check = round_check,
#include "record/table.h"

static enum status round_check(struct work *work, const struct row *old, struct row *row)
{
	const struct round *round = (const struct round *)row;
	(void)old;
	if (round->until_day < round->from_day)
		return fail(work, BAD_FIELD, "until_day", "is before the first day|早于开始日期");
	return OK;
}

/* Adds one part of a zone. */
static void add_part(void *context, const char *path, struct id site)
{
	struct sql *sql = context;
	if (path) {
		sql_add(sql, " OR (1 = 1", NOTHING);
		path_where(sql, path);
		sql_add(sql, ")", NOTHING);
	} else {
		sql_add(sql, " OR s.id = ?", BIND(V(site)));
	}
}

/* The sites that a round plans. A zone may go beyond its area: nobody sees more of it than they reach. */
static void add_planned(struct work *work, struct sql *sql, const struct round *round)
{
	sql_add(sql, " FROM sites s WHERE s.voided_at IS NULL", NOTHING);
	if (GIVEN(round, round, zone)) {
		sql_add(sql, " AND (1 = 0", NOTHING);
		zone_reach(work, round->zone, add_part, sql);
		sql_add(sql, ")", NOTHING);
		reach_where(sql, work->who, RIGHT_check_read, "id");
	} else {
		path_where(sql, round->row.path);
	}
	if (GIVEN(round, round, tier))
		sql_add(sql, " AND s.tier = ?", BIND(V(round->tier)));
	if (GIVEN(round, round, kind))
		sql_add(sql, " AND s.kind = ?", BIND(V(round->kind)));
}

static int64_t count(struct work *work, struct sql *sql)
{
	struct query *query = sql_query(work->db, sql);
	int64_t number = db_next(query) ? db_whole(query, 0) : 0;
	db_done(query);
	return number;
}

#define CHECKED "EXISTS (SELECT 1 FROM checks c WHERE c.site = s.id AND c.home = s.home AND c.round = ? AND c.voided_at IS NULL)"

struct round_progress round_progress(struct work *work, const struct round *round, int most)
{
	struct round_progress progress = {0};
	size_t space = 0;
	struct sql planned = sql_new(work->arena), done = sql_new(work->arena), left = sql_new(work->arena);
	sql_add(&planned, "SELECT count(*)", NOTHING);
	add_planned(work, &planned, round);
	progress.planned = count(work, &planned);
	sql_add(&done, "SELECT count(*)", NOTHING);
	add_planned(work, &done, round);
	sql_add(&done, " AND " CHECKED, BIND(V(round->row.id)));
	progress.done = count(work, &done);
	sql_add(&left, "SELECT s.id, s.name", NOTHING);
	add_planned(work, &left, round);
	sql_add(&left, " AND NOT " CHECKED " ORDER BY s.name LIMIT ?", BIND(V(round->row.id), V(most)));
	struct query *query = sql_query(work->db, &left);
	while (db_next(query))
		*ARENA_PUSH(work->arena, progress.left, progress.left_count, space) =
			(struct round_left){db_id(query, 0), db_copy(query, 1, work->arena)};
	return progress;
}

bool round_holds(struct work *work, const struct round *round, struct id site, int64_t day)
{
	struct sql sql = sql_new(work->arena);
	if (day < round->from_day || day > round->until_day)
		return false;
	sql_add(&sql, "SELECT count(*)", NOTHING);
	add_planned(work, &sql, round);
	sql_add(&sql, " AND s.id = ?", BIND(V(site)));
	return count(work, &sql) > 0;
}
