#include <errno.h>
#include <iconv.h>
#include <string.h>

#include "base/sheet_inner.h"

enum { WINDOW = 64 * 1024 };

struct sheet_csv {
	struct arena *arena;
	const struct sheet_limits *limits;
	struct sheet_error *error;
	const char *bytes; /* what is left of the file, before decoding */
	size_t left, size;
	iconv_t decoder; /* (iconv_t)-1: the bytes are UTF-8 already */
	char *decoded; /* WINDOW bytes */
	const char *at, *end;
	struct buf field;
	char delimiter;
	int64_t row; /* record */
	int64_t line; /* of the text file */
};

static int64_t line_of(const char *bytes, const char *place)
{
	int64_t line = 1;
	for (const char *at = bytes; at < place && (at = memchr(at, '\n', (size_t)(place - at))); at++)
		line++;
	return line;
}

/*
 * Chooses the encoding of text without mark: UTF-8 where all of it is valid, else GB18030. Damaged UTF-8 is often valid
 * GB18030 that says something else, so a file in which lines with Chinese are mostly valid UTF-8 is refused, not guessed at.
 */
static const char *choose_encoding(struct sheet_csv *csv, bool marked)
{
	size_t good = 0, bad = 0;
	int64_t number = 1, first_bad = 0;
	for (const char *at = csv->bytes, *end = at + csv->left; at < end; number++) {
		const char *stop = memchr(at, '\n', (size_t)(end - at));
		size_t size = (size_t)((stop ? stop : end) - at);
		bool high = false;
		for (size_t i = 0; i < size && !high; i++)
			high = (unsigned char)at[i] >= 0x80;
		if (high && text_valid(at, size)) {
			good++;
		} else if (high) {
			bad++;
			first_bad = first_bad ? first_bad : number;
		}
		at += size + 1;
	}
	if (!bad)
		return "UTF-8";
	if (!marked && bad > good)
		return "GB18030";
	sheet_fail(csv->error, 0, 0, "line %lld is not valid UTF-8|第 %lld 行不是有效的 UTF-8 文本", (long long)first_bad);
	return NULL;
}

static const char *find_encoding(struct sheet_csv *csv)
{
	const char *marks[][2] = {{"\xef\xbb\xbf", "UTF-8"}, {"\xff\xfe", "UTF-16LE"}, {"\xfe\xff", "UTF-16BE"}};
	for (size_t i = 0; i < 3; i++) {
		size_t size = strlen(marks[i][0]);
		if (csv->left < size || memcmp(csv->bytes, marks[i][0], size))
			continue;
		csv->bytes += size;
		csv->left -= size;
		if (i > 0)
			return marks[i][1];
		return memchr(csv->bytes, 0, csv->left) ? "NUL" : choose_encoding(csv, true);
	}
	return memchr(csv->bytes, 0, csv->left) ? "NUL" : choose_encoding(csv, false);
}

static bool open_decoder(struct sheet_csv *csv)
{
	const char *encoding = find_encoding(csv);
	if (!encoding)
		return false;
	if (!strcmp(encoding, "NUL")) {
		int64_t line = line_of(csv->bytes, memchr(csv->bytes, 0, csv->left));
		return sheet_fail(csv->error, 0, 0, "not a text file: line %lld holds a zero byte|不是文本文件：第 %lld 行含有空字节",
			(long long)line);
	}
	if (!strcmp(encoding, "UTF-8")) {
		csv->at = csv->bytes;
		csv->end = csv->bytes + csv->left;
		csv->left = 0;
		return true;
	}
	csv->decoder = iconv_open("UTF-8", encoding);
	if (csv->decoder == (iconv_t)-1)
		return sheet_fail(csv->error, 0, 0, "%s cannot be read on this machine|本机无法读取 %s 编码", encoding);
	csv->decoded = arena_alloc(csv->arena, WINDOW);
	return true;
}

/* Decodes the next window. False at the end and where the text is not valid. */
static bool refill(struct sheet_csv *csv)
{
	if (!csv->left || csv->error->text[0])
		return false;
	char *in = (char *)csv->bytes, *out = csv->decoded;
	size_t room = WINDOW;
	errno = 0;
	size_t done = iconv(csv->decoder, &in, &csv->left, &out, &room);
	csv->bytes = in;
	csv->at = csv->decoded;
	csv->end = out;
	if (done != (size_t)-1 || (errno == E2BIG && out > csv->decoded) || out > csv->decoded)
		return out > csv->decoded;
	return sheet_fail(csv->error, csv->row, 0,
		"the text near line %lld is neither UTF-8 nor GB18030|第 %lld 行附近的文本既不是 UTF-8 也不是 GB18030",
		(long long)csv->line);
}

/* The next byte without taking it; -1 at the end. */
static int peek(struct sheet_csv *csv)
{
	if (csv->at == csv->end && !refill(csv))
		return -1;
	return (unsigned char)*csv->at;
}

/* "sep=;" on the first line is how spreadsheet programs are told the delimiter. */
static bool told_delimiter(struct sheet_csv *csv)
{
	const char *at = csv->at;
	if (csv->end - at < 6 || memcmp(at, "sep=", 4) || !memchr(",;\t", at[4], 3) || (at[5] != '\r' && at[5] != '\n'))
		return false;
	csv->delimiter = at[4];
	csv->at += 6;
	if (at[5] == '\r' && csv->at < csv->end && *csv->at == '\n')
		csv->at++;
	csv->row = 1;
	csv->line = 2;
	return true;
}

static void find_delimiter(struct sheet_csv *csv)
{
	csv->delimiter = ',';
	if (peek(csv) < 0 || told_delimiter(csv))
		return;
	size_t commas = 0, semicolons = 0, tabs = 0;
	bool quoted = false, begun = false;
	for (const char *at = csv->at; at < csv->end && at - csv->at < WINDOW; at++) {
		if (*at == '"')
			quoted = !quoted;
		else if (!quoted && (*at == '\n' || *at == '\r') && begun)
			break;
		begun = begun || (*at != '\n' && *at != '\r');
		commas += !quoted && *at == ',';
		semicolons += !quoted && *at == ';';
		tabs += !quoted && *at == '\t';
	}
	if (semicolons > commas && semicolons >= tabs)
		csv->delimiter = ';';
	else if (tabs > commas)
		csv->delimiter = '\t';
}

struct sheet_csv *sheet_csv_open(
	struct arena *arena, const char *bytes, size_t size, const struct sheet_limits *limits, struct sheet_error *error)
{
	struct sheet_csv *csv = arena_alloc(arena, sizeof *csv);
	*csv = (struct sheet_csv){.arena = arena, .limits = limits, .error = error, .bytes = bytes, .left = size, .size = size};
	csv->decoder = (iconv_t)-1;
	csv->field.arena = arena;
	csv->line = 1;
	if (!open_decoder(csv))
		return NULL;
	find_delimiter(csv);
	if (error->text[0]) {
		sheet_csv_close(csv);
		return NULL;
	}
	return csv;
}

void sheet_csv_close(struct sheet_csv *csv)
{
	if (csv && csv->decoder != (iconv_t)-1)
		iconv_close(csv->decoder);
}

double sheet_csv_progress(const struct sheet_csv *csv)
{
	size_t left = csv->decoder == (iconv_t)-1 ? (size_t)(csv->end - csv->at) : csv->left;
	return 1.0 - (double)left / (double)csv->size;
}

/* Adds everything up to one of the bytes of `stops` to the field; false where the field grows too long. */
static bool take_until(struct sheet_csv *csv, const char *stops)
{
	while (peek(csv) >= 0) {
		const char *from = csv->at;
		while (csv->at < csv->end && *csv->at != stops[0] && *csv->at != stops[1] && *csv->at != stops[2] && *csv->at != stops[3])
			csv->at++;
		buf_add(&csv->field, from, (size_t)(csv->at - from));
		if (csv->field.size > csv->limits->cell_bytes)
			return false;
		if (csv->at < csv->end)
			return true;
	}
	return true;
}

/* The inside of a quoted field, up to behind its closing quote. */
static bool take_quoted(struct sheet_csv *csv)
{
	int64_t opened = csv->line;
	csv->at++;
	for (;;) {
		if (!take_until(csv, "\"\n\"\"") || peek(csv) < 0) {
			if (csv->error->text[0])
				return false;
			return sheet_fail(csv->error, csv->row, 0, "the quote opened on line %lld is never closed|第 %lld 行的引号没有配对",
				(long long)opened);
		}
		char stop = *csv->at++;
		if (stop == '\n') {
			csv->line++;
		} else if (peek(csv) != '"') {
			return true;
		} else {
			csv->at++;
		}
		buf_char(&csv->field, stop);
	}
}

/* Takes the line end at hand: LF, CRLF or CR. */
static void take_line_end(struct sheet_csv *csv)
{
	if (*csv->at++ == '\r' && peek(csv) == '\n')
		csv->at++;
	csv->line++;
}

enum next_field { FIELD_MORE, FIELD_LAST, FIELD_BAD };

static enum next_field take_field(struct sheet_csv *csv, int column)
{
	char stops[] = {csv->delimiter, '\n', '\r', '\n'};
	csv->field.size = 0;
	if (peek(csv) == '"') {
		if (!take_quoted(csv))
			return FIELD_BAD;
		int next = peek(csv);
		if (next >= 0 && next != csv->delimiter && next != '\n' && next != '\r') {
			sheet_fail(csv->error, csv->row, column + 1, "line %lld: text behind a closing quote|第 %lld 行：引号之后还有文字",
				(long long)csv->line);
			return FIELD_BAD;
		}
	} else if (!take_until(csv, stops)) {
		sheet_fail(csv->error, csv->row, column + 1, "a cell holds more than %zu bytes|单元格内容超过 %zu 字节",
			csv->limits->cell_bytes);
		return FIELD_BAD;
	}
	int next = peek(csv);
	if (csv->error->text[0])
		return FIELD_BAD;
	if (next == csv->delimiter) {
		csv->at++;
		return FIELD_MORE;
	}
	if (next >= 0)
		take_line_end(csv);
	return FIELD_LAST;
}

/* Whether the writer has put an apostrophe before the text so that no program takes it for a formula. */
static bool guarded(const char *text, size_t size)
{
	size_t marks = 0;
	while (marks < size && text[marks] == '\'')
		marks++;
	return marks && marks < size && strchr("=+-@\t\r", text[marks]);
}

enum sheet_step sheet_csv_next(struct sheet_csv *csv, struct sheet_line *line, int64_t *row)
{
	if (peek(csv) < 0)
		return csv->error->text[0] ? SHEET_FAILED : SHEET_END;
	*row = ++csv->row;
	for (int column = 0;; column++) {
		enum next_field next = take_field(csv, column);
		const char *text = buf_end(&csv->field);
		size_t skip = guarded(text, csv->field.size);
		if (next == FIELD_BAD ||
			!sheet_line_set(line, column, text + skip, csv->field.size - skip, 0, false, csv->limits, csv->row, csv->error))
			return SHEET_FAILED;
		if (memchr(text, 0, csv->field.size)) {
			sheet_fail(csv->error, csv->row, column + 1, "a zero byte in the text|文本中有空字节");
			return SHEET_FAILED;
		}
		if (next == FIELD_LAST)
			return SHEET_ROW;
	}
}
