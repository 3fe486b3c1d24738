/* Posts 岗位 and who holds them 派驻. */
#pragma once

#include "record/record.h"

#define DEF "app/post.def"
#include "record/struct.h"
#define DEF "app/assignment.def"
#include "record/struct.h"

/* Puts a message with the order on its way to the phone of whoever is sent. BAD_STATE where they have none, or the assignment is over. Inside store_write. */
enum status assignment_tell(struct work *work, const struct row *old, struct row *row);
