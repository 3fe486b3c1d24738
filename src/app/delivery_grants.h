/* Which policies the ledger says were granted to sites: what a condition "was not granted" looks at. */
#pragma once

#include "record/rows.h"

struct delivery_grant {
	struct id site;
	const char *codes; /* code and id of each, by commas */
};
struct delivery_grants {
	struct delivery_grant *list;
	size_t count, space, at;
};

/* Of one site, or (no id) of all below a path, in the order of sites. In the arena. Needs work->db. */
void delivery_grants_read(struct work *work, struct id site, const char *path, struct delivery_grants *grants);
/* Those of a site; sites are asked for in order. NULL: none. */
const char *delivery_grants_of(struct delivery_grants *grants, struct id site);
