/* Long work that somebody asked for: it runs on a thread of its own, its state is kept in the table `jobs`. What a killed program left
 * running is failed, with what it had written until then; nothing is taken up again by halves. */
#pragma once

#include "base/json.h"
#include "base/work.h"

struct jobs;
struct job;

/* What a job is. `run` gets a work of its own, signed in as who asked; it writes its result as JSON into `result`, and returns OK where it ran to
 * its end. `data` lives in `arena`, which the job owns from job_begin on. */
struct job_plan {
	const char *kind; /* "import" */
	const char *record;
	struct id mark; /* the hash of what it works on; no id: none */
	enum status (*run)(struct work *work, struct job *job, struct json *result, void *data);
	void *data;
	struct arena *arena;
};

/* Makes ready for jobs on a store, and marks as failed what nobody runs any more. The caller stops them. */
struct jobs *jobs_start(struct store *store);
/* Asks every job to end, and waits for them. */
void jobs_stop(struct jobs *jobs);

/* Begins a job; its id in *id. TOO_MANY where too many run. The arena is freed where it fails, too. */
enum status job_begin(struct jobs *jobs, struct work *work, const struct job_plan *plan, struct id *id);
/* How far a job is: `done` of `total`, `written` rows on disk. From the job's thread. */
void job_tell(struct job *job, int64_t done, int64_t total, int64_t written);
/* Writes how many rows are on disk with the transaction that brings them there. Inside store_write. */
void job_note(struct work *work, struct job *job, int64_t written);
/* Whether the program wants to stop. */
bool job_stopping(struct job *job);
/* The moment of the job, or that of an earlier one on the same mark and record that wrote rows: what ids of its rows are made from. */
int64_t job_moment(const struct job *job);
bool job_again(const struct job *job); /* whether there was such an earlier one */
struct id job_name(const struct job *job); /* its id */
/* Keeps a file for whoever began the job, sealed under the incident's key. From the job's thread. */
enum status job_keep(struct work *work, struct job *job, const void *bytes, size_t size);

/* A job of work->who as JSON; NOT_FOUND where it is none of theirs. Needs store_read. */
enum status job_show(struct jobs *jobs, struct work *work, struct id id, struct json *json);
/* The file kept by a job of work->who, in the arena; NOT_FOUND where there is none. Needs store_read. */
enum status job_file(struct work *work, struct id id, const void **bytes, size_t *size);
/* The state of a job of this program: done, total; false once it has ended. */
bool job_running(struct jobs *jobs, struct id id, int64_t *done, int64_t *total);
