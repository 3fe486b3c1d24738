/* Identity of a row: a UUIDv7 (RFC 9562), made by whoever creates the row, the phone included. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

enum { ID_TEXT = 37 };

struct id {
	uint8_t bytes[16];
};

/* A new id of this moment. */
struct id id_new(void);
/* The same id for the same name every time, made from a keyless hash (RFC 9562 version 8): for rows that muster ships. */
struct id id_of_name(const char *name);
bool id_parse(const char *text, struct id *id); /* any UUID of 36 characters */
/* Writes 36 characters and a NUL; returns `text`. */
char *id_print(struct id id, char text[ID_TEXT]);
bool id_none(struct id id); /* all zero: no row */
bool id_same(struct id one, struct id other);
