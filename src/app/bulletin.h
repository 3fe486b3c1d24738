/* The bulletin (通报) of an area and a day: text made of the figures of its return, each figure marked so that it opens. */
#pragma once

#include "app/daily.h"
#include "base/json.h"

/* A piece of text; what it stands for where it is a figure, a rate or a name. */
struct segment {
	const char *text;
	const char *measure; /* a figure: with total and value */
	bool total;
	int64_t value;
	const char *field, *code; /* of a figure of one part: what tells it; else NULL */
	const char *indicator; /* a rate: with over and under */
	int64_t over, under;
	struct id area; /* the area meant, where it is another; none */
	struct id site;
};

struct paragraph {
	bool heading;
	struct segment *segments;
	size_t count, space;
};

struct bulletin {
	struct arena *arena;
	const struct area *area;
	int64_t day;
	enum language language;
	const char *title;
	struct paragraph *paragraphs;
	size_t count, space;
};

/* In the language of the work. Needs work->db. Never fails: what is not known is left out. */
struct bulletin *bulletin_make(struct work *work, const struct area *area, int64_t day);
/* As plain text or Markdown, in the arena. */
const char *bulletin_text(const struct bulletin *bulletin, bool markdown);
/* Adds "title" and "paragraphs" to an open object. */
void bulletin_json(const struct bulletin *bulletin, struct json *json);

/* Numbers for people (bulletin_word.c). In the arena. */
const char *number_print(struct arena *arena, int64_t number); /* 17,787 */
const char *figure_print(struct arena *arena, const struct measure *measure, int64_t value); /* 1,234.5 of what is counted in tenths */
/* One decimal; "100%" only where all, "0%" only where none; "—" where `under` is none. */
const char *rate_print(struct arena *arena, int64_t over, int64_t under);
/* "up 3 on the day before|较前一日增加3家" */
const char *change_print(struct work *work, const struct measure *measure, int64_t value, int64_t before);
/* "up 1.2 points on the day before|较前一日提高1.2个百分点"; `before_under` none: there was no rate. */
const char *rate_change_print(struct work *work, int64_t over, int64_t under, int64_t before_over, int64_t before_under);
const char *day_long(struct work *work, int64_t day); /* "5 March 2020|2020年3月5日" */
const char *stamp_long(struct work *work, int64_t stamp); /* "12:00 on 6 March 2020|2020年3月6日12:00" */
/* "the whole area|全区": by the last word of its name. */
const char *whole_of(struct work *work, const struct area *area);
