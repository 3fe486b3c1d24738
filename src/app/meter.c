#include "app/meter.h"

#include "app/rights.h"
#include "app/settings.h"
#include "app/site.h"
#include "record/days.h"
#include "record/store.h"

static enum status meter_check(struct work *work, const struct row *old, struct row *row);
static enum status meter_saved(struct work *work, const struct row *old, const struct row *row);
static enum status reading_check(struct work *work, const struct row *old, struct row *row);
static void reading_breaks(struct work *work, const struct row *row, struct breaks *breaks);
static int64_t measure_power_read(struct work *work, const struct row *row, int64_t day);
static int64_t measure_power_running(struct work *work, const struct row *row, int64_t day);
static int64_t measure_power_used(struct work *work, const struct row *row, int64_t day);
static int64_t measure_power_used_running(struct work *work, const struct row *row, int64_t day);
static int64_t measure_power_base(struct work *work, const struct row *row, int64_t day);
static int64_t measure_power_base_running(struct work *work, const struct row *row, int64_t day);

#define DEF "app/meter.def"
#define HOOKS .check = meter_check, .saved = meter_saved,
#include "record/table.h"
#define DEF "app/meter_day.def"
#define HOOKS .check = reading_check, .breaks = reading_breaks,
#include "record/table.h"

enum { PERCENT = 100, HUNDREDTHS = 100, FINE = 10000 };

static const struct meter_day *self(const struct row *row)
{
	return (const struct meter_day *)row;
}

/* --- what a day counts for: nothing where there is nothing to hold it against */

static int64_t measure_power_read(struct work *work, const struct row *row, int64_t day)
{
	(void)work;
	return self(row)->day == day && GIVEN(self(row), meter_day, base);
}

static int64_t measure_power_running(struct work *work, const struct row *row, int64_t day)
{
	return measure_power_read(work, row, day) && self(row)->running;
}

static int64_t measure_power_used(struct work *work, const struct row *row, int64_t day)
{
	return measure_power_read(work, row, day) ? self(row)->kwh : 0;
}

static int64_t measure_power_used_running(struct work *work, const struct row *row, int64_t day)
{
	return measure_power_running(work, row, day) ? self(row)->kwh : 0;
}

static int64_t measure_power_base(struct work *work, const struct row *row, int64_t day)
{
	return measure_power_read(work, row, day) ? self(row)->base : 0;
}

static int64_t measure_power_base_running(struct work *work, const struct row *row, int64_t day)
{
	return measure_power_running(work, row, day) ? self(row)->base : 0;
}

static void reading_breaks(struct work *work, const struct row *row, struct breaks *breaks)
{
	(void)work;
	breaks_add(breaks, self(row)->day);
}

int64_t meter_index(struct work *work, int64_t running, int64_t read, int64_t used, int64_t base)
{
	if (!read || !base)
		return -1;
	int64_t firms = settings_number(work, "power_weight_firms"), output = settings_number(work, "power_weight_used");
	int64_t index = running * firms * FINE / read + used * output * FINE / base;
	return (index + FINE / HUNDREDTHS / 2) / (FINE / HUNDREDTHS);
}

/* --- rules */

static bool base_of(struct work *work, struct id site, int64_t *base)
{
	*base = db_get(work->db, 0, "SELECT baseline FROM meters WHERE site = ? AND voided_at IS NULL", BIND(V(site)));
	return *base > 0;
}

static enum status reading_check(struct work *work, const struct row *old, struct row *row)
{
	struct meter_day *reading = (struct meter_day *)row;
	int64_t base;
	if (reading->day > work->today)
		return fail(work, BAD_FIELD, "day", "is in the future|不能晚于今日");
	if (!old &&
		db_get(work->db, 0, "SELECT 1 FROM meter_days WHERE site = ? AND day = ? AND voided_at IS NULL",
			BIND(V(reading->site), V(reading->day))))
		return fail(work, BAD_FIELD, "day", "is told already for this site: change that row|该企业当日已有数据，请修改原记录");
	row->since = reading->day;
	/* as it was judged when it was told: another share later does not rewrite the days before */
	if (old && self(old)->kwh == reading->kwh && !work->who->all)
		return OK;
	bool held = base_of(work, reading->site, &base);
	SET(reading, meter_day, base, held ? V(base) : value_null());
	SET(reading, meter_day, running,
		held ? V(reading->kwh * PERCENT >= base * settings_number(work, "power_running_percent")) : value_null());
	return OK;
}

static enum status meter_check(struct work *work, const struct row *old, struct row *row)
{
	const struct meter *meter = (const struct meter *)row;
	int64_t base;
	if (!old && base_of(work, meter->site, &base))
		return fail(work, BAD_FIELD, "site", "has a baseline already: change that|该企业已有基准，请修改原记录");
	return OK;
}

/* Days that were read before there was something to hold them against, or against another mean, are held against this one. */
static enum status meter_saved(struct work *work, const struct row *old, const struct row *row)
{
	const struct meter *meter = (const struct meter *)row;
	const struct who *who = work->who;
	struct who program = {.id = who->id, .name = who->name, .all = true};
	struct id deed = work->deed;
	struct row **rows = NULL;
	size_t count = 0, space = 0;
	if (old && !row->voided_at && ((const struct meter *)old)->baseline == meter->baseline)
		return OK;
	struct query *query = db_query(work->db,
		arena_print(work->arena, "SELECT %s FROM meter_days WHERE site = ? AND voided_at IS NULL",
			row_columns(work->arena, &meter_day_record)),
		BIND(V(meter->site)));
	while (db_next(query))
		*ARENA_PUSH(work->arena, rows, count, space) = row_read(work, &meter_day_record, query);
	work->who = &program;
	work->deed = (struct id){{0}};
	for (size_t i = 0; i < count && work->status == OK; i++)
		row_change(work, rows[i], row_copy(work->arena, rows[i]), rows[i]->version, RIGHT_site_write);
	work->deed = deed;
	work->who = who;
	return work->status;
}

/* --- where told and metered disagree */

static bool told_working(const struct site *site)
{
	return text_listed("open,resumed", ',', site->status ? site->status : "");
}

/* A piece of the readings of a day, in the order of their ids. */
static size_t read_piece(struct work *work, const char *path, int64_t day, struct id after, size_t most, struct row ***rows)
{
	size_t count = 0, space = 0;
	struct sql sql = sql_new(work->arena);
	sql_add(&sql,
		arena_print(work->arena, "SELECT %s FROM meter_days WHERE day = ? AND voided_at IS NULL AND base IS NOT NULL",
			row_columns(work->arena, &meter_day_record)),
		BIND(V(day)));
	path_where(&sql, path);
	reach_where(&sql, work->who, RIGHT_site_read, "site");
	if (!id_none(after))
		sql_add(&sql, " AND id > ?", BIND(V(after)));
	sql_add(&sql, " ORDER BY id LIMIT ?", BIND(V((int64_t)most)));
	struct query *query = sql_query(work->db, &sql);
	while (db_next(query))
		*ARENA_PUSH(work->arena, *rows, count, space) = row_read(work, &meter_day_record, query);
	return count;
}

size_t meter_differs(
	struct work *work, const char *path, int64_t day, struct id after, size_t limit, struct meter_differ **list, struct id *next)
{
	enum { PIECE = 500, MOST_PIECES = 200 };
	size_t count = 0, space = 0;
	*next = (struct id){{0}};
	for (int piece = 0; piece < MOST_PIECES; piece++) {
		struct row **rows = NULL;
		size_t found = read_piece(work, path, day, after, PIECE, &rows);
		for (size_t i = 0; i < found; i++) {
			const struct row *site = row_load(work, &site_record, self(rows[i])->site);
			const struct row *then = site && !site->voided_at ? row_as_of(work, site, day) : NULL;
			if (!then || told_working((const struct site *)then) == (self(rows[i])->running != 0))
				continue;
			if (count == limit) {
				*next = after;
				return count;
			}
			*ARENA_PUSH(work->arena, *list, count, space) = (struct meter_differ){self(rows[i]), then};
			after = rows[i]->id;
		}
		if (found < PIECE)
			return count;
		after = rows[found - 1]->id;
	}
	*next = after;
	return count;
}
