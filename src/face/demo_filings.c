/* Filings of the demonstration: each firm files three days before it works again, by the route of its tier; on the last days a few file for further batches and show every state
 * that somebody has to see to. */
#include "base/clock.h"
#include "face/demo.h"

enum { AFTERNOON = 15 * 60 + 40, AHEAD = 3, SECOND = 7 };

static const char *const command = "demo-district";

static const char *path(struct demo *demo, const char *filing, const char *step)
{
	return arena_print(demo->arena, "/api/v1/filings/%s/%s", filing, step);
}

/* The district decides, villages by notice and parks by pledge. */
static void set_routes(struct demo *demo, int64_t day)
{
	static const char *const routes[][2] = {{NULL, "approve"}, {"village", "notify"}, {"park", "pledge"}};
	for (size_t i = 0; i < sizeof routes / sizeof *routes; i++) {
		json_t *body = json_pack("{s:s, s:s, s:s, s:s}", "area", demo->district, "route", routes[i][1], "day",
			demo_day_text(demo, day), "basis", "区指挥部通告（演示）");
		if (routes[i][0])
			json_object_set_new(body, "tier", json_string(routes[i][0]));
		demo_send(demo, command, "POST", "/api/v1/filing_routes", body);
	}
}

static const char *photo_of(struct demo *demo, struct demo_firm *firm)
{
	uint64_t seed = demo->seed; /* what happens elsewhere stays as it was */
	if (!firm->photo)
		firm->photo = demo_photo(demo, firm->user, firm->id, true);
	demo->seed = seed;
	return firm->photo;
}

static void add_batches(struct demo *demo, const struct demo_firm *firm, int64_t day, int percent)
{
	static const char *const parts[] = {"一车间", "二车间"};
	for (int i = 0; i < 2; i++) {
		int people = firm->staff * percent / 100 / 2;
		if (people > 0)
			demo_send(demo, firm->user, "POST", "/api/v1/filing_batches",
				json_pack("{s:s, s:s, s:i, s:s}", "filing", firm->filing, "day", demo_day_text(demo, day + i * 4), "people",
					people, "part", parts[i]));
	}
}

static void add_papers(struct demo *demo, struct demo_firm *firm, json_t *body, bool all)
{
	static const char *const papers[] = {"pledge", "plan", "emergency", "health"};
	for (size_t i = 0; i < (all ? sizeof papers / sizeof *papers : 1); i++)
		json_object_set_new(body, papers[i], json_pack("[s]", photo_of(demo, firm)));
	if (!all)
		return;
	const json_t *check = demo_send(demo, firm->user, "POST", arena_print(demo->arena, "/api/v1/sites/%s/self_checks", firm->id),
		json_pack("{s:s, s:o}", "template_version", demo->version, "answers", demo_passes(demo, photo_of(demo, firm))));
	json_object_set_new(body, "self_check", json_string(demo_text(check, "id")));
}

/* A draft with all that its route asks for. */
static void file(struct demo *demo, int at, int64_t day, const char *reason)
{
	struct demo_firm *firm = &demo->firms[at];
	bool pledge = text_same(firm->tier, "park"), approve = text_same(firm->tier, "key");
	json_t *body = json_pack("{s:s, s:s, s:i, s:i, s:i, s:b, s:b, s:b, s:b, s:i, s:s}", "site", firm->id, "day",
		demo_day_text(demo, day), "back", firm->staff * 4 / 10, "outside", firm->staff / 12, "six", 0, "isolation", 1,
		"disinfection", 1, "temperature", 1, "publicity", 1, "masks", firm->staff * (at % 7 == 3 ? 1 : 6), "reason", reason);
	demo_send(demo, firm->user, "POST", arena_print(demo->arena, "/api/v1/sites/%s/tell", firm->id),
		json_pack("{s:i}", "rooms", at % 5 ? firm->staff / 100 + 1 : 0));
	if (pledge || approve)
		add_papers(demo, firm, body, approve);
	firm->filing = demo_text(demo_send(demo, firm->user, "POST", "/api/v1/filings", body), "id");
	if (approve || at % 2)
		add_batches(demo, firm, day, 60);
}

static void submit(struct demo *demo, int at)
{
	demo_send(demo, demo->firms[at].user, "POST", path(demo, demo->firms[at].filing, "submit"), json_object());
}

static void review(struct demo *demo, int at, const char *step, json_t *body)
{
	const struct demo_firm *firm = &demo->firms[at];
	demo_send(demo, demo->towns[firm->town].user, "POST", path(demo, firm->filing, step), body);
}

/* The town comes to see, where nobody has been there since the firm filed. */
static const char *inspect(struct demo *demo, struct demo_firm *firm, const json_t *visit)
{
	const char *user = demo->towns[firm->town].user;
	if (visit)
		return demo_text(visit, "id");
	const char *id =
		demo_text(demo_send(demo, user, "POST", "/api/v1/checks",
				  json_pack("{s:s, s:s, s:s, s:o}", "site", firm->id, "day", demo_day_text(demo, demo->work->today),
					  "template_version", demo->version, "answers", demo_passes(demo, photo_of(demo, firm)))),
			"id");
	demo_send(demo, user, "POST", arena_print(demo->arena, "/api/v1/checks/%s/sign", id), json_object());
	demo_send(demo, firm->user, "POST", arena_print(demo->arena, "/api/v1/checks/%s/confirm", id), json_object());
	return id;
}

/* On the eve of the day wanted: the inspection and the decision; a severe finding holds it up. */
static void decide(struct demo *demo, int at)
{
	struct demo_firm *firm = &demo->firms[at];
	const json_t *desk =
		demo_send(demo, demo->towns[firm->town].user, "GET", arena_print(demo->arena, "/api/v1/sites/%s/filing", firm->id), NULL);
	const json_t *visit = json_array_get(json_object_get(desk, "inspections"), 0);
	review(demo, at, "take", json_object());
	review(demo, at, "inspect", json_pack("{s:s}", "inspection", inspect(demo, firm, visit)));
	if (json_array_size(json_object_get(desk, "obstacles"))) {
		firm->held = true;
		return;
	}
	review(demo, at, "approve",
		at % 4 ? json_object() : json_pack("{s:s}", "conditions", "每日两次测温并留存记录（演示）\n食堂错峰用餐（演示）"));
	if (at % 4 == 0) {
		demo_send(demo, firm->user, "POST", path(demo, firm->filing, "fulfil"),
			json_pack("{s:s}", "proof_text", "已按要求落实（演示）"));
		if (at % 8)
			review(demo, at, "complete", json_object());
	}
}

static void hold_lesson(struct demo *demo, int at, int64_t day)
{
	const struct demo_firm *firm = &demo->firms[at];
	if (at % 9 == 4 || firm->on_duty < 1)
		return;
	demo_send(demo, at % 3 ? firm->user : demo->towns[firm->town].user, "POST", "/api/v1/trainings",
		json_pack("{s:s, s:s, s:s, s:s, s:i, s:i}", "site", firm->id, "day", demo_day_text(demo, day), "topic", "first", "title",
			"复工第一课：防护和安全（演示）", "due", firm->on_duty, "trained", firm->on_duty - firm->on_duty * (at % 4) / 100));
}

/* Whether it filed and works by that already. */
static bool is_done(const struct demo *demo, const struct demo_firm *firm, const char *tier)
{
	return text_same(firm->tier, tier) && firm->filing && !firm->held && firm->resumes < demo->final - SECOND;
}

/* The firms of a tier that may file again, one after another. */
static int next_of(const struct demo *demo, const char *tier, int from)
{
	while (from < DEMO_FIRMS && !is_done(demo, &demo->firms[from], tier))
		from++;
	return from;
}

/* On the last days: one overdue, one to be taken up, one under review, one returned, one draft; a notice and a pledge to be looked at. */
static void file_again(struct demo *demo, int64_t day)
{
	static const char *const reason = "第二批职工返岗（演示）";
	int at[6] = {-1};
	for (int i = 0, from = 0; i < 6; i++, from = at[i - 1] + 1)
		at[i] = next_of(demo, i < 4 ? "key" : i == 4 ? "village" : "park", i == 4 || i == 5 ? 0 : from);
	for (int i = 0; i < 6; i++) {
		bool early = i == 0;
		if (at[i] >= DEMO_FIRMS || early != (day < demo->final))
			continue;
		file(demo, at[i], day + AHEAD, reason);
		if (i == 3)
			continue; /* a draft */
		submit(demo, at[i]);
		if (i == 1)
			review(demo, at[i], "take", json_object());
		if (i == 2)
			review(demo, at[i], "send_back",
				json_pack("{s:s, s:s}", "return_code", "plan", "opinion", "方案未写明新增班次的就餐安排（演示）"));
	}
}

void demo_filings(struct demo *demo, int64_t day)
{
	demo_clock(demo, day, AFTERNOON);
	if (day == demo->first) {
		demo_items(demo);
		set_routes(demo, day);
	}
	for (int i = 0; i < DEMO_FIRMS; i++) {
		struct demo_firm *firm = &demo->firms[i];
		if (firm->resumes - AHEAD == day && day > demo->first) {
			file(demo, i, firm->resumes, "订单已到，原料齐备（演示）");
			submit(demo, i);
		}
		if (firm->filing && firm->resumes - 1 == day && text_same(firm->tier, "key"))
			decide(demo, i);
		else if (firm->filing && firm->resumes == day && i % 6 && !text_same(firm->tier, "key"))
			review(demo, i, "acknowledge", json_object());
		if (firm->resumes == day)
			hold_lesson(demo, i, day);
	}
	if (day == demo->final - SECOND || day == demo->final)
		file_again(demo, day);
}
