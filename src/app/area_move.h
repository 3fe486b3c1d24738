/* Moves and merges of areas, from a day on. An area's paths by day stand in its field `moves`: a JSON list of [day, path], each path valid until before its
 * day, the last day being 9999-12-31; none where it never moved. `path` is always the one of today. */
#pragma once

#include "app/area.h"

/*
 * The step `move`: from `effective` (today where it is not given) until the next move that is already known, the area stands below row->parent, with all that is below it;
 * counts go along by day, in both directions of time. BAD_FIELD: no such parent within reach, a circle, a level that does not fit, a closed area.
 */
enum status area_move(struct work *work, const struct row *old, struct row *row);

/*
 * The step `merge`: from that day on the areas below this one stand below `successor` (of the same level), rows that carry their area by day (sites) name the
 * successor, and this area is closed. It stands below its successor itself, so that whatever still names it (users, bodies) is found and counted there.
 * Grants are not widened: one on this area reaches what still names it.
 */
enum status area_merge(struct work *work, const struct row *old, struct row *row);

/* Brings paths up to today where a day of a move has come. To be run after midnight and at start; does nothing where nothing is due. Inside store_write. */
enum status area_roll(struct work *work, void *unused);
/* Whether there is anything for area_roll to do. On a reader. */
bool area_roll_due(struct work *work);
