/* Any bytes as a spreadsheet: the door that uploads come through. */
#include <stdlib.h>
#include <string.h>

#include "base/sheet.h"
#include "base/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct sheet_limits limits = sheet_limits_default;
	limits.unfolded = 4 << 20;
	limits.cells = 1 << 20;
	struct sheet_options options = {.limits = &limits};
	struct sheet_error error;
	struct sheet_reader *reader = sheet_reader_open(bytes, size, &options, &error);
	if (!reader) {
		if (!strchr(error.text, '|') || !text_valid(error.text, strlen(error.text)))
			abort();
		return 0;
	}
	struct sheet_row row;
	enum sheet_step step;
	while ((step = sheet_reader_next(reader, &row)) == SHEET_ROW)
		for (int i = 0; i < row.count; i++)
			if (row.cells[i].text[row.cells[i].size] || !text_valid(row.cells[i].text, row.cells[i].size))
				abort();
	const char *said = sheet_reader_error(reader)->text;
	if ((step == SHEET_FAILED) != (*said != '\0') || !text_valid(said, strlen(said)))
		abort();
	sheet_reader_close(reader);
	return 0;
}
