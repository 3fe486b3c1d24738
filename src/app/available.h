/* When somebody can serve 可服务时段, as people write it: "Mon-Fri 18:00-22:00; Sat,Sun 08:00-18:00" or "周一至周五 18:00-22:00；周末 08:00-18:00". A part without clocks is the whole day,
 * one without days every day; hours that end before they begin go on into the next day. */
#pragma once

#include "base/work.h"

enum { AVAILABLE_PARTS = 24, WEEK_MINUTES = 7 * 24 * 60 };

/* Minutes of the week from the midnight on which Monday begins; `until` may lie beyond its end. */
struct available {
	int from, until;
};

/* Reads it into *parts (in the arena), sorted, those that touch as one, the week's end going on into its beginning. BAD_FIELD of `field` says what cannot be read. An empty text has none:
 * nothing is known, and everything goes. */
enum status available_read(struct work *work, const char *field, const char *text, struct available **parts, size_t *count);
/* Whether the stamps from `starts` to `ends` lie within them; `zone`: minutes east of UTC. Where there are none, always. */
bool available_at(const struct available *parts, size_t count, int64_t starts, int64_t ends, int zone);
/* Whether minutes of a day (as of struct slot) lie within them on some day of the week. Where there are none, always. */
bool available_some_day(const struct available *parts, size_t count, int from, int until);
