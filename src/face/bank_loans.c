/* What a bank's users see of loans, and do: the invitations of their own body, and nothing of what other banks answer. */
#include "app/loan.h"
#include "app/need.h"
#include "app/rights.h"
#include "app/site.h"
#include "base/clock.h"
#include "face/commands.h"
#include "face/export.h"
#include "face/rest.h"
#include "record/list.h"
#include "record/shape.h"

/* Those of one's own body, within reach; a filter by state where it was asked for. */
static enum status read_own(struct call *call, struct list_ask *ask, size_t limit, struct list *list)
{
	struct work *work = &call->work;
	struct list_filter *filters = arena_alloc(work->arena, 2 * sizeof *filters);
	char org[ID_TEXT];
	struct id bank = need_org_of(work, work->who->id);
	const char *state = request_argument(call->request, "state");
	if (id_none(bank))
		return OK;
	filters[0] = (struct list_filter){.field = FIELD_OF(loan_offer, bank), .text = arena_copy(work->arena, id_print(bank, org))};
	filters[1] = (struct list_filter){.field = FIELD_OF(loan_offer, state), .text = state};
	*ask = (struct list_ask){.record = &loan_offer_record,
		.right = RIGHT_loan_offer,
		.path = "",
		.filters = filters,
		.filter_count = state && *state ? 2 : 1,
		.sort = FIELD_OF(loan_offer, invited_at),
		.down = true,
		.limit = limit,
		.after = request_argument(call->request, "after"),
		.day = DAY_FAR};
	return list_read(work, ask, list);
}

static void put_loan(struct work *work, struct json *json, const struct loan *loan)
{
	const struct site *site = (const struct site *)row_load(work, &site_record, loan->site);
	json_key(json, "loan");
	json_open(json, '{');
	json_put(json, "number", loan->number);
	json_put(json, "kind", loan->kind);
	json_put_whole(json, "amount", loan->amount);
	json_put(json, "purpose", loan->purpose);
	json_put(json, "purpose_text", loan->purpose_text);
	json_key(json, "months");
	if (GIVEN(loan, loan, months))
		json_whole(json, loan->months);
	else
		json_null_out(json);
	json_put_stamp(json, "raised_at", loan->raised_at);
	json_key(json, "materials");
	if (GIVEN(loan, loan, materials))
		json_raw(json, loan->materials);
	else
		json_raw(json, "[]");
	json_close(json, '}');
	json_key(json, "site");
	json_open(json, '{');
	json_put_id(json, "id", site->row.id);
	json_put(json, "name", site->name);
	json_put(json, "uscc", site->uscc);
	json_put(json, "industry", site->industry);
	json_put(json, "size", site->size);
	json_put(json, "status", site->status);
	json_close(json, '}');
}

static void put_offer(struct work *work, struct json *json, const struct row *row)
{
	const struct loan_offer *offer = (const struct loan_offer *)row;
	const struct loan *loan = (const struct loan *)row_load(work, &loan_record, offer->loan);
	if (!loan)
		return;
	json_open(json, '{');
	json_key(json, "offer");
	shape_one(work, json, row);
	put_loan(work, json, loan);
	json_close(json, '}');
}

enum status command_bank_loans(struct call *call)
{
	struct work *work = &call->work;
	struct json *json = &call->out;
	struct list list = {0};
	struct list_ask ask;
	int64_t limit;
	store_read(work);
	if (call_number(call, "limit", 50, 500, &limit) != OK || read_own(call, &ask, (size_t)limit, &list) != OK)
		return work->status;
	json_open(json, '{');
	json_put(json, "bank", shape_title(work, record_named("org"), need_org_of(work, work->who->id)));
	json_key(json, "rows");
	json_open(json, '[');
	for (size_t i = 0; i < list.count; i++)
		put_offer(work, json, list.rows[i]);
	json_close(json, ']');
	json_put(json, "next", list.next);
	json_close(json, '}');
	return OK;
}

/* --- as a sheet */

static void write_row(struct work *work, struct sheet_writer *sheet, const struct row *row)
{
	static const char *const fields[] = {
		"state", "invited_at", "amount", "rate", "premium", "months", "approved", "paid", "decided_at"};
	const struct loan_offer *offer = (const struct loan_offer *)row;
	const struct row *loan = row_load(work, &loan_record, offer->loan);
	sheet_put_text(sheet, ((const struct loan *)loan)->number);
	sheet_put_text(sheet, shape_title(work, &site_record, offer->site));
	sheet_put_text(sheet, shape_text(work, loan, FIELD_OF(loan, kind)));
	sheet_put_amount(sheet, ((const struct loan *)loan)->amount);
	sheet_put_text(sheet, shape_text(work, loan, FIELD_OF(loan, purpose)));
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
		sheet_put_text(sheet, shape_text(work, row, record_field(&loan_offer_record, fields[i])));
	sheet_end_row(sheet);
}

enum status command_bank_loans_sheet(struct call *call)
{
	enum { MOST = 10000 };
	static const char *const heads[] = {"Number|编号", "Site|企业（场所）", "Kind|类型", "Wanted|需求金额（保额）", "Purpose|用途",
		"State|状态", "Invited at|邀请时间", "Amount or cover|金额（保额）", "Yearly rate, 0.01 %|年利率（0.01%）", "Premium|保费",
		"Term|期限", "Approved|批准金额", "Paid out|已放款金额", "Decided at|审批时间"};
	struct work *work = &call->work;
	struct list list = {0};
	struct list_ask ask;
	struct sheet_error error;
	const char *path;
	store_read(work);
	if (read_own(call, &ask, MOST, &list) != OK || !(path = export_begin(call, SHEET_XLSX)))
		return work->status;
	struct sheet_writer *sheet =
		sheet_writer_open(path, SHEET_XLSX, work_text(work, "Loans and insurance|融资保险"), call->face->spool, &error);
	if (!sheet)
		return fail(work, FULL, NULL, "%s|%s", work_text(work, error.text));
	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
		sheet_put_text(sheet, work_text(work, heads[i]));
	sheet_end_row(sheet);
	for (size_t i = 0; i < list.count; i++)
		write_row(work, sheet, list.rows[i]);
	if (!sheet_writer_finish(sheet, &error))
		return fail(work, FULL, NULL, "%s|%s", work_text(work, error.text));
	return export_end(call, "loans", SHEET_XLSX);
}

/* --- steps */

/* What was not one's own body's invitation is not there. */
static enum status find_own(struct work *work, struct id id, struct row **row)
{
	*row = row_load(work, &loan_offer_record, id);
	const struct loan_offer *offer = (const struct loan_offer *)*row;
	struct id bank = need_org_of(work, work->who->id);
	bool own = offer && !id_none(bank) && id_same(offer->bank, bank);
	return own && who_reaches(work->who, RIGHT_loan_offer, offer->row.path, offer->site) ? OK : fail(work, NOT_FOUND, NULL, NULL);
}

static enum status run(struct call *call, const char *step)
{
	struct rest rest = {.call = call, .record = &loan_offer_record, .step = record_step(&loan_offer_record, step), .find = find_own};
	if (!id_parse(call->parts[0], &rest.id))
		return fail(&call->work, NOT_FOUND, NULL, NULL);
	return rest_step(&rest);
}

enum status command_bank_offer(struct call *call)
{
	return run(call, "offer");
}

enum status command_bank_decline(struct call *call)
{
	return run(call, "decline");
}

enum status command_bank_approve(struct call *call)
{
	return run(call, "approve");
}

enum status command_bank_refuse(struct call *call)
{
	return run(call, "refuse");
}

enum status command_bank_pay(struct call *call)
{
	return run(call, "pay");
}
