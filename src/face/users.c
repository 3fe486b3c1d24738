/* Accounts: the first administrator, invitations, tokens for programs. */
#include "app/rights.h"
#include "base/clock.h"
#include "face/commands.h"
#include "record/rows.h"

enum { TOKEN_DAYS = 90, MOST_DAYS = 366, MOST_LABEL = 80 };

enum status command_setup(struct call *call)
{
	const char *token, *name, *password;
	if (call_text(call, "token", &token) != OK || call_text(call, "name", &name) != OK || call_text(call, "password", &password) != OK)
		return call->work.status;
	if (invite_set_up(&call->work, token, name, password) != OK)
		return call->work.status;
	call->code = 201;
	return command_health(call);
}

/* The address under which the administrator reached muster is the one that the invited will reach. */
static const char *link_to(struct call *call, const char *page, const char *token)
{
	const char *host = request_header(call->request, "Host"), *proto = request_header(call->request, "X-Forwarded-Proto");
	return arena_print(call->work.arena, "%s://%s/%s?token=%s", text_same(proto, "https") ? "https" : "http", host ? host : "localhost",
		page, token);
}

static enum status check_invited(struct call *call, struct id *id)
{
	struct work *work = &call->work;
	if (!id_parse(call->parts[0], id))
		return fail(work, NOT_FOUND, NULL, NULL);
	store_read(work);
	const struct user *user = (const struct user *)row_load(work, &user_record, *id);
	enum status status = user_governed(work, user);
	if (status == OK && user->closed)
		status = fail(work, BAD_STATE, NULL, "This account is deactivated already|该用户已停用");
	store_release(work);
	return status;
}

enum status command_invite(struct call *call)
{
	struct id id;
	const char *token;
	int64_t ends_at;
	if (check_invited(call, &id) != OK || invite_make(&call->work, id, &token, &ends_at) != OK)
		return call->work.status;
	json_open(&call->out, '{');
	json_put(&call->out, "link", link_to(call, "invite", token));
	json_key(&call->out, "ends_at");
	json_stamp(&call->out, ends_at);
	json_close(&call->out, '}');
	return OK;
}

enum status command_accept(struct call *call)
{
	const char *token, *password, *name;
	if (call_text(call, "token", &token) != OK || call_text(call, "password", &password) != OK)
		return call->work.status;
	const char *chosen = json_string_value(json_object_get(call->body, "name"));
	if (invite_accept(&call->work, token, chosen, password, &name) != OK)
		return call->work.status;
	json_open(&call->out, '{');
	json_put(&call->out, "name", name);
	json_close(&call->out, '}');
	return OK;
}

enum status command_tokens(struct call *call)
{
	struct work *work = &call->work;
	store_read(work);
	struct query *query = db_query(work->db,
		"SELECT id, label, made_at, ends_at, used_at FROM sessions WHERE user_id = ? AND label IS NOT NULL AND ends_at > ? "
		"ORDER BY made_at DESC",
		BIND(V(work->who->id), V(work->now)));
	json_open(&call->out, '{');
	json_key(&call->out, "rows");
	json_open(&call->out, '[');
	while (db_next(query)) {
		json_open(&call->out, '{');
		json_put_id(&call->out, "id", db_id(query, 0));
		json_put(&call->out, "label", db_text(query, 1));
		json_put_stamp(&call->out, "made_at", db_whole(query, 2));
		json_put_stamp(&call->out, "ends_at", db_whole(query, 3));
		json_put_stamp(&call->out, "used_at", db_whole(query, 4));
		json_close(&call->out, '}');
	}
	json_close(&call->out, ']');
	json_close(&call->out, '}');
	return OK;
}

static enum status read_days(struct call *call, int64_t *days)
{
	const json_t *given = json_object_get(call->body, "days");
	*days = TOKEN_DAYS;
	if (!given || json_is_null(given))
		return OK;
	*days = json_integer_value(given);
	if (!json_is_integer(given) || *days < 1 || *days > MOST_DAYS)
		return fail(&call->work, BAD_FIELD, "days", "must be a number from 1 to %d|须为 1 至 %d 的数", MOST_DAYS);
	return OK;
}

/* A token cannot make another one: what leaks once would else last for ever. */
enum status command_token_make(struct call *call)
{
	struct work *work = &call->work;
	struct session session = {0};
	const char *label;
	int64_t days;
	if (!id_none(call->session.id))
		return fail(work, NO_RIGHT, NULL, "Tokens are made in a session signed in by password|请用密码登录后再新建令牌");
	if (call_text(call, "label", &label) != OK || read_days(call, &days) != OK)
		return work->status;
	if (text_length(label) > MOST_LABEL)
		return fail(work, BAD_FIELD, "label", "takes %d characters at most|最多 %d 个字符", MOST_LABEL);
	if (session_token(work, work->who->id, label, days, &session) != OK)
		return work->status;
	json_open(&call->out, '{');
	json_put_id(&call->out, "id", session.id);
	json_put(&call->out, "label", label);
	json_put(&call->out, "token", session.token);
	json_put_stamp(&call->out, "ends_at", work->now + days * DAY_MS);
	json_close(&call->out, '}');
	call->code = 201;
	return OK;
}

enum status command_token_end(struct call *call)
{
	struct id id;
	if (!id_parse(call->parts[0], &id))
		return fail(&call->work, NOT_FOUND, NULL, NULL);
	return session_token_end(&call->work, id) == OK ? command_health(call) : call->work.status;
}
