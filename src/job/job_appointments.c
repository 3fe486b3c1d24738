/* Appointments: both sides are reminded the day before. */
#include "app/appointment.h"
#include "base/clock.h"
#include "job/job.h"
#include "record/rows.h"

enum { PIECE = 200 };

enum status job_appointments(struct work *work, int64_t *done);

struct piece {
	struct id *ids;
	size_t count, space, at;
	int64_t done;
};

static enum status remind_one(struct work *work, void *data)
{
	const struct piece *piece = data;
	return appointment_remind(work, piece->ids[piece->at]);
}

/* Each in its own savepoint: one that fails holds nobody up. */
static enum status remind_all(struct work *work, void *data)
{
	struct piece *piece = data;
	piece->done = 0;
	for (piece->at = 0; piece->at < piece->count; piece->at++)
		piece->done += store_try(work, remind_one, piece) == OK;
	work_forgive(work);
	return OK;
}

enum status job_appointments(struct work *work, int64_t *done)
{
	struct piece piece = {0};
	int64_t tomorrow = day_stamp(work->today + 1, work->store->zone);
	store_read(work);
	struct query *query = db_query(work->db,
		arena_print(work->arena,
			"SELECT id FROM appointments WHERE state = 'confirmed' AND starts >= ? AND starts < ? AND reminded_day IS NULL AND voided_at IS NULL "
			"ORDER BY starts LIMIT %d",
			PIECE),
		BIND(V(tomorrow), V(tomorrow + DAY_MS)));
	while (db_next(query))
		*ARENA_PUSH(work->arena, piece.ids, piece.count, piece.space) = db_id(query, 0);
	store_release(work);
	enum status status = piece.count ? store_write(work, remind_all, &piece) : OK;
	*done += piece.done;
	return status;
}
