/* One call of the outside: a request over HTTP, with the work that it does. */
#pragma once

#include "app/session_known.h"
#include "base/json.h"
#include "base/work.h"
#include "net/server.h"
#include "record/store.h"

struct face {
	struct store *store;
	const char *web; /* folder of the web app's files */
	const char *spool;
	struct metrics *metrics;
	struct job_count *timed; /* what the timed work has done */
	_Atomic(struct server *) server; /* NULL until it has started */
	struct session_memory *sessions;
	struct limiter *limiter; /* of what is open to everybody */
	struct linger *linger; /* answers to those who ask too often */
	bool sends; /* text messages to phones */
	struct jobs *jobs; /* long work that runs beside the requests */
};

struct call {
	struct request *request;
	struct face *face;
	struct work work;
	struct session session;
	const char *parts[8]; /* of the path: what stands for {…} */
	struct json out; /* the answer, where status is OK */
	int code; /* of success; 0: 200 */
	bool sent; /* the response was filled by hand */
	bool open; /* it is open to everybody */
	json_t *body; /* read by call_body */
	enum status (*next)(struct call *call); /* see call_write */
	bool brief; /* it needs no store: it may run where nothing waits */
	void *data; /* for it */
};

/* How an action is reached; one line each in commands.def. */
struct command {
	const char *method;
	const char *path; /* "/api/v1/needs/{id}/assign" */
	int right; /* that some grant must give; OPEN_TO_ALL or SIGNED_IN */
	enum status (*run)(struct call *call);
	const char *doc;
};
enum { OPEN_TO_ALL = -1, SIGNED_IN = -2 };
extern const struct command commands[];
extern const size_t command_count;

/* Whether a request is likely to be answered, or handed to the writer, without reading the store: the server's `brief`. */
bool face_brief(void *context, const struct request *request);
/* Answers a request: the server's `handle`. */
void face_handle(struct request *request);
/* The largest body that a path takes. */
size_t face_limit(void *context, const char *method, const char *path);
/* Writes the access log: path without query, status, time. */
void face_done(void *context, const struct request *request, int status, uint64_t bytes, int64_t microseconds);

/* Hands `action` to the writer (store_send) and lets go of the thread; `next` runs on a worker (with call->brief on the poller that read the request) when it is on disk or has failed, with its outcome in
 * call->work.status, and returns as a handler does. Returns LATER: whoever called returns that at once and touches nothing of the call any more. */
enum status call_write(struct call *call, enum status (*action)(struct work *work, void *data), void *data, size_t rows,
	enum status (*next)(struct call *call));
/* The client: the peer, or what a proxy on this machine (nginx) says of it. */
const char *call_address(const struct call *call);
/* The same for limits: of an IPv6 address its first 64 bits, which one customer has for themself. */
const char *call_origin(const struct call *call);
/* The address of a page of the web app ("/verify/…"), for QR codes and links that are handed around: the setting link_base, else where muster was asked. Needs work->db. */
const char *call_link(struct call *call, const char *path);
/* Begins to read what is open to everybody (store_read); TOO_MANY where the address asks for more than the setting public_tries a minute. */
enum status call_public(struct call *call);
/* The body as JSON, in call->body. */
enum status call_body(struct call *call);
/* What the body may hold, comma separated: an object of these names; anything else is refused by name. */
enum status call_keys(struct call *call, const char *known);
/* A text member of the body; BAD_FIELD where it is missing. */
enum status call_text(struct call *call, const char *name, const char **text);
/* The area asked for by ?area=, else the top of the user's reach; NOT_FOUND where it is not there for this user. */
struct area;
enum status call_area(struct call *call, struct area **area);
/* The row that the path names first, within reach by the right, under a snapshot that this begins; NOT_FOUND else. */
enum status call_row(struct call *call, const struct record *record, int right, struct row **row);
/* ?day=, else `otherwise`. */
enum status call_day(struct call *call, int64_t otherwise, int64_t *day);
/* A number between 1 and `most` given as an argument. */
enum status call_number(struct call *call, const char *name, int64_t otherwise, int64_t most, int64_t *number);

/* A text as part of an address or of a file's name. In the arena. */
const char *call_percent(struct arena *arena, const char *text);
/* Answers with a paper that was drawn (NULL: it could not be), to be kept as `name`. */
enum status call_pdf(struct call *call, const void *bytes, size_t size, const char *name);
/* REST over every record (rest.c). NOT_FOUND where the path is none of theirs. */
enum status rest_run(struct call *call);
/* What the arguments of a list ask for: area, filters, search, order, page. Needs store_read. */
struct list_ask;
enum status rest_ask(struct call *call, const struct record *record, struct list_ask *ask);
/* A file of the web app (web.c). */
void web_answer(struct call *call);
