/* A plan that is too large to be solved at once: split by area, solved part by part, and held against a bound of the whole. */
#include <stdlib.h>
#include <string.h>

#include "app/dispatch_inner.h"
#include "app/settings.h"
#include "record/store.h"

enum { SMALLER = 5, STEPS = 100 };
#define SHORTER 0.9

/* People and posts that are solved together: indexes of the whole. */
struct part {
	int32_t *people, *posts;
	size_t person_count, post_count;
	size_t room; /* for people */
};

struct parts {
	struct work *work;
	struct dispatch *dispatch;
	const struct dispatch_table *table;
	struct part *list;
	size_t count;
	double worth; /* of a filled seat, the same in every part */
	double *prices, *leads; /* of a seat, and of the leader's place, of each post in its own part */
};

static int16_t fit_at(const struct parts *parts, int32_t person, int32_t post)
{
	return parts->table->fits[(size_t)person * parts->dispatch->post_count + (size_t)post];
}

static bool is_free(const struct dispatch_person *person)
{
	return person->post < 0;
}

static void take(struct parts *parts, int32_t at, int32_t post_at)
{
	struct dispatch_person *person = &parts->dispatch->people[at];
	struct dispatch_post *post = &parts->dispatch->posts[post_at];
	person->post = post_at;
	person->fit = fit_at(parts, at, post_at);
	person->leads = person->leader && !post->led;
	post->led = post->led || person->leads;
	parts->table->seats[post_at]--;
	if (person->unit >= 0)
		parts->dispatch->shares[person->unit]--;
}

/* --- one part */

/* Every pair that is not ruled out; who may lead a post that nobody leads counts once more, in that post's group of one. */
static bool has_share(const struct parts *parts, int32_t person)
{
	int32_t unit = parts->dispatch->people[person].unit;
	return unit < 0 || parts->dispatch->shares[unit] > 0;
}

static void make_pairs(const struct parts *parts, const struct part *part, struct fit_problem *problem)
{
	struct fit_pair *pairs = arena_alloc(parts->work->arena, (2 * part->person_count * part->post_count + 1) * sizeof *pairs);
	for (size_t i = 0; i < part->person_count; i++)
		for (size_t j = 0; j < part->post_count; j++) {
			const struct dispatch_person *person = &parts->dispatch->people[part->people[i]];
			int16_t fit = fit_at(parts, part->people[i], part->posts[j]);
			if (fit == DISPATCH_BARRED || !parts->table->seats[part->posts[j]] || !has_share(parts, part->people[i]))
				continue;
			pairs[problem->count++] = (struct fit_pair){(int32_t)i, (int32_t)j, fit, -1};
			if (person->leader && !parts->dispatch->posts[part->posts[j]].led)
				pairs[problem->count++] = (struct fit_pair){(int32_t)i, (int32_t)j, fit + DISPATCH_LEADER, (int32_t)j};
		}
	problem->pairs = pairs;
}

static enum status solve_part(struct parts *parts, const struct part *part)
{
	struct arena *arena = parts->work->arena;
	struct fit_problem problem = {
		.people = part->person_count, .posts = part->post_count, .groups = part->post_count, .worth = parts->worth};
	int32_t *post_of = arena_alloc(arena, (part->person_count + 1) * sizeof *post_of);
	int32_t *seats = arena_alloc(arena, (part->post_count + 1) * sizeof *seats);
	struct fit_prices prices = {
		arena_alloc(arena, (part->post_count + 1) * sizeof(double)), arena_alloc(arena, (part->post_count + 1) * sizeof(double))};
	for (size_t j = 0; j < part->post_count; j++)
		seats[j] = parts->table->seats[part->posts[j]];
	problem.seats = seats;
	int32_t *unit_of = arena_alloc(arena, (part->person_count + 1) * sizeof *unit_of);
	for (size_t i = 0; i < part->person_count; i++)
		unit_of[i] = parts->dispatch->people[part->people[i]].unit;
	problem.units = parts->dispatch->unit_count;
	problem.unit_of = unit_of;
	problem.shares = parts->dispatch->shares;
	make_pairs(parts, part, &problem);
	if (fit_solve(parts->work, &problem, post_of, parts->prices ? &prices : NULL) != OK)
		return parts->work->status;
	for (size_t j = 0; parts->prices && j < part->post_count; j++) {
		parts->prices[part->posts[j]] = prices.posts[j];
		parts->leads[part->posts[j]] = prices.groups[j];
	}
	for (size_t i = 0; i < part->person_count; i++)
		if (post_of[i] >= 0)
			take(parts, part->people[i], part->posts[post_of[i]]);
	return OK;
}

/* All who are free and all posts with seats left. */
static struct part whole(const struct parts *parts)
{
	struct arena *arena = parts->work->arena;
	const struct dispatch *dispatch = parts->dispatch;
	struct part part = {.people = arena_alloc(arena, (dispatch->person_count + 1) * sizeof(int32_t)),
		.posts = arena_alloc(arena, (dispatch->post_count + 1) * sizeof(int32_t))};
	for (size_t i = 0; i < dispatch->person_count; i++)
		if (is_free(&dispatch->people[i]) && !dispatch_out(dispatch, &dispatch->people[i]))
			part.people[part.person_count++] = (int32_t)i;
	for (size_t j = 0; j < dispatch->post_count; j++)
		if (parts->table->seats[j])
			part.posts[part.post_count++] = (int32_t)j;
	return part;
}

/* --- the split */

struct placed {
	const char *path;
	int32_t post;
};

static int by_path(const void *one, const void *other)
{
	const struct placed *a = one, *b = other;
	int order = strcmp(a->path, b->path);
	return order ? order : a->post < b->post ? -1 : a->post > b->post;
}

/* Posts that stand next to each other in the tree of areas go into one part, about as many seats in each. */
static void split_posts(struct parts *parts, const struct part *all)
{
	struct arena *arena = parts->work->arena;
	struct placed *placed = arena_alloc(arena, (all->post_count + 1) * sizeof *placed);
	int64_t seats = 0, before = 0;
	for (size_t j = 0; j < all->post_count; j++) {
		placed[j] = (struct placed){parts->dispatch->posts[all->posts[j]].path, all->posts[j]};
		seats += parts->table->seats[all->posts[j]];
	}
	qsort(placed, all->post_count, sizeof *placed, by_path);
	for (size_t k = 0; k < parts->count; k++)
		parts->list[k].posts = arena_alloc(arena, (all->post_count + 1) * sizeof(int32_t));
	for (size_t j = 0; j < all->post_count; j++) {
		struct part *part = &parts->list[(size_t)(before * (int64_t)parts->count / seats)];
		part->posts[part->post_count++] = placed[j].post;
		before += parts->table->seats[placed[j].post];
	}
}

static int16_t best_in(const struct parts *parts, int32_t person, const struct part *part)
{
	int16_t best = DISPATCH_BARRED;
	for (size_t j = 0; j < part->post_count; j++) {
		int16_t fit = fit_at(parts, person, part->posts[j]);
		best = fit > best ? fit : best;
	}
	return best;
}

struct chooser {
	int32_t person, regret; /* what it costs them not to get the part that fits best */
};

static int by_regret(const void *one, const void *other)
{
	const struct chooser *a = one, *b = other;
	return a->regret != b->regret ? (a->regret < b->regret ? 1 : -1) : a->person < b->person ? -1 : a->person > b->person;
}

/* As many people to each part as it has a share of the seats. */
static void make_room(struct parts *parts, const struct part *all)
{
	int64_t seats = 0;
	for (size_t j = 0; j < all->post_count; j++)
		seats += parts->table->seats[all->posts[j]];
	for (size_t k = 0; k < parts->count; k++) {
		struct part *part = &parts->list[k];
		int64_t own = 0;
		for (size_t j = 0; j < part->post_count; j++)
			own += parts->table->seats[part->posts[j]];
		part->room = (size_t)((own * (int64_t)all->person_count + seats - 1) / seats);
		part->people = arena_alloc(parts->work->arena, (part->room + 1) * sizeof(int32_t));
	}
}

/* The part with room where somebody fits best. */
static size_t best_part(const struct parts *parts, const int16_t *fits)
{
	size_t best = parts->count;
	for (size_t k = 0; k < parts->count; k++)
		if (parts->list[k].person_count < parts->list[k].room && (best == parts->count || fits[k] > fits[best]))
			best = k;
	return best;
}

/* Each goes to the part where they fit best; who would lose most chooses first. */
static void split_people(struct parts *parts, const struct part *all)
{
	struct arena *arena = parts->work->arena;
	size_t count = parts->count;
	int16_t *fits = arena_alloc(arena, (all->person_count * count + 1) * sizeof *fits);
	struct chooser *choosers = arena_alloc(arena, (all->person_count + 1) * sizeof *choosers);
	make_room(parts, all);
	for (size_t i = 0; i < all->person_count; i++) {
		int32_t best = DISPATCH_BARRED, second = DISPATCH_BARRED;
		for (size_t k = 0; k < count; k++) {
			int16_t fit = fits[i * count + k] = best_in(parts, all->people[i], &parts->list[k]);
			second = fit > best ? best : fit > second ? fit : second;
			best = fit > best ? fit : best;
		}
		choosers[i] = (struct chooser){(int32_t)i, best - second};
	}
	qsort(choosers, all->person_count, sizeof *choosers, by_regret);
	for (size_t i = 0; i < all->person_count; i++) {
		size_t at = (size_t)choosers[i].person, k = best_part(parts, &fits[at * count]);
		if (k < count)
			parts->list[k].people[parts->list[k].person_count++] = all->people[at];
	}
}

/* --- the bound */

/* What the whole looks like to the bound: seats and leaders as they were before anybody was seated, and how many would choose each at these prices. */
struct dual {
	const struct part *all;
	const int32_t *seats;
	const bool *led;
	int32_t *wanted, *leaders; /* by post */
	double worth; /* of a filled seat */
	int64_t people; /* that may be seated, within the shares of units */
};

/* What one person brings beyond the prices at best, counted as the wish for that seat. */
static double best_gain(const struct parts *parts, const struct dual *dual, int32_t person)
{
	const bool leader = parts->dispatch->people[person].leader;
	double most = 0;
	int32_t choice = -1;
	bool leads = false;
	for (size_t j = 0; j < dual->all->post_count; j++) {
		int32_t post = dual->all->posts[j];
		int16_t fit = fit_at(parts, person, post);
		double gain = dual->worth + fit - parts->prices[post], lead = gain + DISPATCH_LEADER - parts->leads[post];
		bool best_as_leader = leader && !dual->led[post] && lead > gain;
		gain = best_as_leader ? lead : gain;
		if (fit != DISPATCH_BARRED && gain > most) {
			most = gain;
			choice = post;
			leads = best_as_leader;
		}
	}
	if (choice >= 0) {
		dual->wanted[choice]++;
		dual->leaders[choice] += leads;
	}
	return most;
}

/* No plan of the whole is worth more than its dual at any prices (weak duality of linear programs): all seats at their prices, and what each person brings
 * beyond them at best. */
static double bound_of(const struct parts *parts, const struct dual *dual)
{
	double bound = 0;
	for (size_t j = 0; j < dual->all->post_count; j++) {
		int32_t post = dual->all->posts[j];
		bound += dual->seats[post] * parts->prices[post] + parts->leads[post];
		dual->wanted[post] = dual->leaders[post] = 0;
	}
	for (size_t i = 0; i < dual->all->person_count; i++)
		bound += best_gain(parts, dual, dual->all->people[i]);
	return bound;
}

static double raised(double price, double by)
{
	return price + by > 0 ? price + by : 0;
}

/* The least bound found by raising prices where too many wish to be and lowering them where seats stay empty: a subgradient step of the length that would close
 * the gap (Polyak, 1969), shorter where that did not help. */
static double least_bound(struct parts *parts, const struct dual *dual, double worth)
{
	double least = bound_of(parts, dual), bound = least, length = 1;
	for (int step = 0; step < STEPS && least - worth >= 1; step++) {
		double norm = 0;
		for (size_t j = 0; j < dual->all->post_count; j++) {
			int32_t post = dual->all->posts[j];
			double over = dual->wanted[post] - dual->seats[post], leaders = dual->leaders[post] - 1;
			norm += over * over + leaders * leaders;
		}
		if (norm == 0)
			break;
		double by = length * (bound - worth) / norm;
		for (size_t j = 0; j < dual->all->post_count; j++) {
			int32_t post = dual->all->posts[j];
			parts->prices[post] = raised(parts->prices[post], by * (dual->wanted[post] - dual->seats[post]));
			parts->leads[post] = raised(parts->leads[post], by * (dual->leaders[post] - 1));
		}
		bound = bound_of(parts, dual);
		length *= bound < least ? 1 : SHORTER;
		least = bound < least ? bound : least;
	}
	return least;
}

/* Prices of parts where people and of parts where seats were scarce are brought to one scale: as scarce as they are in the whole. */
static void level_prices(struct parts *parts, const struct dual *dual, bool seats_scarce)
{
	for (size_t j = 0; j < dual->all->post_count; j++) {
		double *price = &parts->prices[dual->all->posts[j]];
		*price = raised(*price, (seats_scarce ? dual->worth : 0) - (*price > parts->worth / 2 ? parts->worth : 0));
	}
}

/* Seats that a better plan might fill count before fits; how much better it might fit is told where it cannot fill more. There the worth of a seat is the same on
 * both sides, and any may be taken: a small one keeps prices on the scale of fits. */
static void state_gap(struct parts *parts, struct dual *dual, double range)
{
	const struct part *all = dual->all;
	int64_t filled = 0, open = 0;
	double fit = 0;
	for (size_t j = 0; j < all->post_count; j++)
		open += dual->seats[all->posts[j]];
	for (size_t i = 0; i < all->person_count; i++) {
		const struct dispatch_person *person = &parts->dispatch->people[all->people[i]];
		filled += !is_free(person);
		fit += is_free(person) ? 0 : person->fit + (person->leads ? DISPATCH_LEADER : 0);
	}
	dual->worth = parts->worth;
	int64_t people = dual->people, most = open < people ? open : people, proven = (int64_t)(bound_of(parts, dual) / parts->worth);
	most = proven < most ? proven : most;
	parts->dispatch->gap_seats = most - filled;
	if (most > filled)
		return;
	dual->worth = 2 * range;
	level_prices(parts, dual, open <= people);
	double seated = fit + (double)filled * dual->worth;
	parts->dispatch->gap = (int64_t)(least_bound(parts, dual, seated) - seated + 0.5);
}

/* --- both */

static int32_t least_and_most(const struct parts *parts, const struct part *all, int32_t *most)
{
	int32_t least = 0;
	*most = 0;
	for (size_t i = 0; i < all->person_count; i++)
		for (size_t j = 0; j < all->post_count; j++) {
			int16_t fit = fit_at(parts, all->people[i], all->posts[j]);
			least = fit != DISPATCH_BARRED && fit < least ? fit : least;
			*most = fit > *most ? fit : *most;
		}
	*most += DISPATCH_LEADER;
	return least;
}

static enum status solve_split(struct parts *parts, const struct part *all)
{
	struct arena *arena = parts->work->arena;
	const struct dispatch *dispatch = parts->dispatch;
	int32_t most, least = least_and_most(parts, all, &most), *seats = arena_alloc(arena, (dispatch->post_count + 1) * sizeof *seats);
	bool *led = arena_alloc(arena, (dispatch->post_count + 1) * sizeof *led);
	int64_t open = 0;
	for (size_t j = 0; j < dispatch->post_count; j++) {
		open += seats[j] = parts->table->seats[j];
		led[j] = dispatch->posts[j].led;
	}
	/* what the shares of units leave out raises the bound, never lowers it */
	int64_t seatable = 0;
	for (size_t i = 0; i < all->person_count; i++)
		seatable += dispatch->people[all->people[i]].unit < 0;
	for (size_t i = 0; i < dispatch->unit_count; i++)
		seatable += dispatch->shares[i];
	parts->worth = fit_worth(open, (int64_t)all->person_count, least, most);
	parts->prices = arena_alloc(arena, (dispatch->post_count + 1) * sizeof *parts->prices);
	parts->leads = arena_alloc(arena, (dispatch->post_count + 1) * sizeof *parts->leads);
	parts->list = arena_alloc(arena, parts->count * sizeof *parts->list);
	split_posts(parts, all);
	split_people(parts, all);
	for (size_t k = 0; k < parts->count; k++)
		if (solve_part(parts, &parts->list[k]) != OK)
			return parts->work->status;
	/* whom no part had a place for, and seats that no part could fill */
	double *prices = parts->prices;
	struct part rest = whole(parts);
	parts->prices = NULL;
	if (rest.person_count && rest.post_count && 2 * rest.person_count * rest.post_count <= FIT_MOST && solve_part(parts, &rest) != OK)
		return parts->work->status;
	parts->prices = prices;
	struct dual dual = {.all = all, .seats = seats, .led = led, .people = seatable};
	dual.wanted = arena_alloc(arena, (dispatch->post_count + 1) * sizeof *dual.wanted);
	dual.leaders = arena_alloc(arena, (dispatch->post_count + 1) * sizeof *dual.leaders);
	state_gap(parts, &dual, (double)most - least);
	return OK;
}

enum status dispatch_seat(struct work *work, struct dispatch *dispatch, const struct dispatch_table *table)
{
	struct parts parts = {.work = work, .dispatch = dispatch, .table = table, .count = 1};
	struct part all = whole(&parts);
	store_read(work);
	size_t pairs = all.person_count * all.post_count, most = (size_t)settings_number(work, "dispatch_pairs");
	store_release(work);
	most = most < 1 ? 1 : most > FIT_MOST / 2 ? FIT_MOST / 2 : most;
	/* so many parts of people and of posts make the square of it as many pairs fewer; small parts are solved much faster than large ones */
	while (pairs > most && pairs / (parts.count * parts.count) > most / SMALLER && parts.count < all.post_count)
		parts.count++;
	dispatch->parts = (int64_t)parts.count;
	if (!pairs)
		return OK;
	return parts.count == 1 ? solve_part(&parts, &all) : solve_split(&parts, &all);
}
