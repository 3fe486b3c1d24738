/* Certificates of service 服务证明: what a person did, counted on a day and kept; their papers; whether one still holds. */
#pragma once

#define DEF "app/certificate.def"
#include "record/struct.h"

struct person;

/* One post that was held, as a certificate tells of it. */
struct service {
	struct id post;
	const char *title;
	int64_t begins, ends; /* its days, until the day of the certificate at most */
	int64_t days; /* on which a shift was stood; where the post had no shifts, on which it was held */
	int64_t hours; /* of shifts stood; 0 where there were none */
};

/* What a certificate of the person would say today, as far as work->who reaches; count 0: the person served nowhere yet. */
struct served {
	struct service *list;
	size_t count;
	int64_t first_day, days, hours; /* days on which two posts were served count once */
};
struct served certificate_served(struct work *work, struct id person);

/* The newest certificate of the person that holds and says what they did until today; `stale`: the newest that holds and tells of no post beyond the reach of work->who. NULL where there is none. */
const struct certificate *certificate_find(struct work *work, struct id person, bool stale);
/* That of the person with a number, on the same terms. */
const struct certificate *certificate_numbered(struct work *work, struct id person, const char *number);
/* By its number and code as they stand in its link, "ZM-2020-000001-CODE"; one that was withdrawn (voided), too. NULL where they do not fit. */
const struct certificate *certificate_verified(struct work *work, const char *mark);
/* That number and code. In the arena. */
const char *certificate_mark(struct work *work, const struct certificate *certificate);

/* What is printed: the row, the name in clear, the address of the page that verifies it. Reads nothing from the store. NULL where it cannot be drawn. */
struct certificate_paper {
	const struct certificate *certificate;
	const char *name;
	const char *link;
};
const void *certificate_draw(struct work *work, const struct certificate_paper *paper, size_t *size);
/* The posts that a stored certificate tells of. In the arena. */
struct service *certificate_lines(struct work *work, const struct certificate *certificate, size_t *count);
