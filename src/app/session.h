/* Signing in: sessions of the browser and tokens of programs. Both are random words of which the store keeps only a hash. */
#pragma once

#include "app/user.h"
#include "base/work.h"

struct session {
	struct id user;
	const char *csrf; /* what the browser must send along with a write */
	const char *token; /* only when new */
};

/* Signs a user in by name and password. Wrong names and wrong passwords answer alike (SIGN_IN); after five failures the name is locked for fifteen
 * minutes (TOO_MANY). */
enum status session_start(struct work *work, const char *name, const char *password, struct session *session);
/* Signs in without a password, for the demonstration store. NOT_FOUND elsewhere. */
enum status session_demonstrate(struct work *work, const char *name, struct session *session);
/* Finds the session of a token, and sets work->who to its user with what the grants give. Needs work->db. False: not signed in. */
bool session_resume(struct work *work, const char *token, struct session *session);
enum status session_end(struct work *work, const char *token);
/* A token for programs, shown once. Ends after `days`. */
enum status session_token(struct work *work, const char *label, int64_t days, struct session *session);

/* An argon2id hash of a password, checked for length (8 to 200 characters); BAD_FIELD on "password". Inside or outside a write. */
enum status password_hash(struct work *work, const char *password, const char **hash);
/* The user with all rights everywhere: the shell and jobs. */
const struct who *who_program(void);
