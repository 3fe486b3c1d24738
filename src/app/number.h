/* Numbers that people read out, and the codes beside them. */
#pragma once

#include "base/work.h"

/* The next number of a kind ("need"), counted by incident and year, the year told too. Inside store_write. */
int64_t number_next(struct work *work, const char *kind, int64_t day, int *year);
/* So many letters by chance, each out of `letters`, in the arena. */
const char *code_new(struct arena *arena, const char *letters, int size);
