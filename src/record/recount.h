/* Counts again from the rows: to compare with the tallies, and to fill in those that a newer program knows. */
#pragma once

#include <stdio.h>

#include "base/work.h"

/* Prints each difference (area number, measure, cell, day, counted, stored) and a fault of the history's chain; the number of them. */
int64_t recount_all(struct work *work, FILE *out);

/* Fills in, from the rows that are there, the tallies of measures that the store has not counted yet (new ones, or told by other parts than before), and notes
 * those that it counts. The writer's, before anything else in its transaction; where there are many rows it takes as long as `muster check`. Programs that do
 * not know these measures must no longer write to the store. */
enum status recount_fill(struct work *work);
