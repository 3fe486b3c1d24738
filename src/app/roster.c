#include "app/roster.h"

#include <string.h>

#include "base/clock.h"

/* How hard is looked: tries from the beginning, each with other ties; moves in a chain that makes room for one seat; seats around it that are given anew; questions to the rules in
 * each of these, and in all; moves that even out hours. */
enum { TRIES = 10, CHAIN = 3, CHAIN_ASKS = 3000, WINDOW = 12, WINDOW_ASKS = 20000, ALL_ASKS = 400000, EVENINGS = 400, HOUR_MS = 3600000 };
/* What it costs, as hours more of load, to give somebody a shift out of turn; and the most by which a further try upsets the order. */
enum { OUT_OF_TURN = 10, UPSET = 9 };

struct search {
	struct roster *roster;
	uint32_t seed; /* 0: the first try, without chance */
	int64_t asks, chain; /* left in all, and in this chain of moves */
	int64_t *cost; /* of people for one seat */
	bool *visited; /* people within one chain */
};

bool roster_holds(const struct roster *roster, const struct roster_person *person, struct rest_times times)
{
	int64_t first = stamp_day(times.starts, roster->rules.zone), last = stamp_day(times.ends - 1, roster->rules.zone);
	for (size_t i = 0; i < person->span_count; i++)
		if (person->spans[i].begins <= first && person->spans[i].last >= last)
			return true;
	return false;
}

bool roster_on_leave(const struct roster *roster, const struct roster_person *person, struct rest_times times)
{
	int64_t first = stamp_day(times.starts, roster->rules.zone), last = stamp_day(times.ends - 1, roster->rules.zone);
	for (size_t i = 0; i < person->leave_count; i++)
		if (person->leaves[i].begins <= last && person->leaves[i].last >= first)
			return true;
	return false;
}

bool roster_may(const struct roster *roster, const struct roster_person *person, struct rest_times times)
{
	return roster_holds(roster, person, times) && !roster_on_leave(roster, person, times) &&
		available_at(person->available, person->available_count, times.starts, times.ends, roster->rules.zone);
}

static void push(struct roster *roster, struct roster_person *person, struct rest_times times, int32_t seat)
{
	size_t count = person->count;
	int64_t day = stamp_day(times.starts, roster->rules.zone);
	*ARENA_PUSH(roster->arena, person->seats, count, person->seat_space) = seat;
	*ARENA_PUSH(roster->arena, person->times, person->count, person->space) = times;
	if (day >= roster->day && day < roster->day + roster->days)
		person->load += times.ends - times.starts;
}

void roster_fix(struct roster *roster, struct roster_person *person, struct rest_times times)
{
	push(roster, person, times, -1);
	person->fixed = person->count;
}

static void seat(struct roster *roster, size_t at, size_t person)
{
	push(roster, &roster->people[person], roster->seats[at].times, (int32_t)at);
	roster->seats[at].person = (int32_t)person;
}

static void unseat(struct roster *roster, size_t at)
{
	struct roster_person *person = &roster->people[roster->seats[at].person];
	size_t i = person->fixed;
	while (person->seats[i] != (int32_t)at)
		i++;
	person->count--;
	person->times[i] = person->times[person->count];
	person->seats[i] = person->seats[person->count];
	person->load -= roster->seats[at].times.ends - roster->seats[at].times.starts;
	roster->seats[at].person = -1;
}

static enum rest_breach ask(struct search *search, const struct roster_seat *at, const struct roster_person *person)
{
	search->asks--;
	search->chain--;
	return rest_check(&search->roster->rules, at->times, person->times, person->count).breach;
}

/* --- turns and costs */

/* Whose turn it is by the rotation; after the last shift of a daily one comes a day off. */
static bool in_turn(const struct roster *roster, const struct roster_person *person, const struct roster_seat *at)
{
	int64_t day = at->day - roster->day, slots = roster->slot_count;
	switch (roster->rotation) {
	case ROSTER_DAILY: return (person->base + day) % (slots + 1) == at->slot;
	case ROSTER_WEEKLY: return (person->base + day / 7) % slots == at->slot;
	default: return person->base % slots == at->slot;
	}
}

/* Load as if held on every day, so that whoever holds the post for half of the time serves half. */
static int64_t share(const struct roster *roster, const struct roster_person *person)
{
	return person->load * roster->days / person->days;
}

static uint32_t chance(struct search *search)
{
	search->seed = search->seed * 1664525U + 1013904223U;
	return search->seed >> 8;
}

static void work_out_costs(struct search *search, const struct roster_seat *at)
{
	struct roster *roster = search->roster;
	for (size_t i = 0; i < roster->person_count; i++) {
		const struct roster_person *person = &roster->people[i];
		search->cost[i] = share(roster, person) + (in_turn(roster, person, at) ? 0 : OUT_OF_TURN * (int64_t)HOUR_MS);
		search->cost[i] += person->limited && rest_night(&roster->rules, at->times);
		if (search->seed)
			search->cost[i] += chance(search) % UPSET * (int64_t)HOUR_MS;
		if (!roster_may(roster, person, at->times))
			search->cost[i] = -1;
	}
}

/* The next cheapest that was not taken yet; it is taken. */
static bool take_cheapest(struct search *search, size_t *person)
{
	bool found = false;
	for (size_t i = 0; i < search->roster->person_count; i++)
		if (search->cost[i] >= 0 && (!found || search->cost[i] < search->cost[*person])) {
			*person = i;
			found = true;
		}
	if (found)
		search->cost[*person] = -1;
	return found;
}

static void seat_all(struct search *search)
{
	for (size_t i = 0; i < search->roster->seat_count; i++) {
		size_t person = 0;
		work_out_costs(search, &search->roster->seats[i]);
		while (take_cheapest(search, &person))
			if (ask(search, &search->roster->seats[i], &search->roster->people[person]) == REST_KEPT) {
				seat(search->roster, i, person);
				break;
			}
	}
}

/* --- an empty seat: somebody gives up another one for it, which a third person takes, and so on */

static bool make_room(struct search *search, size_t at, int depth);

static bool give_up_one(struct search *search, size_t at, size_t person, int depth)
{
	struct roster *roster = search->roster;
	/* from the last one down: what is given up and taken back stands last then, and those before it keep their places */
	for (size_t i = roster->people[person].count; i-- > roster->people[person].fixed && search->chain > 0;) {
		size_t other = (size_t)roster->people[person].seats[i];
		unseat(roster, other);
		if (ask(search, &roster->seats[at], &roster->people[person]) == REST_KEPT) {
			seat(roster, at, person);
			if (make_room(search, other, depth - 1))
				return true;
			unseat(roster, at);
		}
		seat(roster, other, person);
	}
	return false;
}

static bool make_room(struct search *search, size_t at, int depth)
{
	struct roster *roster = search->roster;
	for (size_t i = 0; i < roster->person_count; i++)
		if (!search->visited[i] && roster_may(roster, &roster->people[i], roster->seats[at].times) &&
			ask(search, &roster->seats[at], &roster->people[i]) == REST_KEPT) {
			seat(roster, at, i);
			return true;
		}
	for (size_t i = 0; depth && i < roster->person_count && search->chain > 0; i++) {
		if (search->visited[i] || !roster_may(roster, &roster->people[i], roster->seats[at].times))
			continue;
		search->visited[i] = true;
		if (give_up_one(search, at, i, depth))
			return true;
		search->visited[i] = false;
	}
	return false;
}

/* --- an empty seat: those around it are given anew, so that fewer of them stay empty */

struct window {
	size_t first, end;
	int64_t empty; /* that would be no gain */
	int32_t before[WINDOW];
};

/* Seats from `at` on; `empty` are so far. True: fewer stay empty than before. */
static bool give_anew(struct search *search, const struct window *window, size_t at, int64_t empty)
{
	struct roster *roster = search->roster;
	if (empty >= window->empty || search->chain <= 0)
		return false;
	if (at == window->end)
		return true;
	for (size_t i = 0; i < roster->person_count; i++) {
		if (!roster_may(roster, &roster->people[i], roster->seats[at].times) ||
			ask(search, &roster->seats[at], &roster->people[i]) != REST_KEPT)
			continue;
		seat(roster, at, i);
		if (give_anew(search, window, at + 1, empty))
			return true;
		unseat(roster, at);
	}
	return give_anew(search, window, at + 1, empty + 1);
}

static void clear_window(struct roster *roster, const struct window *window)
{
	for (size_t i = window->first; i < window->end; i++)
		if (roster->seats[i].person >= 0)
			unseat(roster, i);
}

static void fill_around(struct search *search, size_t at)
{
	struct roster *roster = search->roster;
	struct window window = {.first = at < WINDOW / 2 ? 0 : at - WINDOW / 2};
	window.end = window.first + WINDOW < roster->seat_count ? window.first + WINDOW : roster->seat_count;
	window.first = window.end < WINDOW ? 0 : window.end - WINDOW;
	for (size_t i = window.first; i < window.end; i++) {
		window.before[i - window.first] = roster->seats[i].person;
		window.empty += roster->seats[i].person < 0;
	}
	search->chain = WINDOW_ASKS;
	clear_window(roster, &window);
	if (give_anew(search, &window, window.first, 0))
		return;
	clear_window(roster, &window);
	for (size_t i = window.first; i < window.end; i++)
		if (window.before[i - window.first] >= 0)
			seat(roster, i, (size_t)window.before[i - window.first]);
}

static void fill_gaps(struct search *search)
{
	struct roster *roster = search->roster;
	for (size_t i = 0; i < roster->seat_count; i++) {
		if (roster->seats[i].person >= 0 || search->asks <= 0)
			continue;
		memset(search->visited, 0, roster->person_count * sizeof *search->visited);
		search->chain = CHAIN_ASKS;
		if (!make_room(search, i, CHAIN))
			fill_around(search, i);
	}
}

/* --- hours even out: from who has most to who has less, as long as that brings the two closer */

/* The seat goes from `from` to `to`, or to somebody who gives `to` another one of the same length for it. */
static bool hand_on(struct search *search, size_t at, size_t from, size_t to)
{
	struct roster *roster = search->roster;
	int64_t long_as = roster->seats[at].times.ends - roster->seats[at].times.starts;
	unseat(roster, at);
	if (roster_may(roster, &roster->people[to], roster->seats[at].times) &&
		ask(search, &roster->seats[at], &roster->people[to]) == REST_KEPT) {
		seat(roster, at, to);
		return true;
	}
	for (size_t i = 0; i < roster->person_count; i++) {
		struct roster_person *third = &roster->people[i];
		if (i == from || i == to || !roster_may(roster, third, roster->seats[at].times))
			continue;
		for (size_t j = third->count; j-- > third->fixed;) {
			size_t other = (size_t)third->seats[j];
			const struct roster_seat *given = &roster->seats[other];
			if (given->times.ends - given->times.starts != long_as || !roster_may(roster, &roster->people[to], given->times) ||
				ask(search, given, &roster->people[to]) != REST_KEPT)
				continue;
			unseat(roster, other);
			if (ask(search, &roster->seats[at], third) == REST_KEPT) {
				seat(roster, at, i);
				seat(roster, other, to);
				return true;
			}
			seat(roster, other, i);
		}
	}
	seat(roster, at, from);
	return false;
}

static bool move_one(struct search *search, size_t from, size_t to)
{
	struct roster *roster = search->roster;
	struct roster_person *most = &roster->people[from], *less = &roster->people[to];
	for (size_t i = most->count; i-- > most->fixed && search->asks > 0;) {
		int64_t long_as = most->times[i].ends - most->times[i].starts;
		int64_t then = (less->load + long_as) * roster->days / less->days;
		if (then < share(roster, most) && hand_on(search, (size_t)most->seats[i], from, to))
			return true;
	}
	return false;
}

static bool even_once(struct search *search)
{
	struct roster *roster = search->roster;
	bool *done = search->visited;
	memset(done, 0, roster->person_count * sizeof *done);
	for (size_t round = 0; round < roster->person_count; round++) {
		size_t most = roster->person_count;
		for (size_t i = 0; i < roster->person_count; i++)
			if (!done[i] &&
				(most == roster->person_count || share(roster, &roster->people[i]) > share(roster, &roster->people[most])))
				most = i;
		done[most] = true;
		for (size_t i = 0; i < roster->person_count; i++)
			if (share(roster, &roster->people[i]) < share(roster, &roster->people[most]) && move_one(search, most, i))
				return true;
	}
	return false;
}

/* --- the best of some tries */

/* Empty seats first, then how uneven the shares are, in hours squared. */
struct worth {
	int64_t empty, uneven;
};

static struct worth weigh(const struct roster *roster)
{
	struct worth worth = {0};
	for (size_t i = 0; i < roster->seat_count; i++)
		worth.empty += roster->seats[i].person < 0;
	for (size_t i = 0; i < roster->person_count; i++) {
		int64_t hours = share(roster, &roster->people[i]) / HOUR_MS;
		worth.uneven += hours * hours;
	}
	return worth;
}

static void clear(struct roster *roster)
{
	for (size_t i = 0; i < roster->seat_count; i++)
		if (roster->seats[i].person >= 0)
			unseat(roster, i);
}

static void try_once(struct search *search)
{
	clear(search->roster);
	search->chain = ALL_ASKS;
	seat_all(search);
	fill_gaps(search);
	for (int i = 0; i < EVENINGS && search->asks > 0 && even_once(search); i++)
		;
}

static void say_why(struct roster *roster)
{
	for (size_t i = 0; i < roster->seat_count; i++)
		for (size_t j = 0; roster->seats[i].person < 0 && j < roster->person_count; j++) {
			const struct roster_person *person = &roster->people[j];
			if (!roster_holds(roster, person, roster->seats[i].times))
				continue;
			roster->seats[i].why[REST_KEPT]++;
			if (!roster_may(roster, person, roster->seats[i].times)) {
				++*(roster_on_leave(roster, person, roster->seats[i].times) ? &roster->seats[i].on_leave
											    : &roster->seats[i].away);
				continue;
			}
			roster->seats[i].why[rest_check(&roster->rules, roster->seats[i].times, person->times, person->count).breach]++;
		}
}

/* As many begin with each shift as it needs, so that turns fit from the first day. */
static void give_turns(struct roster *roster)
{
	size_t first = 0;
	while (first < roster->seat_count && roster->seats[first].day == roster->seats[0].day)
		first++;
	for (size_t i = 0; i < roster->person_count; i++) {
		struct roster_person *person = &roster->people[i];
		person->base = roster->rotation == ROSTER_DAILY ? (int32_t)(i % ((size_t)roster->slot_count + 1))
			: first                                 ? roster->seats[i % first].slot
								: 0;
	}
}

void roster_solve(struct roster *roster)
{
	struct search search = {.roster = roster, .asks = ALL_ASKS};
	struct worth best = {.empty = INT64_MAX};
	int32_t *kept = arena_alloc(roster->arena, (roster->seat_count + 1) * sizeof *kept);
	search.cost = arena_alloc(roster->arena, (roster->person_count + 1) * sizeof *search.cost);
	search.visited = arena_alloc(roster->arena, (roster->person_count + 1) * sizeof *search.visited);
	for (size_t i = 0; i < roster->seat_count; i++)
		roster->seats[i].person = -1;
	give_turns(roster);
	for (uint32_t i = 0; i < TRIES && (!i || (best.empty && search.asks > 0)); i++) {
		search.seed = i;
		try_once(&search);
		struct worth worth = weigh(roster);
		if (worth.empty > best.empty || (worth.empty == best.empty && worth.uneven >= best.uneven))
			continue;
		best = worth;
		for (size_t j = 0; j < roster->seat_count; j++)
			kept[j] = roster->seats[j].person;
	}
	clear(roster);
	for (size_t i = 0; i < roster->seat_count; i++)
		if (kept[i] >= 0)
			seat(roster, i, (size_t)kept[i]);
	say_why(roster);
}
