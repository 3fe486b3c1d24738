#include "app/team.h"

#include "app/deadline.h"
#include "app/org.h"
#include "app/person.h"
#include "app/rights.h"
#include "app/shift.h"
#include "base/clock.h"
#include "record/rows.h"

static enum status team_check(struct work *work, const struct row *old, struct row *row);
static int64_t measure_teams(struct work *work, const struct row *row, int64_t day);
static void team_warn(struct work *work, const struct row *row, struct warnings *warnings);
static void team_breaks(struct work *work, const struct row *row, struct breaks *breaks);
static const char *team_view(struct work *work, const char *name, struct sql *sql);
static enum status team_member_check(struct work *work, const struct row *old, struct row *row);
static int64_t measure_team_people(struct work *work, const struct row *row, int64_t day);
static void team_member_breaks(struct work *work, const struct row *row, struct breaks *breaks);
static enum status team_site_check(struct work *work, const struct row *old, struct row *row);
static int64_t measure_team_sites(struct work *work, const struct row *row, int64_t day);
static void team_site_breaks(struct work *work, const struct row *row, struct breaks *breaks);
static enum status deed_check(struct work *work, const struct row *old, struct row *row);
static int64_t measure_deeds(struct work *work, const struct row *row, int64_t day);
static void deed_breaks(struct work *work, const struct row *row, struct breaks *breaks);

#define DEF "app/team.def"
#define HOOKS .check = team_check, .breaks = team_breaks, .view = team_view, .warn = team_warn,
#include "record/table.h"
#define DEF "app/team_member.def"
#define HOOKS .check = team_member_check, .breaks = team_member_breaks,
#include "record/table.h"
#define DEF "app/team_site.def"
#define HOOKS .check = team_site_check, .breaks = team_site_breaks,
#include "record/table.h"
#define DEF "app/deed.def"
#define HOOKS .check = deed_check, .breaks = deed_breaks,
#include "record/table.h"

static const struct team *self(const struct row *row)
{
	return (const struct team *)row;
}

static const struct team_member *member(const struct row *row)
{
	return (const struct team_member *)row;
}

static const struct team_site *served(const struct row *row)
{
	return (const struct team_site *)row;
}

static const struct deed *done(const struct row *row)
{
	return (const struct deed *)row;
}

/* the day behind the last one */
static int64_t team_after(const struct team *team)
{
	return GIVEN(team, team, ends) ? team->ends + 1 : DAY_FAR;
}

static int64_t member_after(const struct team_member *one)
{
	return GIVEN(one, team_member, ends) ? one->ends + 1 : DAY_FAR;
}

static int64_t site_after(const struct team_site *one)
{
	return GIVEN(one, team_site, ends) ? one->ends + 1 : DAY_FAR;
}

/* --- teams */

static int64_t measure_teams(struct work *work, const struct row *row, int64_t day)
{
	(void)work;
	return day >= self(row)->begins && day < team_after(self(row));
}

static void team_breaks(struct work *work, const struct row *row, struct breaks *breaks)
{
	(void)work;
	breaks_span(breaks, self(row)->begins, team_after(self(row)));
}

static const char *team_view(struct work *work, const char *name, struct sql *sql)
{
	if (!text_same(name, "today"))
		return NULL;
	sql_add(sql, " AND begins <= ? AND (ends IS NULL OR ends >= ?)", BIND(V(work->today), V(work->today)));
	return "begins";
}

/* Led by a body that is closed, or will be before the team ends. */
static void team_warn(struct work *work, const struct row *row, struct warnings *warnings)
{
	char day[DAY_TEXT];
	const struct team *team = self(row);
	const struct org *org = GIVEN(team, team, org) ? (const struct org *)row_load(work, &org_record, team->org) : NULL;
	if (!org || !GIVEN(org, org, closes) || team_after(team) <= org->closes + 1 || team_after(team) <= work->today)
		return;
	day_print(org->closes, day);
	if (org_closed(org, work->today))
		warn(work, warnings, "org", (struct id){{0}}, NULL,
			"The body that leads it was closed on %s: let another one lead it|牵头单位已于 %s 撤销，请改由其他单位牵头", day);
	else
		warn(work, warnings, "org", (struct id){{0}}, NULL,
			"The body that leads it closes on %s, before the team ends|牵头单位将于 %s 撤销，早于突击队、专班截止日", day);
}

/* Whoever belongs to it, or is looked after by it, beyond its new days. */
static bool reach_beyond(struct work *work, const struct team *team)
{
	return db_get(work->db, 0,
		"SELECT 1 FROM team_members WHERE team = ? AND voided_at IS NULL AND (begins < ? OR coalesce(ends + 1, ?) > ?) UNION ALL "
		"SELECT 1 FROM team_sites WHERE team = ? AND voided_at IS NULL AND (begins < ? OR coalesce(ends + 1, ?) > ?) LIMIT 1",
		BIND(V(team->row.id), V(team->begins), V(DAY_FAR), V(team_after(team)), V(team->row.id), V(team->begins), V(DAY_FAR),
			V(team_after(team))));
}

/* Whether days lie within those of the team: fails with the one that does not. */
static enum status days_of_team(struct work *work, const struct team *team, int64_t begins, int64_t after)
{
	if (after <= begins)
		return fail(work, BAD_FIELD, "ends", "is before the first day|早于起始日");
	if (begins < team->begins)
		return fail(work, BAD_FIELD, "begins", "is before the team begins|早于突击队、专班成立之日");
	if (after > team_after(team))
		return fail(work, BAD_FIELD, "ends", "is after the team ends|晚于突击队、专班截止日");
	return OK;
}

static enum status team_check(struct work *work, const struct row *old, struct row *row)
{
	const struct team *team = self(row);
	if (GIVEN(team, team, ends) && team->ends < team->begins)
		return fail(work, BAD_FIELD, "ends", "is before the first day|早于起始日");
	if (!old || (team->begins == self(old)->begins && team_after(team) == team_after(self(old))))
		return OK;
	return reach_beyond(work, team)
		? fail(work, BAD_FIELD, "ends",
			  "Members or sites belong to it on other days: change those first|仍有队员或企业的起止日期超出此期间，请先调整")
		: OK;
}

/* --- members */

static int64_t measure_team_people(struct work *work, const struct row *row, int64_t day)
{
	(void)work;
	return day >= member(row)->begins && day < member_after(member(row));
}

static void team_member_breaks(struct work *work, const struct row *row, struct breaks *breaks)
{
	(void)work;
	breaks_span(breaks, member(row)->begins, member_after(member(row)));
}

static bool belongs_already(struct work *work, const struct team_member *one)
{
	return db_get(work->db, 0,
		"SELECT 1 FROM team_members WHERE person = ? AND team = ? AND id <> ? AND voided_at IS NULL AND begins < ? AND "
		"(ends IS NULL OR ends >= ?) LIMIT 1",
		BIND(V(one->person), V(one->team), V(one->row.id), V(member_after(one)), V(one->begins)));
}

static enum status team_member_check(struct work *work, const struct row *old, struct row *row)
{
	struct team_member *one = (struct team_member *)row;
	const struct team *team = self(row_load(work, &team_record, one->team));
	(void)old;
	if (!GIVEN(one, team_member, begins))
		SET(one, team_member, begins, V(team->begins));
	if (!GIVEN(one, team_member, ends) && GIVEN(team, team, ends))
		SET(one, team_member, ends, V(team->ends));
	if (days_of_team(work, team, one->begins, member_after(one)) != OK)
		return work->status;
	if (belongs_already(work, one))
		return fail(work, BAD_FIELD, "person", "belongs to this team on these days already|在此期间已是队员");
	return OK;
}

/* --- sites */

static int64_t measure_team_sites(struct work *work, const struct row *row, int64_t day)
{
	(void)work;
	return day >= served(row)->begins && day < site_after(served(row));
}

static void team_site_breaks(struct work *work, const struct row *row, struct breaks *breaks)
{
	(void)work;
	breaks_span(breaks, served(row)->begins, site_after(served(row)));
}

static bool served_already(struct work *work, const struct team_site *one)
{
	return db_get(work->db, 0,
		"SELECT 1 FROM team_sites WHERE site = ? AND team = ? AND id <> ? AND voided_at IS NULL AND begins < ? AND "
		"(ends IS NULL OR ends >= ?) LIMIT 1",
		BIND(V(one->site), V(one->team), V(one->row.id), V(site_after(one)), V(one->begins)));
}

static enum status team_site_check(struct work *work, const struct row *old, struct row *row)
{
	struct team_site *one = (struct team_site *)row;
	const struct team *team = self(row_load(work, &team_record, one->team));
	(void)old;
	if (!GIVEN(one, team_site, begins))
		SET(one, team_site, begins, V(team->begins));
	if (!GIVEN(one, team_site, ends) && GIVEN(team, team, ends))
		SET(one, team_site, ends, V(team->ends));
	if (days_of_team(work, team, one->begins, site_after(one)) != OK)
		return work->status;
	if (served_already(work, one))
		return fail(work, BAD_FIELD, "site", "is looked after by this team on these days already|在此期间已由其负责");
	return OK;
}

/* --- deeds */

static int64_t measure_deeds(struct work *work, const struct row *row, int64_t day)
{
	(void)work;
	return day == done(row)->day;
}

static void deed_breaks(struct work *work, const struct row *row, struct breaks *breaks)
{
	(void)work;
	breaks_add(breaks, done(row)->day);
}

static enum status deed_check(struct work *work, const struct row *old, struct row *row)
{
	struct deed *deed = (struct deed *)row;
	const struct team *team = self(row_load(work, &team_record, deed->team));
	(void)old;
	if (!GIVEN(deed, deed, day))
		SET(deed, deed, day, V(work->today));
	if (deed->day > work->today)
		return fail(work, BAD_FIELD, "day", "is in the future|不能晚于今日");
	if (deed->day < team->begins || deed->day >= team_after(team))
		return fail(work, BAD_FIELD, "day", "is not a day of this team|不在突击队、专班存续期间");
	if (GIVEN(deed, deed, amount) != GIVEN(deed, deed, unit))
		return fail(work, BAD_FIELD, GIVEN(deed, deed, amount) ? "unit" : "amount",
			"An amount has a unit, and a unit an amount|数量和单位须同时填写");
	return OK;
}

/* --- what it did */

struct belonging {
	struct id person;
	int64_t begins, after;
};

static bool held_on(const struct belonging *list, size_t count, struct id person, int64_t day)
{
	for (size_t i = 0; i < count; i++)
		if (id_same(list[i].person, person) && day >= list[i].begins && day < list[i].after)
			return true;
	return false;
}

static void sum_shifts(struct work *work, const struct team *team, int64_t day, struct team_sums *sums)
{
	struct belonging *list = NULL;
	size_t count = 0, space = 0;
	struct query *query = db_query(
		work->db, "SELECT person, begins, ends FROM team_members WHERE team = ? AND voided_at IS NULL", BIND(V(team->row.id)));
	while (db_next(query)) {
		int64_t begins = db_whole(query, 1), after = db_null(query, 2) ? DAY_FAR : db_whole(query, 2) + 1;
		sums->members += day >= begins && day < after;
		*ARENA_PUSH(work->arena, list, count, space) = (struct belonging){db_id(query, 0), begins, after};
	}
	query = db_query(work->db,
		"SELECT person, starts, came, gone FROM shifts WHERE voided_at IS NULL AND came IS NOT NULL AND gone IS NOT NULL AND "
		"person IN (SELECT person FROM team_members WHERE team = ? AND voided_at IS NULL)",
		BIND(V(team->row.id)));
	while (db_next(query)) {
		int64_t on = deadline_day(work, db_whole(query, 1));
		if (on > day || !held_on(list, count, db_id(query, 0), on))
			continue;
		sums->shifts++;
		sums->hours += shift_hours(db_whole(query, 2), db_whole(query, 3));
	}
}

static int64_t sites_on(struct work *work, const struct team *team, int64_t day)
{
	return db_get(work->db, 0,
		"SELECT count(*) FROM team_sites WHERE team = ? AND voided_at IS NULL AND begins <= ? AND (ends IS NULL OR ends >= ?)",
		BIND(V(team->row.id), V(day), V(day)));
}

static void sum_deeds(struct work *work, const struct team *team, int64_t day, struct team_sums *sums)
{
	size_t space = 0;
	struct query *query = db_query(work->db,
		"SELECT unit, count(*), sum(amount) FROM deeds WHERE team = ? AND voided_at IS NULL AND day <= ? GROUP BY unit ORDER BY 3 DESC, unit",
		BIND(V(team->row.id), V(day)));
	while (db_next(query)) {
		sums->deeds += db_whole(query, 1);
		if (!db_null(query, 0))
			*ARENA_PUSH(work->arena, sums->amounts, sums->amount_count, space) =
				(struct team_amount){db_copy(query, 0, work->arena), db_whole(query, 2)};
	}
}

struct team_sums team_sums(struct work *work, const struct team *team, int64_t day)
{
	struct team_sums sums = {.sites = sites_on(work, team, day)};
	sum_shifts(work, team, day, &sums);
	sum_deeds(work, team, day, &sums);
	return sums;
}
