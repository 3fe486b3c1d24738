/* What the files of src/net share; nobody else includes it. */
#pragma once

#include <pthread.h>
#include <stdatomic.h>

#include <microhttpd.h>
#include <zlib.h>

#include "base/clock.h"
#include "net/server.h"

enum {
	MEMORY_BODY = 256 * 1024, /* a body above goes to a file */
	SLOWEST = 2 * 1024, /* bytes a second */
	LINGER_MOST = 64,
};

/* One TCP connection, known to the watch. */
struct line {
	struct line *next, *last;
	int socket;
	_Atomic int64_t deadline; /* of clock_steady(); 0: none */
};

/* A socket whose client still sends what nobody reads any more: closing it at once would reset the connection and could take the
 * answer away before the client has read it. */
struct straggler {
	int socket;
	int64_t until, latest;
};

/* Closes what is too slow. */
struct watch {
	pthread_t thread;
	pthread_mutex_t lock;
	struct line *lines;
	unsigned count;
	struct straggler lingers[LINGER_MOST];
	unsigned linger_count;
	int wake; /* eventfd */
	bool ending;
};

enum stage { STAGE_NEW, STAGE_READING, STAGE_HANDLING, STAGE_AGAIN, STAGE_ANSWERED, STAGE_REFUSED };

struct worker {
	struct server *server;
	pthread_t thread;
	bool brief; /* a poller that tries a request itself */
	bool moved; /* it could not */
	bool deferred; /* the request in hand was: it may be gone already */
	bool packing; /* `pack` is set up */
	z_stream pack;
};

/* A request and what is behind it. */
struct exchange {
	struct request request; /* first: one is cast to the other */
	struct server *server;
	struct MHD_Connection *connection;
	struct MHD_Response *answer;
	struct worker *worker;
	struct exchange *next; /* in the queue */
	struct line *line;
	enum stage stage;
	bool handled; /* `handle` was called */
	bool again; /* and is to be called again */
	bool lingers; /* answered before its body was read */
	int status; /* sent; 0: none yet */
	uint64_t bytes;
	int64_t begun;
	size_t limit;
	unsigned char *memory; /* malloc, `space` bytes */
	size_t space;
	size_t mapped; /* bytes of the body that are mapped */
	const struct part *parts;
	size_t part_count;
	enum part_result part_state;
	bool parts_read;
	struct pair *fields;
	size_t field_count;
	bool fields_read;
};

struct server {
	struct server_plan plan;
	struct MHD_Daemon *daemon;
	int listener;
	uint16_t port;
	atomic_bool stopping;
	struct watch watch;

	pthread_mutex_t lock; /* of all below */
	pthread_cond_t work, quiet;
	struct exchange *first, *final;
	bool looking; /* a worker looks for more before it sleeps: it need not be woken */
	struct exchange *back, *back_final; /* those that come back, before them */
	unsigned waiting, handling, open;
	uint64_t refused;
	bool closed; /* takes no more into the queue */
	bool ending; /* workers end */
	struct worker *workers;
	unsigned worker_count;
};

/* exchange.c: the callbacks of libmicrohttpd; `context` is the server. */
void *exchange_begin(void *context, const char *target, struct MHD_Connection *connection);
enum MHD_Result exchange_step(void *context, struct MHD_Connection *connection, const char *url, const char *method, const char *version,
	const char *data, size_t *size, void **state);
void exchange_end(void *context, struct MHD_Connection *connection, void **state, enum MHD_RequestTerminationCode code);

/* worker.c */
/* False with the reason in `error` where threads cannot be had; workers_stop() then ends those that run. */
bool workers_start(struct server *server);
/* Ends and joins the workers; the queue must be empty. */
void workers_stop(struct server *server);
/* A place in the queue for one request, to be followed by queue_push(), or where it does not wait by worker_brief(); false: the queue is full or closed. */
bool queue_reserve(struct server *server, bool waits);
void queue_push(struct exchange *exchange);
/* Tries the request on this poller thread. False: it is suspended and answered later, else its answer is built. */
bool worker_brief(struct exchange *exchange);

/* request.c */
/* Path, query and method from the target. False: not a proper one. */
bool request_decode(struct exchange *exchange, const char *method);
/* The value of a parameter of a header such as Content-Type, in the arena; NULL: not there. */
const char *header_parameter(struct arena *arena, const char *header, const char *name);
/* Whether a header's value up to the first ';' is `word`, in any case. */
bool header_is(const char *header, const char *word);

/* body.c */
enum body_result { BODY_TAKEN, BODY_OVER, BODY_FAILED };
/* Takes the next bytes of the body. BODY_FAILED: no room on disk or no memory. */
enum body_result body_add(struct exchange *exchange, const char *data, size_t size);
/* Makes the whole body readable as request.body. */
bool body_seal(struct exchange *exchange);
void body_free(struct exchange *exchange);
/* A new unlinked file in `folder`; -1 with errno. */
int temporary_file(const char *folder);

/* response.c */
/* Whether the answer should be compressed. */
bool response_packs(struct exchange *exchange);
/* Makes exchange->answer out of request.response; compresses with the worker's stream where there is one. */
void response_build(struct exchange *exchange, struct worker *worker);
/* The problem for a body too large, a full queue, a stop, a bad target, a full disk. */
void refuse(struct exchange *exchange, int status);
/* The whole answer as bytes to send by hand, in the arena. Closes the connection. */
const char *response_raw(struct exchange *exchange, size_t *size);

/* watch.c */
bool watch_start(struct watch *watch);
void watch_stop(struct watch *watch);
/* libmicrohttpd's notice of a connection that begins or ends; `context` is the server. */
void watch_line(void *context, struct MHD_Connection *connection, void **state, enum MHD_ConnectionNotificationCode code);
/* Gives a line `idle` seconds and the time that `bytes` may take at the slowest, counted from `since`. */
void line_allow(struct line *line, int64_t since, unsigned idle, uint64_t bytes);
/* Keeps the connection of a socket that will be closed, and reads what still comes for a while. */
void watch_linger(struct watch *watch, int socket);
