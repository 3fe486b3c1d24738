/* Signing in and out, who one is, and whether the program lives. */
#include <string.h>

#include "app/area.h"
#include "app/own_shifts.h"
#include "app/rights.h"
#include "app/site.h"
#include "face/commands.h"
#include "record/shape.h"

enum status command_health(struct call *call)
{
	json_open(&call->out, '{');
	json_put_flag(&call->out, "ok", true);
	json_close(&call->out, '}');
	return OK;
}

enum status command_ready(struct call *call)
{
	store_read(&call->work);
	db_get(call->work.db, 0, "SELECT 1 FROM areas LIMIT 1", NOTHING);
	if (db_status(call->work.db) != OK)
		return fail(&call->work, BUSY, NULL, NULL);
	return command_health(call);
}

static void set_cookie(struct call *call, const char *token)
{
	/* over plain HTTP on loopback the browser would drop a Secure cookie */
	const char *proto = request_header(call->request, "X-Forwarded-Proto");
	response_header(call->request, "Set-Cookie",
		arena_print(call->work.arena, "muster=%s; Path=/; HttpOnly; SameSite=Strict%s%s", token, *token ? "" : "; Max-Age=0",
			text_same(proto, "https") ? "; Secure" : ""));
}

static void write_grants(struct call *call)
{
	struct work *work = &call->work;
	struct query *query = db_query(work->db,
		"SELECT g.role, g.area, a.name, a.code, a.level, g.site, s.name, g.zone, z.name FROM grants g JOIN areas a ON a.id = g.area "
		"LEFT JOIN sites s ON s.id = g.site LEFT JOIN zones z ON z.id = g.zone WHERE g.user = ? AND g.voided_at IS NULL",
		BIND(V(work->who->id)));
	json_key(&call->out, "grants");
	json_open(&call->out, '[');
	while (db_next(query)) {
		json_open(&call->out, '{');
		json_put(&call->out, "role", db_text(query, 0));
		json_key(&call->out, "area");
		json_open(&call->out, '{');
		json_put_id(&call->out, "id", db_id(query, 1));
		json_put(&call->out, "name", db_text(query, 2));
		json_put(&call->out, "code", db_text(query, 3));
		json_put_whole(&call->out, "level", db_whole(query, 4));
		json_close(&call->out, '}');
		json_key(&call->out, "site");
		if (db_null(query, 5)) {
			json_null_out(&call->out);
		} else {
			json_open(&call->out, '{');
			json_put_id(&call->out, "id", db_id(query, 5));
			json_put(&call->out, "name", db_text(query, 6));
			json_close(&call->out, '}');
		}
		json_key(&call->out, "zone");
		if (db_null(query, 7)) {
			json_null_out(&call->out);
		} else {
			json_open(&call->out, '{');
			json_put_id(&call->out, "id", db_id(query, 7));
			json_put(&call->out, "name", db_text(query, 8));
			json_close(&call->out, '}');
		}
		json_close(&call->out, '}');
	}
	json_close(&call->out, ']');
}

enum status command_session(struct call *call)
{
	struct work *work = &call->work;
	store_read(work);
	json_open(&call->out, '{');
	json_key(&call->out, "user");
	json_open(&call->out, '{');
	json_put_id(&call->out, "id", work->who->id);
	json_put(&call->out, "name", work->who->name);
	json_put(&call->out, "lang", work->language == ENGLISH ? "en" : "zh");
	json_put_id(&call->out, "person", own_person(work));
	json_close(&call->out, '}');
	json_put(&call->out, "csrf", call->session.csrf);
	json_put_flag(&call->out, "demo", work->store->demonstration);
	json_key(&call->out, "today");
	json_day(&call->out, work->today);
	json_put_stamp(&call->out, "now", work->now);
	write_grants(call);
	json_key(&call->out, "rights");
	json_open(&call->out, '[');
	for (int right = 0; right < RIGHT_count; right++)
		if (who_may(work->who, right))
			json_text(&call->out, right_name(work->arena, (enum right)right));
	json_close(&call->out, ']');
	const struct area *home = area_find(work, NULL);
	json_key(&call->out, "home");
	if (home)
		shape_row(work, &call->out, &home->row);
	else
		json_null_out(&call->out);
	json_close(&call->out, '}');
	return OK;
}

static enum status signed_in(struct call *call, enum status status)
{
	if (status != OK)
		return status;
	set_cookie(call, call->session.token);
	store_read(&call->work);
	bool known = session_resume(&call->work, call->session.token, &call->session);
	store_release(&call->work);
	return known ? command_session(call) : fail(&call->work, SIGN_IN, NULL, NULL);
}

enum status command_sign_in(struct call *call)
{
	const char *name, *password;
	if (call_text(call, "name", &name) != OK || call_text(call, "password", &password) != OK)
		return call->work.status;
	return signed_in(call, session_start(&call->work, name, password, call_address(call), &call->session));
}

enum status command_password(struct call *call)
{
	const char *old, *password;
	if (call_text(call, "old", &old) != OK || call_text(call, "new", &password) != OK)
		return call->work.status;
	if (session_password(&call->work, old, password, call_address(call), call->session.token) != OK)
		return call->work.status;
	return command_health(call);
}

enum status command_sign_out(struct call *call)
{
	set_cookie(call, "");
	return session_end(&call->work, call->session.token) == OK ? command_health(call) : call->work.status;
}

enum status command_demo(struct call *call)
{
	struct work *work = &call->work;
	if (!work->store->demonstration)
		return fail(work, NOT_FOUND, NULL, NULL);
	store_read(work);
	json_open(&call->out, '{');
	json_key(&call->out, "users");
	json_open(&call->out, '[');
	/* those that stand for many come last: demo-liaison before demo-liaison-02 */
	struct query *query = db_query(work->db,
		"SELECT name, duty FROM users WHERE coalesce(closed, 0) = 0 AND duty IS NOT NULL ORDER BY name LIKE '%-_' OR name LIKE '%-__', id LIMIT 12",
		NOTHING);
	while (db_next(query)) {
		json_open(&call->out, '{');
		json_put(&call->out, "name", db_text(query, 0));
		json_put(&call->out, "label", db_text(query, 1));
		json_close(&call->out, '}');
	}
	json_close(&call->out, ']');
	json_close(&call->out, '}');
	return OK;
}

enum status command_demo_sign_in(struct call *call)
{
	const char *name;
	if (call_text(call, "name", &name) != OK)
		return call->work.status;
	return signed_in(call, session_demonstrate(&call->work, name, &call->session));
}
