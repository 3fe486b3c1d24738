/* The description of the API (OpenAPI 3.1), made from the records, their steps and commands.def. */
#pragma once

#include "base/json.h"
#include "base/work.h"

/* The whole document, in the language of the work. */
void openapi_write(struct work *work, struct json *json);
/* The schemas of all records (openapi_schema.c): members of components/schemas. */
void openapi_schemas(struct work *work, struct json *json);

struct field;
struct record;
/* The schema of one field's value. `bare` leaves out null and the description. */
void openapi_field(struct work *work, struct json *json, const struct field *field, bool bare);
/* "Site" of site, "SiteNew" with a tail. In the arena. */
const char *openapi_name(struct arena *arena, const struct record *record, const char *tail);

/* key and bracket in one call */
void json_open_key(struct json *json, const char *key, char bracket);
