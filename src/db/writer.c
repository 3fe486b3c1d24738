#include "db/writer.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

/* Let others come after a batch of so many writes, so many times, each so long. */
enum { LINGER_FROM = 32, LINGERS = 5, LINGER_NS = 200000 };

struct writer {
	struct writer_plan plan;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t some; /* there is work */
	pthread_cond_t done; /* a batch ended */
	struct write *first;
	struct write **last;
	size_t waiting, waiting_rows;
	size_t last_size; /* of the batch before */
	bool stopping;
	struct writer_load load;
};

static void run_one(struct writer *writer, struct write *write)
{
	struct writer_plan *plan = &writer->plan;
	size_t mark = plan->mark(plan->context);
	db_mark(plan->db);
	write->status = write->run(plan->db, plan->context, write->data);
	if (write->status == OK)
		write->status = db_status(plan->db);
	if (write->status == OK) {
		db_keep(plan->db);
		return;
	}
	/* an error of this job alone must not stick to those behind it; one that took the transaction shows at commit */
	db_cut(plan->db);
	db_forgive(plan->db); /* of a spoiled transaction everything stays refused */
	plan->cut(plan->context, mark);
}

/* Another program writes to the same store, and goes on and on: whoever waits here hears it now, not each after a wait of their own. */
static bool is_taken(struct db *db, struct write *first, const struct write *end)
{
	if (db_status(db) != BUSY)
		return false;
	for (struct write *write = first; write != end; write = write->next)
		write->status = BUSY;
	return true;
}

static enum status run_batch(struct writer *writer, struct write *first, const struct write *end, bool light)
{
	struct writer_plan *plan = &writer->plan;
	bool beside = light;
	for (const struct write *write = first; write != end; write = write->next)
		beside = beside && write->beside;
	db_beside(plan->db, beside);
	db_light(plan->db, light);
	db_begin(plan->db);
	if (is_taken(plan->db, first, end))
		return OK;
	plan->begin(plan->context, plan->db, first, end);
	for (struct write *write = first; write != end && !db_spoiled(plan->db); write = write->next)
		run_one(writer, write);
	if (!db_spoiled(plan->db))
		plan->flush(plan->context, plan->db);
	enum status status = db_commit(plan->db);
	plan->end(plan->context, status == OK);
	return status;
}

/* Most batches fail nowhere after they have begun to write, and a savepoint a job costs more than the job. A batch that does fail there
 * runs again with savepoints; one that fails as a whole, one by one. */
static void run_all(struct writer *writer, struct write *first)
{
	struct writer_plan *plan = &writer->plan;
	enum status status = run_batch(writer, first, NULL, true);
	if (db_spoiled(plan->db))
		status = run_batch(writer, first, NULL, false);
	if (status == OK)
		return;
	/* it may be on disk: whoever sent it sends it again, and is answered as the first time */
	if (db_doubt(plan->db)) {
		for (struct write *write = first; write; write = write->next)
			write->status = BUSY;
		return;
	}
	for (struct write *write = first; write; write = write->next) {
		enum status alone = run_batch(writer, write, write->next, false);
		if (alone != OK)
			write->status = alone;
	}
}

static size_t rows_of(const struct write *write)
{
	return write->rows ? write->rows : 1;
}

/* Whoever was answered just now comes again at once: a batch that lets them come saves a commit. As long as more come, and no longer than they were. */
static void let_come(struct writer *writer)
{
	size_t before = 0;
	for (int i = 0; i < LINGERS && writer->last_size >= LINGER_FROM && writer->waiting < writer->last_size &&
		writer->waiting > before && !writer->stopping;
		i++) {
		before = writer->waiting;
		pthread_mutex_unlock(&writer->lock);
		nanosleep(&(struct timespec){.tv_nsec = LINGER_NS}, NULL);
		pthread_mutex_lock(&writer->lock);
	}
}

/* Detaches up to a batch of jobs; waits for the first. NULL when stopping and nothing waits. */
static struct write *take(struct writer *writer)
{
	pthread_mutex_lock(&writer->lock);
	while (!writer->first && !writer->stopping)
		pthread_cond_wait(&writer->some, &writer->lock);
	let_come(writer);
	struct write *first = writer->first, *last = first;
	size_t rows = first ? rows_of(first) : 0;
	for (size_t count = 1; last && last->next && count < writer->plan.batch && rows < writer->plan.rows; count++) {
		last = last->next;
		rows += rows_of(last);
	}
	if (last) {
		writer->first = last->next;
		last->next = NULL;
		if (!writer->first)
			writer->last = &writer->first;
	}
	pthread_mutex_unlock(&writer->lock);
	return first;
}

/* Tells everybody what became of it. Whoever waits in writer_run is woken once for all. */
static void answer(struct writer *writer, struct write *first)
{
	uint64_t size = 0;
	size_t rows = 0;
	for (const struct write *write = first; write; write = write->next) {
		size++;
		rows += rows_of(write);
	}
	pthread_mutex_lock(&writer->lock);
	writer->waiting -= size;
	writer->waiting_rows -= rows;
	writer->last_size = size;
	writer->load.batches++;
	writer->load.writes += size;
	writer->load.largest = size > writer->load.largest ? size : writer->load.largest;
	pthread_mutex_unlock(&writer->lock);
	struct write *waited = NULL;
	for (struct write *write = first, *next; write; write = next) {
		next = write->next; /* whoever is told may be gone at once */
		if (write->finished) {
			write->finished(write);
			continue;
		}
		write->next = waited;
		waited = write;
	}
	if (!waited)
		return;
	pthread_mutex_lock(&writer->lock);
	for (struct write *write = waited; write; write = write->next)
		write->done = true;
	pthread_cond_broadcast(&writer->done);
	pthread_mutex_unlock(&writer->lock);
}

static void *work(void *argument)
{
	struct writer *writer = argument;
	for (struct write *first; (first = take(writer)) != NULL;) {
		run_all(writer, first);
		answer(writer, first);
	}
	return NULL;
}

struct writer *writer_start(const struct writer_plan *plan)
{
	struct writer *writer = calloc(1, sizeof *writer);
	if (!writer)
		abort();
	writer->plan = *plan;
	writer->last = &writer->first;
	pthread_mutex_init(&writer->lock, NULL);
	pthread_cond_init(&writer->some, NULL);
	pthread_cond_init(&writer->done, NULL);
	if (pthread_create(&writer->thread, NULL, work, writer) != 0)
		abort();
	pthread_setname_np(writer->thread, "muster-writer");
	return writer;
}

static bool put(struct writer *writer, struct write *write)
{
	const struct writer_plan *plan = &writer->plan;
	size_t rows = rows_of(write);
	bool full = writer->waiting >= plan->waiting || (writer->waiting && writer->waiting_rows + rows > plan->waiting_rows);
	write->next = NULL;
	write->done = false;
	if (writer->stopping || full) {
		write->status = BUSY;
		return false;
	}
	*writer->last = write;
	writer->last = &write->next;
	writer->waiting++;
	writer->waiting_rows += rows;
	pthread_cond_signal(&writer->some);
	return true;
}

bool writer_send(struct writer *writer, struct write *write)
{
	pthread_mutex_lock(&writer->lock);
	bool taken = put(writer, write);
	pthread_mutex_unlock(&writer->lock);
	return taken;
}

enum status writer_run(struct writer *writer, struct write *write)
{
	write->finished = NULL;
	pthread_mutex_lock(&writer->lock);
	bool taken = put(writer, write);
	while (taken && !write->done)
		pthread_cond_wait(&writer->done, &writer->lock);
	pthread_mutex_unlock(&writer->lock);
	return write->status;
}

struct writer_load writer_load(struct writer *writer)
{
	pthread_mutex_lock(&writer->lock);
	struct writer_load load = writer->load;
	load.waiting = writer->waiting;
	pthread_mutex_unlock(&writer->lock);
	return load;
}

void writer_stop(struct writer *writer)
{
	if (!writer)
		return;
	pthread_mutex_lock(&writer->lock);
	writer->stopping = true;
	pthread_cond_broadcast(&writer->some);
	pthread_mutex_unlock(&writer->lock);
	pthread_join(writer->thread, NULL);
	db_close(writer->plan.db);
	free(writer);
}
