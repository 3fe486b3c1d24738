/* A tree of areas from a spreadsheet, in any order of rows. */
#include <stdlib.h>
#include <string.h>

#include "app/area_bulk.h"
#include "app/area_import.h"
#include "base/sheet.h"
#include "record/tally.h"

enum { FAULTS = 100, NOTES = 20, MOST_CODE = 24, MOST_NAME = 60 };
enum column { CODE, PARENT, LEVEL, NAME, COLUMNS };

static const char *const headings[COLUMNS] = {"code|代码|区划代码", "parent|上级|上级代码|above", "level|层级|级别", "name|名称|区划名称"};
static const char *const fields[COLUMNS] = {"code", "parent", "level", "name"};

enum state { WAITING, GOING, DONE, FAILED };

struct line {
	int64_t number;
	const char *cells[COLUMNS];
	enum state state;
	struct area_node node;
};

struct tree {
	struct work *work;
	struct area_import *import;
	struct area_bulk bulk;
	struct area_node root;
	struct line *lines;
	size_t count, space;
	struct line **by_code;
};

static void fault(struct tree *tree, const struct line *line, enum column column, const char *text)
{
	struct work *work = tree->work;
	work->row = line->number;
	if (work->fault_count < FAULTS)
		fail(work, BAD_FIELD, fields[column], "%s|%s", work_text(work, text));
	work->row = -1;
}

static enum status read_heading(struct tree *tree, const struct sheet_row *row, int places[COLUMNS])
{
	struct work *work = tree->work;
	for (int c = 0; c < COLUMNS; c++) {
		places[c] = -1;
		for (int i = 0; i < row->count; i++) {
			char *word = text_trim(work->arena, row->cells[i].text);
			for (char *at = word; *at; at++)
				if (*at >= 'A' && *at <= 'Z')
					*at = (char)(*at + 'a' - 'A');
			if (*word && text_listed(headings[c], '|', word))
				places[c] = i;
		}
	}
	if (places[CODE] < 0 || places[NAME] < 0)
		return fail(work, BAD_REQUEST, NULL,
			"The first row must name the columns code, parent, level, name|首行须为列名：代码、上级、层级、名称");
	return OK;
}

static void take_line(struct tree *tree, const struct sheet_row *row, const int places[COLUMNS])
{
	struct work *work = tree->work;
	struct line *line = ARENA_PUSH(work->arena, tree->lines, tree->count, tree->space);
	*line = (struct line){.number = row->number};
	for (int c = 0; c < COLUMNS; c++)
		line->cells[c] = places[c] >= 0 && places[c] < row->count ? text_trim(work->arena, row->cells[places[c]].text) : "";
}

static void close_reader(void *reader)
{
	sheet_reader_close(reader);
}

static enum status read_lines(struct tree *tree)
{
	struct work *work = tree->work;
	struct sheet_error error;
	struct sheet_row row;
	enum sheet_step step;
	int places[COLUMNS];
	struct sheet_reader *reader = sheet_reader_open(tree->import->bytes, tree->import->size, NULL, &error);
	if (!reader)
		return fail(work, BAD_REQUEST, NULL, "%s|%s", work_text(work, error.text));
	arena_defer(work->arena, close_reader, reader);
	if (sheet_reader_next(reader, &row) != SHEET_ROW)
		return fail(work, BAD_REQUEST, NULL, "The file holds no rows|文件没有内容");
	if (read_heading(tree, &row, places) != OK)
		return work->status;
	while ((step = sheet_reader_next(reader, &row)) == SHEET_ROW)
		take_line(tree, &row, places);
	if (step == SHEET_FAILED)
		return fail(work, BAD_REQUEST, NULL, "line %lld: %s|第 %lld 行：%s", (long long)sheet_reader_error(reader)->row,
			work_text(work, sheet_reader_error(reader)->text));
	return OK;
}

static int compare(const void *one, const void *other)
{
	const struct line *a = *(struct line *const *)one, *b = *(struct line *const *)other;
	int order = strcmp(a->cells[CODE], b->cells[CODE]);
	return order ? order : (a->number > b->number) - (a->number < b->number);
}

static int compare_code(const void *code, const void *line)
{
	return strcmp(code, (*(struct line *const *)line)->cells[CODE]);
}

static struct line *line_of(struct tree *tree, const char *code)
{
	struct line **found = bsearch(code, tree->by_code, tree->count, sizeof *tree->by_code, compare_code);
	return found ? *found : NULL;
}

static void check_lines(struct tree *tree)
{
	tree->by_code = arena_alloc(tree->work->arena, (tree->count + 1) * sizeof *tree->by_code);
	for (size_t i = 0; i < tree->count; i++)
		tree->by_code[i] = &tree->lines[i];
	qsort(tree->by_code, tree->count, sizeof *tree->by_code, compare);
	for (size_t i = 0; i < tree->count; i++) {
		struct line *line = &tree->lines[i];
		if (!*line->cells[CODE])
			fault(tree, line, CODE, "must be given|必填");
		if (text_length(line->cells[CODE]) > MOST_CODE)
			fault(tree, line, CODE, "is too long|过长");
		if (!*line->cells[NAME])
			fault(tree, line, NAME, "must be given|必填");
		if (text_length(line->cells[NAME]) > MOST_NAME)
			fault(tree, line, NAME, "is too long|过长");
	}
	for (size_t i = 1; i < tree->count; i++)
		if (*tree->by_code[i]->cells[CODE] && strcmp(tree->by_code[i]->cells[CODE], tree->by_code[i - 1]->cells[CODE]) == 0)
			fault(tree, tree->by_code[i], CODE, "stands twice in this file|在文件中重复");
}

/* A level by number or by name. */
static bool read_level(struct tree *tree, const char *text, int64_t *level)
{
	char *end;
	*level = strtoll(text, &end, 10);
	if (*end)
		*level = db_get(tree->work->db, -1, "SELECT depth FROM levels WHERE (english = ? OR chinese = ?) AND voided_at IS NULL",
			BIND(V(text), V(text)));
	return *level >= 0 && *level <= 12;
}

static void place(struct tree *tree, struct line *line, int depth);

/* The area above: in this file, in the store, or the root. */
static const struct area_node *find_above(struct tree *tree, struct line *line, int depth)
{
	const char *code = line->cells[PARENT], *name;
	bool gone;
	if (!*code)
		return &tree->root;
	struct line *above = line_of(tree, code);
	if (above) {
		if (above->state == GOING || depth > PATH_DEEP)
			fault(tree, line, PARENT, "leads in a circle, or too deep|上级关系循环或过深");
		else
			place(tree, above, depth + 1);
		return above->state == DONE ? &above->node : NULL;
	}
	struct area_node *node = arena_alloc(tree->work->arena, sizeof *node);
	if (area_node_find(tree->work, code, node, &name, &gone) && !gone)
		return node;
	fault(tree, line, PARENT, "is the code of no area|没有此代码的区划");
	return NULL;
}

static void note_there(struct tree *tree, const struct line *line, const char *name)
{
	struct area_import *import = tree->import;
	import->there++;
	if (!text_same(name, line->cells[NAME]) && import->renamed++ < NOTES)
		buf_print(&import->notes, "%s %s: %s\n", line->cells[CODE], name, line->cells[NAME]);
}

static void add_below(struct tree *tree, struct line *line, const struct area_node *above)
{
	int64_t level = above->level + 1;
	if (*line->cells[LEVEL] && !read_level(tree, line->cells[LEVEL], &level))
		fault(tree, line, LEVEL, "is no level|没有此层级");
	else if (level <= above->level || strlen(above->path) / PATH_STEP + 1 >= PATH_DEEP)
		fault(tree, line, LEVEL, "must be below the level of the area above|须低于上级的层级");
	else {
		area_bulk_add(&tree->bulk, tree->work->arena, line->cells[CODE], line->cells[NAME], level, above, &line->node);
		line->state = DONE;
	}
}

static void place(struct tree *tree, struct line *line, int depth)
{
	const char *name;
	bool gone;
	if (line->state != WAITING)
		return;
	line->state = GOING;
	if (area_node_find(tree->work, line->cells[CODE], &line->node, &name, &gone)) {
		line->state = gone ? FAILED : DONE;
		if (gone)
			fault(tree, line, CODE, "was taken out here; restore it first|该区划已作废，请先恢复");
		else
			note_there(tree, line, name);
		return;
	}
	const struct area_node *above = find_above(tree, line, depth);
	line->state = FAILED;
	if (above)
		add_below(tree, line, above);
}

static const char *told(const struct tree *tree)
{
	struct json json = json_new(tree->work->arena);
	json_open(&json, '{');
	json_key(&json, "before");
	json_raw(&json, "{}");
	json_key(&json, "after");
	json_open(&json, '{');
	json_put(&json, "source", "file");
	json_put_whole(&json, "made", tree->import->made);
	json_put_whole(&json, "there", tree->import->there);
	json_close(&json, '}');
	json_close(&json, '}');
	return buf_end(&json.buf);
}

enum status area_import_sheet(struct work *work, void *data)
{
	struct area_import *import = data;
	struct tree tree = {.work = work, .import = import};
	import->made = import->there = import->renamed = import->passed = 0;
	import->notes = (struct buf){.arena = work->arena};
	if (read_lines(&tree) != OK)
		return work->status;
	check_lines(&tree);
	if (work->status != OK || !area_node_root(work, &tree.root))
		return work->status;
	tree.bulk = area_bulk_begin(work);
	for (size_t i = 0; i < tree.count && work->fault_count < FAULTS; i++) {
		place(&tree, &tree.lines[i], 0);
		if (import->progress && i % 512 == 0)
			import->progress((int64_t)i, (int64_t)tree.count);
	}
	import->made = tree.bulk.made;
	if (import->progress)
		import->progress((int64_t)tree.count, (int64_t)tree.count);
	return work->status == OK ? area_bulk_end(&tree.bulk, told(&tree)) : work->status;
}
