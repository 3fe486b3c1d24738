#include "base/text.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

const char *text_in(struct arena *arena, const char *both, enum language language)
{
	const char *bar = both ? strchr(both, '|') : NULL;
	if (!bar)
		return both;
	return language == CHINESE ? bar + 1 : arena_text(arena, both, (size_t)(bar - both));
}

/* Bytes of the sequence at `text`, 0 where it is not valid. */
static size_t sequence(const unsigned char *text, size_t left)
{
	unsigned char first = text[0];
	if (first == 0)
		return 0;
	if (first < 0x80)
		return 1;
	size_t size = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
	if (first < 0xc2 || first > 0xf4 || left < size)
		return 0;
	for (size_t i = 1; i < size; i++)
		if ((text[i] & 0xc0) != 0x80)
			return 0;
	if ((first == 0xe0 && text[1] < 0xa0) || (first == 0xed && text[1] > 0x9f) || (first == 0xf0 && text[1] < 0x90) ||
		(first == 0xf4 && text[1] > 0x8f))
		return 0;
	return size;
}

bool text_valid(const char *text, size_t size)
{
	const unsigned char *bytes = (const unsigned char *)text;
	for (size_t at = 0; at < size;) {
		size_t step = sequence(bytes + at, size - at);
		if (!step)
			return false;
		at += step;
	}
	return true;
}

uint32_t text_next(const char **text)
{
	const unsigned char *at = (const unsigned char *)*text;
	if (!*at)
		return 0;
	size_t size = *at < 0x80 ? 1 : *at >= 0xf0 ? 4 : *at >= 0xe0 ? 3 : 2;
	uint32_t code = size == 1 ? *at : *at & (0xff >> (size + 1));
	for (size_t i = 1; i < size; i++)
		code = code << 6 | (at[i] & 0x3f);
	*text += size;
	return code;
}

size_t text_length(const char *text)
{
	size_t length = 0;
	for (; *text; text++)
		length += ((unsigned char)*text & 0xc0) != 0x80;
	return length;
}

size_t text_put(char *out, uint32_t code)
{
	if (code < 0x80) {
		out[0] = (char)code;
		return 1;
	}
	size_t size = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
	for (size_t i = size - 1; i > 0; i--, code >>= 6)
		out[i] = (char)(0x80 | (code & 0x3f));
	out[0] = (char)((0xf00 >> size & 0xff) | code);
	return size;
}

bool text_ideograph(uint32_t code)
{
	return (code >= 0x3400 && code <= 0x9fff) || (code >= 0xf900 && code <= 0xfaff) || (code >= 0x20000 && code <= 0x3ffff);
}

static size_t space_at(const char *text)
{
	if (*text == ' ' || (*text >= '\t' && *text <= '\r'))
		return 1;
	return strncmp(text, "\xe3\x80\x80", 3) == 0 ? 3 : 0;
}

char *text_trim(struct arena *arena, const char *text)
{
	for (size_t step; (step = space_at(text)) > 0;)
		text += step;
	size_t keep = 0;
	for (const char *at = text; *at;) {
		size_t step = space_at(at);
		at += step ? step : 1;
		if (!step)
			keep = (size_t)(at - text);
	}
	return arena_text(arena, text, keep);
}

bool text_same(const char *one, const char *other)
{
	return one && other ? strcmp(one, other) == 0 : one == other;
}

bool text_starts(const char *text, const char *start)
{
	return strncmp(text, start, strlen(start)) == 0;
}

bool text_listed(const char *list, char separator, const char *word)
{
	size_t size = strlen(word);
	for (const char *at = list; at && *at;) {
		const char *end = strchr(at, separator);
		size_t length = end ? (size_t)(end - at) : strlen(at);
		if (length == size && memcmp(at, word, size) == 0)
			return true;
		at = end ? end + 1 : NULL;
	}
	return false;
}

const char *text_word(struct arena *arena, const char **list, char separator)
{
	const char *from = *list, *end = from ? strchr(from, separator) : NULL;
	if (!from || !*from)
		return NULL;
	*list = end ? end + 1 : NULL;
	return arena_text(arena, from, end ? (size_t)(end - from) : strlen(from));
}

static void make_room(struct buf *buf, size_t more)
{
	if (buf->size + more < buf->space)
		return;
	size_t space = buf->space ? buf->space : 256;
	while (space <= buf->size + more)
		space *= 2;
	char *text = arena_alloc(buf->arena, space);
	if (buf->size)
		memcpy(text, buf->text, buf->size);
	buf->text = text;
	buf->space = space;
}

char *text_plain(struct arena *arena, const char *text, const struct text_sign *signs, size_t count)
{
	char *out = arena_alloc(arena, strlen(text) + 1);
	size_t size = 0;
	while (*text) {
		char c = (char)tolower((unsigned char)*text);
		size_t step = 1;
		for (size_t i = 0; i < count; i++)
			if (text_starts(text, signs[i].sign)) {
				c = signs[i].is;
				step = strlen(signs[i].sign);
			}
		text += step;
		if (c != ' ')
			out[size++] = c;
	}
	return out;
}

void buf_add(struct buf *buf, const char *text, size_t size)
{
	make_room(buf, size + 1);
	if (size)
		memcpy(buf->text + buf->size, text, size);
	buf->size += size;
	buf->text[buf->size] = '\0';
}

void buf_text(struct buf *buf, const char *text)
{
	buf_add(buf, text, strlen(text));
}

void buf_char(struct buf *buf, char c)
{
	buf_add(buf, &c, 1);
}

void buf_print(struct buf *buf, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	char *text = arena_vprint(buf->arena, format, arguments);
	va_end(arguments);
	buf_text(buf, text);
}

const char *buf_end(struct buf *buf)
{
	return buf->text ? buf->text : "";
}
