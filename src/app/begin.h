/* The beginning of a store: root area, incident, first administrator. */
#pragma once

#include "base/work.h"

/* Makes what a new store needs, and what an older one lacks of lists and settings; does nothing where it is there. Inside store_write. */
enum status begin_store(struct work *work, void *unused);

struct begin_admin {
	const char *name;
	const char *password;
};
/* Makes a user with the roles of administrator and command over everything. Inside store_write. */
enum status begin_admin(struct work *work, void *admin);
