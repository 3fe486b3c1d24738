/* Which route a firm's filing takes, and which checklist its self-check is held against: rules by area, tier and day. */
#pragma once

#define DEF "app/filing_route.def"
#include "record/struct.h"

struct site;

struct filing_rule {
	const char *route; /* never NULL */
	struct id rule; /* the row that says so; none: the setting does */
	struct id area; /* of that row */
	int64_t day; /* from which it holds */
	struct id standard; /* template; none: there is none */
	struct id version; /* its published version */
};
/* Those in force for a firm on a day. Needs work->db. */
struct filing_rule filing_rule_on(struct work *work, const struct site *site, int64_t day);
