#include "app/delivery_judge.h"

#include "app/rights.h"

enum { MOST_REASONS = 3 };

struct judging {
	struct work *work;
	struct policies *policies;
	const struct facts *facts; /* of the site that was read last; NULL: it is not there */
};

static struct judging *begin(struct work *work, struct policies *policies)
{
	struct judging *judging = arena_alloc(work->arena, sizeof *judging);
	*judging = (struct judging){.work = work, .policies = policies};
	return judging;
}

struct judging *judging_one(struct work *work, const struct policy *policy)
{
	struct judging *judging = begin(work, policies_new(work));
	/* a kind of fact may have been taken out since it was checked */
	if (policies_add(work, judging->policies, policy, work->today) != OK)
		work_forgive(work);
	return judging;
}

struct judging *judging_all(struct work *work)
{
	return begin(work, policies_current(work, work->today));
}

size_t judging_count(const struct judging *judging)
{
	return judging->policies->count;
}

struct id judging_policy(const struct judging *judging, size_t i)
{
	return judging->policies->list[i].policy->row.id;
}

bool judging_site(struct judging *judging, struct id site)
{
	struct facts_reader *reader = arena_alloc(judging->work->arena, sizeof *reader);
	facts_begin_one(reader, judging->work, &judging->policies->space, judging->work->today, site);
	judging->facts = facts_next(reader);
	facts_end(reader);
	return judging->facts;
}

/* --- in words */

static const char *fact_label(struct arena *arena, const struct fact_space *space, int slot)
{
	const struct fact_slot *one = &space->slots[slot];
	if (!one->month)
		return one->about->label;
	const char *month = month_text(arena, one->month);
	return arena_print(arena, "%s (%s)|%s（%s）", text_in(arena, one->about->label, ENGLISH), month,
		text_in(arena, one->about->label, CHINESE), month);
}

static void name_facts(struct judging *judging, const struct judgement *judgement, struct judged *judged)
{
	struct arena *arena = judging->work->arena;
	const char **facts = arena_alloc(arena, (judgement->missing.count + 1) * sizeof *facts);
	for (size_t i = 0; i < judgement->missing.count; i++)
		facts[i] = fact_label(arena, &judging->policies->space, judgement->missing.slots[i]);
	judged->facts = facts;
	judged->fact_count = judgement->missing.count;
}

/* "Staff: at most 100 (300); …": what speaks against it, and what is known. */
static const char *reasons(struct arena *arena, const struct judgement *judgement, enum language language)
{
	struct buf text = {.arena = arena};
	int count = 0;
	for (size_t i = 0; i < judgement->reason_count && count < MOST_REASONS; i++) {
		const struct reason *reason = &judgement->reasons[i];
		if (reason->verdict != VERDICT_NO)
			continue;
		buf_print(&text, "%s%s", !count ? "" : language == CHINESE ? "；" : "; ", text_in(arena, reason->asked, language));
		if (reason->seen)
			buf_print(&text, language == CHINESE ? "（现为：%s）" : " (now: %s)", text_in(arena, reason->seen, language));
		count++;
	}
	return buf_end(&text);
}

static const char *why_missing(struct arena *arena, const struct judged *judged)
{
	struct buf english = {.arena = arena}, chinese = {.arena = arena};
	for (size_t i = 0; i < judged->fact_count; i++) {
		buf_print(&english, "%s%s", i ? ", " : "", text_in(arena, judged->facts[i], ENGLISH));
		buf_print(&chinese, "%s%s", i ? "、" : "", text_in(arena, judged->facts[i], CHINESE));
	}
	return arena_print(arena, "Not known: %s|缺少信息：%s", buf_end(&english), buf_end(&chinese));
}

void judging_ask(struct judging *judging, size_t i, bool words, struct judged *judged)
{
	struct arena *arena = judging->work->arena;
	struct judgement judgement;
	if (!judging->facts) {
		*judged = (struct judged){.verdict = VERDICT_NO, .why = "The firm was taken out of the register|企业已从名册中移除"};
		return;
	}
	policies_judge(judging->policies, i, judging->facts, words, &judgement);
	*judged = (struct judged){.verdict = judgement.verdict, .amount_known = judgement.amount_known, .amount = judgement.amount};
	if (!words)
		return;
	name_facts(judging, &judgement, judged);
	if (judged->verdict == VERDICT_MISSING)
		judged->why = why_missing(arena, judged);
	else if (judged->verdict == VERDICT_NO)
		judged->why = arena_print(arena, "%s|%s", reasons(arena, &judgement, ENGLISH), reasons(arena, &judgement, CHINESE));
}

void judging_walk(struct judging *judging, void (*each)(void *context, struct id site, enum verdict verdict), void *context)
{
	struct work *work = judging->work;
	struct facts_reader reader;
	const struct facts *facts;
	if (!judging->policies->count)
		return;
	facts_begin(&reader, work, &judging->policies->space, work->today, judging->policies->list[0].policy->row.path, RIGHT_policy_read);
	while ((facts = facts_next(&reader))) {
		struct judgement judgement;
		policies_judge(judging->policies, 0, facts, false, &judgement);
		each(context, facts->site, judgement.verdict);
	}
	facts_end(&reader);
}
