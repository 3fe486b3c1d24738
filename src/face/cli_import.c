/* import: what stands behind the word is the record's name. */
#include "face/cli.h"

int cli_import(const struct settings *settings)
{
	const char *name = setting_word(settings, 0, "china,preview,good,help");
	if (text_same(name, "area"))
		return cli_import_area(settings);
	return cli_import_record(settings);
}
