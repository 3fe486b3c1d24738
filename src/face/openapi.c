#include "face/openapi.h"

#include <ctype.h>
#include <string.h>

#include "app/rights.h"
#include "face/openapi_inner.h"

/* --- which operations there are */

/* Whether two paths are one, whatever their parts are called. */
static bool path_same(const char *one, const char *other)
{
	while (*one && *other) {
		if (*one == '{' && *other == '{') {
			one += strcspn(one, "}");
			other += strcspn(other, "}");
		}
		if (*one++ != *other++)
			return false;
	}
	return *one == *other;
}

static void add(struct document *document, struct operation operation)
{
	for (size_t i = 0; i < document->count; i++) {
		const struct operation *there = &document->list[i];
		if (!path_same(there->path, operation.path))
			continue;
		if (strcmp(there->method, operation.method) == 0)
			return;
		operation.path = there->path;
	}
	*ARENA_PUSH(document->work->arena, document->list, document->count, document->space) = operation;
}

static void add_commands(struct document *document)
{
	for (size_t i = 0; i < command_count; i++) {
		char *method = arena_copy(document->work->arena, commands[i].method);
		for (char *at = method; *at; at++)
			*at = (char)tolower((unsigned char)*at);
		add(document,
			(struct operation){.method = method, .path = commands[i].path, .action = COMMAND_RUN, .command = &commands[i]});
	}
}

static void add_record(struct document *document, const struct record *record)
{
	struct arena *arena = document->work->arena;
	const char *many = arena_print(arena, "/api/v1/%s", record->plural), *one = arena_print(arena, "%s/{id}", many);
	add(document, (struct operation){.method = "get", .path = many, .action = LIST, .record = record});
	add(document, (struct operation){.method = "post", .path = many, .action = MAKE, .record = record});
	add(document, (struct operation){.method = "get", .path = one, .action = GET, .record = record});
	if (!record->appended)
		add(document, (struct operation){.method = "patch", .path = one, .action = CHANGE, .record = record});
	add(document, (struct operation){.method = "delete", .path = one, .action = VOID, .record = record});
	add(document,
		(struct operation){.method = "get", .path = arena_print(arena, "%s/history", one), .action = HISTORY, .record = record});
	add(document, (struct operation){.method = "get", .path = arena_print(arena, "%s.csv", many), .action = EXPORT, .record = record});
	add(document, (struct operation){.method = "get", .path = arena_print(arena, "%s.xlsx", many), .action = EXPORT, .record = record});
	add(document,
		(struct operation){.method = "post", .path = arena_print(arena, "%s:import", many), .action = IMPORT, .record = record});
	for (size_t i = 0; i < record->step_count; i++)
		add(document,
			(struct operation){.method = "post",
				.path = arena_print(arena, "%s/%s", one, record->steps[i].name),
				.action = STEP_TAKEN,
				.record = record,
				.step = &record->steps[i]});
}

/* --- one operation */

static const char *summary(const struct document *document, const struct operation *operation)
{
	static const char *const words[] = {[LIST] = "List|列表",
		[MAKE] = "Make one, or many as {\"rows\":[…]}|新建一条，或以 {\"rows\":[…]} 新建多条",
		[GET] = "Read one|查看",
		[CHANGE] = "Change|修改",
		[VOID] = "Take out, with a reason|作废（须说明理由）",
		[HISTORY] = "Every change of it|变更历史",
		[EXPORT] = "The list as a sheet, complete|导出列表（不限行数）",
		[IMPORT] = "Make rows from a sheet (CSV or XLSX); answers a job|由表格（CSV 或 XLSX）导入，返回任务"};
	if (operation->command)
		return work_text(document->work, operation->command->doc);
	return work_text(document->work, operation->step ? operation->step->label : words[operation->action]);
}

static int right_of(const struct operation *operation)
{
	const struct record *record = operation->record;
	if (operation->command)
		return operation->command->right;
	if (operation->step)
		return operation->step->right;
	if (operation->action == HISTORY)
		return RIGHT_history_read;
	return operation->action == LIST || operation->action == GET || operation->action == EXPORT ? record->read : record->write;
}

static void write_security(const struct document *document, const struct operation *operation, int right)
{
	struct json *json = document->json;
	json_key(json, "security");
	if (right == OPEN_TO_ALL)
		json_raw(json, "[]");
	else if (strcmp(operation->method, "get") == 0)
		json_raw(json, "[{\"token\":[]},{\"session\":[]}]");
	else
		json_raw(json, "[{\"token\":[]},{\"session\":[],\"csrf\":[]}]");
	if (right >= 0)
		json_put(json, "x-right", right_name(document->work->arena, (enum right)right));
}

static const char *tag_of(const struct document *document, const struct operation *operation)
{
	const char *path = operation->path;
	if (operation->record)
		return operation->record->plural;
	if (!text_starts(path, "/api/v1/"))
		return "program";
	path += strlen("/api/v1/");
	return arena_text(document->work->arena, path, strcspn(path, "/:."));
}

/* "post_returns_id_seal" */
static const char *operation_id(const struct document *document, const struct operation *operation)
{
	struct buf name = {.arena = document->work->arena};
	buf_text(&name, operation->method);
	const char *path = text_starts(operation->path, "/api/v1/") ? operation->path + strlen("/api/v1") : operation->path;
	for (; *path; path++)
		if (isalnum((unsigned char)*path))
			buf_char(&name, *path);
		else if (*path != '}' && *path != '{')
			buf_char(&name, '_');
	return buf_end(&name);
}

static void write_operation(const struct document *document, struct operation *operation)
{
	struct json *json = document->json;
	operation->written = true;
	json_open_key(json, operation->method, '{');
	json_open_key(json, "tags", '[');
	json_text(json, tag_of(document, operation));
	json_close(json, ']');
	json_put(json, "summary", summary(document, operation));
	json_put(json, "operationId", operation_id(document, operation));
	write_security(document, operation, right_of(operation));
	openapi_parameters(document, operation);
	openapi_body(document, operation);
	openapi_answers(document, operation);
	json_close(json, '}');
}

static void write_paths(struct document *document)
{
	json_open_key(document->json, "paths", '{');
	for (size_t i = 0; i < document->count; i++) {
		if (document->list[i].written)
			continue;
		json_open_key(document->json, document->list[i].path, '{');
		for (size_t j = i; j < document->count; j++)
			if (strcmp(document->list[i].path, document->list[j].path) == 0)
				write_operation(document, &document->list[j]);
		json_close(document->json, '}');
	}
	json_close(document->json, '}');
}

/* --- the whole */

static void write_components(const struct document *document)
{
	struct json *json = document->json;
	json_open_key(json, "components", '{');
	json_open_key(json, "securitySchemes", '{');
	json_key(json, "token");
	json_raw(json, "{\"type\":\"http\",\"scheme\":\"bearer\"}");
	json_key(json, "session");
	json_raw(json, "{\"type\":\"apiKey\",\"in\":\"cookie\",\"name\":\"muster\"}");
	json_key(json, "csrf");
	json_raw(json, "{\"type\":\"apiKey\",\"in\":\"header\",\"name\":\"X-CSRF-Token\"}");
	json_close(json, '}');
	json_open_key(json, "responses", '{');
	json_open_key(json, "Problem", '{');
	json_put(json, "description",
		work_text(document->work, "Refused or failed: why, and in which field|被拒绝或出错：原因及所在填写项"));
	json_open_key(json, "content", '{');
	json_open_key(json, "application/problem+json", '{');
	json_key(json, "schema");
	openapi_ref(json, "Problem");
	json_close(json, '}');
	json_close(json, '}');
	json_close(json, '}');
	json_close(json, '}');
	json_open_key(json, "schemas", '{');
	openapi_schemas(document->work, json);
	json_close(json, '}');
	json_close(json, '}');
}

static void write_tags(const struct document *document)
{
	json_open_key(document->json, "tags", '[');
	for (size_t i = 0; i < record_count; i++) {
		if (records[i]->inner)
			continue;
		json_open(document->json, '{');
		json_put(document->json, "name", records[i]->plural);
		json_put(document->json, "description", work_text(document->work, records[i]->label));
		json_close(document->json, '}');
	}
	json_close(document->json, ']');
}

void openapi_write(struct work *work, struct json *json)
{
	struct document document = {.work = work, .json = json};
	add_commands(&document);
	for (size_t i = 0; i < record_count; i++)
		if (!records[i]->inner)
			add_record(&document, records[i]);
	json_open(json, '{');
	json_put(json, "openapi", "3.1.0");
	json_open_key(json, "info", '{');
	json_put(json, "title", "muster");
	json_put(json, "version", "0.1");
	json_put(json, "description",
		work_text(work,
			"Places, people, deeds and one honest daily return. What a grant does not reach does not exist: it answers 404. A repeated "
			"POST of the same id and body answers as the first did.|"
			"场所、人员、工作记录和如实的日报。授权之外的内容视为不存在（404）；同一标识和内容重复提交，结果与首次相同。"));
	json_close(json, '}');
	json_key(json, "servers");
	json_raw(json, "[{\"url\":\"/\"}]");
	write_tags(&document);
	write_paths(&document);
	write_components(&document);
	json_close(json, '}');
}
