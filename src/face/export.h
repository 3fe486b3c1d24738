/* Sheets out, over HTTP and from the shell. */
#pragma once

#include "base/sheet.h"
#include "face/call.h"
#include "record/list.h"

/* Begins to answer with a sheet: NULL, with the status, or the path of the file to write. */
const char *export_begin(struct call *call, enum sheet_format format);
/* Ends it once the file is written; `name` is what it is called, without the ending. */
enum status export_end(struct call *call, const char *name, enum sheet_format format);
/* Answers with the list that the call asks for as a sheet. */
enum status export_run(struct call *call, const struct record *record, enum sheet_format format);
/* Puts on record that rows were shown in clear, and why; in pieces, so that others can write in between. */
enum status export_seen(struct work *work, const struct list *list);
