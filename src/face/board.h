/* A record by its states, as a board shows it: how many there are of each, the first of them. */
#pragma once

#include "face/call.h"

struct record;
struct row;

struct board {
	const struct record *record;
	const char *sort; /* the field by which the first ones come first */
	const char *const *views; /* counted beside the states */
	size_t view_count;
};

/* The subtree asked for by ?area=; without it all that the user reaches, be it a single site: "". */
enum status call_path(struct call *call, const char **path);
/* Answers with the board: {"<view>": count, …, "columns": [{"state","count","rows"}]}. */
enum status board_answer(struct call *call, const struct board *board);
/* A row in a line: how what it is about begins, and its title or that of what it follows. In the arena. */
const char *board_title(struct work *work, const struct row *row);
/* The stamp by which a row is due: of its field `column`, a stamp or a day, which ends at midnight; 0 where it has none. */
int64_t board_due(struct work *work, const struct row *row, const char *column);
