/* What an engine of SQL must do to stand behind db.h. */
#pragma once

#include "db/db.h"

enum { DB_DEEPEST = 16, DB_OPEN = 64 };

struct query {
	struct db *db;
};

struct engine {
	const char *name;
	void (*close)(struct db *db);
	struct query *(*query)(struct db *db, const char *sql, const struct value *values, size_t count);
	/* the same for a result of any size, which is fetched piece by piece */
	struct query *(*walk)(struct db *db, const char *sql, const struct value *values, size_t count);
	bool (*next)(struct query *query);
	void (*done)(struct query *query);
	/* Sends a statement without waiting; `one`: it must change one row. NULL where nothing is won by that. */
	void (*send)(struct db *db, const char *sql, const struct value *values, size_t count, bool one);
	int64_t (*changes)(struct db *db); /* rows changed by the statement that ended last */
	bool (*null)(struct query *query, int column);
	int64_t (*whole)(struct query *query, int column);
	double (*real)(struct query *query, int column);
	const char *(*text)(struct query *query, int column);
	const void *(*bytes)(struct query *query, int column, size_t *size);
	bool rolls_back; /* some errors roll a transaction back at once; on other engines it stays, and refuses everything */
	bool (*alive)(struct db *db); /* the transaction is still open: some errors end it by themselves */
	int64_t (*program)(struct db *db);
	bool (*lives)(struct db *db, int64_t program);
	const char *(*type)(enum value_type type);
	const char *(*hint)(struct arena *arena, const char *index);
	bool (*foreign)(struct db *db); /* another connection may have written since this was asked last */
	/* the words of rows that are searched: see db.h */
	void (*words_make)(struct db *db, struct arena *arena, const char *table);
	void (*words_put)(struct db *db, struct arena *arena, const char *table, struct id id, int64_t serial, const char *const texts[4]);
	void (*words_take)(struct db *db, struct arena *arena, const char *table, struct id id, const char *const texts[4]);
	const char *(*words_from)(struct arena *arena, const char *table);
	void (*words_match)(struct db *db, struct sql *sql, const char *table, const char *words);
	void (*words_many)(struct db *db, struct arena *arena, const char *table, bool begin);
	void (*upgrade)(struct db *db, bool begin);
	/* NULL where the engine does not do so: see db.h */
	void (*fill_begin)(struct db *db, struct arena *arena, const char *table, const char *columns);
	void (*fill_row)(struct db *db, const struct value *values, size_t count);
	void (*fill_end)(struct db *db);
	char *(*words_text)(struct db *db, const char *const texts[4]); /* malloc'd */
	const char *columns; /* SQL with the table as value: name and type (enum value_type) of each column, in order */
	const char *has_column; /* SQL with table and column as values; a row where it is there */
	const char *has_index; /* SQL with its name as value */
	const char *size; /* SQL: bytes of the store; NULL: those of its files */
	bool homed; /* keys begin with home */
	bool far; /* see db_far */
};

/* Every connection begins with this. */
struct db {
	const struct engine *engine;
	enum status status;
	const char *begin; /* SQL that begins a transaction; NULL: BEGIN */
	bool inside; /* a transaction */
	int depth; /* of savepoints */
	struct query *open[DB_OPEN]; /* statements under way, for db_settle */
	size_t open_count;
	bool of_writer;
	bool light; /* without savepoints */
	bool spoiled;
	bool direct; /* the statement ends before its values do: they need no copy */
	uint64_t writes; /* statements that wrote something */
	uint64_t marks[DB_DEEPEST]; /* of a light transaction: `writes` at the mark */
	uint64_t epoch;
	bool beside; /* see db_beside */
	int64_t slot;
	bool doubt; /* whether the last commit came through cannot be told */
};

/* Makes an error stick (the first one counts) and logs it. */
void db_stick(struct db *db, enum status status, const char *what);

struct db *postgres_open(const char *place, enum db_mode mode, struct arena *arena, const char **problem);
const char *postgres_name(const char *place, struct arena *arena);
/* The file system of SQLite with its log gathered (sqlite_log.c): for whoever writes. Not for threads at once. */
const char *sqlite_log_vfs(void);
struct db *sqlite_open(const char *folder, enum db_mode mode, struct arena *arena, const char **problem);
