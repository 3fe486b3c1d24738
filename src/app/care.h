/* Care 关心关爱: what was given to people who serve. */
#pragma once

#define DEF "app/care.def"
#include "record/struct.h"
