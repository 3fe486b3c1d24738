/* Checklists and their versions. */
#pragma once

#define DEF "app/template.def"
#include "record/struct.h"

#define DEF "app/template_version.def"
#include "record/struct.h"

/* Stores the reference checklists that muster ships (data/templates), published; those there already are left alone. Inside store_write. */
enum status template_begin(struct work *work);
