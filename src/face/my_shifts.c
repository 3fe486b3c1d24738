/* The page of one's own shifts. */
#include "app/own_shifts.h"

#include "app/person.h"
#include "face/commands.h"
#include "record/shape.h"

enum { WEEK_DAYS = 7 };

static void put_shift(struct json *json, const struct own_shift *own)
{
	const struct shift *shift = own->shift;
	json_put_id(json, "id", shift->row.id);
	json_put_whole(json, "version", shift->row.version);
	json_put_named(json, "post", shift->post, own->post);
	json_put(json, "place", own->place);
	json_put_stamp(json, "starts", shift->starts);
	json_put_stamp(json, "ends", shift->ends);
	json_put(json, "state", shift->state);
	json_put_stamp(json, "came", shift->came);
	json_put_stamp(json, "gone", shift->gone);
	json_put(json, "handover", shift->handover);
}

static void put_next(struct work *work, struct json *json, const struct own_shift *own)
{
	const struct shift *shift = own->shift;
	json_open(json, '{');
	put_shift(json, own);
	json_put_stamp(json, "opens", shift->starts - SHIFT_EARLY_MS);
	json_key(json, "notes");
	json_open(json, '[');
	for (size_t i = 0; i < own->note_count; i++) {
		json_open(json, '{');
		json_put(json, "who", shape_title(work, &person_record, own->notes[i].person));
		json_put_stamp(json, "at", own->notes[i].gone);
		json_put(json, "text", own->notes[i].text);
		json_close(json, '}');
	}
	json_close(json, ']');
	json_close(json, '}');
}

static void put_week(struct json *json, const struct own_shifts *own)
{
	json_key(json, "week");
	json_open(json, '{');
	json_key(json, "from");
	json_day(json, own->monday);
	json_key(json, "until");
	json_day(json, own->monday + WEEK_DAYS - 1);
	json_put_whole(json, "hours", own->hours);
	json_put_whole(json, "in_row", own->in_row);
	json_put_whole(json, "allowed", own->rules.row);
	json_key(json, "shifts");
	json_open(json, '[');
	for (size_t i = 0; i < own->week_count; i++) {
		const struct shift *shift = own->week[i].shift;
		json_open(json, '{');
		put_shift(json, &own->week[i]);
		json_put_whole(
			json, "hours", GIVEN(shift, shift, came) && GIVEN(shift, shift, gone) ? shift_hours(shift->came, shift->gone) : 0);
		json_close(json, '}');
	}
	json_close(json, ']');
	json_close(json, '}');
}

static void put_swaps(struct work *work, struct json *json, const struct own_shifts *own)
{
	json_key(json, "swaps");
	json_open(json, '[');
	for (size_t i = 0; i < own->swap_count; i++) {
		const struct swap *swap = own->swaps[i].swap;
		bool mine = id_same(swap->person, own->person);
		json_open(json, '{');
		json_put_id(json, "id", swap->row.id);
		json_put(json, "state", swap->state);
		json_put_flag(json, "mine", mine);
		json_put(json, "who",
			mine ? (id_none(swap->whom) ? NULL : shape_title(work, &person_record, swap->whom))
			     : shape_title(work, &person_record, swap->person));
		json_put_flag(json, "against", !id_none(swap->against));
		json_key(json, "shift");
		json_open(json, '{');
		put_shift(json, &own->swaps[i].shift);
		json_close(json, '}');
		json_close(json, '}');
	}
	json_close(json, ']');
}

enum status command_my_shifts(struct call *call)
{
	struct work *work = &call->work;
	struct json *json = &call->out;
	struct own_shifts own;
	store_read(work);
	own_shifts_read(work, &own);
	json_open(json, '{');
	json_put_stamp(json, "now", work->now);
	json_put_id(json, "person", own.person);
	json_key(json, "next");
	json_open(json, '[');
	for (size_t i = 0; i < own.next_count; i++)
		put_next(work, json, &own.next[i]);
	json_close(json, ']');
	json_put_flag(json, "more", own.more);
	put_swaps(work, json, &own);
	put_week(json, &own);
	json_close(json, '}');
	return OK;
}
