#include "face/limit.h"

#include <pthread.h>
#include <stdlib.h>

enum { SLOTS = 65536, MINUTE_US = 60000000 };

/* Addresses that fall on one slot share its count: with luck an attacker slows down a neighbour, never himself up. */
struct limiter {
	pthread_mutex_t lock;
	int64_t earned[SLOTS]; /* us: the moment at which the tries so far would have been earned at an even pace */
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
	int64_t *earned = &limiter->earned[slot_of(address ? address : "")], now_us = now * 1000;
	if (most < 1)
		return false;
	pthread_mutex_lock(&limiter->lock);
	int64_t next = (*earned > now_us ? *earned : now_us) + MINUTE_US / most;
	bool free_try = next - now_us <= MINUTE_US;
	if (free_try)
		*earned = next;
	pthread_mutex_unlock(&limiter->lock);
	return free_try;
}
