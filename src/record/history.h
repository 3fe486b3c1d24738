/* Every change of every row: who, when, before, after. Entries form a chain of hashes a writer's slot, over ciphertext where values are private;
 * nothing in it is ever changed. */
#pragma once

#include "record/rows.h"

/* Writes the entry of a change (`old` NULL: made) inside the same savepoint. `body` is the hash of what was sent, for a retry to be recognised. */
void history_add(struct work *work, const struct row *old, const struct row *row, const char *action, const struct id *body);
/* Writes ahead what the history will tell of a new row, before the writer's turn: history_add takes it where the row is still the same then. */
void history_tell(struct work *work, struct row *row);
/* Writes an entry of its own for what was done to many rows at once: `change` is JSON with "before" and "after". */
void history_note(struct work *work, const struct row *row, const char *action, const char *change);
/* The hash of the body that made the row; no id where it is unknown. */
struct id history_body(struct work *work, struct id row);
/* Whether the change that led to `version` of a row was made by work->who with this body: a retry of it. */
bool history_same(struct work *work, struct id row, int64_t version, struct id body);
/* The row that a deed wrote, with the body's hash; false where the deed is new. */
bool history_deed(struct work *work, struct id deed, struct id *row, struct id *body);
/* Writes that private values of a row were shown in clear, and why (work->reason). */
void history_seen(struct work *work, const struct row *row);
/* Checks the chain from its start: the number of entries, and in *broken the first that does not fit (0: none). */
int64_t history_check(struct work *work, int64_t *broken);
