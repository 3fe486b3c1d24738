/* Gates of a firm: what came through, what was disinfected, who stood there. */
#pragma once

#include "record/rows.h"

#define DEF "app/gate_entry.def"
#include "record/struct.h"
#define DEF "app/gate_watch.def"
#include "record/struct.h"

/* What was entered at the gates of a firm on a day; those turned away count apart. */
struct gate_sums {
	int64_t visitors, vehicles, goods, rounds, turned_away; /* visitors: people; the others: entries */
};
struct gate_sums gate_sums(struct work *work, struct id site, int64_t day);
