/* Settings as rows, so that they are listed, changed and have a history like everything else. */
#pragma once

#define DEF "app/setting.def"
#include "record/struct.h"

/* Makes the row of every setting that has none yet. Inside store_write. */
enum status setting_begin(struct work *work);
