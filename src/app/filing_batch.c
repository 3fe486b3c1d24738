/* Batches of returning staff, edited with their filing. */
#include "app/filing.h"
#include "app/filing_flow.h"
#include "app/rights.h"
#include "app/site.h"
#include "base/clock.h"

static enum status batch_check(struct work *work, const struct row *old, struct row *row);
static enum status batch_saved(struct work *work, const struct row *old, const struct row *row);

#define DEF "app/filing_batch.def"
#define HOOKS .check = batch_check, .saved = batch_saved,
#include "record/table.h"

static const struct filing *filing_of(struct work *work, const struct row *row)
{
	return (const struct filing *)row_load(work, &filing_record, ((const struct filing_batch *)row)->filing);
}

/* Once it is decided, the step of the filing alone changes its batches. */
static enum status check_open(struct work *work, const struct filing *filing)
{
	return !work->who->all && text_listed(filing_record.stands, ',', filing->state)
		? fail(work, BAD_STATE, NULL, "The filing is under review or decided: its batches stay|备案已受理或已审结，批次不能再修改")
		: OK;
}

/* Nobody comes back before the firm wants to work, or before it may. */
static enum status check_day(struct work *work, const struct filing *filing, const char *field, int64_t day)
{
	char text[DAY_TEXT];
	if (GIVEN(filing, filing, day) && day < filing->day)
		return fail(work, BAD_FIELD, field, "is before the day wanted, %s|早于计划复工日期（%s）", day_print(filing->day, text));
	if (GIVEN(filing, filing, begins) && day < filing->begins)
		return fail(work, BAD_FIELD, field, "is before the day from which the firm may work, %s|早于准予复工日期（%s）",
			day_print(filing->begins, text));
	return OK;
}

static enum status check_people(struct work *work, const struct filing *filing, const char *field, struct id batch, int64_t people)
{
	int64_t others = filing_batch_sum(work, filing->row.id, batch);
	return GIVEN(filing, filing, staff) && others + people > filing->staff
		? fail(work, BAD_FIELD, field,
			  "with the other batches (%lld) is more than the staff (%lld)|与其他批次（%lld 人）合计多于职工人数（%lld）",
			  (long long)others, (long long)filing->staff)
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
	if (!text_same(filing->route, "never_stopped") && check_day(work, filing, "day", batch->day) != OK)
		return work->status;
	return check_people(work, filing, "people", row->id, batch->people);
}

static enum status batch_saved(struct work *work, const struct row *old, const struct row *row)
{
	const struct filing *filing = filing_of(work, row);
	(void)old;
	return row->voided_at && !filing->row.voided_at ? check_open(work, filing) : OK;
}

/* --- changed after the decision */

/* By the program: the batch itself stays closed to its firm. What is wrong with it is said at the step's own fields. */
static enum status put_batch(struct work *work, const struct filing_batch *old, struct filing_batch *batch)
{
	const struct who *who = work->who;
	struct who program = {.id = who->id, .name = who->name, .all = true};
	struct id deed = work->deed;
	work->who = &program;
	work->deed = (struct id){{0}}; /* it names the step of the filing */
	enum status status = row_change(work, &old->row, &batch->row, old->row.version, RIGHT_filing_write);
	work->deed = deed;
	work->who = who;
	return status;
}

/* "二车间 2020-03-02 (50) → 2020-03-09 (40)" and why, as the filing's steps keep it. */
static const char *say_change(
	struct work *work, const struct filing_batch *old, const struct filing_batch *batch, const struct filing *filing)
{
	char from[DAY_TEXT], to[DAY_TEXT];
	bool named = GIVEN(old, filing_batch, part);
	return arena_print(work->arena, "%s%s%s (%lld) → %s (%lld)\n%s", named ? old->part : "", named ? " " : "",
		day_print(old->day, from), (long long)old->people, day_print(batch->day, to), (long long)batch->people,
		filing->batch_reason);
}

enum status filing_change_batch(struct work *work, const struct row *before, struct row *row)
{
	struct filing *filing = (struct filing *)row;
	const struct filing_batch *old = (const struct filing_batch *)row_load(work, &filing_batch_record, filing->batch);
	(void)before;
	if (!old || old->row.voided_at || !id_same(old->filing, row->id))
		return fail(work, BAD_FIELD, "batch", "must be a batch of this filing|须为本备案的批次");
	if (check_day(work, filing, "batch_day", filing->batch_day) != OK)
		return work->status;
	struct filing_batch *batch = (struct filing_batch *)row_copy(work->arena, &old->row);
	SET(batch, filing_batch, day, V(filing->batch_day));
	if (GIVEN(filing, filing, batch_people))
		SET(batch, filing_batch, people, V(filing->batch_people));
	if (batch->day == old->day && batch->people == old->people)
		return fail(work, BAD_FIELD, "batch_day", "changes nothing|与原安排相同");
	if (check_people(work, filing, "batch_people", old->row.id, batch->people) != OK)
		return work->status;
	SET(filing, filing, flow,
		V(flow_add(work, filing->flow,
			(struct turn){.step = "change_batch", .state = filing->state, .text = say_change(work, old, batch, filing)})));
	SET(filing, filing, batch, value_null());
	SET(filing, filing, batch_day, value_null());
	SET(filing, filing, batch_people, value_null());
	SET(filing, filing, batch_reason, value_null());
	return put_batch(work, old, batch);
}
