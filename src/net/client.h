/* An HTTP client over libcurl: one connection, kept alive. Not for several threads at once. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

struct client;

/* A client of `base` ("http://127.0.0.1:8080"). Never NULL. The caller closes. */
struct client *client_new(const char *base);
void client_close(struct client *client);

/* The next request, and that one alone, names the version that it changes (If-Match). */
void client_match(struct client *client, int64_t version);

struct client_answer {
	int status; /* 0: no answer came */
	const char *text; /* the body with a NUL behind it, in the arena; a problem of the connection where status is 0 */
	size_t size;
};

/* Sends one request. `token` (a bearer token) and `type` (of the body) may be NULL; `body` is sent where it is not NULL. Waits a minute at most. */
struct client_answer client_send(struct client *client, struct arena *arena, const char *method, const char *path, const char *token,
	const char *type, const void *body, size_t size);
