/* The firms of the demonstration: 50 with 17,787 staff, as in Loudi, each with one or two of 80 liaisons. */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/codes.h"
#include "face/demo.h"

/* Random sizes that add up to the staff of all. */
static void share_staff(struct demo *demo)
{
	int weights[DEMO_FIRMS], sum = 0, given = 0;
	for (int i = 0; i < DEMO_FIRMS; i++)
		sum += weights[i] = 20 + demo_random(demo, 100) * demo_random(demo, 100) / 20;
	for (int i = 0; i < DEMO_FIRMS; i++)
		given += demo->firms[i].staff = DEMO_STAFF * weights[i] / sum;
	demo->firms[0].staff += DEMO_STAFF - given;
}

/* A credit code with right check characters, of a number that no real body has. */
static const char *make_uscc(struct demo *demo, int number)
{
	static const char letters[] = "0123456789ABCDEFGHJKLMNPQRTUWXY", inner[] = "0123456789X";
	static const int weights[] = {3, 7, 9, 10, 5, 8, 4, 2};
	char *code = arena_print(demo->arena, "91431302%08d??", 99000000 + number);
	int sum = 0, power = 1, all = 0;
	for (int i = 0; i < 8; i++)
		sum += (code[8 + i] - '0') * weights[i];
	code[16] = inner[(11 - sum % 11) % 11];
	for (int i = 0; i < 17; i++, power = power * 3 % 31)
		all += (int)(strchr(letters, code[i]) - letters) * power;
	code[17] = letters[(31 - all % 31) % 31];
	return code;
}

static void make_firm(struct demo *demo, int at, int64_t day)
{
	static const char *const trades[][2] = {{"纺织", "1711"}, {"机械", "3489"}, {"食品", "1432"}, {"电子", "3989"}, {"建材", "3021"},
		{"医药", "2740"}, {"钢铁加工", "3130"}, {"包装", "2231"}};
	static const char *const heads[] = {"演示甲", "演示乙", "演示丙", "演示丁", "演示戊", "演示己", "演示庚"};
	struct demo_firm *firm = &demo->firms[at];
	const char *const *trade = trades[at % 8];
	firm->town = demo_random(demo, demo->town_count);
	const struct demo_town *town = &demo->towns[firm->town];
	firm->name = arena_print(demo->arena, "%s%s%02d有限公司", heads[at % 7], trade[0], at + 1);
	firm->resumes = day + 2 + demo_random(demo, 19);
	bool exempt = at == 17, never = at % 12 == 5;
	firm->tier = firm->staff > 400 ? "key" : at % 3 ? "park" : "village";
	json_t *body = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:i, s:s, s:s}", "name", firm->name, "kind", "enterprise", "uscc",
		make_uscc(demo, at + 1), "area", town->village_count ? town->villages[demo_random(demo, town->village_count)] : town->id,
		"tier", firm->tier, "status",
		exempt          ? "exempt"
			: never ? "open"
				: "stopped",
		"industry", trade[1], "staff", firm->staff, "contact", arena_print(demo->arena, "演示厂长%02d", at + 1), "phone",
		arena_print(demo->arena, "1390000%04d", 1000 + at));
	if (at < DEMO_AROUND)
		json_object_set_new(body, "hours", json_string(at % 2 ? "08:00-18:00" : "08:00-12:00, 13:30-17:30"));
	json_object_set_new(body, "address", json_string(arena_print(demo->arena, "%s演示路%d号", town->name, at * 3 + 1)));
	json_object_set_new(body, "above_scale", json_boolean(firm->staff > 300));
	json_object_set_new(body, "ownership",
		json_string(at % 25 == 2       ? "central"
				: at % 10 == 4 ? "state"
				: at % 9 == 7  ? "foreign"
					       : "private"));
	json_object_set_new(body, "revenue", json_integer((int64_t)firm->staff * 45000000)); /* 450,000 yuan a head, in fen */
	json_object_set_new(body, "assets", json_integer((int64_t)firm->staff * 32000000));
	if (never)
		firm->resumes = day;
	if (exempt)
		firm->resumes = DAY_FAR;
	firm->id = demo_text(demo_send(demo, "demo-district", "POST", "/api/v1/sites", body), "id");
	firm->user = at ? arena_print(demo->arena, "demo-firm-%02d", at + 1) : "demo-firm";
	const char *user =
		demo_text(demo_send(demo, NULL, "POST", "/api/v1/users",
				  json_pack("{s:s, s:s, s:s, s:s}", "name", firm->user, "area", town->id, "duty",
					  at ? "企业防疫专员" : firm->name, "shown", arena_print(demo->arena, "演示专员%02d", at + 1))),
			"id");
	demo_send(demo, NULL, "POST", "/api/v1/grants", json_pack("{s:s, s:s, s:s}", "user", user, "role", "enterprise", "site", firm->id));
}

/* Fifty firms get one liaison each, the thirty largest of the rest of the list a second one: 80 in all. Three firms lose theirs on the last evening: what
 * the morning begins with. */
static void make_links(struct demo *demo, int64_t day)
{
	for (int i = 0; i < DEMO_LIAISONS; i++) {
		int firm = i % DEMO_FIRMS;
		if (i < DEMO_FIRMS)
			demo->firms[firm].liaison = i;
		char from[DAY_TEXT], until[DAY_TEXT];
		json_t *body = json_pack("{s:s, s:s, s:s, s:s}", "site", demo->firms[firm].id, "user", demo->liaisons[i], "level",
			i < DEMO_FIRMS ? "city" : "county", "begins", day_print(day + (i >= 60 ? 3 : 0), from));
		if (i == 33 || i == 41 || i == 46)
			json_object_set_new(body, "ends", json_string(day_print(demo->final, until)));
		demo_send(demo, "demo-district", "POST", "/api/v1/links", body);
		/* a liaison's phone shows the sites of the town where the firm stands */
		demo_send(demo, NULL, "POST", "/api/v1/grants",
			json_pack("{s:s, s:s, s:s}", "user", demo->liaisons[i], "role", "liaison", "area",
				demo->towns[demo->firms[firm].town].id));
	}
}

void demo_firms(struct demo *demo)
{
	int64_t day = demo->work->today;
	share_staff(demo);
	for (int i = 0; i < DEMO_FIRMS; i++)
		make_firm(demo, i, day);
	make_links(demo, day);
}
