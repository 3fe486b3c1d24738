/* A roster in the demonstration: the volunteers of the first community stand at its gate in three shifts, for its last week and the one to come; who came, who handed over what. */
#include "base/clock.h"
#include "face/demo.h"
#include "record/store.h"

enum { ROSTER_DAYS = 14, BEFORE_END = 2, MINUTE_MS = 60000, VOLUNTEER = 4 };

static const char *const command = "demo-district";

static const char *shift_path(struct demo *demo, const json_t *shift, const char *step)
{
	return arena_print(demo->arena, "/api/v1/shifts/%s/%s", demo_text(shift, "id"), step);
}

/* One of those who stand there has an account of his own: the page of one's own shifts is his. */
static void make_volunteer(struct demo *demo)
{
	const char *user = demo_text(demo_send(demo, NULL, "POST", "/api/v1/users",
					     json_pack("{s:s, s:s, s:s, s:s, s:s}", "name", "demo-volunteer", "area", demo->communities[0],
						     "duty", "社区志愿者", "shown", "演示志愿者", "person", demo->people[VOLUNTEER])),
		"id");
	demo_send(demo, NULL, "POST", "/api/v1/grants",
		json_pack("{s:s, s:s, s:s}", "user", user, "role", "liaison", "area", demo->communities[0]));
}

/* Proposed and taken as it stands. */
static void make_roster(struct demo *demo, int64_t day)
{
	char text[ID_TEXT];
	json_t *plan = demo_send(demo, command, "POST", "/api/v1/roster",
		json_pack("{s:s, s:s, s:i, s:s}", "post", demo->gate, "day", demo_day_text(demo, day), "days", ROSTER_DAYS, "rotate",
			"weekly"));
	json_t *shifts = json_array();
	const json_t *seats = json_object_get(plan, "shifts");
	for (size_t i = 0; i < json_array_size(seats); i++) {
		const json_t *seat = json_array_get(seats, i);
		const char *person = demo_text(json_object_get(seat, "person"), "id");
		if (person)
			json_array_append_new(shifts,
				json_pack("{s:s, s:s, s:s, s:s}", "id", id_print(id_new(), text), "person", person, "starts",
					demo_text(seat, "starts"), "ends", demo_text(seat, "ends")));
	}
	demo->roster = json_own(demo->arena, json_deep_copy(shifts));
	demo_send(demo, command, "POST", "/api/v1/roster/accept", json_pack("{s:s, s:o}", "post", demo->gate, "shifts", shifts));
	make_volunteer(demo);
}

/* Those whose shift begins, or ends (`key`), at an hour of the day check in or out at some minute; the first `but` of them do not. */
static void step_at(struct demo *demo, int64_t day, int hour, const char *key, int minutes, int but)
{
	char stamp[STAMP_TEXT];
	bool comes = text_same(key, "starts");
	stamp_print(day_stamp(day, demo->work->store->zone) + hour * INT64_C(60) * MINUTE_MS, stamp);
	for (size_t i = 0; i < json_array_size(demo->roster); i++) {
		const json_t *shift = json_array_get(demo->roster, i);
		if (!text_same(demo_text(shift, key), stamp) || (comes && but-- > 0))
			continue;
		demo_clock(demo, day, minutes);
		demo_send(demo, command, "POST", shift_path(demo, shift, comes ? "come" : "leave"),
			comes ? json_pack("{s:s}", "place", "27.7290,111.9960")
			      : json_pack("{s:s}", "handover", "测温枪两把、登记本一册已交接，外来车辆 3 台已登记。"));
	}
}

void demo_roster_morning(struct demo *demo, int64_t day, bool last)
{
	if (!demo->roster)
		return;
	step_at(demo, day, 8, "starts", 7 * 60 + 50, last ? 1 : 0);
	step_at(demo, day, 8, "ends", 7 * 60 + 58, 0);
}

void demo_roster_evening(struct demo *demo, int64_t day)
{
	if (day == demo->final - BEFORE_END - 1)
		make_roster(demo, day + 1);
	if (!demo->roster)
		return;
	step_at(demo, day, 16, "starts", 15 * 60 + 50, 0);
	step_at(demo, day, 16, "ends", 16 * 60 + 2, 0);
	step_at(demo, day, 24, "starts", 23 * 60 + 50, 0);
	step_at(demo, day, 24, "ends", 23 * 60 + 58, 0);
}
