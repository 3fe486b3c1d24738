#include "app/session.h"

#include <sodium.h>
#include <string.h>

#include "app/area.h"
#include "app/rights.h"
#include "record/rows.h"

enum { FAILURES = 5, LOCKED = 15 * 60 * 1000, TOKEN = 32, TOKEN_HASH = 32 };
#define SESSION_MS (INT64_C(12) * 3600 * 1000)

const struct who *who_program(void)
{
	static const struct who program = {.name = "muster", .all = true};
	return &program;
}

enum status password_hash(struct work *work, const char *password, const char **hash)
{
	size_t length = text_length(password);
	if (length < 8 || length > 200)
		return fail(work, BAD_FIELD, "password", "takes 8 to 200 characters|须为 8 至 200 个字符");
	char *text = arena_alloc(work->arena, crypto_pwhash_STRBYTES);
	if (crypto_pwhash_str(text, password, strlen(password), crypto_pwhash_OPSLIMIT_INTERACTIVE, crypto_pwhash_MEMLIMIT_INTERACTIVE) !=
		0)
		return fail(work, BROKEN, NULL, NULL);
	*hash = text;
	return OK;
}

static struct user *user_named(struct work *work, const char *name)
{
	struct id id = {{0}};
	struct query *query = db_query(work->db, "SELECT id FROM users WHERE name = ? AND voided_at IS NULL", BIND(V(name)));
	if (db_next(query)) {
		id = db_id(query, 0);
		db_done(query);
	}
	return id_none(id) ? NULL : (struct user *)row_load(work, &user_record, id);
}

static void hash_token(const char *token, unsigned char hash[TOKEN_HASH])
{
	crypto_generichash(hash, TOKEN_HASH, (const unsigned char *)token, strlen(token), NULL, 0);
}

static const char *random_word(struct arena *arena, const char *prefix)
{
	unsigned char bytes[TOKEN];
	char hex[2 * TOKEN + 1];
	randombytes_buf(bytes, sizeof bytes);
	sodium_bin2hex(hex, sizeof hex, bytes, sizeof bytes);
	return arena_print(arena, "%s%s", prefix, hex);
}

struct opening {
	struct session *session;
	const char *label;
	int64_t ends_at;
};

static enum status write_session(struct work *work, void *data)
{
	const struct opening *opening = data;
	unsigned char hash[TOKEN_HASH];
	hash_token(opening->session->token, hash);
	db_run(work->db, "DELETE FROM sessions WHERE ends_at < ?", BIND(V(work->now)));
	db_run(work->db, "INSERT INTO sessions (token, user_id, csrf, label, made_at, ends_at) VALUES (?, ?, ?, ?, ?, ?)",
		BIND(value_bytes(hash, TOKEN_HASH), V(opening->session->user), V(opening->session->csrf), V(opening->label), V(work->now),
			V(opening->ends_at)));
	return OK;
}

static enum status open_session(struct work *work, struct id user, const char *label, int64_t length, struct session *session)
{
	session->user = user;
	session->token = random_word(work->arena, label ? "mst_" : "");
	session->csrf = random_word(work->arena, "");
	struct opening opening = {.session = session, .label = label, .ends_at = work->now + length};
	return store_write(work, write_session, &opening);
}

struct failure {
	struct id user;
	bool right;
};

/* Counts a failure, or forgets them. These two columns are no business of the history. */
static enum status write_failure(struct work *work, void *data)
{
	const struct failure *failure = data;
	if (failure->right)
		db_run(work->db, "UPDATE users SET failures = 0, locked_until = NULL WHERE id = ?", BIND(V(failure->user)));
	else
		db_run(work->db,
			"UPDATE users SET locked_until = CASE WHEN coalesce(failures, 0) + 1 >= ? THEN ? ELSE locked_until END, "
			"failures = CASE WHEN coalesce(failures, 0) + 1 >= ? THEN 0 ELSE coalesce(failures, 0) + 1 END WHERE id = ?",
			BIND(V(FAILURES), V(work->now + LOCKED), V(FAILURES), V(failure->user)));
	return OK;
}

/* As long as a real check, so that time does not tell whether a name exists. */
static bool password_fits(const struct user *user, const char *password)
{
	static const char nobody[crypto_pwhash_STRBYTES] =
		"$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$RdescudvJCsgt3ub+b0dWRJJTmaaJObGRdescudvJCs";
	const char *hash = user && user->password ? user->password : nobody;
	return crypto_pwhash_str_verify(hash, password, strlen(password)) == 0 && user && !user->closed;
}

enum status session_start(struct work *work, const char *name, const char *password, struct session *session)
{
	store_read(work);
	struct user *user = user_named(work, name);
	store_release(work);
	if (user && user->locked_until > work->now)
		return fail(work, TOO_MANY, NULL,
			"Too many wrong tries; this name is locked for a quarter of an hour|多次输错，该用户名锁定一刻钟");
	struct failure failure = {.right = password_fits(user, password)};
	if (user && (!failure.right || user->failures)) {
		failure.user = user->row.id;
		store_write(work, write_failure, &failure);
		work_forgive(work);
	}
	if (!failure.right)
		return fail(work, SIGN_IN, NULL, "Name or password is wrong|用户名或密码有误");
	return open_session(work, user->row.id, NULL, SESSION_MS, session);
}

enum status session_demonstrate(struct work *work, const char *name, struct session *session)
{
	if (!work->store->demonstration)
		return fail(work, NOT_FOUND, NULL, NULL);
	store_read(work);
	struct user *user = user_named(work, name);
	store_release(work);
	return user ? open_session(work, user->row.id, NULL, SESSION_MS, session) : fail(work, NOT_FOUND, NULL, NULL);
}

enum status session_token(struct work *work, const char *label, int64_t days, struct session *session)
{
	return open_session(work, work->who->id, label, days * 24 * 3600 * 1000, session);
}

static void add_grant(struct work *work, struct who *who, size_t *space, uint64_t rights, const char *path, struct id site)
{
	struct grant_reach *grants = (struct grant_reach *)who->grants;
	grants = arena_room(work->arena, grants, who->grant_count, space, sizeof *grants);
	grants[who->grant_count++] = (struct grant_reach){.rights = rights, .path = path, .site = site};
	who->grants = grants;
}

static struct who *load_who(struct work *work, const struct user *user)
{
	struct who *who = arena_alloc(work->arena, sizeof *who);
	size_t space = 0;
	who->id = user->row.id;
	who->name = user->name;
	struct query *query = db_query(work->db,
		"SELECT g.role, g.site, a.path FROM grants g JOIN areas a ON a.id = g.area WHERE g.user = ? AND g.voided_at IS NULL",
		BIND(V(user->row.id)));
	while (db_next(query)) {
		uint64_t rights = role_rights(db_text(query, 0));
		struct id site = db_id(query, 1);
		add_grant(work, who, &space, rights, id_none(site) ? db_copy(query, 2, work->arena) : NULL, site);
	}
	return who;
}

bool session_resume(struct work *work, const char *token, struct session *session)
{
	unsigned char hash[TOKEN_HASH];
	hash_token(token, hash);
	struct query *query = db_query(work->db, "SELECT user_id, csrf FROM sessions WHERE token = ? AND ends_at > ?",
		BIND(value_bytes(hash, TOKEN_HASH), V(work->now)));
	if (!db_next(query))
		return false;
	session->user = db_id(query, 0);
	session->csrf = db_copy(query, 1, work->arena);
	db_done(query);
	const struct user *user = (const struct user *)row_load(work, &user_record, session->user);
	if (!user || user->closed || user->row.voided_at)
		return false;
	if (user->language)
		work->language = text_same(user->language, "en") ? ENGLISH : CHINESE;
	work->who = load_who(work, user);
	return true;
}

static enum status delete_session(struct work *work, void *data)
{
	unsigned char hash[TOKEN_HASH];
	hash_token(data, hash);
	db_run(work->db, "DELETE FROM sessions WHERE token = ?", BIND(value_bytes(hash, TOKEN_HASH)));
	return OK;
}

enum status session_end(struct work *work, const char *token)
{
	return store_write(work, delete_session, (void *)token);
}
