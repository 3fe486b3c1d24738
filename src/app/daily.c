#include "app/daily_inner.h"

#include <stdio.h>
#include <string.h>

#include "app/rights.h"
#include "app/settings.h"
#include "app/site_day.h"
#include "base/clock.h"
#include "base/json.h"
#include "record/days.h"
#include "record/rows.h"
#include "record/store.h"

enum { MOST_NAMED = 10 };

static enum status daily_check(struct work *work, const struct row *old, struct row *row);
static enum status daily_saved(struct work *work, const struct row *old, const struct row *row);
static enum status daily_submit(struct work *work, const struct row *old, struct row *row);
static enum status daily_checked(struct work *work, const struct row *old, struct row *row);
static enum status daily_sign(struct work *work, const struct row *old, struct row *row);
static enum status daily_send_back(struct work *work, const struct row *old, struct row *row);
static enum status daily_seal(struct work *work, const struct row *old, struct row *row);
static enum status daily_restate(struct work *work, const struct row *old, struct row *row);
static int64_t measure_returns_in(struct work *work, const struct row *row, int64_t day);
static int64_t measure_firms_reported(struct work *work, const struct row *row, int64_t day);
static int64_t measure_firms_in_time(struct work *work, const struct row *row, int64_t day);
static void daily_breaks(struct work *work, const struct row *row, struct breaks *breaks);

#define DEF "app/daily.def"
#define HOOKS .check = daily_check, .saved = daily_saved, .breaks = daily_breaks,
#include "record/table.h"

static const struct daily *self(const struct row *row)
{
	return (const struct daily *)row;
}

static bool is_firm(const struct daily *daily)
{
	return GIVEN(daily, daily, site);
}

static bool state_is(const struct daily *daily, const char *state)
{
	return text_same(daily->state, state);
}

bool daily_in(const struct daily *daily)
{
	return daily && (state_is(daily, "submitted") || state_is(daily, "sealed"));
}

int64_t daily_as_of(struct work *work, int64_t day)
{
	return day_stamp(day + 1, work->store->zone);
}

int64_t daily_due(struct work *work, int64_t day)
{
	int hour = 12, minute = 0;
	const char *text = settings_value(work, "return_due");
	if (sscanf(text, "%d:%d", &hour, &minute) != 2 || hour < 0 || hour > 24 || minute < 0 || minute > 59) {
		hour = 12;
		minute = 0;
	}
	int64_t days = settings_number(work, "return_due_days");
	return day_stamp(day + days, work->store->zone) + (hour * 60 + minute) * INT64_C(60000);
}

struct daily *daily_find(struct work *work, struct id area, struct id site, int64_t day)
{
	bool firm = !id_none(site);
	const char *sql =
		arena_print(work->arena, "SELECT %s FROM returns WHERE %s = ? AND day = ? AND voided_at IS NULL ORDER BY id LIMIT 1",
			row_columns(work->arena, &daily_record), firm ? "site" : "area");
	struct query *query = db_query(work->db, sql, BIND(V(firm ? site : area), V(day)));
	if (!db_next(query))
		return NULL;
	struct daily *daily = (struct daily *)row_read(work, &daily_record, query);
	db_done(query);
	return daily;
}

/* --- what it counts for */

static int64_t measure_returns_in(struct work *work, const struct row *row, int64_t day)
{
	(void)work;
	return self(row)->day == day && daily_in(self(row));
}

/* Only firms that were due to report: the rate then never exceeds one. */
static int64_t measure_firms_reported(struct work *work, const struct row *row, int64_t day)
{
	if (!is_firm(self(row)) || !measure_returns_in(work, row, day))
		return 0;
	const struct row *site = row_load(work, &site_record, self(row)->site);
	if (!site || site->voided_at)
		return 0;
	return measure_named("sites_due", NULL)->value(work, row_as_of(work, site, day), day);
}

static int64_t measure_firms_in_time(struct work *work, const struct row *row, int64_t day)
{
	return text_same(self(row)->timing, "time") ? measure_firms_reported(work, row, day) : 0;
}

static void daily_breaks(struct work *work, const struct row *row, struct breaks *breaks)
{
	(void)work;
	breaks_add(breaks, self(row)->day);
}

/* --- a firm's numbers */

enum status daily_fill(struct work *work, struct daily *daily)
{
	const struct row *site = row_load(work, &site_record, daily->site);
	if (!site)
		return OK;
	const struct site *then = (const struct site *)row_as_of(work, site, daily->day);
	if (!GIVEN(daily, daily, staff) && GIVEN(then, site, staff))
		SET(daily, daily, staff, V(then->staff));
	if (!GIVEN(daily, daily, on_duty) && GIVEN(then, site, on_duty))
		SET(daily, daily, on_duty, V(then->on_duty));
	if (GIVEN(daily, daily, staff) && GIVEN(daily, daily, on_duty) && daily->on_duty > daily->staff)
		return fail(work, BAD_FIELD, "on_duty", "is more than the staff (%lld)|不能多于职工人数（%lld）", (long long)daily->staff);
	return OK;
}

static bool put_number(struct work *work, struct row *site, const struct field *field, int64_t day, struct value value)
{
	if (value.type == VALUE_NULL || value_same(row_get(row_as_of(work, site, day), field), value))
		return false;
	days_put(work, site, field, day, DAY_FAR, value);
	return true;
}

/* Tells the site what its return says. Runs before the return is written, so that what follows the site is counted in one order. */
static enum status tell_site(struct work *work, const struct daily *daily)
{
	const struct row *old = row_load(work, &site_record, daily->site);
	struct id deed = work->deed, body = work->body;
	struct row *site = old ? row_copy(work->arena, old) : NULL;
	if (!site)
		return OK;
	bool staff = put_number(work, site, FIELD_OF(site, staff), daily->day, row_get(&daily->row, FIELD_OF(daily, staff)));
	bool on_duty = put_number(work, site, FIELD_OF(site, on_duty), daily->day, row_get(&daily->row, FIELD_OF(daily, on_duty)));
	if (!staff && !on_duty)
		return OK;
	/* the deed and the body that was sent belong to the return */
	work->deed = work->body = (struct id){{0}};
	row_change(work, old, site, old->version, RIGHT_site_tell);
	work->deed = deed;
	work->body = body;
	return work->status;
}

/* --- checks */

enum status daily_send(struct work *work, const struct daily *before, struct daily *daily)
{
	SET(daily, daily, state, V("submitted"));
	SET(daily, daily, due_at, V(daily_due(work, daily->day)));
	SET(daily, daily, submitted_by, V(work->who ? work->who->name : NULL));
	SET(daily, daily, hold, value_null());
	/* a correction of a return that is in keeps its time; one sent back comes in anew */
	if (!daily_in(before)) {
		SET(daily, daily, submitted_at, V(work->now));
		SET(daily, daily, timing, V(work->now > daily->due_at ? "late" : "time"));
	}
	SET(daily, daily, checked_by, value_null());
	SET(daily, daily, checked_at, value_null());
	SET(daily, daily, signed_by, value_null());
	SET(daily, daily, signed_at, value_null());
	SET(daily, daily, reason, value_null());
	const struct area *area = is_firm(daily) ? NULL : (const struct area *)row_load(work, &area_record, daily->area);
	if (area)
		SET(daily, daily, snapshot, V(daily_snapshot(work, area->number, area->row.id, daily->day)));
	return OK;
}

static enum status check_new(struct work *work, struct daily *daily)
{
	if (GIVEN(daily, daily, area) == GIVEN(daily, daily, site))
		return fail(work, BAD_FIELD, "area", "An area or a firm must be named, not both|须指定区划或企业之一");
	if (daily->day > work->today)
		return fail(work, BAD_FIELD, "day", "has not come yet|日期未到");
	const struct daily *there = daily_find(work, daily->area, daily->site, daily->day);
	if (there) {
		work->against = there->row.id;
		return fail(work, CONFLICT, "day", "This day's return is there already|当日日报已存在");
	}
	SET(daily, daily, kind, V(is_firm(daily) ? "firm" : "area"));
	SET(daily, daily, drafted_by, V(work->who ? work->who->name : NULL));
	if (GIVEN(daily, daily, hold) && daily->hold) {
		SET(daily, daily, state, V("draft"));
		return OK;
	}
	return daily_send(work, NULL, daily);
}

/* So many more or fewer than the day before want a word. Where that day has no return, or nobody was on duty, there is nothing to compare with. */
enum status daily_check_jump(struct work *work, const struct daily *daily)
{
	int64_t most = settings_number(work, "return_jump");
	bool said = GIVEN(daily, daily, jump_reason) && *daily->jump_reason;
	if (most < 1 || said || !GIVEN(daily, daily, on_duty))
		return OK;
	const struct daily *earlier = daily_find(work, (struct id){{0}}, daily->site, daily->day - 1);
	if (!daily_in(earlier) || !GIVEN(earlier, daily, on_duty) || earlier->on_duty < 1)
		return OK;
	int64_t change = daily->on_duty - earlier->on_duty;
	if ((change < 0 ? -change : change) * 100 <= most * earlier->on_duty)
		return OK;
	return fail(work, BAD_FIELD, "jump_reason",
		"must be given: %lld on duty after %lld the day before is a change of more than %lld %%|必填：到岗 %lld 人，前一日 %lld 人，变动超过 %lld%%",
		(long long)daily->on_duty, (long long)earlier->on_duty, (long long)most);
}

/* What was sealed changes by a restatement only. */
static enum status check_sealed(struct work *work, const struct daily *before, const struct daily *daily)
{
	static const char fields[] = "zero,hold,staff,on_duty,text,without,reason";
	if (!state_is(before, "sealed") || !text_same(before->restatements, daily->restatements))
		return OK;
	for (size_t i = 0; i < daily_record.field_count; i++) {
		const struct field *field = &daily_record.fields[i];
		if (text_listed(fields, ',', field->name) && !value_same(row_get(&before->row, field), row_get(&daily->row, field)))
			return fail(work, BAD_STATE, NULL, "A sealed day changes by a restatement only|已审签归档，只能以更正方式修改");
	}
	return OK;
}

static enum status daily_check(struct work *work, const struct row *old, struct row *row)
{
	struct daily *daily = (struct daily *)row;
	const struct daily *before = (const struct daily *)old;
	if ((before ? check_sealed(work, before, daily) : check_new(work, daily)) != OK || !daily_in(daily))
		return work->status;
	SET(daily, daily, content, V(GIVEN(daily, daily, zero) && daily->zero ? "zero" : "figures"));
	bool told = before && daily_in(before) && before->on_duty == daily->on_duty && before->staff == daily->staff;
	if (!is_firm(daily) || told || daily_fill(work, daily) != OK || daily_check_jump(work, daily) != OK)
		return work->status;
	return tell_site(work, daily);
}

static enum status daily_saved(struct work *work, const struct row *old, const struct row *row)
{
	if (old && row->voided_at && state_is(self(old), "sealed"))
		return fail(work, BAD_STATE, NULL, "A sealed day changes by a restatement only|已审签归档，只能以更正方式修改");
	/* the facts of the firm's day carry its numbers */
	return is_firm(self(row)) && daily_in(self(row)) && !row->voided_at ? site_day_follow(work, self(row)) : OK;
}

/* --- steps */

static enum status daily_submit(struct work *work, const struct row *old, struct row *row)
{
	return daily_send(work, self(old), (struct daily *)row);
}

static enum status daily_checked(struct work *work, const struct row *old, struct row *row)
{
	struct daily *daily = (struct daily *)row;
	(void)old;
	SET(daily, daily, checked_by, V(work->who->name));
	SET(daily, daily, checked_at, V(work->now));
	return OK;
}

static enum status daily_sign(struct work *work, const struct row *old, struct row *row)
{
	struct daily *daily = (struct daily *)row;
	(void)old;
	if (!GIVEN(daily, daily, checked_by))
		return fail(work, BAD_STATE, NULL, "It must be checked before it is signed|须先审核后签发");
	SET(daily, daily, signed_by, V(work->who->name));
	SET(daily, daily, signed_at, V(work->now));
	return OK;
}

/* Nobody sends back the own return: an area's goes back from the level above, a firm's from its area. */
static enum status daily_send_back(struct work *work, const struct row *old, struct row *row)
{
	const struct id none = {{0}};
	bool firm = is_firm(self(row));
	size_t size = strlen(old->path);
	const char *above = firm ? old->path : arena_text(work->arena, old->path, size >= PATH_STEP ? size - PATH_STEP : 0);
	if (!firm && size <= PATH_STEP)
		return fail(work, BAD_STATE, NULL, "There is no level above|没有上级可退回");
	if (!who_reaches(work->who, firm ? RIGHT_return_write : RIGHT_return_seal, above, none))
		return fail(work, NO_RIGHT, NULL, "The level above sends a return back|日报由上级退回");
	return OK;
}

struct excused {
	struct id *areas;
	size_t count, space;
};

static bool is_excused(const struct excused *excused, struct id area)
{
	for (size_t i = 0; i < excused->count; i++)
		if (id_same(excused->areas[i], area))
			return true;
	return false;
}

/* [{"area":id,"reason":text}] */
static enum status read_excused(struct work *work, const struct daily *daily, struct excused *excused)
{
	const char *text = GIVEN(daily, daily, without) ? daily->without : "[]";
	const json_t *list = json_read(work->arena, text, strlen(text), NULL);
	if (!json_is_array(list))
		return fail(work, BAD_FIELD, "without", "must be a list of areas and reasons|须为区划和理由的列表");
	for (size_t i = 0; i < json_array_size(list); i++) {
		struct id area;
		const json_t *one = json_array_get(list, i);
		const char *id = json_string_value(json_object_get(one, "area"));
		const char *reason = json_string_value(json_object_get(one, "reason"));
		if (!id || !id_parse(id, &area) || !reason || !*text_trim(work->arena, reason))
			return fail(work, BAD_FIELD, "without", "needs an area and a reason each|每项须有区划和理由");
		*ARENA_PUSH(work->arena, excused->areas, excused->count, excused->space) = area;
	}
	return OK;
}

/* A level seals only after all below it are in, or are left out by name and reason. */
static enum status check_children(struct work *work, const struct daily *daily)
{
	struct daily_state *children;
	struct excused excused = {0};
	struct buf names = {.arena = work->arena};
	size_t missing = 0;
	if (read_excused(work, daily, &excused) != OK)
		return work->status;
	size_t count = daily_children(work, daily->area, daily->day, &children);
	for (size_t i = 0; i < count; i++) {
		bool waits = text_same(children[i].state, "missing") || text_same(children[i].state, "sent_back");
		if (!waits || is_excused(&excused, children[i].id))
			continue;
		if (missing < MOST_NAMED)
			buf_print(&names, "%s%s", missing ? work_text(work, ", |、") : "", children[i].name);
		missing++;
	}
	if (!missing)
		return OK;
	return fail(work, BAD_STATE, "without", "%lld below have not reported: %s%s|下级 %lld 个未报：%s%s", (long long)missing,
		buf_end(&names), missing > MOST_NAMED ? work_text(work, " and more|等") : "");
}

static enum status daily_seal(struct work *work, const struct row *old, struct row *row)
{
	struct daily *daily = (struct daily *)row;
	(void)old;
	if (is_firm(daily))
		return fail(work, BAD_STATE, NULL, "An area's return is sealed, not a firm's|审签归档的是区划日报");
	if (work->now < daily_as_of(work, daily->day))
		return fail(work, BAD_STATE, NULL, "The day is not over yet|当日尚未结束");
	if (settings_number(work, "return_signed") && !GIVEN(daily, daily, signed_by))
		return fail(work, BAD_STATE, NULL, "It must be checked and signed first|须先审核、签发");
	if (check_children(work, daily) != OK)
		return work->status;
	const struct area *area = (const struct area *)row_load(work, &area_record, daily->area);
	SET(daily, daily, snapshot, V(daily_snapshot(work, area->number, area->row.id, daily->day)));
	SET(daily, daily, sealed_by, V(work->who->name));
	SET(daily, daily, sealed_at, V(work->now));
	return OK;
}

static size_t write_changes(struct json *json, const struct figures *figures)
{
	size_t changes = 0;
	json_key(json, "changes");
	json_open(json, '[');
	for (size_t i = 0; i < figures->count; i++) {
		const struct figure *figure = &figures->list[i];
		if (figure->value == figure->now)
			continue;
		changes++;
		json_open(json, '{');
		json_put(json, "measure", figure->measure->name);
		if (figure->total)
			json_put_flag(json, "total", true);
		json_put_whole(json, "sealed", figure->value);
		json_put_whole(json, "now", figure->now);
		json_close(json, '}');
	}
	json_close(json, ']');
	return changes;
}

static enum status daily_restate(struct work *work, const struct row *old, struct row *row)
{
	struct daily *daily = (struct daily *)row;
	const struct area *area = (const struct area *)row_load(work, &area_record, daily->area);
	struct figures figures = daily_figures(work, self(old), area->number, daily->day);
	struct json json = json_new(work->arena);
	const char *before = GIVEN(daily, daily, restatements) ? daily->restatements : "[]";
	json_open(&json, '{');
	json_key(&json, "at");
	json_stamp(&json, work->now);
	json_put(&json, "by", work->who->name);
	json_put(&json, "reason", daily->reason);
	size_t changes = write_changes(&json, &figures);
	json_close(&json, '}');
	if (!changes)
		return fail(work, BAD_STATE, NULL, "The figures are as they were sealed|数字与审签时一致，无需更正");
	SET(daily, daily, restatements,
		V(arena_print(
			work->arena, "%.*s%s%s]", (int)strlen(before) - 1, before, strlen(before) > 2 ? "," : "", buf_end(&json.buf))));
	SET(daily, daily, snapshot, V(daily_snapshot(work, area->number, area->row.id, daily->day)));
	return OK;
}
