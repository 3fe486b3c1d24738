/* The round's row of a staff file and a day, for what is said of a worker beside the round (a test, a record of its own): so that no two rows of a day contradict each other, and one tap does not say
 * that somebody is well of whom it is known otherwise. */
#pragma once

#include "app/health.h"
#include "app/staff.h"

/* The row as it stands, else NULL. */
const struct health *health_row(struct work *work, struct id staff, int64_t day);
/* A new one, of which nothing is told yet. */
struct health *health_row_new(struct work *work, const struct staff *staff, int64_t day);
/* One that was taken out stands again, with nothing told: its id is the only one. Inside store_write. */
const struct row *health_row_restore(struct work *work, const struct row *gone);
/* A copy of it to be changed, *old what is stored; or a new row, *old NULL. Inside store_write. */
struct health *health_row_draft(struct work *work, const struct staff *staff, int64_t day, const struct row **old);
/* Writes the draft, where anything in it changed. Inside store_write. */
enum status health_row_keep(struct work *work, const struct row *old, struct health *health);
/* Whether anything but when it was said has changed: the same word again is no news. */
bool health_row_same(const struct row *old, const struct row *row);
/* Notes how it was told, unless what stands there says more: one by one says most. */
void health_row_way(struct health *health, const char *way);

/* A result is about to be put into the row: with a positive one the staff file is kept apart from that day on, with one taken back it is as before. The draft comes after. Inside store_write. */
enum status health_row_result(struct work *work, struct id staff, int64_t day, const char *result);
/* The same of a row that was changed by hand. Inside store_write. */
enum status health_row_follow(struct work *work, const struct health *old, const struct health *health);
/* A health record of a person who has a staff file at its site on its day goes into the round's row: what is more worrying stands. Put right later, it is followed where nobody else has said more
 * since. Inside store_write. */
enum status health_row_take(struct work *work, const struct health *record);

/* --- what batches of tests have told, each by its id (health_test.c) */

/* The result that a batch told; NULL: none. */
const char *health_test_of(struct work *work, const struct health *health, struct id batch);
/* Takes what a batch tells now; the row's result is the most worrying of all batches, or positive where somebody has told that beside them. */
void health_test_put(struct work *work, struct health *health, struct id batch, const char *result);
/* The most worrying of all batches; NULL: none has told any. */
const char *health_tested(struct work *work, const struct health *health);
