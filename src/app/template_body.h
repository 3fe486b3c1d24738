/* The body of a version: {"sections":[{"code","title","items":[{"code","text","answer","need","severity","evidence","hint","unit","min","max",
 * "due_days"}]}]}; texts are "English|中文", where the English may be empty or left out with its bar. data/README.md tells what each means. */
#pragma once

#include <jansson.h>

#include "base/work.h"

enum answer_kind { ANSWER_YESNO, ANSWER_NUMBER, ANSWER_TEXT, ANSWER_PHOTO };
enum severity { MINOR, MAJOR, CRITICAL };

struct item {
	const char *code;
	const char *text; /* "English|中文", or Chinese alone */
	const char *section; /* the title of its section, likewise */
	enum answer_kind answer;
	const char *severity; /* "minor", "major", "critical" */
	bool need;
	bool low, high; /* whether there is a least, a greatest number */
	double min, max;
	int64_t due_days; /* -1: by severity */
};

struct items {
	struct item *list;
	size_t count, space;
};

/* Checks a body in full: BAD_FIELD on "body" for every fault, naming section and item. */
enum status body_check(struct work *work, const char *body);
/* The items of a checked body, in order. In the arena. */
struct items body_items(struct arena *arena, const char *body);
/* The item by code; NULL where there is none. */
const struct item *items_find(const struct items *items, const char *code);
