#include "app/shift_drop.h"

#include "app/aside.h"
#include "app/deadline.h"
#include "app/notice_box.h"
#include "app/settings.h"
#include "app/shift.h"
#include "base/clock.h"

static bool is_held(struct work *work, const struct shift *shift)
{
	return db_get(work->db, 0,
		"SELECT 1 FROM assignments WHERE post = ? AND person = ? AND voided_at IS NULL AND begins <= ? AND (ends IS NULL OR ends >= ?) LIMIT 1",
		BIND(V(shift->post), V(shift->person), V(deadline_day(work, shift->starts)), V(deadline_day(work, shift->ends - 1))));
}

static void tell(struct work *work, const struct assignment *assignment, int64_t count)
{
	struct notice_to to = {0};
	const struct post *post = (const struct post *)row_load(work, &post_record, assignment->post);
	if (!post)
		return;
	notice_to_person(work, &to, assignment->person);
	notice_to_above(work, &to, &post->row, settings_value(work, "shift_roles"));
	notice_write(work, &to, &post->row, "shifts_dropped", arena_print(work->arena, "%s × %lld", post->title, (long long)count));
}

enum status shift_drop(struct work *work, const struct assignment *assignment)
{
	struct row **rows = NULL;
	size_t count = 0, space = 0;
	int64_t dropped = 0;
	struct query *query = db_query(work->db,
		arena_print(work->arena,
			"SELECT %s FROM shifts WHERE post = ? AND person = ? AND voided_at IS NULL AND state = 'planned' AND starts > ? ORDER BY starts, id",
			row_columns(work->arena, &shift_record)),
		BIND(V(assignment->post), V(assignment->person), V(work->now)));
	while (db_next(query))
		*ARENA_PUSH(work->arena, rows, count, space) = row_read(work, &shift_record, query);
	const char *said = work->reason;
	struct aside aside;
	aside_begin(work, &aside);
	work->reason = said && *said                    ? said
		: GIVEN(assignment, assignment, reason) ? assignment->reason
							: work_text(work, "the assignment ended|派驻结束");
	for (size_t i = 0; i < count && work->status == OK; i++)
		if (!is_held(work, (const struct shift *)rows[i]))
			dropped += row_void(work, rows[i], rows[i]->version) == OK;
	work->reason = said;
	aside_end(work, &aside);
	if (work->status == OK && dropped)
		tell(work, assignment, dropped);
	return work->status;
}
