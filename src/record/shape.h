/* The shape of a row to the outside: JSON in and out, and who sees what of it. The one place where rows are written out. */
#pragma once

#include "record/rows.h"

/* Whether work->who may see the row's private values in clear, now (the right, and a reason in work->reason). */
bool shape_reveals(const struct work *work, const struct row *row);
/* What work->who sees of a field as text (a sheet's cell): masked where private and not revealed. */
const char *shape_text(struct work *work, const struct row *row, const struct field *field);
/* One row as a JSON object: the fixed members, every field, and under "names" the titles of what it links to. */
void shape_row(struct work *work, struct json *json, const struct row *row);
/* As shape_row, with "warnings": what is odd about it, and "may": whether work->who may change it, and which steps may be taken now, by right and by
 * state (their rules may still refuse them). For one row, not for lists. */
void shape_one(struct work *work, struct json *json, const struct row *row);
/* "warnings" of a row whose record has any: each with its field, in words, and the other row that it is about. */
void shape_warnings(struct work *work, struct json *json, const struct row *row);
/* Whether work->who may take the step now, by right and by state (its rule may still refuse). */
bool shape_may_step(struct work *work, const struct row *row, const struct step *step);
/* Those of the named fields (comma separated) that the object holds and that are not null, as shape_read. */
enum status shape_read_part(struct work *work, const json_t *object, const char *fields, struct row *row);
/* A field's value for people, masked where it is private and not `clear`. */
void shape_value(struct work *work, struct json *json, const struct field *field, struct value value, bool clear);

/* Fills `row` from a JSON object: its fields that may come from outside, checked by kind. "id", and for dated fields "effective" and "until", are read into *effective and *until
 * (INT64_MIN, DAY_FAR where not given). Unknown fields, system fields, and fixed fields of a stored row are refused by name. `only`: the fields that
 * a step takes, comma separated; NULL: all. */
enum status shape_read(struct work *work, const json_t *object, struct row *row, const char *only, int64_t *effective, int64_t *until);
/* The title of what a field of `row` points to; NULL where it has none or lies out of work->who's reach. */
const char *shape_pointed(struct work *work, const struct row *row, const struct field *field);
/* The title of a row by its id, whoever asks: of its record's title field, masked if that is private; NULL where there is none. */
const char *shape_title(struct work *work, const struct record *record, struct id id);
/* The same in clear where work->who may see it so, now (shape_reveals): that is put on record. */
const char *shape_name(struct work *work, const struct record *record, struct id id);
/* A hash of a new row as it was sent, the same however it was sent (alone or with others), to recognise a retry. */
struct id shape_row_hash(const struct row *row, struct id deed);
/* A hash of a body, to recognise a retry. */
struct id shape_hash(const char *text, size_t size);
