/* Who might take the place of somebody on leave: for each thing that was cut, the few who fit best, and why. A suggestion: nothing is written. */
#pragma once

#include "app/leave_cut.h"

enum { SUBSTITUTES_MOST = 5 };
enum { SUBSTITUTE_UNIT = 1, SUBSTITUTE_SKILL = 2, SUBSTITUTE_NEAR = 4, SUBSTITUTE_REST = 8, SUBSTITUTE_LOAD = 16 };

struct substitute {
	struct id id, org;
	bool user; /* it is an account: who answers for a site, who follows a need; else a person */
	int why; /* SUBSTITUTE_... bits: of the same unit, has the skill, near, rested as the rules ask, carries little */
	int64_t load; /* days served; hours of shifts within the week; sites answered for; needs followed */
	bool limited; /* there are limits to their health, which somebody looks at */
	int32_t points;
};

/* The best for what was cut, best first; their number. Only people whom work->who sees, who are not on leave then, and to whom no rule of the assignment, the shift (rest among them) or the link is against. `from`: the
 * day from which an assignment or a link would hold. Needs work->db. */
size_t substitutes_find(
	struct work *work, const struct leave *leave, const struct cut *cut, int64_t from, struct substitute best[SUBSTITUTES_MOST]);
