/* Names of persons and codes of the field. Credit codes with a wrong check digit are kept: real ones exist (facts.md 4.2); whoever
 * shows them warns. */
#include "base/codes.h"
#include "record/record.h"

enum { ROOM = 64 };

static enum status read_text(struct work *work, const struct field *field, const char *text, struct value *value)
{
	*value = value_text(text);
	return field->kind->check(work, field, value);
}

static enum status check_person(struct work *work, const struct field *field, struct value *value)
{
	return kind_text.check(work, field, value);
}

static enum status check_phone(struct work *work, const struct field *field, struct value *value)
{
	char clean[PHONE_TEXT];
	if (phone_clean(value->text, clean) == PHONE_NONE)
		return fail(work, BAD_FIELD, field->name,
			"must be a telephone number such as 13800010001 or 0738-8312345|须为电话号码，如 13800010001 或 0738-8312345");
	value->text = arena_copy(work->arena, clean);
	return OK;
}

static enum status check_idno(struct work *work, const struct field *field, struct value *value)
{
	char clean[ROOM];
	code_clean(value->text, clean, sizeof clean);
	enum code_fault fault = idno_check(clean, work->today, NULL);
	if (fault != CODE_FINE)
		return fail(work, BAD_FIELD, field->name, "%s|%s", work_text(work, code_fault_text(fault)));
	value->text = arena_copy(work->arena, clean);
	return OK;
}

static enum status check_uscc(struct work *work, const struct field *field, struct value *value)
{
	char clean[ROOM];
	code_clean(value->text, clean, sizeof clean);
	if (uscc_check(clean) == CODE_SHAPE)
		return fail(work, BAD_FIELD, field->name,
			"must be 18 digits and capitals without I O S V Z|须为 18 位数字或大写字母（不含 I O S V Z）");
	value->text = arena_copy(work->arena, clean);
	return OK;
}

static const char *show_name(struct arena *arena, const char *text)
{
	return mask_name(arena, text);
}

static const char *show_phone(struct arena *arena, const char *text)
{
	return mask_phone(arena, text);
}

static const char *show_idno(struct arena *arena, const char *text)
{
	return mask_idno(arena, text);
}

const struct kind kind_person = {.name = "person", .holds = VALUE_TEXT, .read = read_text, .check = check_person, .mask = show_name};
const struct kind kind_phone = {.name = "phone", .holds = VALUE_TEXT, .read = read_text, .check = check_phone, .mask = show_phone};
const struct kind kind_idno = {.name = "idno", .holds = VALUE_TEXT, .read = read_text, .check = check_idno, .mask = show_idno};
const struct kind kind_uscc = {.name = "uscc", .holds = VALUE_TEXT, .read = read_text, .check = check_uscc};
