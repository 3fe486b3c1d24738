/* The days of the demonstration: firms resume and return, are checked, have needs; towns and the district confirm. */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "face/demo.h"

static const char *liaison_name(struct demo *demo, int liaison)
{
	return liaison ? arena_print(demo->arena, "demo-liaison-%02d", liaison + 1) : "demo-liaison";
}

static void resume(struct demo *demo, struct demo_firm *firm)
{
	firm->on_duty = firm->staff * (30 + demo_random(demo, 30)) / 100;
	demo_send(demo, firm->user, "POST", arena_print(demo->arena, "/api/v1/sites/%s/tell", firm->id),
		json_pack("{s:s, s:i}", "status", "resumed", "on_duty", firm->on_duty));
}

/* What a firm alone knows of the day; some are short of masks, a few leave a measure undone. */
static json_t *facts_of(const struct demo_firm *firm, int i, int64_t day)
{
	int isolating = i % 6 == 1 && firm->staff > firm->on_duty, masks = firm->on_duty * (4 + (int)((i * 7 + day) % 15));
	json_t *facts = json_pack("{s:i, s:i, s:i, s:i, s:i, s:i, s:i}", "isolating", isolating, "not_back",
		firm->staff - firm->on_duty - isolating, "confirmed", 0, "suspected", 0, "contacts", isolating, "masks", masks,
		"thermometers", 1 + firm->staff / 100);
	json_t *done = json_pack("{s:b, s:b, s:b, s:b, s:b}", "measured", 1, "disinfected", i % 19 != 5, "closed", i % 17 != 3,
		"ventilated", 1, "air", i % 3 == 0);
	json_object_update(facts, done);
	json_decref(done);
	if (i % 3 == 0)
		json_object_set_new(facts, "air_done", json_string(i % 2 ? "off" : "disinfected"));
	return facts;
}

/* The firm's return of yesterday: one tap where nothing changed, late or missing now and then. */
static void return_firm(struct demo *demo, int i, int64_t day)
{
	struct demo_firm *firm = &demo->firms[i];
	bool works = firm->resumes <= day, more = works && firm->on_duty < firm->staff && demo_random(demo, 3);
	json_t *body = json_pack("{s:s, s:s}", "site", firm->id, "day", demo_day_text(demo, day));
	if (works)
		json_object_set_new(body, "jump_reason", json_string("按计划分批返岗。"));
	if (more) {
		firm->on_duty += (firm->staff - firm->on_duty + 3) / 4;
		json_object_set_new(body, "on_duty", json_integer(firm->on_duty));
		json_object_set_new(body, "text", json_string("员工分批返岗，测温、消毒正常。"));
	}
	if (!works)
		json_object_set_new(body, "zero", json_true());
	else if (more || !firm->told)
		json_object_set_new(body, "facts", facts_of(firm, i, day));
	else
		json_object_set_new(body, "same", json_true());
	firm->told = works;
	demo_send(demo, firm->user, "POST", "/api/v1/returns/confirm", body);
}

static void return_area(struct demo *demo, const char *user, const char *area, int64_t day)
{
	demo_send(demo, user, "POST", "/api/v1/returns/confirm",
		json_pack(
			"{s:s, s:s, s:s}", "area", area, "day", demo_day_text(demo, day), "text", "各项防控措施落实，复工复产有序推进。"));
}

/* Morning of the day after. Those with number 7 forget, those with number 23 are late; on the morning on which the demonstration opens half are still to come. */
static void returns_of(struct demo *demo, int64_t day, bool last)
{
	demo_clock(demo, day + 1, 8 * 60);
	for (int i = 0; i < DEMO_FIRMS; i++)
		if (i % 25 != 7 && i % 25 != 23 && !(last && i % 2))
			return_firm(demo, i, day);
	for (int i = 0; i < demo->town_count; i++)
		if (!(last && i % 3))
			return_area(demo, demo->towns[i].user, demo->towns[i].id, day);
	if (last)
		return;
	demo_clock(demo, day + 1, 11 * 60 + 20);
	return_area(demo, "demo-district", demo->district, day);
	demo_clock(demo, day + 1, 12 * 60 + 40);
	for (int i = 23; i < DEMO_FIRMS; i += 25)
		return_firm(demo, i, day);
}

static void check_today(struct demo *demo, int64_t day)
{
	for (int i = 0; i < DEMO_FIRMS; i++)
		if ((day - demo->first + i) % 7 == 0 && i != 41)
			demo_check(demo, i, liaison_name(demo, demo->firms[i].liaison), day);
}

void demo_day(struct demo *demo, int64_t day, bool last)
{
	demo_health(demo, day, last);
	demo_roster_morning(demo, day, last);
	if (day > demo->first)
		returns_of(demo, day - 1, last);
	if (last) {
		demo_gate(demo, day);
		return;
	}
	demo_clock(demo, day, 13 * 60);
	for (int i = 0; i < DEMO_FIRMS; i++)
		if (demo->firms[i].resumes == day)
			resume(demo, &demo->firms[i]);
	demo_clock(demo, day, 14 * 60);
	check_today(demo, day);
	demo_findings(demo, day);
	demo_clock(demo, day, 15 * 60);
	demo_needs(demo, day);
	demo_grids(demo, day);
	demo_care(demo, day);
	demo_filings(demo, day);
	demo_roster_evening(demo, day);
	demo_leaves(demo, day);
	demo_policies(demo, day);
	demo_deliveries(demo, day);
	demo_plans(demo, day);
	demo_loans(demo, day);
	demo_staff(demo, day);
}
