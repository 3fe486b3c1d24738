/* What the sections of a firm's desk share. */
#pragma once

#include "face/commands.h"

enum { DESK_SECTIONS = 13 };

struct section {
	const char *name;
	int64_t todo, late, waits; /* what the firm has to do, how much of it is late, what it waits for */
	int64_t due; /* the next stamp by which something has to be done, else by which others have to; 0: none */
	size_t place; /* among sections that are as urgent */
	struct json facts, rows;
};

struct desk {
	struct work *work;
	const struct row *site;
	struct section sections[DESK_SECTIONS];
	size_t count;
};

/* NULL where whoever asks has not the right. */
struct section *desk_begin(struct desk *desk, const char *name, int right);
/* So much more has to be done, by a stamp (0: by none). */
void desk_todo(const struct work *work, struct section *section, int64_t count, int64_t due);
void desk_wait(struct section *section, int64_t due);

/* The filing to work again, and the first lesson that follows it (site_desk_filing.c). */
void desk_filing(struct desk *desk);
