#include "app/signup.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "app/area.h"
#include "app/available.h"
#include "app/message.h"
#include "app/rights.h"
#include "app/session.h"
#include "app/settings.h"
#include "base/clock.h"
#include "base/codes.h"
#include "record/list.h"
#include "record/shape.h"

#define PLACE "signup"
enum { MINUTE_MS = 60000, HOUR_MS = 3600000, DIGITS = 1000000, CODE_TEXT = 7, SAME_NUMBER = 20 };

/* A name, a phone number, a code, an address: none of them is kept in clear. */
static const char *keyed(struct work *work, const char *kind, const char *text)
{
	char token[SECRET_TOKEN];
	return arena_copy(work->arena, secret_token(work->store->keys, kind, text, strlen(text), token));
}

static const char *code_key(struct work *work, struct id id, const char *code)
{
	char text[ID_TEXT];
	return keyed(work, "sign-up code", arena_print(work->arena, "%s %s", id_print(id, text), code));
}

/* --- the appeal */

enum status signup_appeal(struct work *work, struct id id, const struct appeal **appeal)
{
	*appeal = (const struct appeal *)row_load(work, &appeal_record, id);
	if (!*appeal || (*appeal)->row.voided_at || appeal_open(work, *appeal, work->today) != OK) {
		work_forgive(work);
		return fail(work, NOT_FOUND, NULL, "This appeal does not take sign-ups today|该倡议目前不接受报名");
	}
	return OK;
}

const char *signup_consent(struct work *work, const struct appeal *appeal)
{
	return GIVEN(appeal, appeal, consent) ? appeal->consent : work_text(work, settings_value(work, "signup_consent"));
}

/* --- the form */

struct form {
	struct person *person;
	struct pledge *pledge;
};

static enum status read_form(struct work *work, const json_t *form, struct form *out)
{
	const char *name;
	char clean[PHONE_TEXT];
	json_t *value;
	out->person = (struct person *)row_new(work->arena, &person_record);
	out->pledge = (struct pledge *)row_new(work->arena, &pledge_record);
	json_object_foreach((json_t *)form, name, value)
	{
		if (!text_listed("id,consent," SIGNUP_PERSON "," SIGNUP_PLEDGE, ',', name))
			fail(work, BAD_FIELD, name, "is not known here|不是可填写的项目");
	}
	if (!json_is_true(json_object_get(form, "consent")))
		fail(work, BAD_FIELD, "consent", "must be agreed to|须勾选同意");
	shape_read_part(work, form, SIGNUP_PERSON, &out->person->row);
	shape_read_part(work, form, SIGNUP_PLEDGE, &out->pledge->row);
	struct available *parts;
	size_t part_count;
	available_read(work, "available", out->person->available, &parts, &part_count);
	if (!GIVEN(out->person, person, name))
		fail(work, BAD_FIELD, "name", "must be given|必填");
	if (!GIVEN(out->person, person, phone))
		fail(work, BAD_FIELD, "phone", "must be given|必填");
	else if (phone_clean(out->person->phone, clean) != PHONE_MOBILE)
		fail(work, BAD_FIELD, "phone", "must be a mobile number, for a code is sent to it|须为手机号码，用于接收验证码");
	if (!GIVEN(out->person, person, area))
		fail(work, BAD_FIELD, "area", "must be given|必填");
	return work->status;
}

static enum status check_wish(struct work *work, const struct pledge *pledge)
{
	if (GIVEN(pledge, pledge, wish) &&
		!db_get(work->db, 0, "SELECT 1 FROM post_kinds WHERE code = ? AND voided_at IS NULL", BIND(V(pledge->wish))))
		return fail(work, BAD_FIELD, "wish", "is not in the list|不在可选范围内");
	return OK;
}

static enum status check_area(struct work *work, const struct appeal *appeal, const struct person *person)
{
	const struct row *area = row_load(work, &area_record, person->area);
	if (!area || area->voided_at || !path_inside(area->path, appeal->row.path))
		return fail(work, BAD_FIELD, "area", "is not within the area that calls|不在倡议所在区划内");
	return OK;
}

/* --- limits */

static int64_t count(struct work *work, const char *sql, const char *key, int64_t since, int64_t most)
{
	return db_get(work->db, 0, sql, BIND(V(key), V(since), V(most)));
}

static enum status check_limits(struct work *work, const struct signup *signup, const struct appeal *appeal, const struct person *person)
{
	int64_t by_number = settings_number(work, "signup_number_day"), by_origin = settings_number(work, "signup_address_hour");
	int64_t open = settings_number(work, "signup_area_open");
	if (count(work, "SELECT count(*) FROM (SELECT 1 FROM signups WHERE number = ? AND made_at > ? LIMIT ?) few",
		    keyed(work, "sign-up number", person->phone), work->now - DAY_MS, by_number) >= by_number)
		return fail(work, TOO_MANY, "phone", "has had %lld codes today; try again tomorrow|今天已获取 %lld 次验证码，请明天再试",
			(long long)by_number);
	if (count(work, "SELECT count(*) FROM (SELECT 1 FROM signups WHERE origin = ? AND made_at > ? LIMIT ?) few",
		    keyed(work, "sign-up address", signup->origin), work->now - HOUR_MS, by_origin) >= by_origin)
		return fail(work, TOO_MANY, NULL,
			"Too many sign-ups from here within an hour; try again later|本网络一小时内报名次数过多，请稍后再试");
	if (db_get(work->db, 0,
		    "SELECT count(*) FROM (SELECT 1 FROM signups WHERE area = ? AND ends_at > ? AND pledge IS NULL LIMIT ?) few",
		    BIND(V(appeal->area), V(work->now), V(open))) >= open)
		return fail(work, TOO_MANY, NULL,
			"Very many people are signing up at this moment; try again in a few minutes, or tell your unit|目前报名人数过多，请几分钟后再试，或通过所在单位报名");
	return OK;
}

static enum status check(struct work *work, const struct signup *signup, const struct appeal **appeal, struct form *form)
{
	if (signup_appeal(work, signup->appeal, appeal) != OK || read_form(work, signup->form, form) != OK)
		return work->status;
	if (check_area(work, *appeal, form->person) != OK || check_wish(work, form->pledge) != OK)
		return work->status;
	return check_limits(work, signup, *appeal, form->person);
}

enum status signup_check(struct work *work, const struct signup *signup)
{
	const struct appeal *appeal;
	struct form form;
	const struct who *asker = work->who;
	work->who = who_program();
	check(work, signup, &appeal, &form);
	work->who = asker;
	return work->status;
}

/* --- the code */

static enum status put_code(struct work *work, struct signup *signup, const struct appeal *appeal, const char *phone)
{
	char code[CODE_TEXT];
	snprintf(code, sizeof code, "%06u", randombytes_uniform(DIGITS));
	signup->code = arena_copy(work->arena, code);
	long long minutes = settings_number(work, "signup_minutes");
	return message_put(work, phone,
		arena_print(work->arena,
			work_text(work,
				"muster: %s is your code to sign up for \"%s\". It holds for %lld minutes.|【muster】验证码 %s，用于报名“%s”，%lld 分钟内有效。"),
			code, appeal->title, minutes));
}

static void insert(struct work *work, const struct signup *signup, const struct appeal *appeal, const struct person *person)
{
	struct store *store = work->store;
	db_run(work->db,
		"INSERT INTO signups (id, appeal, area, number, origin, code, tries, incident, form, made_at, ends_at) VALUES (?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?)",
		BIND(V(signup->id), V(appeal->row.id), V(appeal->area), V(keyed(work, "sign-up number", person->phone)),
			V(keyed(work, "sign-up address", signup->origin)), V(code_key(work, signup->id, signup->code)), V(store->incident),
			secret_seal(store->keys, store->incident, PLACE, json_print(work->arena, signup->form), work->arena), V(work->now),
			V(signup->ends_at)));
}

enum status signup_begin(struct work *work, void *data)
{
	struct signup *signup = data;
	const struct appeal *appeal;
	struct form form;
	signup->code = NULL;
	signup->ends_at = db_get(work->db, 0, "SELECT ends_at FROM signups WHERE id = ?", BIND(V(signup->id)));
	if (signup->ends_at)
		return OK;
	work->who = who_program();
	if (check(work, signup, &appeal, &form) != OK)
		return work->status;
	signup->ends_at = work->now + settings_number(work, "signup_minutes") * MINUTE_MS;
	if (put_code(work, signup, appeal, form.person->phone) != OK)
		return work->status;
	insert(work, signup, appeal, form.person);
	return OK;
}

/* --- becoming a person with a pledge */

/* Somebody of this name and number who is known already. */
static struct id find_person(struct work *work, const struct person *person)
{
	struct list list;
	struct list_ask ask = {.record = &person_record,
		.right = RIGHT_person_read,
		.path = "",
		.day = DAY_FAR,
		.typed = person->phone,
		.limit = SAME_NUMBER};
	if (list_read(work, &ask, &list) != OK)
		return (struct id){{0}};
	for (size_t i = 0; i < list.count; i++) {
		const struct person *known = (const struct person *)list.rows[i];
		if (text_same(known->phone, person->phone) && text_same(known->name, person->name))
			return known->row.id;
	}
	return (struct id){{0}};
}

static enum status make(struct work *work, const json_t *json, const struct appeal *appeal, int64_t agreed_at, struct id *made)
{
	struct form form;
	if (read_form(work, json, &form) != OK)
		return work->status;
	struct id person = find_person(work, form.person);
	if (id_none(person)) {
		struct row *row = &form.person->row;
		if (row_insert(work, &row, NULL) != OK)
			return work->status;
		person = row->id;
	}
	if (pledge_find(work, appeal->row.id, person, made))
		return OK;
	struct row *row = &form.pledge->row;
	SET(form.pledge, pledge, appeal, V(appeal->row.id));
	SET(form.pledge, pledge, person, V(person));
	SET(form.pledge, pledge, source, V("public"));
	SET(form.pledge, pledge, consent, V(signup_consent(work, appeal)));
	SET(form.pledge, pledge, consented, V(agreed_at));
	if (row_insert(work, &row, NULL) != OK)
		return work->status;
	*made = row->id;
	return OK;
}

struct kept_form {
	struct id appeal, pledge;
	int64_t made_at, tries;
	const char *code;
	const json_t *form;
};

/* What is kept of a sign-up whose code still holds; false where there is none. */
static bool read_kept(struct work *work, struct id id, struct kept_form *kept)
{
	size_t size;
	struct store *store = work->store;
	struct query *query =
		db_query(work->db, "SELECT appeal, pledge, made_at, tries, code, incident, form FROM signups WHERE id = ? AND ends_at > ?",
			BIND(V(id), V(work->now)));
	if (!db_next(query))
		return false;
	*kept = (struct kept_form){.appeal = db_id(query, 0),
		.pledge = db_id(query, 1),
		.made_at = db_whole(query, 2),
		.tries = db_whole(query, 3),
		.code = arena_copy(work->arena, db_text(query, 4))};
	struct id incident = db_id(query, 5);
	const void *bytes = db_bytes(query, 6, &size);
	const char *text = bytes && keys_ready(store->keys, work->db, incident, false)
		? secret_open(store->keys, incident, PLACE, bytes, size, work->arena)
		: NULL;
	db_done(query);
	kept->form = text ? json_read(work->arena, text, strlen(text), NULL) : NULL;
	return true;
}

enum status signup_confirm(struct work *work, void *data)
{
	struct signup_code *code = data;
	struct kept_form kept;
	const struct appeal *appeal;
	int64_t most = settings_number(work, "signup_code_tries");
	code->outcome = SIGNUP_GONE;
	work->who = who_program();
	if (!read_kept(work, code->id, &kept) || kept.tries >= most)
		return OK;
	if (!text_same(kept.code, code_key(work, code->id, code->code))) {
		db_run(work->db, "UPDATE signups SET tries = tries + 1 WHERE id = ?", BIND(V(code->id)));
		code->outcome = SIGNUP_WRONG;
		code->left = most - kept.tries - 1;
		return OK;
	}
	code->pledge = kept.pledge;
	if (id_none(kept.pledge)) {
		if (!kept.form)
			return OK;
		if (signup_appeal(work, kept.appeal, &appeal) != OK || make(work, kept.form, appeal, kept.made_at, &code->pledge) != OK)
			return work->status;
		db_run(work->db, "UPDATE signups SET pledge = ?, form = NULL WHERE id = ?", BIND(V(code->pledge), V(code->id)));
	}
	code->outcome = SIGNUP_DONE;
	return OK;
}

/* --- afterwards */

char *signup_token(struct work *work, struct id pledge, char token[SIGNUP_TOKEN])
{
	char text[ID_TEXT], word[SECRET_TOKEN];
	id_print(pledge, text);
	snprintf(token, SIGNUP_TOKEN, "%s", secret_token(work->store->keys, "pledge link", text, strlen(text), word));
	return token;
}

const struct pledge *signup_followed(struct work *work, struct id id, const char *token)
{
	char right[SIGNUP_TOKEN];
	const struct pledge *pledge = (const struct pledge *)row_load(work, &pledge_record, id);
	if (!pledge || pledge->row.voided_at || !token || !text_same(token, signup_token(work, id, right)))
		return NULL;
	return pledge;
}

void signup_tell(struct work *work, const struct pledge *pledge)
{
	const char *words = text_same(pledge->state, "approved")
		? "muster: your sign-up for \"%s\" was approved. You will be told your post.|【muster】您报名的“%s”已通过，岗位安排将另行通知。"
		: text_same(pledge->state, "declined")
		? "muster: your sign-up for \"%s\" could not be taken this time. Thank you.|【muster】您报名的“%s”本次未能通过，感谢您的支持。"
		: NULL;
	const struct field *phone = record_field(&person_record, "phone");
	struct value number = words ? row_private(work, &person_record, pledge->person, phone) : value_null();
	const struct appeal *appeal = (const struct appeal *)row_load(work, &appeal_record, pledge->appeal);
	if (number.type == VALUE_TEXT && appeal)
		message_put(work, number.text, arena_print(work->arena, work_text(work, words), appeal->title));
}
