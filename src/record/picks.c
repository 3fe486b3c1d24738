#include "record/picks.h"

#include <string.h>

bool picks_next(struct arena *arena, const char **at, struct pick *pick)
{
	while (*at && (**at == ' ' || **at == ','))
		(*at)++;
	const char *equals = *at ? strchr(*at, '=') : NULL;
	if (!equals)
		return false;
	const char *end = strchr(equals, ',');
	size_t size = end ? (size_t)(end - equals - 1) : strlen(equals + 1);
	pick->code = arena_text(arena, *at, (size_t)(equals - *at));
	pick->label = arena_text(arena, equals + 1, size);
	*at = equals + 1 + size;
	return true;
}

const char *picks_code(struct arena *arena, const char *picks, const char *word)
{
	struct pick pick;
	for (const char *at = picks; picks_next(arena, &at, &pick);)
		if (text_same(pick.code, word) || text_same(text_in(arena, pick.label, CHINESE), word) ||
			text_same(text_in(arena, pick.label, ENGLISH), word))
			return pick.code;
	return NULL;
}

const char *picks_label(struct arena *arena, const char *picks, const char *code)
{
	struct pick pick;
	for (const char *at = picks; picks_next(arena, &at, &pick);)
		if (text_same(pick.code, code))
			return pick.label;
	return NULL;
}

const char *picks_list(struct arena *arena, const char *picks, enum language language)
{
	struct buf list = {.arena = arena};
	struct pick pick;
	for (const char *at = picks; picks_next(arena, &at, &pick);) {
		if (list.size)
			buf_text(&list, language == CHINESE ? "、" : ", ");
		buf_text(&list, text_in(arena, pick.label, language));
	}
	return buf_end(&list);
}
