/* The posts that somebody holds, what they were given, what they served: their own, for which no right is needed. */
#include "app/care.h"
#include "app/certificate.h"
#include "app/order.h"
#include "app/own_shifts.h"
#include "app/subsidy.h"
#include "base/clock.h"
#include "face/commands.h"
#include "record/picks.h"
#include "record/shape.h"

enum { MOST_HELD = 30, MOST_GIVEN = 50, LONG_OVER = 60 /* days */ };

static void put_day_or_null(struct json *json, const char *key, int64_t day)
{
	json_key(json, key);
	if (day == DAY_FAR)
		json_null_out(json);
	else
		json_day(json, day);
}

static void put_held(struct work *work, struct json *json, const struct assignment *held)
{
	struct order order = own_order(work, held);
	json_open(json, '{');
	json_put_id(json, "id", held->row.id);
	json_put(json, "post", order.post);
	json_put(json, "kind", order.kind);
	json_put(json, "place", order.place);
	put_day_or_null(json, "begins", order.begins);
	put_day_or_null(json, "ends", order.ends);
	json_put(json, "hours", order.hours);
	json_put(json, "shifts", order.shifts);
	json_put(json, "duties", order.tasks);
	json_put_flag(json, "leads", order.leads);
	json_put(json, "leader", order.leader);
	json_put(json, "phone", order.phone);
	json_close(json, '}');
}

/* Those that are not long over, the latest first. */
static void put_all_held(struct work *work, struct json *json, struct id person)
{
	struct row **rows = NULL;
	size_t count = 0, space = 0;
	struct query *query = db_query(work->db,
		arena_print(work->arena,
			"SELECT %s FROM assignments WHERE person = ? AND voided_at IS NULL AND (ends IS NULL OR ends >= ?) ORDER BY begins DESC, id LIMIT %d",
			row_columns(work->arena, &assignment_record), MOST_HELD),
		BIND(V(person), V(work->today - LONG_OVER)));
	while (db_next(query))
		*ARENA_PUSH(work->arena, rows, count, space) = row_read(work, &assignment_record, query);
	for (size_t i = 0; i < count; i++)
		put_held(work, json, (const struct assignment *)rows[i]);
}

/* Rows of a record of this person, those fields of them that say what was given. */
static void put_given(
	struct work *work, struct json *json, const struct record *record, struct id person, const char *order, const char *fields)
{
	struct row **rows = NULL;
	size_t count = 0, space = 0;
	struct query *query = db_query(work->db,
		arena_print(work->arena, "SELECT %s FROM %s WHERE person = ? AND voided_at IS NULL ORDER BY %s DESC, id DESC LIMIT %d",
			row_columns(work->arena, record), record->plural, order, MOST_GIVEN),
		BIND(V(person)));
	while (db_next(query))
		*ARENA_PUSH(work->arena, rows, count, space) = row_read(work, record, query);
	for (size_t i = 0; i < count; i++) {
		json_open(json, '{');
		json_put_id(json, "id", rows[i]->id);
		for (size_t k = 0; k < record->field_count; k++) {
			const struct field *field = &record->fields[k];
			struct value value = row_get(rows[i], field);
			if (!text_listed(fields, ',', field->name))
				continue;
			if (field->picks) {
				const char *label = value.type == VALUE_TEXT ? picks_label(work->arena, field->picks, value.text) : NULL;
				json_put(json, field->name, label ? work_text(work, label) : NULL);
				continue;
			}
			if (field->both && value.type == VALUE_TEXT) {
				json_put(json, field->name, work_text(work, value.text));
				continue;
			}
			json_key(json, field->name);
			kind_to_json(json, field, value);
		}
		json_close(json, '}');
	}
}

static void put_served(struct work *work, struct json *json, struct id person)
{
	const struct who *who = work->who;
	struct who self = {.id = who->id, .name = who->name, .all = true};
	work->who = &self;
	struct served served = certificate_served(work, person);
	const struct certificate *paper = certificate_find(work, person, true);
	work->who = who;
	json_key(json, "served");
	json_open(json, '{');
	json_put_whole(json, "days", served.days);
	json_put_whole(json, "hours", served.hours);
	json_put(json, "certificate", paper ? paper->number : NULL);
	json_close(json, '}');
}

enum status command_my_posts(struct call *call)
{
	struct work *work = &call->work;
	struct json *json = &call->out;
	store_read(work);
	struct id person = own_person(work);
	json_open(json, '{');
	json_put_id(json, "person", person);
	json_key(json, "held");
	json_open(json, '[');
	if (!id_none(person))
		put_all_held(work, json, person);
	json_close(json, ']');
	json_key(json, "care");
	json_open(json, '[');
	if (!id_none(person))
		put_given(work, json, &care_record, person, "day", "kind,item,day,amount,unit,money,giver");
	json_close(json, ']');
	json_key(json, "subsidies");
	json_open(json, '[');
	if (!id_none(person))
		put_given(work, json, &subsidy_record, person, "month", "month,day_count,amount,state,paid_day");
	json_close(json, ']');
	if (!id_none(person))
		put_served(work, json, person);
	json_close(json, '}');
	return OK;
}
