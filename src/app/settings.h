/* Settings kept in the store: what an administrator may change, and what init decided. */
#pragma once

#include "base/work.h"

/* Reads what the program needs (incident, zone, demonstration) into work->store. */
void settings_load(struct work *work);
/* A setting of the store; `otherwise` where it was never set. In the arena. Needs work->db. */
const char *settings_text(struct work *work, const char *name, const char *otherwise);
int64_t settings_whole(struct work *work, const char *name, int64_t otherwise);
/* Inside store_write. */
void settings_set(struct work *work, const char *name, const char *value);
