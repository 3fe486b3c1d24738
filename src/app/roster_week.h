/* The roster as it stands: posts, who holds them, their shifts and what is lacking, over some days. */
#pragma once

#include "app/rest_rules.h"
#include "app/slots.h"

enum { WEEK_POSTS_MOST = 20 };

struct week_post {
	struct id id;
	const char *title;
	struct slot *slots; /* by beginning */
	size_t slot_count;
	int64_t begins, last; /* DAY_FAR: no end */
	bool may; /* the asker may plan there */
};

/* Somebody at a post: who holds it on some of the days, or has a shift there. */
struct week_person {
	struct id id;
	size_t post; /* index */
	int64_t begins, last; /* of the holding; last before begins: does not hold it */
	bool lead;
	int64_t hours, in_row; /* on these days at whichever post: whole hours, most days in a row */
};

struct week_shift {
	struct id id, person;
	size_t post;
	int64_t version, day;
	struct rest_times times;
	int slot; /* index; -1: other hours */
	const char *state, *over, *over_by;
};

struct roster_week {
	int64_t day, days;
	struct rest_rules rules;
	struct week_post *posts;
	size_t post_count;
	bool more; /* there are further posts */
	struct week_person *people;
	size_t person_count;
	struct week_shift *shifts;
	size_t shift_count;
};

/* Reads the post, or with no id the first posts below `path` that have shifts set or stand in a shift on these days. Of posts within reach for RIGHT_person_read; NOT_FOUND where the one asked for is
 * not. Inside a snapshot. */
enum status roster_week_read(struct work *work, struct id post, const char *path, struct roster_week *week);
/* How many more people a shift of a day needs. */
int64_t roster_week_lacks(const struct roster_week *week, size_t post, int64_t day, size_t slot);
