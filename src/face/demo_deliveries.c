/* Policies and what became of them at the firms: published, told on visits, known, applied for, granted, paid; and what waits on the last morning. */
#include <string.h>

#include "app/delivery_match.h"
#include "face/demo.h"

enum { POLICIES = 5, PUBLISHED = 9, TOLD = 10, KNOWN = 12, DECIDED = 15, LATEST = 21, PAGE = 200 };

static const char department[] = "demo-department";
static const char *policies[POLICIES]; /* ids */

struct plan {
	const char *code, *title, *title_en, *mode, *apply_by, *conditions, *benefit, *materials;
};
static const struct plan plans[POLICIES] = {
	{"demo_jobs", "稳岗补贴（演示）", "Support for keeping jobs (demonstration)", "apply", "2020-04-30",
		"{\"is\": \"number\", \"fact\": \"staff\", \"compare\": \"<=\", \"value\": 300}",
		"{\"kind\": \"heads\", \"heads\": \"staff\", \"per\": 50000, \"cap\": 30000000}", "职工名册、社保缴费证明、复工备案回执"},
	{"demo_gear", "防疫物资补助（演示）", "Support for protective gear (demonstration)", "none", NULL,
		"{\"is\": \"industry\", \"codes\": [\"C\"]}", "{\"kind\": \"fixed\", \"amount\": 1000000}", NULL},
	{"demo_rent", "国有房屋租金减免（演示）", "Rent of state premises (demonstration)", "none", NULL,
		"{\"is\": \"flag\", \"fact\": \"state_rented\", \"value\": true}",
		"{\"kind\": \"months\", \"base\": \"rent_month\", \"free\": 2, \"half\": 1}", NULL},
	{"demo_training", "以工代训补贴（演示）", "Training on the job (demonstration)", "apply", "2020-03-20",
		"{\"is\": \"number\", \"fact\": \"trainees\", \"compare\": \">=\", \"value\": 1}",
		"{\"kind\": \"heads\", \"heads\": \"trainees\", \"per\": 50000}", "培训方案、参训人员名单"},
	{"demo_insurance", "复工复产保险补贴（演示）", "Insurance of resuming firms (demonstration)", "apply", "2020-03-31",
		"{\"is\": \"in\", \"fact\": \"size\", \"of\": [\"small\", \"micro\", \"medium\"]}",
		"{\"kind\": \"fixed\", \"amount\": 500000}", "保险合同、缴费凭证"},
};

/* The timed work of a server does this within a moment. */
static void match(struct demo *demo)
{
	int64_t done = 0;
	match_run(demo->work, &done);
}

static void publish(struct demo *demo, int at)
{
	const struct plan *plan = &plans[at];
	json_t *body = json_pack("{s:s, s:s, s:s, s:s, s:s, s:o, s:o, s:s, s:s, s:s}", "code", plan->code, "title", plan->title, "title_en",
		plan->title_en, "area", demo->district, "mode", plan->mode, "conditions", json_loads(plan->conditions, 0, NULL), "benefit",
		json_loads(plan->benefit, 0, NULL), "issuer", "District government (demonstration)|区政府（演示）", "dept", demo->orgs[0],
		"phone", "0738-0000001");
	if (plan->apply_by)
		json_object_set_new(body, "apply_by", json_string(plan->apply_by));
	if (plan->materials)
		json_object_set_new(body, "materials", json_string(plan->materials));
	policies[at] = demo_text(demo_send(demo, department, "POST", "/api/v1/policies", body), "id");
	demo_send(demo, department, "POST", arena_print(demo->arena, "/api/v1/policies/%s/publish", policies[at]), NULL);
}

static void tell_fact(struct demo *demo, int firm, const char *kind, const char *value)
{
	demo_send(demo, demo->firms[firm].user, "POST", "/api/v1/facts",
		json_pack("{s:s, s:s, s:s, s:s}", "site", demo->firms[firm].id, "kind", kind, "value", value, "source", "企业填报"));
}

/* Some firms told the facts that two policies hang on; of the others they are still to be asked. */
static void tell_facts(struct demo *demo)
{
	for (int i = 0; i < DEMO_FIRMS; i++) {
		if (i % 3 == 0) {
			tell_fact(demo, i, "state_rented", i % 2 ? "是" : "否");
			if (i % 2)
				tell_fact(demo, i, "rent_month", arena_print(demo->arena, "%d", 8000 + 1000 * (i % 7)));
		}
		if (i % 4 == 1)
			tell_fact(demo, i, "trainees", arena_print(demo->arena, "%d", 4 + i % 9));
	}
}

static const json_t *rows_of(struct demo *demo, const char *user, const char *query)
{
	return json_object_get(
		demo_send(demo, user, "GET", arena_print(demo->arena, "/api/v1/deliveries?limit=%d&%s", PAGE, query), NULL), "rows");
}

static const char *liaison_of(struct demo *demo, int firm)
{
	int liaison = demo->firms[firm].liaison;
	return liaison ? arena_print(demo->arena, "demo-liaison-%02d", liaison + 1) : "demo-liaison";
}

/* A visit tells all that a firm may have; every ninth firm was not found in. */
static void tell_firm(struct demo *demo, int firm)
{
	static const char *const hows[] = {"visit", "phone", "visit", "meeting"};
	const json_t *rows = rows_of(demo, liaison_of(demo, firm), arena_print(demo->arena, "untold=1&site=%s", demo->firms[firm].id));
	json_t *ids = json_array();
	for (size_t i = 0; i < json_array_size(rows); i++)
		json_array_append_new(ids, json_string(demo_text(json_array_get(rows, i), "id")));
	if (json_array_size(ids))
		demo_send(demo, liaison_of(demo, firm), "POST", "/api/v1/deliveries/tell",
			json_pack("{s:o, s:s, s:b}", "rows", ids, "how", hows[firm % 4], "heard", firm % 5 == 2));
	else
		json_decref(ids);
}

static json_t *step(struct demo *demo, const char *user, const json_t *row, const char *name, json_t *body)
{
	return demo_send(demo, user, "POST", arena_print(demo->arena, "/api/v1/deliveries/%s/%s", demo_text(row, "id"), name), body);
}

/* Firms confirm that they know, and apply for what comes on application. */
static void hear_firm(struct demo *demo, int firm)
{
	const char *user = demo->firms[firm].user;
	const json_t *rows = rows_of(demo, user, "state=told,known");
	for (size_t i = 0; i < json_array_size(rows); i++) {
		const json_t *row = json_array_get(rows, i);
		if (text_same(demo_text(row, "state"), "told"))
			step(demo, user, row, "acknowledge", NULL);
		if (text_same(demo_text(row, "mode"), "apply") && firm % 3 != 1)
			step(demo, user, row, "apply", json_pack("{s:s}", "apply_note", "材料已备齐，请审核。"));
	}
}

static void decide(struct demo *demo)
{
	const json_t *rows = rows_of(demo, department, "state=applied");
	for (size_t i = 0; i < json_array_size(rows); i++) {
		const json_t *row = json_array_get(rows, i);
		if (i % 7 == 3) {
			step(demo, department, row, "refuse", json_pack("{s:s}", "reason", "社保缴费证明不全，补齐后可再申请"));
		} else if (i % 7 < 6) {
			json_t *granted = step(demo, department, row, "grant", json_pack("{s:s}", "doc_no", "演示〔2020〕12号"));
			int64_t amount = json_integer_value(json_object_get(granted, "granted"));
			if (amount && i % 2)
				step(demo, department, row, "pay",
					json_pack("{s:I, s:s}", "payment", (json_int_t)(i % 4 == 1 ? amount : amount / 2), "voucher",
						"演示凭证0227"));
		}
	}
}

/* The list of one policy is signed; that of the next waits. */
static void draw_lists(struct demo *demo)
{
	const char *path = arena_print(demo->arena, "/api/v1/policies/%s/grants", policies[1]);
	const json_t *list = demo_send(demo, department, "POST", path, json_pack("{s:s}", "area", demo->district));
	demo_send(demo, department, "POST", arena_print(demo->arena, "/api/v1/grant_lists/%s/sign", demo_text(list, "id")),
		json_pack("{s:s}", "doc_no", "演示〔2020〕13号"));
	path = arena_print(demo->arena, "/api/v1/policies/%s/grants", policies[2]);
	demo_send(demo, department, "POST", path, json_pack("{s:s}", "area", demo->district));
}

static const char *ask(struct demo *demo, int firm, int policy, const char *text)
{
	return demo_text(demo_send(demo, demo->firms[firm].user, "POST", "/api/v1/policy_questions",
				 json_pack("{s:s, s:s, s:s}", "policy", policies[policy], "site", demo->firms[firm].id, "text", text)),
		"id");
}

void demo_deliveries(struct demo *demo, int64_t day)
{
	int64_t at = day - demo->first;
	if (at == PUBLISHED) {
		tell_facts(demo);
		for (int i = 0; i < POLICIES - 1; i++)
			publish(demo, i);
	}
	if (at == PUBLISHED || at == LATEST)
		match(demo);
	if (at == TOLD)
		for (int i = 0; i < DEMO_FIRMS; i++)
			if (i % 9 != 4)
				tell_firm(demo, i);
	if (at == KNOWN) {
		for (int i = 0; i < DEMO_FIRMS; i++)
			if (i % 5 != 3)
				hear_firm(demo, i);
		const char *asked = ask(demo, 6, 0, "劳务派遣职工是否计入人数？");
		demo_send(demo, department, "POST", arena_print(demo->arena, "/api/v1/policy_questions/%s/answer", asked),
			json_pack("{s:s}", "answer", "以本单位参保职工为准，劳务派遣职工由派遣单位申请。"));
	}
	if (at == DECIDED) {
		decide(demo);
		draw_lists(demo);
	}
	if (at == LATEST) {
		publish(demo, POLICIES - 1);
		match(demo);
		ask(demo, 1, POLICIES - 1, "已在其他保险公司投保的能否补贴？");
	}
}
