/* Rows that depend on another: those that follow it to its place (the checks of a site), and the subject that a row is counted for (the site of a link). */
#pragma once

#include "record/rows.h"

/* Whether the change from `old` to `row` may change what the rows that follow it count for. */
bool follow_needed(const struct row *old, const struct row *row);
/* Whether rows of other records follow those of this one. */
bool follow_led(const struct record *leader);
/* Counting around a write: `follow_begin` takes away what a row counts for and returns true; `follow_end` adds what it counts for as the store then
 * has it. A write within the write finds the row begun already, gets false, and leaves it to the outer one. NULL rows are nobody's: false. */
bool follow_begin(struct work *work, const struct row *row);
/* As follow_begin, for a row that is just being made and counted for nothing before. */
void follow_new(struct work *work, struct id id);
void follow_end(struct work *work, const struct record *record, struct id id);
/* As follow_end, for a row that is in the store as it is in memory. */
void follow_settled(struct work *work, const struct row *row);
/* The same for all rows that follow this one. */
struct followers {
	const struct row **rows;
	size_t count, space;
};
void followers_begin(struct work *work, const struct row *row, struct followers *followers);
/* The same for the rows whose measures this one changes: its subject, and what it touches. Several calls may gather in one list. */
/* Whether a row's counts are taken away just now, until the write around it is done. */
bool follow_counting(const struct work *work, struct id id);
void subjects_begin(struct work *work, const struct row *row, struct followers *subjects);
void followers_end(struct work *work, const struct followers *followers);
/* Brings the paths of all rows that follow this one up to its own. */
void follow_path(struct work *work, const struct row *row);
