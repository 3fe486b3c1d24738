/* What the program runs on: one store with its writer, its readers, its keys and its incident. */
#pragma once

#include <pthread.h>

#include "db/writer.h"
#include "record/reach.h"
#include "record/record.h"
#include "record/secret.h"

struct store {
	struct arena *arena; /* lives as long as the store */
	const char *place; /* folder; NULL where the store is a database */
	const char *spool; /* folder for files that last as long as a request */
	struct writer *writer;
	struct keys *keys;
	struct db **readers; /* those not lent out */
	size_t reader_count;
	pthread_mutex_t lock;
	pthread_cond_t freed;
	struct tally_buffer *tallies;
	struct pointed_memory *pointed;
	struct chain {
		bool known;
		int64_t slot;
		int64_t seq; /* of the last entry */
		unsigned char hash[32];
	} chain; /* the end of the history, as the writer left it */
	struct db *writing; /* the writer's connection; only on its thread */
	uint64_t epoch; /* of the writer when its batch began */
	bool people_touched; /* in this batch */
	bool timed_touched; /* in this batch: the timed work has something to do at once (store_waker) */
	void (*wake)(void *waker); /* under lock */
	void *waker;
	_Atomic bool ending; /* the program stops: long work leaves what is left to the next run */
	_Atomic uint64_t people; /* see store_people */
	bool spread; /* made for a cluster: ids are claimed in a directory of their own (spread.h) */
	bool stale; /* what the writer remembers may not hold: it begins anew */
	struct row_texts {
		const char *load; /* the row by its id */
		const char *point; /* path, home, voided_at, site, moves and id of the row by its id (pointed.h) */
		const char *points; /* the same of POINTS rows */
		const char *insert; /* a new row; changes nothing where the id is taken */
	} * texts; /* by record: SQL that is the same every time */
	struct id incident; /* the live one; none before init */
	int zone; /* minutes east of UTC */
	bool demonstration;
};

struct store_plan {
	const char *place; /* a folder or postgresql://… */
	const char *spool; /* see struct store */
	const char *key_file;
	size_t readers;
	bool make; /* a new store may be made */
};

/* Opens the store, brings its tables up to the declarations (new tables, columns, indexes) and starts its writer. NULL: *problem. The caller
 * closes. */
struct store *store_open(const struct store_plan *plan, const char **problem);
void store_close(struct store *store);

/* Borrows a reading connection for work->db and begins its snapshot; store_release ends both, and keeps in work->unread what went wrong
 * with it. Waits where all are lent. */
void store_read(struct work *work);
void store_release(struct work *work);
/* Whom to wake once something is on disk for which `timed_touched` was set; NULL: nobody. `wake` is quick and takes no lock under which this is called. */
void store_waker(struct store *store, void (*wake)(void *waker), void *waker);
/* Runs `action` on the writer, in its own savepoint, with work->db and work->tallies set, and returns once it is on disk or has failed. The
 * action may run twice and must then do the same; it may not store_read. */
enum status store_write(struct work *work, enum status (*action)(struct work *work, void *data), void *data);

/* The same without waiting: `then` is called on the writer's thread once the outcome is known (quick: everybody waits meanwhile), with the status, which
 * work has, too; work is the caller's again from then on. `rows` tells how much it is. False: nothing will be called, the writer has
 * too much before it (BUSY on work). */
bool store_send(struct work *work, enum status (*action)(struct work *work, void *data), void *data, size_t rows,
	void (*then)(void *context, enum status status), void *context);

/* Inside store_write: runs a part of it in a savepoint of its own, so that it can fail alone. */
enum status store_try(struct work *work, enum status (*action)(struct work *work, void *data), void *data);

/* Changes whenever what users may do where may have changed through this program: accounts, sessions, grants, and the places they reach. */
uint64_t store_people(const struct store *store);
/* Today in the incident's zone. */
int64_t store_today(const struct store *store, int64_t now);

/* Tables, columns and indexes that the declarations ask for and the store lacks (schema.c). In transactions of its own. */
/* The tables and columns alone, inside a transaction: for rows that come in great numbers, before their indexes. */
void schema_tables(struct db *db, struct arena *arena);
enum status schema_upgrade(struct db *db, struct arena *arena);
