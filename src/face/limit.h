/* How often one address may ask in a minute: for what is open to everybody. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct limiter;

/* Remembers many thousand addresses. The caller frees it. */
struct limiter *limiter_new(void);
void limiter_free(struct limiter *limiter);
/* Counts one try at `now` (ms); false where the address has none left: it has `most` of them, and wins one back each minute / most (the generic cell rate
 * algorithm, ITU-T I.371). Any thread. */
bool limiter_take(struct limiter *limiter, const char *address, int64_t now, int64_t most);
