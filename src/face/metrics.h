/* Counts of what the program does, for /metrics. */
#pragma once

#include <stdint.h>

#include "base/arena.h"

struct metrics;

/* All zero. In the arena, which must outlive the server. */
struct metrics *metrics_new(struct arena *arena);
/* One request was answered (`status` 0: its client was gone). Any thread; never blocks. */
void metrics_done(struct metrics *metrics, int status, int64_t microseconds);
