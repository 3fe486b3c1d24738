/* What a policy gives, in fen. Integers only: products are exact (128 bits), and each formula divides once, at its end, rounding half up to a fen (四舍五入到分). A cap is held after that.
 * More than 9,000,000,000,000,000 fen is that much.
 *
 *   none     {"kind": "none"}                                              not money: a longer term, a service
 *   fixed    {"kind": "fixed", "amount": 100000}
 *   percent  {"kind": "percent", "base": fact, "rate": 5000}               base x rate / 10,000; a rate is in hundredths of a percent
 *   heads    {"kind": "heads", "heads": fact, "per": 50000, "months": fact or number, "most_months": 6}     per head and month; months 1 where not said
 *   months   {"kind": "months", "base": fact, "free": 2, "half": 1}        base x (free + half / 2): months of rent or contributions, in full and by half
 *   rate     {"kind": "rate", "balance": fact, "from": fact or rate, "to": fact or rate, "share": 5000, "months": fact or number, "most_months": 12,
 *             "other": fact, "most_share": 5000}     balance x (from - to) x share x months / 12; with "other" no more share than most_share less what others give
 *   most     {"kind": "most", "of": [benefit, …]}                          the highest of them
 *   sum      {"kind": "sum", "of": [benefit, …]}
 *   cases    {"kind": "cases", "of": [{"when": tree, "give": benefit}, …, {"give": benefit}]}     the first whose conditions hold; none: nothing
 *
 * All but none take "cap": fen and "caps": {"large": fen, …} by size class, which goes before it. Where a base is not known the amount is not, and what is missing is named. */
#pragma once

#include "app/policy_verdict.h"

enum benefit_is {
	BENEFIT_NONE,
	BENEFIT_FIXED,
	BENEFIT_PERCENT,
	BENEFIT_HEADS,
	BENEFIT_MONTHS,
	BENEFIT_RATE,
	BENEFIT_MOST,
	BENEFIT_SUM,
	BENEFIT_CASES
};
enum { SIZES = 4 };
#define AMOUNT_MOST INT64_C(9000000000000000)

/* A number, or the fact that tells it. */
struct figure {
	int slot; /* NO_SLOT: the number */
	int64_t number;
};

struct benefit {
	enum benefit_is is;
	struct figure base, months, from, to;
	int64_t rate, per, free, half, share, most_share, most_months;
	int other; /* NO_SLOT none */
	int64_t cap, caps[SIZES]; /* -1 none; large, medium, small, micro */
	bool capped_by_size;
	int size; /* slot of the size class where caps differ by it */
	struct benefit *children;
	const struct node **when; /* of cases; NULL: always */
	size_t child_count;
};

/* NULL, with BAD_FIELD on the reader's work, where it is no good; NULL or an empty object gives BENEFIT_NONE. */
const struct benefit *benefit_read(struct tree_reader *reader, const json_t *json);

/* What comes out. `missing` gets the facts that it lacks. */
struct amount {
	bool known;
	bool none; /* it is not money */
	int64_t fen;
};
struct amount benefit_amount(const struct benefit *benefit, const struct facts *facts, struct slot_list *missing);
/* What it gives, in one sentence. In `arena`. */
const char *benefit_words(struct arena *arena, const struct fact_space *space, const struct benefit *benefit, enum language language);
