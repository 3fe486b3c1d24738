/* A certificate of service on paper. */
#include "app/bulletin.h"
#include "app/certificate.h"
#include "base/paper.h"
#include "record/record.h"

static const char *sentence(struct work *work, const struct certificate_paper *given)
{
	const struct certificate *one = given->certificate;
	const char *from = day_long(work, one->first_day), *until = day_long(work, one->day);
	const char *who = one->unit ? arena_print(work->arena, work_text(work, "%s (%s)|%s（%s）"), given->name, one->unit) : given->name;
	return arena_print(work->arena,
		work_text(work,
			"This certifies that %s served at the posts named below between %s and %s.|兹证明%s于%s至%s期间，在下列岗位参加应急服务。"),
		who, from, until);
}

/* "12 days, 86 hours"; of posts without shifts no hours are known. */
static const char *sum(struct work *work, const struct certificate *one)
{
	const char *days = number_print(work->arena, one->served_days), *hours = number_print(work->arena, one->served_hours);
	if (!one->served_hours)
		return arena_print(work->arena, work_text(work, "%s days|%s 天"), days);
	return arena_print(work->arena, work_text(work, "%s days, %s hours|%s 天，%s 小时"), days, hours);
}

static void write_posts(struct work *work, struct paper *paper, const struct certificate *one)
{
	size_t count;
	const struct service *list = certificate_lines(work, one, &count);
	const struct paper_column columns[] = {
		{work_text(work, "Post|岗位"), 66, false},
		{work_text(work, "From|起"), 34, false},
		{work_text(work, "Until|止"), 34, false},
		{work_text(work, "Days|天数"), 17, true},
		{work_text(work, "Hours|小时"), 19, true},
	};
	paper_table(paper, columns, sizeof columns / sizeof *columns);
	for (size_t i = 0; i < count; i++)
		paper_row(paper,
			(const char *const[]){list[i].title, day_long(work, list[i].begins), day_long(work, list[i].ends),
				number_print(work->arena, list[i].days), list[i].hours ? number_print(work->arena, list[i].hours) : "—"});
	paper_gap(paper, 2);
	paper_text(paper, PAPER_SMALL, PAPER_LEFT,
		work_text(work,
			"Days are those with a shift checked in and out; at posts without shifts, those on which the post was held. Days at several posts count once in the sum.|"
			"天数为签到并签退的当班天数；未排班的岗位按派驻天数计。同日在多个岗位的，合计中只计一天。"));
}

const void *certificate_draw(struct work *work, const struct certificate_paper *given, size_t *size)
{
	const struct certificate *one = given->certificate;
	const char *title = work_text(work, "Certificate of service|服务证明");
	struct paper *paper = paper_new(work->arena, work->language, title, one->day);
	if (!paper)
		return NULL;
	const char *number = arena_print(work->arena, work_text(work, "Number %s|编号 %s"), one->number);
	paper_foot(paper, number);
	paper_gap(paper, 12);
	paper_text(paper, PAPER_TITLE, PAPER_CENTER, title);
	paper_text(paper, PAPER_SMALL, PAPER_CENTER, number);
	paper_gap(paper, 12);
	paper_text(paper, PAPER_LEAD, PAPER_LEFT, sentence(work, given));
	paper_gap(paper, 4);
	paper_fact(paper, work_text(work, "Name|姓名"), given->name);
	paper_fact(paper, work_text(work, "Unit|单位"), one->unit);
	paper_fact(paper, work_text(work, "Served in all|累计服务"), sum(work, one));
	paper_gap(paper, 6);
	write_posts(work, paper, one);
	paper_room(paper, 62);
	paper_gap(paper, 10);
	if (one->issuer)
		paper_text(paper, PAPER_TEXT, PAPER_RIGHT, one->issuer);
	paper_text(paper, PAPER_TEXT, PAPER_RIGHT, day_long(work, one->day));
	paper_gap(paper, 8);
	paper_code(paper, given->link, 28,
		arena_print(work->arena,
			work_text(work, "Scan the code to verify this certificate, or open\n%s|扫描二维码可核验本证明真伪，或访问\n%s"),
			given->link));
	return paper_end(paper, size);
}
