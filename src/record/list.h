/* Lists: filters, search, orders, pages. Every one is answered through an index, chosen by counting at most a few thousand entries. */
#pragma once

#include "record/rows.h"

struct list_filter {
	const struct field *field;
	const char *text; /* "a,b" any of; "low..high" a range, either side may be missing; "" none given */
};

/* Several subtrees and sites, all of them within reach. */
struct list_parts {
	const char *const *paths;
	size_t path_count;
	const struct id *sites;
	size_t site_count;
};

struct list_ask {
	const struct record *record;
	int right; /* held against each row */
	const char *path; /* the subtree; "" all */
	const struct list_parts *parts; /* in place of the subtree: several, and sites; NULL: none */
	const struct list_filter *filters;
	size_t filter_count;
	const char *const *views; /* names of the record's own filters (record.h) */
	size_t view_count;
	const char *typed; /* search; NULL none */
	const struct field *sort; /* NULL: newest first */
	bool down;
	size_t limit;
	const char *after; /* cursor of the page before; NULL the first page */
	int64_t day; /* as of this day; DAY_FAR: now */
	bool voided; /* those taken out instead */
	const char *from; /* set by list_read: `sort` begins with this text */
};

struct list {
	struct row **rows;
	size_t count;
	const char *next; /* cursor; NULL: no more */
};

enum status list_read(struct work *work, const struct list_ask *ask, struct list *list);
/* How many rows a list has, counted up to `most` (which then means: as many or more). */
int64_t list_count(struct work *work, const struct list_ask *ask, int64_t most);
