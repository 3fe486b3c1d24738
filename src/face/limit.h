/* How often one address may ask in a minute: for what is open to everybody. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct limiter;

/* Remembers many thousand addresses. The caller frees it. */
struct limiter *limiter_new(void);
void limiter_free(struct limiter *limiter);
/* Counts one try; false where the address had `most` of them within this minute. Any thread. */
bool limiter_take(struct limiter *limiter, const char *address, int64_t now, int64_t most);
