/* Private values: ciphertext in the store and in its history, under a key of the incident, which is wrapped by a master key kept outside the
 * store. Destroying the incident's key erases them everywhere, backups too. XChaCha20-Poly1305 (libsodium); each value is
 * bound to its record and field. Search goes by keyed hashes, never by the value. */
#pragma once

#include "base/work.h"
#include "db/db.h"

struct keys;

/* Reads the master key (64 hex digits) from `file`; makes the file, mode 0600, where it is missing and `make` is set. NULL: *problem. */
struct keys *keys_open(const char *file, bool make, struct arena *arena, const char **problem);
void keys_close(struct keys *keys);

/* The key of an incident (no id: the lasting key), from the table `secrets`; made when `db` may write and there is none. False where it is
 * missing or destroyed. Kept in memory from then on. Any thread. */
bool keys_ready(struct keys *keys, struct db *db, struct id incident, bool make);
/* Whether the key is in memory. */
bool keys_known(struct keys *keys, struct id incident);
/* Keys that were made since the last call are on disk (`kept`), or were undone: those are forgotten. */
void keys_settle(struct keys *keys, bool kept);
/* Changes whenever a key is gone: what was sealed before may have been sealed under it. */
uint64_t keys_generation(const struct keys *keys);
/* Forgets a key in memory and in the store: what it sealed can be read by nobody. */
void keys_destroy(struct keys *keys, struct db *db, struct id incident);

/* Seals `text` for a place (record and field): bytes in the arena. The key must be ready. */
struct value secret_seal(struct keys *keys, struct id incident, const char *place, const char *text, struct arena *arena);
/* The text again; NULL where the key is gone or the bytes were changed. */
const char *secret_open(struct keys *keys, struct id incident, const char *place, const void *bytes, size_t size, struct arena *arena);

enum { SECRET_TOKEN = 20 };
/* A keyed hash of a text as a word of letters and digits that a search index may hold. */
char *secret_token(struct keys *keys, const char *kind, const char *text, size_t size, char token[SECRET_TOKEN]);
/* The same of an id: what opens a link that is handed out, made anew each time and kept nowhere. */
char *secret_link(struct keys *keys, const char *kind, struct id id, char token[SECRET_TOKEN]);
