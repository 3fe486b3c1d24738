/* Rosters: a proposal for some days of a post, and all of it taken in one action. */
#include "app/person.h"
#include "app/post.h"
#include "app/roster_plan.h"
#include "app/shift.h"
#include "base/clock.h"
#include "face/call.h"
#include "face/commands.h"
#include "record/shape.h"

enum { TAKEN_MOST = ROSTER_SEATS_MOST, HOUR_MS = 3600000 };

static enum status read_post(struct call *call, struct id *post)
{
	const char *text = json_string_value(json_object_get(call->body, "post"));
	return text && id_parse(text, post) ? OK : fail(&call->work, BAD_FIELD, "post", "must be an id of 36 characters|须为 36 位标识");
}

static enum status read_days(struct call *call, struct roster_ask *ask)
{
	const json_t *day = json_object_get(call->body, "day"), *days = json_object_get(call->body, "days");
	ask->day = call->work.today;
	ask->days = days ? json_integer_value(days) : 7;
	if (day && (!json_is_string(day) || !day_parse(json_string_value(day), &ask->day)))
		return fail(&call->work, BAD_FIELD, "day", "must be a day such as 2020-03-05|须为日期，如 2020-03-05");
	if (ask->days < 1 || ask->days > ROSTER_DAYS_MOST)
		return fail(&call->work, BAD_FIELD, "days", "must be from 1 to %d|须为 1 至 %d", ROSTER_DAYS_MOST);
	return OK;
}

static enum status read_people(struct call *call, struct roster_ask *ask)
{
	const json_t *list = json_object_get(call->body, "people");
	if (!list || json_is_null(list))
		return OK;
	struct id *people = arena_alloc(call->work.arena, (json_array_size(list) + 1) * sizeof *people);
	for (size_t i = 0; i < json_array_size(list); i++) {
		const char *text = json_string_value(json_array_get(list, i));
		if (!text || !id_parse(text, &people[i]))
			return fail(&call->work, BAD_FIELD, "people", "must be a list of ids|须为标识列表");
	}
	ask->people = people;
	ask->people_count = json_array_size(list);
	return json_is_array(list) ? OK : fail(&call->work, BAD_FIELD, "people", "must be a list of ids|须为标识列表");
}

static enum status read_manner(struct call *call, struct roster_ask *ask)
{
	static const char *const rotations[] = {[ROSTER_KEEP] = "keep", [ROSTER_DAILY] = "daily", [ROSTER_WEEKLY] = "weekly"};
	const json_t *slots = json_object_get(call->body, "slots"), *rotate = json_object_get(call->body, "rotate");
	if (slots && !json_is_null(slots) && !json_is_string(slots))
		return fail(&call->work, BAD_FIELD, "slots", "must be a text|须为文本");
	ask->slots = json_string_value(slots);
	for (size_t i = 0; i < sizeof rotations / sizeof *rotations; i++)
		if (!rotate || json_is_null(rotate) || text_same(json_string_value(rotate), rotations[i])) {
			ask->rotation = (enum roster_rotation)i;
			return OK;
		}
	return fail(&call->work, BAD_FIELD, "rotate", "must be keep, daily or weekly|须为 keep、daily 或 weekly");
}

/* --- the answer */

static void put_person(struct work *work, struct json *json, struct id id)
{
	json_open(json, '{');
	json_put_id(json, "id", id);
	json_put(json, "name", shape_name(work, &person_record, id));
	json_close(json, '}');
}

static void put_slots(struct work *work, struct json *json, const struct roster_plan *plan)
{
	json_key(json, "slots");
	json_open(json, '[');
	for (size_t i = 0; i < plan->slot_count; i++) {
		json_open(json, '{');
		json_put(json, "from", slot_clock(work->arena, plan->slots[i].from));
		json_put(json, "until", slot_clock(work->arena, plan->slots[i].until));
		json_put_whole(json, "people", plan->slots[i].people);
		json_close(json, '}');
	}
	json_close(json, ']');
}

/* Why a seat stays empty: nobody holds the post then, or how many of those who do would break which rule. */
static void put_why(struct work *work, struct json *json, const struct roster *roster, const struct roster_seat *seat)
{
	long long hours = (long long)roster->rules.hours, row = (long long)roster->rules.row, nights = (long long)roster->rules.nights;
	const int32_t *why = seat->why;
	struct arena *arena = work->arena;
	json_key(json, "why");
	json_open(json, '[');
	if (!why[REST_KEPT])
		json_text(json, work_text(work, "nobody holds the post then|该时段无人派驻"));
	if (seat->on_leave)
		json_text(json, arena_print(arena, work_text(work, "%d on leave|%d 人请假"), seat->on_leave));
	if (seat->away)
		json_text(json, arena_print(arena, work_text(work, "%d cannot serve at that time|%d 人该时段不可服务"), seat->away));
	if (why[REST_OVERLAP])
		json_text(json, arena_print(arena, work_text(work, "%d on another shift|%d 人在其他班次"), why[REST_OVERLAP]));
	if (why[REST_HOURS])
		json_text(json,
			arena_print(arena, work_text(work, "%d would rest less than %lld hours|%d 人间隔不足 %lld 小时"), why[REST_HOURS],
				hours));
	if (why[REST_ROW])
		json_text(json,
			arena_print(arena, work_text(work, "%d would serve more than %lld days in a row|%d 人将连续当班超过 %lld 天"),
				why[REST_ROW], row));
	if (why[REST_NIGHTS])
		json_text(json,
			arena_print(arena, work_text(work, "%d would have more than %lld nights in a week|%d 人一周夜班将超过 %lld 个"),
				why[REST_NIGHTS], nights));
	json_close(json, ']');
}

static void put_seat(struct work *work, struct json *json, const struct roster *roster, const struct roster_seat *seat)
{
	json_open(json, '{');
	json_key(json, "day");
	json_day(json, seat->day);
	json_put_whole(json, "slot", seat->slot);
	json_put_stamp(json, "starts", seat->times.starts);
	json_put_stamp(json, "ends", seat->times.ends);
	json_put_flag(json, "night", rest_night(&roster->rules, seat->times));
	json_key(json, "person");
	if (seat->person >= 0)
		put_person(work, json, roster->people[seat->person].id);
	else
		json_null_out(json);
	if (seat->person < 0)
		put_why(work, json, roster, seat);
	json_close(json, '}');
}

/* Hours and nights within the days, and the most days in a row that then hold a shift. */
static void put_load(struct work *work, struct json *json, const struct roster *roster, const struct roster_person *person)
{
	int64_t nights = 0, longest = 0, shifts = 0;
	for (size_t i = 0; i < person->count; i++) {
		int64_t day = rest_day(&roster->rules, person->times[i]), run;
		if (day < roster->day || day >= roster->day + roster->days)
			continue;
		shifts++;
		nights += rest_night(&roster->rules, person->times[i]);
		run = rest_in_row(&roster->rules, day, person->times, person->count);
		longest = run > longest ? run : longest;
	}
	json_open(json, '{');
	json_key(json, "person");
	put_person(work, json, person->id);
	json_put_whole(json, "hours", (person->load + HOUR_MS / 2) / HOUR_MS);
	json_put_whole(json, "shifts", shifts);
	json_put_whole(json, "nights", nights);
	json_put_whole(json, "in_row", longest);
	json_put(json, "look",
		person->limited && nights
			? work_text(work,
				  "has limits of health, and nights: look before this is taken|有身体条件限制且排有夜班，采用前请核实")
			: NULL);
	json_close(json, '}');
}

static void answer(struct call *call, const struct roster_ask *ask, const struct roster_plan *plan)
{
	struct work *work = &call->work;
	struct json *json = &call->out;
	const struct roster *roster = &plan->roster;
	int64_t filled = 0;
	json_open(json, '{');
	json_key(json, "post");
	json_open(json, '{');
	json_put_id(json, "id", ask->post);
	json_put(json, "name", plan->title);
	json_close(json, '}');
	json_key(json, "day");
	json_day(json, ask->day);
	json_put_whole(json, "days", ask->days);
	put_slots(work, json, plan);
	json_key(json, "shifts");
	json_open(json, '[');
	for (size_t i = 0; i < roster->seat_count; i++) {
		put_seat(work, json, roster, &roster->seats[i]);
		filled += roster->seats[i].person >= 0;
	}
	json_close(json, ']');
	json_key(json, "people");
	json_open(json, '[');
	for (size_t i = 0; i < roster->person_count; i++)
		put_load(work, json, roster, &roster->people[i]);
	json_close(json, ']');
	json_put_whole(json, "there", (int64_t)plan->there);
	json_put_whole(json, "filled", filled);
	json_put_whole(json, "empty", (int64_t)roster->seat_count - filled);
	json_close(json, '}');
}

enum status command_roster(struct call *call)
{
	struct work *work = &call->work;
	struct roster_ask ask = {0};
	struct roster_plan plan;
	if (call_body(call) != OK || call_keys(call, "post,day,days,slots,people,rotate") != OK || read_post(call, &ask.post) != OK ||
		read_days(call, &ask) != OK || read_people(call, &ask) != OK || read_manner(call, &ask) != OK ||
		roster_propose(work, &ask, &plan) != OK)
		return work->status;
	store_read(work);
	answer(call, &ask, &plan);
	return OK;
}

/* --- all of a proposal, or what was made of it by hand */

struct taking {
	struct shift **shifts;
	size_t count;
};

static enum status take(struct work *work, void *data)
{
	const struct taking *taking = data;
	return roster_take(work, taking->shifts, taking->count);
}

static enum status taken(struct call *call)
{
	const struct taking *taking = call->data;
	if (call->work.status != OK)
		return call->work.status;
	call->code = 201;
	json_open(&call->out, '{');
	json_key(&call->out, "ids");
	json_open(&call->out, '[');
	for (size_t i = 0; i < taking->count; i++)
		json_id(&call->out, taking->shifts[i]->row.id);
	json_close(&call->out, ']');
	json_close(&call->out, '}');
	return OK;
}

static enum status read_shifts(struct call *call, struct id post, const json_t *list, struct taking *taking)
{
	struct work *work = &call->work;
	int64_t effective, until;
	for (size_t i = 0; i < json_array_size(list); i++) {
		struct shift *shift = (struct shift *)row_new(work->arena, &shift_record);
		if (shape_read(work, json_array_get(list, i), &shift->row, "id,person,starts,ends", &effective, &until) != OK)
			return work->status;
		if (!GIVEN(shift, shift, person) || !GIVEN(shift, shift, starts) || !GIVEN(shift, shift, ends))
			return fail(work, BAD_FIELD, "shifts", "each names person, starts and ends|每项须有人员、开始和结束时间");
		if (id_none(shift->row.id))
			shift->row.id = id_new();
		SET(shift, shift, post, V(post));
		taking->shifts[taking->count++] = shift;
	}
	return OK;
}

enum status command_roster_accept(struct call *call)
{
	struct work *work = &call->work;
	struct taking *taking = arena_alloc(work->arena, sizeof *taking);
	struct id post;
	if (call_body(call) != OK || call_keys(call, "post,shifts") != OK || read_post(call, &post) != OK)
		return work->status;
	const json_t *list = json_object_get(call->body, "shifts");
	if (!json_is_array(list) || !json_array_size(list))
		return fail(work, BAD_FIELD, "shifts", "must be given|必填");
	if (json_array_size(list) > TAKEN_MOST)
		return fail(work, TOO_LARGE, "shifts", "takes %d rows at most|最多 %d 行", TAKEN_MOST);
	taking->shifts = arena_alloc(work->arena, json_array_size(list) * sizeof *taking->shifts);
	if (read_shifts(call, post, list, taking) != OK)
		return work->status;
	call->data = taking;
	return call_write(call, take, taking, taking->count, taken);
}
