#include "record/list_inner.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "record/days.h"
#include "record/search.h"

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

static void add_order(struct work *work, struct sql *sql, const struct list_ask *ask, int phase)
{
	const char *way = ask->down ? " DESC" : "";
	if (ask->sort && !phase)
		sql_add(sql, arena_print(work->arena, " ORDER BY %s%s, id%s", ask->sort->name, way, way), NOTHING);
	else
		sql_add(sql, arena_print(work->arena, " ORDER BY id%s", ask->sort ? way : " DESC"), NOTHING);
}

/* Whether rows are left out after they were read. */
static bool any_later(const struct list_ask *ask)
{
	for (size_t i = 0; i < ask->filter_count; i++)
		if (list_later(ask, ask->filters[i].field))
			return true;
	return false;
}

static enum status add_conditions(struct work *work, struct sql *sql, const struct list_ask *ask, const struct list_reach *reach,
	const struct list_way *way, const struct cursor *cursor, int phase)
{
	if (list_where(work, sql, ask, reach) != OK)
		return work->status;
	list_match(work, sql, ask, way);
	if (ask->sort)
		sql_add(sql, arena_print(work->arena, " AND %s IS %sNULL", ask->sort->name, phase ? "" : "NOT "), NOTHING);
	if (*ask->from)
		sql_add(sql, arena_print(work->arena, " AND %s >= ? AND %s < ?", ask->sort->name, ask->sort->name),
			BIND(V(ask->from), V(arena_print(work->arena, "%s~", ask->from))));
	if (cursor->set && cursor->phase == phase && add_cursor(work, sql, ask, cursor) != OK)
		return work->status;
	add_order(work, sql, ask, phase);
	if (!any_later(ask))
		sql_add(sql, " LIMIT ?", BIND(V(ask->limit + 1)));
	return OK;
}

/* What must be sorted is sorted by key alone, and only the rows of the page are fetched. */
static enum status build(struct work *work, struct sql *sql, const struct list_ask *ask, const struct list_reach *reach,
	const struct list_way *way, const struct cursor *cursor, int phase)
{
	const char *table = ask->record->plural, *hint = db_hint(work->db, work->arena, way->index);
	const char *columns = row_columns(work->arena, ask->record);
	bool inner = way->match || (way->sorted && !any_later(ask));
	sql_add(sql, arena_print(work->arena, "SELECT %s FROM %s", columns, table), NOTHING);
	if (inner)
		sql_add(sql, arena_print(work->arena, " WHERE serial IN (SELECT serial FROM %s%s", table, hint), NOTHING);
	else
		sql_add(sql, hint, NOTHING);
	if (add_conditions(work, sql, ask, reach, way, cursor, phase) != OK)
		return work->status;
	if (inner) {
		sql_add(sql, ")", NOTHING);
		add_order(work, sql, ask, phase);
	}
	return OK;
}

/* Filters on dated fields, on a past day: held against the row as it was. */
static bool fits_then(struct work *work, const struct list_ask *ask, const struct row *row)
{
	for (size_t i = 0; i < ask->filter_count; i++) {
		const struct list_filter *filter = &ask->filters[i];
		if (!list_later(ask, filter->field))
			continue;
		const char *text = kind_to_text(work->arena, filter->field, row_get(row, filter->field));
		struct value value = row_get(row, filter->field);
		if (value.type == VALUE_TEXT ? !text_listed(filter->text, ',', value.text) : !text_listed(filter->text, ',', text))
			return false;
	}
	return true;
}

static enum status collect(
	struct work *work, const struct list_ask *ask, struct list *list, struct sql *sql, size_t *space, const struct search *search)
{
	bool all = !any_later(ask) && !(search && search->held_count);
	struct query *query = all ? sql_query(work->db, sql) : sql_walk(work->db, sql);
	while (db_next(query)) {
		struct row *row = row_read(work, ask->record, query);
		if (ask->day != DAY_FAR) {
			row = (struct row *)row_as_of(work, row, ask->day);
			if (!fits_then(work, ask, row))
				continue;
		}
		if (search && !search_fits(work, search, row))
			continue;
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
	const char *text = ask->sort && !empty ? kind_to_text(work->arena, ask->sort, value) : "";
	if (ask->typed && *text_trim(work->arena, ask->typed) && ask->record->rank)
		text = arena_print(
			work->arena, "%lld:%s", (long long)row_get(row, record_field(row->record, ask->record->rank)).whole, text);
	return arena_print(work->arena, "%d.%s.%s", empty, id_print(row->id, id), text);
}

/* By search, newest first; the cursor is the same, its row's number is looked up. */
static enum status read_found(struct work *work, const struct list_ask *ask, const struct list_reach *reach, struct list *list,
	const struct cursor *cursor, const struct search *search)
{
	size_t space = 0;
	const char *table = ask->record->plural;
	struct sql sql = sql_new(work->arena);
	sql_add(&sql,
		arena_print(work->arena, "SELECT %s FROM %s", row_columns(work->arena, ask->record),
			db_words_from(work->db, work->arena, table)),
		NOTHING);
	if (list_where(work, &sql, ask, reach) != OK)
		return work->status;
	sql_add(&sql, " AND ", NOTHING);
	db_words_match(work->db, &sql, table, search->match);
	/* who reaches single sites only: their rows are few, and each is looked up in the index */
	if (!reach->all && !reach->path_count && list_site(ask->record)) {
		sql_add(&sql,
			arena_print(work->arena, " AND %s_find.rowid IN (SELECT serial FROM %s WHERE voided_at IS NULL", table, table),
			NOTHING);
		list_place(&sql, ask, reach);
		sql_add(&sql, ")", NOTHING);
	}
	if (cursor->set)
		sql_add(&sql,
			arena_print(work->arena, " AND %s_find.rowid %s (SELECT serial FROM %s WHERE id = ?)", table, ask->down ? "<" : ">",
				table),
			BIND(V(cursor->id)));
	sql_add(&sql, arena_print(work->arena, " ORDER BY %s_find.rowid %s", table, ask->down ? "DESC" : "ASC"), NOTHING);
	if (!any_later(ask) && !search->held_count)
		sql_add(&sql, " LIMIT ?", BIND(V(ask->limit + 1)));
	return collect(work, ask, list, &sql, &space, search);
}

/* The field that holds a code, where what was typed is the beginning of one: an order of codes finds those, and words need no index of beginnings. */
static const struct field *code_typed(struct work *work, const struct list_ask *ask, const char **from)
{
	/* of a ranked record the first rows are few, however short the beginning is */
	size_t shortest = ask->record->rank ? 1 : 4;
	char *typed = text_trim(work->arena, ask->typed);
	for (char *at = typed; *at; at++) {
		if (!((*at >= '0' && *at <= '9') || (*at >= 'A' && *at <= 'Z') || (*at >= 'a' && *at <= 'z')))
			return NULL;
		*at = (char)(*at >= 'a' ? *at - 'a' + 'A' : *at);
	}
	*from = typed;
	for (size_t i = 0; strlen(typed) >= shortest && i < ask->record->field_count; i++) {
		const struct field *field = &ask->record->fields[i];
		if (!field->find || (!field->order && !field->filter) || field->private ||
			(field->kind != &kind_uscc && strcmp(field->name, "code") != 0))
			continue;
		/* within reach: whether a code is there elsewhere must not show in how the search goes */
		struct list_reach reach = list_reach(work, ask);
		struct sql sql = sql_new(work->arena);
		sql_add(&sql,
			arena_print(work->arena, "SELECT 1 FROM %s%s WHERE %s >= ? AND %s < ? AND voided_at IS NULL", ask->record->plural,
				db_hint(work->db, work->arena, arena_print(work->arena, "%s_by_%s", ask->record->plural, field->name)),
				field->name, field->name),
			BIND(V(typed), V(arena_print(work->arena, "%s~", typed))));
		list_place(&sql, ask, &reach);
		sql_add(&sql, " LIMIT 1", NOTHING);
		struct query *query = sql_query(work->db, &sql);
		if (db_next(query)) {
			db_done(query);
			return field;
		}
	}
	return NULL;
}

/* Whether whatever is read here may be seen in clear as well: else a find would tell what a mask hides. */
static bool finds_secrets(const struct work *work, const struct list_ask *ask)
{
	if (!work->who || work->who->all)
		return work->who != NULL;
	if (ask->record->open)
		return who_reaches(work->who, ask->record->reveal, ask->path, (struct id){{0}});
	for (size_t i = 0; i < work->who->grant_count; i++) {
		const struct grant_reach *grant = &work->who->grants[i];
		bool reads = rights_hold(&grant->rights, ask->right), reveals = rights_hold(&grant->rights, ask->record->reveal);
		bool here = !grant->path || path_inside(grant->path, ask->path) || path_inside(ask->path, grant->path);
		if (reads && !reveals && here && !(grant->path && who_reaches(work->who, ask->record->reveal, grant->path, grant->site)))
			return false;
	}
	return who_may(work->who, ask->record->reveal);
}

static struct search question(struct work *work, const struct list_ask *ask, const struct list_reach *reach)
{
	bool typed = ask->typed && *ask->typed;
	return search_ask(
		work, ask, reach->all ? NULL : reach->paths, reach->site_count ? 0 : reach->path_count, typed && finds_secrets(work, ask));
}

static enum status read_rows(struct work *work, const struct list_ask *ask, struct list *list, const struct cursor *cursor)
{
	size_t space = 0;
	struct list_reach reach = list_reach(work, ask);
	/* values of pick fields: the index of words holds them, newest first */
	if (!ask->sort && !ask->voided && !reach.site_count && (reach.all || reach.path_count) && search_facets(ask)) {
		struct list_ask found = *ask;
		found.down = true;
		struct search search = question(work, &found, &reach);
		return search.match ? read_found(work, &found, &reach, list, cursor, &search) : work->status;
	}
	struct list_way way = list_way(work, ask, &reach);
	for (int phase = cursor->set ? cursor->phase : 0; phase < (ask->sort && !*ask->from ? 2 : 1) && list->count <= ask->limit;
		phase++) {
		struct sql sql = sql_new(work->arena);
		if (work->status != OK || build(work, &sql, ask, &reach, &way, cursor, phase) != OK)
			return work->status;
		collect(work, ask, list, &sql, &space, NULL);
	}
	return OK;
}

static enum status read_typed(struct work *work, const struct list_ask *ask, struct list *list, const struct cursor *cursor)
{
	struct list_reach reach = list_reach(work, ask);
	struct search search = question(work, ask, &reach);
	return search.match ? read_found(work, ask, &reach, list, cursor, &search) : OK;
}

/* What was typed, one rank after the other: of areas the higher ones first. The cursor's value is "rank:value". */
static enum status read_ranked(struct work *work, const struct list_ask *asked, struct list *list, struct cursor *cursor, bool code)
{
	struct list_ask ask = *asked;
	struct list_filter *filters = arena_alloc(work->arena, (ask.filter_count + 1) * sizeof *filters);
	const struct field *rank = record_field(ask.record, ask.record->rank);
	int64_t first = cursor->set ? strtoll(cursor->value, NULL, 10) : rank->min;
	const char *colon = cursor->set ? strchr(cursor->value, ':') : NULL;
	cursor->value = colon ? colon + 1 : "";
	for (size_t i = 0; i < asked->filter_count; i++)
		filters[i] = asked->filters[i];
	ask.filters = filters;
	ask.filter_count++;
	list->rows = arena_alloc(work->arena, (ask.limit + 1) * sizeof *list->rows);
	for (int64_t at = first; at <= rank->max && list->count <= asked->limit; at++) {
		struct list part = {0};
		ask.limit = asked->limit - list->count;
		filters[asked->filter_count] = (struct list_filter){.field = rank, .text = arena_print(work->arena, "%lld", (long long)at)};
		if ((code ? read_rows : read_typed)(work, &ask, &part, cursor) != OK)
			return work->status;
		for (size_t i = 0; i < part.count; i++)
			list->rows[list->count++] = part.rows[i];
		cursor->set = false;
	}
	return OK;
}

enum status list_read(struct work *work, const struct list_ask *asked, struct list *list)
{
	struct cursor cursor = {0};
	struct list_ask ask = *asked;
	*list = (struct list){0};
	ask.from = "";
	if (read_cursor(work, ask.after, &cursor) != OK)
		return work->status;
	bool typed = ask.typed && *text_trim(work->arena, ask.typed);
	const struct field *code = typed ? code_typed(work, &ask, &ask.from) : NULL;
	if (code) {
		ask.sort = code;
		ask.down = false;
	} else {
		ask.from = "";
		ask.down = typed ? !ask.record->rank : ask.down;
	}
	if (typed && !code)
		ask.sort = NULL;
	if (typed && ask.record->rank)
		read_ranked(work, &ask, list, &cursor, code != NULL);
	else
		(typed && !code ? read_typed : read_rows)(work, &ask, list, &cursor);
	if (work->status != OK)
		return work->status;
	if (list->count > ask.limit) {
		list->count = ask.limit;
		list->next = cursor_of(work, &ask, list->rows[ask.limit - 1]);
	}
	return OK;
}

int64_t list_count(struct work *work, const struct list_ask *ask, int64_t most)
{
	struct sql sql = sql_new(work->arena);
	struct list_reach reach = list_reach(work, ask);
	struct list_way way = list_way(work, ask, &reach);
	sql_add(&sql,
		arena_print(work->arena, "SELECT count(*) FROM (SELECT 1 FROM %s%s", ask->record->plural,
			db_hint(work->db, work->arena, way.index)),
		NOTHING);
	if (list_where(work, &sql, ask, &reach) != OK)
		return 0;
	list_match(work, &sql, ask, &way);
	sql_add(&sql, " LIMIT ?) few", BIND(V(most)));
	struct query *query = sql_query(work->db, &sql);
	int64_t count = db_next(query) ? db_whole(query, 0) : 0;
	db_done(query);
	return count;
}
