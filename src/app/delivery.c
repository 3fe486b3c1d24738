#include "app/delivery.h"

#include "app/deadline.h"
#include "app/delivery_inner.h"
#include "app/delivery_judge.h"
#include "app/grant_list.h"
#include "app/notice_box.h"
#include "app/policy_firm.h"
#include "app/policy_mark.h"
#include "app/policy_payment.h"
#include "app/rights.h"
#include "app/settings.h"
#include "base/clock.h"
#include "record/rows.h"

static enum status delivery_check(struct work *work, const struct row *old, struct row *row);
static enum status delivery_saved(struct work *work, const struct row *old, const struct row *row);
static enum status delivery_tell(struct work *work, const struct row *old, struct row *row);
static enum status delivery_acknowledge(struct work *work, const struct row *old, struct row *row);
static enum status delivery_apply(struct work *work, const struct row *old, struct row *row);
static enum status delivery_withdraw(struct work *work, const struct row *old, struct row *row);
static enum status delivery_grant(struct work *work, const struct row *old, struct row *row);
static enum status delivery_refuse(struct work *work, const struct row *old, struct row *row);
static enum status delivery_reopen(struct work *work, const struct row *old, struct row *row);
static enum status delivery_pay(struct work *work, const struct row *old, struct row *row);
static enum status delivery_take_back(struct work *work, const struct row *old, struct row *row);
static enum status delivery_take_out(struct work *work, const struct row *old, struct row *row);
static const char *delivery_view(struct work *work, const char *name, struct sql *sql);
static int64_t measure_policies_matched(struct work *work, const struct row *row, int64_t day);
static int64_t measure_policies_told(struct work *work, const struct row *row, int64_t day);
static int64_t measure_policies_known(struct work *work, const struct row *row, int64_t day);
static int64_t measure_policies_applied(struct work *work, const struct row *row, int64_t day);
static int64_t measure_policies_granted(struct work *work, const struct row *row, int64_t day);
static int64_t measure_policies_refused(struct work *work, const struct row *row, int64_t day);
static int64_t measure_policy_money_granted(struct work *work, const struct row *row, int64_t day);
static void delivery_breaks(struct work *work, const struct row *row, struct breaks *breaks);
static struct id delivery_firm(const struct row *row);

#define DEF "app/delivery.def"
#define HOOKS \
	.check = delivery_check, .saved = delivery_saved, .view = delivery_view, .breaks = delivery_breaks, \
	.subject = &policy_firm_record, .subject_of = delivery_firm,
#include "record/table.h"

enum { FEN = 100 };
const char delivery_open_states[] = "matched,told,known,withdrawn";

static const struct delivery *self(const struct row *row)
{
	return (const struct delivery *)row;
}

static bool state_is(const struct delivery *one, const char *state)
{
	return text_same(one->state, state);
}

/* --- what it counts for */

static struct id delivery_firm(const struct row *row)
{
	return policy_firm_id(self(row)->site);
}

static bool since(const struct delivery *one, int at, int64_t value, int64_t day)
{
	return !row_null(&one->row, &delivery_record.fields[at]) && day >= value;
}
#define SINCE(one, field, day) since(one, delivery_at_##field, (one)->field, day)

static int64_t measure_policies_matched(struct work *work, const struct row *row, int64_t day)
{
	(void)work;
	return SINCE(self(row), matched_day, day) && !SINCE(self(row), lapsed_day, day);
}

static int64_t measure_policies_told(struct work *work, const struct row *row, int64_t day)
{
	return measure_policies_matched(work, row, day) && SINCE(self(row), told_day, day);
}

static int64_t measure_policies_known(struct work *work, const struct row *row, int64_t day)
{
	return measure_policies_matched(work, row, day) && SINCE(self(row), known_day, day);
}

static int64_t measure_policies_applied(struct work *work, const struct row *row, int64_t day)
{
	return measure_policies_matched(work, row, day) && SINCE(self(row), applied_day, day) && !SINCE(self(row), withdrawn_day, day);
}

static int64_t measure_policies_refused(struct work *work, const struct row *row, int64_t day)
{
	return measure_policies_matched(work, row, day) && SINCE(self(row), refused_day, day);
}

static int64_t measure_policies_granted(struct work *work, const struct row *row, int64_t day)
{
	return measure_policies_matched(work, row, day) && SINCE(self(row), granted_day, day) && !SINCE(self(row), refused_day, day);
}

static int64_t measure_policy_money_granted(struct work *work, const struct row *row, int64_t day)
{
	return measure_policies_granted(work, row, day) ? self(row)->granted / FEN : 0;
}

static void delivery_breaks(struct work *work, const struct row *row, struct breaks *breaks)
{
	static const int days[] = {delivery_at_matched_day, delivery_at_told_day, delivery_at_known_day, delivery_at_applied_day,
		delivery_at_withdrawn_day, delivery_at_granted_day, delivery_at_refused_day, delivery_at_lapsed_day};
	(void)work;
	for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
		struct value value = row_get(row, &delivery_record.fields[days[i]]);
		if (value.type == VALUE_WHOLE)
			breaks_add(breaks, value.whole);
	}
}

/* --- lists */

static const char *delivery_view(struct work *work, const char *name, struct sql *sql)
{
	static const struct {
		const char *name, *condition, *index;
	} views[] = {
		{"untold", " AND state = 'matched'", "state"},
		{"counts", " AND lapsed_day IS NULL", ""},
		{"reached", " AND lapsed_day IS NULL AND told_day > 0", "told_day"},
		{"aware", " AND lapsed_day IS NULL AND known_day > 0", "known_day"},
		{"applying", " AND lapsed_day IS NULL AND applied_day > 0 AND withdrawn_day IS NULL", "applied_day"},
		{"got", " AND lapsed_day IS NULL AND granted_day > 0 AND refused_day IS NULL", "granted_day"},
		{"paidout", " AND paid > 0", "paid_day"},
	};
	for (size_t i = 0; i < sizeof views / sizeof *views; i++)
		if (text_same(name, views[i].name)) {
			sql_add(sql, views[i].condition, NOTHING);
			return views[i].index;
		}
	if (text_same(name, "late")) {
		sql_add(sql, " AND state = 'matched' AND tell_by < ?", BIND(V(work->today)));
		return "state";
	}
	return text_same(name, "mine") ? policy_firm_mine(work, sql) : NULL;
}

/* --- rules */

struct delivery *delivery_find(struct work *work, struct id policy, struct id site)
{
	struct query *query = db_query(work->db,
		arena_print(work->arena, "SELECT %s FROM deliveries WHERE site = ? AND policy = ? AND voided_at IS NULL LIMIT 1",
			row_columns(work->arena, &delivery_record)),
		BIND(V(site), V(policy)));
	if (!db_next(query))
		return NULL;
	struct delivery *found = (struct delivery *)row_read(work, &delivery_record, query);
	db_done(query);
	return found;
}

static const struct policy *policy_of(struct work *work, struct id id)
{
	return (const struct policy *)row_load(work, &policy_record, id);
}

bool delivery_take_judgement(struct work *work, struct delivery *one, const struct judged *judged)
{
	static const char *const verdicts[] = {[VERDICT_NO] = "no", [VERDICT_YES] = "yes", [VERDICT_MISSING] = "missing"};
	const struct row *before = row_copy(work->arena, &one->row);
	const struct policy *policy = policy_of(work, one->policy);
	bool yes = judged->verdict == VERDICT_YES;
	SET(one, delivery, verdict, V(verdicts[judged->verdict]));
	SET(one, delivery, why, yes || !judged->why ? value_null() : V(judged->why));
	if (yes)
		SET(one, delivery, estimate, judged->amount_known ? V(judged->amount) : value_null());
	SET(one, delivery, mode, policy ? V(policy->mode) : value_null());
	SET(one, delivery, apply_by, policy && GIVEN(policy, policy, apply_by) ? V(policy->apply_by) : value_null());
	for (size_t i = 0; i < delivery_record.field_count; i++)
		if (!value_same(row_get(before, &delivery_record.fields[i]), row_get(&one->row, &delivery_record.fields[i])))
			return true;
	return false;
}

void delivery_qualify(struct work *work, struct delivery *one)
{
	int64_t due = deadline_after(work, work->now, settings_number(work, "policy_tell_days"), "working_day");
	SET(one, delivery, state, V(GIVEN(one, delivery, known_day) ? "known" : GIVEN(one, delivery, told_day) ? "told" : "matched"));
	SET(one, delivery, matched_day, V(work->today));
	SET(one, delivery, tell_by, V(deadline_day(work, due)));
	SET(one, delivery, first_estimate, row_get(&one->row, FIELD_OF(delivery, estimate)));
	SET(one, delivery, lapsed_day, value_null());
	SET(one, delivery, reason, value_null());
}

/* By hand a row is made only where the firm qualifies, as matching would have it. */
static enum status judge_new(struct work *work, struct delivery *one)
{
	struct judged judged;
	const struct policy *policy = policy_of(work, one->policy);
	if (!policy || !text_same(policy->state, "published"))
		return fail(work, BAD_FIELD, "policy", "is not published|未发布");
	struct judging *judging = judging_one(work, policy);
	judging_site(judging, one->site);
	judging_ask(judging, 0, true, &judged);
	delivery_take_judgement(work, one, &judged);
	if (judged.verdict == VERDICT_YES)
		return OK;
	return fail(work, BAD_FIELD, "site", "does not qualify: %s|不符合条件：%s", judged.why ? work_text(work, judged.why) : "");
}

static enum status check_new(struct work *work, struct delivery *one)
{
	const struct delivery *there = delivery_find(work, one->policy, one->site);
	if (there) {
		work->against = there->row.id;
		return fail(work, CONFLICT, "policy", "stands in the ledger of this firm already|该企业已有此政策的送达记录");
	}
	if (!GIVEN(one, delivery, verdict) && judge_new(work, one) != OK)
		return work->status;
	delivery_qualify(work, one);
	return OK;
}

static enum status delivery_check(struct work *work, const struct row *old, struct row *row)
{
	return old ? OK : check_new(work, (struct delivery *)row);
}

/* A line of the ledger of money for what was paid, or paid back. */
static enum status write_payment(struct work *work, const struct delivery *one, int64_t amount)
{
	struct policy_payment *payment = (struct policy_payment *)row_new(work->arena, &policy_payment_record);
	struct row *row = &payment->row;
	struct id deed = work->deed, body = work->body;
	SET(payment, policy_payment, delivery, V(one->row.id));
	SET(payment, policy_payment, site, V(one->site));
	SET(payment, policy_payment, policy, V(one->policy));
	SET(payment, policy_payment, amount, V(amount));
	SET(payment, policy_payment, day, V(one->payment_day));
	SET(payment, policy_payment, voucher, row_get(&one->row, FIELD_OF(delivery, voucher)));
	SET(payment, policy_payment, reason, amount < 0 ? row_get(&one->row, FIELD_OF(delivery, reason)) : value_null());
	SET(payment, policy_payment, by, V(work->who->name));
	/* the deed and the body that was sent name the step */
	work->deed = work->body = (struct id){{0}};
	row_insert(work, &row, NULL);
	work->deed = deed;
	work->body = body;
	if (work->status != OK)
		return work->status;
	/* what was told of this payment stands in its line: the next one begins with an empty form */
	struct row *bare = row_copy(work->arena, &one->row);
	row_set(bare, FIELD_OF(delivery, payment), value_null());
	row_set(bare, FIELD_OF(delivery, payment_day), value_null());
	row_set(bare, FIELD_OF(delivery, voucher), value_null());
	row_refresh(work, bare);
	return OK;
}

/* A policy of which somebody was told does not go back to being a draft. */
static void mark_told(struct work *work, struct id id)
{
	const struct policy *policy = policy_of(work, id);
	if (!policy || (GIVEN(policy, policy, told) && policy->told))
		return;
	struct policy *told = (struct policy *)row_copy(work->arena, &policy->row);
	SET(told, policy, told, V(1));
	row_refresh(work, &told->row);
}

static void tell(struct work *work, const struct delivery *one)
{
	struct notice_to to = {0};
	const struct policy *policy = policy_of(work, one->policy);
	if (!text_listed("told,applied,granted,paid,refused", ',', one->state) || !policy)
		return;
	if (!state_is(one, "applied"))
		notice_to_site(work, &to, one->site);
	else if (GIVEN(policy, policy, dept))
		notice_to_org(work, &to, policy->dept);
	else
		notice_to_above(work, &to, &one->row, "department");
	notice_write(work, &to, &one->row, arena_print(work->arena, "delivery_%s", one->state), policy->title);
}

static enum status delivery_saved(struct work *work, const struct row *old, const struct row *row)
{
	const struct delivery *one = self(row), *was = old ? self(old) : NULL;
	if (row->voided_at)
		return fail(work, BAD_STATE, NULL, "The ledger keeps every row|台账记录不能作废");
	int64_t before = was ? was->paid : 0;
	if (one->paid != before && write_payment(work, one, one->paid - before) != OK)
		return work->status;
	if (was && !text_same(was->state, one->state))
		tell(work, one);
	if (GIVEN(one, delivery, told_day) && !(was && GIVEN(was, delivery, told_day)))
		mark_told(work, one->policy);
	if (was && GIVEN(was, delivery, list) && !GIVEN(one, delivery, list))
		grant_list_refresh(work, was->list);
	/* other policies may be for those only who were not granted this one */
	bool got = GIVEN(one, delivery, granted_day) && !GIVEN(one, delivery, refused_day);
	if (got != (was && GIVEN(was, delivery, granted_day) && !GIVEN(was, delivery, refused_day)))
		policy_touched(work, one->site);
	return policy_firm_refresh(work, one->site);
}

/* --- steps of the liaison and the firm */

/* The day that a step was given, else today; BAD_FIELD where it lies in the future or before `least`. */
static enum status day_given(struct work *work, struct row *row, const struct field *field, const struct row *old, int64_t least)
{
	struct value value = row_get(row, field);
	/* what stands there from an earlier time was not given now */
	if (value.type == VALUE_NULL || value_same(value, row_get(old, field)))
		row_set(row, field, value = V(work->today));
	if (value.whole > work->today)
		return fail(work, BAD_FIELD, field->name, "is in the future|不能晚于今日");
	return value.whole < least ? fail(work, BAD_FIELD, field->name, "is before what led to it|早于前一环节日期") : OK;
}

void delivery_know(struct work *work, struct delivery *one, const char *how, int64_t day)
{
	if (!GIVEN(one, delivery, told_day)) {
		SET(one, delivery, told_day, V(day));
		SET(one, delivery, told_how, V("page"));
	}
	if (!GIVEN(one, delivery, known_day)) {
		SET(one, delivery, known_day, V(day));
		SET(one, delivery, known_how, V(how));
		SET(one, delivery, known_by, V(work->who->name));
	}
	if (state_is(one, "matched") || state_is(one, "told"))
		SET(one, delivery, state, V("known"));
}

static enum status delivery_tell(struct work *work, const struct row *old, struct row *row)
{
	struct delivery *one = (struct delivery *)row;
	bool heard = one->heard;
	if (day_given(work, row, FIELD_OF(delivery, told_last), old, one->matched_day) != OK)
		return work->status;
	if (heard && text_listed("message,page", ',', one->told_how))
		return fail(work, BAD_FIELD, "heard", "can be heard on a visit, by phone or at a meeting only|仅限上门、电话或宣讲会");
	if (!GIVEN(one, delivery, told_day))
		SET(one, delivery, told_day, V(one->told_last));
	SET(one, delivery, told_by, V(work->who->name));
	if (state_is(one, "matched"))
		SET(one, delivery, state, V("told"));
	if (heard)
		delivery_know(work, one, "heard", one->told_last);
	SET(one, delivery, heard, value_null());
	return OK;
}

static enum status delivery_acknowledge(struct work *work, const struct row *old, struct row *row)
{
	(void)old;
	delivery_know(work, (struct delivery *)row, "firm", work->today);
	return OK;
}

static enum status delivery_apply(struct work *work, const struct row *old, struct row *row)
{
	struct delivery *one = (struct delivery *)row;
	char day[DAY_TEXT];
	(void)old;
	if (!text_same(one->mode, "apply"))
		return fail(work, BAD_STATE, NULL, "It comes without an application|该政策免申即享，无需申请");
	if (GIVEN(one, delivery, apply_by) && one->apply_by < work->today) {
		day_print(one->apply_by, day);
		return fail(work, BAD_STATE, NULL, "The time to apply ended on %s|已于 %s 截止申请", day);
	}
	if (!GIVEN(one, delivery, asked) && GIVEN(one, delivery, estimate))
		SET(one, delivery, asked, V(one->estimate));
	delivery_know(work, one, "applied", work->today);
	SET(one, delivery, state, V("applied"));
	SET(one, delivery, applied_day, V(work->today));
	SET(one, delivery, applied_by, V(work->who->name));
	SET(one, delivery, withdrawn_day, value_null());
	SET(one, delivery, reason, value_null());
	return OK;
}

static enum status delivery_withdraw(struct work *work, const struct row *old, struct row *row)
{
	(void)old;
	SET((struct delivery *)row, delivery, withdrawn_day, V(work->today));
	return OK;
}

/* --- steps of the department */

static void set_unpaid(struct delivery *one)
{
	int64_t left = one->granted - one->paid;
	SET(one, delivery, unpaid, left > 0 ? V(left) : value_null());
}

static enum status delivery_grant(struct work *work, const struct row *old, struct row *row)
{
	struct delivery *one = (struct delivery *)row;
	bool applied = GIVEN(one, delivery, applied_day) && !GIVEN(one, delivery, withdrawn_day);
	if (!GIVEN(one, delivery, granted) && GIVEN(one, delivery, asked) && applied)
		SET(one, delivery, granted, V(one->asked));
	if (!GIVEN(one, delivery, granted) && GIVEN(one, delivery, estimate))
		SET(one, delivery, granted, V(one->estimate));
	if (day_given(work, row, FIELD_OF(delivery, granted_day), old, applied ? one->applied_day : one->matched_day) != OK)
		return work->status;
	SET(one, delivery, granted_by, V(work->who->name));
	SET(one, delivery, reason, value_null());
	set_unpaid(one);
	return OK;
}

static enum status delivery_refuse(struct work *work, const struct row *old, struct row *row)
{
	struct delivery *one = (struct delivery *)row;
	(void)old;
	SET(one, delivery, refused_day, V(work->today));
	SET(one, delivery, unpaid, value_null());
	SET(one, delivery, list, value_null());
	return OK;
}

static enum status delivery_reopen(struct work *work, const struct row *old, struct row *row)
{
	struct delivery *one = (struct delivery *)row;
	bool applied = GIVEN(one, delivery, applied_day) && !GIVEN(one, delivery, withdrawn_day);
	(void)work;
	(void)old;
	SET(one, delivery, granted, value_null());
	SET(one, delivery, state,
		V(applied                                         ? "applied"
				: GIVEN(one, delivery, known_day) ? "known"
				: GIVEN(one, delivery, told_day)  ? "told"
								  : "matched"));
	SET(one, delivery, refused_day, value_null());
	SET(one, delivery, granted_day, value_null());
	SET(one, delivery, granted_by, value_null());
	return OK;
}

static enum status delivery_pay(struct work *work, const struct row *old, struct row *row)
{
	struct delivery *one = (struct delivery *)row;
	int64_t left = one->granted - one->paid;
	if (one->payment > left)
		return fail(work, BAD_FIELD, "payment",
			"is more than what is left of the amount granted (%s yuan)|超过兑现金额的未拨付部分（%s 元）",
			kind_amount.print(work->arena, FIELD_OF(delivery, payment), V(left)));
	if (day_given(work, row, FIELD_OF(delivery, payment_day), old, one->granted_day) != OK)
		return work->status;
	SET(one, delivery, paid, V(one->paid + one->payment));
	if (!GIVEN(one, delivery, paid_day))
		SET(one, delivery, paid_day, V(one->payment_day));
	set_unpaid(one);
	return OK;
}

static enum status delivery_take_back(struct work *work, const struct row *old, struct row *row)
{
	struct delivery *one = (struct delivery *)row;
	if (one->payment > one->paid)
		return fail(work, BAD_FIELD, "payment", "is more than what was paid (%s yuan)|超过已拨付金额（%s 元）",
			kind_amount.print(work->arena, FIELD_OF(delivery, payment), V(one->paid)));
	if (day_given(work, row, FIELD_OF(delivery, payment_day), old, one->paid_day) != OK)
		return work->status;
	SET(one, delivery, paid, V(one->paid - one->payment));
	if (!one->paid) {
		SET(one, delivery, state, V("granted"));
		SET(one, delivery, paid_day, value_null());
	}
	set_unpaid(one);
	return OK;
}

static enum status delivery_take_out(struct work *work, const struct row *old, struct row *row)
{
	(void)work;
	(void)old;
	SET((struct delivery *)row, delivery, list, value_null());
	return OK;
}
