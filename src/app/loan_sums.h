/* What came of loans and insurance: by bank and by area, with the hours until the decision. Real hours: a loan of 500,000,000 decided in three hours took three. */
#pragma once

#include "base/work.h"

struct area;

/* Sums in fen; medians in minutes, -1 where nothing was decided. */
struct loan_sum {
	struct id id; /* of the bank, or of the area */
	const char *name;
	const char *path; /* of an area */
	int64_t count; /* of a bank: invitations; of an area: what was asked for */
	int64_t wanted; /* of a bank: what was offered */
	int64_t offered; /* of a bank: invitations that it made an offer on */
	int64_t decided, approved, refused;
	int64_t granted, paid;
	int64_t median; /* from raising to the decision */
	int64_t own_median; /* of a bank: from its invitation to the decision */
	struct minutes {
		int64_t *list;
		size_t count, space;
	} minutes, own_minutes;
};

struct loan_sums {
	const char *kind; /* loan, insurance; NULL: both */
	struct loan_sum total;
	struct loan_sum *banks;
	size_t bank_count;
	struct loan_sum *areas; /* those directly below that have any */
	size_t area_count;
};

/* Within work->who's reach and below `area` (NULL: wherever that is). Needs work->db. */
void loan_sums_read(struct work *work, const struct area *area, struct loan_sums *sums);
/* The middle one of some numbers, of an even number of them the mean of the two in the middle; -1 of none. Puts them in order. */
int64_t loan_median(int64_t *list, size_t count);
