/* Photos of the demonstration: plain coloured squares, made here, so that nobody takes them for a real place. */
#include <string.h>
#include <zlib.h>

#include "face/demo.h"

enum { WIDE = 240, HIGH = 180, LINE = WIDE * 3 + 1 };

static void put_number(unsigned char *at, uint32_t number)
{
	for (int i = 0; i < 4; i++)
		at[i] = (unsigned char)(number >> (24 - 8 * i));
}

/* A chunk of a PNG file (ISO/IEC 15948): length, name, data, CRC. */
static void put_chunk(struct buf *png, const char *name, const unsigned char *data, size_t size)
{
	unsigned char number[4];
	uLong crc = crc32(crc32(0, (const Bytef *)name, 4), data, (uInt)size);
	put_number(number, (uint32_t)size);
	buf_add(png, (const char *)number, 4);
	buf_add(png, name, 4);
	buf_add(png, (const char *)data, size);
	put_number(number, (uint32_t)crc);
	buf_add(png, (const char *)number, 4);
}

/* A frame in one colour around a field in another. */
static struct buf draw(struct demo *demo, bool good)
{
	unsigned char head[13] = {0, 0, 0, WIDE, 0, 0, 0, HIGH, 8, 2, 0, 0, 0};
	unsigned char *raw = arena_alloc(demo->arena, (size_t)LINE * HIGH);
	uLongf size = compressBound((uLong)LINE * HIGH);
	unsigned char *packed = arena_alloc(demo->arena, size);
	int shade = demo_random(demo, 60);
	for (int y = 0; y < HIGH; y++)
		for (int x = 0; x < WIDE; x++) {
			bool frame = x < 16 || y < 16 || x >= WIDE - 16 || y >= HIGH - 16;
			unsigned char *pixel = raw + y * LINE + 1 + x * 3;
			pixel[0] = (unsigned char)(frame ? 90 : good ? 120 + shade : 190);
			pixel[1] = (unsigned char)(frame ? 100 : good ? 180 : 130 + shade);
			pixel[2] = (unsigned char)(frame ? 110 : 140);
		}
	struct buf png = {.arena = demo->arena};
	compress2(packed, &size, raw, (uLong)LINE * HIGH, 6);
	buf_add(&png, "\x89PNG\r\n\x1a\n", 8);
	put_chunk(&png, "IHDR", head, sizeof head);
	put_chunk(&png, "IDAT", packed, size);
	put_chunk(&png, "IEND", head, 0);
	return png;
}

const char *demo_photo(struct demo *demo, const char *user, const char *site, bool good)
{
	struct buf png = draw(demo, good);
	return demo_text(
		demo_upload(demo, user, arena_print(demo->arena, "/api/v1/files?site=%s", site), "image/png", png.text, png.size), "id");
}
