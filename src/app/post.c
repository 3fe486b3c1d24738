#include "app/post.h"

#include "app/appeal.h"
#include "app/claim.h"
#include "app/leave.h"
#include "app/own_shifts.h"
#include "app/post_cover.h"
#include "app/need_choices.h"
#include "app/person.h"
#include "app/settings.h"
#include "app/shift.h"
#include "app/site.h"
#include "app/rights.h"
#include "app/shift_drop.h"
#include "app/slots.h"
#include "base/clock.h"
#include "record/days.h"
#include "record/follow.h"
#include "record/rows.h"

static enum status post_check(struct work *work, const struct row *old, struct row *row);
static int64_t measure_posts(struct work *work, const struct row *row, int64_t day);
static int64_t measure_people_needed(struct work *work, const struct row *row, int64_t day);
static int64_t measure_people_lacking(struct work *work, const struct row *row, int64_t day);
static int64_t measure_communities_posted(struct work *work, const struct row *row, int64_t day);
static int64_t measure_communities_served(struct work *work, const struct row *row, int64_t day);
static int64_t measure_firms_posted(struct work *work, const struct row *row, int64_t day);
static int64_t measure_firms_served(struct work *work, const struct row *row, int64_t day);
static int64_t measure_staff_served(struct work *work, const struct row *row, int64_t day);
static size_t post_touches(struct work *work, const struct row *row, const struct row *touched[TOUCHED]);
static size_t assignment_touches(struct work *work, const struct row *row, const struct row *touched[TOUCHED]);
static void post_breaks(struct work *work, const struct row *row, struct breaks *breaks);
static const char *post_view(struct work *work, const char *name, struct sql *sql);
static void post_show(struct work *work, const struct row *row, struct json *json);
static enum status assignment_check(struct work *work, const struct row *old, struct row *row);
static enum status assignment_saved(struct work *work, const struct row *old, const struct row *row);
static int64_t measure_serving(struct work *work, const struct row *row, int64_t day);
static void assignment_breaks(struct work *work, const struct row *row, struct breaks *breaks);
static const char *assignment_view(struct work *work, const char *name, struct sql *sql);
static void assignment_warn(struct work *work, const struct row *row, struct warnings *warnings);

#define DEF "app/post.def"
#define HOOKS .check = post_check, .breaks = post_breaks, .view = post_view, .show = post_show, .touches = post_touches,
#include "record/table.h"
#define DEF "app/assignment.def"
#define HOOKS \
	.check = assignment_check, .saved = assignment_saved, .breaks = assignment_breaks, .view = assignment_view, \
	.warn = assignment_warn, .touches = assignment_touches,
#include "record/table.h"

static const struct post *self(const struct row *row)
{
	return (const struct post *)row;
}

static const struct assignment *held(const struct row *row)
{
	return (const struct assignment *)row;
}

/* the day behind the last one */
static int64_t post_after(const struct post *post)
{
	return GIVEN(post, post, ends) ? post->ends + 1 : DAY_FAR;
}

static int64_t after(const struct assignment *assignment)
{
	return GIVEN(assignment, assignment, ends) ? assignment->ends + 1 : DAY_FAR;
}

/* --- posts */

static int64_t measure_posts(struct work *work, const struct row *row, int64_t day)
{
	(void)work;
	return day >= self(row)->begins && day < post_after(self(row));
}

static int64_t measure_people_needed(struct work *work, const struct row *row, int64_t day)
{
	return measure_posts(work, row, day) ? self(row)->needed : 0;
}

static int64_t measure_people_lacking(struct work *work, const struct row *row, int64_t day)
{
	int64_t lacking = measure_people_needed(work, row, day);
	lacking -= lacking ? post_held(work, self(row), day) : 0;
	return lacking > 0 ? lacking : 0;
}

static int64_t measure_communities_posted(struct work *work, const struct row *row, int64_t day)
{
	return post_covers(work, self(row), false, false, day);
}

static int64_t measure_communities_served(struct work *work, const struct row *row, int64_t day)
{
	return post_covers(work, self(row), false, true, day);
}

static int64_t measure_firms_posted(struct work *work, const struct row *row, int64_t day)
{
	return post_covers(work, self(row), true, false, day);
}

static int64_t measure_firms_served(struct work *work, const struct row *row, int64_t day)
{
	return post_covers(work, self(row), true, true, day);
}

static int64_t measure_staff_served(struct work *work, const struct row *row, int64_t day)
{
	return post_covered_staff(work, self(row), day);
}

static void post_breaks(struct work *work, const struct row *row, struct breaks *breaks)
{
	breaks_span(breaks, self(row)->begins, post_after(self(row)));
	post_cover_breaks(work, self(row), breaks);
}

/* One post counts for all of its village or firm: it may be another one because of this. */
static size_t post_touches(struct work *work, const struct row *row, const struct row *touched[TOUCHED])
{
	struct id bearer = post_bearer(work, self(row), row->id);
	touched[0] = id_none(bearer) ? NULL : row_load(work, &post_record, bearer);
	return touched[0] != NULL;
}

static size_t assignment_touches(struct work *work, const struct row *row, const struct row *touched[TOUCHED])
{
	/* many are sent at once: the post, and with it the one that counts for its place, is counted again when all are written */
	if (follow_counting(work, held(row)->post))
		return 0;
	touched[0] = row_load(work, &post_record, held(row)->post);
	struct id bearer = touched[0] ? post_bearer(work, self(touched[0]), (struct id){{0}}) : (struct id){{0}};
	if (id_none(bearer) || id_same(bearer, held(row)->post))
		return touched[0] != NULL;
	touched[1] = row_load(work, &post_record, bearer);
	return 2;
}

/* Whoever holds it beyond its new days would stand at a post that is no more. */
static bool holds_beyond(struct work *work, const struct post *post)
{
	return db_get(work->db, 0,
		"SELECT 1 FROM assignments WHERE post = ? AND voided_at IS NULL AND (begins < ? OR coalesce(ends + 1, ?) > ?) LIMIT 1",
		BIND(V(post->row.id), V(post->begins), V(DAY_FAR), V(post_after(post))));
}

static enum status post_check(struct work *work, const struct row *old, struct row *row)
{
	const struct post *post = self(row);
	if (GIVEN(post, post, site) == GIVEN(post, post, area))
		return fail(work, BAD_FIELD, "site", "Either a site or an area must be named|企业（场所）与区划须填其一");
	if (GIVEN(post, post, ends) && post->ends < post->begins)
		return fail(work, BAD_FIELD, "ends", "is before the first day|早于起始日");
	struct slot *slots;
	size_t slot_count;
	if (slots_read(work, "slots", post->slots, &slots, &slot_count) != OK)
		return work->status;
	if (!old || (post->begins == self(old)->begins && post_after(post) == post_after(self(old))))
		return OK;
	return holds_beyond(work, post)
		? fail(work, BAD_FIELD, "ends",
			  "People hold it on other days: end their assignments first|仍有人在此期间外派驻，请先调整派驻")
		: OK;
}

static int64_t filled(struct work *work, struct id post, int64_t day)
{
	return db_get(work->db, 0,
		"SELECT count(*) FROM assignments WHERE post = ? AND voided_at IS NULL AND begins <= ? AND (ends IS NULL OR ends >= ?)",
		BIND(V(post), V(day), V(day)));
}

int64_t post_room(struct work *work, struct id id, int64_t begins, int64_t last)
{
	const struct row *row = row_load(work, &post_record, id);
	int64_t end = last < DAY_FAR ? last + 1 : DAY_FAR, room = INT64_MAX;
	struct breaks breaks = {.arena = work->arena};
	if (!row || row->voided_at || begins < self(row)->begins || end > post_after(self(row)))
		return 0;
	/* it changes only where somebody begins, or the need does */
	breaks_add(&breaks, begins);
	days_breaks(work, row, &breaks);
	struct query *query = db_query(work->db,
		"SELECT DISTINCT begins FROM assignments WHERE post = ? AND voided_at IS NULL AND begins > ? AND begins < ?",
		BIND(V(id), V(begins), V(end)));
	while (db_next(query))
		breaks_add(&breaks, db_whole(query, 0));
	for (size_t i = 0; i < breaks.count; i++) {
		int64_t day = breaks.days[i];
		if (day < begins || day >= end)
			continue;
		int64_t left = self(row_as_of(work, row, day))->needed - filled(work, id, day);
		room = left < room ? left : room;
	}
	return room > 0 ? room : 0;
}

static void post_show(struct work *work, const struct row *row, struct json *json)
{
	int64_t serving = filled(work, row->id, work->today), needed = measure_people_needed(work, row, work->today);
	json_put_whole(json, "filled", serving);
	json_put_whole(json, "short", needed > serving ? needed - serving : 0);
}

static const char *post_view(struct work *work, const char *name, struct sql *sql)
{
	if (text_same(name, "claimable")) {
		claim_where_open(sql, work->today, work->db ? own_person(work) : (struct id){{0}});
		return "claim";
	}
	if (!text_same(name, "short"))
		return NULL;
	sql_add(sql,
		" AND begins <= ? AND (ends IS NULL OR ends >= ?) AND needed > (SELECT count(*) FROM assignments a WHERE a.post = posts.id AND "
		"a.home = posts.home AND a.voided_at IS NULL AND a.begins <= ? AND (a.ends IS NULL OR a.ends >= ?))",
		BIND(V(work->today), V(work->today), V(work->today), V(work->today)));
	return "begins";
}

/* --- assignments */

static int64_t measure_serving(struct work *work, const struct row *row, int64_t day)
{
	(void)work;
	return day >= held(row)->begins && day < after(held(row));
}

static void assignment_breaks(struct work *work, const struct row *row, struct breaks *breaks)
{
	(void)work;
	breaks_span(breaks, held(row)->begins, after(held(row)));
}

static const char *assignment_view(struct work *work, const char *name, struct sql *sql)
{
	if (text_same(name, "party")) {
		sql_add(sql, " AND person IN (SELECT id FROM people WHERE party = 1 AND voided_at IS NULL)", NOTHING);
		return "";
	}
	/* no shift at the post tells of their days off */
	if (text_same(name, "unrostered")) {
		struct rest_rules rules = shift_rules(work);
		sql_add(sql,
			" AND NOT EXISTS (SELECT 1 FROM shifts s WHERE s.post = assignments.post AND s.home = assignments.home AND s.voided_at IS NULL AND "
			"s.starts >= ? AND s.starts < ?)",
			BIND(V(day_stamp(work->today - rules.row, rules.zone)), V(day_stamp(work->today + 1, rules.zone))));
		return "";
	}
	if (!text_same(name, "now"))
		return NULL;
	sql_add(sql, " AND begins <= ? AND (ends IS NULL OR ends >= ?)", BIND(V(work->today), V(work->today)));
	return "begins";
}

/* Another post (`elsewhere`) or this one, on some of the same days. */
static bool overlaps(struct work *work, const struct assignment *assignment, bool elsewhere)
{
	return db_get(work->db, 0,
		elsewhere ? "SELECT 1 FROM assignments WHERE person = ? AND post <> ? AND id <> ? AND voided_at IS NULL AND begins < ? AND "
			    "(ends IS NULL OR ends >= ?) LIMIT 1"
			  : "SELECT 1 FROM assignments WHERE person = ? AND post = ? AND id <> ? AND voided_at IS NULL AND begins < ? AND "
			    "(ends IS NULL OR ends >= ?) LIMIT 1",
		BIND(V(assignment->person), V(assignment->post), V(assignment->row.id), V(after(assignment)), V(assignment->begins)));
}

/* Whoever is away on some of its days is sent only with a reason, kept with the name of who gave it; asked again where the days become more. */
static enum status check_leave(struct work *work, const struct row *old, struct assignment *assignment)
{
	/* blanks are no reason */
	if (GIVEN(assignment, assignment, over) && !*text_trim(work->arena, assignment->over))
		SET(assignment, assignment, over, value_null());
	bool told = old && !value_same(row_get(&assignment->row, FIELD_OF(assignment, over)), row_get(old, FIELD_OF(assignment, over)));
	bool more = !old || assignment->begins < held(old)->begins || after(assignment) > after(held(old));
	if (!told && !more)
		return OK;
	if (old && !told)
		SET(assignment, assignment, over, value_null());
	bool away = leave_holds(work, assignment->person, assignment->begins, after(assignment) - 1);
	if (!away)
		SET(assignment, assignment, over, value_null());
	SET(assignment, assignment, over_by, GIVEN(assignment, assignment, over) ? V(work->who->name) : value_null());
	if (!away || GIVEN(assignment, assignment, over))
		return OK;
	fail(work, BAD_FIELD, "person", "is on leave on some of these days|在此期间请假");
	return fail(work, BAD_FIELD, "over",
		"Only with a reason, kept with your name, is somebody on leave sent|如确需派驻请假人员，请填写理由，并留存您的姓名");
}

static enum status assignment_check(struct work *work, const struct row *old, struct row *row)
{
	struct assignment *assignment = (struct assignment *)row;
	const struct post *post = self(row_load(work, &post_record, assignment->post));
	if (!old && !GIVEN(assignment, assignment, ends) && GIVEN(post, post, ends))
		SET(assignment, assignment, ends, V(post->ends));
	if (GIVEN(assignment, assignment, ends) && assignment->ends < assignment->begins)
		return fail(work, BAD_FIELD, "ends", "is before the first day|早于起始日");
	if (assignment->begins < post->begins)
		return fail(work, BAD_FIELD, "begins", "is before the post begins|早于岗位起始日");
	if (after(assignment) > post_after(post))
		return fail(work, BAD_FIELD, "ends", "is after the post ends|晚于岗位截止日");
	if (overlaps(work, assignment, false))
		return fail(work, BAD_FIELD, "person", "holds this post on these days already|在此期间已在该岗位");
	if (check_leave(work, old, assignment) != OK)
		return work->status;
	const struct person *person = (const struct person *)row_load(work, &person_record, assignment->person);
	if (!old && !GIVEN(assignment, assignment, org) && person && GIVEN(person, person, org))
		SET(assignment, assignment, org, V(person->org));
	return OK;
}

/* Whoever is sent was taken: what they signed up for waits no more. Nobody stays planned for days on which they hold the post no longer; where two entries of a
 * person become one, shifts move by themselves. */
static enum status assignment_saved(struct work *work, const struct row *old, const struct row *row)
{
	if (!old)
		return pledge_taken(work, held(row)->person);
	bool less = row->voided_at || after(held(row)) < after(held(old)) || held(row)->begins > held(old)->begins;
	return less && !work->rewriting ? shift_drop(work, held(row)) : OK;
}

static void assignment_warn(struct work *work, const struct row *row, struct warnings *warnings)
{
	const struct post *post = self(row_load(work, &post_record, held(row)->post));
	if (overlaps(work, held(row), true))
		warn(work, warnings, "person", (struct id){{0}}, NULL, "holds another post on some of these days|在此期间另有派驻");
	if (post && filled(work, post->row.id, work->today) > post->needed)
		warn(work, warnings, "post", (struct id){{0}}, NULL, "more people than needed|超出需要人数");
}

bool post_around(struct work *work, const struct post *post, int people, struct slot *slot)
{
	const struct site *site = GIVEN(post, post, around) && post->around && GIVEN(post, post, site)
		? (const struct site *)row_load(work, &site_record, post->site)
		: NULL;
	int minutes = (int)settings_number(work, "shift_staff_minutes");
	struct slot *hours;
	size_t count;
	if (!site || !GIVEN(site, site, hours) || slots_read(work, "hours", site->hours, &hours, &count) != OK || !count)
		return false;
	slots_sort(hours, count);
	int from = hours[0].from, until = 0;
	for (size_t i = 0; i < count; i++)
		until = hours[i].until > until ? hours[i].until : until;
	/* where staff come and go all around the clock, nobody is the first or the last */
	if (until - from >= DAY_MINUTES)
		return false;
	*slot = (struct slot){.from = from > minutes ? from - minutes : 0, .until = until + minutes, .people = people};
	return true;
}
