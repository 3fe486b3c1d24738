/* Coverage: which firms have nobody, and how much each liaison answers for, on a day or at a moment of it (link.h). Which firms are due is as their day ended. */
#pragma once

#include "app/area.h"
#include "app/link.h"
#include "app/zone.h"

/* What is looked at: an area, or a zone where `area` is NULL. */
struct cover_scope {
	const struct area *area;
	struct zone_scope zone;
};

/* Firms due to work in the scope that have no live liaison then, within work->who's reach: the rows behind the figure sites_unlinked. */
enum status cover_gaps(
	struct work *work, const struct cover_scope *scope, struct link_when when, size_t limit, const char *after, struct opening *gaps);
/* The first day of the gap that holds `when`: after the last link that ended before, else the site's first day; in *at the moment of that day, 0 where it began with the day. */
int64_t cover_since(struct work *work, const struct row *site, struct link_when when, int64_t *at);

/* A site that was linked at a moment and not at the end of its day, or the other way round. */
struct cover_shift {
	const struct row *site; /* as of the day */
	int more; /* 1: linked at the moment alone; -1: at the end of the day alone */
};
/* All of those within work->who's reach that were due that day: few, they stand in links that began or ended within the day. Their number. */
size_t cover_shifts(struct work *work, struct link_when when, struct cover_shift **shifts);

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
/* Who has a live link in the scope then, most links first; within work->who's reach. BAD_FIELD where `after` is no cursor. */
enum status cover_liaisons(struct work *work, const struct cover_scope *scope, struct link_when when, size_t limit, const char *after,
	struct liaisons *liaisons);
