#include "record/reach.h"

#include <string.h>

bool path_inside(const char *path, const char *of)
{
	return text_starts(path, of);
}

bool rights_hold(const struct rights *rights, int right)
{
	return rights->bits[right / 64] >> (right % 64) & 1;
}

void rights_give(struct rights *rights, int right)
{
	rights->bits[right / 64] |= UINT64_C(1) << (right % 64);
}

void rights_take(struct rights *rights, int right)
{
	rights->bits[right / 64] &= ~(UINT64_C(1) << (right % 64));
}

bool who_may(const struct who *who, int right)
{
	if (!who || who->all)
		return who != NULL;
	for (size_t i = 0; i < who->grant_count; i++)
		if (rights_hold(&who->grants[i].rights, right))
			return true;
	return false;
}

bool who_reaches(const struct who *who, int right, const char *path, struct id site)
{
	if (!who || who->all)
		return who != NULL;
	for (size_t i = 0; i < who->grant_count; i++) {
		const struct grant_reach *grant = &who->grants[i];
		if (!rights_hold(&grant->rights, right))
			continue;
		if (grant->path ? path_inside(path, grant->path) : !id_none(site) && id_same(site, grant->site))
			return true;
	}
	return false;
}

/* The first text behind every path that begins with `path`: '~' sorts behind all that paths are made of. */
static const char *path_end(struct arena *arena, const char *path)
{
	return arena_print(arena, "%s~", path);
}

void path_where(struct sql *sql, const char *path)
{
	if (*path)
		sql_add(sql, " AND path >= ? AND path < ?", BIND(V(path), V(path_end(sql->text.arena, path))));
}

void reach_where(struct sql *sql, const struct who *who, int right, const char *site)
{
	bool first = true;
	if (who && who->all)
		return;
	sql_add(sql, " AND (", NOTHING);
	for (size_t i = 0; who && i < who->grant_count; i++) {
		const struct grant_reach *grant = &who->grants[i];
		if (!rights_hold(&grant->rights, right) || (!grant->path && !site))
			continue;
		if (!first)
			sql_add(sql, " OR ", NOTHING);
		first = false;
		if (grant->path)
			sql_add(sql, "(path >= ? AND path < ?)", BIND(V(grant->path), V(path_end(sql->text.arena, grant->path))));
		else
			sql_add(sql, arena_print(sql->text.arena, "%s = ?", site), BIND(V(grant->site)));
	}
	sql_add(sql, first ? "1 = 0)" : ")", NOTHING);
}
