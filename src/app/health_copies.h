/* What looks copied in daily rounds 疑似照抄: the same temperatures day after day, all the same, told in the same second each day. Thresholds are settings (copy_*). */
#pragma once

#include "record/rows.h"

#define DEF "app/health_remark.def"
#include "record/struct.h"

enum { COPIES_MOST = 3 };
struct copies {
	struct id site;
	int64_t day;
	size_t count;
	struct copies_one {
		const char *kind; /* of a remark */
		const char *evidence; /* "English|中文" */
		int64_t people, of, days;
	} list[COPIES_MOST];
};

/* Looks at a round as it stands, and at the days before. With work->db. */
enum status copies_find(struct work *work, const struct row *site, int64_t day, struct copies *copies);
/* Writes a remark for each, where there is none of its kind for the day yet. Inside store_write. */
enum status copies_note(struct work *work, void *copies);
