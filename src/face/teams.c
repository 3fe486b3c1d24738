/* What a team did, in one answer for its page. */
#include "app/team.h"

#include "app/rights.h"
#include "face/commands.h"
#include "record/rows.h"

enum status command_team_sums(struct call *call)
{
	struct work *work = &call->work;
	struct row *row;
	int64_t day;
	if (call_day(call, work->today, &day) != OK || call_row(call, &team_record, RIGHT_post_read, &row) != OK)
		return work->status;
	struct team_sums sums = team_sums(work, (const struct team *)row, day);
	json_open(&call->out, '{');
	json_put_whole(&call->out, "members", sums.members);
	json_put_whole(&call->out, "sites", sums.sites);
	json_put_whole(&call->out, "shifts", sums.shifts);
	json_put_whole(&call->out, "hours", sums.hours);
	json_put_whole(&call->out, "deeds", sums.deeds);
	json_key(&call->out, "amounts");
	json_open(&call->out, '[');
	for (size_t i = 0; i < sums.amount_count; i++) {
		json_open(&call->out, '{');
		json_put(&call->out, "unit", sums.amounts[i].unit);
		json_put_whole(&call->out, "amount", sums.amounts[i].amount);
		json_close(&call->out, '}');
	}
	json_close(&call->out, ']');
	json_close(&call->out, '}');
	return OK;
}
