/* A roster 排班表: who is proposed for which shift of a post, so that no rule of rest is broken and hours even out. Pure: times, days and people in, a plan out. */
#pragma once

#include "app/available.h"
#include "app/rest_rules.h"
#include "base/arena.h"
#include "base/id.h"

enum roster_rotation { ROSTER_KEEP, ROSTER_DAILY, ROSTER_WEEKLY };

/* First and last day on which somebody holds the post. */
struct roster_span {
	int64_t begins, last;
};

struct roster_person {
	struct id id;
	struct roster_span *spans;
	size_t span_count;
	struct roster_span *leaves; /* on which they are away */
	size_t leave_count;
	const struct available *available; /* when they can serve; none: at any time */
	size_t available_count;
	bool limited; /* there are limits to their health: nights go to others first, where all else is equal */
	struct rest_times *times; /* first the `fixed` shifts that are there already (whichever post), then those proposed */
	int32_t *seats; /* of times: the index of the seat; -1 for those there already */
	size_t count, fixed, space, seat_space;
	int64_t load; /* milliseconds of shifts that begin on the days of the roster, those there already among them */
	int64_t days; /* of the roster on which the post is held, at least 1 */
	int32_t base; /* where the rotation begins */
};

/* A place in one shift: `needed` people make as many seats. */
struct roster_seat {
	int64_t day;
	struct rest_times times;
	int32_t slot; /* in the order of beginnings */
	int32_t person; /* index; -1: stays empty */
	int32_t why
		[REST_BREACHES]; /* empty: how many of those who hold the post then would break which rule; REST_KEPT: how many hold it at all */
	int32_t on_leave, away; /* and how many of these are on leave then; cannot serve at that time */
};

struct roster {
	struct arena *arena;
	struct rest_rules rules;
	enum roster_rotation rotation;
	int64_t day, days;
	int32_t slot_count;
	struct roster_person *people;
	size_t person_count;
	struct roster_seat *seats; /* in the order of times */
	size_t seat_count;
};

/* Seats people, and says why a seat stays empty. The same roster comes out the same. Every seat is filled that can be without moving others, or by a chain of few moves; not every
 * puzzle is solved to the last seat. */
void roster_solve(struct roster *roster);
/* Whether the person holds the post on every day that the shift touches. */
bool roster_holds(const struct roster *roster, const struct roster_person *person, struct rest_times times);
/* Whether the person is on leave on some day that the shift touches. */
bool roster_on_leave(const struct roster *roster, const struct roster_person *person, struct rest_times times);
/* Whether the person holds the post then, is there and can serve at that time. */
bool roster_may(const struct roster *roster, const struct roster_person *person, struct rest_times times);
/* Adds a shift that is there already. */
void roster_fix(struct roster *roster, struct roster_person *person, struct rest_times times);
