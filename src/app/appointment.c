#include "app/appointment.h"

#include <stdio.h>
#include <string.h>

#include "app/deadline.h"
#include "app/need.h"
#include "app/need_choices.h"
#include "app/notice_box.h"
#include "app/rights.h"
#include "app/site.h"
#include "base/clock.h"
#include "record/shape.h"
#include "record/store.h"
#include "record/tally.h"

static enum status appointment_check(struct work *work, const struct row *old, struct row *row);
static enum status appointment_saved(struct work *work, const struct row *old, const struct row *row);
static const char *appointment_view(struct work *work, const char *name, struct sql *sql);
static void appointment_show(struct work *work, const struct row *row, struct json *json);
static void appointment_breaks(struct work *work, const struct row *row, struct breaks *breaks);
static enum status appointment_offer(struct work *work, const struct row *old, struct row *row);
static enum status appointment_take(struct work *work, const struct row *old, struct row *row);
static enum status appointment_held(struct work *work, const struct row *old, struct row *row);
static enum status appointment_missed(struct work *work, const struct row *old, struct row *row);
static int64_t measure_advice_asked(struct work *work, const struct row *row, int64_t day);
static int64_t measure_advice_held(struct work *work, const struct row *row, int64_t day);
static int64_t measure_advice_missed(struct work *work, const struct row *row, int64_t day);
static int64_t measure_advice_minutes(struct work *work, const struct row *row, int64_t day);

#define DEF "app/appointment.def"
#define HOOKS \
	.check = appointment_check, .saved = appointment_saved, .view = appointment_view, .show = appointment_show, \
	.breaks = appointment_breaks,
#include "record/table.h"

enum { MOST_TIMES = 10, MINUTE_MS = 60000 };

struct span {
	int64_t starts, ends;
};

static const struct appointment *self(const struct row *row)
{
	return (const struct appointment *)row;
}

static bool state_is(const struct row *row, const char *state)
{
	return text_same(self(row)->state, state);
}

/* --- what it counts for */

static int64_t measure_advice_asked(struct work *work, const struct row *row, int64_t day)
{
	(void)work;
	return day == row->since;
}

static bool on_day(struct work *work, const struct row *row, int64_t day)
{
	return GIVEN(self(row), appointment, starts) && deadline_day(work, self(row)->starts) == day;
}

static int64_t measure_advice_held(struct work *work, const struct row *row, int64_t day)
{
	return state_is(row, "held") && on_day(work, row, day);
}

static int64_t measure_advice_missed(struct work *work, const struct row *row, int64_t day)
{
	return state_is(row, "missed") && on_day(work, row, day);
}

static int64_t measure_advice_minutes(struct work *work, const struct row *row, int64_t day)
{
	return measure_advice_held(work, row, day) ? self(row)->minutes : 0;
}

static void appointment_breaks(struct work *work, const struct row *row, struct breaks *breaks)
{
	breaks_add(breaks, row->since);
	if (GIVEN(self(row), appointment, starts))
		breaks_add(breaks, deadline_day(work, self(row)->starts));
}

/* --- times: "2020-03-05 09:00-10:00", one a line */

static bool read_time(struct work *work, const char *text, struct span *span)
{
	int hour, minute, last_hour, last_minute, used = 0;
	int64_t day;
	if (strlen(text) < DAY_TEXT || !day_parse(arena_text(work->arena, text, DAY_TEXT - 1), &day))
		return false;
	if (sscanf(text + DAY_TEXT - 1, " %2d:%2d-%2d:%2d%n", &hour, &minute, &last_hour, &last_minute, &used) != 4 ||
		text[DAY_TEXT - 1 + used])
		return false;
	bool fine = hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && last_minute >= 0 && last_minute < 60 &&
		(last_hour < 24 || (last_hour == 24 && !last_minute));
	int64_t begin = day_stamp(day, work->store->zone);
	span->starts = begin + (hour * 60 + minute) * INT64_C(60000);
	span->ends = begin + (last_hour * 60 + last_minute) * INT64_C(60000);
	return fine && span->ends > span->starts;
}

/* The spans of a text; the number of them, -1 where a line is none. */
static int read_times(struct work *work, const char *text, struct span spans[MOST_TIMES])
{
	int count = 0;
	for (const char *at = text; at && *at;) {
		size_t size = strcspn(at, "\n;");
		const char *line = text_trim(work->arena, arena_text(work->arena, at, size));
		if (*line && (count == MOST_TIMES || !read_time(work, line, &spans[count++])))
			return -1;
		at += size + (at[size] != 0);
	}
	return count;
}

static void appointment_show(struct work *work, const struct row *row, struct json *json)
{
	struct span spans[MOST_TIMES];
	int count = state_is(row, "offered") && GIVEN(self(row), appointment, times) ? read_times(work, self(row)->times, spans) : 0;
	json_key(json, "slots");
	json_open(json, '[');
	for (int i = 0; i < count; i++) {
		json_open(json, '{');
		json_put_stamp(json, "starts", spans[i].starts);
		json_put_stamp(json, "ends", spans[i].ends);
		json_close(json, '}');
	}
	json_close(json, ']');
}

/* --- rules */

/* The nearest body whose field of work leads this kind of need, from the site's own area upwards. */
static struct id body_of(struct work *work, const char *path, const char *code)
{
	const struct need_kind *kind = need_kind_find(work, code);
	struct id found = {{0}};
	if (!kind || !GIVEN(kind, need_kind, lead) || !*kind->lead)
		return found;
	for (size_t size = strlen(path); size && id_none(found); size -= PATH_STEP < size ? PATH_STEP : size) {
		struct query *query = db_query(work->db,
			"SELECT id FROM orgs WHERE path = ? AND function = ? AND voided_at IS NULL AND (closes IS NULL OR closes > ?) ORDER BY id LIMIT 1",
			BIND(V((const char *)arena_text(work->arena, path, size)), V(kind->lead), V(work->today)));
		if (db_next(query)) {
			found = db_id(query, 0);
			db_done(query);
		}
	}
	return found;
}

static enum status begin(struct work *work, struct appointment *asked)
{
	const struct need *need = GIVEN(asked, appointment, need) ? (const struct need *)row_load(work, &need_record, asked->need) : NULL;
	if (need && !GIVEN(asked, appointment, site) && GIVEN(need, need, site))
		SET(asked, appointment, site, V(need->site));
	if (!GIVEN(asked, appointment, site))
		return fail(work, BAD_FIELD, "site", "must be given, or a need of a site|须填写企业（场所）或其诉求");
	if (need && !id_same(need->site, asked->site))
		return fail(work, BAD_FIELD, "need", "is of another site|不属于该企业（场所）");
	if (!GIVEN(asked, appointment, field) && need)
		SET(asked, appointment, field, V(need->kind));
	if (!GIVEN(asked, appointment, field))
		return fail(work, BAD_FIELD, "field", "must be given|必填");
	const struct row *site = row_load(work, &site_record, asked->site);
	struct id body = need && GIVEN(need, need, lead) ? need->lead : body_of(work, site ? site->path : "", asked->field);
	if (!GIVEN(asked, appointment, org) && !id_none(body))
		SET(asked, appointment, org, V(body));
	SET(asked, appointment, state, V("asked"));
	return OK;
}

static enum status appointment_check(struct work *work, const struct row *old, struct row *row)
{
	if (!old)
		return begin(work, (struct appointment *)row);
	if (text_listed("held,missed,cancelled", ',', self(old)->state))
		return fail(work, BAD_STATE, NULL, "It is over|该预约已结束");
	return OK;
}

/* Whoever acts for the body that was asked, or hands needs on here. */
static enum status check_body(struct work *work, const struct row *row)
{
	if (work->who->all || who_reaches(work->who, RIGHT_need_assign, row->path, row_site(row)) ||
		(GIVEN(self(row), appointment, org) && id_same(self(row)->org, need_org_of(work, work->who->id))))
		return OK;
	return fail(work, NO_RIGHT, NULL, "Only the body that was asked does this|仅承办单位可操作");
}

static enum status appointment_offer(struct work *work, const struct row *old, struct row *row)
{
	struct appointment *offered = (struct appointment *)row;
	struct span spans[MOST_TIMES];
	if (check_body(work, old) != OK)
		return work->status;
	int count = read_times(work, offered->times, spans);
	if (count <= 0)
		return fail(work, BAD_FIELD, "times",
			"takes lines such as 2020-03-05 09:00-10:00, %d at most|每行一个时段，如 2020-03-05 09:00-10:00，最多 %d 个",
			MOST_TIMES);
	for (int i = 0; i < count; i++)
		if (spans[i].starts <= work->now)
			return fail(work, BAD_FIELD, "times", "holds a time that is past|含有已过的时段");
	SET(offered, appointment, starts, value_null());
	SET(offered, appointment, ends, value_null());
	SET(offered, appointment, reminded_day, value_null());
	return OK;
}

/* A time that several firms were offered belongs to whoever takes it first. */
static bool taken(struct work *work, const struct appointment *wanted, struct span span)
{
	return db_get(work->db, 0,
		"SELECT 1 FROM appointments WHERE org = ? AND state = 'confirmed' AND starts < ? AND ends > ? AND id <> ? AND voided_at IS NULL LIMIT 1",
		BIND(V(wanted->org), V(span.ends), V(span.starts), V(wanted->row.id)));
}

static enum status appointment_take(struct work *work, const struct row *old, struct row *row)
{
	struct appointment *wanted = (struct appointment *)row;
	struct span spans[MOST_TIMES];
	int count = read_times(work, self(old)->times, spans), at = 0;
	while (at < count && spans[at].starts != wanted->starts)
		at++;
	if (at >= count)
		return fail(work, BAD_FIELD, "starts", "is none of the times offered|不在可选时段内");
	if (spans[at].starts <= work->now)
		return fail(work, BAD_FIELD, "starts", "is past|时段已过");
	if (GIVEN(wanted, appointment, org) && taken(work, wanted, spans[at]))
		return fail(work, BAD_FIELD, "starts", "was taken by somebody else meanwhile|该时段已被他人选定");
	SET(wanted, appointment, ends, V(spans[at].ends));
	return OK;
}

static enum status appointment_held(struct work *work, const struct row *old, struct row *row)
{
	struct appointment *held = (struct appointment *)row;
	if (check_body(work, old) != OK)
		return work->status;
	if (held->starts > work->now)
		return fail(work, BAD_STATE, NULL, "Its time has not come|尚未到约定时间");
	if (!GIVEN(held, appointment, minutes))
		SET(held, appointment, minutes, V((held->ends - held->starts) / MINUTE_MS));
	return OK;
}

static enum status appointment_missed(struct work *work, const struct row *old, struct row *row)
{
	if (check_body(work, old) != OK)
		return work->status;
	return self(row)->starts > work->now ? fail(work, BAD_STATE, NULL, "Its time has not come|尚未到约定时间") : OK;
}

/* --- who is told */

static void tell(struct work *work, const struct row *row, const char *what)
{
	struct notice_to to = {0};
	notice_to_org(work, &to, self(row)->org);
	notice_to_site(work, &to, self(row)->site);
	notice_to_user(work, &to, row->made_by);
	if (!GIVEN(self(row), appointment, org))
		notice_to_above(work, &to, row, "officer");
	const char *site = shape_title(work, &site_record, self(row)->site);
	notice_write(work, &to, row, what, site ? site : "");
}

static enum status appointment_saved(struct work *work, const struct row *old, const struct row *row)
{
	static const char *const told[][2] = {{"asked", "advice_asked"}, {"offered", "advice_offered"}, {"confirmed", "advice_confirmed"},
		{"cancelled", "advice_cancelled"}};
	for (size_t i = 0; i < sizeof told / sizeof *told; i++)
		if (!row->voided_at && state_is(row, told[i][0]) && (!old || !state_is(old, told[i][0])))
			tell(work, row, told[i][1]);
	return OK;
}

enum status appointment_remind(struct work *work, struct id id)
{
	const struct row *row = row_load(work, &appointment_record, id);
	if (!row || row->voided_at || !state_is(row, "confirmed") || GIVEN(self(row), appointment, reminded_day))
		return OK;
	tell(work, row, "advice_tomorrow");
	/* a mark of the job, not a fact: no history, no version */
	db_run(work->db, "UPDATE appointments SET reminded_day = ? WHERE id = ?", BIND(V(work->today), V(id)));
	return OK;
}

/* --- lists */

static const char *appointment_view(struct work *work, const char *name, struct sql *sql)
{
	if (text_same(name, "mine")) {
		sql_add(sql, " AND org = ?", BIND(V(need_org_of(work, work->who->id))));
		return "org";
	}
	if (text_same(name, "ahead")) {
		sql_add(sql, " AND state IN ('asked', 'offered', 'confirmed')", NOTHING);
		return "state";
	}
	return NULL;
}
