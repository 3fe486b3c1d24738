/* Who serves, unit by unit, and who has gone long without a day of rest: as JSON and as a sheet. */
#include "app/serving.h"

#include "app/area.h"
#include "app/person.h"
#include "base/sheet.h"
#include "face/commands.h"
#include "face/export.h"
#include "record/shape.h"

static enum status read_it(struct call *call, struct serving *serving)
{
	struct work *work = &call->work;
	struct area *area = NULL;
	if (call_day(call, work->today, &serving->day) != OK)
		return work->status;
	store_read(work);
	if (call_area(call, &area) != OK)
		return work->status;
	serving->path = area ? area->row.path : "";
	serving_read(work, serving);
	return OK;
}

static void put_unit(struct json *json, const struct serving_unit *unit)
{
	json_open(json, '{');
	if (unit->name)
		json_put_named(json, "org", unit->org, unit->name);
	json_put_whole(json, "pledged", unit->pledged);
	json_put_whole(json, "serving", unit->serving);
	json_put_whole(json, "party", unit->party);
	json_put_whole(json, "leading", unit->leading);
	json_put_whole(json, "shifts", unit->shifts);
	json_put_whole(json, "hours", unit->hours);
	json_put_whole(json, "longest", unit->longest);
	json_put_id(json, "longest_person", unit->longest_person);
	json_put_whole(json, "unknown", unit->unknown);
	json_close(json, '}');
}

static void put_tired(struct work *work, struct json *json, const struct serving *serving, const struct serving_person *one)
{
	json_open(json, '{');
	json_put_named(json, "person", one->person, shape_name(work, &person_record, one->person));
	for (size_t i = 0; i < serving->unit_count; i++)
		if (serving->units[i].name && id_same(serving->units[i].org, one->org))
			json_put_named(json, "org", one->org, serving->units[i].name);
	json_put_whole(json, "days", one->days);
	json_close(json, '}');
}

enum status command_serving(struct call *call)
{
	struct serving serving = {0};
	struct json *json = &call->out;
	if (read_it(call, &serving) != OK)
		return call->work.status;
	json_open(json, '{');
	json_key(json, "day");
	json_day(json, serving.day);
	json_put_whole(json, "days", SERVING_DAYS);
	json_put_whole(json, "allowed", serving.allowed);
	json_key(json, "units");
	json_open(json, '[');
	for (size_t i = 0; i < serving.unit_count; i++)
		put_unit(json, &serving.units[i]);
	json_close(json, ']');
	json_put_whole(json, "tired_all", serving.tired_all);
	json_put_whole(json, "unknown_all", serving.unknown);
	json_put_whole(json, "unknown_days", serving.unknown_days);
	json_key(json, "tired");
	json_open(json, '[');
	for (size_t i = 0; i < serving.tired_count; i++)
		put_tired(&call->work, json, &serving, &serving.tired[i]);
	json_close(json, ']');
	json_close(json, '}');
	return OK;
}

static void write_unit(struct sheet_writer *sheet, const struct serving_unit *unit)
{
	const int64_t numbers[] = {
		unit->pledged, unit->serving, unit->party, unit->leading, unit->shifts, unit->hours, unit->longest, unit->unknown};
	sheet_put_text(sheet, unit->name);
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
		sheet_put_whole(sheet, numbers[i]);
	sheet_end_row(sheet);
}

enum status command_serving_sheet(struct call *call)
{
	static const char *const heads[] = {"Unit|单位", "Signed up|报名人数", "Serving|在岗人数", "Party members|其中党员",
		"Leading|其中带队", "Shifts in 30 days|近30日班次", "Hours in 30 days|近30日工时", "Most days in a row|最长连续在岗天数",
		"Without a roster, rest not known|无排班、休息不详人数"};
	struct work *work = &call->work;
	struct serving serving = {0};
	struct sheet_error error;
	const char *path;
	if (read_it(call, &serving) != OK || !(path = export_begin(call, SHEET_XLSX)))
		return work->status;
	struct sheet_writer *sheet = sheet_writer_open(path, SHEET_XLSX, work_text(work, "Who serves|在岗统计"), call->face->spool, &error);
	if (!sheet)
		return fail(work, FULL, NULL, "%s|%s", work_text(work, error.text));
	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
		sheet_put_text(sheet, work_text(work, heads[i]));
	sheet_end_row(sheet);
	for (size_t i = 0; i < serving.unit_count; i++)
		write_unit(sheet, &serving.units[i]);
	if (!sheet_writer_finish(sheet, &error))
		return fail(work, FULL, NULL, "%s|%s", work_text(work, error.text));
	return export_end(call, "serving", SHEET_XLSX);
}
