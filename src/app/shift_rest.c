#include "app/leave.h"
#include "app/settings.h"
#include "app/shift.h"
#include "app/swap.h"
#include "base/clock.h"
#include "record/rows.h"

struct rest_rules shift_rules(struct work *work)
{
	return (struct rest_rules){.hours = settings_number(work, "shift_rest_hours"),
		.row = settings_number(work, "shift_days_in_row"),
		.nights = settings_number(work, "shift_nights_week"),
		.zone = work->store->zone};
}

size_t shift_times(
	struct work *work, struct id person, int64_t from, int64_t until, struct id but, struct id but_too, struct rest_times **times)
{
	size_t count = 0, space = 0;
	struct query *query = db_query(work->db,
		"SELECT id, starts, ends FROM shifts WHERE person = ? AND voided_at IS NULL AND state <> 'missed' AND starts > ? AND starts < ? ORDER BY starts",
		BIND(V(person), V(from - SHIFT_NEAR_DAYS * DAY_MS), V(until + SHIFT_NEAR_DAYS * DAY_MS)));
	*times = NULL;
	while (db_next(query)) {
		struct id id = db_id(query, 0);
		if (!id_same(id, but) && !id_same(id, but_too))
			*ARENA_PUSH(work->arena, *times, count, space) = (struct rest_times){db_whole(query, 1), db_whole(query, 2)};
	}
	return count;
}

enum status shift_say(struct work *work, struct rest_finding finding)
{
	long long found = (long long)finding.found, allowed = (long long)finding.allowed;
	switch (finding.breach) {
	case REST_OVERLAP: return fail(work, BAD_FIELD, "starts", "overlaps another shift of this person|与该人员的另一班次重叠");
	case REST_HOURS:
		return fail(work, BAD_FIELD, "starts", "leaves less than %lld hours of rest to another shift|与另一班次间隔不足 %lld 小时",
			allowed);
	case REST_ROW:
		return fail(work, BAD_FIELD, "starts", "makes %lld days in a row; %lld are allowed|将连续当班 %lld 天，最多 %lld 天", found,
			allowed);
	case REST_NIGHTS:
		return fail(work, BAD_FIELD, "starts",
			"makes %lld nights within seven days; %lld are allowed|七天内将有 %lld 个夜班，最多 %lld 个", found, allowed);
	default: return OK;
	}
}

enum status shift_rest(struct work *work, struct shift *shift)
{
	struct rest_rules rules = shift_rules(work);
	struct rest_times own = {shift->starts, shift->ends}, *others;
	size_t count = shift_times(
		work, shift->person, shift->starts, shift->starts, shift->row.id, swap_other(work, shift->swap, shift->row.id), &others);
	struct rest_finding finding = rest_check(&rules, own, others, count);
	/* nobody stands at two posts at once, whoever allows it; a reason is kept where there is a rule that it sets aside */
	/* blanks are no reason */
	if (GIVEN(shift, shift, over) && !*text_trim(work->arena, shift->over))
		SET(shift, shift, over, value_null());
	bool away = leave_holds(work, shift->person, stamp_day(shift->starts, rules.zone), stamp_day(shift->ends - 1, rules.zone));
	bool aside = (away || finding.breach != REST_KEPT) && finding.breach != REST_OVERLAP && GIVEN(shift, shift, over);
	SET(shift, shift, over_by, aside ? V(work->who->name) : value_null());
	if (!away && finding.breach == REST_KEPT)
		SET(shift, shift, over, value_null());
	if (aside)
		return OK;
	if (away)
		fail(work, BAD_FIELD, "person", "is on leave on some of these days|在此期间请假");
	if (shift_say(work, finding) == OK && !away)
		return OK;
	return finding.breach == REST_OVERLAP
		? work->status
		: fail(work, BAD_FIELD, "over",
			  "Only with a reason, kept with your name, is this rule set aside|如确需突破，请填写理由，并留存您的姓名");
}
