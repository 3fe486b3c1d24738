/* People, with or without an account. */
#pragma once

#define DEF "app/person.def"
#include "record/struct.h"
