/* The files of data/, carried inside the program; written by setup/generate/data.mjs. */
#pragma once

#include <stddef.h>

struct data_file {
	const char *name; /* "choices.json", "templates/items_48.json" */
	const char *text; /* JSON */
};
extern const struct data_file data_files[];
extern const size_t data_file_count;

/* The text of a file; NULL where there is none of that name. */
const char *data_text(const char *name);
