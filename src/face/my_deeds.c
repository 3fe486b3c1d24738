/* What one does with one's own shifts: come, leave, offer one, take one, withdraw an offer; a leave asked for, withdrawn. No right over the place is needed, only an account that names the person. */
#include "app/deadline.h"
#include "app/leave.h"
#include "app/own_shifts.h"
#include "app/person.h"
#include "face/commands.h"
#include "face/rest.h"
#include "record/shape.h"

static enum status own_step(struct call *call, const struct record *record, const char *step,
	enum status (*find)(struct work *work, struct id id, struct row **row), const char *known)
{
	struct rest rest = {.call = call, .record = record, .step = record_step(record, step), .find = find, .own = true};
	if (!id_parse(call->parts[0], &rest.id))
		return fail(&call->work, NOT_FOUND, NULL, NULL);
	return call_body(call) == OK && call_keys(call, known) == OK ? rest_step(&rest) : call->work.status;
}

enum status command_my_come(struct call *call)
{
	return own_step(call, &shift_record, "come", own_shift_find, "deed,place,came");
}

enum status command_my_leave(struct call *call)
{
	return own_step(call, &shift_record, "leave", own_shift_find, "deed,handover,gone");
}

enum status command_my_swap_accept(struct call *call)
{
	return own_step(call, &swap_record, "accept", own_offer_find, "deed");
}

enum status command_my_swap_withdraw(struct call *call)
{
	return own_step(call, &swap_record, "withdraw", own_swap_find, "deed");
}

enum status command_my_leave_withdraw(struct call *call)
{
	return own_step(call, &leave_record, "withdraw", own_leave_find, "deed");
}

/* --- whom one may offer a shift to */

static void put_mate(struct work *work, struct json *json, const struct own_mate *mates, size_t count)
{
	json_open(json, '{');
	json_put_named(json, "person", mates->person, shape_title(work, &person_record, mates->person));
	json_key(json, "shifts");
	json_open(json, '[');
	for (size_t i = 0; i < count && !id_none(mates[i].shift); i++) {
		json_open(json, '{');
		json_put_id(json, "id", mates[i].shift);
		json_put_stamp(json, "starts", mates[i].starts);
		json_put_stamp(json, "ends", mates[i].ends);
		json_close(json, '}');
	}
	json_close(json, ']');
	json_close(json, '}');
}

enum status command_my_mates(struct call *call)
{
	struct work *work = &call->work;
	struct own_mate *mates;
	struct row *row;
	struct id id;
	if (!id_parse(call->parts[0], &id))
		return fail(work, NOT_FOUND, NULL, NULL);
	store_read(work);
	if (own_shift_find(work, id, &row) != OK)
		return work->status;
	size_t count = own_mates(work, (const struct shift *)row, &mates);
	json_open(&call->out, '{');
	json_key(&call->out, "rows");
	json_open(&call->out, '[');
	for (size_t i = 0, next; i < count; i = next) {
		for (next = i + 1; next < count && id_same(mates[next].person, mates[i].person);)
			next++;
		put_mate(work, &call->out, &mates[i], next - i);
	}
	json_close(&call->out, ']');
	json_close(&call->out, '}');
	return OK;
}

/* --- offering */

struct offering {
	const struct row *read;
	struct row *row;
	struct id body, deed;
};

/* Nothing is said of people and shifts beyond those of the post. */
static enum status check_offer(struct work *work, const struct swap *swap)
{
	struct row *row;
	if (!GIVEN(swap, swap, shift))
		return fail(work, BAD_FIELD, "shift", "must be given|必填");
	if (own_shift_find(work, swap->shift, &row) != OK) {
		work_forgive(work);
		return fail(work, BAD_FIELD, "shift", "is no shift of yours|不是您的班次");
	}
	const struct shift *shift = (const struct shift *)row;
	if (GIVEN(swap, swap, whom) && !own_holds(work, shift->post, swap->whom, deadline_day(work, shift->starts)))
		return fail(work, BAD_FIELD, "whom", "does not hold this post on that day|当日未派驻到该岗位");
	const struct row *other = GIVEN(swap, swap, against) ? row_load(work, &shift_record, swap->against) : NULL;
	if (GIVEN(swap, swap, against) && (!other || other->voided_at || !id_same(((const struct shift *)other)->post, shift->post)))
		return fail(work, BAD_FIELD, "against", "is no shift at this post|不是该岗位的班次");
	return OK;
}

static enum status write_offer(struct work *work, void *data)
{
	struct offering *offering = data;
	struct row *row = row_copy(work->arena, offering->read);
	const struct who *who = work->who;
	struct who self = {.id = who->id, .name = who->name, .all = true};
	if (check_offer(work, (const struct swap *)row) != OK)
		return work->status;
	work->deed = offering->deed;
	work->who = &self;
	enum status status = row_insert(work, &row, &offering->body);
	work->who = who;
	/* an id that is taken by the offer of somebody else */
	if (status == OK && !id_same(row->made_by, who->id))
		return fail(work, CONFLICT, NULL, NULL);
	offering->row = row;
	return status;
}

enum status command_my_swap(struct call *call)
{
	struct work *work = &call->work;
	int64_t effective, until;
	struct row *row = row_new(work->arena, &swap_record);
	if (call_body(call) != OK || shape_read(work, call->body, row, "shift,whom,against,note", &effective, &until) != OK)
		return work->status;
	struct offering offering = {.read = row, .deed = work->deed};
	offering.body = shape_row_hash(row, work->deed);
	if (store_write(work, write_offer, &offering) != OK)
		return work->status;
	call->code = 201;
	json_open(&call->out, '{');
	json_put_id(&call->out, "id", offering.row->id);
	json_put(&call->out, "state", ((const struct swap *)offering.row)->state);
	json_close(&call->out, '}');
	return OK;
}
