/* The page of thanks: names in clear only for whoever may see them and says why, masked for others. */
#include "app/thanks.h"

#include "app/area.h"
#include "app/org.h"
#include "app/person.h"
#include "app/post.h"
#include "app/rights.h"
#include "face/call.h"
#include "face/commands.h"
#include "record/shape.h"

/* An id where the row opens for the reader, else the name alone. */
static void put_named(struct json *json, const char *key, struct id id, bool opens, const char *name)
{
	json_key(json, key);
	json_open(json, '{');
	if (opens)
		json_put_id(json, "id", id);
	json_put(json, "name", name);
	json_close(json, '}');
}

static void put_person(struct work *work, struct json *json, struct id id, bool opens)
{
	put_named(json, "person", id, opens, opens ? shape_name(work, &person_record, id) : shape_title(work, &person_record, id));
}

static void put_longest(struct work *work, struct json *json, const struct thanks *thanks, bool opens)
{
	json_key(json, "longest");
	json_open(json, '[');
	for (size_t i = 0; i < thanks->longest_count; i++) {
		const struct thanks_person *one = &thanks->longest[i];
		json_open(json, '{');
		put_person(work, json, one->id, opens);
		json_put(json, "org", id_none(one->org) ? NULL : shape_title(work, &org_record, one->org));
		json_put_whole(json, "days", one->days);
		json_put_whole(json, "hours", one->hours);
		json_close(json, '}');
	}
	json_close(json, ']');
}

static void put_units(struct work *work, struct json *json, const struct thanks *thanks)
{
	json_key(json, "units");
	json_open(json, '[');
	for (size_t i = 0; i < thanks->units_count; i++) {
		const struct thanks_unit *one = &thanks->units[i];
		json_open(json, '{');
		put_named(json, "org", one->org, true, shape_title(work, &org_record, one->org));
		json_put_whole(json, "people", one->people);
		json_put_whole(json, "days", one->days);
		json_put_whole(json, "hours", one->hours);
		json_close(json, '}');
	}
	json_close(json, ']');
}

static void put_honours(struct work *work, struct json *json, const struct thanks *thanks, bool opens, bool care)
{
	json_key(json, "honours");
	json_open(json, '[');
	for (size_t i = 0; i < thanks->honour_count; i++) {
		const struct thanks_honour *one = &thanks->honours[i];
		json_open(json, '{');
		if (care)
			json_put_id(json, "id", one->id);
		if (!id_none(one->person))
			put_person(work, json, one->person, opens);
		else if (!id_none(one->org))
			put_named(json, "org", one->org, true, shape_title(work, &org_record, one->org));
		else
			put_named(json, "post", one->post, true, shape_title(work, &post_record, one->post));
		json_put(json, "item", one->item);
		json_key(json, "day");
		json_day(json, one->day);
		json_close(json, '}');
	}
	json_close(json, ']');
}

enum status command_thanks(struct call *call)
{
	struct work *work = &call->work;
	struct json *json = &call->out;
	struct area *area;
	int64_t day;
	if (call_day(call, work->today, &day) != OK)
		return work->status;
	store_read(work);
	if (call_area(call, &area) != OK)
		return work->status;
	const char *path = area->row.path;
	bool people = who_reaches(work->who, RIGHT_person_read, path, (struct id){{0}});
	bool care = who_reaches(work->who, RIGHT_care_read, path, (struct id){{0}});
	struct thanks thanks = thanks_read(work, path, day);
	json_open(json, '{');
	area_put(json, area);
	json_put_whole(json, "people", thanks.people);
	json_put_whole(json, "days", thanks.days);
	json_put_whole(json, "hours", thanks.hours);
	json_put_whole(json, "unit_count", thanks.unit_count);
	put_longest(work, json, &thanks, people);
	put_units(work, json, &thanks);
	put_honours(work, json, &thanks, people, care);
	json_close(json, '}');
	return OK;
}
