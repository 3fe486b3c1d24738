#include "net/inner.h"

#include <assert.h>
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PACK_LEAST = 1024, PACK_MOST = 64 * 1024 * 1024, GZIP_WINDOW = 15 + 16 };

static const struct pair usual[] = {
	{"X-Content-Type-Options", "nosniff"},
	{"Referrer-Policy", "same-origin"},
	{"X-Frame-Options", "DENY"},
	{"Cache-Control", "no-store"},
};
enum { USUAL = sizeof usual / sizeof usual[0] };

void response_header(struct request *request, const char *name, const char *value)
{
	struct response *response = &request->response;
	for (const char *c = value; *c; c++)
		assert((unsigned char)*c >= 0x20 || *c == '\t');
	struct pair pair = {arena_copy(request->arena, name), arena_copy(request->arena, value)};
	*ARENA_PUSH(request->arena, response->headers, response->header_count, response->header_space) = pair;
}

static const char *header_set(const struct response *response, const char *name)
{
	for (size_t i = 0; i < response->header_count; i++)
		if (strcasecmp(response->headers[i].name, name) == 0)
			return response->headers[i].value;
	return NULL;
}

static void file_drop(struct response *response)
{
	if (response->file >= 0)
		close(response->file);
	response->file = -1;
}

void response_body(struct request *request, int status, const char *type, const void *body, size_t size)
{
	struct response *response = &request->response;
	file_drop(response);
	response->status = status;
	response->type = type;
	response->body = body;
	response->size = size;
}

bool response_file(struct request *request, const char *path, const char *type)
{
	/* not blocking: opening a pipe that somebody put there must not hold the worker */
	int file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	if (file < 0)
		return false;
	struct stat state;
	if (fstat(file, &state) != 0 || !S_ISREG(state.st_mode)) {
		close(file);
		errno = EINVAL;
		return false;
	}
	response_body(request, 200, type, NULL, (size_t)state.st_size);
	request->response.file = file;
	request->response.offset = 0;
	return true;
}

void response_problem(struct request *request, int status, const char *code, const char *title, const char *detail)
{
	enum language language = request_language(request);
	struct arena *arena = request->arena;
	const char *more = detail ? arena_print(arena, ",\"detail\":\"%s\"", text_in(arena, detail, language)) : "";
	const char *text = arena_print(arena, "{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%d,\"code\":\"%s\"%s}",
		text_in(arena, title, language), status, code, more);
	response_body(request, status, "application/problem+json", text, strlen(text));
}

void refuse(struct exchange *exchange, int status)
{
	struct request *request = &exchange->request;
	switch (status) {
	case 400:
		response_problem(request, 400, "bad_target", "The address of the request is not well formed|请求地址格式不正确", NULL);
		break;
	case 413: {
		const char *detail = arena_print(
			request->arena, "At most %zu bytes are taken here|此处最多接收 %zu 字节", exchange->limit, exchange->limit);
		response_problem(request, 413, "too_large", "The body is too large|上传内容过大", detail);
		break;
	}
	case 503:
		response_problem(request, 503, "busy", "The server is busy, try again in a moment|服务器繁忙，请稍后再试", NULL);
		response_header(request, "Retry-After", "1");
		break;
	case 507:
		response_problem(request, 507, "no_room", "The server has no room to take the body|服务器存储空间不足，无法接收内容", NULL);
		break;
	default: response_problem(request, 500, "internal", "The server failed|服务器内部错误", NULL);
	}
}

static bool text_type(const char *type)
{
	static const char *const more[] = {"application/json", "application/javascript", "application/xml", "application/problem+json",
		"application/manifest+json", "image/svg+xml", "application/geo+json"};
	if (!type)
		return false;
	if (strncasecmp(type, "text/", 5) == 0)
		return true;
	for (size_t i = 0; i < sizeof more / sizeof more[0]; i++)
		if (header_is(type, more[i]))
			return true;
	return false;
}

/* Whether Accept-Encoding takes gzip: named, or by the star, and not with a weight of zero. */
static bool takes_gzip(const struct request *request)
{
	const char *text = request_header(request, "Accept-Encoding");
	bool star = false;
	while (text && *text) {
		text += strspn(text, ", \t");
		size_t size = strcspn(text, ",; \t");
		bool gzip = size == 4 && strncasecmp(text, "gzip", 4) == 0, any = size == 1 && *text == '*';
		const char *rest = text + size;
		size_t until = strcspn(rest, ",");
		const char *weight = memmem(rest, until, "q=", 2);
		bool taken = !weight || strtod(weight + 2, NULL) > 0;
		if (gzip)
			return taken;
		if (any)
			star = taken;
		text = rest + until;
	}
	return star;
}

static bool packable(const struct response *response)
{
	return response->file < 0 && !response->plain && response->size > PACK_LEAST && response->size <= PACK_MOST &&
		response->status != 206 && text_type(response->type) && !header_set(response, "Content-Encoding");
}

bool response_packs(struct exchange *exchange)
{
	return packable(&exchange->request.response) && takes_gzip(&exchange->request);
}

static void pack(struct exchange *exchange, struct worker *worker)
{
	struct request *request = &exchange->request;
	struct response *response = &request->response;
	z_stream *stream = &worker->pack;
	if (!worker->packing)
		worker->packing = deflateInit2(stream, 1, Z_DEFLATED, GZIP_WINDOW, 8, Z_DEFAULT_STRATEGY) == Z_OK;
	else if (deflateReset(stream) != Z_OK)
		return;
	if (!worker->packing)
		return;
	/* room for less than the plain text: what does not shrink is sent as it is */
	size_t room = (size_t)response->size - response->size / 16;
	unsigned char *out = arena_alloc(request->arena, room);
	stream->next_in = (Bytef *)(uintptr_t)response->body;
	stream->avail_in = (uInt)response->size;
	stream->next_out = out;
	stream->avail_out = (uInt)room;
	if (deflate(stream, Z_FINISH) != Z_STREAM_END)
		return;
	response->body = out;
	response->size = room - stream->avail_out;
	response_header(request, "Content-Encoding", "gzip");
}

/* Adds the headers that every answer has. */
static void headers_complete(struct exchange *exchange)
{
	struct request *request = &exchange->request;
	struct response *response = &request->response;
	for (size_t i = 0; i < USUAL; i++)
		if (!header_set(response, usual[i].name))
			response_header(request, usual[i].name, usual[i].value);
	const char *policy = exchange->server->plan.policy;
	if (policy && !header_set(response, "Content-Security-Policy"))
		response_header(request, "Content-Security-Policy", policy);
	if (response->type && !header_set(response, "Content-Type"))
		response_header(request, "Content-Type", response->type);
	if (atomic_load(&exchange->server->stopping) && !header_set(response, "Connection"))
		response_header(request, "Connection", "close");
}

void response_build(struct exchange *exchange, struct worker *worker)
{
	struct response *response = &exchange->request.response;
	if (response->status < 200 || response->status > 599)
		refuse(exchange, 500);
	if (packable(response)) {
		if (!header_set(response, "Vary"))
			response_header(&exchange->request, "Vary", "Accept-Encoding");
		if (worker && response_packs(exchange))
			pack(exchange, worker);
	}
	headers_complete(exchange);
	struct MHD_Response *answer;
	if (response->file >= 0)
		answer = MHD_create_response_from_fd_at_offset64(response->size, response->file, response->offset);
	else
		answer = MHD_create_response_from_buffer((size_t)response->size, (void *)(uintptr_t)response->body, MHD_RESPMEM_PERSISTENT);
	if (!answer)
		return;
	/* from here on libmicrohttpd closes it */
	response->file = -1;
	for (size_t i = 0; i < response->header_count; i++)
		MHD_add_response_header(answer, response->headers[i].name, response->headers[i].value);
	exchange->answer = answer;
}

const char *response_raw(struct exchange *exchange, size_t *size)
{
	struct response *response = &exchange->request.response;
	headers_complete(exchange);
	struct buf buf = {.arena = exchange->request.arena};
	buf_print(&buf, "HTTP/1.1 %d %s\r\n", response->status, MHD_get_reason_phrase_for((unsigned)response->status));
	for (size_t i = 0; i < response->header_count; i++)
		buf_print(&buf, "%s: %s\r\n", response->headers[i].name, response->headers[i].value);
	buf_print(&buf, "Content-Length: %zu\r\nConnection: close\r\n\r\n", (size_t)response->size);
	buf_add(&buf, response->body, (size_t)response->size);
	*size = buf.size;
	return buf_end(&buf);
}
