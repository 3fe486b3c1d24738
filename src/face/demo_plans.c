/* Key projects in the demonstration: fifteen, told of every day, with milestones, what blocks two of them, and lines for meltblown fabric and masks; advice by appointment; what meters
 * and firms say of capacity on the last days. */
#include "base/clock.h"
#include "face/demo.h"

enum { PLANS = DEMO_PLANS, FIRST = 4, LINES = 10, EVENING = 18 * 60, METERED = 3 };

static const char *const command = "demo-district";

static const char *made(struct demo *demo, const char *user, const char *plural, json_t *body)
{
	return demo_text(demo_send(demo, user, "POST", arena_print(demo->arena, "/api/v1/%s", plural), body), "id");
}

static void make_plans(struct demo *demo, int64_t day)
{
	static const char *const targets[] = {"六月底主体封顶", "五月底设备安装完成", "四月底投产"};
	for (int i = 0; i < PLANS; i++) {
		const struct demo_town *town = &demo->towns[i % demo->town_count];
		const char *name = arena_print(demo->arena, "重点项目%02d（演示）", i + 1);
		const char *site = made(demo, town->user, "sites",
			json_pack("{s:s, s:s, s:s, s:s, s:i, s:i}", "name", name, "kind", "project", "area", town->id, "status", "resumed",
				"staff", 60 + 5 * i, "on_duty", 40 + 4 * i));
		demo->plans[i] = made(demo, command, "plans",
			json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s}", "title", name, "site", site, "kind", "project", "target",
				targets[i % 3], "begins", demo_day_text(demo, day), "ends", demo_day_text(demo, day + 60 + 7 * i), "lead",
				demo->orgs[i % demo->org_count]));
		if (!i)
			demo->line_site = site;
	}
	for (int i = 0; i < PLANS; i += 2)
		made(demo, command, "milestones",
			json_pack("{s:s, s:s, s:s, s:i}", "plan", demo->plans[i], "title", i % 4 ? "设备到场" : "基础完工", "due",
				demo_day_text(demo, day + 10 + 3 * i), "share", 30));
}

static void make_lines(struct demo *demo, int64_t day)
{
	for (int i = 0; i < LINES; i++)
		demo->lines[i] = made(demo, command, "lines",
			json_pack("{s:s, s:s, s:s, s:s, s:s, s:i, s:s}", "name", arena_print(demo->arena, "熔喷布%02d号线（演示）", i + 1),
				"site", demo->line_site, "plan", demo->plans[0], "product", "meltblown", "state", "building", "target",
				1200, "by_day", demo_day_text(demo, day + 25 + i)));
	made(demo, command, "lines",
		json_pack("{s:s, s:s, s:s, s:s, s:i, s:i}", "name", "平面口罩线（演示）", "site", demo->firms[21].id, "product",
			"mask_flat", "state", "running", "now", 80000, "target", 120000));
}

/* Most say "unchanged" on two days of three; the last one forgets the last day. */
static void tell_day(struct demo *demo, int64_t day, bool last)
{
	int64_t since = day - demo->first - FIRST;
	json_t *same = json_array();
	for (int i = 0; i < PLANS; i++) {
		if (last && i == PLANS - 1)
			continue;
		if (since && (since + i) % 3) {
			json_array_append_new(same, json_string(demo->plans[i]));
			continue;
		}
		demo_send(demo, demo->towns[i % demo->town_count].user, "POST", "/api/v1/plan_days",
			json_pack("{s:s, s:s, s:i, s:i, s:i, s:s, s:s}", "plan", demo->plans[i], "day", demo_day_text(demo, day), "percent",
				5 + i + (int)since * 2, "people", 40 + 4 * i, "amount", 20 + 3 * i, "unit", "方", "text",
				since ? "基础施工，按计划推进（演示）" : "人员到位，复工（演示）"));
	}
	if (!json_array_size(same)) {
		json_decref(same);
		return;
	}
	demo_send(
		demo, command, "POST", "/api/v1/plans/unchanged", json_pack("{s:o, s:s}", "plans", same, "day", demo_day_text(demo, day)));
}

static void block(struct demo *demo, int plan, const char *kind, const char *text)
{
	demo_send(demo, command, "POST", arena_print(demo->arena, "/api/v1/plans/%s/block", demo->plans[plan]),
		json_pack("{s:s, s:s}", "kind", kind, "text", text));
}

/* One held, one whose times wait for the firm, one that was just asked for. */
static void advise(struct demo *demo, int64_t day)
{
	const char *body = made(demo, NULL, "orgs",
		json_pack("{s:s, s:s, s:s, s:s}", "name", "区税务局（演示）", "kind", "department", "function", "tax", "area",
			demo->district));
	for (int i = 0; i < 3; i++) {
		const struct demo_firm *firm = &demo->firms[10 + i];
		const char *id = made(demo, firm->user, "appointments",
			json_pack("{s:s, s:s, s:s, s:s, s:s}", "site", firm->id, "field", "advice_tax", "way", i ? "phone" : "video",
				"text", "咨询延期申报和减免（演示）", "org", body));
		const char *path = arena_print(demo->arena, "/api/v1/appointments/%s", id);
		const char *times = arena_print(demo->arena, "%s 09:00-10:00\n%s 15:00-15:30", demo_day_text(demo, day + (i ? 5 : 1)),
			demo_day_text(demo, day + (i ? 6 : 2)));
		if (i == 2)
			return;
		const json_t *row = demo_send(demo, command, "POST", arena_print(demo->arena, "%s/offer", path),
			json_pack("{s:s, s:s}", "times", times, "place", "0738-0000000"));
		const json_t *slots = json_object_get(row, "slots");
		if (!i)
			demo_send(demo, firm->user, "POST", arena_print(demo->arena, "%s/take", path),
				json_pack("{s:s}", "starts", demo_text(json_array_get(slots, 0), "starts")));
		demo->advice = i ? demo->advice : id;
	}
}

/* What meters said of the days, a little at odds with what firms told. */
static void read_meters(struct demo *demo, int64_t day)
{
	json_t *bases = json_array();
	for (int i = 0; i < DEMO_FIRMS; i++)
		json_array_append_new(bases,
			json_pack("{s:s, s:i, s:s}", "site", demo->firms[i].id, "baseline", 40000 + 900 * i, "span", "2019-01 至 2019-06"));
	demo_send(demo, command, "POST", "/api/v1/meters", json_pack("{s:o}", "rows", bases));
	for (int64_t at = day - METERED + 1; at <= day; at++) {
		json_t *rows = json_array();
		for (int i = 0; i < DEMO_FIRMS; i++) {
			int share = demo->firms[i].resumes <= at ? (i % 17 == 4 ? 12 : 55 + i % 30) : i % 19 == 7 ? 48 : 6;
			json_array_append_new(rows,
				json_pack("{s:s, s:s, s:i}", "site", demo->firms[i].id, "day", demo_day_text(demo, at), "kwh",
					(40000 + 900 * i) / 100 * share));
		}
		demo_send(demo, command, "POST", "/api/v1/meter_days", json_pack("{s:o}", "rows", rows));
	}
}

/* Nine of ten firms at work say how much of their capacity is in use. */
static void tell_capacity(struct demo *demo, int64_t day)
{
	for (int i = 0; i < DEMO_FIRMS; i++)
		if (demo->firms[i].resumes <= day && i % 10 != 9)
			demo_send(demo, demo->firms[i].user, "POST", arena_print(demo->arena, "/api/v1/sites/%s/tell", demo->firms[i].id),
				json_pack("{s:i, s:s}", "capacity", 45 + i % 40, "effective", demo_day_text(demo, day)));
}

void demo_plans(struct demo *demo, int64_t day)
{
	int64_t since = day - demo->first;
	if (since < FIRST)
		return;
	demo_clock(demo, day, EVENING);
	if (since == FIRST) {
		make_plans(demo, day);
		make_lines(demo, day);
	}
	tell_day(demo, day, day == demo->final);
	if (since == FIRST + 5)
		block(demo, 3, "supply_chain", "关键设备滞留外地，请协调运输（演示）");
	if (since == FIRST + 8)
		block(demo, 6, "utility", "施工用电增容未批，请协调（演示）");
	if (day == demo->final - 1)
		for (int i = 0; i < 2; i++)
			demo_send(demo, command, "POST", arena_print(demo->arena, "/api/v1/lines/%s/tell", demo->lines[i]),
				json_pack("{s:s, s:i}", "state", "running", "now", 600));
	if (day == demo->final - 2)
		advise(demo, day);
	if (day != demo->final)
		return;
	demo_send(demo, command, "POST", arena_print(demo->arena, "/api/v1/appointments/%s/held", demo->advice),
		json_pack("{s:s}", "outcome", "已辅导申请延期申报（演示）"));
	read_meters(demo, day);
	tell_capacity(demo, day);
}
