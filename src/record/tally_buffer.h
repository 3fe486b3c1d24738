/* The inside of tallies: what tally.c adds to. */
#pragma once

#include "record/tally.h"

/* Adds a change of one area, measure and cell from a day on. The name is copied. */
void tally_add(struct tally_buffer *buffer, int64_t area, const struct measure *measure, const char *name, int64_t day, int64_t change);
/* Gives every day's change, and every month's sum (`span` 1), in order of the key, zero ones too. The end of the buffer's batch. */
void tally_each(struct tally_buffer *buffer,
	void (*give)(void *context, int64_t area, const char *measure, const char *cell, int64_t day, int span, int64_t change),
	void *context);

/* Changes of the cells of an area by day, gathered in an arena. */
struct tally_point {
	const struct measure *measure;
	const char *cell;
	int64_t day;
	int64_t change;
};
struct tally_points {
	struct arena *arena;
	struct tally_point *list;
	size_t count, space;
};
void tally_point(struct tally_points *points, const struct measure *measure, const char *cell, int64_t day, int64_t change);
/* Adds the changes of one area that wait to be written, each `sign` times. */
void tally_waiting(struct tally_buffer *buffer, int64_t area, struct tally_points *points, int sign);
