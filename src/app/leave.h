/* Leave 请假: who is away from when until when. When it is granted, what the person holds is cut; when they are back, what is still free is theirs again (leave_cut.c). */
#pragma once

#include "record/rows.h"

#define DEF "app/leave.def"
#include "record/struct.h"

/* Whether a granted leave of the person holds on some day from `from` until `last` (both counted; DAY_FAR: no end). */
bool leave_holds(struct work *work, struct id person, int64_t from, int64_t last);
/* Whether the same holds for whoever signs in as this user. */
bool leave_holds_user(struct work *work, struct id user, int64_t from, int64_t last);

/* The rules of its steps (leave_cut.c). Inside store_write. */
enum status leave_grant(struct work *work, const struct row *old, struct row *row);
enum status leave_back(struct work *work, const struct row *old, struct row *row);
