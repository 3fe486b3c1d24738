/* Worrying health records told outside the daily round (a form, a sheet, another program): marked in their write, which goes beside others, and alarmed by the
 * timed work at once, those of a firm and day together. */
#pragma once

#include "app/health.h"

/* Marks a row that is worrying and of these days; what is told of days long gone alarms nobody. Inside store_write; twice is once. */
enum status health_mark(struct work *work, const struct health *health);
/* Whether any row is marked. Needs work->db. */
bool health_marks_any(struct work *work);
/* Takes a piece of the marks and alarms; *done counts the rows, 0 where none were left. Inside store_write. */
enum status health_marks_take(struct work *work, int64_t *done);
