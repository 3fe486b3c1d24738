#include "app/need_people.h"

#include "app/rights.h"
#include "app/zone.h"
#include "record/rows.h"

struct id user_find(struct work *work, const char *name)
{
	struct id id = {{0}};
	struct query *query =
		db_query(work->db, "SELECT id FROM users WHERE name = ? AND voided_at IS NULL AND coalesce(closed, 0) = 0", BIND(V(name)));
	if (db_next(query)) {
		id = db_id(query, 0);
		db_done(query);
	}
	return id;
}

bool user_reaches(struct work *work, struct id user, int right, const struct row *row)
{
	bool reached = false;
	struct query *query = db_query(work->db,
		"SELECT g.role, g.site, a.path FROM grants g JOIN areas a ON a.id = g.area WHERE g.user = ? AND g.zone IS NULL AND g.voided_at IS NULL",
		BIND(V(user)));
	while (db_next(query)) {
		struct id site = db_id(query, 1);
		bool here = id_none(site) ? path_inside(row->path, db_text(query, 2)) : id_same(site, row_site(row));
		reached = reached || (here && role_has(db_text(query, 0), right));
	}
	struct sql sql = sql_new(work->arena);
	sql_add(&sql, "SELECT g.role", NOTHING);
	zone_grants(&sql, row, work->today);
	sql_add(&sql, " AND u.id = ?", BIND(V(user)));
	query = sql_query(work->db, &sql);
	while (db_next(query))
		reached = reached || role_has(db_text(query, 0), right);
	return reached;
}
