#include "db/writer.h"

#include <pthread.h>
#include <stdlib.h>

struct writer {
	struct writer_plan plan;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t some; /* there is work */
	pthread_cond_t done; /* a batch ended */
	struct write *first;
	struct write **last;
	size_t waiting;
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

static enum status run_batch(struct writer *writer, struct write *first, const struct write *end, bool light)
{
	struct writer_plan *plan = &writer->plan;
	db_light(plan->db, light);
	db_begin(plan->db);
	plan->begin(plan->context, plan->db);
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
	for (struct write *write = first; write; write = write->next) {
		enum status alone = run_batch(writer, write, write->next, false);
		if (alone != OK)
			write->status = alone;
	}
}

/* Detaches up to a batch of jobs; waits for the first. NULL when stopping and nothing waits. */
static struct write *take(struct writer *writer)
{
	pthread_mutex_lock(&writer->lock);
	while (!writer->first && !writer->stopping)
		pthread_cond_wait(&writer->some, &writer->lock);
	struct write *first = writer->first, *last = first;
	for (size_t count = 1; last && last->next && count < writer->plan.batch; count++)
		last = last->next;
	if (last) {
		writer->first = last->next;
		last->next = NULL;
		if (!writer->first)
			writer->last = &writer->first;
	}
	pthread_mutex_unlock(&writer->lock);
	return first;
}

static void *work(void *argument)
{
	struct writer *writer = argument;
	for (struct write *first; (first = take(writer)) != NULL;) {
		run_all(writer, first);
		uint64_t size = 0;
		pthread_mutex_lock(&writer->lock);
		for (struct write *write = first, *next; write; write = next) {
			next = write->next;
			write->done = true;
			writer->waiting--;
			size++;
		}
		writer->load.batches++;
		writer->load.writes += size;
		writer->load.largest = size > writer->load.largest ? size : writer->load.largest;
		pthread_cond_broadcast(&writer->done);
		pthread_mutex_unlock(&writer->lock);
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
	return writer;
}

enum status writer_run(struct writer *writer, struct write *write)
{
	pthread_mutex_lock(&writer->lock);
	write->next = NULL;
	write->done = false;
	if (writer->stopping || writer->waiting >= writer->plan.waiting) {
		pthread_mutex_unlock(&writer->lock);
		return write->status = BUSY;
	}
	*writer->last = write;
	writer->last = &write->next;
	writer->waiting++;
	pthread_cond_signal(&writer->some);
	while (!write->done)
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
