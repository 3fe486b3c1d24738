#include "app/subsidy.h"

#include <string.h>

#include "app/rights.h"
#include "base/clock.h"
#include "record/rows.h"

static enum status subsidy_check(struct work *work, const struct row *old, struct row *row);
static enum status subsidy_saved(struct work *work, const struct row *old, const struct row *row);
static enum status subsidy_approve(struct work *work, const struct row *old, struct row *row);
static enum status subsidy_pay(struct work *work, const struct row *old, struct row *row);
static enum status subsidy_reopen(struct work *work, const struct row *old, struct row *row);
static int64_t measure_subsidy_days(struct work *work, const struct row *row, int64_t day);
static void subsidy_breaks(struct work *work, const struct row *row, struct breaks *breaks);

#define DEF "app/subsidy.def"
#define HOOKS .check = subsidy_check, .saved = subsidy_saved, .breaks = subsidy_breaks,
#include "record/table.h"

static const struct subsidy *self(const struct row *row)
{
	return (const struct subsidy *)row;
}

bool subsidy_month(const char *text, int64_t *first, int64_t *last)
{
	char day[DAY_TEXT];
	int year, month, unused;
	if (!text || strlen(text) != 7)
		return false;
	memcpy(day, text, 7);
	memcpy(day + 7, "-01", 4);
	if (!day_parse(day, first))
		return false;
	day_split(*first, &year, &month, &unused);
	*last = (month == 12 ? day_of(year + 1, 1, 1) : day_of(year, month + 1, 1)) - 1;
	return true;
}

/* --- what it counts for: on the first day of its month */

static int64_t month_day(const struct row *row)
{
	int64_t first = DAY_FAR, last;
	subsidy_month(self(row)->month, &first, &last);
	return first;
}

static int64_t measure_subsidy_days(struct work *work, const struct row *row, int64_t day)
{
	(void)work;
	return day == month_day(row) ? self(row)->day_count : 0;
}

static void subsidy_breaks(struct work *work, const struct row *row, struct breaks *breaks)
{
	(void)work;
	breaks_add(breaks, month_day(row));
}

/* --- rules */

static enum status subsidy_check(struct work *work, const struct row *old, struct row *row)
{
	(void)old;
	return GIVEN(self(row), subsidy, person) && GIVEN(self(row), subsidy, month)
		? OK
		: fail(work, BAD_STATE, NULL, "Subsidies are computed, not made by hand|补助由系统核算，不能手工新增");
}

static enum status subsidy_saved(struct work *work, const struct row *old, const struct row *row)
{
	return old && row->voided_at && !text_same(self(row)->state, "proposed")
		? fail(work, BAD_STATE, NULL, "It is decided: it is not taken out any more|已审批，不能作废")
		: OK;
}

static enum status subsidy_approve(struct work *work, const struct row *old, struct row *row)
{
	(void)old;
	SET((struct subsidy *)row, subsidy, approved_by, V(work->who->name));
	return OK;
}

static enum status subsidy_pay(struct work *work, const struct row *old, struct row *row)
{
	struct subsidy *subsidy = (struct subsidy *)row;
	(void)old;
	if (!GIVEN(subsidy, subsidy, paid_day))
		SET(subsidy, subsidy, paid_day, V(work->today));
	return subsidy->paid_day > work->today ? fail(work, BAD_FIELD, "paid_day", "is in the future|不能晚于今日") : OK;
}

static enum status subsidy_reopen(struct work *work, const struct row *old, struct row *row)
{
	(void)work;
	(void)old;
	SET((struct subsidy *)row, subsidy, reason, value_null());
	SET((struct subsidy *)row, subsidy, approved_by, value_null());
	return OK;
}
