#include "app/skills.h"

#include <string.h>

#include "base/text.h"

enum { WIDE_BLANK = 0x3000, COMMA_OF_LISTS = 0x3001, WIDE_FIRST = 0xff01, WIDE_LAST = 0xff5e, NARROWER = 0xfee0 };

const char *skills_fold(struct arena *arena, const char *text)
{
	char *folded = arena_alloc(arena, (text ? strlen(text) : 0) + 1), *end = folded;
	for (uint32_t code; text && (code = text_next(&text));) {
		code = code >= WIDE_FIRST && code <= WIDE_LAST ? code - NARROWER : code == WIDE_BLANK ? ' ' : code;
		code = code >= 'A' && code <= 'Z' ? code - 'A' + 'a' : code == COMMA_OF_LISTS || (code && code < ' ') ? ',' : code;
		end += text_put(end, code);
	}
	*end = '\0';
	return folded;
}

struct skills skills_read(struct arena *arena, const char *text)
{
	struct skills skills = {0};
	size_t space = 0;
	for (const char *at = skills_fold(arena, text); *at;) {
		size_t size = strcspn(at, " ,;/");
		if (size)
			*ARENA_PUSH(arena, skills.words, skills.count, space) = arena_text(arena, at, size);
		at += size + (at[size] != '\0');
	}
	return skills;
}

size_t skills_held(struct skills wanted, const char *folded)
{
	size_t count = 0;
	for (size_t i = 0; i < wanted.count; i++)
		count += strstr(folded, wanted.words[i]) != NULL;
	return count;
}
