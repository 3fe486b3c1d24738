#include "app/user.h"

#include <string.h>

#include "app/area.h"
#include "app/link.h"
#include "app/need.h"
#include "app/notice_box.h"
#include "app/rights.h"
#include "app/settings.h"
#include "app/site.h"
#include "app/zone.h"
#include "record/rows.h"

static enum status user_check(struct work *work, const struct row *old, struct row *row);
static enum status user_saved(struct work *work, const struct row *old, const struct row *row);
static enum status user_close(struct work *work, const struct row *old, struct row *row);
static enum status user_reopen(struct work *work, const struct row *old, struct row *row);
static int64_t measure_liaisons(struct work *work, const struct row *row, int64_t day);
static void user_breaks(struct work *work, const struct row *row, struct breaks *breaks);
static enum status grant_check(struct work *work, const struct row *old, struct row *row);
static enum status grant_saved(struct work *work, const struct row *old, const struct row *row);

#define DEF "app/user.def"
#define HOOKS .check = user_check, .saved = user_saved, .breaks = user_breaks,
#include "record/table.h"

#define DEF "app/grant.def"
#define HOOKS .check = grant_check, .saved = grant_saved,
#include "record/table.h"

struct user *user_named(struct work *work, const char *name)
{
	struct id id = {{0}};
	struct query *query = db_query(work->db, "SELECT id FROM users WHERE name = ? AND voided_at IS NULL", BIND(V(name)));
	if (db_next(query)) {
		id = db_id(query, 0);
		db_done(query);
	}
	return id_none(id) ? NULL : (struct user *)row_load(work, &user_record, id);
}

static bool plain_name(const char *name)
{
	for (const char *at = name; *at; at++)
		if ((unsigned char)*at <= ' ' || *at == 127)
			return false;
	return !strstr(name, "\u3000");
}

static enum status user_check(struct work *work, const struct row *old, struct row *row)
{
	const struct user *user = (const struct user *)row;
	bool named = !old || !text_same(user->name, ((const struct user *)old)->name);
	if (named && !plain_name(user->name))
		return fail(work, BAD_FIELD, "name", "takes no spaces|不能含空格");
	if (named && user_named(work, user->name))
		return fail(work, BAD_FIELD, "name", "is taken|该登录名已被使用");
	return OK;
}

struct governing {
	struct work *work;
	bool all;
};

static void govern_member(void *context, const char *path, struct id site)
{
	struct governing *governing = context;
	struct work *work = governing->work;
	const struct row *row = path ? NULL : row_load(work, &site_record, site);
	if (!who_reaches(work->who, RIGHT_user_write, path ? path : row ? row->path : "", site))
		governing->all = false;
}

enum status user_governed(struct work *work, const struct user *user)
{
	bool all = true;
	struct id none = {{0}};
	if (!user || user->row.voided_at || !who_reaches(work->who, RIGHT_user_read, user->row.path, none))
		return fail(work, NOT_FOUND, NULL, NULL);
	all = who_reaches(work->who, RIGHT_user_write, user->row.path, none);
	struct query *query =
		db_query(work->db, "SELECT path, site, zone FROM grants WHERE user = ? AND voided_at IS NULL", BIND(V(user->row.id)));
	while (db_next(query)) {
		struct governing governing = {.work = work, .all = true};
		all = all && who_reaches(work->who, RIGHT_user_write, db_text(query, 0), db_id(query, 1));
		if (!db_null(query, 2))
			zone_reach(work, db_id(query, 2), govern_member, &governing);
		all = all && governing.all;
	}
	if (!all)
		return fail(work, NO_RIGHT, NULL, "This user's rights go beyond yours|该用户的权限超出您的管辖范围");
	return OK;
}

enum status user_set_password(struct work *work, const struct user *user, const char *hash)
{
	const struct who *who = work->who;
	struct who all = {.id = user->row.id, .name = user->name, .all = true};
	if (who)
		all.id = who->id;
	struct user *changed = (struct user *)row_copy(work->arena, &user->row);
	SET(changed, user, password, V(hash));
	if (GIVEN(changed, user, locked_until))
		SET(changed, user, locked_until, value_null());
	work->who = &all;
	enum status status = row_change(work, &user->row, &changed->row, user->row.version, RIGHT_user_write);
	work->who = who;
	return status;
}

bool user_granted(struct work *work, struct id user)
{
	return db_get(work->db, 0, "SELECT 1 FROM grants WHERE user = ? AND voided_at IS NULL LIMIT 1", BIND(V(user)));
}

enum status user_rename(struct work *work, const struct user *user, const char *name)
{
	enum { MOST_NAME = 40 };
	const struct who *who = work->who;
	struct who all = {.id = user->row.id, .name = user->name, .all = true};
	struct user *changed = (struct user *)row_copy(work->arena, &user->row);
	if (!name || !*name)
		return fail(work, BAD_FIELD, "name", "must be given|必填");
	if (text_length(name) > MOST_NAME)
		return fail(work, BAD_FIELD, "name", "takes %d characters at most|最多 %d 个字符", MOST_NAME);
	SET(changed, user, name, V(name));
	work->who = &all;
	row_change(work, &user->row, &changed->row, user->row.version, RIGHT_user_write);
	work->who = who;
	return work->status;
}

bool user_administered(struct work *work)
{
	return db_get(work->db, 0,
		"SELECT 1 FROM grants g JOIN users u ON u.id = g.user WHERE g.role = 'administrator' AND g.area = ? AND g.site IS NULL AND g.zone IS NULL AND "
		"g.voided_at IS NULL AND u.voided_at IS NULL AND coalesce(u.closed, 0) = 0 AND u.password IS NOT NULL LIMIT 1",
		BIND(V(area_root())));
}

static enum status still_administered(struct work *work)
{
	if (!user_administered(work))
		return fail(work, BAD_STATE, NULL,
			"Nobody would be left to keep users of the whole tree|将没有人能管理全域用户，请先另设全域管理员");
	return OK;
}

static bool administers_all(struct work *work, struct id user)
{
	return db_get(work->db, 0,
		"SELECT 1 FROM grants WHERE user = ? AND role = 'administrator' AND area = ? AND site IS NULL AND zone IS NULL AND voided_at IS NULL",
		BIND(V(user), V(area_root())));
}

/* Whoever is closed or taken out is signed out everywhere, and is missed where nobody else administers. */
static enum status user_saved(struct work *work, const struct row *old, const struct row *row)
{
	const struct user *user = (const struct user *)row;
	bool gone = user->closed || row->voided_at;
	if (!old || !gone || ((const struct user *)old)->closed)
		return OK;
	if (row->voided_at && link_count(work, LINK_USER, row->id, 0))
		return fail(work, BAD_STATE, NULL,
			"This user is or was a liaison; deactivate the account instead|该用户有挂点记录，请改为停用");
	if (row->voided_at && user_governed(work, (const struct user *)old) != OK)
		return work->status;
	db_run(work->db, "DELETE FROM sessions WHERE user_id = ?", BIND(V(row->id)));
	db_run(work->db, "DELETE FROM invites WHERE user_id = ?", BIND(V(row->id)));
	if (user->closed && need_pass_on(work, row->id, user->successor) != OK)
		return work->status;
	return administers_all(work, row->id) ? still_administered(work) : OK;
}

static enum status check_successor(struct work *work, const struct user *user, int64_t links)
{
	if (!GIVEN(user, user, successor)) {
		if (user->release)
			return OK;
		return fail(work, BAD_STATE, "successor",
			"This liaison answers for %lld sites; say who takes over|该联络员仍挂点 %lld 家，请指定接任人", (long long)links);
	}
	const struct user *to = (const struct user *)row_load(work, &user_record, user->successor);
	if (!to || to->row.voided_at || !who_reaches(work->who, RIGHT_user_read, to->row.path, (struct id){{0}}))
		return fail(work, BAD_FIELD, "successor", "names nothing that is there|所指不存在");
	if (to->closed || id_same(to->row.id, user->row.id))
		return fail(work, BAD_FIELD, "successor", "is deactivated|该用户已停用");
	return OK;
}

/* Firms that nobody answers for any more: those above them are told at once. */
static void tell_gaps(struct work *work, const struct user *user)
{
	const char *roles = settings_value(work, "link_gap_roles");
	struct query *query = db_query(work->db,
		arena_print(work->arena,
			"SELECT %s FROM sites WHERE voided_at IS NULL AND id IN (SELECT site FROM links WHERE user = ? AND voided_at IS NULL AND ends = ?)",
			row_columns(work->arena, &site_record)),
		BIND(V(user->row.id), V(user->closed_on - 1)));
	while (db_next(query)) {
		struct notice_to to = {0};
		const struct row *site = row_read(work, &site_record, query);
		if (link_live(work, LINK_SITE, site->id, work->today))
			continue;
		notice_to_above(work, &to, site, roles);
		notice_write(work, &to, site, "site_gap", ((const struct site *)site)->name);
	}
}

/* Closing an account hands over or ends its links first, so that no link is ever live with a closed account. */
static enum status user_close(struct work *work, const struct row *old, struct row *row)
{
	struct user *user = (struct user *)row;
	if (user_governed(work, (const struct user *)old) != OK)
		return work->status;
	if (user->closed)
		return fail(work, BAD_STATE, NULL, "This account is deactivated already|该用户已停用");
	if (!GIVEN(user, user, closed_on))
		SET(user, user, closed_on, V(work->today));
	if (user->closed_on > work->today)
		return fail(work, BAD_FIELD, "closed_on", "is still to come|不能晚于今天");
	int64_t links = link_count(work, LINK_USER, row->id, user->closed_on);
	if (links && check_successor(work, user, links) != OK)
		return work->status;
	struct link_change change = {.from_holder = LINK_USER,
		.from = row->id,
		.to_holder = LINK_USER,
		.to = user->successor,
		.day = user->closed_on,
		.reason = work_text(work, "deactivated|联络员停用"),
		.all = true};
	if (link_hand_over(work, &change) != OK)
		return work->status;
	tell_gaps(work, user);
	SET(user, user, closed, V(1));
	return OK;
}

static enum status user_reopen(struct work *work, const struct row *old, struct row *row)
{
	struct user *user = (struct user *)row;
	if (user_governed(work, (const struct user *)old) != OK)
		return work->status;
	if (!user->closed)
		return fail(work, BAD_STATE, NULL, "This account is active|该用户未停用");
	SET(user, user, closed, value_null());
	SET(user, user, closed_on, value_null());
	SET(user, user, successor, value_null());
	SET(user, user, release, value_null());
	return OK;
}

static int64_t measure_liaisons(struct work *work, const struct row *row, int64_t day)
{
	return link_live(work, LINK_USER, row->id, day);
}

static void user_breaks(struct work *work, const struct row *row, struct breaks *breaks)
{
	link_breaks(work, LINK_USER, row->id, breaks);
}

static void check_member(void *context, const char *path, struct id site)
{
	struct work *work = context;
	const struct row *row = path ? NULL : row_load(work, &site_record, site);
	if (work->status == OK && !who_reaches(work->who, RIGHT_user_write, path ? path : row ? row->path : "", site))
		fail(work, BAD_FIELD, "zone", "holds what is outside your area|含有不在您管辖范围内的成员");
}

/* A grant on a zone is kept where the zone is; it gives no more than who gives it could give one by one. */
static enum status grant_zone(struct work *work, struct grant *grant)
{
	const struct zone *zone = (const struct zone *)row_load(work, &zone_record, grant->zone);
	if (GIVEN(grant, grant, site))
		return fail(work, BAD_FIELD, "zone", "goes without a site|片区与企业只能选一");
	SET(grant, grant, area, V(zone->area));
	zone_reach(work, grant->zone, check_member, work);
	return work->status;
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
	if (GIVEN(grant, grant, zone) && grant_zone(work, grant) != OK)
		return work->status;
	if (!GIVEN(grant, grant, area))
		return fail(work, BAD_FIELD, "area", "An area or a site must be named|须指定区划或企业");
	return OK;
}

/* Who loses a right is signed out of the browser, so that no page goes on showing what is no longer theirs. */
static enum status grant_saved(struct work *work, const struct row *old, const struct row *row)
{
	const struct grant *before = (const struct grant *)old;
	(void)row;
	if (!old)
		return OK;
	db_run(work->db, "DELETE FROM sessions WHERE user_id = ? AND label IS NULL", BIND(V(before->user)));
	bool all = text_same(before->role, "administrator") && id_same(before->area, area_root()) && id_none(before->site) &&
		id_none(before->zone);
	return all ? still_administered(work) : OK;
}
