/* A firm's day before it is told: what is known already and where from, what is asked. Private values are masked here for everybody. */
#include "app/rights.h"
#include "app/settings.h"
#include "app/site_day.h"
#include "base/clock.h"
#include "face/commands.h"
#include "record/shape.h"

struct sheet_of_day {
	struct call *call;
	struct site_day_sources sources;
	struct site_day *so_far;
	int64_t all, known;
};

static void put_fact(struct sheet_of_day *sheet, const struct field *field, const char *record, struct site_day_known known, bool asked)
{
	struct work *work = &sheet->call->work;
	struct json *json = &sheet->call->out;
	sheet->all++;
	sheet->known += known.value.type != VALUE_NULL;
	json_open(json, '{');
	json_put(json, "record", record);
	json_put(json, "field", field->name);
	json_put(json, "label", field->label);
	json_put(json, "unit", field->unit);
	json_key(json, "value");
	shape_value(work, json, field, known.value, false);
	json_put(json, "source", known.source);
	if (known.count)
		json_put_whole(json, "count", known.count);
	if (known.day) {
		json_key(json, "day");
		json_day(json, known.day);
	}
	const struct site_day *last = asked && site_day_anew(work, field) ? site_day_last(work, &sheet->sources) : NULL;
	if (last && !row_null(&last->row, field)) {
		json_key(json, "last");
		shape_value(work, json, field, row_get(&last->row, field), false);
	}
	json_put_flag(json, "needed", asked && site_day_needs(work, field, sheet->so_far));
	json_close(json, '}');
}

static void put_of_site(struct sheet_of_day *sheet)
{
	static const char *const names[] = {"name", "uscc", "address", "kind", "contact", "phone", "status", "filing"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const struct field *field = record_field(&site_record, names[i]);
		struct value value = row_get(sheet->sources.site, field);
		put_fact(sheet, field, "site", (struct site_day_known){.value = value, .source = value.type == VALUE_NULL ? NULL : "site"},
			false);
	}
}

static void put_numbers(struct sheet_of_day *sheet, const struct daily *daily)
{
	struct work *work = &sheet->call->work;
	struct site_day_known staff = site_day_number(work, &sheet->sources, daily, FIELD_OF(site, staff));
	struct site_day_known on_duty = site_day_number(work, &sheet->sources, daily, FIELD_OF(site, on_duty));
	SET(sheet->so_far, site_day, staff, staff.value);
	SET(sheet->so_far, site_day, on_duty, on_duty.value);
	put_fact(sheet, FIELD_OF(site_day, staff), "site_day", staff, false);
	put_fact(sheet, FIELD_OF(site_day, on_duty), "site_day", on_duty, false);
}

static void put_asked(struct sheet_of_day *sheet)
{
	for (size_t i = 0; i < site_day_record.field_count; i++) {
		const struct field *field = &site_day_record.fields[i];
		if (!site_day_asks(field))
			continue;
		struct site_day_known known = site_day_know(&sheet->call->work, &sheet->sources, field, sheet->so_far);
		row_set(&sheet->so_far->row, field, known.value);
		put_fact(sheet, field, "site_day", known, true);
	}
}

static void put_computed(struct sheet_of_day *sheet)
{
	static const int fields[] = {site_day_at_new_on_duty, site_day_at_stock_days};
	struct json *json = &sheet->call->out;
	site_day_compute(&sheet->call->work, sheet->so_far);
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
		const struct field *field = &site_day_record.fields[fields[i]];
		struct value value = row_get(&sheet->so_far->row, field);
		json_key(json, field->name);
		if (value.type == VALUE_NULL)
			json_null_out(json);
		else
			kind_to_json(json, field, value);
	}
	json_put_flag(json, "low", GIVEN(sheet->so_far, site_day, low) && sheet->so_far->low);
}

enum status command_site_day(struct call *call)
{
	struct work *work = &call->work;
	struct json *json = &call->out;
	struct row *site;
	int64_t day;
	if (call_row(call, &site_record, RIGHT_return_read, &site) != OK || call_day(call, work->today - 1, &day) != OK)
		return work->status;
	if (site->voided_at)
		return fail(work, NOT_FOUND, NULL, NULL);
	const struct site_day *told = site_day_find(work, site->id, day), *before = site_day_before(work, site->id, day);
	struct sheet_of_day sheet = {.call = call, .sources = site_day_sources(work, site, day, told)};
	sheet.so_far = (struct site_day *)row_new(work->arena, &site_day_record);
	SET(sheet.so_far, site_day, site, V(site->id));
	SET(sheet.so_far, site_day, day, V(day));
	json_open(json, '{');
	json_put_named(json, "site", site->id, ((const struct site *)site)->name);
	json_key(json, "day");
	json_day(json, day);
	json_put_id(json, "row", told ? told->row.id : (struct id){{0}});
	json_put_flag(json, "repeats", before != NULL);
	json_put_whole(json, "masks_person", settings_number(work, "filing_masks_person"));
	json_put_whole(json, "stock_least", settings_number(work, "filing_stock_days"));
	json_put_whole(json, "jump_percent", settings_number(work, "return_jump"));
	json_key(json, "facts");
	json_open(json, '[');
	put_of_site(&sheet);
	put_numbers(&sheet, daily_find(work, (struct id){{0}}, site->id, day));
	put_asked(&sheet);
	json_close(json, ']');
	json_put_whole(json, "all", sheet.all);
	json_put_whole(json, "known", sheet.known);
	put_computed(&sheet);
	json_close(json, '}');
	return OK;
}
