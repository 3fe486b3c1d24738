/* The rows behind a figure: found by the same predicate that counted them. Areas whose count is zero are passed over, so that opening a small figure
 * of a large area reads few rows. */
#pragma once

#include "record/tally.h"

struct opening_ask {
	const struct record *record;
	const struct measure *measure;
	const char *path; /* of the area */
	int64_t number; /* of the area */
	int64_t day;
	bool total; /* a flow from its beginning up to the day */
	const char *cell; /* parts wanted, joined by '|', "" for any; NULL: all cells */
	const struct sql *narrow; /* " AND …" that every row which counts fulfils by its columns, so that fewer are read; NULL: none */
	struct id site; /* only what belongs to this site, wherever it stood */
	const int64_t *but; /* numbers of areas in which a row must not have stood */
	size_t but_count;
	size_t limit;
	const char *after; /* cursor; NULL: from the start */
};

struct opened {
	const struct row *row; /* as of the day */
	int64_t value;
};

struct opening {
	struct opened *rows;
	size_t count;
	const char *next; /* NULL: no more */
};

/* Rows within work->who's reach of the record. */
enum status opening_read(struct work *work, const struct opening_ask *ask, struct opening *opening);
