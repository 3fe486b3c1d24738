/* JSON out: text is written as it comes, into a buffer. JSON in is jansson's, owned by an arena. */
#pragma once

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/id.h"
#include "base/text.h"

/* A writer. Zero-initialise all but `buf.arena`. Commas are put by itself. */
struct json {
	struct buf buf;
	bool comma;
};

struct json json_new(struct arena *arena);
void json_open(struct json *json, char bracket); /* '{' or '[' */
void json_close(struct json *json, char bracket); /* '}' or ']' */
void json_key(struct json *json, const char *key);
void json_text(struct json *json, const char *text); /* NULL writes null */
void json_whole(struct json *json, int64_t number);
void json_double(struct json *json, double number); /* shortest form that reads back the same */
void json_flag(struct json *json, bool flag);
void json_null_out(struct json *json);
void json_id(struct json *json, struct id id); /* no id writes null */
void json_day(struct json *json, int64_t day);
void json_stamp(struct json *json, int64_t stamp);
void json_raw(struct json *json, const char *text); /* JSON text as it is */
/* key and value in one call */
void json_put(struct json *json, const char *key, const char *text);
void json_put_whole(struct json *json, const char *key, int64_t number);
void json_put_flag(struct json *json, const char *key, bool flag);
void json_put_id(struct json *json, const char *key, struct id id);
void json_put_named(struct json *json, const char *key, struct id id, const char *name); /* {"id", "name"} */
void json_put_stamp(struct json *json, const char *key, int64_t stamp); /* 0 writes null */

/* Parses `size` bytes; NULL where they are not one JSON value, with the place in *problem ("line 3, column 7"). Duplicate keys are
 * refused. The value lives as long as the arena. */
json_t *json_read(struct arena *arena, const char *text, size_t size, const char **problem);
/* A jansson value as compact text in the arena. */
const char *json_print(struct arena *arena, const json_t *value);
/* Hands a value to the arena, which drops it at its end; returns it. */
json_t *json_own(struct arena *arena, json_t *value);
