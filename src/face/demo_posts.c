/* People to posts in the demonstration, with the figures of the campaign (domain.md, loudi): 1,038 people of 55 units sign up; 604 go to 45 communities, each with
 * a temporary branch, 80 to 50 firms, 54 to headquarters, malls and project sites; 300 more stand in the grids from 24 February. */
#include "base/clock.h"
#include "face/demo.h"

enum { UNITS = 55, VOLUNTEERS = 604, ENTERPRISE = 80, GRID = 300, GRID_DAY = 12 };

static const char *const command = "demo-district";

static const char *new_id(struct demo *demo)
{
	return id_print(id_new(), arena_alloc(demo->arena, ID_TEXT));
}

static void send_rows(struct demo *demo, const char *path, json_t *rows)
{
	demo_send(demo, command, "POST", path, json_pack("{s:o}", "rows", rows));
}

/* The bodies that there are, and as many more as make 55. */
static void make_units(struct demo *demo, const char *units[UNITS])
{
	json_t *rows = json_array();
	for (int i = 0; i < UNITS; i++) {
		units[i] = i < demo->org_count ? demo->orgs[i] : new_id(demo);
		if (i >= demo->org_count)
			json_array_append_new(rows,
				json_pack("{s:s, s:s, s:s, s:s, s:s}", "id", units[i], "name",
					arena_print(demo->arena, "区直单位%02d（演示）", i + 1), "kind", "office", "area", demo->district,
					"parent", demo->orgs[demo->org_count - 1]));
	}
	send_rows(demo, "/api/v1/orgs", rows);
}

/* `all` divided among `parts`, the first ones taking what is left over. */
static int share(int all, int parts, int part)
{
	return all / parts + (part < all % parts);
}

/* The first of those who go to a community heads its branch, below the office that called for it; each branch has a team, where its members and what they did are told. In some a
 * second one, of another unit, leads too. */
static void make_branches(struct demo *demo)
{
	enum { SECOND_LEADERS = 5, VISITS = 130 };
	json_t *rows = json_array(), *teams = json_array(), *members = json_array(), *deeds = json_array();
	const char *day = demo_day_text(demo, demo->first), *closes = demo_day_text(demo, demo->final + 60);
	for (int i = 0, first = 0; i < DEMO_COMMUNITIES; i++) {
		const char *name = arena_print(demo->arena, "社区临时党支部%02d（演示）", i + 1), *team = new_id(demo);
		int count = share(VOLUNTEERS, DEMO_COMMUNITIES, i);
		demo->branches[i] = new_id(demo);
		json_array_append_new(rows,
			json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s}", "id", demo->branches[i], "name", name, "kind", "branch", "area",
				demo->communities[i], "closes", closes, "parent", demo->orgs[demo->org_count - 1], "head",
				demo->people[first]));
		json_array_append_new(teams,
			json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s}", "id", team, "name", name, "kind", "branch", "area",
				demo->communities[i], "org", demo->branches[i], "begins", day, "ends", closes));
		for (int k = 0; k < count; k++)
			json_array_append_new(
				members, json_pack("{s:s, s:s, s:b}", "team", team, "person", demo->people[first + k], "lead", !k));
		json_array_append_new(deeds,
			json_pack("{s:s, s:s, s:s, s:i, s:s}", "team", team, "day", day, "text", "入户走访、宣传防控知识", "amount", VISITS,
				"unit", "人次"));
		first += count;
	}
	send_rows(demo, "/api/v1/orgs", rows);
	for (int i = 0, first = 0; i < SECOND_LEADERS; first += share(VOLUNTEERS, DEMO_COMMUNITIES, i), i++)
		demo_change(demo, command, "people",
			json_own(demo->arena, json_pack("{s:s, s:i}", "id", demo->people[first + 1], "version", 1)),
			json_pack("{s:s}", "leads", demo->branches[i]));
	send_rows(demo, "/api/v1/teams", teams);
	send_rows(demo, "/api/v1/team_members", members);
	send_rows(demo, "/api/v1/deeds", deeds);
}

static void sign_up(struct demo *demo, const char *const units[UNITS])
{
	static const char *const wishes[] = {"community", "community", "grid", "enterprise", "hq"};
	json_t *people = json_array(), *pledges = json_array();
	const char *appeal = new_id(demo);
	demo_send(demo, command, "POST", "/api/v1/appeals",
		json_pack("{s:s, s:s, s:s, s:s, s:s, s:i}", "id", appeal, "title", "致全区党员干部的倡议书", "area", demo->district, "text",
			"请到社区、网格和企业去，与群众一起守住家门。", "opens", demo_day_text(demo, demo->first - 7), "wanted", 1000));
	demo_send(demo, command, "POST", arena_print(demo->arena, "/api/v1/appeals/%s/publish", appeal), NULL);
	for (int i = 0; i < DEMO_PEOPLE; i++) {
		/* every unit sends a leader */
		const char *rank = i < UNITS ? (i < 19 ? "division" : "deputy") : demo_random(demo, 4) ? "staff" : "section";
		demo->people[i] = new_id(demo);
		json_array_append_new(people,
			json_pack("{s:s, s:s, s:s, s:s, s:b}", "id", demo->people[i], "name",
				arena_print(demo->arena, "演示干部%04d", i + 1), "area", demo->district, "org", units[i % UNITS], "party",
				demo_random(demo, 3) > 0));
		json_array_append_new(pledges,
			json_pack("{s:s, s:s, s:s, s:s, s:s}", "appeal", appeal, "person", demo->people[i], "rank", rank, "wish",
				wishes[demo_random(demo, 5)], "day", demo_day_text(demo, demo->first - 1 - demo_random(demo, 6))));
	}
	send_rows(demo, "/api/v1/people", people);
	send_rows(demo, "/api/v1/pledges", pledges);
}

/* A post at a place, and the next `count` of those who signed up hold it from its first day on. */
struct places {
	json_t *posts, *held;
	int next; /* whose turn it is */
	const char *day;
};

static const char *put_up(
	struct demo *demo, struct places *places, const char *title, const char *kind, const char *key, const char *where, int count)
{
	const char *post = new_id(demo);
	json_array_append_new(places->posts,
		json_pack("{s:s, s:s, s:s, s:s, s:i, s:s}", "id", post, "title", title, "kind", kind, key, where, "needed", count, "begins",
			places->day));
	for (int i = 0; i < count && places->next < DEMO_PEOPLE; i++, places->next++)
		json_array_append_new(places->held,
			json_pack("{s:s, s:s, s:s, s:b}", "post", post, "person", demo->people[places->next], "begins", places->day, "lead",
				!i));
	return post;
}

static void send_places(struct demo *demo, struct places *places)
{
	send_rows(demo, "/api/v1/posts", places->posts);
	send_rows(demo, "/api/v1/assignments", places->held);
}

static void find_communities(struct demo *demo)
{
	for (int at = 0, round = 0; at < DEMO_COMMUNITIES; round++)
		for (int i = 0; i < demo->town_count && at < DEMO_COMMUNITIES; i++)
			if (round < demo->towns[i].village_count)
				demo->communities[at++] = demo->towns[i].villages[round];
}

/* Three teams of those who were sent, each with a leader, and what they did on their first day; the task force looks after the first firms by name. */
static void make_teams(struct demo *demo)
{
	static const struct {
		const char *name, *kind, *task, *deed, *unit;
		int from, count, amount; /* of demo->people */
	} list[] = {{"社区卡口突击队（演示）", "assault", "小区出入口值守、测温登记", "完成出入口测温登记", "人次", 0, 14, 1260},
		{"企业复工服务专班（演示）", "force", "对接企业复工需求，协调口罩、用工和通行", "走访拟复工企业", "家", VOLUNTEERS, 23, 50},
		{"信息宣传组（演示）", "group", "通报编发、政策解读", "张贴公告、发放告知书", "份", VOLUNTEERS + ENTERPRISE, 6, 3200}};
	json_t *teams = json_array(), *members = json_array(), *sites = json_array(), *deeds = json_array();
	const char *day = demo_day_text(demo, demo->first);
	for (size_t i = 0; i < sizeof list / sizeof *list; i++) {
		const char *team = new_id(demo);
		json_array_append_new(teams,
			json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s}", "id", team, "name", list[i].name, "kind", list[i].kind, "area",
				i ? demo->district : demo->communities[0], "org", demo->orgs[i], "begins", day, "task", list[i].task));
		for (int k = 0; k < list[i].count; k++)
			json_array_append_new(
				members, json_pack("{s:s, s:s, s:b}", "team", team, "person", demo->people[list[i].from + k], "lead", !k));
		for (int k = 0; i == 1 && k < 12; k++)
			json_array_append_new(sites, json_pack("{s:s, s:s}", "team", team, "site", demo->firms[k].id));
		json_array_append_new(deeds,
			json_pack("{s:s, s:s, s:s, s:i, s:s}", "team", team, "day", day, "text", list[i].deed, "amount", list[i].amount,
				"unit", list[i].unit));
	}
	send_rows(demo, "/api/v1/teams", teams);
	send_rows(demo, "/api/v1/team_members", members);
	send_rows(demo, "/api/v1/team_sites", sites);
	send_rows(demo, "/api/v1/deeds", deeds);
}

void demo_appeal(struct demo *demo)
{
	static const struct {
		const char *title, *kind;
		int count;
	} others[] = {{"区指挥部", "hq", 24}, {"商场超市防控组（演示）", "mall", 14}, {"项目工地防控组（演示）", "project", 16}};
	const char *units[UNITS];
	find_communities(demo);
	make_units(demo, units);
	sign_up(demo, units);
	make_branches(demo);
	struct places places = {.posts = json_array(), .held = json_array(), .day = demo_day_text(demo, demo->first)};
	for (int i = 0; i < DEMO_COMMUNITIES; i++)
		demo->volunteers[i] = put_up(demo, &places, arena_print(demo->arena, "社区防控志愿者%02d", i + 1), "community", "area",
			demo->communities[i], share(VOLUNTEERS, DEMO_COMMUNITIES, i));
	demo->gate = demo->volunteers[0];
	json_t *gate = json_array_get(places.posts, 0);
	json_object_set_new(gate, "title", json_string("社区卡口值守（演示）"));
	json_object_set_new(gate, "slots", json_string("08:00-16:00 x3, 16:00-24:00 x2, 00:00-08:00 x2"));
	for (int i = 0; i < DEMO_FIRMS; i++)
		demo->enterprise[i] = put_up(demo, &places, arena_print(demo->arena, "驻企联络员%02d", i + 1), "enterprise", "site",
			demo->firms[i].id, share(ENTERPRISE, DEMO_FIRMS, i));
	/* in half an hour before the staff, out half an hour after */
	for (int i = 0; i < DEMO_AROUND; i++)
		json_object_set_new(json_array_get(places.posts, (size_t)(DEMO_COMMUNITIES + i)), "around", json_true());
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		put_up(demo, &places, others[i].title, others[i].kind, "area", demo->district, others[i].count);
	send_places(demo, &places);
	demo->sent_out = places.next;
	make_teams(demo);
}

void demo_grids(struct demo *demo, int64_t day)
{
	if (day != demo->first + GRID_DAY)
		return;
	struct places places = {.posts = json_array(), .held = json_array(), .next = demo->sent_out, .day = demo_day_text(demo, day)};
	for (int i = 0; i < DEMO_COMMUNITIES; i++)
		demo->grids[i] = put_up(demo, &places, arena_print(demo->arena, "网格联络员%02d", i + 1), "grid", "area",
			demo->communities[i], share(GRID, DEMO_COMMUNITIES, i));
	send_places(demo, &places);
}
