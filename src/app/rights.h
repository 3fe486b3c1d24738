/* Roles and rights: one table, rights.def. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "record/reach.h"

#define RIGHT(name, ...) RIGHT_##name,
enum right {
#include "app/rights.def"
	RIGHT_count
};
#undef RIGHT

enum role { ADMINISTRATOR, COMMAND, OFFICER, LIAISON, DEPARTMENT, ENTERPRISE, AUDITOR, ROLES };

/* The picks of a grant's role, in the order of enum role. */
#define ROLE_PICKS \
	"administrator=Administrator|管理员, command=Command|指挥部, officer=Officer|工作人员, liaison=Liaison|联络员, department=Department|部门, " \
	"enterprise=Enterprise|企业, auditor=Auditor|审计"

bool role_known(const char *role);
/* Whether a role has a right; an unknown role has none. */
bool role_has(const char *role, enum right right);
struct rights role_rights(const char *role);
/* "site.read" of RIGHT_site_read. In the arena. */
const char *right_name(struct arena *arena, enum right right);
const char *right_text(enum right right); /* "English|中文" */
