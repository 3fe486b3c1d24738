/* Loans and insurance over HTTP: the board by state, and what came of them by bank and area, as JSON and as a sheet. */
#include "app/loan.h"

#include "app/area.h"
#include "app/loan_sums.h"
#include "face/board.h"
#include "face/commands.h"
#include "face/export.h"

enum status command_loans_board(struct call *call)
{
	static const char *const views[] = {"waiting"};
	const struct board board = {.record = &loan_record, .sort = "raised_at", .views = views, .view_count = 1};
	return board_answer(call, &board);
}

/* --- by bank and area */

static enum status read_sums(struct call *call, struct loan_sums *sums)
{
	struct work *work = &call->work;
	const char *asked = request_argument(call->request, "area"), *kind = request_argument(call->request, "loan_kind");
	if (kind && *kind && !text_listed("loan,insurance", ',', kind))
		return fail(work, BAD_FIELD, "loan_kind", "is loan or insurance|须为 loan 或 insurance");
	sums->kind = kind && *kind ? kind : NULL;
	store_read(work);
	/* whoever has a site alone reaches no area, and sees the sums of that site */
	struct area *area = area_find(work, asked);
	if (!area && asked && *asked)
		return fail(work, NOT_FOUND, "area", "There is no such area|没有这个区划");
	loan_sums_read(work, area, sums);
	return OK;
}

static void put_minutes(struct json *json, const char *key, int64_t minutes)
{
	json_key(json, key);
	if (minutes < 0)
		json_null_out(json);
	else
		json_whole(json, minutes);
}

static void put_sum(struct json *json, const struct loan_sum *sum, bool bank)
{
	json_open(json, '{');
	if (sum->name)
		json_put_id(json, "id", sum->id);
	if (sum->name)
		json_put(json, "name", sum->name);
	json_put_whole(json, "count", sum->count);
	json_put_whole(json, "wanted", sum->wanted);
	if (bank)
		json_put_whole(json, "offered", sum->offered);
	json_put_whole(json, "decided", sum->decided);
	json_put_whole(json, "approved", sum->approved);
	json_put_whole(json, "refused", sum->refused);
	json_put_whole(json, "granted", sum->granted);
	json_put_whole(json, "paid", sum->paid);
	put_minutes(json, "median", sum->median);
	if (bank)
		put_minutes(json, "own_median", sum->own_median);
	json_close(json, '}');
}

static void put_list(struct json *json, const char *key, const struct loan_sum *list, size_t count, bool bank)
{
	json_key(json, key);
	json_open(json, '[');
	for (size_t i = 0; i < count; i++)
		put_sum(json, &list[i], bank);
	json_close(json, ']');
}

enum status command_loan_sums(struct call *call)
{
	struct loan_sums sums = {0};
	struct json *json = &call->out;
	if (read_sums(call, &sums) != OK)
		return call->work.status;
	json_open(json, '{');
	json_key(json, "total");
	put_sum(json, &sums.total, false);
	put_list(json, "banks", sums.banks, sums.bank_count, true);
	put_list(json, "areas", sums.areas, sums.area_count, false);
	json_close(json, '}');
	return OK;
}

static void write_minutes(struct sheet_writer *sheet, int64_t minutes)
{
	if (minutes < 0)
		sheet_put_none(sheet);
	else
		sheet_put_whole(sheet, minutes);
}

static void write_sums(struct work *work, struct sheet_writer *sheet, const char *what, const struct loan_sum *list, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		sheet_put_text(sheet, work_text(work, what));
		sheet_put_text(sheet, list[i].name);
		sheet_put_whole(sheet, list[i].count);
		sheet_put_amount(sheet, list[i].wanted);
		sheet_put_whole(sheet, list[i].decided);
		sheet_put_whole(sheet, list[i].approved);
		sheet_put_whole(sheet, list[i].refused);
		sheet_put_amount(sheet, list[i].granted);
		sheet_put_amount(sheet, list[i].paid);
		write_minutes(sheet, list[i].median);
		sheet_end_row(sheet);
	}
}

enum status command_loan_sheet(struct call *call)
{
	static const char *const heads[] = {"By|口径", "Bank or area|机构或区划", "Asked|笔数",
		"Wanted or offered, yuan|需求（方案）金额（元）", "Decided|已审批", "Approved|获批", "Refused|未获批",
		"Approved, yuan|获批金额（元）", "Paid out, yuan|放款金额（元）", "Median minutes to the decision|审批用时中位数（分钟）"};
	struct work *work = &call->work;
	struct loan_sums sums = {0};
	struct sheet_error error;
	const char *path;
	if (read_sums(call, &sums) != OK || !(path = export_begin(call, SHEET_XLSX)))
		return work->status;
	struct sheet_writer *sheet =
		sheet_writer_open(path, SHEET_XLSX, work_text(work, "Loans and insurance|融资保险"), call->face->spool, &error);
	if (!sheet)
		return fail(work, FULL, NULL, "%s|%s", work_text(work, error.text));
	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
		sheet_put_text(sheet, work_text(work, heads[i]));
	sheet_end_row(sheet);
	write_sums(work, sheet, "Bank|机构", sums.banks, sums.bank_count);
	write_sums(work, sheet, "Area|区划", sums.areas, sums.area_count);
	if (!sheet_writer_finish(sheet, &error))
		return fail(work, FULL, NULL, "%s|%s", work_text(work, error.text));
	return export_end(call, "loans", SHEET_XLSX);
}
