/* Settings kept in the store: what an administrator may change, and what init decided. */
#pragma once

#include "base/work.h"

/* Reads what the program needs (incident, zone, demonstration) into work->store. */
void settings_load(struct work *work);
/* A setting of the store; `otherwise` where it was never set. In the arena. Needs work->db. */
const char *settings_text(struct work *work, const char *name, const char *otherwise);
int64_t settings_whole(struct work *work, const char *name, int64_t otherwise);

/* Those of settings.def: what an administrator may change. */
struct setting_row {
	const char *name;
	const char *otherwise; /* the default */
	const char *label; /* "English|中文" */
};
extern const struct setting_row setting_rows[];
extern const size_t setting_row_count;
/* One of them: as it was set, else its default. Needs work->db. A name that is not in settings.def is a bug. */
const char *settings_value(struct work *work, const char *name);
int64_t settings_number(struct work *work, const char *name);
/* One that people write as "37.3" or "37", in tenths. "373" is what was set in tenths before. */
int64_t settings_tenths(struct work *work, const char *name);
int64_t settings_tenths_of(const char *text); /* -1: not such a number */

/* Inside store_write. */
void settings_set(struct work *work, const char *name, const char *value);
