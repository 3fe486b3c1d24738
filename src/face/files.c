/* Files and photos over HTTP. */
#include <ctype.h>
#include <string.h>

#include "app/file.h"
#include "app/file_type.h"
#include "face/commands.h"

/* Percent signs resolved; NULL where they are broken. */
static const char *decoded(struct arena *arena, const char *text)
{
	struct buf plain = {.arena = arena};
	for (; *text; text++) {
		unsigned value = 0;
		if (*text != '%') {
			buf_char(&plain, *text);
			continue;
		}
		for (int i = 1; i <= 2; i++) {
			unsigned char digit = (unsigned char)text[i];
			if (!isxdigit(digit))
				return NULL;
			value = value << 4 | (unsigned)(isdigit(digit) ? digit - '0' : (digit | 0x20) - 'a' + 10);
		}
		if (value)
			buf_char(&plain, (char)value);
		text += 2;
	}
	return buf_end(&plain);
}

static const char *encoded(struct arena *arena, const char *text)
{
	struct buf safe = {.arena = arena};
	for (const unsigned char *at = (const unsigned char *)text; *at; at++)
		if (isalnum(*at) || strchr("-._~", *at))
			buf_char(&safe, (char)*at);
		else
			buf_print(&safe, "%%%02X", *at);
	return buf_end(&safe);
}

static const char *given(const char *text)
{
	return text && *text ? text : NULL;
}

enum status command_file_add(struct call *call)
{
	struct work *work = &call->work;
	struct request *request = call->request;
	struct file *file;
	const char *name = request_header(request, "X-Name"), *id = given(request_header(request, "X-Id"));
	struct upload upload = {.name = name ? decoded(work->arena, name) : NULL,
		.type = request_header(request, "Content-Type"),
		.bytes = request->body,
		.size = request->size,
		.area = given(request_argument(request, "area")),
		.site = given(request_argument(request, "site"))};
	if (id && !id_parse(id, &upload.id))
		return fail(work, BAD_FIELD, "X-Id", "must be an id of 36 characters|须为 36 位标识");
	if (file_keep(work, &upload, &file) != OK)
		return work->status;
	json_open(&call->out, '{');
	json_put_id(&call->out, "id", file->row.id);
	json_put(&call->out, "name", file->name);
	json_put_whole(&call->out, "size", file->size);
	json_put(&call->out, "type", file->type);
	json_put(&call->out, "hash", file->hash);
	json_close(&call->out, '}');
	call->code = 201;
	return OK;
}

enum status command_file(struct call *call)
{
	struct work *work = &call->work;
	struct request *request = call->request;
	struct file *file;
	struct id id;
	if (!id_parse(call->parts[0], &id))
		return fail(work, NOT_FOUND, NULL, NULL);
	store_read(work);
	if (file_find(work, id, &file) != OK)
		return work->status;
	size_t size = 0;
	const char *tag = arena_print(work->arena, "\"%s\"", file->hash), *known = request_header(request, "If-None-Match");
	bool kept = known && strstr(known, tag);
	const void *body = work->store->place || kept ? NULL : file_body(work, id, &size);
	store_release(work);
	response_header(request, "ETag", tag);
	/* the bytes under an id never change; what a shared machine may keep is up to its browser alone */
	response_header(request, "Cache-Control", "private, max-age=31536000, immutable");
	if (kept) {
		response_body(request, 304, NULL, NULL, 0);
		return OK;
	}
	if (body)
		response_body(request, 200, file->type, body, size);
	else if (!work->store->place || !response_file(request, file_path(work, id), file->type))
		return fail(work, NOT_FOUND, NULL, "The bytes of this file are gone|文件内容已丢失");
	/* only a picture is shown in the page; whatever else somebody uploaded is saved, and runs nothing */
	response_header(request, "Content-Disposition",
		arena_print(work->arena, "%s; filename=\"file\"; filename*=UTF-8''%s", file_is_photo(file->type) ? "inline" : "attachment",
			encoded(work->arena, file->name)));
	response_header(request, "Content-Security-Policy", "default-src 'none'; sandbox");
	return OK;
}
