#include "base/data.h"

#include <string.h>

const char *data_text(const char *name)
{
	for (size_t i = 0; i < data_file_count; i++)
		if (strcmp(data_files[i].name, name) == 0)
			return data_files[i].text;
	return NULL;
}
