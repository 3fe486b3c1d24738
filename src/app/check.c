#include "app/check.h"

#include "app/rights.h"
#include "app/site.h"

static int64_t measure_checks(struct work *work, const struct row *row, int64_t day);
static void check_breaks(struct work *work, const struct row *row, struct breaks *breaks);
static struct id check_subject(const struct row *row);

#define DEF "app/check.def"
#define HOOKS .breaks = check_breaks, .subject = &site_record, .subject_of = check_subject,
#include "record/table.h"

static const struct check *self(const struct row *row)
{
	return (const struct check *)row;
}

static int64_t measure_checks(struct work *work, const struct row *row, int64_t day)
{
	(void)work;
	return self(row)->day == day;
}

static void check_breaks(struct work *work, const struct row *row, struct breaks *breaks)
{
	(void)work;
	breaks_add(breaks, self(row)->day);
}

static struct id check_subject(const struct row *row)
{
	return self(row)->site;
}
