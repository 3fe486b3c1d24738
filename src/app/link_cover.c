#include "app/link_cover.h"

#include <stdlib.h>
#include <string.h>

#include "app/person.h"
#include "app/rights.h"
#include "app/site.h"
#include "app/user.h"
#include "base/clock.h"
#include "record/days.h"
#include "record/shape.h"

enum { SMALL = 10000 };

enum status cover_gaps(
	struct work *work, const struct cover_scope *scope, struct link_when when, size_t limit, const char *after, struct opening *gaps)
{
	struct sql narrow = sql_new(work->arena);
	struct opening_ask ask = {.path = "", .day = when.day, .limit = limit, .after = after, .narrow = &narrow};
	if (scope->area) {
		ask.path = scope->area->row.path;
		ask.number = scope->area->number;
	}
	/* at a moment of the day some are gaps that count as linked, for the day is as it ends */
	ask.measure = measure_named(when.at == LINK_DAY_END ? "sites_unlinked" : "sites_due", &ask.record);
	/* the linked ones are passed over by index alone: they are most of a register */
	sql_add(&narrow, " AND NOT EXISTS (SELECT 1 FROM links WHERE links.site = sites.id AND links.voided_at IS NULL", NOTHING);
	link_where_live(&narrow, when);
	sql_add(&narrow, db_homed(work->db) ? " AND links.home = sites.home)" : ")", NOTHING);
	return scope->area ? opening_read(work, &ask, gaps) : zone_open(work, &ask, &scope->zone, gaps);
}

int64_t cover_since(struct work *work, const struct row *site, struct link_when when, int64_t *at)
{
	struct query *query = db_query(work->db,
		"SELECT ends, ended FROM links WHERE site = ? AND voided_at IS NULL AND ends < ? AND (ended IS NULL OR ended <= ?) ORDER BY ends DESC, ended DESC "
		"LIMIT 1",
		BIND(V(site->id), V(when.day), V(when.at)));
	*at = 0;
	if (!db_next(query))
		return site->since;
	int64_t last = db_whole(query, 0);
	*at = last >= site->since ? db_whole(query, 1) : 0;
	db_done(query);
	return last >= site->since ? last + 1 : site->since;
}

size_t cover_shifts(struct work *work, struct link_when when, struct cover_shift **shifts)
{
	size_t count = 0, space = 0;
	const struct link_when end = {when.day, LINK_DAY_END};
	const struct measure *due = measure_named("sites_due", NULL);
	int64_t from = day_stamp(when.day, work->store->zone);
	struct sql sql = sql_new(work->arena);
	sql_add(&sql,
		arena_print(work->arena,
			"SELECT %s FROM sites WHERE voided_at IS NULL AND id IN (SELECT site FROM links WHERE voided_at IS NULL AND ((ended > ? AND ended < ?) OR "
			"(begins = ? AND began > ?)))",
			row_columns(work->arena, &site_record)),
		BIND(V(when.at), V(from + DAY_MS), V(when.day), V(when.at)));
	reach_where(&sql, work->who, RIGHT_site_read, "id");
	struct query *query = sql_query(work->db, &sql);
	while (db_next(query)) {
		const struct row *site = row_as_of(work, row_read(work, &site_record, query), when.day);
		int more = (int)link_live_at(work, site->id, when) - (int)link_live_at(work, site->id, end);
		if (more && due->value(work, site, when.day))
			*ARENA_PUSH(work->arena, *shifts, count, space) = (struct cover_shift){site, more};
	}
	return count;
}

/* "12.id": behind a liaison of so many links. */
static enum status read_cursor(struct work *work, const char *after, int64_t *links, struct id *id)
{
	char *end = NULL;
	if (!after || !*after)
		return OK;
	*links = strtoll(after, &end, 10);
	if (*end != '.' || !id_parse(end + 1, id))
		return fail(work, BAD_FIELD, "liaisons_after", "is no cursor|分页标记无效");
	return OK;
}

static void add_names(struct work *work, struct liaison *liaison)
{
	const struct record *record = liaison->holder == LINK_USER ? &user_record : &person_record;
	const struct row *row = row_load(work, record, liaison->id);
	const struct field *name = record_field(record, liaison->holder == LINK_USER ? "shown" : "name");
	if (!row)
		return;
	if (liaison->holder == LINK_USER)
		liaison->account = ((const struct user *)row)->name;
	struct value value = row_get(row, name);
	liaison->name = value.type == VALUE_TEXT ? name->kind->mask(work->arena, value.text) : liaison->account;
}

/* The staff of a past day stands in the timelines of the sites, so their rows are read. */
static int64_t staff_of(struct work *work, const struct liaison *liaison, int64_t day)
{
	int64_t staff = 0;
	struct sql sql = sql_new(work->arena);
	sql_add(&sql, arena_print(work->arena, "SELECT %s FROM sites WHERE voided_at IS NULL", row_columns(work->arena, &site_record)),
		NOTHING);
	sql_add(&sql,
		arena_print(work->arena,
			" AND id IN (SELECT site FROM links WHERE %s = ? AND voided_at IS NULL AND begins <= ? AND (ends IS NULL OR ends >= ?))",
			liaison->holder == LINK_USER ? "user" : "person"),
		BIND(V(liaison->id), V(day), V(day)));
	reach_where(&sql, work->who, RIGHT_link_read, "id");
	struct query *query = sql_query(work->db, &sql);
	while (db_next(query))
		staff += ((const struct site *)row_as_of(work, row_read(work, &site_record, query), day))->staff;
	return staff;
}

/* Links of the sites of a scope. */
static void add_scope(struct sql *sql, const struct cover_scope *scope)
{
	if (scope->area) {
		path_where(sql, scope->area->row.path);
		return;
	}
	sql_add(sql, " AND (1 = 0", NOTHING);
	for (size_t i = 0; i < scope->zone.area_count; i++) {
		sql_add(sql, " OR (1 = 1", NOTHING);
		path_where(sql, scope->zone.areas[i]->row.path);
		sql_add(sql, ")", NOTHING);
	}
	for (size_t i = 0; i < scope->zone.site_count; i++)
		sql_add(sql, " OR site = ?", BIND(V(scope->zone.sites[i])));
	sql_add(sql, ")", NOTHING);
}

/* An area with few links is read by its rows; a large one, or a zone, is counted along the index that has them by liaison. */
static bool is_small(struct work *work, const struct cover_scope *scope)
{
	struct sql sql = sql_new(work->arena);
	if (!scope->area)
		return false;
	sql_add(&sql, "SELECT count(*) FROM (SELECT 1 FROM links WHERE voided_at IS NULL", NOTHING);
	path_where(&sql, scope->area->row.path);
	sql_add(&sql, " LIMIT ?) few", BIND(V(SMALL + 1)));
	struct query *query = sql_query(work->db, &sql);
	bool small = db_next(query) && db_whole(query, 0) <= SMALL;
	db_done(query);
	return small;
}

enum status cover_liaisons(struct work *work, const struct cover_scope *scope, struct link_when when, size_t limit, const char *after,
	struct liaisons *liaisons)
{
	int64_t links = INT64_MAX;
	size_t space = 0;
	struct id last = {{0}};
	char text[ID_TEXT];
	struct sql sql = sql_new(work->arena);
	*liaisons = (struct liaisons){0};
	if (read_cursor(work, after, &links, &last) != OK)
		return work->status;
	sql_add(&sql,
		arena_print(work->arena, "SELECT user, person, count(*) FROM links%s WHERE voided_at IS NULL",
			db_hint(work->db, work->arena, is_small(work, scope) ? "links_by_path" : "links_wide")),
		NOTHING);
	link_where_live(&sql, when);
	add_scope(&sql, scope);
	reach_where(&sql, work->who, RIGHT_link_read, "site");
	sql_add(&sql,
		" GROUP BY user, person HAVING count(*) < ? OR (count(*) = ? AND coalesce(user, person) > ?) ORDER BY 3 DESC, coalesce(user, person) LIMIT ?",
		BIND(V(links), V(links), id_none(last) ? value_bytes("", 0) : V(last), V(limit + 1)));
	struct query *query = sql_query(work->db, &sql);
	while (db_next(query))
		*ARENA_PUSH(work->arena, liaisons->list, liaisons->count, space) =
			(struct liaison){.holder = db_null(query, 0) ? LINK_PERSON : LINK_USER,
				.id = db_id(query, db_null(query, 0)),
				.here = db_whole(query, 2)};
	if (liaisons->count > limit) {
		const struct liaison *end = &liaisons->list[limit - 1];
		liaisons->count = limit;
		liaisons->next = arena_print(work->arena, "%lld.%s", (long long)end->here, id_print(end->id, text));
	}
	for (size_t i = 0; i < liaisons->count; i++) {
		struct liaison *liaison = &liaisons->list[i];
		add_names(work, liaison);
		liaison->load = link_load(work, liaison->holder, liaison->id, when.day, &liaison->limit);
		liaison->staff = staff_of(work, liaison, when.day);
	}
	return OK;
}
