/* Invitations of firms to keep their own page 企业邀请. */
#pragma once

#include "app/site.h"

#define DEF "app/site_invite.def"
#include "record/struct.h"

enum { SITE_TOKEN = 25 };
/* What the link of this id holds behind #. Made from the id: it is kept nowhere. */
char *site_invite_token(struct work *work, struct id invite, char token[SITE_TOKEN]);

/* The invitation of a firm that still holds, or a new one. */
struct site_inviting {
	struct id site;
	const char *note; /* of a new one; NULL */
	const struct site_invite *invite; /* out */
};
/* Inside store_write; the caller has held the right against the site. */
enum status site_invite_give(struct work *work, void *inviting);

/* The invitation of an id and its token, and its firm; NOT_FOUND where they do not belong together, BAD_STATE where it was used, taken back or has ended. With work->db. */
enum status site_invite_open(
	struct work *work, struct id id, const char *token, const struct site_invite **invite, const struct site **site);

struct site_accept {
	struct id id;
	const char *token;
	const char *name; /* the sign-in name chosen */
	const char *password; /* its hash */
};
/* Makes the account, which may act for the firm alone, and closes the invitation. Inside store_write, by nobody who is signed in. BAD_FIELD of "name" where it is taken or holds blanks. */
enum status site_invite_accept(struct work *work, void *accept);
