/* Texts for PostgreSQL: SQL with numbered marks, and the words of the search index. */
#include <ctype.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wctype.h>

#include "base/text.h"
#include "db/postgres_inner.h"

/* A text that grows, owned by whoever takes it. */
struct text {
	char *bytes;
	size_t size, space;
};

static void add(struct text *text, const char *bytes, size_t size)
{
	if (text->size + size + 1 > text->space) {
		text->space = 2 * (text->size + size) + 64;
		text->bytes = realloc(text->bytes, text->space);
		if (!text->bytes)
			abort();
	}
	memcpy(text->bytes + text->size, bytes, size);
	text->size += size;
	text->bytes[text->size] = '\0';
}

static void put(struct text *text, const char *words)
{
	add(text, words, strlen(words));
}

static bool is_word_part(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

/* Copies a text in quotes, and returns what comes behind it. */
static const char *copy_quoted(struct text *text, const char *sql)
{
	const char *end = strchr(sql + 1, *sql);
	end = end ? end + 1 : sql + strlen(sql);
	add(text, sql, (size_t)(end - sql));
	return end;
}

static const char *copy_word(struct text *text, const char *begin, const char *sql)
{
	const char *end = sql;
	while (is_word_part(*end))
		end++;
	size_t size = (size_t)(end - sql);
	bool column = (sql == begin || sql[-1] != '.') && size == 4 && memcmp(sql, "user", 4) == 0;
	bool cross = size == 5 && memcmp(sql, "CROSS", 5) == 0; /* SQLite's word for "in this order" */
	if (cross)
		return end + strspn(end, " ");
	if (column)
		put(text, "\"");
	add(text, sql, size);
	if (column)
		put(text, "\"");
	return end;
}

char *postgres_text(const char *sql)
{
	struct text text = {0};
	int marks = 0;
	char mark[16];
	add(&text, "", 0);
	for (const char *at = sql; *at;) {
		if (*at == '\'' || *at == '"') {
			at = copy_quoted(&text, at);
		} else if (is_word_part(*at)) {
			at = copy_word(&text, sql, at);
		} else if (*at == '?') {
			snprintf(mark, sizeof mark, "$%d", ++marks);
			put(&text, mark);
			at++;
		} else {
			add(&text, at++, 1);
		}
	}
	return text.bytes;
}

/* --- words */

/* The next word at *at, folded to small letters, into `word`; false at the end. What is no letter and no digit parts words, as in SQLite's unicode61. */
static bool next_word(const char **at, const char *end, struct text *word, locale_t letters)
{
	char bytes[4];
	word->size = 0;
	while (*at < end) {
		const char *next = *at;
		uint32_t code = text_next(&next);
		if (!code)
			break;
		bool part = code < 0x80 ? isalnum((int)code) != 0 : iswalnum_l((wint_t)code, letters) != 0;
		if (!part && word->size)
			return true;
		*at = next;
		if (part)
			add(word, bytes, text_put(bytes, (uint32_t)towlower_l((wint_t)code, letters)));
	}
	*at = end;
	return word->size != 0;
}

enum { LAST_PLACE = 16383, LONGEST = 2000 }; /* a tsvector's own limits */

char *postgres_words(const char *const *texts, size_t count, locale_t letters)
{
	struct text words = {0}, word = {0};
	int place = 0;
	char number[16];
	add(&words, "", 0);
	for (size_t i = 0; i < count; i++, place += 8) {
		const char *at = texts[i];
		const char *end = at + strlen(at);
		while (next_word(&at, end, &word, letters)) {
			if (word.size > LONGEST)
				continue;
			place++;
			put(&words, "'");
			add(&words, word.bytes, word.size);
			snprintf(number, sizeof number, "':%d ", place < LAST_PLACE ? place : LAST_PLACE);
			put(&words, number);
		}
	}
	free(word.bytes);
	return words.bytes;
}

static void add_phrase(struct text *match, const char *phrase, const char *end, bool beginning, locale_t letters)
{
	struct text word = {0};
	bool any = false;
	put(match, "(");
	while (next_word(&phrase, end, &word, letters)) {
		put(match, any ? " <-> '" : "'");
		add(match, word.bytes, word.size);
		put(match, "'");
		any = true;
	}
	/* a phrase without words is found nowhere; a mark that no text holds stands for it */
	put(match, any ? beginning ? ":*)" : ")" : "'\xe1\x83\x95')");
	free(word.bytes);
}

/* The queries that search.c writes: column : "phrase" *, AND, OR, parentheses. Columns differ by the marks of their words, so that one vector holds them all. */
char *postgres_match(const char *query, locale_t letters)
{
	struct text match = {0};
	add(&match, "", 0);
	for (const char *at = query; *at;) {
		if (*at == '"') {
			const char *end = strchr(at + 1, '"');
			const char *behind = end + 1 + strspn(end + 1, " ");
			add_phrase(&match, at + 1, end, *behind == '*', letters);
			at = *behind == '*' ? behind + 1 : end + 1;
		} else if (text_starts(at, "AND")) {
			put(&match, " & ");
			at += 3;
		} else if (text_starts(at, "OR")) {
			put(&match, " | ");
			at += 2;
		} else {
			if (*at == '(' || *at == ')')
				add(&match, at, 1);
			at++;
		}
	}
	return match.bytes;
}
