/* GET /api/v1/<plural>.csv and .xlsx: what the list shows, without a limit. */
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

#include "face/call.h"
#include "face/export.h"
#include "record/export.h"
#include "record/history.h"

enum { SEEN_AT_ONCE = 500 };

struct seen {
	const struct list *list;
	size_t from;
};

static enum status write_seen(struct work *work, void *data)
{
	const struct seen *seen = data;
	for (size_t i = seen->from; i < seen->list->count && i < seen->from + SEEN_AT_ONCE; i++)
		history_seen(work, seen->list->rows[i]);
	return OK;
}

enum status export_seen(struct work *work, const struct list *list)
{
	enum status status = OK;
	for (struct seen seen = {.list = list}; status == OK && seen.from < list->count; seen.from += SEEN_AT_ONCE)
		status = store_write(work, write_seen, &seen);
	return status;
}

const char *export_begin(struct call *call, enum sheet_format format)
{
	static const char *const types[] = {"text/csv; charset=utf-8", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"};
	int file = request_temporary(call->request);
	if (file < 0) {
		fail(&call->work, FULL, NULL, NULL);
		return NULL;
	}
	response_body(call->request, 200, types[format], NULL, 0);
	call->request->response.file = file; /* the server's to close from here on */
	return arena_print(call->work.arena, "/proc/self/fd/%d", file);
}

enum status export_end(struct call *call, const char *name, enum sheet_format format)
{
	struct stat state;
	if (fstat(call->request->response.file, &state) != 0)
		return fail(&call->work, BROKEN, NULL, NULL);
	call->request->response.size = (uint64_t)state.st_size;
	response_header(call->request, "Content-Disposition",
		arena_print(call->work.arena, "attachment; filename=\"%s.%s\"", name, format == SHEET_CSV ? "csv" : "xlsx"));
	return OK;
}

enum status export_run(struct call *call, const struct record *record, enum sheet_format format)
{
	struct work *work = &call->work;
	struct list_ask ask;
	struct list seen;
	const char *path;
	store_read(work);
	if (rest_ask(call, record, &ask) != OK || !(path = export_begin(call, format)))
		return work->status;
	struct export_ask out = {.list = &ask,
		.columns = request_argument(call->request, "columns"),
		.format = format,
		.path = path,
		.folder = call->face->spool};
	enum status status = export_write(work, &out, &seen);
	store_release(work);
	if (status == OK)
		status = export_seen(work, &seen);
	return status == OK ? export_end(call, record->plural, format) : status;
}
