#include "app/policy_verdict.h"

#include <string.h>

#include "base/codes.h"
#include "record/reach.h"

/* --- three values */

static enum verdict verdict_of(bool holds)
{
	return holds ? VERDICT_YES : VERDICT_NO;
}

static bool below_one(const struct node *node, const char *path)
{
	for (size_t i = 0; i < node->path_count; i++)
		if (path_inside(path, node->paths[i]))
			return true;
	return false;
}

/* The digits behind the letter of a section, if it has one. */
static const char *digits_of(const char *code)
{
	return *code >= '0' && *code <= '9' ? code : code + 1;
}

/* Whether a site's code lies within what is asked; MISSING where it is too coarse to tell ("61" held against 6110). */
static enum verdict industry_in(const char *code, const char *asked)
{
	const char *have = digits_of(code), *want = digits_of(asked);
	if (!*want)
		return verdict_of(industry_section(code) == industry_section(asked));
	if (!*have)
		return industry_section(code) == industry_section(asked) ? VERDICT_MISSING : VERDICT_NO;
	size_t known = strlen(have), needed = strlen(want);
	if (memcmp(have, want, known < needed ? known : needed) != 0)
		return VERDICT_NO;
	return known < needed ? VERDICT_MISSING : VERDICT_YES;
}

static enum verdict judge_industry(const struct node *node, const struct fact_value *value)
{
	enum verdict best = VERDICT_NO;
	if (!value->known || !industry_section(value->text))
		return VERDICT_MISSING;
	for (size_t i = 0; i < node->word_count; i++) {
		enum verdict one = industry_in(value->text, node->words[i]);
		if (one == VERDICT_YES)
			return one;
		if (one == VERDICT_MISSING)
			best = one;
	}
	return best;
}

static bool one_of(const struct node *node, const char *text)
{
	for (size_t i = 0; i < node->word_count; i++)
		if (strcmp(node->words[i], text) == 0)
			return true;
	return false;
}

static bool listed(const struct node *node, const char *list)
{
	for (size_t i = 0; i < node->word_count; i++)
		if (text_listed(list, ',', node->words[i]))
			return true;
	return false;
}

__extension__ typedef __int128 wide;

/* (top - less) / (bottom / parts) against hundredths of a percent, without dividing; a base of nothing has no ratio. */
static bool ratio_holds(const struct band *band, int64_t top, int64_t bottom, int64_t parts)
{
	wide left = (wide)top * parts * RATE_WHOLE, right = (wide)bottom * band->value;
	if (bottom <= 0)
		return false;
	switch (band->compare) {
	case LESS: return left < right;
	case AT_MOST: return left <= right;
	case EQUAL: return left == right;
	case NOT_EQUAL: return left != right;
	case AT_LEAST: return left >= right;
	default: return left > right;
	}
}

int64_t ratio_rate(int64_t top, int64_t bottom, int64_t parts)
{
	wide twice = 2 * (wide)top * parts * RATE_WHOLE + bottom, whole = twice / (2 * (wide)bottom);
	return (int64_t)(twice < 0 && twice % (2 * (wide)bottom) ? whole - 1 : whole);
}

static const struct band *band_for(const struct node *node, int64_t heads)
{
	for (size_t i = 0; i < node->band_count; i++) {
		const struct band *band = &node->bands[i];
		if (node->month >= band->from && node->month <= band->to && heads <= band->upto)
			return band;
	}
	return NULL;
}

static enum verdict judge_ratio(const struct node *node, const struct fact_value *values)
{
	static const struct fact_value nothing = {.known = true};
	const struct fact_value *top = &values[node->slot], *bottom = &values[node->bottom];
	const struct fact_value *less = node->less == NO_SLOT ? &nothing : &values[node->less];
	const struct fact_value *heads = node->heads == NO_SLOT ? &nothing : &values[node->heads];
	/* no band of any size for this month: whatever the facts are, it is not meant */
	if (!band_for(node, 0) && !band_for(node, INT64_MAX))
		return VERDICT_NO;
	if (!top->known || !bottom->known || !less->known)
		return VERDICT_MISSING;
	if (heads->known) {
		const struct band *band = band_for(node, heads->number);
		return verdict_of(band && ratio_holds(band, top->number - less->number, bottom->number, node->parts));
	}
	/* heads beyond every band are not meant either */
	bool yes = false, no = !band_for(node, INT64_MAX);
	for (size_t i = 0; i < node->band_count; i++) {
		const struct band *band = &node->bands[i];
		if (node->month < band->from || node->month > band->to)
			continue;
		bool holds = ratio_holds(band, top->number - less->number, bottom->number, node->parts);
		yes = yes || holds;
		no = no || !holds;
	}
	return yes && no ? VERDICT_MISSING : verdict_of(yes);
}

enum verdict leaf_judge(const struct node *node, const struct facts *facts)
{
	const struct fact_value *value = node->slot == NO_SLOT ? NULL : &facts->values[node->slot];
	switch (node->is) {
	case LEAF_AREA: return verdict_of(below_one(node, facts->path));
	case LEAF_INDUSTRY: return judge_industry(node, value);
	case LEAF_RATIO: return judge_ratio(node, facts->values);
	default: break;
	}
	if (!value->known)
		return VERDICT_MISSING;
	switch (node->is) {
	case LEAF_IN: return verdict_of(one_of(node, value->text));
	case LEAF_FLAG: return verdict_of((value->number != 0) == (node->value != 0));
	case LEAF_MEMBER: return verdict_of(listed(node, value->text));
	case LEAF_WITHOUT: return verdict_of(!listed(node, value->text));
	default: return verdict_of(compare_holds(node->compare, value->number, node->value));
	}
}

enum verdict tree_judge(const struct node *node, const struct facts *facts)
{
	if (node_leaf(node))
		return leaf_judge(node, facts);
	if (node->is == NODE_NOT) {
		enum verdict inner = tree_judge(&node->children[0], facts);
		return inner == VERDICT_MISSING ? inner : inner == VERDICT_YES ? VERDICT_NO : VERDICT_YES;
	}
	enum verdict ends = node->is == NODE_ANY ? VERDICT_YES : VERDICT_NO, whole = node->is == NODE_ANY ? VERDICT_NO : VERDICT_YES;
	for (size_t i = 0; i < node->child_count; i++) {
		enum verdict one = tree_judge(&node->children[i], facts);
		if (one == ends)
			return one;
		if (one == VERDICT_MISSING)
			whole = one;
	}
	return whole;
}

void slot_add(struct slot_list *list, int slot)
{
	for (size_t i = 0; i < list->count; i++)
		if (list->slots[i] == slot)
			return;
	if (slot != NO_SLOT && list->count < sizeof list->slots / sizeof *list->slots)
		list->slots[list->count++] = slot;
}

/* --- what is missing: of what is undecided, the leaves that leave it so */

void leaf_missing(const struct node *node, const struct facts *facts, struct slot_list *missing)
{
	const int slots[] = {node->slot, node->less, node->bottom};
	bool any = false;
	for (size_t i = 0; i < sizeof slots / sizeof *slots; i++)
		if (slots[i] != NO_SLOT && !facts->values[slots[i]].known) {
			slot_add(missing, slots[i]);
			any = true;
		}
	if (any)
		return;
	/* an industry that is too coarse; or heads between bands that disagree */
	slot_add(missing, node->is == LEAF_RATIO ? node->heads : node->slot);
}

void tree_missing(const struct node *node, const struct facts *facts, struct slot_list *missing)
{
	if (tree_judge(node, facts) != VERDICT_MISSING)
		return;
	if (node_leaf(node))
		leaf_missing(node, facts, missing);
	for (size_t i = 0; i < node->child_count; i++)
		tree_missing(&node->children[i], facts, missing);
}
