/* People invited to open an account of their own: one, many, or whoever asks by the link of their sign-up. */
#include "app/person_invite.h"

#include "app/appeal.h"
#include "app/person.h"
#include "app/rights.h"
#include "app/session.h"
#include "app/settings.h"
#include "app/signup.h"
#include "base/qr.h"
#include "face/commands.h"
#include "face/person_invites.h"
#include "record/shape.h"

struct invited {
	const struct record *record; /* of the ids: people or pledges; NULL: people, whoever asks (their own) */
	struct id id;
	bool seen; /* within reach */
	const char *name;
	struct person_inviting inviting;
};
struct inviting_many {
	struct invited *list;
	size_t count, space;
};

/* A link of its own for each, before anything is written. Needs work->db. */
static void prepare(struct call *call, struct inviting_many *many)
{
	struct work *work = &call->work;
	for (size_t i = 0; i < many->count; i++) {
		struct person_inviting *one = &many->list[i].inviting;
		one->token = token_new(work->arena, INVITE_OWN);
		one->link = call_link(call, arena_print(work->arena, "/invite#%s", one->token));
		one->sends = call->face->sends;
	}
}

static enum status invite_one(struct work *work, struct invited *one)
{
	struct row *row;
	one->seen = true;
	if (one->record) {
		if (row_get_reached(work, one->record, one->id, RIGHT_person_write, &row) != OK)
			return work->status;
		one->inviting.person = one->record == &pledge_record ? ((const struct pledge *)row)->person : one->id;
	}
	one->name = shape_title(work, &person_record, one->inviting.person);
	return person_invite(work, &one->inviting);
}

/* It may run twice. Of many, one that is not there stands in nobody's way. */
static enum status write_invited(struct work *work, void *data)
{
	struct inviting_many *many = data;
	for (size_t i = 0; i < many->count; i++) {
		enum status status = invite_one(work, &many->list[i]);
		if (status == NOT_FOUND && many->count > 1) {
			many->list[i].seen = false;
			work_forgive(work);
		} else if (status != OK)
			return status;
	}
	return OK;
}

static void put_invited(struct work *work, struct json *json, const struct invited *one, bool alone)
{
	const struct person_inviting *inviting = &one->inviting;
	json_open(json, '{');
	json_put_named(json, "person", inviting->person, one->name);
	json_put(json, "outcome", invite_outcomes[inviting->outcome]);
	if (inviting->outcome == INVITE_MADE || inviting->outcome == INVITE_SENT)
		json_put_stamp(json, "until", inviting->ends_at);
	if (inviting->outcome == INVITE_MADE) {
		json_put(json, "link", inviting->link);
		if (alone)
			json_put(json, "qr", qr_svg(work->arena, inviting->link));
	}
	json_close(json, '}');
}

static enum status invite(struct call *call, struct inviting_many *many)
{
	struct work *work = &call->work;
	store_read(work);
	prepare(call, many);
	store_release(work);
	return store_write(work, write_invited, many);
}

static enum status invite_by(struct call *call, const struct record *record)
{
	struct invited one = {.record = record};
	struct inviting_many many = {.list = &one, .count = 1};
	if (!id_parse(call->parts[0], &one.id))
		return fail(&call->work, NOT_FOUND, NULL, NULL);
	if (call_body(call) != OK || call_keys(call, "") != OK || invite(call, &many) != OK)
		return call->work.status;
	put_invited(&call->work, &call->out, &one, true);
	return OK;
}

enum status command_person_invite(struct call *call)
{
	return invite_by(call, &person_record);
}

enum status command_pledge_invite(struct call *call)
{
	return invite_by(call, &pledge_record);
}

/* --- many */

static enum status read_ids(struct call *call, const char *key, const struct record *record, struct inviting_many *many)
{
	struct work *work = &call->work;
	const json_t *list = json_object_get(call->body, key), *one;
	size_t at;
	if (list && !json_is_array(list))
		return fail(work, BAD_FIELD, key, "must be a list of ids|须为标识列表");
	json_array_foreach(list, at, one)
	{
		struct id id;
		if (!json_is_string(one) || !id_parse(json_string_value(one), &id))
			return fail(work, BAD_FIELD, key, "must be a list of ids|须为标识列表");
		*ARENA_PUSH(work->arena, many->list, many->count, many->space) = (struct invited){.record = record, .id = id};
	}
	return OK;
}

enum status command_people_invite(struct call *call)
{
	struct work *work = &call->work;
	struct inviting_many many = {0};
	if (call_body(call) != OK || call_keys(call, "people,pledges") != OK || read_ids(call, "people", &person_record, &many) != OK ||
		read_ids(call, "pledges", &pledge_record, &many) != OK)
		return work->status;
	if (!many.count)
		return fail(work, BAD_FIELD, "people", "must be given|必填");
	store_read(work);
	int64_t most = settings_number(work, "invite_most");
	store_release(work);
	if ((int64_t)many.count > most)
		return fail(work, TOO_LARGE, "people", "takes %lld at most|最多 %lld 人", (long long)most);
	if (invite(call, &many) != OK)
		return work->status;
	json_open(&call->out, '{');
	json_key(&call->out, "rows");
	json_open(&call->out, '[');
	for (size_t i = 0; i < many.count; i++)
		if (many.list[i].seen)
			put_invited(work, &call->out, &many.list[i], false);
	json_close(&call->out, ']');
	json_close(&call->out, '}');
	return OK;
}

/* --- by whoever signed up */

bool public_account_open(struct call *call, const struct pledge *pledge)
{
	struct work *work = &call->work;
	bool stands = text_same(pledge->state, "signed") || text_same(pledge->state, "approved");
	/* an address that somebody else chose must not go out as a link: without link_base it would be the one that was asked */
	bool reaches = (call->face->sends && *settings_value(work, "link_base")) || work->store->demonstration;
	return stands && reaches && text_same(pledge->source, "public") && !person_has_account(work, pledge->person);
}

static enum status write_asked(struct work *work, void *data)
{
	struct inviting_many *many = data;
	work->who = who_program();
	return invite_one(work, many->list);
}

enum status command_public_account(struct call *call)
{
	struct work *work = &call->work;
	struct invited one = {0};
	struct inviting_many many = {.list = &one, .count = 1};
	const char *token;
	struct id id;
	if (call_public(call) != OK || call_text(call, "code", &token) != OK)
		return work->status;
	const struct pledge *pledge = id_parse(call->parts[0], &id) ? signup_followed(work, id, token) : NULL;
	if (!pledge)
		return fail(work, NOT_FOUND, NULL, "There is no such sign-up|没有这条报名");
	if (!public_account_open(call, pledge))
		return fail(work, BAD_STATE, NULL,
			"No account can be opened here: there is one already, or none can be sent. Ask whoever calls|此处不能开通账号：已有账号，或未配置发送，请联系发布单位");
	one.inviting.person = pledge->person;
	prepare(call, &many);
	store_release(work);
	if (store_write(work, write_asked, &many) != OK)
		return work->status;
	if (one.inviting.outcome == INVITE_RECENT)
		return fail(
			work, TOO_MANY, NULL, "A link was sent a few minutes ago; look at your messages|几分钟前已发送链接，请查看短信");
	/* who has no number on record, or a sender that fell silent, is no reason to show the link to whoever asks; made-up people have no phones */
	if (one.inviting.outcome == INVITE_MADE && !work->store->demonstration)
		return fail(work, BAD_STATE, NULL, "The link could not be sent: ask whoever calls|链接未能发送，请联系发布单位");
	json_open(&call->out, '{');
	json_put(&call->out, "outcome", invite_outcomes[one.inviting.outcome]);
	if (one.inviting.outcome == INVITE_MADE)
		json_put(&call->out, "link", one.inviting.link);
	json_close(&call->out, '}');
	return OK;
}
