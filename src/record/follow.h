/* Rows that depend on another: those that follow it to its place (the checks of a site), and the subject that a row is counted for (the site of a link). */
#pragma once

#include "record/rows.h"

/* The other row whose measures this one changes, as the store now has it; NULL where there is none. */
const struct row *follow_subject(struct work *work, const struct row *row);
/* Whether the change from `old` to `row` may change what the rows that follow it count for. */
bool follow_needed(const struct row *old, const struct row *row);
/* Takes away or adds the counts of all rows that follow this one. */
void follow_count(struct work *work, const struct row *row, int sign);
/* Brings the paths of all rows that follow this one up to its own. */
void follow_path(struct work *work, const struct row *row);
