#include "base/sheet.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/sheet_inner.h"

const struct sheet_limits sheet_limits_default = {
	.unfolded = UINT64_C(512) << 20,
	.ratio_from = UINT64_C(10) << 20,
	.ratio = 200,
	.entries = 4096,
	.shared_bytes = UINT64_C(128) << 20,
	.shared_texts = 4 << 20,
	.cell_bytes = 256 << 10,
	.row_bytes = 4 << 20,
	.columns = SHEET_COLUMNS,
	.cells = 200000000,
};

struct sheet_reader {
	struct arena *arena;
	struct sheet_csv *csv; /* one of the two */
	struct sheet_book *book;
	struct sheet_line *line;
	struct sheet_limits limits;
	uint64_t cells;
	struct sheet_error error;
	enum sheet_step step; /* SHEET_ROW until the end or a failure */
};

/* A bar in what an argument brought must not look like the one between the languages. */
static void no_bars(char *text)
{
	for (; *text; text++)
		if (*text == '|')
			*text = '/';
}

/* Cuts at a whole character: arguments may be long. */
static void whole_end(char *text)
{
	size_t size = strlen(text);
	while (size && !text_valid(text, size))
		size--;
	text[size] = '\0';
}

bool sheet_fail(struct sheet_error *error, int64_t row, int column, const char *format, ...)
{
	if (error->text[0])
		return false;
	const char *bar = strchr(format, '|');
	char half[256], english[256], chinese[256];
	va_list arguments;
	snprintf(half, sizeof half, "%.*s", (int)(bar - format), format);
	va_start(arguments, format);
	vsnprintf(english, sizeof english, half, arguments);
	va_end(arguments);
	va_start(arguments, format);
	vsnprintf(chinese, sizeof chinese, bar + 1, arguments);
	va_end(arguments);
	no_bars(english);
	no_bars(chinese);
	whole_end(english);
	whole_end(chinese);
	snprintf(error->text, sizeof error->text, "%s|%s", english, chinese);
	error->row = row;
	error->column = column;
	return false;
}

struct sheet_line *sheet_line_new(struct arena *arena)
{
	struct sheet_line *line = arena_alloc(arena, sizeof *line);
	line->texts = arena_new();
	return line;
}

void sheet_line_clear(struct sheet_line *line)
{
	arena_reset(line->texts);
	line->count = 0;
	line->bytes = 0;
	line->filled = false;
}

static void make_cells(struct sheet_line *line, int count)
{
	if (count > line->space) {
		int space = line->space ? line->space : 32;
		while (space < count)
			space *= 2;
		struct sheet_cell *cells = realloc(line->cells, (size_t)space * sizeof *cells);
		if (!cells)
			abort();
		line->cells = cells;
		line->space = space;
	}
	for (; line->count < count; line->count++)
		line->cells[line->count] = (struct sheet_cell){"", 0, SHEET_EMPTY};
}

bool sheet_line_set(struct sheet_line *line, int column, const char *text, size_t size, unsigned flags, bool keep,
	const struct sheet_limits *limits, int64_t row, struct sheet_error *error)
{
	if (column >= limits->columns)
		return sheet_fail(error, row, column + 1, "more than %d columns|列数超过 %d", limits->columns);
	if (!size && !flags && column >= line->count)
		return true; /* wide and empty, as styled sheets often are */
	if (size > limits->cell_bytes)
		return sheet_fail(error, row, column + 1, "a cell holds more than %zu bytes|单元格内容超过 %zu 字节", limits->cell_bytes);
	line->bytes += size + 1;
	if (line->bytes > limits->row_bytes)
		return sheet_fail(error, row, column + 1, "a row holds more than %zu bytes|一行内容超过 %zu 字节", limits->row_bytes);
	make_cells(line, column + 1);
	if (size && !keep)
		text = arena_text(line->texts, text, size);
	line->cells[column] = (struct sheet_cell){size ? text : "", size, flags | (size ? 0 : SHEET_EMPTY)};
	if (size || (flags & SHEET_ERROR))
		line->filled = true;
	return true;
}

/* The container of .xls and of XLSX files with a password, which names its streams in UTF-16. */
static bool older_format(const void *bytes, size_t size, struct sheet_error *error)
{
	static const char package[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";
	if (size < 8 || memcmp(bytes, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8))
		return false;
	if (memmem(bytes, size, package, sizeof package))
		sheet_fail(error, 0, 0, "the file is protected with a password; save it without one|文件已加密，请取消密码后另存再上传");
	else
		sheet_fail(error, 0, 0, "this is an old .xls file; save it as .xlsx|这是旧版 .xls 文件，请另存为 .xlsx 再上传");
	return true;
}

struct sheet_reader *sheet_reader_open(const void *bytes, size_t size, const struct sheet_options *options, struct sheet_error *error)
{
	*error = (struct sheet_error){0};
	if (!size) {
		sheet_fail(error, 0, 0, "the file is empty|文件是空的");
		return NULL;
	}
	if (older_format(bytes, size, error))
		return NULL;
	struct arena *arena = arena_new();
	struct sheet_reader *reader = arena_alloc(arena, sizeof *reader);
	reader->arena = arena;
	reader->limits = options && options->limits ? *options->limits : sheet_limits_default;
	if (reader->limits.columns > SHEET_COLUMNS)
		reader->limits.columns = SHEET_COLUMNS;
	reader->line = sheet_line_new(arena);
	if (size >= 4 && (!memcmp(bytes, "PK\3\4", 4) || !memcmp(bytes, "PK\5\6", 4)))
		reader->book = sheet_book_open(arena, bytes, size, options ? options->sheet : NULL, &reader->limits, &reader->error);
	else
		reader->csv = sheet_csv_open(arena, bytes, size, &reader->limits, &reader->error);
	if (!reader->book && !reader->csv) {
		*error = reader->error;
		sheet_reader_close(reader);
		return NULL;
	}
	return reader;
}

enum sheet_step sheet_reader_next(struct sheet_reader *reader, struct sheet_row *row)
{
	*row = (struct sheet_row){0};
	while (reader->step == SHEET_ROW) {
		struct sheet_line *line = reader->line;
		sheet_line_clear(line);
		reader->step =
			reader->csv ? sheet_csv_next(reader->csv, line, &row->number) : sheet_book_next(reader->book, line, &row->number);
		reader->cells += (uint64_t)line->count;
		if (reader->step == SHEET_ROW && reader->cells > reader->limits.cells) {
			sheet_fail(&reader->error, row->number, 0, "the sheet has too many cells|表格的单元格太多");
			reader->step = SHEET_FAILED;
		}
		if (reader->step != SHEET_ROW || line->filled) {
			row->count = line->count;
			row->cells = line->cells;
			break;
		}
	}
	return reader->step;
}

const struct sheet_error *sheet_reader_error(const struct sheet_reader *reader)
{
	return &reader->error;
}

enum sheet_format sheet_reader_format(const struct sheet_reader *reader)
{
	return reader->csv ? SHEET_CSV : SHEET_XLSX;
}

double sheet_reader_progress(const struct sheet_reader *reader)
{
	return reader->csv ? sheet_csv_progress(reader->csv) : sheet_book_progress(reader->book);
}

void sheet_reader_close(struct sheet_reader *reader)
{
	if (!reader)
		return;
	sheet_csv_close(reader->csv);
	sheet_book_close(reader->book);
	free(reader->line->cells);
	arena_free(reader->line->texts);
	arena_free(reader->arena);
}
