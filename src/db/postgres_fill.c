/* Many rows into a table by COPY, as text. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/postgres_inner.h"

enum { CHUNK = 256 * 1024 };

static void fill_add(struct fill *fill, const char *bytes, size_t size)
{
	if (fill->size + size > fill->space) {
		fill->space = 2 * (fill->size + size) + CHUNK;
		fill->bytes = realloc(fill->bytes, fill->space);
		if (!fill->bytes)
			abort();
	}
	memcpy(fill->bytes + fill->size, bytes, size);
	fill->size += size;
}

static void add_hex(struct fill *fill, const char *bytes, size_t size)
{
	static const char digits[] = "0123456789abcdef";
	for (size_t i = 0; i < size; i++)
		fill_add(fill, (const char[]){digits[(unsigned char)bytes[i] >> 4], digits[(unsigned char)bytes[i] & 15]}, 2);
}

static void add_text(struct fill *fill, const char *text)
{
	for (; *text; text++) {
		const char *special = strchr("\\\n\r\t", *text);
		if (!special)
			fill_add(fill, text, 1);
		else
			fill_add(fill, (const char[]){'\\', "\\nrt"[special - "\\\n\r\t"]}, 2);
	}
}

static void add_value(struct fill *fill, const struct value *value)
{
	char number[40];
	switch (value->type) {
	case VALUE_NULL: fill_add(fill, "\\N", 2); break;
	case VALUE_WHOLE:
		snprintf(number, sizeof number, "%" PRId64, value->whole);
		fill_add(fill, number, strlen(number));
		break;
	case VALUE_REAL:
		snprintf(number, sizeof number, "%.17g", value->real);
		fill_add(fill, number, strlen(number));
		break;
	case VALUE_TEXT: add_text(fill, value->text); break;
	case VALUE_BYTES:
		fill_add(fill, "\\\\x", 3);
		add_hex(fill, value->text, value->size);
		break;
	case VALUE_ID: add_hex(fill, (const char *)value->id.bytes, sizeof value->id.bytes); break;
	}
}

static void send(struct postgres *pg)
{
	struct fill *fill = &pg->fill;
	if (fill->size && PQputCopyData(pg->handle, fill->bytes, (int)fill->size) != 1)
		postgres_stick(pg, NULL, "COPY");
	fill->size = 0;
}

void fill_begin(struct db *db, struct arena *arena, const char *table, const char *columns)
{
	struct postgres *pg = (struct postgres *)db;
	char *text = postgres_text(arena_print(arena, "COPY %s (%s) FROM STDIN", table, columns));
	PGresult *result = PQexec(pg->handle, text);
	if (PQresultStatus(result) != PGRES_COPY_IN)
		postgres_stick(pg, result, text);
	PQclear(result);
	free(text);
	pg->fill.size = 0;
}

void fill_row(struct db *db, const struct value *values, size_t count)
{
	struct postgres *pg = (struct postgres *)db;
	for (size_t i = 0; i < count; i++) {
		if (i)
			fill_add(&pg->fill, "\t", 1);
		add_value(&pg->fill, &values[i]);
	}
	fill_add(&pg->fill, "\n", 1);
	if (pg->fill.size >= CHUNK)
		send(pg);
}

void fill_end(struct db *db)
{
	struct postgres *pg = (struct postgres *)db;
	if (db->status == OK)
		send(pg);
	PQputCopyEnd(pg->handle, db->status == OK ? NULL : "broken off");
	for (PGresult *result; (result = PQgetResult(pg->handle)) != NULL; PQclear(result))
		if (!postgres_good(result))
			postgres_stick(pg, result, "COPY");
}
