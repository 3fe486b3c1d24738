/* Two entries of one person made one, and that undone. */
#include "app/merge.h"

#include "face/commands.h"
#include "record/shape.h"

static enum status read_id(struct call *call, const char *name, bool need, struct id *id)
{
	const json_t *json = json_object_get(call->body, name);
	if (!json && !need)
		return OK;
	if (!json_is_string(json) || !id_parse(json_string_value(json), id))
		return fail(&call->work, BAD_FIELD, name, "must be an id of 36 characters|须为 36 位标识");
	return OK;
}

static enum status read_call(struct call *call, const char *known, struct id *kept)
{
	if (!id_parse(call->parts[0], kept))
		return fail(&call->work, NOT_FOUND, NULL, NULL);
	return call_body(call) == OK ? call_keys(call, known) : call->work.status;
}

static enum status show(struct call *call, const struct row *merge, int code)
{
	if (call->work.status != OK)
		return call->work.status;
	store_read(&call->work);
	call->code = code;
	shape_one(&call->work, &call->out, row_load(&call->work, &merge_record, merge->id));
	return OK;
}

static enum status merged(struct call *call)
{
	const struct merge_order *order = call->data;
	return show(call, order->made, 201);
}

enum status command_merge(struct call *call)
{
	struct merge_order *order = arena_alloc(call->work.arena, sizeof *order);
	if (read_call(call, "id,other,fields", &order->kept) != OK || read_id(call, "id", false, &order->id) != OK ||
		read_id(call, "other", true, &order->other) != OK)
		return call->work.status;
	const json_t *fields = json_object_get(call->body, "fields");
	order->fields = json_is_null(fields) ? NULL : fields;
	order->body = shape_hash((const char *)call->request->body, call->request->size);
	call->data = order;
	return call_write(call, merge_people, order, 1, merged);
}

static enum status unmerged(struct call *call)
{
	const struct merge_undoing *undoing = call->data;
	return show(call, undoing->row, 200);
}

enum status command_unmerge(struct call *call)
{
	struct merge_undoing *undoing = arena_alloc(call->work.arena, sizeof *undoing);
	if (read_call(call, "merge", &undoing->kept) != OK || read_id(call, "merge", true, &undoing->merge) != OK)
		return call->work.status;
	call->data = undoing;
	return call_write(call, merge_undo, undoing, 1, unmerged);
}
