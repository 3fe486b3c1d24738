/* The inside of tallies: what tally.c adds to. */
#pragma once

#include "record/tally.h"

/* Adds a change of one area, measure and cell from a day on. The name is copied. */
void tally_add(struct tally_buffer *buffer, int64_t area, const struct measure *measure, const char *name, int64_t day, int64_t change);
