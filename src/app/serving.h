/* Who serves, unit by unit, and who has gone long without a day of rest. */
#pragma once

#include "base/work.h"

enum { SERVING_DAYS = 30, SERVING_TIRED_MOST = 50 };

struct serving_unit {
	struct id org; /* none: those of no unit */
	const char *name; /* NULL: none */
	int64_t pledged; /* signed up until the day, not declined or withdrawn since */
	int64_t serving; /* assignments that hold on the day */
	int64_t party, leading; /* of those */
	int64_t shifts, hours; /* stood on the last SERVING_DAYS days; whole hours, each shift rounded */
	int64_t longest; /* the most days in a row that one of its people has stood until the day, or until the day before */
	struct id longest_person; /* that one; none */
	int64_t unknown; /* of those serving: at posts without a roster, so that nobody knows whether they rest */
};

struct serving_person {
	struct id person, org;
	int64_t days; /* in a row */
};

struct serving {
	int64_t day;
	const char *path; /* of the area that posts and people are asked for; everything below */
	/* filled: */
	int64_t allowed; /* days in a row that the rules of rest allow */
	struct serving_unit *units; /* most serving first */
	size_t unit_count;
	struct serving_person *tired; /* as many days as are allowed and more, the most first; SERVING_TIRED_MOST of them */
	size_t tired_count;
	int64_t tired_all;
	int64_t unknown, unknown_days; /* all that serve without a roster; the most days for which one of them has held the post */
};

/* Fills it with what the caller reaches by RIGHT_person_read. Inside a snapshot; lives in the arena of the work. */
void serving_read(struct work *work, struct serving *serving);
