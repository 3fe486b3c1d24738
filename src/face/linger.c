#include "face/linger.h"

#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>

#include "net/server.h"

/* Half of the connections that a server takes by default. */
enum { MOST = 512 };

struct linger {
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t changed;
	/* a ring: all wait equally long, so the first is due first */
	struct waiting {
		struct request *request;
		struct timespec due;
	} ring[MOST];
	size_t first, count;
	bool ended;
};

static bool is_due(const struct timespec *due)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec > due->tv_sec || (now.tv_sec == due->tv_sec && now.tv_nsec >= due->tv_nsec);
}

static void *run(void *data)
{
	struct linger *linger = data;
	pthread_mutex_lock(&linger->lock);
	while (!linger->ended || linger->count) {
		struct waiting *next = &linger->ring[linger->first];
		if (!linger->count) {
			pthread_cond_wait(&linger->changed, &linger->lock);
		} else if (!linger->ended && !is_due(&next->due)) {
			pthread_cond_timedwait(&linger->changed, &linger->lock, &next->due);
		} else {
			request_finish(next->request);
			linger->first = (linger->first + 1) % MOST;
			linger->count--;
		}
	}
	pthread_mutex_unlock(&linger->lock);
	return NULL;
}

struct linger *linger_start(void)
{
	struct linger *linger = calloc(1, sizeof *linger);
	pthread_condattr_t attributes;
	if (!linger)
		abort();
	pthread_mutex_init(&linger->lock, NULL);
	pthread_condattr_init(&attributes);
	pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
	pthread_cond_init(&linger->changed, &attributes);
	pthread_condattr_destroy(&attributes);
	if (pthread_create(&linger->thread, NULL, run, linger) != 0)
		abort();
	return linger;
}

bool linger_add(struct linger *linger, struct request *request)
{
	pthread_mutex_lock(&linger->lock);
	bool taken = !linger->ended && linger->count < MOST;
	if (taken) {
		struct waiting *last = &linger->ring[(linger->first + linger->count) % MOST];
		last->request = request;
		clock_gettime(CLOCK_MONOTONIC, &last->due);
		last->due.tv_sec++;
		if (linger->count++ == 0)
			pthread_cond_signal(&linger->changed);
	}
	pthread_mutex_unlock(&linger->lock);
	return taken;
}

void linger_stop(struct linger *linger)
{
	pthread_mutex_lock(&linger->lock);
	linger->ended = true;
	pthread_cond_signal(&linger->changed);
	pthread_mutex_unlock(&linger->lock);
	pthread_join(linger->thread, NULL);
}

void linger_free(struct linger *linger)
{
	pthread_cond_destroy(&linger->changed);
	pthread_mutex_destroy(&linger->lock);
	free(linger);
}
