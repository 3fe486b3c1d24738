/* Gates of a firm: what came through, what was disinfected, who stood there. */
#pragma once

#define DEF "app/gate_entry.def"
#include "record/struct.h"
#define DEF "app/gate_watch.def"
#include "record/struct.h"
