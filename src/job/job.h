/* Timed work: what becomes valid by the day, what nobody took, what is due. Each job asks the store what is left to do, so that running it again
 * does nothing, and a run that was cut off is finished by the next. */
#pragma once

#include <stdbool.h>

#include "base/work.h"

struct store;
struct job_runner;

/* One job; its line is in job.def. Returns OK; `done` counts what it did. Runs outside a write, and writes in pieces. */
struct job {
	const char *name;
	enum status (*run)(struct work *work, int64_t *done);
};

/* Runs every job once, each with a log line of its own where it did something; false where one failed. The others run all the same. */
bool job_run_all(struct store *store);

/* A thread that runs them every minute, and when a day begins in the incident's zone. job_stop ends it and waits for it. */
struct job_runner *job_start(struct store *store);
void job_stop(struct job_runner *runner);
