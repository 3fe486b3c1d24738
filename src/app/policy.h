/* Policies 惠企政策: a benefit, its conditions, the days on which it holds. How they are judged stands in policy_judge.h. */
#pragma once

#include "record/rows.h"

#define DEF "app/policy.def"
#include "record/struct.h"

struct area;

/* The month that a policy looks at on a day: the one before, kept within the policy's own days. */
int64_t policy_month(const struct policy *policy, int64_t day);
/* Loads the examples that muster ships (data/policies) into an area as drafts, marked as examples, each once; tells how many are new. Inside store_write. */
enum status policy_ship(struct work *work, const struct area *area, bool publish, int64_t *made);
