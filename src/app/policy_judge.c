#include "app/policy_judge.h"

#include <string.h>

#include "base/clock.h"

/* --- one policy, one site */

/* Whether it holds at all for a site that stands there, on that day. */
static bool in_force(const struct ready *ready, const char *path)
{
	const struct policy *policy = ready->policy;
	return path_inside(path, policy->row.path) && !(GIVEN(policy, policy, begins) && ready->day < policy->begins) &&
		!(GIVEN(policy, policy, ends) && ready->day > policy->ends) &&
		!(GIVEN(policy, policy, apply_by) && text_same(policy->mode, "apply") && ready->day > policy->apply_by);
}

struct explaining {
	struct arena *arena;
	const struct policies *policies;
	const struct facts *facts;
	struct reason *list;
	size_t count, space;
};

static void explain_leaf(struct explaining *explaining, const struct node *node)
{
	struct slot_list missing = {.count = 0};
	enum verdict verdict = leaf_judge(node, explaining->facts);
	if (verdict == VERDICT_MISSING)
		leaf_missing(node, explaining->facts, &missing);
	*ARENA_PUSH(explaining->arena, explaining->list, explaining->count, explaining->space) = (struct reason){.at = node->at,
		.verdict = verdict,
		.asked = leaf_words(explaining->arena, &explaining->policies->space, node),
		.seen = leaf_seen(explaining->arena, &explaining->policies->space, node, explaining->facts),
		.slot = missing.count ? missing.slots[0] : NO_SLOT};
}

static void explain_tree(struct explaining *explaining, const struct node *node)
{
	if (node_leaf(node))
		explain_leaf(explaining, node);
	for (size_t i = 0; i < node->child_count; i++)
		explain_tree(explaining, &node->children[i]);
}

static void explain_day(struct explaining *explaining, const char *english, const char *chinese, int64_t limit, int64_t day)
{
	char one[DAY_TEXT], two[DAY_TEXT];
	struct arena *arena = explaining->arena;
	day_print(limit, one);
	*ARENA_PUSH(arena, explaining->list, explaining->count, explaining->space) = (struct reason){.at = "",
		.verdict = VERDICT_NO,
		.asked = arena_print(arena, "%s %s|%s%s", english, one, chinese, one),
		.seen = arena_copy(arena, day_print(day, two)),
		.slot = NO_SLOT};
}

static void explain_force(struct explaining *explaining, const struct ready *ready)
{
	const struct policy *policy = ready->policy;
	if (!path_inside(explaining->facts->path, policy->row.path))
		*ARENA_PUSH(explaining->arena, explaining->list, explaining->count, explaining->space) = (struct reason){
			.at = "", .verdict = VERDICT_NO, .asked = "Stands where the policy holds|位于政策适用区划内", .slot = NO_SLOT};
	if (GIVEN(policy, policy, begins) && ready->day < policy->begins)
		explain_day(explaining, "Holds from", "自此日起有效：", policy->begins, ready->day);
	if (GIVEN(policy, policy, ends) && ready->day > policy->ends)
		explain_day(explaining, "Holds until", "有效期至", policy->ends, ready->day);
	if (GIVEN(policy, policy, apply_by) && text_same(policy->mode, "apply") && ready->day > policy->apply_by)
		explain_day(explaining, "Applied for until", "申请截止日为", policy->apply_by, ready->day);
}

void policies_judge(const struct policies *policies, size_t i, const struct facts *facts, bool explain, struct judgement *judgement)
{
	const struct ready *ready = &policies->list[i];
	bool force = in_force(ready, facts->path);
	judgement->verdict = force ? tree_judge(ready->tree, facts) : VERDICT_NO;
	judgement->amount_known = judgement->amount_none = false;
	judgement->amount = 0;
	judgement->missing.count = 0;
	judgement->reasons = NULL;
	judgement->reason_count = 0;
	if (judgement->verdict == VERDICT_YES) {
		struct amount amount = benefit_amount(ready->benefit, facts, &judgement->missing);
		judgement->amount_known = amount.known && !amount.none;
		judgement->amount_none = amount.none;
		judgement->amount = judgement->amount_known ? amount.fen : 0;
	} else if (judgement->verdict == VERDICT_MISSING) {
		tree_missing(ready->tree, facts, &judgement->missing);
	}
	if (!explain)
		return;
	struct explaining explaining = {.arena = policies->arena, .policies = policies, .facts = facts};
	explain_force(&explaining, ready);
	explain_tree(&explaining, ready->tree);
	judgement->reasons = explaining.list;
	judgement->reason_count = explaining.count;
}

/* --- policies made ready */

struct policies *policies_new(struct work *work)
{
	struct policies *policies = arena_alloc(work->arena, sizeof *policies);
	policies->arena = work->arena;
	policies->space = (struct fact_space){.arena = work->arena, .book = fact_book(work)};
	return policies;
}

static const json_t *parsed(struct work *work, const char *text)
{
	return text ? json_read(work->arena, text, strlen(text), NULL) : NULL;
}

enum status policies_add(struct work *work, struct policies *policies, const struct policy *policy, int64_t day)
{
	struct ready ready = {.policy = policy, .day = day, .month = policy_month(policy, day)};
	struct tree_reader reader = {.work = work, .space = &policies->space, .month = ready.month, .field = "conditions"};
	ready.tree = tree_read(&reader, parsed(work, GIVEN(policy, policy, conditions) ? policy->conditions : NULL));
	reader.field = "benefit";
	reader.leaves = 0;
	ready.benefit = ready.tree ? benefit_read(&reader, parsed(work, GIVEN(policy, policy, benefit) ? policy->benefit : NULL)) : NULL;
	if (!ready.benefit)
		return work->status;
	*ARENA_PUSH(work->arena, policies->list, policies->count, policies->room) = ready;
	return OK;
}

struct policies *policies_current(struct work *work, int64_t day)
{
	struct policies *policies = policies_new(work);
	struct row **rows = NULL;
	size_t count = 0, space = 0;
	struct query *query = db_query(work->db,
		arena_print(work->arena,
			"SELECT %s FROM policies WHERE state = 'published' AND voided_at IS NULL AND (begins IS NULL OR begins <= ?) AND (ends IS NULL OR "
			"ends >= ?) ORDER BY title, id",
			row_columns(work->arena, &policy_record)),
		BIND(V(day), V(day)));
	while (db_next(query))
		*ARENA_PUSH(work->arena, rows, count, space) = row_read(work, &policy_record, query);
	for (size_t i = 0; i < count; i++)
		/* a kind of fact may have been taken out since it was checked */
		if (policies_add(work, policies, (const struct policy *)rows[i], day) != OK)
			work_forgive(work);
	return policies;
}

enum status policy_judge_site(struct work *work, struct id policy, struct id site, struct judgement *judgement)
{
	struct facts_reader reader;
	struct policies *policies = policies_new(work);
	const struct row *row = row_load(work, &policy_record, policy);
	if (!row || row->voided_at)
		return fail(work, NOT_FOUND, NULL, NULL);
	if (policies_add(work, policies, (const struct policy *)row, work->today) != OK)
		return work->status;
	facts_begin_one(&reader, work, &policies->space, work->today, site);
	const struct facts *facts = facts_next(&reader);
	if (!facts)
		return fail(work, NOT_FOUND, NULL, NULL);
	policies_judge(policies, 0, facts, true, judgement);
	facts_end(&reader);
	return OK;
}

enum status policy_judge_all(struct work *work, struct id site, int64_t day,
	enum status (*each)(struct work *work, void *data, const struct policies *policies, const struct ready *ready,
		const struct judgement *judgement),
	void *data)
{
	struct facts_reader reader;
	struct policies *policies = policies_current(work, day);
	facts_begin_one(&reader, work, &policies->space, day, site);
	const struct facts *facts = facts_next(&reader);
	facts_end(&reader);
	for (size_t i = 0; facts && work->status == OK && i < policies->count; i++) {
		struct judgement judgement;
		if (!path_inside(facts->path, policies->list[i].policy->row.path))
			continue;
		policies_judge(policies, i, facts, true, &judgement);
		each(work, data, policies, &policies->list[i], &judgement);
	}
	return facts ? work->status : fail(work, NOT_FOUND, NULL, NULL);
}
