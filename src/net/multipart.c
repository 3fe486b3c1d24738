#include "net/inner.h"

#include <string.h>
#include <strings.h>

enum { PARTS_MOST = 64, HEADER_MOST = 4096, BOUNDARY_MOST = 70 };

struct reader {
	struct arena *arena;
	const char *at, *end;
	const char *boundary; /* with CR LF and two hyphens before */
	size_t size;
};

static const char *find(const struct reader *reader, const char *text, size_t size)
{
	return memmem(reader->at, (size_t)(reader->end - reader->at), text, size);
}

static bool skip(struct reader *reader, const char *text)
{
	size_t size = strlen(text);
	if ((size_t)(reader->end - reader->at) < size || memcmp(reader->at, text, size) != 0)
		return false;
	reader->at += size;
	return true;
}

static int digit(char c)
{
	const char *digits = "0123456789abcdef";
	const char *found = c ? strchr(digits, c | 0x20) : NULL;
	return found ? (int)(found - digits) : -1;
}

/* Browsers write a quote, CR and LF in names as %22, %0D and %0A (WHATWG HTML, multipart/form-data); other escapes only where `all`. */
static const char *unescape(struct arena *arena, const char *text, bool all)
{
	char *out = arena_alloc(arena, strlen(text) + 1);
	size_t used = 0;
	for (; *text; text++) {
		int high = *text == '%' ? digit(text[1]) : -1, low = high < 0 ? -1 : digit(text[2]);
		int code = low < 0 ? -1 : high * 16 + low;
		if (code > 0 && (all || code == '"' || code == '\r' || code == '\n')) {
			out[used++] = (char)code;
			text += 2;
		} else {
			out[used++] = *text;
		}
	}
	return out;
}

/* Proper UTF-8 without control characters. */
static bool named(const char *text)
{
	for (const char *c = text; *c; c++)
		if ((unsigned char)*c < 0x20 || *c == 0x7f)
			return false;
	return text_valid(text, strlen(text));
}

static bool disposition_read(struct reader *reader, const char *value, struct part *part)
{
	if (!header_is(value, "form-data") || part->name)
		return false;
	const char *name = header_parameter(reader->arena, value, "name");
	if (!name)
		return false;
	part->name = unescape(reader->arena, name, false);
	const char *filename = header_parameter(reader->arena, value, "filename");
	const char *wide = header_parameter(reader->arena, value, "filename*");
	if (wide && strncasecmp(wide, "utf-8''", 7) == 0)
		filename = unescape(reader->arena, wide + 7, true);
	else if (filename)
		filename = unescape(reader->arena, filename, false);
	if (filename) {
		/* only the last step: what folders there are on the client is nobody's business */
		for (const char *c = filename; *c; c++)
			if (*c == '/' || *c == '\\')
				filename = c + 1;
		part->filename = filename;
	}
	return named(part->name) && (!filename || named(filename));
}

static bool headers_read(struct reader *reader, struct part *part)
{
	const char *start = reader->at;
	while (!skip(reader, "\r\n")) {
		const char *stop = find(reader, "\r\n", 2);
		if (!stop || stop - start > HEADER_MOST || memchr(reader->at, 0, (size_t)(stop - reader->at)))
			return false;
		char *header = arena_text(reader->arena, reader->at, (size_t)(stop - reader->at));
		reader->at = stop + 2;
		char *colon = strchr(header, ':');
		if (!colon || colon == header)
			return false;
		*colon = '\0';
		const char *value = colon + 1 + strspn(colon + 1, " \t");
		if (strcasecmp(header, "Content-Disposition") == 0) {
			if (!disposition_read(reader, value, part))
				return false;
		} else if (strcasecmp(header, "Content-Type") == 0) {
			if (!named(value))
				return false;
			part->type = value;
		} else if (strcasecmp(header, "Content-Transfer-Encoding") == 0) {
			/* deprecated; encoded bytes would be taken for the file itself */
			if (strcasecmp(value, "base64") == 0 || strcasecmp(value, "quoted-printable") == 0)
				return false;
		}
	}
	return part->name != NULL;
}

static bool parts_read(struct reader *reader, struct part *parts, size_t *count)
{
	if (!skip(reader, reader->boundary + 2))
		return false;
	for (;;) {
		if (skip(reader, "--"))
			return reader->at == reader->end || (skip(reader, "\r\n") && reader->at == reader->end);
		if (!skip(reader, "\r\n") || *count == PARTS_MOST)
			return false;
		struct part *part = &parts[*count];
		*part = (struct part){.type = "text/plain"};
		if (!headers_read(reader, part))
			return false;
		const char *bytes = reader->at;
		/* a delimiter right behind the blank line has lost the CR LF that belongs to it */
		if (skip(reader, reader->boundary + 2))
			return false;
		const char *stop = find(reader, reader->boundary, reader->size);
		if (!stop)
			return false;
		part->bytes = (const unsigned char *)bytes;
		part->size = (size_t)(stop - bytes);
		reader->at = stop + reader->size;
		++*count;
	}
}

static bool boundary_good(const char *boundary)
{
	size_t size = boundary ? strlen(boundary) : 0;
	const char *allowed = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'()+_,-./:=? ";
	return size > 0 && size <= BOUNDARY_MOST && strspn(boundary, allowed) == size && boundary[size - 1] != ' ';
}

const struct part *request_parts(struct request *request, size_t *count)
{
	struct exchange *exchange = (struct exchange *)request;
	if (!exchange->parts_read) {
		exchange->parts_read = true;
		const char *type = request_header(request, "Content-Type");
		const char *boundary = header_is(type, "multipart/form-data") ? header_parameter(request->arena, type, "boundary") : NULL;
		struct part *parts = arena_alloc(request->arena, PARTS_MOST * sizeof *parts);
		if (boundary_good(boundary) && request->size) {
			struct reader reader = {.arena = request->arena, .at = (const char *)request->body};
			reader.end = reader.at + request->size;
			reader.boundary = arena_print(request->arena, "\r\n--%s", boundary);
			reader.size = strlen(reader.boundary);
			if (parts_read(&reader, parts, &exchange->part_count))
				exchange->parts = parts;
		}
	}
	*count = exchange->parts ? exchange->part_count : 0;
	return exchange->parts;
}

enum part_result request_part(struct request *request, const char *name, struct part *part)
{
	size_t count;
	const struct part *parts = request_parts(request, &count);
	if (!parts)
		return PART_BROKEN;
	for (size_t i = 0; i < count; i++) {
		if (strcmp(parts[i].name, name) == 0) {
			*part = parts[i];
			return PART_FOUND;
		}
	}
	return PART_ABSENT;
}
