#include "app/policy_tree.h"

#include <string.h>

#include "base/clock.h"
#include "base/codes.h"
#include "record/picks.h"

int fact_slot(struct fact_space *space, const struct fact_about *about, int64_t month)
{
	if (!about->monthly)
		month = 0;
	for (size_t i = 0; i < space->count; i++)
		if (space->slots[i].about == about && space->slots[i].month == month)
			return (int)i;
	*ARENA_PUSH(space->arena, space->slots, space->count, space->space) = (struct fact_slot){.about = about, .month = month};
	return (int)space->count - 1;
}

bool compare_read(const char *text, enum compare *compare)
{
	static const char *const signs[] = {
		[LESS] = "<", [AT_MOST] = "<=", [EQUAL] = "=", [NOT_EQUAL] = "!=", [AT_LEAST] = ">=", [MORE] = ">"};
	for (size_t i = 0; text && i < sizeof signs / sizeof *signs; i++)
		if (strcmp(signs[i], text) == 0) {
			*compare = (enum compare)i;
			return true;
		}
	return false;
}

bool compare_holds(enum compare compare, int64_t left, int64_t right)
{
	switch (compare) {
	case LESS: return left < right;
	case AT_MOST: return left <= right;
	case EQUAL: return left == right;
	case NOT_EQUAL: return left != right;
	case AT_LEAST: return left >= right;
	default: return left > right;
	}
}

bool node_leaf(const struct node *node)
{
	return node->is >= LEAF_AREA;
}

/* --- faults: `what` is "English|中文", said behind the number of the leaf */

static enum status fault(const struct tree_reader *reader, const struct node *node, const char *what)
{
	struct work *work = reader->work;
	const char *where = work_text(work, reader->where ? reader->where : ""), *said = work_text(work, what);
	if (!*node->at)
		return fail(work, BAD_FIELD, reader->field, "%sthe top: %s|%s最上层：%s", where, said);
	return fail(work, BAD_FIELD, reader->field, "%scondition %s: %s|%s条件 %s：%s", where, node->at, said);
}

static enum status fault_named(const struct tree_reader *reader, const struct node *node, const char *name, const char *what)
{
	struct arena *arena = reader->work->arena;
	return fault(
		reader, node, arena_print(arena, "%s %s|%s %s", name, text_in(arena, what, ENGLISH), name, text_in(arena, what, CHINESE)));
}

static bool fine(const struct tree_reader *reader)
{
	return reader->work->status == OK;
}

/* --- members of a leaf */

static void check_members(const struct tree_reader *reader, const struct node *node, const json_t *json, const char *allowed)
{
	const char *key;
	json_t *value;
	json_object_foreach((json_t *)json, key, value) if (!text_listed(allowed, ',', key) && !text_same(key, "note"))
		fault_named(reader, node, arena_copy(reader->work->arena, key), "is not known here|此处无此项");
}

static bool type_listed(const char *types, enum fact_type type)
{
	static const char *const names[] = {"flag", "whole", "amount", "rate", "day", "text", "list"};
	return text_listed(types, ',', names[type]);
}

/* The slot of the fact that a member names; `types`: of which it must be. */
static int read_fact(const struct tree_reader *reader, const struct node *node, const json_t *json, const char *member, const char *types)
{
	const char *code = json_string_value(json_object_get(json, member));
	const struct fact_about *about = fact_find(reader->space->book, code);
	if (!code || !*code)
		fault_named(reader, node, member, "must name a fact|须选定一项事实");
	else if (!about)
		fault_named(reader, node, member,
			arena_print(reader->work->arena, "names no known fact (%s)|所指事实不存在（%s）", code, code));
	else if (!type_listed(types, about->type))
		fault_named(reader, node, member,
			arena_print(reader->work->arena, "%s cannot be compared in this way|%s不能这样比较",
				text_in(reader->work->arena, about->label, ENGLISH), text_in(reader->work->arena, about->label, CHINESE)));
	else
		return fact_slot(reader->space, about, reader->month);
	return NO_SLOT;
}

static void read_words(const struct tree_reader *reader, struct node *node, const json_t *json, const char *member)
{
	enum { MOST = 200 };
	struct arena *arena = reader->work->arena;
	const json_t *list = json_object_get(json, member);
	size_t count = json_array_size(list);
	node->words = arena_alloc(arena, (count + 1) * sizeof *node->words);
	node->shown = arena_alloc(arena, (count + 1) * sizeof *node->shown);
	if (!json_is_array(list) || !count || count > MOST) {
		fault_named(reader, node, member, arena_print(arena, "must be a list of 1 to %d|须为列表，1 至 %d 项", MOST, MOST));
		return;
	}
	for (size_t i = 0; i < count; i++) {
		const char *word = json_string_value(json_array_get(list, i));
		if (!word || !*word || strlen(word) > 60 || strpbrk(word, "|,")) {
			fault_named(reader, node, member, "must be a list of codes|须为代码列表");
			return;
		}
		node->words[node->word_count] = word;
		node->shown[node->word_count++] = word;
	}
}

static void read_compare(const struct tree_reader *reader, const struct node *node, const json_t *json, enum compare *compare)
{
	if (!compare_read(json_string_value(json_object_get(json, "compare")), compare))
		fault_named(reader, node, "compare", "must be <, <=, =, !=, >= or >|须为 <、<=、=、!=、>= 或 >");
}

static int64_t read_whole(
	const struct tree_reader *reader, const struct node *node, const json_t *json, const char *member, int64_t otherwise)
{
	const json_t *value = json_object_get(json, member);
	if (!value && otherwise != INT64_MIN)
		return otherwise;
	if (!json_is_integer(value) || json_integer_value(value) < -INT64_C(9000000000000000) ||
		json_integer_value(value) > INT64_C(9000000000000000))
		fault_named(reader, node, member, "must be a whole number|须为整数");
	return json_integer_value(value);
}

/* --- leaves */

/* The areas of a code: that with this code, else the topmost of all whose codes begin with it. */
static void areas_of_code(const struct tree_reader *reader, struct node *node, size_t at, size_t *space)
{
	struct work *work = reader->work;
	const char *code = node->words[at], *last = NULL;
	struct query *query = db_query(work->db, "SELECT path, name FROM areas WHERE code = ? AND voided_at IS NULL", BIND(V(code)));
	while (db_next(query)) {
		*ARENA_PUSH(work->arena, node->paths, node->path_count, *space) = last = db_copy(query, 0, work->arena);
		node->shown[at] = db_copy(query, 1, work->arena);
	}
	if (last)
		return;
	query = db_query(work->db, "SELECT path FROM areas WHERE code >= ? AND code < ? AND voided_at IS NULL ORDER BY path",
		BIND(V(code), V(arena_print(work->arena, "%s~", code))));
	while (db_next(query)) {
		const char *path = db_text(query, 0);
		if (!last || !path_inside(path, last))
			*ARENA_PUSH(work->arena, node->paths, node->path_count, *space) = last = arena_copy(work->arena, path);
	}
}

static void read_area(struct tree_reader *reader, struct node *node, const json_t *json)
{
	struct work *work = reader->work;
	size_t space = 0;
	check_members(reader, node, json, "is,codes");
	read_words(reader, node, json, "codes");
	for (size_t i = 0; fine(reader) && i < node->word_count; i++) {
		struct id id;
		bool named = id_parse(node->words[i], &id), code = strspn(node->words[i], "0123456789") == strlen(node->words[i]);
		if (!named && !code)
			fault_named(reader, node, "codes", "takes codes and ids of areas|须为区划代码或标识");
		else if (work->db && code)
			areas_of_code(reader, node, i, &space);
		if (!named || !work->db)
			continue;
		struct query *query = db_query(work->db, "SELECT path, name FROM areas WHERE id = ?", BIND(V(id)));
		bool found = false;
		while (db_next(query)) {
			found = true;
			*ARENA_PUSH(work->arena, node->paths, node->path_count, space) = db_copy(query, 0, work->arena);
			node->shown[i] = db_copy(query, 1, work->arena);
		}
		if (!found)
			fault_named(reader, node, "codes", "names no area|所指区划不存在");
	}
	/* a place that this store does not have is called as its note says */
	if (node->word_count == 1 && node->note && node->shown[0] == node->words[0]) {
		node->shown[0] = node->note;
		node->note = NULL;
	}
}

static void read_industry(struct tree_reader *reader, struct node *node, const json_t *json)
{
	struct arena *arena = reader->work->arena;
	check_members(reader, node, json, "is,codes");
	read_words(reader, node, json, "codes");
	node->slot = fact_slot(reader->space, fact_find(reader->space->book, "industry"), 0);
	for (size_t i = 0; fine(reader) && i < node->word_count; i++) {
		const char *code = node->words[i], *text;
		char section = industry_section(code);
		if (!section) {
			fault_named(reader, node, "codes",
				arena_print(arena, "%s is no code of GB/T 4754|“%s”不是 GB/T 4754 行业代码", code, code));
			return;
		}
		text = industry_section_text(section);
		if (!code[1])
			node->shown[i] =
				arena_print(arena, "%s %s|%s %s", code, text_in(arena, text, ENGLISH), code, text_in(arena, text, CHINESE));
	}
}

static void read_choices(struct tree_reader *reader, struct node *node, const json_t *json, const char *types)
{
	struct arena *arena = reader->work->arena;
	check_members(reader, node, json, "is,fact,of");
	read_words(reader, node, json, "of");
	node->slot = read_fact(reader, node, json, "fact", types);
	const char *picks = node->slot == NO_SLOT ? NULL : reader->space->slots[node->slot].about->choices;
	for (size_t i = 0; fine(reader) && picks && *picks && i < node->word_count; i++) {
		node->shown[i] = picks_label(arena, picks, node->words[i]);
		if (!node->shown[i])
			fault_named(reader, node, "of", arena_print(arena, "takes no %s|没有“%s”此项可选", node->words[i], node->words[i]));
	}
}

static void read_risk(struct tree_reader *reader, struct node *node, const json_t *json)
{
	const struct fact_about *risk = fact_find(reader->space->book, "risk");
	check_members(reader, node, json, "is,levels");
	read_words(reader, node, json, "levels");
	node->is = LEAF_IN;
	node->slot = fact_slot(reader->space, risk, 0);
	for (size_t i = 0; fine(reader) && i < node->word_count; i++) {
		node->shown[i] = picks_label(reader->work->arena, risk->choices, node->words[i]);
		if (!node->shown[i])
			fault_named(reader, node, "levels", "takes low, medium and high|须为 low、medium 或 high");
	}
}

static void read_flag(struct tree_reader *reader, struct node *node, const json_t *json)
{
	const json_t *value = json_object_get(json, "value");
	check_members(reader, node, json, "is,fact,value");
	node->slot = read_fact(reader, node, json, "fact", "flag");
	node->value = !value || json_is_true(value);
	if (value && !json_is_boolean(value))
		fault_named(reader, node, "value", "must be true or false|须为 true 或 false");
}

static void read_number(struct tree_reader *reader, struct node *node, const json_t *json)
{
	check_members(reader, node, json, "is,fact,compare,value");
	node->slot = read_fact(reader, node, json, "fact", "whole,amount,rate");
	read_compare(reader, node, json, &node->compare);
	node->value = read_whole(reader, node, json, "value", INT64_MIN);
}

static void read_day(struct tree_reader *reader, struct node *node, const json_t *json)
{
	const char *text = json_string_value(json_object_get(json, "value"));
	check_members(reader, node, json, "is,fact,compare,value");
	node->slot = read_fact(reader, node, json, "fact", "day");
	read_compare(reader, node, json, &node->compare);
	if (!text || !day_parse(text, &node->value))
		fault_named(reader, node, "value", "must be a day such as 2020-03-05|须为日期，如 2020-03-05");
}

static void read_band(struct tree_reader *reader, struct node *node, const json_t *json, struct band *band)
{
	const json_t *from = json_object_get(json, "from"), *to = json_object_get(json, "to");
	*band = (struct band){.to = INT64_MAX, .upto = INT64_MAX};
	check_members(reader, node, json, "from,to,upto,compare,value");
	if ((from && !month_parse(json_string_value(from), &band->from)) || (to && !month_parse(json_string_value(to), &band->to)))
		fault_named(reader, node, "bands", "need months such as 2020-01|月份须如 2020-01");
	else if (band->from > band->to)
		fault_named(reader, node, "bands", "end before they begin|止月早于起月");
	band->upto = read_whole(reader, node, json, "upto", INT64_MAX);
	if (band->upto != INT64_MAX && node->heads == NO_SLOT)
		fault_named(reader, node, "heads", "must say whose number decides between the bands|须选定按哪项人数分档");
	read_compare(reader, node, json, &band->compare);
	band->value = read_whole(reader, node, json, "value", INT64_MIN);
}

static void read_ratio(struct tree_reader *reader, struct node *node, const json_t *json)
{
	enum { MOST_BANDS = 24, MOST_PARTS = 1200 };
	static const char counted[] = "whole,amount,rate";
	const json_t *bands = json_object_get(json, "bands");
	check_members(reader, node, json, "is,top,less,bottom,parts,heads,bands");
	node->slot = read_fact(reader, node, json, "top", counted);
	node->less = json_object_get(json, "less") ? read_fact(reader, node, json, "less", counted) : NO_SLOT;
	node->bottom = read_fact(reader, node, json, "bottom", counted);
	node->heads = json_object_get(json, "heads") ? read_fact(reader, node, json, "heads", "whole") : NO_SLOT;
	node->parts = read_whole(reader, node, json, "parts", 1);
	if (node->parts < 1 || node->parts > MOST_PARTS)
		fault_named(reader, node, "parts", "must be from 1 to 1200|须为 1 至 1200");
	node->band_count = json_array_size(bands);
	node->month = reader->month;
	if (!node->band_count || node->band_count > MOST_BANDS) {
		fault_named(reader, node, "bands", "must be a list of 1 to 24|须为列表，1 至 24 档");
		return;
	}
	node->bands = arena_alloc(reader->work->arena, node->band_count * sizeof *node->bands);
	for (size_t i = 0; i < node->band_count; i++)
		read_band(reader, node, json_array_get(bands, i), &node->bands[i]);
}

static void read_without(struct tree_reader *reader, struct node *node, const json_t *json)
{
	struct work *work = reader->work;
	check_members(reader, node, json, "is,policies");
	read_words(reader, node, json, "policies");
	node->slot = fact_slot(reader->space, fact_find(reader->space->book, "granted"), 0);
	for (size_t i = 0; fine(reader) && work->db && i < node->word_count; i++) {
		struct id id;
		bool by_id = id_parse(node->words[i], &id);
		struct query *query = db_query(work->db,
			by_id ? "SELECT title, title_en FROM policies WHERE id = ?"
			      : "SELECT title, title_en FROM policies WHERE code = ? AND voided_at IS NULL ORDER BY made_at LIMIT 1",
			by_id ? &(struct value){.type = VALUE_ID, .id = id} : &(struct value){.type = VALUE_TEXT, .text = node->words[i]},
			1);
		while (db_next(query)) {
			const char *title = db_copy(query, 0, work->arena), *english = db_copy(query, 1, work->arena);
			node->shown[i] = arena_print(work->arena, "%s|%s", english ? english : title, title);
		}
	}
}

/* --- the tree */

struct leaf_kind {
	const char *name;
	enum node_is is;
	void (*read)(struct tree_reader *reader, struct node *node, const json_t *json);
};

static void read_in(struct tree_reader *reader, struct node *node, const json_t *json)
{
	read_choices(reader, node, json, "text");
}

static void read_member(struct tree_reader *reader, struct node *node, const json_t *json)
{
	read_choices(reader, node, json, "list");
}

static const struct leaf_kind leaf_kinds[] = {
	{"area", LEAF_AREA, read_area},
	{"industry", LEAF_INDUSTRY, read_industry},
	{"in", LEAF_IN, read_in},
	{"flag", LEAF_FLAG, read_flag},
	{"number", LEAF_NUMBER, read_number},
	{"day", LEAF_DAY, read_day},
	{"ratio", LEAF_RATIO, read_ratio},
	{"member", LEAF_MEMBER, read_member},
	{"without", LEAF_WITHOUT, read_without},
	{"risk", LEAF_IN, read_risk},
};

static void read_leaf(struct tree_reader *reader, struct node *node, const json_t *json)
{
	const char *is = json_string_value(json_object_get(json, "is"));
	if (++reader->leaves > TREE_LEAVES) {
		fault(reader, node, "there are too many conditions|条件过多");
		return;
	}
	for (size_t i = 0; is && i < sizeof leaf_kinds / sizeof *leaf_kinds; i++)
		if (strcmp(leaf_kinds[i].name, is) == 0) {
			node->is = leaf_kinds[i].is;
			leaf_kinds[i].read(reader, node, json);
			return;
		}
	fault(reader, node,
		"is must be area, industry, in, flag, number, day, ratio, member, without or risk, or it is a group: all, any, not|须为条件（is）或条件组（all、any、not）");
}

static void read_note(const struct tree_reader *reader, struct node *node, const json_t *json)
{
	enum { MOST_NOTE = 300 };
	const json_t *note = json_object_get(json, "note");
	node->note = json_string_value(note);
	if (note && (!node->note || text_length(node->note) > MOST_NOTE))
		fault_named(reader, node, "note", "must be a text of at most 300 characters|须为不超过 300 字的文本");
}

static void read_node(struct tree_reader *reader, struct node *node, const json_t *json, int depth);

static void read_group(struct tree_reader *reader, struct node *node, const json_t *json, const char *word, int depth)
{
	struct arena *arena = reader->work->arena;
	const json_t *inner = json_object_get(json, word);
	bool one = node->is == NODE_NOT;
	check_members(reader, node, json, word);
	if (depth >= TREE_DEEP || (one ? !json_is_object(inner) : !json_is_array(inner))) {
		fault(reader, node,
			depth >= TREE_DEEP ? "groups stand too deep in each other|条件组嵌套过深"
				: one      ? "not must hold one condition|not 须为一个条件"
					   : "a group must be a list of conditions|条件组须为条件列表");
		return;
	}
	node->child_count = one ? 1 : json_array_size(inner);
	if (!node->child_count && *node->at)
		fault(reader, node, "a group needs a condition|条件组不能为空");
	node->children = arena_alloc(arena, (node->child_count + 1) * sizeof *node->children);
	for (size_t i = 0; fine(reader) && i < node->child_count; i++) {
		node->children[i].at = *node->at ? arena_print(arena, "%s.%zu", node->at, i + 1) : arena_print(arena, "%zu", i + 1);
		read_node(reader, &node->children[i], one ? inner : json_array_get(inner, i), depth + 1);
	}
}

static void read_node(struct tree_reader *reader, struct node *node, const json_t *json, int depth)
{
	static const char *const groups[] = {[NODE_ALL] = "all", [NODE_ANY] = "any", [NODE_NOT] = "not"};
	node->slot = node->less = node->bottom = node->heads = NO_SLOT;
	node->parts = 1;
	if (!json_is_object(json)) {
		fault(reader, node, "must be a condition or a group|须为条件或条件组");
		return;
	}
	read_note(reader, node, json);
	for (size_t i = 0; i < sizeof groups / sizeof *groups; i++)
		if (json_object_get(json, groups[i])) {
			node->is = (enum node_is)i;
			read_group(reader, node, json, groups[i], depth);
			return;
		}
	read_leaf(reader, node, json);
}

const struct node *tree_read(struct tree_reader *reader, const json_t *json)
{
	struct node *node = arena_alloc(reader->work->arena, sizeof *node);
	node->at = "";
	if (!json || json_is_null(json) || (json_is_object(json) && !json_object_size(json)))
		return node; /* a group of nothing: all of it holds */
	read_node(reader, node, json, 0);
	return fine(reader) ? node : NULL;
}
