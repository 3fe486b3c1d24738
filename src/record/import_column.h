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
};

/* Whether a field points to one other row by id, so that it has a key and a name. */
bool column_points(const struct field *field);
/* The record that such a field points to. */
const struct record *column_target(const struct field *field);
/* "English|中文": the heading of a part. */
const char *column_label(struct arena *arena, enum column_part part, const struct field *field);
/* What a heading means for a record: a field's name or label in either language, trimmed, in any case, with brackets of either
 * width, with or without what stands in them at the end. */
struct column column_read(struct arena *arena, const struct record *record, const char *heading);
