/* Leave and claims in the demonstration: asked for and decided on its last evening, for the days behind it, so that nobody is missing from its figures. */
#include "face/demo.h"

enum { GATE_KEEPER = 5, VOLUNTEER = 20, EVENING = 17 * 60 + 20 };

static const char *const command = "demo-district";

static const char *ask(struct demo *demo, int person, const char *kind, int64_t begins, int64_t ends, const char *reason)
{
	return demo_text(demo_send(demo, command, "POST", "/api/v1/leaves",
				 json_pack("{s:s, s:s, s:s, s:s, s:s}", "person", demo->people[person], "kind", kind, "begins",
					 demo_day_text(demo, begins), "ends", demo_day_text(demo, ends), "reason", reason)),
		"id");
}

static void step(struct demo *demo, const char *plural, const char *id, const char *name, json_t *body)
{
	demo_send(demo, command, "POST", arena_print(demo->arena, "/api/v1/%s/%s/%s", plural, id, name), body);
}

/* One sick whose shifts at the gate are open again, one who waits for an answer, one refused, one who could stay after all. */
static void make_leaves(struct demo *demo, int64_t day)
{
	step(demo, "leaves", ask(demo, GATE_KEEPER, "sick", day + 2, day + 8, "发热，居家观察（演示）"), "grant", json_object());
	ask(demo, VOLUNTEER, "leave", day + 3, day + 4, "家中有事（演示）");
	step(demo, "leaves", ask(demo, VOLUNTEER + 1, "leave", day + 2, day + 12, "外出（演示）"), "refuse",
		json_pack("{s:s}", "answer", "期间人手紧张，请缩短时间（演示）"));
	const char *stays = ask(demo, VOLUNTEER + 2, "leave", day + 2, day + 3, "家中有事（演示）");
	step(demo, "leaves", stays, "grant", json_object());
	step(demo, "leaves", stays, "back", json_object());
}

static const char *claim(struct demo *demo, const char *post, int person)
{
	return demo_text(
		demo_send(demo, command, "POST", "/api/v1/claims", json_pack("{s:s, s:s}", "post", post, "person", demo->people[person])),
		"id");
}

/* A post put up for members without an office: two claim it, one of them is confirmed. */
static void make_claims(struct demo *demo, int64_t day)
{
	const char *post = demo_text(demo_send(demo, command, "POST", "/api/v1/posts",
					     json_pack("{s:s, s:s, s:s, s:i, s:b, s:s, s:s}", "title", "党员认领：夜间值守岗（演示）",
						     "kind", "community", "area", demo->communities[0], "needed", 3, "claim", 1, "begins",
						     demo_day_text(demo, day + 1), "hours", "20:00–23:00")),
		"id");
	step(demo, "claims", claim(demo, post, VOLUNTEER + 3), "confirm", json_object());
	claim(demo, post, VOLUNTEER + 4);
	step(demo, "claims", claim(demo, post, VOLUNTEER + 5), "refuse", json_pack("{s:s}", "reason", "已另有任务（演示）"));
}

void demo_leaves(struct demo *demo, int64_t day)
{
	if (day != demo->final)
		return;
	demo_clock(demo, day, EVENING);
	make_leaves(demo, day);
	make_claims(demo, day);
}
