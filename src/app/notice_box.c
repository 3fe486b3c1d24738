#include "app/notice_box.h"

#include <string.h>

#include "app/rights.h"
#include "app/zone.h"
#include "base/clock.h"
#include "record/rows.h"
#include "record/store.h"
#include "record/tally.h"

#define DEF "app/notice.def"
#include "record/table.h"

enum { MOST = 500 }; /* told at once; a body or an area with more users than that needs its own channel */

void notice_to_user(struct work *work, struct notice_to *to, struct id user)
{
	if (id_none(user) || to->count >= MOST)
		return;
	for (size_t i = 0; i < to->count; i++)
		if (id_same(to->users[i], user))
			return;
	*ARENA_PUSH(work->arena, to->users, to->count, to->space) = user;
}

/* Found in the order in which they were made, so that both engines tell them in one order. */
static void add_found(struct work *work, struct notice_to *to, struct query *query)
{
	while (db_next(query))
		notice_to_user(work, to, db_id(query, 0));
}

void notice_to_org(struct work *work, struct notice_to *to, struct id org)
{
	if (!id_none(org))
		add_found(work, to,
			db_query(work->db,
				"SELECT id FROM users WHERE org = ? AND voided_at IS NULL AND coalesce(closed, 0) = 0 ORDER BY serial",
				BIND(V(org))));
}

void notice_to_person(struct work *work, struct notice_to *to, struct id person)
{
	if (!id_none(person))
		add_found(work, to,
			db_query(work->db,
				"SELECT id FROM users WHERE person = ? AND voided_at IS NULL AND coalesce(closed, 0) = 0 ORDER BY serial",
				BIND(V(person))));
}

void notice_to_site(struct work *work, struct notice_to *to, struct id site)
{
	if (!id_none(site))
		add_found(work, to,
			db_query(work->db,
				"SELECT u.id FROM grants g JOIN users u ON u.id = g.user WHERE g.site = ? AND g.voided_at IS NULL "
				"AND u.voided_at IS NULL AND coalesce(u.closed, 0) = 0 ORDER BY g.serial",
				BIND(V(site))));
}

static void add_roles(struct work *work, struct notice_to *to, const char *roles, struct query *query)
{
	while (db_next(query))
		if (text_listed(roles, ',', db_text(query, 1)))
			notice_to_user(work, to, db_id(query, 0));
}

void notice_to_above(struct work *work, struct notice_to *to, const struct row *row, const char *roles)
{
	for (size_t size = PATH_STEP; size <= strlen(row->path); size += PATH_STEP) {
		const char *prefix = arena_text(work->arena, row->path, size);
		add_roles(work, to, roles,
			db_query(work->db,
				"SELECT u.id, g.role FROM grants g JOIN users u ON u.id = g.user WHERE g.path = ? AND g.site IS NULL AND g.zone IS NULL AND "
				"g.voided_at IS NULL AND u.voided_at IS NULL AND coalesce(u.closed, 0) = 0 ORDER BY g.serial",
				BIND(V(prefix))));
	}
	struct sql sql = sql_new(work->arena);
	sql_add(&sql, "SELECT u.id, g.role", NOTHING);
	zone_grants(&sql, row, work->today);
	sql_add(&sql, " ORDER BY g.serial", NOTHING);
	add_roles(work, to, roles, sql_query(work->db, &sql));
}

void notice_write(struct work *work, const struct notice_to *to, const struct row *about, const char *what, const char *title)
{
	char id[ID_TEXT];
	struct id who = work->who ? work->who->id : (struct id){{0}};
	id_print(about->id, id);
	for (size_t i = 0; i < to->count; i++) {
		if (id_same(to->users[i], who))
			continue;
		db_run(work->db,
			"INSERT INTO notices (id, version, incident, home, path, made_at, made_by, changed_at, since, next_day, user, unread, "
			"record, about, what, title, at) VALUES (?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
			BIND(V(id_new()), V(about->incident), V(about->home), V(about->path), V(work->now), V(who), V(work->now),
				V(work->today), V(DAY_FAR), V(to->users[i]), V(to->users[i]), V(about->record->name), V((const char *)id),
				V(what), V(title), V(work->now)));
	}
}

bool notice_was(struct work *work, struct id user, struct id about, const char *what, int64_t since)
{
	char id[ID_TEXT];
	return db_get(work->db, 0,
		"SELECT 1 FROM notices WHERE about = ? AND user = ? AND what = ? AND at >= ? AND voided_at IS NULL LIMIT 1",
		BIND(V((const char *)id_print(about, id)), V(user), V(what), V(since)));
}

const char *notice_words(const char *what)
{
	static const struct {
		const char *code, *words;
	} notices[] = {
#define NOTICE(code, words) {#code, words},
#include "app/notice_words.def"
#undef NOTICE
	};
	for (size_t i = 0; i < sizeof notices / sizeof *notices; i++)
		if (text_same(notices[i].code, what))
			return notices[i].words;
	return NULL;
}
