/* Papers: A4 sheets as PDF in the look of muster, drawn by Pango and Cairo from top to bottom; what does not fit begins the next sheet. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/text.h"

struct paper;

enum paper_style { PAPER_TITLE, PAPER_HEAD, PAPER_LEAD, PAPER_TEXT, PAPER_SMALL };
enum paper_side { PAPER_LEFT, PAPER_CENTER, PAPER_RIGHT };

struct paper_column {
	const char *head;
	double width; /* mm; those of a table together 170 at most */
	bool right; /* its cells stand at the right, as numbers do */
};

/* A paper in the arena, which gives back what the libraries hold. `title` and `day` are what the file says of itself: never a private value; the same calls make the same bytes. NULL where the machine has no font
 * with Chinese characters. */
struct paper *paper_new(struct arena *arena, enum language language, const char *title, int64_t day);
/* Small words at the foot of this sheet and of those after it. */
void paper_foot(struct paper *paper, const char *text);

/* A paragraph over the width of the sheet; line feeds begin a new line. */
void paper_text(struct paper *paper, enum paper_style style, enum paper_side side, const char *text);
/* What is known: its name in a column at the left, the words beside it. Nothing where they are NULL or empty. */
void paper_fact(struct paper *paper, const char *label, const char *text);
/* The heads of a table, and a row of it with as many cells; the columns must stay until the last row. The heads come again on a new sheet. */
void paper_table(struct paper *paper, const struct paper_column *columns, size_t count);
void paper_row(struct paper *paper, const char *const *cells);
/* Two lines to be signed on, side by side, named below. */
void paper_sign(struct paper *paper, const char *left, const char *right);
/* A QR code (ISO/IEC 18004, level M) at the right, with words at its left, so many mm high. */
void paper_code(struct paper *paper, const char *code, double size, const char *text);
/* Free space, in mm. */
void paper_gap(struct paper *paper, double size);
/* Begins a new sheet where less than so many mm are left. */
void paper_room(struct paper *paper, double size);
/* Begins a new sheet. */
void paper_next(struct paper *paper);

/* The PDF, in the arena; NULL where it could not be drawn. The paper takes nothing more. */
const void *paper_end(struct paper *paper, size_t *size);
