/* Risk levels of areas by day. */
#pragma once

#define DEF "app/risk.def"
#include "record/struct.h"

struct area;

/* The decision that holds for an area on a day: its own latest one, else that of the nearest area above it on that day. NULL where none was made. */
const struct risk *risk_on(struct work *work, const struct area *area, int64_t day);
