#include <stdlib.h>
#include <string.h>

#include "base/sheet_inner.h"

struct sheet_shared {
	char *bytes; /* the texts one behind the other, each with a NUL */
	size_t size, space;
	size_t *ends; /* where the NUL of each is */
	uint32_t count, room;
	bool in_text, in_phonetic;
	size_t begin; /* of the text being read */
};

/* Excel writes control characters as _x000D_ and a true "_x000D_" as "_x005F_x000D_" (ECMA-376 22.9.2.19). */
size_t sheet_unescape(char *text, size_t size)
{
	size_t out = 0;
	for (size_t in = 0; in < size;) {
		bool escape = size - in >= 7 && text[in] == '_' && text[in + 1] == 'x' && text[in + 6] == '_';
		unsigned code = 0;
		for (size_t i = in + 2; escape && i < in + 6; i++) {
			const char *digits = "0123456789ABCDEFabcdef", *digit = text[i] ? strchr(digits, text[i]) : NULL;
			escape = digit;
			if (digit)
				code = code << 4 | (unsigned)(digit - digits < 16 ? digit - digits : digit - digits - 6);
		}
		if (escape && code && (code < 0xd800 || code > 0xdfff)) {
			out += text_put(text + out, code);
			in += 7;
		} else {
			text[out++] = text[in++];
		}
	}
	return out;
}

static void add_bytes(struct sheet_part *part, const char *text, size_t size)
{
	struct sheet_shared *shared = part->owner;
	const struct sheet_limits *limits = part->pack->limits;
	if (shared->size + size > limits->shared_bytes || shared->size - shared->begin + size > limits->cell_bytes + 1) {
		sheet_fail(part->pack->error, 0, 0, "the shared texts of the XLSX file are too large|XLSX 文件的共享文本过大");
		sheet_part_stop(part);
		return;
	}
	if (shared->size + size > shared->space) {
		size_t space = shared->space ? shared->space * 2 : 64 * 1024;
		while (space < shared->size + size)
			space *= 2;
		char *bytes = realloc(shared->bytes, space);
		if (!bytes)
			abort();
		shared->bytes = bytes;
		shared->space = space;
	}
	memcpy(shared->bytes + shared->size, text, size);
	shared->size += size;
}

static void end_text(struct sheet_part *part)
{
	struct sheet_shared *shared = part->owner;
	if (shared->count >= part->pack->limits->shared_texts) {
		sheet_fail(part->pack->error, 0, 0, "the XLSX file has too many shared texts|XLSX 文件的共享文本过多");
		sheet_part_stop(part);
		return;
	}
	if (shared->size > shared->begin)
		shared->size = shared->begin + sheet_unescape(shared->bytes + shared->begin, shared->size - shared->begin);
	if (shared->count == shared->room) {
		shared->room = shared->room ? shared->room * 2 : 1024;
		size_t *ends = realloc(shared->ends, shared->room * sizeof *ends);
		if (!ends)
			abort();
		shared->ends = ends;
	}
	shared->ends[shared->count++] = shared->size;
	add_bytes(part, "", 1);
	shared->begin = shared->size;
}

static void shared_start(struct sheet_part *part, const char *element, const char **attributes)
{
	struct sheet_shared *shared = part->owner;
	(void)attributes;
	if (!strcmp(element, "si"))
		shared->begin = shared->size;
	else if (!strcmp(element, "rPh"))
		shared->in_phonetic = true;
	else if (!strcmp(element, "t"))
		shared->in_text = !shared->in_phonetic;
}

static void shared_end(struct sheet_part *part, const char *element)
{
	struct sheet_shared *shared = part->owner;
	if (!strcmp(element, "t"))
		shared->in_text = false;
	else if (!strcmp(element, "rPh"))
		shared->in_phonetic = false;
	else if (!strcmp(element, "si"))
		end_text(part);
}

static void shared_text(struct sheet_part *part, const char *text, int size)
{
	struct sheet_shared *shared = part->owner;
	if (shared->in_text)
		add_bytes(part, text, (size_t)size);
}

struct sheet_shared *sheet_shared_read(struct sheet_pack *pack, const char *name)
{
	struct sheet_shared *shared = arena_alloc(pack->arena, sizeof *shared);
	struct sheet_part part = {.owner = shared, .start = shared_start, .end = shared_end, .text = shared_text};
	if (sheet_part_read(&part, pack, name))
		return shared;
	sheet_shared_free(shared);
	return NULL;
}

const char *sheet_shared_text(const struct sheet_shared *shared, uint32_t index, size_t *size)
{
	if (!shared || index >= shared->count)
		return NULL;
	size_t begin = index ? shared->ends[index - 1] + 1 : 0;
	*size = shared->ends[index] - begin;
	return shared->bytes + begin;
}

void sheet_shared_free(struct sheet_shared *shared)
{
	if (!shared)
		return;
	free(shared->bytes);
	free(shared->ends);
}
