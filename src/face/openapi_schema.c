/* Schemas of the API from the records: what a row is, what a new one takes, what a change takes. */
#include <ctype.h>
#include <string.h>

#include "app/rights.h"
#include "face/openapi.h"
#include "record/days.h"
#include "record/picks.h"

#define MADE_UP_ID "01900000-0000-7000-8000-000000000001"

void json_open_key(struct json *json, const char *key, char bracket)
{
	json_key(json, key);
	json_open(json, bracket);
}

const char *openapi_name(struct arena *arena, const struct record *record, const char *tail)
{
	char *name = arena_print(arena, "%s%s", record->name, tail);
	name[0] = (char)toupper((unsigned char)name[0]);
	return name;
}

static void write_type(struct json *json, const char *type, bool null)
{
	json_key(json, "type");
	if (!null) {
		json_text(json, type);
		return;
	}
	json_open(json, '[');
	json_text(json, type);
	json_text(json, "null");
	json_close(json, ']');
}

static void write_picks(struct work *work, struct json *json, const struct field *field, bool null)
{
	struct pick pick;
	json_open_key(json, "enum", '[');
	for (const char *at = field->picks; picks_next(work->arena, &at, &pick);)
		json_text(json, pick.code);
	if (null)
		json_null_out(json);
	json_close(json, ']');
}

static bool is_number(const struct field *field)
{
	return field->kind == &kind_whole || field->kind == &kind_amount;
}

static const char *format_of(const struct field *field)
{
	if (field->kind == &kind_day)
		return "date";
	if (field->kind == &kind_stamp)
		return "date-time";
	return field->kind->holds == VALUE_ID ? "uuid" : NULL;
}

static void write_text_limits(struct json *json, const struct field *field)
{
	if (format_of(field))
		json_put(json, "format", format_of(field));
	else if (field->kind == &kind_place)
		json_put(json, "pattern", "^-?[0-9.]+,-?[0-9.]+$");
	else if (field->kind == &kind_text || field->kind == &kind_longtext)
		json_put_whole(json, "maxLength", field->max ? field->max : field->kind == &kind_longtext ? 4000 : 200);
}

/* Pick labels, unit and hint for a reader: the schema has no place of its own for them. */
static const char *describe(struct work *work, const struct field *field)
{
	struct buf text = {.arena = work->arena};
	struct pick pick;
	bool first = true;
	buf_text(&text, work_text(work, field->label));
	if (field->unit)
		buf_print(&text,
			work_text(work, field->scale ? "; in tenths: 365 is 36.5 %s|；以十分之一计：365 即 36.5%s" : " (%s)| (%s)"),
			work_text(work, field->unit));
	if (field->kind == &kind_amount)
		buf_text(&text, work_text(work, "; in fen|；单位为分"));
	if (field->link)
		buf_print(&text, work->language == ENGLISH ? "; id of a %s" : "；%s 的标识", field->link);
	if (field->hint)
		buf_print(&text, "%s%s", work_text(work, ". |。"), work_text(work, field->hint));
	for (const char *at = field->picks; at && picks_next(work->arena, &at, &pick);) {
		buf_print(&text, "%s%s=%s", first ? work_text(work, ": |：") : ", ", pick.code, work_text(work, pick.label));
		first = false;
	}
	if (field->private)
		buf_text(&text,
			work_text(work, ". Private: masked unless ?reveal= gives a reason|。隐私信息，默认打码，须以 ?reveal= 说明理由"));
	if (field->dated)
		buf_text(&text, work_text(work, ". Holds from a day on|。自某日起生效"));
	return buf_end(&text);
}

void openapi_field(struct work *work, struct json *json, const struct field *field, bool bare)
{
	bool null = !bare && !field->need, list = field->kind->many && field->kind != &kind_json;
	json_open(json, '{');
	if (field->kind == &kind_flag) {
		write_type(json, "boolean", null);
	} else if (is_number(field)) {
		write_type(json, "integer", null);
		if (field->max || field->min) {
			json_put_whole(json, "minimum", field->min);
			json_put_whole(json, "maximum", field->max);
		}
	} else if (list) {
		write_type(json, "array", null);
		json_open_key(json, "items", '{');
		json_put(json, "type", "string");
		json_put(json, "format", "uuid");
		json_close(json, '}');
	} else if (field->kind != &kind_json) {
		write_type(json, "string", null);
		write_text_limits(json, field);
	}
	if (field->picks)
		write_picks(work, json, field, null);
	if (!bare)
		json_put(json, "description", describe(work, field));
	if (!bare && field->system)
		json_put_flag(json, "readOnly", true);
	json_close(json, '}');
}

static void write_plain(struct json *json, const char *key, const char *type, const char *format, const char *text)
{
	json_open_key(json, key, '{');
	json_put(json, "type", type);
	if (format)
		json_put(json, "format", format);
	if (text)
		json_put(json, "description", text);
	json_close(json, '}');
}

/* A private number comes masked, as a text, to whoever gave no reason. */
static void write_masked(struct work *work, struct json *json, const struct field *field)
{
	json_open(json, '{');
	json_open_key(json, "type", '[');
	json_text(json, field->kind == &kind_flag ? "boolean" : "integer");
	json_text(json, "string");
	json_text(json, "null");
	json_close(json, ']');
	json_put(json, "description", describe(work, field));
	if (field->system)
		json_put_flag(json, "readOnly", true);
	json_close(json, '}');
}

/* What comes with one row alone, not in lists. */
static void write_of_one(struct work *work, struct json *json, const struct record *record)
{
	if (record->warn) {
		json_open_key(json, "warnings", '{');
		json_put(json, "type", "array");
		json_put(json, "description", work_text(work, "Of one row: what is odd about it|单行：可疑之处"));
		json_open_key(json, "items", '{');
		json_put(json, "type", "object");
		json_close(json, '}');
		json_close(json, '}');
	}
	json_open_key(json, "may", '{');
	json_put(json, "type", "object");
	json_put(json, "description", work_text(work, "Of one row: what its reader may do with it now|单行：读者当前可执行的操作"));
	json_open_key(json, "properties", '{');
	write_plain(json, "write", "boolean", NULL, work_text(work, "Change it and take it out|修改、作废"));
	json_open_key(json, "steps", '{');
	json_put(json, "type", "array");
	json_open_key(json, "items", '{');
	json_put(json, "type", "string");
	for (size_t i = 0; i < 4; i++)
		json_close(json, '}');
}

static void write_row(struct work *work, struct json *json, const struct record *record)
{
	json_open_key(json, openapi_name(work->arena, record, ""), '{');
	json_put(json, "type", "object");
	json_put(json, "description", work_text(work, record->doc ? record->doc : record->label));
	json_open_key(json, "required", '[');
	json_text(json, "id");
	json_text(json, "version");
	json_close(json, ']');
	json_open_key(json, "properties", '{');
	write_plain(json, "id", "string", "uuid", NULL);
	write_plain(json, "version", "integer", NULL, work_text(work, "Sent back as If-Match|修改时以 If-Match 送回"));
	write_plain(json, "made_at", "string", "date-time", NULL);
	write_plain(json, "changed_at", "string", "date-time", NULL);
	write_plain(json, "voided", "boolean", NULL, NULL);
	for (size_t i = 0; i < record->field_count; i++)
		if (!record->fields[i].hidden) {
			json_key(json, record->fields[i].name);
			if (record->fields[i].private && record->fields[i].kind->holds == VALUE_WHOLE)
				write_masked(work, json, &record->fields[i]);
			else
				openapi_field(work, json, &record->fields[i], false);
		}
	write_plain(json, "names", "object", NULL, work_text(work, "Titles of the rows that it points to|所指各行的名称"));
	write_of_one(work, json, record);
	json_close(json, '}');
	json_close(json, '}');
}

/* A value that nobody can take for a real one; false where none is offered. */
static bool write_made_up(struct work *work, struct json *json, const struct field *field)
{
	struct pick pick;
	const char *at = field->picks;
	if (!field->need || field->kind == &kind_idno || field->kind == &kind_uscc || field->kind == &kind_phone)
		return false;
	json_key(json, field->name);
	if (at && picks_next(work->arena, &at, &pick))
		json_text(json, pick.code);
	else if (field->kind == &kind_flag)
		json_flag(json, true);
	else if (is_number(field))
		json_whole(json, field->min > 12 ? field->min : field->max && field->max < 12 ? field->max : 12);
	else if (field->kind == &kind_day)
		json_text(json, "2020-03-05");
	else if (field->kind == &kind_stamp)
		json_text(json, "2020-03-05T04:00:00.000Z");
	else if (field->kind->holds == VALUE_ID)
		json_text(json, MADE_UP_ID);
	else if (field->kind->many)
		json_raw(json, "[]");
	else if (field->kind == &kind_place)
		json_text(json, "27.730000,112.000000");
	else
		json_text(json, "演示甲");
	return true;
}

static void write_example(struct work *work, struct json *json, const struct record *record)
{
	json_open_key(json, "examples", '[');
	json_open(json, '{');
	json_put(json, "id", MADE_UP_ID);
	for (size_t i = 0; i < record->field_count; i++)
		if (!record->fields[i].system)
			write_made_up(work, json, &record->fields[i]);
	json_close(json, '}');
	json_close(json, ']');
}

static void write_dates(struct work *work, struct json *json, const struct record *record)
{
	if (!days_any(record))
		return;
	write_plain(json, "effective", "string", "date",
		work_text(work, "Day from which dated fields hold; today where not given|生效日，不填为今日"));
	if (!record_field(record, "until"))
		write_plain(json, "until", "string", "date", work_text(work, "Last day on which they hold|失效日（含）"));
}

/* What a new row takes, or a change. */
static void write_input(struct work *work, struct json *json, const struct record *record, bool new)
{
	bool any = false;
	json_open_key(json, openapi_name(work->arena, record, new ? "New" : "Change"), '{');
	json_put(json, "type", "object");
	json_put_flag(json, "additionalProperties", false);
	json_open_key(json, "properties", '{');
	if (new)
		write_plain(json, "id", "string", "uuid",
			work_text(work, "UUIDv7 made by the client: makes a retry harmless|由客户端生成的 UUIDv7，重发不会重复"));
	write_plain(json, "deed", "string", "uuid", NULL);
	for (size_t i = 0; i < record->field_count; i++) {
		const struct field *field = &record->fields[i];
		any = any || (new && field->need && !field->system);
		if (field->system || (!new && field->fixed))
			continue;
		json_key(json, field->name);
		openapi_field(work, json, field, false);
	}
	write_dates(work, json, record);
	json_close(json, '}');
	if (any) {
		json_open_key(json, "required", '[');
		for (size_t i = 0; i < record->field_count; i++)
			if (record->fields[i].need && !record->fields[i].system)
				json_text(json, record->fields[i].name);
		json_close(json, ']');
	}
	if (new)
		write_example(work, json, record);
	json_close(json, '}');
}

static void write_problem(struct work *work, struct json *json)
{
	json_open_key(json, "Problem", '{');
	json_put(json, "type", "object");
	json_put(json, "description", work_text(work, "What went wrong (RFC 9457)|出错说明（RFC 9457）"));
	json_open_key(json, "properties", '{');
	write_plain(json, "type", "string", NULL, NULL);
	write_plain(json, "title", "string", NULL, NULL);
	write_plain(json, "status", "integer", NULL, NULL);
	write_plain(json, "code", "string", NULL, NULL);
	json_key(json, "detail");
	json_raw(json, "{\"type\":[\"string\",\"null\"]}");
	json_key(json, "fields");
	json_raw(json,
		"{\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":{\"field\":{\"type\":\"string\"},\"row\":{\"type\":\"integer\"},"
		"\"detail\":{\"type\":\"string\"}},\"required\":[\"field\",\"detail\"]}}");
	json_open_key(json, "current", '{');
	json_put(json, "description", work_text(work, "Of a conflict: the row as it is now|冲突时为该记录现状"));
	json_close(json, '}');
	json_close(json, '}');
	json_key(json, "required");
	json_raw(json, "[\"type\",\"title\",\"status\",\"code\"]");
	json_key(json, "examples");
	json_raw(json,
		"[{\"type\":\"about:blank\",\"title\":\"有填写项需要更正\",\"status\":422,\"code\":\"bad_field\",\"detail\":\"不能小于 0\","
		"\"fields\":[{\"field\":\"staff\",\"detail\":\"不能小于 0\"}]}]");
	json_close(json, '}');
}

void openapi_schemas(struct work *work, struct json *json)
{
	write_problem(work, json);
	for (size_t i = 0; i < record_count; i++) {
		write_row(work, json, records[i]);
		if (records[i]->inner)
			continue;
		write_input(work, json, records[i], true);
		if (!records[i]->appended)
			write_input(work, json, records[i], false);
	}
}
