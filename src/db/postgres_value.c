/* Values to and from PostgreSQL: whole numbers, ids and bytes in binary, everything else as text. */
#include <endian.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/postgres_inner.h"

static void grow(struct bound *bound, size_t count)
{
	if (count <= bound->space)
		return;
	bound->space = count + 32;
	bound->values = postgres_must(realloc(bound->values, bound->space * sizeof *bound->values));
	bound->sizes = postgres_must(realloc(bound->sizes, bound->space * sizeof *bound->sizes));
	bound->formats = postgres_must(realloc(bound->formats, bound->space * sizeof *bound->formats));
	bound->numbers = postgres_must(realloc(bound->numbers, bound->space * sizeof *bound->numbers));
}

static void set_binary(struct bound *bound, size_t at, const void *bytes, size_t size)
{
	memcpy(bound->numbers[at], bytes, size);
	bound->sizes[at] = (int)size;
	bound->formats[at] = 1;
}

static void set_whole(struct bound *bound, size_t at, int64_t whole, Oid type)
{
	uint64_t wide = htobe64((uint64_t)whole);
	uint32_t narrow = htobe32((uint32_t)whole);
	if (type == OID_INT8)
		set_binary(bound, at, &wide, sizeof wide);
	else if (type == OID_INT4 && whole >= INT32_MIN && whole <= INT32_MAX)
		set_binary(bound, at, &narrow, sizeof narrow);
	else
		snprintf(bound->numbers[at], sizeof bound->numbers[at], "%" PRId64, whole);
	bound->values[at] = bound->numbers[at];
}

static void set_real(struct bound *bound, size_t at, double real)
{
	snprintf(bound->numbers[at], sizeof bound->numbers[at], "%.17g", real);
	bound->values[at] = bound->numbers[at];
}

/* A beginning of an id stands for the least id that begins so. */
static void set_bytes(struct bound *bound, size_t at, const struct value *value, Oid type)
{
	char id[sizeof value->id.bytes] = {0};
	bound->values[at] = value->text;
	bound->sizes[at] = (int)value->size;
	bound->formats[at] = 1;
	if (type != OID_UUID || value->size >= sizeof id)
		return;
	memcpy(id, value->text, value->size);
	set_binary(bound, at, id, sizeof id);
	bound->values[at] = bound->numbers[at];
}

void bound_set(struct bound *bound, const struct value *values, size_t count, const Oid *types)
{
	grow(bound, count ? count : 1);
	for (size_t i = 0; i < count; i++) {
		const struct value *value = &values[i];
		bound->formats[i] = 0;
		bound->sizes[i] = 0;
		switch (value->type) {
		case VALUE_NULL: bound->values[i] = NULL; break;
		case VALUE_WHOLE: set_whole(bound, i, value->whole, types[i]); break;
		case VALUE_REAL: set_real(bound, i, value->real); break;
		case VALUE_TEXT: bound->values[i] = value->text; break;
		case VALUE_BYTES: set_bytes(bound, i, value, types[i]); break;
		case VALUE_ID:
			set_binary(bound, i, value->id.bytes, sizeof value->id.bytes);
			bound->values[i] = bound->numbers[i];
			break;
		}
	}
}

void bound_free(struct bound *bound)
{
	free(bound->values);
	free(bound->sizes);
	free(bound->formats);
	free(bound->numbers);
}

/* A sum of whole numbers is a numeric: groups of four decimal digits. What stands behind the point is left out. */
static int64_t numeric_whole(const char *bytes)
{
	uint16_t head[4], group;
	int64_t number = 0;
	memcpy(head, bytes, sizeof head);
	int groups = be16toh(head[0]), weight = (int16_t)be16toh(head[1]);
	for (int i = 0; i <= weight; i++) {
		group = 0;
		if (i < groups)
			memcpy(&group, bytes + sizeof head + (size_t)i * sizeof group, sizeof group);
		number = number * 10000 + be16toh(group);
	}
	return be16toh(head[2]) == 0x4000 ? -number : number;
}

static double float_of(const char *bytes)
{
	uint64_t bits;
	double real;
	memcpy(&bits, bytes, sizeof bits);
	bits = be64toh(bits);
	memcpy(&real, &bits, sizeof real);
	return real;
}

int64_t column_whole(const PGresult *result, int row, int column)
{
	const char *bytes = PQgetvalue(result, row, column);
	uint64_t wide;
	uint32_t narrow;
	uint16_t small;
	if (PQgetisnull(result, row, column))
		return 0;
	switch (PQftype(result, column)) {
	case OID_BOOL: return *bytes != 0;
	case OID_INT8: memcpy(&wide, bytes, sizeof wide); return (int64_t)be64toh(wide);
	case OID_INT4: memcpy(&narrow, bytes, sizeof narrow); return (int32_t)be32toh(narrow);
	case OID_INT2: memcpy(&small, bytes, sizeof small); return (int16_t)be16toh(small);
	case OID_FLOAT8: return (int64_t)float_of(bytes);
	case OID_NUMERIC: return numeric_whole(bytes);
	default: return strtoll(bytes, NULL, 10);
	}
}

double column_real(const PGresult *result, int row, int column)
{
	if (PQgetisnull(result, row, column))
		return 0;
	return PQftype(result, column) == OID_FLOAT8 ? float_of(PQgetvalue(result, row, column))
						     : (double)column_whole(result, row, column);
}

const char *column_text(const PGresult *result, int row, int column, char room[40])
{
	if (PQgetisnull(result, row, column))
		return NULL;
	switch (PQftype(result, column)) {
	case OID_BOOL:
	case OID_INT8:
	case OID_INT4:
	case OID_INT2:
	case OID_NUMERIC: snprintf(room, 40, "%" PRId64, column_whole(result, row, column)); return room;
	case OID_FLOAT8: snprintf(room, 40, "%.17g", column_real(result, row, column)); return room;
	default: return PQgetvalue(result, row, column);
	}
}
