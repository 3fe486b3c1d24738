/* Rosters: over many random cases no proposal breaks a rule of rest, held against a check that goes hour by hour and shares no code; seats that can be filled are; the
 * text of shifts is read as people write it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "app/roster.h"
#include "app/slots.h"

#include <cmocka.h>

enum { HOUR = 3600000, ZONE = 480, DAY = 18304, HOURS = 24 * 90, BEFORE = 20, CASES = 400, SMALL = 300 };

static uint32_t seed = 20200224;

static int below(int most)
{
	seed = seed * 1103515245U + 12345U;
	return (int)((seed >> 8) % (uint32_t)most);
}

/* The stamp of an hour, counted from the midnight `BEFORE` days before DAY in the zone. */
static int64_t at(int hour)
{
	return ((int64_t)(DAY - BEFORE) * 24 + hour) * HOUR - (int64_t)ZONE * 60000;
}

static int hour_of(int64_t stamp)
{
	return (int)((stamp - at(0)) / HOUR);
}

/* Hour by hour: who stands twice, rests too short, serves too many days or nights. */
static bool breaks_a_rule(const struct rest_rules *rules, const struct rest_times *times, size_t count)
{
	static unsigned char on[HOURS], day[HOURS / 24], night[HOURS / 24];
	memset(on, 0, sizeof on);
	memset(day, 0, sizeof day);
	memset(night, 0, sizeof night);
	for (size_t i = 0; i < count; i++) {
		int from = hour_of(times[i].starts), until = hour_of(times[i].ends);
		for (int hour = from; hour < until; hour++) {
			if (on[hour])
				return true;
			on[hour] = (unsigned char)(1 + i % 200);
			night[from / 24] += hour % 24 >= 23 || hour % 24 < 6;
		}
		day[from / 24] = 1;
	}
	/* every gap between two shifts that touch no more than rules->hours apart */
	for (size_t i = 0; i < count; i++)
		for (int hour = hour_of(times[i].ends); hour < hour_of(times[i].ends) + rules->hours; hour++)
			if (on[hour])
				return true;
	int row = 0;
	for (int i = 0; i < HOURS / 24; i++) {
		row = day[i] ? row + 1 : 0;
		int nights = 0;
		for (size_t j = 0; j < count; j++) {
			int own = hour_of(times[j].starts), dark = 0;
			for (int hour = own; hour < hour_of(times[j].ends); hour++)
				dark += hour % 24 >= 23 || hour % 24 < 6;
			nights += dark && own / 24 >= i && own / 24 < i + 7;
		}
		if (row > rules->row || nights > rules->nights)
			return true;
	}
	return false;
}

struct shape {
	int from, hours, people;
};

static const struct shape shapes[][3] = {{{8, 8, 2}, {16, 8, 2}, {0, 8, 1}}, {{8, 8, 1}, {16, 8, 1}, {0, 8, 1}}, {{8, 12, 1}, {20, 12, 1}},
	{{9, 8, 3}}, {{22, 8, 1}, {6, 8, 2}, {14, 8, 2}}, {{7, 6, 1}, {13, 5, 1}, {18, 13, 1}}};

static void add_person(struct roster *roster, size_t i, bool busy)
{
	struct roster_person *person = &roster->people[i];
	person->spans = arena_alloc(roster->arena, sizeof *person->spans);
	*person->spans = (struct roster_span){DAY - BEFORE, below(4) ? DAY + 60 : DAY + below(10)};
	person->span_count = 1;
	person->days = roster->days;
	for (int tries = busy ? 30 : 0; tries; tries--) {
		int from = 24 * 2 + below(24 * 55);
		struct rest_times times = {at(from), at(from + 4 + below(9))};
		struct rest_times all[64];
		memcpy(all, person->times, person->count * sizeof *all);
		all[person->count] = times;
		if (!breaks_a_rule(&roster->rules, all, person->count + 1))
			roster_fix(roster, person, times);
	}
}

static void add_seats(struct roster *roster, const struct shape *shape)
{
	size_t space = 0;
	for (int day = 0; day < roster->days; day++)
		for (int slot = 0; slot < 3 && shape[slot].hours; slot++)
			for (int i = 0; i < shape[slot].people; i++) {
				int from = (BEFORE + day) * 24 + shape[slot].from;
				*ARENA_PUSH(roster->arena, roster->seats, roster->seat_count, space) = (struct roster_seat){
					.day = DAY + day, .times = {at(from), at(from + shape[slot].hours)}, .slot = slot};
				roster->slot_count = slot + 1;
			}
}

static struct roster make_case(struct arena *arena, int days, int people, const struct shape *shape)
{
	struct roster roster = {.arena = arena,
		.rules = {.hours = 8 + below(5), .row = 3 + below(4), .nights = 1 + below(4), .zone = ZONE},
		.rotation = (enum roster_rotation)below(3),
		.day = DAY,
		.days = days};
	roster.person_count = (size_t)people;
	roster.people = arena_alloc(arena, (roster.person_count + 1) * sizeof *roster.people);
	for (size_t i = 0; i < roster.person_count; i++)
		add_person(&roster, i, !below(3));
	add_seats(&roster, shape);
	return roster;
}

/* Every shift proposed once, to somebody who holds the post then, and no rule broken by anyone. */
static size_t hold_against(const struct roster *roster)
{
	size_t filled = 0, given = 0;
	for (size_t i = 0; i < roster->person_count; i++) {
		const struct roster_person *person = &roster->people[i];
		assert_false(breaks_a_rule(&roster->rules, person->times, person->count));
		for (size_t j = person->fixed; j < person->count; j++) {
			assert_int_equal(roster->seats[person->seats[j]].person, i);
			int first = hour_of(person->times[j].starts) / 24, last = (hour_of(person->times[j].ends) - 1) / 24;
			assert_true(DAY - BEFORE + first >= person->spans->begins && DAY - BEFORE + last <= person->spans->last);
			given++;
		}
	}
	for (size_t i = 0; i < roster->seat_count; i++)
		filled += roster->seats[i].person >= 0;
	assert_int_equal(filled, given);
	return filled;
}

/* A third of them where time is short; `make check` has the time. */
static int cases(int all)
{
	return getenv("THOROUGH") ? all : all / 3;
}

static void test_rules_are_kept(void **state)
{
	(void)state;
	for (int i = 0; i < cases(CASES); i++) {
		struct arena *arena = arena_new();
		struct roster roster = make_case(arena, 1 + below(28), below(14), shapes[below((int)(sizeof shapes / sizeof *shapes))]);
		roster_solve(&roster);
		hold_against(&roster);
		arena_free(arena);
	}
}

/* What the rules and the naive check say of one more shift is the same. */
static void test_one_shift(void **state)
{
	(void)state;
	int broken = 0;
	for (int i = 0; i < 20000; i++) {
		struct arena *arena = arena_new();
		struct roster roster = make_case(arena, 1, 0, shapes[0]);
		roster.person_count = 1;
		add_person(&roster, 0, true);
		struct roster_person *person = roster.people;
		int from = 24 * 2 + below(24 * 55);
		struct rest_times all[64], times = {at(from), at(from + 4 + below(9))};
		memcpy(all, person->times, person->count * sizeof *all);
		all[person->count] = times;
		bool bad = breaks_a_rule(&roster.rules, all, person->count + 1);
		assert_int_equal(rest_check(&roster.rules, times, person->times, person->count).breach != REST_KEPT, bad);
		broken += bad;
		arena_free(arena);
	}
	assert_true(broken > 2000 && broken < 18000);
}

/* The most seats that can be filled at all, tried out. */
static size_t exhaustive(struct roster *roster, size_t seat)
{
	if (seat == roster->seat_count)
		return 0;
	size_t best = exhaustive(roster, seat + 1);
	for (size_t i = 0; i < roster->person_count && best < roster->seat_count - seat; i++) {
		struct roster_person *person = &roster->people[i];
		if (!roster_holds(roster, person, roster->seats[seat].times) ||
			rest_check(&roster->rules, roster->seats[seat].times, person->times, person->count).breach != REST_KEPT)
			continue;
		roster_fix(roster, person, roster->seats[seat].times);
		size_t found = 1 + exhaustive(roster, seat + 1);
		person->count = --person->fixed;
		best = found > best ? found : best;
	}
	return best;
}

static void test_small_ones_are_filled(void **state)
{
	(void)state;
	int short_of = 0;
	for (int i = 0; i < cases(SMALL); i++) {
		struct arena *arena = arena_new();
		struct roster roster = make_case(arena, 2 + below(3), 2 + below(2), shapes[1 + below(2)]);
		roster_solve(&roster);
		size_t filled = hold_against(&roster);
		for (size_t j = 0; j < roster.person_count; j++)
			roster.people[j].count = roster.people[j].fixed;
		size_t most = exhaustive(&roster, 0);
		assert_true(filled <= most);
		short_of += filled < most;
		arena_free(arena);
	}
	assert_int_equal(short_of, 0);
}

/* Three shifts around the clock for six people and four weeks: hours of any two lie at most one shift apart. */
static void test_hours_even_out(void **state)
{
	(void)state;
	for (int rotation = ROSTER_KEEP; rotation <= ROSTER_WEEKLY; rotation++) {
		struct arena *arena = arena_new();
		struct roster roster = make_case(arena, 28, 0, shapes[1]);
		roster.rules = (struct rest_rules){11, 6, 3, ZONE};
		roster.rotation = (enum roster_rotation)rotation;
		roster.people = arena_alloc(arena, 6 * sizeof *roster.people);
		roster.person_count = 6;
		for (size_t i = 0; i < 6; i++) {
			add_person(&roster, i, false);
			roster.people[i].spans->last = DAY + 60;
		}
		roster_solve(&roster);
		assert_int_equal(hold_against(&roster), 84);
		int64_t most = 0, least = INT64_MAX;
		for (size_t i = 0; i < 6; i++) {
			most = roster.people[i].load > most ? roster.people[i].load : most;
			least = roster.people[i].load < least ? roster.people[i].load : least;
		}
		assert_true(most - least <= 8 * HOUR);
		arena_free(arena);
	}
}

static void check_slots(const char *text, const char *expected)
{
	struct arena *arena = arena_new();
	struct work work = work_new(arena, NULL);
	struct slot *slots;
	size_t count;
	assert_int_equal(slots_read(&work, "slots", text, &slots, &count), expected ? OK : BAD_FIELD);
	if (expected)
		assert_string_equal(slots_text(arena, slots, count), expected);
	else
		assert_string_equal(work.faults[0].field, "slots");
	arena_free(arena);
}

static void test_slots(void **state)
{
	(void)state;
	check_slots("08:00-16:00 x2, 16:00-24:00 x2, 00:00-08:00 x1", "08:00-16:00 x2, 16:00-24:00 x2, 00:00-08:00 x1");
	check_slots("8:00－16:00×2，16：00至0:00 × 2人；22:30~6:30", "08:00-16:00 x2, 16:00-24:00 x2, 22:30-06:30 x1");
	check_slots("", "");
	check_slots(NULL, "");
	check_slots("20:00-08:00", "20:00-08:00 x1");
	check_slots("08:00", NULL);
	check_slots("08:00-", NULL);
	check_slots("08:00-25:00", NULL);
	check_slots("08:00-24:30", NULL);
	check_slots("08:61-16:00", NULL);
	check_slots("08:00-16:00 x0", NULL);
	check_slots("08:00-16:00 x2 x3", NULL);
	check_slots("08:00-16:00 x999", NULL);
	check_slots("白班", NULL);
	check_slots("08:00-16:00, 08:00-16:00 x2", NULL);
	check_slots(
		"0:00-1:00,1:00-2:00,2:00-3:00,3:00-4:00,4:00-5:00,5:00-6:00,6:00-7:00,7:00-8:00,8:00-9:00,9:00-10:00,10:00-11:00,11:00-12:00,12:00-13:00",
		NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_one_shift),
		cmocka_unit_test(test_rules_are_kept),
		cmocka_unit_test(test_small_ones_are_filled),
		cmocka_unit_test(test_hours_even_out),
		cmocka_unit_test(test_slots),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
