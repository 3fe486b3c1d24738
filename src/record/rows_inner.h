/* Between the files of the generic store. */
#pragma once

#include "record/rows.h"

/* Whether work->who reaches a row with a right. */
bool row_reaches(const struct work *work, const struct row *row, int right);
