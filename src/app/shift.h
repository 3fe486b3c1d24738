/* Shifts 班次: who stands at a post from when until when, whether they came, and the rest between. */
#pragma once

#define DEF "app/shift.def"
#include "record/struct.h"

/*
 * Refuses a shift that breaks a rule of rest, saying which and with what, unless `over` says why it is set aside (then the name of whoever does so is kept).
 * The rules are settings: shift_rest_hours between two shifts (11: directive 2003/88/EC, article 3), shift_days_in_row (6: Labour Law of the People's Republic
 * of China, article 38), shift_nights_week within any seven days; a night is a shift that takes in an hour between 23:00 and 6:00.
 */
enum status shift_rest(struct work *work, struct shift *shift);
