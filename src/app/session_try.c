/* Lock-out after wrong passwords. Names that exist and names that do not are counted alike, by keyed hash: people type passwords
 * into the wrong box. */
#include "app/session.h"

#include <string.h>

#include "app/settings.h"
#include "record/store.h"

enum { MINUTE = 60 * 1000 };

static const char *key_of(struct work *work, const char *kind, const char *text)
{
	char token[SECRET_TOKEN];
	return arena_copy(work->arena, secret_token(work->store->keys, kind, text, strlen(text), token));
}

static int64_t locked_until(struct work *work, const char *key)
{
	int64_t until = db_get(work->db, 0, "SELECT locked_until FROM tries WHERE who = ?", BIND(V(key)));
	return until > work->now ? until : 0;
}

static int64_t locked(struct work *work, const struct session_try *attempt)
{
	int64_t until = locked_until(work, key_of(work, "try name", attempt->name));
	if (!until && attempt->address)
		until = locked_until(work, key_of(work, "try address", attempt->address));
	return until;
}

enum status try_locked(struct work *work, int64_t until)
{
	long long minutes = (until - work->now + MINUTE - 1) / MINUTE;
	return fail(work, TOO_MANY, NULL, "Too many wrong tries; wait %lld minutes|多次输错，请 %lld 分钟后再试", minutes);
}

enum status try_allowed(struct work *work, const struct session_try *attempt)
{
	int64_t until = locked(work, attempt);
	return until ? try_locked(work, until) : OK;
}

/* A failure that is older than the time of a lock no longer counts. */
static bool add_failure(struct work *work, const char *key, int64_t most, int64_t length)
{
	int64_t failures =
		1 + db_get(work->db, 0, "SELECT failures FROM tries WHERE who = ? AND last_at > ?", BIND(V(key), V(work->now - length)));
	bool full = failures >= most;
	db_run(work->db,
		"INSERT INTO tries (who, failures, last_at, locked_until) VALUES (?, ?, ?, ?) ON CONFLICT (who) DO UPDATE SET "
		"failures = excluded.failures, last_at = excluded.last_at, locked_until = excluded.locked_until",
		BIND(V(key), V(full ? 0 : failures), V(work->now), V(full ? work->now + length : 0)));
	return full;
}

void try_forget(struct work *work, const char *name)
{
	db_run(work->db, "DELETE FROM tries WHERE who = ?", BIND(V(key_of(work, "try name", name))));
	db_run(work->db, "UPDATE users SET locked_until = NULL WHERE name = ? AND locked_until IS NOT NULL", BIND(V(name)));
}

enum status try_count(struct work *work, struct session_try *attempt)
{
	const char *name = key_of(work, "try name", attempt->name);
	int64_t length = settings_number(work, "sign_in_lock_minutes") * MINUTE;
	attempt->locked = locked(work, attempt);
	if (attempt->locked)
		return OK;
	if (attempt->right) {
		try_forget(work, attempt->name);
		return OK;
	}
	db_run(work->db, "DELETE FROM tries WHERE last_at < ? AND locked_until < ?", BIND(V(work->now - length), V(work->now)));
	if (attempt->address)
		add_failure(work, key_of(work, "try address", attempt->address), settings_number(work, "sign_in_address_failures"), length);
	/* shown to administrators; no business of the history */
	if (add_failure(work, name, settings_number(work, "sign_in_failures"), length))
		db_run(work->db, "UPDATE users SET locked_until = ? WHERE name = ?", BIND(V(work->now + length), V(attempt->name)));
	return OK;
}
