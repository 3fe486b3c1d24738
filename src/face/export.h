/* Sheets out, over HTTP and from the shell. */
#pragma once

#include "base/sheet.h"
#include "face/call.h"
#include "record/list.h"

/* Answers with the list that the call asks for as a sheet. */
enum status export_run(struct call *call, const struct record *record, enum sheet_format format);
/* Puts on record that rows were shown in clear, and why; in pieces, so that others can write in between. */
enum status export_seen(struct work *work, const struct list *list);
