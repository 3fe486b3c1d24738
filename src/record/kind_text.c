/* One line, several lines, and one of a list. */
#include <string.h>

#include "record/picks.h"
#include "record/record.h"

static enum status check_length(struct work *work, const struct field *field, struct value *value, int64_t otherwise)
{
	int64_t most = field->max ? field->max : otherwise;
	if ((int64_t)text_length(value->text) > most)
		return fail(work, BAD_FIELD, field->name, "takes %lld characters at most|最多 %lld 个字", (long long)most);
	return OK;
}

static enum status check_line(struct work *work, const struct field *field, struct value *value)
{
	value->text = text_trim(work->arena, value->text);
	for (const char *at = value->text; *at; at++)
		if ((unsigned char)*at < 0x20 || *at == 0x7f)
			return fail(work, BAD_FIELD, field->name, "must be one line without control characters|须为单行，不含控制字符");
	return check_length(work, field, value, 200);
}

static enum status check_lines(struct work *work, const struct field *field, struct value *value)
{
	for (const char *at = value->text; *at; at++)
		if ((unsigned char)*at < 0x20 && *at != '\n' && *at != '\r' && *at != '\t')
			return fail(work, BAD_FIELD, field->name, "must not hold control characters|不得含控制字符");
	return check_length(work, field, value, 4000);
}

static enum status read_line(struct work *work, const struct field *field, const char *text, struct value *value)
{
	*value = value_text(text);
	return field->kind->check(work, field, value);
}

static enum status check_pick(struct work *work, const struct field *field, struct value *value)
{
	const char *code = picks_code(work->arena, field->picks, value->text);
	if (!code)
		return fail(work, BAD_FIELD, field->name, "must be one of: %s|须为下列之一：%s",
			picks_list(work->arena, field->picks, work->language));
	value->text = code;
	return OK;
}

static const char *print_pick(struct arena *arena, const struct field *field, struct value value)
{
	/* sheets show the Chinese word; both words and the code read back */
	const char *label = picks_label(arena, field->picks, value.text);
	return label ? text_in(arena, label, CHINESE) : value.text;
}

const struct kind kind_text = {.name = "text", .holds = VALUE_TEXT, .read = read_line, .check = check_line};
const struct kind kind_longtext = {.name = "longtext", .holds = VALUE_TEXT, .read = read_line, .check = check_lines};
const struct kind kind_pick = {.name = "pick", .holds = VALUE_TEXT, .read = read_line, .check = check_pick, .print = print_pick};
