#include "record/list.h"

#include <string.h>

#include "base/clock.h"
#include "record/days.h"
#include "record/search.h"

enum { SMALL = 2000 }; /* so many rows are sorted faster than an order is walked past the rows that do not fit */

static const char *site_column(const struct record *record)
{
	if (strcmp(record->name, "site") == 0)
		return "id";
	return record_field(record, "site") ? "site" : NULL;
}

/* A filter whose field has values by day cannot be asked of the columns when a past day is asked for. */
static bool asked_later(const struct list_ask *ask, const struct field *field)
{
	return ask->day != DAY_FAR && field->dated;
}

static enum status add_range(struct work *work, struct sql *sql, const struct list_filter *filter, const char *dots)
{
	struct value low, high;
	const char *from = arena_text(work->arena, filter->text, (size_t)(dots - filter->text)), *to = dots + 2;
	if (*from) {
		if (filter->field->kind->read(work, filter->field, from, &low) != OK)
			return work->status;
		sql_add(sql, arena_print(work->arena, " AND %s >= ?", filter->field->name), &low, 1);
	}
	if (*to) {
		if (filter->field->kind->read(work, filter->field, to, &high) != OK)
			return work->status;
		sql_add(sql, arena_print(work->arena, " AND %s <= ?", filter->field->name), &high, 1);
	}
	return OK;
}

static enum status add_filter(struct work *work, struct sql *sql, const struct list_filter *filter)
{
	const struct field *field = filter->field;
	const char *dots = field->kind->holds == VALUE_WHOLE ? strstr(filter->text, "..") : NULL;
	if (dots)
		return add_range(work, sql, filter, dots);
	if (!*filter->text) {
		sql_add(sql, arena_print(work->arena, " AND %s IS NULL", field->name), NOTHING);
		return OK;
	}
	bool first = true;
	for (const char *at = filter->text; at;) {
		const char *end = field->kind->holds == VALUE_TEXT && field->kind != &kind_pick ? NULL : strchr(at, ',');
		const char *word = arena_text(work->arena, at, end ? (size_t)(end - at) : strlen(at));
		struct value value;
		if (field->kind->read(work, field, word, &value) != OK)
			return work->status;
		sql_add(sql, first ? arena_print(work->arena, " AND %s IN (?", field->name) : ", ?", &value, 1);
		first = false;
		at = end ? end + 1 : NULL;
	}
	sql_add(sql, ")", NOTHING);
	return OK;
}

/* Everything that a row must fulfil, but the cursor. */
static enum status add_where(struct work *work, struct sql *sql, const struct list_ask *ask)
{
	sql_add(sql, ask->voided ? " WHERE voided_at IS NOT NULL" : " WHERE voided_at IS NULL", NOTHING);
	path_where(sql, ask->path);
	if (!ask->record->open)
		reach_where(sql, work->who, ask->right, site_column(ask->record));
	if (ask->day != DAY_FAR && days_any(ask->record))
		sql_add(sql, " AND since <= ?", BIND(V(ask->day)));
	for (size_t i = 0; i < ask->filter_count; i++)
		if (!asked_later(ask, ask->filters[i].field) && add_filter(work, sql, &ask->filters[i]) != OK)
			return work->status;
	for (size_t i = 0; i < ask->view_count; i++)
		ask->record->view(work, ask->views[i], sql);
	return OK;
}

/* Whether an index holds at most SMALL entries for one condition. */
static bool is_small(struct work *work, const struct list_ask *ask, const char *index, struct sql *condition)
{
	struct sql sql = sql_new(work->arena);
	sql_add(&sql,
		arena_print(work->arena, "SELECT count(*) FROM (SELECT 1 FROM %s%s WHERE voided_at IS NULL%s LIMIT %d) few",
			ask->record->plural, db_hint(work->db, work->arena, index), buf_end(&condition->text), SMALL + 1),
		condition->values, condition->count);
	struct query *query = sql_query(work->db, &sql);
	bool small = db_next(query) && db_whole(query, 0) <= SMALL;
	db_done(query);
	return small;
}

/* The narrowest way in: a filter or the subtree that holds few rows; NULL where an order must be walked. */
static const char *narrow_index(struct work *work, const struct list_ask *ask)
{
	const char *table = ask->record->plural;
	if (ask->voided)
		return NULL;
	for (size_t i = 0; i < ask->filter_count; i++) {
		const struct field *field = ask->filters[i].field;
		bool indexed = field->order || field->filter || field->kind == &kind_link || field->kind == &kind_area;
		struct sql condition = sql_new(work->arena);
		const char *index = arena_print(work->arena, "%s_by_%s", table, field->name);
		if (indexed && !asked_later(ask, field) && add_filter(work, &condition, &ask->filters[i]) == OK &&
			is_small(work, ask, index, &condition))
			return index;
	}
	for (size_t i = 0; i < ask->view_count; i++) {
		struct sql inside = sql_new(work->arena);
		const char *field = ask->record->view(work, ask->views[i], &inside);
		const char *index = arena_print(work->arena, "%s_by_%s", table, field);
		if (*field && is_small(work, ask, index, &inside))
			return index;
	}
	struct sql condition = sql_new(work->arena);
	path_where(&condition, ask->path);
	if (!ask->record->open)
		reach_where(&condition, work->who, ask->right, NULL);
	const char *index = arena_print(work->arena, "%s_by_path", table);
	if (site_column(ask->record) && work->who && !work->who->all)
		for (size_t i = 0; i < work->who->grant_count; i++)
			if (!work->who->grants[i].path)
				return NULL;
	return condition.count && is_small(work, ask, index, &condition) ? index : NULL;
}

/* A cursor is "phase.id.value": phase 0 walks the rows with a value, phase 1 those without one. */
struct cursor {
	int phase;
	struct id id;
	const char *value;
	bool set;
};

static enum status read_cursor(struct work *work, const char *text, struct cursor *cursor)
{
	if (!text || !*text)
		return OK;
	size_t size = strlen(text);
	char id[ID_TEXT];
	if (size < 39 || (text[0] != '0' && text[0] != '1') || text[1] != '.' || text[38] != '.')
		return fail(work, BAD_FIELD, "after", "is no cursor|分页标记无效");
	memcpy(id, text + 2, 36);
	id[36] = '\0';
	if (!id_parse(id, &cursor->id))
		return fail(work, BAD_FIELD, "after", "is no cursor|分页标记无效");
	cursor->phase = text[0] - '0';
	cursor->value = text + 39;
	cursor->set = true;
	return OK;
}

static enum status add_cursor(struct work *work, struct sql *sql, const struct list_ask *ask, const struct cursor *cursor)
{
	const char *way = ask->down ? "<" : ">";
	struct value value;
	if (!ask->sort || cursor->phase == 1) {
		sql_add(sql, arena_print(work->arena, " AND id %s ?", ask->sort ? way : "<"), BIND(V(cursor->id)));
		return OK;
	}
	if (ask->sort->kind->holds == VALUE_WHOLE && ask->sort->kind->read(work, ask->sort, cursor->value, &value) != OK)
		return work->status;
	if (ask->sort->kind->holds != VALUE_WHOLE)
		value = value_text(cursor->value);
	sql_add(sql, arena_print(work->arena, " AND (%s, id) %s (?, ?)", ask->sort->name, way), BIND(value, V(cursor->id)));
	return OK;
}

static enum status build(struct work *work, struct sql *sql, const struct list_ask *ask, const struct cursor *cursor, int phase)
{
	const char *table = ask->record->plural, *way = ask->down ? " DESC" : "", *index = narrow_index(work, ask);
	if (!index && ask->sort && !ask->voided)
		index = arena_print(work->arena, "%s_by_%s", table, ask->sort->name);
	sql_add(sql,
		arena_print(work->arena, "SELECT %s FROM %s%s", row_columns(work->arena, ask->record), table,
			index ? db_hint(work->db, work->arena, index) : ""),
		NOTHING);
	if (add_where(work, sql, ask) != OK)
		return work->status;
	if (ask->sort)
		sql_add(sql, arena_print(work->arena, " AND %s IS %sNULL", ask->sort->name, phase ? "" : "NOT "), NOTHING);
	if (cursor->set && cursor->phase == phase && add_cursor(work, sql, ask, cursor) != OK)
		return work->status;
	if (ask->sort && !phase)
		sql_add(sql, arena_print(work->arena, " ORDER BY %s%s, id%s", ask->sort->name, way, way), NOTHING);
	else
		sql_add(sql, arena_print(work->arena, " ORDER BY id%s", ask->sort ? way : " DESC"), NOTHING);
	return OK;
}

/* Filters on dated fields, on a past day: held against the row as it was. */
static bool fits_then(struct work *work, const struct list_ask *ask, const struct row *row)
{
	for (size_t i = 0; i < ask->filter_count; i++) {
		const struct list_filter *filter = &ask->filters[i];
		if (!asked_later(ask, filter->field))
			continue;
		const char *text = kind_to_text(work->arena, filter->field, row_get(row, filter->field));
		struct value value = row_get(row, filter->field);
		if (value.type == VALUE_TEXT ? !text_listed(filter->text, ',', value.text) : !text_listed(filter->text, ',', text))
			return false;
	}
	return true;
}

static enum status collect(struct work *work, const struct list_ask *ask, struct list *list, struct sql *sql, size_t *space)
{
	struct query *query = sql_query(work->db, sql);
	while (db_next(query)) {
		struct row *row = row_read(work, ask->record, query);
		if (ask->day != DAY_FAR) {
			row = (struct row *)row_as_of(work, row, ask->day);
			if (!fits_then(work, ask, row))
				continue;
		}
		*ARENA_PUSH(work->arena, list->rows, list->count, *space) = row;
		if (list->count > ask->limit) {
			db_done(query);
			break;
		}
	}
	return OK;
}

static const char *cursor_of(struct work *work, const struct list_ask *ask, const struct row *row)
{
	char id[ID_TEXT];
	struct value value = ask->sort ? row_get(row, ask->sort) : value_null();
	bool empty = ask->sort && value.type == VALUE_NULL;
	return arena_print(work->arena, "%d.%s.%s", empty, id_print(row->id, id),
		ask->sort && !empty ? kind_to_text(work->arena, ask->sort, value) : "");
}

/* By search, newest first; the cursor is the same, its row's number is looked up. */
static enum status read_found(
	struct work *work, const struct list_ask *ask, struct list *list, const struct cursor *cursor, const char *words)
{
	size_t space = 0;
	const char *table = ask->record->plural;
	struct sql sql = sql_new(work->arena);
	sql_add(&sql,
		arena_print(work->arena, "SELECT %s FROM %s_find CROSS JOIN %s ON serial = %s_find.rowid",
			row_columns(work->arena, ask->record), table, table, table),
		NOTHING);
	if (add_where(work, &sql, ask) != OK)
		return work->status;
	sql_add(&sql, arena_print(work->arena, " AND %s_find MATCH ?", table), BIND(V(words)));
	if (cursor->set)
		sql_add(&sql, arena_print(work->arena, " AND %s_find.rowid < (SELECT serial FROM %s WHERE id = ?)", table, table),
			BIND(V(cursor->id)));
	sql_add(&sql, arena_print(work->arena, " ORDER BY %s_find.rowid DESC", table), NOTHING);
	return collect(work, ask, list, &sql, &space);
}

enum status list_read(struct work *work, const struct list_ask *ask, struct list *list)
{
	struct cursor cursor = {0};
	size_t space = 0;
	*list = (struct list){0};
	if (read_cursor(work, ask->after, &cursor) != OK)
		return work->status;
	if (ask->typed && *text_trim(work->arena, ask->typed)) {
		const char *words = search_query(work, ask->record, ask->typed, ask->path, who_may(work->who, ask->record->reveal));
		if (words && read_found(work, ask, list, &cursor, words) != OK)
			return work->status;
	} else {
		for (int phase = cursor.set ? cursor.phase : 0; phase < (ask->sort ? 2 : 1) && list->count <= ask->limit; phase++) {
			struct sql sql = sql_new(work->arena);
			if (build(work, &sql, ask, &cursor, phase) != OK)
				return work->status;
			collect(work, ask, list, &sql, &space);
		}
	}
	if (list->count > ask->limit) {
		list->count = ask->limit;
		list->next = cursor_of(work, ask, list->rows[ask->limit - 1]);
	}
	return OK;
}

int64_t list_count(struct work *work, const struct list_ask *ask, int64_t most)
{
	struct sql sql = sql_new(work->arena);
	sql_add(&sql, arena_print(work->arena, "SELECT count(*) FROM (SELECT 1 FROM %s", ask->record->plural), NOTHING);
	if (add_where(work, &sql, ask) != OK)
		return 0;
	sql_add(&sql, " LIMIT ?) few", BIND(V(most)));
	struct query *query = sql_query(work->db, &sql);
	int64_t count = db_next(query) ? db_whole(query, 0) : 0;
	db_done(query);
	return count;
}
