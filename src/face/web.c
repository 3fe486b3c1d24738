/* The files of the web app. Every other path is a page of it and gets index.html. */
#include <string.h>

#include "face/call.h"

static const char *type_of(const char *path)
{
	static const char *const types[][2] = {
		{".html", "text/html; charset=utf-8"},
		{".js", "text/javascript; charset=utf-8"},
		{".css", "text/css; charset=utf-8"},
		{".json", "application/json"},
		{".svg", "image/svg+xml"},
		{".png", "image/png"},
		{".ico", "image/x-icon"},
		{".webmanifest", "application/manifest+json"},
		{".woff2", "font/woff2"},
		{".wasm", "application/wasm"},
	};
	const char *dot = strrchr(path, '.');
	for (size_t i = 0; dot && i < sizeof types / sizeof *types; i++)
		if (strcmp(dot, types[i][0]) == 0)
			return types[i][1];
	return "application/octet-stream";
}

void web_answer(struct call *call)
{
	struct request *request = call->request;
	const char *path = request->path;
	bool page = strcmp(path, "/") == 0 || !strrchr(path, '.');
	call->sent = true;
	if (strstr(path, "..") || strcmp(request->method, "GET") != 0) {
		response_problem(request, 404, "not_found", status_text(NOT_FOUND), NULL);
		return;
	}
	const char *file = arena_print(request->arena, "%s%s", call->face->web, page ? "/index.html" : path);
	if (!response_file(request, file, type_of(file))) {
		response_problem(request, 404, "not_found", status_text(NOT_FOUND), NULL);
		return;
	}
	/* built files carry a hash in their names */
	response_header(request, "Cache-Control", strstr(path, "/assets/") ? "public, max-age=31536000, immutable" : "no-cache");
}
