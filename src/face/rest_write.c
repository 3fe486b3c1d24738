/* Writing over REST: make, change, void, steps. */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "face/rest.h"
#include "record/days.h"
#include "record/follow.h"
#include "record/history.h"
#include "record/pointed.h"
#include "record/shape.h"

enum { MOST_ROWS = 10000 };

/* What goes on after this thread was let go lives with the request. */
static struct rest *keep(const struct rest *given)
{
	struct rest *rest = arena_alloc(given->call->work.arena, sizeof *rest);
	*rest = *given;
	given->call->data = rest;
	return rest;
}

/* Done by the worker so that the writer need not: what is private is sealed, and where work->db is there, and the record's check may run early, the history's
 * entry is written. The row stays as it was sent. */
static void prepare_row(struct work *work, struct row *row)
{
	row->incident = row->record->lasting ? row->incident : work->store->incident;
	if (!keys_known(work->store->keys, row->incident))
		return;
	row_seals(work, row);
	for (size_t i = 0; row->sealed && i < row->record->field_count; i++)
		if (row->record->fields[i].private)
			row_sealed(work, row, &row->record->fields[i]);
	if (!work->db || !row->record->early)
		return;
	/* what is found wrong now is found again by the writer, who knows whether this is sent a second time */
	struct row *checked = row_copy(work->arena, row);
	if (row->record->check(work, NULL, checked) == OK && db_status(work->db) == OK) {
		history_tell(work, checked);
		row->told = checked->told;
	}
	work_forgive(work);
}

/* Reads one object into a new row. */
static enum status read_row(struct work *work, struct rest *rest)
{
	int64_t effective, until;
	struct row *row = row_new(work->arena, rest->record);
	rest->read = rest->row = row;
	if (shape_read(work, rest->object, row, NULL, &effective, &until) != OK)
		return work->status;
	if (effective != INT64_MIN)
		row->since = effective;
	rest->deed = work->deed;
	rest->body = shape_row_hash(row, rest->deed);
	pointed_want_all(work, row);
	prepare_row(work, row);
	return OK;
}

/* It may run twice: the row that was read stays as it is. */
static enum status write_made(struct work *work, void *data)
{
	struct rest *rest = data;
	struct row *row = row_copy(work->arena, rest->read);
	work->deed = rest->deed;
	if (row_insert(work, &row, &rest->body) != OK)
		return work->status;
	rest->row = row;
	return OK;
}

/* Whoever needs no more than to know that it was taken says so (RFC 7240), and spares both sides the rest. */
static bool wants_little(const struct rest *rest)
{
	const char *prefer = request_header(rest->call->request, "Prefer");
	return prefer && strstr(prefer, "return=minimal");
}

/* Answers with the row as it now is. */
static enum status show(struct rest *rest, int code)
{
	struct call *call = rest->call;
	call->work.reason = NULL;
	response_header(call->request, "ETag", arena_print(call->work.arena, "\"%lld\"", (long long)rest->row->version));
	call->code = code;
	if (wants_little(rest)) {
		json_open(&call->out, '{');
		json_put_id(&call->out, "id", rest->row->id);
		json_put_whole(&call->out, "version", rest->row->version);
		json_close(&call->out, '}');
		return OK;
	}
	store_read(&call->work);
	/* a row that nothing else works on is in the store as it was written */
	bool known = code == 201 && !rest->record->saved;
	shape_one(&call->work, &call->out, known ? rest->row : row_load(&call->work, rest->record, rest->row->id));
	return OK;
}

/* Many rows are one action with an answer a row: each can fail alone. */
struct many {
	struct rest *rest;
	struct rest *rows; /* as read by the worker */
	struct work **faulty; /* what was wrong with them then; NULL: nothing */
	size_t count;
	bool warned; /* what is odd about a row that was made is asked for */
	struct json out;
};

/* Where more than one thing is wrong with a row, all of them. */
static void put_faults(const struct work *work, struct json *out)
{
	json_key(out, "fields");
	json_open(out, '[');
	for (size_t i = 0; i < work->fault_count; i++) {
		json_open(out, '{');
		json_put(out, "field", work->faults[i].field);
		json_put(out, "detail", work->faults[i].detail);
		json_close(out, '}');
	}
	json_close(out, ']');
}

static void add_answer(struct work *work, struct json *out, enum status status, const struct rest *one, bool warned)
{
	json_open(out, '{');
	json_put_whole(out, "status", status == OK ? 201 : status_http(status));
	if (status == OK)
		json_put_id(out, "id", one->row->id);
	else
		json_put(out, "detail", work->detail ? work->detail : work_text(work, status_text(status)));
	if (status == OK && warned && one->record->warn)
		shape_warnings(work, out, one->row);
	if (status != OK && work->fault_count)
		json_put(out, "field", work->faults[0].field);
	if (status != OK && work->fault_count > 1)
		put_faults(work, out);
	json_close(out, '}');
}

static enum status write_many(struct work *work, void *data)
{
	struct many *many = data;
	struct followers touched = {0};
	many->out = json_new(work->arena);
	json_open(&many->out, '[');
	/* what they all touch is counted once, not with each of them */
	for (size_t i = 0; i < many->count; i++) {
		const struct record *record = many->rows[i].record;
		if (!many->faulty[i] && record->touches && !record->subject)
			subjects_begin(work, many->rows[i].row, &touched);
	}
	for (size_t i = 0; i < many->count; i++) {
		struct rest *one = &many->rows[i];
		work->row = (int64_t)i;
		if (many->faulty[i])
			add_answer(many->faulty[i], &many->out, many->faulty[i]->status, one, false);
		else
			add_answer(work, &many->out, store_try(work, write_made, one), one, many->warned);
	}
	work_forgive(work);
	followers_end(work, &touched);
	json_close(&many->out, ']');
	return OK;
}

static enum status show_many(struct call *call)
{
	struct many *many = call->data;
	if (call->work.status != OK)
		return call->work.status;
	json_open(&call->out, '{');
	json_key(&call->out, "rows");
	json_raw(&call->out, buf_end(&many->out.buf));
	json_close(&call->out, '}');
	return OK;
}

/* Reads the rows on the worker. */
static void read_many(struct work *work, struct many *many, const json_t *rows)
{
	work->noting = true;
	if (many->rest->record->early)
		store_read(work);
	for (size_t i = 0; i < many->count; i++) {
		struct rest *one = &many->rows[i];
		*one = *many->rest;
		one->object = json_array_get(rows, i);
		work->row = (int64_t)i;
		work->deed = (struct id){{0}};
		work_forgive(work);
		if (read_row(work, one) != OK) {
			many->faulty[i] = arena_alloc(work->arena, sizeof *work);
			*many->faulty[i] = *work;
		}
	}
	work_forgive(work);
	work->noting = false;
	work->noted = NULL;
	store_release(work);
}

static enum status make_many(struct rest *rest, const json_t *rows)
{
	struct call *call = rest->call;
	struct arena *arena = call->work.arena;
	struct many *many = arena_alloc(arena, sizeof *many);
	*many = (struct many){
		.rest = rest, .count = json_array_size(rows), .warned = json_is_true(json_object_get(call->body, "warnings"))};
	if (many->count > MOST_ROWS)
		return fail(&call->work, TOO_LARGE, "rows", "takes %d rows at most|最多 %d 行", MOST_ROWS);
	if (!many->count) {
		json_raw(&call->out, "{\"rows\":[]}");
		return OK;
	}
	many->rows = arena_alloc(arena, (many->count + 1) * sizeof *many->rows);
	many->faulty = arena_alloc(arena, (many->count + 1) * sizeof *many->faulty);
	read_many(&call->work, many, rows);
	call->data = many;
	call->brief = true;
	return call_write(call, write_many, many, many->count, show_many);
}

/* What a new row stands against, for whoever may see it. */
static void show_current(struct rest *rest, struct id id)
{
	struct work *work = &rest->call->work;
	work->reason = NULL;
	store_read(work);
	struct row *row = row_load(work, rest->record, id);
	if (row && who_reaches(work->who, rest->record->read, row->path, row_site(row)))
		shape_row(work, &rest->call->out, row);
}

static enum status show_made(struct call *call)
{
	struct rest *rest = call->data;
	struct work *work = &call->work;
	if (work->status == CONFLICT && !id_none(work->against))
		show_current(rest, work->against);
	return work->status == OK ? show(rest, 201) : work->status;
}

enum status rest_make(struct rest *given)
{
	struct call *call = given->call;
	struct work *work = &call->work;
	if (!who_may(work->who, given->record->write))
		return fail(work, NO_RIGHT, NULL, NULL);
	if (call_body(call) != OK)
		return work->status;
	struct rest *rest = keep(given);
	const json_t *rows = json_object_get(call->body, "rows");
	work->beside = given->record->beside;
	if (json_is_array(rows))
		return make_many(rest, rows);
	rest->object = call->body;
	if (read_row(work, rest) != OK)
		return work->status;
	call->brief = wants_little(rest);
	return call_write(call, write_made, rest, 1, show_made);
}

/* Puts the given fields into a stored row: dated ones from their day on. */
static enum status merge(struct work *work, struct rest *rest, const struct row *old, const char *only)
{
	int64_t effective, until;
	struct row *given = row_copy(work->arena, old);
	if (shape_read(work, rest->object, given, only, &effective, &until) != OK)
		return work->status;
	rest->row = row_copy(work->arena, old);
	if (effective != INT64_MIN && until < effective)
		return fail(work, BAD_FIELD, "until", "is before the day from which it holds|早于生效日");
	for (size_t i = 0; i < rest->record->field_count; i++) {
		const struct field *field = &rest->record->fields[i];
		struct value value = row_get(given, field);
		bool given_here = json_object_get(rest->object, field->name) != NULL;
		if (!given_here || (value_same(value, row_get(old, field)) && effective == INT64_MIN))
			continue;
		if (field->dated)
			days_put(work, rest->row, field, effective == INT64_MIN ? work->today : effective, until, value);
		else
			row_set(rest->row, field, value);
	}
	return OK;
}

static enum status write_changed(struct work *work, void *data)
{
	struct rest *rest = data;
	struct row *old;
	if (row_get_reached(work, rest->record, rest->id, rest->record->read, &old) != OK)
		return work->status;
	if (!who_reaches(work->who, rest->record->write, old->path, row_site(old)))
		return fail(work, NO_RIGHT, NULL, NULL);
	rest->row = old;
	if (old->version == rest->version + 1 && history_same(work, old->id, old->version, rest->body))
		return OK; /* the answer to the same change was lost on its way */
	if (merge(work, rest, old, NULL) != OK)
		return work->status;
	work->body = rest->body;
	return row_change(work, old, rest->row, rest->version, rest->record->write);
}

static enum status read_version(struct rest *rest)
{
	const char *header = request_header(rest->call->request, "If-Match");
	if (!header)
		return fail(&rest->call->work, NEED_VERSION, NULL, NULL);
	/* W/"3", "3" or 3; anything else is no version */
	if (text_starts(header, "W/"))
		header += 2;
	size_t quote = *header == '"', digits = strspn(header + quote, "0123456789");
	if (!digits || digits > 15 || strcmp(header + quote + digits, quote ? "\"" : "") != 0)
		return fail(&rest->call->work, NEED_VERSION, NULL, NULL);
	rest->version = strtoll(header + quote, NULL, 10);
	return OK;
}

/* A conflict shows the row as it is now, for whoever may see it. */
static enum status answer(struct call *call)
{
	struct rest *rest = call->data;
	struct work *work = &call->work;
	enum status status = work->status;
	struct row *row;
	if (status == OK)
		return show(rest, 200);
	if (status == CONFLICT) {
		work->reason = NULL; /* of a taking-out: no reason to see anything */
		store_read(work);
		row = row_load(work, rest->record, rest->id);
		if (row && (row_open(row) || who_reaches(work->who, rest->record->read, row->path, row_site(row))))
			shape_one(work, &rest->call->out, row);
	}
	return status;
}

enum status rest_change(struct rest *given)
{
	struct rest *rest = keep(given);
	if (read_version(rest) != OK || call_body(rest->call) != OK)
		return rest->call->work.status;
	rest->object = rest->call->body;
	rest->body = shape_hash((const char *)rest->call->request->body, rest->call->request->size);
	return call_write(rest->call, write_changed, rest, 1, answer);
}

static enum status write_void(struct work *work, void *data)
{
	struct rest *rest = data;
	if (row_get_reached(work, rest->record, rest->id, rest->record->read, &rest->row) != OK)
		return work->status;
	if (!who_reaches(work->who, rest->record->write, rest->row->path, row_site(rest->row)))
		return fail(work, NO_RIGHT, NULL, NULL);
	return row_void(work, rest->row, rest->version ? rest->version : rest->row->version);
}

enum status rest_void(struct rest *given)
{
	struct rest *rest = keep(given);
	struct work *work = &rest->call->work;
	if (call_body(rest->call) != OK)
		return work->status;
	work->reason = json_string_value(json_object_get(rest->call->body, "reason"));
	if (!work->reason || !*work->reason)
		return fail(work, BAD_FIELD, "reason", "must be given|必填");
	if (request_header(rest->call->request, "If-Match") && read_version(rest) != OK)
		return work->status;
	return call_write(rest->call, write_void, rest, 1, answer);
}

/* A step that was already done by the same deed answers as it did then. */
static bool done_before(struct work *work, const struct rest *rest)
{
	struct id row, body;
	return !id_none(work->deed) && history_deed(work, work->deed, &row, &body) && id_same(row, rest->id);
}

static enum status check_step(struct work *work, const struct rest *rest, const struct row *old)
{
	if (!row_step_fits(old, rest->step))
		return fail(work, BAD_STATE, NULL, NULL);
	const char *needs = rest->step->needs;
	for (size_t i = 0; needs && i < rest->record->field_count; i++) {
		const char *name = rest->record->fields[i].name;
		const json_t *given = json_object_get(rest->object, name);
		if (text_listed(needs, ',', name) &&
			(!given || json_is_null(given) || (json_is_string(given) && !*json_string_value(given))))
			fail(work, BAD_FIELD, name, "must be given|必填");
	}
	return work->status;
}

static enum status write_step(struct work *work, void *data)
{
	struct rest *rest = data;
	const struct step *step = rest->step;
	struct row *old;
	if ((rest->find ? rest->find(work, rest->id, &old) : row_get_reached(work, rest->record, rest->id, rest->record->read, &old)) != OK)
		return work->status;
	if (!rest->own && !who_reaches(work->who, step->right, old->path, row_site(old)))
		return fail(work, NO_RIGHT, NULL, NULL);
	rest->row = old;
	const char *deed = json_string_value(json_object_get(rest->object, "deed"));
	if (deed && id_parse(deed, &work->deed) && done_before(work, rest))
		return OK;
	if (check_step(work, rest, old) != OK || merge(work, rest, old, step->fields ? step->fields : "") != OK)
		return work->status;
	const struct who *who = work->who;
	struct who self = {.id = who->id, .name = who->name, .all = true};
	work->who = rest->own ? &self : who;
	row_step(work, old, rest->row, step, rest->version ? rest->version : old->version);
	work->who = who;
	return work->status;
}

/* Of what is one's own, how it now stands. */
static enum status answer_own(struct call *call)
{
	const struct rest *rest = call->data;
	const struct field *state = record_field(rest->record, "state");
	if (call->work.status != OK)
		return call->work.status;
	json_open(&call->out, '{');
	json_put_id(&call->out, "id", rest->row->id);
	json_put_whole(&call->out, "version", rest->row->version);
	json_key(&call->out, "state");
	kind_to_json(&call->out, state, row_get(rest->row, state));
	json_close(&call->out, '}');
	return OK;
}

enum status rest_step(struct rest *given)
{
	struct rest *rest = keep(given);
	if (request_header(rest->call->request, "If-Match") && read_version(rest) != OK)
		return rest->call->work.status;
	if (call_body(rest->call) != OK)
		return rest->call->work.status;
	rest->object = rest->call->body;
	return call_write(rest->call, write_step, rest, 1, rest->own ? answer_own : answer);
}
