/* Figures: counts, rates, and the rows behind them. */
#include <string.h>

#include "app/area.h"
#include "app/indicator.h"
#include "app/zone.h"
#include "base/clock.h"
#include "face/commands.h"
#include "record/opening.h"
#include "record/shape.h"

enum { ZONE_NUMBER = -1 }; /* stands for the zone among the numbers of areas */
enum { MOST_CHILDREN = 2000, MOST_DAYS = 92, MOST_MEASURES = 256 };

struct figures {
	const struct area **areas; /* the area, then its children */
	int64_t *numbers;
	size_t count;
	int64_t day;
	const struct measure *measures[MOST_MEASURES];
	bool totals[MOST_MEASURES]; /* a flow from its beginning up to the day */
	const char *cells[MOST_MEASURES]; /* of its parts those alone that were asked for; NULL: all */
	size_t measure_count;
	struct zone_scope zone; /* where a zone was asked for */
};

/* A zone stands first, as if it were an area; its areas are its children. */
static enum status read_zone(struct call *call, struct figures *figures)
{
	struct work *work = &call->work;
	struct area *area = (struct area *)row_new(work->arena, &area_record);
	size_t count = text_same(request_argument(call->request, "children"), "1") ? figures->zone.area_count : 0;
	area->row.id = figures->zone.zone->row.id;
	SET(area, area, name, V(figures->zone.zone->name));
	SET(area, area, level, V(-1));
	SET(area, area, number, V(ZONE_NUMBER));
	figures->areas = arena_alloc(work->arena, (count + 1) * sizeof *figures->areas);
	figures->numbers = arena_alloc(work->arena, (count + 1) * sizeof *figures->numbers);
	figures->areas[figures->count++] = area;
	for (size_t i = 0; i < count; i++)
		figures->areas[figures->count++] = figures->zone.areas[i];
	for (size_t i = 0; i < figures->count; i++)
		figures->numbers[i] = figures->areas[i]->number;
	return OK;
}

static enum status read_areas(struct call *call, struct figures *figures)
{
	struct work *work = &call->work;
	struct area *area;
	size_t space = 0, number_space = 0, numbers = 0;
	if (call_day(call, work->today, &figures->day) != OK)
		return work->status;
	if (zone_scope(work, request_argument(call->request, "area"), figures->day, &figures->zone))
		return read_zone(call, figures);
	if (call_area(call, &area) != OK)
		return work->status;
	*ARENA_PUSH(work->arena, figures->areas, figures->count, space) = area;
	if (text_same(request_argument(call->request, "children"), "1")) {
		const char *sql =
			arena_print(work->arena, "SELECT %s FROM areas WHERE parent = ? AND voided_at IS NULL ORDER BY path LIMIT %d",
				row_columns(work->arena, &area_record), MOST_CHILDREN);
		struct query *query = db_query(work->db, sql, BIND(V(area->row.id)));
		while (db_next(query))
			*ARENA_PUSH(work->arena, figures->areas, figures->count, space) =
				(const struct area *)row_read(work, &area_record, query);
	}
	for (size_t i = 0; i < figures->count; i++)
		*ARENA_PUSH(work->arena, figures->numbers, numbers, number_space) = figures->areas[i]->number;
	return OK;
}

static void add_measure(struct figures *figures, const struct measure *measure, bool total, const char *cell)
{
	for (size_t i = 0; i < figures->measure_count; i++)
		if (figures->measures[i] == measure)
			return;
	if (!measure || figures->measure_count == MOST_MEASURES)
		return;
	figures->totals[figures->measure_count] = total;
	figures->cells[figures->measure_count] = cell;
	figures->measures[figures->measure_count++] = measure;
}

static enum status read_measures(struct call *call, struct figures *figures)
{
	const char *names = request_argument(call->request, "measure");
	bool total = text_same(request_argument(call->request, "total"), "1");
	if (!names || !*names) {
		for (size_t i = 0; i < record_count; i++)
			for (size_t j = 0; j < records[i]->measure_count; j++)
				add_measure(figures, &records[i]->measures[j], total, NULL);
		return OK;
	}
	for (const char *at = names; at;) {
		const char *end = strchr(at, ',');
		const char *name = arena_text(call->work.arena, at, end ? (size_t)(end - at) : strlen(at));
		const struct measure *measure = measure_named(name, NULL);
		if (!measure)
			return fail(&call->work, BAD_FIELD, "measure", "is not known: %s|没有此统计项：%s", name);
		add_measure(figures, measure, total, NULL);
		at = end ? end + 1 : NULL;
	}
	return OK;
}

static size_t read_some(struct work *work, struct figures *figures, int64_t day, bool total, struct count **counts)
{
	const struct measure *measures[MOST_MEASURES];
	struct count_ask ask = {.areas = figures->numbers, .area_count = figures->count, .measures = measures, .day = day, .total = total};
	for (size_t i = 0; i < figures->measure_count; i++)
		if (figures->totals[i] == total)
			measures[ask.measure_count++] = figures->measures[i];
	if (!ask.measure_count)
		return 0;
	size_t count = tally_read(work, &ask, counts), space = count;
	struct count *of_zone = NULL;
	size_t zone_count = figures->zone.zone ? zone_counts(work, &figures->zone, &ask, ZONE_NUMBER, &of_zone) : 0;
	for (size_t i = 0; i < zone_count; i++)
		*ARENA_PUSH(work->arena, *counts, count, space) = of_zone[i];
	return count;
}

static size_t read_counts(struct work *work, struct figures *figures, int64_t day, struct count **counts)
{
	struct count *totals = NULL;
	size_t count = read_some(work, figures, day, false, counts), space = count;
	size_t total_count = read_some(work, figures, day, true, &totals);
	if (!count)
		*counts = NULL;
	for (size_t i = 0; i < total_count; i++)
		*ARENA_PUSH(work->arena, *counts, count, space) = totals[i];
	return count;
}

static int64_t sum_of(const struct count *counts, size_t count, int64_t area, const struct measure *measure, const char *cell)
{
	int64_t sum = 0;
	for (size_t i = 0; i < count; i++)
		if (counts[i].area == area && counts[i].measure == measure && cell_fits(cell, counts[i].cell))
			sum += counts[i].count;
	return sum;
}

static void write_counts(struct json *json, const struct figures *figures, int64_t area, const struct count *counts, size_t count,
	const struct count *before, size_t before_count)
{
	json_key(json, "counts");
	json_open(json, '{');
	for (size_t m = 0; m < figures->measure_count; m++) {
		const struct measure *measure = figures->measures[m];
		json_key(json, measure->name);
		json_open(json, '{');
		json_put_whole(json, "value", sum_of(counts, count, area, measure, NULL));
		json_put_whole(json, "before", sum_of(before, before_count, area, measure, NULL));
		json_key(json, "cells");
		json_open(json, '{');
		for (size_t i = 0; i < count; i++)
			if (counts[i].area == area && counts[i].measure == measure && *counts[i].cell)
				json_put_whole(json, counts[i].cell, counts[i].count);
		json_close(json, '}');
		json_close(json, '}');
	}
	json_close(json, '}');
}

/* {"days":[…],"<measure>":[…]} of the area alone. */
static enum status write_trend(struct call *call, struct figures *figures)
{
	struct work *work = &call->work;
	int64_t days;
	if (call_number(call, "trend", 0, MOST_DAYS, &days) != OK || !days)
		return work->status;
	struct figures one = *figures;
	struct count **counts = arena_alloc(work->arena, (size_t)days * sizeof *counts);
	size_t *sizes = arena_alloc(work->arena, (size_t)days * sizeof *sizes);
	one.count = 1;
	json_key(&call->out, "trend");
	json_open(&call->out, '{');
	json_key(&call->out, "days");
	json_open(&call->out, '[');
	for (int64_t i = 0; i < days; i++) {
		int64_t day = figures->day - days + 1 + i;
		sizes[i] = read_counts(work, &one, day, &counts[i]);
		json_day(&call->out, day);
	}
	json_close(&call->out, ']');
	for (size_t m = 0; m < one.measure_count; m++) {
		json_key(&call->out, one.measures[m]->name);
		json_open(&call->out, '[');
		for (int64_t i = 0; i < days; i++)
			json_whole(&call->out, sum_of(counts[i], sizes[i], one.numbers[0], one.measures[m], one.cells[m]));
		json_close(&call->out, ']');
	}
	json_close(&call->out, '}');
	return OK;
}

enum status command_tallies(struct call *call)
{
	struct work *work = &call->work;
	struct figures figures = {0};
	struct count *counts, *before;
	store_read(work);
	if (read_areas(call, &figures) != OK || read_measures(call, &figures) != OK)
		return work->status;
	size_t count = read_counts(work, &figures, figures.day, &counts);
	size_t before_count = read_counts(work, &figures, figures.day - 1, &before);
	json_open(&call->out, '{');
	json_key(&call->out, "day");
	json_day(&call->out, figures.day);
	json_key(&call->out, "rows");
	json_open(&call->out, '[');
	for (size_t i = 0; i < figures.count; i++) {
		json_open(&call->out, '{');
		area_put(&call->out, figures.areas[i]);
		write_counts(&call->out, &figures, figures.numbers[i], counts, count, before, before_count);
		json_close(&call->out, '}');
	}
	json_close(&call->out, ']');
	enum status status = write_trend(call, &figures);
	json_close(&call->out, '}');
	return status;
}

/* "key|" for ?tier=key of a measure by tier and kind; NULL where no part was asked for. */
static const char *wanted_cell(struct call *call, const struct measure *measure)
{
	struct buf cell = {.arena = call->work.arena};
	bool any = false;
	for (const char *at = measure->by; at && *at;) {
		const char *end = strchr(at, ',');
		const char *name = arena_text(call->work.arena, at, end ? (size_t)(end - at) : strlen(at));
		const char *value = request_argument(call->request, name);
		if (at != measure->by)
			buf_char(&cell, '|');
		if (value && *value) {
			buf_text(&cell, value);
			any = true;
		}
		at = end ? end + 1 : NULL;
	}
	return any ? buf_end(&cell) : NULL;
}

/* The counts of a day and of the two days before it. */
enum { DAYS_BACK = 3 };
struct recent {
	int64_t day;
	struct count *counts[DAYS_BACK];
	size_t sizes[DAYS_BACK];
};

/* The two counts of a rate, by the parts that were asked for. */
struct rate {
	const struct measure *over, *under; /* NULL: it is not told by those parts */
	const char *over_cell, *under_cell;
};

/* Parts that were asked for, of all by which rates are told. */
enum { MOST_PARTS = 16 };
struct asked {
	const char *names[MOST_PARTS];
	size_t count;
};

static void ask_parts(struct call *call, struct asked *asked, const char *measure)
{
	const char *name, *by = measure ? measure_named(measure, NULL)->by : NULL;
	while ((name = text_word(call->work.arena, &by, ','))) {
		const char *value = request_argument(call->request, name);
		bool known = !value || !*value || asked->count == MOST_PARTS;
		for (size_t i = 0; i < asked->count && !known; i++)
			known = text_same(asked->names[i], name);
		if (!known)
			asked->names[asked->count++] = name;
	}
}

static struct asked asked_parts(struct call *call)
{
	struct asked asked = {0};
	for (size_t i = 0; i < indicator_count; i++) {
		ask_parts(call, &asked, indicators[i].over);
		ask_parts(call, &asked, indicators[i].fine_over);
	}
	return asked;
}

static bool told_by(const struct measure *measure, const struct asked *asked)
{
	for (size_t i = 0; i < asked->count; i++)
		if (!measure_has_part(measure, asked->names[i]))
			return false;
	return true;
}

static struct rate rate_of(struct call *call, const struct asked *asked, const struct indicator *indicator)
{
	const char *const names[2][2] = {{indicator->over, indicator->under}, {indicator->fine_over, indicator->fine_under}};
	for (size_t i = 0; i < 2 && names[i][0]; i++) {
		const struct measure *over = measure_named(names[i][0], NULL), *under = measure_named(names[i][1], NULL);
		if (!told_by(over, asked) || !told_by(under, asked))
			continue;
		if (!asked->count)
			return (struct rate){over, under, NULL, NULL};
		return (struct rate){over, under, wanted_cell(call, over), wanted_cell(call, under)};
	}
	return (struct rate){0};
}

static void write_rate_on(struct json *json, const struct recent *recent, int back, int64_t area, const struct rate *rate)
{
	const struct count *counts = recent->counts[back];
	indicator_rate(json, sum_of(counts, recent->sizes[back], area, rate->over, rate->over_cell),
		sum_of(counts, recent->sizes[back], area, rate->under, rate->under_cell));
}

static void write_indicators(struct json *json, int64_t area, const struct recent *recent, const struct rate *rates)
{
	json_key(json, "indicators");
	json_open(json, '{');
	for (size_t i = 0; i < indicator_count; i++) {
		if (!rates[i].over)
			continue;
		json_key(json, indicators[i].name);
		json_open(json, '{');
		json_key(json, "day");
		json_day(json, recent->day - indicators[i].eve);
		write_rate_on(json, recent, indicators[i].eve, area, &rates[i]);
		json_key(json, "before");
		json_open(json, '{');
		write_rate_on(json, recent, indicators[i].eve + 1, area, &rates[i]);
		json_close(json, '}');
		json_close(json, '}');
	}
	json_close(json, '}');
}

enum status command_indicators(struct call *call)
{
	struct work *work = &call->work;
	struct figures figures = {0};
	struct rate *rates = arena_alloc(work->arena, indicator_count * sizeof *rates);
	store_read(work);
	if (read_areas(call, &figures) != OK)
		return work->status;
	struct asked asked = asked_parts(call);
	for (size_t i = 0; i < indicator_count; i++) {
		rates[i] = rate_of(call, &asked, &indicators[i]);
		add_measure(&figures, rates[i].over, indicators[i].total, rates[i].over_cell);
		add_measure(&figures, rates[i].under, indicators[i].total, rates[i].under_cell);
	}
	struct recent recent = {.day = figures.day};
	for (int back = 0; back < DAYS_BACK; back++)
		recent.sizes[back] = read_counts(work, &figures, figures.day - back, &recent.counts[back]);
	json_open(&call->out, '{');
	json_key(&call->out, "day");
	json_day(&call->out, figures.day);
	json_key(&call->out, "rows");
	json_open(&call->out, '[');
	for (size_t i = 0; i < figures.count; i++) {
		json_open(&call->out, '{');
		area_put(&call->out, figures.areas[i]);
		write_indicators(&call->out, figures.numbers[i], &recent, rates);
		json_close(&call->out, '}');
	}
	json_close(&call->out, ']');
	enum status status = write_trend(call, &figures);
	json_close(&call->out, '}');
	return status;
}

enum status command_tally_rows(struct call *call)
{
	struct work *work = &call->work;
	struct opening_ask ask = {0};
	struct opening opening;
	struct area *area = NULL;
	struct zone_scope zone;
	int64_t limit;
	store_read(work);
	const char *name = request_argument(call->request, "measure");
	ask.measure = name ? measure_named(name, &ask.record) : NULL;
	if (!ask.measure)
		return fail(work, BAD_FIELD, "measure", "must name a measure|须指明统计项");
	if (!ask.record->open && !who_may(work->who, ask.record->read))
		return fail(work, NO_RIGHT, NULL, NULL);
	if (call_day(call, work->today, &ask.day) != OK || call_number(call, "limit", 50, 1000, &limit) != OK)
		return work->status;
	if (!zone_scope(work, request_argument(call->request, "area"), ask.day, &zone) && call_area(call, &area) != OK)
		return work->status;
	ask.path = area ? area->row.path : "";
	ask.number = area ? area->number : 0;
	ask.total = text_same(request_argument(call->request, "total"), "1");
	ask.cell = wanted_cell(call, ask.measure);
	ask.limit = (size_t)limit;
	ask.after = request_argument(call->request, "after");
	if ((area ? opening_read(work, &ask, &opening) : zone_open(work, &ask, &zone, &opening)) != OK)
		return work->status;
	json_open(&call->out, '{');
	json_put(&call->out, "record", ask.record->name);
	json_key(&call->out, "rows");
	json_open(&call->out, '[');
	for (size_t i = 0; i < opening.count; i++) {
		json_open(&call->out, '{');
		json_put_whole(&call->out, "value", opening.rows[i].value);
		json_key(&call->out, "row");
		shape_row(work, &call->out, opening.rows[i].row);
		json_close(&call->out, '}');
	}
	json_close(&call->out, ']');
	json_put(&call->out, "next", opening.next);
	json_close(&call->out, '}');
	return OK;
}
