/* What the parts of the PostgreSQL engine share. */
#pragma once

#include <libpq-fe.h>
#include <locale.h>

#include "db/engine.h"

enum {
	OID_BOOL = 16,
	OID_BYTES = 17,
	OID_INT8 = 20,
	OID_INT2 = 21,
	OID_INT4 = 23,
	OID_TEXT = 25,
	OID_FLOAT8 = 701,
	OID_NUMERIC = 1700,
	OID_UUID = 2950
};

/* The SQL of the house as PostgreSQL reads it: `?` becomes $1, $2, … and a column that is a reserved word stands in quotes. The caller frees. */
char *postgres_text(const char *sql);

/* The values of one execution, as the server wants them. Zero-initialise; grows, and is used again. */
struct bound {
	const char **values;
	int *sizes;
	int *formats;
	char (*numbers)[32];
	size_t space;
};
/* Lays out `count` values for parameters of these types. */
void bound_set(struct bound *bound, const struct value *values, size_t count, const Oid *types);
void bound_free(struct bound *bound);

/* A column of a row in binary form, as another type than the one asked for where need be. */
int64_t column_whole(const PGresult *result, int row, int column);
double column_real(const PGresult *result, int row, int column);
/* `room` holds what is no text in the store. */
const char *column_text(const PGresult *result, int row, int column, char room[40]);

/* The words of a text for the search index, as a tsvector in text form, and a query in the words of FTS5 as a tsquery; malloc'd. `letters`: a locale of
 * UTF-8. */
char *postgres_words(const char *const *texts, size_t count, locale_t letters);
char *postgres_match(const char *query, locale_t letters);

/* Numbers of advisory locks, "must" in letters and what for. */
#define WRITERS_LOCK "7889715201"
#define UPGRADE_LOCK "7889715202"
#define SLOT_LOCK "7889715" /* with the slot as second number */
#define PROGRAM_LOCK "7889716" /* with the number of a running program */

enum {
	KEPT = 1021, /* slots for prepared statements of one connection: a prime well above the number of SQL texts */
	MOST_SENT = 256, /* statements on their way */
	MOST_BUNCHES = 8,
	MOST_COLUMNS = 128,
};

struct prepared {
	char *sql; /* as the house writes it */
	uint32_t hash;
	char name[24];
	Oid *types;
	size_t count;
	bool open; /* a walk: its cursor is */
	bool once; /* not kept */
};

struct fetch {
	struct query query;
	PGresult *result;
	int row;
	struct prepared *walked; /* NULL: the whole result is here */
	bool failed;
	struct fetch *next; /* of those free */
	char (*room)[40]; /* a column each, of what is no text in the store */
	int columns;
};

/* Rows of a COPY that were not yet sent. */
struct fill {
	char *bytes;
	size_t size, space;
};

struct postgres {
	struct db db;
	enum db_mode mode;
	char *place;
	PGconn *handle;
	struct prepared *kept[KEPT];
	unsigned names; /* of prepared statements given so far */
	struct bound bound;
	struct fetch *free;
	struct fetch failed;
	int64_t changes;
	int64_t mark; /* of a writer: what stood in `turns` when it was looked at last; 0: never looked */
	struct fill fill;
	size_t wanted[MOST_SENT]; /* of what is on its way: how many rows it must change; 0: any number */
	size_t sent;
	struct bunch *bunches[MOST_BUNCHES]; /* of rows that were not yet sent; a text each */
	size_t bunch_count;
	bool stale; /* prepared statements no longer fit the tables */
	int64_t program; /* a number that only this connection holds; 0: none */
	char transaction[24]; /* the number of the one being committed */
	time_t refused; /* when the server could not be reached */
	locale_t letters;
};

/* Takes the answers of all that is on its way; false: an error stuck, or the transaction is spoiled. Before anything else is said on the connection. */
bool postgres_settle(struct postgres *pg);
/* Whether a statement is prepared. */
bool postgres_known(const struct postgres *pg, const char *sql);

/* Sends a statement whose values are laid out; `wanted`: how many rows it must change, 0: any number. */
void postgres_send_laid(struct postgres *pg, const char *sql, const struct bound *bound, size_t count, size_t wanted);

/* Takes a row of an INSERT for bunches_send. False where such a statement or such a value cannot be sent in a bunch. */
bool bunch_add(struct postgres *pg, const char *sql, const struct value *values, size_t count, bool one);
/* Sends all rows that wait, those of one text together and in order. */
void bunches_send(struct postgres *pg);
/* Forgets them: their transaction is given up. */
void bunches_drop(struct postgres *pg);
void bunches_free(struct postgres *pg);

/* See engine.h. */
void postgres_send(struct db *db, const char *sql, const struct value *values, size_t count, bool one);
void fill_begin(struct db *db, struct arena *arena, const char *table, const char *columns);
void fill_row(struct db *db, const struct value *values, size_t count);
void fill_end(struct db *db);

/* Connects anew; what was prepared is forgotten. False where the server cannot be reached: it is not tried more than once a second. */
bool postgres_connect(struct postgres *pg);
bool postgres_begin(struct postgres *pg);
/* Where the connection is lost on the way, asks the server, once it is there again, whether the commit came through. An error sticks. */
bool postgres_commit(struct postgres *pg);
/* Says something that needs no answer but whether it went well. */
bool postgres_simple(struct postgres *pg, const char *command);
bool postgres_good(const PGresult *result);
/* Makes the error of a result stick to the connection; NULL: there was no result. */
void postgres_stick(struct postgres *pg, const PGresult *result, const char *sql);

/* The prepared statement of a text of the house; NULL: an error stuck. A text that begins with WALK opens a cursor, "c" and its name. */
struct prepared *postgres_find(struct postgres *pg, const char *sql);
/* The same, not kept: for postgres_deallocate. */
struct prepared *postgres_prepare(struct postgres *pg, const char *sql);
void postgres_deallocate(struct postgres *pg, struct prepared *prepared);
void postgres_forget(struct prepared *prepared);
void postgres_forget_all(struct postgres *pg);
void *postgres_must(void *memory); /* never NULL: out of memory ends the program */
