/* Sheets out: what a list shows, all of it, into a file that an import of the same record takes back without loss. */
#pragma once

#include "base/sheet.h"
#include "record/list.h"

struct export_ask {
	const struct list_ask *list; /* its limit and cursor are not looked at */
	const char *columns; /* names of fields, comma separated; NULL: all */
	enum sheet_format format;
	const char *path; /* of the file to write */
	const char *folder; /* for what the writer needs beside it */
};

/* Writes the sheet within work's snapshot, headings and words in work's language, private values masked unless revealed. *seen: the rows
 * that were shown in clear, for history_seen; NULL where there were none. */
enum status export_write(struct work *work, const struct export_ask *ask, struct list *seen);
