#include "app/alarm.h"

#include "app/aside.h"
#include "app/link.h"
#include "app/notice_box.h"
#include "app/report.h"
#include "app/settings.h"
#include "app/site.h"
#include "base/clock.h"

enum { MOST_CHAINS = 50 };

const char *alarm_plain(struct work *work, const char *text)
{
	struct buf plain = {.arena = work->arena};
	for (const char *at = text ? text : ""; *at; at++)
		buf_char(&plain, *at == '|' ? '/' : *at);
	return buf_end(&plain);
}

/* The chain of the firm and the day that takes a follow-up; else the id for a new one. */
static struct id chain_of(struct work *work, const struct alarm *alarm, const struct report **open)
{
	char site[ID_TEXT], day[DAY_TEXT];
	struct id id = {{0}};
	*open = NULL;
	for (int n = 1; n <= MOST_CHAINS; n++) {
		id = id_of_name(
			arena_print(work->arena, "%s %s %s %d", alarm->mark, id_print(alarm->site, site), day_print(alarm->day, day), n));
		const struct report *report = (const struct report *)row_load(work, &report_record, id);
		if (!report)
			return id;
		if (!report->row.voided_at && !GIVEN(report, report, closed_at)) {
			*open = report;
			return id;
		}
	}
	return (struct id){{0}};
}

/* The kind that the setting names, else "other", else any; NULL: there is none. */
static const char *kind_of(struct work *work, const char *setting)
{
	const char *found = NULL, *wanted = settings_value(work, setting);
	struct query *query = db_query(work->db,
		"SELECT code FROM report_kinds WHERE voided_at IS NULL ORDER BY CASE WHEN code = ? THEN 0 WHEN code = 'other' THEN 1 ELSE 2 END, code "
		"LIMIT 1",
		BIND(V(wanted)));
	if (db_next(query)) {
		found = db_copy(query, 0, work->arena);
		db_done(query);
	}
	return found;
}

static enum status write_report(struct work *work, const struct alarm *alarm, const struct report **report)
{
	const struct report *open;
	struct id id = chain_of(work, alarm, &open);
	const char *kind = kind_of(work, alarm->setting);
	if (!kind || id_none(id))
		return OK;
	struct report *made = (struct report *)row_new(work->arena, &report_record);
	struct row *row = &made->row;
	row->id = open ? id_new() : id;
	SET(made, report, stage, V(open ? "follow_up" : "first"));
	SET(made, report, text, V(alarm->text));
	if (alarm->people)
		SET(made, report, people, V(alarm->people));
	if (open) {
		SET(made, report, parent, V(open->row.id));
	} else {
		SET(made, report, site, V(alarm->site));
		SET(made, report, kind, V(kind));
	}
	if (row_insert(work, &row, NULL) != OK)
		return work->status;
	*report = open ? open : (const struct report *)row;
	return OK;
}

/* The liaisons of the firm on this day who have accounts, and the firm's own users. */
static struct notice_to concerned(struct work *work, struct id site)
{
	struct notice_to to = {0};
	struct sql sql = sql_new(work->arena);
	sql_add(&sql, "SELECT user FROM links WHERE site = ? AND user IS NOT NULL AND voided_at IS NULL", BIND(V(site)));
	link_where_live(&sql, (struct link_when){.day = work->today, .at = LINK_DAY_END});
	sql_add(&sql, " ORDER BY serial", NOTHING);
	struct query *query = sql_query(work->db, &sql);
	while (db_next(query))
		notice_to_user(work, &to, db_id(query, 0));
	notice_to_site(work, &to, site);
	return to;
}

enum status alarm_raise(struct work *work, struct alarm *alarm)
{
	const struct report *report = NULL;
	struct aside aside;
	aside_begin(work, &aside);
	if (write_report(work, alarm, &report) == OK) {
		const struct site *site = (const struct site *)row_load(work, &site_record, alarm->site);
		struct notice_to to = concerned(work, alarm->site);
		notice_write(work, &to, report ? &report->row : alarm->about, alarm->notice,
			arena_print(work->arena, "%s %s", report ? report->number : "", site ? site->name : ""));
		alarm->report = report ? report->row.id : (struct id){{0}};
	}
	aside_end(work, &aside);
	return work->status;
}
