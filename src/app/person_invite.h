/*
 * Accounts of people who serve 开通账号: whoever may keep a person invites them, or they ask for it themselves by the link of their sign-up. The account names the person and
 * has no grant: it reaches what is the person's own (own_shifts.h) and nothing else. It stays when serving ends, for its owner still has papers to print; an administrator deactivates it as any
 * other. A link works once, for invite_hours, and no more once a right was given to the account that nobody has opened yet.
 */
#pragma once

#include "record/rows.h"

enum invite_outcome { INVITE_MADE, INVITE_SENT, INVITE_THERE, INVITE_CLOSED, INVITE_RECENT, INVITE_OUTCOMES };
extern const char *const invite_outcomes[INVITE_OUTCOMES]; /* "made", … */

struct person_inviting {
	struct id person;
	const char *token, *link; /* made by the worker; the link ends in the token */
	bool sends; /* whether messages can be sent: to the number that is on record, else the link is shown */
	enum invite_outcome
		outcome; /* out. INVITE_THERE: the account is open already; INVITE_RECENT: a link was sent within the last minutes (setting invite_again_minutes) */
	int64_t ends_at; /* out, of INVITE_MADE and INVITE_SENT */
};

/* Makes the account, if there is none, and a new link in place of an earlier one; sends it where that can be. NOT_FOUND where the person is not there. Whether the asker may is not asked. Inside
 * store_write. */
enum status person_invite(struct work *work, struct person_inviting *inviting);
/* Whether the person has an account that was opened. Needs work->db. */
bool person_has_account(struct work *work, struct id person);
