/* One area by id or code, with the areas above it; the risk level of an area. */
#include "app/area.h"
#include "app/rights.h"
#include "app/risk.h"
#include "app/zone.h"
#include "base/clock.h"
#include "face/commands.h"
#include "record/shape.h"
#include "record/tally.h"

static void write_risk(struct work *work, struct json *json, const struct area *area, int64_t day)
{
	const struct risk *risk = risk_on(work, area, day);
	if (!risk) {
		json_null_out(json);
		return;
	}
	const struct area *decided = (const struct area *)row_load(work, &area_record, risk->area);
	json_open(json, '{');
	json_put(json, "level", risk->level);
	json_key(json, "since");
	json_day(json, risk->day);
	json_put(json, "decider", risk->decider);
	json_put_flag(json, "own", id_same(risk->area, area->row.id));
	/* an area above one's reach is not named */
	json_key(json, "area");
	if (decided && who_reaches(work->who, RIGHT_area_read, decided->row.path, (struct id){{0}}))
		area_json(json, decided);
	else
		json_null_out(json);
	json_close(json, '}');
}

/* A zone stands where an area is asked for: it is named as one, with nothing above it. */
static enum status show_zone(struct call *call, int64_t day)
{
	struct work *work = &call->work;
	struct zone_scope scope;
	if (!zone_scope(work, call->parts[0], day, &scope))
		return fail(work, NOT_FOUND, NULL, NULL);
	json_open(&call->out, '{');
	json_put_id(&call->out, "id", scope.zone->row.id);
	json_put(&call->out, "name", scope.zone->name);
	json_put(&call->out, "code", NULL);
	json_put_whole(&call->out, "level", -1);
	json_put(&call->out, "parent", NULL);
	json_put_flag(&call->out, "zone", true);
	json_key(&call->out, "ancestors");
	json_raw(&call->out, "[]");
	json_close(&call->out, '}');
	return OK;
}

enum status command_area(struct call *call)
{
	struct work *work = &call->work;
	const struct area *above[PATH_DEEP];
	int64_t numbers[PATH_DEEP], day;
	size_t count = 0;
	store_read(work);
	const struct area *area = area_find(work, call->parts[0]);
	if (call_day(call, work->today, &day) != OK)
		return work->status;
	if (!area)
		return show_zone(call, day);
	size_t deep = path_areas(area->row.path, numbers);
	for (size_t i = 0; i + 1 < deep; i++) {
		const struct area *found = area_numbered(work, numbers[i]);
		if (found && who_reaches(work->who, RIGHT_area_read, found->row.path, (struct id){{0}}))
			above[count++] = found;
	}
	struct json row = json_new(work->arena);
	shape_one(work, &row, &area->row);
	/* the row's own object goes on behind its last member */
	buf_add(&call->out.buf, buf_end(&row.buf), row.buf.size - 1);
	call->out.comma = true;
	json_key(&call->out, "ancestors");
	json_open(&call->out, '[');
	for (size_t i = 0; i < count; i++)
		area_json(&call->out, above[i]);
	json_close(&call->out, ']');
	json_key(&call->out, "risk");
	write_risk(work, &call->out, area, day);
	json_close(&call->out, '}');
	response_header(call->request, "ETag", arena_print(work->arena, "\"%lld\"", (long long)area->row.version));
	return OK;
}

enum status command_risk(struct call *call)
{
	struct work *work = &call->work;
	struct area *area;
	int64_t day;
	store_read(work);
	if (call_area(call, &area) != OK || call_day(call, work->today, &day) != OK)
		return work->status;
	json_open(&call->out, '{');
	json_key(&call->out, "area");
	area_json(&call->out, area);
	json_key(&call->out, "day");
	json_day(&call->out, day);
	json_key(&call->out, "risk");
	write_risk(work, &call->out, area, day);
	json_close(&call->out, '}');
	return OK;
}
