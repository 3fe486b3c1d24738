/* Coverage: which firms have nobody, and how much each liaison answers for, on a day. */
#pragma once

#include "app/area.h"
#include "app/link.h"
#include "app/zone.h"

/* What is looked at: an area, or a zone where `area` is NULL. */
struct cover_scope {
	const struct area *area;
	struct zone_scope zone;
};

/* Firms due to work in the scope that have no live liaison on the day, within work->who's reach: the rows behind the figure sites_unlinked. */
enum status cover_gaps(
	struct work *work, const struct cover_scope *scope, int64_t day, size_t limit, const char *after, struct opening *gaps);
/* The first day of the gap that holds `day`: after the last link that ended before, else the site's first day. */
int64_t cover_since(struct work *work, const struct row *site, int64_t day);

struct liaison {
	enum link_holder holder;
	struct id id;
	const char *name; /* masked */
	const char *account; /* the sign-in name; NULL: none yet */
	int64_t here; /* live links in the scope */
	int64_t load, limit; /* live links within reach, and how many are allowed */
	int64_t staff; /* of the sites of these links, as of the day */
};
struct liaisons {
	struct liaison *list;
	size_t count;
	const char *next; /* cursor; NULL: no more */
};
/* Who has a live link in the scope on the day, most links first; within work->who's reach. BAD_FIELD where `after` is no cursor. */
enum status cover_liaisons(
	struct work *work, const struct cover_scope *scope, int64_t day, size_t limit, const char *after, struct liaisons *liaisons);
