/* Matching: who qualifies for what. A policy that is published, changed or ended is held against every site of its area; a site of which something changed (policy_mark.h) is held alone against
 * every policy. What is to be judged waits in the store, so that a run that was cut off is done again by the next, on whichever server: judging twice changes nothing. */
#pragma once

#include "record/rows.h"

/* A policy was written (`old` NULL: made): what follows from it is put on the list. Inside store_write. */
void match_policy(struct work *work, const struct row *old, const struct row *row);
/* Puts it on the list whatever changed. Inside store_write. */
void match_again(struct work *work, struct id policy);
/* A site was marked: the timed work looks at once, not within the minute. Inside store_write. */
void match_marked(struct work *work);

/* How far the matching of a policy is. */
struct match_state {
	bool known, running; /* known: it was ever on the list */
	int64_t done, total, yes, missing;
	int64_t changed_at; /* a stamp */
};
struct match_state match_state(struct work *work, struct id policy);

/* Judges all that waits, unless the store ends; *done counts what was judged or lapsed. Outside a write, without a snapshot. */
enum status match_run(struct work *work, int64_t *done);
