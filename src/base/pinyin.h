/* Pinyin of Chinese names without tones, so that "zhangsan" and "zs" find 张三. For search only, never shown as spelling. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The syllable of a character in lower-case ASCII letters (ü is v: lv, nve), its most common reading. NULL outside
 * U+4E00..U+9FFF and for the few there that have no reading. Static, never freed. Source: the npm package pinyin-pro.
 */
const char *pinyin_of(uint32_t code);

/* As pinyin_of, but the reading as a family name where that differs (单 shan, 曾 zeng, 仇 qiu, 区 ou). */
const char *pinyin_of_surname(uint32_t code);

/*
 * The whole text in syllables without spaces (中山市 -> zhongshanshi), and only their first letters (zss). Words in
 * which a character reads otherwise than alone are known for what is frequent in names of places and firms (重庆
 * chongqing, 厦门 xiamen, 银行 yinhang). ASCII letters and digits, full-width ones too, stay, in lower case; all else is
 * left out. With `person` the text is a person's name: the first character, or the first two of a double family name
 * (尉迟 yuchi, 单于 chanyu), read as a family name.
 * Writes at most `size` bytes with the NUL, never part of a syllable, and returns the length that the whole would have
 * without NUL, as snprintf does. Text that is not UTF-8 gives an empty result and 0.
 */
size_t pinyin_full(const char *utf8, char *out, size_t size);
size_t pinyin_initials(const char *utf8, char *out, size_t size);
size_t pinyin_person_full(const char *utf8, char *out, size_t size);
size_t pinyin_person_initials(const char *utf8, char *out, size_t size);

/* What follows is in the C file that setup/generate/pinyin.mjs writes; only pinyin.c reads it. */
enum { PINYIN_FIRST = 0x4E00, PINYIN_LAST = 0x9FFF, PINYIN_WORD = 4 };

struct pinyin_word {
	const char *utf8;
	bool surname; /* a double family name: counts only at the head of a person's name */
	uint16_t syllables[PINYIN_WORD]; /* one for each character, then 0 */
};

extern const char pinyin_syllables[][7]; /* the first is empty: no reading */
extern const uint16_t pinyin_readings[PINYIN_LAST - PINYIN_FIRST + 1];
extern const uint16_t pinyin_surnames[][2]; /* code point, syllable; in order of code points; ends with 0 */
extern const struct pinyin_word pinyin_words[]; /* in order of text; ends with NULL */
