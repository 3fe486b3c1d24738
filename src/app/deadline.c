#include "app/deadline.h"

#include "app/need_choices.h"
#include "app/rights.h"
#include "app/settings.h"
#include "app/slots.h"
#include "base/clock.h"
#include "record/store.h"

static enum status holiday_check(struct work *work, const struct row *old, struct row *row);

#define DEF "app/holiday.def"
#define HOOKS .check = holiday_check,
#include "record/table.h"

static enum status holiday_check(struct work *work, const struct row *old, struct row *row)
{
	const struct holiday *holiday = (const struct holiday *)row;
	row->path = choices_path(work);
	if (!old && db_get(work->db, 0, "SELECT 1 FROM holidays WHERE day = ? AND voided_at IS NULL", BIND(V(holiday->day))))
		return fail(work, BAD_FIELD, "day", "is edited already|该日期已调整过");
	return OK;
}

struct calendar deadline_calendar(struct work *work)
{
	struct calendar_day *edits = NULL;
	size_t count = 0, space = 0;
	struct query *query = db_query(work->db, "SELECT day, kind FROM holidays WHERE voided_at IS NULL ORDER BY day", NOTHING);
	while (db_next(query))
		*ARENA_PUSH(work->arena, edits, count, space) =
			(struct calendar_day){.day = (int32_t)db_whole(query, 0), .working = text_same(db_text(query, 1), "working")};
	return (struct calendar){.edits = edits, .count = count};
}

int64_t deadline_day(const struct work *work, int64_t stamp)
{
	return stamp_day(stamp, work->store->zone);
}

int64_t deadline_end(const struct work *work, int64_t day)
{
	return day_stamp(day + 1, work->store->zone) - 1;
}

int64_t deadline_after(struct work *work, int64_t from, int64_t amount, const char *unit)
{
	if (text_same(unit, "hour"))
		return from + amount * 3600 * 1000;
	int64_t day = deadline_day(work, from);
	if (text_same(unit, "day"))
		return deadline_end(work, day + amount);
	struct calendar calendar = deadline_calendar(work);
	return deadline_end(work, calendar_add_days(&calendar, day, amount));
}

/* The spans of a working day, in order; a setting that cannot be read leaves the usual ones. */
static struct calendar_hours working_hours(struct work *work)
{
	static const struct calendar_window usual[] = {{8 * 60 + 30, 12 * 60}, {14 * 60, 17 * 60 + 30}};
	struct slot *slots;
	size_t count = 0;
	bool read = slots_read(work, "work_hours", settings_value(work, "work_hours"), &slots, &count) == OK;
	if (!read)
		work_forgive(work);
	else if (count)
		slots_sort(slots, count);
	struct calendar_window *windows = arena_alloc(work->arena, (count + 1) * sizeof *windows);
	for (size_t i = 0; i < count && read; i++) {
		windows[i] = (struct calendar_window){slots[i].from, slots[i].until};
		read = slots[i].until <= DAY_MINUTES && (!i || windows[i - 1].to <= windows[i].from);
	}
	if (!read || !count)
		return (struct calendar_hours){usual, sizeof usual / sizeof *usual};
	return (struct calendar_hours){windows, count};
}

int64_t deadline_working(struct work *work, int64_t from, int64_t hours)
{
	enum { HOUR_MINUTES = 60 };
	struct calendar calendar = deadline_calendar(work);
	struct calendar_hours windows = working_hours(work);
	int64_t midnight = day_stamp(0, work->store->zone); /* of 1970-01-01 in the zone: what its clock is behind */
	int64_t end = calendar_add_minutes(&calendar, &windows, from - midnight, hours * HOUR_MINUTES);
	return end == INT64_MAX ? deadline_end(work, DAY_FAR - 1) : end + midnight;
}
