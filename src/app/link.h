/* Links: who answers for which site, from which day to which day. A link is live on a day between its first and its last one. An account is
 * closed, and a person voided, only once nothing hangs on it any more (user.c, person.c): so the days of the link say it all. */
#pragma once

#define DEF "app/link.def"
#include "record/struct.h"

/* Whose links: the column that names it. */
enum link_holder { LINK_SITE, LINK_USER, LINK_PERSON };

/* Whether any live link of this holder stands on a day. */
bool link_live(struct work *work, enum link_holder holder, struct id id, int64_t day);
/* Adds the days at which link_live changes. */
void link_breaks(struct work *work, enum link_holder holder, struct id id, struct breaks *breaks);
/* How many links of the holder are live on a day or will be later. */
int64_t link_count(struct work *work, enum link_holder holder, struct id id, int64_t day);

/* From `day` on, what the liaison `from` holds goes to `to` (both users), or ends where `to` is no id; gives how many links went. Links on sites that `to` answers for
 * already only end. `reason` stands in the ended links. Acts for the whole tree, whoever asked: the caller has checked the right. Inside store_write. */
enum status link_hand_over(struct work *work, struct id from, struct id to, int64_t day, const char *reason, int64_t *count);
/* The word for a link in this store, as "English|中文" (a setting). */
const char *link_word(struct work *work);
