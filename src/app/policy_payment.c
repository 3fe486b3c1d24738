#include "app/policy_payment.h"

#include "app/rights.h"
#include "base/text.h"
#include "record/rows.h"

static enum status policy_payment_check(struct work *work, const struct row *old, struct row *row);
static enum status policy_payment_saved(struct work *work, const struct row *old, const struct row *row);
static int64_t measure_policy_money_paid(struct work *work, const struct row *row, int64_t day);
static void policy_payment_breaks(struct work *work, const struct row *row, struct breaks *breaks);

#define DEF "app/policy_payment.def"
#define HOOKS .check = policy_payment_check, .saved = policy_payment_saved, .breaks = policy_payment_breaks,
#include "record/table.h"

enum { FEN = 100 };

static const struct policy_payment *self(const struct row *row)
{
	return (const struct policy_payment *)row;
}

static int64_t measure_policy_money_paid(struct work *work, const struct row *row, int64_t day)
{
	(void)work;
	return self(row)->day == day ? self(row)->amount / FEN : 0;
}

static void policy_payment_breaks(struct work *work, const struct row *row, struct breaks *breaks)
{
	(void)work;
	breaks_add(breaks, self(row)->day);
}

static enum status policy_payment_check(struct work *work, const struct row *old, struct row *row)
{
	(void)old;
	return GIVEN(self(row), policy_payment, delivery)
		? OK
		: fail(work, BAD_STATE, NULL, "Record a payment by the step of its delivery|请在政策送达记录上登记拨付");
}

static enum status policy_payment_saved(struct work *work, const struct row *old, const struct row *row)
{
	(void)old;
	return row->voided_at
		? fail(work, BAD_STATE, NULL, "A line of the ledger stays: record what is paid back|台账明细不能作废，请登记收回")
		: OK;
}
