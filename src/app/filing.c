#include "app/filing.h"

#include <string.h>

#include "app/check.h"
#include "app/deadline.h"
#include "app/file.h"
#include "app/filing_flow.h"
#include "app/filing_route.h"
#include "app/need.h"
#include "app/rights.h"
#include "app/settings.h"
#include "app/site.h"
#include "base/json.h"

static enum status filing_check(struct work *work, const struct row *old, struct row *row);
static enum status filing_saved(struct work *work, const struct row *old, const struct row *row);
static void filing_warn(struct work *work, const struct row *row, struct warnings *warnings);
static const char *filing_view(struct work *work, const char *name, struct sql *sql);
static void filing_show(struct work *work, const struct row *row, struct json *json);
static void filing_breaks(struct work *work, const struct row *row, struct breaks *breaks);
static int64_t measure_filings_in(struct work *work, const struct row *row, int64_t day);
static int64_t measure_filings_pending(struct work *work, const struct row *row, int64_t day);
static int64_t measure_filings_overdue(struct work *work, const struct row *row, int64_t day);
static int64_t measure_filings_returned(struct work *work, const struct row *row, int64_t day);
static int64_t measure_filings_approved(struct work *work, const struct row *row, int64_t day);
static int64_t measure_filings_decided(struct work *work, const struct row *row, int64_t day);
static int64_t measure_filings_in_time(struct work *work, const struct row *row, int64_t day);
static int64_t measure_filing_hours(struct work *work, const struct row *row, int64_t day);

#define DEF "app/filing.def"
#define HOOKS \
	.check = filing_check, .saved = filing_saved, .warn = filing_warn, .view = filing_view, .show = filing_show, \
	.breaks = filing_breaks,
#include "record/table.h"

static const struct filing *self(const struct row *row)
{
	return (const struct filing *)row;
}

/* The step that a change was; NULL: it was none. */
static const char *step_of(struct work *work, const struct row *old, const struct row *row)
{
	if (!self(row)->flow || (old && text_same(self(old)->flow, self(row)->flow)))
		return NULL;
	const struct turn *last = flow_last(flow_read(work, self(row)->flow));
	return last ? last->step : NULL;
}

/* --- rules */

/* One at a time: the next when this is decided. */
static enum status check_only(struct work *work, const struct filing *filing)
{
	return db_get(work->db, 0,
		       "SELECT 1 FROM filings WHERE site = ? AND state IN ('draft', 'submitted', 'reviewing', 'returned') AND voided_at IS NULL LIMIT 1",
		       BIND(V(filing->site)))
		? fail(work, BAD_FIELD, "site", "has a filing that is not decided yet|已有未办结的备案")
		: OK;
}

static enum status check_self_check(struct work *work, const struct filing *old, const struct filing *filing)
{
	if (!GIVEN(filing, filing, self_check) || (old && id_same(old->self_check, filing->self_check)))
		return OK;
	const struct check *check = (const struct check *)row_load(work, &check_record, filing->self_check);
	if (check && id_same(check->site, filing->site) && GIVEN(check, check, own) && check->own)
		return OK;
	return fail(work, BAD_FIELD, "self_check", "must be a self-check by this firm|须为本企业的自查");
}

/* Parts of the staff. */
static enum status check_people(struct work *work, const struct filing *filing)
{
	static const int parts[] = {filing_at_back, filing_at_outside, filing_at_six};
	if (!GIVEN(filing, filing, staff))
		return OK;
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		const struct field *field = &filing_record.fields[parts[i]];
		struct value value = row_get(&filing->row, field);
		if (value.type != VALUE_NULL && value.whole > filing->staff)
			fail(work, BAD_FIELD, field->name, "must not be more than the staff (%lld)|不能多于职工人数（%lld）",
				(long long)filing->staff);
	}
	int64_t sum = filing_batch_sum(work, filing->row.id, (struct id){{0}});
	if (sum > filing->staff)
		fail(work, BAD_FIELD, "batches", "are %lld people, more than the staff (%lld)|共 %lld 人，多于职工人数（%lld）",
			(long long)sum, (long long)filing->staff);
	return work->status;
}

/* What follows from the register and the settings while the firm still works on it. */
static void complete(struct work *work, struct filing *filing)
{
	const struct site *site = (const struct site *)row_load(work, &site_record, filing->site);
	SET(filing, filing, staff, GIVEN(site, site, staff) ? V(site->staff) : value_null());
	SET(filing, filing, rooms, GIVEN(site, site, rooms) ? V(site->rooms) : value_null());
	SET(filing, filing, rooms_needed, GIVEN(site, site, staff) ? V(filing_rooms(work, site->staff)) : value_null());
	SET(filing, filing, route, V(filing_rule_on(work, site, work->today).route));
	int64_t stock = filing_stock(work, filing);
	SET(filing, filing, stock_days, stock < 0 ? value_null() : V(stock));
}

static enum status filing_check(struct work *work, const struct row *old, struct row *row)
{
	struct filing *filing = (struct filing *)row;
	const char *step = step_of(work, old, row);
	if (!old) {
		SET(filing, filing, state, V("draft"));
		SET(filing, filing, returns, V(0));
		SET(filing, filing, conditions_open, V(0));
		if (check_only(work, filing) != OK)
			return work->status;
	}
	if (old && !step && text_listed(filing_record.stands, ',', filing->state))
		return fail(
			work, BAD_STATE, NULL, "It is under review or decided: it changes only by its steps|已受理或已审结，不能再修改");
	SET(filing, filing, clock, flow_pending(filing->state) && GIVEN(filing, filing, due_at) ? V(filing->due_at) : value_null());
	if (step && !text_same(step, "submit"))
		return OK;
	complete(work, filing);
	if (check_self_check(work, old ? self(old) : NULL, filing) != OK)
		return work->status;
	return check_people(work, filing);
}

/* Files that came before their firm was known belong to it now. */
static void settle_files(struct work *work, const struct row *row)
{
	static const int fields[] = {filing_at_plan, filing_at_pledge, filing_at_emergency, filing_at_health, filing_at_proof};
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
		struct value value = row_get(row, &filing_record.fields[fields[i]]);
		if (value.type == VALUE_TEXT)
			file_settle(work, row, self(row)->site, json_read(work->arena, value.text, strlen(value.text), NULL));
	}
}

/* A draft that is thrown away takes its batches along. */
static enum status drop(struct work *work, const struct row *row)
{
	struct row **rows = NULL;
	size_t count = 0, space = 0;
	if (!text_same(self(row)->state, "draft"))
		return fail(work, BAD_STATE, NULL, "It was submitted: withdraw it|已提交，请办理撤回");
	struct query *query = db_query(work->db,
		arena_print(work->arena, "SELECT %s FROM filing_batches WHERE filing = ? AND voided_at IS NULL",
			row_columns(work->arena, &filing_batch_record)),
		BIND(V(row->id)));
	while (db_next(query))
		*ARENA_PUSH(work->arena, rows, count, space) = row_read(work, &filing_batch_record, query);
	for (size_t i = 0; i < count && work->status == OK; i++)
		row_void(work, rows[i], rows[i]->version);
	return work->status;
}

static enum status filing_saved(struct work *work, const struct row *old, const struct row *row)
{
	const char *step = step_of(work, old, row);
	if (row->voided_at)
		return drop(work, row);
	settle_files(work, row);
	if (!step)
		return OK;
	filing_tell(work, self(row), step);
	return filing_settle(work, self(row), step);
}

static void warn_of(struct work *work, struct warnings *warnings, const char *field, const char *text)
{
	warn(work, warnings, field, (struct id){{0}}, NULL, "%s|%s", work_text(work, text));
}

static void filing_warn(struct work *work, const struct row *row, struct warnings *warnings)
{
	struct filing *filing = (struct filing *)row_copy(work->arena, row);
	struct id none = {{0}};
	int64_t stock = settings_number(work, "filing_stock_days");
	if (text_listed("refused,withdrawn", ',', filing->state))
		return;
	/* while the firm works on it, as the register is now */
	if (!text_listed(filing_record.stands, ',', filing->state))
		complete(work, filing);
	if (filing->rooms_needed > 0 && filing->rooms < filing->rooms_needed)
		warn(work, warnings, "rooms", none, NULL,
			"Isolation rooms: %lld of the %lld needed for %lld staff|隔离室：现有 %lld 间，按规定应有 %lld 间（职工 %lld 人）",
			(long long)filing->rooms, (long long)filing->rooms_needed, (long long)filing->staff);
	if (GIVEN(filing, filing, stock_days) && filing->stock_days < stock)
		warn(work, warnings, "masks", none, NULL, "Masks last %lld days; at least %lld are needed|口罩可用 %lld 天，不足 %lld 天",
			(long long)filing->stock_days, (long long)stock);
	if (GIVEN(filing, filing, isolation) && !filing->isolation)
		warn_of(work, warnings, "isolation", "No isolation room is set up|未设隔离室");
	if (GIVEN(filing, filing, disinfection) && !filing->disinfection)
		warn_of(work, warnings, "disinfection", "Disinfection is not in place|未落实消毒");
	if (GIVEN(filing, filing, temperature) && !filing->temperature)
		warn_of(work, warnings, "temperature", "Temperatures are not taken|未落实体温检测");
	if (GIVEN(filing, filing, publicity) && !filing->publicity)
		warn_of(work, warnings, "publicity", "Staff are not informed|未开展防疫宣传");
}

/* --- lists */

static const char *filing_view(struct work *work, const char *name, struct sql *sql)
{
	if (text_same(name, "mine")) {
		sql_add(sql, " AND (state = 'submitted' OR (state = 'reviewing' AND reviewer = ?))", BIND(V(work->who->id)));
		return "state";
	}
	if (text_same(name, "overdue")) {
		sql_add(sql, " AND clock < ?", BIND(V(work->now)));
		return "clock";
	}
	if (text_same(name, "unmet")) {
		sql_add(sql, " AND conditions_open = 1 AND state = 'approved'", NOTHING);
		return "conditions_open";
	}
	if (text_same(name, "unmet_late")) {
		sql_add(sql, " AND conditions_open = 1 AND state = 'approved' AND proof_text IS NULL AND conditions_due < ?",
			BIND(V(work->today)));
		return "conditions_open";
	}
	return NULL;
}

static void filing_show(struct work *work, const struct row *row, struct json *json)
{
	const struct filing *filing = self(row);
	json_put_flag(json, "overdue", GIVEN(filing, filing, clock) && filing->clock < work->now);
	flow_show(json, flow_read(work, filing->flow));
}

/* --- what it counts for, from the steps that it has taken */

static void filing_breaks(struct work *work, const struct row *row, struct breaks *breaks)
{
	struct flow flow = flow_read(work, self(row)->flow);
	for (size_t i = 0; i < flow.count; i++) {
		breaks_add(breaks, flow.list[i].day);
		if (flow.list[i].due)
			breaks_add(breaks, need_late_day(work, flow.list[i].due));
	}
}

static int64_t measure_filings_in(struct work *work, const struct row *row, int64_t day)
{
	struct flow flow = flow_read(work, self(row)->flow);
	return flow.count && flow.list[0].day == day;
}

static int64_t measure_filings_pending(struct work *work, const struct row *row, int64_t day)
{
	const struct turn *turn = flow_on(flow_read(work, self(row)->flow), day);
	return turn && flow_pending(turn->state);
}

static int64_t measure_filings_overdue(struct work *work, const struct row *row, int64_t day)
{
	struct flow flow = flow_read(work, self(row)->flow);
	const struct turn *turn = flow_on(flow, day);
	if (!turn || !flow_pending(turn->state))
		return 0;
	const struct turn *from = flow_submitted(flow, (size_t)(turn - flow.list));
	return from && from->due && day >= need_late_day(work, from->due);
}

/* How many turns of a day are one of these steps. */
static int64_t count_steps(struct work *work, const struct row *row, int64_t day, const char *steps, const char *states)
{
	struct flow flow = flow_read(work, self(row)->flow);
	int64_t count = 0;
	for (size_t i = 0; i < flow.count; i++)
		count += flow.list[i].day == day && text_listed(steps, ',', flow.list[i].step) &&
			(!states || text_listed(states, ',', flow.list[i].state));
	return count;
}

static int64_t measure_filings_returned(struct work *work, const struct row *row, int64_t day)
{
	return count_steps(work, row, day, "send_back", NULL);
}

static int64_t measure_filings_approved(struct work *work, const struct row *row, int64_t day)
{
	return count_steps(work, row, day, "submit,approve", "recorded,approved");
}

static int64_t measure_filings_decided(struct work *work, const struct row *row, int64_t day)
{
	return count_steps(work, row, day, "approve,refuse", NULL);
}

/* The decision of a day, and the submission that it decided. */
static const struct turn *decision_on(struct work *work, const struct row *row, int64_t day, const struct turn **submitted)
{
	struct flow flow = flow_read(work, self(row)->flow);
	for (size_t i = 0; i < flow.count; i++)
		if (flow.list[i].day == day && text_listed("approve,refuse", ',', flow.list[i].step)) {
			*submitted = flow_submitted(flow, i);
			return &flow.list[i];
		}
	return NULL;
}

static int64_t measure_filings_in_time(struct work *work, const struct row *row, int64_t day)
{
	const struct turn *submitted = NULL, *decided = decision_on(work, row, day, &submitted);
	return decided && submitted && decided->at <= submitted->due;
}

static int64_t measure_filing_hours(struct work *work, const struct row *row, int64_t day)
{
	enum { HOUR_MS = 3600 * 1000 };
	const struct turn *submitted = NULL, *decided = decision_on(work, row, day, &submitted);
	return decided && submitted ? (decided->at - submitted->at) / HOUR_MS : 0;
}
