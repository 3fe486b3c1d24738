/* Trainings of a firm's staff. */
#pragma once

#define DEF "app/training.def"
#include "record/struct.h"
