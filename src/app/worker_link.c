#include "app/worker_link.h"

#include <string.h>

#include "app/rights.h"
#include "record/days.h"
#include "record/rows.h"

static enum status link_check(struct work *work, const struct row *old, struct row *row);

#define DEF "app/worker_link.def"
#define HOOKS .check = link_check,
#include "record/table.h"

char *worker_token(struct work *work, struct id link, char token[WORKER_TOKEN])
{
	return secret_link(work->store->keys, "worker link", link, token);
}

static bool works_there(const struct staff *staff, int64_t day)
{
	return staff && !staff->row.voided_at && day < staff_after(staff) && !text_same(staff->state, "left");
}

static bool has_live(struct work *work, const struct worker_link *link)
{
	return db_get(work->db, 0,
		"SELECT 1 FROM worker_links WHERE staff = ? AND state = 'live' AND voided_at IS NULL AND id <> ? LIMIT 1",
		BIND(V(link->staff), V(link->row.id)));
}

static enum status link_check(struct work *work, const struct row *old, struct row *row)
{
	struct worker_link *link = (struct worker_link *)row;
	const struct staff *staff = (const struct staff *)row_load(work, &staff_record, link->staff);
	if (old)
		return OK;
	if (!staff || !id_same(staff->site, link->site) || !works_there(staff, work->today))
		return fail(work, BAD_FIELD, "staff", "does not work at this site|不是该企业在册职工");
	if (has_live(work, link))
		return fail(work, BAD_FIELD, "staff", "has a link already: take that one back first|已有有效链接，请先收回");
	SET(link, worker_link, state, V("live"));
	SET(link, worker_link, day, V(work->today));
	return OK;
}

size_t worker_links_live(struct work *work, struct id site, const struct worker_link ***links)
{
	size_t count = 0, space = 0;
	*links = NULL;
	struct query *query = db_query(work->db,
		arena_print(work->arena,
			"SELECT %s FROM worker_links WHERE site = ? AND state = 'live' AND voided_at IS NULL ORDER BY staff, id",
			row_columns(work->arena, &worker_link_record)),
		BIND(V(site)));
	while (db_next(query))
		*ARENA_PUSH(work->arena, *links, count, space) = (const struct worker_link *)row_read(work, &worker_link_record, query);
	return count;
}

/* --- handing out */

static const struct worker_link *find(const struct worker_link *const *links, size_t count, struct id staff)
{
	size_t low = 0;
	while (low < count) {
		size_t middle = low + (count - low) / 2;
		int order = memcmp(&links[middle]->staff, &staff, sizeof staff);
		if (!order)
			return links[middle];
		if (order < 0)
			low = middle + 1;
		else
			count = middle;
	}
	return NULL;
}

static enum status give(struct work *work, struct worker_links *links, struct id staff)
{
	struct worker_link *link = (struct worker_link *)row_new(work->arena, &worker_link_record);
	struct row *row = &link->row;
	SET(link, worker_link, site, V(links->site));
	SET(link, worker_link, staff, V(staff));
	if (row_insert(work, &row, NULL) == OK)
		links->made++;
	return work->status;
}

static size_t everybody(struct work *work, struct worker_links *links, struct id **staff)
{
	size_t count = 0, space = 0;
	*staff = NULL;
	struct query *query = db_query(work->db,
		"SELECT id FROM staff_files WHERE site = ? AND voided_at IS NULL AND (ends IS NULL OR ends >= ?) AND (state IS NULL OR state <> 'left')",
		BIND(V(links->site), V(work->today)));
	while (db_next(query))
		*ARENA_PUSH(work->arena, *staff, count, space) = db_id(query, 0);
	return count;
}

enum status worker_links_give(struct work *work, void *data)
{
	struct worker_links *links = data;
	const struct worker_link **live;
	struct id *all = NULL;
	size_t count = links->count, known = worker_links_live(work, links->site, &live);
	const struct id *staff = links->staff;
	links->made = 0;
	if (links->all) {
		count = everybody(work, links, &all);
		staff = all;
	}
	for (size_t i = 0; i < count && work->status == OK; i++)
		if (!find(live, known, staff[i]))
			give(work, links, staff[i]);
	if (work->status != OK)
		return work->status;
	known = worker_links_live(work, links->site, &live);
	links->links = arena_alloc(work->arena, (count + 1) * sizeof *links->links);
	links->link_count = 0;
	for (size_t i = 0; i < count; i++) {
		const struct worker_link *link = find(live, known, staff[i]);
		if (link)
			links->links[links->link_count++] = link;
	}
	return OK;
}

/* --- opened by its worker */

enum status worker_link_open(
	struct work *work, struct id id, const char *token, const struct worker_link **link, const struct staff **staff)
{
	char right[WORKER_TOKEN];
	*link = (const struct worker_link *)row_load(work, &worker_link_record, id);
	/* a wrong id and a wrong token answer alike */
	if (!*link || !token || !text_same(token, worker_token(work, id, right)))
		return fail(work, NOT_FOUND, NULL, "There is no such link|链接无效");
	*staff = (const struct staff *)row_load(work, &staff_record, (*link)->staff);
	if ((*link)->row.voided_at || !text_same((*link)->state, "live") || !works_there(*staff, work->today))
		return fail(work, BAD_STATE, NULL, "This link has ended: ask your firm for a new one|链接已失效，请向单位索取新的链接");
	return OK;
}
