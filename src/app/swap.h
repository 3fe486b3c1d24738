/* Swaps 换班: a shift offered to somebody else, taken, and where the setting wants it confirmed by a planner. */
#pragma once

#define DEF "app/swap.def"
#include "record/struct.h"

/* Of two shifts that a swap exchanges, the other one; none where there is none. */
struct id swap_other(struct work *work, struct id swap, struct id shift);
/* Inside store_write: ends a swap whose shift has begun, and tells who offered it. OK also where that is done already. */
enum status swap_expire(struct work *work, struct id id);
