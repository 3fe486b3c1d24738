/* Patrols: rounds of checks. */
#pragma once

#define DEF "app/round.def"
#include "record/struct.h"

struct round_left {
	struct id id;
	const char *name;
};
struct round_progress {
	int64_t planned; /* sites */
	int64_t done; /* of them, checked in this round */
	struct round_left *left; /* some of those not yet checked, by name */
	size_t left_count;
};

/* How far a round is; up to `most` of the sites that are left. In the arena. Needs work->db. */
struct round_progress round_progress(struct work *work, const struct round *round, int most);
/* Whether a round plans a site on a day. Needs work->db. */
bool round_holds(struct work *work, const struct round *round, struct id site, int64_t day);
