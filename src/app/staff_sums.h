/* The staff files of a firm or an area in one answer: what lacks, who is in which state, who comes back and is released when, isolation rooms. */
#pragma once

#include "app/staff.h"

/* What is looked at: a site, or the subtree of an area where it is no id. */
struct staff_scope {
	struct id site;
	const char *path;
};

struct staff_count {
	const char *name; /* a field, a state, a way of travelling; NULL: not given */
	int64_t day;
	int64_t count;
};
struct staff_counts {
	struct staff_count *list;
	size_t count, space;
};
/* A firm whose files lack something. */
struct staff_firm {
	struct id id;
	const char *name;
	int64_t files, lacking;
};

enum { STAFF_FIRMS = 100 };
struct staff_sums {
	int64_t files, complete;
	struct staff_counts lacks; /* by field, most first */
	struct staff_counts states;
	struct staff_counts back; /* by day and way, of the coming days */
	struct staff_counts late; /* one entry: expected before today and not back */
	struct staff_counts release; /* by day, up to tomorrow; days past are those that nobody ended */
	struct staff_firm firms[STAFF_FIRMS]; /* of an area: those with most lacking */
	size_t firm_count;
};
/* Of the files within work->who's reach that are live today. */
void staff_sums(struct work *work, const struct staff_scope *scope, struct staff_sums *sums);
