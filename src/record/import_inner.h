/* Between the files of the import. */
#pragma once

#include "record/import.h"

/* A table from texts to a number and an id, by their hashes (SipHash under a key of this run). */
struct import_map {
	struct arena *arena;
	struct import_entry *list;
	size_t count, space;
};
struct import_entry {
	uint64_t hash; /* 0 free */
	int64_t number;
	struct id id;
};
uint64_t import_hash(const unsigned char key[16], const char *kind, const char *text);
/* The entry of a hash; new ones have number 0. *added tells which. Good until the next call. */
struct import_entry *import_entry(struct import_map *map, uint64_t hash, bool *added);

/* A row of the file, copied out of the reader. */
struct import_line {
	int64_t number;
	size_t at; /* among the rows below the heading, from 0 */
	int count;
	const struct sheet_cell *cells;
};

enum import_state { LINE_OPEN, LINE_BAD, LINE_DONE, LINE_WAITS };

struct import {
	const struct import_ask *ask;
	struct import_result *result;
	struct work *work;
	unsigned char key[16];
	int64_t heading; /* its row number */
	int id_column, effective_column, since_column, days_column, errors_column; /* -1: none */
	int *value_columns, *key_columns; /* by field the first column that gives it; -1: none */
	int *next_columns; /* by column the next one that gives the same; -1: none */
	bool points_to_itself; /* a field links to another row of the same record */
	struct import_map found; /* what names were resolved to */
	struct import_map twins; /* rows of this file by what may be double */
	struct import_map names; /* by which rows of this file may be named */
	uint64_t missing; /* of the last line that waits: the hash of what it names */
	int round; /* of writing; from the second on, rows of this file are there */
	bool last; /* no round comes any more: what waits is a fault */
	int64_t made, changed; /* in the transaction of all */
	unsigned char *states; /* of enum import_state, by line */
	size_t lines, state_space;
	struct sheet_writer *errors;
	bool errors_failed;
};

/* What a line comes to. */
struct import_item {
	struct row *row;
	struct row *old; /* NULL: a new row */
	bool same; /* nothing to do */
	bool waits; /* names a row of this record that is not there yet */
};

/* Reads a line into an item with work->db. Faults gather in work (its status is then BAD_FIELD). */
enum status import_read(struct import *import, struct work *work, const struct import_line *line, struct import_item *item);
/* What a cell of a field says, resolved. *waits as in the item. */
enum status import_value(struct import *import, struct work *work, const struct field *field, const struct import_line *line,
	struct value *value, bool *waits);
/* What a text says of a field that may be chosen or set: by code, id or name where it points to a row. */
enum status import_text_value(struct import *import, struct work *work, const struct field *field, const char *text, struct value *value);
/* The text of a cell, trimmed; "" where there is none. */
const char *import_cell(struct work *work, const struct import_line *line, int column);

struct import *import_new(struct work *work, const struct import_ask *ask, struct import_result *result);
/* Says what is wrong with the file itself. */
enum status import_problem(struct work *work, const struct sheet_error *error);
/* Opens the file and reads up to its heading, whose columns are then known. NULL: the problem is in work. */
struct sheet_reader *import_open(struct import *import);
/* Whether a row is the heading once more: the first row of a further sheet, or a page break. */
bool import_is_heading(const struct import *import, const struct sheet_row *row);
/* Whether nothing is taken from a column. */
bool import_ignores(const struct column *column);
/* Says what is missing or double among the columns, and reads what is set. */
enum status import_check_columns(struct import *import);
/* Marks a line as bad, with the faults of work, in the result and in the error file. */
void import_bad(struct import *import, struct work *work, const struct import_line *line);
/* Ends the error file. */
enum status import_end_errors(struct import *import);
/* Likely duplicates of a new row, in the store and in the file. */
void import_twins(struct import *import, struct work *work, const struct import_line *line, const struct row *row);
