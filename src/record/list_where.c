#include <string.h>

#include "base/clock.h"
#include "record/days.h"
#include "record/list_inner.h"
#include "record/search.h"

/* So many rows are fetched and sorted faster than an order is walked past the rows that do not fit; and so many entries of an index that
 * holds all that is asked. */
enum { FEW = 1500, FEW_ENTRIES = 8000 };

const char *list_site(const struct record *record)
{
	if (strcmp(record->name, "site") == 0)
		return "id";
	return record_field(record, "site") ? "site" : NULL;
}

bool list_later(const struct list_ask *ask, const struct field *field)
{
	return ask->day != DAY_FAR && field->dated;
}

static void add_path(struct work *work, struct list_reach *reach, size_t *space, const char *path)
{
	for (size_t i = 0; i < reach->path_count; i++)
		if (path_inside(path, reach->paths[i]))
			return;
	*ARENA_PUSH(work->arena, reach->paths, reach->path_count, *space) = path;
}

static struct list_reach reach_one(struct work *work, const struct list_ask *ask)
{
	struct list_reach reach = {.within = ask->path, .all = !*ask->path && (ask->record->open || (work->who && work->who->all))};
	size_t space = 0, site_space = 0;
	if (ask->record->open || !work->who || work->who->all) {
		if (work->who && !reach.all)
			add_path(work, &reach, &space, ask->path);
		return reach;
	}
	struct id *sites = NULL;
	for (size_t i = 0; i < work->who->grant_count; i++) {
		const struct grant_reach *grant = &work->who->grants[i];
		if (!rights_hold(&grant->rights, ask->right))
			continue;
		if (grant->path && path_inside(ask->path, grant->path)) {
			reach = (struct list_reach){.within = ask->path, .all = !*ask->path};
			space = 0;
			add_path(work, &reach, &space, ask->path);
			return reach;
		}
		if (grant->path && path_inside(grant->path, ask->path))
			add_path(work, &reach, &space, grant->path);
		else if (!grant->path && list_site(ask->record))
			*ARENA_PUSH(work->arena, sites, reach.site_count, site_space) = grant->site;
	}
	reach.sites = sites;
	return reach;
}

/* Whether the site stands below a path now. */
static bool site_inside(struct work *work, struct id site, const char *path)
{
	return db_get(work->db, 0, "SELECT 1 FROM sites WHERE id = ? AND path >= ? AND path < ?",
		       BIND(V(site), V(path), V(arena_print(work->arena, "%s~", path)))) != 0;
}

/* The reach into several subtrees together, and the sites besides. */
static struct list_reach reach_parts(struct work *work, const struct list_ask *asked)
{
	struct list_reach reach = {.within = ""};
	struct id *sites = NULL;
	size_t space = 0, site_space = 0;
	for (size_t i = 0; i < asked->parts->path_count; i++) {
		struct list_ask ask = *asked;
		ask.path = asked->parts->paths[i];
		struct list_reach one = reach_one(work, &ask);
		for (size_t j = 0; j < one.path_count; j++)
			add_path(work, &reach, &space, one.paths[j]);
		for (size_t j = 0; j < one.site_count; j++)
			if (site_inside(work, one.sites[j], ask.path))
				*ARENA_PUSH(work->arena, sites, reach.site_count, site_space) = one.sites[j];
	}
	for (size_t i = 0; list_site(asked->record) && i < asked->parts->site_count; i++)
		*ARENA_PUSH(work->arena, sites, reach.site_count, site_space) = asked->parts->sites[i];
	reach.sites = sites;
	return reach;
}

struct list_reach list_reach(struct work *work, const struct list_ask *ask)
{
	return ask->parts ? reach_parts(work, ask) : reach_one(work, ask);
}

static const char *path_end(struct arena *arena, const char *path)
{
	return arena_print(arena, "%s~", path);
}

void list_place(struct sql *sql, const struct list_ask *ask, const struct list_reach *reach)
{
	if (reach->all)
		return;
	if (reach->path_count == 1 && !reach->site_count) {
		path_where(sql, reach->paths[0]);
		return;
	}
	if (reach->site_count)
		path_where(sql, reach->within);
	sql_add(sql, " AND (", NOTHING);
	for (size_t i = 0; i < reach->path_count; i++)
		sql_add(sql, i ? " OR (path >= ? AND path < ?)" : "(path >= ? AND path < ?)",
			BIND(V(reach->paths[i]), V(path_end(sql->text.arena, reach->paths[i]))));
	if (reach->site_count)
		sql_add(sql, arena_print(sql->text.arena, "%s%s IN (", reach->path_count ? " OR " : "", list_site(ask->record)), NOTHING);
	for (size_t i = 0; i < reach->site_count; i++)
		sql_add(sql, i ? ", ?" : "?", BIND(V(reach->sites[i])));
	sql_add(sql, reach->site_count ? "))" : reach->path_count ? ")" : "1 = 0)", NOTHING);
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

enum status list_filter(struct work *work, struct sql *sql, const struct list_filter *filter)
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

/* Of an open record with states that not everyone reads: what stands in others is for whoever may write it there. */
static void add_shown(struct work *work, struct sql *sql, const struct record *record)
{
	bool first = true;
	const char *list = record->shown;
	if (!list || !work->who || work->who->all)
		return;
	sql_add(sql, " AND (state IN (", NOTHING);
	for (const char *state; (state = text_word(work->arena, &list, ',')); first = false)
		sql_add(sql, first ? "?" : ", ?", BIND(V(state)));
	sql_add(sql, ") OR (1 = 1", NOTHING);
	reach_where(sql, work->who, record->write, NULL);
	sql_add(sql, "))", NOTHING);
}

enum status list_where(struct work *work, struct sql *sql, const struct list_ask *ask, const struct list_reach *reach)
{
	sql_add(sql, ask->voided ? " WHERE voided_at IS NOT NULL" : " WHERE voided_at IS NULL", NOTHING);
	list_place(sql, ask, reach);
	add_shown(work, sql, ask->record);
	if (ask->day != DAY_FAR && days_any(ask->record))
		sql_add(sql, " AND since <= ?", BIND(V(ask->day)));
	for (size_t i = 0; i < ask->view_count; i++)
		ask->record->view(work, ask->views[i], sql);
	for (size_t i = 0; i < ask->filter_count; i++)
		if (!list_later(ask, ask->filters[i].field) && list_filter(work, sql, &ask->filters[i]) != OK)
			return work->status;
	return OK;
}

struct choice {
	struct work *work;
	const struct list_ask *ask;
	struct list_way way;
	int64_t best;
};

/* How many entries of an index fulfil a condition, counted up to `most`. */
static int64_t entries(struct work *work, const struct list_ask *ask, const char *index, const struct sql *condition, int64_t most)
{
	struct sql sql = sql_new(work->arena);
	sql_add(&sql,
		arena_print(work->arena, "SELECT count(*) FROM (SELECT 1 FROM %s%s WHERE voided_at IS NULL%s LIMIT ?) few",
			ask->record->plural, db_hint(work->db, work->arena, index), buf_end((struct buf *)&condition->text)),
		condition->values, condition->count);
	sql_add(&sql, "", BIND(V(most)));
	struct query *query = sql_query(work->db, &sql);
	int64_t count = db_next(query) ? db_whole(query, 0) : 0;
	db_done(query);
	return count;
}

/* Takes a way if fewer entries than by the best so far fulfil its condition. */
static void consider(struct choice *choice, const char *field, const struct sql *condition)
{
	if (!choice->best)
		return;
	const char *index = arena_print(choice->work->arena, "%s_by_%s", choice->ask->record->plural, field);
	int64_t count = entries(choice->work, choice->ask, index, condition, choice->best);
	if (count < choice->best) {
		choice->best = count;
		choice->way = (struct list_way){.index = index, .sorted = true};
	}
}

static bool has_index(const struct field *field)
{
	return field->order || field->filter || field->kind == &kind_link || field->kind == &kind_area;
}

/* A filter's index goes on with the path (an order's with the id), so that filter and subtree are one range of it. */
static void consider_filters(struct choice *choice, const struct list_reach *reach)
{
	struct work *work = choice->work;
	const struct list_ask *ask = choice->ask;
	for (size_t i = 0; i < ask->filter_count; i++) {
		const struct field *field = ask->filters[i].field;
		struct sql condition = sql_new(work->arena);
		if (!has_index(field) || list_later(ask, field) || list_filter(work, &condition, &ask->filters[i]) != OK)
			continue;
		if (!field->order && reach->path_count == 1 && !reach->site_count)
			list_place(&condition, ask, reach);
		consider(choice, field->name, &condition);
	}
	for (size_t i = 0; i < ask->view_count; i++) {
		struct sql condition = sql_new(work->arena);
		const char *field = ask->record->view(work, ask->views[i], &condition);
		if (*field)
			consider(choice, field, &condition);
	}
}

/* Whether one filter and one subtree are all that is asked, in the order of ids: the filter's index holds everything then. */
static const struct list_filter *whole_filter(const struct list_ask *ask, const struct list_reach *reach)
{
	const struct list_filter *filter = ask->filter_count == 1 ? ask->filters : NULL;
	bool one = filter && !ask->view_count && !ask->sort && ask->day == DAY_FAR && !reach->site_count && reach->path_count < 2;
	return one && has_index(filter->field) && !filter->field->order ? filter : NULL;
}

void list_match(struct work *work, struct sql *sql, const struct list_ask *ask, const struct list_way *way)
{
	const char *table = ask->record->plural;
	if (!way->match)
		return;
	sql_add(sql, arena_print(work->arena, " AND serial IN (SELECT rowid FROM %s_find WHERE ", table), NOTHING);
	db_words_match(work->db, sql, table, way->match);
	sql_add(sql, ")", NOTHING);
}

/* Several values together leave little where each alone leaves much: the index of words tells, and finds them. */
static const char *few_found(struct work *work, const struct list_ask *ask, const struct list_reach *reach)
{
	if (reach->site_count || search_facets(ask) < 2)
		return NULL;
	struct list_ask values = *ask;
	values.typed = NULL;
	const char *match = search_ask(work, &values, reach->all ? NULL : reach->paths, reach->path_count, false).match;
	return match && db_words_count(work->db, work->arena, ask->record->plural, match, FEW) < FEW ? match : NULL;
}

struct list_way list_way(struct work *work, const struct list_ask *ask, const struct list_reach *reach)
{
	const char *table = ask->record->plural;
	struct choice choice = {.work = work, .ask = ask, .best = FEW};
	if (ask->voided)
		return (struct list_way){.index = arena_print(work->arena, "%s_by_voided", table), .sorted = ask->sort != NULL};
	if (!reach->all && !reach->path_count)
		return (struct list_way){.index = strcmp(list_site(ask->record) ? list_site(ask->record) : "id", "id") == 0
				? arena_print(work->arena, "%s_by_id", table)
				: arena_print(work->arena, "%s_by_site", table),
			.sorted = true};
	if (reach->path_count == 1 && !reach->site_count) {
		struct sql condition = sql_new(work->arena);
		list_place(&condition, ask, reach);
		if (condition.count)
			consider(&choice, "path", &condition);
	}
	consider_filters(&choice, reach);
	if (choice.way.index)
		return choice.way;
	choice.way.match = few_found(work, ask, reach);
	if (choice.way.match)
		return choice.way;
	/* several filters together leave little: the narrowest of them is better than any walk */
	if (whole_filter(ask, reach) || ask->filter_count > 1) {
		choice.best = whole_filter(ask, reach) ? FEW_ENTRIES : 2 * FEW_ENTRIES;
		consider_filters(&choice, reach);
	}
	if (choice.way.index)
		return choice.way;
	return (struct list_way){.index = arena_print(work->arena, "%s_by_%s", table, ask->sort ? ask->sort->name : "id")};
}
