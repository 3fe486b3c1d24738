/* When a whole subtree of areas comes to stand elsewhere: its counts, and the paths of all rows in it, without touching the rows one by one. */
#pragma once

#include "record/tally.h"

/* Moves the counts of an area from the ancestors that it had, by day, to those that it has now. What is counted in the area itself and below it stays; `old` and
 * `now` are its paths by day, the first one from -DAY_FAR. */
void shift_counts(struct work *work, int64_t area, const struct stand *old, size_t old_count, const struct stand *now, size_t now_count);

/* Rows of every record whose path begins with `old` get `now` there instead, the search index too; `home` stays. All but the row `except` (none: all). */
void shift_paths(struct work *work, const char *old, const char *now, struct id except);

/* The path on a day of paths by day. */
const char *stand_on(const struct stand *stands, size_t count, int64_t day);
