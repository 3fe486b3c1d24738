/* A store over many machines by Citus: every row of a place lies with its home, the county where it was born; what every place looks at is copied to
 * each machine. No key is unique without the column by which its table is spread; ids are claimed in a directory that is spread by id. */
#pragma once

#include "record/store.h"

/* Whether the store was made so. */
bool spread_is(struct db *db);
/* Makes it so, on the writing connection, outside a transaction, while nobody else writes. */
enum status spread_make(struct db *db, struct arena *arena);
/* Calls `say` with each statement that Citus must be told, in order; those of a store that has them already fail there. */
void spread_declare(struct arena *arena, void (*say)(void *context, const char *sql), void *context);
