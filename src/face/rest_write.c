/* Writing over REST: make, change, void, steps. */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "face/rest.h"
#include "record/days.h"
#include "record/history.h"
#include "record/shape.h"

enum { MOST_ROWS = 10000 };

/* Reads one object into a new row. Dated fields begin on `effective`. */
static enum status new_row(struct work *work, struct rest *rest)
{
	int64_t effective, until;
	rest->row = row_new(work->arena, rest->record);
	if (shape_read(work, rest->object, rest->row, NULL, &effective, &until) != OK)
		return work->status;
	if (effective != INT64_MIN)
		rest->row->since = effective;
	return OK;
}

static enum status write_made(struct work *work, void *data)
{
	struct rest *rest = data;
	if (new_row(work, rest) != OK)
		return work->status;
	return row_insert(work, &rest->row, &rest->body);
}

/* Answers with the row as it now is. */
static enum status show(struct rest *rest, int code)
{
	struct call *call = rest->call;
	call->work.reason = NULL;
	store_read(&call->work);
	shape_one(&call->work, &call->out, row_load(&call->work, rest->record, rest->row->id));
	response_header(call->request, "ETag", arena_print(call->work.arena, "\"%lld\"", (long long)rest->row->version));
	call->code = code;
	return OK;
}

/* Many rows are one action with an answer a row: each in its own savepoint. */
struct many {
	struct rest *rest;
	const json_t *rows;
	struct json out;
};

static void add_answer(struct work *work, struct json *out, enum status status, const struct rest *one)
{
	json_open(out, '{');
	json_put_whole(out, "status", status == OK ? 201 : status_http(status));
	if (status == OK)
		json_put_id(out, "id", one->row->id);
	else
		json_put(out, "detail", work->detail ? work->detail : work_text(work, status_text(status)));
	if (status != OK && work->fault_count)
		json_put(out, "field", work->faults[0].field);
	json_close(out, '}');
}

static enum status write_many(struct work *work, void *data)
{
	struct many *many = data;
	many->out = json_new(work->arena);
	json_open(&many->out, '[');
	for (size_t i = 0; i < json_array_size(many->rows); i++) {
		struct rest one = *many->rest;
		one.object = json_array_get(many->rows, i);
		const char *text = json_print(work->arena, one.object);
		one.body = shape_hash(text, strlen(text));
		work->row = (int64_t)i;
		work->deed = (struct id){{0}};
		enum status status = store_try(work, write_made, &one);
		add_answer(work, &many->out, status, &one);
	}
	work_forgive(work);
	json_close(&many->out, ']');
	return OK;
}

static enum status run_make_many(struct rest *rest, const json_t *rows)
{
	struct call *call = rest->call;
	struct many many = {.rest = rest, .rows = rows};
	if (json_array_size(rows) > MOST_ROWS)
		return fail(&call->work, TOO_LARGE, "rows", "takes %d rows at most|最多 %d 行", MOST_ROWS);
	enum status status = store_write(&call->work, write_many, &many);
	if (status != OK)
		return status;
	json_open(&call->out, '{');
	json_key(&call->out, "rows");
	json_raw(&call->out, buf_end(&many.out.buf));
	json_close(&call->out, '}');
	return OK;
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

enum status rest_make(struct rest *rest)
{
	struct call *call = rest->call;
	struct work *work = &call->work;
	if (!who_may(work->who, rest->record->write))
		return fail(work, NO_RIGHT, NULL, NULL);
	if (call_body(call) != OK)
		return work->status;
	const json_t *rows = json_object_get(call->body, "rows");
	if (json_is_array(rows))
		return run_make_many(rest, rows);
	rest->object = call->body;
	rest->body = shape_hash((const char *)call->request->body, call->request->size);
	enum status status = store_write(work, write_made, rest);
	if (status == CONFLICT && !id_none(work->against))
		show_current(rest, work->against);
	return status == OK ? show(rest, 201) : status;
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
static enum status answer(struct rest *rest, enum status status)
{
	struct work *work = &rest->call->work;
	struct row *row;
	if (status == OK)
		return show(rest, 200);
	if (status == CONFLICT) {
		work->reason = NULL; /* of a taking-out: no reason to see anything */
		store_read(work);
		row = row_load(work, rest->record, rest->id);
		if (row && (rest->record->open || who_reaches(work->who, rest->record->read, row->path, row_site(row))))
			shape_row(work, &rest->call->out, row);
	}
	return status;
}

enum status rest_change(struct rest *rest)
{
	if (read_version(rest) != OK || call_body(rest->call) != OK)
		return rest->call->work.status;
	rest->object = rest->call->body;
	rest->body = shape_hash((const char *)rest->call->request->body, rest->call->request->size);
	return answer(rest, store_write(&rest->call->work, write_changed, rest));
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

enum status rest_void(struct rest *rest)
{
	struct work *work = &rest->call->work;
	if (call_body(rest->call) != OK)
		return work->status;
	work->reason = json_string_value(json_object_get(rest->call->body, "reason"));
	if (!work->reason || !*work->reason)
		return fail(work, BAD_FIELD, "reason", "must be given|必填");
	if (request_header(rest->call->request, "If-Match") && read_version(rest) != OK)
		return work->status;
	return answer(rest, store_write(work, write_void, rest));
}

/* A step that was already done by the same deed answers as it did then. */
static bool done_before(struct work *work, const struct rest *rest)
{
	struct id row, body;
	return !id_none(work->deed) && history_deed(work, work->deed, &row, &body) && id_same(row, rest->id);
}

static enum status check_step(struct work *work, const struct rest *rest, const struct row *old)
{
	const struct field *state = record_field(rest->record, "state");
	struct value value = state ? row_get(old, state) : value_null();
	if (*rest->step->from && !(value.type == VALUE_TEXT && text_listed(rest->step->from, ',', value.text)))
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
	if (row_get_reached(work, rest->record, rest->id, rest->record->read, &old) != OK)
		return work->status;
	if (!who_reaches(work->who, step->right, old->path, row_site(old)))
		return fail(work, NO_RIGHT, NULL, NULL);
	rest->row = old;
	const char *deed = json_string_value(json_object_get(rest->object, "deed"));
	if (deed && id_parse(deed, &work->deed) && done_before(work, rest))
		return OK;
	if (check_step(work, rest, old) != OK || merge(work, rest, old, step->fields ? step->fields : "") != OK)
		return work->status;
	if (step->to && *step->to)
		row_set(rest->row, record_field(rest->record, "state"), value_text(step->to));
	if (step->rule && step->rule(work, old, rest->row) != OK)
		return work->status;
	return row_change(work, old, rest->row, rest->version ? rest->version : old->version, step->right);
}

enum status rest_step(struct rest *rest)
{
	if (request_header(rest->call->request, "If-Match") && read_version(rest) != OK)
		return rest->call->work.status;
	if (call_body(rest->call) != OK)
		return rest->call->work.status;
	rest->object = rest->call->body;
	return answer(rest, store_write(&rest->call->work, write_step, rest));
}
