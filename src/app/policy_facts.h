/* What is known of sites, read for judging: one query for one site or for all sites of an area, never one a leaf. */
#pragma once

#include "app/delivery_grants.h"
#include "app/policy_tree.h"

struct fact_value {
	bool known;
	int64_t number; /* in smallest units */
	const char *text; /* of texts and lists */
};

/* One site. The slot "granted" holds the codes or ids of policies that it was granted, as far as facts tell; whoever keeps the ledger of grants adds its own in read_site.
 * The texts live until the next site is read, of one site alone as long as work->arena. */
struct facts {
	struct id site;
	const char *path;
	const char *name; /* not private */
	struct fact_value *values; /* by the slots of the space */
};

struct facts_reader {
	struct work *work;
	const struct fact_space *space;
	int64_t day; /* for which risk levels hold */
	struct query *query;
	struct facts facts;
	/* inner */
	struct fact_key {
		const char *kind;
		int64_t month;
		int slot;
	} * keys; /* a table of hashes over the slots that facts fill */
	size_t key_mask;
	int *columns; /* slots that columns of the site fill, in order */
	size_t column_count;
	int subject, granted, risk;
	struct delivery_grants grants; /* where a condition looks at them */
	struct arena *arena; /* of the site being read */
	bool more;
	struct risk_memo **risks;
};

/* What sites are read: those below a path ("" all), as far as work->who reaches them for `right`. */
void facts_begin(struct facts_reader *reader, struct work *work, const struct fact_space *space, int64_t day, const char *path, int right);
/* One site, whoever asks. */
void facts_begin_one(struct facts_reader *reader, struct work *work, const struct fact_space *space, int64_t day, struct id site);
/* The next site, in the order of ids; NULL at the end. */
const struct facts *facts_next(struct facts_reader *reader);
/* Ends reading before the last. */
void facts_end(struct facts_reader *reader);
