#include "app/rest_rules.h"

#include "base/clock.h"

enum { HOUR_MS = 3600000, NIGHT_FROM = 23, NIGHT_UNTIL = 6, WEEK = 7 };

int64_t rest_day(const struct rest_rules *rules, struct rest_times shift)
{
	return stamp_day(shift.starts, rules->zone);
}

bool rest_night(const struct rest_rules *rules, struct rest_times shift)
{
	int64_t dawn = day_stamp(rest_day(rules, shift), rules->zone) + NIGHT_UNTIL * (int64_t)HOUR_MS;
	int64_t dusk = dawn + (NIGHT_FROM - NIGHT_UNTIL) * (int64_t)HOUR_MS;
	return shift.starts < dawn || shift.ends > dusk;
}

static bool serves_on(const struct rest_rules *rules, int64_t day, const struct rest_times *others, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (rest_day(rules, others[i]) == day)
			return true;
	return false;
}

int64_t rest_in_row(const struct rest_rules *rules, int64_t day, const struct rest_times *others, size_t count)
{
	int64_t first = day, last = day;
	while (serves_on(rules, first - 1, others, count))
		first--;
	while (serves_on(rules, last + 1, others, count))
		last++;
	return last - first + 1;
}

/* The most nights within any seven days that hold this one. */
static int64_t nights_in_week(const struct rest_rules *rules, int64_t day, const struct rest_times *others, size_t count)
{
	int64_t most = 0;
	for (int64_t from = day - WEEK + 1; from <= day; from++) {
		int64_t nights = 1;
		for (size_t i = 0; i < count; i++) {
			int64_t other = rest_day(rules, others[i]);
			nights += other >= from && other < from + WEEK && rest_night(rules, others[i]);
		}
		most = nights > most ? nights : most;
	}
	return most;
}

struct rest_finding rest_check(const struct rest_rules *rules, struct rest_times shift, const struct rest_times *others, size_t count)
{
	int64_t rest = rules->hours * HOUR_MS, day = rest_day(rules, shift);
	bool close = false;
	for (size_t i = 0; i < count; i++) {
		if (shift.starts < others[i].ends && others[i].starts < shift.ends)
			return (struct rest_finding){.breach = REST_OVERLAP};
		close = close || (shift.starts < others[i].ends + rest && others[i].starts < shift.ends + rest);
	}
	if (close)
		return (struct rest_finding){.breach = REST_HOURS, .allowed = rules->hours};
	int64_t run = rest_in_row(rules, day, others, count);
	if (run > rules->row)
		return (struct rest_finding){.breach = REST_ROW, .found = run, .allowed = rules->row};
	int64_t nights = rest_night(rules, shift) ? nights_in_week(rules, day, others, count) : 0;
	if (nights > rules->nights)
		return (struct rest_finding){.breach = REST_NIGHTS, .found = nights, .allowed = rules->nights};
	return (struct rest_finding){.breach = REST_KEPT};
}
