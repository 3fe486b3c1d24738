#include "db/db.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "db/engine.h"

static bool is_address(const char *place)
{
	return text_starts(place, "postgresql://") || text_starts(place, "postgres://");
}

const char *db_place_name(const char *place, struct arena *arena)
{
	return is_address(place) ? postgres_name(place, arena) : NULL;
}

struct db *db_open(const char *place, enum db_mode mode, struct arena *arena, const char **problem)
{
	return is_address(place) ? postgres_open(place, mode, arena, problem) : sqlite_open(place, mode, arena, problem);
}

void db_close(struct db *db)
{
	if (db)
		db->engine->close(db);
}

void db_stick(struct db *db, enum status status, const char *what)
{
	if (db->status == OK) {
		db->status = status;
		log_event(LOG_ERROR, "sql", ",\"status\":\"%s\",\"problem\":\"%s\"", status_code(status), what);
	}
}

/* Counts what a statement does to what was read before. Whether an insert wrote anything is known at its end. */
static void note(struct db *db, const char *sql)
{
	if (*sql == 'U' || *sql == 'D')
		db->epoch++;
	db->writes += *sql == 'U' || *sql == 'D' || *sql == 'I';
}

static struct query *keep(struct db *db, struct query *query)
{
	if (db->status == OK && db->open_count < DB_OPEN)
		db->open[db->open_count++] = query;
	return query;
}

static void drop(struct db *db, const struct query *query)
{
	for (size_t i = db->open_count; i-- > 0;)
		if (db->open[i] == query) {
			db->open[i] = db->open[--db->open_count];
			return;
		}
}

struct query *db_query(struct db *db, const char *sql, const struct value *values, size_t count)
{
	note(db, sql);
	return keep(db, db->engine->query(db, sql, values, count));
}

struct query *db_walk(struct db *db, const char *sql, const struct value *values, size_t count)
{
	return keep(db, db->engine->walk(db, sql, values, count));
}

bool db_next(struct query *query)
{
	struct db *db = query->db;
	if (db->engine->next(query))
		return true;
	drop(db, query);
	return false;
}

void db_done(struct query *query)
{
	drop(query->db, query);
	query->db->engine->done(query);
}

void db_settle(struct db *db)
{
	while (db->open_count)
		db_done(db->open[db->open_count - 1]);
}

int64_t db_run(struct db *db, const char *sql, const struct value *values, size_t count)
{
	uint64_t writes = db->writes;
	note(db, sql);
	db->direct = true;
	struct query *query = db->engine->query(db, sql, values, count);
	db->direct = false;
	while (db_next(query))
		;
	int64_t changes = db->status == OK ? db->engine->changes(db) : 0;
	if (!changes && db->status == OK)
		db->writes = writes;
	return changes;
}

static bool is_sent(struct db *db, const char *sql, const struct value *values, size_t count, bool one)
{
	if (!db->engine->send || !db->light || db->status != OK)
		return false;
	note(db, sql);
	db->engine->send(db, sql, values, count, one);
	return true;
}

void db_send(struct db *db, const char *sql, const struct value *values, size_t count)
{
	if (!is_sent(db, sql, values, count, false))
		db_run(db, sql, values, count);
}

bool db_send_one(struct db *db, const char *sql, const struct value *values, size_t count)
{
	return is_sent(db, sql, values, count, true) || db_run(db, sql, values, count) == 1 || db->status != OK;
}

int64_t db_get(struct db *db, int64_t otherwise, const char *sql, const struct value *values, size_t count)
{
	struct query *query = db_query(db, sql, values, count);
	if (!db_next(query))
		return otherwise;
	int64_t found = db_null(query, 0) ? otherwise : db_whole(query, 0);
	db_done(query);
	return found;
}

bool db_null(struct query *query, int column)
{
	return query->db->engine->null(query, column);
}

int64_t db_whole(struct query *query, int column)
{
	return query->db->engine->whole(query, column);
}

double db_real(struct query *query, int column)
{
	return query->db->engine->real(query, column);
}

const char *db_text(struct query *query, int column)
{
	return query->db->engine->text(query, column);
}

char *db_copy(struct query *query, int column, struct arena *arena)
{
	return arena_copy(arena, db_text(query, column));
}

const void *db_bytes(struct query *query, int column, size_t *size)
{
	return query->db->engine->bytes(query, column, size);
}

struct id db_id(struct query *query, int column)
{
	struct id id = {{0}};
	size_t size;
	const void *bytes = db_bytes(query, column, &size);
	if (bytes && size == sizeof id)
		memcpy(&id, bytes, sizeof id);
	return id;
}

enum status db_status(const struct db *db)
{
	return db->status;
}

void db_forgive(struct db *db)
{
	if (!db->spoiled)
		db->status = OK;
}

void db_begin(struct db *db)
{
	db->status = OK;
	db->spoiled = db->doubt = false;
	db_run(db, db->begin ? db->begin : "BEGIN", NOTHING);
	db->inside = db->status == OK;
	db->depth = 0;
}

/* Where an error took the whole transaction, nothing may go on as if it were still open. */
static void must_live(struct db *db)
{
	if (db->status == OK && !db->engine->alive(db))
		db_stick(db, BROKEN, "the transaction is gone");
}

enum status db_commit(struct db *db)
{
	must_live(db);
	if (db->status == OK)
		db_run(db, "COMMIT", NOTHING);
	if (db->status == OK)
		db->inside = false;
	else
		db_rollback(db);
	return db->status;
}

/* Runs a statement that must run although an error stuck, and keeps that error. */
static void run_regardless(struct db *db, const char *sql)
{
	enum status stuck = db->status;
	db->status = OK;
	db_run(db, sql, NOTHING);
	if (stuck != OK)
		db->status = stuck;
}

void db_rollback(struct db *db)
{
	if (db->inside && (!db->engine->rolls_back || db->engine->alive(db)))
		run_regardless(db, "ROLLBACK");
	db->inside = false;
	db->depth = 0;
}

void db_mark(struct db *db)
{
	must_live(db);
	if (db->light) {
		assert(db->depth < DB_DEEPEST);
		db->marks[db->depth++] = db->writes;
		return;
	}
	db->depth++;
	db_run(db, "SAVEPOINT mark", NOTHING);
}

void db_keep(struct db *db)
{
	db->depth--;
	if (!db->light)
		db_run(db, "RELEASE SAVEPOINT mark", NOTHING);
}

void db_cut(struct db *db)
{
	db->depth--;
	db->epoch++;
	if (db->light) {
		if (db->writes == db->marks[db->depth] && db->engine->alive(db))
			return;
		db->spoiled = true;
		if (db->status == OK)
			db->status = BUSY; /* nothing more is done in this transaction */
		return;
	}
	run_regardless(db, "ROLLBACK TO SAVEPOINT mark");
	run_regardless(db, "RELEASE SAVEPOINT mark");
}

void db_light(struct db *db, bool light)
{
	db->light = light;
	db->of_writer = true;
}

bool db_is_light(const struct db *db)
{
	return db->light;
}

bool db_writes(const struct db *db)
{
	return db->of_writer;
}

void db_beside(struct db *db, bool beside)
{
	db->beside = beside;
}

int64_t db_slot(const struct db *db)
{
	return db->slot;
}

int64_t db_program(struct db *db)
{
	return db->engine->program(db);
}

bool db_lives(struct db *db, int64_t program)
{
	return db->engine->lives(db, program);
}

bool db_doubt(const struct db *db)
{
	return db->doubt;
}

bool db_spoiled(const struct db *db)
{
	return db->spoiled;
}

uint64_t db_epoch(const struct db *db)
{
	return db->epoch;
}

void db_epoch_keep(struct db *db, uint64_t epoch)
{
	db->epoch = epoch;
}

bool db_foreign(struct db *db)
{
	return db->engine->foreign(db);
}

const char *db_type(const struct db *db, enum value_type type)
{
	return db->engine->type(type);
}

const char *db_hint(struct db *db, struct arena *arena, const char *index)
{
	return db->engine->hint(arena, index);
}

bool db_has_column(struct db *db, const char *table, const char *column)
{
	return db_get(db, 0, db->engine->has_column, BIND(V(table), V(column))) != 0;
}

bool db_has_index(struct db *db, const char *index)
{
	return db_get(db, 0, db->engine->has_index, BIND(V(index))) != 0;
}

bool db_homed(const struct db *db)
{
	return db->engine->homed;
}

bool db_far(const struct db *db)
{
	return db->engine->far;
}

void db_upgrade(struct db *db, bool begin)
{
	if (db->engine->upgrade)
		db->engine->upgrade(db, begin);
}

int64_t db_size(struct db *db)
{
	return db->engine->size ? db_get(db, 0, db->engine->size, NOTHING) : -1;
}

void db_words_make(struct db *db, struct arena *arena, const char *table)
{
	db->engine->words_make(db, arena, table);
}

void db_words_put(struct db *db, struct arena *arena, const char *table, struct id id, int64_t serial, const char *const texts[4])
{
	db->engine->words_put(db, arena, table, id, serial, texts);
}

void db_words_take(struct db *db, struct arena *arena, const char *table, struct id id, const char *const texts[4])
{
	db->engine->words_take(db, arena, table, id, texts);
}

const char *db_words_from(const struct db *db, struct arena *arena, const char *table)
{
	return db->engine->words_from(arena, table);
}

void db_words_match(struct db *db, struct sql *sql, const char *table, const char *words)
{
	db->engine->words_match(db, sql, table, words);
}

size_t db_columns(struct db *db, struct arena *arena, const char *table, struct column_kind **columns)
{
	size_t count = 0, space = 0;
	*columns = NULL;
	if (!db->engine->columns)
		return 0;
	struct query *query = db_query(db, db->engine->columns, BIND(V(table)));
	while (db_next(query))
		*ARENA_PUSH(arena, *columns, count, space) =
			(struct column_kind){.name = db_copy(query, 0, arena), .type = (enum value_type)db_whole(query, 1)};
	return count;
}

void db_fill_begin(struct db *db, struct arena *arena, const char *table, const char *columns)
{
	assert(db->engine->fill_begin);
	if (db->status == OK)
		db->engine->fill_begin(db, arena, table, columns);
}

void db_fill_row(struct db *db, const struct value *values, size_t count)
{
	if (db->status == OK)
		db->engine->fill_row(db, values, count);
}

void db_fill_end(struct db *db)
{
	db->engine->fill_end(db);
}

const char *db_words_text(struct db *db, struct arena *arena, const char *const texts[4])
{
	char *text = db->engine->words_text(db, texts);
	const char *kept = arena_copy(arena, text);
	free(text);
	return kept;
}

int64_t db_words_count(struct db *db, struct arena *arena, const char *table, const char *words, int64_t most)
{
	struct sql sql = sql_new(arena);
	sql_add(&sql, arena_print(arena, "SELECT count(*) FROM (SELECT 1 FROM %s_find WHERE ", table), NOTHING);
	db_words_match(db, &sql, table, words);
	sql_add(&sql, " LIMIT ?) few", BIND(V(most)));
	struct query *query = sql_query(db, &sql);
	int64_t count = db_next(query) ? db_whole(query, 0) : 0;
	db_done(query);
	return count;
}

void db_words_many(struct db *db, struct arena *arena, const char *table, bool begin)
{
	db->engine->words_many(db, arena, table, begin);
}
