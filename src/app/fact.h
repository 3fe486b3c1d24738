/* Facts of sites that policies ask for, and the book of what can be known: fields of the register and kinds of fact under one roof. */
#pragma once

#include "record/rows.h"

#define DEF "app/fact.def"
#include "record/struct.h"

enum fact_type { FACT_FLAG, FACT_WHOLE, FACT_AMOUNT, FACT_RATE, FACT_DAY, FACT_TEXT, FACT_LIST };
enum { RATE_WHOLE = 10000 }; /* a rate is in hundredths of a percent: 550 is 5.5 % */

/* Something that can be known of a site. */
struct fact_about {
	const char *code;
	const char *label; /* "English|中文" */
	const char *unit; /* the same; NULL none */
	const char *choices; /* of texts and lists, as picks; NULL: anything */
	enum fact_type type;
	bool monthly; /* told by the month */
	bool of_site; /* the register says it: never told as a fact */
};

/* All of them. */
struct fact_book {
	struct fact_about *list;
	size_t count, space;
};

/* The fields of the register that policies may ask for, and the kinds of fact. In work->arena. Needs work->db. */
const struct fact_book *fact_book(struct work *work);
/* Those of the register alone, in `arena`: for what needs no store. */
struct fact_book *fact_book_register(struct arena *arena);
/* NULL where there is none. */
const struct fact_about *fact_find(const struct fact_book *book, const char *code);
/* A value as people read it, with its unit; `number` in smallest units, `text` of texts and lists. */
const char *fact_say(struct arena *arena, const struct fact_about *about, int64_t number, const char *text, enum language language);

/* A month is year * 12 + month - 1, such as 24241 for February 2020. False where the text is none. */
bool month_parse(const char *text, int64_t *month);
const char *month_text(struct arena *arena, int64_t month);
int64_t month_of(int64_t day);
