/* What the parts of the bulletin share. */
#pragma once

#include "app/bulletin.h"

/* What one bulletin is made from. */
struct making {
	struct work *work;
	struct bulletin *bulletin;
	const struct daily *daily;
	struct figures figures;
	struct daily_firms firms;
	struct daily_state *children;
	size_t child_count;
	size_t restated; /* figures that differ from what was reported */
	const json_t *restatements, *without;
	struct paragraph *at; /* being written */
};

/* A figure of one part of a measure, or how many parts it has. */
struct bulletin_part {
	const struct measure *measure; /* NULL: there is no such one */
	const char *field, *code; /* what tells the part; `code` NULL: all parts are counted */
	int64_t value;
};
/* Reads "measure:field=code" or "#measure:field"; false where the word is neither. */
bool bulletin_part(const struct making *making, const char *word, struct bulletin_part *part);

/* A piece of text at the end of the paragraph being written. */
struct segment *bulletin_add(struct making *making, const char *text);
/* Whether all of the figures and counts of a list (comma separated) are there and not zero; or none of them. */
bool bulletin_all(struct making *making, const char *names, bool there);
/* Adds a text with what its braces stand for. */
void bulletin_put(struct making *making, const char *text);
