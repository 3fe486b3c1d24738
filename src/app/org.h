/* Bodies: offices, departments, branches, associations, banks, hospitals. Needs are handed to them, users belong to them. */
#pragma once

#define DEF "app/org.def"
#include "record/struct.h"

/* Whether it is closed on a day: a temporary branch after its last day. */
bool org_closed(const struct org *org, int64_t day);
