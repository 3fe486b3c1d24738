/* What an engine of SQL must do to stand behind db.h. */
#pragma once

#include "db/db.h"

enum { DB_DEEPEST = 16 };

struct query {
	struct db *db;
};

struct engine {
	const char *name;
	void (*close)(struct db *db);
	struct query *(*query)(struct db *db, const char *sql, const struct value *values, size_t count);
	bool (*next)(struct query *query);
	void (*done)(struct query *query);
	int64_t (*changes)(struct db *db); /* rows changed by the statement that ended last */
	bool (*null)(struct query *query, int column);
	int64_t (*whole)(struct query *query, int column);
	double (*real)(struct query *query, int column);
	const char *(*text)(struct query *query, int column);
	const void *(*bytes)(struct query *query, int column, size_t *size);
	bool (*alive)(struct db *db); /* the transaction is still open: some errors end it by themselves */
	const char *(*type)(enum value_type type);
	const char *(*hint)(struct arena *arena, const char *index);
	bool (*foreign)(struct db *db); /* another connection may have written since this was asked last */
	const char *has_column; /* SQL with table and column as values; a row where it is there */
};

/* Every connection begins with this. */
struct db {
	const struct engine *engine;
	enum status status;
	const char *begin; /* SQL that begins a transaction; NULL: BEGIN */
	bool inside; /* a transaction */
	int depth; /* of savepoints */
	bool light; /* without savepoints */
	bool spoiled;
	bool direct; /* the statement ends before its values do: they need no copy */
	uint64_t writes; /* statements that wrote something */
	uint64_t marks[DB_DEEPEST]; /* of a light transaction: `writes` at the mark */
	uint64_t epoch;
};

/* Makes an error stick (the first one counts) and logs it. */
void db_stick(struct db *db, enum status status, const char *what);

struct db *sqlite_open(const char *folder, enum db_mode mode, struct arena *arena, const char **problem);
