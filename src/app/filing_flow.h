/* The steps that a filing has taken, as the row keeps them: who, when, what was said, and where it stood then. What happened on a day that was reported does not change behind its readers. */
#pragma once

#include "base/json.h"
#include "base/work.h"

struct turn {
	const char *step; /* "submit" */
	const char *state; /* to which it led */
	int64_t at; /* stamp */
	int64_t day; /* of it, in the incident's zone */
	int64_t due; /* of a submission that is to be decided: the stamp; else 0 */
	const char *by; /* sign-in name; NULL: muster itself */
	const char *code; /* why it was returned; NULL none */
	const char *text; /* what was said; NULL nothing */
};
struct flow {
	struct turn *list;
	size_t count;
};

/* From the JSON of the row; NULL is none. In the arena. */
struct flow flow_read(struct work *work, const char *text);
/* The JSON with one turn more, by work->who, now. In the arena. */
const char *flow_add(struct work *work, const char *text, struct turn turn);
/* The last turn; NULL where there is none. */
const struct turn *flow_last(struct flow flow);
/* Where it stood at the end of a day: the last turn not after it; NULL: it was not yet submitted. */
const struct turn *flow_on(struct flow flow, int64_t day);
/* The submission on which the turn at `at` rests: the last one not after it; NULL none. */
const struct turn *flow_submitted(struct flow flow, size_t at);
/* Whether somebody is to decide in this state. */
bool flow_pending(const char *state);
/* The turns as pages show them, under the key "flow". */
void flow_show(struct json *json, struct flow flow);
