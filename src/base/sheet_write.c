#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "base/clock.h"
#include "base/sheet_inner.h"

enum { XLSX_TEXT = 32767, SHEET_NAME = 31, NARROWEST = 8, WIDEST = 50 };

struct sheet_writer {
	struct arena *arena;
	enum sheet_format format;
	const char *path;
	FILE *file; /* CSV */
	lxw_workbook *book;
	lxw_worksheet *sheet;
	lxw_format *bold, *day, *tenths, *amount;
	const char *name;
	unsigned sheets;
	int64_t row; /* of the file */
	int64_t line; /* of the sheet */
	int column;
	char **heading; /* XLSX: repeated on every sheet */
	size_t headings, heading_space;
	int *widths; /* one a column */
	size_t columns, width_space;
	int64_t cut;
	struct buf text;
	lxw_error failure; /* the first one */
	uint64_t *sizes; /* bytes of rows in each sheet, to hold the finished file to */
	size_t size_count, size_space;
};

/* What Excel allows: at most 31 characters, none of []:*?/\, no apostrophe at either end. */
static const char *sheet_name(struct sheet_writer *writer)
{
	struct buf name = {.arena = writer->arena};
	size_t room = SHEET_NAME - (writer->sheets > 1 ? 5 : 0);
	for (const char *at = writer->name; *at && room; room--) {
		const char *from = at;
		uint32_t code = text_next(&at);
		if (code < 0x20 || code == '\'' || (code < 0x80 && strchr("[]:*?/\\", (int)code)))
			buf_char(&name, ' ');
		else
			buf_add(&name, from, (size_t)(at - from));
		if (code >= 0x10000 && room > 1)
			room--;
	}
	if (writer->sheets > 1)
		buf_print(&name, " (%u)", writer->sheets);
	return name.size ? buf_end(&name) : "muster";
}

static void note(struct sheet_writer *writer, lxw_error error)
{
	if (!writer->failure)
		writer->failure = error;
}

static void add_sheet(struct sheet_writer *writer)
{
	writer->sheets++;
	writer->line = 0;
	writer->sheet = workbook_add_worksheet(writer->book, sheet_name(writer));
	if (!writer->sheet) {
		note(writer, LXW_ERROR_MEMORY_MALLOC_FAILED);
		return;
	}
	worksheet_freeze_panes(writer->sheet, 1, 0);
	for (size_t i = 0; writer->sheets > 1 && i < writer->headings; i++)
		worksheet_write_string(writer->sheet, 0, (lxw_col_t)i, writer->heading[i], writer->bold);
	writer->line = writer->sheets > 1;
}

/* What is known only behind the last row of a sheet, and how much of it there is to be found in the file. */
static void end_sheet(struct sheet_writer *writer)
{
	lxw_worksheet *sheet = writer->sheet;
	if (!sheet)
		return;
	for (size_t i = 0; i < writer->columns; i++) {
		int width = writer->widths[i] + 2;
		width = width < NARROWEST ? NARROWEST : width > WIDEST ? WIDEST : width;
		worksheet_set_column(sheet, (lxw_col_t)i, (lxw_col_t)i, width, NULL);
	}
	if (writer->headings && writer->line > 0)
		worksheet_autofilter(sheet, 0, 0, (lxw_row_t)writer->line - 1, (lxw_col_t)writer->headings - 1);
	/* The library writes rows to a file of its own without looking at what came of it. */
	if (fflush(sheet->optimize_tmpfile) != 0 || ferror(sheet->optimize_tmpfile))
		note(writer, LXW_ERROR_CREATING_TMPFILE);
	off_t size = ftello(sheet->optimize_tmpfile);
	*ARENA_PUSH(writer->arena, writer->sizes, writer->size_count, writer->size_space) = size > 0 ? (uint64_t)size : 0;
}

static bool open_book(struct sheet_writer *writer, const char *folder)
{
	lxw_workbook_options options = {.constant_memory = LXW_TRUE, .tmpdir = arena_copy(writer->arena, folder), .use_zip64 = LXW_TRUE};
	/* The library would find out only at the end. */
	FILE *file = fopen(writer->path, "wb");
	if (!file)
		return false;
	fclose(file);
	writer->book = workbook_new_opt(writer->path, &options);
	if (!writer->book)
		return false;
	writer->bold = workbook_add_format(writer->book);
	format_set_bold(writer->bold);
	writer->day = workbook_add_format(writer->book);
	format_set_num_format(writer->day, "yyyy-mm-dd");
	writer->tenths = workbook_add_format(writer->book);
	format_set_num_format(writer->tenths, "0.0");
	writer->amount = workbook_add_format(writer->book);
	format_set_num_format(writer->amount, "0.00");
	add_sheet(writer);
	return writer->sheet;
}

struct sheet_writer *sheet_writer_open(
	const char *path, enum sheet_format format, const char *name, const char *folder, struct sheet_error *error)
{
	*error = (struct sheet_error){0};
	struct arena *arena = arena_new();
	struct sheet_writer *writer = arena_alloc(arena, sizeof *writer);
	writer->arena = arena;
	writer->format = format;
	writer->path = arena_copy(arena, path);
	writer->name = arena_copy(arena, name && *name ? name : "muster");
	writer->text.arena = arena;
	errno = 0;
	if (format == SHEET_XLSX ? open_book(writer, folder) : (writer->file = fopen(path, "wb")) != NULL) {
		if (writer->file)
			fputs("\xef\xbb\xbf", writer->file);
		return writer;
	}
	sheet_fail(error, 0, 0, "the file cannot be made (%s)|无法创建文件（%s）", errno ? strerror(errno) : "libxlsxwriter");
	if (writer->book)
		lxw_workbook_free(writer->book);
	arena_free(arena);
	return NULL;
}

static void note_width(struct sheet_writer *writer, const char *text)
{
	int width = 0, widest = 0;
	while (*text && widest < WIDEST) {
		uint32_t code = text_next(&text);
		width = code == '\n' ? 0 : width + (code >= 0x1100 ? 2 : 1);
		widest = width > widest ? width : widest;
	}
	while (writer->columns <= (size_t)writer->column)
		*ARENA_PUSH(writer->arena, writer->widths, writer->columns, writer->width_space) = 0;
	if (widest > writer->widths[writer->column])
		writer->widths[writer->column] = widest;
}

/* Whether XML or XLSX would take the character at `at` for something else: it is then written as _xHHHH_ (see sheet_unescape). */
static bool needs_escape(const char *at, uint32_t code)
{
	if (code == '_')
		return at[1] == 'x' && strspn(at + 2, "0123456789ABCDEFabcdef") >= 4 && at[6] == '_';
	return (code < 0x20 && code != '\t' && code != '\n') || code == 0xfffe || code == 0xffff;
}

/* The text as XLSX holds it. What is longer than its 32,767 UTF-16 units is cut with an ellipsis, and counted. */
static const char *fit_text(struct sheet_writer *writer, const char *text)
{
	struct buf *out = &writer->text;
	size_t units = 0, room = 0; /* room: bytes that leave place for the ellipsis */
	out->size = 0;
	for (const char *at = text; *at;) {
		const char *from = at;
		uint32_t code = text_next(&at);
		bool escape = needs_escape(from, code);
		units += escape ? 7 : code >= 0x10000 ? 2 : 1;
		if (units > XLSX_TEXT) {
			writer->cut++;
			out->size = room;
			buf_text(out, "…");
			break;
		}
		char escaped[12];
		if (escape)
			buf_add(out, escaped, (size_t)snprintf(escaped, sizeof escaped, "_x%04X_", (unsigned)code));
		else
			buf_add(out, from, (size_t)(at - from));
		if (units < XLSX_TEXT)
			room = out->size;
	}
	return buf_end(out);
}

static void csv_field(struct sheet_writer *writer, const char *text, bool guard)
{
	FILE *file = writer->file;
	if (writer->column > 0)
		putc(',', file);
	const char *shown = text + strspn(text, "'");
	guard = guard && *shown && strchr("=+-@\t\r", *shown);
	if (!guard && !text[strcspn(text, "\",;\t\r\n")]) {
		fputs(text, file);
		return;
	}
	putc('"', file);
	if (guard)
		putc('\'', file);
	for (; *text; text++) {
		if (*text == '"')
			putc('"', file);
		putc(*text, file);
	}
	putc('"', file);
}

static void xlsx_text(struct sheet_writer *writer, const char *text)
{
	lxw_col_t column = (lxw_col_t)writer->column;
	text = *text ? fit_text(writer, text) : text;
	if (writer->line == 0)
		*ARENA_PUSH(writer->arena, writer->heading, writer->headings, writer->heading_space) = arena_copy(writer->arena, text);
	lxw_format *format = writer->line == 0 ? writer->bold : NULL;
	if (*text)
		note(writer, worksheet_write_string(writer->sheet, (lxw_row_t)writer->line, column, text, format));
	note_width(writer, text);
}

static void xlsx_number(struct sheet_writer *writer, double number, lxw_format *format, const char *shown)
{
	note(writer, worksheet_write_number(writer->sheet, (lxw_row_t)writer->line, (lxw_col_t)writer->column, number, format));
	note_width(writer, shown);
}

/* Where the next cell goes; a full sheet is followed by another one. */
static bool begin_cell(struct sheet_writer *writer)
{
	if (writer->format == SHEET_XLSX && writer->line >= SHEET_ROWS) {
		end_sheet(writer);
		add_sheet(writer);
	}
	if (writer->column >= SHEET_COLUMNS)
		note(writer, LXW_ERROR_WORKSHEET_INDEX_OUT_OF_RANGE);
	return !writer->failure;
}

void sheet_put_text(struct sheet_writer *writer, const char *text)
{
	text = text ? text : "";
	if (!begin_cell(writer))
		return;
	if (writer->format == SHEET_CSV)
		csv_field(writer, text, true);
	else
		xlsx_text(writer, text);
	writer->column++;
}

void sheet_put_none(struct sheet_writer *writer)
{
	sheet_put_text(writer, NULL);
}

/* A value that XLSX holds as a number, unless it is one that would lose digits there. */
static void put_number(struct sheet_writer *writer, const char *shown, bool fits, double number, lxw_format *format)
{
	if (!begin_cell(writer))
		return;
	if (writer->format == SHEET_CSV)
		csv_field(writer, shown, false);
	else if (fits && writer->line > 0)
		xlsx_number(writer, number, format, shown);
	else
		xlsx_text(writer, shown);
	writer->column++;
}

static const int64_t most_digits = INT64_C(999999999999999);

void sheet_put_whole(struct sheet_writer *writer, int64_t number)
{
	char shown[32];
	snprintf(shown, sizeof shown, "%" PRId64, number);
	put_number(writer, shown, number >= -most_digits && number <= most_digits, (double)number, NULL);
}

void sheet_put_tenths(struct sheet_writer *writer, int64_t tenths)
{
	char shown[32];
	uint64_t size = tenths < 0 ? -(uint64_t)tenths : (uint64_t)tenths;
	snprintf(shown, sizeof shown, "%s%" PRIu64 ".%u", tenths < 0 ? "-" : "", size / 10, (unsigned)(size % 10));
	put_number(writer, shown, size <= (uint64_t)most_digits, (double)tenths / 10, writer->tenths);
}

void sheet_put_amount(struct sheet_writer *writer, int64_t fen)
{
	char shown[32];
	uint64_t size = fen < 0 ? -(uint64_t)fen : (uint64_t)fen;
	snprintf(shown, sizeof shown, "%s%" PRIu64 ".%02u", fen < 0 ? "-" : "", size / 100, (unsigned)(size % 100));
	put_number(writer, shown, size <= (uint64_t)most_digits, (double)fen / 100, writer->amount);
}

void sheet_put_day(struct sheet_writer *writer, int64_t day)
{
	enum { EPOCH = 25569, FIRST = 61 }; /* serial numbers of 1970-01-01 and 1900-03-01 */
	char shown[DAY_TEXT];
	day_print(day, shown);
	put_number(writer, shown, day + EPOCH >= FIRST && day <= DAY_FAR, (double)(day + EPOCH), writer->day);
}

void sheet_end_row(struct sheet_writer *writer)
{
	if (writer->format == SHEET_CSV)
		fputs("\r\n", writer->file);
	writer->row++;
	writer->line++;
	writer->column = 0;
}

int64_t sheet_writer_rows(const struct sheet_writer *writer)
{
	return writer->row;
}

int64_t sheet_writer_cut(const struct sheet_writer *writer)
{
	return writer->cut;
}

/* A pipe or a terminal is left alone. */
static void remove_file(const char *path)
{
	struct stat stat;
	if (lstat(path, &stat) == 0 && S_ISREG(stat.st_mode))
		unlink(path);
}

static bool close_csv(struct sheet_writer *writer)
{
	bool fine = fflush(writer->file) == 0 && !ferror(writer->file);
	/* A pipe or terminal has no disk to wait for. */
	if (fine && fsync(fileno(writer->file)) != 0 && errno != EINVAL && errno != EROFS)
		fine = false;
	int why = errno;
	if (fclose(writer->file) != 0)
		fine = false;
	errno = fine ? 0 : why;
	return fine;
}

/* A full disk leaves a file that is whole to look at but has sheets cut short: the sizes tell. */
static bool book_whole(const struct sheet_writer *writer)
{
	zip_t *zip = zip_open(writer->path, ZIP_RDONLY, NULL);
	bool whole = zip;
	for (size_t i = 0; whole && i < writer->size_count; i++) {
		char part[64];
		zip_stat_t stat;
		snprintf(part, sizeof part, "xl/worksheets/sheet%zu.xml", i + 1);
		zip_stat_init(&stat);
		whole = zip_stat(zip, part, 0, &stat) == 0 && stat.size > writer->sizes[i];
	}
	if (zip)
		zip_discard(zip);
	return whole;
}

static bool close_book(struct sheet_writer *writer)
{
	end_sheet(writer);
	errno = 0;
	note(writer, workbook_close(writer->book));
	if (!writer->failure && !book_whole(writer))
		note(writer, LXW_ERROR_CREATING_XLSX_FILE);
	return !writer->failure;
}

bool sheet_writer_finish(struct sheet_writer *writer, struct sheet_error *error)
{
	*error = (struct sheet_error){0};
	bool fine = writer->format == SHEET_CSV ? close_csv(writer) : close_book(writer);
	if (!fine || writer->failure) {
		int why = errno;
		sheet_fail(error, writer->row, 0, "the file could not be written (%s)|文件写入失败（%s）",
			writer->failure ? lxw_strerror(writer->failure) : strerror(why));
		remove_file(writer->path);
	}
	arena_free(writer->arena);
	return !error->text[0];
}

void sheet_writer_drop(struct sheet_writer *writer)
{
	struct sheet_error error;
	if (!writer)
		return;
	struct arena *arena = arena_new();
	const char *path = arena_copy(arena, writer->path);
	if (sheet_writer_finish(writer, &error))
		remove_file(path);
	arena_free(arena);
}
