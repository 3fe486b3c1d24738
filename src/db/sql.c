/* Values to be bound, and SQL put together in pieces. */
#include <string.h>

#include "db/db.h"

struct value value_null(void)
{
	return (struct value){.type = VALUE_NULL};
}

struct value value_whole(int64_t whole)
{
	return (struct value){.type = VALUE_WHOLE, .whole = whole};
}

struct value value_real(double real)
{
	return (struct value){.type = VALUE_REAL, .real = real};
}

struct value value_text(const char *text)
{
	return text ? (struct value){.type = VALUE_TEXT, .text = text} : value_null();
}

struct value value_bytes(const void *bytes, size_t size)
{
	return (struct value){.type = VALUE_BYTES, .text = bytes, .size = size};
}

struct value value_id(struct id id)
{
	return id_none(id) ? value_null() : (struct value){.type = VALUE_ID, .id = id};
}

struct sql sql_new(struct arena *arena)
{
	return (struct sql){.text = {.arena = arena}};
}

void sql_add(struct sql *sql, const char *text, const struct value *values, size_t count)
{
	buf_text(&sql->text, text);
	for (size_t i = 0; i < count; i++)
		*ARENA_PUSH(sql->text.arena, sql->values, sql->count, sql->space) = values[i];
}

struct query *sql_query(struct db *db, struct sql *sql)
{
	return db_query(db, buf_end(&sql->text), sql->values, sql->count);
}

struct query *sql_walk(struct db *db, struct sql *sql)
{
	return db_walk(db, buf_end(&sql->text), sql->values, sql->count);
}

int64_t sql_run(struct db *db, struct sql *sql)
{
	return db_run(db, buf_end(&sql->text), sql->values, sql->count);
}
