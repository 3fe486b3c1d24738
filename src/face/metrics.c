/* /metrics in the text format of Prometheus. No label holds a private value: methods, statuses, names of records. */
#include "face/metrics.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/stat.h>

#include "app/rights.h"
#include "face/commands.h"
#include "job/job.h"

enum { STATUSES = 600 };

static const int64_t bounds[] = {
	1000, 2500, 5000, 10000, 25000, 50000, 100000, 250000, 500000, 1000000, 2500000, 10000000}; /* microseconds */
enum { BOUNDS = sizeof bounds / sizeof *bounds };

struct metrics {
	atomic_uint_fast64_t statuses[STATUSES];
	atomic_uint_fast64_t buckets[BOUNDS + 1];
	atomic_uint_fast64_t microseconds;
};

struct metrics *metrics_new(struct arena *arena)
{
	return arena_alloc(arena, sizeof(struct metrics));
}

void metrics_done(struct metrics *metrics, int status, int64_t microseconds)
{
	int at = 0;
	while (at < BOUNDS && microseconds > bounds[at])
		at++;
	atomic_fetch_add_explicit(&metrics->statuses[status > 0 && status < STATUSES ? status : 0], 1, memory_order_relaxed);
	atomic_fetch_add_explicit(&metrics->buckets[at], 1, memory_order_relaxed);
	atomic_fetch_add_explicit(&metrics->microseconds, (uint64_t)(microseconds > 0 ? microseconds : 0), memory_order_relaxed);
}

static void add_head(struct buf *out, const char *name, const char *type, const char *help)
{
	buf_print(out, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

static void add_one(struct buf *out, const char *name, const char *type, const char *help, uint64_t value)
{
	add_head(out, name, type, help);
	buf_print(out, "%s %llu\n", name, (unsigned long long)value);
}

static void add_requests(struct buf *out, struct metrics *metrics)
{
	uint64_t sum = 0;
	add_head(out, "muster_requests_total", "counter", "Requests answered, by status; 0: the client was gone.");
	for (int i = 0; i < STATUSES; i++) {
		uint64_t count = atomic_load(&metrics->statuses[i]);
		if (count)
			buf_print(out, "muster_requests_total{status=\"%d\"} %llu\n", i, (unsigned long long)count);
	}
	add_head(out, "muster_request_seconds", "histogram", "From the first line of a request to the last byte of its answer.");
	for (int i = 0; i < BOUNDS; i++) {
		sum += atomic_load(&metrics->buckets[i]);
		buf_print(out, "muster_request_seconds_bucket{le=\"%g\"} %llu\n", (double)bounds[i] / 1e6, (unsigned long long)sum);
	}
	sum += atomic_load(&metrics->buckets[BOUNDS]);
	buf_print(out,
		"muster_request_seconds_bucket{le=\"+Inf\"} %llu\nmuster_request_seconds_sum %.6f\nmuster_request_seconds_count %llu\n",
		(unsigned long long)sum, (double)atomic_load(&metrics->microseconds) / 1e6, (unsigned long long)sum);
}

static void add_load(struct buf *out, struct server *server)
{
	if (!server)
		return;
	struct server_load load = server_load(server);
	add_one(out, "muster_connections", "gauge", "Open connections.", load.connections);
	add_one(out, "muster_requests_waiting", "gauge", "Requests that wait for a worker.", load.waiting);
	add_one(out, "muster_requests_handling", "gauge", "Requests begun or waiting.", load.handling);
	add_one(out, "muster_requests_refused_total", "counter", "Requests refused because the queue was full.", load.refused);
}

static void add_writer(struct buf *out, struct writer *writer)
{
	struct writer_load load = writer_load(writer);
	add_one(out, "muster_writer_batches_total", "counter", "Transactions of the writer.", load.batches);
	add_one(out, "muster_writer_writes_total", "counter", "Writes in them; by batches the mean size of a batch.", load.writes);
	add_one(out, "muster_writer_largest_batch", "gauge", "Writes in the largest batch so far.", load.largest);
	add_one(out, "muster_writer_waiting", "gauge", "Writes that wait or run.", load.waiting);
}

static void add_jobs(struct buf *out, const struct job_count *counts)
{
	static const char *const names[][3] = {{"muster_job_runs_total", "counter", "Runs of the timed work, by job."},
		{"muster_job_failures_total", "counter", "Runs that failed."},
		{"muster_job_done_total", "counter", "What the runs did: rows moved on, people told."},
		{"muster_job_last_seconds", "gauge", "When it last ran well, in seconds since 1970."}};
	for (int i = 0; i < 4; i++) {
		add_head(out, names[i][0], names[i][1], names[i][2]);
		for (const struct job_count *job = counts; job->name; job++) {
			uint64_t values[] = {job->runs, job->failures, job->done, (uint64_t)job->last_at / 1000};
			buf_print(out, "%s{job=\"%s\"} %llu\n", names[i][0], job->name, (unsigned long long)values[i]);
		}
	}
}

/* Bytes of the files in the store's folder. */
static void add_size(struct buf *out, struct work *work)
{
	const char *place = work->store->place;
	uint64_t size = 0;
	if (!place) {
		add_one(out, "muster_store_bytes", "gauge", "Size of the database.", (uint64_t)db_size(work->db));
		return;
	}
	struct stat file;
	DIR *folder = opendir(place);
	for (struct dirent *entry; folder && (entry = readdir(folder)) != NULL;)
		if (fstatat(dirfd(folder), entry->d_name, &file, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(file.st_mode))
			size += (uint64_t)file.st_size;
	if (folder)
		closedir(folder);
	add_one(out, "muster_store_bytes", "gauge", "Size of the store's own files.", size);
}

/* Rows are never deleted: the last number given is their count, without counting. */
static void add_rows(struct buf *out, struct work *work)
{
	add_head(out, "muster_rows", "gauge", "Rows ever made, by record; those taken out included.");
	for (size_t i = 0; i < record_count; i++)
		buf_print(out, "muster_rows{record=\"%s\"} %lld\n", records[i]->name,
			(long long)db_get(
				work->db, 0, arena_print(work->arena, "SELECT max(serial) FROM %s", records[i]->plural), NOTHING));
}

/* Open to a collector on this very machine, and to whoever may read the history. A request that a proxy passed on is not of this machine. */
static bool may_read(struct call *call)
{
	const char *address = call->request->address;
	bool local = address && (strcmp(address, "127.0.0.1") == 0 || strcmp(address, "::1") == 0);
	bool passed_on = request_header(call->request, "X-Forwarded-For") || request_header(call->request, "Forwarded");
	return (local && !passed_on) || (call->work.who && who_may(call->work.who, RIGHT_history_read));
}

enum status command_metrics(struct call *call)
{
	struct work *work = &call->work;
	struct buf out = {.arena = work->arena};
	if (!may_read(call))
		return fail(work, work->who ? NO_RIGHT : SIGN_IN, NULL, NULL);
	add_requests(&out, call->face->metrics);
	add_load(&out, atomic_load(&call->face->server));
	add_writer(&out, work->store->writer);
	add_jobs(&out, call->face->timed);
	store_read(work);
	add_size(&out, work);
	add_rows(&out, work);
	store_release(work);
	call->sent = true;
	response_body(call->request, 200, "text/plain; version=0.0.4; charset=utf-8", buf_end(&out), out.size);
	return OK;
}
