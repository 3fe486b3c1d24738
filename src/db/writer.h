/* The one who writes: takes whatever waits, runs it in one transaction, commits once, then wakes them all. A job that fails is cut back alone: a
 * batch in which one fails after it has written runs again with a savepoint a job. Where the whole transaction fails, its jobs run
 * again one by one. */
#pragma once

#include <stdbool.h>

#include "db/db.h"

struct writer;

/* What the layer above keeps beside the transaction (tallies added up in memory). All run on the writer's thread. */
struct writer_plan {
	struct db *db; /* the writing connection; the writer owns it from now on */
	size_t batch; /* most jobs in one transaction */
	size_t waiting; /* most jobs in the queue; more are answered BUSY */
	void *context;
	void (*begin)(void *context, struct db *db); /* a batch begins: forget what was added up */
	size_t (*mark)(void *context); /* where a job begins */
	void (*cut)(void *context, size_t mark); /* the job failed: back to its mark */
	void (*flush)(void *context, struct db *db); /* before commit: write what was added up */
	void (*end)(void *context, bool kept); /* the batch is on disk, or undone as a whole */
};

/* One write: `run` gets the writing connection and returns OK to keep what it did. It may run twice, and must then do the same. */
struct write {
	enum status (*run)(struct db *db, void *context, void *data);
	void *data;
	enum status status; /* of run, or BUSY, FULL or BROKEN of the commit */
	struct write *next;
	bool done;
};

struct writer *writer_start(const struct writer_plan *plan);
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
