#include "app/loan.h"

#include <string.h>

#include "app/deadline.h"
#include "app/notice_box.h"
#include "app/number.h"
#include "app/org.h"
#include "app/rights.h"
#include "app/settings.h"
#include "app/site.h"
#include "base/clock.h"
#include "record/store.h"

static enum status loan_check(struct work *work, const struct row *old, struct row *row);
static enum status loan_saved(struct work *work, const struct row *old, const struct row *row);
static const char *loan_view(struct work *work, const char *name, struct sql *sql);
static void loan_show(struct work *work, const struct row *row, struct json *json);
static void loan_breaks(struct work *work, const struct row *row, struct breaks *breaks);
static enum status loan_invite(struct work *work, const struct row *old, struct row *row);
static enum status loan_withdraw(struct work *work, const struct row *old, struct row *row);
static int64_t measure_loans_raised(struct work *work, const struct row *row, int64_t day);
static int64_t measure_loans_wanted(struct work *work, const struct row *row, int64_t day);
static int64_t measure_loans_open(struct work *work, const struct row *row, int64_t day);
static int64_t measure_loans_decided(struct work *work, const struct row *row, int64_t day);
static int64_t measure_loans_approved(struct work *work, const struct row *row, int64_t day);
static int64_t measure_loans_granted(struct work *work, const struct row *row, int64_t day);
static int64_t measure_loan_firms(struct work *work, const struct row *row, int64_t day);
static int64_t measure_loan_minutes(struct work *work, const struct row *row, int64_t day);

#define DEF "app/loan.def"
#define HOOKS .check = loan_check, .saved = loan_saved, .view = loan_view, .show = loan_show, .breaks = loan_breaks,
#include "record/table.h"

static const struct loan *self(const struct row *row)
{
	return (const struct loan *)row;
}

bool loan_undecided(const char *state)
{
	return text_listed("raised,invited,offered,accepted", ',', state ? state : "");
}

/* --- what it counts for */

static bool on_day(const struct work *work, int64_t stamp, int64_t day)
{
	return deadline_day(work, stamp) == day;
}

static int64_t measure_loans_raised(struct work *work, const struct row *row, int64_t day)
{
	return on_day(work, self(row)->raised_at, day);
}

static int64_t measure_loans_wanted(struct work *work, const struct row *row, int64_t day)
{
	return measure_loans_raised(work, row, day) ? self(row)->amount / LOAN_FEN : 0;
}

/* The day from which it waits no more: it was decided, or taken back. */
static int64_t waits_until(const struct work *work, const struct loan *loan)
{
	if (GIVEN(loan, loan, decided_at))
		return deadline_day(work, loan->decided_at);
	return GIVEN(loan, loan, withdrawn_at) ? deadline_day(work, loan->withdrawn_at) : DAY_FAR;
}

static int64_t measure_loans_open(struct work *work, const struct row *row, int64_t day)
{
	return day >= deadline_day(work, self(row)->raised_at) && day < waits_until(work, self(row));
}

static int64_t measure_loans_decided(struct work *work, const struct row *row, int64_t day)
{
	return GIVEN(self(row), loan, decided_at) && on_day(work, self(row)->decided_at, day);
}

static int64_t measure_loans_approved(struct work *work, const struct row *row, int64_t day)
{
	return GIVEN(self(row), loan, approved) && measure_loans_decided(work, row, day);
}

static int64_t measure_loans_granted(struct work *work, const struct row *row, int64_t day)
{
	return measure_loans_approved(work, row, day) ? self(row)->approved / LOAN_FEN : 0;
}

/* A firm counts once, with the first that was approved of a kind. */
static int64_t measure_loan_firms(struct work *work, const struct row *row, int64_t day)
{
	return measure_loans_approved(work, row, day) && self(row)->first;
}

/* Real minutes, by night and on days off too. Divided by what was decided: the mean time of a decision; loan_sums.h gives the median. */
static int64_t measure_loan_minutes(struct work *work, const struct row *row, int64_t day)
{
	return measure_loans_decided(work, row, day) && GIVEN(self(row), loan, minutes) ? self(row)->minutes : 0;
}

static void loan_breaks(struct work *work, const struct row *row, struct breaks *breaks)
{
	const struct loan *loan = self(row);
	int64_t from = deadline_day(work, loan->raised_at), until = waits_until(work, loan);
	breaks_add(breaks, from);
	if (until != DAY_FAR)
		breaks_add(breaks, until);
}

/* --- rules */

/* DK-2020-000123: counted by incident and year. */
static const char *next_number(struct work *work)
{
	int year;
	int64_t number = number_next(work, "loan", work->today, &year);
	return arena_print(work->arena, "%s-%d-%06lld", settings_value(work, "loan_prefix"), year, (long long)number);
}

static void raise(struct work *work, struct loan *loan)
{
	SET(loan, loan, number, V(next_number(work)));
	SET(loan, loan, state, V("raised"));
	SET(loan, loan, raised_at, V(work->now));
	loan->row.since = work->today;
}

static enum status loan_check(struct work *work, const struct row *old, struct row *row)
{
	struct loan *loan = (struct loan *)row;
	if (loan->amount % LOAN_FEN)
		return fail(work, BAD_FIELD, "amount", "is in whole yuan|须为整元");
	if (!old)
		raise(work, loan);
	else if (!work->who->all && text_listed("approved,paying,paid,withdrawn", ',', self(old)->state))
		return fail(work, BAD_STATE, NULL, "It is decided or withdrawn and does not change any more|已审批或撤回，不能再修改");
	else if (loan->amount != self(old)->amount && !text_listed("raised,invited", ',', self(old)->state))
		return fail(work, BAD_FIELD, "amount", "stands once a bank has made an offer|已有机构出方案，金额不能再改");
	SET(loan, loan, waits_since, loan_undecided(loan->state) ? V(loan->raised_at) : value_null());
	return OK;
}

/* --- who is told */

static void tell(struct work *work, const struct loan *loan, const char *what, bool above)
{
	struct notice_to to = {0};
	notice_to_site(work, &to, loan->site);
	notice_to_user(work, &to, loan->row.made_by);
	if (above)
		notice_to_above(work, &to, &loan->row, settings_value(work, "loan_roles"));
	notice_write(work, &to, &loan->row, what, loan->number);
}

static enum status loan_saved(struct work *work, const struct row *old, const struct row *row)
{
	static const char *const told[][2] = {{"offered", "loan_offered"}, {"approved", "loan_approved"}, {"paying", "loan_paid"},
		{"paid", "loan_paid"}, {"refused", "loan_refused"}};
	const struct loan *loan = self(row);
	if (row->voided_at)
		return text_same(loan->state, "raised")
			? OK
			: fail(work, BAD_STATE, NULL, "Banks were invited: withdraw it|已邀请机构，请办理撤回");
	if (!old) {
		tell(work, loan, "loan_raised", true);
		return OK;
	}
	for (size_t i = 0; i < sizeof told / sizeof *told; i++)
		if (text_same(told[i][0], loan->state) && (!text_same(self(old)->state, loan->state) || loan->paid != self(old)->paid))
			tell(work, loan, told[i][1], text_same(loan->state, "refused"));
	return OK;
}

/* --- steps */

bool loan_is_bank(struct work *work, struct id org)
{
	const struct org *body = id_none(org) ? NULL : (const struct org *)row_load(work, &org_record, org);
	bool lives = body && !body->row.voided_at && !(GIVEN(body, org, closes) && body->closes <= work->today);
	return lives && text_listed(LOAN_BANKS, ',', body->kind);
}

enum status loan_invite_one(struct work *work, const struct loan *loan, struct id bank)
{
	struct loan_offer *offer = (struct loan_offer *)row_new(work->arena, &loan_offer_record);
	struct row *row = &offer->row;
	struct id deed = work->deed;
	if (!loan_is_bank(work, bank))
		return fail(work, BAD_FIELD, "invited", "names a body that is no bank or insurer|所选单位不是银行、保险机构");
	if (db_get(work->db, 0,
		    "SELECT 1 FROM loan_offers WHERE loan = ? AND bank = ? AND voided_at IS NULL AND state NOT IN ('declined', 'refused', 'closed')",
		    BIND(V(loan->row.id), V(bank))))
		return OK;
	SET(offer, loan_offer, loan, V(loan->row.id));
	SET(offer, loan_offer, bank, V(bank));
	work->deed = (struct id){{0}}; /* it names the step */
	enum status status = row_insert(work, &row, NULL);
	work->deed = deed;
	return status;
}

/* Those named are invited beside whoever is already; several at once. */
static enum status loan_invite(struct work *work, const struct row *old, struct row *row)
{
	struct loan *loan = (struct loan *)row;
	const char *given = loan->invited, *before = GIVEN(self(old), loan, invited) ? self(old)->invited : "[]";
	json_t *all = json_read(work->arena, before, strlen(before), NULL), *ids = json_read(work->arena, given, strlen(given), NULL);
	for (size_t i = 0; i < json_array_size(ids); i++) {
		struct id bank = {{0}};
		bool listed = false;
		const char *text = json_string_value(json_array_get(ids, i));
		if (!text || !id_parse(text, &bank) || loan_invite_one(work, loan, bank) != OK)
			return work->status == OK ? fail(work, BAD_FIELD, "invited", "names nothing that is there|所指不存在")
						  : work->status;
		for (size_t j = 0; j < json_array_size(all); j++)
			listed = listed || text_same(json_string_value(json_array_get(all, j)), text);
		if (!listed)
			json_array_append_new(all, json_string(text));
	}
	if (json_array_size(ids) == 0)
		return fail(work, BAD_FIELD, "invited", "must be given|必填");
	SET(loan, loan, invited, V(json_print(work->arena, all)));
	/* one that was refused begins anew: the decision that counted before counts no more */
	if (!text_same(self(old)->state, "offered"))
		SET(loan, loan, state, V("invited"));
	SET(loan, loan, decided_at, value_null());
	SET(loan, loan, minutes, value_null());
	SET(loan, loan, bank, value_null());
	SET(loan, loan, reason, value_null());
	SET(loan, loan, reason_text, value_null());
	return OK;
}

/* Whoever was invited is told, and answers no more. */
static enum status loan_withdraw(struct work *work, const struct row *old, struct row *row)
{
	SET((struct loan *)row, loan, withdrawn_at, V(work->now));
	return loan_close_others(work, old->id, (struct id){{0}});
}

/* --- lists */

static const char *loan_view(struct work *work, const char *name, struct sql *sql)
{
	(void)work;
	if (!text_same(name, "waiting"))
		return NULL;
	sql_add(sql, " AND waits_since > 0", NOTHING);
	return "waits_since";
}

/* How long it waits, or waited, in whole minutes. */
static void loan_show(struct work *work, const struct row *row, struct json *json)
{
	const struct loan *loan = self(row);
	if (loan_undecided(loan->state))
		json_put_whole(json, "waited", (work->now - loan->raised_at) / LOAN_MINUTE_MS);
	else if (GIVEN(loan, loan, minutes))
		json_put_whole(json, "waited", loan->minutes);
}
