/* Sheets in, for every record: XLSX or CSV, columns by label or name. The whole file is checked first, in pieces that write nothing;
 * then either all rows are written in one transaction, or the good ones in pieces, so that others are not held up for long.
 *
 * What a row is: with an id (column `id`) that the store has, a change of that row, of the columns that the file has (an empty cell
 * clears the value); with an id that it has not, a new row of that id. Without one, a new row whose id is made from the file's
 * hash, the moment of its first import and the row's number: the same file sent again makes no second rows, and does not touch what became of the
 * first ones. A mended file is another file: rows of the same credit code, or name and area, are told as likely duplicates, never
 * merged.
 *
 * What is set ("site=…") stands in every new row that the file has no column for. Several columns may give one field (a phone and a mobile
 * number): the first by rank that holds something counts; of yes and no, one yes is enough. */
#pragma once

#include "base/json.h"
#include "base/sheet.h"
#include "record/import_column.h"
#include "record/rows.h"

struct import_ask {
	const struct record *record;
	const void *bytes; /* of the file; must stay as they are */
	size_t size;
	struct id hash; /* of the bytes */
	int64_t moment; /* of the file's first import */
	bool again; /* the file was here before: rows without an id may be there */
	const char *within; /* path: names of areas are looked up below it; "" anywhere */
	const char *set; /* "field=value;…": values for columns that the file lacks; NULL none. Not of private fields */
	const char *choices; /* "9=field;证件=field;12=": what a column is, by its number or heading; nothing: left out; NULL none */
	bool preview; /* nothing is written */
	bool good_only; /* write the good rows where others are bad; else all or nothing */
	const char *errors; /* file to write the bad rows to; NULL none */
	const char *folder; /* for what the sheet writer needs beside it */
	void *context; /* given to the three below */
	void (*tell)(void *context, int64_t done, int64_t total, int64_t written);
	bool (*stop)(void *context);
	void (*note)(struct work *work, void *context, int64_t written); /* inside the transaction that wrote them */
};

struct import_fault {
	int64_t row; /* as the spreadsheet program numbers it */
	const char *column; /* heading; "" the whole row */
	const char *field;
	const char *detail;
};

struct import_twin {
	int64_t row;
	const char *detail;
	const char *name;
	struct id id; /* of a stored row; no id: another row of the file */
};

struct import_set {
	const struct field *field;
	struct value value;
	const char *shown; /* the value, or the name of the row */
};

enum { IMPORT_SHOWN = 200, IMPORT_VALUES = 3 };

struct import_result {
	struct column *columns;
	size_t column_count;
	const char **values; /* of a look: the first IMPORT_VALUES of each column that is left out */
	const struct field **missing; /* that must be given, and are neither in the file nor set */
	size_t missing_count;
	struct import_set *set;
	size_t set_count;
	int64_t good, bad, made, changed, same, written;
	struct import_fault faults[IMPORT_SHOWN];
	int64_t fault_count; /* may be more than are shown */
	struct import_twin twins[IMPORT_SHOWN];
	int64_t twin_count;
	int64_t error_rows; /* in the error file */
};

/* OK where the file was read to its end, whatever its rows were like; else the problem names the place and nothing is written (but what a
 * good_only run had written before: result->written). Outside store_write and store_read; work->arena holds the result. */
enum status import_run(struct work *work, const struct import_ask *ask, struct import_result *result);
/* Reads the heading only: whether this is a sheet of the record at all. */
enum status import_check(struct work *work, const struct import_ask *ask);
/* Reads the heading and the first values of what it leaves out, for a human who says what they are. Private values may be among them: they are for
 * whoever sent the file, and kept nowhere. */
enum status import_look(struct work *work, const struct import_ask *ask, struct import_result *result);
void import_look_json(struct json *json, const struct import_result *result);
/* `error_file`: where the bad rows are to be had; NULL nowhere. */
void import_json(struct json *json, const struct import_result *result, const char *error_file);
