/* One's own shifts 我的班次: what comes, what those before left to say, what was served this week. */
#pragma once

#include "app/shift.h"
#include "app/swap.h"

enum { OWN_NEXT_MOST = 20, OWN_NOTES_MOST = 3, OWN_SWAPS_MOST = 50 };

/* What somebody who stood there before handed over. */
struct own_note {
	struct id person;
	int64_t gone;
	const char *text;
};

struct own_shift {
	const struct shift *shift;
	const char *post; /* its title */
	const char *place; /* the site or the area that the post is for; NULL where it is gone */
	struct own_note *notes; /* the latest first; of the first shift to come at each post */
	size_t note_count;
};

/* A swap that is open: of the asker's own shift, or offered to the asker. */
struct own_swap {
	const struct swap *swap;
	struct own_shift shift; /* that is offered */
};

struct own_shifts {
	struct id person; /* none: the user stands for nobody, and the rest is empty */
	struct own_shift *next; /* on post or to come, soonest first */
	size_t next_count;
	bool more; /* there are further ones */
	struct own_swap *swaps;
	size_t swap_count;
	int64_t monday; /* the week of today */
	struct own_shift *week; /* that begin in it */
	size_t week_count;
	int64_t hours; /* served in it, whole */
	int64_t in_row; /* days up to today (or yesterday, where none begins today) with shifts, none between without */
	struct rest_rules rules;
};

/* The person that work->who stands for; none where there is none. Inside a snapshot or a write. */
struct id own_person(struct work *work);
/* Reads what is the asker's own: for that no right is needed. Inside a snapshot. */
void own_shifts_read(struct work *work, struct own_shifts *own);
/* Rows that are the asker's own; NOT_FOUND else, whether they are there or not. Inside a snapshot or a write. */
/* A shift of theirs; a swap that they offered; one that is offered to them, or to whoever holds a post that they hold on its day. */
enum status own_shift_find(struct work *work, struct id id, struct row **shift);
enum status own_swap_find(struct work *work, struct id id, struct row **swap);
enum status own_offer_find(struct work *work, struct id id, struct row **swap);
enum status own_leave_find(struct work *work, struct id id, struct row **leave);
enum status own_assignment_find(struct work *work, struct id id, struct row **assignment);
/* The site or the area that a post is for, by name; NULL where it is gone. */
struct post;
const char *own_place(struct work *work, const struct post *post);
/* Whether a person holds a post on a day. */
bool own_holds(struct work *work, struct id post, struct id person, int64_t day);
/* Shifts to come of whoever else holds the post of one's own shift on its day; those of nobody have no shift (0). At most OWN_MATES_MOST, by person. */
struct own_mate {
	struct id person, shift;
	int64_t starts, ends;
};
enum { OWN_MATES_MOST = 200 };
size_t own_mates(struct work *work, const struct shift *shift, struct own_mate **mates);
