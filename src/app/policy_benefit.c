#include "app/policy_benefit.h"

#include <inttypes.h>
#include <string.h>

__extension__ typedef __int128 wide;

static const char *const size_names[SIZES] = {"large", "medium", "small", "micro"};

enum { NEST = 4, MOST_CHILDREN = 40, MOST_MONTHS = 1200 };

struct benefit_reader {
	struct tree_reader *tree;
	const char *where; /* "English|中文": which part; "" the whole */
};

static enum status fault(const struct benefit_reader *reader, const char *name, const char *what)
{
	struct work *work = reader->tree->work;
	const char *where = work_text(work, reader->where), *said = work_text(work, what);
	return fail(work, BAD_FIELD, reader->tree->field, "%s%s %s|%s%s %s", where, name, said);
}

static bool fine(const struct benefit_reader *reader)
{
	return reader->tree->work->status == OK;
}

static void check_members(const struct benefit_reader *reader, const json_t *json, const char *allowed)
{
	const char *key;
	json_t *value;
	json_object_foreach((json_t *)json, key, value) if (!text_listed(allowed, ',', key) && !text_same(key, "kind") &&
		!text_same(key, "note")) fault(reader, arena_copy(reader->tree->work->arena, key), "is not known here|此处无此项");
}

static int64_t read_whole(const struct benefit_reader *reader, const json_t *json, const char *name, int64_t otherwise, int64_t most)
{
	const json_t *value = json_object_get(json, name);
	if (!value && otherwise != INT64_MIN)
		return otherwise;
	if (!json_is_integer(value) || json_integer_value(value) < 0 || json_integer_value(value) > most)
		fault(reader, name,
			arena_print(reader->tree->work->arena, "must be a whole number up to %" PRId64 "|须为整数，不超过 %" PRId64, most,
				most));
	return json_integer_value(value);
}

/* `type`: the only type of fact that fits. */
static struct figure read_part(
	const struct benefit_reader *reader, const json_t *json, const char *name, enum fact_type type, int64_t otherwise, int64_t most)
{
	const json_t *value = json_object_get(json, name);
	if (!value || !json_is_string(value))
		return (struct figure){.slot = NO_SLOT, .number = read_whole(reader, json, name, otherwise, most)};
	const struct fact_about *about = fact_find(reader->tree->space->book, json_string_value(value));
	if (!about || about->type != type)
		fault(reader, name, !about ? "names no known fact|所指事实不存在" : "names a fact of another type|所指事实的类型不符");
	return (struct figure){.slot = about ? fact_slot(reader->tree->space, about, reader->tree->month) : NO_SLOT};
}

static struct figure read_fact(const struct benefit_reader *reader, const json_t *json, const char *name, enum fact_type type)
{
	if (!json_is_string(json_object_get(json, name)))
		fault(reader, name, "must name a fact|须选定一项事实");
	return read_part(reader, json, name, type, 0, 0);
}

/* --- caps */

static void read_caps(const struct benefit_reader *reader, struct benefit *benefit, const json_t *json)
{
	const json_t *caps = json_object_get(json, "caps");
	const char *key;
	json_t *value;
	benefit->cap = read_whole(reader, json, "cap", -1, AMOUNT_MOST);
	for (int i = 0; i < SIZES; i++)
		benefit->caps[i] = -1;
	if (caps && !json_is_object(caps))
		fault(reader, "caps", "must give an amount by size|须按规模给出上限");
	json_object_foreach((json_t *)caps, key, value)
	{
		int at = 0;
		while (at < SIZES && strcmp(size_names[at], key) != 0)
			at++;
		if (at == SIZES) {
			fault(reader, "caps", "takes large, medium, small and micro|须为 large、medium、small、micro");
			return;
		}
		benefit->caps[at] = read_whole(reader, caps, size_names[at], 0, AMOUNT_MOST);
		benefit->capped_by_size = true;
	}
	if (benefit->capped_by_size)
		benefit->size = fact_slot(reader->tree->space, fact_find(reader->tree->space->book, "size"), 0);
}

/* --- formulas */

static void read_percent(const struct benefit_reader *reader, struct benefit *benefit, const json_t *json)
{
	check_members(reader, json, "base,rate,cap,caps");
	benefit->base = read_fact(reader, json, "base", FACT_AMOUNT);
	benefit->rate = read_whole(reader, json, "rate", INT64_MIN, 10 * RATE_WHOLE);
}

static void read_heads(const struct benefit_reader *reader, struct benefit *benefit, const json_t *json)
{
	check_members(reader, json, "heads,per,months,most_months,cap,caps");
	benefit->base = read_fact(reader, json, "heads", FACT_WHOLE);
	/* a rate a head may be a fact of the place */
	benefit->from = read_part(reader, json, "per", FACT_AMOUNT, INT64_MIN, AMOUNT_MOST);
	benefit->months = read_part(reader, json, "months", FACT_WHOLE, 1, MOST_MONTHS);
	benefit->most_months = read_whole(reader, json, "most_months", MOST_MONTHS, MOST_MONTHS);
}

static void read_months(const struct benefit_reader *reader, struct benefit *benefit, const json_t *json)
{
	check_members(reader, json, "base,free,half,cap,caps");
	benefit->base = read_fact(reader, json, "base", FACT_AMOUNT);
	benefit->free = read_whole(reader, json, "free", 0, MOST_MONTHS);
	benefit->half = read_whole(reader, json, "half", 0, MOST_MONTHS);
}

static void read_rate(const struct benefit_reader *reader, struct benefit *benefit, const json_t *json)
{
	check_members(reader, json, "balance,from,to,share,months,most_months,other,most_share,cap,caps");
	benefit->base = read_fact(reader, json, "balance", FACT_AMOUNT);
	benefit->from = read_part(reader, json, "from", FACT_RATE, INT64_MIN, 10 * RATE_WHOLE);
	benefit->to = read_part(reader, json, "to", FACT_RATE, 0, 10 * RATE_WHOLE);
	benefit->share = read_whole(reader, json, "share", RATE_WHOLE, 10 * RATE_WHOLE);
	benefit->months = read_part(reader, json, "months", FACT_WHOLE, 12, MOST_MONTHS);
	benefit->most_months = read_whole(reader, json, "most_months", MOST_MONTHS, MOST_MONTHS);
	benefit->most_share = read_whole(reader, json, "most_share", RATE_WHOLE, 10 * RATE_WHOLE);
	if (json_object_get(json, "other"))
		benefit->other = read_fact(reader, json, "other", FACT_RATE).slot;
}

static void read_benefit(struct benefit_reader *reader, struct benefit *benefit, const json_t *json, int depth);

static void read_child(struct benefit_reader *reader, struct benefit *benefit, const json_t *json, size_t at, int depth)
{
	struct arena *arena = reader->tree->work->arena;
	const char *where = reader->where;
	reader->where = arena_print(
		arena, "%spart %zu, |%s第 %zu 项，", text_in(arena, where, ENGLISH), at + 1, text_in(arena, where, CHINESE), at + 1);
	if (benefit->is == BENEFIT_CASES) {
		const json_t *when = json_object_get(json, "when");
		const char *before = reader->tree->where;
		check_members(reader, json, "when,give");
		reader->tree->where = reader->where;
		benefit->when[at] = when ? tree_read(reader->tree, when) : NULL;
		reader->tree->where = before;
		json = json_object_get(json, "give");
	}
	if (fine(reader))
		read_benefit(reader, &benefit->children[at], json, depth + 1);
	reader->where = where;
}

static void read_children(struct benefit_reader *reader, struct benefit *benefit, const json_t *json, int depth)
{
	struct arena *arena = reader->tree->work->arena;
	const json_t *of = json_object_get(json, "of");
	check_members(reader, json, "of,cap,caps");
	benefit->child_count = json_array_size(of);
	if (!benefit->child_count || benefit->child_count > MOST_CHILDREN || depth >= NEST) {
		fault(reader, "of", depth >= NEST ? "stands too deep|嵌套过深" : "must be a list of 1 to 40|须为列表，1 至 40 项");
		return;
	}
	benefit->children = arena_alloc(arena, benefit->child_count * sizeof *benefit->children);
	benefit->when = arena_alloc(arena, benefit->child_count * sizeof *benefit->when);
	for (size_t i = 0; fine(reader) && i < benefit->child_count; i++)
		read_child(reader, benefit, json_array_get(of, i), i, depth);
}

static void read_kind(struct benefit_reader *reader, struct benefit *benefit, const json_t *json, int depth)
{
	switch (benefit->is) {
	case BENEFIT_NONE: check_members(reader, json, ""); break;
	case BENEFIT_FIXED:
		check_members(reader, json, "amount,cap,caps");
		benefit->per = read_whole(reader, json, "amount", INT64_MIN, AMOUNT_MOST);
		break;
	case BENEFIT_PERCENT: read_percent(reader, benefit, json); break;
	case BENEFIT_HEADS: read_heads(reader, benefit, json); break;
	case BENEFIT_MONTHS: read_months(reader, benefit, json); break;
	case BENEFIT_RATE: read_rate(reader, benefit, json); break;
	default: read_children(reader, benefit, json, depth); break;
	}
}

static void read_benefit(struct benefit_reader *reader, struct benefit *benefit, const json_t *json, int depth)
{
	static const char *const kinds[] = {"none", "fixed", "percent", "heads", "months", "rate", "most", "sum", "cases"};
	const char *kind = json_string_value(json_object_get(json, "kind"));
	size_t is = 0;
	while (kind && is < sizeof kinds / sizeof *kinds && strcmp(kinds[is], kind) != 0)
		is++;
	*benefit = (struct benefit){.other = NO_SLOT, .size = NO_SLOT, .cap = -1};
	if (!kind || is == sizeof kinds / sizeof *kinds) {
		fault(reader, "kind",
			"must be none, fixed, percent, heads, months, rate, most, sum or cases|须为 none、fixed、percent、heads、months、rate、most、sum 或 cases");
		return;
	}
	benefit->is = (enum benefit_is)is;
	read_caps(reader, benefit, json);
	read_kind(reader, benefit, json, depth);
}

const struct benefit *benefit_read(struct tree_reader *reader, const json_t *json)
{
	struct benefit *benefit = arena_alloc(reader->work->arena, sizeof *benefit);
	struct benefit_reader inner = {.tree = reader, .where = ""};
	if (!json || json_is_null(json) || (json_is_object(json) && !json_object_size(json)))
		*benefit = (struct benefit){.other = NO_SLOT, .size = NO_SLOT, .cap = -1};
	else
		read_benefit(&inner, benefit, json, 0);
	return fine(&inner) ? benefit : NULL;
}

/* --- amounts */

/* top / bottom, half up; nothing below zero, and no more than AMOUNT_MOST */
static int64_t divided(wide top, int64_t bottom)
{
	wide fen = top <= 0 ? 0 : (2 * top + bottom) / (2 * (wide)bottom);
	return fen > AMOUNT_MOST ? AMOUNT_MOST : (int64_t)fen;
}

/* The number of a part; false, with its slot missing, where it is not known. */
static bool part_value(const struct figure *part, const struct facts *facts, struct slot_list *missing, int64_t *number)
{
	if (part->slot == NO_SLOT) {
		*number = part->number;
		return true;
	}
	if (!facts->values[part->slot].known) {
		slot_add(missing, part->slot);
		return false;
	}
	*number = facts->values[part->slot].number;
	return true;
}

static bool months_value(const struct benefit *benefit, const struct facts *facts, struct slot_list *missing, int64_t *months)
{
	if (!part_value(&benefit->months, facts, missing, months))
		return false;
	if (*months > benefit->most_months)
		*months = benefit->most_months;
	return true;
}

static bool heads_amount(const struct benefit *benefit, const struct facts *facts, struct slot_list *missing, int64_t *fen)
{
	int64_t heads = 0, per = 0, months = 0;
	/* all that is missing is named at once */
	bool known = part_value(&benefit->base, facts, missing, &heads);
	known = part_value(&benefit->from, facts, missing, &per) && known;
	known = months_value(benefit, facts, missing, &months) && known;
	if (known)
		*fen = divided((wide)heads * per * months, 1);
	return known;
}

/* What part of it is borne here, where others bear some already. */
static bool share_value(const struct benefit *benefit, const struct facts *facts, struct slot_list *missing, int64_t *share)
{
	struct figure other = {.slot = benefit->other};
	int64_t borne;
	*share = benefit->share;
	if (benefit->other == NO_SLOT)
		return true;
	if (!part_value(&other, facts, missing, &borne))
		return false;
	if (*share > benefit->most_share - borne)
		*share = benefit->most_share > borne ? benefit->most_share - borne : 0;
	return true;
}

static bool rate_amount(const struct benefit *benefit, const struct facts *facts, struct slot_list *missing, int64_t *fen)
{
	int64_t balance = 0, from = 0, to = 0, months = 0, share = 0;
	bool known = part_value(&benefit->base, facts, missing, &balance);
	known = part_value(&benefit->from, facts, missing, &from) && known;
	known = part_value(&benefit->to, facts, missing, &to) && known;
	known = months_value(benefit, facts, missing, &months) && known;
	known = share_value(benefit, facts, missing, &share) && known;
	if (known)
		*fen = from <= to ? 0 : divided((wide)balance * (from - to) * share * months, (int64_t)RATE_WHOLE * RATE_WHOLE * 12);
	return known;
}

static struct amount children_amount(const struct benefit *benefit, const struct facts *facts, struct slot_list *missing)
{
	struct amount whole = {.known = true, .none = true};
	for (size_t i = 0; i < benefit->child_count; i++) {
		struct amount one = benefit_amount(&benefit->children[i], facts, missing);
		whole.known = whole.known && one.known;
		if (one.none)
			continue;
		whole.none = false;
		if (benefit->is == BENEFIT_SUM)
			whole.fen = whole.fen + one.fen > AMOUNT_MOST ? AMOUNT_MOST : whole.fen + one.fen;
		else if (one.fen > whole.fen)
			whole.fen = one.fen;
	}
	return whole;
}

static struct amount cases_amount(const struct benefit *benefit, const struct facts *facts, struct slot_list *missing)
{
	for (size_t i = 0; i < benefit->child_count; i++) {
		enum verdict verdict = benefit->when[i] ? tree_judge(benefit->when[i], facts) : VERDICT_YES;
		if (verdict == VERDICT_YES)
			return benefit_amount(&benefit->children[i], facts, missing);
		if (verdict == VERDICT_MISSING) {
			tree_missing(benefit->when[i], facts, missing);
			return (struct amount){.known = false};
		}
	}
	return (struct amount){.known = true};
}

static struct amount formula_amount(const struct benefit *benefit, const struct facts *facts, struct slot_list *missing)
{
	int64_t base = 0, fen = benefit->per;
	bool known = true;
	switch (benefit->is) {
	case BENEFIT_NONE: return (struct amount){.known = true, .none = true};
	case BENEFIT_FIXED: break;
	case BENEFIT_HEADS: known = heads_amount(benefit, facts, missing, &fen); break;
	case BENEFIT_RATE: known = rate_amount(benefit, facts, missing, &fen); break;
	case BENEFIT_CASES: return cases_amount(benefit, facts, missing);
	case BENEFIT_MOST:
	case BENEFIT_SUM: return children_amount(benefit, facts, missing);
	default:
		known = part_value(&benefit->base, facts, missing, &base);
		fen = benefit->is == BENEFIT_PERCENT ? divided((wide)base * benefit->rate, RATE_WHOLE)
						     : divided((wide)base * (2 * benefit->free + benefit->half), 2);
		break;
	}
	return (struct amount){.known = known, .fen = known ? fen : 0};
}

static int64_t lowered(int64_t fen, int64_t cap)
{
	return cap >= 0 && fen > cap ? cap : fen;
}

/* The cap of its size class goes before the general one. Where the class is not known, an amount below every cap stands. */
static bool capped(const struct benefit *benefit, const struct facts *facts, struct slot_list *missing, int64_t *fen)
{
	const struct fact_value *size = benefit->capped_by_size ? &facts->values[benefit->size] : NULL;
	if (!size || size->known) {
		int64_t cap = benefit->cap;
		for (int i = 0; size && i < SIZES; i++)
			if (benefit->caps[i] >= 0 && text_same(size->text, size_names[i]))
				cap = benefit->caps[i];
		*fen = lowered(*fen, cap);
		return true;
	}
	int64_t low = lowered(*fen, benefit->cap), high = low;
	for (int i = 0; i < SIZES; i++) {
		int64_t here = lowered(*fen, benefit->caps[i] >= 0 ? benefit->caps[i] : benefit->cap);
		low = here < low ? here : low;
		high = here > high ? here : high;
	}
	*fen = low;
	if (low != high)
		slot_add(missing, benefit->size);
	return low == high;
}

struct amount benefit_amount(const struct benefit *benefit, const struct facts *facts, struct slot_list *missing)
{
	struct amount amount = formula_amount(benefit, facts, missing);
	if (amount.known && !amount.none)
		amount.known = capped(benefit, facts, missing, &amount.fen);
	return amount;
}
