/* Settings of a program run: a flag, then MUSTER_*, then muster.conf, then the default. */
#pragma once

#include <stdbool.h>

#include "base/arena.h"

struct settings {
	struct arena *arena;
	int count; /* of arguments */
	char **arguments;
};

/* The value of a setting such as "store": --store VALUE or --store=VALUE, else MUSTER_STORE, else a line "store = VALUE" of muster.conf (in the current
 * folder, else /etc/muster/muster.conf), else `otherwise`. */
const char *setting(const struct settings *settings, const char *name, const char *otherwise);
/* Whether --name was given. */
bool setting_flag(const struct settings *settings, const char *name);
/* The argument at a place among those that are neither flags nor values of flags; NULL where there are fewer. `flags`: the
 * names of flags that take no value, comma separated. */
const char *setting_word(const struct settings *settings, int place, const char *flags);
