#include "app/session_known.h"

#include <pthread.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "record/store.h"

enum { SLOTS = 1024, HOLDS = 1000000, MOST_GRANTS = 256 };

struct known {
	unsigned char hash[TOKEN_HASH];
	struct arena *arena; /* of all below; NULL: nobody */
	struct session session;
	struct who who;
	enum language language;
	int64_t until; /* of clock_steady() */
	uint64_t generation;
};

struct session_memory {
	pthread_mutex_t lock;
	struct known slots[SLOTS]; /* one place a token: whoever comes later takes it */
};

struct session_memory *session_memory_new(void)
{
	struct session_memory *memory = calloc(1, sizeof *memory);
	if (!memory)
		abort();
	pthread_mutex_init(&memory->lock, NULL);
	return memory;
}

void session_memory_free(struct session_memory *memory)
{
	if (!memory)
		return;
	for (size_t i = 0; i < SLOTS; i++)
		arena_free(memory->slots[i].arena);
	pthread_mutex_destroy(&memory->lock);
	free(memory);
}

static struct grant_reach *copy_grants(struct arena *arena, const struct who *who)
{
	struct grant_reach *grants = arena_alloc(arena, (who->grant_count + 1) * sizeof *grants);
	for (size_t i = 0; i < who->grant_count; i++) {
		grants[i] = who->grants[i];
		grants[i].path = arena_copy(arena, who->grants[i].path);
	}
	return grants;
}

static struct known *slot_of(struct session_memory *memory, const unsigned char hash[TOKEN_HASH])
{
	size_t at;
	memcpy(&at, hash, sizeof at);
	return &memory->slots[at % SLOTS];
}

/* The same person comes from many threads: each gets a copy. */
static bool recall(struct session_memory *memory, struct work *work, const unsigned char hash[TOKEN_HASH], struct session *session)
{
	pthread_mutex_lock(&memory->lock);
	const struct known *known = slot_of(memory, hash);
	bool found = known->arena && sodium_memcmp(known->hash, hash, TOKEN_HASH) == 0 && known->generation == store_people(work->store) &&
		known->until > clock_steady() && known->session.ends_at > work->now;
	if (found) {
		struct who *who = arena_alloc(work->arena, sizeof *who);
		*session = known->session;
		session->csrf = arena_copy(work->arena, known->session.csrf);
		*who = known->who;
		who->name = arena_copy(work->arena, known->who.name);
		who->grants = copy_grants(work->arena, &known->who);
		work->who = who;
		work->language = known->language;
	}
	pthread_mutex_unlock(&memory->lock);
	return found;
}

static void remember(struct session_memory *memory, const struct work *work, const unsigned char hash[TOKEN_HASH],
	const struct session *session, enum language language, uint64_t generation)
{
	pthread_mutex_lock(&memory->lock);
	struct known *known = slot_of(memory, hash);
	if (!known->arena)
		known->arena = arena_new();
	arena_reset(known->arena);
	memcpy(known->hash, hash, TOKEN_HASH);
	known->session = *session;
	known->session.csrf = arena_copy(known->arena, session->csrf);
	known->session.token = NULL;
	known->who = *work->who;
	known->who.name = arena_copy(known->arena, work->who->name);
	known->who.grants = copy_grants(known->arena, work->who);
	known->language = language;
	known->until = clock_steady() + HOLDS;
	known->generation = generation;
	pthread_mutex_unlock(&memory->lock);
}

bool session_known(struct session_memory *memory, struct work *work, const char *token, struct session *session)
{
	unsigned char hash[TOKEN_HASH];
	token_hash(token, hash);
	enum language asked = work->language;
	if (recall(memory, work, hash, session)) {
		if (!session->speaks)
			work->language = asked;
		return true;
	}
	/* asked before the snapshot begins: what is changed from then on makes it old */
	uint64_t generation = store_people(work->store);
	store_read(work);
	bool found = session_resume(work, token, session);
	store_release(work);
	if (found && work->unread == OK && !session->stale && work->who->grant_count <= MOST_GRANTS)
		remember(memory, work, hash, session, work->language, generation);
	return found;
}
