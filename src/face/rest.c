/* REST over every record: list, get, make, change, void, steps, history. */
#include <stdlib.h>
#include <string.h>

#include "app/area.h"
#include "app/rights.h"
#include "app/zone.h"
#include "base/clock.h"
#include "face/call.h"
#include "face/export.h"
#include "face/import.h"
#include "face/rest.h"
#include "record/days.h"
#include "record/history.h"
#include "record/list.h"
#include "record/shape.h"

enum { PAGE = 50, MOST_PAGE = 1000 };

static bool is_reserved(const char *name)
{
	static const char words[] = "area,q,sort,limit,after,day,reveal,count,voided,columns";
	return text_listed(words, ',', name);
}

/* A filter that the record has beside its fields, such as mine=1. */
static bool add_view(struct call *call, struct list_ask *ask, const struct pair *pair)
{
	struct sql unused = sql_new(call->work.arena);
	if (!ask->record->view || !text_same(pair->value, "1") || !ask->record->view(&call->work, pair->name, &unused))
		return false;
	const char **views = arena_alloc(call->work.arena, (ask->view_count + 1) * sizeof *views);
	for (size_t i = 0; i < ask->view_count; i++)
		views[i] = ask->views[i];
	views[ask->view_count++] = pair->name;
	ask->views = views;
	return true;
}

static enum status read_filters(struct call *call, const struct record *record, struct list_ask *ask)
{
	struct list_filter *filters = arena_alloc(call->work.arena, (call->request->argument_count + 1) * sizeof *filters);
	bool by_day = days_any(record);
	for (size_t i = 0; i < call->request->argument_count; i++) {
		const struct pair *pair = &call->request->arguments[i];
		const struct field *field = record_field(record, pair->name);
		/* `area` is the subtree; `day` is a past day only where the record has days of its own */
		if (is_reserved(pair->name) && !(field && strcmp(pair->name, "day") == 0 && !by_day))
			continue;
		if (!field && add_view(call, ask, pair))
			continue;
		if (!field || field->private || field->hidden)
			return fail(&call->work, BAD_FIELD, pair->name, "is no filter here|此处不能按此筛选");
		filters[ask->filter_count++] = (struct list_filter){.field = field, .text = pair->value};
	}
	ask->filters = filters;
	return OK;
}

static enum status read_sort(struct call *call, struct list_ask *ask)
{
	const char *sort = request_argument(call->request, "sort");
	if (!sort || !*sort)
		return OK;
	ask->down = *sort == '-';
	ask->sort = record_field(ask->record, sort + ask->down);
	if (!ask->sort || !ask->sort->order)
		return fail(&call->work, BAD_FIELD, "sort", "is no declared order|没有此排序");
	return OK;
}

/* What a past day is asked for is worked out for that day, too. */
static void look_back(struct call *call, int64_t day)
{
	if (day < call->work.today)
		call->work.today = day;
}

enum status rest_ask(struct call *call, const struct record *record, struct list_ask *ask)
{
	struct area *area = NULL;
	struct zone_scope scope;
	int64_t limit;
	*ask = (struct list_ask){.record = record, .right = record->read, .path = "", .day = DAY_FAR};
	const char *asked = request_argument(call->request, "area"), *voided = request_argument(call->request, "voided");
	if (asked && *asked && zone_scope(&call->work, asked, call->work.today, &scope))
		ask->parts = zone_parts(&call->work, record, &scope);
	else if (asked && *asked && call_area(call, &area) != OK)
		return call->work.status;
	if (area)
		ask->path = area->row.path;
	if (call_number(call, "limit", PAGE, MOST_PAGE, &limit) != OK || read_sort(call, ask) != OK ||
		read_filters(call, record, ask) != OK)
		return call->work.status;
	if (days_any(record) && call_day(call, DAY_FAR, &ask->day) != OK)
		return call->work.status;
	look_back(call, ask->day);
	ask->limit = (size_t)limit;
	ask->typed = request_argument(call->request, "q");
	ask->after = request_argument(call->request, "after");
	ask->voided = text_same(voided, "1");
	return OK;
}

static enum status run_list(struct rest *rest)
{
	struct call *call = rest->call;
	struct list_ask ask;
	struct list list;
	store_read(&call->work);
	if (rest_ask(call, rest->record, &ask) != OK || list_read(&call->work, &ask, &list) != OK)
		return call->work.status;
	json_open(&call->out, '{');
	json_key(&call->out, "rows");
	json_open(&call->out, '[');
	for (size_t i = 0; i < list.count; i++)
		shape_row(&call->work, &call->out, list.rows[i]);
	json_close(&call->out, ']');
	json_put(&call->out, "next", list.next);
	json_key(&call->out, "total");
	if (request_argument(call->request, "count") && !ask.typed)
		json_whole(&call->out, list_count(&call->work, &ask, 10001));
	else
		json_null_out(&call->out);
	json_close(&call->out, '}');
	return OK;
}

static enum status run_get(struct rest *rest)
{
	struct call *call = rest->call;
	struct work *work = &call->work;
	int64_t day;
	store_read(work);
	if (row_get_reached(work, rest->record, rest->id, rest->record->read, &rest->row) != OK || call_day(call, DAY_FAR, &day) != OK)
		return work->status;
	const struct row *row = day == DAY_FAR ? rest->row : row_as_of(work, rest->row, day);
	if (days_any(rest->record))
		look_back(call, day);
	shape_one(work, &call->out, row);
	response_header(call->request, "ETag", arena_print(work->arena, "\"%lld\"", (long long)row->version));
	return OK;
}

static void write_side(struct rest *rest, struct json *json, const char *key, const json_t *side)
{
	struct work *work = &rest->call->work;
	const char *name;
	json_t *value;
	json_key(json, key);
	json_open(json, '{');
	json_object_foreach((json_t *)side, name, value)
	{
		const struct field *field = record_field(rest->record, name);
		if (field && field->hidden)
			continue;
		json_key(json, name);
		if (field && field->private && !json_is_null(value))
			json_text(json, "***");
		else
			json_raw(json, json_print(work->arena, value));
	}
	json_close(json, '}');
}

static enum status run_history(struct rest *rest)
{
	struct call *call = rest->call;
	struct work *work = &call->work;
	store_read(work);
	if (!who_may(work->who, RIGHT_history_read))
		return fail(work, NO_RIGHT, NULL, NULL);
	if (row_get_reached(work, rest->record, rest->id, rest->record->read, &rest->row) != OK)
		return work->status;
	/* of an open record, too, the past is told by place */
	if (!who_reaches(work->who, RIGHT_history_read, rest->row->path, row_site(rest->row)))
		return fail(work, NOT_FOUND, NULL, NULL);
	json_open(&call->out, '{');
	json_key(&call->out, "rows");
	json_open(&call->out, '[');
	struct query *query = db_query(work->db,
		"SELECT h.at, h.who, u.name, h.action, h.change, h.reason, h.version FROM history h LEFT JOIN users u ON u.id = h.who "
		"WHERE h.row = ? ORDER BY h.rowid DESC LIMIT 500",
		BIND(V(rest->id)));
	while (db_next(query)) {
		const char *change = db_text(query, 4);
		const json_t *sides = json_read(work->arena, change, strlen(change), NULL);
		json_open(&call->out, '{');
		json_key(&call->out, "at");
		json_stamp(&call->out, db_whole(query, 0));
		json_key(&call->out, "who");
		json_open(&call->out, '{');
		json_put_id(&call->out, "id", db_id(query, 1));
		json_put(&call->out, "name", db_text(query, 2));
		json_close(&call->out, '}');
		json_put(&call->out, "deed", db_text(query, 3));
		json_put(&call->out, "reason", db_text(query, 5));
		json_put_whole(&call->out, "version", db_whole(query, 6));
		write_side(rest, &call->out, "before", json_object_get(sides, "before"));
		write_side(rest, &call->out, "after", json_object_get(sides, "after"));
		json_close(&call->out, '}');
	}
	json_close(&call->out, ']');
	json_close(&call->out, '}');
	return OK;
}

static enum status run_one(struct rest *rest, const char *tail)
{
	struct call *call = rest->call;
	const char *method = call->request->method;
	if (!*tail && strcmp(method, "GET") == 0)
		return run_get(rest);
	if (!*tail && strcmp(method, "PATCH") == 0)
		return rest->record->appended ? fail(&call->work, NOT_ALLOWED, NULL, NULL) : rest_change(rest);
	if (!*tail && strcmp(method, "DELETE") == 0)
		return rest_void(rest);
	if (strcmp(tail, "/history") == 0 && strcmp(method, "GET") == 0)
		return run_history(rest);
	rest->step = *tail ? record_step(rest->record, tail + 1) : NULL;
	if (rest->step && strcmp(method, "POST") == 0)
		return rest_step(rest);
	return fail(&call->work, rest->step || !*tail ? NOT_ALLOWED : NOT_FOUND, NULL, NULL);
}

/* A sheet of the list, or a sheet to import: the path ends in .csv, .xlsx or :import. False where it is neither. */
static bool run_sheet(struct call *call, const char *name, enum status *status)
{
	static const char *const ends[] = {".csv", ".xlsx", ":import"}, *const methods[] = {"GET", "GET", "POST"};
	for (int i = 0; i < 3; i++) {
		size_t size = strlen(name), end = strlen(ends[i]);
		const struct record *record = NULL;
		if (size > end && strcmp(name + size - end, ends[i]) == 0)
			record = record_plural(arena_text(call->work.arena, name, size - end));
		if (!record || record->inner)
			continue;
		if (!call->work.who)
			*status = fail(&call->work, SIGN_IN, NULL, NULL);
		else if (!record->open && !who_may(call->work.who, record->read))
			*status = fail(&call->work, NO_RIGHT, NULL, NULL);
		else if (strcmp(call->request->method, methods[i]) != 0)
			*status = fail(&call->work, NOT_ALLOWED, NULL, NULL);
		else
			*status = i == 2 ? import_call(call, record) : export_run(call, record, i == 0 ? SHEET_CSV : SHEET_XLSX);
		return true;
	}
	return false;
}

enum status rest_run(struct call *call)
{
	enum status status;
	struct work *work = &call->work;
	struct rest rest = {.call = call};
	const char *path = call->request->path;
	if (!text_starts(path, "/api/v1/"))
		return fail(work, NOT_FOUND, NULL, NULL);
	path += strlen("/api/v1/");
	size_t size = strcspn(path, "/");
	if (!path[size] && run_sheet(call, path, &status))
		return status;
	rest.record = record_plural(arena_text(work->arena, path, size));
	if (!rest.record || rest.record->inner)
		return fail(work, NOT_FOUND, NULL, NULL);
	if (!work->who)
		return fail(work, SIGN_IN, NULL, NULL);
	if (!rest.record->open && !who_may(work->who, rest.record->read))
		return fail(work, NO_RIGHT, NULL, NULL);
	path += size;
	if (!*path)
		return strcmp(call->request->method, "POST") == 0   ? rest_make(&rest)
			: strcmp(call->request->method, "GET") == 0 ? run_list(&rest)
								    : fail(work, NOT_ALLOWED, NULL, NULL);
	char id[ID_TEXT];
	path++;
	if (strlen(path) < 36 || (path[36] && path[36] != '/'))
		return fail(work, NOT_FOUND, NULL, NULL);
	memcpy(id, path, 36);
	id[36] = '\0';
	return id_parse(id, &rest.id) ? run_one(&rest, path + 36) : fail(work, NOT_FOUND, NULL, NULL);
}
