#include "app/dispatch_inner.h"

#include <stdlib.h>
#include <string.h>

#include "app/rights.h"
#include "app/settings.h"
#include "app/site.h"
#include "base/clock.h"
#include "record/reach.h"
#include "record/rows.h"
#include "record/store.h"
#include "record/tally.h"

/* What makes a fit. Points, so that a planner can follow them; only their proportion counts. */
enum { KIND = 60, SKILL = 40, MOST_SKILLS = 3, MUST = 100, NEAR = 60, STEP = 15, MOST_SERVED = 40, TIRED = 40, LIMITED = 1 };

/* --- who and where */

static void read_posts(struct work *work, struct dispatch *dispatch)
{
	size_t space = 0;
	struct sql sql = sql_new(work->arena);
	sql_add(&sql,
		"SELECT id, path, title, kind, skills, needed - (SELECT count(*) FROM assignments a WHERE a.post = posts.id AND a.home = posts.home "
		"AND a.voided_at IS NULL AND a.begins <= ? AND (a.ends IS NULL OR a.ends >= ?)), (SELECT count(*) FROM assignments l WHERE l.post = "
		"posts.id AND l.home = posts.home AND l.voided_at IS NULL AND l.lead = 1 AND l.begins <= ? AND (l.ends IS NULL OR l.ends >= ?)), site, near, slots, skills_must, ends FROM "
		"posts WHERE voided_at IS NULL AND begins <= ? AND (ends IS NULL OR ends >= ?)",
		BIND(V(dispatch->day), V(dispatch->day), V(dispatch->day), V(dispatch->day), V(dispatch->day), V(dispatch->day)));
	path_where(&sql, dispatch->path);
	reach_where(&sql, work->who, RIGHT_post_write, "site");
	sql_add(&sql, " ORDER BY begins, id", NOTHING);
	struct query *query = sql_query(work->db, &sql);
	while (db_next(query)) {
		struct slot *slots = NULL;
		size_t slot_count = 0;
		if (db_whole(query, 5) <= 0)
			continue;
		const char *skills = db_text(query, 4), *must = db_text(query, 10), *hours = db_copy(query, 9, work->arena);
		if (slots_read(work, "slots", hours, &slots, &slot_count) != OK)
			work_forgive(work);
		*ARENA_PUSH(work->arena, dispatch->posts, dispatch->post_count, space) = (struct dispatch_post){.id = db_id(query, 0),
			.path = db_copy(query, 1, work->arena),
			.title = db_copy(query, 2, work->arena),
			.kind = db_copy(query, 3, work->arena),
			.asks = arena_print(work->arena, "%s;%s", skills ? skills : "", must ? must : ""),
			.skills = skills_read(work->arena, skills),
			.must = skills_read(work->arena, must),
			.lacks = db_whole(query, 5),
			.led = db_whole(query, 6) > 0,
			.near = db_copy(query, 8, work->arena),
			.hours = hours,
			.slots = slots,
			.slot_count = slot_count,
			.last = db_null(query, 11) ? DAY_FAR : db_whole(query, 11),
			.own = db_null(query, 7) ? (struct id){{0}} : db_id(query, 7)};
	}
}

/* The body of the same name as the firm, in place of the firm. */
static void find_own(struct work *work, struct dispatch *dispatch)
{
	for (size_t i = 0; i < dispatch->post_count; i++) {
		struct dispatch_post *post = &dispatch->posts[i];
		const struct site *site = id_none(post->own) ? NULL : (const struct site *)row_load(work, &site_record, post->own);
		post->own = (struct id){{0}};
		struct query *query = site
			? db_query(work->db, "SELECT id FROM orgs WHERE name = ? AND voided_at IS NULL LIMIT 1", BIND(V(site->name)))
			: NULL;
		if (query && db_next(query)) {
			post->own = db_id(query, 0);
			db_done(query);
		}
	}
}

/* Those who signed up, were not declined and serve nowhere on the day, each once. */
static void read_people(struct work *work, struct dispatch *dispatch)
{
	size_t space = 0;
	struct sql sql = sql_new(work->arena);
	sql_add(&sql,
		"SELECT person, org, (SELECT p.path FROM people p WHERE p.id = pledges.person AND p.home = pledges.home), (SELECT coalesce(p.skills, '') || ' ' || "
		"coalesce(p.trade, '') || ' ' || coalesce(p.languages, '') || ' ' || coalesce(p.licence, '') FROM people p WHERE p.id = pledges.person AND p.home = "
		"pledges.home), wish, near, rank, (SELECT p.available FROM people p WHERE p.id = pledges.person AND p.home = pledges.home), (SELECT count(p.limits) FROM "
		"people p WHERE p.id = pledges.person AND p.home = pledges.home) FROM pledges WHERE voided_at IS NULL AND state IN ('signed', 'approved') AND person NOT IN (SELECT person FROM assignments "
		"WHERE voided_at IS NULL AND begins <= ? AND (ends IS NULL OR ends >= ?))",
		BIND(V(dispatch->day), V(dispatch->day)));
	reach_where(&sql, work->who, RIGHT_person_read, NULL);
	sql_add(&sql, " ORDER BY person, id", NOTHING);
	struct query *query = sql_query(work->db, &sql);
	while (db_next(query)) {
		struct id id = db_id(query, 0);
		if (dispatch->person_count && id_same(dispatch->people[dispatch->person_count - 1].id, id))
			continue;
		const char *rank = db_text(query, 6);
		*ARENA_PUSH(work->arena, dispatch->people, dispatch->person_count, space) = (struct dispatch_person){.id = id,
			.org = db_null(query, 1) ? (struct id){{0}} : db_id(query, 1),
			.path = db_copy(query, 2, work->arena),
			.skills = skills_fold(work->arena, db_text(query, 3)),
			.limited = db_whole(query, 8) != 0,
			.away_from = INT64_MAX,
			.taken_from = INT64_MAX,
			.wish = db_copy(query, 4, work->arena),
			.near = db_copy(query, 5, work->arena),
			.leader = rank && (text_same(rank, "deputy") || text_same(rank, "division")),
			.post = -1,
			.unit = -1,
			.best_post = -1,
			.best = -FIT_RANGE};
		struct dispatch_person *person = &dispatch->people[dispatch->person_count - 1];
		struct available *parts;
		if (available_read(work, "available", db_text(query, 7), &parts, &person->available_count) == OK)
			person->available = parts;
	}
}

static int by_id(const void *id, const void *person)
{
	return memcmp(id, &((const struct dispatch_person *)person)->id, sizeof(struct id));
}

static struct dispatch_person *find_person(struct dispatch *dispatch, struct id id)
{
	return dispatch->person_count ? bsearch(&id, dispatch->people, dispatch->person_count, sizeof *dispatch->people, by_id) : NULL;
}

static struct dispatch_post *find_post(struct dispatch *dispatch, struct id id)
{
	for (size_t i = 0; i < dispatch->post_count; i++)
		if (id_same(dispatch->posts[i].id, id))
			return &dispatch->posts[i];
	return NULL;
}

/* Days on which each has served before: who has served long goes later. */
static void read_served(struct work *work, struct dispatch *dispatch)
{
	struct sql sql = sql_new(work->arena);
	int64_t rest = settings_number(work, "dispatch_rest_days");
	sql_add(&sql, "SELECT person, begins, ends FROM assignments WHERE voided_at IS NULL AND begins < ?", BIND(V(dispatch->day)));
	reach_where(&sql, work->who, RIGHT_person_read, NULL);
	sql_add(&sql, " ORDER BY person", NOTHING);
	struct query *query = sql_query(work->db, &sql);
	/* both lists stand in the order of people */
	for (size_t at = 0; db_next(query);) {
		struct id id = db_id(query, 0);
		while (at < dispatch->person_count && memcmp(&dispatch->people[at].id, &id, sizeof id) < 0)
			at++;
		if (at == dispatch->person_count || !id_same(dispatch->people[at].id, id))
			continue;
		int64_t ends = db_null(query, 2) || db_whole(query, 2) >= dispatch->day ? dispatch->day - 1 : db_whole(query, 2);
		dispatch->people[at].tired = dispatch->people[at].tired || ends >= dispatch->day - rest;
		dispatch->people[at].served += ends - db_whole(query, 1) + 1;
	}
}

/* From when on each is on leave, or holds a post: whoever is free on the first day may be wanted elsewhere soon after. */
static void read_other_days(struct work *work, struct dispatch *dispatch)
{
	struct query *query = db_query(work->db,
		"SELECT person, begins FROM leaves WHERE voided_at IS NULL AND state = 'granted' AND (ends IS NULL OR ends >= ?)",
		BIND(V(dispatch->day)));
	while (db_next(query)) {
		struct dispatch_person *person = find_person(dispatch, db_id(query, 0));
		if (person && db_whole(query, 1) < person->away_from)
			person->away_from = db_whole(query, 1);
	}
	query = db_query(work->db, "SELECT person, begins FROM assignments WHERE voided_at IS NULL AND begins > ?", BIND(V(dispatch->day)));
	while (db_next(query)) {
		struct dispatch_person *person = find_person(dispatch, db_id(query, 0));
		if (person && db_whole(query, 1) < person->taken_from)
			person->taken_from = db_whole(query, 1);
	}
}

/* --- how well they go together */

/* Steps in the tree of areas from one to the other. */
int dispatch_distance(const char *one, const char *other)
{
	size_t same = 0, sizes[] = {strlen(one), strlen(other)};
	while (one[same] && one[same] == other[same])
		same++;
	same -= same % PATH_STEP;
	return (int)((sizes[0] + sizes[1] - 2 * same) / PATH_STEP);
}

static int skill_points(const struct dispatch_person *person, const struct dispatch_post *post)
{
	size_t held = skills_held(post->skills, person->skills);
	return SKILL * (int)(held < MOST_SKILLS ? held : MOST_SKILLS) + (post->must.count ? MUST : 0);
}

static int32_t near_points(const struct dispatch_person *person, const struct dispatch_post *post)
{
	int points = NEAR - dispatch_distance(person->path, post->path) * STEP;
	points = points < -NEAR ? -NEAR : points;
	/* what the post asks for counts beside what the person wishes */
	int wanted = text_same(post->near, "near") ? points : text_same(post->near, "away") ? -points : 0;
	if (text_same(person->near, "near"))
		return wanted + points;
	return wanted + (text_same(person->near, "away") ? -points : points / 3);
}

static int32_t fit_of(const struct dispatch_person *person, const struct dispatch_post *post, int skills)
{
	int64_t served = person->served < MOST_SERVED ? person->served : MOST_SERVED;
	return (text_same(person->wish, post->kind) ? KIND : 0) + skills + near_points(person, post) - (int32_t)served -
		(person->tired ? TIRED : 0) - (person->limited ? LIMITED : 0);
}

int32_t dispatch_fit(const struct dispatch_person *person, const struct dispatch_post *post)
{
	return fit_of(person, post, skill_points(person, post));
}

int dispatch_why(const struct dispatch_person *person, const struct dispatch_post *post)
{
	bool near = dispatch_distance(person->path, post->path) <= 2, away = text_same(person->near, "away");
	return (text_same(person->wish, post->kind) ? DISPATCH_RIGHT_KIND : 0) |
		(post->must.count || skills_held(post->skills, person->skills) ? DISPATCH_SKILL : 0) | (near && !away ? DISPATCH_NEAR : 0) |
		(!near && away ? DISPATCH_AWAY : 0) | (person->leads ? DISPATCH_LEAD : 0) | (!person->served ? DISPATCH_LOAD : 0);
}

/* --- the plan */

static bool ruled_out(const struct dispatch *dispatch, const struct dispatch_person *person, const struct dispatch_post *post)
{
	for (size_t i = 0; i < dispatch->bar_count; i++)
		if (id_same(dispatch->bars[i].person, person->id) && id_same(dispatch->bars[i].post, post->id))
			return true;
	return false;
}

static bool has_skills(const struct dispatch_person *person, const struct dispatch_post *post)
{
	return skills_held(post->must, person->skills) == post->must.count;
}

/* Whether somebody can serve in one of a post's shifts on some day of the week. */
static bool can_serve(const struct dispatch_person *person, const struct dispatch_post *post)
{
	for (size_t i = 0; person->available_count && i < post->slot_count; i++)
		if (available_some_day(person->available, person->available_count, post->slots[i].from, post->slots[i].until))
			return true;
	return !person->available_count || !post->slot_count;
}

/* What words and hours say is the same for many posts, and known to the caller. */
static enum dispatch_rule stops(
	const struct dispatch *dispatch, const struct dispatch_person *person, const struct dispatch_post *post, bool skilled, bool serves)
{
	if (!id_none(post->own) && id_same(post->own, person->org))
		return DISPATCH_OWN_FIRM;
	if (!skilled)
		return DISPATCH_UNSKILLED;
	if (!serves)
		return DISPATCH_HOURS;
	if (person->away_from <= post->last)
		return DISPATCH_LEAVE;
	if (person->taken_from <= post->last)
		return DISPATCH_TAKEN;
	return ruled_out(dispatch, person, post) ? DISPATCH_RULED_OUT : DISPATCH_GOES;
}

enum dispatch_rule dispatch_stops(const struct dispatch *dispatch, const struct dispatch_person *person, const struct dispatch_post *post)
{
	return stops(dispatch, person, post, has_skills(person, post), can_serve(person, post));
}

const char *dispatch_rule_says(enum dispatch_rule rule)
{
	static const char *const texts[DISPATCH_RULES] = {[DISPATCH_OWN_FIRM] = "belongs to the firm itself|属于该企业本身",
		[DISPATCH_RULED_OUT] = "was ruled out by hand|已被手动排除",
		[DISPATCH_UNSKILLED] = "lacks a skill that the post requires|不具备岗位必备特长",
		[DISPATCH_HOURS] = "cannot serve at its hours|该岗位班次时段不可服务",
		[DISPATCH_LEAVE] = "is on leave on some of its days|在岗期间有请假",
		[DISPATCH_TAKEN] = "holds another post on some of its days|在岗期间另有派驻"};
	return texts[rule];
}

bool dispatch_out(const struct dispatch *dispatch, const struct dispatch_person *person)
{
	return person->away_from <= dispatch->day;
}

static enum status lock(struct work *work, struct dispatch *dispatch, int32_t *seats)
{
	for (size_t i = 0; i < dispatch->lock_count; i++) {
		struct dispatch_person *person = find_person(dispatch, dispatch->locks[i].person);
		struct dispatch_post *post = find_post(dispatch, dispatch->locks[i].post);
		if (!person || person->locked)
			return fail(work, BAD_FIELD, "locks", "names somebody who is not free on that day|所列人员当日不可派");
		if (!post || !seats[post - dispatch->posts])
			return fail(work, BAD_FIELD, "locks", "names a post that lacks nobody|所列岗位当日不缺人");
		const char *why = dispatch_rule_says(dispatch_stops(dispatch, person, post));
		if (why)
			return fail(work, BAD_FIELD, "locks", "names somebody who %s|所列人员%s", work_text(work, why));
		person->locked = true;
		person->post = (int32_t)(post - dispatch->posts);
		person->fit = dispatch_fit(person, post);
		person->leads = person->leader && !post->led;
		post->led = post->led || person->leads;
		seats[person->post]--;
	}
	return OK;
}

/* The first post that wants the same skills, in words. */
static size_t same_skills(const struct dispatch *dispatch, size_t at)
{
	size_t first = 0;
	while (!text_same(dispatch->posts[first].asks, dispatch->posts[at].asks))
		first++;
	return first;
}

/* The first post with the same shifts of a day, in words. */
static size_t same_slots(const struct dispatch *dispatch, size_t at)
{
	size_t first = 0;
	while (!text_same(dispatch->posts[first].hours, dispatch->posts[at].hours))
		first++;
	return first;
}

static enum status make_table(struct work *work, struct dispatch *dispatch, struct dispatch_table *table)
{
	size_t posts = dispatch->post_count, *same = arena_alloc(work->arena, (posts + 1) * sizeof *same);
	size_t *alike = arena_alloc(work->arena, (posts + 1) * sizeof *alike);
	int *skills = arena_alloc(work->arena, (posts + 1) * sizeof *skills);
	bool *skilled = arena_alloc(work->arena, (posts + 1) * sizeof *skilled),
	     *serves = arena_alloc(work->arena, (posts + 1) * sizeof *serves);
	if (dispatch->person_count * posts > DISPATCH_MOST)
		return fail(work, TOO_LARGE, "area",
			"Too many people and posts for one plan: choose an area below|人员和岗位过多，请选择下级区划分别安排");
	int16_t *fits = arena_alloc(work->arena, (dispatch->person_count * posts + 1) * sizeof *fits);
	for (size_t j = 0; j < posts; j++) {
		same[j] = same_skills(dispatch, j);
		alike[j] = same_slots(dispatch, j);
	}
	for (size_t i = 0; i < dispatch->person_count; i++) {
		struct dispatch_person *person = &dispatch->people[i];
		for (size_t j = 0; j < posts; j++) {
			const struct dispatch_post *post = &dispatch->posts[j];
			/* words are compared once for all posts that want the same */
			skills[j] = same[j] < j ? skills[same[j]] : skill_points(person, post);
			skilled[j] = same[j] < j ? skilled[same[j]] : has_skills(person, post);
			serves[j] = alike[j] < j ? serves[alike[j]] : can_serve(person, post);
			bool goes = stops(dispatch, person, post, skilled[j], serves[j]) == DISPATCH_GOES;
			int32_t fit = goes ? fit_of(person, post, skills[j]) : DISPATCH_BARRED;
			fits[i * posts + j] = (int16_t)fit;
			if (fit > person->best && fit != DISPATCH_BARRED) {
				person->best = fit;
				person->best_post = (int32_t)j;
			}
		}
	}
	table->fits = fits;
	return OK;
}

/* Each unit gives its even share of those who are wanted, and some more: so many in a hundred of it. */
static void make_shares(struct work *work, struct dispatch *dispatch, const int32_t *seats)
{
	int64_t percent = settings_number(work, "dispatch_unit_share"), open = 0, people = 0;
	struct id *units = arena_alloc(work->arena, (dispatch->person_count + 1) * sizeof *units);
	int64_t *members = arena_alloc(work->arena, (dispatch->person_count + 1) * sizeof *members);
	for (size_t i = 0; i < dispatch->post_count; i++)
		open += seats[i];
	for (size_t i = 0; i < dispatch->person_count && percent > 0; i++) {
		struct dispatch_person *person = &dispatch->people[i];
		if (person->locked || id_none(person->org) || dispatch_out(dispatch, person))
			continue;
		size_t at = 0;
		while (at < dispatch->unit_count && !id_same(units[at], person->org))
			at++;
		if (at == dispatch->unit_count) {
			units[at] = person->org;
			members[dispatch->unit_count++] = 0;
		}
		person->unit = (int32_t)at;
		members[at]++;
		people++;
	}
	dispatch->shares = arena_alloc(work->arena, (dispatch->unit_count + 1) * sizeof *dispatch->shares);
	for (size_t i = 0; i < dispatch->unit_count; i++) {
		int64_t share = (members[i] * open * percent + people * 100 - 1) / (people * 100);
		dispatch->shares[i] = (int32_t)(share < members[i] ? share : members[i]);
	}
}

struct dispatch_lack dispatch_lacking(const struct dispatch *dispatch, size_t post)
{
	struct dispatch_lack lack = {0};
	for (size_t i = 0; i < dispatch->person_count; i++) {
		const struct dispatch_person *person = &dispatch->people[i];
		if (person->post >= 0)
			continue;
		enum dispatch_rule rule = dispatch_stops(dispatch, person, &dispatch->posts[post]);
		if (rule != DISPATCH_GOES)
			lack.by[rule]++;
		else if (person->unit >= 0 && !dispatch->shares[person->unit])
			lack.shares++;
		else
			lack.area++;
	}
	return lack;
}

void dispatch_read(struct work *work, struct dispatch *dispatch)
{
	read_posts(work, dispatch);
	read_people(work, dispatch);
	read_served(work, dispatch);
	read_other_days(work, dispatch);
	find_own(work, dispatch);
}

enum status dispatch_plan(struct work *work, struct dispatch *dispatch)
{
	struct dispatch_table table = {0};
	store_read(work);
	dispatch_read(work, dispatch);
	store_release(work);
	table.seats = arena_alloc(work->arena, (dispatch->post_count + 1) * sizeof *table.seats);
	for (size_t i = 0; i < dispatch->post_count; i++)
		table.seats[i] = (int32_t)dispatch->posts[i].lacks;
	if (make_table(work, dispatch, &table) != OK || lock(work, dispatch, table.seats) != OK)
		return work->status;
	store_read(work);
	make_shares(work, dispatch, table.seats);
	store_release(work);
	return dispatch_seat(work, dispatch, &table);
}
