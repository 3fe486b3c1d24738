/* Tests of workers 员工检测: a batch, and its results put into the health round of the day in one action; with a positive one the worker is kept apart, and it goes up at once. */
#pragma once

#include "record/rows.h"

#define DEF "app/test_batch.def"
#include "record/struct.h"

struct test_result {
	struct id staff; /* a file of the site */
	const char *result; /* "negative", "positive" or "pending" */
};
struct test_told {
	struct id batch;
	const char *rest; /* the result of all who are not named below; NULL: of nobody else */
	const struct id *staff; /* who was tested; NULL: whoever is on duty at the site on the day of sampling */
	size_t staff_count;
	const struct test_result *named;
	size_t named_count;
	struct row *row; /* out: the batch as it now is */
};
/* Puts results into the rows of the health round of that day. BAD_FIELD, with the place in the list, where somebody is named who has no file at the site on that day, or where more are on duty than were tested: then they have to be named.
 * Said again, it corrects what was said before. Inside store_write. */
enum status test_results(struct work *work, void *told);
