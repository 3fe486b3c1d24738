/* The HTTP/1.1 server: sockets and timeouts are libmicrohttpd's, requests are run by our own worker threads.
 * A request is handed to the program when its body is there; its answer is sent when the program is done with it. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/text.h"

struct server;
struct request;

/* Room for the text that tells why a server did not start. */
enum { SERVER_ERROR = 256 };

/* How to serve. Zero stands for the default where one is given. The texts are copied. */
struct server_plan {
	const char *address; /* "127.0.0.1" (default), "::1", "0.0.0.0", a host name */
	uint16_t port; /* 0: any free one, see server_port() */
	unsigned workers; /* threads that run `handle`; default 4 */
	unsigned pollers; /* threads that move bytes; default 1 */
	unsigned connections; /* at once; more wait in the kernel; default 1024 */
	unsigned queue; /* requests that wait for a worker; more get 503; default 1024 */
	unsigned idle; /* seconds: see below; default 60 */
	const char *folder; /* existing folder of the temporary files of large bodies; default "/tmp" */
	const char *policy; /* Content-Security-Policy of answers that set none; NULL: none */
	void *context; /* given to the three functions below */

	/* Runs on a worker thread: fills request->response, or calls request_defer() or request_move(). Required. */
	void (*handle)(struct request *request);
	/* Whether `handle` may first be tried on the poller thread that has read the request, which spares two wakings: asked there, must not block, nor
	 * may `handle` while request_brief() is true. Default: never. */
	bool (*brief)(void *context, const struct request *request);
	/* The largest body in bytes that this route takes, asked on a poller thread before the body is read: must not
	 * block. `path` is decoded. Default: 1 MiB everywhere. */
	size_t (*limit)(void *context, const char *method, const char *path);
	/* Told once for each request when its answer is sent or its client gone, on a poller thread: must not block.
	 * `status` is 0 where no answer was begun; `bytes` is the size of the answer's body; the time is from the first
	 * line of the request to the last byte of the answer. */
	void (*done)(void *context, const struct request *request, int status, uint64_t bytes, int64_t microseconds);
};
/* A connection is closed when nothing moved on it for `idle` seconds, when no whole request head came within `idle` seconds,
 * or when a body or an answer moves slower than 2 KiB a second after its first `idle` seconds. */

/* A name and a value: query argument, form field, header. */
struct pair {
	const char *name;
	const char *value;
};

/* What is sent back. Body, type and header texts live in the request's arena or longer. */
struct response {
	int status; /* left 0: 500 is sent */
	const char *type; /* Content-Type; NULL: none */
	const void *body; /* `size` bytes; unused where there is a file */
	uint64_t size;
	int file; /* open file, sent from `offset` on, closed by the server; -1: none */
	uint64_t offset; /* bytes into `file` */
	bool plain; /* never compress; else texts over 1 KiB are, if the client takes gzip */
	struct pair *headers; /* see response_header() */
	size_t header_count;
	size_t header_space;
};

/* One request. All but `response` and `own` are only read by the program. All texts are valid UTF-8 but header values and
 * the target, which are as the client sent them. */
struct request {
	struct arena *arena; /* freed when the answer is sent */
	void *context; /* of the plan */
	const char *method; /* "GET" also where HEAD was asked */
	bool head; /* HEAD was asked; the body is left out by the server */
	const char *target; /* as sent: path and query */
	const char *path; /* decoded; begins with '/', or is "*" */
	const char *address; /* of the peer: "127.0.0.1", "2001:db8::1" */
	const struct pair *arguments; /* of the query, decoded, in order */
	size_t argument_count;
	const unsigned char *body; /* NULL where size is 0; no NUL behind it */
	size_t size;
	int file; /* the unlinked temporary file that holds a body above 256 KiB; -1: none */
	struct response response;
	void *own; /* for the program; the server leaves it alone */
};

/* One part of a multipart body. Texts in the arena, bytes inside the body. */
struct part {
	const char *name;
	const char *filename; /* without folders; NULL: none given */
	const char *type; /* Content-Type of the part; "text/plain" where none is given */
	const unsigned char *bytes;
	size_t size;
};

enum part_result { PART_FOUND, PART_ABSENT, PART_BROKEN };

/* What the server is busy with at this moment. */
struct server_load {
	unsigned connections;
	unsigned waiting; /* for a worker */
	unsigned handling; /* begun or waiting, their answers not ready */
	uint64_t refused; /* since the start, because the queue was full */
};

/* Starts listening, pollers and workers. NULL on failure, with "English|中文" in `error`. server_stop() ends it. Raises the soft
 * limit of open files where the connections need it. Its threads leave signals to the others. */
struct server *server_start(const struct server_plan *plan, char error[SERVER_ERROR]);
/* The port it listens on. */
uint16_t server_port(const struct server *server);
/* Takes no new connections, answers new requests with 503, lets running ones finish for up to `milliseconds`, then closes all
 * and frees the server. False where handlers or deferred requests were still not done by then: nothing is freed, as they use
 * it; the program should end, or ask again. */
bool server_stop(struct server *server, unsigned milliseconds);
/* The load at this moment. */
struct server_load server_load(struct server *server);

/* Says, inside `handle`, that the answer comes later: after `handle` returned, or before, from another thread, which calls
 * request_finish(). Call it before the request is handed on; after that `handle` must not touch the request any more. */
void request_defer(struct request *request);
/* Sends the answer of a deferred request. Once for each, from any thread; cheap (compression is left to a worker). The request is
 * not the caller's any more. */
void request_finish(struct request *request);

/* Has `handle` run again for a deferred request, on a worker, before requests that are new; where `brief`, first on its poller. Once for each deferral, from any
 * thread; cheap. The request is not the caller's any more. */
void request_again(struct request *request, bool brief);
/* Whether `handle` runs on a poller thread: it must not block. */
bool request_brief(const struct request *request);
/* Says, inside a brief `handle`, that it cannot be done there: `handle` returns and runs again on a worker. */
void request_move(struct request *request);

/* The first query argument of that name, decoded; NULL: not given. */
const char *request_argument(const struct request *request, const char *name);
/* A request header, any case; the first of several; NULL: not sent. */
const char *request_header(const struct request *request, const char *name);
/* The value of a cookie, without quotes around it, in the arena; NULL: not sent. */
const char *request_cookie(struct request *request, const char *name);
/* Which of the two languages Accept-Language names first; CHINESE where it names none. */
enum language request_language(const struct request *request);
/* Whether Content-Type is this one, parameters left aside. */
bool request_typed(const struct request *request, const char *type);
/* A field of an application/x-www-form-urlencoded body; NULL: not given or not such a body. */
const char *request_field(struct request *request, const char *name);
/* The first part of that name of a multipart/form-data body. PART_BROKEN: no such body, or one that breaks the form (RFC 7578), has
 * more than 64 parts, part headers above 4 KiB or a name that is no UTF-8. Nothing is copied but the names. */
enum part_result request_part(struct request *request, const char *name, struct part *part);
/* All parts in order, in the arena; NULL where the body is broken as above. */
const struct part *request_parts(struct request *request, size_t *count);
/* A new unlinked temporary file in the plan's folder, for answers too large for memory; -1 with errno on failure. The caller closes it
 * or gives it to response.file. */
int request_temporary(struct request *request);

/* Adds a header to the answer; name and value are copied into the arena. Control characters in them are a bug. These are sent unless set:
 * X-Content-Type-Options: nosniff, Referrer-Policy: same-origin, X-Frame-Options: DENY, Cache-Control: no-store. */
void response_header(struct request *request, const char *name, const char *value);
/* Status, type and body (not copied) of the answer. */
void response_body(struct request *request, int status, const char *type, const void *body, size_t size);
/* Answers 200 with a regular file, never through a symbolic link at its end. False, with the answer unchanged and errno, where it cannot
 * be opened or is none. */
bool response_file(struct request *request, const char *path, const char *type);
/* Answers with a problem (RFC 9457) in the language of the request: `title` and `detail` are "English|中文", free of quotes and
 * backslashes; `detail` may be NULL. */
void response_problem(struct request *request, int status, const char *code, const char *title, const char *detail);
