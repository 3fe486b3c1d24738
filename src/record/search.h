/* Search: words of open fields, and keyed hashes of private ones, with the areas above each row and its values of pick fields as words too, so that
 * one index answers "this word, with these values, below that area". A CJK character is a word of its own, and so is each pair of them. */
#pragma once

#include "record/list.h"

/* Puts a row into the index, or takes it out (`old`), or both. Does nothing where nothing searched changed. */
void search_update(struct work *work, const struct row *old, const struct row *row);
/* Puts a new row into the index, whose number (the column serial) is known. */
void search_add(struct work *work, const struct row *row, int64_t serial);
/* The texts of a row in the index, as db_words_put takes them. */
void search_texts(struct work *work, const struct row *row, const char *texts[4]);
bool search_has(const struct record *record);

/* A question to the index. */
struct search {
	const char *match; /* what the index is asked; NULL: nothing that it can answer */
	const char *const
		*held; /* words that each row found must be held against (search_fits): the index was asked for a part of them only */
	size_t held_count;
	bool secrets;
};

/* The question for what was typed and the filters whose values the index holds, below one of `paths` (none: anywhere); private fields are searched only
 * where `secrets` is set. A word of Latin letters finds what begins with it; the beginning of a code is the list's business. */
struct search search_ask(struct work *work, const struct list_ask *ask, const char *const *paths, size_t path_count, bool secrets);
bool search_fits(struct work *work, const struct search *search, const struct row *row);
/* How many of the filters the index answers. */
size_t search_facets(const struct list_ask *ask);
