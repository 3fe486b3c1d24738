/* What a filing does to the status of its firm. A firm that works already goes on as it is: only its route and evidence are kept. */
#include "app/filing.h"
#include "app/rights.h"
#include "app/site.h"
#include "base/clock.h"
#include "record/days.h"

static bool works(const struct site *site)
{
	return text_same(site->status, "open") || text_same(site->status, "resumed");
}

/* The status from a day on, also where another one was already known for the day on which the firm was to begin. */
static void put_status(struct work *work, struct site *site, const struct filing *filing, int64_t from, const char *status)
{
	days_put(work, &site->row, FIELD_OF(site, status), from, DAY_FAR, V(status));
	if (GIVEN(filing, filing, begins) && filing->begins > from)
		days_put(work, &site->row, FIELD_OF(site, status), filing->begins, DAY_FAR, V(status));
}

static void put_evidence(struct work *work, struct site *site, const struct filing *filing)
{
	if (!text_same(site->route, filing->route))
		days_put(work, &site->row, FIELD_OF(site, route), work->today, DAY_FAR, V(filing->route));
	if (!id_same(site->filing, filing->row.id))
		days_put(work, &site->row, FIELD_OF(site, filing), work->today, DAY_FAR, V(filing->row.id));
}

static void begin_work(struct work *work, struct site *site, const struct filing *filing)
{
	int64_t from = GIVEN(filing, filing, begins) && filing->begins > work->today ? filing->begins : work->today;
	if (works(site))
		return;
	if (from > work->today)
		put_status(work, site, filing, work->today, "filed");
	days_put(
		work, &site->row, FIELD_OF(site, status), from, DAY_FAR, V(text_same(filing->route, "never_stopped") ? "open" : "resumed"));
}

static void turn(struct work *work, struct site *site, const struct filing *filing, const char *step)
{
	if (text_same(step, "submit") && text_same(filing->state, "submitted")) {
		if (!works(site))
			put_status(work, site, filing, work->today, "filed");
	} else if (text_listed("submit,approve,lift", ',', step)) {
		begin_work(work, site, filing);
	} else if (text_same(step, "suspend")) {
		put_status(work, site, filing, work->today, "stopped");
	} else if (text_same(site->status, "filed")) {
		put_status(work, site, filing, work->today, "stopped");
	}
}

enum status filing_settle(struct work *work, const struct filing *filing, const char *step)
{
	const struct row *old = row_load(work, &site_record, filing->site);
	struct site *site = (struct site *)row_copy(work->arena, old);
	if (!text_listed("submit,approve,lift,suspend,send_back,refuse,withdraw", ',', step))
		return OK;
	turn(work, site, filing, step);
	put_evidence(work, site, filing);
	if (text_same(old->days, site->row.days) && text_same(((const struct site *)old)->status, site->status) &&
		id_same(((const struct site *)old)->filing, site->filing))
		return OK;
	work->body = (struct id){{0}}; /* it names what was sent of the filing */
	return row_change(work, old, &site->row, old->version, RIGHT_filing_read);
}
