/* import and export of records, from the shell. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/area.h"
#include "base/clock.h"
#include "face/cli.h"
#include "face/export.h"
#include "face/import.h"
#include "record/export.h"
#include "record/import.h"

enum { WAIT_US = 100000, SHOWN = 20 };
static const char flags[] = "preview,good,help";

static const struct record *named(const char *name)
{
	const struct record *record = name ? record_named(name) : NULL;
	if (!record)
		record = name ? record_plural(name) : NULL;
	if (!record || record->inner)
		fprintf(stderr, "muster: no such record: %s\n", name ? name : "");
	return record && !record->inner ? record : NULL;
}

/* The path of --area; NULL where there is none, said on standard error. */
static const char *area_path(struct work *work, const struct settings *settings)
{
	const char *code = setting(settings, "area", NULL);
	if (!code)
		return "";
	store_read(work);
	const struct area *area = area_find(work, code);
	store_release(work);
	if (!area)
		fprintf(stderr, "muster: --area %s: %s\n", code, work_text(work, "names no area|没有这个区划"));
	return area ? area->row.path : NULL;
}

static void print_list(struct work *work, const json_t *list, const char *title)
{
	if (json_array_size(list))
		printf("%s\n", work_text(work, title));
	for (size_t i = 0; i < json_array_size(list) && i < SHOWN; i++) {
		const json_t *one = json_array_get(list, i);
		const char *column = json_string_value(json_object_get(one, "column")),
			   *name = json_string_value(json_object_get(one, "name"));
		printf("  %lld %s %s\n", (long long)json_integer_value(json_object_get(one, "row")),
			column         ? column
				: name ? name
				       : "",
			json_string_value(json_object_get(one, "detail")));
	}
}

static long long number(const json_t *object, const char *name)
{
	return (long long)json_integer_value(json_object_get(object, name));
}

/* Prints what became of the job; the exit code. */
static int print_outcome(struct work *work, struct jobs *jobs, struct id id, bool preview)
{
	struct json json = json_new(work->arena);
	store_read(work);
	enum status status = job_show(jobs, work, id, &json);
	store_release(work);
	if (status != OK)
		return cli_problem(work);
	const json_t *job = json_read(work->arena, buf_end(&json.buf), json.buf.size, NULL), *result = json_object_get(job, "result");
	const json_t *problem = json_object_get(job, "problem");
	if (json_is_object(problem)) {
		const char *detail = json_string_value(json_object_get(problem, "detail"));
		fprintf(stderr, "muster: %s\n", detail ? detail : json_string_value(json_object_get(problem, "title")));
	}
	const json_t *columns = json_object_get(result, "columns");
	for (size_t i = 0; i < json_array_size(columns); i++)
		if (json_is_null(json_object_get(json_array_get(columns, i), "field")))
			printf("%s: %s\n", work_text(work, "Unknown column|未识别的列"),
				json_string_value(json_object_get(json_array_get(columns, i), "column")));
	print_list(work, json_object_get(result, "errors"), "Errors (row, column):|错误（行、列）：");
	print_list(work, json_object_get(result, "duplicates"), "Likely duplicates (row):|疑似重复（行）：");
	printf(work->language == CHINESE ? "可导入 %lld 行，错误 %lld 行，疑似重复 %lld 行；新增 %lld，更改 %lld，未变 %lld\n"
					 : "%lld good, %lld bad, %lld likely duplicates; %lld made, %lld changed, %lld unchanged\n",
		number(result, "good"), number(result, "bad"), number(result, "duplicate_count"), number(result, "made"),
		number(result, "changed"), number(result, "same"));
	bool done = text_same(json_string_value(json_object_get(job, "state")), "done");
	return !done ? 1 : number(result, "bad") && !preview ? 2 : 0;
}

static int run_job(struct work *work, const struct import_order *order)
{
	struct jobs *jobs = jobs_start(work->store);
	struct id id;
	int64_t done = 0, total = 0;
	int code;
	if (import_begin(jobs, work, order, &id) == OK) {
		while (job_running(jobs, id, &done, &total)) {
			usleep(WAIT_US);
			cli_progress(order->record->plural, done, total);
		}
		code = print_outcome(work, jobs, id, order->preview);
	} else {
		code = cli_problem(work);
	}
	jobs_stop(jobs);
	return code;
}

int cli_import_record(const struct settings *settings)
{
	const struct record *record = named(setting_word(settings, 0, flags));
	const char *path = setting_word(settings, 1, flags);
	struct stat state;
	int file = record && path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
	if (!record || file < 0 || fstat(file, &state) != 0 || !S_ISREG(state.st_mode)) {
		if (record)
			fprintf(stderr, "muster: %s: %s\n", path ? path : "FILE", strerror(path ? errno : EINVAL));
		return 2;
	}
	struct work *work = cli_open(settings, false);
	if (!work)
		return 1;
	const char *within = area_path(work, settings);
	struct import_order order = {.record = record,
		.size = (size_t)state.st_size,
		.within = within,
		.set = setting(settings, "set", NULL),
		.choices = setting(settings, "as", NULL),
		.preview = setting_flag(settings, "preview"),
		.good_only = setting_flag(settings, "good"),
		.errors = -1,
		.folder = work->store->spool,
		.arena = arena_new()};
	order.bytes = import_map_file(order.arena, file, order.size);
	close(file);
	int code = within && order.bytes ? run_job(work, &order) : 2;
	cli_close(work);
	return code;
}

int cli_export(const struct settings *settings)
{
	const struct record *record = named(setting_word(settings, 0, flags));
	const char *path = setting_word(settings, 1, flags), *format = setting(settings, "format", NULL);
	if (!record || !path) {
		if (record)
			fprintf(stderr, "muster export %s FILE\n", record->name);
		return 2;
	}
	size_t size = strlen(path);
	bool csv = format ? text_same(format, "csv") : size > 4 && strcmp(path + size - 4, ".csv") == 0;
	struct work *work = cli_open(settings, false);
	if (!work)
		return 1;
	work->reason = setting(settings, "reveal", NULL);
	struct list seen;
	const char *within = area_path(work, settings);
	struct list_ask list = {.record = record, .right = record->read, .path = within ? within : "", .day = DAY_FAR};
	struct export_ask ask = {.list = &list,
		.columns = setting(settings, "columns", NULL),
		.format = csv ? SHEET_CSV : SHEET_XLSX,
		.path = path,
		.folder = work->store->spool};
	store_read(work);
	enum status status = within ? export_write(work, &ask, &seen) : NOT_FOUND;
	store_release(work);
	if (status == OK)
		status = export_seen(work, &seen);
	int code = status == OK ? 0 : within ? cli_problem(work) : 2;
	if (code && within)
		unlink(path);
	cli_close(work);
	return code;
}
