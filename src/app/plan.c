#include "app/plan.h"

#include "app/rights.h"
#include "app/site.h"
#include "base/clock.h"
#include "record/days.h"
#include "record/store.h"
#include "record/tally.h"

static enum status plan_check(struct work *work, const struct row *old, struct row *row);
static enum status plan_saved(struct work *work, const struct row *old, const struct row *row);
static const char *plan_view(struct work *work, const char *name, struct sql *sql);
static void plan_show(struct work *work, const struct row *row, struct json *json);
static void plan_breaks(struct work *work, const struct row *row, struct breaks *breaks);
static enum status plan_close(struct work *work, const struct row *old, struct row *row);
static enum status plan_reopen(struct work *work, const struct row *old, struct row *row);
static int64_t measure_plans_due(struct work *work, const struct row *row, int64_t day);
static int64_t measure_plans_working(struct work *work, const struct row *row, int64_t day);
static int64_t measure_plans_late(struct work *work, const struct row *row, int64_t day);
static enum status milestone_check(struct work *work, const struct row *old, struct row *row);
static const char *milestone_view(struct work *work, const char *name, struct sql *sql);
static void milestone_breaks(struct work *work, const struct row *row, struct breaks *breaks);
static enum status milestone_done(struct work *work, const struct row *old, struct row *row);
static enum status milestone_undo(struct work *work, const struct row *old, struct row *row);
static int64_t measure_milestones_late(struct work *work, const struct row *row, int64_t day);
static int64_t measure_milestones_done(struct work *work, const struct row *row, int64_t day);

#define DEF "app/plan.def"
#define HOOKS .check = plan_check, .saved = plan_saved, .view = plan_view, .show = plan_show, .breaks = plan_breaks,
#include "record/table.h"
#define DEF "app/milestone.def"
#define HOOKS .check = milestone_check, .view = milestone_view, .breaks = milestone_breaks,
#include "record/table.h"

static const struct plan *self(const struct row *row)
{
	return (const struct plan *)row;
}

static const struct milestone *stone(const struct row *row)
{
	return (const struct milestone *)row;
}

/* --- what a plan counts for */

/* The day behind its last one. */
static int64_t after(const struct plan *plan)
{
	return GIVEN(plan, plan, closed_on) ? plan->closed_on + 1 : DAY_FAR;
}

bool plan_runs(const struct plan *plan, int64_t day)
{
	return day >= plan->begins && day < after(plan);
}

static int64_t measure_plans_due(struct work *work, const struct row *row, int64_t day)
{
	(void)work;
	return plan_runs(self(row), day);
}

static int64_t measure_plans_working(struct work *work, const struct row *row, int64_t day)
{
	const struct row *site = plan_runs(self(row), day) ? row_load(work, &site_record, self(row)->site) : NULL;
	return site && !site->voided_at && text_listed("open,resumed", ',', ((const struct site *)row_as_of(work, site, day))->status);
}

static int64_t measure_plans_late(struct work *work, const struct row *row, int64_t day)
{
	(void)work;
	return plan_runs(self(row), day) && GIVEN(self(row), plan, ends) && day > self(row)->ends;
}

static void plan_breaks(struct work *work, const struct row *row, struct breaks *breaks)
{
	const struct plan *plan = self(row);
	const struct row *site = row_load(work, &site_record, plan->site);
	breaks_span(breaks, plan->begins, after(plan) > plan->begins ? after(plan) : plan->begins);
	if (GIVEN(plan, plan, ends))
		breaks_add(breaks, plan->ends + 1);
	if (site)
		days_breaks(work, site, breaks);
}

/* --- its rules */

static enum status plan_check(struct work *work, const struct row *old, struct row *row)
{
	struct plan *plan = (struct plan *)row;
	const struct site *site = (const struct site *)row_load(work, &site_record, plan->site);
	if (!old) {
		SET(plan, plan, state, V("running"));
		SET(plan, plan, percent, V(0));
		row->since = plan->begins < work->today ? plan->begins : work->today;
	} else if (!work->who->all && text_listed("done,dropped", ',', self(old)->state) && text_same(self(old)->state, plan->state))
		return fail(work, BAD_STATE, NULL, "It has ended: let it go on first|已结束，请先重新推进");
	if (text_same(plan->kind, "project") && site && !text_same(site->kind, "project"))
		return fail(work, BAD_FIELD, "site", "is no project site|不是项目工地");
	if (GIVEN(plan, plan, ends) && plan->ends < plan->begins)
		return fail(work, BAD_FIELD, "ends", "is before its beginning|早于开始日期");
	if (row->since > plan->begins)
		row->since = plan->begins;
	return OK;
}

/* With a plan that was taken out goes what belongs to it alone. */
static enum status drop_all(struct work *work, const struct record *record, struct id plan)
{
	struct row **rows = NULL;
	size_t count = 0, space = 0;
	struct query *query = db_query(work->db,
		arena_print(work->arena, "SELECT %s FROM %s WHERE plan = ? AND voided_at IS NULL", row_columns(work->arena, record),
			record->plural),
		BIND(V(plan)));
	while (db_next(query))
		*ARENA_PUSH(work->arena, rows, count, space) = row_read(work, record, query);
	for (size_t i = 0; i < count && work->status == OK; i++)
		row_void(work, rows[i], rows[i]->version);
	return work->status;
}

static enum status plan_saved(struct work *work, const struct row *old, const struct row *row)
{
	if (!old || !row->voided_at)
		return OK;
	drop_all(work, &milestone_record, row->id);
	drop_all(work, &plan_day_record, row->id);
	return drop_all(work, &blocker_record, row->id);
}

static enum status plan_close(struct work *work, const struct row *old, struct row *row)
{
	struct plan *plan = (struct plan *)row;
	(void)old;
	if (!GIVEN(plan, plan, closed_on))
		SET(plan, plan, closed_on, V(work->today));
	if (plan->closed_on > work->today)
		return fail(work, BAD_FIELD, "closed_on", "is in the future|不能晚于今日");
	if (plan->closed_on < plan->begins)
		return fail(work, BAD_FIELD, "closed_on", "is before its beginning|早于开始日期");
	return OK;
}

static enum status plan_reopen(struct work *work, const struct row *old, struct row *row)
{
	(void)work;
	(void)old;
	SET((struct plan *)row, plan, closed_on, value_null());
	SET((struct plan *)row, plan, reason, value_null());
	return OK;
}

int64_t plan_late(struct work *work, const struct plan *plan, int64_t day)
{
	int64_t late = GIVEN(plan, plan, ends) && day > plan->ends ? day - plan->ends : 0;
	int64_t due = db_get(work->db, day,
		"SELECT coalesce(min(due), ?) FROM milestones WHERE plan = ? AND voided_at IS NULL AND (done_on IS NULL OR done_on > ?)",
		BIND(V(day), V(plan->row.id), V(day)));
	if (!plan_runs(plan, day))
		return 0;
	return day - due > late ? day - due : late;
}

static const char *plan_view(struct work *work, const char *name, struct sql *sql)
{
	if (!text_same(name, "late"))
		return NULL;
	sql_add(sql, " AND state = 'running' AND ends < ?", BIND(V(work->today)));
	return "ends";
}

static void plan_show(struct work *work, const struct row *row, struct json *json)
{
	json_put_whole(json, "days_late", plan_late(work, self(row), work->today));
}

/* --- milestones */

static int64_t measure_milestones_late(struct work *work, const struct row *row, int64_t day)
{
	(void)work;
	return day > stone(row)->due && !(GIVEN(stone(row), milestone, done_on) && day >= stone(row)->done_on);
}

static int64_t measure_milestones_done(struct work *work, const struct row *row, int64_t day)
{
	(void)work;
	return GIVEN(stone(row), milestone, done_on) && day == stone(row)->done_on;
}

static void milestone_breaks(struct work *work, const struct row *row, struct breaks *breaks)
{
	(void)work;
	breaks_add(breaks, stone(row)->due + 1);
	if (GIVEN(stone(row), milestone, done_on))
		breaks_add(breaks, stone(row)->done_on);
}

static enum status milestone_check(struct work *work, const struct row *old, struct row *row)
{
	struct milestone *milestone = (struct milestone *)row;
	const struct plan *plan = (const struct plan *)row_load(work, &plan_record, milestone->plan);
	if (!old)
		SET(milestone, milestone, state, V("open"));
	SET(milestone, milestone, site, V(plan->site));
	if (milestone->due < plan->begins)
		return fail(work, BAD_FIELD, "due", "is before the plan begins|早于计划开始日期");
	if (!GIVEN(milestone, milestone, share))
		return OK;
	int64_t others =
		db_get(work->db, 0, "SELECT coalesce(sum(share), 0) FROM milestones WHERE plan = ? AND id <> ? AND voided_at IS NULL",
			BIND(V(milestone->plan), V(row->id)));
	if (others + milestone->share > 100)
		return fail(work, BAD_FIELD, "share", "makes the shares more than 100: %lld are left|各节点占比合计超过 100%%，尚余 %lld%%",
			(long long)(100 - others));
	return OK;
}

static enum status milestone_done(struct work *work, const struct row *old, struct row *row)
{
	struct milestone *milestone = (struct milestone *)row;
	(void)old;
	if (!GIVEN(milestone, milestone, done_on))
		SET(milestone, milestone, done_on, V(work->today));
	return milestone->done_on > work->today ? fail(work, BAD_FIELD, "done_on", "is in the future|不能晚于今日") : OK;
}

static enum status milestone_undo(struct work *work, const struct row *old, struct row *row)
{
	(void)work;
	(void)old;
	SET((struct milestone *)row, milestone, done_on, value_null());
	return OK;
}

static const char *milestone_view(struct work *work, const char *name, struct sql *sql)
{
	if (!text_same(name, "late"))
		return NULL;
	sql_add(sql, " AND state = 'open' AND due < ?", BIND(V(work->today)));
	return "due";
}
