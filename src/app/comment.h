/* Words on rows: needs, assistance, findings, urgent reports. */
#pragma once

#include "record/rows.h"

#define DEF "app/comment.def"
#include "record/struct.h"

/* The row that comments stand on, where work->who sees it and its record takes comments; NOT_FOUND otherwise. `record` NULL: whichever has it. */
enum status comment_subject(struct work *work, const char *record, const char *about, struct row **row);
