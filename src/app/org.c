#include "app/org.h"

#include "app/rights.h"
#include "record/rows.h"

static enum status org_check(struct work *work, const struct row *old, struct row *row);

static const char *org_view(struct work *work, const char *name, struct sql *sql);
static void org_warn(struct work *work, const struct row *row, struct warnings *warnings);

#define DEF "app/org.def"
#define HOOKS .check = org_check, .view = org_view, .warn = org_warn,
#include "record/table.h"

/* A body may not stand below itself: the way up must end. */
static enum status org_check(struct work *work, const struct row *old, struct row *row)
{
	const struct org *org = (const struct org *)row;
	struct id above = org->parent;
	(void)old;
	for (int steps = 0; !id_none(above); steps++) {
		const struct org *parent = (const struct org *)row_load(work, &org_record, above);
		if (id_same(above, row->id) || steps > 20)
			return fail(work, BAD_FIELD, "parent", "stands below this body|是本单位的下级");
		above = parent ? parent->parent : (struct id){{0}};
	}
	return OK;
}

static const char *org_view(struct work *work, const char *name, struct sql *sql)
{
	if (!text_same(name, "standing"))
		return NULL;
	sql_add(sql, " AND (closes IS NULL OR closes >= ?)", BIND(V(work->today)));
	return "";
}

bool org_closed(const struct org *org, int64_t day)
{
	return GIVEN(org, org, closes) && org->closes < day;
}

/* A branch that is closed leads nobody: its teams end, or somebody else leads them. */
static void org_warn(struct work *work, const struct row *row, struct warnings *warnings)
{
	const struct org *org = (const struct org *)row;
	int64_t last = org->closes > work->today ? org->closes : work->today;
	if (!GIVEN(org, org, closes))
		return;
	if (org_closed(org, work->today))
		warn(work, warnings, "closes", (struct id){{0}}, NULL, "is closed|已撤销");
	if (db_get(work->db, 0,
		    "SELECT 1 FROM teams WHERE org = ? AND voided_at IS NULL AND begins <= ? AND (ends IS NULL OR ends > ?) LIMIT 1",
		    BIND(V(row->id), V(last), V(org->closes))))
		warn(work, warnings, "closes", (struct id){{0}}, NULL,
			"Teams go on after it is closed: end them, or let another body lead them|撤销后仍有其牵头的突击队、专班，请结束或改由其他单位牵头");
}
