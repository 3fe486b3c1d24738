#include "face/call.h"

#include <arpa/inet.h>
#include <string.h>

#include "app/area.h"
#include "app/rights.h"
#include "app/settings.h"
#include "base/clock.h"
#include "base/log.h"
#include "record/history.h"
#include "face/limit.h"
#include "face/linger.h"
#include "face/metrics.h"

enum { SMALL_BODY = 1024 * 1024, BATCH_BODY = 32 * 1024 * 1024, FILE_BODY = 64 * 1024 * 1024 };

static void send_json(struct call *call, int code, const char *type)
{
	const char *text = buf_end(&call->out.buf);
	response_body(call->request, code, type, text, call->out.buf.size);
}

static void send_problem(struct call *call, enum status status)
{
	struct work *work = &call->work;
	struct json json = json_new(call->request->arena);
	json_open(&json, '{');
	json_put(&json, "type", "about:blank");
	json_put(&json, "title", work_text(work, status_text(status)));
	json_put_whole(&json, "status", status_http(status));
	json_put(&json, "code", status_code(status));
	json_put(&json, "detail", work->detail);
	json_key(&json, "fields");
	json_open(&json, '[');
	for (size_t i = 0; i < work->fault_count; i++) {
		json_open(&json, '{');
		json_put(&json, "field", work->faults[i].field);
		json_put(&json, "detail", work->faults[i].detail);
		if (work->faults[i].row >= 0)
			json_put_whole(&json, "row", work->faults[i].row);
		json_close(&json, '}');
	}
	json_close(&json, ']');
	/* what a conflict stands against, where the action wrote it */
	if (status == CONFLICT && call->out.buf.size) {
		json_key(&json, "current");
		json_raw(&json, buf_end(&call->out.buf));
	}
	json_close(&json, '}');
	if (status == BUSY)
		response_header(call->request, "Retry-After", "1");
	call->out = json;
	send_json(call, status_http(status), "application/problem+json");
}

/* Matches a path against a pattern with {names}; fills call->parts. */
static bool path_fits(struct call *call, const char *pattern, const char *path)
{
	size_t part = 0;
	while (*pattern && *path) {
		if (*pattern != '{') {
			if (*pattern++ != *path++)
				return false;
			continue;
		}
		size_t size = strcspn(path, "/");
		if (!size)
			return false;
		call->parts[part++] = arena_text(call->work.arena, path, size);
		path += size;
		pattern = strchr(pattern, '}') + 1;
	}
	return !*pattern && !*path;
}

/* Finds who asks: a token, or the browser's cookie, which on a write needs its CSRF word besides. */
static enum status sign_in(struct call *call)
{
	struct request *request = call->request;
	const char *header = request_header(request, "Authorization"), *cookie = request_cookie(request, "muster");
	bool bearer = header && text_starts(header, "Bearer ");
	const char *token = bearer ? header + 7 : cookie;
	if (!token)
		return OK;
	if (!session_known(call->face->sessions, &call->work, token, &call->session))
		return OK;
	call->session.token = token;
	if (call->session.stale)
		session_used(&call->work, token);
	const char *csrf = request_header(request, "X-CSRF-Token");
	if (!bearer && strcmp(request->method, "GET") != 0 && !text_same(csrf, call->session.csrf)) {
		call->work.who = NULL;
		return fail(&call->work, NO_RIGHT, NULL, "The page is out of date; load it again|页面已失效，请刷新后重试");
	}
	return OK;
}

static enum status run_command(struct call *call, const struct command *command)
{
	struct work *work = &call->work;
	call->open = command->right == OPEN_TO_ALL;
	if (!call->open && !work->who)
		return fail(work, SIGN_IN, NULL, NULL);
	if (command->right >= 0 && !who_may(work->who, command->right))
		return fail(work, NO_RIGHT, NULL, NULL);
	return command->run(call);
}

static enum status dispatch(struct call *call)
{
	const char *path = call->request->path;
	bool known = false;
	if (sign_in(call) != OK)
		return call->work.status;
	for (size_t i = 0; i < command_count; i++) {
		if (!path_fits(call, commands[i].path, path))
			continue;
		known = true;
		if (strcmp(commands[i].method, call->request->method) == 0)
			return run_command(call, &commands[i]);
	}
	/* a command may stand beside the other methods of a record's row */
	if (known && !text_starts(path, "/api/v1/areas/"))
		return fail(&call->work, NOT_ALLOWED, NULL, NULL);
	if (text_starts(path, "/api/"))
		return rest_run(call);
	web_answer(call);
	return OK;
}

/* Private values go out in clear only after it is on disk who saw them and why. */
static enum status write_seen(struct work *work, void *unused)
{
	(void)unused;
	for (size_t i = 0; i < work->shown_count; i++)
		history_seen(work, work->shown[i]);
	return OK;
}

static void written(void *context, enum status status)
{
	(void)status;
	struct call *call = context;
	request_again(call->request, call->brief);
}

enum status call_write(struct call *call, enum status (*action)(struct work *work, void *data), void *data, size_t rows,
	enum status (*next)(struct call *call))
{
	call->next = next;
	call->work.brief = false;
	request_defer(call->request);
	if (!store_send(&call->work, action, data, rows, written, call))
		request_again(call->request, false);
	return LATER;
}

static void finish(struct call *call, enum status status)
{
	if (status != OK)
		send_problem(call, status);
	else if (!call->sent && !call->request->response.status)
		send_json(call, call->code ? call->code : 200, "application/json");
}

/* Whoever asks too often for what is open to everybody waits for the answer. */
static void hold_back(struct call *call, enum status status)
{
	if (status != TOO_MANY || !call->open)
		return;
	struct request *request = call->request;
	request_defer(request);
	if (linger_add(call->face->linger, request))
		return;
	/* too many wait: whoever comes again has to connect again */
	response_header(request, "Connection", "close");
	request_finish(request);
}

static enum status finish_seen(struct call *call)
{
	return call->work.status;
}

/* What is left to do once the answer is there. */
static void complete(struct call *call, enum status status)
{
	if (status == LATER)
		return;
	store_release(&call->work);
	if (call->work.unread != OK) {
		work_forgive(&call->work);
		status = fail(&call->work, call->work.unread, NULL, NULL);
	}
	if (status == OK && call->work.shown_count && call->next != finish_seen) {
		call_write(call, write_seen, NULL, 1, finish_seen);
		return;
	}
	finish(call, status);
	hold_back(call, status);
}

/* Where a row that others lean on could not be read, whatever the step was about is left as it is: the answer says that the store broke. */
static void go_on(struct call *call, enum status (*step)(struct call *call))
{
	jmp_buf escape;
	call->work.escape = &escape;
	switch (setjmp(escape)) {
	case 0: complete(call, step(call)); break;
	case MOVED: request_move(call->request); break;
	default: complete(call, BROKEN);
	}
}

enum { BRIEF_BODY = 4096 };

bool face_brief(void *context, const struct request *request)
{
	(void)context;
	static const char place[] = "/api/v1/";
	return request->size <= BRIEF_BODY && strcmp(request->method, "POST") == 0 && text_starts(request->path, place) &&
		record_plural(request->path + strlen(place));
}

void face_handle(struct request *request)
{
	struct call *call = request->own;
	bool brief = request_brief(request);
	if (call && call->next) {
		call->work.brief = brief;
		go_on(call, call->next);
		return;
	}
	/* new, or begun where it could not be done: then from the beginning */
	struct face *face = request->context;
	call = arena_alloc(request->arena, sizeof *call);
	call->request = request;
	request->own = call;
	call->face = face;
	call->work = work_new(request->arena, face->store);
	call->work.brief = brief;
	call->work.today = store_today(face->store, call->work.now);
	call->work.language = request_language(request);
	call->out = json_new(request->arena);
	const char *reveal = request_argument(request, "reveal");
	call->work.reason = reveal && *reveal ? reveal : NULL;
	go_on(call, dispatch);
}

size_t face_limit(void *context, const char *method, const char *path)
{
	(void)context, (void)method;
	if (text_starts(path, "/api/v1/files") || strchr(path + 1, ':'))
		return FILE_BODY;
	return text_starts(path, "/api/v1/") ? BATCH_BODY : SMALL_BODY;
}

void face_done(void *context, const struct request *request, int status, uint64_t bytes, int64_t microseconds)
{
	struct face *face = context;
	metrics_done(face->metrics, status, microseconds);
	/* the path alone: a query may hold what somebody searched for. Paths hold ids, never names */
	struct json path = json_new(request->arena);
	json_text(&path, request->path);
	log_event(LOG_INFO, "request", ",\"method\":\"%s\",\"path\":%s,\"status\":%d,\"bytes\":%llu,\"us\":%lld", request->method,
		buf_end(&path.buf), status, (unsigned long long)bytes, (long long)microseconds);
}

const char *call_address(const struct call *call)
{
	const char *peer = call->request->address, *header = request_header(call->request, "X-Forwarded-For");
	if (!header || (!text_same(peer, "127.0.0.1") && !text_same(peer, "::1")))
		return peer;
	const char *last = strrchr(header, ',');
	return text_trim(call->work.arena, last ? last + 1 : header);
}

const char *call_origin(const struct call *call)
{
	struct in6_addr bytes;
	char text[INET6_ADDRSTRLEN];
	const char *address = call_address(call);
	if (!address || inet_pton(AF_INET6, address, &bytes) != 1)
		return address ? address : "";
	memset(bytes.s6_addr + 8, 0, 8);
	return arena_copy(call->work.arena, inet_ntop(AF_INET6, &bytes, text, sizeof text));
}

enum status call_public(struct call *call)
{
	struct work *work = &call->work;
	store_read(work);
	if (!limiter_take(call->face->limiter, call_origin(call), work->now, settings_number(work, "public_tries")))
		return fail(work, TOO_MANY, NULL, NULL);
	return OK;
}

const char *call_link(struct call *call, const char *path)
{
	struct work *work = &call->work;
	const char *base = settings_value(work, "link_base");
	size_t size = strlen(base);
	if (size)
		return arena_print(work->arena, "%.*s%s", (int)(base[size - 1] == '/' ? size - 1 : size), base, path);
	const char *host = request_header(call->request, "Host"), *proto = request_header(call->request, "X-Forwarded-Proto");
	/* what a client sends may be no text at all */
	if (!host || !text_valid(host, strlen(host)))
		host = "localhost";
	return arena_print(work->arena, "%s://%s%s", text_same(proto, "https") ? "https" : "http", host, path);
}

enum status call_body(struct call *call)
{
	const char *problem = NULL;
	struct request *request = call->request;
	const char *type = request_header(request, "Content-Type");
	if (request->size && type && !request_typed(request, "application/json"))
		return fail(&call->work, BAD_TYPE, NULL, "The body must be application/json|请求内容须为 application/json");
	if (request->size && !text_valid((const char *)request->body, request->size))
		return fail(&call->work, BAD_REQUEST, NULL, "The body is not valid UTF-8|请求内容不是有效的 UTF-8");
	call->body =
		json_read(request->arena, request->size ? (const char *)request->body : "{}", request->size ? request->size : 2, &problem);
	if (!call->body)
		return fail(
			&call->work, BAD_REQUEST, NULL, "The body is not JSON: %s|请求内容不是 JSON：%s", work_text(&call->work, problem));
	return OK;
}

enum status call_text(struct call *call, const char *name, const char **text)
{
	if (!call->body && call_body(call) != OK)
		return call->work.status;
	*text = json_string_value(json_object_get(call->body, name));
	return *text && **text ? OK : fail(&call->work, BAD_FIELD, name, "must be given|必填");
}

enum status call_keys(struct call *call, const char *known)
{
	const char *key;
	json_t *value;
	if (!json_is_object(call->body))
		return fail(&call->work, BAD_REQUEST, NULL, "The body must be a JSON object|请求内容须为 JSON 对象");
	json_object_foreach(call->body, key, value)
	{
		(void)value;
		if (!text_listed(known, ',', key))
			fail(&call->work, BAD_FIELD, arena_copy(call->work.arena, key), "is not known here|没有此填写项");
	}
	return call->work.status;
}

enum status call_row(struct call *call, const struct record *record, int right, struct row **row)
{
	struct id id;
	if (!id_parse(call->parts[0], &id))
		return fail(&call->work, NOT_FOUND, NULL, NULL);
	store_read(&call->work);
	return row_get_reached(&call->work, record, id, right, row);
}

enum status call_area(struct call *call, struct area **area)
{
	*area = area_find(&call->work, request_argument(call->request, "area"));
	return *area ? OK : fail(&call->work, NOT_FOUND, "area", "There is no such area|没有这个区划");
}

enum status call_day(struct call *call, int64_t otherwise, int64_t *day)
{
	const char *text = request_argument(call->request, "day");
	*day = otherwise;
	if (text && *text && !day_parse(text, day))
		return fail(&call->work, BAD_FIELD, "day", "must be a day such as 2020-03-05|须为日期，如 2020-03-05");
	return OK;
}

enum status call_number(struct call *call, const char *name, int64_t otherwise, int64_t most, int64_t *number)
{
	const char *text = request_argument(call->request, name);
	*number = otherwise;
	if (!text || !*text)
		return OK;
	*number = 0;
	for (const char *at = text; *at; at++) {
		if (*at < '0' || *at > '9' || *number > most)
			return fail(&call->work, BAD_FIELD, name, "must be a number from 1 to %lld|须为 1 至 %lld 的数", (long long)most);
		*number = *number * 10 + (*at - '0');
	}
	if (*number < 1 || *number > most)
		return fail(&call->work, BAD_FIELD, name, "must be a number from 1 to %lld|须为 1 至 %lld 的数", (long long)most);
	return OK;
}

/* A prefix of numbers may be in any script; in an address only letters of ASCII stand as they are. */
const char *call_percent(struct arena *arena, const char *text)
{
	struct buf buf = {.arena = arena};
	for (const char *at = text; *at; at++) {
		bool plain = (*at >= '0' && *at <= '9') || (*at >= 'A' && *at <= 'Z') || (*at >= 'a' && *at <= 'z') || *at == '-';
		if (plain)
			buf_char(&buf, *at);
		else
			buf_print(&buf, "%%%02X", (unsigned char)*at);
	}
	return buf_end(&buf);
}

enum status call_pdf(struct call *call, const void *bytes, size_t size, const char *name)
{
	if (!bytes)
		return fail(&call->work, BROKEN, NULL,
			"The paper could not be drawn: the server may lack a Chinese font (Debian: fonts-noto-cjk)|未能生成文件，服务器可能缺少中文字体（Debian：fonts-noto-cjk）");
	response_body(call->request, 200, "application/pdf", bytes, size);
	response_header(call->request, "Content-Disposition", arena_print(call->work.arena, "attachment; filename=\"%s.pdf\"", name));
	return OK;
}
