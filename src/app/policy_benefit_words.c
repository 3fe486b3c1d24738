/* Benefits as people read them. */
#include <inttypes.h>

#include "app/policy_judge.h"

static const char *label(struct arena *arena, const struct fact_space *space, int slot, enum language language)
{
	return text_in(arena, space->slots[slot].about->label, language);
}

static const char *say(struct arena *arena, enum fact_type type, int64_t number, enum language language)
{
	const struct fact_about about = {.type = type};
	return fact_say(arena, &about, number, NULL, language);
}

/* The name of the fact, or the number. */
static const char *part_words(
	struct arena *arena, const struct fact_space *space, const struct figure *part, enum fact_type type, enum language language)
{
	return part->slot == NO_SLOT ? say(arena, type, part->number, language) : label(arena, space, part->slot, language);
}

/* A tree within a sentence. */
static void add_tree(struct buf *buf, struct arena *arena, const struct fact_space *space, const struct node *node, enum language language)
{
	bool chinese = language == CHINESE;
	if (node_leaf(node)) {
		buf_text(buf, text_in(arena, leaf_words(arena, space, node), language));
		return;
	}
	if (node->is == NODE_NOT)
		buf_text(buf, chinese ? "不符合：" : "not: ");
	for (size_t i = 0; i < node->child_count; i++) {
		if (i)
			buf_text(buf, node->is == NODE_ANY ? (chinese ? "，或" : ", or ") : chinese ? "，且" : ", and ");
		add_tree(buf, arena, space, &node->children[i], language);
	}
}

static const char *months_words(struct arena *arena, const struct fact_space *space, const struct benefit *benefit, enum language language)
{
	enum { NO_LIMIT = 1200 };
	bool chinese = language == CHINESE;
	const char *months = part_words(arena, space, &benefit->months, FACT_WHOLE, language);
	if (benefit->months.slot == NO_SLOT)
		return benefit->months.number == 1 && benefit->is == BENEFIT_HEADS
			? ""
			: arena_print(arena, chinese ? "，%s个月" : ", %s months", months);
	if (benefit->most_months >= NO_LIMIT)
		return arena_print(arena, chinese ? "，按%s" : ", for the %s", months);
	return arena_print(
		arena, chinese ? "，按%s，最长%" PRId64 "个月" : ", for the %s, at most %" PRId64 " months", months, benefit->most_months);
}

static const char *rate_words(struct arena *arena, const struct fact_space *space, const struct benefit *benefit, enum language language)
{
	bool chinese = language == CHINESE;
	const char *from = part_words(arena, space, &benefit->from, FACT_RATE, language);
	if (benefit->to.slot != NO_SLOT || benefit->to.number)
		from = arena_print(
			arena, chinese ? "（%s－%s）" : "(%s less %s)", from, part_words(arena, space, &benefit->to, FACT_RATE, language));
	const char *share =
		benefit->share == RATE_WHOLE ? "" : arena_print(arena, " × %s", say(arena, FACT_RATE, benefit->share, language));
	const char *words = arena_print(arena, "%s × %s%s%s", label(arena, space, benefit->base.slot, language), from, share,
		months_words(arena, space, benefit, language));
	if (benefit->other == NO_SLOT)
		return words;
	return arena_print(arena, chinese ? "%s，与%s合计不超过%s" : "%s; with %s no more than %s", words,
		label(arena, space, benefit->other, language), say(arena, FACT_RATE, benefit->most_share, language));
}

static const char *fraction_words(
	struct arena *arena, const struct fact_space *space, const struct benefit *benefit, enum language language)
{
	bool chinese = language == CHINESE;
	const char *base = label(arena, space, benefit->base.slot, language);
	const char *free = benefit->free ? arena_print(arena, chinese ? "%" PRId64 "个月全额" : "%" PRId64 " in full", benefit->free) : "";
	const char *half = benefit->half ? arena_print(arena, chinese ? "%" PRId64 "个月减半" : "%" PRId64 " by half", benefit->half) : "";
	return arena_print(
		arena, chinese ? "%s：%s%s%s" : "%s, months: %s%s%s", base, free, *free && *half ? (chinese ? "、" : ", ") : "", half);
}

static const char *formula(struct arena *arena, const struct fact_space *space, const struct benefit *benefit, enum language language);

static const char *children_words(
	struct arena *arena, const struct fact_space *space, const struct benefit *benefit, enum language language)
{
	bool chinese = language == CHINESE;
	struct buf buf = {.arena = arena};
	if (benefit->is == BENEFIT_MOST)
		buf_text(&buf, chinese ? "取其高者：" : "The highest of: ");
	for (size_t i = 0; i < benefit->child_count; i++) {
		if (i)
			buf_text(&buf, benefit->is == BENEFIT_SUM ? (chinese ? "，另加" : ", and ") : chinese ? "；" : "; ");
		if (benefit->is == BENEFIT_CASES && benefit->when[i]) {
			add_tree(&buf, arena, space, benefit->when[i], language);
			buf_text(&buf, chinese ? "：" : ": ");
		} else if (benefit->is == BENEFIT_CASES) {
			buf_text(&buf, chinese ? "其他：" : "others: ");
		}
		buf_text(&buf, benefit_words(arena, space, &benefit->children[i], language));
	}
	return buf_end(&buf);
}

static const char *formula(struct arena *arena, const struct fact_space *space, const struct benefit *benefit, enum language language)
{
	bool chinese = language == CHINESE;
	switch (benefit->is) {
	case BENEFIT_NONE: return text_in(arena, "Not an amount of money|不涉及金额", language);
	case BENEFIT_FIXED: return say(arena, FACT_AMOUNT, benefit->per, language);
	case BENEFIT_PERCENT:
		return arena_print(arena, "%s × %s", label(arena, space, benefit->base.slot, language),
			say(arena, FACT_RATE, benefit->rate, language));
	case BENEFIT_HEADS:
		return arena_print(arena, chinese ? "%s × 每人%s%s" : "%s × %s a head%s", label(arena, space, benefit->base.slot, language),
			part_words(arena, space, &benefit->from, FACT_AMOUNT, language), months_words(arena, space, benefit, language));
	case BENEFIT_MONTHS: return fraction_words(arena, space, benefit, language);
	case BENEFIT_RATE: return rate_words(arena, space, benefit, language);
	default: return children_words(arena, space, benefit, language);
	}
}

const char *benefit_words(struct arena *arena, const struct fact_space *space, const struct benefit *benefit, enum language language)
{
	static const char *const sizes[SIZES] = {"large|大型", "medium|中型", "small|小型", "micro|微型"};
	bool chinese = language == CHINESE;
	struct buf buf = {.arena = arena};
	buf_text(&buf, formula(arena, space, benefit, language));
	if (benefit->cap >= 0)
		buf_print(&buf, chinese ? "，最高%s" : "; at most %s", say(arena, FACT_AMOUNT, benefit->cap, language));
	for (int i = 0; i < SIZES && benefit->capped_by_size; i++)
		if (benefit->caps[i] >= 0)
			buf_print(&buf, chinese ? "，%s最高%s" : "; %s at most %s", text_in(arena, sizes[i], language),
				say(arena, FACT_AMOUNT, benefit->caps[i], language));
	return buf_end(&buf);
}
