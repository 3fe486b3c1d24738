/* Sheets in, over HTTP and from the shell. */
#pragma once

#include "app/job_state.h"
#include "face/call.h"

/* Begins an import of the call's body or of its part "file". */
enum status import_call(struct call *call, const struct record *record);

struct import_order {
	const struct record *record;
	const void *bytes; /* mapped or in the arena; live as long as it */
	size_t size;
	const char *within; /* path */
	const char *set, *choices; /* as in import_ask; NULL none */
	bool preview, good_only;
	int errors; /* open file for the bad rows; -1: none; closed with the arena */
	const char *folder;
	struct arena *arena; /* the job's from now on */
};
/* Begins the job; its id in *id. */
enum status import_begin(struct jobs *jobs, struct work *work, const struct import_order *order, struct id *id);
/* Maps `size` bytes of an open file from its beginning into memory that lasts as long as the arena; NULL on failure. */
const void *import_map_file(struct arena *arena, int file, size_t size);
/* The bytes of the file that a call brings, as its body or its part "file", as long as the arena lasts. */
enum status import_bytes(struct call *call, struct arena *arena, const void **bytes, size_t *size);
