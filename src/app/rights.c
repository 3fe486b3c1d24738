#include "app/rights.h"

#include <string.h>

struct right_row {
	const char *name;
	const char *text;
	uint8_t roles[ROLES];
};

#define RIGHT(name, text, ...) {#name, text, {__VA_ARGS__}},
static const struct right_row rights[] = {
#include "app/rights.def"
};
#undef RIGHT

static const char *const roles[ROLES] = {"administrator", "command", "officer", "liaison", "department", "enterprise", "auditor"};

uint64_t role_rights(const char *role)
{
	uint64_t bits = 0;
	for (int r = 0; r < ROLES; r++)
		if (strcmp(roles[r], role) == 0)
			for (int i = 0; i < RIGHT_count; i++)
				bits |= (uint64_t)rights[i].roles[r] << i;
	return bits;
}

const char *right_name(struct arena *arena, enum right right)
{
	char *name = arena_copy(arena, rights[right].name);
	*strchr(name, '_') = '.';
	return name;
}

const char *right_text(enum right right)
{
	return rights[right].text;
}
