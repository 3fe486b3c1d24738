#include "app/binding.h"

#include <string.h>

#include "app/area.h"
#include "app/aside.h"
#include "app/notice_box.h"
#include "app/rights.h"
#include "app/settings.h"
#include "app/site.h"
#include "base/clock.h"
#include "record/tally.h"

static enum status binding_check(struct work *work, const struct row *old, struct row *row);
static const char *binding_view(struct work *work, const char *name, struct sql *sql);
static void binding_breaks(struct work *work, const struct row *row, struct breaks *breaks);
static int64_t measure_people_bound(struct work *work, const struct row *row, int64_t day);

#define DEF "app/binding.def"
#define HOOKS .check = binding_check, .view = binding_view, .breaks = binding_breaks,
#include "record/table.h"

static const struct binding *self(const struct row *row)
{
	return (const struct binding *)row;
}

static int64_t after(const struct binding *binding)
{
	return GIVEN(binding, binding, ends) ? binding->ends + 1 : DAY_FAR;
}

static int64_t measure_people_bound(struct work *work, const struct row *row, int64_t day)
{
	(void)work;
	return day >= self(row)->begins && day < after(self(row));
}

static void binding_breaks(struct work *work, const struct row *row, struct breaks *breaks)
{
	(void)work;
	breaks_span(breaks, self(row)->begins, after(self(row)));
}

static const char *binding_view(struct work *work, const char *name, struct sql *sql)
{
	if (!text_same(name, "now"))
		return NULL;
	sql_add(sql, " AND begins <= ? AND (ends IS NULL OR ends >= ?)", BIND(V(work->today), V(work->today)));
	return "begins";
}

static enum status binding_check(struct work *work, const struct row *old, struct row *row)
{
	(void)old;
	(void)row;
	return work->who && work->who->all
		? OK
		: fail(work, BAD_STATE, NULL, "It comes from the staff file: change that|由员工档案生成，请修改员工档案");
}

/* --- where somebody lives */

enum { MOST_NAMED = 50 };

/* Whether one of the areas above a path has the name. */
static bool stands_below(struct work *work, const char *path, const char *name)
{
	for (size_t size = strlen(path); size > PATH_STEP; size -= PATH_STEP)
		if (db_get(work->db, 0, "SELECT 1 FROM areas WHERE path = ? AND name = ? AND voided_at IS NULL",
			    BIND(V(arena_text(work->arena, path, size - PATH_STEP)), V(name))))
			return true;
	return false;
}

/* The last part of "花山街道/花山社区", and in *above the part before it; NULL: none. */
static const char *last_part(struct work *work, const char *text, const char **above)
{
	static const char *const slashes[] = {"/", "／"};
	const char *cut = NULL;
	size_t wide = 0;
	for (size_t i = 0; i < 2; i++)
		for (const char *at = text; (at = strstr(at, slashes[i])) != NULL; at++)
			if (!cut || at > cut) {
				cut = at;
				wide = strlen(slashes[i]);
			}
	*above = NULL;
	if (!cut)
		return text_trim(work->arena, text);
	const char *rest, *before = text_trim(work->arena, arena_text(work->arena, text, (size_t)(cut - text)));
	*above = last_part(work, before, &rest);
	return text_trim(work->arena, cut + wide);
}

static struct id find_area(struct work *work, const char *text, int64_t county)
{
	const char *above, *name = last_part(work, text, &above);
	struct id near = {{0}}, any = {{0}}, none = {{0}};
	int near_count = 0, any_count = 0;
	struct {
		struct id id;
		const char *path;
		int64_t county;
	} found[MOST_NAMED];
	size_t count = 0;
	/* people leave the word for the committee away */
	struct query *query = db_query(work->db,
		"SELECT id, path, county FROM areas WHERE (code = ? OR name IN (?, ?, ?, ?, ?)) AND voided_at IS NULL ORDER BY path LIMIT 50",
		BIND(V(name), V(name), V((const char *)arena_print(work->arena, "%s居委会", name)),
			V((const char *)arena_print(work->arena, "%s村委会", name)),
			V((const char *)arena_print(work->arena, "%s居民委员会", name)),
			V((const char *)arena_print(work->arena, "%s村民委员会", name))));
	while (db_next(query)) {
		found[count].id = db_id(query, 0);
		found[count].path = db_copy(query, 1, work->arena);
		found[count++].county = db_whole(query, 2);
	}
	for (size_t i = 0; i < count; i++) {
		if (above && *above && !stands_below(work, found[i].path, above))
			continue;
		any = found[i].id;
		any_count++;
		if (found[i].county == county) {
			near = found[i].id;
			near_count++;
		}
	}
	return near_count == 1 ? near : !near_count && any_count == 1 ? any : none;
}

void binding_place(struct work *work, const struct staff *old, struct staff *staff)
{
	struct id area = {{0}};
	const struct site *site;
	bool same = old && text_same(old->lives_in, staff->lives_in) && text_same(old->dwelling, staff->dwelling);
	if (same || !(site = (const struct site *)row_load(work, &site_record, staff->site)))
		return;
	if (GIVEN(staff, staff, lives_in) && *staff->lives_in)
		area = find_area(work, staff->lives_in, site->row.home);
	else if (text_same(staff->dwelling, "dorm"))
		area = site->area;
	SET(staff, staff, home_area, id_none(area) ? value_null() : V(area));
}

/* --- kept up */

static struct row *open_binding(struct work *work, struct id staff)
{
	struct row *row = NULL;
	struct query *query = db_query(work->db,
		arena_print(work->arena,
			"SELECT %s FROM bindings WHERE staff = ? AND voided_at IS NULL AND (ends IS NULL OR ends >= ?) ORDER BY begins DESC LIMIT 1",
			row_columns(work->arena, &binding_record)),
		BIND(V(staff), V(work->today)));
	if (db_next(query)) {
		row = row_read(work, &binding_record, query);
		db_done(query);
	}
	return row;
}

static void fill(struct binding *binding, const struct staff *staff, const struct site *site)
{
	SET(binding, binding, person, V(staff->person));
	SET(binding, binding, area, V(staff->home_area));
	SET(binding, binding, plant, V(site->name));
	SET(binding, binding, dwelling, GIVEN(staff, staff, dwelling) ? V(staff->dwelling) : value_null());
	SET(binding, binding, estate, GIVEN(staff, staff, estate) ? V(staff->estate) : value_null());
	SET(binding, binding, ends, GIVEN(staff, staff, ends) ? V(staff->ends) : value_null());
}

/* The neighbourhood is told once a day of a firm, however many of its workers live there. */
static void tell(struct work *work, const struct binding *binding)
{
	struct notice_to to = {0};
	if (db_get(work->db, 0,
		    "SELECT 1 FROM bindings WHERE site = ? AND area = ? AND begins = ? AND id <> ? AND voided_at IS NULL LIMIT 1",
		    BIND(V(binding->site), V(binding->area), V(binding->begins), V(binding->row.id))))
		return;
	notice_to_above(work, &to, &binding->row, settings_value(work, "binding_roles"));
	notice_write(work, &to, &binding->row, "binding_made", binding->plant);
}

static enum status make(struct work *work, const struct staff *staff)
{
	struct binding *binding = (struct binding *)row_new(work->arena, &binding_record);
	struct row *row = &binding->row;
	const struct site *site = (const struct site *)row_load(work, &site_record, staff->site);
	SET(binding, binding, site, V(staff->site));
	SET(binding, binding, staff, V(staff->row.id));
	SET(binding, binding, begins, V(staff->begins > work->today ? staff->begins : work->today));
	fill(binding, staff, site);
	if (row_insert(work, &row, NULL) == OK)
		tell(work, (const struct binding *)row);
	return work->status;
}

/* Ends yesterday; one that began today was none. */
static enum status end(struct work *work, const struct row *old)
{
	struct binding *binding = (struct binding *)row_copy(work->arena, old);
	if (binding->begins >= work->today)
		return row_void(work, old, old->version);
	SET(binding, binding, ends, V(work->today - 1));
	return row_rewrite(work, old, &binding->row, "changed");
}

static bool is_bound(const struct work *work, const struct staff *staff)
{
	return !staff->row.voided_at && staff->bound && GIVEN(staff, staff, home_area) && staff_after(staff) > work->today;
}

static enum status bring_up(struct work *work, const struct staff *staff)
{
	struct row *open = open_binding(work, staff->row.id);
	struct binding *changed = open ? (struct binding *)row_copy(work->arena, open) : NULL;
	if (!is_bound(work, staff))
		return open ? end(work, open) : OK;
	if (!open)
		return make(work, staff);
	/* who moves is bound elsewhere from today on */
	if (!id_same(self(open)->area, staff->home_area) && self(open)->begins < work->today)
		return end(work, open) == OK ? make(work, staff) : work->status;
	fill(changed, staff, (const struct site *)row_load(work, &site_record, staff->site));
	for (size_t i = 0; i < binding_fields; i++)
		if (!value_same(row_get(open, &binding_record.fields[i]), row_get(&changed->row, &binding_record.fields[i])))
			return row_rewrite(work, open, &changed->row, "changed");
	return OK;
}

enum status binding_follow(struct work *work, const struct staff *old, const struct staff *staff)
{
	struct aside aside;
	/* most files are of nobody who is bound */
	if (!staff->bound && !(old && old->bound))
		return OK;
	aside_begin(work, &aside);
	enum status status = bring_up(work, staff);
	aside_end(work, &aside);
	return status;
}
