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

/* Full-width signs made ASCII, letters small, no white space and no stars of "must be given". */
static char *plain(struct arena *arena, const char *text)
{
	char *out = arena_alloc(arena, strlen(text) + 1), *end = out;
	for (uint32_t code; (code = text_next(&text)) != 0;) {
		if (code >= 0xff01 && code <= 0xff5e)
			code -= 0xfee0;
		if (code == 0x3000 || code == 0xa0 || code == 0xfeff || code == '*' || (code < 0x80 && isspace((int)code)))
			continue;
		end += text_put(end, code < 0x80 ? (uint32_t)tolower((int)code) : code);
	}
	*end = '\0';
	return out;
}

/* Without the brackets at the end, which hold a unit or a hint. */
static char *bare(struct arena *arena, const char *text)
{
	char *out = arena_copy(arena, text);
	size_t size = strlen(out);
	char *open = size && out[size - 1] == ')' ? strrchr(out, '(') : NULL;
	if (open && open > out)
		*open = '\0';
	return out;
}

static bool is_label(struct arena *arena, const char *heading, const char *label, bool loose)
{
	for (enum language language = CHINESE; language <= ENGLISH; language++) {
		const char *half = plain(arena, text_in(arena, label, language));
		if (strcmp(heading, loose ? bare(arena, half) : half) == 0)
			return true;
	}
	return false;
}

static struct column find(struct arena *arena, const struct record *record, const char *heading, bool loose)
{
	static const struct {
		enum column_part part;
		const char *name;
	} fixed[] = {{COLUMN_ID, "id"}, {COLUMN_EFFECTIVE, "effective"}, {COLUMN_SINCE, "since"}, {COLUMN_DAYS, "days"},
		{COLUMN_ERRORS, "errors"}};
	for (size_t i = 0; i < record->field_count; i++) {
		const struct field *field = &record->fields[i];
		if (strcmp(heading, field->name) == 0 || is_label(arena, heading, field->label, loose))
			return (struct column){.part = COLUMN_VALUE, .field = field};
		if (column_points(field) && is_label(arena, heading, column_label(arena, COLUMN_KEY, field), loose))
			return (struct column){.part = COLUMN_KEY, .field = field};
	}
	for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++)
		if (strcmp(heading, fixed[i].name) == 0 || is_label(arena, heading, column_label(arena, fixed[i].part, NULL), false))
			return (struct column){.part = fixed[i].part};
	/* what an error file writes in both languages at once */
	if (strcmp(heading, "错误/errors") == 0)
		return (struct column){.part = COLUMN_ERRORS};
	return (struct column){.part = COLUMN_NONE};
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
