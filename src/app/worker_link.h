/* Links by which workers tell of their own health 本人填报链接. */
#pragma once

#include "app/staff.h"

#define DEF "app/worker_link.def"
#include "record/struct.h"

enum { WORKER_TOKEN = 21 };
/* What the link of this id holds behind #. Made from the id: it is kept nowhere. */
char *worker_token(struct work *work, struct id link, char token[WORKER_TOKEN]);
/* Gives links to those of these staff files of a site that have none that is live, and tells those of all. */
struct worker_links {
	struct id site;
	const struct id *staff;
	size_t count;
	bool all; /* of everybody who works there today, in place of the list */
	/* out: */
	const struct worker_link **links; /* by staff file, oldest first */
	size_t link_count;
	int64_t made;
};
/* Inside store_write. */
enum status worker_links_give(struct work *work, void *links);
/* Those of a site that are live. With work->db. */
size_t worker_links_live(struct work *work, struct id site, const struct worker_link ***links);
/* The link of an id and its token, and its staff file; NOT_FOUND where they do not belong together, BAD_STATE where it was taken back or the file has ended. With work->db. */
enum status worker_link_open(
	struct work *work, struct id id, const char *token, const struct worker_link **link, const struct staff **staff);
