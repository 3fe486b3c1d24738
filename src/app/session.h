/* Signing in: sessions of the browser and tokens of programs. Both are random words of which the store keeps only a hash. */
#pragma once

#include "app/user.h"
#include "base/work.h"

enum { TOKEN_HASH = 32 };

struct session {
	struct id user;
	const char *csrf; /* what the browser must send along with a write */
	const char *token; /* only when new */
	struct id id; /* of a token for programs; none for a browser's session */
	int64_t ends_at;
	bool speaks; /* the user has chosen a language */
	bool stale; /* a token whose last use is worth writing down again (session_used) */
};

/* Signs a user in by name and password. Wrong names, wrong passwords and closed accounts answer alike (SIGN_IN); after so many failures (settings) the name,
 * known or not, is locked for a while, and so is the address (TOO_MANY). `address` names the client; NULL: not known. */
enum status session_start(struct work *work, const char *name, const char *password, const char *address, struct session *session);
/* Signs in without a password, for the demonstration store. NOT_FOUND elsewhere. */
enum status session_demonstrate(struct work *work, const char *name, struct session *session);
/* Finds the session of a token, and sets work->who to its user with what the grants give. Needs work->db. False: not signed in. */
bool session_resume(struct work *work, const char *token, struct session *session);
enum status session_end(struct work *work, const char *token);
/* Writes down that a token was used now. */
enum status session_used(struct work *work, const char *token);
/* A token for programs of a user, shown once. Ends after `days`. */
enum status session_token(struct work *work, struct id user, const char *label, int64_t days, struct session *session);
/* Ends one of the tokens of work->who; NOT_FOUND where it has none of this id. */
enum status session_token_end(struct work *work, struct id id);
/* Changes the password of work->who, who must tell the old one; ends the user's other browser sessions. SIGN_IN is never answered: BAD_FIELD on
 * "old", TOO_MANY after too many failures. */
enum status session_password(struct work *work, const char *old, const char *password, const char *address, const char *token);

/* An argon2id hash of a password, checked for length (8 to 200 characters); BAD_FIELD on "password". Inside or outside a write. */
enum status password_hash(struct work *work, const char *password, const char **hash);
/* The user with all rights everywhere: the shell and jobs. */
const struct who *who_program(void);

/* A random word with a prefix, and the hash by which the store knows it. */
const char *token_new(struct arena *arena, const char *prefix);
void token_hash(const char *token, unsigned char hash[TOKEN_HASH]);

/* Lock-out (session_try.c). */
struct session_try {
	const char *name;
	const char *address; /* NULL: not known */
	bool right; /* the password was right */
	int64_t locked; /* out: until when name or address was locked already; 0: not */
};
/* Whether a name or an address is locked: TOO_MANY. Needs work->db. */
enum status try_allowed(struct work *work, const struct session_try *attempt);
/* Counts the outcome of a try, or forgets the failures of the name. However many tries run at once, the outcomes of only so many may be told: where
 * the name was locked meanwhile, a right password counts for nothing (attempt->locked). Inside store_write. */
enum status try_count(struct work *work, struct session_try *attempt);
void try_forget(struct work *work, const char *name); /* forgets the failures of a name. Inside store_write */
enum status try_locked(struct work *work, int64_t until); /* fails with TOO_MANY, and says for how long */

/* One-time links (session_invite.c): of the first administrator, and of a user who is to choose a password. */
/* A link's token, in place of any earlier one; `user` no id: for the first administrator. Ends at *ends_at. */
enum status invite_make(struct work *work, struct id user, const char **token, int64_t *ends_at);
/* The same inside store_write, for a token made before. One that begins with INVITE_OWN opens an account made for somebody who serves (person_invite.h): its owner chooses the name, and it opens
 * nothing once the account has a password or a right. */
#define INVITE_OWN "own-"
enum status invite_put(struct work *work, struct id user, const char *token, int64_t *ends_at);
/* Makes the first administrator with the token of init. NOT_FOUND where the token is unknown, used or has ended. */
enum status invite_set_up(struct work *work, const char *token, const char *name, const char *password);
/* Sets the password of the invited user, ends all sessions of theirs and gives the name; `chosen`: the name that the owner of an account of their own chose. NOT_FOUND as above. */
enum status invite_accept(struct work *work, const char *token, const char *chosen, const char *password, const char **name);
