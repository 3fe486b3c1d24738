/* Staff files in the demonstration: on its last evening three firms enter some dozens of their workers, who come from near and far; a gate is kept, some are tested. All of them are made up,
 * and few: the figures of the campaign are those of the firms. */
#include "base/clock.h"
#include "face/demo.h"

enum { MORNING = 8 * 60 + 5, EVENING = 18 * 60, FIRMS = 3, WORKERS = 36, FIRST_FIRM = 5, GATE_FIRM = 0, ROOMS = 2, TESTED = 8 };

static const char *const jobs[] = {"操作工", "质检员", "仓管员", "电工", "班组长", "包装工"};

/* Every day is a birthday of somebody; region and order are not given to anybody (999, 000). */
static const char *idno_of(struct demo *demo, int firm, int n)
{
	static const int weights[] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
	char *text = arena_print(demo->arena, "431302%04d%02d%02d%03d?", 1970 + n % 30, 1 + n % 12, 1 + (n * 7) % 28, 900 + firm);
	int sum = 0;
	for (int i = 0; i < 17; i++)
		sum += (text[i] - '0') * weights[i];
	text[17] = "10X98765432"[sum % 11];
	return text;
}

static void put(json_t *row, const char *key, const char *text)
{
	json_object_set_new(row, key, json_string(text));
}

/* A third were away: most are back, some come within the week, a few from a key area are isolated until soon. */
static void add_journey(struct demo *demo, json_t *row, int n, int64_t day)
{
	static const char *const ways[] = {"rail", "coach", "car"};
	json_object_set_new(row, "away", n % 3 ? json_false() : json_true());
	if (n % 3)
		return;
	bool key = n % 12 == 0;
	put(row, "left_on", demo_day_text(demo, day - 45));
	put(row, "from_place", key ? "重点地区（演示）" : "省内外市（演示）");
	put(row, "back_day", demo_day_text(demo, key ? day - 12 - n / 12 : n % 2 ? day + 1 + n % 7 : day - 20));
	put(row, "back_by", ways[n % 3 == 0 ? (n / 3) % 3 : 0]);
	if (n % 2 && !key)
		put(row, "state", "expected");
	if (key)
		json_object_set_new(row, "key_area", json_true());
}

static json_t *worker(struct demo *demo, int firm, int n, int64_t day)
{
	json_t *row = json_object();
	const struct demo_firm *at = &demo->firms[FIRST_FIRM + firm];
	put(row, "site", at->id);
	put(row, "name", arena_print(demo->arena, "演示员工%d%02d", firm + 1, n + 1));
	put(row, "phone", arena_print(demo->arena, "1391%d00%04d", firm, 1000 + n));
	put(row, "number", arena_print(demo->arena, "%c%03d", 'A' + firm, n + 1));
	put(row, "dept", n % 4 ? "生产部" : "仓储部");
	put(row, "job", jobs[n % 6]);
	put(row, "dwelling", n % 5 ? "home" : "dorm");
	put(row, "contact", "none");
	put(row, "begins", demo_day_text(demo, demo->first));
	/* files of the first firm lack something here and there */
	if (firm || n % 9 != 4)
		put(row, "idno", idno_of(demo, firm, n));
	if (!firm && n % 9 == 7)
		json_object_del(row, "contact");
	add_journey(demo, row, n, day);
	if (n % 4 == 1) {
		json_object_set_new(row, "bound", json_true());
		const struct demo_town *town = &demo->towns[at->town];
		const json_t *village = demo_send(demo, "demo-district", "GET",
			arena_print(demo->arena, "/api/v1/areas/%s", town->villages[(n / 4) % town->village_count]), NULL);
		put(row, "lives_in", arena_print(demo->arena, "%s/%s", town->name, demo_text(village, "name")));
		put(row, "dwelling", "home");
	}
	return row;
}

static void enter_workers(struct demo *demo, int firm, int64_t day)
{
	json_t *rows = json_array();
	const char *user = demo->firms[FIRST_FIRM + firm].user;
	for (int n = 0; n < WORKERS; n++)
		json_array_append_new(rows, worker(demo, firm, n, day));
	const json_t *made =
		json_object_get(demo_send(demo, user, "POST", "/api/v1/staff_files", json_pack("{s:o}", "rows", rows)), "rows");
	for (size_t i = 0; i < json_array_size(made); i++)
		if (json_integer_value(json_object_get(json_array_get(made, i), "status")) != 201)
			demo->failed++;
}

static void keep_gate(struct demo *demo, const struct demo_firm *firm)
{
	static const char *const entries[][6] = {{"visitor", "who", "演示访客甲", "purpose", "送检样品", "passed"},
		{"visitor", "who", "演示访客乙", "purpose", "面试", "turned_away"},
		{"vehicle", "plate", "湘K00001", "purpose", "送原料", "passed"},
		{"vehicle", "plate", "湘K00002", "purpose", "提货", "passed"}};
	demo_send(demo, firm->user, "POST", "/api/v1/gate_watches",
		json_pack("{s:s, s:s, s:s}", "site", firm->id, "gate", "南门", "who", "演示门卫"));
	for (size_t i = 0; i < sizeof entries / sizeof *entries; i++) {
		json_t *body = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:i}", "site", firm->id, "gate", "南门", "kind", entries[i][0],
			entries[i][1], entries[i][2], entries[i][3], entries[i][4], "passed", entries[i][5], "temperature", 364 + (int)i);
		if (text_same(entries[i][5], "turned_away"))
			put(body, "reason", "未提前报备");
		demo_send(demo, firm->user, "POST", "/api/v1/gate_entries", body);
	}
	demo_send(demo, firm->user, "POST", "/api/v1/gate_entries",
		json_pack("{s:s, s:s, s:s, s:s}", "site", firm->id, "kind", "round", "gate", "一车间、食堂", "agent", "84 消毒液 5 升"));
}

/* The newest on duty were tested; all negative. */
static void test_workers(struct demo *demo, const struct demo_firm *firm)
{
	json_t *staff = json_array();
	const json_t *rows = json_object_get(
		demo_send(demo, firm->user, "GET",
			arena_print(demo->arena, "/api/v1/staff_files?site=%s&state=on_duty&limit=%d", firm->id, TESTED), NULL),
		"rows");
	for (size_t i = 0; i < json_array_size(rows); i++)
		json_array_append_new(staff, json_string(demo_text(json_array_get(rows, i), "id")));
	const json_t *batch = demo_send(demo, firm->user, "POST", "/api/v1/test_batches",
		json_pack("{s:s, s:s, s:i, s:s}", "site", firm->id, "kind", "pcr", "people", (int)json_array_size(staff), "lab",
			"演示检验所"));
	demo_send(demo, firm->user, "POST", arena_print(demo->arena, "/api/v1/test_batches/%s/results", demo_text(batch, "id")),
		json_pack("{s:s, s:o}", "result", "negative", "staff", staff));
}

void demo_staff(struct demo *demo, int64_t day)
{
	if (day != demo->final)
		return;
	demo_clock(demo, day, EVENING);
	for (int i = 0; i < FIRMS; i++)
		enter_workers(demo, i, day);
	const struct demo_firm *firm = &demo->firms[GATE_FIRM];
	demo_send(
		demo, firm->user, "POST", arena_print(demo->arena, "/api/v1/sites/%s/tell", firm->id), json_pack("{s:i}", "rooms", ROOMS));
	test_workers(demo, firm);
}

void demo_gate(struct demo *demo, int64_t day)
{
	demo_clock(demo, day, MORNING);
	keep_gate(demo, &demo->firms[GATE_FIRM]);
}
