#include "app/site.h"

#include <string.h>

#include "app/area.h"
#include "app/filing.h"
#include "app/link.h"
#include "app/policy_mark.h"
#include "app/rights.h"
#include "app/slots.h"
#include "app/staff.h"
#include "base/codes.h"
#include "base/codes_divisions.h"
#include "record/days.h"
#include "record/rows.h"
#include "record/tally.h"

static int64_t measure_sites(struct work *work, const struct row *row, int64_t day);
static int64_t measure_sites_due(struct work *work, const struct row *row, int64_t day);
static int64_t measure_sites_resumed(struct work *work, const struct row *row, int64_t day);
static int64_t measure_sites_due_by(struct work *work, const struct row *row, int64_t day);
static int64_t measure_sites_resumed_by(struct work *work, const struct row *row, int64_t day);
static int64_t measure_staff_due(struct work *work, const struct row *row, int64_t day);
static int64_t measure_staff_on_duty(struct work *work, const struct row *row, int64_t day);
static int64_t measure_sites_linked(struct work *work, const struct row *row, int64_t day);
static int64_t measure_sites_unlinked(struct work *work, const struct row *row, int64_t day);
static int64_t measure_sites_checked(struct work *work, const struct row *row, int64_t day);
static int64_t measure_sites_checked_whole(struct work *work, const struct row *row, int64_t day);
static int64_t measure_rooms_needed(struct work *work, const struct row *row, int64_t day);
static int64_t measure_rooms_lacking(struct work *work, const struct row *row, int64_t day);
static int64_t measure_firms_files_complete(struct work *work, const struct row *row, int64_t day);
static int64_t measure_firms_files_lacking(struct work *work, const struct row *row, int64_t day);
static int64_t measure_sites_filed(struct work *work, const struct row *row, int64_t day);
static int64_t measure_sites_trained(struct work *work, const struct row *row, int64_t day);
static int64_t measure_capacity_told(struct work *work, const struct row *row, int64_t day);
static int64_t measure_capacity_now(struct work *work, const struct row *row, int64_t day);
static int64_t measure_capacity_full(struct work *work, const struct row *row, int64_t day);
static void site_breaks(struct work *work, const struct row *row, struct breaks *breaks);
static enum status site_check(struct work *work, const struct row *old, struct row *row);
static void site_warn(struct work *work, const struct row *row, struct warnings *warnings);
static enum status site_saved(struct work *work, const struct row *old, const struct row *row);

#define DEF "app/site.def"
#define HOOKS .breaks = site_breaks, .check = site_check, .warn = site_warn, .saved = site_saved,
#include "record/table.h"

enum { NORMAL = 100 }; /* percent */

static const struct site *self(const struct row *row)
{
	return (const struct site *)row;
}

/* Whether it counts as a firm in the rates of resumption: enterprises only, as the documents count. */
static bool is_firm(const struct row *row, int64_t day)
{
	return day >= row->since && text_same(self(row)->kind, "enterprise");
}

static bool works(const struct row *row)
{
	return text_same(self(row)->status, "open") || text_same(self(row)->status, "resumed");
}

static int64_t measure_sites(struct work *work, const struct row *row, int64_t day)
{
	(void)work;
	return day >= row->since;
}

/* The denominator leaves out what policy or repair keeps closed (facts.md 2.5). */
static int64_t measure_sites_due(struct work *work, const struct row *row, int64_t day)
{
	(void)work;
	return is_firm(row, day) && !text_same(self(row)->status, "exempt");
}

static int64_t measure_sites_resumed(struct work *work, const struct row *row, int64_t day)
{
	(void)work;
	return is_firm(row, day) && works(row);
}

/* The same firms in finer parts: read only where somebody asks for those (indicator.h). */
static int64_t measure_sites_due_by(struct work *work, const struct row *row, int64_t day)
{
	return measure_sites_due(work, row, day);
}

static int64_t measure_sites_resumed_by(struct work *work, const struct row *row, int64_t day)
{
	return measure_sites_resumed(work, row, day);
}

static int64_t measure_staff_due(struct work *work, const struct row *row, int64_t day)
{
	(void)work;
	return is_firm(row, day) && works(row) ? self(row)->staff : 0;
}

static int64_t measure_staff_on_duty(struct work *work, const struct row *row, int64_t day)
{
	(void)work;
	return is_firm(row, day) && works(row) ? self(row)->on_duty : 0;
}

static int64_t measure_sites_linked(struct work *work, const struct row *row, int64_t day)
{
	return measure_sites_due(work, row, day) && link_live(work, LINK_SITE, row->id, day);
}

static int64_t measure_sites_unlinked(struct work *work, const struct row *row, int64_t day)
{
	return measure_sites_due(work, row, day) && !link_live(work, LINK_SITE, row->id, day);
}

static int64_t measure_sites_checked(struct work *work, const struct row *row, int64_t day)
{
	return measure_sites_due(work, row, day) &&
		db_get(work->db, 0,
			"SELECT 1 FROM checks WHERE site = ? AND day <= ? AND coalesce(own, 0) = 0 AND voided_at IS NULL LIMIT 1",
			BIND(V(row->id), V(day)));
}

/* By the checklist that is the standard of the place: what other lists ask does not count here. */
static int64_t measure_sites_checked_whole(struct work *work, const struct row *row, int64_t day)
{
	return measure_sites_due(work, row, day) &&
		db_get(work->db, 0, "SELECT 1 FROM checks WHERE site = ? AND day <= ? AND whole = 1 AND voided_at IS NULL LIMIT 1",
			BIND(V(row->id), V(day)));
}

static int64_t measure_sites_filed(struct work *work, const struct row *row, int64_t day)
{
	return measure_sites_resumed(work, row, day) || (is_firm(row, day) && text_same(self(row)->status, "filed"));
}

static int64_t measure_sites_trained(struct work *work, const struct row *row, int64_t day)
{
	return measure_sites_due(work, row, day) &&
		db_get(work->db, 0, "SELECT 1 FROM trainings WHERE site = ? AND topic = 'first' AND day <= ? AND voided_at IS NULL LIMIT 1",
			BIND(V(row->id), V(day)));
}

/* As the firm works: who stands still has nobody to keep apart. */
static int64_t measure_rooms_needed(struct work *work, const struct row *row, int64_t day)
{
	return is_firm(row, day) && works(row) ? filing_rooms(work, self(row)->staff) : 0;
}

static int64_t measure_rooms_lacking(struct work *work, const struct row *row, int64_t day)
{
	int64_t lacking = measure_rooms_needed(work, row, day) - self(row)->rooms;
	return lacking > 0 ? lacking : 0;
}

static int64_t measure_firms_files_complete(struct work *work, const struct row *row, int64_t day)
{
	return measure_sites_due(work, row, day) && site_files_complete(work, row->id, day);
}

static int64_t measure_firms_files_lacking(struct work *work, const struct row *row, int64_t day)
{
	return measure_sites_due(work, row, day) && !site_files_complete(work, row->id, day);
}

/* Only firms that work and said so: not told is missing, not zero. Each counts the same, whatever it makes. */
static int64_t measure_capacity_told(struct work *work, const struct row *row, int64_t day)
{
	(void)work;
	return is_firm(row, day) && works(row) && GIVEN(self(row), site, capacity);
}

static int64_t measure_capacity_now(struct work *work, const struct row *row, int64_t day)
{
	return measure_capacity_told(work, row, day) ? self(row)->capacity : 0;
}

static int64_t measure_capacity_full(struct work *work, const struct row *row, int64_t day)
{
	return measure_capacity_told(work, row, day) * NORMAL;
}

static void site_breaks(struct work *work, const struct row *row, struct breaks *breaks)
{
	int64_t checked = db_get(work->db, -1, "SELECT min(day) FROM checks WHERE site = ? AND coalesce(own, 0) = 0 AND voided_at IS NULL",
		BIND(V(row->id)));
	int64_t whole =
		db_get(work->db, -1, "SELECT min(day) FROM checks WHERE site = ? AND whole = 1 AND voided_at IS NULL", BIND(V(row->id)));
	int64_t trained = db_get(
		work->db, -1, "SELECT min(day) FROM trainings WHERE site = ? AND topic = 'first' AND voided_at IS NULL", BIND(V(row->id)));
	if (checked >= 0)
		breaks_add(breaks, checked);
	if (whole >= 0)
		breaks_add(breaks, whole);
	if (trained >= 0)
		breaks_add(breaks, trained);
	link_breaks(work, LINK_SITE, row->id, breaks);
	site_files_breaks(work, row->id, breaks);
}

/* The size class of the 2017 table (codes.h); no class where what decides is not known. */
static struct value size_of(const struct site *site)
{
	int64_t staff = GIVEN(site, site, staff) ? site->staff : SIZE_ABSENT,
		revenue = GIVEN(site, site, revenue) ? site->revenue : SIZE_ABSENT;
	int64_t assets = GIVEN(site, site, assets) ? site->assets : SIZE_ABSENT;
	switch (GIVEN(site, site, industry) ? company_size(site->industry, staff, revenue, assets) : SIZE_UNKNOWN) {
	case SIZE_LARGE: return value_text("large");
	case SIZE_MEDIUM: return value_text("medium");
	case SIZE_SMALL: return value_text("small");
	case SIZE_MICRO: return value_text("micro");
	case SIZE_NONE: return value_text("none");
	default: return value_null();
	}
}

static struct value division_of(struct work *work, const struct site *site)
{
	char *text = arena_alloc(work->arena, DIVISION_TEXT);
	const char *division = GIVEN(site, site, industry) ? industry_division(site->industry, text) : NULL;
	return division ? value_text(division) : value_null();
}

/* Who is served first: what the register says of the firm decides, until somebody sorts it otherwise. */
static const char *first_tier(const struct site *site)
{
	if (site->taxpayer || site->above_scale)
		return "key";
	if (text_same(site->kind, "shop"))
		return "small";
	return text_same(site->kind, "park") || GIVEN(site, site, park) ? "park" : "other";
}

static enum status check_park(struct work *work, const struct site *old, const struct site *site)
{
	if (!GIVEN(site, site, park) || (old && id_same(old->park, site->park)))
		return OK;
	const struct site *park = (const struct site *)row_load(work, &site_record, site->park);
	if (id_same(site->park, site->row.id) || !park || !text_same(park->kind, "park"))
		return fail(work, BAD_FIELD, "park", "is no park|不是园区");
	return OK;
}

/* On every day that is known: a timeline told in pieces must not disagree with itself either. */
static enum status check_staff(struct work *work, const struct row *row)
{
	struct breaks breaks = {.arena = work->arena};
	if (row->days)
		days_breaks(work, row, &breaks);
	else
		breaks_add(&breaks, row->since);
	for (size_t i = 0; i < breaks.count; i++) {
		const struct site *then = self(row_as_of(work, row, breaks.days[i]));
		if (!GIVEN(then, site, staff) || !GIVEN(then, site, on_duty) || then->on_duty <= then->staff)
			continue;
		fail(work, BAD_FIELD, "on_duty", "must not be more than the staff (%lld)|不能多于职工人数（%lld）", (long long)then->staff);
		return fail(work, BAD_FIELD, "staff", "must not be fewer than the staff on duty (%lld)|不能少于到岗人数（%lld）",
			(long long)then->on_duty);
	}
	return OK;
}

/* From one time of the day until another; several where there is a break, or more than one shift. */
static void check_hours(struct work *work, const struct site *site)
{
	struct slot *hours;
	size_t count = 0;
	if (GIVEN(site, site, hours) && slots_read(work, "hours", site->hours, &hours, &count) == OK && !count)
		fail(work, BAD_FIELD, "hours", "must be times such as 08:00-12:00, 14:00-18:00|须为时段，如 08:00-12:00, 14:00-18:00");
}

static enum status site_check(struct work *work, const struct row *old, struct row *row)
{
	struct site *site = (struct site *)row;
	check_park(work, old ? self(old) : NULL, site);
	check_staff(work, row);
	check_hours(work, site);
	row_set(row, FIELD_OF(site, size), size_of(site));
	row_set(row, FIELD_OF(site, division), division_of(work, site));
	if (!old && !HAS(site, site, tier))
		SET(site, site, tier, V(first_tier(site)));
	return work->status;
}

/* The path of the town above a path, or of the lowest area above that where there is no town. */
static const char *town_of(struct work *work, const char *path)
{
	for (size_t size = strlen(path); size > PATH_STEP; size -= PATH_STEP) {
		const char *above = arena_text(work->arena, path, size);
		if (db_get(work->db, LEVEL_GRID, "SELECT level FROM areas WHERE path = ? AND voided_at IS NULL", BIND(V(above))) <=
			LEVEL_TOWN)
			return above;
	}
	return path;
}

enum { MOST_TWINS = 20 };

/* Another site that stands within `town` and within the asker's reach, of those that `sql` finds. What is out of reach is not there. */
static bool find_twin(struct work *work, const struct row *row, const char *sql, const char *key, const char *town, struct warning *twin)
{
	struct query *query = db_query(work->db, sql, BIND(V(key)));
	for (int looked = 0; db_next(query); looked++) {
		struct id id = db_id(query, 0);
		const char *path = db_text(query, 1);
		bool found = !id_same(id, row->id) && path_inside(path, town) && who_reaches(work->who, RIGHT_site_read, path, id);
		if (!found && looked < MOST_TWINS)
			continue;
		*twin = (struct warning){.other = id, .name = db_copy(query, 2, work->arena)};
		db_done(query);
		return found;
	}
	return false;
}

static void site_warn(struct work *work, const struct row *row, struct warnings *warnings)
{
	const struct site *site = self(row);
	struct warning twin;
	if (GIVEN(site, site, uscc)) {
		enum code_fault fault = uscc_check(site->uscc);
		if (fault != CODE_FINE)
			warn(work, warnings, "uscc", (struct id){{0}}, NULL, "%s|%s", work_text(work, code_fault_text(fault)));
		if (find_twin(work, row, "SELECT id, path, name FROM sites WHERE uscc = ? AND voided_at IS NULL", site->uscc, "", &twin))
			warn(work, warnings, "uscc", twin.other, twin.name, "is also the code of %s|与“%s”相同", twin.name);
	}
	int64_t rooms = works(row) ? filing_rooms(work, site->staff) : 0;
	if (rooms > site->rooms)
		warn(work, warnings, "rooms", (struct id){{0}}, NULL,
			"%lld isolation rooms are needed for this staff, %lld are there|按职工人数应设隔离观察室 %lld 间，现有 %lld 间",
			(long long)rooms, (long long)site->rooms);
	if (GIVEN(site, site, industry) && !industry_section(site->industry))
		warn(work, warnings, "industry", (struct id){{0}}, NULL, "is no code of GB/T 4754|不是 GB/T 4754 行业代码");
	static const char same_name[] = "SELECT id, path, name FROM sites WHERE name = ? AND voided_at IS NULL";
	if (GIVEN(site, site, name) && find_twin(work, row, same_name, site->name, "", &twin) &&
		find_twin(work, row, same_name, site->name, town_of(work, row->path), &twin))
		warn(work, warnings, "name", twin.other, twin.name, "There is another %s in this town|本镇（街道）已有同名的“%s”",
			twin.name);
}

/* Nobody answers for a site that was taken out; how many files it should have goes by its staff; policies may say something else of one that changed. */
static enum status site_saved(struct work *work, const struct row *old, const struct row *row)
{
	policy_touched_by(work, old, row);
	if (old && row->voided_at)
		return link_drop(work, row->id);
	return old && self(old)->staff != self(row)->staff ? site_files_judge(work, row->id, 0) : OK;
}
