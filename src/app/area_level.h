/* What the levels of areas are called. */
#pragma once

#define DEF "app/area_level.def"
#include "record/struct.h"

/* Makes the seven levels from the whole to the grid where there are none. Inside store_write, after the root area. */
enum status area_level_seed(struct work *work);
