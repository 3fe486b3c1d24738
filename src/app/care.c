#include "app/care.h"

#include "app/rights.h"
#include "base/clock.h"
#include "record/rows.h"

static enum status care_check(struct work *work, const struct row *old, struct row *row);
static void care_warn(struct work *work, const struct row *row, struct warnings *warnings);
static int64_t measure_care_masks(struct work *work, const struct row *row, int64_t day);
static int64_t measure_care_tests(struct work *work, const struct row *row, int64_t day);
static int64_t measure_care_insured(struct work *work, const struct row *row, int64_t day);
static int64_t measure_care_visits(struct work *work, const struct row *row, int64_t day);
static int64_t measure_care_honours(struct work *work, const struct row *row, int64_t day);
static int64_t measure_care_funds(struct work *work, const struct row *row, int64_t day);
static void care_breaks(struct work *work, const struct row *row, struct breaks *breaks);

#define DEF "app/care.def"
#define HOOKS .check = care_check, .warn = care_warn, .breaks = care_breaks,
#include "record/table.h"

enum { FEN = 100 };

static const struct care *self(const struct row *row)
{
	return (const struct care *)row;
}

/* --- what it counts for, on its day */

static int64_t amount_of(const struct row *row, const char *kind, int64_t day)
{
	return self(row)->day == day && text_same(self(row)->kind, kind) ? self(row)->amount : 0;
}

static int64_t measure_care_masks(struct work *work, const struct row *row, int64_t day)
{
	(void)work;
	return amount_of(row, "mask", day);
}

static int64_t measure_care_tests(struct work *work, const struct row *row, int64_t day)
{
	(void)work;
	return amount_of(row, "test", day);
}

static int64_t measure_care_insured(struct work *work, const struct row *row, int64_t day)
{
	(void)work;
	return amount_of(row, "insurance", day);
}

static int64_t measure_care_visits(struct work *work, const struct row *row, int64_t day)
{
	(void)work;
	return amount_of(row, "visit", day);
}

static int64_t measure_care_honours(struct work *work, const struct row *row, int64_t day)
{
	(void)work;
	return amount_of(row, "honour", day);
}

static int64_t measure_care_funds(struct work *work, const struct row *row, int64_t day)
{
	(void)work;
	return self(row)->day == day && text_same(self(row)->kind, "fund") ? self(row)->money / FEN : 0;
}

static void care_breaks(struct work *work, const struct row *row, struct breaks *breaks)
{
	(void)work;
	breaks_add(breaks, self(row)->day);
}

/* --- rules */

static bool is(const struct care *care, const char *kinds)
{
	return text_listed(kinds, ',', care->kind);
}

/* One person, or a unit, or a post; a visit and money may be for a whole area. */
static enum status check_receiver(struct work *work, const struct care *care)
{
	bool person = GIVEN(care, care, person), bulk = GIVEN(care, care, org) || GIVEN(care, care, post);
	if (person && bulk)
		return fail(work, BAD_FIELD, "person", "Either a person, or a unit or post in bulk|个人与单位、岗位只能填其一");
	if (!person && !bulk && !is(care, "visit,fund"))
		return fail(work, BAD_FIELD, "person", "Somebody must be named, or a unit or post|须填写个人，或单位、岗位");
	return OK;
}

static const char *usual_unit(const struct care *care)
{
	static const char *const units[][2] = {
		{"mask", "masks|个"}, {"test", "tests|人次"}, {"insurance", "people|人"}, {"visit", "visits|次"}, {"honour", "honours|项"}};
	for (size_t i = 0; i < sizeof units / sizeof *units; i++)
		if (text_same(units[i][0], care->kind))
			return units[i][1];
	return NULL;
}

/* Money set aside is counted in whole yuan, as it is told. */
static enum status check_fund(struct work *work, struct care *care)
{
	if (GIVEN(care, care, amount))
		return fail(work, BAD_FIELD, "amount", "is not told of money set aside: fill in the money|专项资金不填数量，请填金额");
	if (!GIVEN(care, care, money))
		return fail(work, BAD_FIELD, "money", "must be given|必填");
	if (care->money % FEN)
		return fail(work, BAD_FIELD, "money", "is in whole yuan|须为整元");
	SET(care, care, unit, value_null());
	return OK;
}

static enum status check_amount(struct work *work, struct care *care)
{
	bool person = GIVEN(care, care, person);
	const char *unit = usual_unit(care);
	if (is(care, "fund"))
		return check_fund(work, care);
	if (!GIVEN(care, care, amount) && (is(care, "visit,honour") || (person && is(care, "test,insurance"))))
		SET(care, care, amount, V((int64_t)1));
	if (!GIVEN(care, care, amount))
		return fail(work, BAD_FIELD, "amount", "must be given|必填");
	if (person && is(care, "test,insurance") && care->amount != 1)
		return fail(work, BAD_FIELD, "amount", "is one of one person|一人一条，数量为一");
	/* what is added up has one unit */
	if (unit)
		SET(care, care, unit, V(unit));
	return GIVEN(care, care, unit) && *care->unit ? OK : fail(work, BAD_FIELD, "unit", "must be given|必填");
}

static enum status care_check(struct work *work, const struct row *old, struct row *row)
{
	struct care *care = (struct care *)row;
	(void)old;
	if (!GIVEN(care, care, day))
		SET(care, care, day, V(work->today));
	if (care->day > work->today)
		return fail(work, BAD_FIELD, "day", "is in the future|不能晚于今日");
	if (check_receiver(work, care) != OK || check_amount(work, care) != OK)
		return work->status;
	if (GIVEN(care, care, result) && !(is(care, "test") && GIVEN(care, care, person)))
		return fail(work, BAD_FIELD, "result", "is told only of one person's test|仅个人检测可填结果");
	return OK;
}

static void care_warn(struct work *work, const struct row *row, struct warnings *warnings)
{
	const struct care *care = self(row);
	if (!GIVEN(care, care, person) || is(care, "visit"))
		return;
	if (db_get(work->db, 0,
		    "SELECT 1 FROM care_given WHERE person = ? AND kind = ? AND day = ? AND id <> ? AND coalesce(item, '') = ? AND "
		    "voided_at IS NULL LIMIT 1",
		    BIND(V(care->person), V(care->kind), V(care->day), V(row->id), V(GIVEN(care, care, item) ? care->item : ""))))
		warn(work, warnings, "person", (struct id){{0}}, NULL, "has been given the same on this day already|当日已有相同记录");
}
