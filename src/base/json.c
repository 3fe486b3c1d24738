#include "base/json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"

struct json json_new(struct arena *arena)
{
	return (struct json){.buf = {.arena = arena}};
}

static void before(struct json *json)
{
	if (json->comma)
		buf_char(&json->buf, ',');
	json->comma = true;
}

void json_open(struct json *json, char bracket)
{
	before(json);
	buf_char(&json->buf, bracket);
	json->comma = false;
}

void json_close(struct json *json, char bracket)
{
	buf_char(&json->buf, bracket);
	json->comma = true;
}

static void quote(struct buf *buf, const char *text)
{
	buf_char(buf, '"');
	const char *from = text;
	for (const char *at = text; *at; at++) {
		unsigned char c = (unsigned char)*at;
		if (c >= 0x20 && c != '"' && c != '\\' && c != '<')
			continue;
		buf_add(buf, from, (size_t)(at - from));
		from = at + 1;
		if (c == '"' || c == '\\')
			buf_add(buf, (char[]){'\\', (char)c}, 2);
		else if (c == '\n')
			buf_add(buf, "\\n", 2);
		else
			buf_print(buf, "\\u%04x", c);
	}
	buf_text(buf, from);
	buf_char(buf, '"');
}

void json_key(struct json *json, const char *key)
{
	before(json);
	quote(&json->buf, key);
	buf_char(&json->buf, ':');
	json->comma = false;
}

void json_text(struct json *json, const char *text)
{
	before(json);
	if (text)
		quote(&json->buf, text);
	else
		buf_text(&json->buf, "null");
}

void json_raw(struct json *json, const char *text)
{
	before(json);
	buf_text(&json->buf, text);
}

void json_whole(struct json *json, int64_t number)
{
	char text[24];
	snprintf(text, sizeof text, "%lld", (long long)number);
	json_raw(json, text);
}

void json_double(struct json *json, double number)
{
	char text[32];
	for (int digits = 6; digits <= 17; digits++) {
		snprintf(text, sizeof text, "%.*g", digits, number);
		if (strtod(text, NULL) == number)
			break;
	}
	json_raw(json, text);
}

void json_flag(struct json *json, bool flag)
{
	json_raw(json, flag ? "true" : "false");
}

void json_null_out(struct json *json)
{
	json_raw(json, "null");
}

void json_id(struct json *json, struct id id)
{
	char text[ID_TEXT];
	json_text(json, id_none(id) ? NULL : id_print(id, text));
}

void json_day(struct json *json, int64_t day)
{
	char text[DAY_TEXT];
	json_text(json, day_print(day, text));
}

void json_stamp(struct json *json, int64_t stamp)
{
	char text[STAMP_TEXT];
	json_text(json, stamp_print(stamp, text));
}

void json_put(struct json *json, const char *key, const char *text)
{
	json_key(json, key);
	json_text(json, text);
}

void json_put_whole(struct json *json, const char *key, int64_t number)
{
	json_key(json, key);
	json_whole(json, number);
}

void json_put_flag(struct json *json, const char *key, bool flag)
{
	json_key(json, key);
	json_flag(json, flag);
}

void json_put_id(struct json *json, const char *key, struct id id)
{
	json_key(json, key);
	json_id(json, id);
}

void json_put_named(struct json *json, const char *key, struct id id, const char *name)
{
	json_key(json, key);
	json_open(json, '{');
	json_put_id(json, "id", id);
	json_put(json, "name", name);
	json_close(json, '}');
}

void json_put_stamp(struct json *json, const char *key, int64_t stamp)
{
	json_key(json, key);
	if (stamp)
		json_stamp(json, stamp);
	else
		json_null_out(json);
}

static void drop(void *value)
{
	json_decref(value);
}

json_t *json_own(struct arena *arena, json_t *value)
{
	arena_defer(arena, drop, value);
	return value;
}

json_t *json_read(struct arena *arena, const char *text, size_t size, const char **problem)
{
	json_error_t error;
	json_t *value = json_loadb(text, size, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);
	if (!value) {
		if (problem)
			*problem = arena_print(
				arena, "line %d, column %d|第 %d 行第 %d 列", error.line, error.column, error.line, error.column);
		return NULL;
	}
	return json_own(arena, value);
}

const char *json_print(struct arena *arena, const json_t *value)
{
	char *text = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY);
	arena_defer(arena, free, text);
	return text;
}
