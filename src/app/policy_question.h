/* Questions on policies and their answers. */
#pragma once

#define DEF "app/policy_question.def"
#include "record/struct.h"
