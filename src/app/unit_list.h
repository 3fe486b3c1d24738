/* A unit signs up its list for an appeal: each row is somebody known already or somebody new, with a pledge. */
#pragma once

#include "app/appeal.h"

/* What a row may hold: fields of a person and of a pledge. */
#define UNIT_LIST_AREA "area" /* by id, code or name */
#define UNIT_LIST_PERSON "name,phone,idno,duty,party,skills,trade,languages,licence,hours,available"
#define UNIT_LIST_PLEDGE "rank,wish,near,note"

struct unit_entry {
	const struct appeal *appeal;
	const struct row *org; /* within reach of work->who for RIGHT_person_write */
	const json_t *form;
	struct id post; /* for which the unit nominates them; none: for any */
	bool preview; /* nothing is written */
	/* out: */
	struct id person, pledge; /* none where a preview would make them */
	bool known; /* they were there already: the same ID number, the same phone and name, or the same name in this unit */
	bool signed_up; /* and had signed up already: nominated for the post, they keep that pledge */
};

/* BAD_FIELD names what is wrong. Whoever is known is left as they are. Inside store_try, or with a snapshot for a preview. */
enum status unit_list_add(struct work *work, void *entry);

/* How an appeal was answered. `name` NULL: of no unit, or not told. */
struct appeal_part {
	struct id org; /* of units */
	const char *code, *name; /* of ranks and wishes the code */
	int64_t waiting, approved, declined, withdrawn;
};
struct appeal_parts {
	struct appeal_part *units, *ranks, *wishes;
	size_t unit_count, rank_count, wish_count;
};
/* Within reach for RIGHT_person_read; the largest first. Inside a snapshot; lives in the arena of the work. */
struct appeal_parts appeal_parts(struct work *work, const struct appeal *appeal);
