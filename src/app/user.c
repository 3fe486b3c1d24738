#include "app/user.h"

#include "app/area.h"
#include "app/rights.h"
#include "app/site.h"
#include "record/rows.h"

static enum status user_check(struct work *work, const struct row *old, struct row *row);
static enum status grant_check(struct work *work, const struct row *old, struct row *row);

#define DEF "app/user.def"
#define HOOKS .check = user_check,
#include "record/table.h"

#define DEF "app/grant.def"
#define HOOKS .check = grant_check,
#include "record/table.h"

static enum status user_check(struct work *work, const struct row *old, struct row *row)
{
	const struct user *user = (const struct user *)row;
	if (!old && db_get(work->db, 0, "SELECT 1 FROM users WHERE name = ? AND voided_at IS NULL", BIND(V(user->name))))
		return fail(work, BAD_FIELD, "name", "is taken|该登录名已被使用");
	return OK;
}

/* A grant on a site is kept where the site is, so that its district can see it. */
static enum status grant_check(struct work *work, const struct row *old, struct row *row)
{
	struct grant *grant = (struct grant *)row;
	(void)old;
	if (GIVEN(grant, grant, site)) {
		const struct site *site = (const struct site *)row_load(work, &site_record, grant->site);
		SET(grant, grant, area, V(site->area));
	}
	if (!GIVEN(grant, grant, area))
		return fail(work, BAD_FIELD, "area", "An area or a site must be named|须指定区划或企业");
	return OK;
}
