/* Sites: firms and other places that are served, checked and counted. */
#pragma once

#define DEF "app/site.def"
#include "record/struct.h"
