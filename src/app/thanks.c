#include "app/thanks.h"

#include <stdlib.h>
#include <string.h>

#include "app/deadline.h"
#include "app/rights.h"
#include "app/shift.h"
#include "base/clock.h"
#include "record/store.h"

/* Days in a row of somebody at a post; of a shift also the hours. */
struct stretch {
	struct id person, org;
	int64_t from, until, hours;
};

struct rostered {
	struct id post;
	int64_t day; /* of its first shift */
};

struct thanking {
	struct work *work;
	const char *path;
	int64_t last;
	struct rostered *posts;
	size_t post_count;
	struct stretch *list;
	size_t count, space;
};

static struct query *ask(struct thanking *thanking, const char *text, const struct value *values, size_t count, const char *more)
{
	struct sql sql = sql_new(thanking->work->arena);
	sql_add(&sql, text, values, count);
	path_where(&sql, thanking->path);
	reach_where(&sql, thanking->work->who, RIGHT_post_read, NULL);
	sql_add(&sql, more, NOTHING);
	return sql_query(thanking->work->db, &sql);
}

static int compare_posts(const void *one, const void *other)
{
	return memcmp(&((const struct rostered *)one)->post, &((const struct rostered *)other)->post, sizeof(struct id));
}

static void read_posts(struct thanking *thanking)
{
	size_t space = 0;
	struct query *query = ask(thanking, "SELECT post, min(starts) FROM shifts WHERE voided_at IS NULL", NOTHING, " GROUP BY post");
	while (db_next(query))
		*ARENA_PUSH(thanking->work->arena, thanking->posts, thanking->post_count, space) =
			(struct rostered){db_id(query, 0), deadline_day(thanking->work, db_whole(query, 1))};
	if (thanking->post_count)
		qsort(thanking->posts, thanking->post_count, sizeof *thanking->posts, compare_posts);
}

static int64_t rostered_from(const struct thanking *thanking, struct id post)
{
	struct rostered key = {.post = post};
	const struct rostered *found =
		thanking->post_count ? bsearch(&key, thanking->posts, thanking->post_count, sizeof key, compare_posts) : NULL;
	return found ? found->day : DAY_FAR;
}

static void add(struct thanking *thanking, struct stretch stretch)
{
	if (stretch.until >= stretch.from)
		*ARENA_PUSH(thanking->work->arena, thanking->list, thanking->count, thanking->space) = stretch;
}

static void read_assignments(struct thanking *thanking)
{
	struct query *query =
		ask(thanking, "SELECT person, org, post, begins, ends FROM assignments WHERE voided_at IS NULL AND begins <= ?",
			BIND(V(thanking->last)), "");
	while (db_next(query)) {
		int64_t until = db_null(query, 4) || db_whole(query, 4) > thanking->last ? thanking->last : db_whole(query, 4);
		int64_t rostered = rostered_from(thanking, db_id(query, 2));
		add(thanking,
			(struct stretch){.person = db_id(query, 0),
				.org = db_null(query, 1) ? (struct id){{0}} : db_id(query, 1),
				.from = db_whole(query, 3),
				.until = until < rostered ? until : rostered - 1});
	}
}

/* Of a shift without a check-out the day counts, hours do not. Whose unit it is the assignment says. */
static void read_shifts(struct thanking *thanking)
{
	struct query *query =
		ask(thanking, "SELECT person, starts, came, gone FROM shifts WHERE voided_at IS NULL AND came IS NOT NULL AND starts < ?",
			BIND(V(day_stamp(thanking->last + 1, thanking->work->store->zone))), "");
	while (db_next(query)) {
		int64_t day = deadline_day(thanking->work, db_whole(query, 1));
		add(thanking,
			(struct stretch){.person = db_id(query, 0),
				.from = day,
				.until = day,
				.hours = db_null(query, 3) ? 0 : shift_hours(db_whole(query, 2), db_whole(query, 3))});
	}
}

static int compare_stretches(const void *one, const void *other)
{
	const struct stretch *a = one, *b = other;
	int order = memcmp(&a->person, &b->person, sizeof a->person);
	return order ? order : (a->from > b->from) - (a->from < b->from);
}

/* One line a person: days once, however many posts were held on them. */
static struct thanks_person *add_people(struct thanking *thanking, size_t *count)
{
	struct thanks_person *people = NULL;
	size_t space = 0;
	int64_t until = 0;
	*count = 0;
	if (thanking->count)
		qsort(thanking->list, thanking->count, sizeof *thanking->list, compare_stretches);
	for (size_t i = 0; i < thanking->count; i++) {
		const struct stretch *at = &thanking->list[i];
		struct thanks_person *person = *count ? &people[*count - 1] : NULL;
		if (!person || !id_same(person->id, at->person)) {
			person = ARENA_PUSH(thanking->work->arena, people, *count, space);
			*person = (struct thanks_person){.id = at->person};
			until = at->from - 1;
		}
		int64_t from = at->from > until ? at->from : until + 1;
		person->days += at->until >= from ? at->until - from + 1 : 0;
		person->hours += at->hours;
		person->org = id_none(at->org) ? person->org : at->org;
		until = at->until > until ? at->until : until;
	}
	return people;
}

static int compare_units(const void *one, const void *other)
{
	return memcmp(&((const struct thanks_person *)one)->org, &((const struct thanks_person *)other)->org, sizeof(struct id));
}

static int by_days(int64_t days, int64_t other_days, int64_t hours, int64_t other_hours)
{
	return days != other_days ? (days < other_days ? 1 : -1) : (hours < other_hours) - (hours > other_hours);
}

static int longer_first(const void *one, const void *other)
{
	const struct thanks_person *a = one, *b = other;
	int order = by_days(a->days, b->days, a->hours, b->hours);
	return order ? order : memcmp(&a->id, &b->id, sizeof a->id);
}

static int larger_first(const void *one, const void *other)
{
	const struct thanks_unit *a = one, *b = other;
	int order = by_days(a->days, b->days, a->hours, b->hours);
	return order ? order : memcmp(&a->org, &b->org, sizeof a->org);
}

static void add_units(struct thanking *thanking, struct thanks *thanks, struct thanks_person *people, size_t count)
{
	size_t space = 0;
	qsort(people, count, sizeof *people, compare_units);
	for (size_t i = 0; i < count; i++) {
		struct thanks_unit *unit = thanks->units_count ? &thanks->units[thanks->units_count - 1] : NULL;
		if (id_none(people[i].org))
			continue;
		if (!unit || !id_same(unit->org, people[i].org)) {
			unit = ARENA_PUSH(thanking->work->arena, thanks->units, thanks->units_count, space);
			*unit = (struct thanks_unit){.org = people[i].org};
		}
		unit->people++;
		unit->days += people[i].days;
		unit->hours += people[i].hours;
	}
	if (thanks->units_count)
		qsort(thanks->units, thanks->units_count, sizeof *thanks->units, larger_first);
	thanks->unit_count = (int64_t)thanks->units_count;
	thanks->units_count = thanks->units_count < THANKS_UNITS ? thanks->units_count : THANKS_UNITS;
}

static void read_honours(struct thanking *thanking, struct thanks *thanks, int64_t day)
{
	size_t space = 0;
	struct query *query = ask(thanking,
		"SELECT id, person, org, post, item, day FROM care_given WHERE voided_at IS NULL AND kind = 'honour' AND day <= ?",
		BIND(V(day)), arena_print(thanking->work->arena, " ORDER BY day DESC, id LIMIT %d", THANKS_HONOURS));
	while (db_next(query))
		*ARENA_PUSH(thanking->work->arena, thanks->honours, thanks->honour_count, space) =
			(struct thanks_honour){.id = db_id(query, 0),
				.person = db_null(query, 1) ? (struct id){{0}} : db_id(query, 1),
				.org = db_null(query, 2) ? (struct id){{0}} : db_id(query, 2),
				.post = db_null(query, 3) ? (struct id){{0}} : db_id(query, 3),
				.item = db_copy(query, 4, thanking->work->arena),
				.day = db_whole(query, 5)};
}

struct thanks thanks_read(struct work *work, const char *path, int64_t day)
{
	struct thanks thanks = {0};
	struct thanking thanking = {.work = work, .path = path, .last = day < work->today ? day : work->today - 1};
	size_t count;
	read_posts(&thanking);
	read_assignments(&thanking);
	read_shifts(&thanking);
	struct thanks_person *people = add_people(&thanking, &count);
	for (size_t i = 0; i < count; i++) {
		thanks.days += people[i].days;
		thanks.hours += people[i].hours;
	}
	thanks.people = (int64_t)count;
	if (count) {
		add_units(&thanking, &thanks, people, count);
		qsort(people, count, sizeof *people, longer_first);
	}
	thanks.longest = people;
	thanks.longest_count = count < THANKS_PEOPLE ? count : THANKS_PEOPLE;
	read_honours(&thanking, &thanks, day);
	return thanks;
}
