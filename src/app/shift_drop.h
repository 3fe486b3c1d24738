/* Planned shifts of somebody who holds the post no longer on their days. */
#pragma once

#include "app/post.h"

/* Takes them out once an assignment ends sooner, begins later or is taken out; their places are open at once, and whoever was to stand there and those who plan are told. Shifts that began, or
 * that another assignment covers, stay. Inside store_write, when the assignment is written. */
enum status shift_drop(struct work *work, const struct assignment *assignment);
