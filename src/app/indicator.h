/* Rates of two counts. */
#pragma once

#include <stddef.h>

struct indicator {
	const char *name;
	const char *label;
	const char *over; /* measures */
	const char *under;
	const char *doc;
};
extern const struct indicator indicators[];
extern const size_t indicator_count;
