/* Plans of sites 一企一策 and key projects 重点项目: told of every day, with milestones, what blocks them, and capacity lines. */
#pragma once

#include "record/rows.h"

#define DEF "app/plan.def"
#include "record/struct.h"
#define DEF "app/milestone.def"
#include "record/struct.h"
#define DEF "app/plan_day.def"
#include "record/struct.h"
#define DEF "app/blocker.def"
#include "record/struct.h"
#define DEF "app/line.def"
#include "record/struct.h"

/* Whether the plan runs on a day: a line is due of it then. */
bool plan_runs(const struct plan *plan, int64_t day);
/* The line of a plan on a day; NULL where it is missing. */
const struct plan_day *plan_told(struct work *work, struct id plan, int64_t day);
/* The last line of a plan before a day; NULL: none. */
const struct plan_day *plan_before(struct work *work, struct id plan, int64_t day);
/* "Unchanged": the line of the day says what the last one before it said. OK also where there is a line already; BAD_STATE where there is nothing to
 * repeat. Inside store_write. */
enum status plan_repeat(struct work *work, struct id plan, int64_t day);
/* Days after its end, or after its first milestone that is due and not done, whichever are more; 0: in time. */
int64_t plan_late(struct work *work, const struct plan *plan, int64_t day);
