#include "app/area_level.h"

#include <stdio.h>

#include "app/area.h"
#include "app/rights.h"
#include "record/rows.h"

static enum status level_check(struct work *work, const struct row *old, struct row *row);

#define DEF "app/area_level.def"
#define HOOKS .check = level_check,
#include "record/table.h"

static enum status level_check(struct work *work, const struct row *old, struct row *row)
{
	const struct level *level = (const struct level *)row;
	const struct row *root = row_load(work, &area_record, area_root());
	/* it belongs to the whole: whoever keeps the settings there writes it */
	row->path = root ? root->path : "";
	if (!old && db_get(work->db, 0, "SELECT 1 FROM levels WHERE depth = ? AND voided_at IS NULL", BIND(V(level->depth))))
		return fail(work, BAD_FIELD, "depth", "has its name already|该层级已命名");
	return OK;
}

enum status area_level_seed(struct work *work)
{
	static const char *const names[][2] = {{"Whole", "全域"}, {"Province", "省"}, {"City", "市"}, {"County", "县"}, {"Town", "镇"},
		{"Village", "村"}, {"Grid", "网格"}};
	for (int depth = 0; depth < (int)(sizeof names / sizeof *names); depth++) {
		struct level *level = (struct level *)row_new(work->arena, &level_record);
		struct row *row = &level->row;
		row->id = id_of_name(arena_print(work->arena, "level %d", depth));
		if (row_load(work, &level_record, row->id))
			continue;
		SET(level, level, depth, V(depth));
		SET(level, level, english, V(names[depth][0]));
		SET(level, level, chinese, V(names[depth][1]));
		if (row_insert(work, &row, NULL) != OK)
			return work->status;
	}
	return OK;
}
