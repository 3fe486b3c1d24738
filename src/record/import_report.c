/* What an import says: columns, faults, likely duplicates, the file of bad rows. */
#include <string.h>

#include "record/import_inner.h"
#include "record/shape.h"

static const char *column_of(const struct import *import, const char *field)
{
	for (size_t i = 0; i < import->result->column_count; i++)
		if (import->result->columns[i].field && text_same(import->result->columns[i].field->name, field))
			return import->result->columns[i].heading;
	return "";
}

/* Begins the error file with the heading of the file and a column more. */
static bool open_errors(struct import *import)
{
	struct sheet_error error;
	if (import->errors || import->errors_failed || !import->ask->errors)
		return import->errors;
	import->errors = sheet_writer_open(
		import->ask->errors, SHEET_XLSX, work_text(import->work, import->ask->record->label), import->ask->folder, &error);
	import->errors_failed = !import->errors;
	if (!import->errors)
		return false;
	for (size_t i = 0; i < import->result->column_count; i++)
		if ((int)i != import->errors_column)
			sheet_put_text(import->errors, import->result->columns[i].heading);
	sheet_put_text(import->errors, "错误/Errors");
	sheet_end_row(import->errors);
	return true;
}

static void write_error_row(struct import *import, struct work *work, const struct import_line *line)
{
	struct buf said = {.arena = work->arena};
	if (!open_errors(import))
		return;
	for (size_t i = 0; i < import->result->column_count; i++)
		if ((int)i != import->errors_column)
			sheet_put_text(import->errors, (int)i < line->count ? line->cells[i].text : NULL);
	for (size_t i = 0; i < work->fault_count; i++)
		buf_print(&said, "%s%s %s", i ? "; " : "", column_of(import, work->faults[i].field), work->faults[i].detail);
	if (!work->fault_count)
		buf_text(&said, work->detail ? work->detail : work_text(work, status_text(work->status)));
	sheet_put_text(import->errors, buf_end(&said));
	sheet_end_row(import->errors);
	import->result->error_rows++;
}

static void add_fault(struct import *import, const struct import_line *line, const char *field, const char *detail)
{
	struct import_result *result = import->result;
	if (result->fault_count++ >= IMPORT_SHOWN)
		return;
	result->faults[result->fault_count - 1] = (struct import_fault){.row = line->number,
		.column = column_of(import, field),
		.field = arena_copy(import->work->arena, field),
		.detail = arena_copy(import->work->arena, detail)};
}

void import_bad(struct import *import, struct work *work, const struct import_line *line)
{
	import->states[line->at] = LINE_BAD;
	import->result->bad++;
	for (size_t i = 0; i < work->fault_count; i++)
		add_fault(import, line, work->faults[i].field, work->faults[i].detail);
	if (!work->fault_count)
		add_fault(import, line, "", work->detail ? work->detail : work_text(work, status_text(work->status)));
	write_error_row(import, work, line);
}

enum status import_end_errors(struct import *import)
{
	struct sheet_error error;
	if (!import->errors)
		return OK;
	struct sheet_writer *errors = import->errors;
	import->errors = NULL;
	if (!sheet_writer_finish(errors, &error))
		import->result->error_rows = 0;
	return OK;
}

static void add_twin(struct import *import, const struct import_line *line, const char *detail, const char *name, struct id id)
{
	struct import_result *result = import->result;
	struct arena *arena = import->work->arena;
	if (result->twin_count++ < IMPORT_SHOWN)
		result->twins[result->twin_count - 1] = (struct import_twin){
			.row = line->number, .detail = arena_copy(arena, detail), .name = arena_copy(arena, name), .id = id};
}

/* Whether another row of the file had this before; the first one is told. */
static bool twin_in_file(
	struct import *import, struct work *work, const struct import_line *line, const char *kind, const char *text, const char *name)
{
	bool added;
	struct import_entry *entry = import_entry(&import->twins, import_hash(import->key, kind, text), &added);
	if (added) {
		entry->number = line->number;
		return false;
	}
	add_twin(import, line,
		arena_print(work->arena, work->language == CHINESE ? "与本文件第 %lld 行相同" : "the same as row %lld of this file",
			(long long)entry->number),
		name, (struct id){{0}});
	return true;
}

/* A number that one firm or person alone has; of people their phone, too. */
static bool is_own(const struct record *record, const struct field *field)
{
	const struct field *title = record->title ? record_field(record, record->title) : NULL;
	return field->kind == &kind_uscc || field->kind == &kind_idno ||
		(field->kind == &kind_phone && title && title->kind == &kind_person);
}

static bool own_twin(struct import *import, struct work *work, const struct import_line *line, const struct row *row, const char *shown)
{
	for (size_t i = 0; i < row->record->field_count; i++) {
		const struct field *field = &row->record->fields[i];
		struct value value = is_own(row->record, field) ? row_get(row, field) : value_null();
		if (value.type == VALUE_TEXT && *value.text &&
			twin_in_file(import, work, line, arena_print(work->arena, "code %s ", field->name), value.text, shown))
			return true;
	}
	return false;
}

/* The same name in one area, or of people in one unit or at one site. Who has an ID number is told apart by that. */
static bool name_twin(struct import *import, struct work *work, const struct import_line *line, const struct row *row, const char *name,
	const char *shown)
{
	static const char *const within[] = {"area", "org", "site"};
	char id[ID_TEXT];
	for (size_t i = 0; i < row->record->field_count; i++)
		if (row->record->fields[i].kind == &kind_idno && !row_null(row, &row->record->fields[i]))
			return false;
	for (size_t i = 0; i < sizeof within / sizeof *within; i++) {
		const struct field *field = record_field(row->record, within[i]);
		if (!field || row_null(row, field) || (i && record_field(row->record, row->record->title)->kind != &kind_person))
			continue;
		const char *both = arena_print(work->arena, "%s%s", id_print(row_get(row, field).id, id), name);
		if (twin_in_file(import, work, line, within[i], both, shown))
			return true;
	}
	return false;
}

void import_twins(struct import *import, struct work *work, const struct import_line *line, const struct row *row)
{
	const struct record *record = row->record;
	const struct field *title = record->title ? record_field(record, record->title) : NULL;
	struct value name = title ? row_get(row, title) : value_null();
	const char *shown = name.type == VALUE_TEXT ? shape_text(work, row, title) : NULL;
	bool told = own_twin(import, work, line, row, shown);
	if (!told && shown)
		told = name_twin(import, work, line, row, name.text, shown);
	struct warnings warnings = {0};
	if (!told && record->warn)
		record->warn(work, row, &warnings);
	for (size_t i = 0; i < warnings.count && !told; i++)
		if (!id_none(warnings.list[i].other)) {
			add_twin(import, line, warnings.list[i].detail, warnings.list[i].name, warnings.list[i].other);
			told = true;
		}
}

static void write_columns(struct json *json, const struct import_result *result)
{
	json_key(json, "columns");
	json_open(json, '[');
	for (size_t i = 0; i < result->column_count; i++) {
		static const char *const parts[] = {NULL, NULL, NULL, "id", "effective", "since", "days", "errors"};
		const struct column *column = &result->columns[i];
		json_open(json, '{');
		json_put(json, "column", column->heading);
		json_put(json, "field", column->field ? column->field->name : parts[column->part]);
		json_put_flag(json, "ignored", import_ignores(column));
		if (result->values && import_ignores(column)) {
			json_key(json, "values");
			json_open(json, '[');
			for (size_t j = 0; j < IMPORT_VALUES; j++)
				if (result->values[i * IMPORT_VALUES + j])
					json_text(json, result->values[i * IMPORT_VALUES + j]);
			json_close(json, ']');
		}
		json_close(json, '}');
	}
	json_close(json, ']');
}

static void write_set(struct json *json, const struct import_result *result)
{
	char id[ID_TEXT];
	json_key(json, "set");
	json_open(json, '[');
	for (size_t i = 0; i < result->set_count; i++) {
		const struct import_set *set = &result->set[i];
		json_open(json, '{');
		json_put(json, "field", set->field->name);
		json_put(json, "value", set->value.type == VALUE_ID ? id_print(set->value.id, id) : set->shown);
		json_put(json, "name", set->shown);
		json_close(json, '}');
	}
	json_close(json, ']');
}

void import_look_json(struct json *json, const struct import_result *result)
{
	json_open(json, '{');
	write_columns(json, result);
	write_set(json, result);
	json_key(json, "missing");
	json_open(json, '[');
	for (size_t i = 0; i < result->missing_count; i++)
		json_text(json, result->missing[i]->name);
	json_close(json, ']');
	json_close(json, '}');
}

void import_json(struct json *json, const struct import_result *result, const char *error_file)
{
	json_open(json, '{');
	json_put_whole(json, "good", result->good);
	json_put_whole(json, "bad", result->bad);
	json_put_whole(json, "made", result->made);
	json_put_whole(json, "changed", result->changed);
	json_put_whole(json, "same", result->same);
	json_put_whole(json, "written", result->written);
	write_columns(json, result);
	write_set(json, result);
	json_put_whole(json, "error_count", result->fault_count);
	json_key(json, "errors");
	json_open(json, '[');
	for (int64_t i = 0; i < result->fault_count && i < IMPORT_SHOWN; i++) {
		json_open(json, '{');
		json_put_whole(json, "row", result->faults[i].row);
		json_put(json, "column", result->faults[i].column);
		json_put(json, "field", result->faults[i].field);
		json_put(json, "detail", result->faults[i].detail);
		json_close(json, '}');
	}
	json_close(json, ']');
	json_put_whole(json, "duplicate_count", result->twin_count);
	json_key(json, "duplicates");
	json_open(json, '[');
	for (int64_t i = 0; i < result->twin_count && i < IMPORT_SHOWN; i++) {
		json_open(json, '{');
		json_put_whole(json, "row", result->twins[i].row);
		json_put(json, "detail", result->twins[i].detail);
		if (result->twins[i].name)
			json_put(json, "name", result->twins[i].name);
		if (!id_none(result->twins[i].id))
			json_put_id(json, "id", result->twins[i].id);
		json_close(json, '}');
	}
	json_close(json, ']');
	if (error_file)
		json_put(json, "error_file", error_file);
	json_close(json, '}');
}
