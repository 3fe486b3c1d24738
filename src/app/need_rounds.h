/* When a need was solved and reopened: each solving counts on its day, each reopening takes one away on its own day, so that a day that was
 * reported does not change behind its readers. */
#pragma once

#include "base/work.h"

struct round {
	int64_t solved; /* day */
	bool late; /* after the deadline as it then was */
	int64_t reopened; /* day; DAY_FAR: it stayed solved */
};
struct rounds {
	struct round *list;
	size_t count;
};

/* From and to the JSON that the row keeps: [{"solved":"2020-03-01","late":false,"reopened":"2020-03-03"}]; NULL is none. In the arena. */
struct rounds rounds_read(struct work *work, const char *text);
const char *rounds_print(struct work *work, struct rounds rounds);

/* Whether it is solved at the end of the day. */
bool rounds_solved(struct rounds rounds, int64_t day);
/* Solvings of the day less reopenings of the day; `in_time`: only of those that were in time. */
int64_t rounds_change(struct rounds rounds, int64_t day, bool in_time);
