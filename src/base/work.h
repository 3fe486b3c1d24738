/* One request, job run or command: who asks, on which connection, with which memory, and what went wrong. */
#pragma once

#include <setjmp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/id.h"
#include "base/text.h"

#define STATUS(name, http, exit, code, text) name,
enum status {
#include "base/status.def"
};
#undef STATUS

int status_http(enum status status);
int status_exit(enum status status);
const char *status_code(enum status status);
const char *status_text(enum status status); /* "English|中文" */

/* One fault of an input: its field ("" for the whole), its row where rows were sent (else -1). */
struct fault {
	const char *field;
	const char *detail; /* in the asker's language */
	int64_t row;
};

struct db;
struct who;
struct store;
struct tally_buffer;
struct kept;
struct row;

/* Why a work is given up: the store broke under a read that others lean on; it must go on on a thread that may wait. */
enum { BROKE_OFF = 1, MOVED };

struct work {
	struct arena *arena;
	struct store *store; /* what the program runs on */
	struct db *db; /* reading: a snapshot; writing: the writer's connection, inside a savepoint */
	struct tally_buffer *tallies; /* writing only */
	struct id *counted; /* writing only: rows whose counts are taken away until the write around them is done */
	size_t counted_count, counted_space;
	const struct who *who; /* NULL: nobody signed in */
	enum language language;
	int64_t now; /* stamp of the request */
	int64_t today; /* its day in the incident's zone */
	struct id body; /* hash of what was sent, so that a retry is recognised; none: nothing was */
	struct id deed; /* of a write: the id that makes a retry harmless; none: a new one is made */
	struct id against; /* of a CONFLICT: the row that stands there; none: the row itself */
	struct want *wants; /* of a write: rows that it will look for (pointed_want_all) */
	bool brief; /* on a thread that must not block: what would, escapes with MOVED */
	bool beside; /* of a write: it only adds rows that no rule of another write looks at (db_beside) */
	bool rewriting; /* writing only: by row_rewrite; what belongs to the row is seen to by whoever does so */
	const char *reason; /* why private values are shown or a row is voided; NULL: not said */
	const struct row **shown; /* rows written out with private values in clear: to be put on record before the answer goes */
	size_t shown_count, shown_space;
	jmp_buf *escape; /* whoever began the work is told here that it is given up: BROKE_OFF or MOVED; NULL: nobody listens */
	enum status unread; /* of the first snapshot that broke off: whatever was found in it, or not found, is not to be relied on */
	/* the problem, where a function returned something other than OK */
	enum status status;
	const char *detail; /* NULL: the status says it all */
	struct fault *faults;
	size_t fault_count;
	size_t fault_space;
	int64_t row; /* the row being read, for faults; -1 */
	struct kept *kept; /* see work_keep */
	const void *counting; /* what a record's `breaks` worked out of the row that is being counted, for its measures; else NULL */
	bool noting; /* one snapshot, many rows: settings are asked for once (record/pointed.h) */
	struct noted *noted;
};

/* A work on `arena` for nobody, in Chinese, at this moment. */
struct work work_new(struct arena *arena, struct store *store);
/* Records what went wrong and returns `status`. `field` may be NULL. `format` is "English|中文": both halves take the same arguments
 * in the same order (`make check` compares them; the compiler cannot). Several BAD_FIELD gather in `faults`. */
enum status fail(struct work *work, enum status status, const char *field, const char *format, ...);
/* Forgets a problem, so that the work can go on. */
void work_forgive(struct work *work);
/* The half of `both` in the language of the work. */
const char *work_text(const struct work *work, const char *both);
/* Keeps what was worked out for something that never changes, so that a list works it out once. In work->arena; not for loops that reset it. */
void work_keep(struct work *work, struct id id, const void *thing);
/* What was kept for the id in this arena; NULL: nothing. */
const void *work_kept(const struct work *work, struct id id);
