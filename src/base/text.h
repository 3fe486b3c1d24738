/* Text: UTF-8, growing buffers, the two languages of one literal. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

enum language { CHINESE, ENGLISH };

/* The half of "English|中文" that a reader of `language` sees; a text without a bar serves both. In the arena. */
const char *text_in(struct arena *arena, const char *both, enum language language);

/* Whether `size` bytes are valid UTF-8 without NUL, surrogates or overlong forms. */
bool text_valid(const char *text, size_t size);
/* The code point at *text, which moves behind it; 0 at the end. The text must be valid. */
uint32_t text_next(const char **text);
/* Number of code points. */
size_t text_length(const char *text);
/* Appends a code point as UTF-8 to `out` (4 bytes of room) and tells how many bytes it took. */
size_t text_put(char *out, uint32_t code);
/* Whether a code point is a CJK ideograph, and so a word of its own in search. */
bool text_ideograph(uint32_t code);
/* A copy without white space (ASCII and U+3000) at both ends. */
char *text_trim(struct arena *arena, const char *text);
bool text_same(const char *one, const char *other); /* NULL equals NULL only */
bool text_starts(const char *text, const char *start);
/* Whether `word` is one of the words of `list`, which `separator` divides. */
bool text_listed(const char *list, char separator, const char *word);
/* The next word of a list that `separator` divides, and *list behind it; NULL when none is left. */
const char *text_word(struct arena *arena, const char **list, char separator);

/* A sign of which people write several, and the one character of ASCII that stands for it. */
struct text_sign {
	const char *sign;
	char is;
};
/* What people typed, made easy to read: ASCII in small letters, signs as their table says, blanks (and signs that are ' ') left out. */
char *text_plain(struct arena *arena, const char *text, const struct text_sign *signs, size_t count);

/* A text that grows, in an arena. Zero-initialise all but `arena`. */
struct buf {
	struct arena *arena;
	char *text; /* NUL behind it once something was added; NULL before */
	size_t size;
	size_t space;
};

void buf_add(struct buf *buf, const char *text, size_t size);
void buf_text(struct buf *buf, const char *text);
void buf_char(struct buf *buf, char c);
void buf_print(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The text so far, never NULL. */
const char *buf_end(struct buf *buf);
