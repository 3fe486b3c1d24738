/* Posts claimed by members themselves: what is open to them, a claim, and handing it back. No right over the place is needed, only an account that names a person. */
#include "app/claim.h"
#include "app/own_shifts.h"

#include "app/person.h"
#include "app/post.h"
#include "base/clock.h"
#include "face/commands.h"
#include "record/shape.h"

enum { MOST_OPEN = 100 };

static void put_day(struct json *json, const char *key, const struct row *row, const char *name)
{
	struct value value = row_get(row, record_field(row->record, name));
	json_key(json, key);
	if (value.type == VALUE_WHOLE)
		json_day(json, value.whole);
	else
		json_null_out(json);
}

/* What somebody needs to know to choose a post: no more than its notice would say. */
static void put_post(struct work *work, struct json *json, const struct post *post)
{
	json_open(json, '{');
	json_put_id(json, "id", post->row.id);
	json_put(json, "title", post->title);
	json_put(json, "place", own_place(work, post));
	json_put(json, "kind", post->kind);
	json_put(json, "hours", post->hours);
	json_put(json, "skills", post->skills);
	json_put_whole(json, "needed", post->needed);
	put_day(json, "begins", &post->row, "begins");
	put_day(json, "ends", &post->row, "ends");
	json_close(json, '}');
}

static void put_open(struct work *work, struct json *json, struct id person)
{
	struct row **rows = NULL;
	size_t count = 0, space = 0;
	const struct row *self = row_load(work, &person_record, person);
	struct sql sql = sql_new(work->arena);
	sql_add(&sql, arena_print(work->arena, "SELECT %s FROM posts WHERE voided_at IS NULL", row_columns(work->arena, &post_record)),
		NOTHING);
	claim_where_open(&sql, work->today, person);
	sql_add(&sql, " AND home = ? ORDER BY begins, id LIMIT ?", BIND(V(self ? self->home : 0), V(MOST_OPEN)));
	struct query *query = sql_query(work->db, &sql);
	while (db_next(query))
		*ARENA_PUSH(work->arena, rows, count, space) = row_read(work, &post_record, query);
	for (size_t i = 0; i < count; i++)
		put_post(work, json, (const struct post *)rows[i]);
}

static void put_claim(struct work *work, struct json *json, const struct claim *claim)
{
	const struct post *post = (const struct post *)row_load(work, &post_record, claim->post);
	json_open(json, '{');
	json_put_id(json, "id", claim->row.id);
	json_put_whole(json, "version", claim->row.version);
	json_put_id(json, "post", claim->post);
	json_put(json, "title", post ? post->title : NULL);
	json_put(json, "place", post ? own_place(work, post) : NULL);
	json_put(json, "state", claim->state);
	json_put(json, "reason", claim->reason);
	put_day(json, "begins", &claim->row, "begins");
	put_day(json, "ends", &claim->row, "ends");
	json_close(json, '}');
}

static void put_own(struct work *work, struct json *json, struct id person)
{
	struct row **rows = NULL;
	size_t count = 0, space = 0;
	struct query *query = db_query(work->db,
		arena_print(work->arena, "SELECT %s FROM claims WHERE person = ? AND voided_at IS NULL ORDER BY day DESC, id DESC LIMIT %d",
			row_columns(work->arena, &claim_record), MOST_OPEN),
		BIND(V(person)));
	while (db_next(query))
		*ARENA_PUSH(work->arena, rows, count, space) = row_read(work, &claim_record, query);
	for (size_t i = 0; i < count; i++)
		put_claim(work, json, (const struct claim *)rows[i]);
}

enum status command_my_claims(struct call *call)
{
	struct work *work = &call->work;
	struct json *json = &call->out;
	store_read(work);
	struct id person = own_person(work);
	json_open(json, '{');
	json_put_id(json, "person", person);
	json_key(json, "open");
	json_open(json, '[');
	if (!id_none(person))
		put_open(work, json, person);
	json_close(json, ']');
	json_key(json, "claims");
	json_open(json, '[');
	if (!id_none(person))
		put_own(work, json, person);
	json_close(json, ']');
	json_close(json, '}');
	return OK;
}

/* One write of somebody for themself. */
struct own {
	struct id id; /* of the post, or of the claim */
	const struct row *read;
	struct row *row;
	struct id body, deed;
	const char *reason;
};

static enum status write_claim(struct work *work, void *data)
{
	struct own *own = data;
	struct claim *claim = (struct claim *)row_copy(work->arena, own->read);
	struct row *row = &claim->row;
	const struct who *who = work->who;
	struct who self = {.id = who->id, .name = who->name, .all = true};
	struct id person = own_person(work);
	if (id_none(person))
		return fail(work, BAD_STATE, NULL, "Your account names no person|您的账号未关联人员");
	if (!claim_may(work, person, row_load(work, &post_record, own->id)))
		return fail(work, NOT_FOUND, NULL, NULL);
	SET(claim, claim, post, V(own->id));
	SET(claim, claim, person, V(person));
	work->deed = own->deed;
	work->who = &self;
	enum status status = row_insert(work, &row, &own->body);
	work->who = who;
	if (status == OK && (!id_same(row->made_by, who->id) || !id_same(((struct claim *)row)->post, own->id)))
		return fail(work, CONFLICT, NULL, NULL);
	own->row = row;
	return status;
}

static enum status answer(struct call *call, const struct own *own)
{
	store_read(&call->work);
	put_claim(&call->work, &call->out, (const struct claim *)own->row);
	return OK;
}

enum status command_claim(struct call *call)
{
	struct work *work = &call->work;
	int64_t effective, until;
	struct row *row = row_new(work->arena, &claim_record);
	struct own own = {.read = row};
	if (!id_parse(call->parts[0], &own.id))
		return fail(work, NOT_FOUND, NULL, NULL);
	if (call_body(call) != OK || shape_read(work, call->body, row, "begins,ends,note", &effective, &until) != OK)
		return work->status;
	own.deed = work->deed;
	own.body = shape_row_hash(row, work->deed);
	if (store_write(work, write_claim, &own) != OK)
		return work->status;
	call->code = 201;
	return answer(call, &own);
}

static enum status write_hand_back(struct work *work, void *data)
{
	struct own *own = data;
	const struct who *who = work->who;
	struct who self = {.id = who->id, .name = who->name, .all = true};
	const struct row *old = row_load(work, &claim_record, own->id);
	struct id person = own_person(work);
	if (!old || old->voided_at || id_none(person) || !id_same(((const struct claim *)old)->person, person))
		return fail(work, NOT_FOUND, NULL, NULL);
	struct claim *claim = (struct claim *)row_copy(work->arena, old);
	own->row = &claim->row;
	/* it was heard, and the answer was lost on its way */
	if (text_same(claim->state, "returned"))
		return OK;
	SET(claim, claim, reason, V(own->reason));
	work->who = &self;
	enum status status = row_step(work, old, &claim->row, record_step(&claim_record, "hand_back"), old->version);
	work->who = who;
	return status;
}

enum status command_claim_hand_back(struct call *call)
{
	enum { MOST_REASON = 200 };
	struct work *work = &call->work;
	struct own own = {0};
	if (!id_parse(call->parts[0], &own.id))
		return fail(work, NOT_FOUND, NULL, NULL);
	if (call_body(call) != OK || call_text(call, "reason", &own.reason) != OK)
		return work->status;
	if (!*own.reason)
		return fail(work, BAD_FIELD, "reason", "must be given|必填");
	if (text_length(own.reason) > MOST_REASON)
		return fail(work, BAD_FIELD, "reason", "takes %d characters at most|最多 %d 个字符", MOST_REASON);
	if (store_write(work, write_hand_back, &own) != OK)
		return work->status;
	return answer(call, &own);
}
