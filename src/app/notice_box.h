/* Notices inside muster: who is told what about which row. */
#pragma once

#define DEF "app/notice.def"
#include "record/struct.h"

/* People to be told, each once. */
struct notice_to {
	struct id *users;
	size_t count, space;
};

void notice_to_user(struct work *work, struct notice_to *to, struct id user); /* no id: nobody */
/* Users of a body who are not deactivated; no id: nobody. */
void notice_to_org(struct work *work, struct notice_to *to, struct id org);
/* The accounts of a person that are not deactivated; no id: nobody. */
void notice_to_person(struct work *work, struct notice_to *to, struct id person);
/* Users with a grant on a site; no id: nobody. */
void notice_to_site(struct work *work, struct notice_to *to, struct id site);
/* Users with one of these roles (comma separated) over where the row stands: over an area at or above it, or over a zone that holds it today. */
void notice_to_above(struct work *work, struct notice_to *to, const struct row *row, const char *roles);

/* Tells them all but work->who, who did it. `what` is a code of notice_words.def. Inside store_write. */
void notice_write(struct work *work, const struct notice_to *to, const struct row *about, const char *what, const char *title);
/* Whether the user was told that about the row since a moment. */
bool notice_was(struct work *work, struct id user, struct id about, const char *what, int64_t since);

/* "English|中文" with %s for the title; NULL where the code is not known. */
const char *notice_words(const char *what);
