/* Between the files of search: what stands in the index. */
#pragma once

#include "record/search.h"

/* Hashes, places and values begin with a letter that nobody types, so that the words beginning with "a" are words. 13 letters are 65 bits. */
#define SECRET_MARK "\u10d0"
#define PLACE_MARK "\u10d1"
#define FACET_MARK "\u10d2"

/* A text with every ideograph set apart and everything that is no word turned into a space. */
void search_words(struct buf *buf, const char *text);
/* A text without what is no word. */
void search_letters(struct buf *buf, const char *text);
/* Each pair of neighbouring ideographs, in order: pairs are far rarer than their characters. */
void search_pairs(struct buf *buf, const char *text);
/* The keyed hash of a private text, of a kind: pair, whole, spelled. */
void search_token(struct work *work, struct buf *buf, const char *kind, const char *text, size_t size);
/* Hashes of each pair of neighbouring characters, in order, so that a part of the value is a phrase. Returns how many. */
size_t search_secret_pairs(struct work *work, struct buf *buf, const char *text);
const char *search_lowered(struct arena *arena, const char *text);
/* Whether the values of a field stand in the index, and one of them (VALUE_NULL: none given). */
bool search_facet(const struct field *field);
void search_facet_token(struct buf *buf, const struct field *field, struct value value);
