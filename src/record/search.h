/* Search: words of open fields, and keyed hashes of private ones, with the areas above each row as words too, so that one index answers
 * "this word, below that area". A CJK character is a word of its own; a query of several is a phrase. */
#pragma once

#include "record/rows.h"

/* Puts a row into the index, or takes it out (`old`), or both. Does nothing where nothing searched changed. */
void search_update(struct work *work, const struct row *old, const struct row *row);
/* Puts a new row into the index, whose number (the column serial) is known. */
void search_add(struct work *work, const struct row *row, int64_t serial);
/* The index query for what somebody typed, below one of `paths` (none: anywhere); private fields are searched only where `secrets` is set. NULL where
 * nothing can be searched. A word of Latin letters finds what begins with it; the beginning of a code is the list's business. */
const char *search_query(
	struct work *work, const struct record *record, const char *typed, const char *const *paths, size_t path_count, bool secrets);
bool search_has(const struct record *record);
