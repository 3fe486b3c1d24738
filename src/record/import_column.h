/* Columns of a sheet: what an export writes above them, and what an import understands. */
#pragma once

#include "record/record.h"

enum column_part {
	COLUMN_NONE, /* not understood */
	COLUMN_VALUE, /* a field; of an area or a linked row its name */
	COLUMN_KEY, /* the code of an area, the id of a linked row */
	COLUMN_ID, /* of the row itself */
	COLUMN_EFFECTIVE, /* the day from which dated fields change */
	COLUMN_SINCE, /* the day from which a new row counts */
	COLUMN_DAYS, /* every value of dated fields by day, as JSON */
	COLUMN_ERRORS, /* what an error file says of the row */
};

struct column {
	enum column_part part;
	const struct field *field; /* of a value or a key */
	const char *heading; /* as it stands in the file */
	const char *
		code; /* of a value: the column is a question, where a yes says this pick ("!code": a no); NULL: it says the value itself */
	int rank; /* of several columns of one field the lower counts first: 0 its name or label, from 1 on its further headings */
};

/* Whether a field points to one other row by id, so that it has a key and a name. */
bool column_points(const struct field *field);
/* The record that such a field points to. */
const struct record *column_target(const struct field *field);
/* "English|中文": the heading of a part. */
const char *column_label(struct arena *arena, enum column_part part, const struct field *field);
/* What a heading means for a record: a field's name or label in either language or one of its further headings, without spaces, stars, colons
 * and strokes, in any case, with or without what stands in brackets. */
struct column column_read(struct arena *arena, const struct record *record, const char *heading);
/* Whether a heading means this field, the same way. */
bool column_means(struct arena *arena, const struct field *field, const char *heading);
/* Whether two headings are the same but for what column_read passes over. */
bool column_same(struct arena *arena, const char *one, const char *other);
