/* What waits for somebody: a table of providers, one line each in waiting.def. */
#pragma once

#include "record/rows.h"

struct area;

struct waiting {
	const char *name;
	const char *record;
	int right;
	const char *label; /* "English|中文" */
	const char *condition; /* SQL with $me, $org, $today, $now */
	const char *index; /* field whose index leads to few rows; NULL: let the engine choose */
	const char *due; /* column; NULL: none */
	const char *list; /* filters of the record's list that show the same rows; or a page: "/coverage" */
	/* In place of a condition: the first rows below an area, and how many there are. */
	enum status (*by)(struct work *work, const struct area *area, size_t limit, struct row ***rows, size_t *count, int64_t *total);
};
extern const struct waiting waitings[];
extern const size_t waiting_count;

/* How many rows wait below `path`, counted up to `most`; 0 where the user has not the right or the record is not there. Needs work->db. */
int64_t waiting_number(struct work *work, const struct waiting *waiting, const char *path, int64_t most);
/* The first of them, soonest due first; the number of them. In the arena. */
size_t waiting_rows(struct work *work, const struct waiting *waiting, const char *path, size_t limit, struct row ***rows);
