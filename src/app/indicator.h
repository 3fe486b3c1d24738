/* Rates of two counts. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/json.h"

struct indicator {
	const char *name;
	const char *label;
	const char *over; /* measures */
	const char *under;
	const char *fine_over, *fine_under; /* the same counts in finer parts (by industry, owner, group); NULL: none */
	const char *doc;
	bool total; /* of flows: both counted from their beginning up to the day */
	int eve; /* 1: it tells of the day before, whose return is due on the day; else 0 */
};
extern const struct indicator indicators[];
extern const size_t indicator_count;

/* Adds "over", "under" and "rate"; the rate of nothing is null. */
void indicator_rate(struct json *json, int64_t over, int64_t under);
