#include "app/delivery_grants.h"

#include <string.h>

#include "app/policy.h"

static const char *codes_of(struct work *work, struct id policy)
{
	char id[ID_TEXT];
	const struct policy *one = work_kept(work, policy);
	if (!one)
		one = (const struct policy *)row_load(work, &policy_record, policy);
	if (one)
		work_keep(work, policy, one);
	return one && GIVEN(one, policy, code) ? arena_print(work->arena, "%s,%s", one->code, id_print(policy, id))
					       : arena_copy(work->arena, id_print(policy, id));
}

void delivery_grants_read(struct work *work, struct id site, const char *path, struct delivery_grants *grants)
{
	struct pair {
		struct id site, policy;
	} *pairs = NULL;
	size_t count = 0, space = 0;
	struct sql sql = sql_new(work->arena);
	sql_add(&sql, "SELECT site, policy FROM deliveries WHERE granted_day > 0 AND refused_day IS NULL AND voided_at IS NULL", NOTHING);
	if (!id_none(site))
		sql_add(&sql, " AND site = ?", BIND(V(site)));
	else
		path_where(&sql, path);
	sql_add(&sql, " ORDER BY site", NOTHING);
	struct query *query = sql_query(work->db, &sql);
	while (db_next(query))
		*ARENA_PUSH(work->arena, pairs, count, space) = (struct pair){db_id(query, 0), db_id(query, 1)};
	*grants = (struct delivery_grants){0};
	for (size_t i = 0; i < count; i++) {
		struct delivery_grant *last = grants->count ? &grants->list[grants->count - 1] : NULL;
		const char *codes = codes_of(work, pairs[i].policy);
		if (last && id_same(last->site, pairs[i].site))
			last->codes = arena_print(work->arena, "%s,%s", last->codes, codes);
		else
			*ARENA_PUSH(work->arena, grants->list, grants->count, grants->space) =
				(struct delivery_grant){.site = pairs[i].site, .codes = codes};
	}
}

const char *delivery_grants_of(struct delivery_grants *grants, struct id site)
{
	while (grants->at < grants->count && memcmp(&grants->list[grants->at].site, &site, sizeof site) < 0)
		grants->at++;
	return grants->at < grants->count && id_same(grants->list[grants->at].site, site) ? grants->list[grants->at].codes : NULL;
}
