#include "record/spread.h"

#include "record/search.h"

bool spread_is(struct db *db)
{
	return db_homed(db) && db_get(db, 0, "SELECT 1 FROM settings WHERE name = 'spread'", NOTHING) != 0;
}

static void claim_ids(struct db *db, struct arena *arena, const struct record *record)
{
	db_run(db,
		arena_print(arena, "INSERT INTO directory (id, home) SELECT id, home FROM %s ON CONFLICT (id) DO NOTHING", record->plural),
		NOTHING);
	db_run(db, arena_print(arena, "DROP INDEX IF EXISTS %s_ids", record->plural), NOTHING);
}

enum status spread_make(struct db *db, struct arena *arena)
{
	db_upgrade(db, true);
	db_begin(db);
	for (size_t i = 0; i < record_count; i++)
		if (!records[i]->shared)
			claim_ids(db, arena, records[i]);
	db_run(db, "DROP INDEX IF EXISTS history_deed", NOTHING);
	db_run(db, "INSERT INTO settings (name, value) VALUES ('spread', '1') ON CONFLICT (name) DO NOTHING", NOTHING);
	enum status status = db_commit(db);
	db_upgrade(db, false);
	/* the indexes that were dropped come back as they may be */
	return status == OK ? schema_upgrade(db, arena) : status;
}

void spread_declare(struct arena *arena, void (*say)(void *context, const char *sql), void *context)
{
	const char *first = NULL;
	say(context, "CREATE EXTENSION IF NOT EXISTS citus");
	for (size_t i = 0; i < record_count; i++)
		if (records[i]->shared) {
			say(context, arena_print(arena, "SELECT create_reference_table('%s')", records[i]->plural));
			if (search_has(records[i]))
				say(context, arena_print(arena, "SELECT create_reference_table('%s_find')", records[i]->plural));
		}
	for (size_t i = 0; i < record_count; i++) {
		const char *name = records[i]->plural;
		if (records[i]->shared)
			continue;
		say(context,
			arena_print(arena, "SELECT create_distributed_table('%s', 'home', colocate_with => '%s')", name,
				first ? first : "none"));
		first = first ? first : name;
		if (search_has(records[i]))
			say(context,
				arena_print(arena, "SELECT create_distributed_table('%s_find', 'at_home', colocate_with => '%s')", name,
					first));
	}
	say(context, arena_print(arena, "SELECT create_distributed_table('history', 'home', colocate_with => '%s')", first));
	say(context, "SELECT create_distributed_table('tallies', 'area', colocate_with => 'none')");
	say(context, "SELECT create_distributed_table('directory', 'id', colocate_with => 'none')");
	say(context, "SELECT create_distributed_table('file_bodies', 'id', colocate_with => 'directory')");
}
