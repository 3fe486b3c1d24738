/* The links of a firm's workers on paper, to be cut out and handed around. */
#pragma once

#include "app/worker_link.h"

struct worker_card {
	const char *name; /* as it may be shown */
	const char *number, *dept;
	const char *link; /* the whole address */
};

/* The PDF, in the arena; NULL where it could not be drawn. `firm` is its name. Without work->db. */
const void *worker_paper(struct work *work, const char *firm, const struct worker_card *cards, size_t count, size_t *size);
