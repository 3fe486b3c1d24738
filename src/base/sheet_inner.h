/* What the files sheet_*.c share; nobody else includes it. */
#pragma once

#include <expat.h>
#include <zip.h>

#include "base/arena.h"
#include "base/sheet.h"
#include "base/text.h"

/* Records the first failure and returns false. `format` is "English|中文"; both halves take the same arguments. */
bool sheet_fail(struct sheet_error *error, int64_t row, int column, const char *format, ...);

/* The cells of a row being read. */
struct sheet_line {
	struct arena *texts; /* reset with every row */
	struct sheet_cell *cells;
	int count;
	int space;
	size_t bytes;
	bool filled; /* a cell has a text */
};

struct sheet_line *sheet_line_new(struct arena *arena);
void sheet_line_clear(struct sheet_line *line);
/* Sets the cell of `column` (from 0). `keep`: the text outlives the row and is not copied. False where a limit is passed. */
bool sheet_line_set(struct sheet_line *line, int column, const char *text, size_t size, unsigned flags, bool keep,
	const struct sheet_limits *limits, int64_t row, struct sheet_error *error);

/* sheet_csv.c */
struct sheet_csv;
struct sheet_csv *sheet_csv_open(
	struct arena *arena, const char *bytes, size_t size, const struct sheet_limits *limits, struct sheet_error *error);
enum sheet_step sheet_csv_next(struct sheet_csv *csv, struct sheet_line *line, int64_t *row);
double sheet_csv_progress(const struct sheet_csv *csv);
void sheet_csv_close(struct sheet_csv *csv);

/* sheet_xlsx.c */
struct sheet_book;
struct sheet_book *sheet_book_open(struct arena *arena, const char *bytes, size_t size, const char *sheet,
	const struct sheet_limits *limits, struct sheet_error *error);
enum sheet_step sheet_book_next(struct sheet_book *book, struct sheet_line *line, int64_t *row);
double sheet_book_progress(const struct sheet_book *book);
void sheet_book_close(struct sheet_book *book);

/* sheet_part.c: the parts of an XLSX file, unfolded and parsed piece by piece. */
struct sheet_pack {
	struct arena *arena; /* lives as long as the book */
	zip_t *zip;
	const struct sheet_limits *limits;
	struct sheet_error *error;
	uint64_t unfolded; /* of all parts so far */
};

struct sheet_part {
	struct sheet_pack *pack;
	char name[256];
	zip_file_t *file;
	XML_Parser parser;
	uint64_t folded, size, unfolded;
	int depth;
	bool paused, last;
	void *owner;
	void (*start)(struct sheet_part *part, const char *element, const char **attributes); /* names without prefix */
	void (*end)(struct sheet_part *part, const char *element);
	void (*text)(struct sheet_part *part, const char *text, int size);
};

enum sheet_run { PART_PAUSED, PART_DONE, PART_FAILED };

/* Opens the zip file. False: the reason is in the error. */
bool sheet_pack_open(struct sheet_pack *pack, const char *bytes, size_t size);
bool sheet_pack_has(struct sheet_pack *pack, const char *name);
void sheet_pack_close(struct sheet_pack *pack);

/* Opens a part; its handlers are set by the caller before. False where it is missing or refused. */
bool sheet_part_open(struct sheet_part *part, struct sheet_pack *pack, const char *name);
/* Goes on until a handler pauses the part, or to its end. */
enum sheet_run sheet_part_run(struct sheet_part *part);
void sheet_part_pause(struct sheet_part *part);
/* Ends the parsing from within a handler; the reason was told by sheet_fail. */
void sheet_part_stop(struct sheet_part *part);
void sheet_part_close(struct sheet_part *part);
/* Opens, runs to the end and closes. */
bool sheet_part_read(struct sheet_part *part, struct sheet_pack *pack, const char *name);
/* An attribute by its name without prefix; NULL where it is not there. */
const char *sheet_attribute(const char **attributes, const char *name);

/* sheet_shared.c */
struct sheet_shared;
struct sheet_shared *sheet_shared_read(struct sheet_pack *pack, const char *name);
/* The text at `index`; NULL where there is none. */
const char *sheet_shared_text(const struct sheet_shared *shared, uint32_t index, size_t *size);
void sheet_shared_free(struct sheet_shared *shared);
/* Resolves the escapes _xHHHH_ of a text in place and returns its new size. */
size_t sheet_unescape(char *text, size_t size);

/* sheet_number.c: numbers and the formats that make dates of them. */
enum sheet_look { LOOK_NUMBER, LOOK_DAY, LOOK_TIME, LOOK_STAMP };

struct sheet_looks {
	unsigned char *looks; /* one a cell style */
	size_t count, space;
};

/* How a number format shows a value: builtin formats by number, others by their code (NULL: none told). */
enum sheet_look sheet_look(int number, const char *code);
bool sheet_looks_read(struct sheet_looks *looks, struct sheet_pack *pack, const char *name);

enum { SHEET_NUMBER_TEXT = 400 };
/* Writes the number of <v> as its reader sees it and returns the flags of the cell; SHEET_ERROR: it is no number. */
unsigned sheet_number_text(const char *value, enum sheet_look look, bool since_1904, char text[SHEET_NUMBER_TEXT]);
