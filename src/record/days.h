/* Fields with a value from a day on. A row keeps the values as of today in its columns; where they were or will be different, `days` holds every
 * value of the field by the day from which it holds: {"status":{"2020-02-10":"stopped","2020-03-01":"resumed"}}. */
#pragma once

#include "record/record.h"

bool days_any(const struct record *record); /* whether it has a dated field */

/* From `from` on, up to and with `until` (DAY_FAR: until the next value that is already known), the field has this value. Values known for later
 * days stay; with `until`, what was valid the day after it is valid again. A day before `since` moves `since` there. Sets the field to its value as of today. */
void days_put(struct work *work, struct row *row, const struct field *field, int64_t from, int64_t until, struct value value);

/* The row as it was on a day: a copy with its dated fields as of then. Before `since` they are as on `since`. */
const struct row *row_as_of(struct work *work, const struct row *row, int64_t day);

/* Adds `since` and every day on which a dated field changes. */
void days_breaks(struct work *work, const struct row *row, struct breaks *breaks);

/* Sets the dated fields to their values as of today, and next_day. */
void days_roll(struct work *work, struct row *row);
