#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/sheet_inner.h"

struct relation {
	const char *id, *type, *target;
};

struct relations {
	struct relation *items;
	size_t count, space;
	const char *folder; /* that targets are relative to */
};

struct sheet_book {
	struct sheet_pack pack;
	struct sheet_shared *shared;
	struct sheet_looks looks;
	bool since_1904;
	struct sheet_part part; /* the sheet */
	struct sheet_line *line;
	struct buf value;
	int64_t row;
	int column; /* of the cell being read, from 0 */
	char type[12]; /* its t attribute */
	size_t style;
	bool in_sheet, in_value, in_phonetic, has_value, has_formula;
	/* of the workbook */
	const char *wanted;
	struct relations parts;
	const char *path; /* of the chosen sheet */
};

/* A target as the name of a part: no scheme, no way out of the file. NULL where it is neither. */
static const char *resolve(struct arena *arena, const char *folder, const char *target)
{
	if (strchr(target, ':') || strchr(target, '\\') || strlen(target) > 200)
		return NULL;
	char *path = target[0] == '/' ? arena_copy(arena, target + 1) : arena_print(arena, "%s%s", folder, target);
	char *out = path;
	for (char *in = path; *in;) {
		size_t size = strcspn(in, "/");
		if (size == 2 && !memcmp(in, "..", 2)) {
			if (out == path)
				return NULL;
			for (out--; out > path && out[-1] != '/';)
				out--;
		} else if (size && !(size == 1 && *in == '.')) {
			memmove(out, in, size + 1);
			out += size + (in[size] == '/');
		}
		in += size + (in[size] == '/');
	}
	*out = '\0';
	return *path ? path : NULL;
}

static void relation_start(struct sheet_part *part, const char *element, const char **attributes)
{
	struct relations *relations = part->owner;
	const char *id = sheet_attribute(attributes, "Id"), *type = sheet_attribute(attributes, "Type");
	const char *target = sheet_attribute(attributes, "Target"), *mode = sheet_attribute(attributes, "TargetMode");
	if (strcmp(element, "Relationship") || !id || !type || !target || (mode && !strcmp(mode, "External")))
		return;
	struct arena *arena = part->pack->arena;
	target = resolve(arena, relations->folder, target);
	const char *slash = strrchr(type, '/');
	if (!target || !slash || relations->count >= part->pack->limits->entries)
		return;
	struct relation relation = {arena_copy(arena, id), arena_copy(arena, slash + 1), target};
	*ARENA_PUSH(arena, relations->items, relations->count, relations->space) = relation;
}

/* The relations of the part `path` ("" for the whole file). */
static bool relations_read(struct relations *relations, struct sheet_pack *pack, const char *path)
{
	const char *slash = strrchr(path, '/');
	int folder = slash ? (int)(slash + 1 - path) : 0;
	relations->folder = arena_text(pack->arena, path, (size_t)folder);
	struct sheet_part part = {.owner = relations, .start = relation_start};
	return sheet_part_read(&part, pack, arena_print(pack->arena, "%.*s_rels/%s.rels", folder, path, path + folder));
}

static const struct relation *related(const struct relations *relations, const char *type, const char *id)
{
	for (size_t i = 0; i < relations->count; i++)
		if ((!type || !strcmp(relations->items[i].type, type)) && (!id || !strcmp(relations->items[i].id, id)))
			return &relations->items[i];
	return NULL;
}

static bool truth(const char *text)
{
	return text && (!strcmp(text, "1") || !strcmp(text, "true") || !strcmp(text, "on"));
}

static void workbook_start(struct sheet_part *part, const char *element, const char **attributes)
{
	struct sheet_book *book = part->owner;
	if (!strcmp(element, "workbookPr"))
		book->since_1904 = truth(sheet_attribute(attributes, "date1904"));
	if (strcmp(element, "sheet") || book->path)
		return;
	const char *name = sheet_attribute(attributes, "name"), *state = sheet_attribute(attributes, "state");
	const char *id = sheet_attribute(attributes, "id");
	const struct relation *relation = id ? related(&book->parts, "worksheet", id) : NULL;
	if (relation && (book->wanted ? name && !strcmp(name, book->wanted) : !state || !strcmp(state, "visible")))
		book->path = relation->target;
}

/* Finds the parts of the workbook and reads all but the sheet. */
static bool workbook_read(struct sheet_book *book)
{
	struct sheet_pack *pack = &book->pack;
	struct relations top = {0};
	struct sheet_part types = {0}, workbook = {.owner = book, .start = workbook_start};
	if (!sheet_pack_has(pack, "[Content_Types].xml"))
		return sheet_fail(pack->error, 0, 0, "this zip file is not an XLSX spreadsheet|这个压缩文件不是 XLSX 表格");
	if (!sheet_part_read(&types, pack, "[Content_Types].xml") || !relations_read(&top, pack, ""))
		return false;
	const struct relation *main = related(&top, "officeDocument", NULL);
	if (!main || !relations_read(&book->parts, pack, main->target) || !sheet_part_read(&workbook, pack, main->target))
		return sheet_fail(pack->error, 0, 0, "this file is not an XLSX spreadsheet|这个文件不是 XLSX 表格");
	if (!book->path && book->wanted)
		return sheet_fail(pack->error, 0, 0, "there is no sheet called %.60s|没有名为 %.60s 的工作表", book->wanted);
	if (!book->path)
		return sheet_fail(pack->error, 0, 0, "the file has no sheet to read|文件中没有可读的工作表");
	const struct relation *styles = related(&book->parts, "styles", NULL), *texts = related(&book->parts, "sharedStrings", NULL);
	if (styles && !sheet_looks_read(&book->looks, pack, styles->target))
		return false;
	if (texts)
		book->shared = sheet_shared_read(pack, texts->target);
	return !texts || book->shared;
}

/* The column of "BC12", from 0; -1 where there is none that XLSX has. */
static int column_of(const char *place)
{
	int column = 0;
	for (; *place >= 'A' && *place <= 'Z' && column <= SHEET_COLUMNS; place++)
		column = column * 26 + (*place - 'A' + 1);
	return column >= 1 && column <= SHEET_COLUMNS && *place >= '0' && *place <= '9' ? column - 1 : -1;
}

static void row_start(struct sheet_part *part, const char **attributes)
{
	struct sheet_book *book = part->owner;
	const char *number = sheet_attribute(attributes, "r");
	int64_t row = number ? strtoll(number, NULL, 10) : book->row + 1;
	book->column = -1;
	sheet_line_clear(book->line);
	if (row >= 1 && row <= SHEET_ROWS) {
		book->row = row;
		return;
	}
	sheet_fail(part->pack->error, 0, 0, "row number %.20s is not one|行号 %.20s 无效", number ? number : "1048577");
	sheet_part_stop(part);
}

static void cell_start(struct sheet_part *part, const char **attributes)
{
	struct sheet_book *book = part->owner;
	const char *place = sheet_attribute(attributes, "r"), *type = sheet_attribute(attributes, "t");
	const char *style = sheet_attribute(attributes, "s");
	book->column = place ? column_of(place) : book->column + 1;
	if (book->column < 0 || book->column >= part->pack->limits->columns) {
		if (place)
			sheet_fail(part->pack->error, book->row, 0,
				"cell %.20s is outside the sheet (%d columns)|单元格 %.20s 超出表格范围（%d 列）", place,
				part->pack->limits->columns);
		else
			sheet_fail(part->pack->error, book->row, 0, "more than %d columns|列数超过 %d", part->pack->limits->columns);
		sheet_part_stop(part);
	}
	snprintf(book->type, sizeof book->type, "%s", type ? type : "n");
	book->style = style ? strtoul(style, NULL, 10) : 0;
	book->value.size = 0;
	book->has_value = book->has_formula = book->in_value = book->in_phonetic = false;
}

static void sheet_start(struct sheet_part *part, const char *element, const char **attributes)
{
	struct sheet_book *book = part->owner;
	if (!strcmp(element, "sheetData")) {
		book->in_sheet = true;
	} else if (!book->in_sheet) {
		return;
	} else if (!strcmp(element, "row")) {
		row_start(part, attributes);
	} else if (!strcmp(element, "c")) {
		cell_start(part, attributes);
	} else if (!strcmp(element, "f")) {
		book->has_formula = true;
	} else if (!strcmp(element, "rPh")) {
		book->in_phonetic = true;
	} else if (!strcmp(element, "v") || !strcmp(element, "t")) {
		book->in_value = !book->in_phonetic;
		book->has_value = true;
	}
}

static void sheet_text(struct sheet_part *part, const char *text, int size)
{
	struct sheet_book *book = part->owner;
	if (!book->in_value)
		return;
	buf_add(&book->value, text, (size_t)size);
	if (book->value.size > part->pack->limits->cell_bytes) {
		sheet_fail(part->pack->error, book->row, book->column + 1, "a cell holds more than %zu bytes|单元格内容超过 %zu 字节",
			part->pack->limits->cell_bytes);
		sheet_part_stop(part);
	}
}

/* ISO 8601 dates of strict files: "2020-03-05T00:00:00.000". */
static size_t iso_day(char *text, size_t size)
{
	char *clock = memchr(text, 'T', size);
	if (clock != text + 10)
		return size;
	if (!strncmp(clock, "T00:00:00", 9))
		return 10;
	*clock = ' ';
	return size > 16 ? 16 : size;
}

static bool set_cell(struct sheet_book *book)
{
	char number[SHEET_NUMBER_TEXT];
	const char *type = book->type, *text = buf_end(&book->value);
	size_t size = book->value.size;
	unsigned flags = book->has_formula ? SHEET_FORMULA : 0;
	bool keep = false;
	if (!book->has_value || (!size && strcmp(type, "s"))) {
		/* A file made by a program that does not work formulas out: what the cell says is not known. */
		if (book->has_formula && strcmp(type, "str"))
			flags |= SHEET_ERROR;
		size = 0;
	} else if (!strcmp(type, "s")) {
		char *end;
		unsigned long index = strtoul(text, &end, 10);
		text = *text && !*end && index < UINT32_MAX ? sheet_shared_text(book->shared, (uint32_t)index, &size) : NULL;
		keep = true;
		if (!text)
			return sheet_fail(book->pack.error, book->row, book->column + 1,
				"the cell points to a shared text that is not there|单元格引用的共享文本不存在");
	} else if (!strcmp(type, "b")) {
		flags |= SHEET_BOOLEAN;
		text = truth(text) ? "TRUE" : "FALSE";
		size = strlen(text);
	} else if (!strcmp(type, "e")) {
		flags |= SHEET_ERROR;
	} else if (!strcmp(type, "n")) {
		enum sheet_look look = book->style < book->looks.count ? (enum sheet_look)book->looks.looks[book->style] : LOOK_NUMBER;
		flags |= sheet_number_text(text, look, book->since_1904, number);
		text = number;
		size = strlen(number);
	} else if (!strcmp(type, "d")) {
		flags |= SHEET_DAY;
		size = iso_day(book->value.text, size);
	} else {
		size = sheet_unescape(book->value.text, size);
	}
	return sheet_line_set(book->line, book->column, text, size, flags, keep, book->pack.limits, book->row, book->pack.error);
}

static void sheet_end(struct sheet_part *part, const char *element)
{
	struct sheet_book *book = part->owner;
	if (!book->in_sheet)
		return;
	if (!strcmp(element, "v") || !strcmp(element, "t")) {
		book->in_value = false;
	} else if (!strcmp(element, "rPh")) {
		book->in_phonetic = false;
	} else if (!strcmp(element, "c")) {
		if (!set_cell(book))
			sheet_part_stop(part);
	} else if (!strcmp(element, "row")) {
		if (book->line->filled)
			sheet_part_pause(part);
	} else if (!strcmp(element, "sheetData")) {
		book->in_sheet = false;
	}
}

struct sheet_book *sheet_book_open(struct arena *arena, const char *bytes, size_t size, const char *sheet,
	const struct sheet_limits *limits, struct sheet_error *error)
{
	struct sheet_book *book = arena_alloc(arena, sizeof *book);
	book->pack = (struct sheet_pack){.arena = arena, .limits = limits, .error = error};
	book->value.arena = arena;
	book->wanted = sheet;
	book->part = (struct sheet_part){.owner = book, .start = sheet_start, .end = sheet_end, .text = sheet_text};
	if (sheet_pack_open(&book->pack, bytes, size) && workbook_read(book) && sheet_part_open(&book->part, &book->pack, book->path))
		return book;
	sheet_book_close(book);
	return NULL;
}

enum sheet_step sheet_book_next(struct sheet_book *book, struct sheet_line *line, int64_t *row)
{
	book->line = line;
	enum sheet_run run = sheet_part_run(&book->part);
	*row = book->row;
	if (run == PART_PAUSED)
		return SHEET_ROW;
	return run == PART_DONE ? SHEET_END : SHEET_FAILED;
}

double sheet_book_progress(const struct sheet_book *book)
{
	return book->part.size ? (double)book->part.unfolded / (double)book->part.size : 1.0;
}

void sheet_book_close(struct sheet_book *book)
{
	if (!book)
		return;
	sheet_part_close(&book->part);
	sheet_shared_free(book->shared);
	sheet_pack_close(&book->pack);
}
