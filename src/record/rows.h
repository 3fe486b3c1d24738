/* The generic store: get, insert, change, void. Any other query is SQL by hand, in the thing's own file. */
#pragma once

#include "record/store.h"

/* The row by id, whoever asks; NULL where there is none. Voided rows are found too. */
struct row *row_load(struct work *work, const struct record *record, struct id id);
/* The row by id where work->who reaches it with `right`; NOT_FOUND otherwise. */
enum status row_get_reached(struct work *work, const struct record *record, struct id id, int right, struct row **row);

/* SQL texts of a record that are the same every time. */
struct row_texts row_texts(struct arena *arena, const struct record *record, bool spread);
/* Columns of a record in the order that row_read expects, for a SELECT by hand; cached in text form nowhere: build once per query. */
const char *row_columns(struct arena *arena, const struct record *record);
size_t row_column_count(const struct record *record);
/* One private field of the row by id, in clear; null where there is none. */
struct value row_private(struct work *work, const struct record *record, struct id id, const struct field *field);
/* The current row of such a SELECT. */
struct row *row_read(struct work *work, const struct record *record, struct query *query);

/* All of these run inside store_write. They check what the record's own check does not forbid; history and tallies follow by themselves. */

/* A private value (a text or a number) as it is stored: sealed under the key of the row's incident; null stays null. The key must be ready. */
struct value row_sealed(struct work *work, const struct row *row, const struct field *field);

/* From now on what is sealed of a row is sealed once: its column and its history hold the same bytes. A value that changes is sealed anew. */
void row_seals(struct work *work, struct row *row);

/* Stores a new row. An id that is taken: the same body (by `body`, a hash) answers OK with the stored row in *row, another one CONFLICT (NOT_FOUND where
 * the row is out of reach). A row without id gets one. Links and areas must exist within work->who's reach; the place must be within reach
 * for record->write. */
enum status row_insert(struct work *work, struct row **row, const struct id *body);
/* All that row_insert (`old` NULL) or row_change would check before they write, and what they complete on the way. */
enum status row_check(struct work *work, const struct row *old, struct row *row, int right);
/* Replaces the stored row by `row` (loaded, then changed). `version` must be the stored one, else CONFLICT. `right`: the right held against the old and
 * the new place. */
enum status row_change(struct work *work, const struct row *old, struct row *row, int64_t version, int right);
/* Whether a step may begin at the state that a row is in. */
bool row_step_fits(const struct row *row, const struct step *step);
/* Takes a step: `row`, a copy of `old` with the fields that were given, gets the state to which the step leads and what its rule says, and is written as by row_change. BAD_STATE
 * where the step does not begin at the state of `old`. */
enum status row_step(struct work *work, const struct row *old, struct row *row, const struct step *step, int64_t version);
/* Takes a row out of every list and count; it stays in the store with work->reason. */
enum status row_void(struct work *work, const struct row *row, int64_t version);
/* Writes `row` over `old` with all that follows from it, but asks neither a right nor the record's own check: for what is done to rows of many places at
 * once by somebody whose right to it was held against something else (merge.h). Its place is found anew; voided_at may be set or taken away. `action`
 * stands in the history. */
enum status row_rewrite(struct work *work, const struct row *old, struct row *row, const char *action);
/* Writes the columns of a row that muster itself moves on (dated fields at midnight): no history, no version, no tallies. */
void row_refresh(struct work *work, const struct row *row);

/* Whether everyone signed in may read the row, wherever they are: of an open record, in a state that it shows. */
bool row_open(const struct row *row);
/* Finds the place (path, home) of a row from its area or what it follows; BAD_FIELD where that is not there. */
enum status row_place(struct work *work, struct row *row);
/* The site that a row belongs to, for grants on a site: its own id where it is one. */
struct id row_site(const struct row *row);
