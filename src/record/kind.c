#include "record/kind.h"

#include <string.h>

#include "record/record.h"

static bool type_fits(const struct kind *kind, const json_t *json)
{
	if (kind->many)
		return true;
	if (kind == &kind_flag)
		return json_is_boolean(json);
	if (kind == &kind_whole || kind == &kind_amount)
		return json_is_integer(json);
	return json_is_string(json);
}

static enum status wrong_type(struct work *work, const struct field *field)
{
	if (field->kind == &kind_flag)
		return fail(work, BAD_FIELD, field->name, "must be true or false|须为 true 或 false");
	if (field->kind == &kind_whole || field->kind == &kind_amount)
		return fail(work, BAD_FIELD, field->name, "must be a whole number|须为整数");
	return fail(work, BAD_FIELD, field->name, "must be a text|须为文本");
}

enum status kind_from_json(struct work *work, const struct field *field, const json_t *json, struct value *value)
{
	const struct kind *kind = field->kind;
	if (!type_fits(kind, json))
		return wrong_type(work, field);
	if (kind->many)
		*value = value_text(json_print(work->arena, json));
	else if (json_is_boolean(json))
		*value = value_whole(json_is_true(json));
	else if (json_is_integer(json))
		*value = value_whole(json_integer_value(json));
	else if (kind->holds != VALUE_TEXT)
		return kind->read(work, field, json_string_value(json), value);
	else
		*value = value_text(json_string_value(json));
	return kind->check ? kind->check(work, field, value) : OK;
}

void kind_to_json(struct json *json, const struct field *field, struct value value)
{
	const struct kind *kind = field->kind;
	if (value.type == VALUE_NULL)
		json_null_out(json);
	else if (kind->write)
		kind->write(json, value);
	else if (kind->many)
		json_raw(json, value.text);
	else if (kind->holds == VALUE_WHOLE)
		json_whole(json, value.whole);
	else if (kind->holds == VALUE_ID)
		json_id(json, value.id);
	else
		json_text(json, value.text);
}

const char *kind_to_text(struct arena *arena, const struct field *field, struct value value)
{
	char id[ID_TEXT];
	const struct kind *kind = field->kind;
	if (value.type == VALUE_NULL)
		return "";
	if (kind->print)
		return kind->print(arena, field, value);
	if (kind->holds == VALUE_WHOLE)
		return arena_print(arena, "%lld", (long long)value.whole);
	return kind->holds == VALUE_ID ? arena_copy(arena, id_print(value.id, id)) : value.text;
}
