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

_Static_assert((int)RIGHT_count <= (int)RIGHTS_MOST, "struct rights has room for every right");

/* The number of a role; ROLES where there is none of this name. */
static int role_of(const char *role)
{
	int r = 0;
	while (r < ROLES && strcmp(roles[r], role) != 0)
		r++;
	return r;
}

bool role_known(const char *role)
{
	return role_of(role) < ROLES;
}

bool role_has(const char *role, enum right right)
{
	int r = role_of(role);
	return r < ROLES && rights[right].roles[r];
}

struct rights role_rights(const char *role)
{
	struct rights all = {{0}};
	for (int i = 0; i < RIGHT_count; i++)
		if (role_has(role, (enum right)i))
			rights_give(&all, i);
	return all;
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
