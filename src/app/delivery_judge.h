/* What the ledger asks of the engine that judges policies (policy_judge.h): verdict, amount, and in words why, and what is missing. */
#pragma once

#include "app/policy.h"
#include "app/policy_judge.h"

struct judged {
	enum verdict verdict;
	bool amount_known;
	int64_t amount; /* fen */
	const char *why; /* "English|中文"; NULL: not asked for, or it qualifies */
	const char *const *facts; /* what is missing, for the verdict or for the amount; "English|中文" each */
	size_t fact_count;
};

/* One policy, or all that are published and in force, made ready for today. In work->arena. */
struct judging *judging_one(struct work *work, const struct policy *policy);
struct judging *judging_all(struct work *work);
size_t judging_count(const struct judging *judging);
struct id judging_policy(const struct judging *judging, size_t i);
/* Reads the facts of a site; false where there is none, or it was taken out: then every verdict is no. */
bool judging_site(struct judging *judging, struct id site);
/* The i-th policy for that site. `words`: with reasons and missing facts in words. */
void judging_ask(struct judging *judging, size_t i, bool words, struct judged *judged);
/* Tells the verdict of the first policy for every site below its area. */
void judging_walk(struct judging *judging, void (*each)(void *context, struct id site, enum verdict verdict), void *context);
