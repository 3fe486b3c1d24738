#include "app/deadline.h"
#include "app/settings.h"
#include "app/shift.h"
#include "base/clock.h"
#include "record/rows.h"

enum { HOUR_MS = 3600000, NIGHT_FROM = 23, NIGHT_UNTIL = 6, NEAR_DAYS = 40 };

struct times {
	int64_t starts, ends;
};

/* Some hour of it lies between 23:00 and 6:00. */
static bool is_night(const struct work *work, struct times times)
{
	int64_t dawn = day_stamp(deadline_day(work, times.starts), work->store->zone) + NIGHT_UNTIL * (int64_t)HOUR_MS;
	int64_t dusk = dawn + (NIGHT_FROM - NIGHT_UNTIL) * (int64_t)HOUR_MS;
	return times.starts < dawn || times.ends > dusk;
}

/* The person's other shifts near to it. */
static size_t read_others(struct work *work, const struct shift *shift, struct times **others)
{
	size_t count = 0, space = 0;
	struct query *query = db_query(work->db,
		"SELECT starts, ends FROM shifts WHERE person = ? AND id <> ? AND voided_at IS NULL AND state <> 'missed' AND starts > ? AND starts < ? "
		"ORDER BY starts",
		BIND(V(shift->person), V(shift->row.id), V(shift->starts - NEAR_DAYS * DAY_MS), V(shift->starts + NEAR_DAYS * DAY_MS)));
	while (db_next(query))
		*ARENA_PUSH(work->arena, *others, count, space) = (struct times){db_whole(query, 0), db_whole(query, 1)};
	return count;
}

/* A shift that goes beyond midnight is one of the day on which it begins. */
static bool serves_on(const struct work *work, const struct times *others, size_t count, int64_t day)
{
	for (size_t i = 0; i < count; i++)
		if (deadline_day(work, others[i].starts) == day)
			return true;
	return false;
}

static int64_t days_in_row(const struct work *work, const struct shift *shift, const struct times *others, size_t count)
{
	int64_t first = deadline_day(work, shift->starts), last = first;
	while (serves_on(work, others, count, first - 1))
		first--;
	while (serves_on(work, others, count, last + 1))
		last++;
	return last - first + 1;
}

/* The most nights within any seven days that hold this one. */
static int64_t nights_in_week(const struct work *work, const struct shift *shift, const struct times *others, size_t count)
{
	int64_t day = deadline_day(work, shift->starts), most = 0;
	for (int64_t from = day - 6; from <= day; from++) {
		int64_t nights = 1;
		for (size_t i = 0; i < count; i++) {
			int64_t other = deadline_day(work, others[i].starts);
			nights += other >= from && other < from + 7 && is_night(work, others[i]);
		}
		most = nights > most ? nights : most;
	}
	return most;
}

static enum status check_rest(struct work *work, const struct shift *shift, const struct times *others, size_t count)
{
	int64_t hours = settings_number(work, "shift_rest_hours"), row = settings_number(work, "shift_days_in_row");
	int64_t nights = settings_number(work, "shift_nights_week"), rest = hours * HOUR_MS;
	for (size_t i = 0; i < count; i++)
		if (shift->starts < others[i].ends + rest && others[i].starts < shift->ends + rest)
			return fail(work, BAD_FIELD, "starts",
				"leaves less than %lld hours of rest to another shift|与另一班次间隔不足 %lld 小时", (long long)hours);
	int64_t in_row = days_in_row(work, shift, others, count);
	if (in_row > row)
		return fail(work, BAD_FIELD, "starts", "makes %lld days in a row; %lld are allowed|将连续当班 %lld 天，最多 %lld 天",
			(long long)in_row, (long long)row);
	struct times own = {shift->starts, shift->ends};
	int64_t in_week = is_night(work, own) ? nights_in_week(work, shift, others, count) : 0;
	if (in_week > nights)
		return fail(work, BAD_FIELD, "starts",
			"makes %lld nights within seven days; %lld are allowed|七天内将有 %lld 个夜班，最多 %lld 个", (long long)in_week,
			(long long)nights);
	return OK;
}

enum status shift_rest(struct work *work, struct shift *shift)
{
	struct times *others = NULL;
	size_t count = read_others(work, shift, &others);
	/* nobody stands at two posts at once, whoever allows it */
	for (size_t i = 0; i < count; i++)
		if (shift->starts < others[i].ends && others[i].starts < shift->ends)
			return fail(work, BAD_FIELD, "starts", "overlaps another shift of this person|与该人员的另一班次重叠");
	if (!GIVEN(shift, shift, over)) {
		SET(shift, shift, over_by, value_null());
		return check_rest(work, shift, others, count);
	}
	SET(shift, shift, over_by, V(work->who->name));
	return OK;
}
