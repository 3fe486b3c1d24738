/* What banks and insurers answer, and what becomes of a loan by it. */
#include "app/deadline.h"
#include "app/loan.h"
#include "app/need.h"
#include "app/notice_box.h"
#include "app/rights.h"
#include "base/clock.h"
#include "record/store.h"

static enum status offer_check(struct work *work, const struct row *old, struct row *row);
static enum status offer_saved(struct work *work, const struct row *old, const struct row *row);
static enum status loan_offer_offer(struct work *work, const struct row *old, struct row *row);
static enum status loan_offer_decline(struct work *work, const struct row *old, struct row *row);
static enum status loan_offer_accept(struct work *work, const struct row *old, struct row *row);
static enum status loan_offer_approve(struct work *work, const struct row *old, struct row *row);
static enum status loan_offer_refuse(struct work *work, const struct row *old, struct row *row);
static enum status loan_offer_pay(struct work *work, const struct row *old, struct row *row);
static enum status payment_check(struct work *work, const struct row *old, struct row *row);
static void payment_breaks(struct work *work, const struct row *row, struct breaks *breaks);
static int64_t measure_loans_paid(struct work *work, const struct row *row, int64_t day);

#define DEF "app/loan_offer.def"
#define HOOKS .check = offer_check, .saved = offer_saved,
#include "record/table.h"
#define DEF "app/loan_payment.def"
#define HOOKS .check = payment_check, .breaks = payment_breaks,
#include "record/table.h"

static struct loan_offer *self(struct row *row)
{
	return (struct loan_offer *)row;
}

static const struct loan *loan_of(struct work *work, const struct loan_offer *offer)
{
	return (const struct loan *)row_load(work, &loan_record, offer->loan);
}

/* --- payments: on their day, never changed */

static int64_t measure_loans_paid(struct work *work, const struct row *row, int64_t day)
{
	const struct loan_payment *payment = (const struct loan_payment *)row;
	(void)work;
	return payment->day == day ? payment->amount / LOAN_FEN : 0;
}

static void payment_breaks(struct work *work, const struct row *row, struct breaks *breaks)
{
	(void)work;
	breaks_add(breaks, ((const struct loan_payment *)row)->day);
}

static enum status payment_check(struct work *work, const struct row *old, struct row *row)
{
	const struct loan_payment *payment = (const struct loan_payment *)row;
	(void)old;
	return GIVEN(payment, loan_payment, offer)
		? OK
		: fail(work, BAD_STATE, NULL, "Payments are made at the bank's answer|放款须在机构答复中登记");
}

/* --- the loan follows what its offers say */

struct answers {
	const struct loan_offer *held; /* taken or approved */
	const struct loan_offer *last; /* refused or declined last */
	bool offered, invited;
};

static void take_answer(struct answers *answers, const struct loan_offer *offer)
{
	const char *state = offer->state;
	if (text_listed("accepted,approved,paid", ',', state))
		answers->held = offer;
	answers->offered = answers->offered || text_same(state, "offered");
	answers->invited = answers->invited || text_same(state, "invited");
	if (text_listed("declined,refused", ',', state) && (!answers->last || offer->decided_at >= answers->last->decided_at))
		answers->last = offer;
}

static struct answers read_answers(struct work *work, const struct loan_offer *changed)
{
	struct answers answers = {0};
	struct query *query = db_query(work->db,
		arena_print(work->arena, "SELECT %s FROM loan_offers WHERE loan = ? AND voided_at IS NULL",
			row_columns(work->arena, &loan_offer_record)),
		BIND(V(changed->loan)));
	while (db_next(query)) {
		struct loan_offer *offer = self(row_read(work, &loan_offer_record, query));
		take_answer(&answers, id_same(offer->row.id, changed->row.id) ? changed : offer);
	}
	return answers;
}

static void decide(struct loan *loan, const struct loan_offer *offer)
{
	SET(loan, loan, decided_at, V(offer->decided_at));
	SET(loan, loan, minutes, V(offer->minutes));
	SET(loan, loan, bank, V(offer->bank));
}

static bool first_of_firm(struct work *work, const struct loan *loan)
{
	return !db_get(work->db, 0,
		"SELECT 1 FROM loans WHERE site = ? AND kind = ? AND approved > 0 AND id <> ? AND voided_at IS NULL LIMIT 1",
		BIND(V(loan->site), V(loan->kind), V(loan->row.id)));
}

static const char *held_state(struct work *work, struct loan *loan, const struct loan_offer *held)
{
	SET(loan, loan, bank, V(held->bank));
	if (text_same(held->state, "accepted"))
		return "accepted";
	if (!GIVEN(loan, loan, approved))
		SET(loan, loan, first, V(first_of_firm(work, loan)));
	decide(loan, held);
	SET(loan, loan, approved, V(held->approved));
	SET(loan, loan, paid, V(held->paid));
	return text_same(held->state, "paid") ? "paid" : held->paid ? "paying" : "approved";
}

enum status loan_settle(struct work *work, const struct loan_offer *offer)
{
	const struct loan *old = loan_of(work, offer);
	struct loan *loan = (struct loan *)row_copy(work->arena, &old->row);
	struct answers answers = read_answers(work, offer);
	const struct who *who = work->who;
	struct who program = {.id = who->id, .name = who->name, .all = true};
	struct id deed = work->deed;
	const char *state = "refused";
	if (answers.held)
		state = held_state(work, loan, answers.held);
	else if (answers.offered || answers.invited)
		state = answers.offered ? "offered" : "invited";
	else if (answers.last) {
		decide(loan, answers.last);
		SET(loan, loan, reason, V(answers.last->reason));
		SET(loan, loan, reason_text, V(answers.last->reason_text));
	}
	if (!answers.held && (answers.offered || answers.invited))
		SET(loan, loan, bank, value_null());
	SET(loan, loan, state, V(state));
	work->who = &program;
	work->deed = (struct id){{0}}; /* it names the step of the offer */
	enum status status = row_change(work, &old->row, &loan->row, old->row.version, RIGHT_loan_raise);
	work->deed = deed;
	work->who = who;
	return status;
}

enum status loan_close_others(struct work *work, struct id loan, struct id but)
{
	const struct who *who = work->who;
	struct who program = {.id = who->id, .name = who->name, .all = true};
	struct id deed = work->deed;
	struct row **rows = NULL;
	size_t count = 0, space = 0;
	struct query *query = db_query(work->db,
		arena_print(work->arena,
			"SELECT %s FROM loan_offers WHERE loan = ? AND voided_at IS NULL AND state IN ('invited', 'offered', 'accepted')",
			row_columns(work->arena, &loan_offer_record)),
		BIND(V(loan)));
	while (db_next(query))
		*ARENA_PUSH(work->arena, rows, count, space) = row_read(work, &loan_offer_record, query);
	work->who = &program;
	work->deed = (struct id){{0}};
	for (size_t i = 0; i < count && work->status == OK; i++) {
		struct row *row = row_copy(work->arena, rows[i]);
		SET(self(row), loan_offer, state, V("closed"));
		if (!id_same(row->id, but))
			row_change(work, rows[i], row, rows[i]->version, RIGHT_loan_offer);
	}
	work->deed = deed;
	work->who = who;
	return work->status;
}

/* --- rules */

static enum status offer_check(struct work *work, const struct row *old, struct row *row)
{
	struct loan_offer *offer = self(row);
	const struct loan *loan = GIVEN(offer, loan_offer, loan) ? loan_of(work, offer) : NULL;
	if (!loan)
		return fail(work, BAD_STATE, NULL, "Banks are invited at the loan|请在融资保险需求中邀请机构");
	if (old)
		return OK;
	SET(offer, loan_offer, site, V(loan->site));
	SET(offer, loan_offer, kind, V(loan->kind));
	SET(offer, loan_offer, state, V("invited"));
	SET(offer, loan_offer, invited_at, V(work->now));
	return OK;
}

static enum status offer_saved(struct work *work, const struct row *old, const struct row *row)
{
	static const char *const told[][2] = {{"invited", "bank_invited"}, {"accepted", "bank_accepted"}, {"closed", "bank_closed"}};
	const struct loan_offer *offer = (const struct loan_offer *)row;
	const struct loan *loan = loan_of(work, offer);
	struct notice_to to = {0};
	if (row->voided_at)
		return fail(work, BAD_STATE, NULL, "An invitation stands; the firm may withdraw the loan|邀请不能作废，可由企业撤回需求");
	if (old && text_same(((const struct loan_offer *)old)->state, offer->state))
		return OK;
	for (size_t i = 0; i < sizeof told / sizeof *told; i++)
		if (text_same(told[i][0], offer->state)) {
			notice_to_org(work, &to, offer->bank);
			notice_write(work, &to, row, told[i][1], loan ? loan->number : "");
		}
	return OK;
}

/* Only the body that was invited answers. */
static enum status check_own(struct work *work, const struct loan_offer *offer)
{
	return work->who->all || id_same(offer->bank, need_org_of(work, work->who->id))
		? OK
		: fail(work, NO_RIGHT, NULL, "Only the bank that was invited does this|仅受邀机构可办理");
}

static enum status check_whole(struct work *work, const char *field, int64_t fen)
{
	return fen % LOAN_FEN ? fail(work, BAD_FIELD, field, "is in whole yuan|须为整元") : OK;
}

static enum status loan_offer_offer(struct work *work, const struct row *old, struct row *row)
{
	struct loan_offer *offer = self(row);
	bool cover = text_same(offer->kind, "insurance");
	(void)old;
	if (check_own(work, offer) != OK || check_whole(work, "amount", offer->amount) != OK)
		return work->status;
	if (offer->amount > loan_of(work, offer)->amount)
		fail(work, BAD_FIELD, "amount", "is more than was wanted|不能高于需求金额");
	if (!cover && !GIVEN(offer, loan_offer, rate))
		fail(work, BAD_FIELD, "rate", "must be given|必填");
	if (cover && !GIVEN(offer, loan_offer, premium))
		fail(work, BAD_FIELD, "premium", "must be given|必填");
	if (GIVEN(offer, loan_offer, valid_until) && offer->valid_until < work->today)
		fail(work, BAD_FIELD, "valid_until", "is past|早于今日");
	SET(offer, loan_offer, offered_at, V(work->now));
	return work->status == OK ? loan_settle(work, offer) : work->status;
}

static void put_decision(struct work *work, struct loan_offer *offer)
{
	const struct loan *loan = loan_of(work, offer);
	SET(offer, loan_offer, decided_at, V(work->now));
	SET(offer, loan_offer, minutes, V((work->now - loan->raised_at) / LOAN_MINUTE_MS));
	SET(offer, loan_offer, own_minutes, V((work->now - offer->invited_at) / LOAN_MINUTE_MS));
}

static enum status loan_offer_decline(struct work *work, const struct row *old, struct row *row)
{
	struct loan_offer *offer = self(row);
	(void)old;
	if (check_own(work, offer) != OK)
		return work->status;
	put_decision(work, offer);
	return loan_settle(work, offer);
}

static enum status loan_offer_refuse(struct work *work, const struct row *old, struct row *row)
{
	return loan_offer_decline(work, old, row);
}

/* The firm takes one of those that were offered; until the bank has decided, the others stay open. */
static enum status loan_offer_accept(struct work *work, const struct row *old, struct row *row)
{
	struct loan_offer *offer = self(row);
	(void)old;
	if (text_same(loan_of(work, offer)->state, "accepted"))
		return fail(work, BAD_STATE, NULL, "Another offer is taken and not decided yet|已选定其他方案，尚待审批");
	if (GIVEN(offer, loan_offer, valid_until) && offer->valid_until < work->today)
		return fail(work, BAD_STATE, NULL, "The offer holds no more|方案已过有效期");
	SET(offer, loan_offer, accepted_at, V(work->now));
	return loan_settle(work, offer);
}

static enum status loan_offer_approve(struct work *work, const struct row *old, struct row *row)
{
	struct loan_offer *offer = self(row);
	(void)old;
	if (check_own(work, offer) != OK)
		return work->status;
	if (!GIVEN(offer, loan_offer, approved))
		SET(offer, loan_offer, approved, V(offer->amount));
	if (check_whole(work, "approved", offer->approved) != OK)
		return work->status;
	if (offer->approved > offer->amount)
		return fail(work, BAD_FIELD, "approved", "is more than was offered|不能高于方案金额");
	SET(offer, loan_offer, paid, V(0));
	put_decision(work, offer);
	return loan_settle(work, offer) == OK ? loan_close_others(work, offer->loan, offer->row.id) : work->status;
}

static enum status add_payment(struct work *work, const struct loan_offer *offer)
{
	const struct who *who = work->who;
	struct who program = {.id = who->id, .name = who->name, .all = true};
	struct loan_payment *payment = (struct loan_payment *)row_new(work->arena, &loan_payment_record);
	struct row *row = &payment->row;
	struct id deed = work->deed;
	SET(payment, loan_payment, offer, V(offer->row.id));
	SET(payment, loan_payment, loan, V(offer->loan));
	SET(payment, loan_payment, site, V(offer->site));
	SET(payment, loan_payment, bank, V(offer->bank));
	SET(payment, loan_payment, kind, V(offer->kind));
	SET(payment, loan_payment, amount, V(offer->pay));
	SET(payment, loan_payment, day, V(offer->pay_day));
	SET(payment, loan_payment, voucher, V(offer->voucher));
	row->since = offer->pay_day;
	work->who = &program;
	work->deed = (struct id){{0}};
	enum status status = row_insert(work, &row, NULL);
	work->deed = deed;
	work->who = who;
	return status;
}

static enum status loan_offer_pay(struct work *work, const struct row *old, struct row *row)
{
	struct loan_offer *offer = self(row);
	(void)old;
	if (check_own(work, offer) != OK || check_whole(work, "pay", offer->pay) != OK)
		return work->status;
	if (offer->paid + offer->pay > offer->approved)
		return fail(work, BAD_FIELD, "pay", "goes beyond what was approved: %lld yuan are left|超出批准金额，尚余 %lld 元",
			(long long)((offer->approved - offer->paid) / LOAN_FEN));
	if (!GIVEN(offer, loan_offer, pay_day))
		SET(offer, loan_offer, pay_day, V(work->today));
	if (offer->pay_day > work->today)
		return fail(work, BAD_FIELD, "pay_day", "is in the future|不能晚于今日");
	if (offer->pay_day < deadline_day(work, offer->decided_at))
		return fail(work, BAD_FIELD, "pay_day", "is before the approval|早于批准日期");
	SET(offer, loan_offer, paid, V(offer->paid + offer->pay));
	if (offer->paid == offer->approved)
		SET(offer, loan_offer, state, V("paid"));
	if (add_payment(work, offer) != OK)
		return work->status;
	SET(offer, loan_offer, pay, value_null());
	SET(offer, loan_offer, pay_day, value_null());
	SET(offer, loan_offer, voucher, value_null());
	return loan_settle(work, offer);
}
