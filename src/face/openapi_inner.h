/* What the parts of the description share. */
#pragma once

#include "face/commands.h"
#include "face/openapi.h"

enum action { COMMAND_RUN, LIST, MAKE, GET, CHANGE, VOID, HISTORY, STEP_TAKEN };

struct operation {
	const char *method; /* lower case */
	const char *path;
	enum action action;
	const struct record *record; /* NULL: of a command */
	const struct step *step;
	const struct command *command;
	bool written;
};

struct document {
	struct work *work;
	struct json *json;
	struct operation *list;
	size_t count, space;
};

/* Adds the member "parameters" of an operation. */
void openapi_parameters(const struct document *document, const struct operation *operation);
