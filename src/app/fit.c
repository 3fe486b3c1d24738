#include "app/fit.h"

#include <glpk.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/child.h"
#include "base/text.h"

enum { CHILD_OK, CHILD_LATE = 3, CHILD_BAD = 4, AFTER = 5 };

/* --- the child */

static bool read_numbers(int32_t *numbers, size_t count)
{
	return fread(numbers, sizeof *numbers, count, stdin) == count;
}

static void add_people_and_posts(glp_prob *lp, const struct fit_problem *problem)
{
	glp_add_rows(lp, (int)(problem->people + problem->posts + problem->groups + problem->units));
	for (size_t i = 0; i < problem->people; i++)
		glp_set_row_bnds(lp, (int)i + 1, GLP_UP, 0, 1);
	for (size_t i = 0; i < problem->posts; i++)
		glp_set_row_bnds(lp, (int)(problem->people + i) + 1, GLP_UP, 0, problem->seats[i]);
	for (size_t i = 0; i < problem->groups; i++)
		glp_set_row_bnds(lp, (int)(problem->people + problem->posts + i) + 1, GLP_UP, 0, 1);
	for (size_t i = 0; i < problem->units; i++)
		glp_set_row_bnds(lp, (int)(problem->people + problem->posts + problem->groups + i) + 1, GLP_UP, 0, problem->shares[i]);
}

/* The rows in which a pair counts; how many. */
static int rows_of(const struct fit_problem *problem, const struct fit_pair *pair, int rows[5])
{
	int posts = (int)problem->people, groups = posts + (int)problem->posts, units = groups + (int)problem->groups, count = 2;
	rows[1] = pair->person + 1;
	rows[2] = posts + pair->post + 1;
	if (pair->group >= 0)
		rows[++count] = groups + pair->group + 1;
	if (problem->units && problem->unit_of[pair->person] >= 0)
		rows[++count] = units + problem->unit_of[pair->person] + 1;
	return count;
}

double fit_worth(int64_t seats, int64_t people, int32_t least, int32_t most)
{
	return ((double)most - least + 1) * ((double)(seats < people ? seats : people) + 1);
}

static double worth_of(const struct fit_problem *problem)
{
	int64_t seats = 0;
	int32_t least = FIT_RANGE, most = -FIT_RANGE;
	for (size_t i = 0; i < problem->posts; i++)
		seats += problem->seats[i];
	for (size_t i = 0; i < problem->count; i++) {
		least = problem->pairs[i].fit < least ? problem->pairs[i].fit : least;
		most = problem->pairs[i].fit > most ? problem->pairs[i].fit : most;
	}
	/* what fits badly takes away: no fit may make a seat worse than an empty one */
	return fit_worth(seats, (int64_t)problem->people, least < 0 ? least : 0, most > 0 ? most : 0);
}

static void print_prices(glp_prob *lp, const struct fit_problem *problem)
{
	puts("prices");
	for (size_t i = 0; i < problem->posts + problem->groups; i++)
		printf("%zu %.9g\n", i, glp_get_row_dual(lp, (int)(problem->people + i) + 1));
}

static int solve(const struct fit_problem *problem, bool prices)
{
	glp_smcp options;
	double worth = problem->worth > 0 ? problem->worth : worth_of(problem);
	glp_term_out(GLP_OFF);
	glp_prob *lp = glp_create_prob();
	glp_set_obj_dir(lp, GLP_MAX);
	add_people_and_posts(lp, problem);
	glp_add_cols(lp, (int)problem->count);
	for (size_t i = 0; i < problem->count; i++) {
		const struct fit_pair *pair = &problem->pairs[i];
		int rows[5];
		glp_set_mat_col(lp, (int)i + 1, rows_of(problem, pair, rows), rows, (const double[]){0, 1, 1, 1, 1});
		glp_set_col_bnds(lp, (int)i + 1, GLP_LO, 0, 0);
		glp_set_obj_coef(lp, (int)i + 1, worth + pair->fit);
	}
	glp_init_smcp(&options);
	options.msg_lev = GLP_MSG_OFF;
	options.tm_lim = FIT_SECONDS * 1000;
	int failed = glp_simplex(lp, &options);
	int outcome = failed == GLP_ETMLIM ? CHILD_LATE : failed || glp_get_status(lp) != GLP_OPT ? CHILD_BAD : CHILD_OK;
	for (size_t i = 0; i < problem->count && outcome == CHILD_OK; i++)
		if (glp_get_col_prim(lp, (int)i + 1) > 0.5)
			printf("%d %d\n", problem->pairs[i].person, problem->pairs[i].post);
	if (outcome == CHILD_OK && prices)
		print_prices(lp, problem);
	glp_delete_prob(lp);
	return outcome;
}

/* The shares of units, where there are any: behind all else. False where they are cut off. */
static bool read_units(struct fit_problem *problem, int32_t **numbers)
{
	int32_t units = 0;
	if (!read_numbers(&units, 1) || units < 1)
		return true;
	*numbers = calloc(problem->people + (size_t)units, sizeof **numbers);
	if (!*numbers || !read_numbers(*numbers, problem->people + (size_t)units))
		return false;
	problem->units = (size_t)units;
	problem->unit_of = *numbers;
	problem->shares = *numbers + problem->people;
	for (size_t i = 0; i < problem->people; i++)
		if (problem->unit_of[i] < -1 || problem->unit_of[i] >= units)
			return false;
	return true;
}

int fit_child(bool prices)
{
	int32_t sizes[4], *units = NULL;
	double worth = 0;
	struct fit_problem problem;
	if (!read_numbers(sizes, 4) || sizes[0] < 1 || sizes[1] < 1 || sizes[2] < 1 || sizes[2] > FIT_MOST || sizes[3] < 0)
		return CHILD_BAD;
	problem = (struct fit_problem){
		.people = (size_t)sizes[0], .posts = (size_t)sizes[1], .count = (size_t)sizes[2], .groups = (size_t)sizes[3]};
	int32_t *seats = calloc(problem.posts, sizeof *seats);
	struct fit_pair *pairs = calloc(problem.count, sizeof *pairs);
	problem.seats = seats;
	problem.pairs = pairs;
	int outcome = CHILD_BAD;
	if (seats && pairs && read_numbers(seats, problem.posts) && read_numbers(&pairs->person, problem.count * 4)) {
		/* of a whole that this is a part of */
		if (fread(&worth, sizeof worth, 1, stdin) == 1)
			problem.worth = worth;
		if (read_units(&problem, &units))
			outcome = solve(&problem, prices);
	}
	free(units);
	free(pairs);
	free(seats);
	return fflush(stdout) ? CHILD_BAD : outcome;
}

/* --- the parent */

/* The problem lies in a file without a name: nothing is written into a pipe that a dead child no longer reads. */
static FILE *write_problem(const struct fit_problem *problem)
{
	const int32_t sizes[] = {(int32_t)problem->people, (int32_t)problem->posts, (int32_t)problem->count, (int32_t)problem->groups};
	FILE *file = tmpfile();
	if (!file)
		return NULL;
	fwrite(sizes, sizeof *sizes, 4, file);
	fwrite(problem->seats, sizeof *problem->seats, problem->posts, file);
	fwrite(problem->pairs, sizeof *problem->pairs, problem->count, file);
	fwrite(&problem->worth, sizeof problem->worth, 1, file);
	if (problem->units) {
		fwrite(&(int32_t){(int32_t)problem->units}, sizeof(int32_t), 1, file);
		fwrite(problem->unit_of, sizeof *problem->unit_of, problem->people, file);
		fwrite(problem->shares, sizeof *problem->shares, problem->units, file);
	}
	if (fflush(file) || fseek(file, 0, SEEK_SET)) {
		fclose(file);
		return NULL;
	}
	return file;
}

static bool read_prices(FILE *out, const struct fit_problem *problem, const struct fit_prices *prices)
{
	size_t at;
	double price;
	while (fscanf(out, "%zu %lf", &at, &price) == 2) {
		if (at >= problem->posts + problem->groups)
			return false;
		price = price > 0 ? price : 0;
		*(at < problem->posts ? &prices->posts[at] : &prices->groups[at - problem->posts]) = price;
	}
	return true;
}

static bool read_answer(FILE *out, const struct fit_problem *problem, int32_t *post_of, const struct fit_prices *prices)
{
	int person, post;
	char word[8] = "";
	rewind(out);
	while (fscanf(out, "%d %d", &person, &post) == 2) {
		if (person < 0 || (size_t)person >= problem->people || post < 0 || (size_t)post >= problem->posts)
			return false;
		post_of[person] = post;
	}
	return prices ? fscanf(out, "%7s", word) == 1 && text_same(word, "prices") && read_prices(out, problem, prices) && feof(out)
		      : feof(out);
}

enum status fit_solve(struct work *work, const struct fit_problem *problem, int32_t *post_of, const struct fit_prices *prices)
{
	for (size_t i = 0; i < problem->people; i++)
		post_of[i] = -1;
	if (!problem->count)
		return OK;
	FILE *in = write_problem(problem), *out = tmpfile();
	char *const arguments[] = {"muster", "solve", prices ? "--prices" : NULL, NULL};
	int outcome = in && out ? child_run("/proc/self/exe", arguments, in, out, FIT_SECONDS + AFTER) : CHILD_BAD;
	bool read = outcome == CHILD_OK && read_answer(out, problem, post_of, prices);
	if (in)
		fclose(in);
	if (out)
		fclose(out);
	if (outcome == CHILD_LATE)
		return fail(
			work, BUSY, NULL, "No plan within %d seconds: choose a smaller area|%d 秒内未得出方案：请缩小范围", FIT_SECONDS);
	return read ? OK : fail(work, BROKEN, NULL, NULL);
}
