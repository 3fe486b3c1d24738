/* Needs: raised, handed on, worked on, solved, confirmed. */
#pragma once

#include "record/rows.h"

#define DEF "app/need.def"
#include "record/struct.h"

/* The rules of its steps (need_steps.c). */
enum status need_assign(struct work *work, const struct row *old, struct row *row);
enum status need_take(struct work *work, const struct row *old, struct row *row);
enum status need_lead_only(struct work *work, const struct row *old, struct row *row);
enum status need_bounce(struct work *work, const struct row *old, struct row *row);
enum status need_ask_extension(struct work *work, const struct row *old, struct row *row);
enum status need_grant_extension(struct work *work, const struct row *old, struct row *row);
enum status need_refuse_extension(struct work *work, const struct row *old, struct row *row);
enum status need_order(struct work *work, const struct row *old, struct row *row);
enum status need_resolve(struct work *work, const struct row *old, struct row *row);
enum status need_confirm(struct work *work, const struct row *old, struct row *row);
enum status need_reopen(struct work *work, const struct row *old, struct row *row);
enum status need_relieve(struct work *work, const struct row *old, struct row *row);
enum status need_take_over(struct work *work, const struct row *old, struct row *row);

/* Whether it is resolved or confirmed. */
bool need_is_solved(const struct need *need);
/* The body of a user; no id where there is none. */
struct id need_org_of(struct work *work, struct id user);
/* Whether work->who acts for the lead body, or hands needs on here. */
bool need_is_lead(struct work *work, const struct need *need);
/* Sets the deadline of its class, counted from the moment it was raised: the overall clock never restarts. */
enum status need_set_due(struct work *work, struct need *need);
/* The first day at whose end a deadline has passed. */
int64_t need_late_day(const struct work *work, int64_t due_at);

/* Writes to everyone concerned what a change was (need_tell.c). `old` NULL: it was raised. Inside store_write. */
void need_tell(struct work *work, const struct need *old, const struct need *need);
/* Those told of every step: who heard it first, the lead body, the site. */
struct notice_to need_concerned(struct work *work, const struct need *need);

/* Offers every need that a user follows, and that is not confirmed, to whoever succeeds them: the first signature of a relief, given by work->who.
 * Needs that the successor does not reach are left; they wait for whoever hands needs on. Inside store_write. */
enum status need_pass_on(struct work *work, struct id user, struct id successor);
/* Hands one need that nobody leads to the back-stop of its area; OK also where there is none. Inside store_write. */
enum status need_backstop(struct work *work, struct id id);
/* Counts a wrong code against a need: ten of them lock it for a quarter of an hour. Inside store_write. */
void need_code_tried(struct work *work, const char *number, bool right);
bool need_code_locked(struct work *work, const char *number);
/* The need of a number with its code, as whoever raised it follows it; NULL where number or code is wrong. Needs work->db. */
const struct need *need_followed(struct work *work, const char *number, const char *code);
