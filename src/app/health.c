#include "app/health.h"

#include "app/health_mark.h"
#include "app/health_row.h"
#include "app/rights.h"
#include "app/settings.h"
#include "app/staff.h"
#include "base/clock.h"
#include "record/days.h"
#include "record/rows.h"

static int64_t measure_health_checked(struct work *work, const struct row *row, int64_t day);
static int64_t measure_health_feverish(struct work *work, const struct row *row, int64_t day);
static int64_t measure_health_told(struct work *work, const struct row *row, int64_t day);
static int64_t measure_health_measured(struct work *work, const struct row *row, int64_t day);
static void health_breaks(struct work *work, const struct row *row, struct breaks *breaks);
static enum status health_check(struct work *work, const struct row *old, struct row *row);
static enum status health_made(struct work *work, const struct row *row);
static enum status health_changed(struct work *work, const struct row *old, const struct row *row);

#define DEF "app/health.def"
#define HOOKS .check = health_check, .early = 1, .breaks = health_breaks, .made = health_made, .changed = health_changed,
#include "record/table.h"

static const struct health *self(const struct row *row)
{
	return (const struct health *)row;
}

static int64_t measure_health_checked(struct work *work, const struct row *row, int64_t day)
{
	(void)work;
	return self(row)->day == day;
}

static int64_t measure_health_feverish(struct work *work, const struct row *row, int64_t day)
{
	(void)work;
	return self(row)->day == day && self(row)->feverish;
}

static int64_t measure_health_told(struct work *work, const struct row *row, int64_t day)
{
	(void)work;
	return self(row)->day == day && GIVEN(self(row), health, staff) && self(row)->due && health_told(self(row));
}

static int64_t measure_health_measured(struct work *work, const struct row *row, int64_t day)
{
	return measure_health_told(work, row, day) && health_temperature(self(row));
}

static void health_breaks(struct work *work, const struct row *row, struct breaks *breaks)
{
	(void)work;
	breaks_add(breaks, self(row)->day);
}

bool health_told(const struct health *health)
{
	return GIVEN(health, health, way);
}

struct id health_staff(const struct health *health)
{
	struct id id = {{0}};
	if (GIVEN(health, health, staff))
		id_parse(health->staff, &id);
	return id;
}

struct id health_id(struct id staff, int64_t day)
{
	char name[ID_TEXT + DAY_TEXT + 8] = "health ", *at = name + 7;
	id_print(staff, at);
	day_print(day, at + ID_TEXT - 1);
	return id_of_name(name);
}

/* --- what is worrying */

int64_t health_temperature(const struct health *health)
{
	int64_t firm = GIVEN(health, health, temperature) ? health->temperature : 0;
	int64_t own = GIVEN(health, health, own_temperature) ? health->own_temperature : 0;
	return firm > own ? firm : own;
}

static bool says(const char *symptoms)
{
	return symptoms && !text_same(symptoms, "none");
}

const char *health_symptoms(const struct health *health)
{
	const char *firm = GIVEN(health, health, symptoms) ? health->symptoms : NULL;
	const char *own = GIVEN(health, health, own_symptoms) ? health->own_symptoms : NULL;
	return says(firm) || !own ? firm : own;
}

bool health_worries(const struct health *health)
{
	return (GIVEN(health, health, feverish) && health->feverish) || (GIVEN(health, health, ill) && health->ill) ||
		(GIVEN(health, health, result) && text_same(health->result, "positive"));
}

static bool alarms(struct work *work, const struct health *health)
{
	const char *list = settings_value(work, "health_alarm_symptoms");
	return (GIVEN(health, health, symptoms) && text_listed(list, ',', health->symptoms)) ||
		(GIVEN(health, health, own_symptoms) && text_listed(list, ',', health->own_symptoms));
}

static bool differ(int64_t threshold, const struct health *health)
{
	bool both = GIVEN(health, health, temperature) && GIVEN(health, health, own_temperature);
	if (both && (health->temperature >= threshold) != (health->own_temperature >= threshold))
		return true;
	return GIVEN(health, health, symptoms) && GIVEN(health, health, own_symptoms) && !text_same(health->symptoms, health->own_symptoms);
}

static bool same(const struct row *old, const struct row *row, const char *name)
{
	const struct field *field = record_field(row->record, name);
	return value_same(row_get(old, field), row_get(row, field));
}

/* As it was judged when it was told: another threshold later does not rewrite the days before. */
static void judge(struct work *work, const struct row *old, struct health *health)
{
	struct row *row = &health->row;
	bool degrees = old && same(old, row, "temperature") && same(old, row, "own_temperature");
	int64_t highest = health_temperature(health);
	if (!degrees)
		SET(health, health, feverish, highest ? V(highest >= settings_tenths(work, "fever_tenths")) : value_null());
	if (!GIVEN(health, health, staff) || (degrees && same(old, row, "symptoms") && same(old, row, "own_symptoms")))
		return;
	SET(health, health, ill, V(alarms(work, health)));
	SET(health, health, differs, V(differ(settings_tenths(work, "fever_tenths"), health)));
}

static enum status health_check(struct work *work, const struct row *old, struct row *row)
{
	struct health *health = (struct health *)row;
	bool away = GIVEN(health, health, presence) && !text_same(health->presence, "on_duty");
	if (health->day > work->today)
		return fail(work, BAD_FIELD, "day", "lies in the future|不能是将来的日期");
	if (!health_temperature(health) && !health_symptoms(health) && !GIVEN(health, health, result) && !away)
		return fail(work, BAD_FIELD, "temperature", "must be given, or symptoms, or a result|体温、症状、检测结果至少填一项");
	if (text_same(health_tested(work, health), "positive") && !text_same(health->result, "positive"))
		return fail(work, BAD_FIELD, "result",
			"is positive by a test of workers: put it right there|员工检测批次的结果为阳性，请在该批次中更正");
	/* put right by hand, it was told */
	if (GIVEN(health, health, staff) && !health_told(health) && (health_temperature(health) || health_symptoms(health)))
		SET(health, health, way, V("each"));
	judge(work, old, health);
	return OK;
}

/* What is told outside the daily round alarms a moment later: such rows are written beside others. */
static enum status health_made(struct work *work, const struct row *row)
{
	return !GIVEN(self(row), health, staff) && health_worries(self(row)) ? health_mark(work, self(row)) : OK;
}

/* A row that was put right by hand alarms, and keeps apart, as the round itself does. */
static enum status health_changed(struct work *work, const struct row *old, const struct row *row)
{
	const struct health *health = self(row), *was = self(old);
	struct health_alarm alarm = {.site = health->site, .day = health->day, .rows = &health, .count = 1, .all = 1};
	bool worries = health_worries(health) && !row->voided_at, worried = health_worries(was);
	if (work->who->all)
		return OK;
	if (!GIVEN(health, health, staff))
		return worries == worried ? OK : health_mark(work, health);
	if (row->voided_at)
		return OK;
	if (worries && !worried && health_alarm(work, &alarm) != OK)
		return work->status;
	return health_row_follow(work, was, health);
}

/* --- staff files that change behind the days that were told */

enum { MOST_DAYS = 400 };

enum status health_follow_staff(struct work *work, const struct row *staff)
{
	char id[ID_TEXT];
	struct row **rows = NULL;
	size_t count = 0, space = 0;
	struct query *query = db_query(work->db,
		arena_print(work->arena,
			"SELECT %s FROM health_records WHERE person = ? AND staff = ? AND voided_at IS NULL ORDER BY day DESC LIMIT %d",
			row_columns(work->arena, &health_record), MOST_DAYS),
		BIND(V(((const struct staff *)staff)->person), V((const char *)id_print(staff->id, id))));
	while (db_next(query))
		*ARENA_PUSH(work->arena, rows, count, space) = row_read(work, &health_record, query);
	for (size_t i = 0; i < count && work->status == OK; i++) {
		bool due = !staff->voided_at && staff_due(work, staff, self(rows[i])->day);
		if (due == (bool)self(rows[i])->due)
			continue;
		struct health *health = (struct health *)row_copy(work->arena, rows[i]);
		SET(health, health, due, V(due));
		row_rewrite(work, rows[i], &health->row, "changed");
	}
	return work->status;
}
