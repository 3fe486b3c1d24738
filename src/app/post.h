/* Posts 岗位 and who holds them 派驻. */
#pragma once

#define DEF "app/post.def"
#include "record/struct.h"
#define DEF "app/assignment.def"
#include "record/struct.h"
