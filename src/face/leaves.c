/* Leave asked for by oneself; what a leave cut, and who might take its place. */
#include "app/leave_cut.h"

#include "app/person.h"
#include "app/rights.h"
#include "app/user.h"
#include "face/commands.h"
#include "record/shape.h"

/* --- asked for by oneself */

struct asking {
	const struct row *read;
	struct row *row;
	struct id body, deed;
};

static enum status write_asked(struct work *work, void *data)
{
	struct asking *asking = data;
	struct row *row = row_copy(work->arena, asking->read);
	const struct user *user = (const struct user *)row_load(work, &user_record, work->who->id);
	const struct who *who = work->who;
	struct who self = {.id = who->id, .name = who->name, .all = true};
	if (!user || !GIVEN(user, user, person))
		return fail(work, BAD_STATE, NULL, "Your account names no person|您的账号未关联人员");
	SET((struct leave *)row, leave, person, V(user->person));
	work->deed = asking->deed;
	/* one's own leave needs no right over the place where one lives */
	work->who = &self;
	enum status status = row_insert(work, &row, &asking->body);
	work->who = who;
	/* an id that is taken by the leave of somebody else */
	if (status == OK && !id_same(row->made_by, who->id))
		return fail(work, CONFLICT, NULL, NULL);
	asking->row = row;
	return status;
}

enum status command_leave_ask(struct call *call)
{
	struct work *work = &call->work;
	int64_t effective, until;
	struct row *row = row_new(work->arena, &leave_record);
	if (call_body(call) != OK || shape_read(work, call->body, row, "kind,begins,ends,reason", &effective, &until) != OK)
		return work->status;
	struct asking asking = {.read = row, .deed = work->deed};
	asking.body = shape_row_hash(row, work->deed);
	if (store_write(work, write_asked, &asking) != OK)
		return work->status;
	const struct leave *leave = (const struct leave *)asking.row;
	call->code = 201;
	json_open(&call->out, '{');
	json_put_id(&call->out, "id", leave->row.id);
	json_put(&call->out, "state", leave->state);
	json_key(&call->out, "begins");
	json_day(&call->out, leave->begins);
	json_close(&call->out, '}');
	return OK;
}
