/* The functions that commands.def names. */
#pragma once

#include "face/call.h"

#define COMMAND(method, path, right, function, doc) enum status function(struct call *call);
#include "face/commands.def"
#undef COMMAND
