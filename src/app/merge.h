/*
 * Merging two entries of one person 人员合并, and undoing it. Every field of every record that is declared as a link to a person is followed: what points at the entry that goes is
 * pointed at the one that is kept, whoever may write it, for the right is held against the two entries. Where both have what a person has once, one of the two is taken out:
 * - two pledges to one appeal: the one that got further stays (approved, signed up, declined, withdrawn), of equals the earlier;
 * - assignments to one post, members of one team, links of one site that overlap: the kept one's stays, from the first day of both to the last;
 * - shifts that overlap at one post: the one that got further stays; at two posts the merge is refused, for nobody stands at both.
 * The entry that goes is taken out and says into which it was merged.
 */
#pragma once

#include "record/rows.h"

#define DEF "app/merge.def"
#include "record/struct.h"

enum { MERGE_MOST = 10000 }; /* rows moved in one write: everybody else waits for it */

struct merge_order {
	struct id id; /* of the merge, made by whoever asks: a retry answers as the first time; none: a new one is made */
	struct id kept, other;
	const json_t *fields; /* names of fields whose value is taken from the other; NULL: wherever the one kept has none */
	struct id body; /* hash of what was sent */
	struct row *made; /* out: the merge */
};
/* NOT_FOUND or NO_RIGHT where an entry is out of reach, BAD_FIELD by name, BAD_STATE where one was taken out or shifts stand against it, TOO_LARGE beyond MERGE_MOST. Inside
 * store_write. */
enum status merge_people(struct work *work, void *order);

struct merge_undoing {
	struct id kept, merge;
	struct row *row; /* out: the merge, which tells what was not put back as it was changed since */
};
/* A merge that was undone already answers as it did then. BAD_STATE where the entry that was kept was itself merged into another. Inside store_write. */
enum status merge_undo(struct work *work, void *undoing);

/* Between the files of a merge. How many rows point at a person, MERGE_MOST + 1 at most. */
int64_t merge_count(struct work *work, struct id person);
/* Points everything at `kept`, and adds to `moved` what was done to which row. */
enum status merge_move(struct work *work, struct id kept, struct id other, json_t *moved);
/* Puts back what `moved` tells, and adds to `left` what was changed since. */
enum status merge_put_back(struct work *work, const struct merge *merge, const json_t *moved, json_t *left);
