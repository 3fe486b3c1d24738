/* Timed work: what becomes valid by the day, what nobody took, what is due. Each job asks the store what is left to do, so that running it again
 * does nothing, and a run that was cut off is finished by the next. */
#pragma once

#include <stdatomic.h>
#include <stdbool.h>

#include "base/work.h"

struct store;
struct job_runner;

/* One job; its line is in job.def. Returns OK; `done` counts what it did. Runs outside a write, and writes in pieces. */
struct job {
	const char *name;
	enum status (*run)(struct work *work, int64_t *done);
	bool hurried; /* runs at once when a write says that something waits */
};

/* Runs every job once, each with a log line of its own where it did something; false where one failed. The others run all the same. */
bool job_run_all(struct store *store);

/* What a job has done since the start. */
struct job_count {
	const char *name; /* NULL ends the list */
	atomic_uint_fast64_t runs, failures, done;
	atomic_int_fast64_t last_at; /* stamp of its last run that was good; 0 none */
};
/* One for each job, all zero. In the arena. */
struct job_count *job_counts_new(struct arena *arena);

/* A thread that runs them every minute, and when a day begins in the incident's zone; it adds to `counts`, which must outlive it. job_stop ends it and
 * waits for it; NULL is none. */
struct job_runner *job_start(struct store *store, struct job_count *counts);
void job_stop(struct job_runner *runner);
