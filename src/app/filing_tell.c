/* Who is told of a filing's steps: in the same transaction as the step. */
#include "app/filing.h"
#include "app/notice_box.h"
#include "app/site.h"

void filing_tell(struct work *work, const struct filing *filing, const char *step)
{
	static const struct {
		const char *step, *what;
		bool firm, office;
	} told[] = {{"submit", "filing_submitted", false, true}, {"take", "filing_taken", true, false},
		{"send_back", "filing_returned", true, false}, {"approve", "filing_approved", true, false},
		{"refuse", "filing_refused", true, false}, {"suspend", "filing_suspended", true, true},
		{"lift", "filing_lifted", true, false}, {"withdraw", "filing_withdrawn", false, true},
		{"fulfil", "filing_fulfilled", false, true}, {"change_batch", "filing_batch_changed", false, true},
		{"complete", "filing_completed", true, false}};
	const struct site *site = (const struct site *)row_load(work, &site_record, filing->site);
	for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
		struct notice_to to = {0};
		if (!text_same(told[i].step, step))
			continue;
		if (told[i].firm) {
			notice_to_site(work, &to, filing->site);
			notice_to_user(work, &to, filing->submitted_by);
		}
		if (told[i].office && !id_none(filing->reviewer))
			notice_to_user(work, &to, filing->reviewer);
		else if (told[i].office)
			notice_to_above(work, &to, &filing->row, "officer");
		const char *what = text_same(step, "submit") && !text_same(filing->state, "submitted") ? "filing_recorded" : told[i].what;
		notice_write(
			work, &to, &filing->row, what, arena_print(work->arena, "%s %s", filing->number ? filing->number : "", site->name));
	}
}
