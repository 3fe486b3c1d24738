/* What a row needs to know of a row that it points to: whether it is there, and where it stands. The writer remembers it from batch to batch, until
 * something is changed or a batch fails; a reader asks anew. */
#pragma once

#include "record/store.h"
#include "record/tally.h"

struct pointed {
	struct id id;
	const struct record *record;
	bool voided;
	const char *path;
	int64_t home; /* of an area: its county */
	struct id site; /* what grants on a site are held against; none */
	const char *moves; /* of an area: areas.moves */
	struct stand *stands; /* see pointed_stands */
	size_t stand_count;
	bool stood;
	bool kept; /* by the writer, beyond the work */
	uint64_t epoch;
};

/* NULL where there is no such row. Lives as long as work's arena, on the writer as long as its batch. */
const struct pointed *pointed_find(struct work *work, const struct record *record, struct id id);
/* The stands of the row by day, as row_stands tells them. */
size_t pointed_stands(struct work *work, const struct pointed *pointed, struct stand **stands);

/* A setting as the writer, or a reader with work->noting, remembers it: false where it has to be asked for; *value may be NULL (never set). */
bool noted_find(struct work *work, const char *name, const char **value);
void noted_put(struct work *work, const char *name, const char *value);

/* Where a query is a message (db_far), rows that many writes of a batch look for are asked for together: a write names them beforehand. */
struct want {
	const struct record *record;
	struct id id;
	struct want *next;
};
enum { POINTS = 100 }; /* at once */
/* Names all rows that the write of this new row will look for, but places: those are remembered anyway. Any thread. */
void pointed_want_all(struct work *work, const struct row *row);
/* On the writer, at the beginning of a batch: rows that are wanted are gathered, and asked for as soon as there are POINTS of one record; pointed_fetch asks
 * for what is left. */
struct wanting {
	const struct record *record;
	struct value ids[POINTS];
	size_t count;
};
void pointed_gather(struct store *store, struct db *db, struct wanting *wanting, const struct want *wants);
void pointed_fetch(struct store *store, struct db *db, struct wanting *wanting);

/* Something about this row changed. */
void pointed_forget(struct work *work, struct id id);

struct pointed_memory *pointed_memory_new(void);
void pointed_memory_free(struct pointed_memory *memory);
/* A batch begins: what was remembered stays unless it may be `stale`, or there is too much of it. */
void pointed_begin(struct pointed_memory *memory, bool stale);
