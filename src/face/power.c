/* Electricity beside what firms tell (facts.md 2.5): rates and index of an area and its children, and the sites where the two disagree. */
#include "app/meter.h"

#include "app/area.h"
#include "app/rights.h"
#include "app/settings.h"
#include "app/site.h"
#include "face/board.h"
#include "face/commands.h"
#include "record/shape.h"
#include "record/tally.h"

enum { MOST_CHILDREN = 2000, MEASURES = 8 };

static const char *const names[MEASURES] = {"power_read", "power_running", "power_used", "power_base", "power_used_running",
	"power_base_running", "sites_due", "sites_resumed"};

static void put_rate(struct json *json, const char *key, int64_t over, int64_t under)
{
	json_key(json, key);
	json_open(json, '{');
	json_put_whole(json, "over", over);
	json_put_whole(json, "under", under);
	json_close(json, '}');
}

static void put_area(struct work *work, struct json *json, const struct area *area, const struct count *counts, size_t count,
	const struct measure *const *measures)
{
	int64_t sums[MEASURES] = {0};
	for (size_t i = 0; i < count; i++)
		for (int m = 0; m < MEASURES; m++)
			if (counts[i].area == area->number && counts[i].measure == measures[m])
				sums[m] += counts[i].count;
	int64_t index = meter_index(work, sums[1], sums[0], sums[2], sums[3]);
	json_open(json, '{');
	area_put(json, area);
	put_rate(json, "firms", sums[1], sums[0]);
	put_rate(json, "used", sums[2], sums[3]);
	put_rate(json, "used_running", sums[4], sums[5]);
	put_rate(json, "told", sums[7], sums[6]);
	json_key(json, "index");
	if (index < 0)
		json_null_out(json);
	else
		json_whole(json, index);
	json_close(json, '}');
}

static int64_t last_day(struct work *work)
{
	struct sql sql = sql_new(work->arena);
	int64_t day = -1;
	sql_add(&sql, "SELECT day FROM meter_days WHERE voided_at IS NULL", NOTHING);
	reach_where(&sql, work->who, RIGHT_site_read, "site");
	sql_add(&sql, " ORDER BY day DESC LIMIT 1", NOTHING);
	struct query *query = sql_query(work->db, &sql);
	if (db_next(query)) {
		day = db_whole(query, 0);
		db_done(query);
	}
	return day;
}

enum status command_power(struct call *call)
{
	struct work *work = &call->work;
	struct json *json = &call->out;
	struct area *area, *areas[MOST_CHILDREN + 1];
	int64_t numbers[MOST_CHILDREN + 1], day;
	const struct measure *measures[MEASURES];
	size_t area_count = 1;
	struct count *counts;
	store_read(work);
	if (call_day(call, work->today, &day) != OK || call_area(call, &area) != OK)
		return work->status;
	areas[0] = area;
	if (text_same(request_argument(call->request, "children"), "1")) {
		struct query *query = db_query(work->db,
			arena_print(work->arena, "SELECT %s FROM areas WHERE parent = ? AND voided_at IS NULL ORDER BY path LIMIT %d",
				row_columns(work->arena, &area_record), MOST_CHILDREN),
			BIND(V(area->row.id)));
		while (db_next(query))
			areas[area_count++] = (struct area *)row_read(work, &area_record, query);
	}
	for (size_t i = 0; i < area_count; i++)
		numbers[i] = areas[i]->number;
	for (int m = 0; m < MEASURES; m++)
		measures[m] = measure_named(names[m], NULL);
	struct count_ask ask = {.areas = numbers, .area_count = area_count, .measures = measures, .measure_count = MEASURES, .day = day};
	size_t count = tally_read(work, &ask, &counts);
	json_open(json, '{');
	json_key(json, "day");
	json_day(json, day);
	json_put_whole(json, "running_percent", settings_number(work, "power_running_percent"));
	json_put_whole(json, "weight_firms", settings_number(work, "power_weight_firms"));
	json_put_whole(json, "weight_used", settings_number(work, "power_weight_used"));
	json_key(json, "rows");
	json_open(json, '[');
	for (size_t i = 0; i < area_count; i++)
		put_area(work, json, areas[i], counts, count, measures);
	json_close(json, ']');
	/* the last day that was read at all, so that a page without figures says where there are some */
	int64_t last = last_day(work);
	json_key(json, "last");
	if (last < 0)
		json_null_out(json);
	else
		json_day(json, last);
	json_close(json, '}');
	return OK;
}

static void put_differ(struct work *work, struct json *json, const struct meter_differ *differ)
{
	const struct site *site = (const struct site *)differ->site;
	json_open(json, '{');
	json_put_named(json, "site", site->row.id, site->name);
	json_put(json, "status", site->status);
	json_put(json, "area", shape_pointed(work, &site->row, FIELD_OF(site, area)));
	json_put_flag(json, "running", differ->meter->running);
	json_put_whole(json, "kwh", differ->meter->kwh);
	json_put_whole(json, "base", differ->meter->base);
	json_put_id(json, "reading", differ->meter->row.id);
	json_close(json, '}');
}

enum status command_power_differ(struct call *call)
{
	struct work *work = &call->work;
	struct json *json = &call->out;
	struct meter_differ *list = NULL;
	struct id after = {{0}}, next;
	const char *path, *cursor = request_argument(call->request, "after");
	char text[ID_TEXT];
	int64_t day, limit;
	store_read(work);
	if (call_day(call, work->today, &day) != OK || call_number(call, "limit", 50, 500, &limit) != OK || call_path(call, &path) != OK)
		return work->status;
	if (cursor && *cursor && !id_parse(cursor, &after))
		return fail(work, BAD_FIELD, "after", "is no cursor|分页标记无效");
	size_t count = meter_differs(work, path, day, after, (size_t)limit, &list, &next);
	json_open(json, '{');
	json_key(json, "rows");
	json_open(json, '[');
	for (size_t i = 0; i < count; i++)
		put_differ(work, json, &list[i]);
	json_close(json, ']');
	json_put(json, "next", id_none(next) ? NULL : id_print(next, text));
	json_close(json, '}');
	return OK;
}
