/* Lists without applications 免申即享名单: drawn up from the ledger, signed for all firms at once. */
#pragma once

#define DEF "app/grant_list.def"
#include "record/struct.h"

struct delivery;

/* The rows of a list, in the order of their firms' places; their number. In the arena. Needs work->db. */
size_t grant_list_rows(struct work *work, const char *number, struct delivery ***rows);
/* Adds up a list again of which a firm was taken out. Inside store_write. */
void grant_list_refresh(struct work *work, const char *number);

/* A list on paper (grant_list_paper.c). */
struct grant_line {
	const char *firm, *code; /* its name and credit code */
	int64_t amount;
};
struct grant_paper {
	const struct grant_list *list;
	const char *policy, *policy_no, *area;
	const struct grant_line *lines;
	size_t count;
};
/* All that it says. Needs work->db. */
struct grant_paper grant_paper_read(struct work *work, const struct grant_list *list);
/* As PDF in the arena; NULL where it could not be drawn. */
const void *grant_paper_draw(struct work *work, const struct grant_paper *paper, size_t *size);
