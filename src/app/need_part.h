/* What assisting bodies do for a need. */
#pragma once

#define DEF "app/need_part.def"
#include "record/struct.h"
