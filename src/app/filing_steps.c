/* The rules of a filing's steps. The generic step has checked right, state and needed fields, and has set the given ones. */
#include <string.h>

#include "app/deadline.h"
#include "app/check.h"
#include "app/filing.h"
#include "app/filing_flow.h"
#include "app/filing_route.h"
#include "app/number.h"
#include "app/rights.h"
#include "app/settings.h"
#include "app/site.h"
#include "app/template.h"
#include "app/user.h"
#include "base/clock.h"
#include "base/json.h"

static struct filing *self(struct row *row)
{
	return (struct filing *)row;
}

/* Keeps what was done; `text` is what was said with it. */
static enum status keep(struct work *work, struct filing *filing, struct turn turn)
{
	turn.state = filing->state;
	SET(filing, filing, flow, V(flow_add(work, filing->flow, turn)));
	return work->status;
}

static bool immediate(const struct filing *filing)
{
	return !text_same(filing->route, "approve");
}

/* --- by the firm */

/* FG-2020-000123: counted by incident and year. */
static const char *next_number(struct work *work)
{
	int year;
	int64_t number = number_next(work, "filing", work->today, &year);
	return arena_print(work->arena, "%s-%d-%06lld", settings_value(work, "filing_prefix"), year, (long long)number);
}

static enum status check_lacks(struct work *work, const struct filing *filing, const struct site *site)
{
	struct lack *lacks;
	size_t count = filing_lacks(work, filing, site, &lacks);
	for (size_t i = 0; i < count; i++)
		fail(work, BAD_FIELD, lacks[i].field,
			lacks[i].known ? "%s: must be given on the firm's own page first|%s：请先在企业名册中补充"
				       : "%s: must be given|%s：提交前须填写",
			work_text(work, lacks[i].label));
	return work->status;
}

static enum status check_day(struct work *work, const struct filing *filing)
{
	int64_t ahead = settings_number(work, "filing_days_ahead");
	char day[DAY_TEXT];
	if (text_same(filing->route, "never_stopped") || !GIVEN(filing, filing, day))
		return OK;
	if (db_get(work->db, 0, "SELECT 1 FROM filing_batches WHERE filing = ? AND day < ? AND voided_at IS NULL LIMIT 1",
		    BIND(V(filing->row.id), V(filing->day))))
		fail(work, BAD_FIELD, "batches", "name a day before the day wanted, %s|有批次早于计划复工日期（%s）",
			day_print(filing->day, day));
	if (filing->day >= work->today + ahead)
		return work->status;
	return fail(work, BAD_FIELD, "day", "must be %s or later: a firm files %lld days ahead|不得早于%s：须提前 %lld 天备案",
		day_print(work->today + ahead, day), (long long)ahead);
}

/* The self-check must be held against the checklist that is in force for the firm. */
static enum status check_self_check(struct work *work, const struct filing *filing, const struct filing_rule *rule)
{
	if (!GIVEN(filing, filing, self_check) || id_none(rule->standard))
		return OK;
	const struct check *check = (const struct check *)row_load(work, &check_record, filing->self_check);
	const struct template_version *version = id_none(check->template_version)
		? NULL
		: (const struct template_version *)row_load(work, &template_version_record, check->template_version);
	const struct template *standard = (const struct template *)row_load(work, &template_record, rule->standard);
	if (!check->row.voided_at && version && id_same(version->template, rule->standard))
		return OK;
	return fail(work, BAD_FIELD, "self_check", "must be held against the checklist in force: %s|须按现行检查表自查：%s",
		work->language == ENGLISH && standard->title_en ? standard->title_en : standard->title);
}

enum status filing_submit(struct work *work, const struct row *old, struct row *row)
{
	struct filing *filing = self(row);
	const struct site *site = (const struct site *)row_load(work, &site_record, filing->site);
	struct filing_rule rule = filing_rule_on(work, site, work->today);
	(void)old;
	SET(filing, filing, route, V(rule.route));
	if (check_lacks(work, filing, site) != OK || check_day(work, filing) != OK || check_self_check(work, filing, &rule) != OK)
		return work->status;
	if (!GIVEN(filing, filing, number))
		SET(filing, filing, number, V(next_number(work)));
	SET(filing, filing, submitted_at, V(work->now));
	if (!work->who->all)
		SET(filing, filing, submitted_by, V(work->who->id));
	SET(filing, filing, return_code, value_null());
	SET(filing, filing, opinion, value_null());
	SET(filing, filing, decided_at, value_null());
	SET(filing, filing, decided_by, value_null());
	if (!immediate(filing)) {
		SET(filing, filing, due_at, V(deadline_working(work, work->now, settings_number(work, "filing_review_hours"))));
		return keep(work, filing, (struct turn){.step = "submit", .due = filing->due_at});
	}
	SET(filing, filing, state, V("recorded"));
	SET(filing, filing, due_at, value_null());
	SET(filing, filing, begins, text_same(filing->route, "never_stopped") ? V(work->today) : V(filing->day));
	return keep(work, filing, (struct turn){.step = "submit"});
}

enum status filing_withdraw(struct work *work, const struct row *old, struct row *row)
{
	struct filing *filing = self(row);
	if (text_listed("recorded,noted,approved", ',', ((const struct filing *)old)->state) && filing->begins <= work->today)
		return fail(work, BAD_STATE, NULL, "The firm works by it already: it may be suspended|企业已据此复工，如需停工请办理暂停");
	return keep(work, filing, (struct turn){.step = "withdraw", .text = filing->opinion});
}

enum status filing_fulfil(struct work *work, const struct row *old, struct row *row)
{
	struct filing *filing = self(row);
	(void)old;
	if (!filing->conditions_open)
		return fail(work, BAD_STATE, NULL, "No conditions are open|没有待落实的条件");
	return keep(work, filing, (struct turn){.step = "fulfil", .text = filing->proof_text});
}

/* --- by the town, the park or the county */

/* Whoever filed it does not decide it. */
static enum status check_other(struct work *work, const struct filing *filing)
{
	return work->who->all || !id_same(filing->submitted_by, work->who->id)
		? OK
		: fail(work, NO_RIGHT, NULL, "Whoever submitted it does not decide it|提交人不能自行审批");
}

static enum status take(struct work *work, struct filing *filing)
{
	if (!work->who->all)
		SET(filing, filing, reviewer, V(work->who->id));
	return check_other(work, filing);
}

enum status filing_take(struct work *work, const struct row *old, struct row *row)
{
	(void)old;
	return take(work, self(row)) == OK ? keep(work, self(row), (struct turn){.step = "take"}) : work->status;
}

enum status filing_inspect(struct work *work, const struct row *old, struct row *row)
{
	struct filing *filing = self(row);
	const struct check *check = (const struct check *)row_load(work, &check_record, filing->inspection);
	if (!check || check->row.voided_at || !id_same(check->site, filing->site) || (GIVEN(check, check, own) && check->own))
		return fail(work, BAD_FIELD, "inspection", "must be a check of this firm by inspectors|须为检查人员对本企业的核查");
	if (check->day < deadline_day(work, filing->submitted_at))
		return fail(work, BAD_FIELD, "inspection", "was made before the filing was submitted|早于备案提交日期");
	if (text_same(((const struct filing *)old)->state, "submitted") && take(work, filing) != OK)
		return work->status;
	return keep(work, filing, (struct turn){.step = "inspect"});
}

static void decide(struct work *work, struct filing *filing)
{
	SET(filing, filing, decided_at, V(work->now));
	if (!work->who->all)
		SET(filing, filing, decided_by, V(work->who->id));
}

enum status filing_send_back(struct work *work, const struct row *old, struct row *row)
{
	struct filing *filing = self(row);
	(void)old;
	if (take(work, filing) != OK)
		return work->status;
	SET(filing, filing, returns, V(filing->returns + 1));
	SET(filing, filing, inspection, value_null());
	return keep(work, filing, (struct turn){.step = "send_back", .code = filing->return_code, .text = filing->opinion});
}

/* What is open and severe, in words: "A1 …; H2 …". */
static enum status check_obstacles(struct work *work, const struct filing *filing)
{
	struct obstacle *list;
	size_t count = filing_obstacles(work, filing->site, &list);
	struct buf names = {.arena = work->arena};
	for (size_t i = 0; i < count; i++)
		buf_print(&names, "%s%s %s", i ? work_text(work, "; |；") : "", list[i].item,
			list[i].text ? work_text(work, list[i].text) : "");
	return count ? fail(work, BAD_STATE, NULL, "Severe findings are not closed: %s|有严重问题尚未销号：%s", buf_end(&names)) : OK;
}

static void read_conditions(struct filing *filing)
{
	bool any = filing->conditions && strspn(filing->conditions, " \t\r\n") < strlen(filing->conditions);
	SET(filing, filing, conditions_open, V(any));
	if (!any)
		SET(filing, filing, conditions, value_null());
}

enum status filing_approve(struct work *work, const struct row *old, struct row *row)
{
	struct filing *filing = self(row);
	(void)old;
	if (check_other(work, filing) != OK || check_obstacles(work, filing) != OK)
		return work->status;
	if (!GIVEN(filing, filing, inspection) && settings_number(work, "filing_inspection"))
		return fail(work, BAD_STATE, NULL, "An inspection must be added first|须先关联现场核查");
	if (!GIVEN(filing, filing, begins))
		SET(filing, filing, begins, V(GIVEN(filing, filing, day) && filing->day > work->today ? filing->day : work->today));
	if (filing->begins < work->today)
		return fail(work, BAD_FIELD, "begins", "is past|早于今日");
	read_conditions(filing);
	decide(work, filing);
	return keep(work, filing, (struct turn){.step = "approve", .text = filing->opinion});
}

enum status filing_refuse(struct work *work, const struct row *old, struct row *row)
{
	struct filing *filing = self(row);
	(void)old;
	if (check_other(work, filing) != OK)
		return work->status;
	decide(work, filing);
	return keep(work, filing, (struct turn){.step = "refuse", .text = filing->opinion});
}

enum status filing_acknowledge(struct work *work, const struct row *old, struct row *row)
{
	(void)old;
	return take(work, self(row)) == OK ? keep(work, self(row), (struct turn){.step = "acknowledge"}) : work->status;
}

enum status filing_complete(struct work *work, const struct row *old, struct row *row)
{
	struct filing *filing = self(row);
	(void)old;
	if (!filing->conditions_open)
		return fail(work, BAD_STATE, NULL, "No conditions are open|没有待落实的条件");
	SET(filing, filing, conditions_open, V(0));
	return keep(work, filing, (struct turn){.step = "complete", .text = filing->opinion});
}

enum status filing_suspend(struct work *work, const struct row *old, struct row *row)
{
	(void)old;
	return keep(work, self(row), (struct turn){.step = "suspend", .text = self(row)->opinion});
}

enum status filing_lift(struct work *work, const struct row *old, struct row *row)
{
	struct filing *filing = self(row);
	(void)old;
	if (immediate(filing))
		SET(filing, filing, state, V("noted"));
	return keep(work, filing, (struct turn){.step = "lift", .text = filing->opinion});
}
