/* import: what stands behind the word is the record's name. */
#include <stdio.h>

#include "face/cli.h"

int cli_import(const struct settings *settings)
{
	const char *name = setting_word(settings, 0, "china,help");
	if (text_same(name, "area"))
		return cli_import_area(settings);
	fprintf(stderr, "muster: import %s: not known\n", name ? name : "");
	return 2;
}
