/* Links: who answers for which site, from which day to which day. A link is live on a day between its first and its last one. An account is
 * closed, and a person voided, only once nothing hangs on it any more (user.c, person.c): so the days of the link say it all.
 * Within a day it is as the day ends: a link that is ended in the middle of a day is live on the days before, one that is given then is live on that day. The moments
 * `began` (on its first day) and `ended` (on the day behind its last one) say how it was before, and never change. */
#pragma once

#define DEF "app/link.def"
#include "record/struct.h"

/* Whose links: the column that names it. */
enum link_holder { LINK_SITE, LINK_USER, LINK_PERSON };

/* A moment of a day, or its end. */
struct link_when {
	int64_t day;
	int64_t at; /* a stamp of that day; LINK_DAY_END: as the day ended, or stands now */
};
#define LINK_DAY_END INT64_MAX
/* Adds " AND …": links that were live then. Voided ones are the caller's business. */
void link_where_live(struct sql *sql, struct link_when when);
/* Whether any link of a site was live then. */
bool link_live_at(struct work *work, struct id site, struct link_when when);
/* Whether any live link of this holder stands on a day. */
bool link_live(struct work *work, enum link_holder holder, struct id id, int64_t day);
/* Adds the days at which link_live changes. */
void link_breaks(struct work *work, enum link_holder holder, struct id id, struct breaks *breaks);
/* How many links of the holder are live on a day or will be later. */
int64_t link_count(struct work *work, enum link_holder holder, struct id id, int64_t day);
/* How many live links of a day a liaison has within work->who's reach, and in *limit how many the settings allow at the highest limit of their levels. */
int64_t link_load(struct work *work, enum link_holder holder, struct id id, int64_t day, int64_t *limit);
int64_t link_limit(struct work *work, const char *level);

/* A hand-over: from `day` on (from this moment on where that is today), what `from` holds goes to `to`, or ends where `to` is no id. Links on sites that `to` answers for already only end. */
struct link_change {
	enum link_holder from_holder, to_holder; /* LINK_USER or LINK_PERSON */
	struct id from, to;
	int64_t day;
	const char *reason; /* stands in the ended links */
	bool all; /* for the whole tree, whoever asked: the caller has checked the right; else only links that work->who may write */
	int64_t count; /* out: how many went */
	int64_t left; /* out: how many are live on the day or later and stay, out of reach */
};
/* Inside store_write. */
enum status link_hand_over(struct work *work, struct link_change *change);
/* Takes out all links of a site that is being taken out, whoever asked. Inside store_write. */
enum status link_drop(struct work *work, struct id site);
/* The word for a link in this store, as "English|中文" (a setting). */
const char *link_word(struct work *work);
