/* Sites for which policies may say something else than before: marked in the write that changed what decides (a fact of the site, its register), and only they. Whoever
 * keeps verdicts takes the marks and judges these sites anew; a policy that is published, ended or whose days begin or end concerns whole areas and makes no marks. */
#pragma once

#include "base/work.h"

struct row;

/* Marks one site. Inside store_write; twice is once. */
enum status policy_touched(struct work *work, struct id site);
/* Marks it where what decides policies is not the same in `row` as in `old` (NULL: a new site). */
enum status policy_touched_by(struct work *work, const struct row *old, const struct row *row);
/* Whether any site is marked. Needs work->db. */
bool policy_marks_any(struct work *work);
/* Whether this site is: what policies say of it is on its way. Needs work->db. */
bool policy_marked(struct work *work, struct id site);
/* Takes up to `most` marked sites, those marked first first; tells how many. Inside store_write. */
size_t policy_marks_take(struct work *work, struct id *sites, size_t most);
