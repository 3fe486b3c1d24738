#include "app/org.h"

#include "app/rights.h"
#include "record/rows.h"

static enum status org_check(struct work *work, const struct row *old, struct row *row);

#define DEF "app/org.def"
#define HOOKS .check = org_check,
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
