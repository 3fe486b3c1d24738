#include "app/filing_route.h"

#include <string.h>

#include "app/filing.h"
#include "app/rights.h"
#include "app/settings.h"
#include "app/site.h"
#include "app/template.h"
#include "record/days.h"
#include "record/rows.h"
#include "record/tally.h"

static enum status route_check(struct work *work, const struct row *old, struct row *row);

#define DEF "app/filing_route.def"
#define HOOKS .check = route_check,
#include "record/table.h"

static enum status route_check(struct work *work, const struct row *old, struct row *row)
{
	const struct filing_route *route = (const struct filing_route *)row;
	const struct template *template =
		GIVEN(route, filing_route, standard) ? (const struct template *)row_load(work, &template_record, route->standard) : NULL;
	if (template && !text_same(template->state, "published"))
		return fail(work, BAD_FIELD, "standard", "is not published|尚未发布");
	if (!old)
		row->since = route->day;
	return OK;
}

/* Adds the paths of the areas above a place and of itself. */
static void add_above(struct work *work, struct sql *sql, const char *path)
{
	sql_add(sql, " AND path IN (''", NOTHING);
	for (size_t size = PATH_STEP; size <= strlen(path); size += PATH_STEP)
		sql_add(sql, ", ?", BIND(V((const char *)arena_text(work->arena, path, size))));
	sql_add(sql, ")", NOTHING);
}

/* The deciding one of the rules that hold for the firm: the nearest area, the tier's own, the latest; of one day the last made. */
static const struct filing_route *deciding(struct work *work, const struct site *site, int64_t day, bool standard)
{
	const struct filing_route *found = NULL;
	struct sql sql = sql_new(work->arena);
	sql_add(&sql,
		arena_print(work->arena,
			"SELECT %s FROM filing_routes WHERE voided_at IS NULL AND day <= ? AND (tier IS NULL OR tier = ?)%s",
			row_columns(work->arena, &filing_route_record), standard ? " AND standard IS NOT NULL" : ""),
		BIND(V(day), V(site->tier ? site->tier : "")));
	add_above(work, &sql, site->row.path);
	sql_add(&sql, " ORDER BY length(path) DESC, CASE WHEN tier IS NULL THEN 1 ELSE 0 END, day DESC, serial DESC LIMIT 1", NOTHING);
	struct query *query = sql_query(work->db, &sql);
	if (db_next(query)) {
		found = (const struct filing_route *)row_read(work, &filing_route_record, query);
		db_done(query);
	}
	return found;
}

/* The checklist of the setting, where it is in use. */
static struct id usual_standard(struct work *work)
{
	struct id id = {{0}};
	struct query *query = db_query(work->db, "SELECT id FROM templates WHERE code = ? AND state = 'published' AND voided_at IS NULL",
		BIND(V(settings_value(work, "filing_standard"))));
	if (db_next(query)) {
		id = db_id(query, 0);
		db_done(query);
	}
	return id;
}

struct filing_rule filing_rule_on(struct work *work, const struct site *site, int64_t day)
{
	/* on the day, the firm may have stood elsewhere, in another tier */
	const struct site *then = (const struct site *)row_as_of(work, &site->row, day);
	const struct filing_route *route = deciding(work, then, day, false), *standard = deciding(work, then, day, true);
	struct filing_rule rule = {.route = settings_value(work, "filing_route")};
	if (!text_listed("never_stopped,notify,pledge,approve", ',', rule.route))
		rule.route = "approve";
	if (route)
		rule = (struct filing_rule){.route = route->route, .rule = route->row.id, .area = route->area, .day = route->day};
	rule.standard = standard ? standard->standard : usual_standard(work);
	const struct template *template =
		id_none(rule.standard) ? NULL : (const struct template *)row_load(work, &template_record, rule.standard);
	rule.version = template ? template->current : (struct id){{0}};
	return rule;
}
