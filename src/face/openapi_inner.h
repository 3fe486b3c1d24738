/* What the parts of the description share. */
#pragma once

#include "face/commands.h"
#include "face/openapi.h"

enum action { COMMAND_RUN, LIST, MAKE, GET, CHANGE, VOID, HISTORY, STEP_TAKEN, EXPORT, IMPORT };

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
/* The members "requestBody" (none where it takes nothing) and "responses" (openapi_body.c). */
void openapi_body(const struct document *document, const struct operation *operation);
void openapi_answers(const struct document *document, const struct operation *operation);
/* {"$ref":…} to a schema. */
void openapi_ref(struct json *json, const char *name);
