#include "app/own_shifts.h"

#include "app/area.h"
#include "app/deadline.h"
#include "app/leave.h"
#include "app/post.h"
#include "app/site.h"
#include "base/clock.h"
#include "record/rows.h"
#include "record/shape.h"

enum { WEEK = 7, MONDAY = 3 /* 1970-01-01 was a Thursday */ };
#define NOTES_MS (INT64_C(36) * 3600000)

struct id own_person(struct work *work)
{
	struct id person = {{0}};
	struct query *query = db_query(
		work->db, "SELECT person FROM users WHERE id = ? AND voided_at IS NULL AND person IS NOT NULL", BIND(V(work->who->id)));
	if (db_next(query)) {
		person = db_id(query, 0);
		db_done(query);
	}
	return person;
}

static size_t read_some(struct work *work, const char *where, const struct value *values, size_t value_count, struct own_shift **shifts)
{
	size_t count = 0, space = 0;
	struct query *query = db_query(work->db,
		arena_print(work->arena, "SELECT %s FROM shifts WHERE person = ? AND voided_at IS NULL AND %s",
			row_columns(work->arena, &shift_record), where),
		values, value_count);
	*shifts = NULL;
	while (db_next(query))
		*ARENA_PUSH(work->arena, *shifts, count, space) =
			(struct own_shift){.shift = (const struct shift *)row_read(work, &shift_record, query)};
	return count;
}

const char *own_place(struct work *work, const struct post *post)
{
	return GIVEN(post, post, site) ? shape_title(work, &site_record, post->site) : shape_title(work, &area_record, post->area);
}

static void name_post(struct work *work, struct own_shift *own)
{
	const struct post *post = (const struct post *)row_load(work, &post_record, own->shift->post);
	if (!post)
		return;
	own->post = post->title;
	own->place = own_place(work, post);
}

/* Those who were relieved at the post not long ago, by whoever. */
static void read_notes(struct work *work, struct id person, struct own_shift *own)
{
	size_t space = 0;
	struct query *query = db_query(work->db,
		"SELECT person, gone, handover FROM shifts WHERE post = ? AND state = 'done' AND voided_at IS NULL AND handover IS NOT NULL AND gone > ? AND "
		"person <> ? ORDER BY gone DESC, id LIMIT ?",
		BIND(V(own->shift->post), V(work->now - NOTES_MS), V(person), V(OWN_NOTES_MOST)));
	while (db_next(query))
		*ARENA_PUSH(work->arena, own->notes, own->note_count, space) =
			(struct own_note){db_id(query, 0), db_whole(query, 1), db_copy(query, 2, work->arena)};
}

static bool is_first_there(const struct own_shifts *own, size_t at)
{
	for (size_t i = 0; i < at; i++)
		if (id_same(own->next[i].shift->post, own->next[at].shift->post))
			return false;
	return true;
}

static void read_next(struct work *work, struct own_shifts *own)
{
	own->next_count = read_some(work, "(state = 'here' OR (state IN ('planned', 'missed') AND ends > ?)) ORDER BY starts, id LIMIT ?",
		BIND(V(own->person), V(work->now), V(OWN_NEXT_MOST + 1)), &own->next);
	own->more = own->next_count > OWN_NEXT_MOST;
	own->next_count = own->more ? OWN_NEXT_MOST : own->next_count;
	for (size_t i = 0; i < own->next_count; i++) {
		name_post(work, &own->next[i]);
		if (is_first_there(own, i) && own->next[i].shift->starts < work->now + DAY_MS)
			read_notes(work, own->person, &own->next[i]);
	}
}

static void read_week(struct work *work, struct own_shifts *own)
{
	int64_t served = 0, from = day_stamp(own->monday, own->rules.zone), until = day_stamp(own->monday + WEEK, own->rules.zone);
	own->week_count =
		read_some(work, "starts >= ? AND starts < ? ORDER BY starts, id", BIND(V(own->person), V(from), V(until)), &own->week);
	for (size_t i = 0; i < own->week_count; i++) {
		const struct shift *shift = own->week[i].shift;
		name_post(work, &own->week[i]);
		if (GIVEN(shift, shift, came) && GIVEN(shift, shift, gone))
			served += shift_hours(shift->came, shift->gone);
	}
	own->hours = served;
}

bool own_holds(struct work *work, struct id post, struct id person, int64_t day)
{
	return db_get(work->db, 0,
		"SELECT 1 FROM assignments WHERE post = ? AND person = ? AND voided_at IS NULL AND begins <= ? AND (ends IS NULL OR ends >= ?) LIMIT 1",
		BIND(V(post), V(person), V(day), V(day)));
}

/* Those offered to nobody by name are for whoever holds the post. */
static void read_swaps(struct work *work, struct own_shifts *own)
{
	const struct swap **found = NULL;
	size_t count = 0, space = 0, kept = 0;
	struct query *query = db_query(work->db,
		arena_print(work->arena,
			"SELECT %s FROM swaps WHERE state IN ('asked', 'taken') AND until > ? AND voided_at IS NULL AND (person = ? OR whom = ? OR taker = ? OR "
			"(whom IS NULL AND state = 'asked' AND shift IN (SELECT id FROM shifts WHERE post IN (SELECT post FROM assignments WHERE person = ? AND "
			"voided_at IS NULL)))) ORDER BY until, id LIMIT %d",
			row_columns(work->arena, &swap_record), OWN_SWAPS_MOST),
		BIND(V(work->now), V(own->person), V(own->person), V(own->person), V(own->person)));
	while (db_next(query))
		*ARENA_PUSH(work->arena, found, count, space) = (const struct swap *)row_read(work, &swap_record, query);
	for (size_t i = 0; i < count; i++) {
		const struct shift *shift = (const struct shift *)row_load(work, &shift_record, found[i]->shift);
		bool open = id_none(found[i]->whom) && !id_same(found[i]->person, own->person);
		if (!shift || (open && !own_holds(work, shift->post, own->person, deadline_day(work, shift->starts))))
			continue;
		struct own_swap *swap = ARENA_PUSH(work->arena, own->swaps, own->swap_count, kept);
		*swap = (struct own_swap){.swap = found[i], .shift = {.shift = shift}};
		name_post(work, &swap->shift);
	}
}

static bool serves_on(const struct own_shifts *own, int64_t day, const struct rest_times *times, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (rest_day(&own->rules, times[i]) == day)
			return true;
	return false;
}

static void count_row(struct work *work, struct own_shifts *own)
{
	struct rest_times *times;
	size_t count = shift_times(work, own->person, work->now, work->now, (struct id){{0}}, (struct id){{0}}, &times);
	int64_t day = serves_on(own, work->today, times, count) ? work->today : work->today - 1;
	for (; serves_on(own, day, times, count); day--)
		own->in_row++;
}

void own_shifts_read(struct work *work, struct own_shifts *own)
{
	*own = (struct own_shifts){.person = own_person(work), .rules = shift_rules(work)};
	own->monday = work->today - (work->today + MONDAY) % WEEK;
	if (id_none(own->person))
		return;
	read_next(work, own);
	read_week(work, own);
	read_swaps(work, own);
	count_row(work, own);
}

/* --- what is one's own */

static enum status none_such(struct work *work)
{
	return fail(work, NOT_FOUND, NULL, NULL);
}

enum status own_shift_find(struct work *work, struct id id, struct row **shift)
{
	struct id person = own_person(work);
	*shift = id_none(person) ? NULL : row_load(work, &shift_record, id);
	return *shift && !(*shift)->voided_at && id_same(((const struct shift *)*shift)->person, person) ? OK : none_such(work);
}

/* A swap that lives, for somebody who stands for a person. */
static const struct swap *load_swap(struct work *work, struct id id, struct row **row)
{
	*row = id_none(own_person(work)) ? NULL : row_load(work, &swap_record, id);
	return *row && !(*row)->voided_at ? (const struct swap *)*row : NULL;
}

enum status own_swap_find(struct work *work, struct id id, struct row **row)
{
	const struct swap *swap = load_swap(work, id, row);
	return swap && id_same(swap->person, own_person(work)) ? OK : none_such(work);
}

enum status own_offer_find(struct work *work, struct id id, struct row **row)
{
	const struct swap *swap = load_swap(work, id, row);
	struct id person = own_person(work);
	if (!swap || id_same(swap->person, person))
		return none_such(work);
	if (GIVEN(swap, swap, whom))
		return id_same(swap->whom, person) ? OK : none_such(work);
	const struct shift *shift = (const struct shift *)row_load(work, &shift_record, swap->shift);
	return shift && own_holds(work, shift->post, person, deadline_day(work, shift->starts)) ? OK : none_such(work);
}

enum status own_leave_find(struct work *work, struct id id, struct row **leave)
{
	struct id person = own_person(work);
	*leave = id_none(person) ? NULL : row_load(work, &leave_record, id);
	return *leave && !(*leave)->voided_at && id_same(((const struct leave *)*leave)->person, person) ? OK : none_such(work);
}

enum status own_assignment_find(struct work *work, struct id id, struct row **assignment)
{
	struct id person = own_person(work);
	*assignment = id_none(person) ? NULL : row_load(work, &assignment_record, id);
	return *assignment && !(*assignment)->voided_at && id_same(((const struct assignment *)*assignment)->person, person)
		? OK
		: none_such(work);
}

size_t own_mates(struct work *work, const struct shift *shift, struct own_mate **mates)
{
	size_t count = 0, space = 0;
	int64_t day = deadline_day(work, shift->starts);
	*mates = NULL;
	struct query *query = db_query(work->db,
		"SELECT a.person, s.id, s.starts, s.ends FROM assignments a LEFT JOIN shifts s ON s.person = a.person AND s.post = a.post AND s.home = a.home "
		"AND s.state = 'planned' AND s.voided_at IS NULL AND s.starts > ? WHERE a.post = ? AND a.person <> ? AND a.voided_at IS NULL AND a.begins <= "
		"? AND (a.ends IS NULL OR a.ends >= ?) ORDER BY a.person, s.starts LIMIT ?",
		BIND(V(work->now), V(shift->post), V(shift->person), V(day), V(day), V(OWN_MATES_MOST)));
	while (db_next(query))
		*ARENA_PUSH(work->arena, *mates, count, space) =
			(struct own_mate){db_id(query, 0), db_id(query, 1), db_whole(query, 2), db_whole(query, 3)};
	return count;
}
