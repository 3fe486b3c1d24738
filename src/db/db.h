/* One small door to SQL. A connection belongs to one thread at a time. Values are always bound, never written into the text; one SQL text serves
 * every engine (`?` marks a value). An error sticks to the connection: everything after it does nothing and finds nothing, until the
 * caller asks db_status at the end of its transaction. So a statement in between needs no test of its own. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/id.h"
#include "base/text.h"
#include "base/work.h"

enum value_type { VALUE_NULL, VALUE_WHOLE, VALUE_REAL, VALUE_TEXT, VALUE_BYTES, VALUE_ID };

struct value {
	enum value_type type;
	int64_t whole;
	double real;
	const char *text; /* of VALUE_TEXT and VALUE_BYTES; owned by whoever made it */
	size_t size; /* of VALUE_BYTES */
	struct id id;
};

struct value value_null(void);
struct value value_whole(int64_t whole);
struct value value_real(double real);
struct value value_text(const char *text); /* NULL binds null */
struct value value_bytes(const void *bytes, size_t size);
struct value value_id(struct id id); /* no id binds null */

/* V(x): the value of any C number, text or id. */
#define V(x) \
	_Generic((x),                                                                                                                      \
		bool: value_whole,                                                                                                         \
		int: value_whole,                                                                                                          \
		unsigned: value_whole,                                                                                                     \
		long: value_whole,                                                                                                         \
		long long: value_whole,                                                                                                    \
		unsigned long: value_whole,                                                                                                \
		double: value_real,                                                                                                        \
		char *: value_text,                                                                                                        \
		const char *: value_text,                                                                                                  \
		struct id: value_id)(x)
/* The values of one statement: BIND(V(id), V(day)), or NOTHING. */
#define BIND(...) (const struct value[]){__VA_ARGS__}, sizeof((const struct value[]){__VA_ARGS__}) / sizeof(struct value)
#define NOTHING NULL, 0

struct db;
struct query;

enum db_mode { DB_WRITE, DB_READ };

/* The name of a database for files that belong to it ("host-port-name"), in the arena; NULL where `place` is a folder. */
const char *db_place_name(const char *place, struct arena *arena);

/* Opens the store at `place` (a folder: SQLite; postgresql://…: PostgreSQL). NULL on failure, with *problem as "English|中文". The caller closes. */
struct db *db_open(const char *place, enum db_mode mode, struct arena *arena, const char **problem);
void db_close(struct db *db);

/* Starts a statement. Never NULL; db_next tells whether there is a row. Ends by itself when db_next says false. */
struct query *db_query(struct db *db, const char *sql, const struct value *values, size_t count);
/* The same for a result of any size, which is never in memory as a whole. Inside a transaction. */
struct query *db_walk(struct db *db, const char *sql, const struct value *values, size_t count);
bool db_next(struct query *query);
/* Ends a statement before its last row. */
void db_done(struct query *query);
/* Ends every statement that is under way: whoever stepped through them has left. */
void db_settle(struct db *db);
/* Runs a statement to its end and returns the number of rows it changed. */
int64_t db_run(struct db *db, const char *sql, const struct value *values, size_t count);
/* Runs a statement whose outcome nobody waits for: an error shows at the latest at commit. In a light transaction an engine may send it without an answer. */
void db_send(struct db *db, const char *sql, const struct value *values, size_t count);
/* The same for one that is to change exactly one row; false where it is known that it did not. Where that comes out later, the transaction is spoiled. */
bool db_send_one(struct db *db, const char *sql, const struct value *values, size_t count);
/* The first column of the first row; `otherwise` where there is none. */
int64_t db_get(struct db *db, int64_t otherwise, const char *sql, const struct value *values, size_t count);

/* Columns of the current row, counted from 0. Texts live until the next db_next; db_copy puts one into an arena. */
bool db_null(struct query *query, int column);
int64_t db_whole(struct query *query, int column); /* null reads 0 */
double db_real(struct query *query, int column);
const char *db_text(struct query *query, int column); /* null reads NULL */
char *db_copy(struct query *query, int column, struct arena *arena);
const void *db_bytes(struct query *query, int column, size_t *size);
struct id db_id(struct query *query, int column); /* null reads no id */

/* What has gone wrong since the last db_begin or db_forgive: OK, BUSY, FULL or BROKEN. */
enum status db_status(const struct db *db);
void db_forgive(struct db *db);

/* A transaction; for a reader it is one snapshot. Commit is refused (and rolled back) where an error stuck. */
void db_begin(struct db *db);
enum status db_commit(struct db *db);
void db_rollback(struct db *db);
/* A savepoint inside it. Where db_light was asked for there is none: cutting back what wrote nothing costs nothing, and cutting back what wrote spoils the
 * transaction (db_spoiled), which then does nothing more and must be rolled back and run again without db_light. */
void db_mark(struct db *db);
void db_keep(struct db *db);
void db_cut(struct db *db);
void db_light(struct db *db, bool light); /* before db_begin */
bool db_is_light(const struct db *db);
bool db_spoiled(const struct db *db);
/* Several programs write to one store in turns, each a transaction at a time. What only adds rows that no rule of another write looks at may go beside others that do
 * the same: asked for before db_begin. */
void db_beside(struct db *db, bool beside);
/* The number under which this program writes; nobody else has it at the same time. Inside a transaction. */
int64_t db_slot(const struct db *db);
/* A number of this running program on this store, taken with the first call and held as long as it lives, and whether the one with such a number lives. On the
 * writing connection. */
int64_t db_program(struct db *db);
bool db_lives(struct db *db, int64_t program);
/* Whether nobody can tell if the last commit came through: the connection was lost just then. */
bool db_doubt(const struct db *db);
/* Whether db_light was ever asked for: the connection of a writer. */
bool db_writes(const struct db *db);

/* Changes whenever rows are changed or deleted on this connection (not by inserts): what was read at the same epoch still holds, as long as
 * nobody else writes. */
uint64_t db_epoch(const struct db *db);
/* What was changed since `epoch` touches nothing that anybody remembers. */
void db_epoch_keep(struct db *db, uint64_t epoch);
/* Whether another connection may have written since this was asked last. Inside a transaction. */
bool db_foreign(struct db *db);

/* What only one engine knows. Empty text where the engine needs none. */
const char *db_type(const struct db *db, enum value_type type); /* a column type */
const char *db_hint(
	struct db *db, struct arena *arena, const char *index); /* names the index that a query shall use; NULL: none but the serial's */
bool db_has_column(struct db *db, const char *table, const char *column);
bool db_has_index(struct db *db, const char *index);
/* Keys begin with `home`, ids have no index of their own that refuses a second one, and file bodies are rows. */
bool db_homed(const struct db *db);
/* Whether each query is a message to another program and back: many rows are then asked for at once. */
bool db_far(const struct db *db);
/* Begins and ends an upgrade of the tables: one at a time over all programs, however long it takes. Outside a transaction. */
void db_upgrade(struct db *db, bool begin);
/* Bytes of the store; -1 where they are those of its files. */
int64_t db_size(struct db *db);

/* The columns of a table as they were made, and what each of them holds. Only of an engine that keeps to its types; none else. */
struct column_kind {
	const char *name;
	enum value_type type;
};
size_t db_columns(struct db *db, struct arena *arena, const char *table, struct column_kind **columns);
/* Many rows into a table, far faster than one by one, between a begin and an end with no other statement; only of an engine that can. */
void db_fill_begin(struct db *db, struct arena *arena, const char *table, const char *columns);
void db_fill_row(struct db *db, const struct value *values, size_t count);
void db_fill_end(struct db *db);
/* What words_put stores, for db_fill_row into the columns at_home, rowid and found of <table>_find. */
const char *db_words_text(struct db *db, struct arena *arena, const char *const texts[4]);

/* The words by which rows of a table are found: four texts of words parted by spaces (words, pairs, secrets, places). words_put gives them to the row with this id (none: with this
 * serial); words_take needs the same texts as were put. words_from is "FROM" with the table and its words, words_match a condition:
 * the query is of phrases in quotes (a star behind: its last word is a beginning), each after "words :", "pairs :", "secrets :" or "places :", with AND, OR and
 * parentheses. words_many: many are to come, in the order of serials. */
void db_words_make(struct db *db, struct arena *arena, const char *table);
void db_words_put(struct db *db, struct arena *arena, const char *table, struct id id, int64_t serial, const char *const texts[4]);
void db_words_take(struct db *db, struct arena *arena, const char *table, struct id id, const char *const texts[4]);
const char *db_words_from(const struct db *db, struct arena *arena, const char *table);
void db_words_many(struct db *db, struct arena *arena, const char *table, bool begin);

/* A statement put together from pieces. Zero-initialise all but text.arena. */
struct sql {
	struct buf text;
	struct value *values;
	size_t count;
	size_t space;
};

struct sql sql_new(struct arena *arena);
/* Adds text and the values of its question marks. */
void sql_add(struct sql *sql, const char *text, const struct value *values, size_t count);
struct query *sql_query(struct db *db, struct sql *sql);
struct query *sql_walk(struct db *db, struct sql *sql);
/* How many rows are found, counted up to `most`. */
int64_t db_words_count(struct db *db, struct arena *arena, const char *table, const char *words, int64_t most);
void db_words_match(struct db *db, struct sql *sql, const char *table, const char *words);
int64_t sql_run(struct db *db, struct sql *sql);
