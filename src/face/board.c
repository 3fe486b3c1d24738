#include "face/board.h"

#include "app/area.h"
#include "base/clock.h"
#include "record/list.h"
#include "record/picks.h"
#include "record/shape.h"

enum { COLUMN = 20, COUNTED = 10001 };

enum status call_path(struct call *call, const char **path)
{
	struct area *area;
	const char *asked = request_argument(call->request, "area");
	*path = "";
	if (!asked || !*asked)
		return OK;
	if (call_area(call, &area) != OK)
		return call->work.status;
	*path = area->row.path;
	return OK;
}

static enum status write_column(struct call *call, const struct list_ask *base, const char *state)
{
	struct list list;
	struct list_ask ask = *base;
	struct list_filter filter = {.field = record_field(base->record, "state"), .text = state};
	ask.filters = &filter;
	ask.filter_count = 1;
	if (list_read(&call->work, &ask, &list) != OK)
		return call->work.status;
	json_open(&call->out, '{');
	json_put(&call->out, "state", state);
	json_put_whole(&call->out, "count", list_count(&call->work, &ask, COUNTED));
	json_key(&call->out, "rows");
	json_open(&call->out, '[');
	for (size_t i = 0; i < list.count; i++)
		shape_row(&call->work, &call->out, list.rows[i]);
	json_close(&call->out, ']');
	json_close(&call->out, '}');
	return OK;
}

static void write_view(struct call *call, const struct list_ask *base, const char *name)
{
	struct list_ask ask = *base;
	ask.views = &name;
	ask.view_count = 1;
	json_put_whole(&call->out, name, list_count(&call->work, &ask, COUNTED));
}

enum status board_answer(struct call *call, const struct board *board)
{
	struct work *work = &call->work;
	const char *path;
	struct pick pick;
	store_read(work);
	if (call_path(call, &path) != OK)
		return work->status;
	struct list_ask ask = {.record = board->record,
		.right = board->record->read,
		.path = path,
		.day = DAY_FAR,
		.sort = record_field(board->record, board->sort),
		.limit = COLUMN};
	json_open(&call->out, '{');
	for (size_t i = 0; i < board->view_count; i++)
		write_view(call, &ask, board->views[i]);
	json_key(&call->out, "columns");
	json_open(&call->out, '[');
	for (const char *at = record_field(board->record, "state")->picks; picks_next(work->arena, &at, &pick);)
		if (write_column(call, &ask, pick.code) != OK)
			return work->status;
	json_close(&call->out, ']');
	json_close(&call->out, '}');
	return OK;
}
