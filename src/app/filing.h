/* Filings to work again 复工备案: what a firm tells, batches of those who come back, the way to a decision, what it does to the firm's status. */
#pragma once

#include "record/rows.h"

#define FILING_ROUTES \
	"never_stopped=Never stopped|未停工登记, notify=By notice|告知备案, pledge=By pledge|承诺备案, approve=By approval|审批复工"

#define DEF "app/filing.def"
#include "record/struct.h"
#define DEF "app/filing_batch.def"
#include "record/struct.h"

struct site;

/* The rules of its steps (filing_steps.c). */
enum status filing_submit(struct work *work, const struct row *old, struct row *row);
enum status filing_take(struct work *work, const struct row *old, struct row *row);
enum status filing_inspect(struct work *work, const struct row *old, struct row *row);
enum status filing_send_back(struct work *work, const struct row *old, struct row *row);
enum status filing_approve(struct work *work, const struct row *old, struct row *row);
enum status filing_refuse(struct work *work, const struct row *old, struct row *row);
enum status filing_acknowledge(struct work *work, const struct row *old, struct row *row);
enum status filing_fulfil(struct work *work, const struct row *old, struct row *row);
enum status filing_complete(struct work *work, const struct row *old, struct row *row);
enum status filing_suspend(struct work *work, const struct row *old, struct row *row);
enum status filing_lift(struct work *work, const struct row *old, struct row *row);
enum status filing_withdraw(struct work *work, const struct row *old, struct row *row);
/* Moves a batch of a filing that is decided (filing_batch.c). */
enum status filing_change_batch(struct work *work, const struct row *old, struct row *row);

/* --- what it needs (filing_needs.c) */

/* Isolation rooms that a firm with so many staff must have; 0: no number is set (facts.md 1.1; the limits are settings). */
int64_t filing_rooms(struct work *work, int64_t staff);
/* Days for which the masks last those who are to work: who is back now, or all batches where these are more; -1 where that is not known. */
int64_t filing_stock(struct work *work, const struct filing *filing);
/* People of all its batches but one (no id: of all). */
int64_t filing_batch_sum(struct work *work, struct id filing, struct id but);
/* What must still be given before it may be submitted, by the list of its route in the settings. */
struct lack {
	const char *field; /* of the filing, or of the firm; "batches" */
	const char *label; /* "English|中文" */
	bool known; /* it is a fact of the firm: told on the firm's page */
};
size_t filing_lacks(struct work *work, const struct filing *filing, const struct site *site, struct lack **lacks);
/* Findings of the firm that are not closed and so severe that they stop an approval. */
struct obstacle {
	struct id id;
	const char *item, *text, *severity, *state;
	int64_t due;
};
size_t filing_obstacles(struct work *work, struct id site, struct obstacle **obstacles);
/* The day of the firm's first lesson on resuming work, as far as it is on record by today; -1: it is not. */
int64_t filing_lesson(struct work *work, struct id site, struct id *training);

/* --- what it does to the firm (filing_site.c): its dated status, with route and filing as evidence. Inside store_write, after the filing is written. */
enum status filing_settle(struct work *work, const struct filing *filing, const char *step);
/* Who is told of a step (filing_tell.c). Inside store_write. */
void filing_tell(struct work *work, const struct filing *filing, const char *step);

/* The filing of a number that was submitted and not taken out; NULL where there is none. Needs work->db. */
const struct filing *filing_numbered(struct work *work, const char *number);
/* The filing of a firm that is not yet decided; else its last one; NULL where there is none. Needs work->db. */
const struct filing *filing_current(struct work *work, struct id site);

/* What is printed: the filing, its firm as work->who may see it now, its batches; `link`, which opens its public state, the caller adds. Needs work->db. */
struct filing_paper {
	const struct filing *filing;
	const struct site *site;
	const char *area, *link;
	struct filing_line *lines;
	size_t line_count;
};
struct filing_paper filing_paper_read(struct work *work, const struct filing *filing);
/* Reads nothing from the store. NULL where it cannot be drawn. */
const void *filing_draw(struct work *work, const struct filing_paper *paper, size_t *size);
