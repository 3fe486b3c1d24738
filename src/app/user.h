/* Users and what they may do where; how they sign in. */
#pragma once

#include "record/reach.h"

#define DEF "app/user.def"
#include "record/struct.h"
#define DEF "app/grant.def"
#include "record/struct.h"

/* The user of a sign-in name, whoever asks; NULL where there is none. Needs work->db. */
struct user *user_named(struct work *work, const char *name);
/* Whether work->who, as an administrator, reaches the user and every grant that the user holds: else closing the account or choosing its password
 * would be a way up. OK, NOT_FOUND (out of reach) or NO_RIGHT. */
enum status user_governed(struct work *work, const struct user *user);
/* Stores a new password's hash (password_hash) for a user; the caller has checked the right. Inside store_write. */
enum status user_set_password(struct work *work, const struct user *user, const char *hash);
/* Whether the user holds any grant. */
bool user_granted(struct work *work, struct id user);
/* Gives an account that nobody has opened yet the name that its owner chose; BAD_FIELD on "name" where that cannot be. Inside store_write. */
enum status user_rename(struct work *work, const struct user *user, const char *name);
/* Whether somebody can keep users and grants of the whole tree: an open account with a password. */
bool user_administered(struct work *work);
