/* Rows of the same INSERT, sent as one statement that takes an array a column: the server then works through many rows for the price of one message. */
#include <endian.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/postgres_inner.h"

enum { BUNCH_ROWS = 64, HEAD = 20 };

/* The values of one column, as an array in binary form. */
struct array {
	char *bytes;
	size_t size, space;
	bool nulls;
};

struct bunch {
	char *sql; /* of one row */
	char *many; /* of all of them */
	size_t columns;
	Oid *types;
	struct array *arrays;
	size_t rows;
	bool one;
};

static const char *type_name(Oid type)
{
	switch (type) {
	case OID_INT8: return "BIGINT";
	case OID_TEXT: return "TEXT";
	case OID_BYTES: return "BYTEA";
	case OID_UUID: return "UUID";
	default: return NULL;
	}
}

/* "INSERT INTO t (a, b) VALUES (?, ?) rest": the part from VALUES on, and the rest. NULL: values stand there that are no marks. */
static const char *values_of(const char *sql, const char **rest)
{
	static const char word[] = " VALUES (";
	const char *values = strncmp(sql, "INSERT INTO ", 12) == 0 ? strstr(sql, word) : NULL;
	if (!values)
		return NULL;
	const char *at = values + strlen(word);
	at += strspn(at, "?, ");
	*rest = at + 1;
	return *at == ')' ? values : NULL;
}

static char *text_of_many(const char *sql, const struct prepared *prepared)
{
	const char *rest, *values = values_of(sql, &rest);
	char *text = postgres_must(malloc(strlen(sql) + prepared->count * 32 + 64));
	int size = sprintf(text, "%.*s SELECT * FROM unnest(", (int)(values - sql), sql);
	for (size_t i = 0; i < prepared->count; i++)
		size += sprintf(text + size, "%sCAST(? AS %s[])", i ? ", " : "", type_name(prepared->types[i]));
	sprintf(text + size, ") many%s", rest);
	return text;
}

/* The bunch of this text; a new one where it was never seen. NULL: it cannot be sent so. */
static struct bunch *bunch_of(struct postgres *pg, const char *sql)
{
	const char *rest;
	for (size_t i = 0; i < pg->bunch_count; i++)
		if (strcmp(pg->bunches[i]->sql, sql) == 0)
			return pg->bunches[i];
	if (pg->bunch_count == MOST_BUNCHES || !values_of(sql, &rest) || (!postgres_known(pg, sql) && !postgres_settle(pg)))
		return NULL;
	const struct prepared *prepared = postgres_find(pg, sql);
	for (size_t i = 0; prepared && i < prepared->count; i++)
		if (!type_name(prepared->types[i]))
			return NULL;
	if (!prepared || !prepared->count || prepared->count > MOST_COLUMNS)
		return NULL;
	struct bunch *bunch = postgres_must(calloc(1, sizeof *bunch));
	bunch->sql = postgres_must(strdup(sql));
	bunch->many = text_of_many(sql, prepared);
	bunch->columns = prepared->count;
	bunch->types = postgres_must(malloc(bunch->columns * sizeof *bunch->types));
	memcpy(bunch->types, prepared->types, bunch->columns * sizeof *bunch->types);
	bunch->arrays = postgres_must(calloc(bunch->columns, sizeof *bunch->arrays));
	return pg->bunches[pg->bunch_count++] = bunch;
}

static void add_bytes(struct array *array, const void *bytes, size_t size)
{
	if (array->size + size > array->space) {
		array->space = 2 * (array->size + size) + 4096;
		array->bytes = postgres_must(realloc(array->bytes, array->space));
	}
	memcpy(array->bytes + array->size, bytes, size);
	array->size += size;
}

static void add_number(struct array *array, uint32_t number)
{
	number = htobe32(number);
	add_bytes(array, &number, sizeof number);
}

/* The head of an array in one dimension: the number of its elements is known at the end. */
static void put_head(struct array *array, Oid type, uint32_t rows)
{
	size_t size = array->size;
	array->size = 0;
	add_number(array, 1);
	add_number(array, array->nulls);
	add_number(array, type);
	add_number(array, rows);
	add_number(array, 1);
	array->size = size > HEAD ? size : HEAD;
}

/* Whether each value is laid out as an element is: text reads the same in both forms. */
static bool fits(const struct postgres *pg, const struct bunch *bunch)
{
	for (size_t i = 0; i < bunch->columns; i++)
		if (pg->bound.values[i] && !pg->bound.formats[i] && bunch->types[i] != OID_TEXT)
			return false;
	return true;
}

bool bunch_add(struct postgres *pg, const char *sql, const struct value *values, size_t count, bool one)
{
	struct bunch *bunch = bunch_of(pg, sql);
	if (!bunch || bunch->columns != count)
		return false;
	bound_set(&pg->bound, values, count, bunch->types);
	if (!fits(pg, bunch))
		return false;
	for (size_t i = 0; i < count; i++) {
		struct array *array = &bunch->arrays[i];
		const char *bytes = pg->bound.values[i];
		size_t size = !bytes ? 0 : pg->bound.formats[i] ? (size_t)pg->bound.sizes[i] : strlen(bytes);
		if (!array->size)
			put_head(array, bunch->types[i], 0);
		add_number(array, bytes ? (uint32_t)size : UINT32_MAX);
		if (bytes)
			add_bytes(array, bytes, size);
		array->nulls = array->nulls || !bytes;
	}
	bunch->one = one;
	if (++bunch->rows == BUNCH_ROWS)
		bunches_send(pg);
	return true;
}

static void clear(struct bunch *bunch)
{
	bunch->rows = 0;
	for (size_t i = 0; i < bunch->columns; i++) {
		bunch->arrays[i].size = 0;
		bunch->arrays[i].nulls = false;
	}
}

void bunches_send(struct postgres *pg)
{
	const char *values[MOST_COLUMNS];
	int sizes[MOST_COLUMNS], formats[MOST_COLUMNS];
	for (size_t b = 0; b < pg->bunch_count; b++) {
		struct bunch *bunch = pg->bunches[b];
		if (!bunch->rows)
			continue;
		for (size_t i = 0; i < bunch->columns; i++) {
			put_head(&bunch->arrays[i], bunch->types[i], (uint32_t)bunch->rows);
			values[i] = bunch->arrays[i].bytes;
			sizes[i] = (int)bunch->arrays[i].size;
			formats[i] = 1;
		}
		if (pg->db.status == OK)
			postgres_send_laid(pg, bunch->many, &(struct bound){.values = values, .sizes = sizes, .formats = formats},
				bunch->columns, bunch->one ? bunch->rows : 0);
		clear(bunch);
	}
	/* the server begins with them while the next are made */
	if (pg->sent)
		PQflush(pg->handle);
}

void bunches_drop(struct postgres *pg)
{
	for (size_t b = 0; b < pg->bunch_count; b++)
		clear(pg->bunches[b]);
}

void bunches_free(struct postgres *pg)
{
	for (size_t b = 0; b < pg->bunch_count; b++) {
		struct bunch *bunch = pg->bunches[b];
		for (size_t i = 0; i < bunch->columns; i++)
			free(bunch->arrays[i].bytes);
		free(bunch->arrays);
		free(bunch->types);
		free(bunch->many);
		free(bunch->sql);
		free(bunch);
	}
	pg->bunch_count = 0;
}
