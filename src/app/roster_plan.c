#include "app/roster_plan.h"

#include <string.h>

#include "app/person.h"
#include "app/post.h"
#include "app/rights.h"
#include "app/shift.h"
#include "base/clock.h"
#include "record/rows.h"
#include "record/shape.h"

enum { MINUTE_MS = 60000 };

static enum status read_slots(struct work *work, const struct roster_ask *ask, const struct post *post, struct roster_plan *plan)
{
	const char *text = ask->slots ? ask->slots : post->slots;
	if (slots_read(work, "slots", text, &plan->slots, &plan->slot_count) != OK)
		return work->status;
	struct slot around;
	if (!plan->slot_count &&
		post_around(work, post, (int)(post->needed < SLOT_PEOPLE_MOST ? post->needed : SLOT_PEOPLE_MOST), &around)) {
		plan->slots = arena_alloc(work->arena, sizeof around);
		plan->slots[plan->slot_count++] = around;
	}
	if (!plan->slot_count)
		return fail(work, BAD_FIELD, "slots", "are not set for this post|该岗位未设置班次");
	slots_sort(plan->slots, plan->slot_count);
	return OK;
}

/* --- who holds the post */

static struct roster_person *find_person(struct roster *roster, struct id id)
{
	for (size_t i = 0; i < roster->person_count; i++)
		if (id_same(roster->people[i].id, id))
			return &roster->people[i];
	return NULL;
}

static bool is_asked(const struct roster_ask *ask, struct id person)
{
	for (size_t i = 0; i < ask->people_count; i++)
		if (id_same(ask->people[i], person))
			return true;
	return !ask->people;
}

static void add_span(struct roster *roster, size_t *space, struct id id, struct roster_span span)
{
	struct roster_person *person = find_person(roster, id);
	if (!person) {
		person = ARENA_PUSH(roster->arena, roster->people, roster->person_count, *space);
		*person = (struct roster_person){.id = id};
	}
	struct roster_span *spans = arena_alloc(roster->arena, (person->span_count + 1) * sizeof *spans);
	if (person->span_count)
		memcpy(spans, person->spans, person->span_count * sizeof *spans);
	spans[person->span_count++] = span;
	person->spans = spans;
	int64_t last = roster->day + roster->days - 1;
	int64_t from = span.begins > roster->day ? span.begins : roster->day, until = span.last < last ? span.last : last;
	person->days += until >= from ? until - from + 1 : 0;
}

static enum status read_people(struct work *work, const struct roster_ask *ask, struct roster *roster)
{
	size_t space = 0;
	struct query *query = db_query(work->db,
		"SELECT person, begins, ends FROM assignments WHERE post = ? AND voided_at IS NULL AND begins <= ? AND (ends IS NULL OR ends >= ?) "
		"ORDER BY begins, person",
		BIND(V(ask->post), V(ask->day + ask->days - 1), V(ask->day)));
	while (db_next(query)) {
		struct roster_span span = {db_whole(query, 1), db_null(query, 2) ? DAY_FAR : db_whole(query, 2)};
		if (is_asked(ask, db_id(query, 0)))
			add_span(roster, &space, db_id(query, 0), span);
	}
	for (size_t i = 0; i < ask->people_count; i++)
		if (!find_person(roster, ask->people[i]))
			return fail(work, BAD_FIELD, "people",
				"names somebody who does not hold the post on these days|所列人员在此期间未派驻到该岗位");
	if (roster->person_count > ROSTER_PEOPLE_MOST)
		return fail(work, BAD_FIELD, "people", "has more than %d: choose some|超过 %d 人，请选择部分人员", ROSTER_PEOPLE_MOST);
	return OK;
}

/* When they are on leave: they hold the post then, and are not there. */
static void read_leaves(struct work *work, const struct roster_ask *ask, struct roster *roster)
{
	int64_t first = roster->day, last = roster->day + roster->days;
	struct query *query = db_query(work->db,
		"SELECT person, begins, ends FROM leaves WHERE voided_at IS NULL AND state = 'granted' AND begins <= ? AND (ends IS NULL OR ends >= ?) "
		"AND person IN (SELECT person FROM assignments WHERE post = ? AND voided_at IS NULL)",
		BIND(V(last), V(first), V(ask->post)));
	while (db_next(query)) {
		struct roster_person *person = find_person(roster, db_id(query, 0));
		struct roster_span span = {db_whole(query, 1), db_null(query, 2) ? DAY_FAR : db_whole(query, 2)};
		if (!person)
			continue;
		struct roster_span *leaves = arena_alloc(roster->arena, (person->leave_count + 1) * sizeof *leaves);
		if (person->leave_count)
			memcpy(leaves, person->leaves, person->leave_count * sizeof *leaves);
		leaves[person->leave_count++] = span;
		person->leaves = leaves;
		/* who is away for half of the time serves half */
		int64_t from = span.begins > first ? span.begins : first, until = span.last < last - 1 ? span.last : last - 1;
		person->days -= until >= from ? until - from + 1 : 0;
		person->days = person->days > 1 ? person->days : 1;
	}
}

/* When they can serve, of those who said so; and whether there is something about their health to be looked at. */
static void read_available(struct work *work, const struct roster_ask *ask, struct roster *roster)
{
	struct query *query = db_query(work->db,
		"SELECT id, available, CASE WHEN limits IS NULL THEN 0 ELSE 1 END FROM people WHERE (available IS NOT NULL OR limits IS NOT NULL) "
		"AND id IN (SELECT person FROM assignments WHERE post = ? AND voided_at IS NULL)",
		BIND(V(ask->post)));
	while (db_next(query)) {
		struct roster_person *person = find_person(roster, db_id(query, 0));
		struct available *parts;
		if (person)
			person->limited = db_whole(query, 2) != 0;
		if (person && available_read(work, "available", db_text(query, 1), &parts, &person->available_count) == OK)
			person->available = parts;
	}
}

/* Their shifts at whichever post: before, in and after the days. */
static void read_times(struct work *work, struct roster *roster)
{
	int64_t from = day_stamp(roster->day, roster->rules.zone), until = day_stamp(roster->day + roster->days, roster->rules.zone);
	for (size_t i = 0; i < roster->person_count; i++) {
		struct rest_times *times;
		size_t count = shift_times(work, roster->people[i].id, from, until, (struct id){{0}}, (struct id){{0}}, &times);
		for (size_t j = 0; j < count; j++)
			roster_fix(roster, &roster->people[i], times[j]);
	}
}

/* --- what the days need */

static struct rest_times times_of(const struct roster *roster, int64_t day, const struct slot *slot)
{
	int64_t midnight = day_stamp(day, roster->rules.zone);
	return (struct rest_times){midnight + slot->from * (int64_t)MINUTE_MS, midnight + slot->until * (int64_t)MINUTE_MS};
}

static size_t read_there(struct work *work, const struct roster_ask *ask, struct rest_times **there, int zone)
{
	size_t count = 0, space = 0;
	struct query *query = db_query(work->db,
		"SELECT starts, ends FROM shifts WHERE post = ? AND voided_at IS NULL AND state <> 'missed' AND starts >= ? AND starts < ?",
		BIND(V(ask->post), V(day_stamp(ask->day, zone)), V(day_stamp(ask->day + ask->days, zone))));
	while (db_next(query))
		*ARENA_PUSH(work->arena, *there, count, space) = (struct rest_times){db_whole(query, 0), db_whole(query, 1)};
	return count;
}

/* The seats of one shift that nobody has yet. */
static void add_seats(struct roster_plan *plan, size_t *space, int64_t day, size_t slot, const struct rest_times *there, size_t there_count)
{
	struct roster *roster = &plan->roster;
	struct rest_times times = times_of(roster, day, &plan->slots[slot]);
	int taken = 0;
	for (size_t i = 0; i < there_count; i++)
		taken += there[i].starts == times.starts && there[i].ends == times.ends;
	taken = taken < plan->slots[slot].people ? taken : plan->slots[slot].people;
	plan->there += (size_t)taken;
	for (int i = taken; i < plan->slots[slot].people; i++)
		*ARENA_PUSH(roster->arena, roster->seats, roster->seat_count, *space) =
			(struct roster_seat){.day = day, .times = times, .slot = (int32_t)slot, .person = -1};
}

static enum status read_seats(struct work *work, const struct roster_ask *ask, const struct post *post, struct roster_plan *plan)
{
	struct rest_times *there = NULL;
	size_t space = 0, there_count = read_there(work, ask, &there, plan->roster.rules.zone);
	int64_t last = GIVEN(post, post, ends) ? post->ends : DAY_FAR;
	for (int64_t day = ask->day; day < ask->day + ask->days; day++)
		for (size_t i = 0; i < plan->slot_count && day >= post->begins && day <= last; i++)
			add_seats(plan, &space, day, i, there, there_count);
	if (plan->roster.seat_count > ROSTER_SEATS_MOST)
		return fail(
			work, BAD_FIELD, "days", "make more than %d shifts: choose fewer|班次超过 %d 个，请缩短天数", ROSTER_SEATS_MOST);
	return OK;
}

static enum status read_all(struct work *work, const struct roster_ask *ask, struct roster_plan *plan)
{
	struct row *row;
	if (row_get_reached(work, &post_record, ask->post, RIGHT_post_write, &row) != OK || row->voided_at)
		return fail(work, NOT_FOUND, NULL, NULL);
	const struct post *post = (const struct post *)row;
	plan->title = post->title;
	plan->roster = (struct roster){
		.arena = work->arena, .rules = shift_rules(work), .rotation = ask->rotation, .day = ask->day, .days = ask->days};
	if (read_slots(work, ask, post, plan) != OK || read_people(work, ask, &plan->roster) != OK ||
		read_seats(work, ask, post, plan) != OK)
		return work->status;
	plan->roster.slot_count = (int32_t)plan->slot_count;
	read_leaves(work, ask, &plan->roster);
	read_available(work, ask, &plan->roster);
	read_times(work, &plan->roster);
	return work->status;
}

enum status roster_propose(struct work *work, const struct roster_ask *ask, struct roster_plan *plan)
{
	*plan = (struct roster_plan){0};
	store_read(work);
	read_all(work, ask, plan);
	store_release(work);
	if (work->status == OK)
		roster_solve(&plan->roster);
	return work->status;
}

/* --- what is taken */

static enum status say_which(struct work *work, const struct shift *shift)
{
	char day[DAY_TEXT];
	const char *name = shape_title(work, &person_record, shift->person);
	const char *why = work->fault_count ? work->faults[0].detail : work->detail;
	enum status status = work->status;
	why = why ? why : work_text(work, status_text(status));
	work_forgive(work);
	day_print(stamp_day(shift->starts, work->store->zone), day);
	return fail(work, status, "shifts", "%s, %s: %s|%s，%s：%s", name ? name : "?", day, why);
}

enum status roster_take(struct work *work, struct shift *const *shifts, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct row *row = row_copy(work->arena, &shifts[i]->row);
		struct id body = shape_row_hash(row, (struct id){{0}});
		work->deed = (struct id){{0}};
		if (row_insert(work, &row, &body) != OK)
			return say_which(work, shifts[i]);
	}
	return OK;
}
