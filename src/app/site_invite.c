#include "app/site_invite.h"

#include "app/rights.h"
#include "app/session.h"
#include "app/settings.h"
#include "app/user.h"
#include "record/rows.h"

#define HOUR_MS INT64_C(3600000)

static enum status site_invite_check(struct work *work, const struct row *old, struct row *row);

#define DEF "app/site_invite.def"
#define HOOKS .check = site_invite_check,
#include "record/table.h"

char *site_invite_token(struct work *work, struct id invite, char token[SITE_TOKEN])
{
	return secret_link(work->store->keys, "site invite", invite, token);
}

/* The id of the one that holds; none. */
static struct id live(struct work *work, struct id site)
{
	struct id id = {{0}};
	struct query *query = db_query(work->db,
		"SELECT id FROM site_invites WHERE site = ? AND state = 'open' AND until > ? AND voided_at IS NULL ORDER BY until DESC LIMIT 1",
		BIND(V(site), V(work->now)));
	if (db_next(query)) {
		id = db_id(query, 0);
		db_done(query);
	}
	return id;
}

static enum status site_invite_check(struct work *work, const struct row *old, struct row *row)
{
	struct site_invite *invite = (struct site_invite *)row;
	if (old)
		return OK;
	if (!id_none(live(work, invite->site)))
		return fail(work, BAD_FIELD, "site",
			"has an invitation that still holds: hand that one out, or take it back|已有有效邀请，请使用该邀请或先收回");
	SET(invite, site_invite, state, V("open"));
	SET(invite, site_invite, day, V(work->today));
	SET(invite, site_invite, until, V(work->now + settings_number(work, "invite_hours") * HOUR_MS));
	return OK;
}

enum status site_invite_give(struct work *work, void *data)
{
	struct site_inviting *inviting = data;
	struct id there = live(work, inviting->site);
	if (!id_none(there)) {
		inviting->invite = (const struct site_invite *)row_load(work, &site_invite_record, there);
		return OK;
	}
	struct site_invite *invite = (struct site_invite *)row_new(work->arena, &site_invite_record);
	struct row *row = &invite->row;
	SET(invite, site_invite, site, V(inviting->site));
	if (inviting->note)
		SET(invite, site_invite, note, V(inviting->note));
	if (row_insert(work, &row, NULL) != OK)
		return work->status;
	inviting->invite = (const struct site_invite *)row;
	return OK;
}

enum status site_invite_open(
	struct work *work, struct id id, const char *token, const struct site_invite **invite, const struct site **site)
{
	char right[SITE_TOKEN];
	*invite = (const struct site_invite *)row_load(work, &site_invite_record, id);
	/* a wrong id and a wrong token answer alike */
	if (!*invite || !token || !text_same(token, site_invite_token(work, id, right)))
		return fail(work, NOT_FOUND, NULL, "There is no such invitation|邀请无效");
	*site = (const struct site *)row_load(work, &site_record, (*invite)->site);
	if ((*invite)->row.voided_at || !text_same((*invite)->state, "open") || (*invite)->until <= work->now || !*site ||
		(*site)->row.voided_at)
		return fail(work, BAD_STATE, NULL,
			"This invitation was used, taken back or has ended: ask your liaison for a new one|邀请已使用、已收回或已过期，请向联络员索取新的邀请");
	return OK;
}

/* The account and its one grant. */
static enum status make_user(struct work *work, const struct site_accept *accept, const struct site *site, struct id *id)
{
	struct user *user = (struct user *)row_new(work->arena, &user_record);
	struct grant *grant = (struct grant *)row_new(work->arena, &grant_record);
	struct row *row = &user->row, *given = &grant->row;
	SET(user, user, name, V(accept->name));
	SET(user, user, area, V(site->area));
	SET(user, user, password, V(accept->password));
	SET(user, user, language, V(work->language == ENGLISH ? "en" : "zh"));
	if (row_insert(work, &row, NULL) != OK)
		return work->status;
	*id = row->id;
	SET(grant, grant, user, V(row->id));
	SET(grant, grant, role, V("enterprise"));
	SET(grant, grant, site, V(site->row.id));
	return row_insert(work, &given, NULL);
}

enum status site_invite_accept(struct work *work, void *data)
{
	const struct site_accept *accept = data;
	const struct site_invite *invite;
	const struct site *site;
	struct id user;
	if (site_invite_open(work, accept->id, accept->token, &invite, &site) != OK)
		return work->status;
	const struct who *who = work->who;
	work->who = who_program();
	if (make_user(work, accept, site, &user) == OK) {
		struct row *row = row_copy(work->arena, &invite->row);
		struct site_invite *used = (struct site_invite *)row;
		SET(used, site_invite, state, V("used"));
		SET(used, site_invite, user, V(user));
		SET(used, site_invite, used_at, V(work->now));
		row_change(work, &invite->row, row, invite->row.version, RIGHT_site_invite);
	}
	work->who = who;
	return work->status;
}
