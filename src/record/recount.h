/* Counts everything again from the rows, and compares with the tallies. */
#pragma once

#include <stdio.h>

#include "base/work.h"

/* Prints each difference (area number, measure, cell, day, counted, stored) and a fault of the history's chain; the number of them. */
int64_t recount_all(struct work *work, FILE *out);
