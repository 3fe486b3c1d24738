/* What checks need beside REST: who can be named as an inspector, and how far a round is. */
#include "app/check.h"
#include "app/rights.h"
#include "app/round.h"
#include "app/site.h"
#include "face/commands.h"
#include "record/rows.h"

enum { MOST_LEFT = 50 };

enum status command_inspectors(struct call *call)
{
	struct work *work = &call->work;
	struct inspector *inspectors;
	struct row *site;
	struct id id;
	const char *text = request_argument(call->request, "site");
	if (!text || !id_parse(text, &id))
		return fail(work, BAD_FIELD, "site", "must be given|必填");
	store_read(work);
	if (row_get_reached(work, &site_record, id, RIGHT_check_write, &site) != OK)
		return work->status;
	size_t count = check_inspectors(work, site, &inspectors);
	json_open(&call->out, '{');
	json_key(&call->out, "rows");
	json_open(&call->out, '[');
	for (size_t i = 0; i < count; i++) {
		json_open(&call->out, '{');
		json_put_id(&call->out, "id", inspectors[i].id);
		json_put(&call->out, "name", inspectors[i].name);
		json_put(&call->out, "duty", inspectors[i].duty);
		json_close(&call->out, '}');
	}
	json_close(&call->out, ']');
	json_close(&call->out, '}');
	return OK;
}

enum status command_round_progress(struct call *call)
{
	struct work *work = &call->work;
	struct row *row;
	if (call_row(call, &round_record, RIGHT_check_read, &row) != OK)
		return work->status;
	struct round_progress progress = round_progress(work, (const struct round *)row, MOST_LEFT);
	json_open(&call->out, '{');
	json_put_whole(&call->out, "planned", progress.planned);
	json_put_whole(&call->out, "done", progress.done);
	json_key(&call->out, "left");
	json_open(&call->out, '[');
	for (size_t i = 0; i < progress.left_count; i++) {
		json_open(&call->out, '{');
		json_put_id(&call->out, "id", progress.left[i].id);
		json_put(&call->out, "name", progress.left[i].name);
		json_close(&call->out, '}');
	}
	json_close(&call->out, ']');
	json_close(&call->out, '}');
	return OK;
}
