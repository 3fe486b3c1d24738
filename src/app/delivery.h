/* The delivery of policies 送达台账: one row a policy and firm, from matched to paid. Matching makes it (delivery_match.h); a row is never taken out. */
#pragma once

#define DEF "app/delivery.def"
#include "record/struct.h"

struct judged;

/* The row of a policy and a site; NULL where there is none. Needs work->db. */
struct delivery *delivery_find(struct work *work, struct id policy, struct id site);
/* Brings the ledger to what was judged: makes a row for a firm that qualifies, puts the amount and the verdict right, lets lapse what no longer qualifies and was not applied for. Inside
 * store_write. */
enum status delivery_judged(struct work *work, struct id policy, struct id site, const struct judged *judged);
/* What was neither applied for nor granted lapses, with a reason "English|中文". Inside store_write. */
enum status delivery_lapse(struct work *work, struct id id, const char *reason);
/* The firm asked about the policy: it knows it. Nothing where there is no row. Inside store_write. */
enum status delivery_asked(struct work *work, struct id policy, struct id site);
/* Puts a row into the list without applications of this number (NULL: takes it out). Inside store_write. */
enum status delivery_listed(struct work *work, const struct delivery *old, const char *list);
/* Grants what a signed list names, with the document of the list. Inside store_write. */
enum status delivery_granted(struct work *work, const struct delivery *old, const char *doc_no);

/* How a row was told. */
struct delivery_telling {
	const char *how, *note; /* a pick of told_how */
	int64_t day; /* DAY_FAR: today */
	bool heard; /* the firm said that it knows */
};
/* Takes the step "tell" on one row, for many at once. NOT_FOUND where work->who does not see it. Inside store_write. */
enum status delivery_told(struct work *work, struct id id, const struct delivery_telling *telling);
/* Takes the step "acknowledge" on one row, for many at once: nothing where the firm knows it already. As above. */
enum status delivery_known(struct work *work, struct id id);
