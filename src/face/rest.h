/* What reading and writing over REST share (rest.c, rest_write.c). */
#pragma once

#include "face/call.h"
#include "record/record.h"

struct rest {
	struct call *call;
	const struct record *record;
	struct id id;
	const json_t *object;
	const struct step *step;
	/* of a step: how its row is found; NULL: within reach by the right to read the record */
	enum status (*find)(struct work *work, struct id id, struct row **row);
	bool own; /* what it finds is the asker's own: no right over its place is needed, and the answer is no more than the row's state */
	int64_t version;
	struct id body; /* hash of what was sent */
	struct id deed;
	const struct row *read; /* a new row as it was sent */
	struct row *row; /* the outcome */
};

/* POST of one or many rows, PATCH, DELETE, POST of a step: they write, and answer with the row as it then is. */
enum status rest_make(struct rest *rest);
enum status rest_change(struct rest *rest);
enum status rest_void(struct rest *rest);
enum status rest_step(struct rest *rest);
