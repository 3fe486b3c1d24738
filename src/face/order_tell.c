/* Orders of a day as text messages, all that were not told yet. */
#include "app/area.h"
#include "app/post.h"
#include "app/rights.h"
#include "base/clock.h"
#include "face/commands.h"
#include "record/list.h"
#include "record/rows.h"

enum { MOST_TOLD = 2000 };

struct telling {
	const char *path;
	int64_t day;
	int64_t told, already, silent; /* silent: without a number */
};

static enum status tell_one(struct work *work, struct telling *telling, const struct row *old)
{
	if (GIVEN((const struct assignment *)old, assignment, told)) {
		telling->already++;
		return OK;
	}
	enum status status = row_step(work, old, row_copy(work->arena, old), record_step(&assignment_record, "tell"), old->version);
	if (status == BAD_STATE) {
		telling->silent++;
		return work->status = OK;
	}
	telling->told += status == OK;
	return status;
}

static enum status write_told(struct work *work, void *data)
{
	struct telling *telling = data;
	char day[DAY_TEXT];
	struct list list;
	struct list_filter filter = {.field = FIELD_OF(assignment, begins), .text = day_print(telling->day, day)};
	struct list_ask ask = {.record = &assignment_record,
		.right = RIGHT_post_write,
		.path = telling->path,
		.day = DAY_FAR,
		.filters = &filter,
		.filter_count = 1,
		.limit = MOST_TOLD + 1};
	telling->told = telling->already = telling->silent = 0;
	if (list_read(work, &ask, &list) != OK)
		return work->status;
	if (list.count > MOST_TOLD)
		return fail(work, TOO_LARGE, NULL, "More than %d orders: choose an area below|超过 %d 份，请选择下级区划", MOST_TOLD);
	enum status status = OK;
	for (size_t i = 0; i < list.count && status == OK; i++)
		status = tell_one(work, telling, list.rows[i]);
	return status;
}

enum status command_orders_tell(struct call *call)
{
	struct work *work = &call->work;
	struct telling telling = {0};
	struct area *area;
	if (call_day(call, work->today, &telling.day) != OK)
		return work->status;
	store_read(work);
	if (call_area(call, &area) != OK)
		return work->status;
	telling.path = arena_copy(work->arena, area->row.path);
	store_release(work);
	if (store_write(work, write_told, &telling) != OK)
		return work->status;
	json_open(&call->out, '{');
	json_put_whole(&call->out, "told", telling.told);
	json_put_whole(&call->out, "already", telling.already);
	json_put_whole(&call->out, "without_phone", telling.silent);
	json_close(&call->out, '}');
	return OK;
}
