/* What the parts of the dispatch plan share. */
#pragma once

#include "app/dispatch.h"

enum { DISPATCH_LEADER = 80 }; /* points for the first leader of a post that nobody leads */
#define DISPATCH_BARRED INT16_MIN

/* How well each goes with each: fits[person * post_count + post], DISPATCH_BARRED where that was ruled out by hand. */
struct dispatch_table {
	const int16_t *fits;
	int32_t *seats; /* of each post, those that are left */
};

/* Seats everybody who is not locked: the whole at once up to setting dispatch_pairs, beyond that split by area, with the gap to the bound in dispatch->gap (dispatch_parts.c). */
enum status dispatch_seat(struct work *work, struct dispatch *dispatch, const struct dispatch_table *table);
