#include "face/board.h"

#include "app/area.h"
#include "base/clock.h"
#include "record/list.h"
#include "record/picks.h"
#include "record/shape.h"

enum { COLUMN = 20, COUNTED = 10001, TITLE = 40 };

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

const char *board_title(struct work *work, const struct row *row)
{
	const char *title = shape_title(work, row->record, row->id);
	const struct field *follows = row->record->follows ? record_field(row->record, row->record->follows) : NULL;
	struct value value = !title && follows ? row_get(row, follows) : value_null();
	if (value.type == VALUE_ID)
		title = shape_title(work, record_named(follows->link), value.id);
	title = title ? title : work_text(work, row->record->label);
	/* a number alone says little: the beginning of what it is about goes before it */
	const struct field *text = record_field(row->record, "text");
	value = text && !text->private ? row_get(row, text) : value_null();
	if (value.type != VALUE_TEXT || !*value.text)
		return title;
	const char *end = value.text, *before = value.text;
	for (int i = 0; i <= TITLE && *before && *before != '\n'; i++) {
		end = before;
		text_next(&before);
	}
	bool whole = !*before || *before == '\n';
	return arena_print(work->arena, "%.*s%s · %s", (int)((whole ? before : end) - value.text), value.text, whole ? "" : "…", title);
}

int64_t board_due(struct work *work, const struct row *row, const char *column)
{
	const struct field *field = column ? record_field(row->record, column) : NULL;
	struct value value = field ? row_get(row, field) : value_null();
	if (value.type == VALUE_NULL)
		return 0;
	return field->kind == &kind_day ? day_stamp(value.whole + 1, work->store->zone) - 1 : value.whole;
}
