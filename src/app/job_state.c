#include "app/job_state.h"

#include <pthread.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "record/store.h"

enum { AT_ONCE = 2, MOST = 32 };
#define FILE_PLACE "jobs.file"

struct job {
	struct job *next;
	struct jobs *jobs;
	struct job_plan plan;
	struct work work; /* of who asked */
	struct id id;
	struct id incident;
	int64_t moment;
	bool again;
	int64_t done, total, written; /* under jobs->lock */
};

struct jobs {
	struct store *store;
	pthread_mutex_t lock;
	pthread_cond_t freed;
	struct job *first;
	int count, running;
	bool stopping;
};

/* A job of another program that lives (muster import beside muster serve, another server on the same database) is let alone. */
static enum status fail_left(struct work *work, void *data)
{
	int64_t pids[MOST];
	size_t count = 0;
	(void)data;
	struct query *query = db_query(work->db, "SELECT DISTINCT pid FROM jobs WHERE state = 'running'", NOTHING);
	while (db_next(query))
		if (count < MOST && (db_whole(query, 0) == db_program(work->db) || !db_lives(work->db, db_whole(query, 0))))
			pids[count++] = db_whole(query, 0);
	for (size_t i = 0; i < count; i++)
		db_run(work->db, "UPDATE jobs SET state = 'failed', changed_at = ? WHERE state = 'running' AND pid = ?",
			BIND(V(work->now), V(pids[i])));
	return OK;
}

struct jobs *jobs_start(struct store *store)
{
	struct jobs *jobs = calloc(1, sizeof *jobs);
	struct arena *arena = arena_new();
	struct work work = work_new(arena, store);
	if (!jobs)
		abort();
	jobs->store = store;
	pthread_mutex_init(&jobs->lock, NULL);
	pthread_cond_init(&jobs->freed, NULL);
	store_write(&work, fail_left, NULL);
	arena_free(arena);
	return jobs;
}

void jobs_stop(struct jobs *jobs)
{
	pthread_mutex_lock(&jobs->lock);
	jobs->stopping = true;
	pthread_cond_broadcast(&jobs->freed);
	while (jobs->count)
		pthread_cond_wait(&jobs->freed, &jobs->lock);
	pthread_mutex_unlock(&jobs->lock);
	pthread_cond_destroy(&jobs->freed);
	pthread_mutex_destroy(&jobs->lock);
	free(jobs);
}

static enum status write_begun(struct work *work, void *data)
{
	struct job *job = data;
	job->moment = db_get(work->db, -1, "SELECT moment FROM jobs WHERE mark = ? AND record = ? AND written > 0 ORDER BY made_at LIMIT 1",
		BIND(V(job->plan.mark), V(job->plan.record)));
	job->again = job->moment >= 0;
	if (!job->again)
		job->moment = job->work.now;
	db_run(work->db,
		"INSERT INTO jobs (id, kind, record, mark, moment, who, pid, state, done, total, written, made_at, changed_at) "
		"VALUES (?, ?, ?, ?, ?, ?, ?, 'running', 0, 0, 0, ?, ?)",
		BIND(V(job->id), V(job->plan.kind), V(job->plan.record), V(job->plan.mark), V(job->moment), V(work->who->id),
			V(db_program(work->db)), V(work->now), V(work->now)));
	return OK;
}

struct ended {
	struct job *job;
	const char *state, *result, *problem;
};

static enum status write_ended(struct work *work, void *data)
{
	const struct ended *ended = data;
	const struct job *job = ended->job;
	db_run(work->db,
		"UPDATE jobs SET state = ?, done = ?, total = ?, written = ?, result = ?, problem = ?, changed_at = ? WHERE id = ?",
		BIND(V(ended->state), V(job->done), V(job->total), V(job->written), V(ended->result), V(ended->problem), V(clock_now()),
			V(job->id)));
	return OK;
}

static const char *problem_text(struct work *work)
{
	struct json json = json_new(work->arena);
	json_open(&json, '{');
	json_put(&json, "title", work_text(work, status_text(work->status)));
	json_put_whole(&json, "status", status_http(work->status));
	json_put(&json, "code", status_code(work->status));
	json_put(&json, "detail", work->detail);
	json_key(&json, "fields");
	json_open(&json, '[');
	for (size_t i = 0; i < work->fault_count; i++) {
		json_open(&json, '{');
		json_put(&json, "field", work->faults[i].field);
		if (work->faults[i].row >= 0)
			json_put_whole(&json, "row", work->faults[i].row);
		json_put(&json, "detail", work->faults[i].detail);
		json_close(&json, '}');
	}
	json_close(&json, ']');
	json_close(&json, '}');
	return buf_end(&json.buf);
}

static bool wait_turn(struct jobs *jobs)
{
	pthread_mutex_lock(&jobs->lock);
	while (jobs->running >= AT_ONCE && !jobs->stopping)
		pthread_cond_wait(&jobs->freed, &jobs->lock);
	jobs->running++;
	bool go = !jobs->stopping;
	pthread_mutex_unlock(&jobs->lock);
	return go;
}

/* Takes the job out of the list: from here on the table tells of it. */
static void leave(struct jobs *jobs, struct job *job)
{
	pthread_mutex_lock(&jobs->lock);
	struct job **at = &jobs->first;
	while (*at != job)
		at = &(*at)->next;
	*at = job->next;
	jobs->count--;
	jobs->running--;
	pthread_cond_broadcast(&jobs->freed);
	pthread_mutex_unlock(&jobs->lock);
}

static void *run(void *argument)
{
	struct job *job = argument;
	struct jobs *jobs = job->jobs;
	struct work *work = &job->work;
	struct json result = json_new(work->arena);
	enum status status = wait_turn(jobs) ? job->plan.run(work, job, &result, job->plan.data)
					     : fail(work, BUSY, NULL, "The program was stopped|程序已停止");
	store_release(work);
	struct ended ended = {.job = job, .state = status == OK ? "done" : "failed"};
	ended.result = result.buf.size ? buf_end(&result.buf) : NULL;
	ended.problem = status == OK ? NULL : problem_text(work);
	store_write(work, write_ended, &ended);
	leave(jobs, job);
	arena_free(job->plan.arena);
	return NULL;
}

static struct who *copy_who(struct arena *arena, const struct who *who)
{
	struct who *copy = arena_alloc(arena, sizeof *copy);
	struct grant_reach *grants = arena_alloc(arena, (who->grant_count + 1) * sizeof *grants);
	*copy = *who;
	copy->name = arena_copy(arena, who->name);
	for (size_t i = 0; i < who->grant_count; i++) {
		grants[i] = who->grants[i];
		grants[i].path = arena_copy(arena, who->grants[i].path);
	}
	copy->grants = grants;
	return copy;
}

static bool enter(struct jobs *jobs, struct job *job)
{
	pthread_mutex_lock(&jobs->lock);
	bool room = jobs->count < MOST && !jobs->stopping;
	if (room) {
		job->next = jobs->first;
		jobs->first = job;
		jobs->count++;
	}
	pthread_mutex_unlock(&jobs->lock);
	return room;
}

enum status job_begin(struct jobs *jobs, struct work *work, const struct job_plan *plan, struct id *id)
{
	struct arena *arena = plan->arena;
	struct job *job = arena_alloc(arena, sizeof *job);
	pthread_t thread;
	*job = (struct job){.jobs = jobs, .plan = *plan, .id = id_new(), .work = work_new(arena, work->store)};
	job->work.who = copy_who(arena, work->who);
	job->work.language = work->language;
	job->work.now = work->now;
	job->work.today = work->today;
	*id = job->id;
	enum status status = store_write(work, write_begun, job);
	if (status == OK && !enter(jobs, job))
		status = fail(work, TOO_MANY, NULL, "Too many jobs wait already|等待的任务过多");
	if (status == OK && pthread_create(&thread, NULL, run, job) == 0) {
		pthread_detach(thread);
		return OK;
	}
	if (status == OK) {
		pthread_mutex_lock(&jobs->lock);
		jobs->running++;
		pthread_mutex_unlock(&jobs->lock);
		leave(jobs, job);
		status = fail(work, BUSY, NULL, NULL);
	}
	store_write(&job->work, write_ended, &(struct ended){.job = job, .state = "failed"});
	arena_free(arena);
	return status;
}

void job_tell(struct job *job, int64_t done, int64_t total, int64_t written)
{
	pthread_mutex_lock(&job->jobs->lock);
	job->done = done;
	job->total = total;
	job->written = written;
	pthread_mutex_unlock(&job->jobs->lock);
}

void job_note(struct work *work, struct job *job, int64_t written)
{
	db_run(work->db, "UPDATE jobs SET written = ?, done = ?, total = ?, changed_at = ? WHERE id = ?",
		BIND(V(written), V(job->done), V(job->total), V(clock_now()), V(job->id)));
}

bool job_stopping(struct job *job)
{
	pthread_mutex_lock(&job->jobs->lock);
	bool stopping = job->jobs->stopping;
	pthread_mutex_unlock(&job->jobs->lock);
	return stopping;
}

int64_t job_moment(const struct job *job)
{
	return job->moment;
}

bool job_again(const struct job *job)
{
	return job->again;
}

struct id job_name(const struct job *job)
{
	return job->id;
}

struct kept {
	struct job *job;
	struct value sealed;
	struct id incident;
};

static enum status write_kept(struct work *work, void *data)
{
	const struct kept *kept = data;
	db_run(work->db, "UPDATE jobs SET file = ?, incident = ? WHERE id = ?", BIND(kept->sealed, V(kept->incident), V(kept->job->id)));
	return OK;
}

enum status job_keep(struct work *work, struct job *job, const void *bytes, size_t size)
{
	size_t room = sodium_base64_encoded_len(size, sodium_base64_VARIANT_ORIGINAL);
	char *text = arena_alloc(work->arena, room);
	sodium_bin2base64(text, room, bytes, size, sodium_base64_VARIANT_ORIGINAL);
	struct kept kept = {.job = job, .incident = work->store->incident};
	kept.sealed = secret_seal(work->store->keys, kept.incident, FILE_PLACE, text, work->arena);
	return store_write(work, write_kept, &kept);
}

static struct job *find(struct jobs *jobs, struct id id)
{
	struct job *job = jobs ? jobs->first : NULL;
	while (job && !id_same(job->id, id))
		job = job->next;
	return job;
}

bool job_running(struct jobs *jobs, struct id id, int64_t *done, int64_t *total)
{
	pthread_mutex_lock(&jobs->lock);
	const struct job *job = find(jobs, id);
	if (job) {
		*done = job->done;
		*total = job->total;
	}
	pthread_mutex_unlock(&jobs->lock);
	return job;
}

static bool mine(struct work *work, struct query *query)
{
	return work->who->all || id_same(db_id(query, 0), work->who->id);
}

enum status job_show(struct jobs *jobs, struct work *work, struct id id, struct json *json)
{
	/* first the memory, then the table: a job that ends in between is in the table by then */
	int64_t done = 0, total = 0;
	bool running = job_running(jobs, id, &done, &total);
	struct query *query = db_query(
		work->db, "SELECT who, kind, record, state, done, total, written, result, problem FROM jobs WHERE id = ?", BIND(V(id)));
	if (!db_next(query))
		return fail(work, NOT_FOUND, NULL, NULL);
	bool allowed = mine(work, query);
	json_open(json, '{');
	json_put_id(json, "id", id);
	json_put(json, "kind", db_text(query, 1));
	json_put(json, "record", db_text(query, 2));
	json_put(json, "state", db_text(query, 3));
	json_put_whole(json, "done", running ? done : db_whole(query, 4));
	json_put_whole(json, "total", running ? total : db_whole(query, 5));
	json_put_whole(json, "written", db_whole(query, 6));
	json_key(json, "result");
	json_raw(json, db_text(query, 7) ? db_text(query, 7) : "null");
	json_key(json, "problem");
	json_raw(json, db_text(query, 8) ? db_text(query, 8) : "null");
	json_close(json, '}');
	db_done(query);
	return allowed ? OK : fail(work, NOT_FOUND, NULL, NULL);
}

enum status job_file(struct work *work, struct id id, const void **bytes, size_t *size)
{
	struct query *query = db_query(work->db, "SELECT who, incident, file FROM jobs WHERE id = ? AND file IS NOT NULL", BIND(V(id)));
	if (!db_next(query))
		return fail(work, NOT_FOUND, NULL, NULL);
	bool allowed = mine(work, query);
	size_t sealed_size;
	struct id incident = db_id(query, 1);
	const void *sealed = db_bytes(query, 2, &sealed_size);
	const char *text = NULL;
	if (allowed && keys_ready(work->store->keys, work->db, incident, false))
		text = secret_open(work->store->keys, incident, FILE_PLACE, sealed, sealed_size, work->arena);
	db_done(query);
	if (!text)
		return fail(work, NOT_FOUND, NULL, NULL);
	unsigned char *out = arena_alloc(work->arena, strlen(text) + 1);
	sodium_base642bin(out, strlen(text) + 1, text, strlen(text), NULL, size, NULL, sodium_base64_VARIANT_ORIGINAL);
	*bytes = out;
	return OK;
}
