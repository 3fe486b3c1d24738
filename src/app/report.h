/* Urgent reports (突发即报). */
#pragma once

#include "record/rows.h"

#define DEF "app/report.def"
#include "record/struct.h"

/* Tells those who wait that a follow-up did not come; once for each time it was due. Inside store_write. */
enum status report_chase(struct work *work, struct id head);
