/* Orders to a post 派驻通知: one assignment as a sheet that goes with whoever is sent, and the sheets of a day behind a list to be signed. */
#pragma once

#include "app/post.h"

/* What a sheet says. NULL: not known, or not to be seen by work->who. */
struct order {
	const char *name, *unit, *duty; /* of whoever is sent */
	const char *post, *kind, *place;
	int64_t begins, ends; /* ends DAY_FAR: until further notice */
	const char *hours, *shifts, *tasks;
	const char *leader, *phone; /* the phone only where work->who may see it, now */
	bool leads; /* they are themselves who leads there */
};

/* Reads the sheet of an assignment within the snapshot; names that show in clear are put on record (work->shown). */
struct order order_read(struct work *work, const struct assignment *assignment);
/* The same of the asker's own assignment: the place by name, whatever their rights; the leader as these allow. */
struct order own_order(struct work *work, const struct assignment *assignment);
/* The paper of one order, or of those of a day (`area`: of which area; NULL: one alone), with a list before them. Reads nothing from the store. NULL where it cannot be drawn. */
const void *order_draw(struct work *work, const struct order *orders, size_t count, const char *area, int64_t day, size_t *size);
