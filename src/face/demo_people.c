/* The people of the demonstration: the users who can be tried with one click, an officer a town, and the liaisons. */
#include <stdio.h>
#include <string.h>

#include "face/demo.h"

static const char *make_user(struct demo *demo, const char *name, const char *area, const char *duty, const char *shown, const char *org)
{
	json_t *body = json_pack("{s:s, s:s, s:s, s:s}", "name", name, "area", area, "duty", duty, "shown", shown);
	if (org)
		json_object_set_new(body, "org", json_string(org));
	return demo_text(demo_send(demo, NULL, "POST", "/api/v1/users", body), "id");
}

static void grant(struct demo *demo, const char *user, const char *role, const char *key, const char *where)
{
	demo_send(demo, NULL, "POST", "/api/v1/grants", json_pack("{s:s, s:s, s:s}", "user", user, "role", role, key, where));
}

static const char *area_id(struct demo *demo, const char *code)
{
	json_t *list = demo_send(demo, NULL, "GET", arena_print(demo->arena, "/api/v1/areas?code=%s", code), NULL);
	return demo_text(json_array_get(json_object_get(list, "rows"), 0), "id");
}

static void read_villages(struct demo *demo, struct demo_town *town)
{
	json_t *list = demo_send(
		demo, NULL, "GET", arena_print(demo->arena, "/api/v1/areas?parent=%s&sort=code&limit=%d", town->id, DEMO_VILLAGES), NULL);
	const json_t *rows = json_object_get(list, "rows");
	for (size_t i = 0; i < json_array_size(rows); i++)
		town->villages[town->village_count++] = demo_text(json_array_get(rows, i), "id");
}

static void make_town(struct demo *demo, const json_t *row)
{
	struct demo_town *town = &demo->towns[demo->town_count];
	town->id = demo_text(row, "id");
	town->name = demo_text(row, "name");
	town->user = demo->town_count ? arena_print(demo->arena, "demo-town-%02d", demo->town_count + 1) : "demo-town";
	const char *id = make_user(demo, town->user, town->id, arena_print(demo->arena, "%s 工作人员", town->name),
		arena_print(demo->arena, "演示街镇%02d", demo->town_count + 1), NULL);
	town->user_id = id;
	grant(demo, id, "officer", "area", town->id);
	read_villages(demo, town);
	demo->town_count++;
}

static void make_bodies(struct demo *demo)
{
	static const char *const bodies[][3] = {{"区工业和信息化局（演示）", "industry", "department"},
		{"区卫生健康局（演示）", "health", "department"}, {"区人力资源和社会保障局（演示）", "labour", "department"},
		{"区财政局（演示）", "finance", "department"}, {"区交通运输局（演示）", "transport", "department"},
		{"区市场监督管理局（演示）", "market", "department"}, {"区指挥部办公室（演示）", "command", "office"}};
	for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++)
		demo->orgs[demo->org_count++] = demo_text(demo_send(demo, NULL, "POST", "/api/v1/orgs",
								  json_pack("{s:s, s:s, s:s, s:s}", "name", bodies[i][0], "function",
									  bodies[i][1], "kind", bodies[i][2], "area", demo->district)),
			"id");
}

void demo_people(struct demo *demo)
{
	const char *city = area_id(demo, "4313");
	demo->district = area_id(demo, "431302");
	make_bodies(demo);
	grant(demo, make_user(demo, "demo-city", city, "市指挥部", "演示市级指挥", NULL), "command", "area", city);
	grant(demo, make_user(demo, "demo-district", demo->district, "娄星区指挥部", "演示区级指挥", NULL), "command", "area",
		demo->district);
	json_t *towns = demo_send(demo, NULL, "GET",
		arena_print(demo->arena, "/api/v1/areas?parent=%s&sort=code&limit=%d", demo->district, DEMO_TOWNS), NULL);
	make_town(demo, json_array_get(json_object_get(towns, "rows"), 0));
	for (int i = 0; i < DEMO_LIAISONS; i++) {
		const char *name = i ? arena_print(demo->arena, "demo-liaison-%02d", i + 1) : "demo-liaison";
		demo->liaisons[i] = make_user(demo, name, demo->district, i ? "驻企防疫联络员" : "驻企防疫联络员（手机）",
			arena_print(demo->arena, "演示联络员%02d", i + 1), NULL);
		if (i)
			continue;
		/* those who can be tried come first */
		const char *user = make_user(demo, "demo-department", demo->district, "区工信局（主办单位）", "演示部门", demo->orgs[0]);
		grant(demo, user, "department", "area", demo->district);
		grant(demo, make_user(demo, "demo-auditor", demo->district, "区审计", "演示审计", NULL), "auditor", "area", demo->district);
		grant(demo, make_user(demo, "demo-admin", demo->district, "系统管理员", "演示管理员", NULL), "administrator", "area",
			demo->district);
	}
	for (size_t i = 1; i < json_array_size(json_object_get(towns, "rows")) && demo->town_count < DEMO_TOWNS; i++)
		make_town(demo, json_array_get(json_object_get(towns, "rows"), i));
	for (int i = 1; i < demo->org_count; i++)
		grant(demo,
			make_user(demo, arena_print(demo->arena, "demo-department-%d", i + 1), demo->district, "区直部门",
				arena_print(demo->arena, "演示部门%02d", i + 1), demo->orgs[i]),
			"department", "area", demo->district);
}
