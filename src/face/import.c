/* POST /api/v1/<plural>:import, GET /api/v1/jobs/{id} and its file. */
#include "face/import.h"

#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/area.h"
#include "face/commands.h"
#include "record/import.h"
#include "record/shape.h"

struct mapping {
	void *at;
	size_t size;
};

static void unmap(void *data)
{
	struct mapping *mapping = data;
	munmap(mapping->at, mapping->size);
}

const void *import_map_file(struct arena *arena, int file, size_t size)
{
	struct mapping *mapping = arena_alloc(arena, sizeof *mapping);
	if (!size)
		return "";
	mapping->at = mmap(NULL, size, PROT_READ, MAP_PRIVATE, file, 0);
	mapping->size = size;
	if (mapping->at == MAP_FAILED)
		return NULL;
	arena_defer(arena, unmap, mapping);
	return mapping->at;
}

static void close_file(void *data)
{
	close(*(int *)data);
}

struct run {
	struct import_order order;
	struct import_ask ask;
	struct import_result result;
	struct job *job;
};

static void tell(void *context, int64_t done, int64_t total, int64_t written)
{
	job_tell(((struct run *)context)->job, done, total, written);
}

static bool stop(void *context)
{
	return job_stopping(((struct run *)context)->job);
}

static void note(struct work *work, void *context, int64_t written)
{
	job_note(work, ((struct run *)context)->job, written);
}

/* The file of bad rows, sealed into the job: it holds what the register holds. */
static enum status keep_errors(struct work *work, struct run *run)
{
	struct stat state;
	if (!run->result.error_rows || fstat(run->order.errors, &state) != 0)
		return OK;
	const void *bytes = import_map_file(work->arena, run->order.errors, (size_t)state.st_size);
	return bytes ? job_keep(work, run->job, bytes, (size_t)state.st_size) : OK;
}

static enum status run_import(struct work *work, struct job *job, struct json *result, void *data)
{
	struct run *run = data;
	run->job = job;
	run->ask.moment = job_moment(job);
	run->ask.again = job_again(job);
	enum status status = import_run(work, &run->ask, &run->result);
	int64_t lines = run->result.good + run->result.bad;
	job_tell(job, lines, lines, run->result.written);
	if (status == OK)
		status = keep_errors(work, run);
	char id[ID_TEXT];
	bool kept = status == OK && run->result.error_rows;
	import_json(
		result, &run->result, kept ? arena_print(work->arena, "/api/v1/jobs/%s/errors.xlsx", id_print(job_name(job), id)) : NULL);
	return status;
}

/* The file, and what was set for it: the same file for another firm makes other rows. */
static struct id mark(struct arena *arena, const struct import_order *order)
{
	char id[ID_TEXT];
	struct id hash = shape_hash(order->bytes, order->size);
	if (!order->set || !*order->set)
		return hash;
	const char *both = arena_print(arena, "%s %s", id_print(hash, id), order->set);
	return shape_hash(both, strlen(both));
}

enum status import_begin(struct jobs *jobs, struct work *work, const struct import_order *order, struct id *id)
{
	struct arena *arena = order->arena;
	struct run *run = arena_alloc(arena, sizeof *run);
	run->order = *order;
	run->ask = (struct import_ask){.record = order->record,
		.bytes = order->bytes,
		.size = order->size,
		.hash = mark(arena, order),
		.within = arena_copy(arena, order->within),
		.set = order->set ? arena_copy(arena, order->set) : NULL,
		.choices = order->choices ? arena_copy(arena, order->choices) : NULL,
		.preview = order->preview,
		.good_only = order->good_only,
		.errors = order->errors < 0 ? NULL : arena_print(arena, "/proc/self/fd/%d", order->errors),
		.folder = order->folder,
		.context = run,
		.tell = tell,
		.stop = stop,
		.note = note};
	if (order->errors >= 0)
		arena_defer(arena, close_file, &run->order.errors);
	struct job_plan plan = {.kind = order->preview ? "preview" : "import",
		.record = order->record->name,
		.mark = run->ask.hash,
		.run = run_import,
		.data = run,
		.arena = arena};
	enum status status = import_check(work, &run->ask);
	if (status != OK) {
		arena_free(arena);
		return status;
	}
	return job_begin(jobs, work, &plan, id);
}

enum status import_bytes(struct call *call, struct arena *arena, const void **bytes, size_t *size)
{
	struct work *work = &call->work;
	struct request *request = call->request;
	struct part part;
	const unsigned char *from = request->body;
	*size = request->size;
	if (request_typed(request, "multipart/form-data")) {
		if (request_part(request, "file", &part) != PART_FOUND)
			return fail(work, BAD_FIELD, "file", "must be given|必填");
		from = part.bytes;
		*size = part.size;
	}
	if (!*size)
		return fail(work, BAD_FIELD, "file", "is empty|文件为空");
	if (request->file >= 0) {
		const unsigned char *whole = import_map_file(arena, request->file, request->size);
		*bytes = whole ? whole + (from - request->body) : NULL;
	} else {
		*bytes = arena_text(arena, (const char *)from, *size);
	}
	return *bytes ? OK : fail(work, BROKEN, NULL, NULL);
}

/* The heading and the first values of what is left out, at once: nothing of it is kept. */
static enum status look(struct call *call, const struct import_order *order)
{
	struct import_result result;
	struct import_ask ask = {.record = order->record,
		.bytes = order->bytes,
		.size = order->size,
		.within = order->within,
		.set = order->set,
		.choices = order->choices};
	if (import_look(&call->work, &ask, &result) == OK)
		import_look_json(&call->out, &result);
	return call->work.status;
}

enum status import_call(struct call *call, const struct record *record)
{
	struct work *work = &call->work;
	const char *mode = request_argument(call->request, "mode"), *preview = request_argument(call->request, "preview");
	const char *asked = request_argument(call->request, "area"), *looks = request_argument(call->request, "look");
	struct area *area = NULL;
	struct id id;
	if (!who_may(work->who, record->write))
		return fail(work, NO_RIGHT, NULL, NULL);
	if (mode && !text_same(mode, "all") && !text_same(mode, "good"))
		return fail(work, BAD_FIELD, "mode", "must be all or good|须为 all 或 good");
	store_read(work);
	if (asked && *asked && call_area(call, &area) != OK)
		return work->status;
	const char *within = area ? arena_copy(work->arena, area->row.path) : "";
	store_release(work);
	struct import_order order = {.record = record,
		.within = within,
		.set = request_argument(call->request, "set"),
		.choices = request_argument(call->request, "as"),
		.preview = preview && !text_same(preview, "0"),
		.good_only = text_same(mode, "good"),
		.folder = call->face->spool,
		.arena = arena_new()};
	if (import_bytes(call, order.arena, &order.bytes, &order.size) != OK) {
		arena_free(order.arena);
		return work->status;
	}
	if (looks && !text_same(looks, "0")) {
		enum status status = look(call, &order);
		arena_free(order.arena);
		return status;
	}
	order.errors = request_temporary(call->request);
	if (import_begin(call->face->jobs, work, &order, &id) != OK)
		return work->status;
	json_open(&call->out, '{');
	json_put_id(&call->out, "job", id);
	json_close(&call->out, '}');
	call->code = 202;
	return OK;
}

static enum status job_id(struct call *call, struct id *id)
{
	return id_parse(call->parts[0], id) ? OK : fail(&call->work, NOT_FOUND, NULL, NULL);
}

enum status command_job(struct call *call)
{
	struct id id;
	if (job_id(call, &id) != OK)
		return call->work.status;
	store_read(&call->work);
	return job_show(call->face->jobs, &call->work, id, &call->out);
}

enum status command_job_errors(struct call *call)
{
	struct id id;
	const void *bytes;
	size_t size;
	if (job_id(call, &id) != OK)
		return call->work.status;
	store_read(&call->work);
	if (job_file(&call->work, id, &bytes, &size) != OK)
		return call->work.status;
	response_body(call->request, 200, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", bytes, size);
	response_header(call->request, "Content-Disposition", "attachment; filename=\"errors.xlsx\"");
	call->sent = true;
	return OK;
}
