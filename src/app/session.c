#include "app/session.h"

#include <sodium.h>
#include <string.h>

#include "app/area.h"
#include "app/loan.h"
#include "app/rights.h"
#include "app/zone.h"
#include "base/clock.h"
#include "record/rows.h"

enum { TOKEN = 32, USED_MS = 10 * 60 * 1000 };
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

void token_hash(const char *token, unsigned char hash[TOKEN_HASH])
{
	crypto_generichash(hash, TOKEN_HASH, (const unsigned char *)token, strlen(token), NULL, 0);
}

const char *token_new(struct arena *arena, const char *prefix)
{
	unsigned char bytes[TOKEN];
	char hex[2 * TOKEN + 1];
	randombytes_buf(bytes, sizeof bytes);
	sodium_bin2hex(hex, sizeof hex, bytes, sizeof bytes);
	return arena_print(arena, "%s%s", prefix, hex);
}

struct entrance {
	struct session *session;
	const char *label; /* of a token for programs; NULL: the browser's */
	int64_t ends_at;
};

static enum status write_session(struct work *work, void *data)
{
	const struct entrance *entrance = data;
	unsigned char hash[TOKEN_HASH];
	token_hash(entrance->session->token, hash);
	/* the account may have been closed since the password was found right */
	if (!db_get(work->db, 0, "SELECT 1 FROM users WHERE id = ? AND voided_at IS NULL AND coalesce(closed, 0) = 0",
		    BIND(V(entrance->session->user))))
		return fail(work, SIGN_IN, NULL, "Name or password is wrong|用户名或密码有误");
	db_run(work->db, "DELETE FROM sessions WHERE ends_at < ?", BIND(V(work->now)));
	db_run(work->db, "INSERT INTO sessions (token, user_id, csrf, label, made_at, ends_at, id) VALUES (?, ?, ?, ?, ?, ?, ?)",
		BIND(value_bytes(hash, TOKEN_HASH), V(entrance->session->user), V(entrance->session->csrf), V(entrance->label),
			V(work->now), V(entrance->ends_at), V(entrance->session->id)));
	return OK;
}

static enum status open_session(struct work *work, struct id user, const char *label, int64_t length, struct session *session)
{
	session->user = user;
	session->token = token_new(work->arena, label ? "mst_" : "");
	session->csrf = token_new(work->arena, "");
	session->id = label ? id_new() : (struct id){{0}};
	struct entrance entrance = {.session = session, .label = label, .ends_at = work->now + length};
	return store_write(work, write_session, &entrance);
}

/* As long as a real check, so that time does not tell whether a name exists. */
static bool password_fits(const struct user *user, const char *password)
{
	static const char nobody[crypto_pwhash_STRBYTES] =
		"$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$RdescudvJCsgt3ub+b0dWRJJTmaaJObGRdescudvJCs";
	const char *hash = user && user->password ? user->password : nobody;
	return crypto_pwhash_str_verify(hash, password, strlen(password)) == 0 && hash != nobody && !user->closed;
}

static enum status write_try(struct work *work, void *data)
{
	struct session_try *attempt = data;
	return try_count(work, attempt);
}

/* Holds a password against the name's, within what lock-out allows. SIGN_IN where it is wrong. */
static enum status check_password(struct work *work, const char *name, const char *password, const char *address, struct user **user)
{
	struct session_try attempt = {.name = name, .address = address};
	store_read(work);
	enum status status = try_allowed(work, &attempt);
	*user = status == OK ? user_named(work, name) : NULL;
	store_release(work);
	if (status != OK)
		return status;
	attempt.right = password_fits(*user, password);
	status = store_write(work, write_try, &attempt);
	if (status == OK && attempt.locked)
		return try_locked(work, attempt.locked);
	if (status == OK && !attempt.right)
		return fail(work, SIGN_IN, NULL, "Name or password is wrong|用户名或密码有误");
	return status;
}

enum status session_start(struct work *work, const char *name, const char *password, const char *address, struct session *session)
{
	struct user *user;
	enum status status = check_password(work, name, password, address, &user);
	return status == OK ? open_session(work, user->row.id, NULL, SESSION_MS, session) : status;
}

enum status session_demonstrate(struct work *work, const char *name, struct session *session)
{
	if (!work->store->demonstration)
		return fail(work, NOT_FOUND, NULL, NULL);
	store_read(work);
	struct user *user = user_named(work, name);
	store_release(work);
	return user && !user->closed ? open_session(work, user->row.id, NULL, SESSION_MS, session) : fail(work, NOT_FOUND, NULL, NULL);
}

enum status session_token(struct work *work, struct id user, const char *label, int64_t days, struct session *session)
{
	return open_session(work, user, label, days * DAY_MS, session);
}

static enum status write_token_end(struct work *work, void *data)
{
	const struct id *id = data;
	if (!db_run(work->db, "DELETE FROM sessions WHERE id = ? AND user_id = ?", BIND(V(*id), V(work->who->id))))
		return fail(work, NOT_FOUND, NULL, NULL);
	return OK;
}

enum status session_token_end(struct work *work, struct id id)
{
	return store_write(work, write_token_end, &id);
}

struct renewal {
	struct id user;
	const char *hash;
	const char *token;
};

static enum status write_password(struct work *work, void *data)
{
	const struct renewal *renewal = data;
	unsigned char hash[TOKEN_HASH];
	const struct user *user = (const struct user *)row_load(work, &user_record, renewal->user);
	if (user_set_password(work, user, renewal->hash) != OK)
		return work->status;
	token_hash(renewal->token, hash);
	db_run(work->db, "DELETE FROM sessions WHERE user_id = ? AND label IS NULL AND token <> ?",
		BIND(V(renewal->user), value_bytes(hash, TOKEN_HASH)));
	return OK;
}

enum status session_password(struct work *work, const char *old, const char *password, const char *address, const char *token)
{
	struct user *user;
	struct renewal renewal = {.user = work->who->id, .token = token};
	if (password_hash(work, password, &renewal.hash) != OK)
		return work->status;
	enum status status = check_password(work, work->who->name, old, address, &user);
	if (status == SIGN_IN) {
		work_forgive(work);
		return fail(work, BAD_FIELD, "old", "is not the password|原密码有误");
	}
	return status == OK ? store_write(work, write_password, &renewal) : status;
}

static void add_grant(struct work *work, struct who *who, size_t *space, struct rights rights, const char *path, struct id site)
{
	struct grant_reach *grants = (struct grant_reach *)who->grants;
	grants = arena_room(work->arena, grants, who->grant_count, space, sizeof *grants);
	grants[who->grant_count++] = (struct grant_reach){.rights = rights, .path = path, .site = site};
	who->grants = grants;
}

struct giving {
	struct work *work;
	struct who *who;
	size_t *space;
	struct rights rights;
};

static void give_member(void *context, const char *path, struct id site)
{
	struct giving *giving = context;
	add_grant(giving->work, giving->who, giving->space, giving->rights, path, site);
}

/* What a department's grant gives depends on its body: a bank sees of loans what it was invited to, over routes of its own, and no plans; only a bank answers for one. */
static struct rights rights_at(struct work *work, struct id org, struct rights rights)
{
	static const enum right seen[] = {RIGHT_loan_read, RIGHT_loan_invite, RIGHT_plan_read, RIGHT_plan_tell};
	if (!rights_hold(&rights, RIGHT_loan_offer) || id_none(org))
		return rights;
	if (!loan_is_bank(work, org))
		rights_take(&rights, RIGHT_loan_offer);
	else
		for (size_t i = 0; i < sizeof seen / sizeof *seen; i++)
			rights_take(&rights, seen[i]);
	return rights;
}

static struct who *load_who(struct work *work, const struct user *user)
{
	struct who *who = arena_alloc(work->arena, sizeof *who);
	size_t space = 0;
	who->id = user->row.id;
	who->name = user->name;
	struct query *query = db_query(work->db,
		"SELECT g.role, g.site, a.path, g.zone FROM grants g JOIN areas a ON a.id = g.area WHERE g.user = ? AND g.voided_at IS NULL",
		BIND(V(user->row.id)));
	while (db_next(query)) {
		struct rights rights = rights_at(work, user->org, role_rights(db_text(query, 0)));
		struct id site = db_id(query, 1);
		struct giving giving = {work, who, &space, rights};
		if (!db_null(query, 3))
			zone_reach(work, db_id(query, 3), give_member, &giving);
		else
			add_grant(work, who, &space, rights, id_none(site) ? db_copy(query, 2, work->arena) : NULL, site);
	}
	return who;
}

bool session_resume(struct work *work, const char *token, struct session *session)
{
	unsigned char hash[TOKEN_HASH];
	token_hash(token, hash);
	struct query *query = db_query(work->db, "SELECT user_id, csrf, id, used_at, ends_at FROM sessions WHERE token = ? AND ends_at > ?",
		BIND(value_bytes(hash, TOKEN_HASH), V(work->now)));
	if (!db_next(query))
		return false;
	session->user = db_id(query, 0);
	session->csrf = db_copy(query, 1, work->arena);
	session->id = db_id(query, 2);
	session->ends_at = db_whole(query, 4);
	session->stale = !id_none(session->id) && work->now - db_whole(query, 3) > USED_MS;
	db_done(query);
	const struct user *user = (const struct user *)row_load(work, &user_record, session->user);
	if (!user || user->closed || user->row.voided_at)
		return false;
	session->speaks = user->language != NULL;
	if (user->language)
		work->language = text_same(user->language, "en") ? ENGLISH : CHINESE;
	work->who = load_who(work, user);
	return true;
}

static enum status write_used(struct work *work, void *data)
{
	unsigned char hash[TOKEN_HASH];
	token_hash(data, hash);
	db_run(work->db, "UPDATE sessions SET used_at = ? WHERE token = ?", BIND(V(work->now), value_bytes(hash, TOKEN_HASH)));
	return OK;
}

enum status session_used(struct work *work, const char *token)
{
	return store_write(work, write_used, (void *)token);
}

static enum status delete_session(struct work *work, void *data)
{
	unsigned char hash[TOKEN_HASH];
	token_hash(data, hash);
	db_run(work->db, "DELETE FROM sessions WHERE token = ?", BIND(value_bytes(hash, TOKEN_HASH)));
	return OK;
}

enum status session_end(struct work *work, const char *token)
{
	return store_write(work, delete_session, (void *)token);
}
