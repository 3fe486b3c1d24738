/* A store from one engine to another, whole: every row as it is, private values as the ciphertext that they are. */
#pragma once

#include "record/store.h"

/* What was moved of one table, counted and added up on both sides. */
struct moved {
	const char *table;
	int64_t rows, rows_there;
	uint64_t sum, sum_there; /* of a hash a row */
};

struct move {
	struct db *to; /* empty; its tables are made */
	void (*tell)(const char *what, int64_t done, int64_t total); /* how far it is */
	struct moved *tables;
	size_t count, space;
};

/* Copies what work->db (a snapshot) holds into move->to, in one transaction, then makes the indexes there, reads everything again and adds it up.
 * CONFLICT: there is a store already; BROKEN: something was not written, or does not come back as it was. */
enum status move_store(struct work *work, struct move *move);
