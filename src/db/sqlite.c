/* The engine of one machine. WAL: readers see a snapshot while one connection writes; synchronous FULL: a commit is on disk. */
#include <errno.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "db/engine.h"

/* Slots for prepared statements of one connection: a prime well above the number of SQL texts. */
enum { RECENT = 256, KEPT = 1021, PROBES = 4 };

struct statement {
	struct query query;
	sqlite3_stmt *handle;
	char *sql;
	uint32_t hash;
	bool busy;
	bool kept;
	bool failed; /* never ran */
};

struct sqlite {
	struct db db;
	sqlite3 *handle;
	struct statement *kept[KEPT];
	struct recent {
		const char *sql;
		struct statement *statement;
	} recent[RECENT]; /* by the address of the text, which is the same again and again */
	int64_t seen; /* data_version */
	struct statement failed; /* what a failed query returns */
};

static struct sqlite *self(struct db *db)
{
	return (struct sqlite *)db;
}

static void stick(struct sqlite *sqlite, int code, const char *sql)
{
	/* the engine's own words may quote a value: they are shown only to a developer who asks for them */
	if (getenv("MUSTER_SQL"))
		fprintf(stderr, "%s\n%s\n", sqlite3_errmsg(sqlite->handle), sql);
	enum status status = code == SQLITE_FULL ? FULL : code == SQLITE_BUSY || code == SQLITE_LOCKED ? BUSY : BROKEN;
	db_stick(&sqlite->db, status, sqlite3_errstr(code));
}

static uint32_t hash_of(const char *text)
{
	uint32_t hash = 2166136261u;
	for (; *text; text++)
		hash = (hash ^ (unsigned char)*text) * 16777619u;
	return hash;
}

static void forget(struct statement *statement)
{
	sqlite3_finalize(statement->handle);
	free(statement->sql);
	free(statement);
}

/* For the benchmark: how a statement finds its rows, once for each text. */
static void explain(struct sqlite *sqlite, const char *sql)
{
	sqlite3_stmt *plan;
	char *text = sqlite3_mprintf("EXPLAIN QUERY PLAN %s", sql);
	fprintf(stderr, "plan %s\n", sql);
	if (sqlite3_prepare_v2(sqlite->handle, text, -1, &plan, NULL) == SQLITE_OK)
		while (sqlite3_step(plan) == SQLITE_ROW)
			fprintf(stderr, "plan   %s\n", (const char *)sqlite3_column_text(plan, 3));
	sqlite3_finalize(plan);
	sqlite3_free(text);
}

static struct statement *prepare(struct sqlite *sqlite, const char *sql)
{
	struct statement *statement = calloc(1, sizeof *statement);
	if (!statement)
		abort();
	statement->query.db = &sqlite->db;
	statement->sql = strdup(sql);
	int code = sqlite3_prepare_v3(sqlite->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement->handle, NULL);
	if (code != SQLITE_OK) {
		stick(sqlite, code, sql);
		forget(statement);
		return NULL;
	}
	if (getenv("MUSTER_PLAN") && strncmp(sql, "SELECT", 6) == 0)
		explain(sqlite, sql);
	return statement;
}

/* The place for a statement: where it is, else a free one, else the first of those that may hold it. */
static struct statement **place_of(struct sqlite *sqlite, const char *sql, uint32_t hash)
{
	struct statement **free = NULL;
	for (uint32_t i = 0; i < PROBES; i++) {
		struct statement **slot = &sqlite->kept[(hash + i) % KEPT];
		if (!*slot)
			free = free ? free : slot;
		else if ((*slot)->hash == hash && strcmp((*slot)->sql, sql) == 0)
			return slot;
	}
	return free ? free : &sqlite->kept[hash % KEPT];
}

static struct statement *find_slow(struct sqlite *sqlite, const char *sql)
{
	uint32_t hash = hash_of(sql);
	struct statement **slot = place_of(sqlite, sql, hash), *kept = *slot;
	if (kept && kept->hash == hash && !kept->busy && strcmp(kept->sql, sql) == 0)
		return kept;
	struct statement *statement = prepare(sqlite, sql);
	if (!statement)
		return NULL;
	statement->hash = hash;
	if (kept && kept->busy)
		return statement; /* used once, finalized at its end */
	if (kept) {
		for (size_t i = 0; i < RECENT; i++)
			if (sqlite->recent[i].statement == kept)
				sqlite->recent[i] = (struct recent){0};
		forget(kept);
	}
	statement->kept = true;
	*slot = statement;
	return statement;
}

/* A prepared statement for `sql` that nobody is stepping through now. */
static struct statement *find(struct sqlite *sqlite, const char *sql)
{
	struct recent *recent = &sqlite->recent[(uintptr_t)sql / 16 % RECENT];
	/* the same address may hold another text by now */
	if (recent->sql == sql && !recent->statement->busy && strcmp(recent->statement->sql, sql) == 0)
		return recent->statement;
	struct statement *statement = find_slow(sqlite, sql);
	if (statement && statement->kept)
		*recent = (struct recent){.sql = sql, .statement = statement};
	return statement;
}

static int bind(sqlite3_stmt *handle, int at, const struct value *value, sqlite3_destructor_type keep)
{
	switch (value->type) {
	case VALUE_NULL: return sqlite3_bind_null(handle, at);
	case VALUE_WHOLE: return sqlite3_bind_int64(handle, at, value->whole);
	case VALUE_REAL: return sqlite3_bind_double(handle, at, value->real);
	case VALUE_TEXT: return sqlite3_bind_text(handle, at, value->text, -1, keep);
	case VALUE_BYTES: return sqlite3_bind_blob64(handle, at, value->text, value->size, keep);
	case VALUE_ID: return sqlite3_bind_blob(handle, at, value->id.bytes, sizeof value->id.bytes, keep);
	}
	return SQLITE_MISUSE;
}

static struct query *query(struct db *db, const char *sql, const struct value *values, size_t count)
{
	struct sqlite *sqlite = self(db);
	struct statement *statement = db->status == OK ? find(sqlite, sql) : NULL;
	if (!statement)
		return &sqlite->failed.query;
	statement->busy = true;
	for (size_t i = 0; i < count; i++) {
		int code = bind(statement->handle, (int)i + 1, &values[i], db->direct ? SQLITE_STATIC : SQLITE_TRANSIENT);
		if (code != SQLITE_OK)
			stick(sqlite, code, sql);
	}
	return &statement->query;
}

static void done(struct query *query)
{
	struct statement *statement = (struct statement *)query;
	if (statement->failed || !statement->busy)
		return;
	sqlite3_reset(statement->handle);
	sqlite3_clear_bindings(statement->handle);
	statement->busy = false;
	if (!statement->kept)
		forget(statement);
}

static bool next(struct query *query)
{
	struct statement *statement = (struct statement *)query;
	struct sqlite *sqlite = self(query->db);
	if (statement->failed)
		return false;
	int code = sqlite->db.status == OK ? sqlite3_step(statement->handle) : SQLITE_DONE;
	if (code == SQLITE_ROW)
		return true;
	if (code != SQLITE_DONE)
		stick(sqlite, code & 0xff, statement->sql);
	done(query);
	return false;
}

static int64_t changes(struct db *db)
{
	return sqlite3_changes64(self(db)->handle);
}

static bool null(struct query *query, int column)
{
	return sqlite3_column_type(((struct statement *)query)->handle, column) == SQLITE_NULL;
}

static int64_t whole(struct query *query, int column)
{
	return sqlite3_column_int64(((struct statement *)query)->handle, column);
}

static double real(struct query *query, int column)
{
	return sqlite3_column_double(((struct statement *)query)->handle, column);
}

static const char *text(struct query *query, int column)
{
	return (const char *)sqlite3_column_text(((struct statement *)query)->handle, column);
}

static const void *bytes(struct query *query, int column, size_t *size)
{
	sqlite3_stmt *handle = ((struct statement *)query)->handle;
	const void *found = sqlite3_column_blob(handle, column);
	*size = (size_t)sqlite3_column_bytes(handle, column);
	return found;
}

static bool alive(struct db *db)
{
	return !sqlite3_get_autocommit(self(db)->handle);
}

static bool foreign(struct db *db)
{
	struct sqlite *sqlite = self(db);
	int64_t seen = sqlite->seen;
	sqlite->seen = db_get(db, -1, "PRAGMA data_version", NOTHING);
	return sqlite->seen != seen;
}

static int64_t program(struct db *db)
{
	(void)db;
	return getpid();
}

static bool lives(struct db *db, int64_t program)
{
	(void)db;
	return program == getpid() || kill((pid_t)program, 0) == 0 || errno == EPERM;
}

static const char *type(enum value_type type)
{
	switch (type) {
	case VALUE_WHOLE: return "INTEGER";
	case VALUE_REAL: return "REAL";
	case VALUE_BYTES:
	case VALUE_ID: return "BLOB";
	default: return "TEXT";
	}
}

static const char *hint(struct arena *arena, const char *index)
{
	return index ? arena_print(arena, " INDEXED BY %s", index) : " NOT INDEXED";
}

static void words_make(struct db *db, struct arena *arena, const char *table)
{
	db_run(db,
		arena_print(arena,
			"CREATE VIRTUAL TABLE IF NOT EXISTS %s_find USING fts5 (words, pairs, secrets, places, content = '', "
			"tokenize = 'unicode61 remove_diacritics 0', detail = full)",
			table),
		NOTHING);
}

static void words_put(struct db *db, struct arena *arena, const char *table, struct id id, int64_t serial, const char *const texts[4])
{
	if (id_none(id))
		db_run(db, arena_print(arena, "INSERT INTO %s_find (rowid, words, pairs, secrets, places) VALUES (?, ?, ?, ?, ?)", table),
			BIND(V(serial), V(texts[0]), V(texts[1]), V(texts[2]), V(texts[3])));
	else
		db_run(db,
			arena_print(arena,
				"INSERT INTO %s_find (rowid, words, pairs, secrets, places) SELECT serial, ?, ?, ?, ? FROM %s WHERE id = ?",
				table, table),
			BIND(V(texts[0]), V(texts[1]), V(texts[2]), V(texts[3]), V(id)));
}

static void words_take(struct db *db, struct arena *arena, const char *table, struct id id, const char *const texts[4])
{
	db_run(db,
		arena_print(arena,
			"INSERT INTO %s_find (%s_find, rowid, words, pairs, secrets, places) SELECT 'delete', serial, ?, ?, ?, ? FROM %s WHERE id = ?",
			table, table, table),
		BIND(V(texts[0]), V(texts[1]), V(texts[2]), V(texts[3]), V(id)));
}

static const char *words_from(struct arena *arena, const char *table)
{
	return arena_print(arena, "%s_find CROSS JOIN %s ON serial = %s_find.rowid", table, table, table);
}

static void words_match(struct db *db, struct sql *sql, const char *table, const char *words)
{
	(void)db;
	sql_add(sql, arena_print(sql->text.arena, "%s_find MATCH ?", table), BIND(V(words)));
}

/* A segment of the index for every megabyte of words would be merged over and over. */
static void words_many(struct db *db, struct arena *arena, const char *table, bool begin)
{
	db_run(db,
		arena_print(arena, "INSERT INTO %s_find (%s_find, rank) VALUES ('hashsize', %d)", table, table, begin ? 67108864 : 1048576),
		NOTHING);
}

static void close_all(struct db *db)
{
	struct sqlite *sqlite = self(db);
	for (size_t i = 0; i < KEPT; i++)
		if (sqlite->kept[i])
			forget(sqlite->kept[i]);
	sqlite3_close(sqlite->handle);
	free(sqlite);
}

static const struct engine engine = {
	.name = "sqlite",
	.close = close_all,
	.query = query,
	.walk = query,
	.next = next,
	.done = done,
	.changes = changes,
	.null = null,
	.whole = whole,
	.real = real,
	.text = text,
	.bytes = bytes,
	.alive = alive,
	.rolls_back = true,
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
	.has_column = "SELECT 1 FROM pragma_table_info(?) WHERE name = ?",
	.has_index = "SELECT 1 FROM sqlite_master WHERE type = 'index' AND name = ?",
};

struct db *sqlite_open(const char *folder, enum db_mode mode, struct arena *arena, const char **problem)
{
	static const char setup[] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
				    "PRAGMA wal_autocheckpoint=4000;";
	if (mode == DB_WRITE)
		mkdir(folder, 0700);
	const char *path = arena_print(arena, "%s/muster.db", folder);
	int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_READWRITE | (mode == DB_WRITE ? SQLITE_OPEN_CREATE : 0);
	sqlite3 *handle;
	/* nobody reads these sums, and every allocation would wait for their lock; refused once the engine runs */
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	int code = sqlite3_open_v2(path, &handle, flags, mode == DB_WRITE ? sqlite_log_vfs() : NULL);
	if (code == SQLITE_OK) {
		sqlite3_busy_timeout(handle, 10000);
		code = sqlite3_exec(handle, setup, NULL, NULL, NULL);
	}
	if (code == SQLITE_OK && mode == DB_READ)
		code = sqlite3_exec(handle, "PRAGMA query_only=ON", NULL, NULL, NULL);
	/* the writer's savepoints keep their pages in a file: in memory they are a list that is walked at the end of every statement, which a large
	 * batch pays for with the square of its size */
	if (code == SQLITE_OK)
		code = sqlite3_exec(handle,
			mode == DB_WRITE ? "PRAGMA cache_size=-16384; PRAGMA mmap_size=2147418112; PRAGMA temp_store=FILE"
					 : "PRAGMA cache_size=-1024; PRAGMA mmap_size=2147418112; PRAGMA temp_store=MEMORY",
			NULL, NULL, NULL);
	if (code != SQLITE_OK) {
		*problem = arena_print(arena, "The store %s cannot be opened: %s|无法打开数据目录 %s：%s", folder, sqlite3_errstr(code),
			folder, sqlite3_errstr(code));
		sqlite3_close(handle);
		return NULL;
	}
	struct sqlite *sqlite = calloc(1, sizeof *sqlite);
	if (!sqlite)
		abort();
	sqlite->db.engine = &engine;
	sqlite->db.epoch = 1;
	/* a writer takes its lock before it reads what it builds upon: another program may write to the same store */
	sqlite->db.begin = mode == DB_WRITE ? "BEGIN IMMEDIATE" : NULL;
	sqlite->handle = handle;
	sqlite->failed = (struct statement){.query = {.db = &sqlite->db}, .failed = true};
	return &sqlite->db;
}
