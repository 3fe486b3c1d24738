#include "app/report.h"

#include <string.h>

#include "app/deadline.h"
#include "app/need_choices.h"
#include "app/notice_box.h"
#include "app/number.h"
#include "app/rights.h"
#include "app/settings.h"
#include "base/clock.h"
#include "record/store.h"

static enum status report_check(struct work *work, const struct row *old, struct row *row);
static enum status report_saved(struct work *work, const struct row *old, const struct row *row);
static const char *report_view(struct work *work, const char *name, struct sql *sql);
static void report_breaks(struct work *work, const struct row *row, struct breaks *breaks);
static int64_t measure_urgent_told(struct work *work, const struct row *row, int64_t day);
static int64_t measure_urgent_open(struct work *work, const struct row *row, int64_t day);

#define DEF "app/report.def"
#define HOOKS .check = report_check, .saved = report_saved, .view = report_view, .breaks = report_breaks,
#include "record/table.h"

enum { FUTURE_MS = 10 * 60 * 1000 };
#define HOUR_MS (INT64_C(3600) * 1000)

static const struct report *self(const struct row *row)
{
	return (const struct report *)row;
}

static bool is_first(const struct report *report)
{
	return text_same(report->stage, "first");
}

/* JB-2020-0012; a follow-up bears the number of its first report. */
static const char *next_number(struct work *work)
{
	int year;
	int64_t number = number_next(work, "report", work->today, &year);
	return arena_print(work->arena, "JB-%d-%04lld", year, (long long)number);
}

static enum status begin_chain(struct work *work, struct report *report)
{
	if (GIVEN(report, report, site) == GIVEN(report, report, area))
		return fail(work, BAD_FIELD, "site", "Either a site or an area must be named|企业（场所）与区划须填其一");
	if (!GIVEN(report, report, kind))
		return fail(work, BAD_FIELD, "kind", "must be given|必填");
	if (GIVEN(report, report, parent))
		return fail(work, BAD_FIELD, "parent", "is of a follow-up only|首报不填");
	SET(report, report, number, V(next_number(work)));
	SET(report, report, due_at, V(report->at + settings_number(work, "urgent_first_hours") * HOUR_MS));
	SET(report, report, next_due, V(work->now + settings_number(work, "urgent_follow_hours") * HOUR_MS));
	return OK;
}

static enum status follow_chain(struct work *work, struct report *report)
{
	if (!GIVEN(report, report, parent))
		return fail(work, BAD_FIELD, "parent", "must name the first report|须选择首报");
	const struct report *first = self(row_load(work, &report_record, report->parent));
	if (!first || !is_first(first))
		return fail(work, BAD_FIELD, "parent", "must name the first report|须选择首报");
	if (first->row.voided_at || GIVEN(first, report, closed_at))
		return fail(work, BAD_STATE, NULL, "The final report has been made|已终报");
	SET(report, report, site, id_none(first->site) ? value_null() : V(first->site));
	SET(report, report, area, id_none(first->area) ? value_null() : V(first->area));
	SET(report, report, kind, V(first->kind));
	SET(report, report, number, V(first->number));
	SET(report, report, due_at, V(first->next_due));
	return OK;
}

/* A bar divides the languages of what muster wrote itself; of what people write it is a sign like others. */
static void keep_bars(struct work *work, const struct report *old, struct report *report)
{
	struct buf text = {.arena = work->arena};
	if (work->who->all || !GIVEN(report, report, text) || (old && text_same(old->text, report->text)) || !strchr(report->text, '|'))
		return;
	for (const char *at = report->text; *at; at++)
		if (*at == '|')
			buf_text(&text, "｜");
		else
			buf_char(&text, *at);
	SET(report, report, text, V((const char *)buf_end(&text)));
}

static enum status report_check(struct work *work, const struct row *old, struct row *row)
{
	struct report *report = (struct report *)row;
	keep_bars(work, old ? self(old) : NULL, report);
	if (old)
		return OK;
	if (!GIVEN(report, report, at))
		SET(report, report, at, V(work->now));
	if (report->at > work->now + FUTURE_MS)
		return fail(work, BAD_FIELD, "at", "lies in the future|不能晚于当前时间");
	if ((is_first(report) ? begin_chain(work, report) : follow_chain(work, report)) != OK)
		return work->status;
	SET(report, report, late, V(work->now > report->due_at));
	return OK;
}

/* The first report carries when the next word is due, or that the chain is closed. */
static enum status move_chain(struct work *work, const struct report *report)
{
	struct row *old = row_load(work, &report_record, report->parent);
	struct report *first = (struct report *)row_copy(work->arena, old);
	if (text_same(report->stage, "final")) {
		SET(first, report, next_due, value_null());
		SET(first, report, closed_at, V(work->now));
	} else {
		SET(first, report, next_due, V(work->now + settings_number(work, "urgent_follow_hours") * HOUR_MS));
	}
	return row_change(work, old, &first->row, old->version, RIGHT_urgent_write);
}

static struct notice_to superiors(struct work *work, const struct row *row)
{
	struct notice_to to = {0};
	notice_to_above(work, &to, row, settings_value(work, "urgent_roles"));
	return to;
}

static const char *title_of(struct work *work, const struct report *report)
{
	const char *place = NULL;
	bool site = !id_none(report->site);
	struct query *query = db_query(work->db, site ? "SELECT name FROM sites WHERE id = ?" : "SELECT name FROM areas WHERE id = ?",
		BIND(V(site ? report->site : report->area)));
	if (db_next(query)) {
		place = db_copy(query, 0, work->arena);
		db_done(query);
	}
	return arena_print(work->arena, "%s %s", report->number, place ? place : "");
}

static enum status report_saved(struct work *work, const struct row *old, const struct row *row)
{
	const struct report *report = self(row);
	if (old)
		return OK;
	struct notice_to to = superiors(work, row);
	const struct row *head = is_first(report) ? row : row_load(work, &report_record, report->parent);
	if (!is_first(report))
		notice_to_user(work, &to, head->made_by);
	notice_write(work, &to, head, arena_print(work->arena, "report_%s", report->stage), title_of(work, report));
	return is_first(report) ? OK : move_chain(work, report);
}

enum status report_chase(struct work *work, struct id head)
{
	struct row *old = row_load(work, &report_record, head);
	struct report *report = old ? (struct report *)row_copy(work->arena, old) : NULL;
	if (!report || old->voided_at || !GIVEN(report, report, next_due) || report->next_due > work->now ||
		(GIVEN(report, report, chased_at) && report->chased_at >= report->next_due))
		return OK;
	struct notice_to to = superiors(work, old);
	notice_to_user(work, &to, old->made_by);
	notice_write(work, &to, old, "report_overdue", title_of(work, report));
	SET(report, report, chased_at, V(work->now));
	return row_change(work, old, &report->row, old->version, RIGHT_urgent_write);
}

static const char *report_view(struct work *work, const char *name, struct sql *sql)
{
	if (text_same(name, "overdue")) {
		sql_add(sql, " AND next_due < ?", BIND(V(work->now)));
		return "next_due";
	}
	if (text_same(name, "open")) {
		sql_add(sql, " AND next_due IS NOT NULL", NOTHING);
		return "next_due";
	}
	return NULL;
}

static void report_breaks(struct work *work, const struct row *row, struct breaks *breaks)
{
	if (GIVEN(self(row), report, closed_at))
		breaks_add(breaks, deadline_day(work, self(row)->closed_at));
}

static int64_t measure_urgent_told(struct work *work, const struct row *row, int64_t day)
{
	(void)work;
	return is_first(self(row)) && day == row->since;
}

static int64_t measure_urgent_open(struct work *work, const struct row *row, int64_t day)
{
	const struct report *report = self(row);
	if (!is_first(report) || day < row->since)
		return 0;
	return !GIVEN(report, report, closed_at) || day < deadline_day(work, report->closed_at);
}
