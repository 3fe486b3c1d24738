/* Who is proposed for which post: those who signed up and serve nowhere on the day, for the posts that lack people. A suggestion: nothing is written. */
#pragma once

#include "app/available.h"
#include "app/fit.h"
#include "app/skills.h"
#include "app/slots.h"
#include "base/id.h"

enum { DISPATCH_MOST = 40000000 };
enum { DISPATCH_RIGHT_KIND = 1, DISPATCH_SKILL = 2, DISPATCH_NEAR = 4, DISPATCH_AWAY = 8, DISPATCH_LEAD = 16, DISPATCH_LOAD = 32 };

struct dispatch_person {
	struct id id, org;
	const char *path, *wish, *near;
	const char *skills; /* what they are able to do, folded (skills.h) */
	const struct available *available; /* when they can serve; none: at any time */
	size_t available_count;
	int64_t away_from,
		taken_from; /* the first day, this one counted, on which they are on leave, hold another post; INT64_MAX: none is known */
	bool leader;
	bool limited; /* there are limits to their health; which is private, and is nowhere judged */
	int64_t served; /* days up to the day before */
	bool tired; /* has served within the last days (setting dispatch_rest_days) */
	int32_t unit; /* index of their unit's share; -1: of no unit */
	int32_t post; /* index of the one proposed; -1 none */
	bool locked, leads; /* it was given; it is proposed as who leads there */
	int32_t fit, best; /* at the proposed post; at the post that would fit best, -1 with FIT_RANGE below where there is none */
	int32_t best_post;
};

struct dispatch_post {
	struct id id;
	const char *path, *title, *kind, *near;
	const char *asks, *hours; /* its skills and its shifts of a day, as written: the same for posts that want the same */
	struct skills skills, must; /* wished for; without all of these nobody goes there */
	const struct slot *slots; /* its shifts of a day */
	size_t slot_count;
	int64_t last; /* DAY_FAR: until further notice */
	int64_t lacks; /* people on the day */
	bool led; /* somebody leads there already */
	struct id own; /* the body that is the firm where it stands: its own people do not go there; none where there is none */
};

struct dispatch_pair {
	struct id person, post;
};

struct dispatch {
	const char *path; /* of the area whose posts are filled */
	int64_t day;
	const struct dispatch_pair *locks, *bars; /* fixed by hand; ruled out by hand */
	size_t lock_count, bar_count;
	struct dispatch_person *people;
	struct dispatch_post *posts;
	size_t person_count, post_count;
	int32_t *shares; /* how many of its people each unit gives at most (setting dispatch_unit_share), less those that are proposed */
	size_t unit_count;
	int64_t parts; /* so many areas were planned one by one; 1: the whole at once, and nothing is better */
	int64_t gap_seats; /* so many seats more could be filled by the best plan, at most */
	int64_t gap; /* where that is 0: so many points more could the best plan fit, at most */
};

/* Fills people and posts. What is too large to be solved at once is split by area; the gaps say what that may have cost. TOO_LARGE beyond DISPATCH_MOST pairs; BAD_FIELD where a lock names what is not there or is full; BUSY where no plan was found in time. Needs no snapshot of the caller's: it
 * reads under its own and lets go of it before it solves. */
enum status dispatch_plan(struct work *work, struct dispatch *dispatch);
/* Fills people and posts, and proposes nobody. Inside a snapshot. */
void dispatch_read(struct work *work, struct dispatch *dispatch);
/* What keeps somebody from a post. */
enum dispatch_rule {
	DISPATCH_GOES,
	DISPATCH_OWN_FIRM,
	DISPATCH_RULED_OUT,
	DISPATCH_UNSKILLED,
	DISPATCH_HOURS,
	DISPATCH_LEAVE,
	DISPATCH_TAKEN,
	DISPATCH_RULES
};
enum dispatch_rule dispatch_stops(const struct dispatch *dispatch, const struct dispatch_person *person, const struct dispatch_post *post);
/* The same for people to read, of one person: "English|中文"; NULL: nothing. */
const char *dispatch_rule_says(enum dispatch_rule rule);
/* Whether they are on leave on the very day: no plan counts on them. */
bool dispatch_out(const struct dispatch *dispatch, const struct dispatch_person *person);
/* Who is left for a post that is not filled, by what stands in the way; `shares`: their unit has given its share; `area`: nothing, but the plan was made area by area. */
struct dispatch_lack {
	int64_t by[DISPATCH_RULES];
	int64_t shares, area;
};
struct dispatch_lack dispatch_lacking(const struct dispatch *dispatch, size_t post);
/* Why this person goes well with this post: DISPATCH_... bits. */
int dispatch_why(const struct dispatch_person *person, const struct dispatch_post *post);
/* How well they go together, in the points of the plan; and the steps in the tree of areas from one path to the other. */
int32_t dispatch_fit(const struct dispatch_person *person, const struct dispatch_post *post);
int dispatch_distance(const char *one, const char *other);

/* Who is left (dispatch_left.c). */
struct dispatch_left_ask {
	struct id post; /* where one of them might go */
	const struct id *sent; /* those whom the plan sends */
	size_t sent_count;
	const char *typed; /* a name, a skill, a unit; NULL: everybody */
};
struct dispatch_spare {
	const struct dispatch_person *person;
	enum dispatch_rule rule; /* that keeps them from the post */
	int32_t fit;
};
struct dispatch_left {
	const struct dispatch_post *post;
	struct dispatch_spare *list; /* those who may go there first, the best fit first */
	size_t count;
};
/* Of a dispatch that was read. BAD_FIELD where the post lacks nobody. Inside a snapshot. */
enum status dispatch_left(
	struct work *work, const struct dispatch *dispatch, const struct dispatch_left_ask *ask, struct dispatch_left *left);
