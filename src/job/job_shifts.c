/* Shifts: who has not come, told once; swaps whose shift has begun. */
#include "app/deadline.h"
#include "app/notice_box.h"
#include "app/post.h"
#include "app/settings.h"
#include "app/shift.h"
#include "app/swap.h"
#include "base/clock.h"
#include "job/job.h"
#include "record/rows.h"

enum { PIECE = 200, MINUTE_MS = 60000 };

enum status job_late(struct work *work, int64_t *done);
enum status job_swaps(struct work *work, int64_t *done);

struct piece {
	enum status (*act)(struct work *work, struct id id);
	struct id *ids;
	size_t count, space, at;
	int64_t done;
};

static void read_ids(struct work *work, struct piece *piece, const char *sql, const struct value *values, size_t count)
{
	struct query *query = db_query(work->db, sql, values, count);
	while (db_next(query))
		*ARENA_PUSH(work->arena, piece->ids, piece->count, piece->space) = db_id(query, 0);
}

static enum status act_one(struct work *work, void *data)
{
	const struct piece *piece = data;
	return piece->act(work, piece->ids[piece->at]);
}

/* Each in its own savepoint: one that fails holds nobody up. Each looks again whether it is still to be done. */
static enum status act_all(struct work *work, void *data)
{
	struct piece *piece = data;
	piece->done = 0;
	for (piece->at = 0; piece->at < piece->count; piece->at++)
		piece->done += store_try(work, act_one, piece) == OK;
	work_forgive(work);
	return OK;
}

static enum status act(struct work *work, struct piece *piece, int64_t *done)
{
	enum status status = piece->count ? store_write(work, act_all, piece) : OK;
	*done += piece->done;
	return status;
}

static enum status tell_late(struct work *work, struct id id)
{
	const struct shift *shift = (const struct shift *)row_load(work, &shift_record, id);
	const struct post *post = shift ? (const struct post *)row_load(work, &post_record, shift->post) : NULL;
	struct notice_to to = {0};
	char day[DAY_TEXT];
	if (!post || shift->row.voided_at || !text_same(shift->state, "planned") || GIVEN(shift, shift, late_at))
		return OK;
	notice_to_above(work, &to, &shift->row, settings_value(work, "shift_roles"));
	day_print(deadline_day(work, shift->starts), day);
	notice_write(work, &to, &shift->row, "shift_late", arena_print(work->arena, "%s %s", post->title, day));
	/* a mark of the job, not a fact: no history, no version */
	db_run(work->db, "UPDATE shifts SET late_at = ? WHERE id = ?", BIND(V(work->now), V(id)));
	return OK;
}

enum status job_late(struct work *work, int64_t *done)
{
	struct piece piece = {.act = tell_late};
	store_read(work);
	int64_t minutes = settings_number(work, "shift_late_minutes");
	read_ids(work, &piece,
		arena_print(work->arena,
			"SELECT id FROM shifts WHERE state = 'planned' AND starts <= ? AND starts > ? AND ends > ? AND late_at IS NULL AND voided_at IS NULL "
			"ORDER BY starts LIMIT %d",
			PIECE),
		BIND(V(work->now - minutes * MINUTE_MS), V(work->now - DAY_MS), V(work->now)));
	store_release(work);
	return act(work, &piece, done);
}

enum status job_swaps(struct work *work, int64_t *done)
{
	struct piece piece = {.act = swap_expire};
	store_read(work);
	read_ids(work, &piece,
		arena_print(work->arena,
			"SELECT id FROM swaps WHERE until <= ? AND state IN ('asked', 'taken') AND voided_at IS NULL ORDER BY until LIMIT %d",
			PIECE),
		BIND(V(work->now)));
	store_release(work);
	return act(work, &piece, done);
}
