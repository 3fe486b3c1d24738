/* The engine of many machines: PostgreSQL 15 or later by libpq. Readers see a snapshot (REPEATABLE READ, READ ONLY); who writes holds the writers' lock until its
 * transaction ends, so that what it reads is what holds. Whole results are fetched, but for walks, which are cursors. A lost connection is made again at the next
 * transaction. */
#include <ctype.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"
#include "db/postgres_inner.h"

enum { PIECE = 500 };
static struct postgres *self(struct db *db)
{
	return (struct postgres *)db;
}

static bool alive(struct db *db)
{
	PGTransactionStatusType status = PQtransactionStatus(self(db)->handle);
	return status == PQTRANS_INTRANS || status == PQTRANS_ACTIVE;
}

/* --- queries */

static struct fetch *fetch_new(struct postgres *pg)
{
	struct fetch *fetch = pg->free;
	if (fetch)
		pg->free = fetch->next;
	else
		fetch = postgres_must(calloc(1, sizeof *fetch));
	fetch->query.db = &pg->db;
	fetch->row = -1;
	fetch->walked = NULL;
	return fetch;
}

static struct fetch *fetch_give(struct postgres *pg, PGresult *result)
{
	struct fetch *fetch = fetch_new(pg);
	fetch->result = result;
	int columns = PQnfields(result);
	if (columns > fetch->columns) {
		fetch->room = postgres_must(realloc(fetch->room, (size_t)columns * sizeof *fetch->room));
		fetch->columns = columns;
	}
	return fetch;
}

/* Words that are no statement of data: said to the server as they are. */
static bool is_plain(const char *sql)
{
	static const char *const words[] = {"CREATE ", "ALTER ", "DROP ", "SAVEPOINT ", "RELEASE ", "ROLLBACK", "SET "};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strncmp(sql, words[i], strlen(words[i])) == 0)
			return true;
	return false;
}

static PGresult *run_plain(struct postgres *pg, const char *sql)
{
	if (strcmp(sql, "BEGIN") == 0) {
		if (!postgres_begin(pg))
			db_stick(&pg->db, BUSY, "begin");
		return PQmakeEmptyPGresult(pg->handle, PGRES_COMMAND_OK);
	}
	if (strcmp(sql, "COMMIT") == 0) {
		postgres_commit(pg);
		return PQmakeEmptyPGresult(pg->handle, PGRES_COMMAND_OK);
	}
	char *text = postgres_text(sql);
	PGresult *result = PQexec(pg->handle, text);
	free(text);
	return result;
}

static PGresult *run_prepared(struct postgres *pg, const char *sql, const struct value *values, size_t count)
{
	struct prepared *prepared = postgres_find(pg, sql);
	if (!prepared)
		return NULL;
	if (prepared->count != count) {
		db_stick(&pg->db, BROKEN, "marks and values differ");
		return NULL;
	}
	bound_set(&pg->bound, values, count, prepared->types);
	return PQexecPrepared(pg->handle, prepared->name, (int)count, pg->bound.values, pg->bound.sizes, pg->bound.formats, 1);
}

static PGresult *run(struct postgres *pg, const char *sql, const struct value *values, size_t count)
{
	bool back = strncmp(sql, "ROLLBACK", 8) == 0;
	if (back)
		bunches_drop(pg);
	if (!postgres_settle(pg) && !back)
		return NULL;
	bool plain = strcmp(sql, "BEGIN") == 0 || strcmp(sql, "COMMIT") == 0 || is_plain(sql);
	PGresult *result = plain ? run_plain(pg, sql) : run_prepared(pg, sql, values, count);
	if (!result)
		return NULL;
	if (!postgres_good(result)) {
		postgres_stick(pg, result, sql);
		PQclear(result);
		return NULL;
	}
	const char *changed = PQcmdTuples(result);
	pg->changes = *changed ? strtoll(changed, NULL, 10) : 0;
	return result;
}

static struct query *query(struct db *db, const char *sql, const struct value *values, size_t count)
{
	struct postgres *pg = self(db);
	PGresult *result = db->status == OK ? run(pg, sql, values, count) : NULL;
	return result ? &fetch_give(pg, result)->query : &pg->failed.query;
}

static PGresult *more(struct postgres *pg, const struct prepared *walked)
{
	char command[64];
	if (!postgres_settle(pg))
		return NULL;
	snprintf(command, sizeof command, "FETCH %d FROM c%s", PIECE, walked->name);
	PGresult *result = PQexecParams(pg->handle, command, 0, NULL, NULL, NULL, NULL, 1);
	if (postgres_good(result))
		return result;
	postgres_stick(pg, result, command);
	PQclear(result);
	return NULL;
}

/* A statement that opens the cursor of a walk; one that is open already gets a sister that is used once. */
static struct prepared *find_walk(struct postgres *pg, const char *sql)
{
	char *marked = postgres_must(malloc(strlen(sql) + 16));
	sprintf(marked, "WALK %s", sql);
	struct prepared *prepared = postgres_find(pg, marked);
	if (prepared && prepared->open && (prepared = postgres_prepare(pg, marked)) != NULL)
		prepared->once = true;
	free(marked);
	return prepared;
}

static struct query *walk(struct db *db, const char *sql, const struct value *values, size_t count)
{
	struct postgres *pg = self(db);
	struct prepared *walked = db->status == OK && postgres_settle(pg) ? find_walk(pg, sql) : NULL;
	if (!walked)
		return &pg->failed.query;
	bound_set(&pg->bound, values, count, walked->types);
	PGresult *result = PQexecPrepared(pg->handle, walked->name, (int)count, pg->bound.values, pg->bound.sizes, pg->bound.formats, 0);
	bool good = postgres_good(result);
	if (!good)
		postgres_stick(pg, result, sql);
	PQclear(result);
	result = good ? more(pg, walked) : NULL;
	if (!result) {
		if (walked->once)
			postgres_forget(walked);
		return &pg->failed.query;
	}
	struct fetch *fetch = fetch_give(pg, result);
	fetch->walked = walked;
	walked->open = true;
	return &fetch->query;
}

static void end_walk(struct postgres *pg, struct fetch *fetch)
{
	struct prepared *walked = fetch->walked;
	char command[64];
	postgres_settle(pg);
	snprintf(command, sizeof command, "CLOSE c%s", walked->name);
	if (alive(&pg->db))
		postgres_simple(pg, command);
	walked->open = false;
	if (walked->once)
		postgres_deallocate(pg, walked);
}

static void done(struct query *query)
{
	struct fetch *fetch = (struct fetch *)query;
	struct postgres *pg = self(query->db);
	if (fetch->failed || !fetch->result)
		return;
	PQclear(fetch->result);
	fetch->result = NULL;
	if (fetch->walked)
		end_walk(pg, fetch);
	fetch->next = pg->free;
	pg->free = fetch;
}

static bool next(struct query *query)
{
	struct fetch *fetch = (struct fetch *)query;
	struct postgres *pg = self(query->db);
	if (fetch->failed || !fetch->result)
		return false;
	if (pg->db.status == OK && ++fetch->row < PQntuples(fetch->result))
		return true;
	if (pg->db.status == OK && fetch->walked && PQntuples(fetch->result) == PIECE) {
		PGresult *result = more(pg, fetch->walked);
		if (result) {
			PQclear(fetch->result);
			fetch->result = result;
			fetch->row = 0;
			if (PQntuples(result))
				return true;
		}
	}
	done(query);
	return false;
}

static int64_t changes(struct db *db)
{
	return self(db)->changes;
}

/* --- columns */

static bool null(struct query *query, int column)
{
	struct fetch *fetch = (struct fetch *)query;
	return !fetch->result || PQgetisnull(fetch->result, fetch->row, column);
}

static int64_t whole(struct query *query, int column)
{
	struct fetch *fetch = (struct fetch *)query;
	return fetch->result ? column_whole(fetch->result, fetch->row, column) : 0;
}

static double real(struct query *query, int column)
{
	struct fetch *fetch = (struct fetch *)query;
	return fetch->result ? column_real(fetch->result, fetch->row, column) : 0;
}

static const char *text(struct query *query, int column)
{
	struct fetch *fetch = (struct fetch *)query;
	return fetch->result ? column_text(fetch->result, fetch->row, column, fetch->room[column]) : NULL;
}

static const void *bytes(struct query *query, int column, size_t *size)
{
	struct fetch *fetch = (struct fetch *)query;
	*size = 0;
	if (!fetch->result || PQgetisnull(fetch->result, fetch->row, column))
		return NULL;
	*size = (size_t)PQgetlength(fetch->result, fetch->row, column);
	return PQgetvalue(fetch->result, fetch->row, column);
}

/* --- what is said otherwise here */

/* Whoever writes in turn counts on, so that everybody sees what has gone by; what goes beside others is not counted, as nobody remembers any of it. */
static bool foreign(struct db *db)
{
	struct postgres *pg = self(db);
	int64_t seen = pg->mark;
	if (db->beside) {
		pg->mark = db_get(db, 0, "SELECT mark FROM turns WHERE one = 1", NOTHING);
		return !seen || pg->mark != seen;
	}
	pg->mark = db_get(db, 0,
		"INSERT INTO turns (one, mark) VALUES (1, 1) ON CONFLICT (one) DO UPDATE SET mark = turns.mark + 1 RETURNING mark",
		NOTHING);
	return !seen || pg->mark != seen + 1;
}

/* A lock of the connection with a number by chance: it ends with the connection, on whatever machine that is. */
static int64_t program(struct db *db)
{
	struct postgres *pg = self(db);
	for (int i = 0; i < 100 && !pg->program && db->status == OK; i++) {
		int64_t number = 1 + (int64_t)randombytes_uniform(INT32_MAX - 1);
		if (db_get(db, 0, "SELECT CAST(pg_try_advisory_lock(" PROGRAM_LOCK ", CAST(? AS INTEGER)) AS INTEGER)", BIND(V(number))))
			pg->program = number;
	}
	return pg->program;
}

static bool lives(struct db *db, int64_t program)
{
	return program == self(db)->program ||
		db_get(db, 0,
			"SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND classid = " PROGRAM_LOCK
			" AND CAST(objid AS BIGINT) = ? AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) AND granted",
			BIND(V(program)));
}

static const char *type(enum value_type type)
{
	switch (type) {
	case VALUE_WHOLE: return "BIGINT";
	case VALUE_REAL: return "DOUBLE PRECISION";
	case VALUE_BYTES: return "BYTEA";
	case VALUE_ID: return "UUID";
	default: return "TEXT COLLATE \"C\"";
	}
}

static const char *hint(struct arena *arena, const char *index)
{
	(void)arena;
	(void)index;
	return "";
}

static void words_make(struct db *db, struct arena *arena, const char *table)
{
	db_run(db,
		arena_print(arena,
			"CREATE TABLE IF NOT EXISTS %s_find (at_home BIGINT NOT NULL, rowid BIGINT NOT NULL, found TSVECTOR NOT NULL, "
			"PRIMARY KEY (at_home, rowid))",
			table),
		NOTHING);
}

static void words_put(struct db *db, struct arena *arena, const char *table, struct id id, int64_t serial, const char *const texts[4])
{
	char *words = postgres_words(texts, 4, self(db)->letters);
	bool known = id_none(id);
	db_send(db,
		arena_print(arena,
			"INSERT INTO %s_find (rowid, at_home, found) SELECT serial, home, CAST(? AS tsvector) FROM %s WHERE %s = ?", table,
			table, known ? "serial" : "id"),
		BIND(V((const char *)words), known ? V(serial) : V(id)));
	free(words);
}

static char *words_text(struct db *db, const char *const texts[4])
{
	return postgres_words(texts, 4, self(db)->letters);
}

static void words_take(struct db *db, struct arena *arena, const char *table, struct id id, const char *const texts[4])
{
	(void)texts;
	db_run(db, arena_print(arena, "DELETE FROM %s_find WHERE rowid = (SELECT serial FROM %s WHERE id = ?)", table, table), BIND(V(id)));
}

static const char *words_from(struct arena *arena, const char *table)
{
	return arena_print(arena, "%s_find JOIN %s ON at_home = home AND serial = %s_find.rowid", table, table, table);
}

/* Rows were made with numbers of their own: the next one comes behind them. */
static void words_many(struct db *db, struct arena *arena, const char *table, bool begin)
{
	const char *column = strcmp(table, "history") == 0 ? "rowid" : "serial";
	if (!begin)
		db_get(db, 0,
			arena_print(arena, "SELECT setval(pg_get_serial_sequence('%s', '%s'), coalesce(max(%s), 1)) FROM %s", table, column,
				column, table),
			NOTHING);
}

static void upgrade(struct db *db, bool begin)
{
	struct postgres *pg = self(db);
	postgres_simple(pg,
		begin ? "SET statement_timeout = 0; SELECT pg_advisory_lock(" UPGRADE_LOCK ")"
		      : "SELECT pg_advisory_unlock(" UPGRADE_LOCK "); SET statement_timeout = '60s'");
}

static void words_match(struct db *db, struct sql *sql, const char *table, const char *words)
{
	char *match = postgres_match(words, self(db)->letters);
	sql_add(sql, arena_print(sql->text.arena, "%s_find.found @@ CAST(? AS tsquery)", table),
		BIND(V((const char *)arena_copy(sql->text.arena, match))));
	free(match);
}

static void close_all(struct db *db)
{
	struct postgres *pg = self(db);
	postgres_forget_all(pg);
	PQfinish(pg->handle);
	for (struct fetch *fetch = pg->free, *after; fetch; fetch = after) {
		after = fetch->next;
		free(fetch->room);
		free(fetch);
	}
	bound_free(&pg->bound);
	bunches_free(pg);
	free(pg->fill.bytes);
	if (pg->letters)
		freelocale(pg->letters);
	free(pg->place);
	free(pg);
}

static const struct engine engine = {
	.name = "postgres",
	.close = close_all,
	.query = query,
	.walk = walk,
	.send = postgres_send,
	.next = next,
	.done = done,
	.changes = changes,
	.null = null,
	.whole = whole,
	.real = real,
	.text = text,
	.bytes = bytes,
	.alive = alive,
	.foreign = foreign,
	.program = program,
	.lives = lives,
	.type = type,
	.hint = hint,
	.words_make = words_make,
	.words_put = words_put,
	.words_take = words_take,
	.words_from = words_from,
	.words_match = words_match,
	.words_many = words_many,
	.upgrade = upgrade,
	.fill_begin = fill_begin,
	.fill_row = fill_row,
	.fill_end = fill_end,
	.words_text = words_text,
	.has_column = "SELECT 1 FROM pg_attribute WHERE attrelid = to_regclass(?) AND attname = ? AND NOT attisdropped",
	.has_index = "SELECT 1 FROM pg_index WHERE indexrelid = to_regclass(?) AND indisvalid",
	.columns =
		"SELECT attname, CASE atttypid WHEN 20 THEN 1 WHEN 701 THEN 2 WHEN 17 THEN 4 WHEN 2950 THEN 5 ELSE 3 END FROM pg_attribute "
		"WHERE attrelid = to_regclass(?) AND attnum > 0 AND NOT attisdropped ORDER BY attnum",
	.size = "SELECT pg_database_size(current_database())",
	.homed = true,
	.far = true,
};

const char *postgres_name(const char *place, struct arena *arena)
{
	static const char *const words[] = {"host", "port", "dbname"};
	struct buf name = {.arena = arena};
	PQconninfoOption *options = PQconninfoParse(place, NULL);
	for (size_t i = 0; i < 3; i++)
		for (PQconninfoOption *option = options; option && option->keyword; option++)
			if (strcmp(option->keyword, words[i]) == 0 && option->val && *option->val)
				buf_print(&name, "%s%s", name.size ? "-" : "", option->val);
	PQconninfoFree(options);
	char *text = arena_copy(arena, *buf_end(&name) ? buf_end(&name) : "postgresql");
	for (char *at = text; *at; at++)
		if (!isalnum((unsigned char)*at) && *at != '-' && *at != '.' && *at != '_')
			*at = '_';
	return text;
}

static bool fits(struct postgres *pg, struct arena *arena, const char **problem)
{
	if (PQserverVersion(pg->handle) < 150000)
		*problem = arena_print(arena, "PostgreSQL 15 or later is needed|需要 PostgreSQL 15 或更高版本");
	else if (strcmp(PQparameterStatus(pg->handle, "server_encoding"), "UTF8") != 0)
		*problem = arena_print(arena, "The database must be made with the encoding UTF8|数据库编码须为 UTF8");
	else
		return true;
	return false;
}

struct db *postgres_open(const char *place, enum db_mode mode, struct arena *arena, const char **problem)
{
	struct postgres *pg = postgres_must(calloc(1, sizeof *pg));
	pg->db.engine = &engine;
	pg->mode = mode;
	pg->place = postgres_must(strdup(place));
	pg->failed = (struct fetch){.query = {.db = &pg->db}, .failed = true};
	pg->letters = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
	if (!pg->letters)
		*problem = "This system has no locale C.UTF-8|系统缺少 C.UTF-8 区域设置";
	else if (!postgres_connect(pg))
		*problem = arena_print(arena, "The database cannot be reached: %s|无法连接数据库：%s", PQerrorMessage(pg->handle),
			PQerrorMessage(pg->handle));
	else if (fits(pg, arena, problem))
		return &pg->db;
	close_all(&pg->db);
	return NULL;
}
