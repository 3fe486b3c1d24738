/* Lists without applications on paper and as a sheet. */
#include "app/grant_list.h"

#include "app/rights.h"
#include "base/sheet.h"
#include "face/commands.h"
#include "face/export.h"
#include "record/rows.h"

static enum status read_list(struct call *call, struct grant_paper *paper)
{
	struct row *row;
	if (call_row(call, &grant_list_record, RIGHT_delivery_read, &row) != OK)
		return call->work.status;
	*paper = grant_paper_read(&call->work, (const struct grant_list *)row);
	return OK;
}

enum status command_grant_list_paper(struct call *call)
{
	struct work *work = &call->work;
	struct grant_paper paper = {0};
	size_t size;
	if (read_list(call, &paper) != OK)
		return work->status;
	store_release(work);
	const void *bytes = grant_paper_draw(work, &paper, &size);
	return call_pdf(call, bytes, size, "grant-list");
}

static void put_line(struct sheet_writer *sheet, const struct grant_line *line, int64_t at)
{
	sheet_put_whole(sheet, at);
	sheet_put_text(sheet, line->firm);
	sheet_put_text(sheet, line->code);
	sheet_put_amount(sheet, line->amount);
	sheet_end_row(sheet);
}

enum status command_grant_list_sheet(struct call *call)
{
	static const char *const heads[] = {"No.|序号", "Firm|企业", "Credit code|统一社会信用代码", "Amount (yuan)|金额（元）"};
	struct work *work = &call->work;
	struct grant_paper paper = {0};
	struct sheet_error error;
	const char *path;
	int64_t sum = 0;
	if (read_list(call, &paper) != OK || !(path = export_begin(call, SHEET_XLSX)))
		return work->status;
	struct sheet_writer *sheet = sheet_writer_open(path, SHEET_XLSX, paper.list->number, call->face->spool, &error);
	if (!sheet)
		return fail(work, FULL, NULL, "%s|%s", work_text(work, error.text));
	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
		sheet_put_text(sheet, work_text(work, heads[i]));
	sheet_end_row(sheet);
	for (size_t i = 0; i < paper.count; i++) {
		put_line(sheet, &paper.lines[i], (int64_t)i + 1);
		sum += paper.lines[i].amount;
	}
	sheet_put_none(sheet);
	sheet_put_text(sheet, work_text(work, "Sum|合计"));
	sheet_put_none(sheet);
	sheet_put_amount(sheet, sum);
	sheet_end_row(sheet);
	if (!sheet_writer_finish(sheet, &error))
		return fail(work, FULL, NULL, "%s|%s", work_text(work, error.text));
	return export_end(call, "grant-list", SHEET_XLSX);
}
