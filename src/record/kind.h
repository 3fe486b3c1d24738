/* A kind of field: how its value is held, read, checked and written. */
#pragma once

#include "base/json.h"
#include "base/work.h"
#include "db/db.h"

struct field;

struct kind {
	const char *name;
	enum value_type holds; /* VALUE_WHOLE, VALUE_TEXT or VALUE_ID: its C member and its column */
	bool many; /* its JSON is a list or any value, held as JSON text */
	/* Reads what a spreadsheet cell, a filter or a form's text gives; the value is checked. On failure: BAD_FIELD on work. */
	enum status (*read)(struct work *work, const struct field *field, const char *text, struct value *value);
	/* Checks and normalises a value that has the right type. NULL: nothing to check. */
	enum status (*check)(struct work *work, const struct field *field, struct value *value);
	/* JSON of a value that is not null. NULL: by what it holds. */
	void (*write)(struct json *json, struct value value);
	/* The text that a spreadsheet cell shows; reads back by `read`. NULL: by what it holds. */
	const char *(*print)(struct arena *arena, const struct field *field, struct value value);
	/* What a reader without the right sees of a private value. NULL: "***". */
	const char *(*mask)(struct arena *arena, const char *text);
};

#define KIND(name, type) extern const struct kind kind_##name;
#include "record/kinds.def"
#undef KIND

/* From JSON (not null). On failure: BAD_FIELD on work. */
enum status kind_from_json(struct work *work, const struct field *field, const json_t *json, struct value *value);
void kind_to_json(struct json *json, const struct field *field, struct value value);
const char *kind_to_text(struct arena *arena, const struct field *field, struct value value);
