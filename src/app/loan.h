/* Loans and insurance 融资、保险: wanted by a firm, offered by the banks and insurers that were invited, taken, approved, paid out in parts.
 *
 * A bank's users have the role of a department and a body of kind bank or insurer: what they see of loans is what their own body was invited to, and nothing of
 * what others answer. So their grants do not give loan_read (session.c); they work over routes of their own (face/bank_loans.c). */
#pragma once

#include "record/rows.h"

#define DEF "app/loan.def"
#include "record/struct.h"
#define DEF "app/loan_offer.def"
#include "record/struct.h"
#define DEF "app/loan_payment.def"
#include "record/struct.h"

enum { LOAN_FEN = 100, LOAN_MINUTE_MS = 60000 };

/* Whether a loan in this state waits for a decision. */
bool loan_undecided(const char *state);
/* Brings a loan to what its offers say: its state, bank, decision, sums. `offer` stands as it is about to be written, the others as they are in the store.
 * Inside store_write; the caller has checked the right. */
enum status loan_settle(struct work *work, const struct loan_offer *offer);
/* Invites a body to a loan: OK also where it was invited before. */
enum status loan_invite_one(struct work *work, const struct loan *loan, struct id bank);
/* Ends every offer of a loan that is still open, but for one of them (no id: all). */
enum status loan_close_others(struct work *work, struct id loan, struct id but);
/* Kinds of bodies that answer for loans and insurance. */
#define LOAN_BANKS "bank,insurer"
/* Whether the body is one of those. */
bool loan_is_bank(struct work *work, struct id org);
