/* Tables from declarations. New tables, columns and indexes are made at start; anything else is a numbered file in migrations/. */
#include "record/store.h"

#include "record/days.h"

static void add_column(struct db *db, struct arena *arena, const char *table, const char *column, const char *type)
{
	if (!db_has_column(db, table, column))
		db_run(db, arena_print(arena, "ALTER TABLE %s ADD COLUMN %s %s", table, column, type), NOTHING);
}

static void make_fixed_tables(struct db *db, struct arena *arena)
{
	const char *whole = db_type(db, VALUE_WHOLE), *text = db_type(db, VALUE_TEXT), *bytes = db_type(db, VALUE_BYTES),
		   *id = db_type(db, VALUE_ID);
	db_run(db, arena_print(arena, "CREATE TABLE IF NOT EXISTS secrets (incident %s PRIMARY KEY, wrapped %s NOT NULL)", id, bytes),
		NOTHING);
	db_run(db,
		arena_print(arena,
			"CREATE TABLE IF NOT EXISTS tallies (area %s NOT NULL, measure %s NOT NULL, span %s NOT NULL, cell %s NOT NULL, day %s "
			"NOT NULL, n %s NOT NULL, PRIMARY KEY (area, measure, span, cell, day)) WITHOUT ROWID",
			whole, text, whole, text, whole, whole),
		NOTHING);
	db_run(db,
		arena_print(arena,
			"CREATE TABLE IF NOT EXISTS history (slot %s NOT NULL, seq %s NOT NULL, at %s NOT NULL, who %s, record %s NOT NULL, row %s NOT "
			"NULL, version %s NOT NULL, path %s NOT NULL, deed %s NOT NULL, action %s NOT NULL, change %s NOT NULL, reason %s, body %s, hash "
			"%s NOT NULL, PRIMARY KEY (slot, seq))",
			whole, whole, whole, id, text, id, whole, text, id, text, text, text, bytes, bytes),
		NOTHING);
	db_run(db, "CREATE INDEX IF NOT EXISTS history_row ON history (row, seq)", NOTHING);
	db_run(db, "CREATE UNIQUE INDEX IF NOT EXISTS history_deed ON history (deed)", NOTHING);
	db_run(db, arena_print(arena, "CREATE TABLE IF NOT EXISTS settings (name %s PRIMARY KEY, value %s NOT NULL)", text, text), NOTHING);
	db_run(db,
		arena_print(arena,
			"CREATE TABLE IF NOT EXISTS sessions (token %s PRIMARY KEY, user_id %s NOT NULL, csrf %s NOT NULL, label %s, made_at %s NOT NULL, "
			"ends_at %s NOT NULL)",
			bytes, id, text, text, whole, whole),
		NOTHING);
	add_column(db, arena, "sessions", "id", id);
	add_column(db, arena, "sessions", "used_at", whole);
	db_run(db, "CREATE INDEX IF NOT EXISTS sessions_user ON sessions (user_id)", NOTHING);
	db_run(db,
		arena_print(arena,
			"CREATE TABLE IF NOT EXISTS invites (token %s PRIMARY KEY, user_id %s, made_at %s NOT NULL, ends_at %s NOT NULL)",
			bytes, id, whole, whole),
		NOTHING);
	db_run(db,
		arena_print(arena,
			"CREATE TABLE IF NOT EXISTS tries (who %s PRIMARY KEY, failures %s NOT NULL, last_at %s NOT NULL, locked_until %s NOT NULL)",
			text, whole, whole, whole),
		NOTHING);
	db_run(db,
		arena_print(arena,
			"CREATE TABLE IF NOT EXISTS jobs (id %s PRIMARY KEY, kind %s NOT NULL, record %s NOT NULL, mark %s, moment %s NOT NULL, who %s, "
			"pid %s NOT NULL, state %s NOT NULL, done %s NOT NULL, total %s NOT NULL, written %s NOT NULL, result %s, problem %s, "
			"incident %s, file %s, made_at %s NOT NULL, changed_at %s NOT NULL)",
			id, text, text, id, whole, id, whole, text, whole, whole, whole, text, text, id, bytes, whole, whole),
		NOTHING);
	db_run(db, "CREATE INDEX IF NOT EXISTS jobs_by_mark ON jobs (mark, record)", NOTHING);
	db_run(db, arena_print(arena, "CREATE TABLE IF NOT EXISTS numbers (name %s PRIMARY KEY, last %s NOT NULL)", text, whole), NOTHING);
}

static const char *column_type(struct db *db, const struct field *field)
{
	return db_type(db, field->private ? VALUE_BYTES : field->kind->holds);
}

static void make_table(struct db *db, struct arena *arena, const struct record *record)
{
	const char *whole = db_type(db, VALUE_WHOLE), *text = db_type(db, VALUE_TEXT), *id = db_type(db, VALUE_ID);
	db_run(db,
		arena_print(arena,
			"CREATE TABLE IF NOT EXISTS %s (serial INTEGER PRIMARY KEY, id %s NOT NULL UNIQUE, version %s NOT NULL, incident %s, home %s NOT NULL, path %s "
			"NOT NULL, made_at %s NOT NULL, made_by %s, changed_at %s NOT NULL, voided_at %s, since %s NOT NULL, days %s, next_day "
			"%s NOT NULL)",
			record->plural, id, whole, id, whole, text, whole, id, whole, whole, whole, text, whole),
		NOTHING);
	for (size_t i = 0; i < record->field_count; i++) {
		const struct field *field = &record->fields[i];
		add_column(db, arena, record->plural, field->name, column_type(db, field));
	}
}

static void make_indexes(struct db *db, struct arena *arena, const struct record *record)
{
	const char *table = record->plural;
	db_run(db, arena_print(arena, "CREATE INDEX IF NOT EXISTS %s_by_path ON %s (path, id) WHERE voided_at IS NULL", table, table),
		NOTHING);
	/* the order of a list that asks for none, with the path, so that rows elsewhere are passed over within the index */
	db_run(db, arena_print(arena, "CREATE INDEX IF NOT EXISTS %s_by_id ON %s (id, path) WHERE voided_at IS NULL", table, table),
		NOTHING);
	db_run(db, arena_print(arena, "CREATE INDEX IF NOT EXISTS %s_by_voided ON %s (id, path) WHERE voided_at IS NOT NULL", table, table),
		NOTHING);
	if (days_any(record))
		db_run(db, arena_print(arena, "CREATE INDEX IF NOT EXISTS %s_by_next_day ON %s (next_day)", table, table), NOTHING);
	const struct field *area = record_field(record, "area");
	if (area && area->dated)
		db_run(db,
			arena_print(arena, "CREATE INDEX IF NOT EXISTS %s_moved ON %s (id) WHERE days LIKE '%%\"area\"%%'", table, table),
			NOTHING);
	if (record->wide)
		db_run(db,
			arena_print(
				arena, "CREATE INDEX IF NOT EXISTS %s_wide ON %s (%s) WHERE voided_at IS NULL", table, table, record->wide),
			NOTHING);
	for (size_t i = 0; i < record->field_count; i++) {
		const struct field *field = &record->fields[i];
		bool linked = field->kind == &kind_link || field->kind == &kind_area;
		/* an order carries the path, so that rows out of reach are passed over within the index */
		if (field->order)
			db_run(db,
				arena_print(arena, "CREATE INDEX IF NOT EXISTS %s_by_%s ON %s (%s, id, path) WHERE voided_at IS NULL",
					table, field->name, table, field->name),
				NOTHING);
		else if (field->filter || linked)
			db_run(db,
				arena_print(arena, "CREATE INDEX IF NOT EXISTS %s_by_%s ON %s (%s, path, id) WHERE voided_at IS NULL",
					table, field->name, table, field->name),
				NOTHING);
	}
}

static bool any_find(const struct record *record)
{
	for (size_t i = 0; i < record->field_count; i++)
		if (record->fields[i].find)
			return true;
	return false;
}

void schema_upgrade(struct db *db, struct arena *arena)
{
	make_fixed_tables(db, arena);
	for (size_t i = 0; i < record_count; i++) {
		make_table(db, arena, records[i]);
		make_indexes(db, arena, records[i]);
		if (any_find(records[i]))
			db_run(db,
				arena_print(arena,
					"CREATE VIRTUAL TABLE IF NOT EXISTS %s_find USING fts5 (words, pairs, secrets, places, content = '', "
					"tokenize = 'unicode61 remove_diacritics 0', detail = full)",
					records[i]->plural),
				NOTHING);
	}
	/* the few areas that ever moved are looked for among hundreds of thousands */
	db_run(db, "CREATE INDEX IF NOT EXISTS areas_moved ON areas (path, id) WHERE moves IS NOT NULL", NOTHING);
	db_run(db, "CREATE INDEX IF NOT EXISTS areas_numbered ON areas (number)", NOTHING);
}
