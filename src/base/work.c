#include "base/work.h"

#include <stdarg.h>
#include <string.h>

#include "base/clock.h"

struct status_row {
	int http;
	int exit;
	const char *code;
	const char *text;
};

#define STATUS(name, http, exit, code, text) {http, exit, code, text},
static const struct status_row statuses[] = {
#include "base/status.def"
};
#undef STATUS

int status_http(enum status status)
{
	return statuses[status].http;
}

int status_exit(enum status status)
{
	return statuses[status].exit;
}

const char *status_code(enum status status)
{
	return statuses[status].code;
}

const char *status_text(enum status status)
{
	return statuses[status].text;
}

struct work work_new(struct arena *arena, struct store *store)
{
	return (struct work){.arena = arena, .store = store, .now = clock_now(), .row = -1};
}

const char *work_text(const struct work *work, const char *both)
{
	return text_in(work->arena, both, work->language);
}

enum status fail(struct work *work, enum status status, const char *field, const char *format, ...)
{
	work->status = status;
	if (!format)
		return status;
	/* the half is chosen before formatting: an argument may hold a bar of its own */
	const char *half = work_text(work, format);
	va_list arguments;
	va_start(arguments, format);
	const char *detail = arena_vprint(work->arena, half, arguments);
	va_end(arguments);
	if (status == BAD_FIELD) {
		struct fault *fault = ARENA_PUSH(work->arena, work->faults, work->fault_count, work->fault_space);
		*fault = (struct fault){.field = field ? field : "", .detail = detail, .row = work->row};
	}
	if (!work->detail || status != BAD_FIELD)
		work->detail = detail;
	return status;
}

void work_forgive(struct work *work)
{
	work->status = OK;
	work->detail = NULL;
	work->faults = NULL;
	work->fault_count = work->fault_space = 0;
}

struct kept {
	struct id id;
	const void *thing;
	struct arena *arena;
	struct kept *next;
};

void work_keep(struct work *work, struct id id, const void *thing)
{
	struct kept *kept = arena_alloc(work->arena, sizeof *kept);
	*kept = (struct kept){.id = id, .thing = thing, .arena = work->arena, .next = work->kept};
	work->kept = kept;
}

const void *work_kept(const struct work *work, struct id id)
{
	for (const struct kept *kept = work->kept; kept; kept = kept->next)
		if (kept->arena == work->arena && id_same(kept->id, id))
			return kept->thing;
	return NULL;
}
