/* What a firm qualifies for, in sums: one row a firm, kept up by its deliveries and by matching. Its sums are no facts of their own: they have no history. */
#pragma once

#define DEF "app/policy_firm.def"
#include "record/struct.h"

/* The id of the row of a site: known without looking. */
struct id policy_firm_id(struct id site);
/* Adds the sums of the deliveries of a site again; makes the row where there is none. Inside store_write. */
enum status policy_firm_refresh(struct work *work, struct id site);
/* Which facts ("English|中文" each) keep a policy from being judged for a site; none: it was judged. Inside store_write. */
enum status policy_firm_gap(struct work *work, struct id policy, struct id site, const char *const *facts, size_t count);
/* Whether a policy is kept waiting for facts of a site. Needs work->db. */
bool policy_firm_waits(struct work *work, struct id policy, struct id site);
/* Adds " AND site IN (…)": sites that work->who answers for today; the view "mine" of a record with sites. */
const char *policy_firm_mine(struct work *work, struct sql *sql);
