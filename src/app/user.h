/* Users and what they may do where; how they sign in. */
#pragma once

#include "record/reach.h"

#define DEF "app/user.def"
#include "record/struct.h"
#define DEF "app/grant.def"
#include "record/struct.h"
