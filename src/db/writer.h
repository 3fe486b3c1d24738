/* The one who writes: takes whatever waits, runs it in one transaction, commits once, then wakes them all. A job that fails is cut back alone: a
 * batch in which one fails after it has written runs again with a savepoint a job. Where the whole transaction fails, its jobs run
 * again one by one. */
#pragma once

#include <stdbool.h>

#include "db/db.h"

struct writer;
struct write;

/* What the layer above keeps beside the transaction (tallies added up in memory). All run on the writer's thread. */
struct writer_plan {
	struct db *db; /* the writing connection; the writer owns it from now on */
	size_t batch; /* most jobs in one transaction */
	size_t rows; /* a transaction takes no further job once it has so many rows */
	size_t waiting; /* most jobs in the queue; more are answered BUSY */
	size_t waiting_rows; /* most rows in it, but that one job alone is always taken */
	void *context;
	/* a batch begins, the jobs from `first` to before `end`: forget what was added up; what they need may be read for all of them at once */
	void (*begin)(void *context, struct db *db, const struct write *first, const struct write *end);
	size_t (*mark)(void *context); /* where a job begins */
	void (*cut)(void *context, size_t mark); /* the job failed: back to its mark */
	void (*flush)(void *context, struct db *db); /* before commit: write what was added up */
	void (*end)(void *context, bool kept); /* the batch is on disk, or undone as a whole */
};

/* One write: `run` gets the writing connection and returns OK to keep what it did. It may run twice, and must then do the same. */
struct write {
	enum status (*run)(struct db *db, void *context, void *data);
	void *data;
	size_t rows; /* how much it is; 0 counts as 1 */
	bool beside; /* see db_beside */
	/* Told on the writer's thread when the write is on disk or has failed; quick, as all others wait meanwhile. The write is not the writer's
	 * any more. NULL for writer_run. */
	void (*finished)(struct write *write);
	void *context; /* for `finished` */
	enum status status; /* of run, or BUSY, FULL or BROKEN of the commit */
	struct write *next;
	bool done;
};

struct writer *writer_start(const struct writer_plan *plan);
/* Hands a write over; false: the queue is full, or the writer stops (status is BUSY, and nobody is told). Any thread but the writer's own. The caller
 * keeps *write until it is told. */
bool writer_send(struct writer *writer, struct write *write);
/* Runs one write and waits until it is on disk or has failed; returns its status. Any thread but the writer's own. */
enum status writer_run(struct writer *writer, struct write *write);
/* What the writer has done and has before it. Any thread. */
struct writer_load {
	uint64_t batches; /* since the start */
	uint64_t writes; /* in them */
	uint64_t largest; /* batch so far */
	uint64_t waiting; /* or running */
};
struct writer_load writer_load(struct writer *writer);
/* Lets what waits finish, stops, and closes the connection. */
void writer_stop(struct writer *writer);
