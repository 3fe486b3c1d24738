/* Skills, trades, languages and licences, as people write them: words between blanks, commas, semicolons and slashes of either language, compared in small letters and narrow signs. */
#pragma once

#include "base/arena.h"

struct skills {
	const char **words; /* in small letters, narrow */
	size_t count;
};

/* The text in small letters and narrow signs, to be searched for such words. NULL: "". */
const char *skills_fold(struct arena *arena, const char *text);
/* The words of a text; NULL: none. */
struct skills skills_read(struct arena *arena, const char *text);
/* How many of them a folded text holds. */
size_t skills_held(struct skills wanted, const char *folded);
