#include "record/import_column.h"

#include <ctype.h>
#include <string.h>

bool column_points(const struct field *field)
{
	return field->kind == &kind_area || (field->kind == &kind_link && field->link);
}

const struct record *column_target(const struct field *field)
{
	return record_named(field->kind == &kind_area ? "area" : field->link);
}

static const char *both(struct arena *arena, const char *label, const char *english, const char *chinese)
{
	return arena_print(arena, "%s%s|%s%s", text_in(arena, label, ENGLISH), english, text_in(arena, label, CHINESE), chinese);
}

const char *column_label(struct arena *arena, enum column_part part, const struct field *field)
{
	switch (part) {
	case COLUMN_VALUE: return field->label;
	case COLUMN_KEY:
		return field->kind == &kind_area ? both(arena, field->label, " code", "代码") : both(arena, field->label, " id", "编号");
	case COLUMN_ID: return "id";
	case COLUMN_EFFECTIVE: return "Effective|生效日";
	case COLUMN_SINCE: return "Counts from|起始日";
	case COLUMN_DAYS: return "Values by day|历次变动";
	case COLUMN_ERRORS: return "Errors|错误";
	default: return "";
	}
}

/* Full-width signs made ASCII, brackets round, letters small; no white space, no stars of "must be given", no colons, marks and strokes. */
static char *plain(struct arena *arena, const char *text)
{
	static const char passed[] = "*:?/-";
	char *out = arena_alloc(arena, strlen(text) + 1), *end = out;
	for (uint32_t code; (code = text_next(&text)) != 0;) {
		if (code >= 0xff01 && code <= 0xff5e)
			code -= 0xfee0;
		if (code == '[' || code == '{' || code == 0x3010 || code == 0x3014)
			code = '(';
		if (code == ']' || code == '}' || code == 0x3011 || code == 0x3015)
			code = ')';
		if (code == 0x3000 || code == 0x3001 || code == 0xa0 || code == 0xfeff ||
			(code < 0x80 && (isspace((int)code) || strchr(passed, (int)code))))
			continue;
		end += text_put(end, code < 0x80 ? (uint32_t)tolower((int)code) : code);
	}
	*end = '\0';
	return out;
}

/* Without what stands in brackets: a unit, a hint. All of it where nothing else is there. */
static char *bare(struct arena *arena, const char *text)
{
	char *out = arena_alloc(arena, strlen(text) + 1), *end = out;
	int depth = 0;
	for (const char *at = text; *at; at++) {
		depth += *at == '(';
		if (!depth)
			*end++ = *at;
		depth -= *at == ')' && depth;
	}
	*end = '\0';
	return *out ? out : arena_copy(arena, text);
}

static bool is_same(struct arena *arena, const char *heading, const char *label, bool loose)
{
	const char *wanted = plain(arena, label);
	return strcmp(heading, loose ? bare(arena, wanted) : wanted) == 0;
}

static bool is_label(struct arena *arena, const char *heading, const char *label, bool loose)
{
	return is_same(arena, heading, text_in(arena, label, CHINESE), loose) ||
		is_same(arena, heading, text_in(arena, label, ENGLISH), loose);
}

/* Which of a field's further headings it is, from 1 on; 0 none. *code as in the column. */
static int is_head(struct arena *arena, const char *heading, const struct field *field, bool loose, const char **code)
{
	const char *left = field->heads, *word;
	for (int rank = 1; (word = text_word(arena, &left, ',')) != NULL; rank++) {
		const char *trimmed = text_trim(arena, word), *equals = strchr(trimmed, '=');
		*code = equals ? arena_text(arena, trimmed, (size_t)(equals - trimmed)) : NULL;
		if (is_same(arena, heading, equals ? equals + 1 : trimmed, loose))
			return rank;
	}
	return 0;
}

static struct column find_part(struct arena *arena, const char *heading)
{
	static const struct {
		enum column_part part;
		const char *name;
	} fixed[] = {{COLUMN_ID, "id"}, {COLUMN_EFFECTIVE, "effective"}, {COLUMN_SINCE, "since"}, {COLUMN_DAYS, "days"},
		{COLUMN_ERRORS, "errors"}};
	for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++)
		if (strcmp(heading, fixed[i].name) == 0 || is_label(arena, heading, column_label(arena, fixed[i].part, NULL), false))
			return (struct column){.part = fixed[i].part};
	/* what an error file writes in both languages at once */
	if (is_same(arena, heading, "错误/Errors", false))
		return (struct column){.part = COLUMN_ERRORS};
	return (struct column){.part = COLUMN_NONE};
}

static struct column find(struct arena *arena, const struct record *record, const char *heading, bool loose)
{
	for (size_t i = 0; i < record->field_count; i++) {
		const struct field *field = &record->fields[i];
		if (strcmp(heading, field->name) == 0 || is_label(arena, heading, field->label, loose))
			return (struct column){.part = COLUMN_VALUE, .field = field};
		if (column_points(field) && is_label(arena, heading, column_label(arena, COLUMN_KEY, field), loose))
			return (struct column){.part = COLUMN_KEY, .field = field};
	}
	struct column column = find_part(arena, heading);
	for (size_t i = 0; i < record->field_count && column.part == COLUMN_NONE; i++) {
		const char *code;
		int rank = is_head(arena, heading, &record->fields[i], loose, &code);
		if (rank)
			column = (struct column){.part = COLUMN_VALUE, .field = &record->fields[i], .rank = rank, .code = code};
	}
	return column;
}

struct column column_read(struct arena *arena, const struct record *record, const char *heading)
{
	char *exact = plain(arena, heading);
	struct column column = {.part = COLUMN_NONE};
	if (*exact)
		column = find(arena, record, exact, false);
	if (*exact && column.part == COLUMN_NONE)
		column = find(arena, record, bare(arena, exact), true);
	column.heading = heading;
	return column;
}

bool column_means(struct arena *arena, const struct field *field, const char *heading)
{
	const char *exact = plain(arena, heading), *loose = bare(arena, exact), *code;
	return *exact &&
		(strcmp(exact, field->name) == 0 || is_label(arena, exact, field->label, false) ||
			is_label(arena, loose, field->label, true) || is_head(arena, exact, field, false, &code) ||
			is_head(arena, loose, field, true, &code));
}

bool column_same(struct arena *arena, const char *one, const char *other)
{
	return strcmp(plain(arena, one), plain(arena, other)) == 0;
}
