/* Findings: what a check found wrong, until it is put right and rechecked. */
#pragma once

#define DEF "app/finding.def"
#include "record/struct.h"

struct check;
/* Brings the findings of a check in line with what it now says: each item that failed and was not put right on the spot has one, due by the item's days or
 * those of its severity; one that stands no longer is taken out, unless it was put right meanwhile. A check taken out takes all of them along.
 * Inside store_write, after the check is written. */
enum status finding_follow(struct work *work, const struct check *check);

/* Whoever follows it: who was named, else who found it. */
struct id finding_follower(struct work *work, const struct finding *finding);
/* Names somebody else, where they may read it, and tells both sides; whether they follow it now is left in *handed. Inside store_write. */
enum status finding_hand(struct work *work, struct id finding, struct id to, bool *handed);

enum finding_level { LEVEL_HERE, LEVEL_TO_TOWN, LEVEL_TO_COUNTY };
/* Who is to know on a day: overdue findings go up by themselves, or were raised by hand. Needs work->db. */
enum finding_level finding_level(struct work *work, const struct finding *finding, int64_t day);
