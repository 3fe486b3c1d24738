#include "app/policy_mark.h"

#include "app/delivery_match.h"
#include "app/fact.h"
#include "app/site.h"

enum status policy_touched(struct work *work, struct id site)
{
	db_send(work->db, "INSERT INTO policy_marks (site, made_at) VALUES (?, ?) ON CONFLICT (site) DO NOTHING",
		BIND(V(site), V(work->now)));
	match_marked(work);
	return OK;
}

bool policy_marks_any(struct work *work)
{
	return db_get(work->db, 0, "SELECT 1 FROM policy_marks LIMIT 1", NOTHING);
}

bool policy_marked(struct work *work, struct id site)
{
	return db_get(work->db, 0, "SELECT 1 FROM policy_marks WHERE site = ?", BIND(V(site)));
}

enum status policy_touched_by(struct work *work, const struct row *old, const struct row *row)
{
	static const char *const fields[] = {
		"kind", "industry", "size", "tier", "status", "staff", "on_duty", "revenue", "assets", "taxpayer", "above_scale", "uscc"};
	bool same = old && !old->voided_at == !row->voided_at && text_same(old->path, row->path);
	for (size_t i = 0; same && i < sizeof fields / sizeof *fields; i++) {
		const struct field *field = record_field(&site_record, fields[i]);
		same = value_same(row_get(old, field), row_get(row, field));
	}
	return same ? OK : policy_touched(work, row->id);
}

size_t policy_marks_take(struct work *work, struct id *sites, size_t most)
{
	size_t count = 0;
	struct query *query = db_query(work->db, "SELECT site FROM policy_marks ORDER BY made_at, site LIMIT ?", BIND(V((int64_t)most)));
	while (db_next(query))
		sites[count++] = db_id(query, 0);
	for (size_t i = 0; i < count; i++)
		db_run(work->db, "DELETE FROM policy_marks WHERE site = ?", BIND(V(sites[i])));
	return count;
}
