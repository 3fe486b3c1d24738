/* Who goes where: the assignment of people to seats with the greatest sum of fits, as many seats as possible filled first. A transportation problem, solved
 * to proven optimality by GLPK's simplex: people in their units are one laminar family of rows, posts with the groups in them another, so every vertex is whole (Edmonds, 1970). It runs in a child process
 * with a limit of time, so that a case that takes long harms nobody. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/work.h"

enum { FIT_MOST = 2000000, FIT_SECONDS = 10 };

struct fit_pair {
	int32_t person, post, fit; /* indexes from 0; the fit from -FIT_RANGE to FIT_RANGE */
	int32_t group; /* of its post: at most one pair of a group is chosen (who is to lead there); -1 none */
};
enum { FIT_RANGE = 10000 };

struct fit_problem {
	size_t people, posts, groups;
	double worth; /* of a filled seat, beside its fit: more than all fits together may lose by it; 0: just that for this problem */
	const int32_t *seats; /* of each post */
	const struct fit_pair *pairs; /* who may go where: a pair that is not there is ruled out */
	size_t count; /* at most FIT_MOST */
	size_t units; /* bodies that give at most so many of their people; 0: none */
	const int32_t *unit_of, *shares; /* of each person, -1: of none; of each unit */
};

/* What a seat of each post, and the place in each group, is worth in the best plan: the dual values of their rows, not below 0. */
struct fit_prices {
	double *posts, *groups;
};

/* What a filled seat has to be worth so that one more is better than any fit. */
double fit_worth(int64_t seats, int64_t people, int32_t least, int32_t most);
/* Sets post_of[person] to an index or -1, and fills the prices where they are asked for (NULL: not). BUSY where it took longer than FIT_SECONDS, BROKEN where the child died;
 * the work says so. */
enum status fit_solve(struct work *work, const struct fit_problem *problem, int32_t *post_of, const struct fit_prices *prices);
/* The child: reads a problem from standard input, writes "person post" lines to standard output and, where asked for, "post price" and "group price" lines behind a line "prices"; the
 * exit code. */
int fit_child(bool prices);
