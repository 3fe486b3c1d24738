/* Teams 突击队、专班, who belongs to them, which sites they look after, and what they did. */
#pragma once

#define DEF "app/team.def"
#include "record/struct.h"
#define DEF "app/team_member.def"
#include "record/struct.h"
#define DEF "app/team_site.def"
#include "record/struct.h"
#define DEF "app/deed.def"
#include "record/struct.h"

/* What was done in one unit. */
struct team_amount {
	const char *unit;
	int64_t amount;
};

struct team_sums {
	int64_t members, sites; /* on the day */
	int64_t shifts, hours; /* that members stood while they belonged to it; whole hours, each shift rounded as hours_served counts it */
	int64_t deeds;
	struct team_amount *amounts;
	size_t amount_count;
};

/* What a team did until and with a day. Needs a snapshot; lives in the arena of the work. */
struct team_sums team_sums(struct work *work, const struct team *team, int64_t day);
