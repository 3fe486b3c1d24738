#include "face/limit.h"

#include <pthread.h>
#include <stdlib.h>

enum { SLOTS = 65536, MINUTE_MS = 60000 };

/* Addresses that fall on one slot share its count: with luck an attacker slows down a neighbour, never himself up. */
struct limiter {
	pthread_mutex_t lock;
	struct slot {
		int64_t minute;
		int64_t tries;
	} slots[SLOTS];
};

struct limiter *limiter_new(void)
{
	struct limiter *limiter = calloc(1, sizeof *limiter);
	if (!limiter)
		abort();
	pthread_mutex_init(&limiter->lock, NULL);
	return limiter;
}

void limiter_free(struct limiter *limiter)
{
	if (!limiter)
		return;
	pthread_mutex_destroy(&limiter->lock);
	free(limiter);
}

static uint32_t slot_of(const char *address)
{
	uint32_t hash = 2166136261u;
	for (; *address; address++)
		hash = (hash ^ (unsigned char)*address) * 16777619u;
	return hash % SLOTS;
}

bool limiter_take(struct limiter *limiter, const char *address, int64_t now, int64_t most)
{
	struct slot *slot = &limiter->slots[slot_of(address ? address : "")];
	pthread_mutex_lock(&limiter->lock);
	if (slot->minute != now / MINUTE_MS) {
		slot->minute = now / MINUTE_MS;
		slot->tries = 0;
	}
	bool free_try = slot->tries < most;
	slot->tries += free_try;
	pthread_mutex_unlock(&limiter->lock);
	return free_try;
}
