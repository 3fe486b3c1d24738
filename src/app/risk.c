#include "app/risk.h"

#include "app/area.h"
#include "app/rights.h"
#include "base/clock.h"
#include "record/rows.h"
#include "record/shift.h"

static enum status risk_check(struct work *work, const struct row *old, struct row *row);
static enum status risk_saved(struct work *work, const struct row *old, const struct row *row);
static void risk_breaks(struct work *work, const struct row *row, struct breaks *breaks);
static int64_t measure_risk_areas(struct work *work, const struct row *row, int64_t day);

#define DEF "app/risk.def"
#define HOOKS .check = risk_check, .saved = risk_saved, .breaks = risk_breaks,
#include "record/table.h"

static const struct risk *self(const struct row *row)
{
	return (const struct risk *)row;
}

static int64_t end_of(const struct risk *risk)
{
	return GIVEN(risk, risk, until) ? risk->until : DAY_FAR;
}

static int64_t measure_risk_areas(struct work *work, const struct row *row, int64_t day)
{
	(void)work;
	return day >= self(row)->day && day < end_of(self(row));
}

static void risk_breaks(struct work *work, const struct row *row, struct breaks *breaks)
{
	(void)work;
	breaks_span(breaks, self(row)->day, end_of(self(row)));
}

/* The decision of the same area next to a day: the latest not after it, or the first after it. Of one day the last made holds. */
static struct risk *next_to(struct work *work, struct id area, int64_t day, struct id but, bool before)
{
	const char *way = before ? "day <= ? AND id <> ? AND voided_at IS NULL ORDER BY day DESC, serial DESC"
				 : "day > ? AND id <> ? AND voided_at IS NULL ORDER BY day, serial";
	const char *sql =
		arena_print(work->arena, "SELECT %s FROM risks WHERE area = ? AND %s LIMIT 1", row_columns(work->arena, &risk_record), way);
	struct query *query = db_query(work->db, sql, BIND(V(area), V(day), V(but)));
	struct risk *risk = NULL;
	if (db_next(query)) {
		risk = (struct risk *)row_read(work, &risk_record, query);
		db_done(query);
	}
	return risk;
}

static enum status risk_check(struct work *work, const struct row *old, struct row *row)
{
	struct risk *risk = (struct risk *)row;
	if (old)
		return OK;
	const struct risk *next = next_to(work, risk->area, risk->day, row->id, false);
	SET(risk, risk, until, next ? V(next->day) : value_null());
	row->since = risk->day;
	return OK;
}

/* The decision before a new one ends where that begins; the one before a withdrawn one goes on in its place. */
static enum status risk_saved(struct work *work, const struct row *old, const struct row *row)
{
	const struct risk *risk = self(row);
	if (old && !row->voided_at)
		return OK;
	const struct risk *before = next_to(work, risk->area, risk->day, row->id, true);
	int64_t until = old ? end_of(risk) : risk->day;
	if (!before || end_of(before) == until || (old && end_of(before) != risk->day))
		return OK;
	struct risk *changed = (struct risk *)row_copy(work->arena, &before->row);
	SET(changed, risk, until, until == DAY_FAR ? value_null() : V(until));
	return row_change(work, &before->row, &changed->row, before->row.version, RIGHT_area_write);
}

const struct risk *risk_on(struct work *work, const struct area *area, int64_t day)
{
	struct stand *stands;
	int64_t numbers[PATH_DEEP];
	size_t stand_count = area_stands_read(work, area->moves, area->row.path, &stands);
	const char *path = stand_on(stands, stand_count, day);
	for (size_t i = path_areas(path, numbers); i > 0; i--) {
		const struct area *above = i == path_areas(path, numbers) ? area : area_numbered(work, numbers[i - 1]);
		const struct risk *risk = above ? next_to(work, above->row.id, day, above->row.id, true) : NULL;
		if (risk)
			return risk;
	}
	return NULL;
}
