/* Shifts 班次: who stands at a post from when until when, whether they came, and the rest between. */
#pragma once

#include "app/rest_rules.h"
#define DEF "app/shift.def"
#include "record/struct.h"

enum { SHIFT_NEAR_DAYS = 40 }; /* no run of days and no week of nights reaches farther */

/* How long before its beginning one may check in. */
#define SHIFT_EARLY_MS (INT64_C(2) * 3600000)

/* Whole hours from check-in to check-out (stamps), rounded to the nearest. */
int64_t shift_hours(int64_t came, int64_t gone);
/* The rules as the settings have them. */
struct rest_rules shift_rules(struct work *work);
/* The shifts of a person that begin from 40 days before `from` to 40 days after `until`, at whichever post, but those two (no id: none) and those that were missed. In the arena. */
size_t shift_times(
	struct work *work, struct id person, int64_t from, int64_t until, struct id but, struct id but_too, struct rest_times **times);
/* BAD_FIELD in the words of the rule that is broken; OK where none is. */
enum status shift_say(struct work *work, struct rest_finding finding);

/*
 * Refuses a shift that breaks a rule of rest, saying which and with what, unless `over` says why it is set aside (then the name of whoever does so is kept; where no rule is broken, nothing is).
 * The rules are settings: shift_rest_hours between two shifts (11: directive 2003/88/EC, article 3), shift_days_in_row (6: Labour Law of the People's Republic
 * of China, article 38), shift_nights_week within any seven days; a night is a shift that takes in an hour between 23:00 and 6:00.
 */
enum status shift_rest(struct work *work, struct shift *shift);
