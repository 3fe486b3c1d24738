/* Electricity as a second witness of resumption (facts.md 2.5): never in place of what firms tell. */
#pragma once

#include "record/rows.h"

#define DEF "app/meter.def"
#include "record/struct.h"
#define DEF "app/meter_day.def"
#include "record/struct.h"

/* The electricity index in hundredths: the share of firms working times one weight and the share of the mean day used times the other, both in percent
 * (settings power_weight_firms and power_weight_used); -1 where nothing was read. */
int64_t meter_index(struct work *work, int64_t running, int64_t read, int64_t used, int64_t base);

/* A site whose told state and meter disagree on a day. */
struct meter_differ {
	const struct meter_day *meter;
	const struct row *site; /* as of the day */
};
/* Those within work->who's reach below `path`, by the id of their row: at most `limit` behind `after`. *next is the cursor of the page behind; none: no more. Needs work->db. */
size_t meter_differs(
	struct work *work, const char *path, int64_t day, struct id after, size_t limit, struct meter_differ **list, struct id *next);
