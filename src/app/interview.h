/* Interviews 约谈. */
#pragma once

#define DEF "app/interview.def"
#include "record/struct.h"
