#include "record/store.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "record/pointed.h"
#include "record/rows.h"
#include "record/spread.h"
#include "record/tally.h"

struct action {
	struct work *work;
	enum status (*run)(struct work *work, void *data);
	void *data;
};

enum { BATCH = 512, BATCH_ROWS = 1000, WAITING = 4096, WAITING_ROWS = 40000, CHINA = 8 * 60 };

/* One message for a hundred rows, where each look would be one. */
static void fetch_wanted(struct store *store, struct db *db, const struct write *first, const struct write *end)
{
	struct wanting wanting = {0};
	for (const struct write *write = first; write != end; write = write->next)
		pointed_gather(store, db, &wanting, ((const struct action *)write->data)->work->wants);
	pointed_fetch(store, db, &wanting);
}

static void batch_begin(void *context, struct db *db, const struct write *first, const struct write *end)
{
	struct store *store = context;
	bool stale = db_foreign(db) || store->stale;
	tally_begin(store->tallies);
	store->chain.known = store->chain.known && !stale && store->chain.slot == db_slot(db);
	pointed_begin(store->pointed, stale);
	store->stale = store->people_touched = store->timed_touched = false;
	store->epoch = db_epoch(db);
	store->writing = db;
	if (db_far(db))
		fetch_wanted(store, db, first, end);
}

/* What was kept in memory of something undone must not be built upon. Where there are no savepoints nothing was undone, or the whole batch will be. */
static void forget_undone(struct store *store, bool whole)
{
	if (!whole && db_is_light(store->writing))
		return;
	store->chain.known = false;
	keys_settle(store->keys, false);
}

void store_waker(struct store *store, void (*wake)(void *waker), void *waker)
{
	pthread_mutex_lock(&store->lock);
	store->wake = wake;
	store->waker = waker;
	pthread_mutex_unlock(&store->lock);
}

static void wake(struct store *store)
{
	pthread_mutex_lock(&store->lock);
	if (store->wake)
		store->wake(store->waker);
	pthread_mutex_unlock(&store->lock);
}

static void batch_end(void *context, bool kept)
{
	struct store *store = context;
	if (kept && store->timed_touched)
		wake(store);
	if (kept) {
		keys_settle(store->keys, true);
		if (store->people_touched || db_epoch(store->writing) != store->epoch)
			store->people++;
		return;
	}
	forget_undone(store, true);
	store->stale = true;
}

static size_t tallies_mark(void *context)
{
	return tally_mark(((struct store *)context)->tallies);
}

static void tallies_cut(void *context, size_t mark)
{
	tally_cut(((struct store *)context)->tallies, mark);
	forget_undone(context, false);
}

static void tallies_flush(void *context, struct db *db)
{
	tally_flush(((struct store *)context)->tallies, db);
}

static bool open_connections(struct store *store, const struct store_plan *plan, const char **problem)
{
	struct db *db = db_open(plan->place, DB_WRITE, store->arena, problem);
	if (!db)
		return false;
	if (schema_upgrade(db, store->arena) != OK) {
		*problem = "The tables of the store cannot be made|无法建立数据表";
		db_close(db);
		return false;
	}
	store->spread = spread_is(db);
	for (size_t i = 0; i < record_count; i++)
		store->texts[i] = row_texts(store->arena, records[i], store->spread);
	store->tallies = tally_buffer_new();
	store->pointed = pointed_memory_new();
	store->stale = true;
	store->writer = writer_start(&(struct writer_plan){.db = db,
		.batch = BATCH,
		.rows = BATCH_ROWS,
		.waiting = WAITING,
		.waiting_rows = WAITING_ROWS,
		.context = store,
		.begin = batch_begin,
		.end = batch_end,
		.mark = tallies_mark,
		.cut = tallies_cut,
		.flush = tallies_flush});
	store->readers = arena_alloc(store->arena, plan->readers * sizeof(struct db *));
	for (size_t i = 0; i < plan->readers; i++) {
		store->readers[i] = db_open(plan->place, DB_READ, store->arena, problem);
		if (!store->readers[i])
			return false;
		store->reader_count++;
	}
	return true;
}

struct store *store_open(const struct store_plan *plan, const char **problem)
{
	struct arena *arena = arena_new();
	struct store *store = arena_alloc(arena, sizeof *store);
	store->arena = arena;
	store->place = db_place_name(plan->place, arena) ? NULL : arena_copy(arena, plan->place);
	store->spool = arena_copy(arena, plan->spool);
	store->zone = CHINA;
	store->texts = arena_alloc(arena, record_count * sizeof *store->texts);
	pthread_mutex_init(&store->lock, NULL);
	pthread_cond_init(&store->freed, NULL);
	store->keys = keys_open(plan->key_file, plan->make, arena, problem);
	if (!store->keys || !open_connections(store, plan, problem)) {
		*problem = strdup(*problem); /* said once, then the program ends */
		store_close(store);
		return NULL;
	}
	return store;
}

void store_close(struct store *store)
{
	if (!store)
		return;
	writer_stop(store->writer);
	tally_buffer_free(store->tallies);
	pointed_memory_free(store->pointed);
	for (size_t i = 0; i < store->reader_count; i++)
		db_close(store->readers[i]);
	keys_close(store->keys);
	pthread_mutex_destroy(&store->lock);
	pthread_cond_destroy(&store->freed);
	arena_free(store->arena);
}

uint64_t store_people(const struct store *store)
{
	return store->people;
}

int64_t store_today(const struct store *store, int64_t now)
{
	return stamp_day(now, store->zone);
}

/* Whoever must not wait is not here to wait for the disk or for others. */
static void may_wait(const struct work *work)
{
	if (work->brief)
		longjmp(*work->escape, MOVED);
}

void store_read(struct work *work)
{
	struct store *store = work->store;
	may_wait(work);
	pthread_mutex_lock(&store->lock);
	while (store->reader_count == 0)
		pthread_cond_wait(&store->freed, &store->lock);
	work->db = store->readers[--store->reader_count];
	pthread_mutex_unlock(&store->lock);
	db_begin(work->db);
}

void store_release(struct work *work)
{
	struct store *store = work->store;
	if (!work->db)
		return;
	if (work->unread == OK)
		work->unread = db_status(work->db);
	db_settle(work->db);
	db_rollback(work->db);
	pthread_mutex_lock(&store->lock);
	store->readers[store->reader_count++] = work->db;
	work->db = NULL;
	pthread_cond_signal(&store->freed);
	pthread_mutex_unlock(&store->lock);
}

/* What an action concluded from reading that broke off is worth nothing. */
static enum status concluded(struct work *work, enum status status)
{
	if (db_status(work->db) == OK)
		return status;
	work_forgive(work);
	return fail(work, db_status(work->db), NULL, NULL);
}

static enum status run_action(struct db *db, void *context, void *data)
{
	struct store *store = context;
	struct action *action = data;
	struct work *work = action->work;
	work_forgive(work);
	work->counted_count = 0;
	work->db = db;
	work->tallies = store->tallies;
	jmp_buf escape, *outer = work->escape;
	const struct who *who = work->who;
	const char *reason = work->reason;
	enum status status = BROKEN;
	work->escape = &escape;
	if (setjmp(escape) == 0) {
		status = action->run(work, action->data);
	} else {
		/* whoever it acted for in the middle of it is gone with its frame */
		work->who = who;
		work->reason = reason;
		db_settle(db);
	}
	work->escape = outer;
	status = concluded(work, status);
	work->db = NULL;
	work->tallies = NULL;
	return status;
}

enum status store_write(struct work *work, enum status (*action)(struct work *work, void *data), void *data)
{
	may_wait(work);
	struct action run = {.work = work, .run = action, .data = data};
	struct write write = {.run = run_action, .data = &run, .beside = work->beside};
	enum status status = writer_run(work->store->writer, &write);
	if (status != OK && work->status == OK)
		fail(work, status, NULL, NULL);
	return status;
}

struct sending {
	struct write write;
	struct action action;
	void (*then)(void *context, enum status status);
	void *context;
};

static void sent(struct write *write)
{
	struct sending *sending = write->context;
	struct work *work = sending->action.work;
	if (write->status != OK && work->status == OK)
		fail(work, write->status, NULL, NULL);
	sending->then(sending->context, write->status);
}

bool store_send(struct work *work, enum status (*action)(struct work *work, void *data), void *data, size_t rows,
	void (*then)(void *context, enum status status), void *context)
{
	struct sending *sending = arena_alloc(work->arena, sizeof *sending);
	sending->action = (struct action){.work = work, .run = action, .data = data};
	sending->write = (struct write){
		.run = run_action, .data = &sending->action, .rows = rows, .beside = work->beside, .finished = sent, .context = sending};
	sending->then = then;
	sending->context = context;
	if (writer_send(work->store->writer, &sending->write))
		return true;
	fail(work, BUSY, NULL, NULL);
	return false;
}

enum status store_try(struct work *work, enum status (*action)(struct work *work, void *data), void *data)
{
	size_t mark = tally_mark(work->tallies), counted = work->counted_count;
	work_forgive(work);
	db_mark(work->db);
	enum status status = concluded(work, action(work, data));
	if (status == OK) {
		db_keep(work->db);
		return OK;
	}
	db_cut(work->db);
	db_forgive(work->db);
	tally_cut(work->tallies, mark);
	forget_undone(work->store, false);
	work->counted_count = counted;
	return status;
}
