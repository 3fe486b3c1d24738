/* A roster of a post in the store: what is there already, what is proposed, and how a proposal is taken. */
#pragma once

#include "app/roster.h"
#include "app/slots.h"

enum { ROSTER_DAYS_MOST = 42, ROSTER_PEOPLE_MOST = 300, ROSTER_SEATS_MOST = 3000 };

struct roster_ask {
	struct id post;
	int64_t day, days;
	const char *slots; /* NULL: those of the post */
	const struct id *people; /* NULL: all who hold the post on some of the days */
	size_t people_count;
	enum roster_rotation rotation;
};

struct roster_plan {
	struct roster roster;
	const char *title; /* of the post */
	struct slot *slots; /* by beginning */
	size_t slot_count;
	size_t there; /* seats of these slots on these days that are taken already; they are not among the roster's */
};

/* Reads what is there and proposes the rest; writes nothing. The post must be within reach for RIGHT_post_write (NOT_FOUND). BAD_FIELD: shifts that are not set or cannot be read, people who
 * do not hold the post. Borrows a reader itself and lets go of it before it solves. */
enum status roster_propose(struct work *work, const struct roster_ask *ask, struct roster_plan *plan);

struct shift;
/* Inside store_write: makes all these shifts, each by the rules of any other, or none: the refusal names person and day. A shift that was made by the same action before stays as it
 * is. */
enum status roster_take(struct work *work, struct shift *const *shifts, size_t count);
