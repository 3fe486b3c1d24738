/*
 * Spreadsheets: one reader over CSV and XLSX, one writer over both. Rows stream: memory does not grow with their number,
 * except for the table of shared texts of an XLSX file, which is bounded.
 *
 * What comes in is hostile. The reader runs no formula, follows no link out of the file, refuses DOCTYPE in every part
 * that it reads, and bounds what a file may unfold to, how deep it nests and how much one cell, row or token may hold.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum sheet_format { SHEET_CSV, SHEET_XLSX };

enum { SHEET_COLUMNS = 16384, SHEET_ROWS = 1048576 }; /* the limits of the XLSX format */

/* What is known of a cell beside its text. */
enum sheet_flag {
	SHEET_EMPTY = 1, /* no text */
	SHEET_ERROR = 2, /* #N/A and the like (the text says which), or a formula whose value was never worked out */
	SHEET_FORMULA = 4, /* the text is the value that the spreadsheet program kept */
	SHEET_NUMBER = 8, /* kept as a number; the text has no exponent and no needless .0 */
	SHEET_DAY = 16, /* kept as a date: "2020-03-05", or "2020-03-05 14:30" where the format shows a time */
	SHEET_BOOLEAN = 32, /* "TRUE" or "FALSE" */
	SHEET_LOSSY = 64, /* a number of 16 or more digits: most programs lose the last ones (an ID number not marked as text) */
};

struct sheet_cell {
	const char *text; /* UTF-8, never NULL, NUL behind it */
	size_t size; /* bytes */
	unsigned flags; /* of sheet_flag */
};

/* A row: owned by the reader, good until the next call. Cells behind the last one told are not there. */
struct sheet_row {
	int64_t number; /* from 1, as the spreadsheet program shows it; in CSV records count, empty ones too */
	int count;
	const struct sheet_cell *cells;
};

struct sheet_error {
	char text[512]; /* "English|中文"; empty: nothing wrong */
	int64_t row; /* 0: not known */
	int column; /* from 1; 0: not known */
};

struct sheet_limits {
	uint64_t unfolded; /* bytes that one part, and all parts read together, may unfold to */
	uint64_t ratio_from; /* bytes of a part from which on the ratio holds */
	unsigned ratio; /* unfolded bytes for one byte folded */
	unsigned entries; /* parts in the file */
	uint64_t shared_bytes; /* memory for shared texts */
	uint32_t shared_texts; /* and their number */
	size_t cell_bytes; /* one cell */
	size_t row_bytes; /* one row */
	int columns; /* at most SHEET_COLUMNS */
	uint64_t cells; /* of the whole sheet, gaps counted */
};

/* 512 MiB unfolded, 200:1 from 10 MiB on, 4,096 parts, 128 MiB and 4 million shared texts, 256 KiB a cell, 4 MiB a row,
 * 16,384 columns, 200 million cells. */
extern const struct sheet_limits sheet_limits_default;

struct sheet_options {
	const char *sheet; /* name of the sheet wanted; NULL: the first one not hidden; CSV has no sheets */
	const struct sheet_limits *limits; /* NULL: the defaults; must live until the reader is closed */
};

enum sheet_step { SHEET_ROW, SHEET_END, SHEET_FAILED };

struct sheet_reader;

/*
 * Opens a spreadsheet of `size` bytes, which must stay as they are until sheet_reader_close. A file that begins as a zip
 * file is XLSX, everything else CSV: UTF-8 or UTF-16 (with or without mark, UTF-16 with), else GB18030; divided by , ; or
 * tab, as its first line that is not empty shows (or a line "sep=;" before it); quotes and line ends as in RFC 4180, LF
 * and CR too. `options` may be NULL. NULL on failure, with the reason in `error`. The caller closes.
 */
struct sheet_reader *sheet_reader_open(const void *bytes, size_t size, const struct sheet_options *options, struct sheet_error *error);

/*
 * The next row that has a cell with anything in it (empty rows are passed over). SHEET_FAILED: see sheet_reader_error; every
 * further call fails the same way. Rows given before a failure were whole, but who imports should undo them.
 * In CSV an apostrophe before = + - @ TAB or CR is taken off: the writer had put it there.
 */
enum sheet_step sheet_reader_next(struct sheet_reader *reader, struct sheet_row *row);

const struct sheet_error *sheet_reader_error(const struct sheet_reader *reader);
enum sheet_format sheet_reader_format(const struct sheet_reader *reader);
/* 0 to 1, by bytes: for a progress bar. */
double sheet_reader_progress(const struct sheet_reader *reader);
/* NULL does nothing. */
void sheet_reader_close(struct sheet_reader *reader);

struct sheet_writer;

/*
 * Makes the file `path` (an existing one is overwritten) and for XLSX `name` as the name of its sheet (bent to what Excel
 * allows; NULL: "muster"). `folder` takes temporary files and must be on a disk with room; NULL: that of the system.
 * The first row written is the heading: in XLSX bold, frozen and with a filter; every further sheet repeats it (a sheet
 * has 1,048,576 rows). CSV is UTF-8 with mark, CRLF. NULL on failure, with the reason. The caller finishes or drops.
 */
struct sheet_writer *sheet_writer_open(
	const char *path, enum sheet_format format, const char *name, const char *folder, struct sheet_error *error);

/* One cell after the other. A failure is told by sheet_writer_finish. */
void sheet_put_text(struct sheet_writer *writer, const char *text); /* UTF-8; NULL: an empty cell. CSV guards it, see above */
void sheet_put_whole(struct sheet_writer *writer, int64_t number);
void sheet_put_tenths(struct sheet_writer *writer, int64_t tenths); /* with one decimal */
void sheet_put_amount(struct sheet_writer *writer, int64_t fen); /* as yuan with two decimals */
void sheet_put_day(struct sheet_writer *writer, int64_t day); /* days since 1970-01-01; in XLSX a true date from 1900-03-01 on */
void sheet_put_none(struct sheet_writer *writer);
void sheet_end_row(struct sheet_writer *writer);

/* Rows so far, the heading counted. */
int64_t sheet_writer_rows(const struct sheet_writer *writer);
/* Texts that XLSX could not hold whole (32,767 UTF-16 units) and that end in an ellipsis. */
int64_t sheet_writer_cut(const struct sheet_writer *writer);

/* Writes what is left, checks that all of it is on disk, frees. False: the file was removed again, the reason is in `error`. */
bool sheet_writer_finish(struct sheet_writer *writer, struct sheet_error *error);
/* Gives up: removes the file and frees. NULL does nothing. */
void sheet_writer_drop(struct sheet_writer *writer);
