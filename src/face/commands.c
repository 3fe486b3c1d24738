#include "face/commands.h"

#include "app/rights.h"

#define COMMAND(method_, path_, right_, function_, doc_) \
	{.method = #method_, .path = path_, .right = right_, .run = function_, .doc = doc_},
const struct command commands[] = {
#include "face/commands.def"
};
#undef COMMAND
const size_t command_count = sizeof commands / sizeof *commands;
