/* Zones: named sets of areas and sites, on which grants, lists and figures work as on an area. */
#pragma once

#include "record/list.h"
#include "record/reach.h"
#include "record/opening.h"

#define DEF "app/zone.def"
#include "record/struct.h"
#define DEF "app/zone_member.def"
#include "record/struct.h"

struct area;

/* What a zone is made of on a day. */
struct zone_scope {
	const struct zone *zone;
	const struct area **areas; /* none inside another */
	size_t area_count;
	struct id *sites;
	size_t site_count;
	struct tally_points *points; /* what the sites count for beside the areas; read when it is asked for */
};

/* The zone with this id in the members that it has on a day and that work->who reaches. False where there is no such zone for this user: neither the zone
 * nor, through a grant on it, all of its members are within reach. */
bool zone_scope(struct work *work, const char *id, int64_t day, struct zone_scope *scope);

/* What of a zone a list of a record shows: its sites only where the asker may see such rows of them. */
const struct list_parts *zone_parts(struct work *work, const struct record *record, const struct zone_scope *scope);

/* What a grant on a zone reaches today: gives the path of each area, or the site. */
void zone_reach(struct work *work, struct id zone, void (*give)(void *context, const char *path, struct id site), void *context);

/* Adds " FROM … WHERE …": the grants g, of users u whose accounts are open, on zones that hold the place of the row on a day: the site, or an area at or above it. */
void zone_grants(struct sql *sql, const struct row *row, int64_t day);

/* The counts of the zone as a whole: the sum of its areas, and of its sites where they stand in none of them; each row counts once. `ask` names measures, day and
 * total; `area` of each count is `number`. */
size_t zone_counts(struct work *work, struct zone_scope *scope, const struct count_ask *ask, int64_t number, struct count **counts);

/* The rows behind a zone's figure: of one area after the other, then of each site that stood in none of them. The cursor is "part,cursor". */
enum status zone_open(struct work *work, struct opening_ask *ask, const struct zone_scope *zone, struct opening *into);
