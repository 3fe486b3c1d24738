#include "app/person_invite.h"

#include "app/aside.h"
#include "app/message.h"
#include "app/number.h"
#include "app/person.h"
#include "app/session.h"
#include "app/settings.h"

enum { NAME = 8, MINUTE_MS = 60000 };

const char *const invite_outcomes[INVITE_OUTCOMES] = {"made", "sent", "there", "closed", "recent"};

/* The person's account: one that was opened before one that was not. No id: none. */
static struct id account_of(struct work *work, struct id person)
{
	struct id id = {{0}};
	struct query *query = db_query(work->db,
		"SELECT id FROM users WHERE person = ? AND voided_at IS NULL ORDER BY coalesce(closed, 0), CASE WHEN password IS NULL THEN 1 ELSE 0 END, id LIMIT 1",
		BIND(V(person)));
	if (db_next(query)) {
		id = db_id(query, 0);
		db_done(query);
	}
	return id;
}

bool person_has_account(struct work *work, struct id person)
{
	return db_get(work->db, 0, "SELECT 1 FROM users WHERE person = ? AND voided_at IS NULL AND password IS NOT NULL LIMIT 1",
		BIND(V(person)));
}

/* Its owner chooses the name when opening it; nothing of the person stands in it: accounts outlive the incident. */
static enum status make(struct work *work, const struct person *person, struct id *id)
{
	struct user *user = (struct user *)row_new(work->arena, &user_record);
	struct row *row = &user->row;
	SET(user, user, name, V(arena_print(work->arena, "new-%s", code_new(work->arena, "23456789abcdeghjmnpqrstuvwxyz", NAME))));
	SET(user, user, area, V(person->area));
	SET(user, user, person, V(person->row.id));
	SET(user, user, language, V(work->language == ENGLISH ? "en" : "zh"));
	struct aside aside;
	aside_begin(work, &aside);
	row_insert(work, &row, NULL);
	aside_end(work, &aside);
	*id = row->id;
	return work->status;
}

static enum status give_link(struct work *work, struct person_inviting *inviting, struct id user, const char *phone)
{
	int64_t again = settings_number(work, "invite_again_minutes") * MINUTE_MS;
	if (phone && db_get(work->db, 0, "SELECT 1 FROM invites WHERE user_id = ? AND made_at > ?", BIND(V(user), V(work->now - again)))) {
		inviting->outcome = INVITE_RECENT;
		return OK;
	}
	inviting->outcome = phone ? INVITE_SENT : INVITE_MADE;
	if (invite_put(work, user, inviting->token, &inviting->ends_at) != OK || !phone)
		return work->status;
	return message_put(work, phone,
		arena_print(work->arena,
			work_text(work,
				"muster: open your account for your posts and shifts: %s (works once, for %lld hours)|【muster】请打开链接开通账号，查看本人岗位和班次：%s（仅可使用一次，%lld 小时内有效）"),
			inviting->link, (long long)settings_number(work, "invite_hours")));
}

enum status person_invite(struct work *work, struct person_inviting *inviting)
{
	const struct person *person = (const struct person *)row_load(work, &person_record, inviting->person);
	if (!person || person->row.voided_at)
		return fail(work, NOT_FOUND, NULL, NULL);
	struct id id = account_of(work, inviting->person);
	const struct user *user = id_none(id) ? NULL : (const struct user *)row_load(work, &user_record, id);
	if (user && user->closed) {
		inviting->outcome = INVITE_CLOSED;
		return OK;
	}
	/* whoever holds the link of an account with rights would have them */
	if (user && (GIVEN(user, user, password) || user_granted(work, id))) {
		inviting->outcome = INVITE_THERE;
		return OK;
	}
	if (!user && make(work, person, &id) != OK)
		return work->status;
	struct value number = inviting->sends ? row_private(work, &person_record, inviting->person, FIELD_OF(person, phone)) : value_null();
	return give_link(work, inviting, id, number.type == VALUE_TEXT ? number.text : NULL);
}
