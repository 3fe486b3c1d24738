/* Care in the demonstration, with the figures of the campaign (domain.md, loudi): 642,000 yuan set aside, 7,400 masks to volunteers, grid and enterprise liaisons, tests for 80 of
 * them. How often they were visited and who was honoured the campaign does not count: a few of each. */
#include "base/clock.h"
#include "face/demo.h"

enum {
	FUND_FEN = 64200000,
	MASKS_VOLUNTEERS = 3600,
	MASKS_ENTERPRISE = 800,
	MASKS_GRID = 3000,
	TESTED = 80,
	FIRST_LIAISON = 604, /* of demo->people: those sent to firms follow the volunteers */
	HONOURED = 5,
	DECIDED = 40
};

static const char *const command = "demo-district", *const giver = "区直机关工委（演示）";

static void send_rows(struct demo *demo, json_t *rows)
{
	demo_send(demo, command, "POST", "/api/v1/care_given", json_pack("{s:o}", "rows", rows));
}

static json_t *row_of(struct demo *demo, const char *kind, const char *item, const char *area, int64_t day)
{
	return json_pack(
		"{s:s, s:s, s:s, s:s, s:s}", "kind", kind, "item", item, "area", area, "day", demo_day_text(demo, day), "giver", giver);
}

/* `all` masks divided among posts. */
static void add_masks(struct demo *demo, json_t *rows, const char *const *posts, const char *const *areas, int count, int all, int64_t day)
{
	for (int i = 0; i < count; i++) {
		json_t *row = row_of(demo, "mask", "医用口罩", areas[i], day);
		json_object_set_new(row, "post", json_string(posts[i]));
		json_object_set_new(row, "amount", json_integer(all / count + (i < all % count)));
		json_array_append_new(rows, row);
	}
}

static void set_aside(struct demo *demo, int64_t day)
{
	json_t *rows = json_array(), *row = row_of(demo, "fund", "关心关爱专项党费", demo->district, day);
	const char *towns[DEMO_FIRMS];
	json_object_set_new(row, "money", json_integer(FUND_FEN));
	json_array_append_new(rows, row);
	for (int i = 0; i < DEMO_FIRMS; i++)
		towns[i] = demo->towns[demo->firms[i].town].id;
	add_masks(demo, rows, demo->volunteers, demo->communities, DEMO_COMMUNITIES, MASKS_VOLUNTEERS, day);
	add_masks(demo, rows, demo->enterprise, towns, DEMO_FIRMS, MASKS_ENTERPRISE, day);
	send_rows(demo, rows);
}

static void test_liaisons(struct demo *demo, int64_t day)
{
	json_t *rows = json_array();
	for (int i = 0; i < TESTED; i++) {
		json_t *row = row_of(demo, "test", "核酸检测", demo->district, day);
		json_object_set_new(row, "person", json_string(demo->people[FIRST_LIAISON + i]));
		json_object_set_new(row, "result", json_string("negative"));
		json_array_append_new(rows, row);
	}
	send_rows(demo, rows);
}

static void visit(struct demo *demo, int64_t day, int community)
{
	json_t *rows = json_array(), *row = row_of(demo, "visit", "看望慰问社区志愿者", demo->communities[community], day);
	json_object_set_new(row, "post", json_string(demo->volunteers[community]));
	json_array_append_new(rows, row);
	send_rows(demo, rows);
}

static void honour(struct demo *demo, int64_t day)
{
	json_t *rows = json_array();
	for (int i = 0; i < HONOURED; i++) {
		json_t *row = row_of(demo, "honour", i % 2 ? "优秀驻企联络员" : "抗疫先锋志愿者", demo->district, day);
		json_object_set_new(row, "person", json_string(demo->people[i % 2 ? FIRST_LIAISON + i : 20 * i + 15]));
		json_array_append_new(rows, row);
	}
	send_rows(demo, rows);
}

/* On 2 March February is computed, at 50 yuan a day and 60 in the grids; some of it is approved, and some of that paid. */
static void pay_february(struct demo *demo)
{
	const json_t *rows = json_object_get(demo_send(demo, NULL, "GET", "/api/v1/setting_values?limit=200", NULL), "rows");
	for (size_t i = 0; i < json_array_size(rows); i++)
		if (text_same(demo_text(json_array_get(rows, i), "name"), "subsidy_day"))
			demo_change(demo, NULL, "setting_values", json_array_get(rows, i), json_pack("{s:s}", "value", "5000"));
	rows = json_object_get(demo_send(demo, NULL, "GET", "/api/v1/post_kinds?code=grid", NULL), "rows");
	demo_change(demo, NULL, "post_kinds", json_array_get(rows, 0), json_pack("{s:i}", "rate", 6000));
	demo_send(demo, command, "POST", "/api/v1/subsidies/compute", json_pack("{s:s, s:s}", "area", demo->district, "month", "2020-02"));
	rows = json_object_get(
		demo_send(demo, command, "GET", arena_print(demo->arena, "/api/v1/subsidies?limit=%d", DECIDED), NULL), "rows");
	for (size_t i = 0; i < json_array_size(rows); i++) {
		const char *id = demo_text(json_array_get(rows, i), "id");
		demo_send(demo, command, "POST", arena_print(demo->arena, "/api/v1/subsidies/%s/approve", id), NULL);
		if (i % 2)
			demo_send(demo, command, "POST", arena_print(demo->arena, "/api/v1/subsidies/%s/pay", id),
				json_pack("{s:s}", "voucher", "演示凭证0302"));
	}
}

void demo_care(struct demo *demo, int64_t day)
{
	int64_t at = day - demo->first;
	if (at == 1)
		set_aside(demo, day);
	if (at == 8)
		test_liaisons(demo, day);
	if (at == 13) {
		json_t *rows = json_array();
		add_masks(demo, rows, demo->grids, demo->communities, DEMO_COMMUNITIES, MASKS_GRID, day);
		send_rows(demo, rows);
	}
	if (at % 6 == 3)
		visit(demo, day, (int)at);
	if (at == 19)
		pay_february(demo);
	if (at == 20)
		honour(demo, day);
}
