/* The shifts of a day at a post 班次设置, as people write them: "08:00-16:00 x2, 16:00-24:00 x2, 00:00-08:00 x1". */
#pragma once

#include "base/work.h"

enum { SLOTS_MOST = 12, SLOT_PEOPLE_MOST = 200, DAY_MINUTES = 24 * 60 };

struct slot {
	int from, until; /* minutes from the midnight on which its day begins; until may lie beyond the next midnight */
	int people;
};

/* Reads them into *slots (in the arena), in the order written. Commas, colons and × may be of either width, dashes of any length; without a number of people it is one. BAD_FIELD of
 * `field` says what cannot be read. An empty text has none. */
enum status slots_read(struct work *work, const char *field, const char *text, struct slot **slots, size_t *count);
/* By beginning: the order in which rosters number them. */
void slots_sort(struct slot *slots, size_t count);
/* The same as text, as muster itself writes it. In the arena. */
const char *slots_text(struct arena *arena, const struct slot *slots, size_t count);
/* "08:00" of minutes, "24:00" for the end of the day; beyond midnight as the clock shows. In the arena. */
const char *slot_clock(struct arena *arena, int minutes);
