/* What the page of one's own sign-up knows of accounts. */
#pragma once

#include "face/call.h"

struct pledge;
/* Whether whoever signed up may have the link to an account of their own sent. Needs work->db. */
bool public_account_open(struct call *call, const struct pledge *pledge);
