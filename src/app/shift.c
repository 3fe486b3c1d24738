#include "app/shift.h"

#include "app/deadline.h"
#include "app/post.h"
#include "app/rights.h"
#include "app/serving.h"
#include "app/settings.h"
#include "app/slots.h"
#include "base/clock.h"
#include "record/rows.h"

static enum status shift_check(struct work *work, const struct row *old, struct row *row);
static enum status shift_come(struct work *work, const struct row *old, struct row *row);
static enum status shift_leave(struct work *work, const struct row *old, struct row *row);
static enum status shift_miss(struct work *work, const struct row *old, struct row *row);
static const char *shift_view(struct work *work, const char *name, struct sql *sql);
static int64_t measure_shifts_planned(struct work *work, const struct row *row, int64_t day);
static int64_t measure_shifts_missed(struct work *work, const struct row *row, int64_t day);
static int64_t measure_hours_served(struct work *work, const struct row *row, int64_t day);
static int64_t measure_shifts_late(struct work *work, const struct row *row, int64_t day);
static int64_t measure_shifts_early(struct work *work, const struct row *row, int64_t day);
static void shift_breaks(struct work *work, const struct row *row, struct breaks *breaks);

#define DEF "app/shift.def"
#define HOOKS .check = shift_check, .view = shift_view, .breaks = shift_breaks,
#include "record/table.h"

enum { HOUR_MS = 3600000, MINUTE_MS = 60000, LONGEST_MS = 24 * HOUR_MS, TOLD_MS = 5 * MINUTE_MS };

static const struct shift *self(const struct row *row)
{
	return (const struct shift *)row;
}

/* --- what it counts for, on the day on which it begins */

static int64_t measure_shifts_planned(struct work *work, const struct row *row, int64_t day)
{
	return day == deadline_day(work, self(row)->starts);
}

static int64_t measure_shifts_missed(struct work *work, const struct row *row, int64_t day)
{
	return day == deadline_day(work, self(row)->starts) && text_same(self(row)->state, "missed");
}

static int64_t measure_shifts_late(struct work *work, const struct row *row, int64_t day)
{
	return day == deadline_day(work, self(row)->starts) && GIVEN(self(row), shift, late_came) && self(row)->late_came;
}

static int64_t measure_shifts_early(struct work *work, const struct row *row, int64_t day)
{
	return day == deadline_day(work, self(row)->starts) && GIVEN(self(row), shift, early) && self(row)->early;
}

int64_t shift_hours(int64_t came, int64_t gone)
{
	return (gone - came + HOUR_MS / 2) / HOUR_MS;
}

static int64_t measure_hours_served(struct work *work, const struct row *row, int64_t day)
{
	const struct shift *shift = self(row);
	if (day != deadline_day(work, shift->starts) || !GIVEN(shift, shift, came) || !GIVEN(shift, shift, gone))
		return 0;
	return shift_hours(shift->came, shift->gone);
}

static void shift_breaks(struct work *work, const struct row *row, struct breaks *breaks)
{
	breaks_add(breaks, deadline_day(work, self(row)->starts));
}

static const char *shift_view(struct work *work, const char *name, struct sql *sql)
{
	if (text_same(name, "now")) {
		sql_add(sql, " AND state = 'here'", NOTHING);
		return "state";
	}
	if (text_same(name, "late")) {
		sql_add(sql, " AND state = 'planned' AND starts < ? AND ends > ?", BIND(V(work->now), V(work->now)));
		return "starts";
	}
	if (text_same(name, "stood")) {
		sql_add(sql, " AND state = 'done' AND starts >= ?", BIND(V(day_stamp(work->today - SERVING_DAYS + 1, work->store->zone))));
		return "starts";
	}
	return NULL;
}

/* --- rules */

/* Whether the person holds the post then; for which unit is kept. */
static bool holds_post(struct work *work, struct shift *shift)
{
	int64_t first = deadline_day(work, shift->starts), last = deadline_day(work, shift->ends - 1);
	struct query *query = db_query(work->db,
		"SELECT org FROM assignments WHERE post = ? AND person = ? AND voided_at IS NULL AND begins <= ? AND (ends IS NULL OR ends >= ?) LIMIT 1",
		BIND(V(shift->post), V(shift->person), V(first), V(last)));
	if (!db_next(query))
		return false;
	SET(shift, shift, org, db_null(query, 0) ? value_null() : V(db_id(query, 0)));
	db_done(query);
	return true;
}

static enum status shift_check(struct work *work, const struct row *old, struct row *row)
{
	struct shift *shift = (struct shift *)row;
	bool told = old && !value_same(row_get(row, FIELD_OF(shift, over)), row_get(old, FIELD_OF(shift, over)));
	bool moved =
		!old || shift->starts != self(old)->starts || shift->ends != self(old)->ends || !id_same(shift->person, self(old)->person);
	if (!old)
		SET(shift, shift, state, V("planned"));
	if (!moved && !told)
		return OK;
	/* what was set aside for other hours or somebody else is asked for again */
	if (old && moved && !told)
		SET(shift, shift, over, value_null());
	/* a swap excuses nothing but itself */
	if (old && moved && GIVEN(shift, shift, swap) && id_same(shift->swap, self(old)->swap))
		SET(shift, shift, swap, value_null());
	if (old && !text_same(shift->state, "planned"))
		return fail(work, BAD_STATE, NULL, "It has begun: it does not change any more|已签到或已结束，不能再调整");
	if (shift->ends <= shift->starts)
		return fail(work, BAD_FIELD, "ends", "is not after its beginning|须晚于开始时间");
	if (shift->ends - shift->starts > LONGEST_MS)
		return fail(work, BAD_FIELD, "ends", "makes a shift of more than 24 hours|一个班次不能超过 24 小时");
	if (!holds_post(work, shift))
		return fail(work, BAD_FIELD, "person", "does not hold this post on that day|当日未派驻到该岗位");
	return shift_rest(work, shift);
}

/* When somebody came or left, where that is told later (no network, on behalf of somebody): not to come, and not long ago. */
static enum status told_at(struct work *work, struct shift *shift, const char *field, int64_t at)
{
	int64_t hours = settings_number(work, "shift_told_hours");
	if (at > work->now + TOLD_MS)
		return fail(work, BAD_FIELD, field, "lies in the future|不能晚于当前时间");
	if (at < work->now - hours * HOUR_MS)
		return fail(work, BAD_FIELD, field, "lies more than %lld hours back|早于 %lld 小时之前，不能再补报", (long long)hours);
	if (at < work->now - TOLD_MS)
		SET(shift, shift, told_later, V(true));
	return OK;
}

/* Against the staff hours of the site, of a shift that takes in their beginning (or end): in before the staff, out after them. */
static void hold_against_staff(struct work *work, struct shift *shift)
{
	const struct post *post = (const struct post *)row_load(work, &post_record, shift->post);
	struct slot slot;
	if (!post || !post_around(work, post, 1, &slot))
		return;
	int64_t midnight = day_stamp(deadline_day(work, shift->starts), work->store->zone);
	int64_t in = midnight + slot.from * (int64_t)MINUTE_MS, out = midnight + slot.until * (int64_t)MINUTE_MS;
	int64_t margin = settings_number(work, "shift_staff_minutes") * MINUTE_MS;
	/* who has the afternoon alone is not late in the morning */
	if (shift->starts <= in + margin)
		SET(shift, shift, late_came, shift->came > in ? V(true) : value_null());
	if (GIVEN(shift, shift, gone) && shift->ends >= out - margin)
		SET(shift, shift, early, shift->gone < out ? V(true) : value_null());
}

static enum status shift_come(struct work *work, const struct row *old, struct row *row)
{
	struct shift *shift = (struct shift *)row;
	int64_t at = work->now;
	(void)old;
	if (GIVEN(shift, shift, came) && told_at(work, shift, "came", at = shift->came) != OK)
		return work->status;
	if (at < shift->starts - SHIFT_EARLY_MS)
		return fail(work, BAD_STATE, NULL, "One checks in at most two hours before a shift|最早在开始前两小时签到");
	if (at >= shift->ends)
		return fail(work, BAD_STATE, NULL, "The shift is over|班次已结束");
	SET(shift, shift, came, V(at));
	hold_against_staff(work, shift);
	return OK;
}

static enum status shift_leave(struct work *work, const struct row *old, struct row *row)
{
	struct shift *shift = (struct shift *)row;
	int64_t at = work->now;
	(void)old;
	if (GIVEN(shift, shift, gone) && told_at(work, shift, "gone", at = shift->gone) != OK)
		return work->status;
	if (at < shift->came)
		return fail(work, BAD_FIELD, "gone", "is before the check-in|早于签到时间");
	SET(shift, shift, gone, V(at));
	hold_against_staff(work, shift);
	return OK;
}

static enum status shift_miss(struct work *work, const struct row *old, struct row *row)
{
	(void)old;
	return work->now < self(row)->starts ? fail(work, BAD_STATE, NULL, "The shift has not begun|班次尚未开始") : OK;
}
