/* Checks of sites. */
#pragma once

#define DEF "app/check.def"
#include "record/struct.h"
