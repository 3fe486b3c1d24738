#pragma once

#define DEF "app/file.def"
#include "record/struct.h"
