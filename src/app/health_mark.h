/* Worrying health records told outside the daily round (a form, a sheet, another program): marked in their write, which goes beside others; the timed work puts what they say into the round's rows
 * at once, and alarms, those of a firm and day together. */
#pragma once

#include "app/health.h"

enum { HEALTH_MARKS_PIECE = 200 };

/* Marks a row that is worrying, or was until it was put right. Inside store_write; twice is once. */
enum status health_mark(struct work *work, const struct health *health);
/* Whether any row is marked. Needs work->db. */
bool health_marks_any(struct work *work);
/* Takes a piece of the marks: rounds say what they say, and what is of these days alarms; what is told of days long gone alarms nobody. *done counts the rows, 0 where none were left. Inside
 * store_write. */
enum status health_marks_take(struct work *work, int64_t *done);
/* Puts what waits of a firm and day into its round before that is told; it alarms later. Inside store_write. */
enum status health_marks_show(struct work *work, struct id site, int64_t day);
