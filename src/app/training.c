#include "app/training.h"

#include <string.h>

#include "app/file.h"
#include "app/rights.h"
#include "app/site.h"
#include "base/json.h"
#include "record/rows.h"

static enum status training_check(struct work *work, const struct row *old, struct row *row);
static enum status training_saved(struct work *work, const struct row *old, const struct row *row);
static void training_breaks(struct work *work, const struct row *row, struct breaks *breaks);
static struct id training_subject(const struct row *row);
static int64_t measure_trainings(struct work *work, const struct row *row, int64_t day);
static int64_t measure_people_trained(struct work *work, const struct row *row, int64_t day);

#define DEF "app/training.def"
#define HOOKS \
	.check = training_check, .saved = training_saved, .breaks = training_breaks, .subject = &site_record, \
	.subject_of = training_subject,
#include "record/table.h"

static const struct training *self(const struct row *row)
{
	return (const struct training *)row;
}

static struct id training_subject(const struct row *row)
{
	return self(row)->site;
}

static enum status training_check(struct work *work, const struct row *old, struct row *row)
{
	const struct training *training = self(row);
	(void)old;
	if (training->day > work->today)
		fail(work, BAD_FIELD, "day", "lies in the future|不能是将来的日期");
	if (training->trained > training->due)
		fail(work, BAD_FIELD, "trained", "must not be more than the people due (%lld)|不能多于应到人数（%lld）",
			(long long)training->due);
	return work->status;
}

static enum status training_saved(struct work *work, const struct row *old, const struct row *row)
{
	const struct training *training = self(row);
	(void)old;
	if (!row->voided_at && GIVEN(training, training, files))
		file_settle(work, row, training->site, json_read(work->arena, training->files, strlen(training->files), NULL));
	return OK;
}

static void training_breaks(struct work *work, const struct row *row, struct breaks *breaks)
{
	(void)work;
	breaks_add(breaks, self(row)->day);
}

static int64_t measure_trainings(struct work *work, const struct row *row, int64_t day)
{
	(void)work;
	return self(row)->day == day;
}

static int64_t measure_people_trained(struct work *work, const struct row *row, int64_t day)
{
	(void)work;
	return self(row)->day == day ? self(row)->trained : 0;
}
