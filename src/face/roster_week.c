/* The roster as it stands over some days: posts, people, shifts, what is lacking. */
#include "app/roster_week.h"

#include "app/area.h"
#include "app/person.h"
#include "app/post.h"
#include "app/roster_plan.h"
#include "base/clock.h"
#include "face/call.h"
#include "face/commands.h"
#include "record/shape.h"

enum { WEEK = 7 };

static void put_lacks(struct json *json, const struct roster_week *week, size_t post, size_t slot)
{
	json_key(json, "lacks");
	json_open(json, '[');
	for (int64_t day = week->day; day < week->day + week->days; day++)
		json_whole(json, roster_week_lacks(week, post, day, slot));
	json_close(json, ']');
}

static void put_post(struct work *work, struct json *json, const struct roster_week *week, size_t at)
{
	const struct week_post *post = &week->posts[at];
	json_open(json, '{');
	json_put_id(json, "id", post->id);
	json_put(json, "name", post->title);
	json_put_flag(json, "may", post->may);
	json_key(json, "slots");
	json_open(json, '[');
	for (size_t i = 0; i < post->slot_count; i++) {
		json_open(json, '{');
		json_put(json, "from", slot_clock(work->arena, post->slots[i].from));
		json_put(json, "until", slot_clock(work->arena, post->slots[i].until));
		json_put_whole(json, "people", post->slots[i].people);
		put_lacks(json, week, at, i);
		json_close(json, '}');
	}
	json_close(json, ']');
	json_close(json, '}');
}

static void put_person(struct work *work, struct json *json, const struct roster_week *week, const struct week_person *person)
{
	json_open(json, '{');
	const struct person *row = (const struct person *)row_load(work, &person_record, person->id);
	json_put_named(json, "person", person->id, shape_name(work, &person_record, person->id));
	json_put(json, "org", row && GIVEN(row, person, org) ? shape_title(work, record_named("org"), row->org) : NULL);
	json_put_id(json, "post", week->posts[person->post].id);
	json_put_flag(json, "lead", person->lead);
	json_put_whole(json, "hours", person->hours);
	json_put_whole(json, "in_row", person->in_row);
	json_key(json, "holds");
	json_open(json, '[');
	for (int64_t day = week->day; day < week->day + week->days; day++)
		json_flag(json, day >= person->begins && day <= person->last);
	json_close(json, ']');
	json_close(json, '}');
}

static void put_shift(struct json *json, const struct roster_week *week, const struct week_shift *shift)
{
	json_open(json, '{');
	json_put_id(json, "id", shift->id);
	json_put_whole(json, "version", shift->version);
	json_put_id(json, "post", week->posts[shift->post].id);
	json_put_id(json, "person", shift->person);
	json_key(json, "day");
	json_day(json, shift->day);
	json_put_whole(json, "slot", shift->slot);
	json_put_stamp(json, "starts", shift->times.starts);
	json_put_stamp(json, "ends", shift->times.ends);
	json_put(json, "state", shift->state);
	json_put(json, "over", shift->over);
	json_put(json, "over_by", shift->over_by);
	json_close(json, '}');
}

static void answer(struct call *call, const struct roster_week *week)
{
	struct json *json = &call->out;
	json_open(json, '{');
	json_key(json, "day");
	json_day(json, week->day);
	json_put_whole(json, "days", week->days);
	json_put_flag(json, "more", week->more);
	json_key(json, "rules");
	json_open(json, '{');
	json_put_whole(json, "hours", week->rules.hours);
	json_put_whole(json, "row", week->rules.row);
	json_put_whole(json, "nights", week->rules.nights);
	json_close(json, '}');
	json_key(json, "posts");
	json_open(json, '[');
	for (size_t i = 0; i < week->post_count; i++)
		put_post(&call->work, json, week, i);
	json_close(json, ']');
	json_key(json, "people");
	json_open(json, '[');
	for (size_t i = 0; i < week->person_count; i++)
		put_person(&call->work, json, week, &week->people[i]);
	json_close(json, ']');
	json_key(json, "shifts");
	json_open(json, '[');
	for (size_t i = 0; i < week->shift_count; i++)
		put_shift(json, week, &week->shifts[i]);
	json_close(json, ']');
	json_close(json, '}');
}

enum status command_roster_week(struct call *call)
{
	struct work *work = &call->work;
	const char *text = request_argument(call->request, "post");
	struct roster_week week = {0};
	struct id post = {{0}};
	struct area *area = NULL;
	if (text && *text && !id_parse(text, &post))
		return fail(work, BAD_FIELD, "post", "must be an id of 36 characters|须为 36 位标识");
	if (call_day(call, work->today, &week.day) != OK || call_number(call, "days", WEEK, ROSTER_DAYS_MOST, &week.days) != OK)
		return work->status;
	store_read(work);
	if (id_none(post) && call_area(call, &area) != OK)
		return work->status;
	if (roster_week_read(work, post, area ? area->row.path : "", &week) != OK)
		return work->status;
	answer(call, &week);
	return OK;
}
