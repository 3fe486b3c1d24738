/* A filing on paper: the form filled in, what was decided, and the code that opens its public state. */
#include "app/bulletin.h"
#include "app/filing.h"
#include "app/site.h"
#include "base/paper.h"
#include "record/picks.h"
#include "record/shape.h"

enum { MOST_BATCHES = 200 };

struct filing_line {
	int64_t day, people;
	const char *part, *orders;
};

static const char *pick(struct work *work, const struct record *record, const char *field, const char *code)
{
	const char *label = code ? picks_label(work->arena, record_field(record, field)->picks, code) : NULL;
	return label ? work_text(work, label) : code;
}

struct filing_paper filing_paper_read(struct work *work, const struct filing *filing)
{
	size_t space = 0;
	struct filing_paper paper = {.filing = filing, .site = (const struct site *)row_load(work, &site_record, filing->site)};
	paper.area = shape_pointed(work, &paper.site->row, FIELD_OF(site, area));
	if (shape_reveals(work, &paper.site->row))
		*ARENA_PUSH(work->arena, work->shown, work->shown_count, work->shown_space) = &paper.site->row;
	struct query *query = db_query(work->db,
		arena_print(work->arena,
			"SELECT day, people, part, orders FROM filing_batches WHERE filing = ? AND voided_at IS NULL ORDER BY day, id LIMIT %d",
			MOST_BATCHES),
		BIND(V(filing->row.id)));
	while (db_next(query))
		*ARENA_PUSH(work->arena, paper.lines, paper.line_count, space) = (struct filing_line){.day = db_whole(query, 0),
			.people = db_whole(query, 1),
			.part = db_copy(query, 2, work->arena),
			.orders = db_copy(query, 3, work->arena)};
	return paper;
}

static void fact(struct work *work, struct paper *paper, const struct filing *filing, const char *name)
{
	const struct field *field = record_field(&filing_record, name);
	struct value value = row_get(&filing->row, field);
	const char *text = NULL;
	if (value.type == VALUE_NULL)
		return;
	if (field->kind == &kind_flag)
		text = work_text(work, value.whole ? "yes|是" : "no|否");
	else if (field->kind == &kind_day)
		text = day_long(work, value.whole);
	else if (field->kind->holds == VALUE_WHOLE)
		text = field->unit ? arena_print(work->arena, "%s %s", number_print(work->arena, value.whole), work_text(work, field->unit))
				   : number_print(work->arena, value.whole);
	else
		text = value.text;
	paper_fact(paper, work_text(work, field->label), text);
}

static void write_firm(struct work *work, struct paper *paper, const struct filing_paper *given)
{
	static const int facts[] = {
		site_at_name, site_at_uscc, site_at_legal, site_at_address, site_at_scope, site_at_contact, site_at_phone};
	paper_text(paper, PAPER_HEAD, PAPER_LEFT, work_text(work, "The firm|企业情况"));
	for (size_t i = 0; i < sizeof facts / sizeof *facts; i++)
		paper_fact(paper, work_text(work, site_record.fields[facts[i]].label),
			shape_text(work, &given->site->row, &site_record.fields[facts[i]]));
	paper_fact(paper, work_text(work, "Area|所属区划"), given->area);
	paper_gap(paper, 4);
}

static void write_form(struct work *work, struct paper *paper, const struct filing *filing)
{
	static const char *const facts[] = {"day", "staff", "back", "outside", "six", "isolation", "rooms", "rooms_needed", "disinfection",
		"temperature", "publicity", "masks", "stock_days", "reason"};
	paper_text(paper, PAPER_HEAD, PAPER_LEFT, work_text(work, "What is filed|备案内容"));
	for (size_t i = 0; i < sizeof facts / sizeof *facts; i++)
		fact(work, paper, filing, facts[i]);
	paper_gap(paper, 4);
}

static void write_batches(struct work *work, struct paper *paper, const struct filing_paper *given)
{
	const struct paper_column columns[] = {
		{work_text(work, "Day|返岗日期"), 40, false},
		{work_text(work, "People|人数"), 20, true},
		{work_text(work, "Process or workshop|工序或车间"), 55, false},
		{work_text(work, "Orders|对应订单"), 55, false},
	};
	if (!given->line_count)
		return;
	paper_text(paper, PAPER_HEAD, PAPER_LEFT, work_text(work, "Batches of returning staff|分批返岗计划"));
	paper_table(paper, columns, sizeof columns / sizeof *columns);
	for (size_t i = 0; i < given->line_count; i++) {
		const struct filing_line *line = &given->lines[i];
		paper_row(paper,
			(const char *const[]){day_long(work, line->day), number_print(work->arena, line->people),
				line->part ? line->part : "", line->orders ? line->orders : ""});
	}
	paper_gap(paper, 4);
}

static void write_decision(struct work *work, struct paper *paper, const struct filing *filing)
{
	static const char *const facts[] = {"begins", "conditions", "conditions_due", "opinion"};
	paper_text(paper, PAPER_HEAD, PAPER_LEFT, work_text(work, "Decision|办理结果"));
	paper_fact(paper, work_text(work, "State|状态"), pick(work, &filing_record, "state", filing->state));
	for (size_t i = 0; i < sizeof facts / sizeof *facts; i++)
		fact(work, paper, filing, facts[i]);
	paper_room(paper, 60);
	paper_gap(paper, 8);
	paper_sign(paper, work_text(work, "Firm (seal)|企业（盖章）"), work_text(work, "Reviewing office (seal)|审核单位（盖章）"));
	paper_gap(paper, 8);
}

const void *filing_draw(struct work *work, const struct filing_paper *given, size_t *size)
{
	const struct filing *filing = given->filing;
	const char *title = work_text(work, "Filing to resume work|企业复工备案表");
	struct paper *paper = paper_new(work->arena, work->language, title, work->today);
	if (!paper)
		return NULL;
	const char *number = arena_print(
		work->arena, work_text(work, "Number %s|编号 %s"), filing->number ? filing->number : work_text(work, "(draft)|（草稿）"));
	paper_foot(paper, number);
	paper_text(paper, PAPER_TITLE, PAPER_CENTER, title);
	paper_text(paper, PAPER_SMALL, PAPER_CENTER,
		arena_print(work->arena, "%s  %s", number, pick(work, &filing_record, "route", filing->route)));
	paper_gap(paper, 6);
	write_firm(work, paper, given);
	write_form(work, paper, filing);
	write_batches(work, paper, given);
	write_decision(work, paper, filing);
	if (filing->number)
		paper_code(paper, given->link, 28,
			arena_print(work->arena,
				work_text(work,
					"Scan the code to see how this filing stands, or open\n%s|扫描二维码可查询备案状态，或访问\n%s"),
				given->link));
	return paper_end(paper, size);
}
