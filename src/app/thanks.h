/* Thanks 致谢: who served longest, how long all did, which units sent them, who was honoured. */
#pragma once

#include "base/work.h"

enum { THANKS_PEOPLE = 30, THANKS_UNITS = 20, THANKS_HONOURS = 30 };

struct thanks_person {
	struct id id, org;
	int64_t days, hours;
};

struct thanks_unit {
	struct id org;
	int64_t people, days, hours;
};

struct thanks_honour {
	struct id id, person, org, post; /* to whom: one of these */
	const char *item;
	int64_t day;
};

struct thanks {
	int64_t people, days, hours, unit_count;
	struct thanks_person *longest; /* most days first */
	size_t longest_count;
	struct thanks_unit *units; /* most days first */
	size_t units_count;
	struct thanks_honour *honours; /* the latest first */
	size_t honour_count;
};

/* Below `path`, up to a day, within work->who's reach of posts. A day counts once for a person: until the first shift of a post by its assignments, from then on by shifts that
 * were come to. Days of today do not count before it is over. In the arena. */
struct thanks thanks_read(struct work *work, const char *path, int64_t day);
