/* Any bytes as a photo of each type, and as the body of a checklist. What was stripped is stripped. */
#include <stdlib.h>
#include <string.h>

#include "app/file_type.h"
#include "app/template_body.h"
#include "base/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void strip(struct arena *arena, const char *type, const uint8_t *bytes, size_t size)
{
	size_t once = size, twice;
	const unsigned char *photo = file_strip(arena, type, bytes, &once);
	twice = once;
	const unsigned char *again = photo ? file_strip(arena, type, photo, &twice) : NULL;
	if (photo && (!again || once != twice || memcmp(photo, again, once) != 0))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	static const char *const types[] = {"image/jpeg", "image/png", "image/webp", "text/plain"};
	struct arena *arena = arena_new();
	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		if (file_type(types[i], bytes, size))
			strip(arena, types[i], bytes, size);
	struct work work = work_new(arena, NULL);
	const char *text = arena_text(arena, (const char *)bytes, size);
	if (text_valid(text, strlen(text)) && body_check(&work, text) == OK)
		body_items(arena, text);
	arena_free(arena);
	return 0;
}
