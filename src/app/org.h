/* Bodies: offices, departments, branches, associations, banks, hospitals. Needs are handed to them, users belong to them. */
#pragma once

#define DEF "app/org.def"
#include "record/struct.h"
