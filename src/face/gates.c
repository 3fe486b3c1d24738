/* What was entered at the gates of a firm on a day, as sums. */
#include "app/gate.h"
#include "app/rights.h"
#include "app/site.h"
#include "face/commands.h"

enum status command_gate_sums(struct call *call)
{
	struct work *work = &call->work;
	struct json *json = &call->out;
	struct row *site;
	int64_t day;
	if (call_row(call, &site_record, RIGHT_staff_read, &site) != OK || call_day(call, work->today, &day) != OK)
		return work->status;
	struct gate_sums sums = gate_sums(work, site->id, day);
	json_open(json, '{');
	json_key(json, "day");
	json_day(json, day);
	json_put_whole(json, "visitor", sums.visitors);
	json_put_whole(json, "vehicle", sums.vehicles);
	json_put_whole(json, "goods", sums.goods);
	json_put_whole(json, "round", sums.rounds);
	json_put_whole(json, "turned_away", sums.turned_away);
	json_close(json, '}');
	return OK;
}
