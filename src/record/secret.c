#include "record/secret.h"

#include <fcntl.h>
#include <pthread.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { KEY = crypto_aead_xchacha20poly1305_ietf_KEYBYTES, NONCE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES };
enum { MAC = crypto_aead_xchacha20poly1305_ietf_ABYTES, WRAPPED = NONCE + KEY + MAC };

struct incident_key {
	struct incident_key *next;
	struct id incident;
	bool fresh; /* made in a transaction that has not ended yet */
	unsigned char key[KEY];
};

struct keys {
	pthread_rwlock_t lock;
	unsigned char master[KEY];
	unsigned char search[KEY];
	struct incident_key *first;
	bool fresh; /* any key is */
	_Atomic uint64_t generation; /* one more whenever a key is gone */
	pthread_mutex_t nonces_lock;
	unsigned char nonces[NONCE * 128]; /* random bytes fetched together: a system call each would cost more than sealing */
	size_t nonces_left;
};

static bool read_master(const char *file, unsigned char master[KEY])
{
	char text[2 * KEY + 2] = "";
	int fd = open(file, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return false;
	ssize_t size = read(fd, text, sizeof text - 1);
	close(fd);
	size_t bytes = 0;
	return size >= 2 * KEY && sodium_hex2bin(master, KEY, text, 2 * KEY, NULL, &bytes, NULL) == 0 && bytes == KEY;
}

static bool make_master(const char *file)
{
	unsigned char master[KEY];
	char text[2 * KEY + 2];
	randombytes_buf(master, sizeof master);
	sodium_bin2hex(text, sizeof text, master, sizeof master);
	text[2 * KEY] = '\n';
	int fd = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return false;
	bool written = write(fd, text, 2 * KEY + 1) == 2 * KEY + 1 && fsync(fd) == 0;
	close(fd);
	return written;
}

struct keys *keys_open(const char *file, bool make, struct arena *arena, const char **problem)
{
	struct keys *keys = calloc(1, sizeof *keys);
	if (!keys || sodium_init() < 0)
		abort();
	if (access(file, F_OK) != 0 && make)
		make_master(file);
	if (!read_master(file, keys->master)) {
		*problem = arena_print(arena, "The key file %s cannot be read|无法读取密钥文件 %s", file, file);
		free(keys);
		return NULL;
	}
	crypto_generichash(keys->search, KEY, (const unsigned char *)"muster search", 13, keys->master, KEY);
	pthread_rwlock_init(&keys->lock, NULL);
	pthread_mutex_init(&keys->nonces_lock, NULL);
	return keys;
}

void keys_close(struct keys *keys)
{
	if (!keys)
		return;
	for (struct incident_key *key = keys->first, *next; key; key = next) {
		next = key->next;
		sodium_memzero(key, sizeof *key);
		free(key);
	}
	pthread_rwlock_destroy(&keys->lock);
	pthread_mutex_destroy(&keys->nonces_lock);
	sodium_memzero(keys, sizeof *keys);
	free(keys);
}

static bool find(struct keys *keys, struct id incident, unsigned char key[KEY])
{
	pthread_rwlock_rdlock(&keys->lock);
	const struct incident_key *at = keys->first;
	while (at && !id_same(at->incident, incident))
		at = at->next;
	if (at)
		memcpy(key, at->key, KEY);
	pthread_rwlock_unlock(&keys->lock);
	return at != NULL;
}

static void keep(struct keys *keys, struct id incident, const unsigned char key[KEY], bool fresh)
{
	struct incident_key *kept = calloc(1, sizeof *kept);
	if (!kept)
		abort();
	kept->incident = incident;
	kept->fresh = fresh;
	memcpy(kept->key, key, KEY);
	pthread_rwlock_wrlock(&keys->lock);
	kept->next = keys->first;
	keys->first = kept;
	keys->fresh = keys->fresh || fresh;
	pthread_rwlock_unlock(&keys->lock);
}

static bool unwrap(struct keys *keys, struct id incident, const unsigned char *wrapped, unsigned char key[KEY])
{
	return crypto_aead_xchacha20poly1305_ietf_decrypt(
		       key, NULL, NULL, wrapped + NONCE, KEY + MAC, incident.bytes, sizeof incident.bytes, wrapped, keys->master) == 0;
}

/* The lasting key stands under an id of its own: a null cannot be looked up. */
static struct id stored_as(struct id incident)
{
	return id_none(incident) ? id_of_name("muster lasting key") : incident;
}

bool keys_ready(struct keys *keys, struct db *db, struct id incident, bool make)
{
	unsigned char key[KEY], wrapped[WRAPPED];
	incident = stored_as(incident);
	if (find(keys, incident, key))
		return true;
	struct query *query = db_query(db, "SELECT wrapped FROM secrets WHERE incident = ?", BIND(V(incident)));
	if (db_next(query)) {
		size_t size;
		const void *bytes = db_bytes(query, 0, &size);
		bool opened = size == WRAPPED && unwrap(keys, incident, bytes, key);
		db_done(query);
		if (opened)
			keep(keys, incident, key, db_writes(db)); /* a writer may have read what is not yet committed */
		return opened;
	}
	if (!make)
		return false;
	randombytes_buf(key, KEY);
	randombytes_buf(wrapped, NONCE);
	crypto_aead_xchacha20poly1305_ietf_encrypt(
		wrapped + NONCE, NULL, key, KEY, incident.bytes, sizeof incident.bytes, NULL, wrapped, keys->master);
	db_run(db, "INSERT INTO secrets (incident, wrapped) VALUES (?, ?)", BIND(V(incident), value_bytes(wrapped, WRAPPED)));
	keep(keys, incident, key, true);
	return true;
}

bool keys_known(struct keys *keys, struct id incident)
{
	unsigned char key[KEY];
	bool known = find(keys, stored_as(incident), key);
	sodium_memzero(key, sizeof key);
	return known;
}

uint64_t keys_generation(const struct keys *keys)
{
	return keys->generation;
}

void keys_settle(struct keys *keys, bool kept)
{
	if (!keys->fresh)
		return;
	pthread_rwlock_wrlock(&keys->lock);
	for (struct incident_key **at = &keys->first, *key; (key = *at) != NULL;) {
		if (key->fresh && !kept) {
			*at = key->next;
			keys->generation++;
			sodium_memzero(key, sizeof *key);
			free(key);
			continue;
		}
		key->fresh = false;
		at = &key->next;
	}
	keys->fresh = false;
	pthread_rwlock_unlock(&keys->lock);
}

void keys_destroy(struct keys *keys, struct db *db, struct id incident)
{
	incident = stored_as(incident);
	db_run(db, "UPDATE secrets SET wrapped = ? WHERE incident = ?", BIND(value_bytes("", 0), V(incident)));
	pthread_rwlock_wrlock(&keys->lock);
	for (struct incident_key *at = keys->first; at; at = at->next)
		if (id_same(at->incident, incident))
			sodium_memzero(at, offsetof(struct incident_key, key) + KEY);
	keys->generation++;
	pthread_rwlock_unlock(&keys->lock);
}

static void take_nonce(struct keys *keys, unsigned char nonce[NONCE])
{
	pthread_mutex_lock(&keys->nonces_lock);
	if (!keys->nonces_left) {
		randombytes_buf(keys->nonces, sizeof keys->nonces);
		keys->nonces_left = sizeof keys->nonces / NONCE;
	}
	memcpy(nonce, keys->nonces + NONCE * --keys->nonces_left, NONCE);
	pthread_mutex_unlock(&keys->nonces_lock);
}

struct value secret_seal(struct keys *keys, struct id incident, const char *place, const char *text, struct arena *arena)
{
	unsigned char key[KEY];
	size_t size = strlen(text);
	unsigned char *sealed = arena_alloc(arena, NONCE + size + MAC);
	if (!find(keys, stored_as(incident), key))
		return value_null();
	take_nonce(keys, sealed);
	crypto_aead_xchacha20poly1305_ietf_encrypt(
		sealed + NONCE, NULL, (const unsigned char *)text, size, (const unsigned char *)place, strlen(place), NULL, sealed, key);
	return value_bytes(sealed, NONCE + size + MAC);
}

const char *secret_open(struct keys *keys, struct id incident, const char *place, const void *bytes, size_t size, struct arena *arena)
{
	unsigned char key[KEY];
	if (size < NONCE + MAC || !find(keys, stored_as(incident), key))
		return NULL;
	const unsigned char *sealed = bytes;
	unsigned char *text = arena_alloc(arena, size - NONCE - MAC + 1);
	if (crypto_aead_xchacha20poly1305_ietf_decrypt(
		    text, NULL, NULL, sealed + NONCE, size - NONCE, (const unsigned char *)place, strlen(place), sealed, key) != 0)
		return NULL;
	return (const char *)text;
}

char *secret_token(struct keys *keys, const char *kind, const char *text, size_t size, char token[SECRET_TOKEN])
{
	static const char letters[] = "0123456789abcdefghijklmnopqrstuv";
	unsigned char hash[SECRET_TOKEN - 1];
	crypto_generichash_state state;
	crypto_generichash_init(&state, keys->search, KEY, sizeof hash);
	crypto_generichash_update(&state, (const unsigned char *)kind, strlen(kind) + 1);
	crypto_generichash_update(&state, (const unsigned char *)text, size);
	crypto_generichash_final(&state, hash, sizeof hash);
	for (int i = 0; i < SECRET_TOKEN - 1; i++)
		token[i] = letters[hash[i] & 31];
	token[SECRET_TOKEN - 1] = '\0';
	return token;
}

char *secret_link(struct keys *keys, const char *kind, struct id id, char token[SECRET_TOKEN])
{
	char text[ID_TEXT];
	id_print(id, text);
	return secret_token(keys, kind, text, strlen(text), token);
}
