#include "app/roster_week.h"

#include "app/post.h"
#include "app/rights.h"
#include "app/shift.h"
#include "base/clock.h"
#include "record/rows.h"

enum { MINUTE_MS = 60000, HOUR_MS = 3600000 };

static enum status add_post(struct work *work, struct roster_week *week, size_t *space, const struct row *row)
{
	const struct post *post = (const struct post *)row;
	struct week_post *into = ARENA_PUSH(work->arena, week->posts, week->post_count, *space);
	*into = (struct week_post){.id = row->id,
		.title = post->title,
		.begins = post->begins,
		.last = GIVEN(post, post, ends) ? post->ends : DAY_FAR,
		.may = who_reaches(work->who, RIGHT_post_write, row->path, row_site(row))};
	if (slots_read(work, "slots", post->slots, &into->slots, &into->slot_count) != OK)
		return work->status;
	slots_sort(into->slots, into->slot_count);
	return OK;
}

static enum status read_posts(struct work *work, struct id id, const char *path, struct roster_week *week)
{
	size_t space = 0;
	struct row *row;
	if (!id_none(id))
		return row_get_reached(work, &post_record, id, RIGHT_person_read, &row) == OK && !row->voided_at
			? add_post(work, week, &space, row)
			: fail(work, NOT_FOUND, NULL, NULL);
	struct sql sql = sql_new(work->arena);
	int zone = week->rules.zone;
	sql_add(&sql, arena_print(work->arena, "SELECT %s FROM posts", row_columns(work->arena, &post_record)), NOTHING);
	sql_add(&sql,
		" WHERE voided_at IS NULL AND begins <= ? AND (ends IS NULL OR ends >= ?) AND (slots IS NOT NULL OR id IN (SELECT post FROM shifts WHERE "
		"voided_at IS NULL AND starts >= ? AND starts < ?))",
		BIND(V(week->day + week->days - 1), V(week->day), V(day_stamp(week->day, zone)),
			V(day_stamp(week->day + week->days, zone))));
	path_where(&sql, path);
	reach_where(&sql, work->who, RIGHT_person_read, "site");
	sql_add(&sql, " ORDER BY begins, id LIMIT ?", BIND(V(WEEK_POSTS_MOST + 1)));
	struct query *query = sql_query(work->db, &sql);
	while (db_next(query)) {
		week->more = week->post_count == WEEK_POSTS_MOST;
		if (!week->more && add_post(work, week, &space, row_read(work, &post_record, query)) != OK)
			return work->status;
	}
	return OK;
}

static struct week_person *find_person(struct roster_week *week, size_t post, struct id id)
{
	for (size_t i = 0; i < week->person_count; i++)
		if (week->people[i].post == post && id_same(week->people[i].id, id))
			return &week->people[i];
	return NULL;
}

static void read_holders(struct work *work, struct roster_week *week, size_t post, size_t *space)
{
	struct query *query = db_query(work->db,
		"SELECT person, begins, ends, lead FROM assignments WHERE post = ? AND voided_at IS NULL AND begins <= ? AND (ends IS NULL OR ends >= ?) "
		"ORDER BY begins, person",
		BIND(V(week->posts[post].id), V(week->day + week->days - 1), V(week->day)));
	while (db_next(query)) {
		int64_t last = db_null(query, 2) ? DAY_FAR : db_whole(query, 2);
		struct week_person *known = find_person(week, post, db_id(query, 0));
		if (known)
			known->last = last > known->last ? last : known->last;
		else
			*ARENA_PUSH(work->arena, week->people, week->person_count, *space) = (struct week_person){.id = db_id(query, 0),
				.post = post,
				.begins = db_whole(query, 1),
				.last = last,
				.lead = db_whole(query, 3)};
	}
}

static int slot_of(const struct roster_week *week, const struct week_shift *shift)
{
	const struct week_post *post = &week->posts[shift->post];
	int64_t midnight = day_stamp(shift->day, week->rules.zone);
	for (size_t i = 0; i < post->slot_count; i++)
		if (shift->times.starts == midnight + post->slots[i].from * (int64_t)MINUTE_MS &&
			shift->times.ends == midnight + post->slots[i].until * (int64_t)MINUTE_MS)
			return (int)i;
	return -1;
}

static void read_shifts(struct work *work, struct roster_week *week, size_t post, size_t *space, size_t *person_space)
{
	int zone = week->rules.zone;
	struct query *query = db_query(work->db,
		"SELECT id, person, version, starts, ends, state, over, over_by FROM shifts WHERE post = ? AND voided_at IS NULL AND starts >= ? AND starts < ? "
		"ORDER BY starts, id",
		BIND(V(week->posts[post].id), V(day_stamp(week->day, zone)), V(day_stamp(week->day + week->days, zone))));
	while (db_next(query)) {
		struct week_shift *shift = ARENA_PUSH(work->arena, week->shifts, week->shift_count, *space);
		*shift = (struct week_shift){.id = db_id(query, 0),
			.person = db_id(query, 1),
			.post = post,
			.version = db_whole(query, 2),
			.times = {db_whole(query, 3), db_whole(query, 4)},
			.state = db_copy(query, 5, work->arena),
			.over = db_copy(query, 6, work->arena),
			.over_by = db_copy(query, 7, work->arena)};
		shift->day = stamp_day(shift->times.starts, zone);
		shift->slot = slot_of(week, shift);
		if (!find_person(week, post, shift->person))
			*ARENA_PUSH(work->arena, week->people, week->person_count, *person_space) =
				(struct week_person){.id = shift->person, .post = post, .last = -1};
	}
}

/* What they serve on these days at whichever post. */
static void read_load(struct work *work, const struct roster_week *week, struct week_person *person)
{
	int64_t from = day_stamp(week->day, week->rules.zone), until = day_stamp(week->day + week->days, week->rules.zone), load = 0;
	struct rest_times *times;
	size_t count = shift_times(work, person->id, from, until, (struct id){{0}}, (struct id){{0}}, &times);
	for (size_t i = 0; i < count; i++) {
		if (times[i].starts < from || times[i].starts >= until)
			continue;
		int64_t run = rest_in_row(&week->rules, rest_day(&week->rules, times[i]), times, count);
		person->in_row = run > person->in_row ? run : person->in_row;
		load += times[i].ends - times[i].starts;
	}
	person->hours = (load + HOUR_MS / 2) / HOUR_MS;
}

enum status roster_week_read(struct work *work, struct id post, const char *path, struct roster_week *week)
{
	size_t shift_space = 0, person_space = 0;
	week->rules = shift_rules(work);
	if (read_posts(work, post, path, week) != OK)
		return work->status;
	for (size_t i = 0; i < week->post_count; i++) {
		read_holders(work, week, i, &person_space);
		read_shifts(work, week, i, &shift_space, &person_space);
	}
	for (size_t i = 0; i < week->person_count; i++)
		read_load(work, week, &week->people[i]);
	return OK;
}

int64_t roster_week_lacks(const struct roster_week *week, size_t post, int64_t day, size_t slot)
{
	const struct week_post *at = &week->posts[post];
	int64_t lacks = day < at->begins || day > at->last ? 0 : at->slots[slot].people;
	for (size_t i = 0; i < week->shift_count; i++) {
		const struct week_shift *shift = &week->shifts[i];
		lacks -= shift->post == post && shift->day == day && shift->slot == (int)slot && !text_same(shift->state, "missed");
	}
	return lacks > 0 ? lacks : 0;
}
