/* Claims of posts 设岗认领: put up by a flag of the post, claimed by members themselves or by a planner for them, confirmed by whoever writes posts there, handed back with a reason. */
#pragma once

#include "record/rows.h"

#define DEF "app/claim.def"
#include "record/struct.h"

/* Adds " AND …" that keeps posts put up for claiming that still lack people on `day`, not held or claimed by the person. */
void claim_where_open(struct sql *sql, int64_t day, struct id person);
/* Whether the person may claim the post by oneself: put up, and in the county where the person is at home, or seen by right. */
bool claim_may(struct work *work, struct id person, const struct row *post);
/* Hands a claim back: ends its assignment today (one that has not begun is taken out); the open place is told of. `row` carries the reason. Inside store_write, as the rule of the step. */
enum status claim_hand_back(struct work *work, const struct row *old, struct row *row);
