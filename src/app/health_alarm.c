/* What is urgent in a daily round: it goes up as an urgent report, and liaison and firm are told, in the write that told of it. */
#include "app/aside.h"
#include "app/health.h"
#include "app/link.h"
#include "app/notice_box.h"
#include "app/report.h"
#include "app/rights.h"
#include "app/settings.h"
#include "app/site.h"
#include "app/staff.h"
#include "base/clock.h"
#include "base/codes.h"
#include "record/rows.h"

enum { MOST_NAMED = 12, MOST_CHAINS = 50 };

/* The chain of the firm and the day that takes a follow-up; else the id for a new one. */
static struct id chain_of(struct work *work, const struct health_alarm *alarm, const struct report **open)
{
	char site[ID_TEXT], day[DAY_TEXT];
	struct id id = {{0}};
	*open = NULL;
	for (int n = 1; n <= MOST_CHAINS; n++) {
		id = id_of_name(
			arena_print(work->arena, "health alarm %s %s %d", id_print(alarm->site, site), day_print(alarm->day, day), n));
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
static const char *kind_of(struct work *work)
{
	const char *found = NULL, *wanted = settings_value(work, "health_alarm_kind");
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

static const char *names_of(struct work *work, const struct health_alarm *alarm)
{
	struct buf names = {.arena = work->arena};
	for (size_t i = 0; i < alarm->count && i < MOST_NAMED; i++) {
		const struct staff *staff = (const struct staff *)row_load(work, &staff_record, health_staff(alarm->rows[i]));
		buf_print(&names, "%s%s", i ? work_text(work, ", |、") : "",
			staff && staff->name ? mask_name(work->arena, staff->name) : "*");
	}
	if (alarm->count > MOST_NAMED)
		buf_text(&names, work_text(work, " and others| 等"));
	return buf_end(&names);
}

static const char *words_of(struct work *work, const struct health_alarm *alarm)
{
	char day[DAY_TEXT];
	int64_t threshold = settings_number(work, "fever_tenths"), feverish = 0;
	for (size_t i = 0; i < alarm->count; i++)
		feverish += GIVEN(alarm->rows[i], health, feverish) && alarm->rows[i]->feverish;
	const char *degrees = arena_print(work->arena, "%lld.%lld", (long long)threshold / 10, (long long)threshold % 10);
	return arena_print(work->arena,
		work_text(work,
			"Daily health round of %s: %lld are worrying, %lld of them feverish (%s °C or above), the others by symptoms or a test: %s. Who they are "
			"is in the round of the day. The firm takes them off work, keeps them apart and calls the fever clinic.|%s "
			"每日健康申报：%lld 人需立即处置，其中发热 %lld 人（达到 %s℃），其余为症状或检测结果异常：%s。人员情况见当日健康申报。请企业立即安排离岗、单独观察，并联系发热门诊。"),
		day_print(alarm->day, day), (long long)alarm->count, (long long)feverish, degrees, names_of(work, alarm));
}

static enum status write_report(struct work *work, struct health_alarm *alarm, const struct report **report)
{
	const struct report *open;
	struct id id = chain_of(work, alarm, &open);
	const char *kind = kind_of(work);
	if (!kind || id_none(id))
		return OK;
	struct report *made = (struct report *)row_new(work->arena, &report_record);
	struct row *row = &made->row;
	row->id = open ? id_new() : id;
	SET(made, report, stage, V(open ? "follow_up" : "first"));
	SET(made, report, text, V(words_of(work, alarm)));
	SET(made, report, people, V((int64_t)alarm->count));
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

enum status health_alarm(struct work *work, struct health_alarm *alarm)
{
	const struct report *report = NULL;
	struct aside aside;
	aside_begin(work, &aside);
	if (write_report(work, alarm, &report) == OK) {
		const struct site *site = (const struct site *)row_load(work, &site_record, alarm->site);
		struct notice_to to = concerned(work, alarm->site);
		const struct row *about = report ? &report->row : &alarm->rows[0]->row;
		notice_write(work, &to, about, "health_alarm",
			arena_print(work->arena, "%s %s", report ? report->number : "", site ? site->name : ""));
		alarm->report = report ? report->row.id : (struct id){{0}};
	}
	aside_end(work, &aside);
	return work->status;
}
