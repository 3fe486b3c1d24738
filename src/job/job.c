#include "job/job.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "app/session.h"
#include "base/clock.h"
#include "base/log.h"
#include "record/store.h"

#define JOB(name, function, hurried) enum status function(struct work *work, int64_t *done);
#include "job/job.def"
#undef JOB

#define JOB(name, function, hurried) {#name, function, hurried},
static const struct job jobs[] = {
#include "job/job.def"
};
#undef JOB
enum { JOBS = sizeof jobs / sizeof *jobs, EVERY_MS = 60 * 1000, FIRST_MS = 2 * 1000, HURRY_MS = 1000 };

static bool run_one(struct store *store, const struct job *job, struct job_count *count)
{
	int64_t done = 0;
	struct arena *arena = arena_new();
	struct work work = work_new(arena, store);
	work.who = who_program();
	work.today = store_today(store, work.now);
	int64_t start = work.now;
	enum status status = job->run(&work, &done);
	store_release(&work);
	if (done || status != OK)
		log_event(status == OK ? LOG_INFO : LOG_ERROR, "job", ",\"job\":\"%s\",\"done\":%lld,\"status\":\"%s\",\"ms\":%lld",
			job->name, (long long)done, status_code(status), (long long)(clock_now() - start));
	arena_free(arena);
	if (count) {
		atomic_fetch_add(&count->runs, 1);
		atomic_fetch_add(&count->failures, status != OK);
		atomic_fetch_add(&count->done, (uint64_t)done);
		if (status == OK)
			atomic_store(&count->last_at, start);
	}
	return status == OK;
}

static bool run_all(struct store *store, struct job_count *counts)
{
	bool good = true;
	for (int i = 0; i < JOBS; i++)
		good = run_one(store, &jobs[i], counts ? &counts[i] : NULL) && good;
	return good;
}

/* What was asked for by a write just now does not wait for the minute. */
static void run_hurried(struct store *store, struct job_count *counts)
{
	for (int i = 0; i < JOBS; i++)
		if (jobs[i].hurried)
			run_one(store, &jobs[i], counts ? &counts[i] : NULL);
}

bool job_run_all(struct store *store)
{
	return run_all(store, NULL);
}

struct job_count *job_counts_new(struct arena *arena)
{
	struct job_count *counts = arena_alloc(arena, (JOBS + 1) * sizeof *counts);
	for (int i = 0; i < JOBS; i++)
		counts[i].name = jobs[i].name;
	return counts;
}

struct job_runner {
	struct store *store;
	struct job_count *counts;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t ended;
	bool end;
	bool hurry; /* something waits that is done at once */
	bool rests; /* and yet not within a second of what hurried before */
	int64_t whole; /* when all jobs ran last (clock_steady) */
};

/* How long to sleep: a minute, or until the day begins. */
static int64_t pause_ms(const struct store *store)
{
	int64_t now = clock_now(), left = day_stamp(stamp_day(now, store->zone) + 1, store->zone) - now;
	return left < EVERY_MS ? left + 1 : EVERY_MS;
}

/* Sleeps with the lock held; true where the runner shall end. */
static bool sleep_ms(struct job_runner *runner, int64_t milliseconds)
{
	struct timespec until;
	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += milliseconds / 1000;
	until.tv_nsec += milliseconds % 1000 * 1000000;
	if (until.tv_nsec >= 1000000000) {
		until.tv_sec++;
		until.tv_nsec -= 1000000000;
	}
	int late = 0;
	while (!runner->end && (!runner->hurry || runner->rests) && late == 0)
		late = pthread_cond_timedwait(&runner->ended, &runner->lock, &until);
	return runner->end;
}

static void *run(void *data)
{
	struct job_runner *runner = data;
	pthread_mutex_lock(&runner->lock);
	/* a moment after the start: the first requests are not kept waiting */
	bool end = sleep_ms(runner, FIRST_MS);
	while (!end) {
		bool hurry = runner->hurry && clock_steady() - runner->whole < EVERY_MS * INT64_C(1000);
		runner->hurry = false;
		pthread_mutex_unlock(&runner->lock);
		if (hurry)
			run_hurried(runner->store, runner->counts);
		else
			run_all(runner->store, runner->counts);
		pthread_mutex_lock(&runner->lock);
		runner->whole = hurry ? runner->whole : clock_steady();
		/* what hurries waits a second after what hurried before: its writes hold up all others */
		runner->rests = hurry;
		end = (hurry && sleep_ms(runner, HURRY_MS)) || (runner->rests = false, sleep_ms(runner, pause_ms(runner->store)));
	}
	pthread_mutex_unlock(&runner->lock);
	return NULL;
}

static void hurry(void *data)
{
	struct job_runner *runner = data;
	pthread_mutex_lock(&runner->lock);
	runner->hurry = true;
	pthread_cond_signal(&runner->ended);
	pthread_mutex_unlock(&runner->lock);
}

struct job_runner *job_start(struct store *store, struct job_count *counts)
{
	struct job_runner *runner = calloc(1, sizeof *runner);
	pthread_condattr_t attributes;
	if (!runner)
		abort();
	runner->store = store;
	runner->counts = counts;
	pthread_mutex_init(&runner->lock, NULL);
	pthread_condattr_init(&attributes);
	pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
	pthread_cond_init(&runner->ended, &attributes);
	pthread_condattr_destroy(&attributes);
	if (pthread_create(&runner->thread, NULL, run, runner) != 0)
		abort();
	store_waker(store, hurry, runner);
	return runner;
}

void job_stop(struct job_runner *runner)
{
	if (!runner)
		return;
	store_waker(runner->store, NULL, NULL);
	runner->store->ending = true;
	pthread_mutex_lock(&runner->lock);
	runner->end = true;
	pthread_cond_signal(&runner->ended);
	pthread_mutex_unlock(&runner->lock);
	pthread_join(runner->thread, NULL);
	pthread_cond_destroy(&runner->ended);
	pthread_mutex_destroy(&runner->lock);
	free(runner);
}
