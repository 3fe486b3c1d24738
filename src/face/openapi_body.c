/* Bodies and answers of the API. */
#include <string.h>

#include "face/openapi_inner.h"
#include "record/days.h"

void openapi_ref(struct json *json, const char *name)
{
	json_open(json, '{');
	json_put(json, "$ref", arena_print(json->buf.arena, "#/components/schemas/%s", name));
	json_close(json, '}');
}

static void write_plain_dates(struct json *json, const struct record *record)
{
	json_key(json, "effective");
	json_raw(json, "{\"type\":\"string\",\"format\":\"date\"}");
	if (record_field(record, "until"))
		return;
	json_key(json, "until");
	json_raw(json, "{\"type\":\"string\",\"format\":\"date\"}");
}

static void write_step_body(const struct document *document, const struct operation *operation)
{
	struct json *json = document->json;
	const struct record *record = operation->record;
	const struct step *step = operation->step;
	json_open(json, '{');
	json_put(json, "type", "object");
	json_open_key(json, "properties", '{');
	json_key(json, "deed");
	json_raw(json, "{\"type\":\"string\",\"format\":\"uuid\"}");
	for (size_t i = 0; step->fields && i < record->field_count; i++)
		if (text_listed(step->fields, ',', record->fields[i].name)) {
			json_key(json, record->fields[i].name);
			openapi_field(document->work, json, &record->fields[i], false);
		}
	if (days_any(record))
		write_plain_dates(json, record);
	json_close(json, '}');
	if (step->needs && *step->needs) {
		json_open_key(json, "required", '[');
		for (size_t i = 0; i < record->field_count; i++)
			if (text_listed(step->needs, ',', record->fields[i].name))
				json_text(json, record->fields[i].name);
		json_close(json, ']');
	}
	json_close(json, '}');
}

/* What the single actions take: "name:type", '!' behind the name where it must be given; NULL: any bytes. */
static const struct {
	const char *path;
	const char *members;
} bodies[] = {
	{"/api/v1/session", "name!:text,password!:text"},
	{"/api/v1/password", "old!:text,new!:text"},
	{"/api/v1/posts/{id}/claim", "id:id,begins:day,ends:day,note:text"},
	{"/api/v1/my/claims/{id}/hand_back", "reason!:text"},
	{"/api/v1/my/shifts/{id}/come", "deed:id,place:text,came:text"},
	{"/api/v1/my/shifts/{id}/leave", "deed:id,handover:text,gone:text"},
	{"/api/v1/my/swaps", "id:id,shift!:id,whom:id,against:id,note:text"},
	{"/api/v1/my/swaps/{id}/accept", "deed:id"},
	{"/api/v1/my/swaps/{id}/withdraw", "deed:id"},
	{"/api/v1/my/leaves/{id}/withdraw", "deed:id"},
	{"/api/v1/my/leaves", "id:id,kind!:text,begins!:day,ends:day,reason:text"},
	{"/api/v1/setup", "token!:text,name!:text,password!:text"},
	{"/api/v1/invite", "token!:text,password!:text,name:text"},
	{"/api/v1/people:invite", "people:ids,pledges:ids"},
	{"/api/v1/public/pledges/{id}/account", "code!:text"},
	{"/api/v1/tokens", "label!:text,days:whole"},
	{"/api/v1/demo", "name!:text"},
	{"/api/v1/returns/confirm",
		"area:text,site:id,day:day,zero:flag,same:flag,staff:whole,on_duty:whole,text:text,jump_reason:text,facts:any,id:id,deed:id"},
	{"/api/v1/coverage/assign", "sites!:ids,user:id,person:id,level!:text,from:day"},
	{"/api/v1/dispatch", "locks:rows,bars:rows"},
	{"/api/v1/dispatch/left", "post!:id,sent:ids,bars:rows,q:text,from:whole,limit:whole"},
	{"/api/v1/people/{id}/merge", "other!:id,fields:names,id:id"},
	{"/api/v1/people/{id}/unmerge", "merge!:id"},
	{"/api/v1/subsidies/compute", "area:text,month!:text"},
	{"/api/v1/deliveries/acknowledge", "rows!:rows"},
	{"/api/v1/deliveries/tell", "rows!:rows,how!:text,day:day,note:text,heard:flag"},
	{"/api/v1/policies/{id}/grants", "area:text"},
	{"/api/v1/notices/read", "ids:ids"},
	{"/api/v1/sites/{id}/self_checks", "id:id,day:day,template_version!:id,answers!:rest,note:text"},
	{"/api/v1/public/appeals/{id}/sign-up",
		"name!:text,phone!:text,area!:id,consent!:flag,id:id,party:flag,skills:text,trade:text,languages:text,licence:text,hours:text,available:text,wish:text,near:text,remark:text,unit:text,rank:text"},
	{"/api/v1/public/sign-ups/{id}/confirm", "code!:text"},
	{"/api/v1/public/pledges/{id}/withdraw", "code!:text"},
	{"/api/v1/appeals/{id}/list", "org!:id,rows!:rows,preview:flag"},
	{"/api/v1/policies:try", "policy!:any,area:text,day:day,verdict:text,limit:whole,after:id"},
	{"/api/v1/policies/examples", "area:text,publish:flag"},
	{"/api/v1/bank/loans/{id}/offer", "amount!:whole,rate:whole,premium:whole,months!:whole,conditions:text,valid_until:day,deed:id"},
	{"/api/v1/bank/loans/{id}/decline", "reason!:text,reason_text:text,deed:id"},
	{"/api/v1/bank/loans/{id}/approve", "approved:whole,deed:id"},
	{"/api/v1/bank/loans/{id}/refuse", "reason!:text,reason_text:text,deed:id"},
	{"/api/v1/bank/loans/{id}/pay", "pay!:whole,pay_day:day,voucher:text,deed:id"},
	{"/api/v1/plans/unchanged", "plans!:ids,day:day"},
	{"/api/v1/plans/{id}/block", "kind!:text,text!:text,photos:ids,raised_by:text,phone:text,id:id"},
	{"/api/v1/sites/{id}/health_round", "others:any,rows:rows,deed:id"},
	{"/api/v1/sites/{id}/invite", "note:text"},
	{"/api/v1/public/site_invites/{id}/accept", "code!:text,name!:text,password!:text"},
	{"/api/v1/sites/{id}/worker_links", "staff:ids,all:flag"},
	{"/api/v1/public/worker_links/{id}/tell", "code!:text,symptoms!:text,temperature:whole"},
	{"/api/v1/sites/{id}/gate_file", NULL},
	{"/api/v1/test_batches/{id}/results", "result:text,staff:ids,named:rows"},
	{"/api/v1/files", NULL},
};

static const char *type_schema(const char *type)
{
	static const char *const types[][2] = {{"text", "{\"type\":\"string\"}"}, {"whole", "{\"type\":\"integer\"}"},
		{"flag", "{\"type\":\"boolean\"}"}, {"day", "{\"type\":\"string\",\"format\":\"date\"}"},
		{"id", "{\"type\":\"string\",\"format\":\"uuid\"}"}, {"names", "{\"type\":\"array\",\"items\":{\"type\":\"string\"}}"},
		{"rows", "{\"type\":\"array\",\"items\":{\"type\":\"object\"}}"},
		{"ids", "{\"type\":\"array\",\"items\":{\"type\":\"string\",\"format\":\"uuid\"}}"}};
	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		if (strcmp(types[i][0], type) == 0)
			return types[i][1];
	return "{}";
}

static void write_members(const struct document *document, const char *members)
{
	struct json *json = document->json;
	struct json needed = json_new(document->work->arena);
	bool any = false;
	json_open(json, '{');
	json_put(json, "type", "object");
	json_open_key(json, "properties", '{');
	json_open(&needed, '[');
	for (const char *at = members; *at;) {
		size_t size = strcspn(at, ","), name = strcspn(at, "!:");
		const char *text = arena_text(document->work->arena, at, size);
		json_key(json, arena_text(document->work->arena, at, name));
		json_raw(json, type_schema(strchr(text, ':') + 1));
		if (at[name] == '!') {
			json_text(&needed, arena_text(document->work->arena, at, name));
			any = true;
		}
		at += size + (at[size] == ',');
	}
	json_close(&needed, ']');
	json_close(json, '}');
	if (any) {
		json_key(json, "required");
		json_raw(json, buf_end(&needed.buf));
	}
	json_close(json, '}');
}

static const char *members_of(const struct operation *operation, bool *bytes)
{
	*bytes = operation->action == IMPORT;
	for (size_t i = 0; operation->command && i < sizeof bodies / sizeof *bodies; i++)
		if (strcmp(bodies[i].path, operation->path) == 0) {
			*bytes = !bodies[i].members;
			return bodies[i].members;
		}
	return NULL;
}

/* One row, or many at once. */
static void write_make_body(const struct document *document, const struct record *record)
{
	struct json *json = document->json;
	const char *name = openapi_name(document->work->arena, record, "New");
	json_open(json, '{');
	json_open_key(json, "anyOf", '[');
	openapi_ref(json, name);
	json_open(json, '{');
	json_put(json, "type", "object");
	json_open_key(json, "properties", '{');
	json_open_key(json, "rows", '{');
	json_put(json, "type", "array");
	json_key(json, "items");
	openapi_ref(json, name);
	json_close(json, '}');
	if (record->warn) {
		json_open_key(json, "warnings", '{');
		json_put(json, "type", "boolean");
		json_put(json, "description", work_text(document->work, "Answer for each row made what is odd about it|逐行返回可疑之处"));
		json_close(json, '}');
	}
	json_close(json, '}');
	json_key(json, "required");
	json_raw(json, "[\"rows\"]");
	json_close(json, '}');
	json_close(json, ']');
	json_close(json, '}');
}

static void write_body_schema(const struct document *document, const struct operation *operation, const char *members)
{
	struct json *json = document->json;
	struct arena *arena = document->work->arena;
	if (operation->action == MAKE)
		write_make_body(document, operation->record);
	else if (operation->action == CHANGE)
		openapi_ref(json, openapi_name(arena, operation->record, "Change"));
	else if (operation->action == STEP_TAKEN)
		write_step_body(document, operation);
	else if (operation->action == VOID)
		json_raw(json, "{\"type\":\"object\",\"properties\":{\"reason\":{\"type\":\"string\"}},\"required\":[\"reason\"]}");
	else if (members)
		write_members(document, members);
	else
		json_raw(json, "{\"type\":\"object\"}");
}

void openapi_body(const struct document *document, const struct operation *operation)
{
	struct json *json = document->json;
	bool bytes, deletes = operation->action == COMMAND_RUN && strcmp(operation->method, "delete") == 0;
	const char *members = members_of(operation, &bytes);
	if (strcmp(operation->method, "get") == 0 || deletes)
		return;
	json_open_key(json, "requestBody", '{');
	if (operation->action != COMMAND_RUN && operation->action != STEP_TAKEN)
		json_put_flag(json, "required", true);
	json_open_key(json, "content", '{');
	json_open_key(json, bytes ? "application/octet-stream" : "application/json", '{');
	if (!bytes) {
		json_key(json, "schema");
		write_body_schema(document, operation, members);
	}
	json_close(json, '}');
	json_close(json, '}');
	json_close(json, '}');
}

static void write_answer_schema(const struct document *document, const struct operation *operation)
{
	struct json *json = document->json;
	if (operation->action == IMPORT) {
		json_raw(json, "{\"type\":\"object\",\"properties\":{\"job\":{\"type\":\"string\",\"format\":\"uuid\"}}}");
		return;
	}
	if (operation->action == COMMAND_RUN) {
		json_raw(json, "{}");
		return;
	}
	if (operation->action == HISTORY) {
		json_raw(json, "{\"type\":\"object\",\"properties\":{\"rows\":{\"type\":\"array\",\"items\":{\"type\":\"object\"}}}}");
		return;
	}
	const char *name = openapi_name(document->work->arena, operation->record, "");
	if (operation->action != LIST) {
		openapi_ref(json, name);
		return;
	}
	json_open(json, '{');
	json_put(json, "type", "object");
	json_open_key(json, "properties", '{');
	json_open_key(json, "rows", '{');
	json_put(json, "type", "array");
	json_key(json, "items");
	openapi_ref(json, name);
	json_close(json, '}');
	json_key(json, "next");
	json_raw(json, "{\"type\":[\"string\",\"null\"]}");
	json_key(json, "total");
	json_raw(json, "{\"type\":[\"integer\",\"null\"]}");
	json_close(json, '}');
	json_close(json, '}');
}

static const char *answer_type(const struct operation *operation)
{
	static const char *const types[][2] = {{".csv", "text/csv"}, {".pdf", "application/pdf"},
		{".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}, {"/metrics", "text/plain"},
		{"/api/docs", "text/html"}, {"/files/{id}", "application/octet-stream"}};
	size_t size = strlen(operation->path);
	for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
		size_t end = strlen(types[i][0]);
		if (size >= end && strcmp(operation->path + size - end, types[i][0]) == 0)
			return types[i][1];
	}
	return "application/json";
}

void openapi_answers(const struct document *document, const struct operation *operation)
{
	struct json *json = document->json;
	json_open_key(json, "responses", '{');
	json_open_key(json, operation->action == MAKE ? "201" : "200", '{');
	json_put(json, "description", work_text(document->work, "Done|完成"));
	json_open_key(json, "content", '{');
	const char *type = answer_type(operation);
	json_open_key(json, type, '{');
	if (strcmp(type, "application/json") == 0) {
		json_key(json, "schema");
		write_answer_schema(document, operation);
	}
	json_close(json, '}');
	json_close(json, '}');
	json_close(json, '}');
	json_open_key(json, "default", '{');
	json_put(json, "$ref", "#/components/responses/Problem");
	json_close(json, '}');
	json_close(json, '}');
}
