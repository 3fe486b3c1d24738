/* What becomes valid by the day, and what is not kept for ever. */
#include "app/settings.h"
#include "base/clock.h"
#include "job/job.h"
#include "record/days.h"
#include "record/follow.h"
#include "record/rows.h"

enum { PIECE = 200 };

enum status job_roll(struct work *work, int64_t *done);
enum status job_clean(struct work *work, int64_t *done);

struct rolling {
	const struct record *record;
	int64_t done;
};

/* A piece of a record's rows: the values of today into their columns, the place with them, and the rows that follow them there. */
static enum status roll_piece(struct work *work, void *data)
{
	struct rolling *rolling = data;
	struct row **rows = NULL;
	size_t count = 0, space = 0;
	const char *sql = arena_print(work->arena, "SELECT %s FROM %s WHERE next_day <= ? LIMIT %d",
		row_columns(work->arena, rolling->record), rolling->record->plural, PIECE);
	struct query *query = db_query(work->db, sql, BIND(V(work->today)));
	while (db_next(query))
		*ARENA_PUSH(work->arena, rows, count, space) = row_read(work, rolling->record, query);
	for (size_t i = 0; i < count; i++) {
		const char *path = rows[i]->path;
		days_roll(work, rows[i]);
		if (row_place(work, rows[i]) != OK)
			work_forgive(work); /* what it stood in is gone: it stays where it was */
		row_refresh(work, rows[i]);
		if (!text_same(path, rows[i]->path))
			follow_path(work, rows[i]);
	}
	rolling->done = (int64_t)count;
	return OK;
}

enum status job_roll(struct work *work, int64_t *done)
{
	for (size_t i = 0; i < record_count; i++) {
		struct rolling rolling = {.record = records[i], .done = PIECE};
		while (days_any(records[i]) && rolling.done == PIECE) {
			if (store_write(work, roll_piece, &rolling) != OK)
				return work->status;
			*done += rolling.done;
		}
	}
	return OK;
}

static enum status clean(struct work *work, void *data)
{
	int64_t *done = data, days = settings_number(work, "notice_days");
	*done = db_run(work->db, "DELETE FROM sessions WHERE ends_at < ?", BIND(V(work->now)));
	*done += db_run(work->db, "DELETE FROM notices WHERE serial IN (SELECT serial FROM notices WHERE path >= '' AND at < ? LIMIT 5000)",
		BIND(V(work->now - days * DAY_MS)));
	/* what was never confirmed goes at its end; that somebody asked, a day later: the limits count it */
	*done += db_run(work->db, "UPDATE signups SET form = NULL WHERE ends_at < ? AND form IS NOT NULL", BIND(V(work->now)));
	*done += db_run(work->db, "DELETE FROM signups WHERE ends_at < ?", BIND(V(work->now - 2 * DAY_MS)));
	return OK;
}

/* Whether there is anything to clean, asked on a reader: the writer is not woken for nothing. */
enum status job_clean(struct work *work, int64_t *done)
{
	store_read(work);
	int64_t days = settings_number(work, "notice_days");
	bool any = db_get(work->db, 0, "SELECT 1 FROM sessions WHERE ends_at < ? LIMIT 1", BIND(V(work->now))) ||
		db_get(work->db, 0, "SELECT 1 FROM notices WHERE serial = (SELECT min(serial) FROM notices) AND at < ?",
			BIND(V(work->now - days * DAY_MS))) ||
		db_get(work->db, 0, "SELECT 1 FROM signups WHERE ends_at < ? AND form IS NOT NULL LIMIT 1", BIND(V(work->now))) ||
		db_get(work->db, 0, "SELECT 1 FROM signups WHERE ends_at < ? LIMIT 1", BIND(V(work->now - 2 * DAY_MS)));
	store_release(work);
	return any ? store_write(work, clean, done) : OK;
}
