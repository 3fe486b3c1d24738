#include "record/export.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "record/days.h"
#include "record/import_column.h"
#include "record/picks.h"
#include "record/shape.h"

enum { PAGE = 1000 };

/* A column of a sheet out; `extra` names one that the record works out (record.h). */
struct column_out {
	struct column column;
	const char *extra, *label;
};

struct columns {
	struct column_out *list;
	size_t count, space;
};

static void add_column(struct work *work, struct columns *columns, enum column_part part, const struct field *field)
{
	*ARENA_PUSH(work->arena, columns->list, columns->count, columns->space) =
		(struct column_out){.column = {.part = part, .field = field}, .label = column_label(work->arena, part, field)};
}

/* Those that were asked for by name. */
static void add_extra(struct work *work, struct columns *columns, const struct record *record, const char *names)
{
	struct pick pick;
	for (const char *at = record->extra; at && names && picks_next(work->arena, &at, &pick);)
		if (text_listed(names, ',', pick.code))
			*ARENA_PUSH(work->arena, columns->list, columns->count, columns->space) =
				(struct column_out){.extra = pick.code, .label = pick.label};
}

static enum status choose_columns(struct work *work, const struct export_ask *ask, struct columns *columns)
{
	const struct record *record = ask->list->record;
	const char *names = ask->columns && *ask->columns ? ask->columns : NULL;
	add_column(work, columns, COLUMN_ID, NULL);
	for (size_t i = 0; i < record->field_count; i++) {
		const struct field *field = &record->fields[i];
		if (field->hidden || (names && !text_listed(names, ',', field->name)))
			continue;
		if (column_points(field))
			add_column(work, columns, COLUMN_KEY, field);
		add_column(work, columns, COLUMN_VALUE, field);
	}
	add_extra(work, columns, record, names);
	const char *left = names, *name;
	while ((name = text_word(work->arena, &left, ','))) {
		const struct field *field = record_field(record, name);
		if (strcmp(name, "id") != 0 && (!field || field->hidden) &&
			!(record->extra && picks_label(work->arena, record->extra, name)))
			return fail(work, BAD_FIELD, "columns", "names no field here: %s|没有此列：%s", name);
	}
	if (!names && days_any(record)) {
		add_column(work, columns, COLUMN_SINCE, NULL);
		add_column(work, columns, COLUMN_DAYS, NULL);
	}
	return OK;
}

/* The code of an area where it has one: it outlives the store. */
static const char *key_of(struct work *work, const struct row *row, const struct field *field)
{
	struct value value = row_get(row, field);
	const char *code = NULL;
	char id[ID_TEXT];
	if (field->kind == &kind_area && shape_pointed(work, row, field)) {
		struct query *query = db_query(work->db, "SELECT code FROM areas WHERE id = ?", BIND(value));
		if (db_next(query)) {
			code = db_copy(query, 0, work->arena);
			db_done(query);
		}
	}
	return code && *code ? code : arena_copy(work->arena, id_print(value.id, id));
}

static void put_value(struct work *work, struct sheet_writer *sheet, const struct row *row, const struct field *field)
{
	struct value value = row_get(row, field);
	const struct kind *kind = field->kind;
	if (value.type == VALUE_NULL)
		sheet_put_none(sheet);
	else if (field->private && !shape_reveals(work, row))
		sheet_put_text(sheet, shape_text(work, row, field));
	else if (kind == &kind_whole && field->scale)
		sheet_put_tenths(sheet, value.whole);
	else if (kind == &kind_whole)
		sheet_put_whole(sheet, value.whole);
	else if (kind == &kind_amount)
		sheet_put_amount(sheet, value.whole);
	else if (kind == &kind_day)
		sheet_put_day(sheet, value.whole);
	else if (kind == &kind_flag)
		sheet_put_text(sheet, work_text(work, value.whole ? "yes|是" : "no|否"));
	else if (kind == &kind_pick && picks_label(work->arena, field->picks, value.text))
		sheet_put_text(sheet, work_text(work, picks_label(work->arena, field->picks, value.text)));
	else
		sheet_put_text(sheet, shape_text(work, row, field));
}

/* In the order of names and days, however they were told. */
static const char *days_text(struct work *work, const struct row *row)
{
	json_t *days = row->days ? json_read(work->arena, row->days, strlen(row->days), NULL) : NULL;
	char *text = days ? json_dumps(days, JSON_COMPACT | JSON_SORT_KEYS) : NULL;
	if (text)
		arena_defer(work->arena, free, text);
	return text;
}

static void put_extra(struct work *work, struct sheet_writer *sheet, const struct row *row, const char *name)
{
	struct json json = json_new(work->arena);
	json_open(&json, '{');
	row->record->show(work, row, &json);
	json_close(&json, '}');
	const json_t *value = json_object_get(json_read(work->arena, buf_end(&json.buf), json.buf.size, NULL), name);
	if (json_is_integer(value))
		sheet_put_whole(sheet, json_integer_value(value));
	else
		sheet_put_none(sheet);
}

static void put_cell(struct work *work, struct sheet_writer *sheet, const struct row *row, const struct column *column)
{
	char id[ID_TEXT];
	switch (column->part) {
	case COLUMN_ID: sheet_put_text(sheet, id_print(row->id, id)); break;
	case COLUMN_SINCE: sheet_put_day(sheet, row->since); break;
	case COLUMN_DAYS: sheet_put_text(sheet, days_text(work, row)); break;
	case COLUMN_KEY:
		if (row_null(row, column->field))
			sheet_put_none(sheet);
		else
			sheet_put_text(sheet, key_of(work, row, column->field));
		break;
	default: put_value(work, sheet, row, column->field);
	}
}

static void put_column(struct work *work, struct sheet_writer *sheet, const struct row *row, const struct column_out *out)
{
	if (out->extra)
		put_extra(work, sheet, row, out->extra);
	else
		put_cell(work, sheet, row, &out->column);
}

/* What history_seen needs of a row. */
static struct row *remember(struct work *work, const struct row *row)
{
	struct row *light = row_new(work->arena, row->record);
	light->id = row->id;
	light->version = row->version;
	light->incident = row->incident;
	light->path = arena_copy(work->arena, row->path);
	return light;
}

static bool any_private(const struct columns *columns)
{
	for (size_t i = 0; i < columns->count; i++)
		if (columns->list[i].column.field && columns->list[i].column.field->private)
			return true;
	return false;
}

struct run {
	struct columns columns;
	struct sheet_writer *sheet;
	struct list *seen;
	size_t seen_space;
	bool private;
};

/* One page in memory of its own, so that the rows of a large list are never all there at once. */
static enum status write_page(struct work *work, struct run *run, struct list_ask *ask, struct buf *cursor)
{
	struct work page = *work;
	struct list list;
	page.arena = arena_new();
	enum status status = list_read(&page, ask, &list);
	for (size_t i = 0; status == OK && i < list.count; i++) {
		for (size_t j = 0; j < run->columns.count; j++)
			put_column(&page, run->sheet, list.rows[i], &run->columns.list[j]);
		sheet_end_row(run->sheet);
		if (run->private && shape_reveals(work, list.rows[i]))
			*ARENA_PUSH(work->arena, run->seen->rows, run->seen->count, run->seen_space) = remember(work, list.rows[i]);
	}
	if (status != OK) {
		struct arena *own = work->arena;
		arena_defer(own, (void (*)(void *))arena_free, page.arena);
		*work = page;
		work->arena = own;
		return status;
	}
	cursor->size = 0;
	if (list.next)
		buf_text(cursor, list.next);
	ask->after = list.next ? buf_end(cursor) : NULL;
	arena_free(page.arena);
	return OK;
}

enum status export_write(struct work *work, const struct export_ask *ask, struct list *seen)
{
	struct sheet_error error;
	struct list_ask list = *ask->list;
	struct run run = {.seen = seen};
	struct buf cursor = {.arena = work->arena};
	*seen = (struct list){0};
	list.limit = PAGE;
	list.after = NULL;
	if (choose_columns(work, ask, &run.columns) != OK)
		return work->status;
	run.private = any_private(&run.columns);
	run.sheet = sheet_writer_open(ask->path, ask->format, work_text(work, list.record->label), ask->folder, &error);
	if (!run.sheet)
		return fail(work, FULL, NULL, "%s|%s", work_text(work, error.text));
	for (size_t i = 0; i < run.columns.count; i++)
		sheet_put_text(run.sheet, work_text(work, run.columns.list[i].label));
	sheet_end_row(run.sheet);
	enum status status = OK;
	do {
		status = write_page(work, &run, &list, &cursor);
	} while (status == OK && list.after);
	if (status != OK)
		sheet_writer_drop(run.sheet);
	else if (!sheet_writer_finish(run.sheet, &error))
		status = fail(work, FULL, NULL, "%s|%s", work_text(work, error.text));
	return status;
}
