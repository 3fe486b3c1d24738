#include "app/gate.h"

#include "app/alarm.h"
#include "app/deadline.h"
#include "app/rights.h"
#include "app/settings.h"
#include "base/clock.h"
#include "base/codes.h"
#include "record/rows.h"

static enum status gate_entry_check(struct work *work, const struct row *old, struct row *row);
static enum status gate_entry_saved(struct work *work, const struct row *old, const struct row *row);
static enum status gate_entry_out(struct work *work, const struct row *old, struct row *row);
static void gate_entry_warn(struct work *work, const struct row *row, struct warnings *warnings);
static const char *gate_entry_view(struct work *work, const char *name, struct sql *sql);
static void gate_entry_breaks(struct work *work, const struct row *row, struct breaks *breaks);
static int64_t measure_gate_visitors(struct work *work, const struct row *row, int64_t day);
static int64_t measure_gate_vehicles(struct work *work, const struct row *row, int64_t day);
static int64_t measure_gate_turned_away(struct work *work, const struct row *row, int64_t day);
static int64_t measure_gate_rounds(struct work *work, const struct row *row, int64_t day);
static enum status gate_watch_check(struct work *work, const struct row *old, struct row *row);
static enum status gate_watch_end(struct work *work, const struct row *old, struct row *row);
static const char *gate_watch_view(struct work *work, const char *name, struct sql *sql);
static void gate_watch_breaks(struct work *work, const struct row *row, struct breaks *breaks);
static int64_t measure_gate_watches(struct work *work, const struct row *row, int64_t day);

#define DEF "app/gate_entry.def"
#define HOOKS \
	.check = gate_entry_check, .saved = gate_entry_saved, .warn = gate_entry_warn, .view = gate_entry_view, .breaks = gate_entry_breaks,
#include "record/table.h"
#define DEF "app/gate_watch.def"
#define HOOKS .check = gate_watch_check, .view = gate_watch_view, .breaks = gate_watch_breaks,
#include "record/table.h"

enum { FUTURE_MS = 10 * 60 * 1000, ALARM_DAYS_BACK = 2 };

static const struct gate_entry *entry(const struct row *row)
{
	return (const struct gate_entry *)row;
}

static const struct gate_watch *watch(const struct row *row)
{
	return (const struct gate_watch *)row;
}

/* --- entries */

/* A row counts on its day, by its kind, if it was let in. */
static int64_t let_in(const struct row *row, const char *kind, int64_t day)
{
	return entry(row)->day == day && text_same(entry(row)->kind, kind) && !text_same(entry(row)->passed, "turned_away");
}

static int64_t measure_gate_visitors(struct work *work, const struct row *row, int64_t day)
{
	(void)work;
	return let_in(row, "visitor", day) ? entry(row)->people : 0;
}

static int64_t measure_gate_vehicles(struct work *work, const struct row *row, int64_t day)
{
	(void)work;
	return let_in(row, "vehicle", day);
}

static int64_t measure_gate_turned_away(struct work *work, const struct row *row, int64_t day)
{
	(void)work;
	return entry(row)->day == day && text_same(entry(row)->passed, "turned_away");
}

static int64_t measure_gate_rounds(struct work *work, const struct row *row, int64_t day)
{
	(void)work;
	return let_in(row, "round", day);
}

static void gate_entry_breaks(struct work *work, const struct row *row, struct breaks *breaks)
{
	(void)work;
	breaks_add(breaks, entry(row)->day);
}

static const char *gate_entry_view(struct work *work, const char *name, struct sql *sql)
{
	if (text_same(name, "today")) {
		sql_add(sql, " AND day = ?", BIND(V(work->today)));
		return "day";
	}
	if (text_same(name, "inside")) {
		sql_add(sql, " AND kind IN ('visitor', 'vehicle') AND passed = 'passed' AND out_at IS NULL AND day >= ?",
			BIND(V(work->today - 1)));
		return "day";
	}
	return NULL;
}

/* One line that says what it was, with nobody's name. */
static const char *text_of(struct work *work, const struct gate_entry *one)
{
	struct buf text = {.arena = work->arena};
	if (text_same(one->kind, "vehicle") && GIVEN(one, gate_entry, plate))
		buf_text(&text, one->plate);
	const char *more = text_same(one->kind, "round") ? one->agent : one->purpose;
	if (more && *more)
		buf_print(&text, "%s%s", text.size ? " " : "", more);
	if (GIVEN(one, gate_entry, gate))
		buf_print(&text, "%s%s", text.size ? " · " : "", one->gate);
	return buf_end(&text);
}

static enum status check_kind(struct work *work, const struct gate_entry *one)
{
	bool round = text_same(one->kind, "round");
	if (text_same(one->kind, "visitor") && !GIVEN(one, gate_entry, who) && one->people <= 1)
		return fail(work, BAD_FIELD, "who", "must be given|必填");
	if (text_same(one->kind, "vehicle") && !GIVEN(one, gate_entry, plate))
		return fail(work, BAD_FIELD, "plate", "must be given|必填");
	if (round && !GIVEN(one, gate_entry, gate))
		return fail(work, BAD_FIELD, "gate", "must be given|必填");
	if (round && text_same(one->passed, "turned_away"))
		return fail(work, BAD_FIELD, "passed", "is not of a round of disinfection|消毒登记不填放行情况");
	if (text_same(one->passed, "turned_away") && !GIVEN(one, gate_entry, reason))
		return fail(work, BAD_FIELD, "reason", "must be given|必填");
	return OK;
}

static enum status gate_entry_check(struct work *work, const struct row *old, struct row *row)
{
	struct gate_entry *one = (struct gate_entry *)row;
	(void)old;
	if (!GIVEN(one, gate_entry, at))
		SET(one, gate_entry, at, V(work->now));
	if (one->at > work->now + FUTURE_MS)
		return fail(work, BAD_FIELD, "at", "lies in the future|不能晚于当前时间");
	if (GIVEN(one, gate_entry, out_at) && one->out_at < one->at)
		return fail(work, BAD_FIELD, "out_at", "is before the time of entry|早于进入时间");
	if (!GIVEN(one, gate_entry, people) && !text_same(one->kind, "round"))
		SET(one, gate_entry, people, V((int64_t)1));
	if (!GIVEN(one, gate_entry, passed) && !text_same(one->kind, "round"))
		SET(one, gate_entry, passed, V("passed"));
	if (!GIVEN(one, gate_entry, by))
		SET(one, gate_entry, by, V(work->who->name));
	SET(one, gate_entry, day, V(deadline_day(work, one->at)));
	SET(one, gate_entry, text, V(text_of(work, one)));
	return check_kind(work, one);
}

/* --- fever */

static bool is_feverish(struct work *work, const struct row *row)
{
	return GIVEN(entry(row), gate_entry, temperature) && entry(row)->temperature >= settings_tenths(work, "fever_tenths");
}

static bool alarms(struct work *work, const struct row *row)
{
	return !row->voided_at && is_feverish(work, row) && entry(row)->day >= work->today - ALARM_DAYS_BACK;
}

static void gate_entry_warn(struct work *work, const struct row *row, struct warnings *warnings)
{
	int64_t fever = settings_tenths(work, "fever_tenths");
	if (is_feverish(work, row) && text_same(entry(row)->passed, "passed"))
		warn(work, warnings, "passed", (struct id){{0}}, NULL,
			"Somebody was let in with %lld.%lld °C or more|体温达到 %lld.%lld℃ 仍放行", (long long)fever / 10,
			(long long)fever % 10);
	if (alarms(work, row))
		warn(work, warnings, "temperature", (struct id){{0}}, NULL,
			"An urgent report of the fever went up; firm and liaisons were told|已就发热情况上报突发情况，并通知本单位和联络员");
}

/* Who was feverish stands in the entry; the news says where and what became of it. */
static const char *fever_words(struct work *work, const struct gate_entry *one)
{
	char day[DAY_TEXT];
	int64_t fever = settings_tenths(work, "fever_tenths");
	bool away = text_same(one->passed, "turned_away");
	const char *degrees = arena_print(work->arena, "%lld.%lld", (long long)fever / 10, (long long)fever % 10);
	const char *gate = GIVEN(one, gate_entry, gate) ? alarm_plain(work, one->gate) : NULL;
	const char *name = GIVEN(one, gate_entry, who) ? alarm_plain(work, mask_name(work->arena, one->who)) : "*";
	day_print(one->day, day);
	return arena_print(work->arena,
		"Gate entries of %s: somebody (%s) was measured at %s °C or above at %s, and %s. Who it is stands in the entry. The firm keeps them apart from others, finds "
		"out whom they met and calls the fever clinic.|%s 门岗登记：%s 体温达到 %s℃（%s），%s。人员情况见当日门岗登记。"
		"请企业立即单独安置，查明接触人员，并联系发热门诊。",
		day, name, degrees, gate ? gate : "a gate", away ? "turned away" : "let in", day, name, degrees, gate ? gate : "门岗",
		away ? "已劝返" : "已放行");
}

static enum status gate_entry_saved(struct work *work, const struct row *old, const struct row *row)
{
	if (!alarms(work, row) || (old && is_feverish(work, old)))
		return OK;
	struct alarm alarm = {.site = entry(row)->site,
		.day = entry(row)->day,
		.mark = "gate alarm",
		.setting = "health_alarm_kind",
		.text = fever_words(work, entry(row)),
		.people = 1,
		.notice = "gate_alarm",
		.about = row};
	return alarm_raise(work, &alarm);
}

static enum status gate_entry_out(struct work *work, const struct row *old, struct row *row)
{
	struct gate_entry *one = (struct gate_entry *)row;
	(void)old;
	if (text_same(one->kind, "round") || !text_same(one->passed, "passed"))
		return fail(work, BAD_STATE, NULL, "Nobody went in|无人进入");
	if (!GIVEN(one, gate_entry, out_at))
		SET(one, gate_entry, out_at, V(work->now));
	return OK;
}

struct gate_sums gate_sums(struct work *work, struct id site, int64_t day)
{
	struct gate_sums sums = {0};
	struct query *query = db_query(work->db,
		"SELECT kind, passed, count(*), coalesce(sum(people), 0) FROM gate_entries WHERE site = ? AND day = ? AND voided_at IS NULL "
		"GROUP BY kind, passed",
		BIND(V(site), V(day)));
	while (db_next(query)) {
		const char *kind = db_text(query, 0);
		int64_t entries = db_whole(query, 2);
		if (text_same(db_text(query, 1), "turned_away"))
			sums.turned_away += entries;
		else if (text_same(kind, "visitor"))
			sums.visitors += db_whole(query, 3);
		else
			*(text_same(kind, "vehicle") ? &sums.vehicles : text_same(kind, "goods") ? &sums.goods : &sums.rounds) += entries;
	}
	return sums;
}

/* --- watches */

static int64_t measure_gate_watches(struct work *work, const struct row *row, int64_t day)
{
	(void)work;
	return watch(row)->day == day;
}

static void gate_watch_breaks(struct work *work, const struct row *row, struct breaks *breaks)
{
	(void)work;
	breaks_add(breaks, watch(row)->day);
}

static const char *gate_watch_view(struct work *work, const char *name, struct sql *sql)
{
	if (!text_same(name, "now"))
		return NULL;
	sql_add(sql, " AND ends IS NULL AND day >= ?", BIND(V(work->today - 1)));
	return "day";
}

static enum status gate_watch_check(struct work *work, const struct row *old, struct row *row)
{
	struct gate_watch *one = (struct gate_watch *)row;
	(void)old;
	if (!GIVEN(one, gate_watch, starts))
		SET(one, gate_watch, starts, V(work->now));
	if (one->starts > work->now + FUTURE_MS)
		return fail(work, BAD_FIELD, "starts", "lies in the future|不能晚于当前时间");
	if (GIVEN(one, gate_watch, ends) && one->ends <= one->starts)
		return fail(work, BAD_FIELD, "ends", "is before the beginning|早于起始时间");
	SET(one, gate_watch, day, V(deadline_day(work, one->starts)));
	return OK;
}

static enum status gate_watch_end(struct work *work, const struct row *old, struct row *row)
{
	struct gate_watch *one = (struct gate_watch *)row;
	(void)old;
	if (!GIVEN(one, gate_watch, ends))
		SET(one, gate_watch, ends, V(work->now));
	return OK;
}
