/* The conditions of a policy: a tree of groups {"all": […]}, {"any": […]}, {"not": …} over leaves {"is": …}. Read once, for the month that is judged; judged against many sites.
 *
 *   area      {"is": "area", "codes": ["42", id]}                  stands below one of them: an id, or a code or its beginning
 *   industry  {"is": "industry", "codes": ["C", "61", "6110"]}     GB/T 4754, any level
 *   in        {"is": "in", "fact": "size", "of": ["small"]}        a text (of the register: size, kind, tier, status) is one of these
 *   flag      {"is": "flag", "fact": …, "value": true}
 *   number    {"is": "number", "fact": …, "compare": "<=", "value": 30}         in smallest units: fen, hundredths of a percent
 *   day       {"is": "day", "fact": …, "compare": ">=", "value": "2020-01-25"}
 *   ratio     {"is": "ratio", "top": a, "less": b, "bottom": c, "parts": 12, "heads": d, "bands": […]}    (a - b) / (c / parts) against the band's
 *             {"compare": "<=", "value": 5000} in hundredths of a percent; a band holds for months {"from": "2020-01", "to": "2020-05"}, for heads {"upto": 30}, or always;
 *             the first that fits decides. Where the heads are not known, bands that all say the same still decide.
 *   member    {"is": "member", "fact": "lists", "of": ["suppliers"]}            a list of codes holds one of these (名单制)
 *   without   {"is": "without", "policies": ["code", id]}          none of them was granted
 *   risk      {"is": "risk", "levels": ["medium", "high"]}         of the area in which it stands
 *
 * Every group and leaf may carry "note": "English|中文". Leaves are numbered as they stand: "2.1" is the first below the second of the top. */
#pragma once

#include "app/fact.h"

enum { TREE_DEEP = 8, TREE_LEAVES = 200, NO_SLOT = -1 };

/* The facts that trees and benefits look at: a place for each, filled anew for each site (policy_facts.h). */
struct fact_slot {
	const struct fact_about *about;
	int64_t month; /* 0: not by the month */
};
struct fact_space {
	struct arena *arena;
	const struct fact_book *book;
	struct fact_slot *slots;
	size_t count, space;
};
/* The slot of what is known to the book; it is added where it is new. */
int fact_slot(struct fact_space *space, const struct fact_about *about, int64_t month);

enum compare { LESS, AT_MOST, EQUAL, NOT_EQUAL, AT_LEAST, MORE };
bool compare_read(const char *text, enum compare *compare);
bool compare_holds(enum compare compare, int64_t left, int64_t right);

struct band {
	int64_t from, to; /* months; 0 and INT64_MAX: all */
	int64_t upto; /* heads; INT64_MAX: all */
	enum compare compare;
	int64_t value;
};

enum node_is {
	NODE_ALL,
	NODE_ANY,
	NODE_NOT,
	LEAF_AREA,
	LEAF_INDUSTRY,
	LEAF_IN,
	LEAF_FLAG,
	LEAF_NUMBER,
	LEAF_DAY,
	LEAF_RATIO,
	LEAF_MEMBER,
	LEAF_WITHOUT
};

struct node {
	enum node_is is;
	const char *at; /* "2.1"; "" the top */
	const char *note;
	struct node *children;
	size_t child_count;
	int slot, less, bottom, heads; /* NO_SLOT none */
	const char **words; /* codes, choices, policies */
	const char **shown; /* the same for people, "English|中文" */
	size_t word_count;
	const char **paths; /* of areas */
	size_t path_count;
	enum compare compare;
	int64_t value, parts;
	struct band *bands;
	size_t band_count;
	int64_t month;
};

/* What a tree is read with. */
struct tree_reader {
	struct work *work; /* work->db NULL: areas and policies are not looked up */
	struct fact_space *space;
	int64_t month; /* that is judged */
	const char *field; /* that faults name: "conditions", "benefit" */
	const char *where; /* said before the number of a leaf; "" or such as "Case 2, |档次 2，" */
	size_t leaves;
};
/* NULL, with BAD_FIELD on work naming the leaf, where the tree is no good. NULL or an empty object `json` gives a tree that holds for everyone. */
const struct node *tree_read(struct tree_reader *reader, const json_t *json);
bool node_leaf(const struct node *node);
