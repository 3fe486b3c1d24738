/* One-time links: the first administrator's, and a user's who is to choose a password. The store keeps the hash of the token. */
#include "app/session.h"

#include "app/begin.h"
#include "app/settings.h"
#include "record/rows.h"

#define HOUR_MS INT64_C(3600000)

struct invite {
	struct id user;
	const char *token;
	int64_t ends_at;
	const char *name;
	const char *chosen; /* the name of an account of one's own */
	const char *password; /* its hash, but for the first administrator */
};

static enum status write_invite(struct work *work, void *data)
{
	struct invite *invite = data;
	unsigned char hash[TOKEN_HASH];
	token_hash(invite->token, hash);
	invite->ends_at = work->now + settings_number(work, "invite_hours") * HOUR_MS;
	if (id_none(invite->user))
		db_run(work->db, "DELETE FROM invites WHERE user_id IS NULL", NOTHING);
	else
		db_run(work->db, "DELETE FROM invites WHERE user_id = ? OR ends_at < ?", BIND(V(invite->user), V(work->now)));
	db_run(work->db, "INSERT INTO invites (token, user_id, made_at, ends_at) VALUES (?, ?, ?, ?)",
		BIND(value_bytes(hash, TOKEN_HASH), V(invite->user), V(work->now), V(invite->ends_at)));
	return OK;
}

enum status invite_put(struct work *work, struct id user, const char *token, int64_t *ends_at)
{
	struct invite invite = {.user = user, .token = token};
	enum status status = write_invite(work, &invite);
	*ends_at = invite.ends_at;
	return status;
}

enum status invite_make(struct work *work, struct id user, const char **token, int64_t *ends_at)
{
	struct invite invite = {.user = user, .token = token_new(work->arena, "")};
	enum status status = store_write(work, write_invite, &invite);
	*token = invite.token;
	*ends_at = invite.ends_at;
	return status;
}

/* Takes the token out of the store, so that it works once; false where it is unknown, used or has ended. */
static bool take(struct work *work, const char *token, struct id *user)
{
	unsigned char hash[TOKEN_HASH];
	token_hash(token, hash);
	struct query *query = db_query(
		work->db, "SELECT user_id FROM invites WHERE token = ? AND ends_at > ?", BIND(value_bytes(hash, TOKEN_HASH), V(work->now)));
	if (!db_next(query))
		return false;
	*user = db_id(query, 0);
	db_done(query);
	db_run(work->db, "DELETE FROM invites WHERE token = ?", BIND(value_bytes(hash, TOKEN_HASH)));
	return true;
}

static enum status gone(struct work *work)
{
	return fail(work, NOT_FOUND, NULL, "This link was used or has ended; ask for a new one|链接已使用或已过期，请重新获取");
}

static enum status write_set_up(struct work *work, void *data)
{
	struct invite *invite = data;
	struct id user;
	if (!take(work, invite->token, &user) || !id_none(user) || user_administered(work))
		return gone(work);
	struct begin_admin admin = {.name = invite->name, .password = invite->password};
	work->who = who_program();
	enum status status = begin_admin(work, &admin);
	work->who = NULL;
	return status;
}

enum status invite_set_up(struct work *work, const char *token, const char *name, const char *password)
{
	struct invite invite = {.token = token, .name = name, .password = password};
	return store_write(work, write_set_up, &invite);
}

static enum status write_accepted(struct work *work, void *data)
{
	struct invite *invite = data;
	struct id id;
	if (!take(work, invite->token, &id) || id_none(id))
		return gone(work);
	const struct user *user = (const struct user *)row_load(work, &user_record, id);
	if (!user || user->closed || user->row.voided_at)
		return gone(work);
	if (text_starts(invite->token, INVITE_OWN)) {
		if (GIVEN(user, user, password) || user_granted(work, id))
			return gone(work);
		if (user_rename(work, user, invite->chosen) != OK)
			return work->status;
		user = (const struct user *)row_load(work, &user_record, id);
	}
	invite->name = user->name;
	if (user_set_password(work, user, invite->password) != OK)
		return work->status;
	db_run(work->db, "DELETE FROM sessions WHERE user_id = ? AND label IS NULL", BIND(V(id)));
	try_forget(work, user->name);
	return OK;
}

enum status invite_accept(struct work *work, const char *token, const char *chosen, const char *password, const char **name)
{
	struct invite invite = {.token = token, .chosen = chosen};
	if (password_hash(work, password, &invite.password) != OK)
		return work->status;
	enum status status = store_write(work, write_accepted, &invite);
	*name = invite.name;
	return status;
}
