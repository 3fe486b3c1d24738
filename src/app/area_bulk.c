#include "app/area_bulk.h"

#include "base/clock.h"
#include "record/history.h"
#include "record/search.h"
#include "record/tally.h"

struct area_bulk area_bulk_begin(struct work *work)
{
	struct area_bulk bulk = {.work = work, .scratch = arena_new(), .since = day_of(1900, 1, 1)};
	arena_defer(work->arena, (void (*)(void *))arena_free, bulk.scratch);
	bulk.number = db_get(work->db, 0, "SELECT last FROM numbers WHERE name = 'area'", NOTHING);
	bulk.serial = db_get(work->db, 0, "SELECT max(serial) FROM areas", NOTHING);
	bulk.row = (struct area *)row_new(work->arena, &area_record);
	db_words_many(work->db, work->arena, "areas", true);
	return bulk;
}

static void insert(struct area_bulk *bulk, const struct area_node *node, const char *code, const char *name, const struct area_node *parent)
{
	static const char sql[] =
		"INSERT INTO areas (serial, id, version, home, path, made_at, made_by, changed_at, since, next_day, code, name, parent, "
		"level, type, number, county, moves) VALUES (?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
	struct work *work = bulk->work;
	db_run(work->db, sql,
		BIND(V(++bulk->serial), V(node->id), V(node->county), V(node->path), V(work->now), V(work->who->id), V(work->now),
			V(bulk->since), V(DAY_FAR), V(code), V(name), V(parent->id), V(node->level), V(area_type(code)), V(node->number),
			V(node->county), V(node->moves)));
}

void area_bulk_add(struct area_bulk *bulk, struct arena *arena, const char *code, const char *name, int64_t level,
	const struct area_node *parent, struct area_node *node)
{
	struct work *work = bulk->work;
	char step[PATH_STEP + 1];
	*node = (struct area_node){.id = area_code_id(code), .number = ++bulk->number, .level = level};
	node->path = arena_print(arena, "%s%s", parent->path, path_step(node->number, step));
	node->county = parent->level >= LEVEL_COUNTY ? parent->county : node->number;
	node->moves = area_moves_below(work, arena, parent->moves, node->number);
	insert(bulk, node, code, name, parent);
	struct arena *kept = work->arena;
	work->arena = bulk->scratch;
	SET(bulk->row, area, code, V(code));
	SET(bulk->row, area, name, V(name));
	SET(bulk->row, area, level, V(level));
	bulk->row->row.path = node->path;
	search_add(work, &bulk->row->row, bulk->serial);
	work->arena = kept;
	arena_reset(bulk->scratch);
	bulk->made++;
}

enum status area_bulk_end(struct area_bulk *bulk, const char *change)
{
	struct work *work = bulk->work;
	db_words_many(work->db, work->arena, "areas", false);
	db_run(work->db, "INSERT INTO numbers (name, last) VALUES ('area', ?) ON CONFLICT (name) DO UPDATE SET last = excluded.last",
		BIND(V(bulk->number)));
	const struct row *root = row_load(work, &area_record, area_root());
	if (root)
		history_note(work, root, "imported", change);
	return db_status(work->db);
}

static bool read_node(struct work *work, struct query *query, struct area_node *node, const char **name)
{
	if (!db_next(query))
		return false;
	*node = (struct area_node){.id = db_id(query, 0),
		.number = db_whole(query, 1),
		.county = db_whole(query, 2),
		.level = db_whole(query, 3),
		.path = db_copy(query, 4, work->arena),
		.moves = db_copy(query, 5, work->arena)};
	*name = db_copy(query, 6, work->arena);
	db_done(query);
	return true;
}

bool area_node_find(struct work *work, const char *code, struct area_node *node, const char **name, bool *gone)
{
	*gone = false;
	if (read_node(work,
		    db_query(work->db,
			    "SELECT id, number, county, level, path, moves, name FROM areas WHERE code = ? AND voided_at IS NULL LIMIT 1",
			    BIND(V(code))),
		    node, name))
		return true;
	/* taken out, or renamed to another code since: its id is taken */
	*gone = true;
	return read_node(work,
		db_query(work->db, "SELECT id, number, county, level, path, moves, name FROM areas WHERE id = ?",
			BIND(V(area_code_id(code)))),
		node, name);
}

bool area_node_root(struct work *work, struct area_node *node)
{
	const char *name;
	return read_node(work,
		db_query(work->db, "SELECT id, number, county, level, path, moves, name FROM areas WHERE id = ?", BIND(V(area_root()))),
		node, &name);
}
