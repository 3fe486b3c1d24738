#include "app/zone.h"

#include <stdlib.h>
#include <string.h>

#include "app/area.h"
#include "app/rights.h"
#include "app/site.h"
#include "record/rows.h"
#include "record/shift.h"
#include "record/tally_buffer.h"

static enum status zone_member_check(struct work *work, const struct row *old, struct row *row);

#define DEF "app/zone.def"
#include "record/table.h"
#define DEF "app/zone_member.def"
#define HOOKS .check = zone_member_check,
#include "record/table.h"

static enum status zone_member_check(struct work *work, const struct row *old, struct row *row)
{
	const struct zone_member *member = (const struct zone_member *)row;
	struct id none = {{0}};
	(void)old;
	if (GIVEN(member, zone_member, area) == GIVEN(member, zone_member, site))
		return fail(work, BAD_FIELD, "area", "Either an area or a site must be named|须指定区划或企业之一");
	if (GIVEN(member, zone_member, starts) && GIVEN(member, zone_member, ends) && member->ends < member->starts)
		return fail(work, BAD_FIELD, "ends", "is before the first day|早于起始日");
	/* who is granted the zone reaches its members: only who keeps them may add them */
	const struct row *what =
		GIVEN(member, zone_member, area) ? row_load(work, &area_record, member->area) : row_load(work, &site_record, member->site);
	if (!who_reaches(work->who, RIGHT_area_write, what->path, none))
		return fail(work, BAD_FIELD, GIVEN(member, zone_member, area) ? "area" : "site", "is outside your area|不在您的管辖范围内");
	return OK;
}

struct member {
	struct id area, site;
};

static size_t members_on(struct work *work, struct id zone, int64_t day, struct member **members)
{
	size_t count = 0, space = 0;
	struct query *query = db_query(work->db,
		"SELECT area, site FROM zone_members WHERE zone = ? AND voided_at IS NULL AND (starts IS NULL OR starts <= ?) AND (ends IS NULL OR ends >= ?)",
		BIND(V(zone), V(day), V(day)));
	while (db_next(query))
		*ARENA_PUSH(work->arena, *members, count, space) = (struct member){.area = db_id(query, 0), .site = db_id(query, 1)};
	return count;
}

void zone_reach(struct work *work, struct id zone, void (*give)(void *context, const char *path, struct id site), void *context)
{
	struct member *members = NULL;
	const struct row *row = row_load(work, &zone_record, zone);
	size_t count = row && !row->voided_at ? members_on(work, zone, work->today, &members) : 0;
	for (size_t i = 0; i < count; i++) {
		const struct row *area = id_none(members[i].area) ? NULL : row_load(work, &area_record, members[i].area);
		if (area || !id_none(members[i].site))
			give(context, area ? area->path : NULL, members[i].site);
	}
}

void zone_grants(struct sql *sql, const struct row *row, int64_t day)
{
	sql_add(sql,
		" FROM zone_members m JOIN zones z ON z.id = m.zone JOIN grants g ON g.zone = m.zone JOIN users u ON u.id = g.user "
		"WHERE m.voided_at IS NULL AND z.voided_at IS NULL AND g.voided_at IS NULL AND u.voided_at IS NULL AND coalesce(u.closed, 0) = 0 "
		"AND (m.starts IS NULL OR m.starts <= ?) AND (m.ends IS NULL OR m.ends >= ?) AND (m.site = ? OR m.area IN (SELECT id FROM areas "
		"WHERE path IN (''",
		BIND(V(day), V(day), V(row_site(row))));
	for (size_t size = PATH_STEP; size <= strlen(row->path); size += PATH_STEP)
		sql_add(sql, ", ?", BIND(V((const char *)arena_text(sql->text.arena, row->path, size))));
	sql_add(sql, ")))", NOTHING);
}

static const char *path_on(struct work *work, const struct area *area, int64_t day)
{
	struct stand *stands;
	size_t count = area_stands_read(work, area->moves, area->row.path, &stands);
	return stand_on(stands, count, day);
}

/* Leaves out areas that stand inside another one, or are named twice. */
static void drop_inner(struct work *work, struct zone_scope *scope, int64_t day)
{
	size_t kept = 0;
	for (size_t i = 0; i < scope->area_count; i++) {
		const char *path = path_on(work, scope->areas[i], day);
		bool inner = false;
		for (size_t j = 0; j < scope->area_count && !inner; j++) {
			const char *other = path_on(work, scope->areas[j], day);
			inner = j != i && path_inside(path, other) && (!text_same(path, other) || j < i);
		}
		if (!inner)
			scope->areas[kept++] = scope->areas[i];
	}
	scope->area_count = kept;
}

bool zone_scope(struct work *work, const char *text, int64_t day, struct zone_scope *scope)
{
	struct id id, none = {{0}};
	struct member *members = NULL;
	size_t space = 0, site_space = 0;
	*scope = (struct zone_scope){0};
	if (!text || !id_parse(text, &id))
		return false;
	const struct row *zone = row_load(work, &zone_record, id);
	size_t count = zone && !zone->voided_at ? members_on(work, id, day, &members) : 0, reached = 0;
	for (size_t i = 0; i < count; i++) {
		bool is_area = !id_none(members[i].area);
		const struct row *row =
			is_area ? row_load(work, &area_record, members[i].area) : row_load(work, &site_record, members[i].site);
		if (!row || row->voided_at || !who_reaches(work->who, RIGHT_area_read, row->path, is_area ? none : row->id))
			continue;
		reached++;
		if (is_area)
			*ARENA_PUSH(work->arena, scope->areas, scope->area_count, space) = (const struct area *)row;
		else
			*ARENA_PUSH(work->arena, scope->sites, scope->site_count, site_space) = row->id;
	}
	if (!zone || zone->voided_at || !(who_reaches(work->who, RIGHT_area_read, zone->path, none) || (count && reached == count)))
		return false;
	drop_inner(work, scope, day);
	scope->zone = (const struct zone *)zone;
	return true;
}

const struct list_parts *zone_parts(struct work *work, const struct record *record, const struct zone_scope *scope)
{
	struct list_parts *parts = arena_alloc(work->arena, sizeof *parts);
	const char **paths = arena_alloc(work->arena, (scope->area_count + 1) * sizeof *paths);
	struct id *sites = arena_alloc(work->arena, (scope->site_count + 1) * sizeof *sites);
	parts->paths = paths;
	parts->sites = sites;
	for (size_t i = 0; i < scope->area_count; i++)
		paths[parts->path_count++] = scope->areas[i]->row.path;
	for (size_t i = 0; i < scope->site_count; i++) {
		const struct row *site = row_load(work, &site_record, scope->sites[i]);
		if (record->open || who_reaches(work->who, record->read, site->path, site->id))
			sites[parts->site_count++] = site->id;
	}
	return parts;
}

/* Counts a site and what follows it into work->tallies. */
static void count_tree(struct work *work, const struct row *leader)
{
	tally_row(work, leader, 1);
	for (size_t i = 0; i < record_count; i++) {
		const struct record *record = records[i];
		const struct field *field = record->follows ? record_field(record, record->follows) : NULL;
		struct row **rows = NULL;
		size_t count = 0, space = 0;
		if (!field || !field->link || strcmp(field->link, leader->record->name) != 0)
			continue;
		const char *sql = arena_print(work->arena, "SELECT %s FROM %s WHERE %s = ? AND voided_at IS NULL",
			row_columns(work->arena, record), record->plural, record->follows);
		struct query *query = db_query(work->db, sql, BIND(V(leader->id)));
		while (db_next(query))
			*ARENA_PUSH(work->arena, rows, count, space) = row_read(work, record, query);
		for (size_t j = 0; j < count; j++)
			count_tree(work, rows[j]);
	}
}

/* What the sites count for by day, at the root of the tree, less what of it was counted in one of the areas. */
static void read_points(struct work *work, struct zone_scope *scope)
{
	struct tally_buffer *kept = work->tallies;
	const struct area *root = (const struct area *)row_load(work, &area_record, area_root());
	scope->points = arena_alloc(work->arena, sizeof *scope->points);
	*scope->points = (struct tally_points){.arena = work->arena};
	work->tallies = tally_buffer_new();
	for (size_t i = 0; i < scope->site_count; i++) {
		bool again = false;
		for (size_t j = 0; j < i; j++)
			again = again || id_same(scope->sites[i], scope->sites[j]);
		const struct row *site = again ? NULL : row_load(work, &site_record, scope->sites[i]);
		if (site)
			count_tree(work, site);
	}
	if (root)
		tally_waiting(work->tallies, root->number, scope->points, 1);
	for (size_t i = 0; i < scope->area_count; i++)
		tally_waiting(work->tallies, scope->areas[i]->number, scope->points, -1);
	tally_buffer_free(work->tallies);
	work->tallies = kept;
}

static bool is_asked(const struct count_ask *ask, const struct tally_point *point)
{
	for (size_t i = 0; i < ask->measure_count; i++)
		if (ask->measures[i] == point->measure)
			return point->measure->type == STOCK || ask->total ? point->day <= ask->day : point->day == ask->day;
	return false;
}

static void add_count(struct work *work, struct count **counts, size_t *count, size_t *space, struct count add)
{
	for (size_t i = 0; i < *count; i++)
		if ((*counts)[i].measure == add.measure && strcmp((*counts)[i].cell, add.cell) == 0) {
			(*counts)[i].count += add.count;
			return;
		}
	*ARENA_PUSH(work->arena, *counts, *count, *space) = add;
}

size_t zone_counts(struct work *work, struct zone_scope *scope, const struct count_ask *asked, int64_t number, struct count **counts)
{
	struct count_ask ask = *asked;
	struct count *parts = NULL;
	size_t count = 0, space = 0;
	int64_t *numbers = arena_alloc(work->arena, (scope->area_count + 1) * sizeof *numbers);
	for (size_t i = 0; i < scope->area_count; i++)
		numbers[i] = scope->areas[i]->number;
	ask.areas = numbers;
	ask.area_count = scope->area_count;
	*counts = NULL;
	size_t part_count = scope->area_count ? tally_read(work, &ask, &parts) : 0;
	for (size_t i = 0; i < part_count; i++) {
		parts[i].area = number;
		add_count(work, counts, &count, &space, parts[i]);
	}
	if (scope->site_count && !scope->points)
		read_points(work, scope);
	for (size_t i = 0; scope->points && i < scope->points->count; i++) {
		const struct tally_point *point = &scope->points->list[i];
		if (is_asked(&ask, point))
			add_count(work, counts, &count, &space,
				(struct count){.area = number, .measure = point->measure, .cell = point->cell, .count = point->change});
	}
	return count;
}

enum status zone_open(struct work *work, struct opening_ask *ask, const struct zone_scope *zone, struct opening *into)
{
	size_t parts = zone->area_count + zone->site_count, part = 0, space = 0, limit = ask->limit;
	const struct area *root = (const struct area *)row_load(work, &area_record, area_root());
	const char *comma = ask->after ? strchr(ask->after, ',') : NULL;
	int64_t *numbers = arena_alloc(work->arena, (zone->area_count + 1) * sizeof *numbers);
	if (comma)
		part = strtoul(ask->after, NULL, 10);
	ask->after = comma ? comma + 1 : NULL;
	*into = (struct opening){0};
	for (size_t i = 0; i < zone->area_count; i++)
		numbers[i] = zone->areas[i]->number;
	for (; part < parts && !into->next; part++) {
		struct opening opening;
		bool area = part < zone->area_count;
		ask->path = area ? zone->areas[part]->row.path : "";
		ask->number = area ? numbers[part] : root->number;
		ask->site = area ? (struct id){{0}} : zone->sites[part - zone->area_count];
		ask->but = numbers;
		ask->but_count = area ? 0 : zone->area_count;
		ask->limit = limit - into->count;
		if (opening_read(work, ask, &opening) != OK)
			return work->status;
		for (size_t i = 0; i < opening.count; i++)
			*ARENA_PUSH(work->arena, into->rows, into->count, space) = opening.rows[i];
		if (opening.next)
			into->next = arena_print(work->arena, "%zu,%s", part, opening.next);
		else if (into->count == limit && part + 1 < parts)
			into->next = arena_print(work->arena, "%zu,", part + 1);
		ask->after = NULL;
	}
	return OK;
}
