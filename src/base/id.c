#include "base/id.h"

#include <sodium.h>
#include <string.h>

#include "base/clock.h"

struct id id_new(void)
{
	struct id id;
	unsigned part;
	randombytes_buf(id.bytes, sizeof id.bytes);
	uint64_t now = (uint64_t)clock_now_fine(&part);
	for (int i = 5; i >= 0; i--, now >>= 8)
		id.bytes[i] = (uint8_t)now;
	/* what one action makes stands in the order in which it was made (RFC 9562, 6.2, method 3) */
	id.bytes[6] = (uint8_t)(0x70 | part >> 8);
	id.bytes[7] = (uint8_t)part;
	id.bytes[8] = (uint8_t)(0x80 | (id.bytes[8] & 0x3f));
	return id;
}

struct id id_of_name(const char *name)
{
	struct id id;
	crypto_generichash(id.bytes, sizeof id.bytes, (const unsigned char *)name, strlen(name), NULL, 0);
	id.bytes[6] = (uint8_t)(0x80 | (id.bytes[6] & 0x0f));
	id.bytes[8] = (uint8_t)(0x80 | (id.bytes[8] & 0x3f));
	return id;
}

static int digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool id_parse(const char *text, struct id *id)
{
	struct id parsed;
	int at = 0;
	for (int i = 0; i < 16; i++) {
		if ((i == 4 || i == 6 || i == 8 || i == 10) && text[at++] != '-')
			return false;
		int high = digit(text[at]);
		int low = high < 0 ? -1 : digit(text[at + 1]);
		if (low < 0)
			return false;
		parsed.bytes[i] = (uint8_t)(high << 4 | low);
		at += 2;
	}
	if (text[at])
		return false;
	*id = parsed;
	return true;
}

char *id_print(struct id id, char text[ID_TEXT])
{
	static const char digits[] = "0123456789abcdef";
	char *at = text;
	for (int i = 0; i < 16; i++) {
		if (i == 4 || i == 6 || i == 8 || i == 10)
			*at++ = '-';
		*at++ = digits[id.bytes[i] >> 4];
		*at++ = digits[id.bytes[i] & 15];
	}
	*at = '\0';
	return text;
}

bool id_none(struct id id)
{
	static const struct id none;
	return memcmp(&id, &none, sizeof id) == 0;
}

bool id_same(struct id one, struct id other)
{
	return memcmp(&one, &other, sizeof one) == 0;
}
