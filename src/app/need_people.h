/* Users as needs know them, without the right to see users. */
#pragma once

#include "record/record.h"

/* A user by sign-in name who is not deactivated; no id where there is none. */
struct id user_find(struct work *work, const char *name);
/* Whether a user's grants reach a row with a right. */
bool user_reaches(struct work *work, struct id user, int right, const struct row *row);
