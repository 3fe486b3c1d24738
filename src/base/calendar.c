#include "base/calendar.h"

#include "base/clock.h"

enum { MINUTE_MS = 60000, TEN_YEARS = 3653 };

bool calendar_known(int64_t day)
{
	int year, month, of_month;
	day_split(day, &year, &month, &of_month);
	return year >= calendar_first_year && year <= calendar_last_year;
}

static const struct calendar_day *find_day(const struct calendar_day *days, size_t count, int64_t day)
{
	size_t low = 0, high = count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (days[middle].day < day)
			low = middle + 1;
		else
			high = middle;
	}
	return low < count && days[low].day == day ? &days[low] : NULL;
}

bool calendar_working(const struct calendar *calendar, int64_t day)
{
	const struct calendar_day *known = calendar ? find_day(calendar->edits, calendar->count, day) : NULL;
	if (!known)
		known = find_day(calendar_table, calendar_table_count, day);
	if (known)
		return known->working;
	int64_t weekday = ((day + 3) % 7 + 7) % 7; /* 1970-01-01 was a Thursday; 0 is Monday */
	return weekday < 5;
}

int64_t calendar_add_days(const struct calendar *calendar, int64_t day, int64_t count)
{
	int64_t step = count < 0 ? -1 : 1;
	/* Edits might make every day a holiday: an end far away is better than none. */
	for (int64_t idle = 0; count != 0 && idle < TEN_YEARS; idle++) {
		day += step;
		if (calendar_working(calendar, day)) {
			count -= step;
			idle = 0;
		}
	}
	return day;
}

int64_t calendar_count_days(const struct calendar *calendar, int64_t from, int64_t to)
{
	int64_t count = 0;
	for (; from < to; from++)
		count += calendar_working(calendar, from);
	return count;
}

static int64_t day_of_moment(int64_t moment)
{
	return stamp_day(moment, 0);
}

/* Working time of `day` from `moment` on: passes windows until `left` milliseconds are used up. True: *moment is the end. */
static bool use_day(const struct calendar_hours *hours, int64_t day, int64_t *moment, int64_t *left)
{
	for (size_t i = 0; i < hours->count; i++) {
		int64_t from = day * DAY_MS + (int64_t)hours->windows[i].from * MINUTE_MS;
		int64_t to = day * DAY_MS + (int64_t)hours->windows[i].to * MINUTE_MS;
		from = from > *moment ? from : *moment;
		if (from >= to)
			continue;
		/* A limit that ends with the window ends there, not at the start of the next one; none left begins in it. */
		if (*left <= to - from) {
			*moment = from + *left;
			return true;
		}
		*left -= to - from;
		*moment = to;
	}
	return false;
}

int64_t calendar_add_minutes(const struct calendar *calendar, const struct calendar_hours *hours, int64_t moment, int64_t minutes)
{
	int64_t left = minutes > 0 ? minutes * MINUTE_MS : 0, before = left, day = day_of_moment(moment);
	for (int64_t idle = 0; idle < TEN_YEARS; idle++, day++) {
		if (!calendar_working(calendar, day))
			continue;
		if (use_day(hours, day, &moment, &left))
			return moment;
		if (left < before)
			idle = 0;
		before = left;
	}
	return INT64_MAX;
}

int64_t calendar_count_minutes(const struct calendar *calendar, const struct calendar_hours *hours, int64_t from, int64_t to)
{
	int64_t sum = 0;
	for (int64_t day = day_of_moment(from); day * DAY_MS < to; day++) {
		if (!calendar_working(calendar, day))
			continue;
		for (size_t i = 0; i < hours->count; i++) {
			int64_t begin = day * DAY_MS + (int64_t)hours->windows[i].from * MINUTE_MS;
			int64_t end = day * DAY_MS + (int64_t)hours->windows[i].to * MINUTE_MS;
			begin = begin > from ? begin : from;
			end = end < to ? end : to;
			sum += end > begin ? end - begin : 0;
		}
	}
	return sum / MINUTE_MS;
}
