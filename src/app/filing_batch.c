/* Batches of returning staff, edited with their filing. */
#include "app/filing.h"
#include "app/rights.h"
#include "app/site.h"

static enum status batch_check(struct work *work, const struct row *old, struct row *row);
static enum status batch_saved(struct work *work, const struct row *old, const struct row *row);

#define DEF "app/filing_batch.def"
#define HOOKS .check = batch_check, .saved = batch_saved,
#include "record/table.h"

static const struct filing *filing_of(struct work *work, const struct row *row)
{
	return (const struct filing *)row_load(work, &filing_record, ((const struct filing_batch *)row)->filing);
}

static enum status check_open(struct work *work, const struct filing *filing)
{
	return text_listed(filing_record.stands, ',', filing->state)
		? fail(work, BAD_STATE, NULL, "The filing is under review or decided: its batches stay|备案已受理或已审结，批次不能再修改")
		: OK;
}

static enum status batch_check(struct work *work, const struct row *old, struct row *row)
{
	struct filing_batch *batch = (struct filing_batch *)row;
	const struct filing *filing = filing_of(work, row);
	(void)old;
	SET(batch, filing_batch, site, V(filing->site));
	if (check_open(work, filing) != OK)
		return work->status;
	int64_t others = filing_batch_sum(work, batch->filing, row->id);
	if (GIVEN(filing, filing, staff) && others + batch->people > filing->staff)
		return fail(work, BAD_FIELD, "people",
			"with the other batches (%lld) is more than the staff (%lld)|与其他批次（%lld 人）合计多于职工人数（%lld）",
			(long long)others, (long long)filing->staff);
	return OK;
}

static enum status batch_saved(struct work *work, const struct row *old, const struct row *row)
{
	const struct filing *filing = filing_of(work, row);
	(void)old;
	return row->voided_at && !filing->row.voided_at ? check_open(work, filing) : OK;
}
