/* What a leave cut: assignments, planned shifts, links; and what the person leads and others are to go on with. Kept in the leave as JSON. */
#pragma once

#include "app/leave.h"

enum cut_what { CUT_ASSIGNMENT, CUT_SHIFT, CUT_LINK, CUT_NEED, CUT_FINDING, CUT_KINDS };
/* CUT_OPEN: cut, and not given back; CUT_HANDED: it went to the successor at once. */
enum cut_state { CUT_OPEN, CUT_HANDED, CUT_BACK, CUT_LOST, CUT_STATES };

struct cut {
	enum cut_what what;
	enum cut_state state;
	struct id row; /* that was cut; of a need or finding: itself */
	struct id at; /* the post or site; a need's site may be none */
	struct id org, user; /* of an assignment; of a link of somebody with an account */
	const char *level; /* of a link */
	bool lead; /* of an assignment */
	int64_t begins, ends; /* days, DAY_FAR: no end; of a shift: stamps */
	int64_t places; /* of a shift: how many stood there, this one counted */
	const char *why; /* CUT_LOST: why it was not given back */
};

extern const char *const cut_names[CUT_KINDS]; /* the records */
extern const char *const cut_states[CUT_STATES]; /* "open", … */
struct cuts {
	struct cut *list;
	size_t count, space;
};

/* What was cut, as the leave keeps it. In the arena. */
struct cuts cuts_read(struct work *work, const struct leave *leave);
/* The same as the leave keeps it. */
const char *cuts_print(struct work *work, const struct cuts *cuts);
/* How many stand at the post of a cut shift in its hours, those who did not come not counted. */
int64_t cut_shifts_there(struct work *work, const struct cut *cut);
/* Whether its place is still empty: a shift with room, a post that lacks people on `day`, a site that nobody else answers for at the level. Needs and findings: whether they are still with
 * the person. */
bool cut_free(struct work *work, const struct leave *leave, const struct cut *cut, int64_t day);
