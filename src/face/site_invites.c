/* Firms invited to keep their own page: the link a liaison shows or sends, and the account made by it. */
#include "app/site_invite.h"

#include "app/rights.h"
#include "app/session.h"
#include "base/qr.h"
#include "face/commands.h"
#include "record/rows.h"

/* --- by the liaison */

static enum status given(struct call *call)
{
	struct work *work = &call->work;
	struct json *json = &call->out;
	const struct site_inviting *inviting = call->data;
	char token[SITE_TOKEN], id[ID_TEXT];
	if (work->status != OK)
		return work->status;
	store_read(work);
	const struct site_invite *invite = inviting->invite;
	const char *link = call_link(call,
		arena_print(work->arena, "/enter/%s#%s", id_print(invite->row.id, id), site_invite_token(work, invite->row.id, token)));
	json_open(json, '{');
	json_put_id(json, "id", invite->row.id);
	json_put(json, "link", link);
	json_put_stamp(json, "until", invite->until);
	json_put(json, "qr", qr_svg(work->arena, link));
	json_close(json, '}');
	return OK;
}

enum status command_site_invite(struct call *call)
{
	struct work *work = &call->work;
	struct site_inviting *inviting = arena_alloc(work->arena, sizeof *inviting);
	struct row *site;
	if (call_body(call) != OK || call_keys(call, "note") != OK || call_row(call, &site_record, RIGHT_site_invite, &site) != OK)
		return work->status;
	if (site->voided_at)
		return fail(work, NOT_FOUND, NULL, NULL);
	const json_t *note = json_object_get(call->body, "note");
	if (note && !json_is_null(note) && (!json_is_string(note) || text_length(json_string_value(note)) > 80))
		return fail(work, BAD_FIELD, "note", "takes 80 characters at most|最多 80 字");
	inviting->site = site->id;
	inviting->note = json_string_value(note) && *json_string_value(note) ? json_string_value(note) : NULL;
	store_release(work);
	call->data = inviting;
	return call_write(call, site_invite_give, inviting, 1, given);
}

/* --- by the firm, which has no account yet */

static enum status enter(struct call *call, const char *token, const struct site_invite **invite, const struct site **site)
{
	struct work *work = &call->work;
	struct id id;
	if (call_public(call) != OK)
		return work->status;
	if (!id_parse(call->parts[0], &id))
		return fail(work, NOT_FOUND, NULL, NULL);
	return site_invite_open(work, id, token, invite, site);
}

enum status command_enter(struct call *call)
{
	const struct site_invite *invite;
	const struct site *site;
	if (enter(call, request_argument(call->request, "code"), &invite, &site) != OK)
		return call->work.status;
	json_open(&call->out, '{');
	json_put(&call->out, "site", site->name);
	json_put_stamp(&call->out, "until", invite->until);
	json_close(&call->out, '}');
	return OK;
}

static enum status accepted(struct call *call)
{
	const struct site_accept *accept = call->data;
	if (call->work.status != OK)
		return call->work.status;
	call->code = 201;
	json_open(&call->out, '{');
	json_put(&call->out, "name", accept->name);
	json_close(&call->out, '}');
	return OK;
}

enum status command_enter_accept(struct call *call)
{
	struct work *work = &call->work;
	struct site_accept *accept = arena_alloc(work->arena, sizeof *accept);
	const struct site_invite *invite;
	const struct site *site;
	const char *password;
	if (call_body(call) != OK || call_keys(call, "code,name,password") != OK || call_text(call, "code", &accept->token) != OK ||
		call_text(call, "name", &accept->name) != OK || call_text(call, "password", &password) != OK ||
		enter(call, accept->token, &invite, &site) != OK)
		return work->status;
	accept->id = invite->row.id;
	store_release(work);
	if (password_hash(work, password, &accept->password) != OK)
		return work->status;
	call->data = accept;
	return call_write(call, site_invite_accept, accept, 1, accepted);
}
