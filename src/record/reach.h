/* How far a user's rights go: grants, each a set of rights over a subtree of areas, or over one site. */
#pragma once

#include "db/db.h"

/* A set of rights, by the numbers of app/rights.def. */
enum { RIGHTS_MOST = 192 };
struct rights {
	uint64_t bits[RIGHTS_MOST / 64];
};
bool rights_hold(const struct rights *rights, int right);
void rights_give(struct rights *rights, int right);
void rights_take(struct rights *rights, int right);

struct grant_reach {
	struct rights rights;
	const char *path; /* of the area: everything below it; NULL for a grant on a site */
	struct id site;
};

struct who {
	struct id id;
	const char *name;
	bool all; /* the program itself, from the shell or a job */
	const struct grant_reach *grants;
	size_t grant_count;
};

/* Whether any grant gives the right, somewhere. */
bool who_may(const struct who *who, int right);
/* Whether a row with this path and site is within reach for the right. */
bool who_reaches(const struct who *who, int right, const char *path, struct id site);
/* Adds " AND (…)" that keeps the rows within reach; `site` names the column of the site, NULL where rows have none. */
void reach_where(struct sql *sql, const struct who *who, int right, const char *site);
/* Adds " AND path >= ? AND path < ?": the subtree of `path`; nothing for the whole tree. */
void path_where(struct sql *sql, const char *path);
bool path_inside(const char *path, const char *of);
