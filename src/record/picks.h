/* The list of a pick field: "code=English|中文, code=English|中文". */
#pragma once

#include "base/text.h"

struct pick {
	const char *code;
	const char *label; /* "English|中文" */
};

/* Walks the list: gives the next pick (in the arena) and moves *at behind it; false at the end. */
bool picks_next(struct arena *arena, const char **at, struct pick *pick);
/* The code for a code or a word of either language; NULL where it is not of the list. */
const char *picks_code(struct arena *arena, const char *picks, const char *word);
/* "English|中文" for a code; NULL where it is not of the list. */
const char *picks_label(struct arena *arena, const char *picks, const char *code);
/* All words in one language, for an error text. */
const char *picks_list(struct arena *arena, const char *picks, enum language language);
