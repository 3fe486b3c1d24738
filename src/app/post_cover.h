/* What posts cover: whether a village or a firm has people at its posts on a day, each counted once however many posts it has; and who lacks at one post. */
#pragma once

#include "app/post.h"

/* The living post but this one that stands for the others of its area or site when they are counted: the first of them. No id: there is none. */
struct id post_bearer(struct work *work, const struct post *post, struct id but);
/* Adds the days on which it may change, and keeps what the measures below ask for while the row is counted. */
void post_cover_breaks(struct work *work, const struct post *post, struct breaks *breaks);

/* How many hold the post itself on a day. */
int64_t post_held(struct work *work, const struct post *post, int64_t day);
/* Of the post that stands for its village (or for its firm): whether posts are put up there on the day, and whether somebody holds one of them. */
bool post_covers(struct work *work, const struct post *post, bool firm, bool held, int64_t day);
/* The staff of that firm on the day. */
int64_t post_covered_staff(struct work *work, const struct post *post, int64_t day);
