/* Deadlines on the working calendar: the State Council's, and before it the days that an administrator edited. */
#pragma once

#include "base/calendar.h"

#define DEF "app/holiday.def"
#include "record/struct.h"

/* The days that were edited, in order; in the arena. Needs work->db. */
struct calendar deadline_calendar(struct work *work);
/* The moment at which `amount` of `unit` ("hour", "working_day", "day") from the stamp `from` have passed. Hours run around the clock; days and
 * working days count from the day after and end with the last millisecond of the due day, in the incident's zone (facts.md 4.8). A day that is
 * edited later does not move a deadline that was set. */
int64_t deadline_after(struct work *work, int64_t from, int64_t amount, const char *unit);
/* The moment at which so many hours of working time (setting work_hours, on working days) have passed. */
int64_t deadline_working(struct work *work, int64_t from, int64_t hours);
/* The last millisecond of a day, in the incident's zone. */
int64_t deadline_end(const struct work *work, int64_t day);
/* The day of a stamp, in the incident's zone. */
int64_t deadline_day(const struct work *work, int64_t stamp);
