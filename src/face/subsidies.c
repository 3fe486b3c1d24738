/* Subsidies of an area and a month, proposed in one action. */
#include "app/subsidy.h"

#include "app/area.h"
#include "app/rights.h"
#include "face/call.h"
#include "face/commands.h"

struct asked {
	const char *area, *month;
	struct subsidy_sums sums;
};

static enum status compute(struct work *work, void *data)
{
	struct asked *asked = data;
	const struct area *area = area_find(work, asked->area);
	if (!area)
		return fail(work, NOT_FOUND, "area", "There is no such area|没有这个区划");
	if (!who_reaches(work->who, RIGHT_care_write, area->row.path, (struct id){{0}}))
		return fail(work, NO_RIGHT, NULL, NULL);
	return subsidy_compute(work, area, asked->month, &asked->sums);
}

static enum status computed(struct call *call)
{
	const struct asked *asked = call->data;
	const struct subsidy_sums *sums = &asked->sums;
	struct json *json = &call->out;
	if (call->work.status != OK)
		return call->work.status;
	json_open(json, '{');
	json_put(json, "month", asked->month);
	json_put_whole(json, "made", sums->made);
	json_put_whole(json, "changed", sums->changed);
	json_put_whole(json, "kept", sums->kept);
	json_put_whole(json, "dropped", sums->dropped);
	json_put_whole(json, "people", sums->people);
	json_put_whole(json, "days", sums->days);
	json_put_whole(json, "amount", sums->fen);
	json_close(json, '}');
	return OK;
}

enum status command_subsidies(struct call *call)
{
	struct work *work = &call->work;
	struct asked *asked = arena_alloc(work->arena, sizeof *asked);
	if (call_body(call) != OK || call_keys(call, "area,month") != OK)
		return work->status;
	const json_t *area = json_object_get(call->body, "area");
	if (area && !json_is_string(area))
		return fail(work, BAD_FIELD, "area", "must be a text|须为文本");
	asked->area = json_string_value(area);
	if (call_text(call, "month", &asked->month) != OK)
		return work->status;
	call->data = asked;
	return call_write(call, compute, asked, SUBSIDY_MOST / 100, computed);
}
