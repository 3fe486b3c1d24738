#include "record/move.h"

#include <sodium.h>
#include <string.h>

#include "record/history.h"
#include "record/rows.h"
#include "record/search.h"

enum { OFTEN = 5000, MOST_COLUMNS = 200 };

struct table {
	const char *name;
	struct column_kind *columns;
	size_t count;
	const char *names; /* of the columns, as text */
	const char *from; /* SELECT of the old store, a column each */
};

static const char *const fixed[] = {"settings", "secrets", "sessions", "invites", "tries", "signups", "messages", "policy_marks",
	"health_marks", "matchings", "numbers", "jobs", "history", "tallies"};

/* A column that the old store does not have is 0: slots, and the home of what is of no county. */
static struct table table_of(struct work *work, struct move *move, const char *name)
{
	struct table table = {.name = name};
	struct buf names = {.arena = work->arena}, from = {.arena = work->arena};
	table.count = db_columns(move->to, work->arena, name, &table.columns);
	for (size_t i = 0; i < table.count; i++) {
		const char *column = table.columns[i].name;
		bool there = db_has_column(work->db, name, column) || text_same(column, "rowid"), home = text_same(column, "home");
		buf_print(&names, "%s%s", i ? ", " : "", column);
		buf_print(&from, there && home ? "%scoalesce(%s, 0)" : there ? "%s%s" : "%s0", i ? ", " : "", column);
	}
	table.names = buf_end(&names);
	table.from = arena_print(
		work->arena, "SELECT %s FROM %s%s", buf_end(&from), name, text_same(name, "settings") ? " WHERE name <> 'schema'" : "");
	return table;
}

static struct value value_at(struct query *query, int column, enum value_type type)
{
	size_t size;
	if (db_null(query, column))
		return value_null();
	switch (type) {
	case VALUE_WHOLE: return V(db_whole(query, column));
	case VALUE_REAL: return V(db_real(query, column));
	case VALUE_TEXT: return V(db_text(query, column));
	case VALUE_ID: return V(db_id(query, column));
	default: break;
	}
	const void *bytes = db_bytes(query, column, &size);
	return value_bytes(bytes ? bytes : "", size);
}

static uint64_t hash_of(const struct value *values, size_t count)
{
	unsigned char hash[16];
	uint64_t sum;
	crypto_generichash_state state;
	crypto_generichash_init(&state, NULL, 0, sizeof hash);
	for (size_t i = 0; i < count; i++) {
		const struct value *value = &values[i];
		const void *bytes = value->type == VALUE_WHOLE ? (const void *)&value->whole
			: value->type == VALUE_REAL            ? (const void *)&value->real
			: value->type == VALUE_ID              ? (const void *)&value->id
							       : (const void *)value->text;
		size_t size = value->type == VALUE_NULL ? 0
			: value->type == VALUE_TEXT     ? strlen(value->text)
			: value->type == VALUE_BYTES    ? value->size
			: value->type == VALUE_ID       ? sizeof value->id
							: sizeof value->whole;
		uint64_t head = (uint64_t)size << 4 | value->type;
		crypto_generichash_update(&state, (const unsigned char *)&head, sizeof head);
		crypto_generichash_update(&state, bytes, size);
	}
	crypto_generichash_final(&state, hash, sizeof hash);
	memcpy(&sum, hash, sizeof sum);
	return sum;
}

static size_t read_row(struct query *query, const struct table *table, struct value *values)
{
	for (size_t i = 0; i < table->count; i++)
		values[i] = value_at(query, (int)i, table->columns[i].type);
	return table->count;
}

static void copy_table(struct work *work, struct move *move, const struct table *table, struct moved *moved)
{
	struct value values[MOST_COLUMNS];
	int64_t total = db_get(work->db, 0, arena_print(work->arena, "SELECT count(*) FROM %s", table->name), NOTHING);
	struct query *query = db_walk(work->db, table->from, NOTHING);
	db_fill_begin(move->to, work->arena, table->name, table->names);
	while (db_status(move->to) == OK && db_next(query)) {
		size_t count = read_row(query, table, values);
		db_fill_row(move->to, values, count);
		moved->sum += hash_of(values, count);
		if (++moved->rows % OFTEN == 0)
			move->tell(table->name, moved->rows, total);
	}
	db_done(query);
	db_fill_end(move->to);
	move->tell(table->name, moved->rows, moved->rows);
}

static void add_up(struct work *work, struct move *move, const struct table *table, struct moved *moved)
{
	struct value values[MOST_COLUMNS];
	const char *sql = arena_print(work->arena, "SELECT %s FROM %s%s", table->names, table->name,
		text_same(table->name, "settings") ? " WHERE name <> 'schema'" : "");
	struct query *query = db_walk(move->to, sql, NOTHING);
	while (db_next(query)) {
		moved->sum_there += hash_of(values, read_row(query, table, values));
		if (++moved->rows_there % OFTEN == 0)
			move->tell(arena_print(work->arena, "%s again", table->name), moved->rows_there, moved->rows);
	}
}

/* The words by which rows are found are made anew: the index of words is each engine's own. */
static void copy_words(struct work *work, struct move *move, const struct record *record)
{
	struct arena *kept = work->arena;
	const char *name = arena_print(kept, "%s_find", record->plural);
	const char *sql = arena_print(
		kept, "SELECT %s, serial FROM %s WHERE voided_at IS NULL ORDER BY serial", row_columns(kept, record), record->plural);
	int serial = (int)row_column_count(record);
	int64_t done = 0,
		total = db_get(work->db, 0, arena_print(kept, "SELECT count(*) FROM %s WHERE voided_at IS NULL", record->plural), NOTHING);
	struct query *query = db_walk(work->db, sql, NOTHING);
	db_fill_begin(move->to, kept, name, "at_home, rowid, found");
	work->arena = arena_new();
	while (db_status(move->to) == OK && db_next(query)) {
		const char *texts[4];
		const struct row *row = row_read(work, record, query);
		search_texts(work, row, texts);
		db_fill_row(move->to, BIND(V(row->home), V(db_whole(query, serial)), V(db_words_text(move->to, work->arena, texts))));
		arena_reset(work->arena);
		if (++done % OFTEN == 0)
			move->tell(name, done, total);
	}
	db_done(query);
	arena_free(work->arena);
	work->arena = kept;
	db_fill_end(move->to);
	move->tell(name, done, done);
}

static struct moved *note(struct work *work, struct move *move, const char *name)
{
	struct moved *moved = ARENA_PUSH(work->arena, move->tables, move->count, move->space);
	*moved = (struct moved){.table = name};
	return moved;
}

static void copy_all(struct work *work, struct move *move)
{
	for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++) {
		struct table table = table_of(work, move, fixed[i]);
		copy_table(work, move, &table, note(work, move, fixed[i]));
		if (text_same(fixed[i], "history"))
			db_words_many(move->to, work->arena, "history", false);
	}
	for (size_t i = 0; i < record_count && db_status(move->to) == OK; i++) {
		struct table table = table_of(work, move, records[i]->plural);
		copy_table(work, move, &table, note(work, move, records[i]->plural));
		db_words_many(move->to, work->arena, records[i]->plural, false);
		if (search_has(records[i]))
			copy_words(work, move, records[i]);
	}
}

static enum status prove(struct work *work, struct move *move)
{
	enum status status = OK;
	db_begin(move->to);
	for (size_t i = 0; i < move->count; i++) {
		struct moved *moved = &move->tables[i];
		struct table table = table_of(work, move, moved->table);
		add_up(work, move, &table, moved);
		if (moved->rows != moved->rows_there || moved->sum != moved->sum_there)
			status = fail(work, BROKEN, NULL, "Of %s, %lld rows were read and %lld came back|表 %s 读取 %lld 行，核对 %lld 行",
				moved->table, (long long)moved->rows, (long long)moved->rows_there);
	}
	db_rollback(move->to);
	return status;
}

enum status move_store(struct work *work, struct move *move)
{
	struct db *to = move->to;
	db_upgrade(to, true);
	db_begin(to);
	schema_tables(to, work->arena);
	if (db_status(to) == OK && db_get(to, 0, "SELECT 1 FROM settings WHERE name = 'incident'", NOTHING)) {
		db_rollback(to);
		db_upgrade(to, false);
		return fail(work, CONFLICT, NULL, "There is a store in this database already|该数据库中已有数据");
	}
	copy_all(work, move);
	enum status status = db_commit(to);
	db_upgrade(to, false);
	if (status == OK)
		status = db_status(work->db);
	if (status == OK)
		status = schema_upgrade(to, work->arena);
	if (status != OK)
		return fail(work, status, NULL, NULL);
	db_run(to, "ANALYZE", NOTHING);
	return prove(work, move);
}
