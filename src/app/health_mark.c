#include "app/health_mark.h"

#include <stdlib.h>
#include <string.h>

#include "app/health_row.h"
#include "record/rows.h"
#include "record/store.h"

enum { PIECE = HEALTH_MARKS_PIECE, DAYS_BACK = 2, MOST_WAITING = 1000 };

enum status health_mark(struct work *work, const struct health *health)
{
	db_send(work->db, "INSERT INTO health_marks (row, made_at) VALUES (?, ?) ON CONFLICT (row) DO NOTHING",
		BIND(V(health->row.id), V(work->now)));
	work->store->timed_touched = true;
	return OK;
}

bool health_marks_any(struct work *work)
{
	return db_get(work->db, 0, "SELECT 1 FROM health_marks LIMIT 1", NOTHING);
}

static int by_site_and_day(const void *one, const void *other)
{
	const struct health *a = *(const struct health *const *)one, *b = *(const struct health *const *)other;
	int order = memcmp(&a->site, &b->site, sizeof a->site);
	return order ? order : (a->day > b->day) - (a->day < b->day);
}

static size_t take(struct work *work, struct id *ids)
{
	size_t count = 0;
	struct query *query = db_query(work->db, "SELECT row FROM health_marks ORDER BY made_at, row LIMIT ?", BIND(V((int64_t)PIECE)));
	while (db_next(query))
		ids[count++] = db_id(query, 0);
	for (size_t i = 0; i < count; i++)
		db_run(work->db, "DELETE FROM health_marks WHERE row = ?", BIND(V(ids[i])));
	return count;
}

enum status health_marks_show(struct work *work, struct id site, int64_t day)
{
	struct id ids[MOST_WAITING];
	size_t count = 0;
	struct query *query =
		db_query(work->db, "SELECT row FROM health_marks ORDER BY made_at DESC, row LIMIT ?", BIND(V((int64_t)MOST_WAITING)));
	while (db_next(query))
		ids[count++] = db_id(query, 0);
	for (size_t i = 0; i < count && work->status == OK; i++) {
		const struct health *health = (const struct health *)row_load(work, &health_record, ids[i]);
		if (health && id_same(health->site, site) && health->day == day)
			health_row_take(work, health);
	}
	return work->status;
}

static enum status take_one(struct work *work, void *health)
{
	return health_row_take(work, health);
}

enum status health_marks_take(struct work *work, int64_t *done)
{
	struct id ids[PIECE];
	const struct health *rows[PIECE];
	size_t marked = take(work, ids), count = 0;
	*done = (int64_t)marked;
	for (size_t i = 0; i < marked; i++) {
		const struct health *health = (const struct health *)row_load(work, &health_record, ids[i]);
		if (!health)
			continue;
		/* where a rule will not have it in the round, it alarms all the same */
		store_try(work, take_one, (void *)health);
		work_forgive(work);
		if (!health->row.voided_at && health_worries(health) && health->day >= work->today - DAYS_BACK)
			rows[count++] = health;
	}
	qsort(rows, count, sizeof *rows, by_site_and_day);
	for (size_t i = 0, next; i < count && work->status == OK; i = next) {
		for (next = i + 1; next < count && by_site_and_day(&rows[i], &rows[next]) == 0;)
			next++;
		struct health_alarm alarm = {
			.site = rows[i]->site, .day = rows[i]->day, .rows = &rows[i], .count = next - i, .all = (int64_t)(next - i)};
		health_alarm(work, &alarm);
	}
	return work->status;
}
