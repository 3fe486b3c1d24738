/* Photos without what they tell beside the picture. A phone writes where it stands into every one of them. */
#include <string.h>

#include "app/file_type.h"
#include "base/text.h"

struct out {
	unsigned char *bytes;
	size_t size;
};

static void put(struct out *out, const unsigned char *bytes, size_t size)
{
	memcpy(out->bytes + out->size, bytes, size);
	out->size += size;
}

static unsigned number_at(const unsigned char *bytes, bool big, int size)
{
	unsigned number = 0;
	for (int i = 0; i < size; i++)
		number = number << 8 | bytes[big ? i : size - 1 - i];
	return number;
}

/* The orientation (tag 0x0112 of the first directory) of an Exif segment; 0: none. */
static unsigned exif_orientation(const unsigned char *segment, size_t size)
{
	if (size < 14 || memcmp(segment, "Exif\0\0", 6) != 0)
		return 0;
	const unsigned char *tiff = segment + 6;
	size -= 6;
	bool big = tiff[0] == 'M';
	size_t at = number_at(tiff + 4, big, 4);
	if (at > size - 2)
		return 0;
	unsigned count = number_at(tiff + at, big, 2);
	for (at += 2; count-- && at + 12 <= size; at += 12)
		if (number_at(tiff + at, big, 2) == 0x0112)
			return number_at(tiff + at + 8, big, 2);
	return 0;
}

/* A segment that tells only how the photo is to be turned. It is shorter than any that held a directory with that tag and a second one,
 * but may be longer than one that held nothing else: such a one is this one. */
static void put_orientation(struct out *out, unsigned orientation)
{
	unsigned char segment[] = {0xff, 0xe1, 0, 34, 'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0,
		0, 1, 0, (unsigned char)orientation, 0, 0, 0, 0, 0, 0};
	put(out, segment, sizeof segment);
}

/* Coded picture data go on to the next marker that is none of a restart. */
static size_t scan_end(const unsigned char *bytes, size_t size, size_t at)
{
	while (at + 1 < size && !(bytes[at] == 0xff && bytes[at + 1] != 0 && bytes[at + 1] != 0xff && (bytes[at + 1] & 0xf8) != 0xd0))
		at++;
	return at;
}

static bool keeps_segment(unsigned marker, const unsigned char *segment, size_t size)
{
	if (marker == 0xfe)
		return false;
	if (marker < 0xe1 || marker > 0xef || marker == 0xee)
		return true;
	/* APP2 is a colour profile, or the list of further pictures behind this one */
	return marker == 0xe2 && size > 12 && memcmp(segment, "ICC_PROFILE", 12) == 0;
}

static bool strip_jpeg(struct out *out, const unsigned char *bytes, size_t size)
{
	size_t at = 2;
	unsigned orientation = 0;
	put(out, bytes, 2);
	while (at + 4 <= size && bytes[at] == 0xff) {
		unsigned marker = bytes[at + 1];
		if (marker == 0xff) {
			at++;
			continue;
		}
		if (marker == 0xd9)
			break;
		size_t length = number_at(bytes + at + 2, true, 2);
		if (length < 2 || length > size - at - 2)
			return false;
		if (marker == 0xe1 && !orientation) {
			orientation = exif_orientation(bytes + at + 4, length - 2);
			if (orientation > 1 && orientation <= 8)
				put_orientation(out, orientation);
		}
		if (keeps_segment(marker, bytes + at + 4, length - 2))
			put(out, bytes + at, length + 2);
		at += length + 2;
		if (marker != 0xda)
			continue;
		size_t end = scan_end(bytes, size, at);
		put(out, bytes + at, end - at);
		at = end;
	}
	/* what stands behind the end is another picture, with an Exif of its own */
	if (at + 1 >= size || bytes[at] != 0xff || bytes[at + 1] != 0xd9)
		return false;
	put(out, bytes + at, 2);
	return true;
}

static bool strip_png(struct out *out, const unsigned char *bytes, size_t size)
{
	static const char keeps[] = "IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP sBIT bKGD pHYs acTL fcTL fdAT";
	size_t at = 8;
	put(out, bytes, 8);
	while (at + 12 <= size) {
		size_t length = number_at(bytes + at, true, 4);
		if (length > size - at - 12)
			return false;
		char name[5] = "";
		memcpy(name, bytes + at + 4, 4);
		if (text_listed(keeps, ' ', name))
			put(out, bytes + at, length + 12);
		at += length + 12;
		if (strcmp(name, "IEND") == 0)
			return true;
	}
	return false;
}

enum { WEBP_HAS_EXIF = 0x08, WEBP_HAS_XMP = 0x04 };

static bool strip_webp(struct out *out, const unsigned char *bytes, size_t size)
{
	size_t at = 12;
	put(out, bytes, 12);
	while (at + 8 <= size) {
		size_t length = number_at(bytes + at + 4, false, 4), whole = 8 + length + (length & 1);
		if (length > size - at - 8)
			return false;
		if (whole > size - at)
			whole = size - at;
		size_t begin = out->size;
		if (memcmp(bytes + at, "EXIF", 4) != 0 && memcmp(bytes + at, "XMP ", 4) != 0)
			put(out, bytes + at, whole);
		if (memcmp(bytes + at, "VP8X", 4) == 0 && length)
			out->bytes[begin + 8] &= (unsigned char)~(WEBP_HAS_EXIF | WEBP_HAS_XMP);
		at += whole;
	}
	size_t riff = out->size - 8;
	for (int i = 0; i < 4; i++)
		out->bytes[4 + i] = (unsigned char)(riff >> (8 * i));
	return out->size > 20;
}

const unsigned char *file_strip(struct arena *arena, const char *type, const unsigned char *bytes, size_t *size)
{
	if (!file_is_photo(type))
		return bytes;
	/* a written orientation may be longer than the segment that it stands for */
	struct out out = {.bytes = arena_alloc(arena, *size + 64)};
	bool whole = text_same(type, "image/jpeg") ? strip_jpeg(&out, bytes, *size)
		: text_same(type, "image/png")     ? strip_png(&out, bytes, *size)
						   : strip_webp(&out, bytes, *size);
	if (!whole)
		return NULL;
	*size = out.size;
	return out.bytes;
}
