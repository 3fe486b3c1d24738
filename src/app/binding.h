/* Two points, one line 两点一线: who goes between home and plant only, kept up from the staff files, told to the neighbourhood. */
#pragma once

#include "app/staff.h"

#define DEF "app/binding.def"
#include "record/struct.h"

/* Sets the area in which somebody lives from what their file says: a name or code, first of the county of the site; of a dormitory the area of the site. Not set
 * where the text names none or several. */
void binding_place(struct work *work, const struct staff *old, struct staff *staff);
/* Brings the bindings of a file up to it: begun, moved, ended. Inside store_write. */
enum status binding_follow(struct work *work, const struct staff *old, const struct staff *staff);
