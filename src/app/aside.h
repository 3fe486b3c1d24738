/* Something that the program does by itself within somebody's write: with no bounds of reach, and not as part of their deed. */
#pragma once

#include "record/rows.h"

struct aside {
	struct who own;
	const struct who *who;
	struct id deed, body;
};
void aside_begin(struct work *work, struct aside *aside);
void aside_end(struct work *work, const struct aside *aside);
