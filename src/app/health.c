#include "app/health.h"

#include "app/rights.h"
#include "app/settings.h"
#include "record/rows.h"

static int64_t measure_health_checked(struct work *work, const struct row *row, int64_t day);
static int64_t measure_health_feverish(struct work *work, const struct row *row, int64_t day);
static void health_breaks(struct work *work, const struct row *row, struct breaks *breaks);
static enum status health_check(struct work *work, const struct row *old, struct row *row);

#define DEF "app/health.def"
#define HOOKS .check = health_check, .early = 1, .breaks = health_breaks,
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

static void health_breaks(struct work *work, const struct row *row, struct breaks *breaks)
{
	(void)work;
	breaks_add(breaks, self(row)->day);
}

static enum status health_check(struct work *work, const struct row *old, struct row *row)
{
	struct health *health = (struct health *)row;
	if (health->day > work->today)
		return fail(work, BAD_FIELD, "day", "lies in the future|不能是将来的日期");
	if (!GIVEN(health, health, temperature) && !GIVEN(health, health, symptoms) && !GIVEN(health, health, result))
		return fail(work, BAD_FIELD, "temperature", "must be given, or symptoms, or a result|体温、症状、检测结果至少填一项");
	/* as it was judged when it was told: another threshold later does not rewrite the days before */
	if (old && GIVEN(health, health, temperature) == GIVEN(self(old), health, temperature) &&
		health->temperature == self(old)->temperature)
		return OK;
	bool given = GIVEN(health, health, temperature);
	SET(health, health, feverish, given ? V(health->temperature >= settings_number(work, "fever_tenths")) : value_null());
	return OK;
}
