#include "app/interview.h"

#include "app/finding.h"
#include "app/rights.h"
#include "record/rows.h"

static int64_t measure_interviews(struct work *work, const struct row *row, int64_t day);
static void interview_breaks(struct work *work, const struct row *row, struct breaks *breaks);
static enum status interview_check(struct work *work, const struct row *old, struct row *row);

#define DEF "app/interview.def"
#define HOOKS .check = interview_check, .breaks = interview_breaks,
#include "record/table.h"

static const struct interview *self(const struct row *row)
{
	return (const struct interview *)row;
}

static int64_t measure_interviews(struct work *work, const struct row *row, int64_t day)
{
	(void)work;
	return self(row)->day == day;
}

static void interview_breaks(struct work *work, const struct row *row, struct breaks *breaks)
{
	(void)work;
	breaks_add(breaks, self(row)->day);
}

static enum status interview_check(struct work *work, const struct row *old, struct row *row)
{
	const struct interview *interview = self(row);
	(void)old;
	if (interview->day > work->today)
		return fail(work, BAD_FIELD, "day", "lies in the future|不能是将来的日期");
	if (GIVEN(interview, interview, promise_day) && interview->promise_day < interview->day)
		return fail(work, BAD_FIELD, "promise_day", "is before the interview|早于约谈日期");
	if (!GIVEN(interview, interview, finding))
		return OK;
	const struct finding *finding = (const struct finding *)row_load(work, &finding_record, interview->finding);
	if (!finding || !id_same(finding->site, interview->site))
		return fail(work, BAD_FIELD, "finding", "is of another site|属于其他企业");
	return OK;
}
