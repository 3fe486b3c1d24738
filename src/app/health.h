/* Health records 健康记录: a day's temperature, symptoms and test result of one person. */
#pragma once

#define DEF "app/health.def"
#include "record/struct.h"
