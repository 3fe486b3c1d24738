/*
 * Working days and working hours. The State Council's calendar (npm chinese-days: days off and made-up working days) is
 * built in; administrators add edits of their own, which go before it; all else is Monday to Friday.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A day that differs from Monday to Friday. */
struct calendar_day {
	int32_t day; /* since 1970-01-01 */
	bool working;
};

/* The built-in table, in order of days, and the years it covers; written by setup/generate/calendar.mjs. */
extern const struct calendar_day calendar_table[];
extern const size_t calendar_table_count;
extern const int calendar_first_year, calendar_last_year;

/* Edits in order of days, each day once; the caller owns them. None: { NULL, 0 }. */
struct calendar {
	const struct calendar_day *edits;
	size_t count;
};

/* A part of a working day, in minutes from midnight: 540 to 720 is 09:00-12:00. */
struct calendar_window {
	int from, to;
};

/* Windows in order, apart from each other, the same on every working day. The caller owns them. */
struct calendar_hours {
	const struct calendar_window *windows;
	size_t count;
};

/* Whether the built-in table speaks for the year of `day`: where not, holidays are not known. */
bool calendar_known(int64_t day);

/* `calendar` may be NULL (no edits), here and below. */
bool calendar_working(const struct calendar *calendar, int64_t day);

/* The `count`th working day behind `day` (before it, where negative); `day` itself for 0. A time limit of 3 working days
 * from the day after receipt ends at the end of calendar_add_days(calendar, receipt, 3). */
int64_t calendar_add_days(const struct calendar *calendar, int64_t day, int64_t count);

/* Working days from `from` on and before `to`; 0 where `to` is not later. */
int64_t calendar_count_days(const struct calendar *calendar, int64_t from, int64_t to);

/*
 * Moments are milliseconds since 1970-01-01 00:00 on the clock of the incident's zone (a stamp and its offset): the caller
 * converts. The moment at which `minutes` of working time behind `moment` have passed; for 0 or less the first moment from
 * `moment` on that is working time. INT64_MAX where `hours` holds no time at all or no working day comes within ten years.
 */
int64_t calendar_add_minutes(const struct calendar *calendar, const struct calendar_hours *hours, int64_t moment, int64_t minutes);

/* Whole minutes of working time between two moments; 0 where `to` is not later. */
int64_t calendar_count_minutes(const struct calendar *calendar, const struct calendar_hours *hours, int64_t from, int64_t to);
