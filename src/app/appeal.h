/* Appeals 倡议书 and the pledges 报名 that answer them. */
#pragma once

#define DEF "app/appeal.def"
#include "record/struct.h"
#define DEF "app/pledge.def"
#include "record/struct.h"
