#include "record/area_named.h"

#include <string.h>

#include "record/reach.h"
#include "record/rows.h"

enum { CANDIDATES = 500 };

/* A second one makes the name ambiguous. */
static void take(struct area_found *found, struct id id)
{
	found->count += !found->count || !id_same(found->id, id);
	found->id = id;
}

/* Whether the names of a path's areas, from below, hold the parts "娄星区/花山街道" in their order. */
static bool path_named(struct work *work, const char *path, char *const *parts, size_t count)
{
	for (size_t size = strlen(path); count && size; size -= size < 5 ? size : 5) {
		struct query *query = db_query(work->db, "SELECT name FROM areas WHERE path = ? AND voided_at IS NULL",
			BIND(V(arena_text(work->arena, path, size))));
		if (!db_next(query))
			continue;
		bool same = text_same(db_text(query, 0), parts[count - 1]);
		db_done(query);
		count -= same;
	}
	return count == 0;
}

static bool is_there(const struct work *work, const char *within, const char *path)
{
	return path_inside(path, within) && who_reaches(work->who, record_named("area")->read, path, (struct id){{0}});
}

static void by_code(struct work *work, const char *within, const char *text, struct area_found *found)
{
	static const size_t sizes[] = {15, 12, 9, 6, 4, 2};
	size_t size = strlen(text);
	struct query *query = db_query(work->db, "SELECT id, path FROM areas WHERE code = ? AND voided_at IS NULL", BIND(V(text)));
	while (db_next(query))
		if (is_there(work, within, db_text(query, 1)))
			take(found, db_id(query, 0));
	/* the same code with zeros for what is below: 431302000000 is 431302 */
	for (size_t i = 0; i + 1 < sizeof sizes / sizeof *sizes && !found->count; i++) {
		size_t shorter = sizes[i + 1], zeros = strspn(text + (shorter < size ? shorter : size), "0");
		if (size != sizes[i] || shorter + zeros != size)
			continue;
		by_code(work, within, arena_text(work->arena, text, shorter), found);
		return;
	}
}

static void by_name(struct work *work, const char *within, const char *text, struct area_found *found)
{
	char *parts[16], *copy = arena_copy(work->arena, text), *rest;
	size_t count = 0;
	for (char *wide; (wide = strstr(copy, "／")) != NULL;) {
		*wide = '/';
		memmove(wide + 1, wide + 3, strlen(wide + 3) + 1);
	}
	for (char *part = strtok_r(copy, "/", &rest); part && count < 16; part = strtok_r(NULL, "/", &rest))
		if (*text_trim(work->arena, part))
			parts[count++] = text_trim(work->arena, part);
	if (!count)
		return;
	struct {
		struct id id;
		const char *path;
	} *candidates = arena_alloc(work->arena, CANDIDATES * sizeof *candidates);
	size_t many = 0;
	struct query *query =
		db_query(work->db, "SELECT id, path FROM areas WHERE name = ? AND voided_at IS NULL", BIND(V(parts[count - 1])));
	while (db_next(query))
		if (many < CANDIDATES && is_there(work, within, db_text(query, 1))) {
			candidates[many].id = db_id(query, 0);
			candidates[many++].path = db_copy(query, 1, work->arena);
		}
	for (size_t i = 0; i < many; i++)
		if (count == 1 || path_named(work, candidates[i].path, parts, count))
			take(found, candidates[i].id);
}

struct area_found area_named(struct work *work, const char *within, const char *text)
{
	struct area_found found = {0};
	struct id id;
	if (id_parse(text, &id)) {
		struct query *query = db_query(work->db, "SELECT path FROM areas WHERE id = ? AND voided_at IS NULL", BIND(V(id)));
		while (db_next(query))
			if (is_there(work, within, db_text(query, 0)))
				take(&found, id);
		return found;
	}
	if (strspn(text, "0123456789") == strlen(text))
		by_code(work, within, text, &found);
	if (!found.count)
		by_name(work, within, text, &found);
	if (!found.count && strspn(text, "0123456789") != strlen(text))
		by_code(work, within, text, &found);
	return found;
}
