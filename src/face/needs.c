/* The board of needs, following one by its number, comments, notices, and what waits for somebody. */
#include <string.h>

#include "app/area.h"
#include "app/comment.h"
#include "app/need.h"
#include "app/notice_box.h"
#include "app/rights.h"
#include "app/settings.h"
#include "app/waiting.h"
#include "base/clock.h"
#include "face/board.h"
#include "face/commands.h"
#include "face/limit.h"
#include "record/picks.h"
#include "record/shape.h"

enum { FIRST = 5, COUNTED = 10001, MOST_WORK = 200 };

static void write_rows(struct work *work, struct json *json, struct row **rows, size_t count)
{
	json_key(json, "rows");
	json_open(json, '[');
	for (size_t i = 0; i < count; i++)
		shape_row(work, json, rows[i]);
	json_close(json, ']');
}

/* --- the board */

enum status command_needs_board(struct call *call)
{
	static const char *const views[] = {"mine", "overdue", "unowned"};
	const struct board board = {.record = &need_record, .sort = "due_at", .views = views, .view_count = sizeof views / sizeof *views};
	return board_answer(call, &board);
}

/* --- following a need by its number: open to everybody who has its code */

struct
try {
	const char *number;
	bool right;
};

static enum status write_try(struct work *work, void *data)
{
	const struct try *try = data;
	need_code_tried(work, try->number, try->right);
	return OK;
}

static void write_followed(struct call *call, const struct need *need)
{
	struct work *work = &call->work;
	struct json *json = &call->out;
	const char *states = record_field(&need_record, "state")->picks;
	json_open(json, '{');
	json_put(json, "number", need->number);
	json_put(json, "state", need->state);
	json_put(json, "label", work_text(work, picks_label(work->arena, states, need->state)));
	json_key(json, "due_day");
	json_day(json, need->due_day);
	json_key(json, "steps");
	json_open(json, '[');
	struct query *query =
		db_query(work->db, "SELECT at, change FROM history WHERE row = ? ORDER BY rowid LIMIT 500", BIND(V(need->row.id)));
	while (db_next(query)) {
		const char *change = db_text(query, 1);
		const json_t *sides = json_read(work->arena, change, strlen(change), NULL);
		const char *state = json_string_value(json_object_get(json_object_get(sides, "after"), "state"));
		if (!state)
			continue;
		json_open(json, '{');
		json_key(json, "at");
		json_stamp(json, db_whole(query, 0));
		json_put(json, "state", state);
		json_put(json, "label", work_text(work, picks_label(work->arena, states, state)));
		json_close(json, '}');
	}
	json_close(json, ']');
	json_close(json, '}');
}

enum status command_follow_need(struct call *call)
{
	struct work *work = &call->work;
	const char *code = request_argument(call->request, "code");
	struct try try = {.number = call->parts[0]};
	store_read(work);
	if (!limiter_take(call->face->limiter, call_origin(call), work->now, settings_number(work, "follow_tries")))
		return fail(work, TOO_MANY, NULL, NULL);
	if (need_code_locked(work, try.number))
		return fail(work, TOO_MANY, NULL, "Too many wrong codes; try again in a quarter of an hour|多次输错查询码，请一刻钟后再试");
	const struct need *need = need_followed(work, try.number, code);
	if (need)
		write_followed(call, need);
	store_release(work);
	try.right = need != NULL;
	if (!need)
		store_write(work, write_try, &try);
	/* a wrong number and a wrong code answer alike */
	return need ? OK : fail(work, NOT_FOUND, NULL, "There is no need with this number and code|编号或查询码有误");
}

/* --- comments: seen and written by whoever sees the row that they stand on */

enum status command_comments(struct call *call)
{
	struct work *work = &call->work;
	struct row *about, **rows = NULL;
	char id[ID_TEXT];
	size_t count = 0, space = 0;
	store_read(work);
	if (comment_subject(work, request_argument(call->request, "record"), request_argument(call->request, "about"), &about) != OK)
		return work->status;
	struct query *query = db_query(work->db,
		arena_print(work->arena, "SELECT %s FROM comments WHERE about = ? AND voided_at IS NULL ORDER BY id DESC LIMIT 1000",
			row_columns(work->arena, &comment_record)),
		BIND(V((const char *)id_print(about->id, id))));
	while (db_next(query))
		*ARENA_PUSH(work->arena, rows, count, space) = row_read(work, &comment_record, query);
	json_open(&call->out, '{');
	write_rows(work, &call->out, rows, count);
	json_put(&call->out, "next", NULL);
	json_put_whole(&call->out, "total", (int64_t)count);
	json_close(&call->out, '}');
	return OK;
}

struct commenting {
	const json_t *object;
	struct id body;
	struct row *row;
};

static enum status write_comment(struct work *work, void *data)
{
	struct commenting *commenting = data;
	int64_t effective, until;
	commenting->row = row_new(work->arena, &comment_record);
	if (shape_read(work, commenting->object, commenting->row, NULL, &effective, &until) != OK)
		return work->status;
	return row_insert(work, &commenting->row, &commenting->body);
}

enum status command_comment(struct call *call)
{
	struct work *work = &call->work;
	if (call_body(call) != OK)
		return work->status;
	struct commenting commenting = {.object = call->body, .body = shape_hash((const char *)call->request->body, call->request->size)};
	if (store_write(work, write_comment, &commenting) != OK)
		return work->status;
	store_read(work);
	shape_row(work, &call->out, row_load(work, &comment_record, commenting.row->id));
	call->code = 201;
	return OK;
}

/* --- notices: one's own only */

static void write_notice(struct call *call, const struct notice *notice)
{
	struct work *work = &call->work;
	struct json *json = &call->out;
	const char *words = notice_words(notice->what), *mark;
	json_open(json, '{');
	json_put_id(json, "id", notice->row.id);
	json_put(json, "record", notice->record);
	json_put(json, "about", notice->about);
	json_put(json, "what", notice->what);
	json_put(json, "title", notice->title);
	words = words ? work_text(work, words) : "%s";
	mark = strstr(words, "%s");
	json_put(json, "text",
		arena_print(work->arena, "%.*s%s%s", (int)(mark - words), words, notice->title ? notice->title : "", mark + 2));
	json_key(json, "at");
	json_stamp(json, notice->at);
	json_key(json, "read_at");
	if (GIVEN(notice, notice, read_at))
		json_stamp(json, notice->read_at);
	else
		json_null_out(json);
	json_close(json, '}');
}

enum status command_notices(struct call *call)
{
	struct work *work = &call->work;
	int64_t limit;
	struct id after = {{0}};
	bool unread = text_same(request_argument(call->request, "unread"), "1");
	const char *cursor = request_argument(call->request, "after");
	store_read(work);
	if (call_number(call, "limit", 50, 200, &limit) != OK)
		return work->status;
	if (cursor && *cursor && !id_parse(cursor, &after))
		return fail(work, BAD_FIELD, "after", "is no cursor|分页标记无效");
	const char *column = unread ? "unread" : "user";
	struct sql sql = sql_new(work->arena);
	sql_add(&sql,
		arena_print(work->arena, "SELECT %s FROM notices WHERE %s = ? AND voided_at IS NULL",
			row_columns(work->arena, &notice_record), column),
		BIND(V(work->who->id)));
	if (!id_none(after))
		sql_add(&sql, " AND id < ?", BIND(V(after)));
	sql_add(&sql, " ORDER BY id DESC LIMIT ?", BIND(V(limit + 1)));
	struct query *query = sql_query(work->db, &sql);
	int64_t count = 0;
	char next[ID_TEXT] = "";
	json_open(&call->out, '{');
	json_key(&call->out, "rows");
	json_open(&call->out, '[');
	while (db_next(query)) {
		const struct row *row = row_read(work, &notice_record, query);
		if (++count > limit) {
			db_done(query);
			break;
		}
		write_notice(call, (const struct notice *)row);
		id_print(row->id, next);
	}
	json_close(&call->out, ']');
	json_put(&call->out, "next", count > limit ? next : NULL);
	json_put_whole(&call->out, "unread",
		db_get(work->db, 0, "SELECT count(*) FROM (SELECT 1 FROM notices WHERE unread = ? AND voided_at IS NULL LIMIT 1000) few",
			BIND(V(work->who->id))));
	json_close(&call->out, '}');
	return OK;
}

static enum status write_read(struct work *work, void *data)
{
	const json_t *ids = data;
	if (!ids)
		db_run(work->db, "UPDATE notices SET read_at = ?, unread = NULL WHERE unread = ?", BIND(V(work->now), V(work->who->id)));
	for (size_t i = 0; i < json_array_size(ids); i++) {
		struct id id;
		const char *text = json_string_value(json_array_get(ids, i));
		if (!text || !id_parse(text, &id))
			return fail(work, BAD_FIELD, "ids", "must be a list of ids|须为标识列表");
		db_run(work->db, "UPDATE notices SET read_at = ?, unread = NULL WHERE id = ? AND unread = ?",
			BIND(V(work->now), V(id), V(work->who->id)));
	}
	return OK;
}

/* {"ids":[…]}, or {} for all. */
enum status command_notices_read(struct call *call)
{
	if (call_body(call) != OK)
		return call->work.status;
	json_t *ids = json_object_get(call->body, "ids");
	if (ids && !json_is_array(ids))
		return fail(&call->work, BAD_FIELD, "ids", "must be a list of ids|须为标识列表");
	enum status status = store_write(&call->work, write_read, ids);
	return status == OK ? command_notices(call) : status;
}

/* --- what waits */

/* The page that shows them all. */
static const char *waiting_link(struct work *work, const struct waiting *waiting)
{
	if (waiting->list && *waiting->list == '/')
		return waiting->list;
	return arena_print(work->arena, "/r/%s?%s", record_named(waiting->record)->plural, waiting->list ? waiting->list : "");
}

enum status command_waiting(struct call *call)
{
	struct work *work = &call->work;
	const char *path;
	struct row **rows;
	store_read(work);
	if (call_path(call, &path) != OK)
		return work->status;
	json_open(&call->out, '{');
	json_key(&call->out, "rows");
	json_open(&call->out, '[');
	for (size_t i = 0; i < waiting_count; i++) {
		const struct waiting *waiting = &waitings[i];
		int64_t count = waiting_number(work, waiting, path, COUNTED);
		if (!count)
			continue;
		json_open(&call->out, '{');
		json_put(&call->out, "kind", waiting->name);
		json_put(&call->out, "record", waiting->record);
		json_put(&call->out, "label", waiting->label);
		json_put_whole(&call->out, "count", count);
		json_put(&call->out, "link", waiting_link(work, waiting));
		size_t found = waiting_rows(work, waiting, path, FIRST, &rows);
		write_rows(work, &call->out, rows, found);
		json_close(&call->out, '}');
	}
	json_close(&call->out, ']');
	json_close(&call->out, '}');
	return OK;
}

static void write_site(struct work *work, struct json *json, const struct row *row)
{
	struct id site = row_site(row);
	json_key(json, "site");
	if (id_none(site)) {
		json_null_out(json);
		return;
	}
	json_open(json, '{');
	json_put_id(json, "id", site);
	json_put(json, "name", shape_title(work, record_named("site"), site));
	json_close(json, '}');
}

static void write_work(struct work *work, struct json *json, const struct waiting *waiting, const struct row *row)
{
	const struct field *state = record_field(row->record, "state");
	struct value value = state ? row_get(row, state) : value_null();
	json_open(json, '{');
	json_put(json, "record", row->record->name);
	json_put_id(json, "id", row->id);
	json_put(json, "title", board_title(work, row));
	json_put(json, "why", waiting->label);
	json_put(json, "state", value.type == VALUE_TEXT ? value.text : "");
	json_put_stamp(json, "due_at", board_due(work, row, waiting->due));
	write_site(work, json, row);
	/* what a row tells beside its fields: a finding, what was found */
	if (row->record->show) {
		json_key(json, "shown");
		json_open(json, '{');
		row->record->show(work, row, json);
		json_close(json, '}');
	}
	/* where it is done, if not on the row's own page */
	json_put(json, "link", waiting->list && *waiting->list == '/' ? waiting->list : NULL);
	json_close(json, '}');
}

/* The same as one flat list, each row once, under the first reason for which it waits. */
enum status command_work(struct call *call)
{
	struct work *work = &call->work;
	const char *path;
	struct row **rows;
	struct id seen[MOST_WORK];
	size_t seen_count = 0;
	int64_t total = 0;
	store_read(work);
	if (call_path(call, &path) != OK)
		return work->status;
	json_open(&call->out, '{');
	json_key(&call->out, "rows");
	json_open(&call->out, '[');
	for (size_t i = 0; i < waiting_count; i++) {
		/* of what is done on a page of its own a few lines say enough */
		bool page = waitings[i].list && *waitings[i].list == '/';
		size_t found = waiting_rows(work, &waitings[i], path, page ? FIRST : MOST_WORK, &rows);
		for (size_t j = 0; j < found && seen_count < MOST_WORK; j++) {
			bool again = false;
			for (size_t k = 0; k < seen_count; k++)
				again = again || id_same(seen[k], rows[j]->id);
			if (again)
				continue;
			seen[seen_count++] = rows[j]->id;
			write_work(work, &call->out, &waitings[i], rows[j]);
			total++;
		}
	}
	json_close(&call->out, ']');
	json_put_whole(&call->out, "total", total);
	json_close(&call->out, '}');
	return OK;
}
