/* The checks of the demonstration, and what becomes of what they find. */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "face/demo.h"

/* The version of the 48 items in use, and its items. */
void demo_items(struct demo *demo)
{
	if (demo->items)
		return;
	const json_t *list = demo_send(demo, "demo-district", "GET", "/api/v1/templates?code=items_48", NULL);
	demo->version = demo_text(json_array_get(json_object_get(list, "rows"), 0), "current");
	const json_t *version =
		demo_send(demo, "demo-district", "GET", arena_print(demo->arena, "/api/v1/template_versions/%s", demo->version), NULL);
	const json_t *sections = json_object_get(json_object_get(version, "body"), "sections");
	demo->items = json_own(demo->arena, json_array());
	for (size_t i = 0; i < json_array_size(sections); i++)
		json_array_extend(demo->items, json_object_get(json_array_get(sections, i), "items"));
}

/* An answer that passes. */
static json_t *pass(const json_t *item)
{
	const char *answer = demo_text(item, "answer");
	const json_t *low = json_object_get(item, "min"), *high = json_object_get(item, "max");
	if (strcmp(answer, "number") == 0)
		return json_pack("{s:i}", "value",
			(int)(low              ? json_integer_value(low) + (high ? 0 : 2)
					: high ? json_integer_value(high)
					       : 1));
	return json_pack("{s:s}", "value", strcmp(answer, "yesno") == 0 ? "yes" : "无");
}

static json_t *fail_item(struct demo *demo, const char *user, const char *site)
{
	json_t *answer = json_pack("{s:s, s:s}", "value", "no", "note", "现场未落实");
	if (demo_random(demo, 5) < 3)
		json_object_set_new(answer, "fixed",
			json_pack("{s:[s], s:[s]}", "before", demo_photo(demo, user, site, false), "after",
				demo_photo(demo, user, site, true)));
	else
		json_object_set_new(answer, "photos", json_pack("[s]", demo_photo(demo, user, site, false)));
	return answer;
}

static json_t *answer_all(struct demo *demo, const char *user, const char *site, bool first)
{
	json_t *answers = json_object();
	for (size_t i = 0; i < json_array_size(demo->items); i++) {
		const json_t *item = json_array_get(demo->items, i);
		bool may_fail = strcmp(demo_text(item, "answer"), "yesno") == 0;
		if (strcmp(demo_text(item, "answer"), "photo") == 0)
			json_object_set_new(
				answers, demo_text(item, "code"), json_pack("{s:[s]}", "photos", demo_photo(demo, user, site, true)));
		else if (may_fail && demo_random(demo, first ? 22 : 90) == 0)
			json_object_set_new(answers, demo_text(item, "code"), fail_item(demo, user, site));
		else
			json_object_set_new(answers, demo_text(item, "code"), pass(item));
	}
	return answers;
}

static void keep_findings(struct demo *demo, const char *check, int firm, int64_t day)
{
	const json_t *list = demo_send(demo, "demo-district", "GET", arena_print(demo->arena, "/api/v1/findings?visit=%s", check), NULL);
	const json_t *rows = json_object_get(list, "rows");
	for (size_t i = 0; i < json_array_size(rows) && demo->finding_count < (int)(sizeof demo->findings / sizeof *demo->findings); i++)
		demo->findings[demo->finding_count++] = (struct demo_finding){
			.id = demo_text(json_array_get(rows, i), "id"), .firm = firm, .day = day, .stays = demo->finding_count % 8 == 7};
}

void demo_check(struct demo *demo, int firm, const char *liaison, int64_t day)
{
	const struct demo_firm *site = &demo->firms[firm];
	const struct demo_town *town = &demo->towns[site->town];
	char text[DAY_TEXT];
	demo_items(demo);
	bool first = day < demo->first + 7;
	const char *id = demo_text(demo_send(demo, liaison, "POST", "/api/v1/checks",
					   json_pack("{s:s, s:s, s:s, s:[s,s], s:o}", "site", site->id, "day", day_print(day, text),
						   "template_version", demo->version, "inspectors", demo->liaisons[site->liaison],
						   town->user_id, "answers", answer_all(demo, liaison, site->id, first))),
		"id");
	demo_send(demo, liaison, "POST", arena_print(demo->arena, "/api/v1/checks/%s/sign", id), json_object());
	demo_send(demo, town->user, "POST", arena_print(demo->arena, "/api/v1/checks/%s/sign", id), json_object());
	if (demo_random(demo, 8))
		demo_send(demo, site->user, "POST", arena_print(demo->arena, "/api/v1/checks/%s/confirm", id), json_object());
	keep_findings(demo, id, firm, day);
}

void demo_findings(struct demo *demo, int64_t day)
{
	for (int i = 0; i < demo->finding_count; i++) {
		struct demo_finding *finding = &demo->findings[i];
		const struct demo_firm *firm = &demo->firms[finding->firm];
		if (finding->stays || finding->stage == 2 || day < finding->day + 1 + i % 3)
			continue;
		if (finding->stage++ == 0)
			demo_send(demo, firm->user, "POST", arena_print(demo->arena, "/api/v1/findings/%s/rectify", finding->id),
				json_pack("{s:[s], s:s}", "rectified_photos", demo_photo(demo, firm->user, firm->id, true),
					"rectified_note", "已整改"));
		else
			demo_send(demo, demo->towns[firm->town].user, "POST",
				arena_print(demo->arena, "/api/v1/findings/%s/close", finding->id),
				json_pack("{s:s}", "recheck_note", "现场复核属实"));
	}
}

json_t *demo_passes(struct demo *demo, const char *photo)
{
	json_t *answers = json_object();
	demo_items(demo);
	for (size_t i = 0; i < json_array_size(demo->items); i++) {
		const json_t *item = json_array_get(demo->items, i);
		json_object_set_new(answers, demo_text(item, "code"),
			strcmp(demo_text(item, "answer"), "photo") == 0 ? json_pack("{s:[s]}", "photos", photo) : pass(item));
	}
	return answers;
}
