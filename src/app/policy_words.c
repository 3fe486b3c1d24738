/* Trees and judgements as people read them, in both languages from the same place. */
#include <inttypes.h>

#include "app/policy_judge.h"
#include "base/clock.h"

const char *verdict_word(enum verdict verdict)
{
	return verdict == VERDICT_YES ? "yes" : verdict == VERDICT_NO ? "no" : "missing";
}

static const char *label(struct arena *arena, const struct fact_space *space, int slot, enum language language)
{
	const struct fact_slot *one = &space->slots[slot];
	const char *text = text_in(arena, one->about->label, language);
	if (!one->month)
		return text;
	return arena_print(arena, language == CHINESE ? "%s（%s）" : "%s (%s)", text, month_text(arena, one->month));
}

static const char *joined(struct arena *arena, const struct node *node, enum language language)
{
	struct buf buf = {.arena = arena};
	for (size_t i = 0; i < node->word_count; i++)
		buf_print(&buf, "%s%s", !i ? "" : language == CHINESE ? "、" : ", ", text_in(arena, node->shown[i], language));
	return buf_end(&buf);
}

static const char *compare_words(enum compare compare, enum language language)
{
	static const char *const english[] = {"below ", "at most ", "exactly ", "not ", "at least ", "more than "};
	static const char *const chinese[] = {"低于", "不超过", "等于", "不等于", "不低于", "高于"};
	return language == ENGLISH ? english[compare] : chinese[compare];
}

static const char *day_words(enum compare compare, enum language language)
{
	static const char *const english[] = {"before ", "on or before ", "on ", "not on ", "on or after ", "after "};
	static const char *const chinese[] = {"早于", "不晚于", "为", "不为", "不早于", "晚于"};
	return language == ENGLISH ? english[compare] : chinese[compare];
}

/* A number compared with the fact, in the fact's unit. */
static const char *bound(struct arena *arena, const struct fact_about *about, const struct node *node, enum language language)
{
	return arena_print(arena, "%s%s", compare_words(node->compare, language), fact_say(arena, about, node->value, NULL, language));
}

static const char *rate(struct arena *arena, int64_t value)
{
	static const struct fact_about about = {.type = FACT_RATE};
	return fact_say(arena, &about, value, NULL, ENGLISH);
}

static void add_band(struct buf *buf, struct arena *arena, const struct fact_space *space, const struct node *node, const struct band *band,
	enum language language)
{
	bool chinese = language == CHINESE;
	if (buf->size)
		buf_text(buf, chinese ? "；" : "; ");
	if (band->from || band->to != INT64_MAX) {
		const char *from = band->from ? month_text(arena, band->from) : "",
			   *to = band->to == INT64_MAX ? "" : month_text(arena, band->to);
		buf_print(buf, chinese ? "%s至%s " : "%s to %s ", from, to);
	}
	if (band->upto != INT64_MAX)
		buf_print(buf, chinese ? "%s不超过%" PRId64 " 的" : "with %s of at most %" PRId64 ": ",
			label(arena, space, node->heads, language), band->upto);
	else if (node->heads != NO_SLOT && node->band_count > 1)
		buf_text(buf, chinese ? "其他" : "others: ");
	buf_print(buf, "%s%s", compare_words(band->compare, language), rate(arena, band->value));
}

static const char *ratio_name(struct arena *arena, const struct fact_space *space, const struct node *node, enum language language)
{
	bool chinese = language == CHINESE;
	const char *top = label(arena, space, node->slot, language), *bottom = label(arena, space, node->bottom, language);
	if (node->less != NO_SLOT)
		top = arena_print(arena, chinese ? "（%s－%s）" : "(%s less %s)", top, label(arena, space, node->less, language));
	if (node->parts != 1)
		bottom = chinese ? arena_print(arena, "%s的 1/%" PRId64, bottom, node->parts)
				 : arena_print(arena, "1/%" PRId64 " of %s", node->parts, bottom);
	return arena_print(arena, chinese ? "%s占%s的比例" : "%s as a share of %s", top, bottom);
}

static const char *ratio_words(struct arena *arena, const struct fact_space *space, const struct node *node, enum language language)
{
	struct buf bands = {.arena = arena};
	for (size_t i = 0; i < node->band_count; i++)
		add_band(&bands, arena, space, node, &node->bands[i], language);
	return arena_print(arena, language == CHINESE ? "%s：%s" : "%s: %s", ratio_name(arena, space, node, language), buf_end(&bands));
}

static const char *words_in(struct arena *arena, const struct fact_space *space, const struct node *node, enum language language)
{
	bool chinese = language == CHINESE;
	const struct fact_about *about = node->slot == NO_SLOT ? NULL : space->slots[node->slot].about;
	const char *list = joined(arena, node, language), *name = about ? label(arena, space, node->slot, language) : "";
	switch (node->is) {
	case LEAF_AREA: return arena_print(arena, chinese ? "位于%s" : "Stands in %s", list);
	case LEAF_INDUSTRY: return arena_print(arena, chinese ? "行业属于%s" : "Its industry belongs to %s", list);
	case LEAF_IN: return arena_print(arena, chinese ? "%s为%s" : "%s is one of: %s", name, list);
	case LEAF_MEMBER: return arena_print(arena, chinese ? "%s含%s" : "%s: %s", name, list);
	case LEAF_WITHOUT: return arena_print(arena, chinese ? "未享受：%s" : "Was not granted: %s", list);
	case LEAF_FLAG: return arena_print(arena, chinese ? "%s：%s" : "%s: %s", name, fact_say(arena, about, node->value, NULL, language));
	case LEAF_NUMBER: return arena_print(arena, chinese ? "%s%s" : "%s %s", name, bound(arena, about, node, language));
	case LEAF_DAY:
		return arena_print(arena, chinese ? "%s%s%s" : "%s %s%s", name, day_words(node->compare, language),
			fact_say(arena, about, node->value, NULL, language));
	case LEAF_RATIO: return ratio_words(arena, space, node, language);
	default: return "";
	}
}

/* A bar divides the languages: none may stand within. */
static const char *both(struct arena *arena, const char *english, const char *chinese)
{
	char *text = arena_print(arena, "%s", english);
	for (char *at = text; *at; at++)
		if (*at == '|')
			*at = '/';
	return arena_print(arena, "%s|%s", text, chinese);
}

const char *leaf_words(struct arena *arena, const struct fact_space *space, const struct node *node)
{
	return both(arena, words_in(arena, space, node, ENGLISH), words_in(arena, space, node, CHINESE));
}

static const char *value_words(
	struct arena *arena, const struct fact_space *space, int slot, const struct facts *facts, enum language language)
{
	const struct fact_value *value = &facts->values[slot];
	if (!value->known)
		return text_in(arena, "not known|未掌握", language);
	const char *said = fact_say(arena, space->slots[slot].about, value->number, value->text, language);
	return *said ? said : text_in(arena, "none|无", language);
}

/* What the ratio comes to, in hundredths of a percent rounded half up; both sides beside it. */
static const char *ratio_seen(
	struct arena *arena, const struct fact_space *space, const struct node *node, const struct facts *facts, enum language language)
{
	const int slots[] = {node->slot, node->less, node->bottom, node->heads};
	struct buf buf = {.arena = arena};
	bool known = true;
	for (size_t i = 0; i < sizeof slots / sizeof *slots; i++) {
		if (slots[i] == NO_SLOT)
			continue;
		known = known && (i == 3 || facts->values[slots[i]].known);
		buf_print(&buf, language == CHINESE ? "%s%s%s" : "%s%s %s",
			!buf.size                     ? ""
				: language == CHINESE ? "，"
						      : ", ",
			label(arena, space, slots[i], language), value_words(arena, space, slots[i], facts, language));
	}
	int64_t bottom = known ? facts->values[node->bottom].number : 0;
	if (bottom <= 0)
		return buf_end(&buf);
	int64_t top = facts->values[node->slot].number - (node->less == NO_SLOT ? 0 : facts->values[node->less].number);
	const char *share = rate(arena, ratio_rate(top, bottom, node->parts));
	return arena_print(arena, language == CHINESE ? "%s（%s）" : "%s (%s)", share, buf_end(&buf));
}

const char *leaf_seen(struct arena *arena, const struct fact_space *space, const struct node *node, const struct facts *facts)
{
	if (node->is == LEAF_AREA)
		return NULL;
	if (node->is == LEAF_RATIO)
		return both(arena, ratio_seen(arena, space, node, facts, ENGLISH), ratio_seen(arena, space, node, facts, CHINESE));
	if (!facts->values[node->slot].known)
		return NULL;
	return both(arena, value_words(arena, space, node->slot, facts, ENGLISH), value_words(arena, space, node->slot, facts, CHINESE));
}

/* --- as JSON */

static void put_missing(struct work *work, struct json *json, const struct fact_space *space, int slot)
{
	const struct fact_slot *one = &space->slots[slot];
	json_open(json, '{');
	json_put(json, "fact", one->about->code);
	json_put(json, "label", work_text(work, one->about->label));
	json_put(json, "month", one->month ? month_text(work->arena, one->month) : NULL);
	json_put_flag(json, "register", one->about->of_site);
	json_close(json, '}');
}

static void put_reason(struct work *work, struct json *json, const struct fact_space *space, const struct reason *reason)
{
	json_open(json, '{');
	json_put(json, "at", reason->at);
	json_put(json, "verdict", verdict_word(reason->verdict));
	json_put(json, "asked", work_text(work, reason->asked));
	json_put(json, "seen", reason->seen ? work_text(work, reason->seen) : NULL);
	if (reason->slot != NO_SLOT) {
		json_key(json, "missing");
		put_missing(work, json, space, reason->slot);
	}
	json_close(json, '}');
}

void judgement_json(struct work *work, struct json *json, const struct policies *policies, const struct judgement *judgement)
{
	json_put(json, "verdict", verdict_word(judgement->verdict));
	json_put_flag(json, "amount_known", judgement->amount_known);
	json_put_flag(json, "amount_none", judgement->amount_none);
	json_key(json, "amount");
	if (judgement->amount_known)
		json_whole(json, judgement->amount);
	else
		json_null_out(json);
	json_key(json, "missing");
	json_open(json, '[');
	for (size_t i = 0; i < judgement->missing.count; i++)
		put_missing(work, json, &policies->space, judgement->missing.slots[i]);
	json_close(json, ']');
	if (!judgement->reasons)
		return;
	json_key(json, "reasons");
	json_open(json, '[');
	for (size_t i = 0; i < judgement->reason_count; i++)
		put_reason(work, json, &policies->space, &judgement->reasons[i]);
	json_close(json, ']');
}

static void put_sentence(struct work *work, struct json *json, const struct fact_space *space, const struct node *node, int depth)
{
	static const char *const groups[] = {[NODE_ALL] = "All of these|以下全部满足",
		[NODE_ANY] = "At least one of these|以下至少满足一项",
		[NODE_NOT] = "Not|以下不成立"};
	bool leaf = node_leaf(node);
	json_open(json, '{');
	json_put(json, "at", node->at);
	json_put_whole(json, "depth", depth);
	json_put_flag(json, "group", !leaf);
	json_put(json, "text", work_text(work, leaf ? leaf_words(work->arena, space, node) : groups[node->is]));
	json_put(json, "note", node->note ? work_text(work, node->note) : NULL);
	json_close(json, '}');
	for (size_t i = 0; i < node->child_count; i++)
		put_sentence(work, json, space, &node->children[i], depth + 1);
}

void tree_json(struct work *work, struct json *json, const struct fact_space *space, const struct node *node)
{
	json_open(json, '[');
	if (node_leaf(node) || node->child_count)
		put_sentence(work, json, space, node, 0);
	json_close(json, ']');
}
