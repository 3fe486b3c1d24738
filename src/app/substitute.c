#include "app/substitute.h"

#include <string.h>

#include "app/dispatch.h"
#include "app/finding.h"
#include "app/link.h"
#include "app/need.h"
#include "app/need_people.h"
#include "app/person.h"
#include "app/post.h"
#include "app/rights.h"
#include "app/shift.h"
#include "app/site.h"
#include "app/user.h"
#include "base/clock.h"
#include "record/tally.h"

enum { SAME_UNIT = 50, NEAR = 60, STEP = 15, NEAR_STEPS = 2, LOAD = 40, POOL = 150, LOOKED_AT = 40, HOUR_MS = 3600000, WEEK_DAYS = 7 };

struct pool {
	struct substitute *list;
	const char **paths, **skills; /* of each */
	size_t count, space, path_space, skill_space, paths_count, skills_count;
};

static struct id unit_of(struct work *work, const struct leave *leave)
{
	const struct person *person = (const struct person *)row_load(work, &person_record, leave->person);
	return person && GIVEN(person, person, org) ? person->org : (struct id){{0}};
}

static bool in_pool(const struct pool *pool, struct id id)
{
	for (size_t i = 0; i < pool->count; i++)
		if (id_same(pool->list[i].id, id))
			return true;
	return false;
}

/* Rows of (id, org, path, skills) that are not there yet. */
static void add_found(struct work *work, struct pool *pool, struct sql *sql, bool user)
{
	struct query *query = sql_query(work->db, sql);
	while (db_next(query)) {
		if (in_pool(pool, db_id(query, 0)))
			continue;
		*ARENA_PUSH(work->arena, pool->list, pool->count, pool->space) =
			(struct substitute){.id = db_id(query, 0), .org = db_id(query, 1), .user = user};
		*ARENA_PUSH(work->arena, pool->paths, pool->paths_count, pool->path_space) = db_copy(query, 2, work->arena);
		*ARENA_PUSH(work->arena, pool->skills, pool->skills_count, pool->skill_space) = db_copy(query, 3, work->arena);
	}
}

/* The area one level up, where there is one. */
static const char *above(struct work *work, const char *path)
{
	size_t size = strlen(path);
	return size > PATH_STEP ? arena_text(work->arena, path, size - PATH_STEP) : path;
}

static void read_people(struct work *work, struct pool *pool, struct id unit, const char *path)
{
	static const char select[] =
		"SELECT id, org, path, coalesce(skills, '') || ' ' || coalesce(trade, '') || ' ' || coalesce(languages, '') || ' ' || "
		"coalesce(licence, '') FROM people WHERE voided_at IS NULL";
	const char *paths[] = {NULL, path, above(work, path)};
	for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
		struct sql sql = sql_new(work->arena);
		sql_add(&sql, select, NOTHING);
		if (!paths[i] && id_none(unit))
			continue;
		if (paths[i])
			path_where(&sql, paths[i]);
		else
			sql_add(&sql, " AND org = ?", BIND(V(unit)));
		reach_where(&sql, work->who, RIGHT_person_read, NULL);
		sql_add(&sql, " LIMIT ?", BIND(V(POOL)));
		add_found(work, pool, &sql, false);
	}
}

/* Accounts near: those of the unit, and liaisons of the place and the one above it. */
static void read_users(struct work *work, struct pool *pool, struct id unit, const char *path)
{
	const char *paths[] = {NULL, path, above(work, path)};
	for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
		struct sql sql = sql_new(work->arena);
		sql_add(&sql, "SELECT id, org, path, NULL FROM users WHERE voided_at IS NULL AND coalesce(closed, 0) = 0", NOTHING);
		if (!paths[i] && id_none(unit))
			continue;
		if (paths[i])
			path_where(&sql, paths[i]);
		else
			sql_add(&sql, " AND org = ?", BIND(V(unit)));
		sql_add(&sql, " AND id IN (SELECT user FROM grants WHERE role = 'liaison' AND voided_at IS NULL)", NOTHING);
		reach_where(&sql, work->who, RIGHT_user_read, NULL);
		sql_add(&sql, " LIMIT ?", BIND(V(POOL)));
		add_found(work, pool, &sql, true);
	}
}

/* --- the best of them */

static void keep(struct substitute best[SUBSTITUTES_MOST], size_t *count, const struct substitute *one)
{
	size_t at = *count;
	while (at > 0 && best[at - 1].points < one->points)
		at--;
	if (at == SUBSTITUTES_MOST)
		return;
	if (*count < SUBSTITUTES_MOST)
		++*count;
	memmove(best + at + 1, best + at, (*count - at - 1) * sizeof *best);
	best[at] = *one;
}

static void near_to(struct substitute *one, const char *path, const char *to)
{
	int steps = dispatch_distance(path, to), points = NEAR - steps * STEP;
	one->points += points > 0 ? points : 0;
	one->why |= steps <= NEAR_STEPS ? SUBSTITUTE_NEAR : 0;
}

static void of_unit(struct substitute *one, struct id unit)
{
	if (id_none(unit) || !id_same(one->org, unit))
		return;
	one->points += SAME_UNIT;
	one->why |= SUBSTITUTE_UNIT;
}

/* The one with the most points that was not looked at yet; -1 none. */
static int64_t next_best(const struct pool *pool, const bool *looked)
{
	int64_t best = -1;
	for (size_t i = 0; i < pool->count; i++)
		if (!looked[i] && (best < 0 || pool->list[i].points > pool->list[best].points))
			best = (int64_t)i;
	return best;
}

/* --- assignments: whoever serves nowhere then */

static bool serves(struct work *work, struct id person, int64_t from, int64_t last)
{
	return db_get(work->db, 0,
		"SELECT 1 FROM assignments WHERE person = ? AND voided_at IS NULL AND begins <= ? AND (ends IS NULL OR ends >= ?) LIMIT 1",
		BIND(V(person), V(last), V(from)));
}

static int64_t days_served(struct work *work, struct id person, int64_t day)
{
	return db_get(work->db, 0,
		"SELECT coalesce(sum((CASE WHEN ends IS NULL OR ends >= ? THEN ? ELSE ends + 1 END) - begins), 0) FROM assignments WHERE person = ? AND "
		"voided_at IS NULL AND begins < ?",
		BIND(V(day), V(day), V(person), V(day)));
}

static size_t for_assignment(struct work *work, const struct leave *leave, const struct cut *cut, int64_t from, struct substitute *best)
{
	const struct post *post = (const struct post *)row_load(work, &post_record, cut->at);
	struct id unit = unit_of(work, leave);
	struct pool pool = {0};
	size_t count = 0, looked_at = 0;
	read_people(work, &pool, unit, post->row.path);
	bool *looked = arena_alloc(work->arena, pool.count + 1);
	struct dispatch_post place = {.path = post->row.path,
		.kind = post->kind,
		.skills = skills_read(work->arena, post->skills),
		.must = skills_read(work->arena, post->skills_must)};
	for (size_t i = 0; i < pool.count; i++) {
		struct substitute *one = &pool.list[i];
		struct dispatch_person person = {.path = pool.paths[i], .skills = skills_fold(work->arena, pool.skills[i]), .served = 1};
		looked[i] = skills_held(place.must, person.skills) < place.must.count;
		int why = dispatch_why(&person, &place);
		one->why = (why & DISPATCH_SKILL ? SUBSTITUTE_SKILL : 0) | (why & DISPATCH_NEAR ? SUBSTITUTE_NEAR : 0);
		one->points = dispatch_fit(&person, &place);
		of_unit(one, unit);
	}
	/* what costs a question is asked of those who fit best */
	for (int64_t at; looked_at < LOOKED_AT && (at = next_best(&pool, looked)) >= 0;) {
		struct substitute one = pool.list[at];
		looked[at] = true;
		if (id_same(one.id, leave->person) || serves(work, one.id, from, cut->ends) || leave_holds(work, one.id, from, cut->ends))
			continue;
		looked_at++;
		one.limited = person_limited(work, one.id);
		one.load = days_served(work, one.id, from);
		one.points -= (int32_t)(one.load < LOAD ? one.load : LOAD) + one.limited;
		one.why |= one.load ? 0 : SUBSTITUTE_LOAD;
		keep(best, &count, &one);
	}
	return count;
}

/* --- shifts: whoever holds the post and keeps the rules of rest */

static int64_t hours_near(const struct rest_times *times, size_t count, const struct cut *cut)
{
	int64_t sum = 0, reach = WEEK_DAYS / 2 * DAY_MS;
	for (size_t i = 0; i < count; i++)
		if (times[i].starts > cut->begins - reach && times[i].starts < cut->begins + reach)
			sum += times[i].ends - times[i].starts;
	return (sum + HOUR_MS / 2) / HOUR_MS;
}

static size_t for_shift(struct work *work, const struct leave *leave, const struct cut *cut, struct substitute *best)
{
	struct rest_rules rules = shift_rules(work);
	struct id unit = unit_of(work, leave), none = {{0}};
	struct pool pool = {0};
	size_t count = 0;
	int64_t first = stamp_day(cut->begins, rules.zone), last = stamp_day(cut->ends - 1, rules.zone);
	struct sql sql = sql_new(work->arena);
	sql_add(&sql,
		"SELECT DISTINCT person, org, path, NULL FROM assignments WHERE post = ? AND voided_at IS NULL AND begins <= ? AND (ends IS NULL OR ends >= ?) LIMIT ?",
		BIND(V(cut->at), V(first), V(last), V(POOL)));
	add_found(work, &pool, &sql, false);
	for (size_t i = 0; i < pool.count; i++) {
		struct substitute *one = &pool.list[i];
		struct rest_times *times;
		size_t shifts = shift_times(work, one->id, cut->begins, cut->begins, none, none, &times);
		struct rest_finding finding = rest_check(&rules, (struct rest_times){cut->begins, cut->ends}, times, shifts);
		if (id_same(one->id, leave->person) || finding.breach != REST_KEPT || leave_holds(work, one->id, first, last))
			continue;
		one->limited = person_limited(work, one->id);
		one->load = hours_near(times, shifts, cut);
		one->why = SUBSTITUTE_REST | (one->load ? 0 : SUBSTITUTE_LOAD);
		of_unit(one, unit);
		one->points -= (int32_t)one->load + one->limited;
		keep(best, &count, one);
	}
	return count;
}

/* --- links and needs: accounts */

static bool is_holder(struct work *work, const struct leave *leave, struct id user)
{
	return db_get(work->db, 0, "SELECT 1 FROM users WHERE id = ? AND person = ?", BIND(V(user), V(leave->person)));
}

static bool answers_for(struct work *work, struct id user, struct id site, int64_t from, int64_t last)
{
	return db_get(work->db, 0,
		"SELECT 1 FROM links WHERE site = ? AND user = ? AND voided_at IS NULL AND begins <= ? AND (ends IS NULL OR ends >= ?) LIMIT 1",
		BIND(V(site), V(user), V(last), V(from)));
}

/* How much the account carries; -1 where it takes no more, or this one is not for it. */
static int64_t carries(struct work *work, const struct cut *cut, struct id user, int64_t from, const struct row *row)
{
	int64_t limit;
	if (cut->what == CUT_NEED)
		return user_reaches(work, user, RIGHT_need_write, row)
			? db_get(work->db, 0,
				  "SELECT count(*) FROM needs WHERE heard_by = ? AND state <> 'confirmed' AND voided_at IS NULL",
				  BIND(V(user)))
			: -1;
	if (cut->what == CUT_FINDING)
		return user_reaches(work, user, RIGHT_check_read, row)
			? db_get(work->db, 0,
				  "SELECT count(*) FROM findings WHERE follower = ? AND state <> 'closed' AND voided_at IS NULL",
				  BIND(V(user)))
			: -1;
	int64_t load = link_load(work, LINK_USER, user, from, &limit);
	return load >= link_limit(work, cut->level) || answers_for(work, user, cut->at, from, cut->ends) ? -1 : load;
}

static size_t for_account(struct work *work, const struct leave *leave, const struct cut *cut, int64_t from, struct substitute *best)
{
	const struct row *row = cut->what == CUT_NEED ? row_load(work, &need_record, cut->row)
		: cut->what == CUT_FINDING            ? row_load(work, &finding_record, cut->row)
						      : row_load(work, &site_record, cut->at);
	struct id unit = unit_of(work, leave);
	struct pool pool = {0};
	size_t count = 0, looked_at = 0;
	read_users(work, &pool, unit, row->path);
	bool *looked = arena_alloc(work->arena, pool.count + 1);
	for (size_t i = 0; i < pool.count; i++) {
		near_to(&pool.list[i], pool.paths[i], row->path);
		of_unit(&pool.list[i], unit);
	}
	for (int64_t at; looked_at < LOOKED_AT && (at = next_best(&pool, looked)) >= 0;) {
		struct substitute one = pool.list[at];
		looked[at] = true;
		if (is_holder(work, leave, one.id) || leave_holds_user(work, one.id, from, cut->ends))
			continue;
		looked_at++;
		one.load = carries(work, cut, one.id, from, row);
		if (one.load < 0)
			continue;
		one.points -= (int32_t)(one.load < LOAD ? one.load : LOAD);
		one.why |= one.load ? 0 : SUBSTITUTE_LOAD;
		keep(best, &count, &one);
	}
	return count;
}

size_t substitutes_find(
	struct work *work, const struct leave *leave, const struct cut *cut, int64_t from, struct substitute best[SUBSTITUTES_MOST])
{
	switch (cut->what) {
	case CUT_ASSIGNMENT: return for_assignment(work, leave, cut, from, best);
	case CUT_SHIFT: return for_shift(work, leave, cut, best);
	case CUT_LINK:
	case CUT_NEED:
	case CUT_FINDING: return for_account(work, leave, cut, from, best);
	default: return 0;
	}
}
