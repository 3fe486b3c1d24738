/* Checks of sites. */
#pragma once

#define DEF "app/check.def"
#include "record/struct.h"

/* Whether an item, as a check now says, failed and was not put right on the spot. Needs work->db. */
bool check_stands(struct work *work, const struct check *check, const char *item);

struct inspector {
	struct id id;
	const char *name;
	const char *duty;
};
/* Users who may check a site, for naming them as inspectors: 200 at most. In the arena. Needs work->db. */
size_t check_inspectors(struct work *work, const struct row *site, struct inspector **inspectors);
