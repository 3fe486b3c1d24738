/* Policy x site: qualifies, does not, or which fact is missing (Kleene's three values), with a reason at each leaf, and the amount.
 *
 *   struct policies *all = policies_current(work, day);          every published policy in force, read once
 *   facts_begin(&reader, work, policies_space(all), …);           the facts of many sites, one query
 *   while ((facts = facts_next(&reader)))
 *       policies_judge(all, i, facts, &judgement);                no query, no memory
 *
 * or policy_judge_site, policy_judge_all for one site. A tree looks at the month before the day that is judged, kept within the policy's own days. */
#pragma once

#include "app/policy.h"
#include "app/policy_benefit.h"

/* Why, at one leaf. Texts are "English|中文". */
struct reason {
	const char *at; /* number of the leaf; "" the policy itself: its area, its days */
	enum verdict verdict;
	const char *asked;
	const char *seen; /* NULL: nothing is known */
	int slot; /* of the fact that is missing; NO_SLOT none */
};

struct judgement {
	enum verdict verdict;
	bool amount_known; /* of VERDICT_YES */
	bool amount_none; /* it is not money */
	int64_t amount; /* fen, where known */
	struct slot_list missing; /* VERDICT_MISSING: what the verdict lacks; VERDICT_YES: what the amount lacks */
	const struct reason *reasons; /* where they were asked for, in the arena of the policies; else NULL */
	size_t reason_count;
};

/* A policy made ready for a day. */
struct ready {
	const struct policy *policy;
	int64_t day, month;
	const struct node *tree;
	const struct benefit *benefit;
};

/* Several, with one space of facts. */
struct policies {
	struct arena *arena;
	struct fact_space space;
	struct ready *list;
	size_t count, room;
};

/* None yet. In work->arena. */
struct policies *policies_new(struct work *work);
/* Adds one: published or not; BAD_FIELD on work where its tree or benefit is no good. */
enum status policies_add(struct work *work, struct policies *policies, const struct policy *policy, int64_t day);
/* Every published policy that is in force on the day, in the order of titles. What cannot be read is left out. */
struct policies *policies_current(struct work *work, int64_t day);
/* The i-th for one site. No query; no memory but for reasons (`explain`, in policies->arena). */
void policies_judge(const struct policies *policies, size_t i, const struct facts *facts, bool explain, struct judgement *judgement);

/* One policy for one site today, with reasons. NOT_FOUND where either is not there. */
enum status policy_judge_site(struct work *work, struct id policy, struct id site, struct judgement *judgement);
/* Every published policy in force below whose area the site stands, each once, with reasons. */
enum status policy_judge_all(struct work *work, struct id site, int64_t day,
	enum status (*each)(struct work *work, void *data, const struct policies *policies, const struct ready *ready,
		const struct judgement *judgement),
	void *data);
/* {"verdict", "amount", "amount_known", "missing": […], "reasons": […]} of a judgement, in the language of the work; no braces of its own. */
void judgement_json(struct work *work, struct json *json, const struct policies *policies, const struct judgement *judgement);
/* "yes", "no" or "missing". */
const char *verdict_word(enum verdict verdict);
/* What a leaf asks for, and what the facts say of it. In `arena`, "English|中文". */
const char *leaf_words(struct arena *arena, const struct fact_space *space, const struct node *node);
const char *leaf_seen(struct arena *arena, const struct fact_space *space, const struct node *node, const struct facts *facts);
/* A tree in sentences: [{"at", "depth", "text", "group"}], in the language of the work. */
void tree_json(struct work *work, struct json *json, const struct fact_space *space, const struct node *node);
