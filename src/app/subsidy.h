/* Subsidies 补助 by days served. A day counts once for a person, at the post with the highest rate; until the first shift of a post the days of its assignments count, from
 * then on the days of shifts that were checked into. Only days that are over count. The rate is that of the kind of post, else the setting subsidy_day. */
#pragma once

#include "base/work.h"
#define DEF "app/subsidy.def"
#include "record/struct.h"

enum { SUBSIDY_MOST = 20000 }; /* assignments looked at in one go */

struct area;

/* What computing did, and what then stands proposed for the area and month. */
struct subsidy_sums {
	int64_t made, changed, kept, dropped;
	int64_t people, days, fen;
};

/* "2020-02": its first and its last day; false where it is no month. */
bool subsidy_month(const char *text, int64_t *first, int64_t *last);
/* Proposes, for everyone who served in the area, what the month (its text) owes them; puts right what was proposed before and takes out what is owed no longer. What was decided
 * stays, and the days that it counts are not counted again; so do days that rows of posts elsewhere count. BAD_STATE where no rate is set, TOO_LARGE beyond SUBSIDY_MOST. Inside store_write; the caller has
 * checked the right. */
enum status subsidy_compute(struct work *work, const struct area *area, const char *month, struct subsidy_sums *sums);
