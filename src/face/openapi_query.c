/* Parameters of the API: parts of a path, queries, headers. */
#include <string.h>

#include "face/openapi_inner.h"
#include "record/days.h"
#include "record/picks.h"

/* Query parameters of the commands that take some: names with '!' must be given. */
static const struct {
	const char *path;
	const char *names;
} queries[] = {
	{"/api/v1/tallies", "area,day,measure,children,trend,total"},
	{"/api/v1/tallies/rows", "measure!,area,day,total,limit,after,tier,ownership,division,member_of,above_scale"},
	{"/api/v1/indicators", "area,day,children,trend,tier,ownership,division,member_of,above_scale"},
	{"/api/v1/returns/day", "area,site,day"},
	{"/api/v1/sites/{id}/day", "day"},
	{"/api/v1/sites/{id}/gate", "day"},
	{"/api/v1/returns/missing", "area,day,kind,below,limit,after"},
	{"/api/v1/bulletin", "area,day,language"},
	{"/api/v1/public/appeals/{id}/areas", "parent"},
	{"/api/v1/public/pledges/{id}", "code"},
	{"/api/v1/coverage", "area,day,at,limit,after,liaisons_after"},
	{"/api/v1/risk", "area,day"},
	{"/api/v1/needs/board", "area"},
	{"/api/v1/public/needs/{number}", "code!"},
	{"/api/v1/comments", "record!,about!"},
	{"/api/v1/notices", "unread,after"},
	{"/api/v1/inspectors", "site!"},
	{"/api/v1/files", "area,site"},
	{"/api/v1/dispatch", "area,day,reveal"},
	{"/api/v1/dispatch/left", "area,day,reveal"},
	{"/api/v1/orders/tell", "area,day"},
	{"/api/v1/serving", "area,day,reveal"},
	{"/api/v1/serving.xlsx", "area,day"},
	{"/api/v1/teams/{id}/sums", "day"},
	{"/api/v1/staff/sums", "area,site"},
	{"/api/v1/staff/villages", "site!"},
	{"/api/v1/thanks", "area,day,reveal"},
	{"/api/v1/loans/board", "area"},
	{"/api/v1/loans/sums", "area,loan_kind"},
	{"/api/v1/loans/sums.xlsx", "area,loan_kind"},
	{"/api/v1/bank/loans", "state,limit,after"},
	{"/api/v1/bank/loans.xlsx", "state"},
	{"/api/v1/plans/day", "area,day,plan_kind"},
	{"/api/v1/plans/day.xlsx", "area,day,plan_kind"},
	{"/api/v1/lines/days", "area,day"},
	{"/api/v1/power", "area,day,children"},
	{"/api/v1/power/differ", "area,day,limit,after"},
	{"/api/v1/policies/{id}/funnel", "area"},
	{"/api/v1/work", "area,day"},
	{"/api/v1/sites/{id}/desk", "qr"},
	{"/api/v1/sites/{id}/filing", "filing,reveal"},
	{"/api/v1/filings/{id}/sheet.pdf", "reveal"},
	{"/api/v1/people/{id}/certificate.pdf", "reveal!,number"},
	{"/api/v1/assignments/{id}/order.pdf", "reveal"},
	{"/api/v1/orders.pdf", "area,day,reveal"},
	{"/api/v1/policies/{id}/judge", "site!,day"},
	{"/api/v1/sites/{id}/policies", "day"},
	{"/api/v1/sites/{id}/health_round", "day,q,state,reveal"},
	{"/api/v1/sites/{id}/health_round.xlsx", "day,q,state,reveal"},
	{"/api/v1/health_rounds", "area,day,q,mine,limit,after"},
	{"/api/v1/health_rounds.xlsx", "area,day,q,mine"},
	{"/api/v1/sites/{id}/worker_links.pdf", "dept,reveal"},
	{"/api/v1/public/worker_links/{id}", "code!"},
	{"/api/v1/public/site_invites/{id}", "code!"},
	{"/api/v1/sites/{id}/gate_file", "day,preview"},
};

static const struct {
	const char *name;
	const char *schema;
	const char *doc;
} parameters[] = {
	{"area", "{\"type\":\"string\"}", "Id or code of an area: everything below it|区划的标识或代码，含全部下级"},
	{"site", "{\"type\":\"string\",\"format\":\"uuid\"}", "Id of a site|企业（场所）标识"},
	{"day", "{\"type\":\"string\",\"format\":\"date\"}", "As of this day|截至该日"},
	{"measure", "{\"type\":\"string\"}", "Names of measures, comma separated|统计项名称，逗号分隔"},
	{"children", "{\"type\":\"string\",\"enum\":[\"1\"]}", "1: the areas directly below as well|1：含直接下级"},
	{"at", "{\"type\":\"string\",\"format\":\"date-time\"}", "At this moment, in place of a day|截至该时刻，代替日期"},
	{"parent", "{\"type\":\"string\",\"format\":\"uuid\"}", "The area above them|上级区划"},
	{"trend", "{\"type\":\"integer\",\"minimum\":1,\"maximum\":92}", "So many days up to the day|截至当日的天数"},
	{"total", "{\"type\":\"string\",\"enum\":[\"1\"]}", "1: flows from their beginning up to the day|1：累计"},
	{"limit", "{\"type\":\"integer\",\"minimum\":1,\"maximum\":1000}", "Rows of a page|每页行数"},
	{"after", "{\"type\":\"string\"}", "Cursor of the page before|上一页的分页标记"},
	{"tier", "{\"type\":\"string\"}",
		"Only this part of what is counted, several by commas; any field that a measure is told by may be named so|只计此类，可用逗号并列；统计项的其他分项字段同理"},
	{"ownership", "{\"type\":\"string\"}", "Only firms of this ownership, several by commas|只计此所有制，可用逗号并列"},
	{"division", "{\"type\":\"string\"}",
		"Only this branch of industry (D44), several by commas|只计此行业大类（如 D44），可用逗号并列"},
	{"member_of", "{\"type\":\"string\"}", "Only firms of this group or association, by its id|只计此集团（协会）的企业，填其标识"},
	{"above_scale", "{\"type\":\"string\",\"enum\":[\"1\"]}", "1: only firms above scale|1：只计规（限）上企业"},
	{"kind", "{\"type\":\"string\",\"enum\":[\"area\",\"firm\"]}", "Only areas, or only firms|仅区划或仅企业"},
	{"below", "{\"type\":\"string\",\"enum\":[\"1\"]}", "1: areas at every level below|1：含各级下级"},
	{"language", "{\"type\":\"string\",\"enum\":[\"zh\",\"en\"]}", "Chinese or English|中文或英文"},
	{"liaisons_after", "{\"type\":\"string\"}", "Cursor of the liaisons|联络员的分页标记"},
	{"code", "{\"type\":\"string\"}", "The code told when it was raised|提出时告知的查询码"},
	{"number", "{\"type\":\"string\"}", "Its number: one that was issued|已开具的编号"},
	{"filing", "{\"type\":\"string\",\"format\":\"uuid\"}",
		"Id of one of the firm's filings; else its current one|指定备案的标识，默认当前备案"},
	{"record", "{\"type\":\"string\"}", "Name of a record|记录名"},
	{"about", "{\"type\":\"string\",\"format\":\"uuid\"}", "Id of the row|所指记录的标识"},
	{"loan_kind", "{\"type\":\"string\",\"enum\":[\"loan\",\"insurance\"]}", "Only loans, or only insurance|仅贷款或仅保险"},
	{"state", "{\"type\":\"string\"}", "Of these states, comma separated|状态，逗号分隔"},
	{"plan_kind", "{\"type\":\"string\",\"enum\":[\"site\",\"project\"]}",
		"Only plans of sites, or only key projects|仅一企一策或仅重点项目"},
	{"unread", "{\"type\":\"string\",\"enum\":[\"1\"]}", "1: only those not read|1：仅未读"},
	{"columns", "{\"type\":\"string\"}", "Names of fields, comma separated|列名，逗号分隔"},
	{"preview", "{\"type\":\"string\",\"enum\":[\"1\"]}", "1: checks only, writes nothing|1：仅预览，不写入"},
	{"look", "{\"type\":\"string\",\"enum\":[\"1\"]}",
		"1: answers at once with the columns, the first values of those left out and what is missing|1：立即返回各列、未识别列的前几个值和缺少的列"},
	{"set", "{\"type\":\"string\"}",
		"Values for columns that the sheet lacks: field=value;field=value, not of private fields|表中没有的列取固定值：字段=值;字段=值，隐私字段除外"},
	{"as", "{\"type\":\"string\"}",
		"What columns are, by number or heading: 9=idno;12=; with no field it is left out|指定列对应的字段，按列号或列名：9=idno;12=，不填字段则不导入该列"},
	{"mode", "{\"type\":\"string\",\"enum\":[\"all\",\"good\"]}", "All rows or none, or the good ones|全部成功才写入，或仅写入正确行"},
	{"qr", "{\"type\":\"string\",\"enum\":[\"1\"]}", "1: with the address of its page and the QR code of that|1：附网页地址和二维码"},
	{"q", "{\"type\":\"string\"}", "Search|搜索"},
	{"voided", "{\"type\":\"string\",\"enum\":[\"1\"]}", "1: the rows taken out instead|1：仅已作废"},
	{"count", "{\"type\":\"string\",\"enum\":[\"1\"]}", "1: with the total|1：附总数"},
	{"mine", "{\"type\":\"string\",\"enum\":[\"1\"]}", "1: only firms that one answers for|1：仅本人挂点企业"},
	{"dept", "{\"type\":\"string\"}", "A department|部门"},
	{"reveal", "{\"type\":\"string\"}", "Reason for seeing private values, put on record|查看隐私信息的理由，记录在案"},
};

static void write_parameter(
	const struct document *document, const char *name, const char *in, bool must, const char *schema, const char *doc)
{
	struct json *json = document->json;
	json_open(json, '{');
	json_put(json, "name", name);
	json_put(json, "in", in);
	if (must)
		json_put_flag(json, "required", true);
	if (doc)
		json_put(json, "description", work_text(document->work, doc));
	json_key(json, "schema");
	json_raw(json, schema);
	json_close(json, '}');
}

static void write_query(const struct document *document, const char *name, bool must)
{
	for (size_t i = 0; i < sizeof parameters / sizeof *parameters; i++)
		if (strcmp(parameters[i].name, name) == 0)
			write_parameter(document, name, "query", must, parameters[i].schema, parameters[i].doc);
}

static void write_path_parts(const struct document *document, const char *path)
{
	for (const char *at = strchr(path, '{'); at; at = strchr(at + 1, '{')) {
		const char *name = arena_text(document->work->arena, at + 1, strcspn(at, "}") - 1);
		bool id = strcmp(name, "id") == 0;
		write_parameter(
			document, name, "path", true, id ? "{\"type\":\"string\",\"format\":\"uuid\"}" : "{\"type\":\"string\"}", NULL);
	}
}

static void write_command_queries(const struct document *document, const struct command *command)
{
	for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
		bool takes = strcmp(command->method, "GET") == 0 || strcmp(command->path, "/api/v1/files") == 0 ||
			text_same(command->path, "/api/v1/sites/{id}/gate_file") ||
			text_same(command->path, "/api/v1/sites/{id}/health_round");
		if (!takes || strcmp(queries[i].path, command->path) != 0)
			continue;
		for (const char *at = queries[i].names; *at;) {
			size_t size = strcspn(at, ",");
			bool must = at[size - 1] == '!';
			write_query(document, arena_text(document->work->arena, at, size - must), must);
			at += size + (at[size] == ',');
		}
	}
}

/* The orders of a record as an enum, each way. */
static void write_sort(const struct document *document, const struct record *record)
{
	struct json schema = json_new(document->work->arena);
	bool any = false;
	json_open(&schema, '{');
	json_put(&schema, "type", "string");
	json_open_key(&schema, "enum", '[');
	for (size_t i = 0; i < record->field_count; i++)
		if (record->fields[i].order) {
			any = true;
			json_text(&schema, record->fields[i].name);
			json_text(&schema, arena_print(document->work->arena, "-%s", record->fields[i].name));
		}
	json_close(&schema, ']');
	json_close(&schema, '}');
	if (any)
		write_parameter(document, "sort", "query", false, buf_end(&schema.buf), "Order; - the other way round|排序，加 - 为倒序");
}

static void write_filters(const struct document *document, const struct record *record)
{
	static const char taken[] = "area,q,sort,limit,after,reveal,count,voided,columns";
	for (size_t i = 0; i < record->field_count; i++) {
		const struct field *field = &record->fields[i];
		bool by_day = strcmp(field->name, "day") == 0 && days_any(record);
		if (field->private || field->hidden || by_day || text_listed(taken, ',', field->name) || field->kind == &kind_json)
			continue;
		write_parameter(document, field->name, "query", false, "{\"type\":\"string\"}",
			arena_print(document->work->arena, "%s", work_text(document->work, field->label)));
	}
}

/* The record's own filters, such as mine=1. */
static void write_views(const struct document *document, const struct record *record)
{
	struct pick pick;
	for (const char *at = record->views; at && picks_next(document->work->arena, &at, &pick);)
		write_parameter(document, pick.code, "query", false, "{\"type\":\"string\",\"enum\":[\"1\"]}",
			work_text(document->work, pick.label));
}

static void write_list_queries(const struct document *document, const struct record *record, bool sheet)
{
	static const char *const names[] = {"area", "q", "voided", "reveal", "limit", "after", "count"};
	for (size_t i = 0; i < (sheet ? 4 : sizeof names / sizeof *names); i++)
		write_query(document, names[i], false);
	if (sheet)
		write_query(document, "columns", false);
	if (days_any(record))
		write_query(document, "day", false);
	write_sort(document, record);
	write_filters(document, record);
	write_views(document, record);
}

void openapi_parameters(const struct document *document, const struct operation *operation)
{
	struct json *json = document->json;
	json_open_key(json, "parameters", '[');
	write_path_parts(document, operation->path);
	if (operation->action == LIST || operation->action == EXPORT)
		write_list_queries(document, operation->record, operation->action == EXPORT);
	if (operation->action == IMPORT) {
		write_query(document, "preview", false);
		write_query(document, "mode", false);
		write_query(document, "look", false);
		write_query(document, "set", false);
		write_query(document, "as", false);
	}
	if (operation->action == GET)
		write_query(document, "reveal", false);
	if (operation->action == GET && days_any(operation->record))
		write_query(document, "day", false);
	if (operation->action == CHANGE || operation->action == VOID || operation->action == STEP_TAKEN)
		write_parameter(document, "If-Match", "header", operation->action == CHANGE, "{\"type\":\"string\"}",
			"The version that was changed|所改版本");
	if (operation->action == MAKE || operation->action == CHANGE || operation->action == VOID || operation->action == STEP_TAKEN)
		write_parameter(document, "Prefer", "header", false, "{\"type\":\"string\",\"enum\":[\"return=minimal\"]}",
			"return=minimal: the answer to one row is its id and version only|return=minimal：单行写入只回标识和版本");
	if (operation->command)
		write_command_queries(document, operation->command);
	json_close(json, ']');
}
