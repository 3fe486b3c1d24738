#include "app/file_type.h"

#include <string.h>
#include <strings.h>

#include "base/text.h"

struct type {
	const char *type;
	const char *magic;
	size_t size;
	size_t at;
};

/* A sheet and a document are both ZIP files: the declared type tells which. */
static const struct type types[] = {
	{"image/jpeg", "\xff\xd8\xff", 3, 0},
	{"image/png", "\x89PNG\r\n\x1a\n", 8, 0},
	{"image/webp", "WEBP", 4, 8},
	{"application/pdf", "%PDF-", 5, 0},
	{"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "PK\x03\x04", 4, 0},
	{"application/vnd.openxmlformats-officedocument.wordprocessingml.document", "PK\x03\x04", 4, 0},
	{"text/csv", NULL, 0, 0},
	{"text/plain", NULL, 0, 0},
};
enum { TYPES = sizeof types / sizeof *types };

static bool declares(const char *declared, const char *type)
{
	size_t size = strlen(type);
	return strncasecmp(declared, type, size) == 0 && (!declared[size] || declared[size] == ';' || declared[size] == ' ');
}

/* A text holds no control characters but white space; it may be GB 18030. */
static bool is_text(const unsigned char *bytes, size_t size)
{
	for (size_t i = 0; i < size; i++)
		if (bytes[i] < 0x20 && !strchr("\t\n\r\f", bytes[i]))
			return false;
	return true;
}

static bool fits(const struct type *type, const unsigned char *bytes, size_t size)
{
	if (!type->magic)
		return is_text(bytes, size);
	return size >= type->at + type->size && memcmp(bytes + type->at, type->magic, type->size) == 0;
}

const char *file_type(const char *declared, const unsigned char *bytes, size_t size)
{
	for (int i = 0; declared && i < TYPES; i++)
		if (declares(declared, types[i].type))
			return fits(&types[i], bytes, size) ? types[i].type : NULL;
	return NULL;
}

bool file_is_photo(const char *type)
{
	return type && text_starts(type, "image/");
}
