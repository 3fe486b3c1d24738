/* Any text as every code of the field. */
#include <stdlib.h>
#include <string.h>

#include "base/codes.h"
#include "base/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct arena *arena = arena_new();
	char *text = arena_text(arena, (const char *)bytes, size), clean[24], phone[PHONE_TEXT], again[PHONE_TEXT];
	struct idno_facts facts;
	if (text_valid(text, strlen(text))) {
		if (code_clean(text, clean, sizeof clean) && !text_valid(clean, strlen(clean)))
			abort();
		uscc_check(text);
		idno_check(text, INT64_MAX, &facts);
		/* What is normalised stays as it is. */
		enum phone_kind kind = phone_clean(text, phone);
		if (kind != PHONE_NONE && (phone_clean(phone, again) != kind || strcmp(phone, again)))
			abort();
		company_size(text, 1, 1, 1);
		industry_section(text);
		area_sort(text);
		mask_name(arena, text);
		mask_phone(arena, text);
		mask_idno(arena, text);
		if (!text_valid(mask_address(arena, text), strlen(mask_address(arena, text))))
			abort();
	}
	arena_free(arena);
	return 0;
}
