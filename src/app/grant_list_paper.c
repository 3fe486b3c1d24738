/* A list without applications on paper, to be signed. */
#include "app/area.h"
#include "app/bulletin.h"
#include "app/delivery_text.h"
#include "app/grant_list.h"
#include "app/policy.h"
#include "app/site.h"
#include "base/paper.h"
#include "record/rows.h"

struct grant_paper grant_paper_read(struct work *work, const struct grant_list *list)
{
	struct delivery **rows = NULL;
	size_t count = grant_list_rows(work, list->number, &rows);
	struct grant_line *lines = arena_alloc(work->arena, (count + 1) * sizeof *lines);
	const struct policy *policy = (const struct policy *)row_load(work, &policy_record, list->policy);
	const struct area *area = (const struct area *)row_load(work, &area_record, list->area);
	for (size_t i = 0; i < count; i++) {
		const struct site *site = (const struct site *)row_load(work, &site_record, rows[i]->site);
		lines[i] = (struct grant_line){.firm = site ? site->name : "",
			.code = site && GIVEN(site, site, uscc) ? site->uscc : "",
			.amount = GIVEN(rows[i], delivery, granted_day) ? rows[i]->granted : rows[i]->estimate};
	}
	return (struct grant_paper){.list = list,
		.policy = policy ? policy->title : "",
		.policy_no = policy && GIVEN(policy, policy, doc_no) ? policy->doc_no : NULL,
		.area = area ? area->name : "",
		.lines = lines,
		.count = count};
}

static void write_lines(struct work *work, struct paper *paper, const struct grant_paper *given)
{
	const struct paper_column columns[] = {
		{work_text(work, "No.|序号"), 14, true},
		{work_text(work, "Firm|企业"), 76, false},
		{work_text(work, "Credit code|统一社会信用代码"), 46, false},
		{work_text(work, "Amount (yuan)|金额（元）"), 34, true},
	};
	int64_t sum = 0;
	paper_table(paper, columns, sizeof columns / sizeof *columns);
	for (size_t i = 0; i < given->count; i++) {
		sum += given->lines[i].amount;
		paper_row(paper,
			(const char *const[]){number_print(work->arena, (int64_t)i + 1), given->lines[i].firm, given->lines[i].code,
				money_print(work->arena, given->lines[i].amount)});
	}
	paper_row(paper,
		(const char *const[]){"",
			arena_print(work->arena, work_text(work, "Sum of %s firms|合计（%s 家）"),
				number_print(work->arena, (int64_t)given->count)),
			"", money_print(work->arena, sum)});
}

const void *grant_paper_draw(struct work *work, const struct grant_paper *given, size_t *size)
{
	const struct grant_list *list = given->list;
	const char *title = work_text(work, "Firms that get it without applying|免申即享兑现名单");
	struct paper *paper = paper_new(work->arena, work->language, title, list->day);
	if (!paper)
		return NULL;
	const char *number = arena_print(work->arena, work_text(work, "Number %s|编号 %s"), list->number);
	paper_foot(paper, number);
	paper_text(paper, PAPER_TITLE, PAPER_CENTER, title);
	paper_text(paper, PAPER_SMALL, PAPER_CENTER, number);
	paper_gap(paper, 6);
	paper_fact(paper, work_text(work, "Policy|政策"), given->policy);
	paper_fact(paper, work_text(work, "Its document|政策文号"), given->policy_no);
	paper_fact(paper, work_text(work, "Area|区划"), given->area);
	paper_fact(paper, work_text(work, "Document|兑现文号"), list->doc_no);
	paper_fact(paper, work_text(work, "Drawn up|拟制"),
		arena_print(work->arena, "%s  %s", list->drawn_by ? list->drawn_by : "", day_long(work, list->day)));
	paper_fact(paper, work_text(work, "Signed|签发"),
		list->signed_by ? arena_print(work->arena, "%s  %s", list->signed_by, day_long(work, list->signed_day)) : NULL);
	paper_gap(paper, 6);
	write_lines(work, paper, given);
	paper_gap(paper, 4);
	paper_text(paper, PAPER_SMALL, PAPER_LEFT,
		work_text(work,
			"Amounts are computed from the facts on record by the formula of the policy.|金额依政策公式按登记信息测算。"));
	paper_room(paper, 40);
	paper_gap(paper, 10);
	paper_sign(paper, work_text(work, "Checked by: name, day|审核：签名、日期"),
		work_text(work, "Signed for the department: name, day|部门签发：签名、日期"));
	return paper_end(paper, size);
}
