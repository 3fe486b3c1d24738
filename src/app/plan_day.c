/* What belongs to a plan: its days, what blocks it, its capacity lines. */
#include "app/plan.h"

#include "app/need.h"
#include "app/rights.h"
#include "base/clock.h"
#include "record/store.h"

static enum status day_check(struct work *work, const struct row *old, struct row *row);
static enum status day_saved(struct work *work, const struct row *old, const struct row *row);
static void day_warn(struct work *work, const struct row *row, struct warnings *warnings);
static void day_breaks(struct work *work, const struct row *row, struct breaks *breaks);
static int64_t measure_plans_told(struct work *work, const struct row *row, int64_t day);
static int64_t measure_plan_people(struct work *work, const struct row *row, int64_t day);
static enum status blocker_check(struct work *work, const struct row *old, struct row *row);
static void blocker_show(struct work *work, const struct row *row, struct json *json);
static enum status line_check(struct work *work, const struct row *old, struct row *row);
static int64_t measure_lines(struct work *work, const struct row *row, int64_t day);
static int64_t measure_lines_now(struct work *work, const struct row *row, int64_t day);
static int64_t measure_lines_target(struct work *work, const struct row *row, int64_t day);

#define DEF "app/plan_day.def"
#define HOOKS .check = day_check, .saved = day_saved, .warn = day_warn, .breaks = day_breaks,
#include "record/table.h"
#define DEF "app/blocker.def"
#define HOOKS .check = blocker_check, .show = blocker_show,
#include "record/table.h"
#define DEF "app/line.def"
#define HOOKS .check = line_check,
#include "record/table.h"

static const struct plan_day *self(const struct row *row)
{
	return (const struct plan_day *)row;
}

static const struct plan *plan_of(struct work *work, struct id id)
{
	return (const struct plan *)row_load(work, &plan_record, id);
}

/* --- a day */

static int64_t measure_plans_told(struct work *work, const struct row *row, int64_t day)
{
	(void)work;
	return self(row)->day == day;
}

static int64_t measure_plan_people(struct work *work, const struct row *row, int64_t day)
{
	(void)work;
	return self(row)->day == day && GIVEN(self(row), plan_day, people) ? self(row)->people : 0;
}

static void day_breaks(struct work *work, const struct row *row, struct breaks *breaks)
{
	(void)work;
	breaks_add(breaks, self(row)->day);
}

static const struct plan_day *one_day(struct work *work, const char *where, struct id plan, int64_t day)
{
	struct query *query = db_query(work->db,
		arena_print(work->arena,
			"SELECT %s FROM plan_days WHERE plan = ? AND day %s AND voided_at IS NULL ORDER BY day DESC, id LIMIT 1",
			row_columns(work->arena, &plan_day_record), where),
		BIND(V(plan), V(day)));
	if (!db_next(query))
		return NULL;
	const struct plan_day *found = self(row_read(work, &plan_day_record, query));
	db_done(query);
	return found;
}

const struct plan_day *plan_told(struct work *work, struct id plan, int64_t day)
{
	return one_day(work, "= ?", plan, day);
}

const struct plan_day *plan_before(struct work *work, struct id plan, int64_t day)
{
	return one_day(work, "< ?", plan, day);
}

static enum status check_new_day(struct work *work, struct plan_day *told, const struct plan *plan)
{
	SET(told, plan_day, site, V(plan->site));
	SET(told, plan_day, kind, V(plan->kind));
	if (!GIVEN(told, plan_day, day))
		SET(told, plan_day, day, V(work->today));
	if (told->day > work->today)
		return fail(work, BAD_FIELD, "day", "is in the future|不能晚于今日");
	if (!plan_runs(plan, told->day))
		return fail(work, BAD_FIELD, "day", "lies outside the plan|不在计划起止日期内");
	if (plan_told(work, told->plan, told->day))
		return fail(work, BAD_FIELD, "day", "is told already: change that line|当日已填报，请修改原记录");
	return OK;
}

static enum status day_check(struct work *work, const struct row *old, struct row *row)
{
	struct plan_day *told = (struct plan_day *)row;
	const struct plan *plan = plan_of(work, told->plan);
	if (!old && check_new_day(work, told, plan) != OK)
		return work->status;
	if (!GIVEN(told, plan_day, percent) && !GIVEN(told, plan_day, amount))
		return fail(work, BAD_FIELD, "percent", "must be given, or the work of the day|总进度和当日工作量至少填一项");
	if (GIVEN(told, plan_day, amount) && !(GIVEN(told, plan_day, unit) && *told->unit))
		return fail(work, BAD_FIELD, "unit", "must be given|必填");
	/* once somebody puts it right it says something of its own */
	if (old && !work->who->all)
		SET(told, plan_day, same, V(0));
	return OK;
}

/* The plan shows its last line. */
static enum status day_saved(struct work *work, const struct row *old, const struct row *row)
{
	const struct plan *before = plan_of(work, self(row)->plan);
	struct plan *plan = (struct plan *)row_copy(work->arena, &before->row);
	const struct plan_day *last = plan_before(work, plan->row.id, DAY_FAR);
	(void)old;
	if (before->row.voided_at)
		return OK;
	SET(plan, plan, told_day, last ? V(last->day) : value_null());
	if (last && GIVEN(last, plan_day, percent))
		SET(plan, plan, percent, V(last->percent));
	if (plan->percent == before->percent && plan->told_day == before->told_day)
		return OK;
	/* what its lines say already: no change of the plan, no history of its own */
	row_refresh(work, &plan->row);
	return OK;
}

static void day_warn(struct work *work, const struct row *row, struct warnings *warnings)
{
	const struct plan_day *told = self(row), *before = plan_before(work, told->plan, told->day);
	if (before && GIVEN(told, plan_day, percent) && GIVEN(before, plan_day, percent) && told->percent < before->percent)
		warn(work, warnings, "percent", before->row.id, NULL, "is less than the day before: %lld|低于前一次填报的 %lld",
			(long long)before->percent);
}

enum status plan_repeat(struct work *work, struct id id, int64_t day)
{
	const struct plan_day *before = plan_before(work, id, day);
	struct plan_day *told = (struct plan_day *)row_new(work->arena, &plan_day_record);
	struct row *row = &told->row;
	if (plan_told(work, id, day))
		return OK;
	if (!before)
		return fail(work, BAD_STATE, NULL, "Nothing was told before that could be repeated|此前未填报，无法沿用");
	SET(told, plan_day, plan, V(id));
	SET(told, plan_day, day, V(day));
	SET(told, plan_day, same, V(1));
	if (GIVEN(before, plan_day, percent))
		SET(told, plan_day, percent, V(before->percent));
	/* what is unchanged did no new work */
	if (GIVEN(before, plan_day, amount)) {
		SET(told, plan_day, amount, V(0));
		SET(told, plan_day, unit, V(before->unit));
	}
	if (GIVEN(before, plan_day, people))
		SET(told, plan_day, people, V(before->people));
	if (GIVEN(before, plan_day, problems))
		SET(told, plan_day, problems, V(before->problems));
	return row_insert(work, &row, NULL);
}

/* --- what blocks it */

static enum status blocker_check(struct work *work, const struct row *old, struct row *row)
{
	struct blocker *blocker = (struct blocker *)row;
	const struct plan *plan = plan_of(work, blocker->plan);
	if (old)
		return OK;
	SET(blocker, blocker, site, V(plan->site));
	if (db_get(work->db, 0, "SELECT 1 FROM blockers WHERE plan = ? AND need = ? AND voided_at IS NULL",
		    BIND(V(blocker->plan), V(blocker->need))))
		return fail(work, BAD_FIELD, "need", "is named at this plan already|已关联该计划项目");
	return OK;
}

/* How the need stands, for whoever sees it. */
static void blocker_show(struct work *work, const struct row *row, struct json *json)
{
	const struct row *need = row_load(work, &need_record, ((const struct blocker *)row)->need);
	if (!need || need->voided_at || !who_reaches(work->who, RIGHT_need_read, need->path, row_site(need)))
		return;
	json_put(json, "need_state", ((const struct need *)need)->state);
	json_put(json, "need_text", ((const struct need *)need)->text);
	json_put_stamp(json, "need_due_at", ((const struct need *)need)->due_at);
}

/* --- capacity lines */

static const struct line *line_of(const struct row *row)
{
	return (const struct line *)row;
}

static int64_t measure_lines(struct work *work, const struct row *row, int64_t day)
{
	(void)work;
	return day >= row->since;
}

static int64_t measure_lines_now(struct work *work, const struct row *row, int64_t day)
{
	(void)work;
	return day >= row->since && text_same(line_of(row)->state, "running") && GIVEN(line_of(row), line, now) ? line_of(row)->now : 0;
}

static int64_t measure_lines_target(struct work *work, const struct row *row, int64_t day)
{
	(void)work;
	return day >= row->since && GIVEN(line_of(row), line, target) ? line_of(row)->target : 0;
}

static enum status line_check(struct work *work, const struct row *old, struct row *row)
{
	const struct line *line = line_of(row);
	const struct plan *plan = GIVEN(line, line, plan) ? plan_of(work, line->plan) : NULL;
	(void)old;
	if (plan && !id_same(plan->site, line->site))
		return fail(work, BAD_FIELD, "plan", "is of another site|不属于该企业（场所）");
	return OK;
}
