/* Posts 岗位 and who holds them 派驻. */
#pragma once

#include "record/record.h"

#define DEF "app/post.def"
#include "record/struct.h"
#define DEF "app/assignment.def"
#include "record/struct.h"

/* Puts a message with the order on its way to the phone of whoever is sent. BAD_STATE where they have none, or the assignment is over. Inside store_write. */
enum status assignment_tell(struct work *work, const struct row *old, struct row *row);
/* How many people more the post takes on every day from `begins` until `last` (DAY_FAR: no end): the least of needed less serving; 0 where it is not there on all of them. */
int64_t post_room(struct work *work, struct id post, int64_t begins, int64_t last);
struct post;
struct slot;
/* The shift that a post so marked stands around the staff hours of its site, from the first of several beginnings to the last end, for `people`; false where it is not marked, or the site has
 * no hours or works around the clock. Needs work->db. */
bool post_around(struct work *work, const struct post *post, int people, struct slot *slot);
