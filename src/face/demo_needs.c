/* The needs of the demonstration: 280 are solved, and some are on their way. */
#include <stdio.h>
#include <string.h>

#include "face/demo.h"

enum { A_DAY = 14, OPEN = 24 };

static const char *const kinds[][2] = {{"protective_goods", "口罩库存不足三天，请协助购买。"}, {"labour", "生产线缺工，请协助招工。"},
	{"cash_flow", "货款回笼慢，流动资金紧张，需对接贷款。"}, {"supply_chain", "上游配件未复工，原料进不来。"},
	{"permit", "拟转产防护用品，请指导办理手续。"}, {"policy", "想了解社保减免如何申请。"},
	{"utility", "停产期间用电调整，请协调供电。"}};

static const char *lead_user(struct demo *demo, int org)
{
	return org ? arena_print(demo->arena, "demo-department-%d", org + 1) : "demo-department";
}

/* The body that leads a kind of need: industry, labour, finance, market; the office for the rest. */
static int lead_of(int kind)
{
	static const int leads[] = {0, 2, 3, 0, 5, 6, 6};
	return leads[kind];
}

static void step(struct demo *demo, const char *user, const char *need, const char *name, json_t *body)
{
	demo_send(demo, user, "POST", arena_print(demo->arena, "/api/v1/needs/%s/%s", need, name), body ? body : json_object());
}

static void raise_need(struct demo *demo, struct demo_need *need)
{
	struct demo_firm *firm = &demo->firms[demo_random(demo, DEMO_FIRMS)];
	need->kind = demo_random(demo, 7);
	need->firm = (int)(firm - demo->firms);
	const json_t *row = demo_send(demo, demo_random(demo, 3) ? firm->user : demo->towns[firm->town].user, "POST", "/api/v1/needs",
		json_pack("{s:s, s:s, s:s, s:s}", "site", firm->id, "kind", kinds[need->kind][0], "text", kinds[need->kind][1], "raised_by",
			arena_print(demo->arena, "演示厂长%02d", need->firm + 1)));
	need->id = demo_text(row, "id");
}

static void advance(struct demo *demo, struct demo_need *need);

/* Most are handed on and taken at once, and what is urgent is solved the same hour. */
static void hurry(struct demo *demo, struct demo_need *need)
{
	int stages = demo_random(demo, 8) ? 2 : 1;
	if (stages == 2 && (need->kind == 0 || need->kind == 5 || need->kind == 6) && demo_random(demo, 8))
		stages = 3;
	for (int i = 0; i < stages; i++)
		advance(demo, need);
}

/* What happens to a need as the days go by; those that stay open stop somewhere on the way. */
static void advance(struct demo *demo, struct demo_need *need)
{
	const struct demo_firm *firm = &demo->firms[need->firm];
	const char *town = demo->towns[firm->town].user, *body = lead_user(demo, lead_of(need->kind));
	if (need->stage == need->stops)
		return;
	switch (need->stage++) {
	case 0: step(demo, town, need->id, "assign", json_pack("{s:s}", "lead", demo->orgs[lead_of(need->kind)])); break;
	case 1: step(demo, body, need->id, "take", NULL); break;
	case 2: step(demo, body, need->id, "resolve", json_pack("{s:s}", "answer", "已协调解决，企业可按约定办理。")); break;
	case 3: step(demo, firm->user, need->id, "confirm", json_pack("{s:i}", "rating", 4 + demo_random(demo, 2))); break;
	}
}

void demo_needs(struct demo *demo, int64_t day)
{
	/* the first ones of each stage stay where they are; the others are solved within three days */
	for (int i = 0; i < demo->need_count; i++) {
		struct demo_need *need = &demo->needs[i];
		int steps = need->stage < 2 ? 1 + demo_random(demo, 2) : 1;
		for (int j = 0; j < steps; j++)
			advance(demo, need);
	}
	for (int i = 0; i < A_DAY && demo->need_count < DEMO_NEEDS + OPEN; i++) {
		struct demo_need *need = &demo->needs[demo->need_count];
		/* 24 of them stop: unassigned, handed on, or in progress */
		*need = (struct demo_need){
			.stops = demo->need_count % 12 == 11 && demo->need_count / 12 < OPEN ? demo->need_count / 12 % 3 : 4};
		demo->need_count++;
		raise_need(demo, need);
		hurry(demo, need);
	}
	(void)day;
}

void demo_settle(struct demo *demo)
{
	for (int i = 0; i < demo->need_count; i++)
		while (demo->needs[i].stage < demo->needs[i].stops && !(demo->needs[i].stage == 3 && i % 9 == 4))
			advance(demo, &demo->needs[i]);
}
