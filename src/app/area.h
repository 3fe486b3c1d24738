/* Areas: the tree from province to street grid. */
#pragma once

#define DEF "app/area.def"
#include "record/struct.h"

enum area_level { LEVEL_WHOLE, LEVEL_PROVINCE, LEVEL_CITY, LEVEL_COUNTY, LEVEL_TOWN, LEVEL_VILLAGE, LEVEL_GRID };

/* The id of the root, under which everything stands. Made by muster init. */
struct id area_root(void);
/* An area by id or by code; NULL where there is none within reach of work->who. `text` NULL or "" gives the top of the user's reach. */
struct area *area_find(struct work *work, const char *text);
/* The next number for a path. Inside store_write. */
int64_t area_number(struct work *work);
/* Makes the root where it is missing. Inside store_write. */
enum status area_make_root(struct work *work);
