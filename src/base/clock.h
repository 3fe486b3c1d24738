/* Time. A stamp is milliseconds since 1970 in UTC; a day is days since 1970-01-01 in the zone of the incident. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

enum { STAMP_TEXT = 25, DAY_TEXT = 11 };
#define DAY_FAR INT64_C(2932896) /* 9999-12-31: no end */
#define DAY_MS INT64_C(86400000)

/* The stamp of this moment. MUSTER_NOW (a stamp's text) moves the clock of the whole program, for tests and replays; it then runs on from there. */
int64_t clock_now(void);
/* The same, with the part of the millisecond that has gone by, in parts of 4096. */
int64_t clock_now_fine(unsigned *part);
/* Microseconds of a clock that only runs forward, of no known beginning. */
int64_t clock_steady(void);
/* Sets the clock for this program run; it runs on from `stamp`. Only replays and tests call it. */
void clock_set(int64_t stamp);

/* "2020-03-05" and back; false where the text is no day of years 1900 to 9999. */
bool day_parse(const char *text, int64_t *day);
char *day_print(int64_t day, char text[DAY_TEXT]);
/* "2020-03-05T04:00:00.000Z" and back; parse also takes an offset such as +08:00 and no fraction. */
bool stamp_parse(const char *text, int64_t *stamp);
char *stamp_print(int64_t stamp, char text[STAMP_TEXT]);

/* Days from civil date and back (proleptic Gregorian; H. Hinnant's algorithm). */
int64_t day_of(int year, int month, int day);
void day_split(int64_t day, int *year, int *month, int *day_of_month);
/* The first day of the month that holds `day`. */
int64_t day_month(int64_t day);

/* The day of a stamp `offset` minutes east of UTC, and the stamp at which a day begins there. */
int64_t stamp_day(int64_t stamp, int offset);
int64_t day_stamp(int64_t day, int offset);
