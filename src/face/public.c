/* Signing up for an appeal, open to everybody: what calls, the form, the code, and one's own pledge afterwards. */
#include "app/area.h"
#include "app/need_choices.h"
#include "app/person_invite.h"
#include "app/rights.h"
#include "app/session.h"
#include "app/settings.h"
#include "app/signup.h"
#include "base/clock.h"
#include "face/commands.h"
#include "face/limit.h"
#include "face/person_invites.h"
#include "record/picks.h"
#include "record/shape.h"

enum { MOST_AREAS = 2000, MOST_POSTS = 100, MOST_APPEALS = 200 };

static enum status read_id(struct call *call, const char *text, struct id *id)
{
	return id_parse(text ? text : "", id) ? OK : fail(&call->work, NOT_FOUND, NULL, NULL);
}

/* The appeal that the path names, open today. */
static enum status enter_appeal(struct call *call, const struct appeal **appeal)
{
	struct id id;
	if (call_public(call) != OK || read_id(call, call->parts[0], &id) != OK)
		return call->work.status;
	return signup_appeal(&call->work, id, appeal);
}

/* --- what calls */

static void write_brief(struct work *work, struct json *json, const struct appeal *appeal)
{
	const struct area *area = (const struct area *)row_load(work, &area_record, appeal->area);
	json_put_id(json, "id", appeal->row.id);
	json_put(json, "title", appeal->title);
	json_put(json, "text", appeal->text);
	area_put(json, area);
	json_key(json, "opens");
	json_day(json, appeal->opens);
	json_key(json, "closes");
	if (GIVEN(appeal, appeal, closes))
		json_day(json, appeal->closes);
	else
		json_null_out(json);
	json_key(json, "wanted");
	if (GIVEN(appeal, appeal, wanted))
		json_whole(json, appeal->wanted);
	else
		json_null_out(json);
}

enum status command_public_appeals(struct call *call)
{
	struct work *work = &call->work;
	struct json *json = &call->out;
	if (call_public(call) != OK)
		return work->status;
	struct query *query = db_query(work->db,
		arena_print(work->arena,
			"SELECT %s FROM appeals WHERE state = 'published' AND voided_at IS NULL AND opens <= ? AND (closes IS NULL OR closes >= ?) ORDER BY "
			"opens DESC, id DESC LIMIT %d",
			row_columns(work->arena, &appeal_record), MOST_APPEALS),
		BIND(V(work->today), V(work->today)));
	json_open(json, '{');
	json_key(json, "rows");
	json_open(json, '[');
	while (db_next(query)) {
		json_open(json, '{');
		write_brief(work, json, (const struct appeal *)row_read(work, &appeal_record, query));
		json_close(json, '}');
	}
	json_close(json, ']');
	json_close(json, '}');
	return OK;
}

static void write_choice(struct work *work, struct json *json, const char *code, const char *label)
{
	json_open(json, '{');
	json_put(json, "code", code);
	json_put(json, "label", work_text(work, label));
	json_close(json, '}');
}

static void write_choices(struct work *work, struct json *json)
{
	struct pick pick;
	json_key(json, "wishes");
	json_open(json, '[');
	struct query *query =
		db_query(work->db, "SELECT code, label FROM post_kinds WHERE voided_at IS NULL ORDER BY id LIMIT 200", NOTHING);
	while (db_next(query))
		write_choice(work, json, db_text(query, 0), db_text(query, 1));
	json_close(json, ']');
	static const char *const lists[] = {"near", "rank"};
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
		json_key(json, lists[i]);
		json_open(json, '[');
		for (const char *at = record_field(&pledge_record, lists[i])->picks; picks_next(work->arena, &at, &pick);)
			write_choice(work, json, pick.code, pick.label);
		json_close(json, ']');
	}
}

/* The posts that this appeal is to fill, those that still lack people. */
static void write_posts(struct work *work, struct json *json, const struct appeal *appeal)
{
	json_key(json, "posts");
	json_open(json, '[');
	struct query *query = db_query(work->db,
		"SELECT title, needed - (SELECT count(*) FROM assignments a WHERE a.post = posts.id AND a.home = posts.home AND a.voided_at IS NULL AND "
		"(a.ends IS NULL OR a.ends >= ?)), begins, ends, hours, skills FROM posts WHERE appeal = ? AND voided_at IS NULL AND (ends IS NULL OR "
		"ends >= ?) ORDER BY begins, id LIMIT ?",
		BIND(V(work->today), V(appeal->row.id), V(work->today), V(MOST_POSTS)));
	while (db_next(query)) {
		if (db_whole(query, 1) <= 0)
			continue;
		json_open(json, '{');
		json_put(json, "title", db_text(query, 0));
		json_put_whole(json, "lacks", db_whole(query, 1));
		json_key(json, "begins");
		json_day(json, db_whole(query, 2));
		if (!db_null(query, 3)) {
			json_key(json, "ends");
			json_day(json, db_whole(query, 3));
		}
		json_put(json, "hours", db_text(query, 4));
		json_put(json, "skills", db_text(query, 5));
		json_close(json, '}');
	}
	json_close(json, ']');
}

/* Whether a code can reach anybody: by a sender, or on the page itself where everything is made up. */
static bool can_confirm(const struct call *call)
{
	return call->face->sends || call->work.store->demonstration;
}

enum status command_public_appeal(struct call *call)
{
	struct work *work = &call->work;
	const struct appeal *appeal;
	if (enter_appeal(call, &appeal) != OK)
		return work->status;
	json_open(&call->out, '{');
	write_brief(work, &call->out, appeal);
	json_put(&call->out, "consent", signup_consent(work, appeal));
	json_put_flag(&call->out, "confirms", can_confirm(call));
	write_choices(work, &call->out);
	write_posts(work, &call->out, appeal);
	json_close(&call->out, '}');
	return OK;
}

/* The areas below ?parent=, or below the appeal's own. */
enum status command_public_areas(struct call *call)
{
	struct work *work = &call->work;
	struct json *json = &call->out;
	const struct appeal *appeal;
	const char *asked = request_argument(call->request, "parent");
	if (enter_appeal(call, &appeal) != OK)
		return work->status;
	struct id parent = appeal->area;
	if (asked && *asked && read_id(call, asked, &parent) != OK)
		return work->status;
	const struct row *row = row_load(work, &area_record, parent);
	if (!row || !path_inside(row->path, appeal->row.path))
		return fail(work, NOT_FOUND, "parent", "There is no such area|没有这个区划");
	struct query *query = db_query(work->db,
		"SELECT id, name, level FROM areas WHERE parent = ? AND voided_at IS NULL AND level <= ? ORDER BY code, name LIMIT ?",
		BIND(V(parent), V(LEVEL_VILLAGE), V(MOST_AREAS)));
	json_open(json, '{');
	json_key(json, "rows");
	json_open(json, '[');
	while (db_next(query)) {
		json_open(json, '{');
		json_put_id(json, "id", db_id(query, 0));
		json_put(json, "name", db_text(query, 1));
		json_put_whole(json, "level", db_whole(query, 2));
		json_close(json, '}');
	}
	json_close(json, ']');
	json_close(json, '}');
	return OK;
}

/* --- signing up */

static enum status answer_begun(struct call *call)
{
	const struct signup *signup = call->data;
	if (call->work.status != OK)
		return call->work.status;
	json_open(&call->out, '{');
	json_put_id(&call->out, "id", signup->id);
	json_put_stamp(&call->out, "ends_at", signup->ends_at);
	/* made-up people have no phones */
	if (call->work.store->demonstration && signup->code)
		json_put(&call->out, "code", signup->code);
	json_close(&call->out, '}');
	call->code = 201;
	return OK;
}

static enum status read_signup(struct call *call, struct signup *signup)
{
	struct work *work = &call->work;
	const char *id = json_string_value(json_object_get(call->body, "id"));
	if (id && !id_parse(id, &signup->id))
		return fail(work, BAD_FIELD, "id", "must be a UUID|须为 UUID");
	if (!id)
		signup->id = id_new();
	signup->form = call->body;
	signup->origin = call_origin(call);
	return read_id(call, call->parts[0], &signup->appeal);
}

enum status command_sign_up(struct call *call)
{
	struct work *work = &call->work;
	struct signup *signup = arena_alloc(work->arena, sizeof *signup);
	const struct appeal *appeal;
	if (call_body(call) != OK || call_public(call) != OK || read_signup(call, signup) != OK ||
		signup_appeal(work, signup->appeal, &appeal) != OK)
		return work->status;
	if (!can_confirm(call))
		return fail(work, BAD_STATE, NULL,
			"No way to send codes is set up here; sign up through your unit|本系统未配置验证码发送，请通过所在单位报名");
	/* whatever its addresses and numbers, a flood for one area ends here */
	char area[ID_TEXT];
	if (signup_check(work, signup) != OK)
		return work->status;
	if (!limiter_take(call->face->limiter, id_print(appeal->area, area), work->now, settings_number(work, "signup_area_minute")))
		return fail(work, TOO_MANY, NULL,
			"Very many people are signing up at this moment; try again in a few minutes, or tell your unit|目前报名人数过多，请几分钟后再试，或通过所在单位报名");
	store_release(work);
	call->data = signup;
	return call_write(call, signup_begin, signup, 1, answer_begun);
}

static enum status answer_confirmed(struct call *call)
{
	struct work *work = &call->work;
	const struct signup_code *code = call->data;
	char token[SIGNUP_TOKEN];
	if (work->status != OK)
		return work->status;
	if (code->outcome == SIGNUP_GONE)
		return fail(work, NOT_FOUND, NULL, "This code has ended; sign up again|验证码已失效，请重新报名");
	if (code->outcome == SIGNUP_WRONG)
		return fail(work, BAD_FIELD, "code", "is wrong; %lld tries are left|不正确，还可再试 %lld 次", (long long)code->left);
	json_open(&call->out, '{');
	json_put_id(&call->out, "id", code->pledge);
	json_put(&call->out, "code", signup_token(work, code->pledge, token));
	json_close(&call->out, '}');
	return OK;
}

enum status command_sign_up_confirm(struct call *call)
{
	struct work *work = &call->work;
	struct signup_code *code = arena_alloc(work->arena, sizeof *code);
	if (call_public(call) != OK || read_id(call, call->parts[0], &code->id) != OK || call_text(call, "code", &code->code) != OK)
		return work->status;
	store_release(work);
	call->data = code;
	return call_write(call, signup_confirm, code, 1, answer_confirmed);
}

/* --- afterwards */

static enum status find_pledge(struct call *call, const char *token, const struct pledge **pledge)
{
	struct id id;
	if (read_id(call, call->parts[0], &id) != OK)
		return call->work.status;
	*pledge = signup_followed(&call->work, id, token);
	/* a wrong id and a wrong token answer alike */
	return *pledge ? OK : fail(&call->work, NOT_FOUND, NULL, "There is no such sign-up|没有这条报名");
}

static void write_pledge(struct call *call, const struct pledge *pledge)
{
	struct work *work = &call->work;
	struct json *json = &call->out;
	const char *states = record_field(&pledge_record, "state")->picks;
	json_open(json, '{');
	json_put_id(json, "id", pledge->row.id);
	json_put(json, "appeal", shape_title(work, &appeal_record, pledge->appeal));
	json_put(json, "name", shape_title(work, &person_record, pledge->person));
	json_key(json, "day");
	json_day(json, pledge->day);
	json_put(json, "state", pledge->state);
	json_put(json, "label", work_text(work, picks_label(work->arena, states, pledge->state)));
	json_put_flag(json, "may_withdraw", text_same(pledge->state, "signed") || text_same(pledge->state, "approved"));
	json_put_flag(json, "may_account", public_account_open(call, pledge));
	json_put_flag(json, "has_account", person_has_account(work, pledge->person));
	json_put(json, "consent", pledge->consent);
	json_key(json, "posts");
	json_open(json, '[');
	struct query *query = db_query(work->db,
		"SELECT a.begins, p.title FROM assignments a JOIN posts p ON p.id = a.post AND p.home = a.home WHERE a.person = ? AND a.voided_at IS NULL ORDER BY "
		"a.begins DESC LIMIT 20",
		BIND(V(pledge->person)));
	while (db_next(query)) {
		json_open(json, '{');
		json_key(json, "begins");
		json_day(json, db_whole(query, 0));
		json_put(json, "title", db_text(query, 1));
		json_close(json, '}');
	}
	json_close(json, ']');
	json_close(json, '}');
}

enum status command_public_pledge(struct call *call)
{
	const struct pledge *pledge;
	if (call_public(call) != OK || find_pledge(call, request_argument(call->request, "code"), &pledge) != OK)
		return call->work.status;
	write_pledge(call, pledge);
	return OK;
}

static enum status write_withdrawn(struct work *work, void *data)
{
	struct row *old = row_load(work, &pledge_record, *(const struct id *)data), *row = row_copy(work->arena, old);
	work->who = who_program();
	if (text_same(((const struct pledge *)old)->state, "withdrawn"))
		return OK;
	return row_step(work, old, row, record_step(&pledge_record, "withdraw"), old->version);
}

static enum status answer_withdrawn(struct call *call)
{
	struct work *work = &call->work;
	if (work->status != OK)
		return work->status;
	store_read(work);
	write_pledge(call, (const struct pledge *)row_load(work, &pledge_record, *(const struct id *)call->data));
	return OK;
}

enum status command_public_withdraw(struct call *call)
{
	struct work *work = &call->work;
	const char *token;
	const struct pledge *pledge;
	if (call_public(call) != OK || call_text(call, "code", &token) != OK || find_pledge(call, token, &pledge) != OK)
		return work->status;
	store_release(work);
	call->data = (void *)&pledge->row.id;
	return call_write(call, write_withdrawn, call->data, 1, answer_withdrawn);
}
