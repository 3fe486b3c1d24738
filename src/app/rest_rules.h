/* The rules of rest between the shifts of one person, over times alone: whoever writes a shift and whoever proposes a roster ask the same function. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct rest_rules {
	int64_t hours; /* of rest between two shifts */
	int64_t row; /* days in a row on which one may serve */
	int64_t nights; /* within any seven days */
	int zone; /* minutes east of UTC: where days and nights are told */
};

/* From a stamp until another. A shift that goes beyond midnight is one of the day on which it begins. */
struct rest_times {
	int64_t starts, ends;
};

enum rest_breach { REST_KEPT, REST_OVERLAP, REST_HOURS, REST_ROW, REST_NIGHTS, REST_BREACHES };
struct rest_finding {
	enum rest_breach breach;
	int64_t found, allowed; /* REST_ROW days, REST_NIGHTS nights; REST_HOURS: allowed alone, the hours that there must be */
};

/* How a shift stands beside the person's `others` (in any order; those of the same hours that it replaces must not be among them): the first rule that it breaks. As each
 * rule is kept by a set of shifts where it is kept for each of them, a roster built shift by shift keeps them all. No writes, no store. */
struct rest_finding rest_check(const struct rest_rules *rules, struct rest_times shift, const struct rest_times *others, size_t count);
/* Some hour of it lies between 23:00 and 6:00. */
bool rest_night(const struct rest_rules *rules, struct rest_times shift);
/* The day of the shift, and the days in a row with shifts that the day lies in, itself counted whether or not a shift begins on it. */
int64_t rest_day(const struct rest_rules *rules, struct rest_times shift);
int64_t rest_in_row(const struct rest_rules *rules, int64_t day, const struct rest_times *others, size_t count);
