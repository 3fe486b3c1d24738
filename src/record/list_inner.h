/* Between the files of the list: what a row must fulfil, and the way into the table. */
#pragma once

#include "record/list.h"

/* What of the tree a list shows: what is asked for, as far as the asker's grants reach. */
struct list_reach {
	const char **paths;
	size_t path_count;
	const struct id *sites; /* grants on one site */
	size_t site_count;
	const char *within; /* the subtree asked for; sites are held against it too */
	bool all; /* no bound at all */
};

/* How the rows are found. */
struct list_way {
	const char *index; /* NULL: none */
	const char *match; /* in its place: what the index of words is asked; NULL: nothing */
	bool sorted; /* the index does not give the order: few rows are sorted */
};

struct list_reach list_reach(struct work *work, const struct list_ask *ask);
/* " AND (…)" of a reach. */
void list_place(struct sql *sql, const struct list_ask *ask, const struct list_reach *reach);
/* The column that holds the site of a row; NULL where it has none. */
const char *list_site(const struct record *record);
/* " AND field …" of a filter. */
enum status list_filter(struct work *work, struct sql *sql, const struct list_filter *filter);
/* A filter whose field has values by day cannot be asked of the columns when a past day is asked for. */
bool list_later(const struct list_ask *ask, const struct field *field);
/* Everything that a row must fulfil, but the cursor. */
enum status list_where(struct work *work, struct sql *sql, const struct list_ask *ask, const struct list_reach *reach);
/* The narrowest way in, found by counting entries of indexes up to a bound. */
struct list_way list_way(struct work *work, const struct list_ask *ask, const struct list_reach *reach);
/* " AND serial …" of a way through the index of words. */
void list_match(struct work *work, struct sql *sql, const struct list_ask *ask, const struct list_way *way);
