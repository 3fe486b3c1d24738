#include "app/worker_paper.h"

#include "base/paper.h"

enum { CODE_MM = 30, CARD_MM = 36 };

const void *worker_paper(struct work *work, const char *firm, const struct worker_card *cards, size_t count, size_t *size)
{
	const char *title = work_text(work, "Links for telling one's own health|职工健康填报链接");
	struct paper *paper = paper_new(work->arena, work->language, title, work->today);
	if (!paper)
		return NULL;
	paper_text(paper, PAPER_HEAD, PAPER_LEFT, title);
	paper_text(paper, PAPER_TEXT, PAPER_LEFT, firm);
	paper_text(paper, PAPER_SMALL, PAPER_LEFT,
		work_text(work,
			"Each link is of one person: cut out, hand over, keep to oneself. It ends when the person leaves the firm, or when the firm takes it back.|每个链接只供本人使用，请裁开发给本人，不要转发。职工离职或单位收回后失效。"));
	for (size_t i = 0; i < count; i++) {
		const struct worker_card *card = &cards[i];
		paper_room(paper, CARD_MM);
		paper_code(paper, card->link, CODE_MM,
			arena_print(work->arena,
				work_text(work,
					"%s  %s\n%s\nScan the code, then press: I am well today.|%s  %s\n%s\n扫码后点“今天无不适”即可。"),
				card->name, card->number ? card->number : "", card->dept ? card->dept : ""));
		paper_gap(paper, 4);
	}
	return paper_end(paper, size);
}
