#include "app/policy_question.h"

#include "app/deadline.h"
#include "app/delivery.h"
#include "app/notice_box.h"
#include "app/policy.h"
#include "app/rights.h"
#include "app/settings.h"
#include "base/clock.h"
#include "record/rows.h"

static enum status question_check(struct work *work, const struct row *old, struct row *row);
static enum status question_saved(struct work *work, const struct row *old, const struct row *row);
static enum status question_answer(struct work *work, const struct row *old, struct row *row);
static int64_t measure_policy_questions_open(struct work *work, const struct row *row, int64_t day);
static void question_breaks(struct work *work, const struct row *row, struct breaks *breaks);

#define DEF "app/policy_question.def"
#define HOOKS .check = question_check, .saved = question_saved, .breaks = question_breaks,
#include "record/table.h"

static const struct policy_question *self(const struct row *row)
{
	return (const struct policy_question *)row;
}

static int64_t until(const struct policy_question *one)
{
	return GIVEN(one, policy_question, answered_day) ? one->answered_day : DAY_FAR;
}

static int64_t measure_policy_questions_open(struct work *work, const struct row *row, int64_t day)
{
	(void)work;
	return day >= self(row)->day && day < until(self(row));
}

static void question_breaks(struct work *work, const struct row *row, struct breaks *breaks)
{
	(void)work;
	breaks_span(breaks, self(row)->day, until(self(row)));
}

static enum status question_check(struct work *work, const struct row *old, struct row *row)
{
	struct policy_question *one = (struct policy_question *)row;
	const struct policy *policy = (const struct policy *)row_load(work, &policy_record, one->policy);
	if (old && text_same(self(old)->state, "answered") && !text_same(self(old)->text, one->text))
		return fail(work, BAD_STATE, NULL, "It is answered: ask anew|已答复，请另行咨询");
	if (old)
		return OK;
	if (!policy || !text_same(policy->state, "published"))
		return fail(work, BAD_FIELD, "policy", "is not published|未发布");
	int64_t due = deadline_after(work, work->now, settings_number(work, "policy_answer_days"), "working_day");
	SET(one, policy_question, state, V("asked"));
	SET(one, policy_question, asked_by, V(work->who->name));
	SET(one, policy_question, day, V(work->today));
	SET(one, policy_question, due, V(deadline_day(work, due)));
	return OK;
}

static void tell(struct work *work, const struct policy_question *one, bool answered)
{
	struct notice_to to = {0};
	const struct policy *policy = (const struct policy *)row_load(work, &policy_record, one->policy);
	if (answered) {
		notice_to_site(work, &to, one->site);
		notice_to_user(work, &to, one->row.made_by);
	} else if (policy && GIVEN(policy, policy, dept)) {
		notice_to_org(work, &to, policy->dept);
	} else {
		notice_to_above(work, &to, &one->row, "department");
	}
	notice_write(work, &to, &one->row, answered ? "policy_answered" : "policy_asked", policy ? policy->title : "");
}

static enum status question_saved(struct work *work, const struct row *old, const struct row *row)
{
	const struct policy_question *one = self(row);
	if (row->voided_at)
		return OK;
	if (!old && delivery_asked(work, one->policy, one->site) != OK)
		return work->status;
	if (!old || !text_same(self(old)->answer, one->answer))
		tell(work, one, old != NULL);
	return OK;
}

static enum status question_answer(struct work *work, const struct row *old, struct row *row)
{
	struct policy_question *one = (struct policy_question *)row;
	(void)old;
	SET(one, policy_question, answered_by, V(work->who->name));
	if (!GIVEN(one, policy_question, answered_day))
		SET(one, policy_question, answered_day, V(work->today));
	return OK;
}
